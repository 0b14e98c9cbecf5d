"""States and organisations: what each takes part in, on a day."""

from __future__ import annotations

from typing import Any

from servanda.model.actors import Actor
from servanda.model.errors import ServandaError
from servanda.model.results import PartyStanding
from servanda.questions.words import day
from servanda.web.asking import Asking


def home(asking: Asking) -> dict[str, Any]:
    """All actors of the record by kind, in the order of their names."""
    by: dict[str, list[Actor]] = {}
    for actor in asking.corpus.actors:
        by.setdefault(actor.kind.value, []).append(actor)
    return {"kinds": {k: sorted(v, key=lambda a: a.name) for k, v in sorted(by.items(), reverse=True)}}


def standings(asking: Asking, code: str, on: Any) -> list[tuple[str, str, PartyStanding]]:
    """Instrument, its short name and the actor's standing, for every instrument it took part in by that day."""

    def find() -> list[tuple[str, str, PartyStanding]]:
        found = []
        for instrument in asking.corpus.ids():
            try:
                answer = asking.ask(instrument, "standing", on=on)
            except ServandaError:  # the day lies outside this instrument's record
                continue
            own = asking.corpus.dossier(instrument).instrument
            found += [(instrument, own.short, s) for s in answer.value if s.party == code]
        return found

    return asking.kept.get(("standings of", code, on), find)


def view(asking: Asking, code: str, on: str) -> dict[str, Any]:
    """One actor: names, membership, what came before and after it, and its standings on a day."""
    asked = day(on)
    actor = asking.corpus.actors.find(code)
    organisations = [
        (o, t) for o in asking.corpus.actors for t in o.members if t.actor == actor.code
    ]  # fmt: skip
    return {
        "actor": actor,
        "names": asking.corpus.actors.name,
        "on": asked.isoformat(),
        "members": sorted(asking.corpus.actors.members(actor.code, asked), key=asking.corpus.actors.name),
        "organisations": sorted(organisations, key=lambda pair: (pair[0].name, str(pair[1].since))),
        "standings": standings(asking, actor.code, asked),
    }
