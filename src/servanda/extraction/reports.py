"""Who vouches for what: reporting verbs with their speakers, and the words they reach over."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.extraction.clauses import clause_start
from servanda.extraction.context import Context
from servanda.extraction.grammar import (
    BE,
    DETERMINER,
    HAVE,
    INSTITUTION,
    MODAL,
    PAST,
    PERSON,
    QUOTE,
    REPORTS,
    THIRD,
)
from servanda.extraction.scan import Scan
from servanda.extraction.speakers import (
    PAPERS,
    named_speaker,
    speaker_after,
    speaker_of,
)
from servanda.extraction.subjects import subject
from servanda.extraction.when import When
from servanda.extraction.words import wordlist
from servanda.model.claims import AUTHOR, OTHER

SAYING = wordlist("reports.SAYING")


@dataclass(slots=True)
class Report:
    """A reporting verb, who speaks, and the tokens it covers."""

    at: int
    lemma: str
    kind: str
    speaker: str
    begin: int
    end: int
    codes: tuple[str, ...] = ()
    when: When | None = None


def reports(scan: Scan, context: Context) -> list[Report]:
    """Reporting verbs of a sentence with their speakers and reach."""
    found: list[Report] = []
    size = len(scan.lows)
    named = _signed(scan, context)
    if named is not None:
        found.append(named)
    for k, low in enumerate(scan.lows):
        entry = REPORTS.get(low)
        if entry is None or scan.taken[k]:
            if low == "according" and scan.low(k + 1) == "to":
                found.append(_according(scan, context, k))
            continue
        lemma, kind = entry
        if kind not in SAYING or (kind == "propose" and scan.low(k + 1) != "that"):
            continue
        if (lemma in NEEDS_THAT or (kind == "deny" and lemma != "deny")) and "that" not in scan.lows[k + 1 : k + 5]:
            continue
        if lemma == "deny" and not _denies(scan, k):
            continue
        if scan.low(k - 1) == "to":
            found += _to_say(scan, context, k, lemma, kind)
            continue
        if scan.low(k - 1) in DETERMINER or (low in NOUNISH and not _says(scan, k)):
            continue
        if low in NOUNISH and REPORTS.get(scan.low(k - 1), ("", ""))[1] == "deny":
            continue  # "denied reports that"
        if scan.low(k - 1) in ("is", "was", "been", "be") and low != "saying":
            found += _impersonal(scan, context, k, lemma, kind)
            continue
        after = scan.low(k + 1)
        inverted = (scan.low(k - 1) in QUOTE or scan.low(k - 1) == ",") and (
            scan.actor_at(k + 1) is not None
            or after in DETERMINER
            or after in INSTITUTION
            or after in PERSON
            or scan.words[min(k + 1, size - 1)].capital
        )
        if inverted and k + 1 < size:
            who = speaker_after(scan, context, k)
            found.append(Report(k, lemma, kind, who[0], _open(scan, k), k, who[1], _when(scan, k)))
            continue
        who_ = subject(scan, k)
        speaker, codes = speaker_of(scan, context, who_)
        speaks = who_.kind == "other" and (
            lemma in ("say", "tell", "write", "report") or who_.text in PAPERS or kind == "propose"
        )
        if who_.kind in ("missing", "thing", "none", "indefinite") or (
            who_.kind == "other" and not codes and not speaks
        ):
            continue
        source = _cited(scan, context, k) if speaker == OTHER else None
        if source is not None:
            speaker, codes = source
        begin = clause_start(scan, k)
        closing = k + 1 >= size or after in (".", ",", "?", "!", ";") or after in QUOTE or _only_time(scan, k + 1)
        quoted_before = begin > 0 and (scan.low(begin - 1) == "," or scan.low(begin - 1) in QUOTE)
        if (
            not closing
            and quoted_before
            and after not in ("that", "how", "why")
            and not scan.words[k].quoted
            and not any(h.i > k for h in scan.hits)
        ):
            closing = _told(scan, begin)
        if closing and quoted_before and _open(scan, begin - 1) < begin - 2:
            inserted = after == "," and scan.low(begin - 1) == "," and k + 2 < size
            found.append(
                Report(k, lemma, kind, speaker, _open(scan, begin), size if inserted else begin, codes, _when(scan, k))
            )
        else:
            found.append(Report(k, lemma, kind, speaker, k + 1, _close(scan, k), codes, _when(scan, k)))
    return found


NOUNISH = wordlist("reports.NOUNISH")


NEEDS_THAT = wordlist("reports.NEEDS_THAT")


def _cited(scan: Scan, context: Context, k: int) -> tuple[str, tuple[str, ...]] | None:
    """Whom an outlet relies on: "a news agency reported, citing the ministry"."""
    at = next((x for x in range(k + 1, min(len(scan.lows), k + 7)) if scan.lows[x] in ("citing", "quoting")), None)
    if at is None:
        return None
    found = speaker_after(scan, context, at)
    return found if found[0] != OTHER else None


def _denies(scan: Scan, k: int) -> bool:
    after = scan.low(k + 1)
    return (
        after in ("that", "having", "it", "any", "ever")
        or after.endswith("ing")
        or "that" in scan.lows[k + 1 : k + 5]
        or after in (".", ",")
    )


def _says(scan: Scan, k: int) -> bool:
    return scan.low(k + 1) == "that"


BEFORE_TO_SAY = wordlist("reports.BEFORE_TO_SAY")


def _to_say(scan: Scan, context: Context, k: int, lemma: str, kind: str) -> list[Report]:
    """ "Were quick to note that", "used a speech to announce that": the subject of the verb before speaks."""
    if scan.low(k + 1) not in ("that", ":"):
        return []
    at = k - 2
    while at > 0 and scan.lows[at] not in BEFORE_TO_SAY:
        at -= 1
    who = subject(scan, at)
    if who.kind in ("missing", "thing", "other"):
        return []
    voice, codes = speaker_of(scan, context, who)
    return [Report(k, lemma, kind, voice, k + 1, _close(scan, k), codes)]


def _impersonal(scan: Scan, context: Context, k: int, lemma: str, kind: str) -> list[Report]:
    """ "It is underlined in the ministry that", "it was said in Warsaw that"."""
    max(0, k - 2)
    stop = k + 1
    while stop < len(scan.lows) and scan.lows[stop] not in (":", "that"):
        stop += 1
    if scan.low(stop) not in (":", "that"):
        return []
    inside = [a for a in scan.actors if k < a.i < stop]
    words = scan.lows[k + 1 : stop]
    voice, codes = named_speaker(
        scan, context, [c for a in inside for c in a.codes], words, inside[0].role if inside else ""
    )
    return [Report(k, lemma, kind, voice, stop, len(scan.lows), codes)] if words else []


def _told(scan: Scan, k: int) -> bool:
    """Is something told before token `k`, in a clause of its own?"""
    return any(h.j <= k for h in scan.hits)


def _when(scan: Scan, k: int) -> When | None:
    """The date that goes with a reporting verb ("declared on Friday that")."""
    for when in scan.whens:
        if k < when.i <= k + 3 and not when.attributive:
            return when
        if when.j <= k and k - when.j < 3 and not when.attributive:
            return when
    return None


SCENE = wordlist("reports.SCENE")


def _only_time(scan: Scan, k: int) -> bool:
    while k < len(scan.lows):
        low = scan.lows[k]
        when = scan.when_at(k)
        if when is not None:
            k = when.j
            continue
        if low in (".", "!", "?") or low in QUOTE:
            return True
        if low in SCENE:
            k += 1
            continue
        return False
    return True


def _open(scan: Scan, k: int) -> int:
    while k > 0 and scan.lows[k - 1] not in ("—", ";"):
        k -= 1
    return k


def _close(scan: Scan, k: int) -> int:
    depth = scan.words[k].quoted
    for x in range(k + 1, len(scan.lows)):
        if scan.lows[x] == ";" and any(w in ("had", "would") for w in scan.lows[x + 1 : x + 9]):
            continue
        if (
            scan.lows[x] == ","
            and x > k + 4
            and not scan.words[x].quoted
            and scan.low(x + 1) in ("which", "who", "whose", "a", "an")
            and not _goes_on(scan, x + 1)
        ):
            return x
        if scan.lows[x] in (";", "—") and not scan.words[x].quoted and scan.low(k + 1) != ":":
            return x
        if depth and scan.lows[x] in QUOTE:
            return x
    return len(scan.lows)


def _goes_on(scan: Scan, k: int) -> bool:
    """Does the verb of the clause come behind an inserted one (", which had suspended it, would not return")?"""
    close = next((x for x in range(k, min(len(scan.lows), k + 14)) if scan.lows[x] == "," and x > k + 1), None)
    if close is None:
        return False
    after = scan.low(close + 1)
    return (
        after in MODAL
        or after in HAVE
        or after in BE
        or any(h.i == close + 1 and h.form(PAST, THIRD) for h in scan.hits)
    )


def _according(scan: Scan, context: Context, k: int) -> Report:
    who, codes = speaker_after(scan, context, k + 1)
    return Report(k, "say", "say", who, 0, len(scan.lows), codes)


def _signed(scan: Scan, context: Context) -> Report | None:
    """A speaker named after a dash or colon at the end: a headline's "...: Foreign Ministry", a quotation's "- the President"."""
    for k in range(1, len(scan.lows) - 1):
        if scan.lows[k] in ("-", "–", "—") and scan.lows[k - 1] in QUOTE:
            actor = next((a for a in scan.actors if k < a.i <= k + 3), None)
            if actor is not None:
                codes = context.named(actor.codes)
                return Report(k, "say", "say", codes[0], 0, k, codes)
    for k in range(len(scan.lows) - 1, max(0, len(scan.lows) - 14), -1):
        if scan.lows[k] not in ("-", "–", "—", ":"):
            continue
        after = range(k + 1, len(scan.lows))
        quoted = scan.low(k - 1) in QUOTE
        if (scan.lows[k] == ":" and scan.when_at(k) is None) or (
            scan.lows[k] != ":" and (quoted or scan.lows[-1] not in (".", "!", "?"))
        ):
            names = [x for x in after if scan.actor_at(x) is not None or scan.lows[x] in INSTITUTION]
            first = scan.actor_at(k + 1) is not None or scan.low(k + 1) in INSTITUTION
            if (
                names
                and first
                and not any(k < h.i for h in scan.hits)
                and not any(scan.lows[x] in BE or scan.lows[x] in HAVE for x in after)
            ):
                inside = [a for a in scan.actors if a.i > k]
                if len(inside) > 1 and "," in scan.lows[k:]:
                    return None  # a list of states, not a speaker
                codes = context.named(tuple(c for a in inside for c in a.codes))[:1] or context.institution(scan, k + 1)
                if codes:
                    return Report(k, "say", "say", codes[0], 0, k, codes)
        return None
    return None


def speaker(scan: Scan, context: Context, at: int, found: list[Report]) -> tuple[str, Report | None]:
    """Who vouches for what stands at a token, and the report it stands in."""
    inside = [r for r in found if r.begin <= at < r.end]
    if inside:
        best = max(inside, key=lambda r: (r.begin, r.at))
        return best.speaker, best
    if scan.words[at].quoted and not _short_quote(scan, at):
        loose = [r for r in found if r.at < at or r.at > at]
        if loose:
            near = min(loose, key=lambda r: abs(r.at - at))
            return near.speaker, near
        if context.quote_speaker:
            return context.quote_speaker, None
        return OTHER, None
    if context.issuer:
        return context.issuer, None
    return AUTHOR, None


def _short_quote(scan: Scan, at: int) -> bool:
    i = j = at
    while i > 0 and scan.words[i - 1].quoted:
        i -= 1
    while j + 1 < len(scan.words) and scan.words[j + 1].quoted:
        j += 1
    return j - i < 6
