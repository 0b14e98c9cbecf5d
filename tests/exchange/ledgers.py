"""Small ledgers for tests: keys of the log and of states, declarations, and stores that hold them."""

from __future__ import annotations

from servanda.exchange.canonical import canonical
from servanda.exchange.keys import SecretKey
from servanda.exchange.log_entries import Signed, announce_key, declare, revoke_key
from servanda.exchange.store import Store, facts_of

ORIGIN = "example.org/exchange"


def document(party="POL", as_of="1996-01-01", rows=3, **more):
    """A declaration's canonical bytes, as small as the ledger asks."""
    return canonical(
        {
            "instrument": "cfe", "party": party, "document": "annual", "as_of": as_of, "synthetic": False,
            "rows": [{"unit": f"{party}-{i}", "battle_tank": i} for i in range(rows)], **more,
        }
    )  # fmt: skip


class World:
    """A store with its log's key, and the keys of states as they are admitted."""

    def __init__(self, place, **options):
        self.log = SecretKey(ORIGIN, bytes(range(32)))
        self.store = Store.create(place, ORIGIN, self.log.public)
        self.keys = {}

    def admit(self, party, seed=1):
        key = SecretKey(party, bytes([seed]) * 32)
        signed = announce_key(party, key.public).signed_with(key).signed_with(self.log)
        self.keys[party] = key
        return self.store.submit(signed, None, self.log)

    def rotate(self, party, seed, vouched_by=None):
        old, new = self.keys[party], SecretKey(party, bytes([seed]) * 32)
        signed = announce_key(party, new.public, old.public.id).signed_with(new).signed_with(vouched_by or old)
        found = self.store.submit(signed, None, self.log)
        self.keys[party] = new
        return found

    def revoke(self, party, reason="lost"):
        key = self.keys[party]
        return self.store.submit(revoke_key(party, key.public.id, reason).signed_with(key), None, self.log)

    def signed(self, payload, key=None) -> Signed:
        facts = facts_of(payload)
        return declare(facts, payload).signed_with(key or self.keys[facts["party"]])

    def declare(self, party="POL", as_of="1996-01-01", **more):
        payload = document(party, as_of, **more)
        return self.store.submit(self.signed(payload), payload, self.log)


def filled(place, count=12):
    """A ledger of `count` entries: two keys and declarations of two states by turns."""
    world = World(place)
    world.admit("POL", 1)
    world.admit("DEU", 2)
    for i in range(count - 2):
        world.declare("POL" if i % 2 else "DEU", f"{1996 + i}-01-01")
    return world
