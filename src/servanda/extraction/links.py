"""Links from a trigger to the instruments it concerns, the actors who act, those it is aimed at, and its date."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from servanda.extraction.clauses import clause_start, verbal
from servanda.extraction.context import Context
from servanda.extraction.grammar import (
    BE,
    DO,
    HAVE,
    INSTITUTION,
    MODAL,
    adverbial,
)
from servanda.extraction.lexicon import ADJECTIVE, UNNAMED
from servanda.extraction.objects import Object
from servanda.extraction.scan import Hit, Scan, Thing, groups
from servanda.extraction.subjects import Subject, free, subject
from servanda.extraction.verbgroups import (
    GERUND,
    INFINITIVE,
    NOMINAL,
    PERFECT,
    Verb,
    controller,
    verb,
)
from servanda.extraction.when import When
from servanda.extraction.words import wordlist

OBJECT, CLAUSE, SENTENCE, TOPIC = "object", "clause", "sentence", "topic"


@dataclass(slots=True)
class Link:
    """Instruments, and how near they stand: `object`, `clause`, `sentence` or only the `topic`."""

    ids: tuple[str, ...]
    how: str
    things: tuple[Thing, ...] = ()


def instruments(scan: Scan, context: Context, hit: Hit, obj: Object, who: Subject, end: int) -> Link:
    """The instruments a trigger concerns."""
    thing = obj.thing
    membership = any(o.takes("b") for o in hit.options)
    ratifies = any(o.lemma == "ratify" for o in hit.options)
    if (membership or ratifies) and obj.actor is not None and (founded := context.founding(obj.actor.codes[0])):
        joined = [t for t in scan.things if obj.i < t.i < end]
        return Link((founded, *(i for t in joined[:1] for i in t.ids)), OBJECT)
    if thing is None:
        thing = who.thing
    if thing is not None and thing.ids:
        listed = _listed(scan, thing)
        return Link(tuple(dict.fromkeys(i for t in listed for i in t.ids)), OBJECT, tuple(listed))
    if thing is not None and thing.indefinite and thing is obj.thing and _other_paper(scan, hit, obj):
        return Link((), TOPIC)  # "signed a memorandum": another one than was spoken of
    if obj.thing is None and obj.head in ("it", "them", "this", "that", "both"):
        left = [t for t in scan.things if t.ids and (not t.partner)]
        if left:
            return Link(left[-1].ids, CLAUSE, (left[-1],))
        if context.topic:
            return Link((context.topic,), CLAUSE)
    if obj.mark == "p":  # participation in what an instrument founded
        bodies = (context.founding(a.codes[0]) for a in scan.actors if obj.i <= a.i < end)
        if founded := next((b for b in bodies if b), None):
            return Link((founded,), OBJECT)
    left = [t for t in scan.things if t.j <= hit.i]
    earlier = [t for t in scan.things if t.ids and t.j <= hit.i]
    later = [t for t in scan.things if t.ids]
    if earlier:
        return Link(earlier[-1].ids, SENTENCE, (earlier[-1],))
    if later and not (who.kind == "pronoun" and obj.mark == "o" and context.topic):
        return Link(later[0].ids, SENTENCE, (later[0],))
    if context.topic:
        return Link((context.topic,), TOPIC)
    return Link((), TOPIC)


OTHER_PAPERS = wordlist("links.OTHER_PAPERS")


def _other_paper(scan: Scan, hit: Hit, obj: Object) -> bool:
    """Is a paper signed that is not the treaty spoken of ("signed a memorandum")?"""
    signs = any("sign" in o.events_of() for o in hit.options)
    return signs and obj.head in OTHER_PAPERS and hit.j <= obj.i and scan.low(hit.i - 1) not in ("which", "that")


def _listed(scan: Scan, thing: Thing) -> list[Thing]:
    """A thing with those it is listed with: partners of one head ("pacts with Germany and Poland")."""
    if not thing.partner:
        found = [thing]
        for t in scan.things:
            if t.i - found[-1].j < 5:
                between = scan.lows[found[-1].j : t.i]
                if "and" in between:
                    found.append(t)
        return found
    return [thing]


ALL_OF_THEM = wordlist("links.ALL_OF_THEM")


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
            return states(here) or ((context.state,) if context.state else ())
        if here:
            return here
        if text in context.offices:
            return (context.offices[text],)
        if text in ALL_OF_THEM:
            return context.group or context.subjects
        return context.subjects
    if who.kind == "institution":
        return context.institution(scan, who.at)
    return ()


def _before(scan: Scan, context: Context, at: int, text: str) -> tuple[str, ...]:
    """Whom a pronoun means within its own sentence: the first free actor before it, several for a plural."""
    near = [a for a in scan.actors if a.j <= at]
    rows = [r for r in groups(near, scan) if free(scan, r[0], clause_start(scan, r[0].i))]
    many = text in ("all", "both", "neither", "they", "these", "those")
    fitting = [r for r in rows if (len(r) > 1 or len(r[0].codes) > 1) == many]
    if not fitting:
        fitting = [r for r in rows if r[0].codes[0] == context.lexicon.alliance]
    if not fitting:
        return ()
    return tuple(dict.fromkeys(c for a in fitting[0] for c in a.codes))


def by_agent(scan: Scan, hit: Hit, end: int) -> tuple[str, ...] | None:
    """Actors after "by"; () where others than actors act, None where nobody is named."""
    k = hit.j
    while k < min(max(end, hit.j), hit.j + 8):
        if scan.lows[k] == "by":
            near = [a for a in scan.actors if k < a.i < min(end, k + 14)]
            rows = groups(near, scan)
            if rows:
                first = rows[0]
                words = scan.lows[k + 1 : first[0].i]
                if all(w.isalpha() for w in words):
                    return tuple(dict.fromkeys(c for a in first for c in a.codes if c != UNNAMED))
            words = scan.lows[k + 1 : k + 6]
            opening = next((x for x in range(k, min(len(scan.lows), k + 6)) if scan.lows[x] == "("), None)
            if opening is not None:
                close = next((x for x in range(opening, len(scan.lows)) if scan.lows[x] == ")"), len(scan.lows))
                listed = tuple(dict.fromkeys(c for a in scan.actors if opening < a.i < close for c in a.codes))
                if listed:
                    return listed
            return () if any(w in INSTITUTION for w in words) else None
        k += 1
    return None


def owner(scan: Scan, context: Context, hit: Hit) -> tuple[str, ...]:
    """Whose withdrawal, suspension, ... a noun tells of: "Russia's", "Turkish", "of Finland", "its own"."""
    k = hit.i - 1
    steps = 0
    while k >= 0:
        low = scan.lows[k]
        actor = scan.actor_at(k)
        if actor is not None:
            if scan.low(actor.j) in ("'s", "'") or actor.j == hit.i:
                row = next((g for g in groups(scan.actors, scan) if actor in g), [actor])
                if any("well" in scan.lows[a.j : b.i] for a, b in itertools.pairwise(row)):
                    row = [actor]
                return tuple(c for a in row for c in a.codes if c != UNNAMED)
            break
        if low in ("its", "their", "his", "her"):
            who = subject(scan, k) if k else Subject("missing")
            if who.kind == "actor":
                return who.codes
            return context.subjects
        if low in ("of", "to", "from", "that", "which"):
            break
        k -= 1
        steps += 1
    k = hit.j
    if scan.low(k) in ("to", "from", "of") and scan.low(k) != "of":
        stop = k
        while stop < len(scan.lows):
            if stop > k:
                actor = scan.actor_at(stop + 2)
                if actor is not None:
                    return actor.codes
            stop += 1
    thing = scan.thing_at(k + 1) or scan.thing_at(k + 2)
    if scan.low(k) == "of" and thing is not None and scan.low(thing.j) == "by":
        k = thing.j  # "the denunciation of the treaty by Russia"
    if scan.low(k) in ("of", "by"):
        actor = scan.actor_at(k + 1) or scan.actor_at(k + 2)
        if actor is not None:
            row = next((g for g in groups(scan.actors, scan) if actor in g), [actor])
            return tuple(c for a in row for c in a.codes)
    return ()


RESOLVES = wordlist("links.RESOLVES")
OPENS_PHRASE = wordlist("links.OPENS_PHRASE")


def _cleft(scan: Scan, used: Verb) -> Subject | None:
    """ "It was France that left": the state between, not the pronoun."""
    named = next((a for a in scan.actors if a.j == used.start - 1), None)
    if named is None or scan.low(named.i - 2) != "it":
        return None
    return Subject("actor", named.codes, named.i, actors=[named])


def doer(scan: Scan, context: Context, used: Verb, hit: Hit) -> Subject:
    """The subject of a verb; of an infinitive or gerund, the one who is to act."""
    cleft = _cleft(scan, used)
    if cleft is not None:
        return cleft
    if used.aspect in (INFINITIVE, PERFECT) and used.to is not None:
        kind, at = controller(scan, used.to)
        low = scan.low(at)
        between = [a for a in scan.actors if at < a.i]
        if kind == "urge":
            if between:
                row = groups(between, scan)[0]
                return Subject("actor", tuple(c for a in row for c in a.codes), row[0].i, actors=row)
            body = next((x for x in range(at + 1, used.to) if scan.lows[x] in INSTITUTION), None)
            if body is not None:
                return Subject("institution", at=body, text=scan.lows[body])
            return Subject("pronoun", at=used.to - 1, text="it")
        if any(w in ("first", "last", "only") for w in scan.lows[max(0, at - 3) : at]):
            apart = next((a for a in scan.actors if 0 < at - a.j < 5), None)
            if apart is not None:  # "France, the first state to sign"
                return Subject("actor", apart.codes, apart.i, actors=[apart])
        if low in RESOLVES:
            codes = owner(scan, context, Hit(at, at + 1, ()))
            if codes:
                return Subject("actor", codes, at)
            found = subject(scan, _group_start(scan, at - 1))
            return found if found.kind != "missing" else Subject("pronoun", at=at, text="it")
        if low in ("failing", "refusing", "declining"):
            blamed = [a for a in scan.actors if a.role != ADJECTIVE]
            if blamed:
                return Subject("actor", blamed[-1].codes, blamed[-1].i, actors=[blamed[-1]])
        if "what" in scan.lows[: used.to] and scan.low(used.to - 1) in ("was", "is"):
            return Subject("pronoun", at=used.to, text="it")
        return subject(scan, _group_start(scan, at))
    if scan.low(used.start - 1) == ":":
        row = next((g for g in groups(scan.actors, scan) if g[-1].j == used.start - 1), [])
        if row:  # "Estonia, Latvia: notified the depositary"
            return Subject("actor", tuple(c for a in row for c in a.codes), row[0].i, actors=row)
    if used.start == 0:
        comma = next((x for x in range(hit.j, len(scan.lows)) if scan.lows[x] == ","), len(scan.lows))
        after = next((a for a in scan.actors if 0 < a.i - comma < 3), None)
        if after is not None:  # "having accused it, France left"
            return Subject("actor", after.codes, after.i, actors=[after])
    if used.aspect == GERUND and hit.i > 0:
        before = scan.low(used.start - 1)
        if (same := _verb_before(scan, used.start - 1)) is not None:
            return same
        if before in OPENS_PHRASE:
            return Subject("pronoun", at=used.start, text="it")
    return subject(scan, used.start)


def _verb_before(scan: Scan, comma: int) -> Subject | None:
    """Who did what stands right before a participle: "left after America withdrew from it, accusing it of breaches"."""
    last = next((h for h in reversed(scan.hits) if h.j <= comma), None)
    used = verb(scan, last) if last is not None else None
    if used is None:
        return None
    who = subject(scan, used.start)
    return who if who.kind == "actor" else None


def _group_start(scan: Scan, at: int) -> int:
    """Where the verb group round a token begins."""
    k = at
    while k > 0 and (
        scan.lows[k - 1] in BE
        or scan.lows[k - 1] in HAVE
        or scan.lows[k - 1] in DO
        or (scan.lows[k - 1] in MODAL)
        or adverbial(scan.lows[k - 1])
    ):
        k -= 1
    if k > 0 and scan.lows[k - 1] == "to":
        kind, other = controller(scan, k - 1)
        return _group_start(scan, other) if kind != "other" else _group_start(scan, k - 2) if k > 1 else k
    return k


def when_of(
    scan: Scan, hit: Hit, used: Verb, begin: int, end: int, others: list[Hit], report_at: int = -1
) -> When | None:
    """The date that goes with a trigger: the first after it in its clause, else the nearest before it."""
    if scan.low(hit.j) in BE:
        end = hit.j
    stop = min((h.i for h in others if h.i >= hit.j and h.i < end), default=end)
    after = [w for w in scan.whens if hit.j <= w.i < end and not w.attributive]
    near = [w for w in after if w.i <= stop]
    if near:
        closer = len(near) > 1 and near[1].i - near[0].j <= 2 and bool(near[0].past)
        if closer and (not near[1].relative):
            return near[1]
        return near[0]
    start = max((h.j for h in others if h.j <= hit.i and h.i >= begin), default=begin)
    left = [w for w in scan.whens if w.j <= hit.i and w.i >= start]
    if left:
        return left[-1]
    if after and used.voice != NOMINAL:
        return after[0]
    opening = [w for w in scan.whens if not w.attributive]
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
    if "," not in between and (not verbal(scan, hit.j, hit.j + len(between))):
        return later  # a long title stands between
    inner = [w for w in scan.whens if hit.gap and hit.gap[0] <= w.i < hit.j]
    return inner[0] if inner else None


def _in_relative(scan: Scan, hit: Hit) -> bool:
    """Does a verb stand in a clause hung on a name (", which had suspended it, "), so that the date before is not its own?"""
    return scan.low(clause_start(scan, hit.i) - 1) in ("which", "who", "whose")


OPENS_TIME = wordlist("links.OPENS_TIME")


def _opens(scan: Scan, when: When) -> bool:
    return all(scan.lows[x] in OPENS_TIME for x in range(when.i))


def target_after(scan: Scan, hit: Hit, end: int) -> tuple[str, ...]:
    """Whom a step is aimed at: actors after "toward", "against", "with respect to", "in relation to"."""
    for k in range(hit.j, end):
        low = scan.lows[k]
        if low in ("toward", "towards", "against", "vis") or scan.low(k - 1) in ("respect", "relation", "regard"):
            rows = groups([a for a in scan.actors if a.i > k], scan)
            if rows:
                return tuple(c for a in rows[0] for c in a.codes)
    return ()
