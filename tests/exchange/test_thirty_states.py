"""The exchange of thirty states whole: workbooks, rules, signatures, the ledger stopped and started, and the verdicts."""

from __future__ import annotations

from datetime import date

import servanda as sv
from servanda.corpus import Corpus
from servanda.exchange.formats import write
from servanda.exchange.store import Store
from servanda.questions.declared import read_declared, records_of
from servanda.questions.exchange import types_of, validate
from servanda.questions.ledger import payload_of, verify_ledger
from tests.exchange.ledgers import World
from tests.exchange.samples import all_of_1995, form
from tests.exchange.test_declared_answers import own_sum

CORPUS = Corpus.default()
ON = date(1995, 11, 17)
# Who hands over a workbook: one whose forces stand abroad, one with several areas and storage, the smallest. Workbooks are slow
# and read alike whoever fills them; the others hand over JSON.
BY_WORKBOOK = ("USA", "UKR", "ISL")


def test_thirty_states_from_workbook_to_verdict(tmp_path):
    types, place = types_of(CORPUS, "cfe"), tmp_path / "exchange.db"
    world = World(place)
    for seed, value in enumerate(all_of_1995(), 1):
        path = tmp_path / f"{value.party}.{'xlsx' if value.party in BY_WORKBOOK else 'json'}"
        write(path, value, form(), types=types)
        assert validate(CORPUS, path).value.valid, value.party
        world.admit(value.party, seed)
        payload = payload_of(CORPUS, path)
        receipt = world.store.submit(world.signed(payload), payload, world.log)
        assert not receipt.again
    world.store.close()

    with Store.open(place) as store:
        assert store.head().size == 2 * len(all_of_1995()) == 60
    ledger = verify_ledger(place, key=str(world.log.public))
    assert ledger.value.holds
    assert ledger.value.declarations == 30

    given = read_declared(CORPUS, "cfe", str(place))
    assert {g.value.party for g in given} == {d.party for d in all_of_1995()}
    found = sv.load("cfe").assess(on=ON, records=records_of(CORPUS, "cfe", given))
    exact = [v for v in found.value if v.limit.cite.startswith(("CFE IV", "CFE V.", "CFE VI(")) and v.low is not None]
    assert len(exact) > 200
    assert all(v.low == v.high for v in exact)
    for verdict in exact:
        if (
            verdict.limit.cite.startswith("CFE IV.1(")
            and verdict.posture == "any"
            and verdict.scope in ("west", "east")
        ):
            assert verdict.low == own_sum(verdict.members, verdict.limit.category), verdict.id
