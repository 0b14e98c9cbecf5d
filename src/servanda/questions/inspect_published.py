"""Numbers of inspections that sources printed, held against quotas."""

from __future__ import annotations

from datetime import date
from typing import Any

from servanda.corpus import Corpus
from servanda.model.answer import Node, Statement
from servanda.model.verification import InspectionRegime, PublishedCount
from servanda.questions.inspect_regime import regime_of, with_territory
from servanda.questions.words import source_names
from servanda.standing import parties
from servanda.verification.periods import span_on
from servanda.verification.quotas import Objects, Rounding, quotas


def published_nodes(
    corpus: Corpus,
    instrument: str,
    first: date,
    last: date,
    objects: tuple[Objects, ...] = (),
    rounding: Rounding = Rounding.NEAREST,
    *,
    ended: bool = False,
) -> tuple[tuple[Node, ...], list[dict[str, Any]]]:
    """Published numbers of inspections of a period, each held against the quota it counts against where that is known.

    With `ended` only those that count to no later day than the last.
    """
    regime, start = regime_of(corpus, instrument)
    nodes, rows = [], []
    for told in regime.published:
        since, until = told.since.earliest, told.until.latest
        if since is None or until is None or until < first or since >= last or (ended and until >= last):
            continue
        quota = _quota_of(corpus, instrument, regime, start, told, max(since, start), objects, rounding)
        words = "{by} of {of}, {since} to {until}: {more}{count} {kinds}"
        if told.by is None and told.of is None:
            words = words.removeprefix("{by} of {of}, ")
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
