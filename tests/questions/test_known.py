"""Nothing reported after the day of knowledge changes an answer, whatever is asked and however it is held back.

Two worlds are asked each question as known on a day: the whole record, and one from which everything reported later was
taken out by hand (not by the code under test), or into which more was put that was reported later.
"""

from __future__ import annotations

import dataclasses
import random
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from servanda.corpus import Actors, Corpus
from servanda.corpus.store import DATA
from servanda.model.acts import Act
from servanda.model.assessments import Assessment
from servanda.model.counts import CountingDispute
from servanda.model.dates import UncertainDate
from servanda.model.instrument import Discrepancy, Dossier
from servanda.model.records import Level, Record, Reduction
from servanda.model.results import PartyStanding
from servanda.model.vocabulary import ActKind, Basis, Provenance, RecordStatus, ReductionFigure
from servanda.questions.treaty import Treaty

KNOWN = (date(1990, 11, 19), date(1996, 6, 30), date(2007, 12, 1), date(2023, 6, 20))
AHEAD = timedelta(days=1)


def day_of(value: UncertainDate) -> date:
    """The first day on which an uncertain day can have been."""
    return value.earliest or value.latest or date.min


def printed(dossier: Dossier, row: Any) -> list[date]:
    titles = {s.id: s for s in dossier.instrument.sources}
    days = [titles[i].published for i in row.source if i in titles and titles[i].published is not None]
    return [d.latest for d in days if d.latest is not None]


def reported(dossier: Dossier, row: Any) -> date:
    """The day from which a row of the record can be known, told apart from the engine."""
    if isinstance(row, Act):
        return day_of(row.reported or row.date)
    told = getattr(row, "reported", None)
    if told is not None:
        return day_of(told) if isinstance(told, UncertainDate) else told
    out = printed(dossier, row)
    if isinstance(row, Record):
        return max(*out, date(row.as_of.year, 12, 31)) if out else row.as_of
    own = []
    if isinstance(row, Reduction):
        counted, clock = row.as_of and (row.as_of.latest or date.max), dossier.instrument.clock
        own = [counted or (clock.start if clock else date.min)]
    if isinstance(row, Assessment | CountingDispute):
        own = [row.since]
    return max([*own, *([min(out)] if out else [])], default=date.min)


def adopted(dossier: Dossier) -> date:
    own = dossier.instrument.adopted
    return min([day_of(own) if own else date.min, *(reported(dossier, a) for a in dossier.acts)])


def begun(spans: Any, known: date) -> tuple[Any, ...]:
    kept = [s for s in spans if s.since is None or s.since <= known]
    return tuple(dataclasses.replace(s, until=None) if s.until is not None and s.until > known else s for s in kept)


def without(corpus: Corpus, known: date) -> Corpus:
    """The record with everything that was reported after the day taken out; instruments adopted later are bare."""
    dossiers = []
    there = {i for i in corpus.ids() if adopted(corpus.dossier(i)) <= known}
    for name in corpus.ids():
        d = corpus.dossier(name)
        links = tuple(x for x in d.instrument.links if (x.to is None or x.to in there) and (x.year or 0) <= known.year)
        groups = tuple(dataclasses.replace(g, members=begun(g.members, known)) for g in d.instrument.groups)
        instrument = dataclasses.replace(d.instrument, links=links, groups=groups)
        tables = {
            t: tuple(r for r in getattr(d, t) if reported(d, r) <= known)
            for t in ("acts", "records", "levels", "reductions", "assessments", "counting")
        }
        blocks = tuple(dataclasses.replace(b, territory=begun(b.territory, known)) for b in d.blocks)
        zones = tuple(dataclasses.replace(z, eras=begun(z.eras, known)) for z in d.zones)
        ground = {"blocks": blocks, "zones": zones}
        dossiers.append(dataclasses.replace(d, key=f"{d.key}-{known}", instrument=instrument, **tables, **ground))
    actors = Actors(
        dataclasses.replace(
            a, members=begun(a.members, known), until=a.until if a.until is None or a.until <= known else None
        )
        for a in corpus.actors
    )
    return corpus.replace(dossiers, actors)


TARGETED = (ActKind.SUSPEND, ActKind.CEASE_IMPLEMENTATION)


def with_more(corpus: Corpus, known: date, seed: int) -> Corpus:
    """The record with rows of every kind added that lie before the day and were reported after it."""
    chance = random.Random(seed)
    later, said = known + AHEAD, UncertainDate.parse((known + AHEAD).isoformat())
    dossiers = []
    for name in corpus.ids():
        d = corpus.dossier(name)
        states = sorted({x for a in d.acts for x in a.actors if x in corpus.actors}) or ["RUS"]
        instants = [day_of(a.date) for a in d.acts if day_of(a.date) <= known] or [known]
        acts = [
            Act(
                id=f"junk-{kind.value}-{n}",
                date=UncertainDate.parse(chance.choice(instants).isoformat()),
                act=kind,
                actors=(chance.choice(states),),
                gist="nobody knew of this",
                source=(),
                reported=said,
                effective=UncertainDate.parse(known.isoformat()) if n else None,
                basis=chance.choice(list(Basis)),
                toward=(chance.choice(states),) if n and kind in TARGETED else (),
                kinds=d.instrument.duties[:2],
                supersedes=chance.choice(d.acts).id if d.acts and n else None,
                target_act=chance.choice(d.acts).id if d.acts else None,
                concerns=(chance.choice(d.acts).id,) if d.acts else (),
                triggers=tuple(p.id for p in d.procedures[:1]),
            )
            for kind in ActKind
            for n in (0, 1)
        ]
        records = [
            dataclasses.replace(
                r,
                id=f"{r.id}-junk-{n}",
                value=999_999,
                low=None,
                high=None,
                snapshot=r.snapshot if n else DECLARED,
                provenance=r.provenance if n else Provenance.DECLARED,
                status=RecordStatus.PREFERRED,
                supersedes=r.id if n else None,
                reported=later,
            )
            for r in d.records[::7]
            for n in (0, 1)
        ]
        levels = [dataclasses.replace(x, id=f"{x.id}-junk", level=1, active=1, reported=later) for x in d.levels[::5]]
        reductions = [dataclasses.replace(r, id=f"{r.id}-junk", value=1, reported=later) for r in d.reductions[::3]]
        categories = [c.id for c in d.instrument.categories]
        if categories:
            reductions.append(
                Reduction(
                    id="junk", holder=states[0], category=categories[0], figure=ReductionFigure.LIABILITY, source=(),
                    value=5, reported=later,
                )
            )  # fmt: skip
            levels.append(
                Level(id="junk", state=states[0], category=categories[0], source=(), zone=d.instrument.area or "any",
                      level=1, reported=later)
            )  # fmt: skip
        types = [dataclasses.replace(t, limited=not t.limited, category="apc", reported=later) for t in d.types[::9]]
        judged = [dataclasses.replace(a, id=f"{a.id}-junk", reported=said) for a in d.assessments[::2]]
        disputes = [dataclasses.replace(c, id=f"{c.id}-junk", since=later, adds=77, parts={}) for c in d.counting]
        wrong = Discrepancy(id="junk", point="p", claims=("c",), view="v", reported=later)
        dossiers.append(
            dataclasses.replace(
                d, key=f"{d.key}-{known}-more", acts=(*d.acts, *acts), records=(*d.records, *records),
                levels=(*d.levels, *levels), reductions=(*d.reductions, *reductions), types=(*d.types, *types),
                discrepancies=(*d.discrepancies, wrong), assessments=(*d.assessments, *judged),
                counting=(*d.counting, *disputes),
            )
        )  # fmt: skip
    return corpus.replace(dossiers)


DECLARED = "declared"


@cache
def whole() -> Corpus:
    return Corpus(DATA)


@cache
def richer(known: date) -> Corpus:
    return with_more(whole(), known, known.year)


@cache
def worlds(known: date) -> tuple[Corpus, ...]:
    """The record as known on the day, and the two others: poorer by what came later, and richer by junk of later."""
    return tuple(c.as_known(known) for c in (whole(), without(whole(), known), richer(known)))


def said(ask: Any, corpus: Corpus, known: date) -> Any:
    """All that an answer says, or the refusal in its words."""
    from servanda.model.errors import ServandaError

    try:
        answer = ask(corpus, known)
    except ServandaError as refusal:
        return type(refusal).__name__, str(refusal)
    value = answer.value if isinstance(answer.value, tuple) else ()
    marks = [(s.party, s.standing) for s in value if isinstance(s, PartyStanding)]
    return dict(answer.data), answer.node.as_dict(), answer.breach, answer.not_known, marks


def treaty(name: str, question: str, **asked: Any) -> Any:
    """A question of the facade; `on` and the like may be a function of the day of knowledge."""

    def ask(corpus: Corpus, known: date) -> Any:
        given = {k: v(known) if callable(v) else v for k, v in asked.items()}
        return getattr(Treaty(corpus, name), question)(**given)

    return ask


def at(days: int) -> Any:
    return lambda known: known + timedelta(days=days)


def whatif(corpus: Corpus, known: date) -> Any:
    from servanda.questions.whatif import whatif as ask
    from servanda.scenario import load_scenario

    return ask(corpus, [load_scenario("adaptation-in-force-2000")], on=known, instruments=("cfe", "acfe"))


def entitled(corpus: Corpus, known: date) -> Any:
    from servanda.questions.entitled import entitled as ask

    return ask(corpus, "cfe", owner="GBR", recipient="RUS", on=known)


def reach(corpus: Corpus, known: date) -> Any:
    from servanda.questions.reach import reach as ask

    return ask(corpus, 500, ["DEU", "NATO"], ["RUS-KGD"], on=known)


def quotas(corpus: Corpus, known: date) -> Any:
    from servanda.questions.inspect_quotas import inspect_quotas as ask
    from servanda.verification.quotas import Objects

    return ask(
        corpus,
        "cfe",
        on=known,
        objects=(Objects(owner="RUS", territory="RUS", count=100), Objects(owner="DEU", territory="DEU", count=60)),
    )


def since(corpus: Corpus, known: date) -> Any:
    from servanda.questions.since import since as ask

    return ask(corpus, "cfe", since=known - timedelta(days=30), on=known, limits=("CFE IV.1(A)",))


def report(corpus: Corpus, known: date) -> Any:
    from servanda.model.answer import Answer, Node, Statement
    from servanda.report import build, written

    content = build(Treaty(corpus, "cfe"), on=known)
    text = written(content, ".md")
    return Answer(kind="report", value=(), data={"text": text.decode()}, node=Node(statement=Statement("report")))


def listing(corpus: Corpus, known: date) -> Any:
    from servanda.questions.integrity import listing as ask

    return ask(corpus)


ASKED: dict[str, Any] = {
    "standing": treaty("cfe", "standing", on=at(0)),
    "standing a year ahead": treaty("cfe", "standing", on=at(365), reading="self"),
    "standing of one": treaty("cfe", "standing", party="RUS", on=at(30), reading="law"),
    "standing of the adaptation": treaty("acfe", "standing", on=at(10)),
    "standing of an accord": treaty("ru-pl-1993", "standing", on=at(400)),
    "standing by a state": treaty("open-skies", "standing", on=at(0), reading="USA"),
    "obligations": treaty("cfe", "obligations", on=at(0), kind="exchange", reading="self"),
    "obligations ahead": treaty("cfe", "obligations", on=at(500), kind="inspection"),
    "assess": treaty("cfe", "assess", on=at(0)),
    "assess ahead": treaty("cfe", "assess", on=at(2500), include=("press", "estimated")),
    "assess by levels": treaty("cfe", "assess", on=at(0), groups="nato", count="levels"),
    "assess prospectively": treaty("cfe", "assess", on=at(0), prospective=True),
    "assess the flank": treaty("flank-1996", "assess", on=at(0)),
    "assess by a state's count": treaty("new-start", "assess", on=at(0), reading="RUS"),
    "assess new start": treaty("new-start", "assess", on=at(0)),
    "a period": treaty("cfe", "changes", since=at(-200), until=at(200), limits=("CFE IV.1(A)", "CFE VII.1")),
    "explain": treaty("cfe", "explain", limit="CFE IV.1(A)", on=at(0), scope="east", prospective=True),
    "brief": treaty("cfe", "brief", on=at(0)),
    "brief ahead": treaty("cfe", "brief", on=at(100)),
    "brief of a draft": treaty("est-2009", "brief", on=at(0)),
    "timeline": treaty("cfe", "timeline"),
    "timeline of one": treaty("cfe", "timeline", party="RUS"),
    "reductions": treaty("cfe", "reductions"),
    "deadlines": treaty("cfe", "deadlines", procedure="withdrawal", start="2023-06-09"),
    "deadlines by the clock": treaty("cfe", "deadlines", procedure="reduction"),
    "coming": treaty("cfe", "coming", on=at(0)),
    "coming later": treaty("cfe", "coming", on=at(300)),
    "compare": treaty("cfe", "compare", other="north-atlantic-treaty", on=at(0)),
    "compare with a draft": treaty("cfe", "compare", other="est-2009", on=at(0)),
    "grounds": treaty("cfe", "withdrawal"),
    "links": treaty("cfe", "links"),
    "provisions": treaty("cfe", "provisions", cite="IV"),
    "classify": treaty("cfe", "classify", query="T-72"),
    "zones": treaty("cfe", "zones", on=at(0)),
    "where": treaty("cfe", "where", on=at(0), at="20.5,54.7"),
    "what if": whatif,
    "entitled": entitled,
    "reach": reach,
    "quotas": quotas,
    "since": since,
    "report": report,
    "listing": listing,
}


@pytest.mark.parametrize("known", KNOWN, ids=str)
@pytest.mark.parametrize("question", ASKED)
def test_nothing_reported_later_changes_an_answer(question, known):
    plain, poorer, junk = (said(ASKED[question], c, known) for c in worlds(known))
    assert plain == poorer
    assert plain == junk


# Questions about text, days and terms, which no report of an act or a figure need touch.
TEXT = {"deadlines", "deadlines by the clock", "provisions", "links", "reach", "quotas", "what if", "coming later"}


@pytest.mark.parametrize("question", [q for q in ASKED if q not in TEXT])
def test_what_was_put_in_is_seen_once_it_was_reported(question):
    """The junk matters: a day later it changes the answers, so that the property above proves something."""
    for known in reversed(KNOWN[1:]):
        later = known + AHEAD
        plain, other = (said(ASKED[question], c.as_known(later), later) for c in (whole(), richer(known)))
        if plain != other:
            return
    pytest.fail("no report changes this answer")
