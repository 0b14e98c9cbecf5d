"""Passive quotas of a day, and what readings of the law took away from inspection, as answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from servanda.corpus import Corpus
from servanda.model.answer import Answer, Node, Statement
from servanda.model.errors import InputError
from servanda.model.verification import CapScope, InspectionRegime, PublishedCount
from servanda.model.vocabulary import Confidence
from servanda.questions.made_up import said_first
from servanda.questions.words import Day, asked_day, cites, day, listed, source_names
from servanda.standing import obligations, parties
from servanda.verification.periods import Span, span_on, spans
from servanda.verification.quotas import Objects, PartyQuota, Rounding, quotas
from servanda.verification.simulate import hypergeometric


def regime_of(corpus: Corpus, instrument: str) -> tuple[InspectionRegime, date]:
    """An instrument's inspection regime and its first day. InputError where it has none."""
    dossier = corpus.dossier(instrument)
    if not dossier.inspections:
        having = [i for i in corpus.ids() if corpus.dossier(i).inspections]
        raise InputError(
            f"{dossier.instrument.short} has no inspection regime in the record",
            remedy=f"those that have: {', '.join(having)}" if having else "none in this corpus has",
        )
    regime = dossier.inspections[0]
    if regime.since is not None and regime.since.earliest is not None:
        return regime, regime.since.earliest
    if dossier.instrument.clock is None:
        raise InputError(f"{regime.id} has no first day in the record", remedy="add since to inspections.yaml")
    return regime, dossier.instrument.clock.start


def with_territory(corpus: Corpus, instrument: str, on: date, bound: Iterable[str]) -> frozenset[str]:
    """Parties with ground in the area of application on a day; all parties where the instrument has no area."""
    area = corpus.dossier(instrument).instrument.area
    if area is None:
        return frozenset(bound)
    places = corpus.places(instrument)
    owners = {places.state(b, on) for b in places.blocks(area, on)}
    return frozenset(p for p in bound if p in owners)


def rounding_of(word: str) -> Rounding:
    """The rounding of that name; InputError otherwise."""
    try:
        return Rounding(word.lower())
    except ValueError:
        words = ", ".join(r.value for r in Rounding)
        raise InputError(f"rounding {word!r} is not known", remedy=f"words: {words}") from None


def inspect_quotas(
    corpus: Corpus,
    instrument: str,
    *,
    on: Day,
    party: str | None = None,
    objects: tuple[Objects, ...] = (),
    rounding: str = "nearest",
) -> Answer[tuple[PartyQuota, ...]]:
    """What each party must accept in the quota period of a day (architecture.md 5, `inspect quotas`)."""
    asked = asked_day(corpus, instrument, on)
    regime, start = regime_of(corpus, instrument)
    span = span_on(regime, start, asked)
    bound = parties(corpus, instrument, on=asked)
    how = rounding_of(rounding)
    found = quotas(
        regime, span, objects, bound, with_territory=with_territory(corpus, instrument, asked, bound), rounding=how
    )
    if party is not None:
        code = corpus.actors.find(party).code
        found = tuple(q for q in found if q.party == code)
        if not found:
            raise InputError(
                f"{corpus.actors.name(code)} ({code}) is not a party on {asked}", remedy=f"parties: {', '.join(bound)}"
            )
    data = {
        "instrument": instrument,
        "on": asked.isoformat(),
        "period": {
            "id": span.period.id,
            "year": span.year or None,
            "from": span.since.isoformat(),
            "to": None if span.until == date.max else span.until.isoformat(),
            "cite": span.period.cite,
        },
        "rounding": how.value,
        "rounding_note": regime.rounding_note,
        "parties": [_json(q) for q in found],
        "caps": [{"id": c.id, "cite": c.cite, "gist": c.gist} for c in regime.caps],
        "supplements": [
            {"party": s.party, "at_most": s.at_most, "zones": list(s.zones), "cite": s.cite}
            for s in _supplements(regime, asked, bound)
        ],
    }
    node = Node(
        statement=Statement(
            "{treaty} on {on}: {period}, {since} to {until}"
            + ("; percentages rounded {how}" if any(r.percent for r in regime.quotas) else ""),
            {
                "treaty": corpus.dossier(instrument).instrument.short,
                "on": asked,
                "period": span.name.replace("_", " "),
                "since": span.since,
                "until": span.until - timedelta(days=1) if span.until != date.max else "open",
                "how": {"nearest": "to the nearest whole number", "up": "up", "down": "down"}[how.value],
            },
        ),
        citation=cites(instrument, span.period.cite),
        caveats=tuple(filter(None, [regime.rounding_note, _recalled(regime)])),
        because=(
            *(_node(corpus, instrument, q) for q in found),
            *(
                Node(statement=Statement("{gist}", {"gist": s.gist}), citation=cites(instrument, s.cite))
                for s in _supplements(regime, asked, bound)
            ),
            *(
                Node(statement=Statement("{gist}", {"gist": c.gist}), citation=cites(instrument, c.cite))
                for c in regime.caps
            ),
        ),
    )
    answer = Answer(kind="inspect_quotas", value=found, data=data, node=node, not_known=regime.notes)
    return said_first(answer, any(o.synthetic for o in objects))


def _recalled(regime: InspectionRegime) -> str | None:
    return None if regime.confidence is Confidence.SOURCED else f"this regime is {regime.confidence}, not sourced"


def published_nodes(
    corpus: Corpus,
    instrument: str,
    first: date,
    last: date,
    objects: tuple[Objects, ...] = (),
    rounding: Rounding = Rounding.NEAREST,
) -> tuple[tuple[Node, ...], list[dict[str, Any]]]:
    """Published numbers of inspections of a period, each held against the quota it counts against where that is known."""
    regime, start = regime_of(corpus, instrument)
    nodes, rows = [], []
    for told in regime.published:
        since, until = told.since.earliest, told.until.latest
        if since is None or until is None or until < first or since >= last:
            continue
        quota = _quota_of(corpus, instrument, regime, start, told, max(since, start), objects, rounding)
        words = "{by} of {of}, {since} to {until}: {more}{count} {kinds}"
        if quota is not None:
            words += "; the quota of the period is {quota}"
        elif told.quota is not None:
            words += "; the quota is not known without numbers of objects"
        nodes.append(
            Node(
                statement=Statement(
                    words,
                    {
                        "by": _who(corpus, told.by),
                        "of": _who(corpus, told.of),
                        "since": told.since.text,
                        "until": told.until.text,
                        "more": "more than " if told.more else "",
                        "count": told.count,
                        "kinds": told.kinds,
                        "quota": "" if quota is None else quota,
                    },
                ),
                sources=source_names(corpus, instrument, told.source),
                caveats=(told.note,) if told.note else (),
            )
        )
        rows.append(
            {
                "by": told.by,
                "of": told.of,
                "from": told.since.text,
                "to": told.until.text,
                "kinds": told.kinds,
                "count": told.count,
                "more": told.more,
                "quota": quota,
                "within_quota": None if quota is None or told.more else told.count <= quota,
                "source": list(told.source),
                "note": told.note,
            }
        )
    return tuple(nodes), rows


def _who(corpus: Corpus, name: str | None) -> str:
    return "all" if name is None else corpus.actors.name(name) if name in corpus.actors else name


def _quota_of(
    corpus: Corpus,
    instrument: str,
    regime: InspectionRegime,
    start: date,
    told: PublishedCount,
    on: date,
    objects: tuple[Objects, ...],
    rounding: Rounding,
) -> int | None:
    """The quota that a published number counts against, on the first day it counts; None where it is not known."""
    if told.quota is None or told.of is None or told.of not in (bound := parties(corpus, instrument, on=on)):
        return None
    rows = quotas(
        regime,
        span_on(regime, start, on),
        tuple(o for o in objects if o.owner in bound),
        bound,
        with_territory=with_territory(corpus, instrument, on, bound),
        rounding=rounding,
    )
    found = next(q for q in rows if q.party == told.of)
    return found.challenge if told.quota == "challenge" else found.declared


def _supplements(regime: InspectionRegime, on: date, bound: Iterable[str]) -> list[Any]:
    there = set(bound)
    return [s for s in regime.supplements if s.party in there and s.since.surely_by(on)]


def _json(q: PartyQuota) -> dict[str, Any]:
    return {
        "party": q.party,
        "oov": q.own,
        "oov_on_territory": q.on_territory,
        "passive": q.declared,
        "challenge": q.challenge,
        "territory_inspections": q.territory_inspections,
        "at_least": dict(q.least),
        "stationed": [
            {"owner": s.owner, "objects": s.objects, "at_most": s.share, "cite": s.cite} for s in q.stationed
        ],
        "cite": list(q.cites),
        "caveats": list(q.caveats),
    }


def _node(corpus: Corpus, instrument: str, q: PartyQuota) -> Node:
    if q.declared is None:
        least = " and ".join(
            f"{n} {name}" for name, n in q.least.items() if not (name == "challenge" and q.challenge == 0)
        )
        words = "{party}: at least {least}"
        parts: dict[str, Any] = {"party": corpus.actors.name(q.party), "least": least or "nothing"}
    else:
        words = "{party}: {objects} objects of verification, so {declared} declared-site inspections"
        parts = {"party": corpus.actors.name(q.party), "objects": q.own, "declared": q.declared}
        if q.own is None:
            words = "{party}: {declared} inspections"
        if q.challenge is not None:
            words += ", of them up to {challenge} by challenge"
            parts["challenge"] = q.challenge
    because = tuple(
        Node(
            statement=Statement(
                "of {n} inspections on its ground at most {share} of objects of {owner} ({objects} there)",
                {"n": q.territory_inspections, "share": s.share, "owner": s.owner, "objects": s.objects},
            ),
            citation=cites(instrument, s.cite),
        )
        for s in q.stationed
    )
    return Node(
        statement=Statement(words, parts), citation=cites(instrument, *q.cites), caveats=q.caveats, because=because
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What one party could no longer be asked for in one quota period, in a reading beside the text's own terms.

    `pairs` counts the inspecting parties shut out, `share` the part of pairs and days lost. `quota` is the period's
    quota, `lost` the inspections of it that could not be asked for; None where the number of objects is not known.
    `before` and `after` are the chances of detecting the assumed violation with the whole quota and with the rest.
    """

    party: str
    span: Span
    pairs: int
    share: float
    quota: int | None
    lost: int | None
    before: float | None
    after: float | None


def inspect_lost(
    corpus: Corpus,
    instrument: str,
    *,
    since: Day,
    until: Day,
    reading: str = "self",
    objects: tuple[Objects, ...] = (),
    wrong: int = 1,
    detect: float = 1.0,
    rounding: str = "nearest",
) -> Answer[tuple[Loss, ...]]:
    """Which inspections a reading of the law took away, beside the instrument's own terms, period by period.

    `objects` and `wrong` (objects of each party at which something is assumed to be wrong) turn days and pairs into
    inspections and chances; without them only days and pairs are counted.
    """
    first, last = day(since, "start"), day(until, "end")
    if last <= first:
        raise InputError(f"{last} does not lie after {first}", remedy="put the earlier day first")
    regime, start = regime_of(corpus, instrument)
    how = rounding_of(rounding)
    days = _change_days(corpus, instrument, first, last)
    found: list[Loss] = []
    for span in spans(regime, start, last):
        begin, end = max(span.since, first), min(span.until, last)
        if begin < end:
            found.extend(
                _losses(corpus, instrument, regime, span, (begin, end), days, reading, objects, how, wrong, detect)
            )
    states = tuple(dict.fromkeys(x.party for x in found))
    known = [x for x in found if x.lost is not None]
    words = "{treaty}, {since} to {until}: in the reading {reading} {n} parties could not be inspected by all"
    parts: dict[str, Any] = {
        "treaty": corpus.dossier(instrument).instrument.short,
        "since": first,
        "until": last,
        "reading": reading,
        "n": len(states),
    }
    if known:
        words += "; {lost} of {all} inspections lost"
        parts |= {"lost": sum(x.lost or 0 for x in known), "all": sum(x.quota or 0 for x in known)}
    nodes = tuple(_loss_node(corpus, [x for x in found if x.party == p]) for p in states)
    told, printed = published_nodes(corpus, instrument, first, last, objects, how)
    if told:
        nodes = (*nodes, Node(statement=Statement("inspections that were published"), because=told))
    caveats = ["lost: owed by the instrument's own terms, not owed in this reading"]
    if not objects:
        caveats.append("numbers of objects are not given, so inspections and chances are not known")
    else:
        caveats.append(
            f"assumes {wrong} object(s) of each party with a violation, visits drawn at random, "
            f"a visit noticing it with chance {detect:g}"
        )
    data = {
        "instrument": instrument,
        "from": first.isoformat(),
        "to": last.isoformat(),
        "reading": reading,
        "rounding": how.value,
        "losses": [_loss_json(x) for x in found],
        "published": printed,
    }
    node = Node(statement=Statement(words, parts), caveats=tuple(caveats), because=nodes)
    return Answer(kind="inspect_lost", value=tuple(found), data=data, node=node)


def _change_days(corpus: Corpus, instrument: str, first: date, last: date) -> list[date]:
    """Days on which a duty may change: those that acts name, inside the period."""
    found = {first}
    for act in (a for d in corpus.family(instrument) for a in d.acts):
        for when in (act.date, act.reported, act.effective, act.until):
            for d in () if when is None else (when.earliest, when.latest and when.latest + timedelta(days=1)):
                if d is not None and first < d < last:
                    found.add(d)
            if when is not None and act.effective_after is not None and when.latest is not None:
                d = act.effective_after.after(when.latest)
                if first < d < last:
                    found.add(d)
    return sorted(found)


def _losses(
    corpus: Corpus,
    instrument: str,
    regime: InspectionRegime,
    span: Span,
    period: tuple[date, date],
    days: list[date],
    reading: str,
    objects: tuple[Objects, ...],
    how: Rounding,
    wrong: int,
    detect: float,
) -> list[Loss]:
    begin, end = period
    cuts = [begin, *(d for d in days if begin < d < end), end]
    shut: dict[str, dict[str, int]] = {}  # obligor -> inspecting state -> days lost
    open_: dict[str, int] = {}
    for one, two in pairwise(cuts):
        length = (two - one).days
        terms = obligations(corpus, instrument, on=one, kind="inspection")
        seen = obligations(corpus, instrument, on=one, kind="inspection", reading=reading)
        place = {p: i for i, p in enumerate(seen.parties)}
        for i, obligor in enumerate(terms.parties):
            for j, other in enumerate(terms.parties):
                if not terms.owes[i][j]:
                    continue
                open_[obligor] = open_.get(obligor, 0) + length
                owed = obligor in place and other in place and seen.owes[place[obligor]][place[other]]
                if owed is False:
                    row = shut.setdefault(obligor, {})
                    row[other] = row.get(other, 0) + length
    counts = {o.owner: 0 for o in objects}
    for entry in objects:
        counts[entry.owner] += entry.count
    bound = parties(corpus, instrument, on=begin)
    rows = quotas(
        regime,
        span,
        tuple(o for o in objects if o.owner in bound),
        bound,
        with_territory=with_territory(corpus, instrument, begin, bound),
        rounding=how,
    )
    quota_of = {q.party: q.declared for q in rows}
    part = (end - begin).days / (span.until - span.since).days
    return [
        _loss(regime, p, span, row, open_[p], (end - begin).days, part, quota_of.get(p), counts.get(p), wrong, detect)
        for p, row in sorted(shut.items())
    ]


def _loss(
    regime: InspectionRegime,
    party: str,
    span: Span,
    row: dict[str, int],
    all_days: int,
    length: int,
    part: float,
    quota: int | None,
    objects: int | None,
    wrong: int,
    detect: float,
) -> Loss:
    share = sum(row.values()) / all_days
    lost = before = after = None
    if quota is not None and objects:
        reach = quota
        cap = next((c for c in regime.caps if c.scope is CapScope.SAME_INSPECTOR and c.percent), None)
        if cap is not None and cap.percent is not None:
            # one state may take no more than its part of a quota, so shutting out a few costs no more than their parts
            reach = min(quota, len(row) * max(1, quota * cap.percent // 100))
        whole = all_days == sum(row.values())
        average = sum(row.values()) / (len(row) * length) if row else 0.0
        lost = min(quota, round(reach * part * (1.0 if whole else average)))
        bad = min(wrong, objects)
        before = hypergeometric(objects, bad, min(quota, objects), detect)
        after = hypergeometric(objects, bad, min(max(quota - lost, 0), objects), detect)
    return Loss(party=party, span=span, pairs=len(row), share=share, quota=quota, lost=lost, before=before, after=after)


def _loss_json(x: Loss) -> dict[str, Any]:
    return {
        "party": x.party,
        "period": x.span.name,
        "from": x.span.since.isoformat(),
        "to": None if x.span.until == date.max else x.span.until.isoformat(),
        "shut_out": x.pairs,
        "share": round(x.share, 4),
        "quota": x.quota,
        "lost": x.lost,
        "detection_before": x.before,
        "detection_after": x.after,
    }


def _loss_node(corpus: Corpus, rows: list[Loss]) -> Node:
    party = rows[0].party
    lines = tuple(
        Node(
            statement=Statement(
                "{period} ({since}): {n} states shut out, {share} of pair-days"
                + (
                    "" if x.lost is None else "; {lost} of {quota} inspections; chance of detection {before} to {after}"
                ),
                {
                    "period": x.span.name.replace("_", " "),
                    "since": x.span.since,
                    "n": x.pairs,
                    "share": f"{x.share:.0%}",
                    "lost": x.lost,
                    "quota": x.quota,
                    "before": "" if x.before is None else f"{x.before:.2f}",
                    "after": "" if x.after is None else f"{x.after:.2f}",
                },
            )
        )
        for x in rows
    )
    words = "{party}: {n} quota periods from {since}"
    parts = {"party": corpus.actors.name(party), "n": len(rows), "since": rows[0].span.since}
    return Node(statement=Statement(words, parts), because=lines)


__all__ = ["Loss", "inspect_lost", "inspect_quotas", "listed", "regime_of", "rounding_of", "with_territory"]
