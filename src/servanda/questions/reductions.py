"""What was to be reduced: each party's liability, what of it had gone, and the excess of its group.

A liability is the larger of the holdings at signature and at entry into force, less the level notified; it is not the
excess of the group over its ceiling, because members may choose levels below it. What the record lacks stays open.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from servanda.corpus import Corpus
from servanda.limits import assess as judge_all
from servanda.model.answer import Answer, Node, Statement
from servanda.model.documents.summaries import LiabilityRow, ReductionRow, ReductionsDocument
from servanda.model.errors import InputError, UnknownName
from servanda.model.instrument import Dossier
from servanda.model.limits import Limit
from servanda.model.question import Question
from servanda.model.records import Reduction
from servanda.model.results import Verdict
from servanda.model.vocabulary import ANY, Confidence, ProvisionRole, RecordStatus, ReductionFigure, Scope
from servanda.questions.beside import span_words
from servanda.questions.words import cites, listed, source_names

Bounds = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Liability:
    """What one holder was to reduce of one category, in items.

    `stated` is the figure a source prints, `others` what further sources print. `low` and `high` bound the least
    liability the clause gives, from the holdings the record bounds on both days less the `level`; `high` None means
    that the record sets no upper bound, both None that it has no figure. For a group, `excess` bounds what it held
    above its own ceiling at signature. `recalled` is true where `low` and `high` rest on a figure from memory.
    """

    holder: str
    category: str
    group: bool = False
    stated: Reduction | None = None
    others: tuple[Reduction, ...] = ()
    level: int | None = None
    at_signature: Bounds = (None, None)
    at_entry: Bounds = (None, None)
    low: int | None = None
    high: int | None = None
    recalled: bool = False
    excess: Bounds = (None, None)
    progress: tuple[Reduction, ...] = ()


def reductions(
    corpus: Corpus, instrument: str, *, party: str | None = None, category: str | None = None
) -> Answer[tuple[Liability, ...]]:
    """The liabilities of all parties and groups, or of one party or category.

    InputError where the instrument has no duty to reduce in the record, UnknownName for a party or category.
    """
    dossier = corpus.dossier(instrument)
    states, groups = _limits(dossier)
    if not dossier.reductions and not states:
        having = [i for i in corpus.ids() if corpus.dossier(i).reductions]
        raise InputError(
            f"{dossier.instrument.short} has no reductions in the record",
            remedy=f"those that do: {', '.join(having) or 'none in this corpus'}",
        )
    known = [c.id for c in dossier.instrument.categories]
    if category is not None and category not in known:
        raise UnknownName("category", category, tuple(known[:6]))
    ids = {g.id for g in dossier.instrument.groups}
    code = None if party is None else party if party in ids else corpus.actors.find(party).code
    signed, entry = _days(dossier)
    found = _all(corpus, instrument, dossier, states, groups, signed, entry)
    rows = tuple(
        x for x in found if (code is None or x.holder == code) and (category is None or x.category == category)
    )
    pledges = tuple(
        r
        for r in dossier.reductions
        if r.under and (code is None or r.holder == code) and (category is None or r.category == category)
    )
    return _answer(corpus, instrument, dossier, rows, pledges, (signed, entry))


def _limits(dossier: Dossier) -> tuple[list[Limit], list[Limit]]:
    """The limits whose number is each state's own level, and the ceilings of groups over the whole area."""
    states = [x for x in dossier.limits if x.scope is Scope.STATE and not x.at_most]
    own = {x.category for x in states}
    area = dossier.instrument.area
    groups = [
        x
        for x in dossier.limits
        if x.scope is Scope.GROUP and x.zone == area and x.category in own and ANY in x.at_most
    ]
    return states, [x for x in groups if x.nature == "legal" and not x.temporary]


def _days(dossier: Dossier) -> tuple[date | None, date | None]:
    instrument = dossier.instrument
    signed = instrument.adopted.day if instrument.adopted else None
    recorded = instrument.entry.recorded.day if instrument.entry and instrument.entry.recorded else None
    return signed, instrument.clock.start if instrument.clock else recorded


def _verdicts(corpus: Corpus, instrument: str, limits: list[Limit], on: date | None) -> dict[tuple[str, str], Verdict]:
    if on is None or not limits:
        return {}
    asked = judge_all(
        corpus, Question(instrument=instrument, on=on, prospective=True, limits=tuple(x.id for x in limits))
    )
    return {(v.scope, v.limit.category): v for v in asked if v.posture == ANY}


def _all(
    corpus: Corpus,
    instrument: str,
    dossier: Dossier,
    states: list[Limit],
    groups: list[Limit],
    signed: date | None,
    entry: date | None,
) -> list[Liability]:
    before = _verdicts(corpus, instrument, states, signed)
    after = _verdicts(corpus, instrument, states, entry)
    ceilings = _verdicts(corpus, instrument, groups, signed)
    own = [r for r in dossier.reductions if r.under is None]
    keys = [(g.id, c) for g in dossier.instrument.groups for c in dict.fromkeys(x.category for x in groups)]
    keys += [*after, *((r.holder, r.category) for r in own)]
    rows = []
    for holder, category in dict.fromkeys(keys):
        mine = [r for r in own if (r.holder, r.category) == (holder, category)]
        told = [r for r in mine if r.figure is ReductionFigure.LIABILITY]
        stated = next((r for r in told if r.status is RecordStatus.PREFERRED), None)
        row = Liability(
            holder=holder,
            category=category,
            group=any(g.id == holder for g in dossier.instrument.groups),
            stated=stated,
            others=tuple(r for r in told if r is not stated),
            progress=tuple(r for r in mine if r.figure is not ReductionFigure.LIABILITY),
        )
        ceiling = ceilings.get((holder, category))
        if ceiling is not None:
            low, high = ceiling.low, ceiling.high
            row = replace(
                row,
                excess=(
                    None if low is None else max(0, low - ceiling.bound),
                    None if high is None else max(0, high - ceiling.bound),
                ),
            )
        rows.append(_computed(row, before.get((holder, category)), after.get((holder, category))))
    return rows


def _computed(row: Liability, before: Verdict | None, after: Verdict | None) -> Liability:
    if after is None:
        return row
    first: Bounds = (before.low, before.high) if before else (None, None)
    second: Bounds = (after.low, after.high)
    lows = [x for x in (first[0], second[0]) if x is not None]
    highs = [first[1], second[1]]
    level = after.bound
    low = max(0, max(lows) - level) if lows else None
    high = None if None in highs else max(0, max(h for h in highs if h is not None) - level)
    recalled = any(v.recalled for v in (before, after) if v)
    return replace(
        row, level=level, at_signature=first, at_entry=second, low=low, high=high, recalled=recalled and low is not None
    )


def _answer(
    corpus: Corpus,
    instrument: str,
    dossier: Dossier,
    rows: tuple[Liability, ...],
    pledges: tuple[Reduction, ...],
    days: tuple[date | None, date | None],
) -> Answer[tuple[Liability, ...]]:
    signed, entry = days
    called = dossier.instrument.called
    clause = next((p.cite for p in dossier.provisions if p.role is ProvisionRole.REDUCTION_LIABILITY), None)
    words = "reduction liabilities under {treaty}: {n} figures stated, {m} bounded from holdings and levels"
    parts = {
        "treaty": called,
        "n": sum(x.stated is not None for x in rows),
        "m": sum(x.low is not None for x in rows),
    }
    nodes = [_node(corpus, instrument, x, signed, entry) for x in rows if _says_something(x)]
    silent = [f"{x.holder} {x.category.replace('_', ' ')}" for x in rows if not _says_something(x)]
    if pledges:
        nodes.append(
            Node(
                statement=Statement("pledged beside the treaty's own liability"),
                because=tuple(_figure(corpus, instrument, r, f", {r.under}") for r in pledges),
            )
        )
    caveats = [
        "least liability: the larger of the holdings at signature and at entry into force, less the level notified;"
        " it is not the excess of the group over its ceiling"
    ]
    if any(x.recalled for x in rows):
        caveats.append("bounds marked recalled rest on levels from memory, not seen in a source")
    document = ReductionsDocument(
        instrument=instrument,
        as_known_on=corpus.known_on,
        signature=signed,
        entry=entry,
        liabilities=tuple(_row(x) for x in rows),
        pledges=tuple(_printed(r) for r in pledges),
        cite=clause,
    )
    node = Node(
        statement=Statement(words, parts),
        citation=cites(instrument, clause),
        caveats=tuple(caveats),
        because=tuple(nodes),
    )
    unknown = (
        (f"no figure at all for {len(silent)} pairs of holder and category: {listed(silent, 12)}",) if silent else ()
    )
    return Answer(kind="reductions", value=rows, document=document, node=node, not_known=unknown)


def _says_something(x: Liability) -> bool:
    return x.stated is not None or bool(x.progress) or bool(x.low) or (x.low is not None and x.low == x.high)


def _node(corpus: Corpus, instrument: str, x: Liability, signed: date | None, entry: date | None) -> Node:
    words = "{holder}, {category}: {told}"
    category = x.category.replace("_", " ")
    name = corpus.actors.name(x.holder) if x.holder in corpus.actors else x.holder
    told = f"{stated_words(x.stated)} to be reduced" if x.stated else "no stated figure in the record"
    children = [_figure(corpus, instrument, r) for r in (x.stated, *x.others, *x.progress) if r is not None]
    if x.level is not None and x.low is not None:
        exact = x.low == x.high
        said = f"{'exactly' if exact else 'at least'} {x.low:,}" if exact or x.low else "not bounded from below"
        children.append(
            Node(
                statement=Statement(
                    "from holdings and level: {said} (at signature {first}; on {entry} {second}; level {level})",
                    {
                        "said": said,
                        "first": span_words(*x.at_signature),
                        "entry": entry,
                        "second": span_words(*x.at_entry),
                        "level": x.level,
                    },
                ),
                caveats=("recalled, not sourced",) if x.recalled else (),
            )
        )
    if x.group and x.excess != (None, None):
        children.append(
            Node(
                statement=Statement(
                    "excess of the group over its ceiling on {day}: {span}",
                    {"day": signed, "span": span_words(*x.excess)},
                )
            )
        )
    return Node(
        statement=Statement(words, {"holder": name, "category": category, "told": told}), because=tuple(children)
    )


def _figure(corpus: Corpus, instrument: str, r: Reduction, more: str = "") -> Node:
    caveats = [] if r.confidence is Confidence.SOURCED else [f"{r.confidence}, not sourced"]
    caveats += [r.note] if r.note else []
    when = f" on {r.as_of}" if r.as_of else ""
    words = {"liability": "to be reduced", "reduced": "reduced", "remaining": "left to reduce"}[r.figure.value]
    return Node(
        statement=Statement(
            "{holder} {category}: {words}{when}{more}: {span}",
            {
                "holder": r.holder,
                "category": r.category.replace("_", " "),
                "words": words,
                "when": when,
                "more": more,
                "span": stated_words(r),
            },
        ),
        sources=source_names(corpus, instrument, r.source),
        caveats=tuple(caveats),
    )


def stated_words(r: Reduction) -> str:
    """A printed figure in words: exact, about, at least, at most, or between two numbers."""
    low, high = r.bounds
    sign = "about " if r.about else ""
    if low is None and high is None:
        return "no figure"
    if low is None or high is None:
        return f"{'more than' if high is None else 'at most'} {low if high is None else high:,}"
    return f"{sign}{low:,}" if low == high else f"{sign}{low:,} to {high:,}"


def _row(x: Liability) -> LiabilityRow:
    return LiabilityRow(
        holder=x.holder,
        category=x.category,
        group=x.group,
        stated=_printed(x.stated) if x.stated else None,
        others=tuple(_printed(r) for r in x.others),
        level=x.level,
        low=x.low,
        high=x.high,
        recalled=x.recalled,
        excess=x.excess,
        progress=tuple(_printed(r) for r in x.progress),
    )


def _printed(r: Reduction) -> ReductionRow:
    return ReductionRow(
        holder=r.holder,
        category=r.category,
        figure=r.figure,
        as_of=r.as_of.text if r.as_of else None,
        value=r.value,
        low=r.low,
        high=r.high,
        about=r.about,
        under=r.under,
        provenance=r.provenance,
        status=r.status,
        confidence=r.confidence,
        source=tuple(r.source),
        note=r.note,
        file=r.file,
        line=r.line,
    )
