"""How a claim is made: told as done, denied, planned, urged, threatened, supposed, held as a view."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.extraction.clauses import clause_start
from servanda.extraction.context import Context
from servanda.extraction.grammar import BASE, REFUSING
from servanda.extraction.reports import Report
from servanda.extraction.scan import Scan
from servanda.extraction.speakers import speaker_of
from servanda.extraction.subjects import Subject, subject
from servanda.extraction.verbgroups import GERUND, INFINITIVE, PROGRESSIVE, Verb, controller
from servanda.extraction.when import ORDINALS
from servanda.extraction.words import wordlist
from servanda.model.claims import AUTHOR, OTHER

FOREMOST = frozenset(["first", "last", "only", "latest", "sole"])
VIEW = wordlist("mood.VIEW")
OWNERS = wordlist("mood.OWNERS")
NO = wordlist("mood.NO")
SUPPOSING = wordlist("mood.SUPPOSING")
# words an infinitive hangs on, by what they make of it
HAPPENED = wordlist("mood.HAPPENED")
WAITING = wordlist("mood.WAITING")
ABOUT_TO = wordlist("mood.ABOUT_TO")
ABLE = wordlist("mood.ABLE")
RESERVED = wordlist("mood.RESERVED")
CALLS_FOR = wordlist("mood.CALLS_FOR")
INTENTION = wordlist("mood.INTENTION")
ALTERNATIVE = wordlist("mood.ALTERNATIVE")
TAKEN_BACK = wordlist("mood.TAKEN_BACK")
# "is considering leaving", "ruled out leaving"
WEIGHING = wordlist("mood.WEIGHING")
RULED_OUT = wordlist("mood.RULED_OUT")
WITHOUT_HOPE = wordlist("forms.WITHOUT_HOPE")
KEPT_BACK = wordlist("forms.KEPT_BACK")
PROMISED = wordlist("forms.PROMISED")
UNKEPT = wordlist("forms.UNKEPT")


@dataclass(slots=True)
class Mood:
    """Modality and polarity of a claim, and who in it is bound to be the speaker or the doer, where the words say so."""

    modality: str
    negated: bool
    speaker: str | None = None
    controller: int | None = None


def mood(scan: Scan, context: Context, used: Verb, who: Subject, report: Report | None, said_by: str) -> Mood:
    """How a claim is made, by the verb group, what governs it, and the report it stands in. `said_by` is the report's speaker."""
    negated = used.negated or who.negated or who.kind == "none"
    view = _view(scan, context, used, negated)
    if view is not None:
        return view
    if any(tuple(scan.lows[x : x + 3]) in UNTRUE for x in range(max(0, used.start - 16), used.start - 2)):
        return Mood("denied", True)
    supposed = _supposed(scan, used, report)
    if used.aspect == INFINITIVE:
        return _infinitive(scan, context, used, negated, supposed, said_by)
    if report is not None and report.kind == "predict" and used.to is None:
        return Mood("reported_opinion", negated)
    helped = _helped(scan, used, who, report, negated, supposed, said_by)
    if helped is not None:
        return helped
    if report is not None and (
        report.kind == "deny" or (negated and report.kind in TELLING and report.speaker != AUTHOR)
    ):
        return Mood("denied", True)
    if supposed:
        return Mood("hypothetical", negated)
    return _plain(scan, used, report, negated)


def _view(scan: Scan, context: Context, used: Verb, negated: bool) -> Mood | None:
    """ "In its view, ...": an opinion, and whose."""
    for x in range(max(0, used.start - 14), used.start):
        if scan.lows[x] in VIEW and scan.low(x - 1) in OWNERS and scan.low(x - 2) != "of":
            if scan.low(x - 1) == "my":
                return Mood("reported_opinion", negated)
            whose = scan.actor_at(x - 2)
            return Mood("reported_opinion", negated, context.named(whose.codes)[0] if whose else OTHER)
    return None


def _supposed(scan: Scan, used: Verb, report: Report | None) -> bool:
    """Does a clause stand under an "if", where it is no promise?"""
    if _were_to(scan, used):
        return True
    if report is not None and report.kind == "promise":
        return False
    begin = clause_start(scan, used.start)
    near = scan.lows[max(0, begin - 2) : used.start]
    return any(low in ("if", "unless", "suppose", "supposing") for low in near) or scan.lows[0] in SUPPOSING


def _infinitive(scan: Scan, context: Context, used: Verb, negated: bool, supposed: bool, said_by: str) -> Mood:
    """The mood of "to withdraw", by the word it hangs on."""
    lows = scan.lows
    to = used.to or 0
    kind, at = controller(scan, to)
    if kind == "urge":
        return Mood("urged", negated or scan.low(to - 1) == "not", _urger(scan, context, at), at)
    if kind == "threaten":
        return Mood("threatened", negated, controller=at)
    if kind == "intend":
        if any(low in TAKEN_BACK for low in lows[max(0, at - 4) : at]):
            return Mood("planned", True, controller=at)
        negated = negated or scan.low(at - 1) in NO or scan.low(at - 2) in NO
        return Mood("hypothetical" if supposed and not said_by else "planned", negated, controller=at)
    word = lows[at]
    if (
        word in HAPPENED
        or any(low in ("used", "went") for low in lows[max(0, at - 9) : at])
        or any(foremost(low) for low in lows[max(0, at - 4) : at])
        or (word in ("was", "is") and "what" in lows[:at])
    ):
        return Mood("done", negated, controller=at)
    if supposed:
        return Mood("hypothetical", negated, controller=at)
    barred = word in ("allowed", "let", "permitted") and any(low in NO for low in lows[max(0, at - 2) : at])
    if barred or word in WAITING | REFUSING or word in ("ceased", "ceases", "stopped"):
        return Mood("done", True, controller=at)
    if word == "ready" and "would" in lows[max(0, at - 4) : at]:
        return Mood("hypothetical", negated, controller=at)
    if word == "decided" and used.trigger.events[0][0] == "succeed":
        return Mood("done", negated, controller=at)
    if word in ABLE and word not in ABOUT_TO:
        meant = word == "right" and any(low in RESERVED for low in lows)
        return Mood("threatened" if meant else "hypothetical", negated, controller=at)
    return Mood("planned", negated, controller=at)


def _helped(
    scan: Scan, used: Verb, who: Subject, report: Report | None, negated: bool, supposed: bool, said_by: str
) -> Mood | None:
    """The mood told by would, could, should, will; None where no such word helps."""
    aux, lows = used.auxiliaries, scan.lows
    warned = report is not None and report.lemma in ("warn", "threaten")
    itself = who.kind == "pronoun" and who.text in ("it", "we")
    own = report is not None and (itself or report.speaker in who.codes or report.lemma == "threaten")
    if any(a in ("would", "'d") for a in aux):
        if (
            supposed
            or report is None
            or any(low in ("if", "suppose") for low in lows[max(0, used.start - 8) : used.start])
        ):
            return Mood("hypothetical", negated)
        if warned:
            return Mood("threatened" if own else "hypothetical", negated)
        if "right" in lows[report.at : used.start] and "exercise" in lows:
            return Mood("threatened", negated)
        return Mood("planned", negated)
    if "to" in aux and any(a in ("is", "are") for a in aux):
        return Mood("planned", negated)
    if any(a in ("could", "might", "may") for a in aux):
        return Mood("threatened" if warned and own else "hypothetical", negated)
    if any(a in ("can", "cannot") for a in aux):
        return Mood("hypothetical", negated or "cannot" in aux)
    if any(a in ("should", "must", "ought") for a in aux):
        return Mood("urged", negated, said_by)
    if any(a in ("will", "shall", "'ll", "won") for a in aux):
        if warned and own and report is not None:
            return Mood("threatened", negated, report.speaker)
        condition = any(lows[x] in ("if", "unless") and scan.low(x - 1) != "as" for x in range(used.start, len(lows)))
        if condition and report is not None and report.speaker in who.codes and not negated:
            return Mood("threatened", negated)
        return Mood("hypothetical" if supposed else "planned", negated)
    return None


def _plain(scan: Scan, used: Verb, report: Report | None, negated: bool) -> Mood:
    """The mood of a verb that nothing but its own form speaks for."""
    lows = scan.lows
    before = lows[max(0, used.start - 4) : used.start]
    if used.aspect == PROGRESSIVE and not negated and any(a in ("is", "are", "'s", "'re") for a in used.auxiliaries):
        return Mood("planned", negated)
    if used.aspect == GERUND:
        return _gerund(scan, used.start, before, negated)
    bare = used.trigger.form == BASE and not used.auxiliaries
    if bare and report is not None and report.lemma in CALLS_FOR:
        return Mood("urged", negated, report.speaker)
    return Mood("done", negated)


def _gerund(scan: Scan, at: int, before: list[str], negated: bool) -> Mood:
    """The mood of "leaving", by the words `before` it."""
    last = before[-1] if before else ""
    if any(low in INTENTION for low in before):
        return Mood("planned", negated or "no" in scan.lows[max(0, at - 5) : at])
    if last == "against":
        return Mood("planned", True)  # "decided against leaving", "voted against leaving"
    if last and _hopeless(before):
        return Mood("reported_opinion", True)
    if any(low in PROMISED for low in scan.lows[max(0, at - 7) : at]):
        return Mood("done", True) if unkept(scan, at) else Mood("planned", False)
    if any(low in RULED_OUT for low in before):
        return Mood("planned", True)
    if before[-2:] == ["short", "of"]:
        return Mood("done", True)
    governed = last in ("of", "from", "without", "than", "before") and any(low in ALTERNATIVE for low in before)
    return Mood("hypothetical" if governed or last in WEIGHING else "done", negated)


UNTRUE = frozenset(
    tuple(words.split())
    for words in ("not true that", "is false that", "is untrue that", "no truth that", "not correct that")
)
TELLING = frozenset(["say", "announce"])  # kinds of reporting verbs
SPEAKING = frozenset(["actor", "institution", "person", "pronoun", "collective"])


def _hopeless(before: list[str]) -> bool:
    """ "No chance of reviving it", "little hope of a return"."""
    hope = next((k for k, low in enumerate(before) if low in WITHOUT_HOPE), None)
    return hope is not None and before[-1] in ("of", "for") and any(low in KEPT_BACK for low in before[:hope])


def unkept(scan: Scan, at: int) -> bool:
    """Is a promise said not to have been kept, behind what was promised?"""
    rest = scan.lows[at:]
    return any(
        low in UNKEPT and (low == "broken" or any(w in NO or w == "never" for w in rest[max(0, k - 3) : k]))
        for k, low in enumerate(rest)
    )


def _were_to(scan: Scan, used: Verb) -> bool:
    """Is it told as "were it to leave", "if it were to leave"?"""
    if used.to is None or scan.low(used.to - 1) != "were":
        return False
    return "if" in scan.lows or "suppose" in scan.lows or scan.low(used.to - 3) in ("", "that")


def _urger(scan: Scan, context: Context, at: int) -> str | None:
    """Who urges; None where the verb is passive or nobody who can speak is named."""
    if scan.low(at - 1) in ("been", "was", "were", "is", "are", "being"):
        return None
    who = subject(scan, at)
    return speaker_of(scan, context, who)[0] if who.kind in SPEAKING else None


def foremost(low: str) -> bool:
    """Does a word pick one out of a row, so that an infinitive behind it tells what it did ("the fiftieth to ratify")?"""
    return (
        low in FOREMOST
        or (low.endswith(("th", "st", "nd", "rd")) and low[:1].isdigit())
        or low in ORDINALS
        or low.endswith("ieth")
    )
