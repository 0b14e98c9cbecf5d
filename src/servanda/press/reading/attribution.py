"""Who vouches for a claim, and how: told, denied, planned, urged, threatened, supposed, held as a view."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.press.claims import AUTHOR, OTHER
from servanda.press.reading.context import Context
from servanda.press.reading.grammar import (
    BASE,
    BE,
    DETERMINER,
    HAVE,
    INSTITUTION,
    MODAL,
    NOUN,
    OFFICIAL,
    PERSON,
    QUOTE,
    REPORTS,
    STRONG_BREAK,
)
from servanda.press.reading.lexicon import ADJECTIVE
from servanda.press.reading.scan import Scan
from servanda.press.reading.syntax import (
    GERUND,
    INFINITIVE,
    PROGRESSIVE,
    Subject,
    Verb,
    clause_start,
    controller,
    subject,
)
from servanda.press.reading.when import When

SAYING = frozenset(["say", "announce", "claim", "deny", "promise", "predict", "propose"])
VIEW = frozenset(["view", "opinion", "eyes", "reading", "judgment", "judgement"])
SUPPOSE = frozenset("if unless suppose supposing should imagine were whether provided".split())
DEAD = frozenset(["dead", "defunct", "history", "obsolete", "moribund", "buried", "extinct"])


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
            who = _named_after(scan, context, k)
            found.append(Report(k, lemma, kind, who[0], _open(scan, k), k, who[1], _when(scan, k)))
            continue
        who_ = subject(scan, k)
        speaker, codes = speaker_of(scan, context, who_)
        speaks = who_.kind == "other" and (
            lemma in ("say", "tell", "write") or who_.text in PAPERS or kind == "propose"
        )
        if who_.kind in ("missing", "thing", "none", "indefinite") or (
            who_.kind == "other" and not codes and not speaks
        ):
            continue
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


NOUNISH = frozenset(
    (
        "replies reports claims notes states answers comments quotes plans promises demands records points reads "
        "report claim note state answer comment record fears doubts expects charges"
    ).split()
)
ABOUT = frozenset(["quick", "keen", "careful", "eager", "pains", "slow", "anxious"])


NEEDS_THAT = frozenset(
    "hold find put record read point assume consider feel suggest maintain observe think believe doubt reply answer respond "
    "remark inform communicate signal reveal determine comment quote joke".split()
)


def _denies(scan: Scan, k: int) -> bool:
    after = scan.low(k + 1)
    return (
        after in ("that", "having", "it", "any", "ever")
        or after.endswith("ing")
        or "that" in scan.lows[k + 1 : k + 5]
        or after in (".", ",")
    )


def _says(scan: Scan, k: int) -> bool:
    return scan.low(k + 1) == "that" or (scan.actor_at(k - 1) is not None and scan.lows[k] != "states")


BEFORE_TO_SAY = frozenset("was were is are used went took chose wrote came spoke appeared had has have written".split())


def _to_say(scan: Scan, context: Context, k: int, lemma: str, kind: str) -> list[Report]:
    """ "Were quick to note that", "used a speech to announce that": the subject of the verb before speaks."""
    if scan.low(k + 1) not in ("that", ":") and kind != "announce":
        return []
    at = k - 2
    while at > 0 and scan.lows[at] not in BEFORE_TO_SAY:
        at -= 1
    if at <= 0:
        return []
    who = subject(scan, at)
    if who.kind in ("missing", "thing", "other"):
        return []
    voice, codes = speaker_of(scan, context, who)
    return [Report(k, lemma, kind, voice, k + 1, _close(scan, k), codes)]


def _impersonal(scan: Scan, context: Context, k: int, lemma: str, kind: str) -> list[Report]:
    """ "It is underlined in the ministry that", "it was said in Warsaw that"."""
    start = max(0, k - 2)
    if scan.low(start) != "it" and scan.low(k - 2) != "it":
        return []
    stop = k + 1
    while stop < len(scan.lows) and scan.lows[stop] not in (":", "that") and stop - k < 9:
        stop += 1
    if scan.low(stop) not in (":", "that"):
        return []
    inside = [a for a in scan.actors if k < a.i < stop]
    words = scan.lows[k + 1 : stop]
    voice, codes = _who(scan, context, [c for a in inside for c in a.codes], words, inside[0].role if inside else "")
    return [Report(k, lemma, kind, voice, stop, len(scan.lows), codes)] if words else []


PAPERS = frozenset("notification note letter statement communique communication declaration text message".split())


def _told(scan: Scan, k: int) -> bool:
    """Is something told before token `k`, in a clause of its own?"""
    return any(scan.lows[x] in MODAL or scan.lows[x] in BE or scan.lows[x] in HAVE for x in range(k)) or any(
        h.j <= k for h in scan.hits
    )


def _when(scan: Scan, k: int) -> When | None:
    """The date that goes with a reporting verb ("declared on Friday that")."""
    for when in scan.whens:
        if k < when.i <= k + 3 and not when.attributive:
            return when
        if when.j <= k and k - when.j < 3 and not when.attributive:
            return when
    return None


SCENE = frozenset(
    "on in at late early to reporters us the a journalists news conference parliament here again afterwards later press briefing interview statement separately today this newspaper radio television meeting session joint earlier last week month year".split()
)


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
        ):
            return x
        if scan.lows[x] in (";", "—") and not scan.words[x].quoted and scan.low(k + 1) != ":":
            return x
        if depth and scan.lows[x] in QUOTE:
            return x
    return len(scan.lows)


def _according(scan: Scan, context: Context, k: int) -> Report:
    who, codes = _named_after(scan, context, k + 1)
    return Report(k, "say", "say", who, 0, len(scan.lows), codes)


def _named_after(scan: Scan, context: Context, k: int) -> tuple[str, tuple[str, ...]]:
    end = k + 1
    while end < len(scan.lows) and scan.lows[end] not in STRONG_BREAK and scan.lows[end] != "," and end - k < 10:
        end += 1
    inside = [a for a in scan.actors if k < a.i < end]
    words = scan.lows[k + 1 : end]
    return _who(scan, context, [c for a in inside for c in a.codes], words, inside[0].role if inside else "")


def speaker_of(scan: Scan, context: Context, who: Subject) -> tuple[str, tuple[str, ...]]:
    """The code, `other` or `author` for the subject of a reporting verb."""
    begin = clause_start(scan, who.at) if who.at >= 0 else 0
    words = scan.lows[begin : max(who.at + 8, begin)] if who.at >= 0 else []
    if who.kind == "actor":
        row = who.actors
        end = row[-1].j if row else who.at + 1
        near = _near(scan, clause_start(scan, row[0].i), row[0].i, end) if row else words
        return _who(scan, context, list(who.codes), near, row[0].role if row else "")
    if who.kind == "pronoun":
        if who.text in ("we", "i"):
            return (context.issuer or OTHER, (context.issuer,) if context.issuer else ())
        if who.text in ("he", "she") and who.text in context.offices:
            return context.offices[who.text], (context.offices[who.text],)
        codes = context.subjects
        return (codes[0], codes) if codes else (OTHER, ())
    if who.kind == "institution":
        if who.text in PERSON and who.text not in OFFICIAL:
            return OTHER, ()
        if scan.low(who.at).endswith("s") and who.text in ("officials", "diplomats", "delegates"):
            codes = tuple(c for a in scan.actors if a.j <= who.at + 1 for c in a.codes)[-1:]
            return (codes[0], codes) if codes else (OTHER, ())
        codes = context.institution(scan, who.at)
        return (codes[0], codes) if codes else (OTHER, ())
    if who.kind == "other" and who.text in PAPERS:
        return (context.subjects[0], context.subjects) if context.subjects else (OTHER, ())
    if who.kind in ("person", "collective"):
        if who.text in OFFICIAL and any(
            w in ("ministry", "government", "foreign", "defence", "defense", "kremlin") for w in words
        ):
            codes = context.institution(scan, who.at)
            return (codes[0], codes) if codes else (OTHER, ())
        return OTHER, ()
    return OTHER, ()


def _near(scan: Scan, begin: int, i: int, j: int) -> list[str]:
    """The words round a name that say what its bearer is, up to the next mark."""
    stop = j
    while (
        stop < len(scan.lows)
        and stop < j + 5
        and scan.lows[stop] not in STRONG_BREAK
        and scan.lows[stop] not in QUOTE
        and scan.lows[stop] != ","
    ):
        stop += 1
    return scan.lows[max(begin, i - 4) : stop]


def _signed(scan: Scan, context: Context) -> Report | None:
    """A speaker named after a dash or colon at the end: a headline's "...: Foreign Ministry", a quotation's "- the President"."""
    for k in range(1, len(scan.lows) - 1):
        if scan.lows[k] in ("-", "–", "—") and scan.lows[k - 1] in QUOTE:
            actor = next((a for a in scan.actors if k < a.i <= k + 3), None)
            if actor is not None:
                return Report(k, "say", "say", actor.codes[0], 0, k, actor.codes)
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
                codes = tuple(c for a in inside for c in a.codes)[:1] or context.institution(scan, k + 1)
                if codes:
                    return Report(k, "say", "say", codes[0], 0, k, codes)
        return None
    return None


SPEAKS_FOR = frozenset("ministry office spokeswoman spokesman spokesperson parliament government statement".split())
OUTLETS = frozenset("agency newspaper newspapers media report reports".split())


def _who(scan: Scan, context: Context, codes: list[str], words: list[str], role: str) -> tuple[str, tuple[str, ...]]:
    people = [w for w in words if w in PERSON]
    official = [w for w in words if w in OFFICIAL or w in SPEAKS_FOR]
    if people and not official and codes and role != ADJECTIVE:
        if any(w in OUTLETS for w in people) and role == ADJECTIVE:
            return OTHER, ()
        return (OTHER, ()) if people[0] not in ("lawyers", "report") else (codes[0], tuple(codes))
    if people and codes and role == ADJECTIVE and not official:
        return (codes[0], tuple(codes)) if people[0] in ("lawyers", "lawyer") else (OTHER, ())
    if codes:
        return codes[0], tuple(codes)
    if official or any(w in INSTITUTION for w in words):
        found = context.institution(scan, len(scan.lows))
        if found and not people:
            return found[0], found
    return OTHER, ()


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


@dataclass(slots=True)
class Mood:
    """Modality and polarity of a claim, and who in it is bound to be the speaker or the doer, where the words say so."""

    modality: str
    negated: bool
    speaker: str | None = None
    actors: tuple[str, ...] | None = None
    controller: int | None = None


FAILING = frozenset(
    "refuse decline fail failed refused declined neglected fails refuses declines failure refusal refusing failing declining".split()
)
ABOUT_TO = frozenset("is are due set expected going about scheduled ready poised was were".split())
ABLE = frozenset(
    "have has had able free possible need needs allowed entitled right ought way easy hard difficult".split()
)
CALLS_FOR = frozenset("move propose recommend demand suggest insist ask urge".split())
OWNERS = frozenset("his her their its 's my this".split())
HAPPENED = frozenset(
    "used went moved voted votes managed proceeded began came served first last only seventh second third helped combined met gathered rushed".split()
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


__all__ = "DEAD ORGANISATION VIEW Mood Report mood reports speaker speaker_of".split()
