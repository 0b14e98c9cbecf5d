"""Who vouches for what: reporting verbs with their speakers, and the words they reach over."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.extraction.clauses import clause_start
from servanda.extraction.context import Context
from servanda.extraction.grammar import BE, DETERMINER, HAVE, INSTITUTION, MODAL, PAST, PERSON, QUOTE, REPORTS, THIRD
from servanda.extraction.scan import Scan
from servanda.extraction.speakers import PAPERS, named_speaker, speaker_after, speaker_of
from servanda.extraction.subjects import subject
from servanda.extraction.when import When
from servanda.extraction.words import wordlist
from servanda.model.claims import AUTHOR, OTHER

SAYING = wordlist("reports.SAYING")
NOUNISH = wordlist("reports.NOUNISH")
NEEDS_THAT = wordlist("reports.NEEDS_THAT")
BEFORE_TO_SAY = wordlist("reports.BEFORE_TO_SAY")
SCENE = wordlist("reports.SCENE")
PLAINLY = frozenset(["say", "tell", "write", "report"])  # what anybody may do, named or not
DASHES = frozenset(["-", "–", "—"])
HUNG = frozenset(["which", "who", "whose", "a", "an"])  # behind a comma: hung on a name


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
    signed = _signed(scan, context)
    found = [signed] if signed is not None else []
    for k, low in enumerate(scan.lows):
        if low == "according" and scan.low(k + 1) == "to":
            who, codes = speaker_after(scan, context, k + 1)
            found.append(Report(k, "say", "say", who, 0, len(scan.lows), codes))
        elif low in REPORTS and not scan.taken[k] and _tells(scan, k):
            found += _report(scan, context, k)
    return found


def _tells(scan: Scan, k: int) -> bool:
    """Does a reporting verb report something here, rather than name a thing ("a report") or do something else ("deny access")?"""
    low, before, after = scan.lows[k], scan.low(k - 1), scan.low(k + 1)
    lemma, kind = REPORTS[low]
    if kind not in SAYING or (kind == "propose" and after != "that"):
        return False
    if (lemma in NEEDS_THAT or (kind == "deny" and lemma != "deny")) and "that" not in scan.lows[k + 1 : k + 5]:
        return False
    if lemma == "deny" and not _denies(scan, k):
        return False
    if before == "to":
        return True
    if before in DETERMINER:
        return False
    return low not in NOUNISH or (
        after == "that" and REPORTS.get(before, ("", ""))[1] != "deny"
    )  # "denied reports that"


def _report(scan: Scan, context: Context, k: int) -> list[Report]:
    """The report a verb makes: of whom, and of which words."""
    size, before, after = len(scan.lows), scan.low(k - 1), scan.low(k + 1)
    lemma, kind = REPORTS[scan.lows[k]]
    if before == "to":
        return _to_say(scan, context, k, lemma, kind)
    if before in ("is", "was", "been", "be") and scan.lows[k] != "saying":
        return _impersonal(scan, context, k, lemma, kind)
    turned = (before in QUOTE or before == ",") and not (scan.lows[k].endswith("ing") or after == "that")
    if k + 1 < size and turned and _names_speaker(scan, k + 1):
        voice, codes = speaker_after(scan, context, k)
        return [Report(k, lemma, kind, voice, _open(scan, k), k, codes, _when(scan, k))]
    who = subject(scan, k)
    speaker, codes = speaker_of(scan, context, who)
    if who.kind in ("missing", "thing", "none", "indefinite"):
        return []
    if who.kind == "other" and not (codes or lemma in PLAINLY or who.text in PAPERS or kind == "propose"):
        return []
    speaker, codes = (_cited(scan, context, k) if speaker == OTHER else None) or (speaker, codes)
    begin = clause_start(scan, k)
    behind = begin > 0 and (scan.low(begin - 1) == "," or scan.low(begin - 1) in QUOTE)
    if behind and _closes(scan, k, begin) and _open(scan, begin - 1) < begin - 2:
        inserted = after == "," and scan.low(begin - 1) == "," and k + 2 < size
        return [Report(k, lemma, kind, speaker, _open(scan, begin), size if inserted else begin, codes, _when(scan, k))]
    return [Report(k, lemma, kind, speaker, k + 1, _close(scan, k), codes, _when(scan, k))]


def _names_speaker(scan: Scan, k: int) -> bool:
    """Does a speaker's name or office begin at a token: "said the minister", "said Lavrov"?"""
    low = scan.lows[k]
    named = scan.words[k].capital or scan.actor_at(k) is not None
    return named or low in DETERMINER or low in INSTITUTION or low in PERSON


def _closes(scan: Scan, k: int, begin: int) -> bool:
    """Does a reporting verb end what was said before it, with nothing reported behind it?"""
    after = scan.low(k + 1)
    if after in ("", ".", ",", "?", "!", ";") or after in QUOTE or _only_time(scan, k + 1):
        return True
    if after in ("that", "how", "why") or scan.words[k].quoted or any(h.i > k for h in scan.hits):
        return False
    return any(h.j <= begin for h in scan.hits)


def _cited(scan: Scan, context: Context, k: int) -> tuple[str, tuple[str, ...]] | None:
    """Whom an outlet relies on: "a news agency reported, citing the ministry"."""
    at = next((x for x in range(k + 1, k + 7) if scan.low(x) in ("citing", "quoting")), None)
    found = speaker_after(scan, context, at) if at is not None else (OTHER, ())
    return found if found[0] != OTHER else None


def _denies(scan: Scan, k: int) -> bool:
    after = scan.low(k + 1)
    return (
        after in ("having", "it", "any", "ever", ".", ",")
        or after.endswith("ing")
        or "that" in scan.lows[k + 1 : k + 5]
    )


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
    stop = next((x for x in range(k + 1, len(scan.lows)) if scan.lows[x] in (":", "that")), k + 1)
    inside = [a for a in scan.actors if k < a.i < stop]
    words = scan.lows[k + 1 : stop]
    voice, codes = named_speaker(
        scan, context, [c for a in inside for c in a.codes], words, inside[0].role if inside else ""
    )
    return [Report(k, lemma, kind, voice, stop, len(scan.lows), codes)] if words else []


def _when(scan: Scan, k: int) -> When | None:
    """The date that goes with a reporting verb ("declared on Friday that")."""
    near = (w for w in scan.whens if k < w.i <= k + 3 or k - 3 < w.j <= k)
    return next((w for w in near if not w.attributive), None)


def _only_time(scan: Scan, k: int) -> bool:
    """Do only a time and a place follow ("said on Monday in Moscow.")?"""
    while (when := scan.when_at(k)) is not None or scan.low(k) in SCENE:
        k = when.j if when is not None else k + 1
    return scan.low(k) in ("", ".", "!", "?") or scan.low(k) in QUOTE


def _open(scan: Scan, k: int) -> int:
    """Where what is reported before token `k` begins."""
    return next((x + 1 for x in range(k - 1, -1, -1) if scan.lows[x] in ("—", ";")), 0)


def _close(scan: Scan, k: int) -> int:
    """Where what is reported behind a verb ends."""
    for x in range(k + 1, len(scan.lows)):
        low, quoted = scan.lows[x], scan.words[x].quoted
        if low == ";" and any(w in ("had", "would") for w in scan.lows[x + 1 : x + 9]):
            continue
        hung = low == "," and x > k + 4 and scan.low(x + 1) in HUNG and not _goes_on(scan, x + 1)
        broken = low in (";", "—") and scan.low(k + 1) != ":"
        if ((hung or broken) and not quoted) or (scan.words[k].quoted and low in QUOTE):
            return x
    return len(scan.lows)


def _goes_on(scan: Scan, k: int) -> bool:
    """Does the verb of the clause come behind an inserted one (", which had suspended it, would not return")?"""
    after = next((x + 1 for x in range(k + 2, k + 14) if scan.low(x) == ","), -1)
    return scan.low(after) in MODAL | HAVE | BE or any(h.i == after and h.form(PAST, THIRD) for h in scan.hits)


def _signed(scan: Scan, context: Context) -> Report | None:
    """A speaker named after a dash or colon at the end: a headline's "...: Foreign Ministry", a quotation's "- the President"."""
    lows = scan.lows
    for k in range(1, len(lows) - 1):
        actor = next((a for a in scan.actors if k < a.i <= k + 3), None)
        if lows[k] in DASHES and lows[k - 1] in QUOTE and actor is not None:
            codes = context.named(actor.codes)
            return Report(k, "say", "say", codes[0], 0, k, codes)
    k = next((x for x in range(len(lows) - 1, max(0, len(lows) - 14), -1) if lows[x] in DASHES or lows[x] == ":"), -1)
    if k < 0 or (scan.when_at(k) if lows[k] == ":" else scan.low(k - 1) not in QUOTE and lows[-1] in (".", "!", "?")):
        return None
    inside = [a for a in scan.actors if a.i > k]
    listed = len(inside) > 1 and "," in lows[k:]  # a list of states, not a speaker
    told = any(k < h.i for h in scan.hits) or any(w in BE or w in HAVE for w in lows[k + 1 :])
    if listed or told or (scan.actor_at(k + 1) is None and scan.low(k + 1) not in INSTITUTION):
        return None
    codes = context.named(tuple(c for a in inside for c in a.codes))[:1] or context.institution(scan, k + 1)
    return Report(k, "say", "say", codes[0], 0, k, codes) if codes else None


def speaker(scan: Scan, context: Context, at: int, found: list[Report]) -> tuple[str, Report | None]:
    """Who vouches for what stands at a token, and the report it stands in."""
    inside = [r for r in found if r.begin <= at < r.end]
    if inside:
        best = max(inside, key=lambda r: (r.begin, r.at))
        return best.speaker, best
    if scan.words[at].quoted and not _short_quote(scan, at):
        if found:
            near = min(found, key=lambda r: abs(r.at - at))
            return near.speaker, near
        if context.quote_speaker:
            return context.quote_speaker, None
        return OTHER, None
    if context.issuer:
        return context.issuer, None
    return AUTHOR, None


def _short_quote(scan: Scan, at: int) -> bool:
    """Is a token quoted as a word or two, and not as speech?"""
    unquoted = [k for k, w in enumerate(scan.words) if not w.quoted]
    before = max((k for k in unquoted if k < at), default=-1)
    return min((k for k in unquoted if k > at), default=len(scan.words)) - before < 8
