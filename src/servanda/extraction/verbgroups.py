"""The verb group round a trigger: voice, aspect, what helps and what negates it; what an infinitive hangs on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from servanda.extraction.clauses import says
from servanda.extraction.grammar import (
    BASE,
    BE,
    DETERMINER,
    DO,
    HAVE,
    ING,
    INTENDS,
    LAW,
    MODAL,
    NEGATOR,
    NOTICE,
    NOUN,
    PARTICIPLE,
    PAST,
    PREPOSITION,
    QUOTE,
    STRONG_BREAK,
    THIRD,
    THREATENS,
    URGES,
    adverbial,
)
from servanda.extraction.lexicon import ADJECTIVE, CAPITAL
from servanda.extraction.scan import Hit, Scan
from servanda.extraction.triggers import Trigger
from servanda.extraction.when import UNITS
from servanda.extraction.words import wordlist

ACTIVE, PASSIVE, NOMINAL = "active", "passive", "nominal"


FINITE, PERFECT, PROGRESSIVE, INFINITIVE, GERUND = "finite", "perfect", "progressive", "infinitive", "gerund"


@dataclass(slots=True)
class Verb:
    """A trigger as used: the option chosen, voice, aspect, where its group begins, and the words in it."""

    trigger: Trigger
    voice: str
    aspect: str
    start: int
    auxiliaries: tuple[str, ...] = ()
    negated: bool = False
    reduced: bool = False  # a participle hung on a noun: "the treaty signed in 1990"
    to: int | None = None  # where its "to" stands


INSERTED = wordlist("forms.INSERTED")
HELPING = BE | HAVE | DO | MODAL | {"to"}
NO_HELP = frozenset(["none", "nobody", "nothing", "no", "without"])
QUOTES = QUOTE | {"‘", "'"}
ENDS_PHRASE = PREPOSITION | BE | STRONG_BREAK | {",", ""}  # what may follow a participle hung on a noun
BEFORE_TO = wordlist("verbgroups.BEFORE_TO")


def verb(scan: Scan, hit: Hit) -> Verb | None:
    """How a trigger is used, None where it is no verb or noun of this kind here."""
    start = _group_start(scan, hit.i)
    helpers = range(start - (scan.low(start - 1) == "to"), hit.i)
    words = tuple(scan.lows[x] for x in helpers if _helps(scan.lows[x]))
    negated = any(scan.lows[x] in NEGATOR for x in range(start, hit.i))
    last = words[-1] if words else ""
    to = next((x for x in reversed(helpers) if scan.lows[x] == "to"), None)
    negated = negated or (to is not None and scan.low(to - 1) == "yet")
    if last in BE:
        perfect = PERFECT if any(w in HAVE for w in words) else FINITE
        helped = [(ING, ACTIVE, PROGRESSIVE), (PARTICIPLE, PASSIVE, perfect)]
    elif last in HAVE:
        helped = [(PARTICIPLE, ACTIVE, PERFECT)]
    else:
        helped = [(BASE, ACTIVE, INFINITIVE if last == "to" else FINITE)] if last else []
    for form, voice, aspect in helped:
        if (o := hit.form(form)) is not None:
            return Verb(o, voice, aspect, start, words, negated, to=to)
    noun = hit.form(NOUN)
    if noun is not None and (not hit.form(BASE, THIRD, PAST, ING) or _nominal(scan, hit)):
        return Verb(noun, NOMINAL, NOUN, hit.i, (), _negated_noun(scan, hit))
    return _alone(scan, hit, Verb(hit.options[0], ACTIVE, FINITE, start, words, negated))


def _group_start(scan: Scan, at: int) -> int:
    """Where the words that help and negate a verb begin, behind the "to" of an infinitive."""
    k = at - 1
    while k >= 0:
        low, before = scan.lows[k], scan.low(k - 1)
        if scan.when_at(k) is not None and low in MODAL:
            break  # the month of May
        if low == "," and before in INSERTED and scan.low(k - 2) == ",":
            k -= 3  # "does not, however, leave"
            continue
        if low == "and" and before.endswith("ly") and adverbial(scan.low(k + 1)):
            k -= 1  # "has flagrantly and repeatedly violated"
            continue
        if low == "neither" and not (before in HAVE or before in BE or adverbial(before)):
            break
        if low in NO_HELP or (low in ("both", "all") and not before.isalpha()):
            break
        if not (_helps(low) or low in NEGATOR or adverbial(low) or low in QUOTES):
            break
        if low == "to" and before not in BEFORE_TO:
            break
        k -= 1
    return k + 1


def _alone(scan: Scan, hit: Hit, plain: Verb) -> Verb | None:
    """A trigger that no auxiliary helps: an active form, a participle hung on a noun, or no verb at all."""
    past, participle = hit.form(PAST), hit.form(PARTICIPLE)
    hung = past is None or (participle is not None and _transitive(participle) and _reduced(scan, hit))
    option = hit.form(THIRD) if past is None else None if hung else past
    if option is not None:
        return replace(plain, trigger=option)
    if participle is not None:
        return Verb(participle, PASSIVE, FINITE, hit.i, (), plain.negated, reduced=True)
    if (option := hit.form(ING)) is not None:
        return replace(plain, trigger=option, aspect=GERUND)
    option = hit.form(BASE)
    if option is None or not (
        _plural_before(scan, plain.start) or (option.takes("g") and "and" in scan.lows[: plain.start])
    ):
        return None
    return replace(plain, trigger=option)


COUNTING = wordlist("verbgroups.COUNTING")


PLURAL_SUBJECT = wordlist("verbgroups.PLURAL_SUBJECT")


NO_PLURAL = wordlist("verbgroups.NO_PLURAL")


def _plural_before(scan: Scan, at: int) -> bool:
    """May what stands before a bare verb form be its subject: a plural, a pronoun, names?"""
    low = scan.low(at - 1)
    if low in PLURAL_SUBJECT | COUNTING or scan.actor_at(at - 1) is not None:
        return True
    return low.endswith("s") and low.isalpha() and low not in NO_PLURAL


def _transitive(option: Trigger) -> bool:
    """Does a verb take an object in any of its meanings, so that its participle may hang on one ("the treaty signed")?"""
    return any(objects != {"o"} for _, objects in option.events)


def _helps(low: str) -> bool:
    return low in HELPING


def _nominal(scan: Scan, hit: Hit) -> bool:
    """Is a trigger that may be a verb a noun here, by the word before it?"""
    before, actor = scan.low(hit.i - 1), scan.actor_at(hit.i - 1)
    owned = before in DETERMINER or before in ("'s", "'") or before.endswith(("al", "ed", "ous", "ive", "ic"))
    return hit.form(ING) is None and (owned or (actor is not None and actor.role == ADJECTIVE))


def _negated_noun(scan: Scan, hit: Hit) -> bool:
    return any(scan.low(k) in ("no", "not", "without", "n't") for k in range(hit.i - 3, hit.i))


def _past_adverbs(scan: Scan, k: int) -> int:
    while scan.low(k) in ("later", "then", "soon", "since") and scan.low(k + 1) in (",", ".", "and", ""):
        k += 1
    return k


def _counted(scan: Scan, k: int) -> bool:
    """Does "by" give votes rather than a doer ("passed by 90 votes to one", "by a wide margin")?"""
    return scan.words[min(k, len(scan.words) - 1)].number is not None or any(
        w in ("votes", "majority", "margin", "vote", "show") for w in scan.lows[k : k + 4]
    )


def _reduced(scan: Scan, hit: Hit) -> bool:
    """A past form without an auxiliary: hung on the noun before it, or the verb of an active clause?"""
    k = hit.i - 1
    while adverbial(scan.low(k)) and scan.low(k) not in ("all", "both"):
        k -= 1
    low, here, after = scan.low(k), scan.actor_at(k), scan.low(_past_adverbs(scan, hit.j))
    if low in ("", "(", "["):
        return True
    if after == "by":
        return not (_counted(scan, hit.j + 1) and (here is not None or low in LAW or low == ","))
    if here is not None:
        return scan.low(here.i - 1) == "with" and scan.when_at(hit.j + 1) is not None
    lasting = after in ("a", "an", "two", "three", "four", "five") and scan.low(hit.j + 1) in UNITS
    if not lasting and after not in ENDS_PHRASE and scan.when_at(hit.j) is None:
        return False
    while scan.low(k) in ("(", ")") or scan.low(k) in QUOTE:
        k -= 1
    if scan.thing_at(k) is not None or scan.low(k) in LAW:
        return True
    if low == ",":
        return scan.low(k - 1) in NOTICE or _behind_comma(scan, k)
    if low in ("and", "but", "or"):
        hung = next((h for h in reversed(scan.hits) if h.j <= k), None)  # "concluded in 1998 and amended later"
        passive = any(w in ("was", "were", "been", "is", "are") for w in scan.lows[max(0, k - 20) : k])
        return passive or (hung is not None and hung.form(PARTICIPLE) is not None and scan.low(hung.i - 1) == ",")
    return False


def _behind_comma(scan: Scan, k: int) -> bool:
    """Is a participle behind a comma hung on an instrument ("the treaty, signed in 1990"), with no actor or speaker between?"""
    thing = next((t for t in reversed(scan.things) if t.j <= k), None)
    if thing is None or any(thing.j <= a.i and a.j <= k and a.role != CAPITAL for a in scan.actors):
        return False
    return not any(says(scan, x) for x in range(thing.j, k))


def controller(scan: Scan, to: int) -> tuple[str, int]:
    """What an infinitive hangs on: (`urge` | `intend` | `threaten` | `noun` | `other`, index), by the word before its "to"."""
    reach = 24 if scan.low(to - 1) == "and" else 12
    for k in range(to - 1, max(-1, to - reach), -1):
        low = scan.lows[k]
        kind = "threaten" if low in THREATENS else "intend" if low in INTENDS else "urge" if low in URGES else ""
        if kind:
            return kind, k
    return "other", to - (2 if scan.low(to - 1) in ("on", "about", "out", "ahead", "back") else 1)
