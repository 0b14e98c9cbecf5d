"""Words that carry an event: verbs with what may follow them, nouns, and set phrases.

The words themselves stand in `data/triggers.txt`, which explains its rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from servanda.extraction.grammar import NOUN, spelt
from servanda.extraction.text import tokens
from servanda.model.claims import EVENTS
from servanda.model.errors import DataError, Fault

TRIGGERS = Path(__file__).parent / "data" / "triggers.txt"
OBJECTS = frozenset("t b p s l n d f w c m a e g x y o".split())


@dataclass(frozen=True, slots=True)
class Trigger:
    """What a word or phrase may carry: events with the objects they take, the verb's form and lemma.

    `separable`: its object may stand behind its first word ("turned the offer down").
    """

    form: str
    lemma: str
    events: tuple[tuple[str, frozenset[str]], ...]
    separable: bool = False

    def takes(self, mark: str) -> str | None:
        """The first of its events that takes an object of this kind."""
        return next((e for e, objects in self.events if mark in objects), None)

    def events_of(self) -> tuple[str, ...]:
        """Its events."""
        return tuple(e for e, _ in self.events)


PHRASED = ("stay", "remain", "signatory", "signatories", "violation", "breach")  # begin set phrases of their own
COLUMNS = {"[verbs]": 3, "[nouns]": 2, "[separable]": 1, "[figures]": 1}
BARE = ("[separable]", "[figures]")


def _rows() -> dict[str, list[tuple[str, ...]]]:
    """The rows of each section. A row that fits no rule is a fault of the package."""
    sections: dict[str, list[tuple[str, ...]]] = {name: [] for name in COLUMNS}
    here = "[verbs]"
    for number, line in enumerate(TRIGGERS.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line in sections:
            here = line
            continue
        parts = tuple(p.strip() for p in line.split("|"))
        objects = parts[2].split() if len(parts) > 2 else []
        known = here in BARE or parts[0] in EVENTS
        if len(parts) != COLUMNS[here] or not all(parts) or not known or not OBJECTS.issuperset(objects):
            remedy = "see the head of the file"
            raise DataError(
                [Fault(file=TRIGGERS.name, line=number, message=f"{line!r} is no row of words", remedy=remedy)]
            )
        sections[here].append(parts)
    return sections


@cache
def figures() -> frozenset[str]:
    """Verbs and phrases that are figures of speech: they tell an end, and name no step that a record could hold."""
    return frozenset(row[0] for row in _rows()["[figures]"])


@cache
def table() -> dict[str, list[tuple[tuple[str, ...], Trigger]]]:
    """All forms of all triggers by their first word, longest first."""
    gathered: dict[tuple[tuple[str, ...], str, str], dict[str, frozenset[str]]] = {}

    def add(words: tuple[str, ...], form: str, lemma: str, event: str, objects: frozenset[str]) -> None:
        events = gathered.setdefault((words, form, lemma), {})
        events[event] = events.get(event, frozenset()) | objects

    sections = _rows()
    for event, phrase, objects in sections["[verbs]"]:
        at = 1 if phrase.startswith("provisionally ") else 0
        parts = phrase.split()
        for form, word in spelt(parts[at]):
            spoken = [*parts[:at], word, *parts[at + 1 :]]
            words = tuple(t.low for t in tokens(" ".join(spoken)))
            for variant in _variants(words):
                add(variant, form, phrase, event, frozenset(objects.split()))
    for event, phrase in sections["[nouns]"]:
        add(tuple(t.low for t in tokens(phrase)), NOUN, phrase, event, frozenset())
    separable = set(sections["[separable]"])
    found: dict[str, dict[tuple[str, ...], dict[str, Trigger]]] = {}
    for (words, form, lemma), events in gathered.items():
        trigger = Trigger(form, lemma, tuple(events.items()), (lemma,) in separable)
        found.setdefault(words[0], {}).setdefault(words, {})[form] = trigger
    rows: dict[str, list[tuple[tuple[str, ...], Trigger]]] = {}
    for first, phrases in found.items():
        rows[first] = [(w, t) for w, forms_ in phrases.items() for t in forms_.values()]
        rows[first].sort(key=lambda r: -len(r[0]))
    return rows


def _variants(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """A phrase with `its` also with the other owners."""
    if "its" not in words:
        return [words]
    return [
        tuple(owner if w == "its" else w for w in words) for owner in ("its", "their", "his", "her", "the", "a")
    ] + [tuple(x for w in words for x in ((owner, "own") if w == "its" else (w,))) for owner in ("its", "their")]


def first_words() -> tuple[str, ...]:
    """First words of all triggers, and words of set phrases; one of them stands in every text with a claim."""
    return tuple(sorted({*table(), "out", "gone", "longer", "force", "member", "died", "dead", *PHRASED}))
