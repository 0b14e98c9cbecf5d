"""The verb group round a trigger: voice, aspect, what helps and what negates it; what an infinitive hangs on."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.extraction.clauses import says
from servanda.extraction.grammar import (
    ADVERB,
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
BEFORE_TO = wordlist("verbgroups.BEFORE_TO")


def verb(scan: Scan, hit: Hit) -> Verb | None:
    """How a trigger is used, None where it is no verb or noun of this kind here."""
    aux: list[str] = []
    k = hit.i - 1
    while k >= 0:
        low = scan.lows[k]
        if scan.when_at(k) is not None and low in MODAL:
            break  # the month of May
        if low in BE or low in HAVE or low in DO or low in MODAL or low == "to":
            aux.append(low)
            if low == "to" and scan.low(k - 1) not in BEFORE_TO:
                break
        elif low == "neither" and (scan.low(k - 1) in HAVE or adverbial(scan.low(k - 1)) or scan.low(k - 1) in BE):
            aux.append(low)
        elif low in ("neither", "none", "nobody", "nothing", "no", "without") or (
            low in ("both", "all") and not scan.low(k - 1).isalpha()
        ):
            break
        elif low in NEGATOR or adverbial(low):
            aux.append(low)
        elif low in QUOTE or low in ("‘", "'"):
            pass
        elif low == "," and scan.low(k - 1) in INSERTED and scan.low(k - 2) == ",":
            k -= 2  # "does not, however, leave"
        else:
            break
        k -= 1
    start = k + 1
    while aux and not _helps(aux[-1]):
        aux.pop()
    helpers = [a for a in aux if _helps(a) or a == "to"]
    negated = any(a in NEGATOR for a in aux) or any(scan.low(x) in NEGATOR for x in range(start, hit.i))
    first = helpers[0] if helpers else ""
    to = None
    if "to" in helpers:
        to = next(x for x in range(hit.i - 1, -1, -1) if scan.lows[x] == "to")
    words = tuple(reversed(helpers))
    if to is not None and scan.low(to - 1) == "yet":
        negated = True
    if first in BE:
        if (o := hit.form(ING)) is not None:
            return Verb(o, ACTIVE, PROGRESSIVE, start, words, negated, to=to)
        if (o := hit.form(PARTICIPLE)) is not None:
            return Verb(o, PASSIVE, PERFECT if any(w in HAVE for w in words) else FINITE, start, words, negated, to=to)
    if first in HAVE and (o := hit.form(PARTICIPLE)) is not None:
        return Verb(o, ACTIVE, PERFECT, start, words, negated, to=to)
    if (first in MODAL or first in DO) and (o := hit.form(BASE)) is not None:
        return Verb(o, ACTIVE, FINITE, start, words, negated, to=to)
    if first == "to" and (o := hit.form(BASE)) is not None:
        return Verb(o, ACTIVE, INFINITIVE, start, words, negated, to=to)
    noun = hit.form(NOUN)
    if noun is not None and (not hit.form(BASE, THIRD, PAST, ING) or _nominal(scan, hit)):
        return Verb(noun, NOMINAL, NOUN, hit.i, (), _negated_noun(scan, hit))
    if (o := hit.form(PAST)) is not None:
        part = hit.form(PARTICIPLE)
        if part is not None and _transitive(part) and _reduced(scan, hit):
            return Verb(part, PASSIVE, FINITE, hit.i, (), negated, reduced=True)
        return Verb(o, ACTIVE, FINITE, start, words, negated)
    if (o := hit.form(THIRD)) is not None:
        return Verb(o, ACTIVE, FINITE, start, words, negated)
    if (o := hit.form(PARTICIPLE)) is not None:
        return Verb(o, PASSIVE, FINITE, hit.i, (), negated, reduced=True)
    if (o := hit.form(ING)) is not None:
        return Verb(o, ACTIVE, GERUND, start, words, negated)
    if (o := hit.form(BASE)) is not None and (
        _plural_before(scan, start) or (o.takes("g") and "and" in scan.lows[:start])
    ):
        return Verb(o, ACTIVE, FINITE, start, words, negated)
    return None


COUNTING = wordlist("verbgroups.COUNTING")


PLURAL_SUBJECT = wordlist("verbgroups.PLURAL_SUBJECT")


NO_PLURAL = wordlist("verbgroups.NO_PLURAL")


def _plural_before(scan: Scan, at: int) -> bool:
    """May what stands before a bare verb form be its subject: a plural, a pronoun, names?"""
    low = scan.low(at - 1)
    if low in PLURAL_SUBJECT or scan.actor_at(at - 1) is not None:
        return True
    if low in COUNTING:
        return True
    return (low.endswith("s") and low.isalpha() and low not in NO_PLURAL) or low == "people"


def _transitive(option: Trigger) -> bool:
    """Does a verb take an object in any of its meanings, so that its participle may hang on one ("the treaty signed")?"""
    return any(objects != {"o"} for _, objects in option.events)


def _helps(low: str) -> bool:
    return low in BE or low in HAVE or low in DO or low in MODAL or low == "to"


def _nominal(scan: Scan, hit: Hit) -> bool:
    before = scan.low(hit.i - 1)
    if hit.form(ING) is not None:
        return False
    if before in DETERMINER or before in ("'s", "'"):
        return True
    actor = scan.actor_at(hit.i - 1)
    if actor is not None and actor.role == ADJECTIVE:
        return True
    return before.endswith(("al", "ed", "ous", "ive", "ic"))


def _negated_noun(scan: Scan, hit: Hit) -> bool:
    return any(scan.low(k) in ("no", "not", "without", "n't") for k in range(hit.i - 3, hit.i))


def _past_adverbs(scan: Scan, k: int) -> int:
    while scan.low(k) in ("later", "then", "soon", "since") and scan.low(k + 1) in (",", ".", "and", ""):
        k += 1
    return k


def _reduced(scan: Scan, hit: Hit) -> bool:
    """A past form without an auxiliary: hung on the noun before it, or the verb of an active clause?"""
    k = hit.i - 1
    while k >= 0 and (scan.lows[k] in ADVERB or adverbial(scan.lows[k])) and scan.lows[k] not in ("all", "both"):
        k -= 1
    low = scan.low(k)
    after = scan.low(_past_adverbs(scan, hit.j))
    if k < 0 or low in "([":
        return True
    if after == "by" and not (scan.actor_at(k) and scan.low(hit.j + 1).isdigit()):
        return True
    here = scan.actor_at(k)
    if here is not None and not (scan.low(here.i - 1) == "with" and scan.when_at(hit.j + 1) is not None):
        return False
    if here is not None:
        return True
    bare = (
        (after in ("a", "an", "two", "three", "four", "five") and scan.low(hit.j + 1) in UNITS)
        or after in PREPOSITION
        or after in BE
        or after in STRONG_BREAK
        or after in (",", "")
        or scan.when_at(hit.j) is not None
    )
    if low in ("which", "who", "that"):
        return False
    if low == ")" or low in QUOTE:
        k -= 1
        while k >= 0 and (scan.lows[k] in "()" or scan.lows[k] in QUOTE):
            k -= 1
    if scan.thing_at(k) is not None or scan.low(k) in LAW:
        return bare
    if low == ",":
        if scan.low(k - 1) in NOTICE and bare:
            return True
        thing = next((t for t in reversed(scan.things) if t.j <= k), None)
        if (
            thing is not None
            and bare
            and not any(a.i > thing.j - 1 and a.j <= k and a.role != CAPITAL for a in scan.actors)
        ):
            return not any(says(scan, x) for x in range(thing.j, k))
        return False
    if low in ("and", "but", "or"):
        hung = next((h for h in reversed(scan.hits) if h.j <= k), None)  # "concluded in 1998 and amended later"
        if bare and hung is not None and hung.form(PARTICIPLE) and scan.low(hung.i - 1) == ",":
            return True
        return bare and any(scan.lows[x] in ("was", "were", "been", "is", "are") for x in range(max(0, k - 20), k))
    return False


def controller(scan: Scan, to: int) -> tuple[str, int]:
    """What an infinitive hangs on: (`urge` | `intend` | `threaten` | `noun` | `other`, index), by the word before its "to"."""
    joined = scan.low(to - 1) == "and"
    k = to - 1
    while k >= 0 and to - k < (24 if joined else 12):
        low = scan.lows[k]
        if low in THREATENS:
            return "threaten", k
        if low in URGES and low not in INTENDS:
            return "urge", k
        if low in INTENDS:
            return "intend", k
        k -= 1
    if scan.low(to - 1) in ("on", "about", "out", "ahead", "back"):
        return "other", to - 2
    return "other", to - 1
