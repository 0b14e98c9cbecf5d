"""What readings of the law took away from inspection, as an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from servanda.corpus import Corpus
from servanda.model.answer import Answer, Node, Statement
from servanda.model.errors import InputError
from servanda.model.verification import CapScope, InspectionRegime
from servanda.questions.inspect_published import published_nodes
from servanda.questions.inspect_regime import regime_of, rounding_of, with_territory
from servanda.questions.words import Day, day
from servanda.standing import obligations, parties
from servanda.verification.periods import Span, spans
from servanda.verification.quotas import Objects, Rounding, quotas
from servanda.verification.simulate import hypergeometric


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
