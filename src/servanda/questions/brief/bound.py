"""Who is bound: the first sentence of a page, and its lines on standings."""

from __future__ import annotations

from collections.abc import Iterator

from servanda.model.answer import Node
from servanda.model.dates import long_day
from servanda.model.results import PartyStanding
from servanda.model.vocabulary import ActKind, Binding, InstrumentKind, Standing
from servanda.questions.brief.page import View
from servanda.questions.standing import words_for
from servanda.questions.words import capital, people

GONE = (Standing.WITHDRAWN, Standing.TERMINATED)
FEW = 3  # so many parties are named in the first sentence


def status(view: View) -> str:
    """Whether it binds anybody, and whom: a clause that goes on from the instrument's title and the day."""
    bound = view.parties
    n = len(bound)
    if not bound:
        return _nobody(view)
    all_named = people(view.corpus, [s.party for s in bound])
    among = f"{'between' if n == 2 else 'among'} {all_named}" if n <= FEW else f"among {n} states"
    on_whom = f"on {all_named}" if n <= FEW else f"on {n} states"
    new = ", from this day" if all(s.since == view.on for s in bound) else ""
    if all(s.standing is Standing.PROVISIONAL for s in bound):
        by = all_named if n <= FEW else f"{n} states"
        return f"applied provisionally as a whole by {by}{new}, not yet in force"
    if view.dossier.instrument.binding is Binding.POLITICAL:
        return f"politically binding {on_whom}"
    if view.dossier.instrument.kind is InstrumentKind.STATEMENT:
        return f"binding {on_whom}"
    return f"in force {among}{new}"


def _nobody(view: View) -> str:
    instrument = view.dossier.instrument
    tally = {k: [s for s in view.found if s.standing is k] for k in Standing}
    gone = [s for k in GONE for s in tally[k]]
    if not [s for s in view.found if s.standing is not Standing.NONE]:
        if view.book.participants and not any(a.date.possibly_by(view.on) for a in view.book.acts):
            return "nobody has signed it yet"
        return "its parties are not in the record; it stands here for the rules it states"
    if tally[Standing.UNKNOWN] and not (tally[Standing.SIGNATORY] or tally[Standing.CONTRACTING]):
        return f"whether it binds anybody is not known for {people(view.corpus, [s.party for s in tally[Standing.UNKNOWN]])}"
    if gone:
        days = [s.since for s in gone if s.since]
        when = f" since {long_day(max(days))}" if days else ""
        return f"binds nobody{when}"
    if tally[Standing.PROPOSED]:
        return f"proposed to {_states(len(tally[Standing.PROPOSED]))}, signed by nobody, binds nobody"
    signed = len(tally[Standing.SIGNATORY]) + len(tally[Standing.CONTRACTING])
    if signed:
        consent = tally[Standing.CONTRACTING]
        also = f", ratified by {people(view.corpus, [s.party for s in consent])}" if consent else ""
        named = [s for s in view.found if s.standing in (Standing.SIGNATORY, Standing.CONTRACTING)]
        new = " this day" if all(s.since == view.on for s in named) else ""
        return f"signed{new} by {_states(signed)}{also}, not in force"
    return f"a {instrument.kind.value} that binds nobody"


def _states(n: int) -> str:
    return f"{n} state{'' if n == 1 else 's'}"


def bound(view: View) -> Iterator[Node]:
    """Since when, who reads it otherwise, who has left, who has only signed."""
    if view.parties:
        yield from _since(view)
    else:
        yield from _provisional(view)
    yield from _differing(view)
    for kind in GONE:
        yield from _by_day(view, [s for s in view.found if s.standing is kind], kind)
    rest = (Standing.SUCCEEDED, Standing.UNKNOWN, Standing.CONTRACTING, Standing.SIGNATORY, Standing.PROPOSED)
    for kind in rest if not view.parties else (Standing.UNKNOWN, Standing.CONTRACTING):
        who = [s for s in view.found if s.standing is kind]
        # whom the first sentence has told already: those who all stand alike
        said = "standing not known" if kind is Standing.UNKNOWN else words_for(kind)
        if who and len(who) < len([s for s in view.found if s.standing is not Standing.NONE]):
            words = "{who}: {kind}" if len(who) <= 6 else "{n} {kind}: {who}"
            yield view.line(words, who=people(view.corpus, [s.party for s in who], 5), kind=said, n=len(who))
    host = view.dossier.instrument.lives_in
    if host is not None and host.to and host.to in view.corpus.ids():
        short = view.corpus.dossier(host.to).instrument.short
        yield view.line("it lives in the {host} and ends for a party with it", host.cite, host=short)


def _provisional(view: View) -> Iterator[Node]:
    """Provisions that apply before entry into force, where the whole does not."""
    for act in view.book.acts:
        applies = act.act is ActKind.PROVISIONALLY_APPLY and act.provisions
        first = act.effective or act.date
        ended = act.until is not None and act.until.surely_by(view.on)
        if not applies or not first.surely_by(view.on) or ended or act.id in view.book.doubtful:
            continue
        words = "{n} listed provisions alone apply, provisionally{until}"
        until = f", until {long_day(act.until.day)}" if act.until is not None and act.until.exact else ""
        caveats = () if act.confidence == "sourced" else (f"{act.confidence.value}, not sourced",)
        clauses = view.line("{clauses}", clauses=", ".join(act.provisions))
        yield view.line(words, act.cite, caveats, (clauses,), n=len(act.provisions), until=until)


def _since(view: View) -> Iterator[Node]:
    book, rule = view.book, view.dossier.instrument.entry
    if book.entry.day and book.entry.day <= view.on:
        words = "in force since {since}"
        parts: dict[str, object] = {"since": long_day(book.entry.day)}
        if book.entry.last and rule and str(rule.period) != "0 days":
            words += ", {period} after the last act required"
            parts["period"] = str(rule.period)
        yield view.line(words, rule.cite if rule else None, **parts)
    else:
        first = min((s.since for s in view.parties if s.since), default=None)
        if first:
            yield view.line("applied provisionally since {since}", None, since=long_day(first))
    notice = [s for s in view.found if s.standing is Standing.NOTICE_GIVEN]
    if notice:
        words = "{who}: under notice of withdrawal, still bound"
        yield view.line(words, None, (), (), who=people(view.corpus, [s.party for s in notice]))


def _differing(view: View) -> Iterator[Node]:
    """Those whose own reading says otherwise, and those of whom that is not known to the day."""
    groups: dict[tuple[Standing, str], list[PartyStanding]] = {}
    for s in view.found:
        own = view.own.get(s.party)
        if own is None or own.standing is s.standing or not s.is_party or s.contested:
            continue  # what is contested stands under that head
        since = long_day(own.since) if own.since and len({s.since}) == 1 else ""
        groups.setdefault((own.standing, "" if own.standing is Standing.UNKNOWN else since), []).append(own)
    sure = {k: v for k, v in groups.items() if k[0] is not Standing.UNKNOWN}
    one_day = len(sure) == 1
    by_kind: dict[Standing, list[str]] = {}
    for (kind, _), who in sure.items():
        by_kind.setdefault(kind, []).extend(s.party for s in who)
    for kind, codes in by_kind.items():
        day = next(iter(sure))[1] if one_day else ""
        words = "by {whose} own reading {kind}: {who}" + (", since {day}" if day else "")
        whose = "its" if len(codes) == 1 else "their"
        details = tuple(
            view.line("{who}: since {day}", who=people(view.corpus, [s.party for s in who], 40), day=d or "no day seen")
            for (k, d), who in sure.items()
            if k is kind
        )
        who_ = people(view.corpus, codes, 12)
        yield view.line(words, None, (), details, who=who_, kind=words_for(kind), whose=whose, day=day)
    open_ = [s for (k, _), who in groups.items() if k is Standing.UNKNOWN for s in who]
    if open_:
        words = "perhaps suspended, days not seen: {who}"
        yield view.line(words, who=people(view.corpus, [s.party for s in open_], 12))


def _by_day(view: View, gone: list[PartyStanding], kind: Standing) -> Iterator[Node]:
    days: dict[str, list[str]] = {}
    for s in gone:
        days.setdefault(long_day(s.since) if s.since else "a day not known", []).append(s.party)
    for day, codes in days.items():
        words = "{who}: {kind} since {day}"
        yield view.line(words, who=people(view.corpus, codes, 6), kind=words_for(kind), day=day)


def own_words(view: View) -> str:
    """Who reads his own standing otherwise, for the first sentences; empty where nobody does."""
    by: dict[Standing, list[str]] = {}
    for s in view.parties:
        own = view.own.get(s.party)
        if own is not None and own.standing is not s.standing:
            by.setdefault(own.standing, []).append(s.party)
    told: list[str] = []
    for kind, codes in sorted(by.items(), key=lambda x: x[0] is Standing.UNKNOWN):
        who = people(view.corpus, codes) if len(codes) <= FEW else f"{len(codes)} states"
        if kind is Standing.UNKNOWN:
            more = f"{len(codes)} more" if told and len(codes) > FEW else who
            told.append(f"{more} perhaps, from days not seen")
        else:
            contested = any(s.contested for s in view.parties if s.party in codes)
            words = f"{who} {'reads' if len(codes) == 1 else 'read'} it as {words_for(kind)}"
            told.append(words + (", which is contested" if contested else ""))
    return capital("; ".join(told))
