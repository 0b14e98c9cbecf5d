"""What a page must hold for a claim to be in it: a name of an instrument, and a word that carries an event."""

from __future__ import annotations

from functools import cache


@cache
def prefilter_words() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(names of instruments and of the organisations they founded, words for events), lower case but for names that are only
    ever written in capitals, which stand in capitals.

    A text without one of the first and one of the second, in any case of letters, holds no claim: "the pact" alone is no
    treaty, and accords between two are looked for only where the text speaks of military or friendly ties.
    """
    from servanda.extraction.context import CUES
    from servanda.extraction.lexicon import ACTOR, INSTRUMENT, Lexicon
    from servanda.extraction.triggers import first_words

    lexicon = Lexicon.default()
    founded = {code for known in lexicon.known.values() for code in known.body}
    names = (
        set(lexicon.names(INSTRUMENT, capitals=True))
        | set(lexicon.names(ACTOR, founded, capitals=True))
        | {" ".join(cue) for cue in CUES}
    )
    return tuple(sorted(names)), first_words()
