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
    PAST,
    PERSON,
    PREPOSITION,
    PRONOUN,
    SINGLE,
    THIRD,
)
from servanda.extraction.lexicon import ADJECTIVE, UNNAMED
from servanda.extraction.scan import Actor, Scan, Thing, groups
from servanda.extraction.verbgroups import GERUND, INFINITIVE, verb
from servanda.extraction.words import wordlist

AWAY = wordlist("subjects.AWAY")


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
    while k >= 0 and (scan.when_at(k) is not None):
        k -= 1
    low = scan.lows[k]
    if low in ("who", "which", "that", "whose", "whom") and not (low == "that" and _follows_report(scan, k)):
        return _antecedent(scan, k)
    if low == "(":
        earlier = _earlier_verb(scan, k)
        if earlier is not None:
            return subject(scan, earlier, depth + 1)
    if low == ",":
        first = clause_left(scan, k)
        comma = next(
            (x for x in range(first, k) if scan.lows[x] == "," and not (scan.actor_at(x - 1) and scan.actor_at(x + 1))),
            None,
        )
        if comma is not None and (not verbal(scan, first, comma)):
            found = _region(scan, first, comma, start)
            if found.kind not in ("missing", "other", "person"):
                return found
    if low in ("and", "but", "or", "then", "nor") or (low == ","):
        if depth < 4:
            earlier = _earlier_verb(scan, k)
            if earlier is not None:
                return subject(scan, earlier, depth + 1)
            if _appositive(scan, k):
                return _region(scan, clause_start(scan, k), k, start)
        return Subject("missing")
    return _region(scan, _past_time(scan, clause_start(scan, start), start), start, start)


SPANS = wordlist("subjects.SPANS")


def _past_time(scan: Scan, begin: int, end: int) -> int:
    """The first token after a phrase such as "a day after Washington," that opens a clause."""
    told = any(w in ("after", "before") for w in scan.lows[begin : begin + 4])
    comma = next((x for x in range(begin, end) if scan.lows[x] == ","), None) if told else None
    return begin if comma is None or comma + 1 >= end else comma + 1


def _follows_report(scan: Scan, k: int) -> bool:
    return any(says(scan, x) for x in range(max(0, k - 4), k))


def _appositive(scan: Scan, k: int) -> bool:
    return any(scan.lows[x] == "," for x in range(max(0, k - 14), k))


COMMON_PAST = wordlist("subjects.COMMON_PAST")


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


QUANTITIES = wordlist("subjects.QUANTITIES")


def _antecedent(scan: Scan, k: int) -> Subject:
    end = k
    while (end > 0 and scan.lows[end - 1] in (",", ")", "(")) or scan.low(end - 1) in QUANTITIES:
        end -= 1
    dated = scan.when_at(end - 1) if end > 0 else None
    if dated is not None:
        end = dated.i - (1 if scan.low(dated.i - 1) in PREPOSITION else 0)
    begin = max(clause_start(scan, end), end - 12)
    thing = next((t for t in reversed(scan.things) if begin <= t.i and t.j <= end), None)
    if thing is None:
        titled = next((t for t in reversed(scan.things) if end - 12 <= t.i and t.j < begin), None)
        if titled is not None and scan.low(titled.j) in ("of", "on") and not verbal(scan, titled.j, end):
            return Subject("thing", at=titled.i, thing=titled)  # "the treaty of friendship, cooperation and trade that"
    near = [a for a in scan.actors if begin <= a.i and a.j <= end]
    none = any(scan.lows[x] in ("none", "neither") for x in range(end, k))
    if none:
        return Subject("collective", at=end - 1, negated=none)
    if scan.low(end - 1) in INSTITUTION and (not any(a.j >= end - 2 for a in near)):
        return Subject("institution", at=end - 1, text=scan.low(end - 1))
    rows = groups(near, scan)
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
            if plain:
                break  # "the reservation Iran made": the name begins anew
            before = scan.low(k - 1)
            return (before, k - 1) if k - 1 >= begin and before in PREPOSITION else ("", -1)
        if not _ends_noun(scan, k):
            plain += 1
            k -= 1
            continue
        break
    return "", -1


TITLES = wordlist("subjects.TITLES")


def _ends_noun(scan: Scan, k: int) -> bool:
    return any(h.form(PAST, THIRD) for h in scan.hits)


def free(scan: Scan, actor: Actor, begin: int) -> bool:
    """May an actor named in a subject be the one who acts, or does a preposition make it a place or a partner?"""
    word, at = governor(scan, actor.i, begin)
    if word == "of":
        return True
    if word == "in":
        return scan.low(at - 1) in INSTITUTION
    return word not in PREPOSITION


PARTIES = wordlist("subjects.PARTIES")


NOBODY = wordlist("subjects.NOBODY")


def _region(scan: Scan, begin: int, end: int, start: int) -> Subject:
    """The subject among tokens [begin, end)."""
    if (
        begin > 0
        and scan.lows[begin - 1] in ("which", "who", "that")
        and (finite(scan, begin, end) or (scan.low(begin) in PREPOSITION and scan.lows[begin - 1] != "that"))
    ) and (scan.lows[begin - 1] != "that" or not _follows_report(scan, begin - 1)):
        return _antecedent(scan, begin - 1)
    negated = any(scan.lows[x] in NOBODY for x in range(begin, end))
    if scan.lows[begin : begin + 2] == ["not", "one"] or scan.lows[begin : begin + 3] == ["not", "a", "single"]:
        return Subject("collective", at=end - 1, negated=True, text=scan.low(end - 1))
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
        if thing is not None and named.role == ADJECTIVE:
            return Subject("thing", at=thing.i, thing=thing, negated=negated, actors=row)
        if follows and "'s" in follows[:2] and (thing is not None):
            return Subject("thing", at=thing.i, thing=thing, negated=negated, actors=row)
        return Subject("actor", _codes(row), row[0].i, negated=negated, actors=row, text=word)
    if thing is not None:
        return Subject("thing", at=thing.i, thing=thing, negated=negated)
    tail = scan.low(end - 1)
    if scan.low(end - 2) == "the" and tail in ("two", "three", "four"):
        return Subject("pronoun", at=end - 1, negated=negated, text="all")
    if any(scan.lows[x] in ("all", "both") for x in range(begin, end)) and (tail in ("three", "two", "four")):
        return Subject("pronoun", at=end - 1, negated=negated, text="all")
    if tail in PRONOUN:
        return Subject("pronoun", at=end - 1, negated=negated, text=tail if tail in PRONOUN else word)
    if word in COLLECTIVE | LEADERS and any(
        scan.lows[x] == "both" or (scan.lows[x] == "two" and scan.low(x - 1) == "the") for x in range(begin, head)
    ):
        return Subject("pronoun", at=head, negated=negated, text="both")
    if word in STATE_NOUN and "the" in scan.lows[begin:head]:
        return Subject("pronoun", at=head, negated=negated, text="it")
    if word == "country":
        return Subject("pronoun", at=head, negated=negated, text="it")
    if word in SINGLE and any(scan.lows[x] in ("a", "any", "every", "each", "another") for x in range(begin, head)):
        return Subject("indefinite", at=head, text=word)
    if word in ("ally", "allies"):
        return Subject("actor", (UNNAMED,), head, negated=negated)
    if negated:
        return Subject("collective", at=head, negated=True, text=word)
    if word in INSTITUTION and word not in PARTIES:
        return Subject("institution", at=head, negated=negated, text=word)
    if word in COLLECTIVE:
        return Subject("collective", at=head, negated=negated, text=word)
    if word in PERSON:
        return Subject("person", at=head, negated=negated, text=word)
    return Subject("other" if word else "missing", at=head, text=word, negated=negated)


LEADERS = wordlist("subjects.LEADERS")
# "the kingdom", "the island": a state named before
STATE_NOUN = wordlist("subjects.STATE_NOUN")


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


def _leads(scan: Scan, k: int, end: int) -> bool:
    return any(scan.lows[x] == "," for x in range(k, end))
