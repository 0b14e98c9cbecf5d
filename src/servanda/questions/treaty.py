"""A treaty one can ask: `cfe = servanda.load("cfe")`, then one method a question."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, overload

from servanda.corpus import Corpus
from servanda.model.answer import Answer
from servanda.model.question import Question
from servanda.questions.made_up import marked
from servanda.questions.view import view
from servanda.questions.words import Day, day, optional_day

if TYPE_CHECKING:
    from servanda.geography.zones import Extent, Place
    from servanda.limits.gaps import Gap
    from servanda.model.acts import Act, Ground
    from servanda.model.documents.record import SinceDocument
    from servanda.model.equipment import EquipmentType
    from servanda.model.instrument import Link, Provision
    from servanda.model.records import Record
    from servanda.model.results import PartyStanding, Verdict
    from servanda.procedure import Coming, Due
    from servanda.questions.assess import Verdicts
    from servanda.questions.brief import Brief
    from servanda.questions.inspect_left import Left
    from servanda.questions.reductions import Liability
    from servanda.standing import Obligations
    from servanda.standing.timeline import Event
    from servanda.verification.quotas import PartyQuota
    from servanda.verification.request import Decision


class Treaty:
    """One instrument of a corpus. Every method returns an Answer: value, JSON data and the tree of reasons.

    Dates are `datetime.date` or `YYYY-MM-DD`. Readings: `depositary`, `self`, `law`, or a state's code.
    `as_known_on` asks with the knowledge of an earlier day; `scenarios` are files or ids of shipped ones.
    """

    def __init__(self, corpus: Corpus, instrument: str) -> None:
        self.corpus, self.id = corpus, instrument
        self.dossier = corpus.dossier(instrument)

    def __repr__(self) -> str:
        return f"<Treaty {self.id}: {self.dossier.instrument.title}>"

    def _view(self, as_known_on: Day | None, records: Iterable[Record] | None = None) -> Corpus:
        known = optional_day(as_known_on, "day of knowledge")
        own = None if records is None else tuple(records)
        return view(self.corpus, Question(instrument=self.id, known_on=known, records=own))

    def as_known(self, on: Day | None) -> Treaty:
        """This instrument as its record stood on a day."""
        return Treaty(self._view(on), self.id) if on is not None else self

    def with_scenarios(self, scenarios: Iterable[str]) -> Treaty:
        """This instrument with scenarios laid over the record, in order."""
        question = Question(instrument=self.id, scenarios=tuple(scenarios))
        return Treaty(view(self.corpus, question), self.id)

    def with_records(self, records: Iterable[Record]) -> Treaty:
        """This instrument with records in place of its holdings: figures of one's own, or what states declared."""
        return Treaty(self._view(None, records), self.id)

    def standing(
        self, party: str | None = None, *, on: Day, reading: str = "depositary", as_known_on: Day | None = None
    ) -> Answer[tuple[PartyStanding, ...]]:
        """Who is bound; see `questions.standing.standing`."""
        from servanda.questions.standing import standing

        return standing(self._view(as_known_on), self.id, on=on, party=party, reading=reading)

    def obligations(
        self, *, on: Day, kind: str, reading: str = "depositary", as_known_on: Day | None = None
    ) -> Answer[Obligations]:
        """Who owes whom; see `questions.obligations.obligations`."""
        from servanda.questions.obligations import obligations

        return obligations(self._view(as_known_on), self.id, on=on, kind=kind, reading=reading)

    def assess(
        self,
        *,
        on: Day,
        groups: str = "treaty",
        count: str = "holdings",
        prospective: bool = False,
        reading: str = "depositary",
        assume: Iterable[str] = (),
        include: Iterable[str] = (),
        records: Iterable[Record] | None = None,
        limits: Iterable[str] | None = None,
        as_known_on: Day | None = None,
    ) -> AssessAnswer:
        """Is it kept; see `questions.assess.assess`. Index the result by limit and scope."""
        from servanda.questions.assess import assess

        question = Question(
            instrument=self.id,
            on=day(on),
            known_on=optional_day(as_known_on, "day of knowledge"),
            records=None if records is None else tuple(records),
            groups=groups,
            count=count,
            prospective=prospective,
            reading=reading,
            assume=tuple(assume),
            include=tuple(include),
            limits=None if limits is None else tuple(limits),
        )
        corpus = view(self.corpus, question)
        answer = assess(corpus, question)
        if question.records is not None:
            from servanda.questions.against_record import with_record

            answer = with_record(answer, self.corpus, question)
        return AssessAnswer.of(answer, corpus, question)

    def changes(
        self,
        *,
        since: Day,
        until: Day,
        groups: str = "treaty",
        count: str = "holdings",
        prospective: bool = False,
        reading: str = "depositary",
        assume: Iterable[str] = (),
        include: Iterable[str] = (),
        records: Iterable[Record] | None = None,
        limits: Iterable[str] | None = None,
        as_known_on: Day | None = None,
    ) -> Answer[tuple[tuple[date, tuple[Verdict, ...]], ...]]:
        """Verdicts at the days between two dates on which one changes."""
        from servanda.questions.assess import assess_period

        question = Question(
            instrument=self.id,
            since=day(since, "start"),
            until=day(until, "end"),
            known_on=optional_day(as_known_on, "day of knowledge"),
            records=None if records is None else tuple(records),
            groups=groups,
            count=count,
            prospective=prospective,
            reading=reading,
            assume=tuple(assume),
            include=tuple(include),
            limits=None if limits is None else tuple(limits),
        )
        return assess_period(view(self.corpus, question), question)

    def gaps(
        self,
        *,
        on: Day,
        limits: Iterable[str] | None = None,
        prospective: bool = False,
        as_known_on: Day | None = None,
    ) -> Answer[tuple[Gap, ...]]:
        """Which figure to look for; see `questions.gaps.gaps`."""
        from servanda.questions.gaps import gaps

        question = Question(
            instrument=self.id,
            on=day(on),
            known_on=optional_day(as_known_on, "day of knowledge"),
            prospective=prospective,
            limits=None if limits is None else tuple(limits),
        )
        return gaps(view(self.corpus, question), question)

    def explain(
        self,
        limit: str,
        *,
        on: Day,
        scope: str | None = None,
        posture: str | None = None,
        groups: str = "treaty",
        count: str = "holdings",
        prospective: bool = False,
        reading: str = "depositary",
        assume: Iterable[str] = (),
        include: Iterable[str] = (),
        records: Iterable[Record] | None = None,
        as_known_on: Day | None = None,
    ) -> Answer[Verdict]:
        """One verdict down to its rows; see `questions.explain.explain`."""
        from servanda.questions.explain import explain

        question = Question(
            instrument=self.id,
            on=day(on),
            known_on=optional_day(as_known_on, "day of knowledge"),
            records=None if records is None else tuple(records),
            groups=groups,
            count=count,
            prospective=prospective,
            reading=reading,
            assume=tuple(assume),
            include=tuple(include),
        )
        return explain(view(self.corpus, question), question, limit, scope=scope, posture=posture)

    def brief(self, *, on: Day, reading: str | None = None, as_known_on: Day | None = None) -> Answer[Brief]:
        """One page; see `questions.brief.brief`."""
        from servanda.questions.brief import brief

        corpus = self._view(as_known_on)
        return marked(brief(corpus, self.id, on=on, reading=reading), corpus, self.id)

    def changes_in(self, text: str, *, reading: str = "depositary") -> Answer[SinceDocument]:
        """What changed in a year or a month (`2007`, `2007-12`); see `questions.period.changes_in`."""
        from servanda.questions.period import changes_in

        return changes_in(self.corpus, self.id, text, reading=reading)

    def provisions(self, cite: str | None = None) -> Answer[tuple[Provision, ...]]:
        """The text in our own words; see `questions.provisions.provisions`."""
        from servanda.questions.provisions import provisions

        return provisions(self.corpus, self.id, cite)

    def classify(self, query: str) -> Answer[tuple[EquipmentType, ...]]:
        """Is a type counted; see `questions.classify.classify`."""
        from servanda.questions.classify import classify

        return classify(self.corpus, query, self.id)

    def timeline(self, *, party: str | None = None, as_known_on: Day | None = None) -> Answer[tuple[Event, ...]]:
        """What happened; see `questions.timeline.timeline`."""
        from servanda.questions.timeline import timeline

        return timeline(self._view(as_known_on), self.id, party=party)

    def reductions(
        self, *, party: str | None = None, category: str | None = None, as_known_on: Day | None = None
    ) -> Answer[tuple[Liability, ...]]:
        """What was to be reduced; see `questions.reductions.reductions`."""
        from servanda.questions.reductions import reductions

        corpus = self._view(as_known_on)
        return marked(reductions(corpus, self.id, party=party, category=category), corpus, self.id)

    def deadlines(
        self,
        procedure: str,
        *,
        start: Day | None = None,
        values: Mapping[str, int] | None = None,
        until: Day | None = None,
    ) -> Answer[tuple[Due, ...]]:
        """What must happen next; see `questions.deadlines.deadlines`."""
        from servanda.questions.deadlines import deadlines

        return deadlines(self.corpus, self.id, procedure, start=start, values=values, until=until)

    def zones(self, *, on: Day, since: Day | None = None) -> Answer[tuple[Extent, ...]]:
        """What each zone covers; see `questions.zones.zones`."""
        from servanda.questions.zones import zones

        return zones(self.corpus, self.id, on=on, since=since)

    def where(self, *, on: Day, at: Sequence[float] | str | None = None, region: str | None = None) -> Answer[Place]:
        """In which zones a place lies; see `questions.where.where`."""
        from servanda.questions.where import where

        return where(self.corpus, self.id, on=on, at=at, region=region)

    def compare(
        self, other: str, *, on: Day | None = None, matter: str | None = None
    ) -> Answer[dict[str, tuple[tuple[Provision, ...], tuple[Provision, ...]]]]:
        """Side by side with another instrument; see `questions.compare.compare`."""
        from servanda.questions.compare import compare

        return compare(self.corpus, self.id, other, on=on, matter=matter)

    def coming(self, *, on: Day, as_known_on: Day | None = None) -> Answer[tuple[Coming, ...]]:
        """All that falls due from a day on; see `questions.deadlines.next_deadlines`."""
        from servanda.questions.deadlines import next_deadlines

        return next_deadlines(self._view(as_known_on), self.id, on=on)

    def inspect_left(
        self,
        *,
        on: Day,
        past: Iterable[Mapping[str, Any]],
        party: str | None = None,
        objects: Mapping[str, int] | None = None,
        rounding: str = "nearest",
    ) -> Answer[tuple[Left, ...]]:
        """Quotas less what was used; see `questions.inspect_left`. `past` are the inspections so far."""
        from servanda.questions.inspect_left import inspect_left
        from servanda.verification.files import objects_of, past_of

        rows, numbers = tuple(past), objects_of(objects or {})
        held = past_of(rows) if rows else ()
        return inspect_left(self.corpus, self.id, on=on, past=held, party=party, objects=numbers, rounding=rounding)

    def inspect_quotas(
        self, *, on: Day, party: str | None = None, objects: Mapping[str, int] | None = None, rounding: str = "nearest"
    ) -> Answer[tuple[PartyQuota, ...]]:
        """What each party must accept; see `questions.inspect_quotas`. `objects` as `{"POL": 120, "USA@DEU": 40}`."""
        from servanda.questions.inspect_quotas import inspect_quotas
        from servanda.verification.files import objects_of

        numbers = objects_of(objects or {})
        return inspect_quotas(self.corpus, self.id, on=on, party=party, objects=numbers, rounding=rounding)

    def inspect_may(
        self,
        *,
        by: str,
        of: str,
        arrive: str,
        objects: Mapping[str, int] | None = None,
        sites: Iterable[Mapping[str, object]] = (),
        past: Iterable[Mapping[str, object]] = (),
        **request: Any,
    ) -> Answer[Decision]:
        """May one state inspect another; see `questions.inspect_request.inspect_may` for the rest of the request.

        `sites` and `past` are rows with the columns of the files that `servanda inspect may` takes.
        """
        from servanda.questions.inspect_request import inspect_may
        from servanda.verification.files import objects_of, past_of, targets_of

        sites, past = tuple(sites), tuple(past)
        return inspect_may(
            self.corpus,
            self.id,
            by=by,
            of=of,
            arrive=arrive,
            objects=objects_of(objects or {}),
            targets=targets_of(sites) if sites else (),
            past=past_of(past) if past else (),
            **request,
        )

    def withdrawal(self, *, party: str | None = None) -> Answer[tuple[tuple[Act, Ground], ...]]:
        """The grounds of withdrawal that were stated; see `questions.leaving.withdrawal`."""
        from servanda.questions.leaving import withdrawal

        return withdrawal(self.corpus, self.id, party=party)

    def links(self) -> Answer[tuple[tuple[str, Link], ...]]:
        """What the instrument is tied to; see `questions.leaving.links`."""
        from servanda.questions.leaving import links

        return links(self.corpus, self.id)


@dataclasses.dataclass(frozen=True, kw_only=True, repr=False)
class AssessAnswer(Answer["Verdicts"]):
    """The answer to `assess`; by `[limit]` or `[limit, scope]` the answer on one verdict."""

    corpus: Corpus
    question: Question

    @classmethod
    def of(cls, answer: Answer[Verdicts], corpus: Corpus, question: Question) -> AssessAnswer:
        """The answer with what it needs to explain one verdict."""
        return cls(**answer.given(), corpus=corpus, question=question)

    @overload
    def __getitem__(self, key: str) -> Answer[Verdict]: ...
    @overload
    def __getitem__(self, key: tuple[str, str]) -> Answer[Verdict]: ...
    def __getitem__(self, key: str | tuple[str, str]) -> Answer[Verdict]:
        from servanda.questions.explain import explain

        limit, scope = key if isinstance(key, tuple) else (key, None)
        return explain(self.corpus, self.question, limit, scope=scope)


def load(instrument: str, corpus: Corpus | None = None) -> Treaty:
    """The instrument of that id from the packaged record, or from `corpus`. UnknownName with near matches."""
    return Treaty(corpus or Corpus.default(), instrument)


__all__ = ["AssessAnswer", "Treaty", "load"]
