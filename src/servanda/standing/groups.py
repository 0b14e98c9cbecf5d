"""Groups of states on a day, by the treaty or by an alliance; and from when a limit judges (law.md 2, 4)."""

from __future__ import annotations

from datetime import date

from servanda.corpus import Corpus
from servanda.model.errors import UnknownName
from servanda.model.instrument import Dossier
from servanda.model.limits import Limit
from servanda.model.vocabulary import Standing
from servanda.standing.readings import DEPOSITARY
from servanda.standing.status import parties, standings

TREATY = "treaty"


def participating_states(corpus: Corpus, instrument: str, *, on: date, reading: str = DEPOSITARY) -> tuple[str, ...]:
    """Parties, or before entry into force the signatories and contracting states."""
    bound = parties(corpus, instrument, on=on, reading=reading)
    if bound:
        return bound
    early = (Standing.SIGNATORY, Standing.CONTRACTING)
    found = standings(corpus, instrument, on=on, reading=reading)
    return tuple(s.party for s in found if s.standing in early)


def groups(
    corpus: Corpus,
    instrument: str,
    *,
    on: date,
    accounting: str = TREATY,
    reading: str = DEPOSITARY,
) -> dict[str, tuple[str, ...]]:
    """Members of each group that take part on `on`: `treaty` as the treaty has them, else by an organisation.

    The second redraws what no article says; the caller marks it so. UnknownName for another accounting.
    """
    bound = participating_states(corpus, instrument, on=on, reading=reading)
    dossier = corpus.dossier(instrument)
    taking_part = set(bound)
    if accounting == TREATY:
        return {g.id: tuple(m for m in g.on(on) if m in taking_part) for g in dossier.instrument.groups}
    code = accounting.upper()
    if code not in corpus.actors or not corpus.actors.is_organisation(code):
        organisations = tuple(a.code.lower() for a in corpus.actors if a.kind == "organisation" and a.members)
        raise UnknownName("accounting of groups", accounting, (TREATY, *organisations))
    members = set(corpus.actors.members(code, on))
    return {accounting.lower(): tuple(p for p in bound if p in members)}


def applies_from(corpus: Corpus, dossier: Dossier, limit: Limit) -> date | None:
    """The first day a limit judges, computed from its clause and the instrument's clock; None if it never did."""
    rule = limit.applies
    if rule.since is not None:
        return rule.since
    if rule.since_act is not None:
        act = next((a for a in dossier.acts if a.id == rule.since_act), None)
        when = (act.effective or act.date) if act else None
        return when.latest if when else None
    if rule.months is not None:
        from servanda.model.dates import Period

        clock = dossier.instrument.clock
        if clock is None:
            clock = corpus.hosts(dossier.instrument.id)[0].instrument.clock
        return Period(months=rule.months).after(clock.start) if clock else None
    from servanda.standing.status import ledger

    return ledger(corpus, dossier.instrument.id).entry.day
