"""Whether the record holds every act of a kind by a party, so that the absence of one tells something (`complete` in treaty.yaml)."""

from __future__ import annotations

from datetime import date

from servanda.corpus import Corpus
from servanda.findings import words
from servanda.findings.facts import resolve
from servanda.findings.steps import DIRECT
from servanda.model.claims import Claim

# Acts by which consent to be bound is given, where a claim of not ratifying is held against them.
CONSENT = ("deposit", "accede", "approve")


def complete(corpus: Corpus, claim: Claim, day: date | None = None) -> bool:
    """Whether the record is without gaps for the claim's step, by each party it names (by everybody where it names none).

    The claim's date tells on which day; `day` stands in where it gives none.
    """
    instrument = resolve(corpus, claim.instrument)
    if instrument is None:
        return False
    kinds = CONSENT if claim.event == "decline_to_ratify" else DIRECT.get(claim.event, ())
    holder = corpus.dossier(instrument).instrument
    when = words.read_date(claim.date)
    on = (when.latest or when.earliest) if when is not None else day
    parties: list[str | None] = [p for a in claim.actors for p in _members(corpus, a, on)]
    return all(holder.complete_for(kinds, party, on) for party in parties or [None])


def _members(corpus: Corpus, code: str, day: date | None) -> tuple[str, ...]:
    """The states a doer stands for."""
    if not corpus.actors.is_organisation(code):
        return (code,)
    members = corpus.actors.get(code).members if day is None else corpus.actors.members(code, day)
    return tuple(m if isinstance(m, str) else m.actor for m in members) or (code,)
