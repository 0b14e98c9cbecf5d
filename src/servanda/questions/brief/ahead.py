"""What is disputed, what comes next, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator

from servanda.model.acts import Act
from servanda.model.answer import Node
from servanda.model.dates import long_day
from servanda.model.errors import ServandaError
from servanda.model.question import Question
from servanda.model.results import PartyStanding
from servanda.model.vocabulary import ActKind, Standing
from servanda.procedure import Coming, coming
from servanda.questions.assess import assess
from servanda.questions.beside import span_words
from servanda.questions.brief.kept import is_main
from servanda.questions.brief.page import View
from servanda.questions.deadlines import coming_node
from servanda.questions.deeds import sentence
from servanda.questions.standing import words_for
from servanda.questions.words import capital, joined, people, thing

MOST_NEXT = 4
CLAIMS = (ActKind.SUSPEND, ActKind.CEASE_IMPLEMENTATION, ActKind.WITHDRAW, ActKind.TERMINATE)


def disputed(view: View) -> Iterator[Node]:
    """Whose standing is read in more than one way, and which acts in effect somebody contests."""
    told: set[str] = set()
    for s in view.found:
        if s.contested:
            told.update(r.act.id for r in s.because if r.act and view.book.contested(r.act))
            yield _standing(view, s)
    for act in view.book.acts:
        against = view.book.contested(act)
        if act.act not in CLAIMS or act.id in told or not against or not _in_effect(view, act):
            continue
        words = "{what} ({day}); contested by {against}"
        parts = {
            "what": sentence(view.corpus, view.dossier.instrument, (act,)),
            "day": long_day(act.date.day) if act.date.exact else act.date,
            "against": people(view.corpus, against, 4),
        }
        yield view.line(words, act.cite, **parts)


def _standing(view: View, s: PartyStanding) -> Node:
    """One party's standing by the readings that differ, the same answers together."""
    by: dict[Standing, tuple[list[str], list[str]]] = {}
    terms = {
        "depositary": f"{thing(view.dossier.instrument)}'s own terms",
        "self": "its own reading",
        s.party: "its own reading",
        "law": "general law (VCLT 65)",
    }
    for name, value in s.readings:
        rules, states = by.setdefault(value, ([], []))
        (rules if name in terms else states).append(terms.get(name) or view.corpus.actors.called(name))
    acts = [r.act for r in s.because if r.act and view.book.contested(r.act)]
    against = list(dict.fromkeys(c for a in acts for c in (a.contested_by or view.book.contested(a))))
    words = "{party}: {told}"
    if against:
        # who contests is told once, not reading by reading
        by = {k: (rules, []) for k, (rules, _) in by.items() if rules}
        words += "; contested by {against}"
    told = "; ".join(f"{words_for(k)} {_whose(*who)}" for k, who in reversed(by.items()))
    party = capital(people(view.corpus, [s.party]))
    return view.line(words, party=party, told=told, against=people(view.corpus, against, 4))


def _whose(rules: list[str], states: list[str]) -> str:
    """By which terms and for whom a standing holds."""
    parts = [f"by {joined(dict.fromkeys(rules), 4)}"] if rules else []
    return " and ".join([*parts, *([f"for {joined(dict.fromkeys(states), 5)}"] if states else [])])


def _in_effect(view: View, act: Act) -> bool:
    first = act.effective or act.date
    # whoever has suspended the whole since has nothing targeted left
    parties = {s.party for s in view.parties if view.own[s.party].standing is not Standing.SUSPENDED or not act.toward}
    ended = act.until is not None and act.until.surely_by(view.on)
    return first.surely_by(view.on) and not ended and bool(parties & set(act.actors))


def counting(view: View) -> Iterator[Node]:
    """Where an alliance has outgrown its group: the same ceilings by two other counts, marked as not in law."""
    for group in view.dossier.instrument.groups:
        code = (group.alliance or "").lower()
        if not code or not view.corpus.actors.members(code.upper(), view.on):
            continue
        try:
            levels = assess(view.corpus, Question(instrument=view.id, on=view.on, groups=code, count="levels")).value
            holdings = assess(view.corpus, Question(instrument=view.id, on=view.on, groups=code)).value
        except ServandaError:
            continue
        for v in levels:
            if not is_main(v) or set(v.members) <= set(group.on(view.on)) or v.low is None:
                continue
            other = next((h for h in holdings if h.id == v.id and h.scope == v.scope), None)
            words = "counted by alliance, as no article says, {alliance}'s {members} parties might hold {span} {what} by notified level"
            parts: dict[str, object] = {
                "alliance": group.alliance,
                "members": len(v.members),
                "span": span_words(v.low, v.high),
                "what": view.name(v.limit.category),
                "bound": v.bound,
            }
            if other is not None and other.high is not None:
                words += ", and held {held}"
                parts["held"] = span_words(other.low or 0, other.high)
            words += ": of {bound}"
            recalled = sum(r.confidence == "recalled" for r in v.records)
            if recalled:
                words += " ({recalled} of the {all} levels recalled)"
                parts |= {"recalled": recalled, "all": len(v.records)}
            yield view.line(capital(words), v.limit.cite, **parts)
            break


def ahead(view: View) -> Iterator[Node]:
    """What falls due next, from the procedures that the question on deadlines counts by."""
    groups: dict[tuple[object, ...], list[Coming]] = {}
    for item in coming(view.corpus, view.id, on=view.on):
        effect = item.act is not None and item.step is None and not item.projected
        key = (item.when, item.act.act) if effect and item.act else (item.when, item.cite, item.action)
        groups.setdefault(key, []).append(item)
    for items in list(groups.values())[:MOST_NEXT]:
        yield coming_node(view.corpus, view.id, items, short=True)


def unknown(view: View) -> Iterator[Node]:
    """What the record does not tell and this day depends on."""
    for gap in view.dossier.instrument.unknown(view.on):
        yield view.line("{gap}", gap=gap)
