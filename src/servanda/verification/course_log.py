"""The log of an inspection as a file: append-only, each step chained to the one before, ready to be signed.

The file has the head that the ledger asks of a document (instrument, party, document, day, whether made up), so that
each of the two states can sign its own copy and enter it. `digest` is the same in both copies while both agree.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from servanda.model.errors import InputError
from servanda.model.verification import InspectionRegime
from servanda.verification.course import Count, Course

DOCUMENT = "inspection"
MOST_BYTES = 4 << 20
FIELDS = ("site", "object", "point_of_entry", "serials", "procedures", "comments")


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseLog:
    """An inspection with what its report needs: fields in words and counts. `party` is whose copy it is."""

    instrument: str
    party: str
    course: Course
    fields: Mapping[str, str] = field(default_factory=dict)
    counts: tuple[Count, ...] = ()
    synthetic: bool = False

    @property
    def digest(self) -> str:
        """What both states' copies share: a hash of everything but the copy's owner."""
        return _hash(self._inspection())

    def copy_for(self, party: str) -> CourseLog:
        """The same as the other state's copy. InputError for a state that is neither."""
        if party not in (self.course.inspecting, self.course.inspected):
            raise InputError(
                f"{party} takes no part in this inspection",
                remedy=f"name {self.course.inspecting} or {self.course.inspected}",
            )
        return replace(self, party=party)

    def _inspection(self) -> dict[str, Any]:
        course, chain, steps = self.course, "", []
        for entry in course.log:
            step = {"step": entry.step, "at": entry.at.isoformat(timespec="minutes"), "actor": entry.actor}
            if entry.remark is not None:
                step["remark"] = entry.remark
            chain = _hash({"before": chain, **step})
            steps.append({**step, "chain": chain})
        return {
            "kind": course.kind.id,
            "inspecting": course.inspecting,
            "inspected": course.inspected,
            "fields": dict(sorted(self.fields.items())),
            "steps": steps,
            "counts": [
                {
                    k: v
                    for k, v in (
                        ("category", c.category),
                        ("type", c.type),
                        ("object", c.object),
                        ("declared", c.declared),
                        ("counted", c.counted),
                    )
                    if v is not None
                }
                for c in self.counts
            ],
        }

    def as_plain(self) -> dict[str, Any]:
        """The file as plain data."""
        if not self.course.log:
            raise InputError("the inspection has no step yet", remedy="begin with a notice")
        return {
            "instrument": self.instrument,
            "party": self.party,
            "document": f"{DOCUMENT} {self.course.kind.id}",
            "as_of": self.course.log[-1].at.date().isoformat(),
            "synthetic": self.synthetic,
            "inspection": self._inspection(),
            "digest": self.digest,
        }

    def as_bytes(self) -> bytes:
        """The file."""
        return (json.dumps(self.as_plain(), ensure_ascii=False, indent=1) + "\n").encode()


def _hash(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def _refused(word: str) -> None:
    raise ValueError(word)


def _local(text: str) -> datetime:
    """A time of the log, which names no time zone: times with and without one cannot be compared."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is not None:
        raise ValueError(text)
    return at


def parse_log(data: bytes, regimes: Mapping[str, InspectionRegime], *, where: str) -> CourseLog:
    """A log from its file: every step is taken again, and its chain must hold. InputError for anything else."""

    def wrong(what: str, remedy: str = "give the file that `inspect course` wrote") -> InputError:
        return InputError(what, where=where, remedy=remedy)

    if len(data) > MOST_BYTES:
        raise wrong(f"longer than {MOST_BYTES:,} bytes")
    try:
        value = json.loads(data, parse_constant=_refused)
        told = value["inspection"]
        steps = [(str(s["step"]), _local(s["at"]), s.get("remark"), s["chain"]) for s in told["steps"]]
        counts = tuple(
            Count(
                category=str(c["category"]),
                type=c.get("type"),
                object=c.get("object"),
                declared=int(c["declared"]),
                counted=int(c["counted"]),
            )
            for c in told["counts"]
        )
        instrument, kind_id = str(value["instrument"]), str(told["kind"])
        fields = {str(k): str(v) for k, v in told["fields"].items()}
        sides = str(told["inspecting"]), str(told["inspected"])
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        raise wrong("not the log of an inspection") from None
    regime = regimes.get(instrument)
    kind = regime.kind(kind_id) if regime is not None else None
    if regime is None or kind is None:
        raise wrong(f"{kind_id!r} under {instrument!r} is not a kind of inspection in the record")
    course = Course(kind=kind, inspecting=sides[0], inspected=sides[1], stay=regime.stay)
    for name, at, remark, _ in steps:
        course = course.then(name, at, remark=remark)
    found = CourseLog(
        instrument=instrument,
        party=str(value.get("party")),
        course=course,
        fields=fields,
        counts=counts,
        synthetic=value.get("synthetic") is True,
    )
    for i, (step, (_, _, _, chain)) in enumerate(zip(found._inspection()["steps"], steps, strict=True), 1):
        if step["chain"] != chain:
            raise wrong(f"step {i} was changed after it was written", "take the copy that was signed")
    if value.get("digest") != found.digest:
        raise wrong("its counts or fields were changed after it was written", "take the copy that was signed")
    return found
