"""Steps told by a helping verb alone: "Turkey had", "none ever did", "nor has Moscow", "Finland too".

What was done is told before: in the sentence, in the one before it, or in the question that it answers.
"""

from __future__ import annotations

from dataclasses import replace

from servanda.extraction.frames import Extraction
from servanda.extraction.grammar import CHAMBER, MODAL, NEGATOR
from servanda.extraction.links import actors_of
from servanda.extraction.phrasing import group_start
from servanda.extraction.reports import speaker
from servanda.extraction.scan import Scan, groups
from servanda.extraction.subjects import Subject, subject
from servanda.extraction.triggers import Trigger
from servanda.extraction.verbgroups import ACTIVE, FINITE, NOMINAL, Verb
from servanda.extraction.when import When
from servanda.extraction.words import wordlist
from servanda.model.claims import AUTHOR, Claim

ALONE = wordlist("answers.ALONE")  # helping verbs that may stand for a whole verb
BEHIND = wordlist("answers.BEHIND")  # words that may follow one
CLOSES = wordlist("answers.CLOSES")
INVERTS = wordlist("answers.INVERTS")
TOO = wordlist("answers.TOO")
PLANS = wordlist("answers.PLANS")
FOLLOWING = wordlist("answers.FOLLOWING")
PREPARES = frozenset(["give_notice", "domestic_approval"])  # steps on the way to the one that others follow


def read_answers(extraction: Extraction) -> None:
    """Claims told by helping verbs that stand alone, and by "too"."""
    scan = extraction.scan
    for k, low in enumerate(scan.lows):
        if low in ALONE and not _in_group(extraction, k):
            _alone(extraction, k)
        elif low in TOO:
            _too(extraction, k)
        elif (low in PLANS and scan.lows[k - 2 : k] == ["no", "such"]) or (low in PLANS and _to_follow(scan, k)):
            _no_plans(extraction, k)


def meant(extraction: Extraction, k: int) -> Claim | None:
    """The step told last before token `k`: in the sentence, in the one before, in the question before."""
    start = extraction.scan.words[k].start
    here = [c for c in extraction.claims if c.end <= start]
    if here:
        main = [c for c in here if c.event not in PREPARES]
        return (main or here)[-1]
    context = extraction.context
    last = context.questioned or (context.last if context.now - context.told_at <= 1 else [])
    return last[-1] if last else None


def _in_group(extraction: Extraction, k: int) -> bool:
    """Does a helping verb help a verb that carries an event ("has, however, left")?"""
    return any(u.voice != NOMINAL and u.start <= k < h.j for h, u in extraction.used)


def _alone(extraction: Extraction, k: int) -> None:
    scan, context = extraction.scan, extraction.context
    j, negated = k + 1, False
    turned = scan.low(k - 1) in INVERTS
    actor = (scan.actor_at(j) or scan.actor_at(j + 1)) if turned else None
    if turned and actor is None:
        return
    if actor is not None:
        row = next(g for g in groups(scan.actors, scan) if actor in g)
        who = Subject("actor", tuple(c for a in row for c in a.codes), actor.i, actors=row)
        negated = scan.low(k - 1) in NEGATOR
        j = row[-1].j
    else:
        while scan.low(j) in BEHIND or scan.low(j) in NEGATOR:
            negated = negated or scan.low(j) in NEGATOR
            j += 1
        if not _closes(scan, j):
            return
        who = subject(scan, group_start(extraction, k))
    if "which" in scan.lows[max(0, who.at - 2) : max(0, who.at)]:
        return  # "could be prolonged, which Norway did"
    told = meant(extraction, k)
    if told is None or who.kind not in ("actor", "pronoun", "institution", "none", "collective"):
        return
    used = Verb(Trigger(FINITE, "do", ()), ACTIVE, FINITE, k)
    actors = actors_of(scan, context, who, used)
    if who.kind in ("none", "collective") and not who.negated:
        return
    if not actors and who.kind == "collective":
        actors = _among(scan, k)
    negated = negated or who.negated or who.kind == "none"
    undone = told.polarity == "negated" or told.event == "decline_to_ratify"
    if (set(actors) == set(told.actors) and undone == negated) or told.modality == "hypothetical":
        return
    _repeat(extraction, told, k, j, actors, negated, scan.low(k) in MODAL)


def _among(scan: Scan, k: int) -> tuple[str, ...]:
    """Whose members a "not one NATO state" counts."""
    near = [a for a in scan.actors if a.j <= k and k - a.j < 3]
    return near[-1].codes if near else ()


def _closes(scan: Scan, j: int) -> bool:
    """Does nothing follow that would be the verb itself: a mark, a day, "in 2021", a new clause?"""
    low = scan.low(j)
    if low == "," or low in CLOSES or scan.when_at(j) is not None:
        return not (low == "," and any(h.i < j + 6 and h.i > j for h in scan.hits) and scan.low(j + 1) not in CLOSES)
    return scan.when_at(j + 1) is not None and low in ("in", "on", "since", "from", "by")


def _too(extraction: Extraction, k: int) -> None:
    """ "Denmark, Iceland and Norway too": the same step, where no verb stands before it in its part of the sentence."""
    scan = extraction.scan
    row = next((g for g in groups(scan.actors, scan) if g[-1].j == k), None)
    told = meant(extraction, k)
    if row is None or told is None or scan.low(row[0].i - 1) not in ("", ",", ";", ":", "and", "—", "–"):
        return
    if not _closes(scan, k + 1) or any(u.start > row[0].i for h, u in extraction.used if u.voice != NOMINAL):
        return
    _repeat(extraction, told, k, k + 1, tuple(c for a in row for c in a.codes), told.polarity == "negated", False)


def _to_follow(scan: Scan, k: int) -> bool:
    """Is it a plan to do as others do that is denied ("no plans to follow suit", "no intention of following")?"""
    return scan.low(k - 1) == "no" and any(w in FOLLOWING for w in scan.lows[k + 1 : k + 4])


def _no_plans(extraction: Extraction, k: int) -> None:
    """Has no such plans: does not mean to take the step told before."""
    scan, told = extraction.scan, meant(extraction, k)
    has = next((x for x in range(k - 1, max(-1, k - 4), -1) if scan.lows[x] in ("has", "have", "had", "sees")), None)
    if told is None or has is None:
        return
    who = subject(scan, group_start(extraction, has))
    used = Verb(Trigger(FINITE, "do", ()), ACTIVE, FINITE, has)
    actors = actors_of(scan, extraction.context, who, used)
    if actors and set(actors) != set(told.actors):
        _repeat(extraction, told, has, k + 1, actors, True, True)


def _repeat(
    extraction: Extraction, told: Claim, k: int, j: int, actors: tuple[str, ...], negated: bool, ahead: bool
) -> None:
    """Put the step told before once more, of other actors or of the other polarity."""
    scan, context = extraction.scan, extraction.context
    actors = context.named(actors)
    if not actors and not negated:
        return
    event, polarity = told.event, "negated" if negated else "affirmed"
    chamber = any(w in CHAMBER for w in scan.lows[max(0, k - 4) : k])
    if event == "decline_to_ratify" and not negated and told.polarity == "affirmed":
        event = "domestic_approval"
    elif event in ("domestic_approval", "decline_to_ratify") and negated and not chamber:
        event, polarity = "decline_to_ratify", "affirmed"
    when = _when(scan, k, j)
    modality = "planned" if ahead else "done"
    value = when.value(ahead)[0] if when is not None else None
    voice, report = speaker(scan, context, k, extraction.reports)
    if report is not None and negated and voice != AUTHOR:
        modality = "denied"
    extraction.claims.append(
        replace(
            told,
            start=scan.words[k].start,
            end=scan.words[max(k + 1, min(j, k + 3)) - 1].end,
            event=event,
            actors=actors,
            target=() if set(told.target) & set(actors) else told.target,
            date=value,
            precision=when.value(ahead)[1] if when is not None else "none",
            speaker=voice,
            modality=modality,
            polarity=polarity,
        )
    )


def _when(scan: Scan, k: int, j: int) -> When | None:
    """The day told right behind, before the next clause."""
    stop = next((x for x in range(j, len(scan.lows)) if scan.lows[x] in (";", ".", "and", "but")), len(scan.lows))
    return next((w for w in scan.whens if k < w.i < stop and w.past and not w.attributive), None)
