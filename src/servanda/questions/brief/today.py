"""What was done on the day, and what takes effect on it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from servanda.model.acts import Act
from servanda.model.answer import Node
from servanda.model.dates import long_day
from servanda.model.results import Verdict
from servanda.model.vocabulary import ActKind, LimitNature, Standing
from servanda.questions.brief.page import View
from servanda.questions.deeds import changes_something, node_of, rank, together
from servanda.questions.words import capital, in_short, joined, thing
from servanda.standing import ledger

# told by the first sentence itself: it says who signed, who applies it and since when it is in force
OF_STATUS = (ActKind.SIGN, ActKind.PROVISIONALLY_APPLY, ActKind.ENTER_INTO_FORCE)
MOST_SAID = 3  # statements of a day that change nothing; the rest are counted
SUSPENDING = (ActKind.SUSPEND,)


def today(view: View, verdicts: Iterable[Verdict]) -> tuple[Node, ...]:
    """The day's acts and effects, those that change something first; statements beyond a few are counted."""
    made: list[tuple[int, Node]] = []
    instrument = view.dossier.instrument
    effects, done, about = _of_the_day(view)
    for group in together(effects):
        made.append((rank(group[0]), _notified(view, group)))
    for group in together(a for a in done if changes_something(a) and not _told_above(view, a)):
        made.append((rank(group[0]), node_of(view.corpus, instrument, view.book, group)))
    for group in together(about):
        made.append((rank(group[0]), _about_this_day(view, group)))
    lines = [n for _, n in sorted(made, key=lambda x: x[0])]
    entry = view.book.entry
    if entry.day == view.on and not any(a.act is ActKind.ENTER_INTO_FORCE for a in done):
        rule = instrument.entry
        lines.insert(0, view.line("{it} enters into force", rule.cite if rule else None, it=capital(thing(instrument))))
    lines += _ceilings_begin(view, verdicts)
    lines += _of_others(view)
    if instrument.suspension_gist and any(a.act in SUSPENDING and not a.toward for a in (*effects, *done)):
        lines.append(view.line("{clause}", instrument.suspension_cite, clause=instrument.suspension_gist))
    said = [
        node_of(view.corpus, instrument, view.book, g) for g in together(a for a in done if not changes_something(a))
    ]
    lines += said[:MOST_SAID]
    if len(said) > MOST_SAID:
        rest = tuple(said[MOST_SAID:])
        lines.append(view.line("and {n} more statements and steps of that day", None, (), rest, n=len(rest)))
    return tuple(lines)


def _told_above(view: View, act: Act) -> bool:
    """Whether the first sentence or the lines on who is bound tell the act already."""
    if act.act is ActKind.PROVISIONALLY_APPLY:
        return True
    signed = [s for s in view.found if s.standing is not Standing.NONE]
    return act.act is ActKind.SIGN and not view.parties and all(s.since == view.on for s in signed)


def moved_today(view: View) -> tuple[Node, ...]:
    """Only what binds or releases on the day, for the first sentences of the page."""
    effects, done, _ = _of_the_day(view)
    groups = [(g, True) for g in together(effects)] + [(g, False) for g in together(done)]
    groups = [(g, e) for g, e in groups if changes_something(g[0]) and g[0].act not in OF_STATUS]
    groups.sort(key=lambda x: rank(x[0][0]))
    return tuple(node_of(view.corpus, view.dossier.instrument, view.book, g, effect=e) for g, e in groups)


def _of_the_day(view: View) -> tuple[list[Act], list[Act], list[Act]]:
    """Acts that take effect that day, acts done that day, and acts done about that day."""
    on = view.on
    effects: list[Act] = []
    done: list[Act] = []
    about: list[Act] = []
    for act in view.book.acts:
        if act.id in view.book.doubtful:
            continue
        effect = act.effective
        if act.date.exact and act.date.day == on:
            done.append(act)
        elif effect is not None and effect.exact and effect.day == on:
            effects.append(act)
        elif act.date.approximate and changes_something(act) and _centre(act) == on:
            about.append(act)
    return effects, done, about


def _centre(act: Act) -> date | None:
    """The day an approximate date names; None for a month or a year."""
    first, last = act.date.earliest, act.date.latest
    if first is None or last is None or act.date.precision != "day":
        return None
    return first + (last - first) / 2


def _of_others(view: View) -> list[Node]:
    """What was done that day to instruments that amend or adapt this one."""
    found = []
    for other in view.corpus.amending(view.id):
        dossier = view.corpus.dossier(other)
        acts = [a for a in dossier.acts if a.date.exact and a.date.day == view.on and changes_something(a)]
        for group in together(acts):
            node = node_of(view.corpus, dossier.instrument, ledger(view.corpus, other), group)
            words = "{treaty}: {what}"
            deed = str(node.statement.parts["what"])
            found.append(
                view.line(words, node.citation, node.caveats, node.because, treaty=dossier.instrument.short, what=deed)
            )
    return found


def _notified(view: View, group: tuple[Act, ...]) -> Node:
    """Acts whose effect the first sentences tell: when they were done, and as what."""
    node = node_of(view.corpus, view.dossier.instrument, view.book, group, effect=True)
    if len(group) > 1:
        return node
    act = group[0]
    when = long_day(act.date.day) if act.date.exact else act.date.words
    words = "{when}: {gist}"
    return view.line(words, node.citation, (), node.because, when=when, gist=in_short(act.gist))


def _about_this_day(view: View, group: tuple[Act, ...]) -> Node:
    node = node_of(view.corpus, view.dossier.instrument, view.book, group)
    words = "{what} about this day; the day of each was not seen"
    parts = {"what": node.statement.parts["what"]}
    return view.line(words, node.citation, node.caveats, node.because, **parts)


def _ceilings_begin(view: View, verdicts: Iterable[Verdict]) -> list[Node]:
    """Ceilings that judge from this day."""
    own = {x.id for x in view.dossier.limits}
    begun = [v for v in verdicts if v.applies_from == view.on and v.limit.id in own]
    begun = [v for v in begun if v.limit.nature is LimitNature.LEGAL]
    if not begun:
        return []
    months = {v.limit.applies.months for v in begun if v.limit.applies.months}
    clock = view.dossier.instrument.clock
    articles = list(dict.fromkeys(view.bare(v.limit.cite).partition(".")[0].split("(")[0] for v in begun))
    words = "the ceilings of articles {articles} apply from this day"
    parts: dict[str, object] = {"articles": joined(articles, 8)}
    if len(months) == 1 and clock is not None:
        words += ", {months} months after {start}"
        parts |= {"months": months.pop(), "start": long_day(clock.start)}
    return [view.line(capital(words), None, (), (), **parts)]
