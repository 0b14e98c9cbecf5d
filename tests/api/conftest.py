"""An API over the record, with a store that holds declarations of made-up figures, and tokens of every role."""

from __future__ import annotations

import pytest

from servanda.exchange.tokens import issue

pytest.importorskip("fastapi")
from fastapi.testclient import TestClient
from tests.exchange.ledgers import World

from servanda.api import create_api

DAYS = {"USA": ("2007-01-01", "2012-01-01"), "RUS": ("2007-01-01",), "DEU": ("2012-01-01",)}


@pytest.fixture(scope="session")
def open_api():
    """The API without a store."""
    return TestClient(create_api())


class Desk:
    """A client, the world behind it, and tokens by role and state."""

    def __init__(self, path, **options):
        self.world = World(path)
        for seed, party in enumerate(DAYS, 1):
            self.world.admit(party, seed)
        self.entries = {
            (party, day): self.world.declare(party, day, synthetic=True).index
            for party, days in DAYS.items()
            for day in days
        }
        self.path = str(path)
        self.app = create_api(database=self.path, key=self.world.log, **options)
        self.client = TestClient(self.app)
        self.tokens = {}

    def token(self, role, party=None, **options):
        key = (role, party, tuple(options.items()))
        if key not in self.tokens:
            self.tokens[key] = issue(self.world.store, role, party, **options)[1]
        return self.tokens[key]

    def get(self, path, role=None, party=None, **query):
        return self.client.get(path, params=query, headers=self.headers(role, party))

    def headers(self, role=None, party=None):
        return {} if role is None else {"Authorization": f"Bearer {self.token(role, party)}"}


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path / "exchange.db")
    yield made
    made.app.state.store.close()
    made.world.store.close()
