"""Accords between two that have no name of their own: found by the partner, the year and the words told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from servanda.extraction.grammar import GENERIC, PREPOSITION
from servanda.extraction.lexicon import ADJECTIVE, ORGANISATION
from servanda.extraction.scan import Actor, Scan, Thing
from servanda.extraction.words import wordlist

if TYPE_CHECKING:
    from servanda.extraction.context import Context

PAPERS = wordlist("partners.PAPERS")
ITEMS = wordlist("partners.ITEMS")


def between(context: Context, partner: str, year: int | None, words: Iterable[str]) -> tuple[str, ...]:
    """Instruments between a partner and another state of the document, by year and by the words of their titles."""
    others = {o for c in context.codes if c != partner for o in context.lexicon.same(c)}
    found = [
        k
        for k in context.lexicon.bilateral()
        if any(s in k.parties for s in context.lexicon.same(partner))
        and any(p in others for p in k.parties if p != partner)
    ]
    today = context.clock.today
    if today is not None:
        found = [k for k in found if k.year is None or today.year - 60 <= k.year <= today.year]
    {s for s, _ in context.states.most_common(1)}
    if year is not None:
        found = [k for k in found if k.year == year]
    if len(found) > 1:
        spoken = set(words)
        any(w.startswith("friend") for w in spoken)
        found = found
        score = {k.id: len(k.words & spoken) for k in found}
        best = max(score.values())
        found = [k for k in found if score[k.id] == best]
    return tuple(k.id for k in found[:1])


def find_partners(context: Context, scan: Scan) -> None:
    """Give nouns such as "pacts" in a sentence the accords meant by their partners: "with Germany", "the Polish accord"."""
    added: list[Thing] = []
    heads = [t for t in scan.things if t.generic and scan.low(t.i) in PAPERS]
    more = [Thing(i, i + 1, generic=True) for i, w in enumerate(scan.lows) if w in ITEMS and not scan.thing_at(i)]
    heads += more
    those = [
        Thing(i, i + 1, generic=True) for i, w in enumerate(scan.lows) if w == "that" and scan.low(i + 1) == "with"
    ]
    scan.things = sorted([*scan.things, *those], key=lambda t: t.i)  # "among them that with Peru"
    heads += those
    for thing in heads:
        k = thing.i - 1
        while (
            k >= 0
            and thing.i - k < 5
            and scan.actor_at(k) is None
            and scan.low(k) not in PREPOSITION
            and scan.low(k).isalpha()
        ):
            k -= 1
        actor = scan.actor_at(k) if k >= 0 else None
        if scan.lows[max(0, thing.i - 2) : thing.i] == ["its", "own"] and context.pairs:
            nearest = [a for a in scan.actors if a.j <= thing.i and a.role != ORGANISATION]
            code = nearest[0].codes if nearest else context.subjects
            if code and (ids := between(context, code[0], None, scan.lows)):
                thing.ids = ids
                continue
        if actor is not None and actor.role == ADJECTIVE:
            _partner(context, scan, [actor], thing, added)
            continue
        listed = _with(scan, thing)
        if listed:
            _partner(context, scan, listed, thing, added)
    added += [t for t in more if t.ids]
    if scan.lows[:1] == ["among"] and scan.things and scan.things[0].generic and len(added) > 1:
        scan.things[0].ids = tuple(dict.fromkeys(i for t in added for i in t.ids))
    if added:
        scan.things = sorted(scan.things + added, key=lambda t: t.i)


def _with(scan: Scan, thing: Thing) -> list[Actor]:
    """Actors after "with" behind a noun, in the same sentence."""
    found: list[Actor] = []
    k = thing.j
    limit = min(len(scan.lows), thing.j + 26)
    while k < limit:
        low = scan.lows[k]
        if low in (".", ";", ":") or (low in GENERIC and k > thing.j and scan.low(k - 1) in ("an", "a", "the")):
            break
        if low in ("with", "between"):
            x = k + 1
            while x < len(scan.lows):
                actor = scan.actor_at(x)
                if actor is not None:
                    if len(actor.codes) == 1 and actor.role != ORGANISATION:
                        found.append(actor)
                    x = actor.j
                    continue
                if scan.lows[x] in (",", "and", "the", "also", "as", "well") or scan.lows[x] == "(":
                    if scan.lows[x] == "(":
                        while x < len(scan.lows) and scan.lows[x] != ")":
                            x += 1
                    x += 1
                    continue
                if scan.lows[x] == "with":
                    x += 1
                    continue
                dated = scan.when_at(x) or (scan.when_at(x + 1) if scan.lows[x] in ("in", "of", "from") else None)
                if dated is not None and found:
                    x = dated.j
                    continue
                break
            if found:
                return found
        k += 1
    return found


def _partner(context: Context, scan: Scan, actors: list[Actor], thing: Thing, added: list[Thing]) -> None:
    """Give a noun the accords with these partners, and note each partner as naming one."""
    for n, actor in enumerate(actors):
        code = actor.codes[0]
        stop = actors[n + 1].i if n + 1 < len(actors) else len(scan.lows)
        near = [w for w in scan.whens if actor.j <= w.i < max(stop, actor.j + 8)]
        years = [int(w.past[:4]) for w in near if w.past]
        spoken = scan.lows[max(0, thing.i - 6) : min(len(scan.lows), actor.j + 12)]
        ids = next((x for y in years if (x := between(context, code, y, spoken))), ())
        ids = ids or between(context, code, None, spoken)
        if ids:
            context.partners.update(ids)
            thing.ids = tuple(dict.fromkeys(thing.ids + ids))
            thing.partner = True
            added.append(Thing(actor.i, actor.j, ids, partner=True, plural=thing.plural))


def signed_with(context: Context, scan: Scan, at: int, stop: int, year: int | None) -> tuple[str, ...]:
    """An accord by the partner after "with" or by the place of signing, in a document about accords between two."""
    if not (context.pairs or context.partners):
        return ()
    k = at
    while k < stop:
        if scan.lows[k] == "with":
            actor = scan.actor_at(k + 1) or scan.actor_at(k + 2)
            if actor is not None and len(actor.codes) == 1:
                return between(context, actor.codes[0], year, scan.lows)
        k += 1
    return ()
