"""What reading a document yields: claims with their place in the text.

>>> Claim(start=7, end=15, text="withdrew", event="withdraw", instrument="cfe", actors=("RUS",)).modality
'done'
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

EVENTS = (
    "sign",
    "domestic_approval",
    "deposit",
    "accede",
    "provisionally_apply",
    "enter_into_force",
    "succeed",
    "declare",
    "object",
    "suspend",
    "resume",
    "cease_implementation",
    "give_notice",
    "withdraw",
    "terminate",
    "authorise_termination",
    "dissolve",
    "amend",
    "propose",
    "reject",
    "decline_to_ratify",
    "accuse",
    "join_organisation",
)
MODALITIES = ("done", "denied", "planned", "urged", "threatened", "hypothetical", "reported_opinion")
PRECISIONS = ("day", "month", "year", "none")
AUTHOR, OTHER = "author", "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number the text gives beside a claim: how many `of` what (`states`, `accords`, `articles`), and where it stands."""

    value: int
    of: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """How sure a claim's parts are.

    `instrument`: `named` in the sentence, `only` one it can be (the document names no other, or has
    spoken of nothing else for a while), or `referred` to. `actors`: `named`, `only` ones that the sentences round it
    name, or `referred`. `rivals`: laws, bills and other instruments of the sentence that the act may have been done
    to. `dates`: days the sentence gives that no claim of it took; `undated`: words for a day that could not be
    resolved ("later today"), and `candidates` the days they may mean. `place`: where it was done, as the text says.
    `marks`: how it stands in its sentence, where that limits what it can be held to (`extraction.marks`).
    """

    instrument: str = "named"
    actors: str = "named"
    rivals: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    undated: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    place: str | None = None
    marks: tuple[str, ...] = ()


SURE = Evidence()


@dataclass(frozen=True, slots=True)
class Voice:
    """One of those a claim came through.

    `kind` is `author`, `outlet`, `agency`, `state`, `ministry` or `person`; `name` as the text prints it; `code` the state's or
    organisation's, `author` or `other`.
    """

    kind: str
    name: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What somebody says happened to an instrument.

    `start` and `end` are character offsets into the document, `text` the characters between them. `event` is one of
    EVENTS; `instrument` an id of the corpus, a slug of an instrument outside it, `*` where the text leaves it open among several, or
    None where no list knows it: `described` then has the text's words for it.
    `actors` did it, `target` is whom it is aimed at (alpha-3 or organisation codes). `date` is EDTF, resolved against
    the dateline, None where the text says none; `precision` is of PRECISIONS. `speaker` vouches for it: a code, `author` or
    `other`; `chain` has the codes of those it came through, the author first and the speaker last, `voices` their names.
    `repeats` is the place, among the document's claims, of the first that tells the same. `confidence` is from 0 to 1.
    """

    start: int
    end: int
    text: str
    event: str
    instrument: str | None
    actors: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    date: str | None = None
    precision: str = "none"
    speaker: str = AUTHOR
    modality: str = "done"
    polarity: str = "affirmed"
    confidence: float = 1.0
    counts: tuple[Count, ...] = ()
    described: str | None = None
    chain: tuple[str, ...] = ()
    voices: tuple[Voice, ...] = ()
    repeats: int | None = None
    evidence: Evidence = SURE

    @property
    def spoken(self) -> str:
        """The instrument in words: its id, or how the text describes it."""
        return self.instrument or self.described or "an unknown instrument"

    def as_dict(self) -> dict[str, Any]:
        """The claim as plain data for JSON."""
        return {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "event": self.event,
            "instrument": self.instrument,
            "described": self.described,
            "actors": list(self.actors),
            "target": list(self.target),
            "date": self.date,
            "precision": self.precision,
            "candidates": list(self.evidence.candidates),
            "speaker": self.speaker,
            "chain": list(self.chain or (self.speaker,)),
            "attribution": [{"kind": v.kind, "name": v.name, "code": v.code} for v in self.voices],
            "repeats": self.repeats,
            "modality": self.modality,
            "polarity": self.polarity,
            "confidence": round(self.confidence, 2),
            "counts": [{"value": c.value, "of": c.of, "start": c.start, "end": c.end} for c in self.counts],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document to be read: its name, its text, and the day it was written, where known (YYYY-MM-DD)."""

    name: str
    text: str
    dateline: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A document that was read: the dateline used, the claims in text order, and what went wrong, if anything did."""

    name: str
    dateline: str | None
    claims: tuple[Claim, ...] = ()
    notes: tuple[str, ...] = ()
