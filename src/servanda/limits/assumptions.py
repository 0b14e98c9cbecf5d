"""Named assumptions: what each says, what it rests on, and what speaks against it.

None of them enters a verdict. The proved interval alone decides; an assumption gives an estimate beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from servanda.limits.carried import WIDER, YEARS
from servanda.model.assessments import Assessment
from servanda.model.errors import UnknownName
from servanda.model.vocabulary import AssessmentResult

HOME, CARRIED, BETWEEN, LEVELS_KEPT, ASSESSED = (
    "home-stationed",
    "carried-forward",
    "between",
    "levels-kept",
    "assessed",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """A named assumption, in words for whoever is to judge it."""

    name: str
    definition: str
    basis: str
    caveat: str


ASSUMPTIONS = (
    Assumption(
        name=HOME,
        definition="a state with ground of its own in the area keeps nothing on the ground of others",
        basis="most holdings are at home; a figure that shows forces abroad is kept and opens that ground",
        caveat="false for every state that stationed forces abroad, which is why zones of stationed forces stay open",
    ),
    Assumption(
        name=CARRIED,
        definition=f"a holder's newest figure holds for up to {YEARS} years, give or take {WIDER} times the largest yearly"
        " change that the record shows for that category",
        basis="consecutive figures of one holder in the record; states and sums of states are measured apart",
        caveat="a change faster than any the record shows is missed; most figures are of the years of reduction",
    ),
    Assumption(
        name=BETWEEN,
        definition="a holding lies between those before and after, give or take the same yearly change to the nearer of them",
        basis="the same consecutive figures; those after the day are used, as far as they were known on the day of knowledge",
        caveat="a rise and fall between two figures is missed",
    ),
    Assumption(
        name=LEVELS_KEPT,
        definition="no state is above its notified maximum level, unless a source says that it is",
        basis="the levels in the record, many of them recalled",
        caveat="useless for limits that restate levels, and not used there; it assumes of each state what a verdict would ask",
    ),
    Assumption(
        name=ASSESSED,
        definition="what others found of a limit is true; assessed:ID takes the one assessment of that id",
        basis="assessments of the record that are about that very limit and day",
        caveat="whoever assessed may have been wrong, or interested",
    ),
)
NAMES = tuple(a.name for a in ASSUMPTIONS)


@dataclass(frozen=True, slots=True)
class Chosen:
    """An assumption as asked for: its word, its name, and the assessments it takes as true."""

    word: str
    name: str
    assessments: tuple[str, ...] = ()


def chosen(words: Iterable[str], assessments: Iterable[Assessment]) -> tuple[Chosen, ...]:
    """The assumptions that words name, in their order. UnknownName for an assumption or assessment that is not there."""
    usable = [a.id for a in assessments if a.result in (AssessmentResult.KEPT, AssessmentResult.EXCEEDED)]
    found = []
    for word in dict.fromkeys(words):
        name, mark, wanted = word.partition(":")
        if name not in NAMES or (mark and name != ASSESSED):
            from difflib import get_close_matches

            raise UnknownName("assumption", word, tuple(get_close_matches(word, NAMES, 3, 0.4)) or NAMES)
        if mark and wanted not in usable:
            from difflib import get_close_matches

            raise UnknownName(
                "assessment", wanted, tuple(get_close_matches(wanted, usable, 3, 0.4)) or tuple(usable[:3])
            )
        found.append(Chosen(word, name, ((wanted,) if mark else tuple(usable)) if name == ASSESSED else ()))
    return tuple(found)
