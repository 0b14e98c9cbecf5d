"""The document of texts that were read: claims, what the record says of them, and stories."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from servanda.model.documents.base import STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One who passes a claim on."""

    __pydantic_config__ = STRICT

    kind: str
    """Author, outlet, agency, state, ministry or person."""
    name: str
    """As named in the text."""
    code: str | None
    """Code of the state, where it speaks for one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRow:
    """A number in a claim."""

    __pydantic_config__ = STRICT

    value: int
    """The number."""
    of: str
    """Of what."""
    start: int
    """Where it begins in the text."""
    end: int
    """Where it ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedAct:
    """An act of the record."""

    __pydantic_config__ = STRICT

    act: str
    """Its id."""
    kind: str
    """What it is."""
    date: str
    """Its day, as an EDTF date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidingAct:
    """An act that decides a finding."""

    __pydantic_config__ = STRICT

    instrument: str
    """Its instrument."""
    act: str
    """Its id."""
    kind: str
    """What it is."""
    date: str
    """Its day, as an EDTF date."""
    cite: str | None
    """The article."""
    basis: str
    """What it rests on."""
    confidence: str
    """How far it can be trusted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What was held against what."""

    __pydantic_config__ = STRICT

    instrument: str | None
    """The instrument understood."""
    instrument_by: str | None
    """How it was understood."""
    actors_by: str | None
    """How the actors were understood."""
    step: str
    """The step."""
    acts_of: tuple[str, ...]
    """Kinds of acts that are that step."""
    date: str | None
    """The day told."""
    other_dates: tuple[str, ...]
    """Other days told."""
    dates_left_open: tuple[str, ...]
    """Days that could not be fixed."""
    date_candidates: tuple[str, ...]
    """Days it may be."""
    may_also_mean: tuple[str, ...]
    """What else can be meant."""
    told_as: tuple[str, ...]
    """How it was told."""
    record: tuple[RecordedAct, ...]
    """Acts it was held against."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldReading:
    """What a reading of the law holds of a claim."""

    __pydantic_config__ = STRICT

    reading: str
    """The reading."""
    holds: str
    """What it holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """A claim and what the record says of it."""

    __pydantic_config__ = STRICT

    start: int
    """Where it begins in the text."""
    end: int
    """Where it ends."""
    text: str
    """Its words."""
    event: str
    """What is said to happen."""
    instrument: str | None
    """Id of the instrument; null where it is unknown."""
    described: str | None
    """How an unknown instrument is described."""
    actors: tuple[str, ...]
    """Who acts."""
    target: tuple[str, ...]
    """Toward whom."""
    date: str | None
    """When, as an EDTF date."""
    precision: str
    """How exactly."""
    candidates: tuple[str, ...]
    """Days it may be."""
    speaker: str
    """Who vouches last."""
    chain: tuple[str, ...]
    """Through whom it came, the author first."""
    attribution: tuple[Voice, ...]
    """The same by name."""
    repeats: int | None
    """Number of the earlier claim it repeats."""
    modality: str
    """Done, planned, denied ..."""
    polarity: str
    """Affirmed or negated."""
    confidence: float
    """How sure the reading is, 0 to 1."""
    counts: tuple[CountRow, ...]
    """Numbers in it."""
    finding: str
    """What the record says of it."""
    compared: Comparison
    """What was held against what."""
    acts: tuple[str, ...]
    """Ids of acts of the record."""
    why: str
    """The reason in words."""
    later_acts: tuple[str, ...]
    """Acts known only later."""
    later: str | None
    """What came later."""
    cite: tuple[str, ...]
    """The articles."""
    readings: tuple[HeldReading, ...]
    """What each reading of the law holds of it."""
    deciding: tuple[DecidingAct, ...]
    """Acts that decide."""
    proposal: bool
    """True where the record may want the act."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRow:
    """A document that was read."""

    __pydantic_config__ = STRICT

    name: str
    """Its name."""
    dateline: str | None
    """Its day."""
    story: str | None
    """The story it belongs to."""
    claims: tuple[ClaimRow, ...]
    """Its claims in the order of the text."""
    notes: tuple[str, ...]
    """What to know of the reading."""
    form: str | None = None
    """What it was taken from: text, html, pdf ...; null where it was given as text."""
    dateline_from: str | None = None
    """The clock its day is from."""
    fetched: str | None = None
    """The day a crawler came by."""
    url: str | None = None
    """Its address."""
    title: str | None = None
    """Its title."""
    text: str | None = None
    """Its whole text, where it was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadRow:
    """A document that could not be read."""

    __pydantic_config__ = STRICT

    name: str
    """Its name."""
    why: str
    """Why not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SayRow:
    """What one document says on a topic."""

    __pydantic_config__ = STRICT

    document: str
    """Its name."""
    speaker: str
    """Who vouches."""
    value: str
    """What it says."""
    start: int
    """Where in the text."""
    end: int
    """Where it ends."""
    text: str
    """Its words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisagreementRow:
    """A topic on which documents differ."""

    __pydantic_config__ = STRICT

    topic: str
    """The topic."""
    kind: str
    """What differs."""
    says: tuple[SayRow, ...]
    """What each says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRow:
    """Documents that tell the same thing."""

    __pydantic_config__ = STRICT

    id: str
    """Its name."""
    documents: tuple[str, ...]
    """Their names."""
    since: str | None
    """The earliest day."""
    until: str | None
    """The latest day."""
    topics: tuple[str, ...]
    """What they tell of."""
    copies: tuple[tuple[str, ...], ...]
    """Near-duplicates of each other."""
    disagreements: tuple[DisagreementRow, ...]
    """Where they differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDocument:
    """Texts that were read."""

    __pydantic_config__ = STRICT

    documents: tuple[ReadRow, ...]
    """One entry each."""
    stories: tuple[StoryRow, ...]
    """Stories among them."""
    failed: tuple[UnreadRow, ...] = ()
    """Documents that could not be read."""
    counts: Mapping[str, int] | None = None
    """How many were seen, screened and read, where files were read."""
