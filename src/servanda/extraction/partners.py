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
LISTING = frozenset([",", "and", "the", "also", "as", "well", "with"])


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
    if year is not None:
        found = [k for k in found if k.year == year]
    if len(found) > 1:
        spoken = set(words)
        return (max(found, key=lambda k: len(k.words & spoken)).id,)
    return tuple(k.id for k in found)


def find_partners(context: Context, scan: Scan) -> None:
    """Give nouns such as "pacts" in a sentence the accords meant by their partners: "with Germany", "the Polish accord"."""
    added: list[Thing] = []
    heads = [t for t in scan.things if t.generic and scan.low(t.i) in PAPERS]
    more = [Thing(i, i + 1, generic=True) for i, w in enumerate(scan.lows) if w in ITEMS and not scan.thing_at(i)]
    that = (
        i for i, w in enumerate(scan.lows) if w in ("that", "one") and scan.low(i + 1) == "with"
    )  # "among them that with Peru"
    those = [Thing(i, i + 1, generic=True) for i in that]
    scan.things = sorted([*scan.things, *those], key=lambda t: t.i)
    for thing in [*heads, *more, *those]:
        k = thing.i - 1
        while thing.i - k < 5 and scan.actor_at(k) is None and scan.low(k).isalpha() and scan.low(k) not in PREPOSITION:
            k -= 1
        actor = scan.actor_at(k)
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
    for k in range(thing.j, min(len(scan.lows), thing.j + 26)):
        low = scan.lows[k]
        if low in (".", ";", ":") or (low in GENERIC and k > thing.j and scan.low(k - 1) in ("an", "a", "the")):
            break
        if low in ("with", "between") and (found := _row(scan, k + 1)):
            return found
    return []


def _row(scan: Scan, x: int) -> list[Actor]:
    """The states listed from a token on, each perhaps with its year or a remark in brackets."""
    found: list[Actor] = []
    while x < len(scan.lows):
        actor, low = scan.actor_at(x), scan.lows[x]
        dated = scan.when_at(x) or (scan.when_at(x + 1) if low in ("in", "of", "from") else None)
        if actor is not None:
            found += [actor] if len(actor.codes) == 1 and actor.role != ORGANISATION else []
            x = actor.j
        elif low == "(":
            x = next((y for y in range(x, len(scan.lows)) if scan.lows[y] == ")"), len(scan.lows)) + 1
        elif low in LISTING:
            x += 1
        elif dated is not None and found:
            x = dated.j
        else:
            break
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
    withs = [k for k in range(at, stop) if scan.lows[k] == "with"] if context.pairs or context.partners else []
    others = (scan.actor_at(k + 1) or scan.actor_at(k + 2) for k in withs)
    other = next((a.codes[0] for a in others if a is not None and len(a.codes) == 1), None)
    return between(context, other, year, scan.lows) if other else ()
