"""What supports a claim beside its words: whether the sentence names instrument and doers, what else could be meant, loose dates.

A finding is only as sure as this: see `findings.caution`.
"""

from __future__ import annotations

from dataclasses import replace

from servanda.extraction.attribution import codes, voices
from servanda.extraction.candidates import undated
from servanda.extraction.clauses import clause_end, clause_start
from servanda.extraction.context import Context
from servanda.extraction.grammar import LAW
from servanda.extraction.marks import marks
from servanda.extraction.mentions import described
from servanda.extraction.scan import Scan, Thing
from servanda.extraction.subjects import subject
from servanda.extraction.verbgroups import ACTIVE, GERUND, INFINITIVE, verb
from servanda.extraction.words import wordlist
from servanda.model.claims import Claim, Evidence

RECENT = (
    4  # mentions in a row of one instrument, the one the document is about, that leave no doubt which "the treaty" is
)
VERSION = 2  # sentences after which "it" no longer means the amended version spoken of
NEAR = 8  # tokens between a trigger and its own object; another instrument beyond them is no rival
PAPER = wordlist("evidence.PAPER")  # words of LAW that may mean the treaty itself
Words = tuple[str, ...]
MEANS = wordlist("evidence.MEANS")
ENLARGING = wordlist("evidence.ENLARGING")
OTHERS = wordlist("evidence.OTHERS")


def with_evidence(scan: Scan, context: Context, claims: list[Claim]) -> list[Claim]:
    """The claims of a sentence with their evidence; an unlisted instrument becomes None with its description."""
    dated = {c.date for c in claims if c.date}
    whens = [w for w in scan.whens if not w.attributive and w.past and w.past not in dated and w.ahead not in dated]
    loose = tuple(dict.fromkeys(w.past for w in whens if w.past))
    open_days = undated(scan, context.maybe)
    return [_one(scan, context, c, (loose, ((), ()) if c.date else open_days)) for c in claims]


def _one(scan: Scan, context: Context, claim: Claim, days: tuple[Words, tuple[Words, Words]]) -> Claim:
    at = next((k for k, w in enumerate(scan.words) if w.start >= claim.start), 0)
    stop = next((k for k, w in enumerate(scan.words) if w.start >= claim.end), len(scan.words))
    name = claim.instrument
    loose, (words_for_days, candidates) = days
    own = [t for t in scan.things if name in t.ids]
    named = any(not t.generic for t in own) or (not own and _by_body(scan, context, name))
    alone = context.now - context.versions > (1 if own else VERSION) and (
        set(context.count) <= _family(context, name)
        or (name == context.main and set(context.stack[-RECENT:]) == {name})
    )
    evidence = Evidence(
        instrument="named" if named else "only" if alone else "referred",
        actors=_actors_by(scan, context, claim, at),
        rivals=_rivals(scan, own, at, stop),
        dates=loose,
        undated=words_for_days,
        candidates=candidates,
        place=_place(scan, stop) if claim.event == "sign" else None,
        marks=marks(scan, claim.event, at, stop),
    )
    words = described(name) if name else None
    if claim.event == "decline_to_ratify" and _enlarging(scan, stop, name, context):
        words = "enlargement"
    through = voices(scan, claim, at, context.told)
    chain = codes(through)
    if _others_of(scan, claim):
        claim = replace(claim, actors=())
    if words is not None:
        return replace(claim, instrument=None, described=words, evidence=evidence, chain=chain, voices=through)
    return replace(claim, evidence=evidence, chain=chain, voices=through)


def _by_body(scan: Scan, context: Context, name: str | None) -> bool:
    known = context.known(name) if name else None
    return known is not None and any(c in known.body for a in scan.actors for c in a.codes)


def _family(context: Context, name: str | None) -> set[str | None]:
    """An instrument that the document is about, with the later version of it; another alone."""
    known = context.known(name) if name and name == context.main else None
    return {name, known.version if known is not None else None}


def _actors_by(scan: Scan, context: Context, claim: Claim, at: int) -> str:
    """How sure the doers are: named in the clause, the only ones that the sentence and the one before name, or referred to."""
    begin, end = clause_start(scan, at), clause_end(scan, at)
    if not claim.actors:
        return "referred"
    if {c for a in scan.actors if begin <= a.i < end for c in a.codes}.issuperset(claim.actors):
        return "named"
    here = {c for a in scan.actors for c in a.codes}
    return "only" if (here or context.lately) == set(claim.actors) else "referred"


def _place(scan: Scan, stop: int) -> str | None:
    """The place told right behind a signature: "signed in Vienna"."""
    if scan.low(stop) not in ("in", "at") or stop + 1 >= len(scan.words):
        return None
    word = scan.words[stop + 1]
    return word.raw if word.capital and scan.when_at(stop + 1) is None else None


def _rivals(scan: Scan, own: list[Thing], at: int, stop: int) -> tuple[str, ...]:
    """Other things the act may have been done to: laws and bills of the sentence, other instruments named in it."""
    if any(stop <= t.i <= stop + NEAR and not t.generic for t in own) and not any(
        w in LAW and w not in PAPER for w in scan.lows[max(0, stop - NEAR) : stop + NEAR]
    ):
        return ()
    acting = _acting(scan, at)
    laws = [
        w
        for k, w in enumerate(scan.lows)
        if w in LAW and w not in PAPER and not scan.taken[k] and not _by(scan, k) and k != acting
    ]
    others = [scan.low(t.i) if t.generic else " ".join(w.raw for w in scan.words[t.i : t.j]) for t in scan.things]
    mine = {id(t) for t in own}
    named = [o for t, o in zip(scan.things, others, strict=True) if t.ids and id(t) not in mine and not t.partner]
    return tuple(dict.fromkeys([*laws, *named]))


def _acting(scan: Scan, at: int) -> int | None:
    """The law that is told to have done it ("a decree ended the treaty"), which is then not what it was done to."""
    hit = next((h for h in scan.hits if h.i == at), None)
    used = verb(scan, hit) if hit is not None else None
    if used is None or used.voice != ACTIVE or used.aspect in (GERUND, INFINITIVE):
        return None
    who = subject(scan, used.start)
    return who.at if who.kind == "other" and scan.low(who.at) in LAW else None


def _by(scan: Scan, k: int) -> bool:
    """Does a law tell how a thing was done ("by decree", "under a law"), rather than what it was done to?"""
    return scan.low(k - 1) in MEANS or (scan.low(k - 1) in ("a", "an", "the", "his") and scan.low(k - 2) in MEANS)


def _enlarging(scan: Scan, stop: int, name: str | None, context: Context) -> bool:
    """Is it the admission of a member that is ratified, rather than the treaty its organisation rests on?"""
    known = context.known(name) if name else None
    return known is not None and bool(known.body) and any(w in ENLARGING for w in scan.lows[stop : stop + NEAR])


def _others_of(scan: Scan, claim: Claim) -> bool:
    """ "Belarus's western neighbours": the name tells whose others they are, and not who acts."""
    for actor in scan.actors:
        if claim.actors == actor.codes and scan.low(actor.j) in ("'s", "'"):
            return any(w in OTHERS for w in scan.lows[actor.j : actor.j + 4])
    return False
