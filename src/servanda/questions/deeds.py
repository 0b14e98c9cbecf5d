"""What was done, told with a subject: acts of one kind and effect in one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from servanda.corpus import Corpus
from servanda.model.acts import Act
from servanda.model.answer import Node, Statement
from servanda.model.dates import long_day
from servanda.model.instrument import Instrument
from servanda.model.vocabulary import ActKind, ObligationKind
from servanda.questions.words import capital, cites, in_short, joined, people, source_names, thing
from servanda.standing.status import Ledger

# Singular and plural; {it} the instrument, {part} what of it is applied, {duties} the duties touched, {before} whom
# a successor succeeds. A kind that is not here is told by what the record says of the act.
SAID: dict[ActKind, tuple[str, str]] = {
    ActKind.SIGN: ("signs {it}", "sign {it}"),
    ActKind.DEPOSIT: ("deposits its instrument", "deposit their instruments"),
    ActKind.APPROVE: ("approves {it}", "approve {it}"),
    ActKind.ACCEDE: ("accedes to {it}", "accede to {it}"),
    ActKind.SUCCEED: ("succeeds {before}", "succeed {before}"),
    ActKind.PROVISIONALLY_APPLY: ("applies {part} provisionally", "apply {part} provisionally"),
    ActKind.SUSPEND: ("declares that it suspends {it}", "declare that they suspend {it}"),
    ActKind.RESUME: ("resumes {it}", "resume {it}"),
    ActKind.CEASE_IMPLEMENTATION: ("stops {duties}", "stop {duties}"),
    ActKind.GIVE_NOTICE: ("gives notice of withdrawal", "give notice of withdrawal"),
    ActKind.WITHDRAW: ("ceases to be a party", "cease to be parties"),
    ActKind.TERMINATE: ("terminates {it}", "terminate {it}"),
    ActKind.REVOKE_NOTICE: ("takes its notice back", "take their notices back"),
}
# What an act does on the day of its effect, where that is another than the day it was done.
TAKES_EFFECT: dict[ActKind, tuple[str, str]] = {
    ActKind.SUSPEND: (
        "by its own reading {whose} suspension takes effect",
        "by their own readings the suspensions of {who} take effect",
    ),
    ActKind.PROVISIONALLY_APPLY: ("{who} applies {part} provisionally", "{who} apply {part} provisionally"),
    ActKind.GIVE_NOTICE: ("{who} ceases to be a party", "{who} cease to be parties"),
    ActKind.CEASE_IMPLEMENTATION: ("{who} stops {duties}", "{who} stop {duties}"),
}
# Acts that change who is bound or what is owed come before statements about them.
RANK = {
    kind: n
    for n, kind in enumerate(
        (
            ActKind.ENTER_INTO_FORCE,
            ActKind.WITHDRAW,
            ActKind.TERMINATE,
            ActKind.EXPIRE,
            ActKind.GIVE_NOTICE,
            ActKind.REVOKE_NOTICE,
            ActKind.SUSPEND,
            ActKind.RESUME,
            ActKind.CEASE_IMPLEMENTATION,
            ActKind.CEASE_PARTICIPATION,
            ActKind.SIGN,
            ActKind.SUCCEED,
            ActKind.PROVISIONALLY_APPLY,
            ActKind.DEPOSIT,
            ActKind.ACCEDE,
            ActKind.APPROVE,
            ActKind.PROPOSE,
            ActKind.REJECT,
            ActKind.ORDER_TERMINATION,
            ActKind.AUTHORISE_TERMINATION,
            ActKind.OBJECT,
            ActKind.ACCEPT,
            ActKind.DOMESTIC_APPROVAL,
            ActKind.DECREE,
            ActKind.DECIDE,
        )
    )
}
DUTY = {
    ObligationKind.LIMITS: "ceilings",
    ObligationKind.REDUCTION: "reductions",
    ObligationKind.EXCHANGE: "data exchange",
    ObligationKind.NOTIFICATION: "notifications",
    ObligationKind.INSPECTION: "inspections",
    ObligationKind.CONSULTATION: "consultation",
    ObligationKind.STATIONING: "stationing",
    ObligationKind.NTM: "national means",
}
MOST_WHO = 6  # so many are named, more are counted


def rank(act: Act) -> int:
    """How early an act is told: those that bind or release first."""
    return RANK.get(act.act, len(RANK))


def changes_something(act: Act) -> bool:
    """Whether an act is of a kind that binds, releases or touches duties; statements about acts are not."""
    return rank(act) <= RANK[ActKind.APPROVE]


def alike(act: Act) -> tuple[object, ...]:
    """What two acts must share to be told in one sentence; acts told by their gist stand alone."""
    if act.act not in SAID:
        return (act.id,)
    # suspensions of one day are one line, with the day of effect behind each name
    later = act.act is not ActKind.SUSPEND and act.effective and not _same_day(act)
    when = act.effective.text if later and act.effective else ""
    return (act.act, when, str(act.effective_after), act.toward, act.provisions, act.kinds, act.contested_by, act.basis)


def _same_day(act: Act) -> bool:
    return act.effective is not None and act.effective.text == act.date.text


def together(acts: Iterable[Act]) -> list[tuple[Act, ...]]:
    """Acts in groups of like ones, the most weighty first."""
    groups: dict[tuple[object, ...], list[Act]] = {}
    for act in sorted(acts, key=rank):
        groups.setdefault(alike(act), []).append(act)
    return [tuple(g) for g in groups.values()]


def sentence(corpus: Corpus, instrument: Instrument, acts: tuple[Act, ...], *, effect: bool = False) -> str:
    """Like acts as one sentence with a subject; `effect` tells what they do on the day they take effect."""
    first = acts[0]
    codes = list(dict.fromkeys(c for a in acts for c in a.actors))
    everybody = codes == ["parties"]
    who = "all parties" if everybody else named(corpus, codes)
    many = everybody or len(codes) > 1
    days = {_effect_day(a) for a in acts}
    if len(days) > 1 and not effect:
        who = _with_days(corpus, acts)
    parts = {
        "it": thing(instrument),
        "part": f"listed provisions of {thing(instrument)}" if first.provisions else f"{thing(instrument)} as a whole",
        "duties": joined([DUTY[k] for k in first.kinds] or ["performance"], 5),
        "before": people(corpus, [first.predecessor]) if first.predecessor else "",
        "who": who,
        "whose": f"{who}'" if who.endswith("s") else f"{who}'s",
    }
    table = TAKES_EFFECT if effect else SAID
    if first.act is ActKind.ENTER_INTO_FORCE:
        return capital(f"{thing(instrument)} enters into force")
    if first.act is ActKind.EXPIRE:
        return capital(f"{thing(instrument)} expires")
    if first.act not in table:
        told = in_short(first.gist)
        subjects = [n for c in codes for n in (corpus.actors.name(c), corpus.actors.called(c), c)]
        has_subject = any(capital(told).startswith((capital(n), f"The {n}")) for n in subjects)
        return told if has_subject else capital(f"{who}: {told}")
    if first.act is ActKind.SUSPEND and first.toward and first.kinds:
        parts["it"] = parts["duties"]  # a targeted act touches the duties it names, and not the bond
    words = table[first.act][many].format(**parts)
    if not effect:
        words = f"{who} {words}"
    if first.toward:
        words += f" toward {people(corpus, first.toward)}"
    return capital(words + ("" if effect or len(days) > 1 else _effect_words(first)))


def predicate(corpus: Corpus, instrument: Instrument, act: Act) -> str:
    """What one actor did, without its subject, for a table that names the actors beside it."""
    if act.act not in SAID:
        return in_short(act.gist)
    before = people(corpus, [act.predecessor]) if act.predecessor else ""
    part = f"listed provisions of {thing(instrument)}" if act.provisions else f"{thing(instrument)} as a whole"
    duties = joined([DUTY[k] for k in act.kinds] or ["performance"], 5)
    it = duties if act.act is ActKind.SUSPEND and act.toward and act.kinds else thing(instrument)
    words = SAID[act.act][0].format(it=it, part=part, duties=duties, before=before)
    toward = f" toward {people(corpus, act.toward)}" if act.toward else ""
    return words + toward + _effect_words(act)


def _effect_day(act: Act) -> str:
    when = act.effective
    return long_day(when.day) if when is not None and when.exact and not _same_day(act) else ""


def _with_days(corpus: Corpus, acts: tuple[Act, ...]) -> str:
    """Who did something with effect from different days: each name, or those of one day, with the day behind it."""
    by: dict[str, list[str]] = {}
    for act in acts:
        by.setdefault(_effect_day(act), []).extend(act.actors)
    return joined([people(corpus, who) + (f" (from {day})" if day else "") for day, who in by.items()], 9)


def named(corpus: Corpus, codes: Sequence[str]) -> str:
    """A few actors by name, many by number."""
    return people(corpus, codes) if len(codes) <= MOST_WHO else f"{len(codes)} states"


def _effect_words(act: Act) -> str:
    when = act.effective
    if when is None or _same_day(act):
        return ""
    if when.exact:
        return f", with effect from {long_day(when.day)}"
    return ", with effect from a day that was not seen"


def node_of(
    corpus: Corpus, instrument: Instrument, book: Ledger, acts: tuple[Act, ...], *, effect: bool = False
) -> Node:
    """One line on like acts: the sentence, its clause, who contests it, and each act below."""
    first = acts[0]
    against = list(dict.fromkeys(c for a in acts for c in (a.contested_by or book.contested(a))))
    caveats: tuple[str, ...] = (f"contested by {people(corpus, against)}",) if against else ()
    told = {a.confidence.value for a in acts if a.confidence != "sourced"}
    if told == {"recalled"}:
        caveats += ("recalled, not sourced",)
    because = tuple(
        Node(
            statement=Statement("{when}: {who}: {gist}", {"when": a.date, "who": joined(a.actors, 6), "gist": a.gist}),
            sources=source_names(corpus, instrument.id, a.source),
        )
        for a in acts
    )
    words = sentence(corpus, instrument, acts, effect=effect)
    return Node(
        statement=Statement("{what}", {"what": words}),
        citation=cites(instrument.id, first.cite),
        caveats=caveats,
        because=because,
    )
