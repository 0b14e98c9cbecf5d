"""One page: bound, today, owed, kept, disputed, next, not known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from servanda.corpus import Corpus
from servanda.model.answer import Answer, Node, Statement
from servanda.model.dates import long_day
from servanda.model.errors import ServandaError
from servanda.model.question import Question
from servanda.model.results import PartyStanding, Verdict
from servanda.model.vocabulary import LimitNature, ObligationKind, Scope, Standing, VerdictKind
from servanda.procedure import coming
from servanda.questions.assess import assess, span_words, verdict_data, verdict_node
from servanda.questions.deadlines import coming_node
from servanda.questions.obligations import summary
from servanda.questions.standing import words_for
from servanda.questions.words import Day, asked_day, cites, listed
from servanda.standing import ledger, obligations, standings

MOST_NEXT = 5  # lines of a one-page brief
OWED = (ObligationKind.EXCHANGE, ObligationKind.INSPECTION, ObligationKind.LIMITS)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question worth asking next: its name, what is asked about, and its arguments by name. A door spells it."""

    question: str
    about: tuple[str, ...]
    arguments: Mapping[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {"question": self.question, "about": list(self.about), "arguments": dict(self.arguments)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The page's parts, each a list of nodes; `kept` holds the verdicts drawn as bars."""

    title: str
    on: date
    sections: tuple[tuple[str, tuple[Node, ...]], ...]
    kept: tuple[Verdict, ...] = ()
    ask: tuple[FollowUp, ...] = ()


def brief(corpus: Corpus, instrument: str, *, on: Day) -> Answer[Brief]:
    """The state of an instrument on a day, every line computed from the record."""
    asked = asked_day(corpus, instrument, on)
    dossier = corpus.dossier(instrument)
    found = standings(corpus, instrument, on=asked)
    own = {s.party: s for s in standings(corpus, instrument, on=asked, reading="self")}
    bound = [s for s in found if s.is_party]
    sections: list[tuple[str, tuple[Node, ...]]] = [
        ("Bound", tuple(_bound(corpus, instrument, found, own, asked))),
        ("Today", tuple(_today(corpus, instrument, asked))),
    ]
    kept: tuple[Verdict, ...] = ()
    disputed = list(_disputed(corpus, instrument, found, own, asked))
    owed = tuple(_owed(corpus, instrument, asked)) if bound else tuple(_owed_provisionally(corpus, instrument, asked))
    sections.append(("Owed", owed))
    if dossier.limits:
        answer = assess(corpus, Question(instrument=instrument, on=asked))
        kept = tuple(v for v in answer.value if is_main(v))
        sections.append(("Kept", tuple(verdict_node(corpus, instrument, v, asked) for v in kept)))
        disputed += list(_counting(corpus, instrument, asked))
    if disputed:
        sections.append(("Disputed", tuple(disputed)))
    sections.append(("Next", tuple(_next(corpus, instrument, asked))))
    gaps = dossier.instrument.unknown(asked)
    if gaps:
        sections.append(("Not known", tuple(Node(statement=Statement("{gap}", {"gap": g})) for g in gaps)))
    sections = [(name, nodes) for name, nodes in sections if nodes]
    ask = _ask(instrument, asked, kept, own)
    page = Brief(title=dossier.instrument.title, on=asked, sections=tuple(sections), kept=kept, ask=ask)
    data: dict[str, Any] = {
        "instrument": instrument,
        "on": asked.isoformat(),
        "title": dossier.instrument.title,
        "as_known_on": corpus.known_on.isoformat() if corpus.known_on else None,
        "sections": [{"name": n, "lines": [x.as_dict() for x in nodes]} for n, nodes in sections],
        "verdicts": [verdict_data(v) for v in kept],
        "ask": [f.as_dict() for f in ask],
    }
    root = Node(
        statement=Statement("{title} as of {on}", {"title": dossier.instrument.title, "on": long_day(asked)}),
        because=tuple(Node(statement=Statement("{name}", {"name": name}), because=nodes) for name, nodes in sections),
    )
    return Answer(kind="brief", value=page, data=data, node=root, not_known=gaps)


def is_main(v: Verdict) -> bool:
    """Group ceilings over the whole area, any posture: the ones a page has room for."""
    outer = v.limit.within is None and v.limit.nature is LimitNature.LEGAL and v.limit.scope is Scope.GROUP
    return outer and v.posture == "any" and not v.limit.temporary and v.verdict is not VerdictKind.NO_DATA


def _bound(
    corpus: Corpus,
    instrument: str,
    found: Iterable[PartyStanding],
    own: dict[str, PartyStanding],
    on: date,
) -> Iterable[Node]:
    book = ledger(corpus, instrument)
    rule = book.dossier.instrument.entry
    held = list(found)
    bound = [s for s in held if s.is_party]
    if not bound:
        tally = _tally(held)
        yield Node(statement=Statement("nobody is bound that day: {tally}", {"tally": tally or "no participants yet"}))
    elif book.entry.day and book.entry.day <= on:
        words = "{n} states; in force since {since}"
        parts = {"n": len(bound), "since": long_day(book.entry.day)}
        if book.entry.last and rule and str(rule.period) != "0 days":
            words += " ({period} after the last deposit)"
            parts["period"] = str(rule.period)
        yield Node(statement=Statement(words, parts), citation=cites(instrument, rule.cite if rule else None))
    else:
        yield Node(statement=Statement("{n} states, provisionally", {"n": len(bound)}))
    differing: dict[Standing, list[str]] = {}
    for s in bound:
        if own[s.party].standing != s.standing:
            differing.setdefault(own[s.party].standing, []).append(corpus.actors.name(s.party))
    if differing:
        told = "; ".join(f"{listed(who, 12)}: {words_for(k)}" for k, who in differing.items())
        words = "by their own reading {told}; by the instrument's own terms in force"
        yield Node(statement=Statement(words, {"told": told}))
    left = [s for s in held if s.standing in (Standing.WITHDRAWN, Standing.TERMINATED)]
    for s in left:
        yield Node(
            statement=Statement(
                "{party}: {standing} since {since}",
                {"party": corpus.actors.name(s.party), "standing": words_for(s.standing), "since": s.since or "?"},
            )
        )


def _tally(held: list[PartyStanding]) -> str:
    counts: dict[str, int] = {}
    for s in held:
        counts[words_for(s.standing)] = counts.get(words_for(s.standing), 0) + 1
    return ", ".join(f"{n} {k}" for k, n in counts.items() if k != "none")


def _today(corpus: Corpus, instrument: str, on: date) -> Iterable[Node]:
    book = ledger(corpus, instrument)
    for act in book.acts:
        done = act.date.exact and act.date.day == on
        effect = act.effective is not None and act.effective.exact and act.effective.day == on
        if not done and not effect:
            continue
        what = "takes effect" if effect and not done else "is done"
        contested = book.contested(act)
        yield Node(
            statement=Statement(
                "{who}: {gist}" if done else "{who}: the act of {date} {what}: {gist}",
                {
                    "who": listed(map(corpus.actors.name, act.actors), 6),
                    "gist": act.gist,
                    "date": act.date,
                    "what": what,
                },
            ),
            citation=cites(instrument, act.cite),
            caveats=(f"contested by {listed(act.contested_by or contested)}",) if contested else (),
        )
    clause = book.dossier.instrument.suspension_gist
    if clause and any(
        a.act == "suspend" and a.effective and a.effective.exact and a.effective.day == on for a in book.acts
    ):
        yield Node(statement=Statement("{clause}", {"clause": clause}))


def _owed(corpus: Corpus, instrument: str, on: date) -> Iterable[Node]:
    duties = corpus.dossier(instrument).instrument.duties
    for kind in [k for k in OWED if k in duties] or duties[:2]:
        matrix = obligations(corpus, instrument, on=on, kind=kind, reading="self")
        told = "; ".join(summary(matrix))
        words = "{kind}, each by its own reading: {told}"
        yield Node(statement=Statement(words, {"kind": kind.value, "told": told}), caveats=matrix.caveats)


def _owed_provisionally(corpus: Corpus, instrument: str, on: date) -> Iterable[Node]:
    """What listed provisions lay down while the whole instrument binds nobody, kind by kind."""
    for kind in corpus.dossier(instrument).instrument.duties:
        matrix = obligations(corpus, instrument, on=on, kind=kind, reading="self")
        if matrix.parties:
            parts = {"kind": kind.value, "lines": "; ".join(summary(matrix))}
            yield Node(statement=Statement("{kind}: {lines}", parts), caveats=matrix.caveats)


def _disputed(
    corpus: Corpus, instrument: str, found: Iterable[PartyStanding], own: dict[str, PartyStanding], on: date
) -> Iterable[Node]:
    for s in found:
        if not s.contested:
            continue
        told = ", ".join(f"{name}: {words_for(v)}" for name, v in s.readings)
        yield Node(
            statement=Statement("standing of {party}: {told}", {"party": corpus.actors.name(s.party), "told": told})
        )


def _counting(corpus: Corpus, instrument: str, on: date) -> Iterable[Node]:
    """Where an alliance has outgrown its group: the same ceilings by two other counts, marked as not in law."""
    for group in corpus.dossier(instrument).instrument.groups:
        code = (group.alliance or "").lower()
        if not code or not corpus.actors.members(code.upper(), on):
            continue
        try:
            levels = assess(corpus, Question(instrument=instrument, on=on, groups=code, count="levels")).value
            holdings = assess(corpus, Question(instrument=instrument, on=on, groups=code)).value
        except ServandaError:
            continue
        for v in levels:
            if not is_main(v) or set(v.members) <= set(group.on(on)) or v.low is None:
                continue
            other = next((h for h in holdings if h.id == v.id and h.scope == v.scope), None)
            words = "{cite} after enlargement: {span} {what} by notified levels of the {members} {alliance} members that are parties"
            parts: dict[str, Any] = {
                "cite": v.limit.cite,
                "span": span_words(v.low, v.high),
                "what": v.limit.category.replace("_", " "),
                "members": len(v.members),
                "alliance": group.alliance,
            }
            if other is not None and other.high is not None:
                words += "; {low} to {high} by holdings"
                parts |= {"low": other.low or 0, "high": other.high}
            recalled = sum(r.confidence == "recalled" for r in v.records)
            said = ["no article says to count so"]
            if recalled:
                said.append(f"{recalled} of {len(v.records)} levels are recalled, not sourced")
            yield Node(statement=Statement(words, parts), caveats=tuple(said))
            break


def _next(corpus: Corpus, instrument: str, on: date) -> Iterable[Node]:
    """What falls due next, from the procedures that the question on deadlines counts by."""
    for item in coming(corpus, instrument, on=on)[:MOST_NEXT]:
        yield coming_node(instrument, item)


def _ask(instrument: str, on: date, kept: tuple[Verdict, ...], own: dict[str, PartyStanding]) -> tuple[FollowUp, ...]:
    asks = []
    if kept:
        v = next((k for k in kept if k.verdict in (VerdictKind.EXCEEDED, VerdictKind.UNDETERMINED)), kept[0])
        asks.append(FollowUp("explain", (instrument, v.id), {"on": str(on), "scope": v.scope}))
    odd = next((p for p, s in own.items() if s.contested), None)
    if odd:
        asks.append(FollowUp("standing", (instrument,), {"party": odd, "on": str(on)}))
    asks.append(FollowUp("timeline", (instrument,)))
    return tuple(asks)
