"""Who does what to what in a clause: the verb group round a trigger, its subject, its object.

There is no parser here: English news puts the subject before its verb and marks clauses with a small set of words and
commas. Where that does not decide, the answer is `unknown`, and the reading goes on with less confidence.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from servanda.press.reading.grammar import (
    ADVERB,
    BASE,
    BE,
    COLLECTIVE,
    DETERMINER,
    DO,
    HAVE,
    ING,
    INSTITUTION,
    INTENDS,
    LAW,
    MODAL,
    NEGATOR,
    NOTICE,
    NOUN,
    PARTICIPLE,
    PAST,
    PERSON,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    REPORTS,
    SINGLE,
    STRONG_BREAK,
    SUBORDINATOR,
    THIRD,
    THREATENS,
    URGES,
    adverbial,
)
from servanda.press.reading.lexicon import ADJECTIVE, CAPITAL, ORGANISATION
from servanda.press.reading.scan import Actor, Hit, Scan, Thing, groups
from servanda.press.reading.triggers import Trigger
from servanda.press.reading.when import UNITS

ACTIVE, PASSIVE, NOMINAL = "active", "passive", "nominal"
FINITE, PERFECT, PROGRESSIVE, INFINITIVE, GERUND = "finite", "perfect", "progressive", "infinitive", "gerund"
CLAUSE_VERBS = frozenset(REPORTS) | frozenset(URGES)
AWAY = frozenset(
    (
        "with against to toward towards from by at under over on about for via than as into like among between after "
        "before since during despite without unlike"
    ).split()
)
LIFT = frozenset(
    ("whether if when while although though because since after before once until unless where as").split()
)


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


@dataclass(slots=True)
class Subject:
    """What a verb's subject is: `actor` (with codes), `thing`, `institution`, `pronoun`, `collective`, `indefinite`, `person`,
    `none` (nobody does it), `other`, `missing`."""

    kind: str
    codes: tuple[str, ...] = ()
    at: int = -1
    thing: Thing | None = None
    negated: bool = False
    text: str = ""
    actors: list[Actor] = field(default_factory=list)


BEFORE_TO = frozenset("yet is are was were has had have".split())


def verb(scan: Scan, hit: Hit) -> Verb | None:
    """How a trigger is used, None where it is no verb or noun of this kind here."""
    aux: list[str] = []
    k = hit.i - 1
    while k >= 0:
        low = scan.lows[k]
        if low in BE or low in HAVE or low in DO or low in MODAL or low == "to":
            aux.append(low)
            if low == "to" and scan.low(k - 1) not in BEFORE_TO:
                break
        elif low in ("neither", "none", "nobody", "nothing", "no", "without") or (
            low in ("both", "all") and not scan.low(k - 1).isalpha()
        ):
            break
        elif low in NEGATOR or adverbial(low):
            aux.append(low)
        elif low in QUOTE or low in ("‘", "'"):
            pass
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
        if hit.form(PARTICIPLE) and _reduced(scan, hit):
            part = hit.form(PARTICIPLE)
            return Verb(part or o, PASSIVE, FINITE, hit.i, (), negated, reduced=True)
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


COUNTING = frozenset("all both neither three two four none".split())
PLURAL_SUBJECT = frozenset("we they you i who which that and or then".split())
NO_PLURAL = frozenset("'s its this his as is was".split())


def _plural_before(scan: Scan, at: int) -> bool:
    """May what stands before a bare verb form be its subject: a plural, a pronoun, names?"""
    low = scan.low(at - 1)
    if low in PLURAL_SUBJECT or scan.actor_at(at - 1) is not None:
        return True
    if low in COUNTING:
        return True
    return (low.endswith("s") and low.isalpha() and low not in NO_PLURAL) or low == "people"


def _says(scan: Scan, k: int) -> bool:
    """Is a token a reporting verb, rather than part of a name ("the United States")?"""
    return scan.low(k) in REPORTS and not scan.taken[k]


def _helps(low: str) -> bool:
    return low in BE or low in HAVE or low in DO or low in MODAL or low == "to"


def _nominal(scan: Scan, hit: Hit) -> bool:
    before = scan.low(hit.i - 1)
    if hit.form(ING) is not None and scan.low(hit.j) != "of" and before not in DETERMINER:
        return False
    if before in DETERMINER or before in ("'s", "'") or (before in PREPOSITION and before != "to"):
        return True
    actor = scan.actor_at(hit.i - 1)
    if actor is not None and actor.role == ADJECTIVE:
        return True
    return before.endswith(("al", "ed", "ous", "ive", "ic")) and not scan.taken[hit.i - 1]


def _negated_noun(scan: Scan, hit: Hit) -> bool:
    return any(scan.low(k) in ("no", "not", "without", "n't") for k in range(hit.i - 3, hit.i))


def _reduced(scan: Scan, hit: Hit) -> bool:
    """A past form without an auxiliary: hung on the noun before it, or the verb of an active clause?"""
    k = hit.i - 1
    while k >= 0 and (scan.lows[k] in ADVERB or adverbial(scan.lows[k])):
        k -= 1
    low = scan.low(k)
    after = scan.low(hit.j)
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
            return not any(_says(scan, x) for x in range(thing.j, k))
        return False
    if low in ("and", "but", "or"):
        return bare and any(scan.lows[x] in ("was", "were", "been", "is", "are") for x in range(max(0, k - 20), k))
    return False


def clause_start(scan: Scan, at: int) -> int:
    """The first token of the clause that a token stands in."""
    k = at - 1
    depth = 0
    while k >= 0:
        low = scan.lows[k]
        if scan.taken[k]:
            k -= 1
            continue
        if low in ")]":
            depth += 1
        elif low in "([":
            if not depth:
                return k + 1
            depth -= 1
        elif depth:
            pass
        elif low in STRONG_BREAK or low in QUOTE:
            return k + 1
        elif low in SUBORDINATOR and not _lists(scan, k):
            if low in ("as", "than", "so", "or", "nor") and not _clausal(scan, k):
                k -= 1
                continue
            if low in ("after", "before", "since", "until") and not _clausal(scan, k):
                k -= 1
                continue
            if low == "that" and _demonstrative(scan, k):
                k -= 1
                continue
            return k + 1
        elif (low == "," and _breaks(scan, k, at)) or (
            scan.words[k].low in CLAUSE_VERBS and not scan.taken[k] and k + 1 < at and _reporting(scan, k)
        ):
            return k + 1
        k -= 1
    return 0


POINTED_AT = frozenset("year month day november july treaty pact accord notice march june step time country".split())


def _demonstrative(scan: Scan, k: int) -> bool:
    return scan.low(k + 1) in POINTED_AT


def _lists(scan: Scan, k: int) -> bool:
    """Does an "and" join names rather than clauses?"""
    if scan.lows[k] not in ("and", "or", "nor"):
        return False
    one, two = scan.actor_at(k - 1), scan.actor_at(k + 1) or scan.actor_at(k + 2)
    if one is not None and two is not None:
        return True
    if scan.low(k - 1) in INSTITUTION and scan.low(k + 1) in INSTITUTION | DETERMINER:
        return True
    return scan.thing_at(k - 1) is not None and scan.thing_at(k + 1) is not None


def _clausal(scan: Scan, k: int) -> bool:
    """Is a preposition-like word followed by a clause of its own (an actor and a verb) rather than a noun?"""
    for x in range(k + 1, min(len(scan.lows), k + 9)):
        low = scan.lows[x]
        if low == "," or low in STRONG_BREAK:
            return False
        if low in BE or low in HAVE or low in MODAL or low in DO:
            return True
        if any(h.i == x and h.form(PAST, THIRD) for h in scan.hits) and x > k + 1:
            return True
        if _says(scan, x) and x > k + 1:
            return True
    return False


def _reporting(scan: Scan, k: int) -> bool:
    """A reporting verb used as one, with what is reported after it."""
    return scan.low(k + 1) not in ("by", "of", ",") and scan.low(k - 1) not in DETERMINER


OPENS_CLAUSE = frozenset("which who whom whose when where while although because but if so though".split())


def _breaks(scan: Scan, k: int, at: int) -> bool:
    """Does a comma divide clauses rather than names in a list or an inserted phrase?"""
    after = scan.low(k + 1)
    if after in OPENS_CLAUSE:
        return True
    if scan.actor_at(k - 1) is not None and scan.actor_at(k + 1) is not None and after != "the":
        return False
    if after == "and":
        return scan.actor_at(k + 2) is None or _clausal(scan, k + 1)
    # an inserted phrase: ", under John Kerry," ", John Sullivan," -- the clause goes on after its second comma
    close = next((x for x in range(k + 1, min(at, k + 14)) if scan.lows[x] == "," and scan.when_at(x) is None), None)
    open_ = next(
        (x for x in range(k - 1, max(-1, k - 14), -1) if scan.lows[x] == "," and scan.when_at(x) is None), None
    )
    if close is not None and close < at:
        return False
    if open_ is not None and not _verbal(scan, open_ + 1, k):
        return False
    if _verbal(scan, 0, k) or _verbal(scan, clause_left(scan, k), k):
        return True
    return any(a.i > k and a.i < at for a in scan.actors) or scan.low(k + 1) in PRONOUN or scan.low(k + 1) in DETERMINER


def clause_left(scan: Scan, k: int) -> int:
    """The token after the last strong mark before `k`."""
    while k > 0 and scan.lows[k - 1] not in STRONG_BREAK:
        k -= 1
    return k


def _verbal(scan: Scan, i: int, j: int) -> bool:
    return any(
        scan.lows[x] in BE or scan.lows[x] in HAVE or scan.lows[x] in MODAL or (_says(scan, x) and x > i)
        for x in range(i, j)
    ) or any(i < h.i < j and h.form(PAST, THIRD) for h in scan.hits)


ENDS_CLAUSE = frozenset("which who because although while but whose though when if unless".split())
AFTER_COMMA = frozenset("and but said according a an the he she it which who".split())


def clause_end(scan: Scan, at: int) -> int:
    """The token after the last one of the clause that begins at or before `at`."""
    depth = 0
    for k in range(at, len(scan.lows)):
        low = scan.lows[k]
        if low == "(":
            depth += 1
        elif low == ")":
            if not depth:
                return k
            depth -= 1
        elif depth:
            continue
        elif (
            low in STRONG_BREAK
            or (low in QUOTE and k > at + 1)
            or (low in ENDS_CLAUSE and k > at)
            or (low == "and" and k > at and _joins_clauses(scan, k))
        ):
            return k
        elif low == "," and scan.low(k + 1) in AFTER_COMMA and k > at:
            if scan.low(k + 1) == "and" and not _joins_clauses(scan, k + 1):
                continue
            return k
    return len(scan.lows)


NEXT_VERB = frozenset("said is was has had will would".split())


def _joins_clauses(scan: Scan, k: int) -> bool:
    if scan.low(k + 1) in NEXT_VERB or _says(scan, k + 1):
        return True
    if any(h.i in (k + 1, k + 2, k + 3) and h.form(PAST, THIRD, PARTICIPLE) and not scan.taken[h.i] for h in scan.hits):
        return True
    return not _lists(scan, k) and _clausal(scan, k)


def subject(scan: Scan, start: int, depth: int = 0) -> Subject:
    """The subject of the verb group that begins at `start`."""
    k = start - 1
    while k >= 0 and (
        scan.lows[k] in QUOTE
        or (scan.lows[k] in ADVERB and scan.lows[k] not in ("all", "both", "back"))
        or (scan.when_at(k) is not None and scan.low(k) != ",")
    ):
        k -= 1
    if k < 0:
        return Subject("missing")
    low = scan.lows[k]
    if low in ("who", "which", "that", "whose", "whom") and not (low == "that" and _follows_report(scan, k)):
        return _antecedent(scan, k)
    if low == "(" and depth < 4:
        earlier = _earlier_verb(scan, k)
        if earlier is not None:
            return subject(scan, earlier, depth + 1)
    if low == ",":
        first = clause_left(scan, k)
        comma = next(
            (x for x in range(first, k) if scan.lows[x] == "," and not (scan.actor_at(x - 1) and scan.actor_at(x + 1))),
            None,
        )
        if (
            comma is not None
            and comma > first
            and not _verbal(scan, first, comma)
            and scan.lows[first] not in SUBORDINATOR
            and scan.lows[first] not in PREPOSITION
        ):
            found = _region(scan, first, comma, start)
            if found.kind not in ("missing", "other", "person"):
                return found
    if low in ("and", "but", "or", "then", "nor") or (low == "," and scan.low(k + 1) not in PRONOUN):
        if depth < 4:
            earlier = _earlier_verb(scan, k)
            if earlier is not None:
                return subject(scan, earlier, depth + 1)
            if low == "," and _appositive(scan, k):
                return _region(scan, clause_start(scan, k), k, start)
        if low == ",":
            return _region(scan, clause_start(scan, k), k, start)
        return Subject("missing")
    return _region(scan, clause_start(scan, start), start, start)


def _follows_report(scan: Scan, k: int) -> bool:
    return any(_says(scan, x) for x in range(max(0, k - 4), k))


def _appositive(scan: Scan, k: int) -> bool:
    return any(scan.lows[x] == "," for x in range(max(0, k - 14), k))


COMMON_PAST = frozenset(
    "met went came took made got held gave sent put told saw began became found kept spoke stood wrote brought drew won lost "
    "chose laid set flew rose fell ran sat sought bought broke paid built led grew knew thought felt meant lay".split()
)


def _earlier_verb(scan: Scan, k: int) -> int | None:
    """Where the last verb group before `k` in the same sentence begins, for a subject shared by two verbs."""
    for x in range(k - 1, -1, -1):
        low = scan.lows[x]
        if low in STRONG_BREAK and low not in ("(", ")"):
            return None
        hit = next((h for h in scan.hits if h.i == x), None)
        if hit is not None and not scan.taken[x]:
            used = verb(scan, hit)
            if (
                used is not None
                and used.voice != NOMINAL
                and not used.reduced
                and used.aspect not in (INFINITIVE, GERUND)
            ):
                return used.start
        if low in BE or low in HAVE or low in MODAL or low in DO:
            return x
        if low in COMMON_PAST and x > 0 and scan.low(x - 1) not in DETERMINER and scan.low(x - 1) not in PREPOSITION:
            return x
        if _says(scan, x) and scan.low(x - 1) not in DETERMINER and scan.low(x - 1) != "to":
            return x
        if (
            low.endswith("ed")
            and len(low) > 4
            and not scan.taken[x]
            and scan.low(x - 1) not in DETERMINER | PREPOSITION
            and x > 0
        ) and (scan.actor_at(x - 1) or scan.lows[x - 1] in INSTITUTION):
            return x
    return None


QUANTITIES = frozenset("of some all both none many".split())


def _antecedent(scan: Scan, k: int) -> Subject:
    end = k
    while (end > 0 and scan.lows[end - 1] in (",", ")", "(")) or scan.low(end - 1) in QUANTITIES:
        end -= 1
    if scan.low(end - 1) == ",":
        end -= 1
    dated = scan.when_at(end - 1) if end > 0 else None
    if dated is not None:
        end = dated.i - (1 if scan.low(dated.i - 1) in PREPOSITION else 0)
    begin = max(clause_start(scan, end), end - 12)
    thing = next((t for t in reversed(scan.things) if begin <= t.i and t.j <= end), None)
    if thing is not None and (
        thing.j >= end - 1 or (thing.generic and not _verbal(scan, thing.j, end) and scan.low(thing.j) == "of")
    ):
        return Subject("thing", at=thing.i, thing=thing)
    near = [a for a in scan.actors if begin <= a.i and a.j <= end]
    none = any(scan.lows[x] in ("none", "neither") for x in range(end, k))
    if scan.low(end - 1) in SINGLE and scan.low(end - 2) in ("a", "any", "every", "the") and not near:
        return Subject("indefinite", at=end - 1)
    if scan.low(end - 1) == "others" or (none and not near):
        return Subject("collective", at=end - 1, negated=none)
    if (
        scan.low(end - 1) in INSTITUTION
        and scan.low(end - 1) not in COLLECTIVE
        and not any(a.j >= end - 2 for a in near)
    ):
        return Subject("institution", at=end - 1, text=scan.low(end - 1))
    if scan.low(end - 1) in LAW:
        return Subject("other", at=end - 1, text=scan.low(end - 1))
    rows = groups(near, scan)
    if rows and (rows[-1][-1].j >= end - 2 or scan.low(end - 1) in INSTITUTION):
        return Subject("actor", _codes(rows[-1]), rows[-1][0].i, actors=rows[-1])
    if thing is not None:
        return Subject("thing", at=thing.i, thing=thing)
    if rows:
        return Subject("actor", _codes(rows[-1]), rows[-1][0].i, actors=rows[-1])
    return Subject("other", at=end - 1, text=scan.low(end - 1))


def _codes(row: list[Actor]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c for a in row for c in a.codes))


def governor(scan: Scan, at: int, begin: int) -> tuple[str, int]:
    """The preposition a noun depends on, and where it stands; empty for none."""
    k = at - 1
    plain = 0
    while k >= begin:
        low = scan.lows[k]
        if low in PREPOSITION:
            return low, k
        if scan.when_at(k) is not None:
            break
        if low in DETERMINER:
            before = scan.low(k - 1)
            return (before, k - 1) if k - 1 >= begin and before in PREPOSITION else ("", -1)
        if scan.taken[k] or (scan.words[k].capital and k > 0) or low in TITLES:
            k -= 1
            continue
        if low.isalpha() and not plain and low not in SUBORDINATOR and not _ends_noun(scan, k):
            plain += 1
            k -= 1
            continue
        break
    return "", -1


TITLES = frozenset(
    (
        "president minister prime foreign defence defense chancellor premier secretary general mr mrs ms dr sir king "
        "queen leader envoy ambassador former then senator chief capital"
    ).split()
)


def _ends_noun(scan: Scan, k: int) -> bool:
    return (
        scan.lows[k] in BE
        or scan.lows[k] in HAVE
        or scan.lows[k] in MODAL
        or _says(scan, k)
        or any(h.i == k and h.form(PAST, THIRD) for h in scan.hits)
    )


def free(scan: Scan, actor: Actor, begin: int) -> bool:
    """May an actor named in a subject be the one who acts, or does a preposition make it a place or a partner?"""
    word, at = governor(scan, actor.i, begin)
    if not word:
        return True
    if word == "of":
        return True
    if word == "in":
        return scan.low(at - 1) in INSTITUTION
    if word in ("from", "at") and scan.low(at - 1) in INSTITUTION and actor.role != ORGANISATION:
        return True
    return word not in AWAY and word not in PREPOSITION


PARTIES = frozenset("states countries governments nations members member party state".split())
NOBODY = frozenset("no none neither nobody never nor without".split())


def _region(scan: Scan, begin: int, end: int, start: int) -> Subject:
    """The subject among tokens [begin, end)."""
    if (
        begin > 0
        and scan.lows[begin - 1] in ("which", "who", "that")
        and (_finite(scan, begin, end) or (scan.low(begin) in PREPOSITION and scan.lows[begin - 1] != "that"))
    ) and (scan.lows[begin - 1] != "that" or not _follows_report(scan, begin - 1)):
        return _antecedent(scan, begin - 1)
    negated = any(scan.lows[x] in NOBODY for x in range(begin, end))
    inside = [a for a in scan.actors if begin <= a.i and a.j <= end]
    rows = [r for r in groups(inside, scan) if free(scan, r[0], begin)]
    thing = next(
        (
            t
            for t in scan.things
            if (t.generic or not t.partner)
            and begin <= t.i
            and t.j <= end
            and governor(scan, t.i, begin)[0] in ("", "of")
        ),
        None,
    )
    head = _head(scan, begin, end)
    word = scan.low(head) if head >= 0 else ""
    if rows:
        row = rows[0]
        named = row[-1]
        follows = scan.lows[named.j : end]
        if thing is not None and thing.i >= named.j and scan.low(named.j) != "'s" and named.role == ADJECTIVE:
            return Subject("thing", at=thing.i, thing=thing, negated=negated, actors=row)
        if thing is not None and not thing.generic and thing.i < row[0].i:
            return Subject("thing", at=thing.i, thing=thing, negated=negated, actors=row)
        if thing is not None and thing.generic and thing.i < row[0].i and governor(scan, row[0].i, begin)[0]:
            return Subject("thing", at=thing.i, thing=thing, negated=negated, actors=row)
        if follows and "'s" in follows[:2] and thing is not None and thing.i >= named.j:
            return Subject("thing", at=thing.i, thing=thing, negated=negated, actors=row)
        if negated and word in SINGLE | {"ally", "member", "members"}:
            return Subject("actor", _codes(row), row[0].i, negated=True, actors=row)
        return Subject("actor", _codes(row), row[0].i, negated=negated, actors=row, text=word)
    if thing is not None:
        return Subject("thing", at=thing.i, thing=thing, negated=negated)
    tail = scan.low(end - 1)
    if scan.low(end - 2) == "the" and tail in ("two", "three", "four"):
        return Subject("pronoun", at=end - 1, negated=negated, text="all")
    if any(scan.lows[x] in ("all", "both") for x in range(begin, end)) and (
        word in ("all", "both", "three", "two", "four", "them") or tail in ("three", "two", "four")
    ):
        return Subject("pronoun", at=end - 1, negated=negated, text="all")
    if tail in PRONOUN or word in PRONOUN or word in ("all", "both"):
        return Subject("pronoun", at=end - 1, negated=negated, text=tail if tail in PRONOUN else word)
    if word == "country" and scan.low(head - 1) in ("the", "its", "their", "his", "her", "our"):
        return Subject("pronoun", at=head, negated=negated, text="it")
    if word in SINGLE and any(scan.lows[x] in ("a", "any", "every", "each", "another") for x in range(begin, head)):
        return Subject("indefinite", at=head, text=word)
    if word in ("ally", "allies"):
        return Subject("actor", ("NATO",), head, negated=negated)
    if word in SINGLE and negated:
        return Subject("collective", at=head, negated=True, text=word)
    if word in INSTITUTION and word not in PARTIES:
        return Subject("institution", at=head, negated=negated, text=word)
    if word in COLLECTIVE or word in SINGLE:
        return Subject("collective", at=head, negated=negated, text=word)
    if word in PERSON:
        return Subject("person", at=head, negated=negated, text=word)
    if negated:
        return Subject("none", at=head, negated=True, text=word)
    if word in ("they", "we", "i", "he", "she", "it"):
        return Subject("pronoun", at=head, text=word)
    return Subject("other" if word else "missing", at=head, text=word, negated=negated)


def _finite(scan: Scan, begin: int, end: int) -> bool:
    return any(scan.lows[x] in BE or scan.lows[x] in HAVE or scan.lows[x] in MODAL for x in range(begin, end)) or any(
        begin <= h.i < end and h.form(PAST, THIRD) for h in scan.hits
    )


def _head(scan: Scan, begin: int, end: int) -> int:
    """The head noun of a noun phrase: the last word before its first preposition or comma."""
    k = begin
    while k < end and (
        scan.lows[k] in DETERMINER
        or scan.lows[k] in ADVERB
        or scan.lows[k] in (",", "and", "but", "then")
        or scan.lows[k] in QUOTE
        or scan.when_at(k) is not None
        or (scan.lows[k] in PREPOSITION and _leads(scan, k, end))
    ):
        if scan.lows[k] in PREPOSITION:
            comma = next((x for x in range(k, end) if scan.lows[x] == ","), None)
            if comma is None:
                break
            k = comma
        k += 1
    last = -1
    while k < end:
        low = scan.lows[k]
        if low in PREPOSITION or low in STRONG_BREAK or low == "," or low in ("who", "which", "that"):
            if last >= 0:
                break
        elif scan.words[k].raw[:1].isalnum():
            last = k
        k += 1
    return last


def _leads(scan: Scan, k: int, end: int) -> bool:
    return any(scan.lows[x] == "," for x in range(k, end))


def controller(scan: Scan, to: int) -> tuple[str, int]:
    """What an infinitive hangs on: (`urge` | `intend` | `threaten` | `noun` | `other`, index), by the word before its "to"."""
    joined = scan.low(to - 1) == "and"
    k = to - 1
    while k >= 0 and to - k < (24 if joined else 12):
        low = scan.lows[k]
        if low in THREATENS:
            return "threaten", k
        if low in URGES and not (low in INTENDS and k == to - 1):
            return "urge", k
        if low in INTENDS:
            return "intend", k
        if low in STRONG_BREAK or (low in ("that", "which") and not joined):
            break
        k -= 1
    if scan.low(to - 1) in ("on", "about", "out", "ahead", "back"):
        return "other", to - 2
    return "other", to - 1


__all__ = (
    "ACTIVE BODY CAPITAL HOLDER NAME NOMINAL PASSIVE Subject Verb clause_end clause_start controller free "
    "governor subject verb"
).split()
