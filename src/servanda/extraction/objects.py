"""What a verb is done to: an instrument, part in one, a law, a notice, an organisation, or something that is none of these."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.extraction.grammar import (
    BE,
    DEED,
    DETERMINER,
    ING,
    LAW,
    NOTICE,
    PARTICIPATION,
    PREPOSITION,
    PRONOUN_PERSON,
    STRONG_BREAK,
    adverbial,
)
from servanda.extraction.lexicon import ORGANISATION
from servanda.extraction.scan import Actor, Hit, Scan, Thing
from servanda.extraction.subjects import Subject
from servanda.extraction.verbgroups import NOMINAL, PASSIVE, Verb
from servanda.extraction.words import wordlist

EVENTFUL = wordlist("objects.EVENTFUL")
CHARGES = wordlist("objects.CHARGES")
DUTIES = wordlist("objects.DUTIES")
STEPS = wordlist("objects.STEPS")
OFFERS = wordlist("objects.OFFERS")

GIVING = wordlist("objects.GIVING")  # verbs with a receiver before the gift
ACCEDING = wordlist("objects.ACCEDING")
NEXT_CLAUSE = wordlist("objects.NEXT_CLAUSE")
DIRECTIONS = wordlist("objects.DIRECTIONS")
MEASURE_NOUNS = wordlist("objects.MEASURE_NOUNS")


@dataclass(slots=True)
class Object:
    """The kind of thing (a mark of `triggers`), the instrument if it is one, and the words it stands in."""

    mark: str
    thing: Thing | None = None
    i: int = -1
    j: int = -1
    head: str = ""
    actor: Actor | None = None
    preposition: str = ""
    negated: bool = False


def object_of(scan: Scan, hit: Hit, used: Verb, who: Subject, end: int) -> Object:
    """The object of a trigger; for a passive verb, of its subject."""
    if hit.gap is not None:
        return phrase(scan, hit.gap[0], hit.gap[1])
    if used.voice == PASSIVE:
        return _of_subject(scan, used, who)
    k = hit.j
    while k < end and adverbial(scan.lows[k]):
        k += 1
    if used.voice == NOMINAL:
        return _after_noun(scan, k, end)
    low = scan.low(k)
    if low == "," and (behind := _behind_inserted(scan, k, end)) is not None:
        return phrase(scan, behind, len(scan.lows))
    if k >= end or scan.when_at(k) is not None or low in NEXT_CLAUSE:
        return Object("o", i=k, j=k)
    if low == "to" and used.trigger.lemma in SENT_BACK:  # "returned to parliament a law"
        law = next((x for x in range(k + 1, min(end, k + 7)) if scan.lows[x] in LAW), None)
        if law is not None:
            return phrase(scan, law, end)
    if low in PREPOSITION:
        if low not in DIRECTIONS or low in ("in", "on", "with"):
            return Object("o", i=k, j=k, preposition=low)
        found = phrase(scan, k + 1, end)
        found.preposition = low
        return found
    return phrase(scan, _behind_receiver(scan, used, k), end)


def _behind_inserted(scan: Scan, k: int, end: int) -> int | None:
    """Where the object begins behind a phrase between commas ("adopted, in second reading, the law")."""
    close = next((x for x in range(k + 1, min(len(scan.lows), k + 9)) if scan.lows[x] == ","), None)
    if close is None or scan.low(k + 1) not in PREPOSITION or scan.low(close + 1) not in DETERMINER:
        return None
    return None if any(k < h.i < close for h in scan.hits) else close + 1


def relative_object(scan: Scan, used: Verb) -> Object | None:
    """What a clause with "that" or "which" hangs on, where its verb has no other object: "the law that the king signed"."""
    low = scan.lows
    for k in range(used.start - 1, max(-1, used.start - 10), -1):
        if low[k] in (",", ";", ":") and k < used.start - 1:
            return None
        if low[k] not in ("that", "which", "whom") or k == used.start - 1 or k == 0:
            continue
        at = k - 1
        while at > 0 and (low[at] in (",", ")", "from", "of", "to", "in", "under") or scan.when_at(at) is not None):
            at -= 1
        thing = scan.thing_at(at)
        if thing is not None:
            return Object("t", thing, thing.i, thing.j, scan.low(thing.j - 1))
        mark = _mark(low[at])
        return Object(mark, None, at, at + 1, low[at]) if mark in ("l", "n") else None
    return None


def _behind_receiver(scan: Scan, used: Verb, k: int) -> int:
    """Where what is given begins, behind whom it is given to ("handed the United States a draft")."""
    given_to = scan.actor_at(k + 1) if used.trigger.lemma in GIVING else None
    return given_to.j if given_to is not None and scan.low(given_to.j) in DETERMINER else k


PAPER = wordlist("evidence.PAPER")
ABOUT_LAW = wordlist("objects.ABOUT_LAW")
SENT_BACK = wordlist("forms.SENT_BACK")
LEAVING = wordlist("objects.LEAVING")
ENDS_PHRASE = STRONG_BREAK | PREPOSITION | wordlist("objects.AFTER_PHRASE") | {","}


def phrase(scan: Scan, k: int, end: int) -> Object:
    """The noun phrase that begins at token `k`."""
    of = next((x for x in range(k, min(end, k + 4)) if scan.lows[x] in MEASURE_NOUNS and scan.low(x + 1) == "of"), None)
    begin = k if of is None else of + 2
    negated = scan.low(begin) in ("no", "neither", "none")
    stop = _phrase_end(scan, begin, end)
    last = stop - 1
    while last > begin and (adverbial(scan.lows[last]) or not scan.lows[last].isalnum()):
        last -= 1
    head = scan.low(last) if last >= begin else ""
    thing = next((t for t in reversed(scan.things) if begin <= t.i and t.j <= stop), None)
    if thing is not None and "'s" in scan.lows[thing.j : last]:
        mark = "m" if head in DUTIES else "p" if head in PARTICIPATION else "x"
        return Object(mark, thing, begin, stop, head, negated=negated)
    if thing is not None and scan.low(last - 1) in ACCEDING:
        return Object("d", thing, begin, stop, head, negated=negated)  # "its accession documents"
    if thing is not None and (thing.j > last or (thing.j == last and head not in PARTICIPATION)):
        return Object("t", thing, begin, stop, head, negated=negated)
    return _by_head(scan, begin, stop, head, thing, _around(scan, stop, end), negated)


def _phrase_end(scan: Scan, begin: int, end: int) -> int:
    """The token after the noun phrase that begins at one."""
    k = begin
    while k < end:
        low, when = scan.lows[k], scan.when_at(k)
        if k > begin and (low in BE or (scan.lows[k - 1] in LAW and any(h.i == k and h.form(ING) for h in scan.hits))):
            break  # "an order denouncing an agreement"
        named = next((t for t in scan.things if t.i == k), None)
        begins = k == begin and low == "that"  # "suspended that notice"
        if k > begin and low in ("effective", "starting") and scan.when_at(k + 1):
            break
        if named is None and ((low in ENDS_PHRASE and not begins) or (when is not None and not when.attributive)):
            break
        k = k + 1 if named is None else named.j
    return max(k, begin)


def _by_head(
    scan: Scan, begin: int, stop: int, head: str, thing: Thing | None, around: Thing | None, negated: bool
) -> Object:
    """A noun phrase by its head noun: what a verb may be done to beside an instrument itself."""
    owned = scan.low(begin) in ("its", "their", "his")
    inside = [a for a in scan.actors if begin <= a.i and a.j <= stop]
    body = next((a for a in inside if a.role == ORGANISATION), None)
    if head in DEED and scan.low(stop) == "of" and scan.low(stop + 1) in LEAVING:
        return Object("n", around, begin, stop + 2, head, negated=negated)  # "their instruments of withdrawal"
    rules = (
        ("s", around, head in ("signature", "signatures")),
        ("m", around, head in DUTIES and (owned or scan.low(begin) == "the")),
        ("p", around, head in PARTICIPATION),
        (
            "d",
            around,
            head in DEED and (around is not None or owned or head.startswith(("ratification", "instrument"))),
        ),
        ("n", thing, head in NOTICE),
        ("l", thing or around, head in LAW),
        ("w", thing or around, head in EVENTFUL or head in ("ending", "end")),
    )
    for mark, meant, fits in rules:
        if fits:
            return Object(mark, meant, begin, stop, head, negated=negated)
    if body is not None:
        return Object("b", None, begin, stop, head, body, negated=negated)
    if scan.low(begin) == "what" and (stop - begin) < 5:
        return Object("t", None, begin, stop, "it", negated=negated)  # "withdraw from what is left"
    if head in PRONOUN_PERSON | {"this", "that", "them", "him"}:
        return Object("t", None, begin, stop, head, negated=negated)
    if head == "none":
        return Object("n", around, begin, stop, head, negated=True)
    if head in OFFERS:
        return Object("f", thing or around, begin, stop, head, negated=negated)
    if not head or scan.when_at(begin) is not None:
        return Object("o", i=begin, j=stop)
    other = next(iter(inside), None)
    return Object("x" if other is None else "a", around, begin, stop, head, other, negated=negated)


def _around(scan: Scan, k: int, end: int) -> Thing | None:
    """An instrument that hangs on a noun by a preposition ("its part in the treaty")."""
    return next((t for t in scan.things if k <= t.i < end), None)


def _after_noun(scan: Scan, k: int, end: int) -> Object:
    """What hangs on a noun: the instrument or organisation named first behind it."""
    thing = _around(scan, k, end)
    stop = end if thing is None else thing.i
    body = next((a for a in scan.actors if k <= a.i < stop and a.role == ORGANISATION), None)
    if body is not None:
        return Object("b", None, k, body.i, "", body)
    return Object("t", thing, k, thing.i, "") if thing is not None else Object("o", i=k, j=k)


def _of_subject(scan: Scan, used: Verb, who: Subject) -> Object:
    if used.reduced:
        thing = next((t for t in reversed(scan.things) if t.j <= used.start), None)
        k = used.start - 1
        while k >= 0 and not scan.lows[k].isalnum():
            k -= 1
        head = scan.low(k)
        if head in ("and", "or", "but"):
            first = next((t for t in scan.things if t.j <= k), None)
            if first is not None:
                return Object("t", first, first.i, first.j, scan.low(first.j - 1))
            pronoun = any(w in ("it", "they", "both") for w in scan.lows[max(0, k - 14) : k])
            return Object("t", None, k, k, "it") if pronoun else Object("x", None, k, k + 1, "")
        if head in NOTICE and thing is None:
            return Object("n", thing, k, k + 1, head)
        if head in LAW and (thing is None or thing.j <= k):
            return Object("l", thing, k, k + 1, head)
        letter = _letter_about(scan, thing) if thing is not None else None
        if letter is not None and used.trigger.takes("n") is not None and used.trigger.takes("t") is None:
            return Object("n", thing, letter, k + 1, scan.low(letter))
        if thing is not None and (thing.j >= k or _apposed(scan, used.start)):
            return Object("t", thing, thing.i, thing.j, scan.low(thing.j - 1))
        if k < 0:
            return Object("t", thing, k, used.start, "") if thing is not None else Object("o", i=k, j=k)
        return Object("x", None, k, k + 1, head)
    if who.thing is not None:
        head = scan.low(who.thing.j - 1)
        law = law_over(scan, who.thing)
        if law is not None:
            return Object("l", who.thing, law, used.start, scan.low(law), negated=who.negated)
        after = scan.lows[who.thing.j : used.start]
        noun = next((w for w in reversed(after) if w.isalpha()), "")
        if "'s" in after[:1]:
            return Object(_mark(noun), who.thing, who.thing.i, used.start, noun)
        return Object("t", who.thing, who.thing.i, who.thing.j, head, negated=who.negated)
    if who.kind == "pronoun":
        return Object("t", None, who.at, who.at + 1, who.text)
    if who.kind == "missing":
        return Object("o", i=used.start, j=used.start)
    head = who.text
    named = who.actors[0] if who.actors else None
    around = next((t for t in scan.things if who.at <= t.i < used.start), None)
    mark = _mark(head)
    if mark == "x" and who.kind == "actor":
        mark = "a"
    return Object(mark, around, who.at, used.start, head, named, negated=who.negated)


def _letter_about(scan: Scan, thing: Thing) -> int | None:
    """The notice whose matter ends with a thing ("the notice of withdrawal from the pact"), by its token."""
    back = range(thing.i - 1, max(-1, thing.i - 7), -1)
    stop = next((k for k in back if scan.lows[k] in STRONG_BREAK or scan.lows[k] == ","), -1)
    return next((k for k in back if k > stop and scan.lows[k] in NOTICE and scan.low(k + 1) == "of"), None)


def law_over(scan: Scan, thing: Thing) -> int | None:
    """The law or bill that is about a thing ("the law on ratifying the pact", "a bill to leave it"), by its token."""
    for k in range(thing.i - 1, max(-1, thing.i - 9), -1):
        low = scan.lows[k]
        if low in STRONG_BREAK or low in (",", "and", "which", "that") or (scan.actor_at(k) and low != "'s"):
            return None
        if low in LAW and low not in PAPER and scan.low(k + 1) in ABOUT_LAW | {scan.low(k + 1)[:-3] + "ing"}:
            return k
    return None


def _apposed(scan: Scan, at: int) -> bool:
    """Is a thing followed by brackets or a phrase between commas, then the participle: "The pact (CFE), signed"?"""
    return scan.low(at - 1) in (",", ")")


def _mark(head: str) -> str:
    for mark, words in (
        ("s", {"signature"}),
        ("p", PARTICIPATION),
        ("n", NOTICE),
        ("d", DEED),
        ("l", LAW),
        ("w", EVENTFUL | {"ending"}),
        ("m", DUTIES),
        ("c", CHARGES),
        ("f", OFFERS),
    ):
        if head in words:
            return mark
    return "x"
