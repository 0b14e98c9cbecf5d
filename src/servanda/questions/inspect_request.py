"""May one inspect, and the course of an inspection, as answers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from servanda.corpus import Corpus
from servanda.model.answer import Answer, Node, Statement
from servanda.model.documents.base import typed
from servanda.model.documents.checks import MayDocument
from servanda.model.errors import InputError
from servanda.model.verification import InspectionRegime
from servanda.questions.inspect_regime import regime_of, rounding_of, with_territory
from servanda.questions.made_up import said_first
from servanda.questions.words import cites
from servanda.standing import groups, obligations, parties, standing_of
from servanda.verification.files import Target, clock, counted
from servanda.verification.judging import judge
from servanda.verification.periods import Span, span_on
from servanda.verification.quotas import Objects, quotas
from servanda.verification.request import Check, Context, Decision, Extra, Past, Request, Site


def time_of(text: str, what: str) -> datetime:
    """A time from `YYYY-MM-DD` (noon) or `YYYY-MM-DDTHH:MM`; InputError otherwise."""
    try:
        return clock(text)
    except ValueError:
        raise InputError(f"{what} {text!r} is not a time", remedy="write YYYY-MM-DD or YYYY-MM-DDTHH:MM") from None


def inspect_may(
    corpus: Corpus,
    instrument: str,
    *,
    by: str,
    of: str,
    arrive: str,
    notice: str | None = None,
    kind: str = "declared_site",
    site: str | None = None,
    reading: str = "depositary",
    point_of_entry: str | None = None,
    team: int | None = None,
    crew: int | None = None,
    subteams: int | None = None,
    nationalities: Iterable[str] = (),
    further: int = 0,
    after: str | None = None,
    entry_by: str | None = None,
    km2: float | None = None,
    across_km: float | None = None,
    targets: tuple[Target, ...] = (),
    objects: tuple[Objects, ...] = (),
    past: tuple[Past, ...] = (),
    consents: Iterable[str] = (),
    rounding: str = "nearest",
) -> Answer[Decision]:
    """Yes or no with every clause that decides (architecture.md 5, `inspect may`). `arrive` fixes the day asked about.

    `after` names the site just inspected, for a further inspection of the same stay; `arrive` is then the arrival at the
    next one.
    """
    regime, start = regime_of(corpus, instrument)
    past = by_code(corpus, past)
    asking, asked = corpus.actors.find(by).code, corpus.actors.find(of).code
    when = time_of(arrive, "arrival")
    on = when.date()
    span = span_on(regime, start, on)
    bound = parties(corpus, instrument, on=on)
    place = _site(site, asked, targets)
    ground = with_territory(corpus, instrument, on, bound)
    if ground and place.territory not in ground and not any(place.territory in c.territory for c in regime.consents):
        place = _outside(place)
    wish = Request(
        by=asking,
        of=asked,
        kind=kind,
        site=place,
        notice=time_of(notice, "notice") if notice else _shortest(regime, kind, when),
        arrive=when,
        point_of_entry=point_of_entry,
        team=team,
        crew=crew,
        subteams=subteams,
        nationalities=tuple(corpus.actors.find(n).code for n in nationalities),
        further=further,
        after=None if after is None else _site(after, asked, targets),
        entry_by=entry_by,
        km2=km2,
        across_km=across_km,
    )
    numbers = objects or counted(targets)
    rows = quotas(
        regime,
        span,
        tuple(o for o in numbers if o.owner in bound),
        bound,
        with_territory=ground,
        rounding=rounding_of(rounding),
    )
    owes, why = _owed(corpus, instrument, asking, asked, reading, when)
    context = Context(
        span=span,
        reading=reading,
        owes=owes,
        because=why,
        quota_of={q.party: q for q in rows},
        group_of={m: g for g, members in groups(corpus, instrument, on=on).items() for m in members},
        parties=frozenset(bound),
        past=past,
        consents_given=frozenset(c.upper() for c in consents),
        host_owes=_host_owes(corpus, instrument, asking, place, bound, reading, on),
        extras=_extras(corpus, instrument, regime, place, span, on, past),
        districts=_districts(corpus, instrument, [place.district, *(p.district for p in past)], on),
    )
    decision = judge(regime, wish, context)
    answer = _answer(corpus, instrument, regime, span, wish, context, decision)
    return said_first(answer, any(t.synthetic for t in targets))


def by_code(corpus: Corpus, past: Iterable[Past]) -> tuple[Past, ...]:
    """Inspections with their states by code, however the list names them. UnknownName for a state the record lacks.

    A name that is left as it stands would match no quota, and so not be counted.
    """
    actors = corpus.actors
    return tuple(
        replace(
            p,
            by=actors.find(p.by).code,
            owner=actors.find(p.owner).code,
            territory=actors.find(p.territory).code,
        )
        for p in past
    )


def _site(site: str | None, owner: str, targets: tuple[Target, ...]) -> Site:
    if targets and site is not None:
        for target in targets:
            if target.site.id == site:
                return target.site
        raise InputError(f"site {site!r} is not in the list of objects", remedy="check its name in the file given")
    return Site(id=site or "an unnamed site", owner=owner, territory=owner)


def _outside(site: Site) -> Site:
    return Site(
        id=site.id,
        owner=site.owner,
        territory=site.territory,
        district=site.district,
        points=site.points,
        latitude=site.latitude,
        longitude=site.longitude,
        in_area=False,
    )


def _shortest(regime: InspectionRegime, kind: str, arrive: datetime) -> datetime:
    """Where no notice is given: one of exactly the hours the clause asks for."""
    from datetime import timedelta

    found = regime.kind(kind)
    return arrive - timedelta(hours=found.lead_hours if found else 24)


def _owed(
    corpus: Corpus, instrument: str, by: str, of: str, reading: str, when: datetime
) -> tuple[dict[str, bool | None], dict[str, tuple[str, str]]]:
    """Whether `of` owes `by` to accept inspections: in the asked reading, the text's own, theirs and the asker's."""
    owes: dict[str, bool | None] = {}
    why: dict[str, tuple[str, str]] = {}
    for name in dict.fromkeys((reading, "depositary", of, by)):
        matrix = obligations(corpus, instrument, on=when.date(), kind="inspection", reading=name)
        if of not in matrix.parties or by not in matrix.parties:
            stranger = of if of not in matrix.parties else by
            owes[name] = False
            why[name] = _no_party(corpus, instrument, stranger, name, when.date())
            continue
        owes[name] = matrix.row(of)[by]
        acts = [
            a
            for a in matrix.acts
            if of in corpus.actors.expand(a.actors, when.date())
            and (not a.toward or by in corpus.actors.expand(a.toward, when.date()))
        ]
        if owes[name] is not True and acts:
            why[name] = (acts[-1].cite or f"act {acts[-1].id}", f"{acts[-1].gist} ({acts[-1].date.words})")
    return owes, why


def _no_party(corpus: Corpus, instrument: str, state: str, reading: str, on: date) -> tuple[str, str]:
    """The clause by which a state is no party on a day, and the words for it: what ended its bond, or that none began."""
    cite, words = corpus.dossier(instrument).instrument.cite, f"{state} is not a party that day"
    found = standing_of(corpus, instrument, state, on=on, reading=reading)
    last = next((r for r in reversed(found.because) if r.applied), None)
    if last is None or last.effect is None:
        return cite, words
    return last.cite or cite, f"{words}: {last.statement} ({last.effect})"


def _host_owes(
    corpus: Corpus, instrument: str, by: str, site: Site, bound: Iterable[str], reading: str, on: date
) -> bool | None:
    """Whether the state whose ground a stationed object is on owes the asking one to accept inspections."""
    if site.territory == site.owner or site.territory not in bound:
        return True
    matrix = obligations(corpus, instrument, on=on, kind="inspection", reading=reading)
    return matrix.row(site.territory)[by] if by in matrix.parties else False


def _extras(
    corpus: Corpus, instrument: str, regime: InspectionRegime, site: Site, span: Span, on: date, past: tuple[Past, ...]
) -> tuple[Extra, ...]:
    """Inspections on top of a quota that the site is open to; the list's district says where the site is."""
    places = corpus.places(instrument)
    found = []
    for extra in regime.supplements:
        zones = {z for zone in extra.zones for z in (zone, *places.blocks(zone, on))}
        if site.owner != extra.party or site.district not in zones or not extra.since.surely_by(on):
            continue
        there = [
            p
            for p in past
            if p.counts
            and p.owner == extra.party
            and p.district in zones
            and span.since <= p.began.date() < span.until
            and (kind := regime.kind(p.kind)) is not None
            and extra.adds_to in kind.charges
            and kind.charged_to == "owner"
        ]
        within = sum(1 for p in there if not p.supplementary)
        every = [p for p in past if p.supplementary and p.counts and p.owner == extra.party]
        found.append(
            Extra(
                adds_to=extra.adds_to,
                cite=extra.cite,
                at_most=extra.at_most,
                used=sum(1 for p in every if span.since <= p.began.date() < span.until),
                within_quota=within if extra.matched_cite else None,
                matched_cite=extra.matched_cite,
            )
        )
    return tuple(found)


def _districts(corpus: Corpus, instrument: str, names: Iterable[str | None], on: date) -> dict[str, str]:
    """The military district of each place that sites name, where the record's blocks lie in one."""
    places = corpus.places(instrument)
    known = {b.district for b in places.all() if b.district}
    found = {}
    for name in {n for n in names if n}:
        if name in known:
            found[name] = name
        elif name in places.zone_ids() or name in places.all_blocks:
            inside = {places.block(b).district for b in places.blocks(name, on)}
            if len(inside) == 1 and (only := inside.pop()) is not None:
                found[name] = only
    return found


CODE = re.compile(r"\b[A-Z]{3}\b")


def _named(corpus: Corpus, text: str) -> str:
    """The text with states by name where it has their codes."""
    return CODE.sub(lambda m: corpus.actors.name(m[0]) if m[0] in corpus.actors else m[0], text)


def _spelt(corpus: Corpus, c: Check) -> Check:
    remedy = None if c.remedy is None else _named(corpus, c.remedy)
    return replace(c, statement=_named(corpus, c.statement), remedy=remedy)


def _check_data(c: Check) -> dict[str, Any]:
    return {"cite": c.cite, "statement": c.statement, "ok": c.ok, "remedy": c.remedy}


def _answer(
    corpus: Corpus,
    instrument: str,
    regime: InspectionRegime,
    span: Span,
    wish: Request,
    context: Context,
    decision: Decision,
) -> Answer[Decision]:
    kind = regime.kind(wish.kind)
    name = kind.name if kind else wish.kind
    words = "{answer}: {by} {may} carry out a {kind} of {of} at {site} on {on}, in the reading {reading}"
    parts = {
        "answer": "Yes" if decision.allowed else "No",
        "by": corpus.actors.name(wish.by),
        "may": "may" if decision.allowed else "may not",
        "kind": name,
        "of": corpus.actors.name(wish.of),
        "site": wish.site.id,
        "on": wish.arrive.date(),
        "reading": context.reading,
    }
    decision = replace(decision, checks=tuple(_spelt(corpus, c) for c in decision.checks))
    order = (*decision.forbidding, *decision.unknown, *(c for c in decision.checks if c.ok))
    marks = {True: "allows", False: "forbids", None: "not known"}
    because = tuple(
        Node(
            statement=Statement("{mark}: {what}", {"mark": marks[c.ok], "what": c.statement}),
            citation=cites(instrument, c.cite),
            because=(Node(statement=Statement("to be allowed: {remedy}", {"remedy": c.remedy})),) if c.remedy else (),
        )
        for c in order
    )
    said = {True: "owed", False: "not owed", None: "not known"}
    readings = tuple(
        Node(statement=Statement("in the reading {reading}: {owed}", {"reading": _named(corpus, r), "owed": said[v]}))
        for r, v in context.owes.items()
    )
    data = {
        "instrument": instrument,
        "by": wish.by,
        "of": wish.of,
        "kind": wish.kind,
        "site": wish.site.id,
        "notice": wish.notice.isoformat(timespec="minutes"),
        "arrive": wish.arrive.isoformat(timespec="minutes"),
        "period": span.name,
        "reading": context.reading,
        "allowed": decision.allowed,
        "because": [_check_data(c) for c in order],
        "readings": [{"reading": r, "owes": v} for r, v in context.owes.items()],
    }
    node = Node(statement=Statement(words, parts), because=(*because, *readings))
    return Answer(
        kind="inspect_may", value=decision, document=typed(MayDocument, data), node=node, breach=not decision.allowed
    )
