"""Stories: documents that tell the same thing, and what they tell differently.

Near-duplicates are found by MinHash over their words; rewrites and translations by the claims they share within a few days.
The result does not depend on the order of the documents, and no step compares all with all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from servanda.findings import words
from servanda.model.claims import Claim, Document, Read
from servanda.model.errors import InputError

WINDOW = timedelta(days=10)  # reports of one event follow each other within so many days
FRESH = timedelta(days=45)  # a claim is news while its date lies so near the report's
PERMUTATIONS, BANDS = 128, 32  # 4 rows a band: texts three quarters alike almost surely meet in one
ALIKE = 0.7  # share of shingles in common that makes two texts copies of one
CLAIMS_ALIKE = 0.5  # share of claims in common that makes two texts tellings of one
LEAST_CLAIMS = 3
SHINGLE = 4  # words
MOST_WORDS = 20_000
MOST_VALUES = 40
SEED = 1990
OPEN = (None, "*")  # instruments that two texts cannot be shown to share
CHANGES = frozenset(
    {
        "sign",
        "deposit",
        "accede",
        "suspend",
        "resume",
        "cease_implementation",
        "give_notice",
        "withdraw",
        "terminate",
        "authorise_termination",
        "dissolve",
        "propose",
        "reject",
        "domestic_approval",
        "join_organisation",
        "object",
        "enter_into_force",
    }
)
ENDS = (
    "withdraw",
    "terminate",
    "suspend",
    "cease_implementation",
    "give_notice",
    "authorise_termination",
    "domestic_approval",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """One document's word on a topic: the value it gives, who vouches for it, and where."""

    document: str
    speaker: str
    value: str
    start: int
    end: int
    text: str

    def as_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {
            "document": self.document,
            "speaker": self.speaker,
            "value": self.value,
            "start": self.start,
            "end": self.end,
            "text": self.text,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """A topic on which documents of a story differ in `kind`: date, modality, polarity, actor, target, step or number."""

    topic: str
    kind: str
    says: tuple[Say, ...]

    def as_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {"topic": self.topic, "kind": self.kind, "says": [s.as_dict() for s in self.says]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Two documents or more that tell the same thing. `copies` groups those that are near-duplicates of each other."""

    id: str
    documents: tuple[str, ...]
    since: str | None
    until: str | None
    topics: tuple[str, ...]
    copies: tuple[tuple[str, ...], ...] = ()
    disagreements: tuple[Disagreement, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {
            "id": self.id,
            "documents": list(self.documents),
            "since": self.since,
            "until": self.until,
            "topics": list(self.topics),
            "copies": [list(c) for c in self.copies],
            "disagreements": [d.as_dict() for d in self.disagreements],
        }


class _Union:
    """Sets of indices that grow together."""

    def __init__(self, size: int) -> None:
        self.up = list(range(size))

    def find(self, i: int) -> int:
        while self.up[i] != i:
            self.up[i] = self.up[self.up[i]]
            i = self.up[i]
        return i

    def join(self, i: int, j: int) -> None:
        a, b = self.find(i), self.find(j)
        if a != b:
            self.up[max(a, b)] = min(a, b)

    def groups(self) -> list[list[int]]:
        found: dict[int, list[int]] = {}
        for i in range(len(self.up)):
            found.setdefault(self.find(i), []).append(i)
        return [g for g in found.values() if len(g) > 1]


def stories(documents: Iterable[Document], reads: Iterable[Read]) -> tuple[Story, ...]:
    """The stories of two documents or more, in order of their first day and name.

    `reads` holds what reading each document found, in the same order. Documents without a claim belong to none.
    Raises InputError where the two do not match or the MinHash package is missing.
    """
    pairs = list(zip(documents, reads, strict=True))
    for document, read in pairs:
        if document.name != read.name:
            raise InputError(f"{read.name!r} was read in place of {document.name!r}", remedy="give both in one order")
    held = [p for p in pairs if p[1].claims]
    held.sort(key=lambda p: (p[1].dateline or "", p[0].name, p[0].text))
    if len(held) < 2:
        return ()
    days = [_day(r.dateline) for _, r in held]
    copies, union = _Union(len(held)), _Union(len(held))
    _join_alike([_shingles(d.text) for d, _ in held], copies, ALIKE)
    for group in copies.groups():
        for other in group:
            union.join(group[0], other)
    _join_by_claims([r for _, r in held], days, union)
    alike: dict[int, list[list[str]]] = {}
    for group in copies.groups():
        alike.setdefault(union.find(group[0]), []).append([held[i][0].name for i in group])
    found = [_story([held[i] for i in g], alike.get(union.find(g[0]), [])) for g in union.groups()]
    found.sort(key=lambda s: (s.since or "", s.documents))
    return tuple(_named(found))


def _named(found: list[Story]) -> Iterable[Story]:
    for i, story in enumerate(found, 1):
        yield replace(story, id=f"story-{i}")


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


# --- which belong together ---------------------------------------------------------------------------------


def _shingles(text: str) -> list[str]:
    tokens = re.findall(r"\w+", text.casefold())[:MOST_WORDS]
    if len(tokens) < SHINGLE:
        return [" ".join(tokens)] if tokens else []
    return sorted({" ".join(tokens[i : i + SHINGLE]) for i in range(len(tokens) - SHINGLE + 1)})


def _digests(sets: Sequence[Sequence[str]]) -> list[tuple[int, ...]]:
    try:
        from rensa import RMinHash
    except ImportError:
        raise InputError("grouping stories needs the library rensa", remedy='pip install "servanda[press]"') from None
    found = []
    for items in sets:
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
        sketch.update(list(items))
        found.append(tuple(sketch.digest()))
    return found


def _join_alike(
    sets: Sequence[Sequence[str]],
    union: _Union,
    least: float,
    days: Sequence[date | None] | None = None,
    bands: int = BANDS,
) -> None:
    """Join those whose sketches meet in a band and agree in at least `least` of their values.

    Within a bucket each is compared with the first of its kind and with its neighbour, never all with all.
    """
    digests = _digests(sets)
    rows = PERMUTATIONS // bands
    buckets: dict[tuple[int, tuple[int, ...]], list[int]] = {}
    for i, digest in enumerate(digests):
        if not sets[i]:
            continue
        for band in range(bands):
            buckets.setdefault((band, digest[band * rows : (band + 1) * rows]), []).append(i)
    checked: set[tuple[int, int]] = set()
    for members in buckets.values():
        for at in range(1, len(members)):
            for other in {members[0], members[at - 1]}:
                pair = (other, members[at])
                if pair in checked or union.find(pair[0]) == union.find(pair[1]):
                    continue
                checked.add(pair)
                same = sum(a == b for a, b in zip(digests[pair[0]], digests[pair[1]], strict=True)) / PERMUTATIONS
                if same >= least and (days is None or _near(days[pair[0]], days[pair[1]])):
                    union.join(*pair)


def _near(a: date | None, b: date | None) -> bool:
    if a is None or b is None:
        return a is b
    return abs(a - b) <= WINDOW


def _key(claim: Claim) -> str:
    return "|".join((claim.event, claim.spoken, ",".join(sorted(claim.actors)), (claim.date or "")[:7]))


def _join_by_claims(reads: Sequence[Read], days: Sequence[date | None], union: _Union) -> None:
    """Join reports that tell the same news within some days, and those most of whose claims are the same."""
    fresh: dict[str, list[int]] = {}
    for i, read in enumerate(reads):
        day = days[i]
        if day is None:
            continue
        for key in sorted({_key(c) for c in read.claims if _is_news(c, day)}):
            fresh.setdefault(key, []).append(i)
    for members in fresh.values():  # in order of their days, since the documents are
        for a, b in pairwise(members):
            if _near(days[a], days[b]):
                union.join(a, b)
    sets = [sorted({_key(c) for c in r.claims if c.instrument not in OPEN}) for r in reads]
    sets = [s if len(s) >= LEAST_CLAIMS else [] for s in sets]
    _join_alike(sets, union, CLAIMS_ALIKE, days, bands=64)


def _is_news(claim: Claim, day: date) -> bool:
    when = words.read_date(claim.date)
    if claim.event not in CHANGES or claim.instrument in OPEN or when is None or when.precision not in ("day", "month"):
        return False
    first, last = when.earliest or date.min, when.latest or date.max
    return abs((first if first > day else min(last, day)) - day) <= FRESH


# --- what they tell differently ----------------------------------------------------------------------------


def _story(pairs: list[tuple[Document, Read]], copies: list[list[str]]) -> Story:
    reads = [r for _, r in pairs]
    days = sorted(r.dateline for r in reads if r.dateline)
    counts: dict[str, set[str]] = {}
    for read in reads:
        for claim in read.claims:
            if claim.instrument not in OPEN:
                counts.setdefault(_topic(claim), set()).add(read.name)
    shared = sorted((t for t, docs in counts.items() if len(docs) > 1), key=lambda t: (-len(counts[t]), t))
    return Story(
        id="",
        documents=tuple(d.name for d, _ in pairs),
        since=days[0] if days else None,
        until=days[-1] if days else None,
        topics=tuple(shared[:8]),
        copies=tuple(tuple(sorted(c)) for c in sorted(copies)),
        disagreements=tuple(disagreements(reads)),
    )


def _topic(claim: Claim) -> str:
    who = ", ".join(sorted(claim.actors))
    return f"{claim.spoken}: {claim.event.replace('_', ' ')}" + (f" by {who}" if who else "")


def disagreements(reads: Sequence[Read]) -> list[Disagreement]:
    """Where documents give one topic values that cannot both be: sorted by topic and kind.

    Two documents disagree on a topic where none of the values the one gives fits any that the other gives; what only
    one of them tells is no disagreement.
    """
    found: list[Disagreement] = []
    by_doer: dict[tuple[str, str, tuple[str, ...]], list[tuple[str, Claim]]] = {}
    by_step: dict[tuple[str, str, str], list[tuple[str, Claim]]] = {}
    ends: dict[tuple[str, tuple[str, ...], str], list[tuple[str, Claim]]] = {}
    for read in reads:
        for claim in read.claims:
            if claim.instrument in OPEN or claim.modality in ("hypothetical", "reported_opinion", "urged"):
                continue
            actors = tuple(sorted(claim.actors))
            by_doer.setdefault((claim.event, claim.spoken, actors), []).append((read.name, claim))
            by_step.setdefault((claim.event, claim.spoken, ""), []).append((read.name, claim))
            if claim.event in ENDS and claim.date and actors and claim.modality in ("done", "planned"):
                ends.setdefault((claim.spoken, actors, claim.date[:4]), []).append((read.name, claim))
    for (event, instrument, actors), told in sorted(by_doer.items()):
        topic = f"{instrument}: {event.replace('_', ' ')}" + (f" by {', '.join(actors)}" if actors else "")
        if event != "accuse":
            dated = [t for t in told if t[1].date]
            found += _differ(topic, "date", dated, lambda c: c.date or "", _dates_fit)
            found += _differ(topic, "modality", told, _status, _same)
            found += _differ(topic, "polarity", told, lambda c: c.polarity, _same)
    for (event, instrument, _), told in sorted(by_step.items()):
        topic = f"{instrument}: {event.replace('_', ' ')}"
        named = [t for t in told if t[1].actors and event != "accuse"]
        found += _differ(f"{topic}, by whom", "actor", named, lambda c: ", ".join(sorted(c.actors)), _same)
        aimed = [t for t in told if t[1].target and event == "accuse"]
        found += _differ(f"{topic}, of whom", "target", aimed, lambda c: ", ".join(sorted(c.target)), _overlap)
        counted = sorted({n.of for _, c in told for n in c.counts})
        for of in counted:
            with_count = [t for t in told if any(n.of == of for n in t[1].counts)]

            def number(claim: Claim, of: str = of) -> str:
                return str(next(n.value for n in claim.counts if n.of == of))

            found += _differ(f"{topic}, how many {of}", "number", with_count, number, _same)
    for (instrument, actors, year), told in sorted(ends.items()):
        topic = f"{instrument}: what {', '.join(actors)} did in {year}"
        found += _differ(topic, "step", told, lambda c: c.event.replace("_", " "), _same)
    return sorted(found, key=lambda d: (d.topic, d.kind))


def _status(claim: Claim) -> str:
    return claim.modality if claim.modality in ("planned", "threatened", "denied") else "done"


def _same(a: str, b: str) -> bool:
    return a == b


def _overlap(a: str, b: str) -> bool:
    return bool(set(a.split(", ")) & set(b.split(", ")))


def _dates_fit(a: str, b: str) -> bool:
    one, two = words.read_date(a), words.read_date(b)
    if one is None or two is None:
        return True
    return (one.earliest or date.min) <= (two.latest or date.max) and (two.earliest or date.min) <= (
        one.latest or date.max
    )


def _differ(topic: str, kind: str, told: list[tuple[str, Claim]], value: Any, fit: Any) -> list[Disagreement]:
    """The disagreement among the documents' values, if two documents have none that fit."""
    values: dict[str, set[str]] = {}
    for name, claim in told:
        values.setdefault(name, set()).add(value(claim))
    kinds = sorted({tuple(sorted(v)) for v in values.values()})[:MOST_VALUES]
    if not any(not any(fit(a, b) for a in one for b in two) for i, one in enumerate(kinds) for two in kinds[i + 1 :]):
        return []
    says: dict[tuple[str, str], Say] = {}
    for name, claim in sorted(told, key=lambda t: (t[0], t[1].start, t[1].end)):
        given = value(claim)
        says.setdefault(
            (name, given),
            Say(document=name, speaker=claim.speaker, value=given, start=claim.start, end=claim.end, text=claim.text),
        )
    return [Disagreement(topic=topic, kind=kind, says=tuple(says.values()))]
