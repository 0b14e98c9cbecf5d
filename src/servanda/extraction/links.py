"""Links from a trigger to the instruments it concerns, the actors who act, those it is aimed at, and its date."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from servanda.extraction.clauses import clause_start, verbal
from servanda.extraction.context import Context
from servanda.extraction.grammar import (
    ADVERB,
    BE,
    COLLECTIVE,
    DO,
    HAVE,
    INSTITUTION,
    MODAL,
    NEGATOR,
    PERSON,
    adverbial,
)
from servanda.extraction.lexicon import ADJECTIVE, ORGANISATION, UNNAMED
from servanda.extraction.lexicon import PERSON as PERSON_ROLE
from servanda.extraction.objects import Object
from servanda.extraction.scan import Hit, Scan, Thing, groups
from servanda.extraction.subjects import Subject, free, governor, subject
from servanda.extraction.verbgroups import ACTIVE, GERUND, INFINITIVE, NOMINAL, Verb, controller, verb
from servanda.extraction.when import When

OBJECT, CLAUSE, SENTENCE, TOPIC = "object", "clause", "sentence", "topic"


@dataclass(slots=True)
class Link:
    """Instruments, and how near they stand: `object`, `clause`, `sentence` or only the `topic`."""

    ids: tuple[str, ...]
    how: str
    things: tuple[Thing, ...] = ()


OBJECTS = frozenset("p d n l w m s o f a c".split())


def instruments(scan: Scan, context: Context, hit: Hit, obj: Object, who: Subject, end: int) -> Link:
    """The instruments a trigger concerns."""
    thing = obj.thing
    membership = any(o.takes("b") for o in hit.options) or not hit.options
    ratifies = any(o.lemma == "ratify" for o in hit.options)
    if (
        (membership or ratifies)
        and obj.actor is not None
        and obj.mark == "b"
        and (founded := context.founding(obj.actor.codes[0]))
    ):
        joined = [t for t in scan.things if t.ids and obj.i < t.i < end and "and" in scan.lows[obj.i : t.i]]
        return Link((founded, *(i for t in joined[:1] for i in t.ids)), OBJECT)
    if thing is None and who.kind == "thing":
        thing = who.thing
    if thing is not None and thing.ids:
        listed = _listed(scan, thing)
        return Link(tuple(dict.fromkeys(i for t in listed for i in t.ids)), OBJECT, tuple(listed))
    if obj.mark == "t" and obj.thing is None and obj.head in ("it", "them", "this", "that", "both"):
        left = [t for t in scan.things if t.ids and t.j <= hit.i and not t.partner]
        if left:
            return Link(left[-1].ids, CLAUSE, (left[-1],))
        if context.topic:
            return Link((context.topic,), CLAUSE)
    if who.kind == "thing" and "were" in scan.lows[who.at : hit.i]:
        several = [t for t in scan.things if t.ids and not t.generic and clause_start(scan, hit.i) <= t.i < hit.i]
        if len(several) > 1:
            return Link(tuple(dict.fromkeys(i for t in several for i in t.ids)), OBJECT, tuple(several))
    begin = clause_start(scan, hit.i)
    inside = [t for t in scan.things if t.ids and hit.j <= t.i < end]
    if inside and (obj.mark in OBJECTS or inside[0].i - hit.j < 10):
        listed = _listed(scan, inside[0])
        return Link(tuple(dict.fromkeys(i for t in listed for i in t.ids)), CLAUSE, tuple(listed))
    if obj.mark == "p":  # participation in what an instrument founded
        bodies = (context.founding(a.codes[0]) for a in scan.actors if a.role == ORGANISATION and obj.i <= a.i < end)
        if founded := next((b for b in bodies if b), None):
            return Link((founded,), OBJECT)
    left = [t for t in scan.things if t.ids and begin <= t.i and t.j <= hit.i]
    if left:
        listed = [t for t in left if t.partner and left[-1].partner] or left[-1:]
        return Link(tuple(dict.fromkeys(i for t in listed for i in t.ids)), CLAUSE, tuple(listed))
    earlier = [t for t in scan.things if t.ids and t.j <= hit.i]
    later = [t for t in scan.things if t.ids and t.i >= hit.j]
    if earlier:
        return Link(earlier[-1].ids, SENTENCE, (earlier[-1],))
    if obj.mark == "t" and obj.thing is None and context.topic:
        return Link((context.topic,), TOPIC)
    if later and not any(t.generic and t.indefinite for t in later[:1]):
        return Link(later[0].ids, SENTENCE, (later[0],))
    if context.topic:
        return Link((context.topic,), TOPIC)
    return Link((), TOPIC)


LIST_WORDS = frozenset(", and the as well with ( ) or also".split())


def _listed(scan: Scan, thing: Thing) -> list[Thing]:
    """A thing with those it is listed with: partners of one head ("pacts with Germany and Poland")."""
    if thing.generic and thing.partner:
        return [thing]
    if not thing.partner:
        found = [thing]
        for t in scan.things:
            if t.ids and not t.partner and t.i > found[-1].i and t.i - found[-1].j < 5:
                between = scan.lows[found[-1].j : t.i]
                if "and" in between and all(w in (",", "and", "the", "both", "also", "from") for w in between):
                    found.append(t)
        return found
    found = [thing]
    for t in scan.things:
        if t.i > found[-1].i and t.partner and t.i - found[-1].j < 8:
            between = scan.lows[found[-1].j : t.i]
            if all(w in LIST_WORDS or scan.when_at(found[-1].j + n) is not None for n, w in enumerate(between)):
                found.append(t)
    return found


ALL_OF_THEM = frozenset("all both neither none they these those".split())


def actors_of(scan: Scan, context: Context, who: Subject, used: Verb) -> tuple[str, ...]:
    """Codes of those a subject names; a pronoun or institution by what was told before."""
    if who.kind == "actor":
        return context.named(who.codes)
    if who.kind == "pronoun":
        text = who.text
        if text in ("we", "i"):
            if context.issuer:
                return (context.issuer,)
            code = context.voice
            return (code,) if code and code.isupper() else ()
        here = _before(scan, context, who.at, text)
        if scan.low(who.at) in ("country", "state", "nation", "republic"):
            states = context.lexicon.only_states
            return states(here) or states(context.subjects) or ((context.state,) if context.state else ())
        if here:
            return here
        if text in ("he", "she") and text in context.offices:
            return (context.offices[text],)
        if text in ALL_OF_THEM:
            return context.group or context.subjects
        return context.subjects
    if who.kind == "institution":
        return context.institution(scan, who.at)
    if who.kind == "collective" and ":" in scan.lows:
        colon = scan.lows.index(":")
        listed = [a for a in scan.actors if a.i > colon]
        rows = groups(listed, scan)
        if len(rows) == 1 and len(rows[0]) > 1 and rows[0][0].i == colon + 1:
            return tuple(dict.fromkeys(c for a in rows[0] for c in a.codes))
    return ()


def _before(scan: Scan, context: Context, at: int, text: str) -> tuple[str, ...]:
    """Whom a pronoun means within its own sentence: the first free actor before it, several for a plural."""
    near = [a for a in scan.actors if a.j <= at and a.role != PERSON_ROLE and UNNAMED not in a.codes]
    rows = [r for r in groups(near, scan) if free(scan, r[0], clause_start(scan, r[0].i))]
    many = text in ("all", "both", "neither", "they", "these", "those")
    fitting = [r for r in rows if (len(r) > 1 or len(r[0].codes) > 1 or r[0].people) == many] or ([] if many else rows)
    if many and not fitting:
        fitting = [r for r in rows if r[0].codes[0] == context.lexicon.alliance]
    if not fitting:
        return ()
    return tuple(dict.fromkeys(c for a in fitting[0] for c in a.codes))


def by_agent(scan: Scan, hit: Hit, end: int) -> tuple[str, ...] | None:
    """Actors after "by"; () where others than actors act, None where nobody is named."""
    k = hit.j
    while k < min(max(end, hit.j), hit.j + 8):
        if (scan.lows[k] == "by" and scan.low(k + 1) not in ("the", "a")) or (
            scan.lows[k] == "by" and scan.low(k + 2) not in ("end", "middle", "time")
        ):
            near = [a for a in scan.actors if k < a.i < min(end, k + 14)]
            rows = groups(near, scan)
            if rows:
                first = rows[0]
                words = scan.lows[k + 1 : first[0].i]
                if all(w.isalpha() or w in "-'" for w in words) and not any(
                    w in ("at", "in", "with", "under") for w in words
                ):
                    return tuple(dict.fromkeys(c for a in first for c in a.codes if c != UNNAMED))
            words = scan.lows[k + 1 : k + 6]
            opening = next((x for x in range(k, min(len(scan.lows), k + 6)) if scan.lows[x] == "("), None)
            if opening is not None and any(w in COLLECTIVE for w in scan.lows[k:opening]):
                close = next((x for x in range(opening, len(scan.lows)) if scan.lows[x] == ")"), len(scan.lows))
                listed = tuple(dict.fromkeys(c for a in scan.actors if opening < a.i < close for c in a.codes))
                if listed:
                    return listed
            return () if any(w in COLLECTIVE or w in PERSON or w in INSTITUTION for w in words) else None
        k += 1
    return None


def owner(scan: Scan, context: Context, hit: Hit) -> tuple[str, ...]:
    """Whose withdrawal, suspension, ... a noun tells of: "Russia's", "Turkish", "of Finland", "its own"."""
    k = hit.i - 1
    steps = 0
    while k >= 0 and steps < 6:
        low = scan.lows[k]
        actor = scan.actor_at(k)
        if actor is not None:
            if actor.role == ADJECTIVE or scan.low(actor.j) in ("'s", "'") or actor.j == hit.i:
                row = next((g for g in groups(scan.actors, scan) if actor in g), [actor])
                if any("well" in scan.lows[a.j : b.i] for a, b in itertools.pairwise(row)):
                    row = [actor]
                return tuple(c for a in row for c in a.codes if c != UNNAMED)
            break
        if low == "our" and context.issuer:
            return (context.issuer,)
        if low in ("its", "their", "his", "her"):
            who = subject(scan, k) if k else Subject("missing")
            before = [a for a in scan.actors if a.j <= k and a.i >= clause_start(scan, k)]
            if who.kind == "actor":
                return who.codes
            if before:
                return before[-1].codes
            return context.subjects
        if low in (",", ".", ";") or low in ("of", "to", "from", "that", "which"):
            break
        k -= 1
        steps += 1
    k = hit.j
    if scan.low(k) in ("to", "from", "of") and scan.low(k) != "of":
        stop = k
        while stop < len(scan.lows) and stop - k < 8 and scan.lows[stop] not in (",", ".", ";"):
            if scan.lows[stop] in ("of", "by") and stop > k:
                actor = scan.actor_at(stop + 1) or scan.actor_at(stop + 2)
                if actor is not None:
                    return actor.codes
            stop += 1
    if scan.low(k) in ("of", "by"):
        actor = scan.actor_at(k + 1) or scan.actor_at(k + 2)
        if actor is not None:
            row = next((g for g in groups(scan.actors, scan) if actor in g), [actor])
            return tuple(c for a in row for c in a.codes)
    return ()


RESOLVES = frozenset(
    "failure refusal decision intention plan wish promise pledge move desire readiness threat right".split()
)
OPENS_PHRASE = frozenset(
    "by after before without for from in of while when about on to at with since into and ,".split()
)


FOREMOST = frozenset("state country nation party ally member signatory".split())


def _cleft(scan: Scan, used: Verb) -> Subject | None:
    """ "It was France that left": the state between, not the pronoun."""
    if scan.low(used.start - 1) not in ("that", "which", "who"):
        return None
    named = next((a for a in scan.actors if a.j == used.start - 1), None)
    if named is None or scan.low(named.i - 1) not in ("is", "was", "'s") or scan.low(named.i - 2) != "it":
        return None
    return Subject("actor", named.codes, named.i, actors=[named])


def doer(scan: Scan, context: Context, used: Verb, hit: Hit) -> Subject:
    """The subject of a verb; of an infinitive or gerund, the one who is to act."""
    cleft = _cleft(scan, used)
    if cleft is not None:
        return cleft
    if used.aspect == INFINITIVE and used.to is not None:
        kind, at = controller(scan, used.to)
        low = scan.low(at)
        between = [a for a in scan.actors if at < a.i and a.j <= used.to and (kind == "urge" or free(scan, a, at + 1))]
        if kind == "urge":
            if between:
                row = groups(between, scan)[0]
                return Subject("actor", tuple(c for a in row for c in a.codes), row[0].i, actors=row)
            if scan.low(at - 1) in ("been", "was", "were", "is", "are"):
                return subject(scan, _group_start(scan, at))
            if any(scan.lows[x] in INSTITUTION for x in range(at + 1, used.to)):
                return Subject("institution", at=at + 1)
            return Subject("pronoun", at=used.to - 1, text="it")
        if low in FOREMOST and any(w in ("first", "last", "only") for w in scan.lows[max(0, at - 3) : at]):
            apart = next((a for a in scan.actors if 0 < at - a.j < 5 and scan.low(a.j) == ","), None)
            if apart is not None:  # "France, the first state to sign"
                return Subject("actor", apart.codes, apart.i, actors=[apart])
        if low in RESOLVES:
            codes = owner(scan, context, Hit(at, at + 1, ()))
            if codes:
                return Subject("actor", codes, at)
            found = subject(scan, _group_start(scan, at - 1))
            return found if found.kind != "missing" else Subject("pronoun", at=at, text="it")
        if low in ("failing", "refusing", "declining"):
            blamed = [a for a in scan.actors if a.j <= at and a.role != ADJECTIVE]
            if blamed:
                return Subject("actor", blamed[-1].codes, blamed[-1].i, actors=[blamed[-1]])
        if "what" in scan.lows[: used.to] and scan.low(used.to - 1) in ("was", "is"):
            return Subject("pronoun", at=used.to, text="it")
        for_ = next((x for x in range(used.to - 1, max(-1, used.to - 7), -1) if scan.lows[x] == "for"), None)
        if for_ is not None and kind == "other" and at == used.to - 1:
            near = [a for a in scan.actors if for_ < a.i and a.j <= used.to]
            if near:
                row = groups(near, scan)[0]
                return Subject("actor", tuple(c for a in row for c in a.codes), row[0].i, actors=row)
            if "country" in scan.lows[for_ : used.to]:
                return Subject("pronoun", at=for_, text="it")
        return subject(scan, _group_start(scan, at))
    if scan.low(used.start) == "having" and (used.start == 0 or scan.low(used.start - 1) == ","):
        comma = next((x for x in range(hit.j, len(scan.lows)) if scan.lows[x] == ","), len(scan.lows))
        after = next((a for a in scan.actors if 0 < a.i - comma < 3), None)
        if after is not None:  # "having accused it, France left"
            return Subject("actor", after.codes, after.i, actors=[after])
    if used.aspect == GERUND and hit.i > 0:
        before = scan.low(used.start - 1)
        begin = clause_start(scan, used.start)
        if scan.low(used.start - 1) in ("'s", "'"):
            actor = scan.actor_at(used.start - 2)
            if actor is not None:
                return Subject("actor", actor.codes, actor.i, actors=[actor])
        if before == "," and (same := _verb_before(scan, used.start - 1)) is not None:
            return same
        if before in OPENS_PHRASE:
            main = _main_subject(scan, used.start)
            if main is not None:
                return main
            later = next(
                (
                    a
                    for a in scan.actors
                    if a.i > hit.j and ("," in scan.lows[hit.j : a.i]) and governor(scan, a.i, hit.j)[0] == ""
                ),
                None,
            )
            if later is not None and used.start - begin < 4:
                return Subject("actor", later.codes, later.i, actors=[later])
            return Subject("pronoun", at=used.start, text="it")
    return subject(scan, used.start)


def _verb_before(scan: Scan, comma: int) -> Subject | None:
    """Who did what stands right before a participle: "left after America withdrew from it, accusing it of breaches"."""
    last = next((h for h in reversed(scan.hits) if h.j <= comma and comma - h.j < 6), None)
    used = verb(scan, last) if last is not None else None
    if used is None or used.voice != ACTIVE or used.aspect == GERUND or "," in scan.lows[used.start : comma]:
        return None
    who = subject(scan, used.start)
    return who if who.kind == "actor" else None


OPENS_CLAUSE = frozenset("that said which who after when because while before".split())


def _main_subject(scan: Scan, at: int) -> Subject | None:
    begin = at
    while begin > 0 and scan.lows[begin - 1] not in (";", ":", "—", "."):
        begin -= 1
    inside = [a for a in scan.actors if begin <= a.i and a.j <= at and free(scan, a, begin)]
    rows = groups(inside, scan)
    if not rows:
        return None
    row = rows[0]
    for candidate in rows:
        if candidate[0].i > row[0].i and any(scan.lows[x] in OPENS_CLAUSE for x in range(row[-1].j, candidate[0].i)):
            row = candidate
    return Subject("actor", tuple(c for a in row for c in a.codes), row[0].i, actors=row)


def _group_start(scan: Scan, at: int) -> int:
    """Where the verb group round a token begins."""
    k = at
    while k > 0 and (
        scan.lows[k - 1] in BE
        or scan.lows[k - 1] in HAVE
        or scan.lows[k - 1] in DO
        or scan.lows[k - 1] in MODAL
        or scan.lows[k - 1] in ADVERB
        or scan.lows[k - 1] in NEGATOR
        or adverbial(scan.lows[k - 1])
    ):
        k -= 1
    if k > 0 and scan.lows[k - 1] == "to":
        kind, other = controller(scan, k - 1)
        return (
            _group_start(scan, other) if other < k - 1 or kind != "other" else _group_start(scan, k - 2) if k > 1 else k
        )
    return k


def when_of(
    scan: Scan, hit: Hit, used: Verb, begin: int, end: int, others: list[Hit], report_at: int = -1
) -> When | None:
    """The date that goes with a trigger: the first after it in its clause, else the nearest before it."""
    if used.reduced and scan.low(hit.j) in BE:
        end = hit.j
    stop = min((h.i for h in others if h.i >= hit.j and h.i < end), default=end)
    after = [w for w in scan.whens if hit.j <= w.i < end and not w.attributive]
    near = [w for w in after if w.i <= stop]
    if near:
        closer = len(near) > 1 and near[1].i - near[0].j <= 2 and bool(near[0].past and near[1].past)
        if closer and (
            (near[0].relative and not near[1].relative) or len(near[1].past or "") > len(near[0].past or "")
        ):
            return near[1]
        return near[0]
    start = max((h.j for h in others if h.j <= hit.i and h.i >= begin), default=begin)
    left = [w for w in scan.whens if begin <= w.i and w.j <= hit.i and w.i >= start and not w.attributive]
    if left:
        return left[-1]
    if after and used.voice != NOMINAL:
        return after[0]
    beyond = [w for w in scan.whens if w.i >= end and not w.attributive]
    if beyond and scan.low(end) in ("whose", "where") and not any(hit.j <= h.i < beyond[0].i for h in others):
        return beyond[0]
    if report_at >= 0:
        return None
    opening = [w for w in scan.whens if w.j <= hit.i and not w.attributive]
    if (
        opening
        and _opens(scan, opening[0])
        and (
            scan.low(opening[0].j) == ":"
            or not any(opening[0].j <= h.i < hit.i and not _in_relative(scan, h) for h in others)
        )
    ):
        return opening[0]
    later = next((w for w in scan.whens if w.i >= end and not w.attributive), None)
    between = scan.lows[hit.j : later.i] if later is not None else [","]
    if (
        "," not in between
        and used.voice != NOMINAL
        and len(between) < 24
        and not verbal(scan, hit.j, hit.j + len(between))
    ):
        return later  # a long title stands between
    inner = [w for w in scan.whens if hit.gap and hit.gap[0] <= w.i < hit.j and not w.attributive]
    return inner[0] if inner else None


def _in_relative(scan: Scan, hit: Hit) -> bool:
    """Does a verb stand in a clause hung on a name (", which had suspended it, "), so that the date before is not its own?"""
    return scan.low(clause_start(scan, hit.i) - 1) in ("which", "who", "whose")


OPENS_TIME = frozenset(
    "on in at since by early earlier late later then back and but midnight just only already again finally also "
    "the of during from from yet meanwhile however still so shortly soon".split()
)


def _opens(scan: Scan, when: When) -> bool:
    return all(not scan.lows[x].isalpha() or scan.lows[x] in OPENS_TIME for x in range(when.i))


def target_after(scan: Scan, hit: Hit, end: int) -> tuple[str, ...]:
    """Whom a step is aimed at: actors after "toward", "against", "with respect to", "in relation to"."""
    for k in range(hit.j, end):
        low = scan.lows[k]
        if (
            low in ("toward", "towards", "against", "vis")
            or (low == "to" and scan.low(k - 1) in ("respect", "relation", "regard"))
            or (low == "of" and scan.low(k - 1) == "relation")
        ):
            near = [a for a in scan.actors if k < a.i <= k + 4]
            rows = groups([a for a in scan.actors if a.i > k], scan)
            if near and rows:
                return tuple(c for a in rows[0] for c in a.codes)
    return ()
