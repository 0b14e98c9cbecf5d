"""Which instrument a mention means, where the words round a name decide it.

A short form in brackets wins over the title before it; a word such as "amended" tells a later version from the original;
a matter ("on disposing of plutonium") tells a known instrument; and a title or a partner that no list knows opens an
instrument of its own, whose id is UNLISTED and the words of the text. It is never the nearest known one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servanda.extraction.grammar import STRONG_BREAK
from servanda.extraction.lexicon import NAME, ORGANISATION, Lexicon
from servanda.extraction.words import wordlist

if TYPE_CHECKING:
    from servanda.extraction.context import Context
    from servanda.extraction.scan import Scan, Thing

UNLISTED = "?"  # begins the id of an instrument that no list knows; the description follows
SHORT_FORM = 6  # tokens inside the bracket that gives a short form
MATTER = 8  # tokens behind a noun in which its matter is told
NAMING = wordlist("mentions.NAMING")
ABOUT = wordlist("mentions.ABOUT")


def unlisted(words: str) -> str:
    """The id of an instrument known only by the text's own words."""
    return UNLISTED + words


def described(name: str) -> str | None:
    """The words of an unlisted instrument; None for one of the lists."""
    return name[1:] if name.startswith(UNLISTED) else None


def short_forms(found: Scan) -> None:
    """ "Strategic Arms Reduction Treaty (New START)": the name in brackets tells which; both mentions mean it."""
    for before, after in zip(found.things, found.things[1:], strict=False):
        gap = found.lows[before.j : after.i]
        if "(" not in gap[:2] or ")" in gap or len(gap) > SHORT_FORM or ")" not in found.lows[after.j : after.j + 2]:
            continue
        if after.ids and not after.generic and not before.generic:
            before.ids, before.draft = after.ids, after.draft


def apposed(found: Scan) -> None:
    """A noun is named by what stands beside it between commas: "the treaty on the end, the so-called Two Plus Four, was"."""
    for before, after in zip(found.things, found.things[1:], strict=False):
        if _beside(found, before, after):
            before.ids, before.draft = after.ids, after.draft


def _beside(found: Scan, before: Thing, after: Thing) -> bool:
    gap = found.lows[before.j : after.i]
    opens = next((k for k, low in enumerate(gap) if low == ","), None)
    if not before.generic or before.ids or not after.ids or after.generic or opens is None:
        return False
    named = all(w in NAMING for w in gap[opens + 1 :]) and found.low(after.j) in (",", ".", ")")
    return named and all(w.isalpha() for w in gap[:opens]) and opens < MATTER


def versions(found: Scan, lexicon: Lexicon) -> None:
    """The "amended" treaty is not the original: the version the tables name, else an instrument of its own."""
    for thing in found.things:
        word = found.low(thing.i - 1)
        if word not in lexicon.version_words or len(thing.ids) != 1:
            continue
        known = lexicon.known.get(thing.ids[0])
        if known is not None and word not in lexicon.spoken.get(known.id, ()):
            text = " ".join(t.raw for t in found.words[thing.i - 1 : thing.j])
            thing.ids = (known.version or unlisted(text),)


def matters(found: Scan, lexicon: Lexicon) -> None:
    """ "Its pact with X on disposing of plutonium": a noun whose matter only one known instrument has."""
    for thing in found.things:
        if not thing.generic or thing.ids or thing.plural:
            continue
        stop = min(len(found.lows), thing.j + MATTER)
        end = next((k for k in range(thing.j, stop) if found.lows[k] in STRONG_BREAK or found.lows[k] == ","), stop)
        after = found.lows[thing.j : end]
        fit = [k.id for k in lexicon.known.values() if k.about and k.about & set(after)]
        if len(fit) == 1 and ABOUT & set(after):
            thing.ids = (fit[0],)


def other_partner(context: Context, found: Scan, thing: Thing) -> str | None:
    """ "An agreement with Sweden" that no list knows: an instrument of its own, not the one last spoken of."""
    if thing.ids or not thing.generic or thing.plural or found.low(thing.j) != "with":
        return None
    actor = found.actor_at(thing.j + 1) or (found.actor_at(thing.j + 2) if found.low(thing.j + 1) == "the" else None)
    if actor is None or len(actor.codes) != 1 or actor.role == ORGANISATION or (actor.role != NAME and actor.people):
        return None
    spoken_of = (context.known(i) for i in (*context.stack, *context.count))
    same = set(context.lexicon.same(actor.codes[0]))
    if any(k is not None and same & set(k.parties) for k in spoken_of):
        return None
    return unlisted(" ".join(t.raw for t in found.words[thing.i : actor.j]))
