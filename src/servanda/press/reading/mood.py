"""How a claim is made: told as done, denied, planned, urged, threatened, supposed, held as a view."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.press.claims import OTHER
from servanda.press.reading.clauses import clause_start
from servanda.press.reading.context import Context
from servanda.press.reading.grammar import (
    BASE,
    INSTITUTION,
    NOUN,
)
from servanda.press.reading.reports import Report
from servanda.press.reading.scan import Scan
from servanda.press.reading.speakers import speaker_of
from servanda.press.reading.subjects import Subject, subject
from servanda.press.reading.verbgroups import GERUND, INFINITIVE, PROGRESSIVE, Verb, controller

VIEW = frozenset(["view", "opinion", "eyes", "reading", "judgment", "judgement"])


DEAD = frozenset(["dead", "defunct", "history", "obsolete", "moribund", "buried", "extinct"])


@dataclass(slots=True)
class Mood:
    """Modality and polarity of a claim, and who in it is bound to be the speaker or the doer, where the words say so."""

    modality: str
    negated: bool
    speaker: str | None = None
    actors: tuple[str, ...] | None = None
    controller: int | None = None


FAILING = frozenset(
    (
        "refuse decline fail failed refused declined neglected fails refuses declines failure refusal "
        "refusing failing declining"
    ).split()
)


ABOUT_TO = frozenset("is are due set expected going about scheduled ready poised was were".split())


ABLE = frozenset(
    "have has had able free possible need needs allowed entitled right ought way easy hard difficult".split()
)


CALLS_FOR = frozenset("move propose recommend demand suggest insist ask urge".split())


OWNERS = frozenset("his her their its 's my this".split())


HAPPENED = frozenset(
    (
        "used went moved voted votes managed proceeded began came served first last only seventh second third "
        "helped combined met gathered rushed"
    ).split()
)


ALTERNATIVE = frozenset("threat possibility idea option thought instead without rather".split())


def mood(scan: Scan, context: Context, used: Verb, who: Subject, report: Report | None, said_by: str) -> Mood:
    """How a claim is made, by the verb group, what governs it, and the report it stands in."""
    negated = used.negated or who.negated or who.kind == "none"
    aux = used.auxiliaries
    for x in range(max(0, used.start - 14), used.start):
        if scan.lows[x] in VIEW and scan.low(x - 1) in OWNERS and scan.low(x - 2) != "of":
            mine, whose = scan.low(x - 1) == "my", scan.actor_at(x - 2)
            return Mood("reported_opinion", negated, None if mine else whose.codes[0] if whose else OTHER)
    begin = clause_start(scan, used.start)
    lows = scan.lows
    promised = report is not None and report.kind == "promise"
    supposed = (
        any(lows[x] in ("if", "unless", "suppose", "supposing") for x in range(max(0, begin - 2), used.start))
        and not promised
    ) or _were_to(scan, used)
    supposed = supposed or (lows[0] in ("if", "unless", "suppose", "were", "should") and not promised)
    if used.aspect == INFINITIVE and used.to is not None:
        kind, at = controller(scan, used.to)
        if kind == "urge":
            doer, urger = _urged(scan, context, at, used.to)
            negated = negated or scan.low(used.to - 1) == "not"
            return Mood("urged", negated, urger, doer, at)
        if kind == "threaten":
            return Mood("threatened", negated, controller=at)
        if kind == "intend":
            no = scan.low(at - 1) in ("not", "n't", "no", "never") or scan.low(at - 2) in ("not", "n't", "no", "never")
            word = lows[at]
            if supposed and not said_by:
                return Mood("hypothetical", negated or no, controller=at)
            return Mood(
                "planned" if True else "hypothetical",
                negated or no,
                controller=at,
            )
        word = lows[at]
        if (
            word in HAPPENED
            or any(lows[x] in ("used", "went") for x in range(max(0, at - 9), at + 1))
            or any(lows[x] in ("first", "last", "only") for x in range(max(0, at - 4), at))
            or (word in ("was", "is") and "what" in lows[:at])
        ):
            return Mood("done", negated, controller=at)
        if supposed:
            return Mood("hypothetical", negated, controller=at)
        if word in ("allowed", "let", "permitted") and any(
            x in ("never", "not", "n't") for x in lows[max(0, at - 2) : at]
        ):
            return Mood("done", True, controller=at)
        if word in ("yet", "remains", "remain"):
            return Mood("done", True, controller=at)
        if word in FAILING:
            return Mood("done", True, controller=at)
        if word == "ready" and "would" in lows[max(0, at - 4) : at]:
            return Mood("hypothetical", negated, controller=at)
        if word == "decided" and used.trigger.events[0][0] == "succeed":
            return Mood("done", negated, controller=at)
        if word in ABOUT_TO:
            return Mood("planned", negated, controller=at)
        if word in ABLE:
            if word == "right" and any(w in lows for w in ("reserve", "reserves", "reserved", "exercise")):
                return Mood("threatened", negated, controller=at)
            return Mood("hypothetical", negated, controller=at)
        return Mood("planned", negated, controller=at)
    if report is not None and report.kind == "predict" and not used.to:
        return Mood("reported_opinion", negated)
    if any(a in ("would", "'d") for a in aux):
        if supposed or (
            used.start > 0 and any(x in lows[max(0, used.start - 8) : used.start] for x in ("if", "suppose"))
        ):
            return Mood("hypothetical", negated)
        if report is not None:
            if report.lemma in ("warn", "threaten"):
                return Mood(
                    "threatened" if report.speaker in who.codes or report.lemma == "threaten" else "hypothetical",
                    negated,
                )
            if "right" in lows[report.at : used.start] and "exercise" in lows:
                return Mood("threatened", negated)
            return Mood("planned", negated)
        return Mood("hypothetical", negated)
    if "to" in aux and any(a in ("is", "are") for a in aux):
        return Mood("planned", negated)
    if any(a in ("could", "might", "may") for a in aux):
        return Mood("hypothetical", negated)
    if any(a in ("can", "cannot") for a in aux):
        return Mood("hypothetical", negated or "cannot" in aux)
    if any(a in ("should", "must", "ought") for a in aux):
        return Mood("urged", negated, said_by)
    if any(a in ("will", "shall", "'ll", "won") for a in aux):
        if (
            report is not None
            and report.lemma in ("warn", "threaten")
            and (report.speaker in who.codes or report.lemma == "threaten")
        ):
            return Mood("threatened", negated, report.speaker)
        later = next(
            (x for x in range(used.start, len(lows)) if lows[x] in ("if", "unless") and scan.low(x - 1) != "as"), None
        )
        if later is not None and report is not None and report.speaker in who.codes and not negated:
            return Mood("threatened", negated)
        if supposed:
            return Mood("hypothetical", negated)
        return Mood("planned", negated)
    if report is not None and negated and report.kind in ("say", "announce", "deny") and report.speaker != "author":
        return Mood("denied", True)
    if report is not None and report.kind == "deny":
        return Mood("denied", True)
    if report is not None and report.kind == "predict":
        return Mood("reported_opinion", negated)
    if supposed and used.aspect != NOUN:
        return Mood("hypothetical", negated)
    if used.aspect == PROGRESSIVE and not negated and any(a in ("is", "are", "'s", "'re") for a in aux):
        return Mood("planned", negated)
    if "to" in aux and scan.low((used.to or 0) - 1) == "yet":
        return Mood("done", True)
    if used.aspect == GERUND and any(
        x in lows[max(0, used.start - 4) : used.start] for x in ("intention", "plan", "plans", "thought")
    ):
        return Mood("planned", negated or "no" in lows[max(0, used.start - 5) : used.start])
    if used.trigger.form == BASE and not aux and report is not None and report.lemma in CALLS_FOR:
        return Mood("urged", negated, report.speaker)
    if used.aspect == GERUND:
        governed = lows[used.start - 1] if used.start > 0 else ""
        if governed in ("of", "from", "without", "than", "before") and any(
            x in lows[max(0, used.start - 4) : used.start] for x in ALTERNATIVE
        ):
            return Mood("hypothetical", negated)
    return Mood("done", negated)


def _were_to(scan: Scan, used: Verb) -> bool:
    lows = scan.lows
    return (
        used.to is not None
        and scan.low(used.to - 1) == "were"
        and (any(w in lows for w in ("if", "suppose")) or scan.low(used.to - 3) in ("", "that"))
    )


def _urged(scan: Scan, context: Context, at: int, to: int) -> tuple[tuple[str, ...] | None, str | None]:
    """Who is urged (between the verb and its "to") and who urges."""
    inside = [a for a in scan.actors if at < a.i and a.j <= to]
    passive = scan.low(at - 1) in ("been", "was", "were", "is", "are", "being")
    who = subject(scan, at - (1 if passive else 0))
    speaker_, codes = speaker_of(scan, context, who)
    if passive:
        return (codes or None), None
    doers = tuple(c for a in inside for c in a.codes)
    if not doers:
        words = scan.lows[at + 1 : to]
        if any(w in ("it", "them", "him", "her") for w in words):
            doers = context.subjects
        elif any(w in INSTITUTION for w in words):
            doers = context.institution(scan, at)
    return (doers or None), (
        speaker_ if who.kind in ("actor", "institution", "person", "pronoun", "collective") else None
    )
