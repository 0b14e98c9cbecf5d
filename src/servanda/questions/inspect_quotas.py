"""Passive quotas of a day, as an answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from servanda.corpus import Corpus
from servanda.model.answer import Answer, Node, Statement
from servanda.model.documents.base import typed
from servanda.model.documents.checks import QuotasDocument
from servanda.model.errors import InputError
from servanda.model.verification import InspectionRegime, QuotaBase
from servanda.model.vocabulary import Confidence
from servanda.questions.inspect_published import published_nodes
from servanda.questions.inspect_regime import regime_of, rounding_of, with_territory
from servanda.questions.made_up import said_first
from servanda.questions.words import Day, asked_day, cites, listed
from servanda.standing import parties
from servanda.verification.periods import span_on
from servanda.verification.quotas import Objects, PartyQuota, quotas


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
    data: dict[str, Any] = {
        "published": None,
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
    name = next((r.name for r in regime.quotas if r.id == "declared" and r.name), "inspections")
    told: tuple[Node, ...] = ()
    if not regime.quotas:
        known, data["published"] = published_nodes(corpus, instrument, start, asked + timedelta(days=1), ended=True)
        told = (Node(statement=Statement("inspections that were published up to that day"), because=known),)
    node = Node(
        statement=Statement(
            "{treaty} on {on}: {period}, {since} to {until}"
            + (
                "; percentages rounded {how}"
                if any(r.percent and r.base is not QuotaBase.BY_PARTY for r in regime.quotas)
                else ""
            ),
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
            *(_node(corpus, instrument, q, name) for q in found),
            *told,
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
    answer = Answer(
        kind="inspect_quotas", value=found, document=typed(QuotasDocument, data), node=node, not_known=regime.notes
    )
    return said_first(answer, any(o.synthetic for o in objects))


def _recalled(regime: InspectionRegime) -> str | None:
    return None if regime.confidence is Confidence.SOURCED else f"this regime is {regime.confidence}, not sourced"


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
        "beside": [
            {
                "quota": b.rule.id,
                "number": b.number,
                "confidence": b.rule.confidence.value,
                "shared_with": list(b.shared_with),
            }
            for b in q.beside
        ],
        "shared_with": list(q.shared_with),
        "caveats": list(q.caveats),
        "spent": None,
    }


def _node(corpus: Corpus, instrument: str, q: PartyQuota, name: str) -> Node:
    if q.declared is None:
        least = " and ".join(
            f"{n} {name}" for name, n in q.least.items() if not (name == "challenge" and q.challenge == 0)
        )
        words = "{party}: at least {least}"
        parts: dict[str, Any] = {"party": corpus.actors.name(q.party), "least": least}
        if not least:
            words = "{party}: " + ("{n} of other kinds" if q.beside else "its quota is not known")
            parts = {"party": corpus.actors.name(q.party), "n": "quotas"}
    else:
        words = "{party}: {objects} objects of verification, so {declared} declared-site inspections"
        parts = {"party": corpus.actors.name(q.party), "objects": q.own, "declared": q.declared}
        if q.own is None:
            words = "{party}: {declared} {name}"
            parts["name"] = name
        if q.shared_with:
            words += ", together with {others}"
            parts["others"] = listed(tuple(corpus.actors.name(p) for p in q.shared_with), 6)
        if q.challenge is not None:
            words += ", of them up to {challenge} by challenge"
            parts["challenge"] = q.challenge
    beside = tuple(
        Node(
            statement=Statement(
                "{name}: {number}",
                {"name": b.rule.name or b.rule.id, "number": "not known" if b.number is None else b.number},
            ),
            citation=cites(instrument, *b.rule.cites.values()),
            caveats=() if b.rule.confidence is Confidence.SOURCED else (f"{b.rule.confidence}, not sourced",),
        )
        for b in q.beside
    )
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
        statement=Statement(words, parts),
        citation=cites(instrument, *q.cites),
        caveats=q.caveats,
        because=(*beside, *because),
    )
