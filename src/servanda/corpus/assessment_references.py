"""Checks on assessments: whom, which clauses and categories they name, and which others they cannot stand beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servanda.model.instrument import within_place
from servanda.model.vocabulary import AssessmentResult, AxisName

if TYPE_CHECKING:
    from servanda.corpus.references import References

OF_LIMITS = (AssessmentResult.KEPT, AssessmentResult.EXCEEDED)


def check_assessments(refs: References) -> None:
    """Note every fault of the dossier's assessments."""
    both = (refs.dossier, refs.host) if refs.host else (refs.dossier,)
    for dispute in refs.dossier.counting:
        at = ("counting", dispute.id)
        refs._sources(at, dispute.source)
        refs._known(at, "party", [*dispute.by, dispute.holder], refs.actors)
        refs._category(at, dispute.category)
        refs._value(at, AxisName.POSTURE, dispute.posture)
        refs._forward(at, dispute.since, dispute.until, "dispute")
        if dispute.parts and sum(dispute.parts.values()) != dispute.adds:
            message = f"parts add up to {sum(dispute.parts.values()):,}, not to {dispute.adds:,}"
            refs._say(at, message, "correct the parts or their sum", "parts")
    limits = {x.cite: d.instrument.cite for d in both for x in d.limits}
    known = {a.id for a in refs.dossier.assessments}
    for value in refs.dossier.assessments:
        at = ("assessments", value.id)
        refs._sources(at, value.source)
        words = {*refs.groups, "parties"}
        refs._known(at, "party", [h for h in value.of if h not in words], refs.actors, words)
        if value.actor:
            refs._known(at, "actor", [value.actor], refs.actors)
        refs._forward(at, value.since, value.until, "period")
        refs._value(at, AxisName.POSTURE, value.posture)
        for category in value.categories:
            refs._category(at, category)
        for clause in value.limits:
            if not any(within_place(clause, cite, prefix) for cite, prefix in limits.items()):
                refs._say(at, f"is about an unknown limit {clause!r}", refs._near(clause, set(limits)), word=clause)
        for other in value.contradicts:
            if other not in known - {value.id}:
                message = f"contradicts an unknown assessment {other!r}"
                refs._say(at, message, refs._near(other, known - {value.id}), word=other)
        if bool(value.limits) != (value.result in OF_LIMITS):
            message = f"result {value.result} does not go with {'limits' if value.limits else 'no limits'}"
            remedy = "kept and exceeded name the limits meant; certified and not_certified are of the whole instrument"
            refs._say(at, message, remedy, "result")
