"""Verdicts by the count of one reading, where states count the same things differently."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import date

from servanda.limits.bounds import Bounds
from servanda.limits.judge import decide
from servanda.model.counts import Count, CountingDispute
from servanda.model.dates import within
from servanda.model.instrument import Dossier
from servanda.model.results import Verdict
from servanda.model.vocabulary import VerdictKind

DECLARED = ("declared",)


def recounted(verdict: Verdict, dossiers: Iterable[Dossier], on: date, reading: str) -> Verdict:
    """The verdict by a reading's count, with every count beside it; as it was where nobody counts otherwise."""
    held = [c for d in dossiers for c in d.counting if _bears(c, verdict, on)]
    if not held or (verdict.low is None and verdict.high is None):
        return verdict
    counts = [Count(by=DECLARED, low=verdict.low, high=verdict.high, verdict=verdict.verdict)]
    for dispute in held:
        low = None if verdict.low is None else verdict.low + dispute.adds
        high = None if verdict.high is None else verdict.high + dispute.adds
        kind = verdict.verdict
        if kind is not VerdictKind.NOT_APPLICABLE:
            kind = decide(Bounds(low, high), verdict.bound)
        counts.append(Count(by=dispute.by, low=low, high=high, verdict=kind, dispute=dispute))
    asked = verdict.scope if reading == "self" else reading
    ours = next((c for c in counts if asked in c.by), counts[0])
    settle = verdict.would_settle if ours.verdict is VerdictKind.UNDETERMINED else None
    return dataclasses.replace(
        verdict, low=ours.low, high=ours.high, verdict=ours.verdict, would_settle=settle, counts=tuple(counts)
    )


def _bears(dispute: CountingDispute, verdict: Verdict, on: date) -> bool:
    """Whether a dispute is about the items of a verdict and the day of its figures."""
    return (
        dispute.holder == verdict.scope
        and dispute.category == verdict.limit.category
        and dispute.posture == verdict.posture
        and within(verdict.snapshot_date or on, dispute.since, dispute.until)
    )
