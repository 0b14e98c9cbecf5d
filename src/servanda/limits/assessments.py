"""What others found, held beside a verdict: which assessments bear on it, and which cannot stand together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from servanda.model.assessments import Assessment, Beside
from servanda.model.instrument import Dossier, within_place
from servanda.model.limits import Limit
from servanda.model.results import Verdict
from servanda.model.vocabulary import AssessmentResult, VerdictKind

OPPOSITE = {
    AssessmentResult.KEPT: AssessmentResult.EXCEEDED,
    AssessmentResult.EXCEEDED: AssessmentResult.KEPT,
    AssessmentResult.CERTIFIED: AssessmentResult.NOT_CERTIFIED,
    AssessmentResult.NOT_CERTIFIED: AssessmentResult.CERTIFIED,
}
# what a proved verdict says against a finding on that very limit
DENIED = {AssessmentResult.KEPT: VerdictKind.EXCEEDED, AssessmentResult.EXCEEDED: VerdictKind.WITHIN}
PARTIES = "parties"


class Findings:
    """The assessments of an instrument and of the one it amends, on one day."""

    def __init__(self, dossiers: Iterable[Dossier], on: date, parties: Iterable[str]) -> None:
        self._clauses = [(a, d.instrument.cite) for d in dossiers for a in d.assessments]
        self._parents: Mapping[str, str | None] = {c.id: c.parent for d in dossiers for c in d.instrument.categories}
        self._on, self._parties = on, frozenset(parties)
        self.of_the_day = tuple(a for a, _ in self._clauses if a.covers(on))

    def beside(self, verdict: Verdict) -> tuple[Beside, ...]:
        """The assessments of the day that bear on a verdict, each with what it cannot stand beside."""
        found = []
        for assessment, prefix in self._clauses:
            if not assessment.covers(self._on) or not self._bears(assessment, prefix, verdict.limit, verdict.scope):
                continue
            exact = self.exact(assessment, verdict.limit, verdict.posture)
            found.append(
                Beside(
                    assessment=assessment,
                    exact=exact,
                    against=tuple(o.id for o in self._against(assessment, verdict, prefix)),
                    against_record=exact and DENIED.get(assessment.result) is verdict.verdict,
                )
            )
        return tuple(found)

    def exact(self, assessment: Assessment, limit: Limit, posture: str) -> bool:
        """Whether an assessment is a statement on that limit, category and posture, and not only near it."""
        if not assessment.limits or not assessment.each or assessment.posture != posture:
            return False
        return not assessment.categories or limit.category in assessment.categories

    def statements(self, limit: Limit, scope: str, posture: str) -> tuple[Assessment, ...]:
        """The assessments of the day that are a statement on that limit as it is asked for a scope."""
        return tuple(
            a
            for a, prefix in self._clauses
            if a.covers(self._on) and self._bears(a, prefix, limit, scope) and self.exact(a, limit, posture)
        )

    def said_above(self, state: str, category: str) -> bool:
        """Whether an assessment of the day has a state above a limit in that category, or in some category untold."""
        return any(
            a.result is AssessmentResult.EXCEEDED
            and (state in a.of or (PARTIES in a.of and state in self._parties))
            and (not a.categories or any(self._part(c, category) for c in a.categories))
            for a in self.of_the_day
        )

    def _bears(self, assessment: Assessment, prefix: str, limit: Limit, scope: str) -> bool:
        of = assessment.of
        if scope not in of and not (PARTIES in of and scope in self._parties):
            return False
        if assessment.limits and not any(within_place(x, limit.cite, prefix) for x in assessment.limits):
            return False
        if not assessment.categories:
            return True
        asked = limit.category.split("+")
        return any(self._part(c, a) for c in assessment.categories for a in asked)

    def _part(self, category: str, of: str) -> bool:
        """Whether a category is another or a part of it."""
        at: str | None = category
        while at is not None:
            if at == of:
                return True
            at = self._parents.get(at)
        return False

    def _against(self, one: Assessment, verdict: Verdict, prefix: str) -> Iterable[Assessment]:
        """Others on the same matter with the opposite result: of overlapping periods, or named so in the record."""
        for other, mark in self._clauses:
            if other.id == one.id or other.result is not OPPOSITE[one.result]:
                continue
            named = other.id in one.contradicts or one.id in other.contradicts
            overlap = one.since < other.end and other.since < one.end
            if (named or overlap) and self._bears(other, mark, verdict.limit, verdict.scope):
                yield other
