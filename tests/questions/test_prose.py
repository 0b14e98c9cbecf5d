"""No answer is decided by prose: every gist, note and title rewritten at random, and every value stays."""

from __future__ import annotations

import dataclasses
import random
from functools import cache
from typing import Any

import pytest

from servanda.corpus import Corpus
from servanda.corpus.store import DATA
from servanda.model.instrument import Dossier
from servanda.questions.treaty import Treaty

# Fields whose text is for readers alone; names of things (ids, citations, designations, names, aliases) are not.
PROSE = {
    "gist", "note", "notes", "not_known", "ground", "second_reading", "relaxed", "readings", "point", "claims", "view",
    "size", "trigger", "action", "condition", "suspension_gist", "stated_in", "consequence", "rounding_note",
}  # fmt: skip
TITLED = {"Source", "Procedure", "Link"}  # whose `title` is prose; that of an instrument is its name
# Words on which a careless rule might decide.
BAIT = (
    "level is recalled", "entered into force", "larger of", "of T-72", "VCLT 56(2)", "1994", "2003-04-05", "suspends",
    "withdrawal", "the ground of", "recalled", "not seen", "flank", "limit", "reduction", "temporarily", "December",
)  # fmt: skip
# Fields of answers that show prose, and so may change.
SHOWN = PROSE | {
    "what", "title", "caveats", "statement", "why", "because", "sources", "text", "actor", "message", "remedy",
    "told", "counted_from", "gap", "clause", "answer",
}  # fmt: skip


def rewritten(value: Any, chance: random.Random) -> Any:
    """A record with other words in every field of prose."""
    if isinstance(value, tuple):
        return tuple(rewritten(v, chance) for v in value)
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    changes: dict[str, Any] = {}
    for field in dataclasses.fields(value):
        held = getattr(value, field.name)
        prose = field.name in PROSE or (field.name == "title" and type(value).__name__ in TITLED)
        if prose and isinstance(held, str):
            changes[field.name] = words(chance)
        elif prose and isinstance(held, tuple) and all(isinstance(h, str) for h in held):
            changes[field.name] = tuple(words(chance) for _ in held)
        elif dataclasses.is_dataclass(held) or isinstance(held, tuple):
            new = rewritten(held, chance)
            if new is not held:
                changes[field.name] = new
    return dataclasses.replace(value, **changes) if changes else value


def words(chance: random.Random) -> str:
    return " ".join((*chance.sample(BAIT, 3), f"w{chance.randrange(10**6)}"))


@cache
def worlds() -> tuple[Corpus, Corpus]:
    """The record, and the record in other words."""
    corpus = Corpus(DATA)
    chance = random.Random(1990)
    dossiers: list[Dossier] = []
    for name in corpus.ids():
        dossier = corpus.dossier(name)
        changes = {
            f.name: rewritten(getattr(dossier, f.name), chance) for f in dataclasses.fields(dossier) if f.name != "key"
        }
        dossiers.append(dataclasses.replace(dossier, key=f"{dossier.key}-reworded", **changes))
    return corpus, corpus.replace(dossiers)


def values(answer: Any) -> Any:
    """What an answer says, without the words: its data, and what its tree cites."""
    cited: list[tuple[str, ...]] = []

    def walk(node: Any) -> None:
        cited.append(tuple(str(c) for c in node.citation))
        for child in node.because:
            walk(child)

    walk(answer.node)
    return bare(answer.data), cited, answer.breach


def bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: bare(v) for k, v in value.items() if k not in SHOWN}
    if isinstance(value, list | tuple):
        return [bare(v) for v in value]
    return value


DAYS = ("1990-11-19", "1995-11-17", "2007-12-12", "2012-01-01", "2024-04-05")
QUESTIONS = [
    *(("cfe", "standing", {"on": d, "reading": r}) for d in DAYS for r in ("depositary", "self", "law")),
    *(("cfe", "obligations", {"on": d, "kind": k}) for d in DAYS for k in ("exchange", "inspection")),
    *(("cfe", "assess", {"on": d}) for d in DAYS),
    ("cfe", "assess", {"on": "1995-11-17", "prospective": True, "include": ("press",)}),
    ("cfe", "assess", {"on": "2007-12-12", "groups": "nato", "count": "levels"}),
    ("cfe", "assess", {"on": "1996-01-01", "as_known_on": "1996-06-01"}),
    ("cfe", "assess", {"on": "2000-06-01", "as_known_on": "2001-01-01", "include": ("press",)}),
    ("cfe", "reductions", {}),
    ("cfe", "classify", {"query": "T-72"}),
    ("cfe", "classify", {"query": "YPR-765"}),
    ("cfe", "timeline", {}),
    ("cfe", "timeline", {"party": "RUS"}),
    ("cfe", "provisions", {"cite": "IV"}),
    ("cfe", "deadlines", {"procedure": "withdrawal", "start": "2023-06-09"}),
    ("cfe", "deadlines", {"procedure": "reduction"}),
    *(("cfe", "brief", {"on": d}) for d in DAYS),
    ("cfe", "explain", {"limit": "CFE IV.1(A)", "on": "1990-11-19", "scope": "east"}),
    *((name, "standing", {"on": d}) for name in ("ru-pl-1993", "open-skies", "inf", "acfe", "est-2009") for d in DAYS[3:]),
    *((name, "standing", {"on": "2026-01-15"}) for name in ("ru-pl-1993", "ru-de-1996", "us-ru-2021")),
    ("flank-1996", "assess", {"on": "1999-06-01"}),
    ("cfe-1a", "assess", {"on": "1995-11-17"}),
    ("acfe", "provisions", {}),
]  # fmt: skip


@pytest.mark.parametrize("case", QUESTIONS, ids=lambda c: f"{c[0]} {c[1]} {' '.join(map(str, c[2].values()))}")
def test_other_words_change_no_value(case):
    instrument, question, asked = case
    plain, other = (getattr(Treaty(c, instrument), question)(**asked) for c in worlds())
    assert values(plain) == values(other)


def test_the_words_were_changed():
    plain, other = (Treaty(c, "cfe").provisions("IV") for c in worlds())
    assert plain.data != other.data
