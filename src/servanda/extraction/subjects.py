"""Who does what a verb tells: its subject, by the words before it.

English news puts the subject before its verb. Where that does not decide, the answer is `other` or `missing`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from servanda.extraction.clauses import clause_left, clause_start, finite, says, verbal
from servanda.extraction.grammar import (
    BE,
    COLLECTIVE,
    DETERMINER,
    DO,
    INSTITUTION,
    LAW,
    PAST,
    PERSON,
    PREPOSITION,
    PRONOUN,
    SINGLE,
    THIRD,
)
from servanda.extraction.lexicon import ADJECTIVE, ORGANISATION, UNNAMED
from servanda.extraction.scan import Actor, Scan, Thing, groups
from servanda.extraction.verbgroups import GERUND, INFINITIVE, verb
from servanda.extraction.words import wordlist

COMMON_PAST = wordlist("subjects.COMMON_PAST")
QUANTITIES = wordlist("subjects.QUANTITIES")
PARTIES = wordlist("subjects.PARTIES")
NOBODY = wordlist("subjects.NOBODY")
LEADERS = wordlist("subjects.LEADERS")
# "the kingdom", "the island": a state named before
STATE_NOUN = wordlist("subjects.STATE_NOUN")
SHARING = frozenset(
    ["and", "but", "or", "then", "nor", ",", "("]
)  # before a verb that may share the subject of one before
ALL = frozenset(["all", "both"])
ANY_ONE = frozenset(["a", "any", "every", "each", "another"])
DEEPEST = 4  # verbs gone back over for a subject


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


def subject(scan: Scan, start: int, depth: int = 0) -> Subject:
    """The subject of the verb group that begins at `start`."""
    k = start - 1
    while scan.when_at(k) is not None:
        k -= 1
    if k < start - 1 and scan.low(k) in ("in", "on", "from", "since", "by", "of"):
        k -= 1  # "suspended it in 2007 and from March 2015 stopped"
    low = scan.low(k)
    if low in ("who", "which", "that", "whose", "whom") and not (low == "that" and _follows_report(scan, k)):
        return _antecedent(scan, k)
    earlier = _earlier_verb(scan, k) if low in SHARING and depth < DEEPEST else None
    if low == "(" and earlier is not None:
        return subject(scan, earlier, depth + 1)
    if low == ",":
        first = clause_left(scan, k)
        comma = next(
            (x for x in range(first, k) if scan.lows[x] == "," and not (scan.actor_at(x - 1) and scan.actor_at(x + 1))),
            None,
        )
        if comma is not None and not verbal(scan, first, comma):
            found = _region(scan, first, comma)
            if found.kind not in ("missing", "other", "person") or found.text in LAW:
                return found
    if low in SHARING - {"("}:
        if earlier is not None:
            return subject(scan, earlier, depth + 1)
        inserted = depth < DEEPEST and "," in scan.lows[max(0, k - 14) : k]
        return _region(scan, clause_start(scan, k), k) if inserted else Subject("missing")
    return _region(scan, _past_time(scan, clause_start(scan, start), start), start)


def _past_time(scan: Scan, begin: int, end: int) -> int:
    """The first token after a phrase such as "a day after Washington," that opens a clause."""
    told = any(w in ("after", "before") for w in scan.lows[begin : begin + 4])
    comma = next((x for x in range(begin, end) if scan.lows[x] == ","), None) if told else None
    return begin if comma is None or comma + 1 >= end else comma + 1


def _follows_report(scan: Scan, k: int) -> bool:
    return any(says(scan, x) for x in range(max(0, k - 4), k))


def _earlier_verb(scan: Scan, k: int) -> int | None:
    """Where the last verb group before `k` in the same sentence begins, for a subject shared by two verbs."""
    for x in range(k - 1, -1, -1):
        low = scan.lows[x]
        hit = next((h for h in scan.hits if h.i == x), None)
        if hit is not None:
            used = verb(scan, hit)
            if used is not None and used.aspect not in (INFINITIVE, GERUND):
                return used.start
        if low in BE or low in DO:
            return x
        if low in COMMON_PAST and x > 0:
            return x
        if says(scan, x) and scan.low(x - 1) not in DETERMINER:
            return x
    return None


def _antecedent(scan: Scan, k: int) -> Subject:
    if scan.low(k - 1) in ("and", "but", "or"):
        first = next((x for x in range(k - 2, -1, -1) if scan.lows[x] == scan.lows[k]), None)
        if first is not None:  # "the accord that the senate passed but that never took effect"
            return _antecedent(scan, first)
    end = k
    while scan.low(end - 1) in (",", ")", "(") or scan.low(end - 1) in QUANTITIES:
        end -= 1
    dated = scan.when_at(end - 1)
    if dated is not None:
        end = dated.i - (scan.low(dated.i - 1) in PREPOSITION)
    begin = max(clause_start(scan, end), end - 12)
    thing = next((t for t in reversed(scan.things) if begin <= t.i and t.j <= end), None)
    if thing is None:
        titled = next((t for t in reversed(scan.things) if end - 12 <= t.i and t.j < begin), None)
        if titled is not None and scan.low(titled.j) in ("of", "on") and not verbal(scan, titled.j, end):
            return Subject("thing", at=titled.i, thing=titled)  # "the treaty of friendship, cooperation and trade that"
    near = [a for a in scan.actors if begin <= a.i and a.j <= end]
    if any(low in ("none", "neither") for low in scan.lows[end:k]):
        return Subject("collective", at=end - 1, negated=True)
    if scan.low(end - 1) in INSTITUTION and not any(a.j >= end - 2 for a in near):
        return Subject("institution", at=end - 1, text=scan.low(end - 1))
    if thing is not None:
        return Subject("thing", at=thing.i, thing=thing)
    if near:
        row = groups(near, scan)[-1]
        return Subject("actor", codes_of(row), row[0].i, actors=row)
    return Subject("other", at=end - 1, text=scan.low(end - 1))


def codes_of(row: list[Actor]) -> tuple[str, ...]:
    """The codes of actors listed together, each once."""
    return tuple(dict.fromkeys(c for a in row for c in a.codes))


def governor(scan: Scan, at: int, begin: int) -> tuple[str, int]:
    """The preposition a noun depends on, and where it stands; empty for none."""
    verbs = any(h.form(PAST, THIRD) for h in scan.hits)
    for k in range(at - 1, begin - 1, -1):
        low = scan.lows[k]
        if low in PREPOSITION:
            return low, k
        if low in DETERMINER:
            # "the reservation Iran made": behind other words the name begins anew
            led = k == at - 1 and k > begin and scan.low(k - 1) in PREPOSITION
            return (scan.low(k - 1), k - 1) if led else ("", -1)
        if verbs or scan.when_at(k) is not None:
            break
    return "", -1


def free(scan: Scan, actor: Actor, begin: int) -> bool:
    """May an actor named in a subject be the one who acts, or does a preposition make it a place or a partner?"""
    word, at = governor(scan, actor.i, begin)
    if word == "of":
        return True
    if word == "in":
        return scan.low(at - 1) in INSTITUTION
    return word not in PREPOSITION


def _region(scan: Scan, begin: int, end: int) -> Subject:
    """The subject among tokens [begin, end)."""
    relative = scan.low(begin - 1)
    if (relative == "that" and finite(scan, begin, end) and not _follows_report(scan, begin - 1)) or (
        relative in ("which", "who") and (finite(scan, begin, end) or scan.low(begin) in PREPOSITION)
    ):
        return _antecedent(scan, begin - 1)
    lows = scan.lows[begin:end]
    negated = any(low in NOBODY for low in lows)
    if lows[:2] == ["not", "one"] or lows[:3] == ["not", "a", "single"]:
        return Subject("collective", at=end - 1, negated=True, text=scan.low(end - 1))
    inside = [a for a in scan.actors if begin <= a.i and a.j <= end]
    rows = [r for r in groups(inside, scan) if free(scan, r[0], begin)]
    thing = next((t for t in scan.things if begin <= t.i and t.j <= end and _may_act(scan, t, begin)), None)
    head = _head(scan, begin, end)
    if rows:
        row = rows[0]
        beside = (
            thing is not None and row[-1].role == ORGANISATION and thing.i == row[-1].j
        )  # "the Council of Europe accord"
        owner = beside or row[-1].role == ADJECTIVE or "'s" in scan.lows[row[-1].j : min(end, row[-1].j + 2)]
        if thing is None or not owner:
            return Subject("actor", codes_of(row), row[0].i, negated=negated, actors=row, text=scan.low(head))
        return Subject("thing", at=thing.i, thing=thing, negated=negated, actors=row)
    if thing is not None:
        return Subject("thing", at=thing.i, thing=thing, negated=negated)
    return _by_noun(scan, begin, end, head, negated)


def _may_act(scan: Scan, thing: Thing, begin: int) -> bool:
    """May a thing be the subject, rather than what a preposition hangs on it or an accord known by its partner?"""
    return (thing.generic or not thing.partner) and governor(scan, thing.i, begin)[0] in ("", "of")


def _by_noun(scan: Scan, begin: int, end: int, head: int, negated: bool) -> Subject:
    """The subject where no name stands among tokens [begin, end): by its head noun or pronoun."""
    word, tail, before = scan.low(head), scan.low(end - 1), scan.lows[begin : max(head, begin)]
    if tail in ("two", "three", "four") and (scan.low(end - 2) == "the" or ALL.intersection(scan.lows[begin:end])):
        return Subject("pronoun", at=end - 1, negated=negated, text="all")
    if tail in PRONOUN:
        return Subject("pronoun", at=end - 1, negated=negated, text=tail)
    if word in COLLECTIVE | LEADERS and (
        "both" in before or ["the", "two"] in [before[x : x + 2] for x in range(len(before))]
    ):
        return Subject("pronoun", at=head, negated=negated, text="both")
    if word == "country" or (word in STATE_NOUN and "the" in before):
        return Subject("pronoun", at=head, negated=negated, text="it")
    if word in SINGLE and ANY_ONE.intersection(before):
        return Subject("indefinite", at=head, text=word)
    if word in ("ally", "allies"):
        return Subject("actor", (UNNAMED,), head, negated=negated)
    kind = "other" if word else "missing"
    if negated or word in COLLECTIVE - INSTITUTION | PARTIES & COLLECTIVE:
        kind = "collective"
    elif word in INSTITUTION - PARTIES:
        kind = "institution"
    elif word in PERSON:
        kind = "person"
    return Subject(kind, at=head, negated=negated, text=word)


def _head(scan: Scan, begin: int, end: int) -> int:
    """The head noun of a noun phrase: the last word before its first preposition or comma."""
    k = begin
    while k < end and (scan.lows[k] in DETERMINER or scan.when_at(k) is not None):
        k += 1
    last = -1
    while k < end:
        low = scan.lows[k]
        if low in PREPOSITION or low == ",":
            if last >= 0:
                break
        elif scan.words[k].raw[:1].isalnum():
            last = k
        k += 1
    return last
