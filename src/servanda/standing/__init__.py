"""Who is bound: acts -> standings -> groups, by reading and as known on a day."""

from servanda.standing.entry import Entry, entry_into_force
from servanda.standing.groups import applies_from, groups, participating_states
from servanda.standing.obligations import Obligations, obligations
from servanda.standing.status import ledger, parties, standing_of, standings
from servanda.standing.timeline import Event, timeline

__all__ = [
    "Entry",
    "Event",
    "Obligations",
    "applies_from",
    "entry_into_force",
    "groups",
    "ledger",
    "obligations",
    "participating_states",
    "parties",
    "standing_of",
    "standings",
    "timeline",
]
