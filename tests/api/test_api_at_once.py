"""Many at once: fifty submitters lose nothing, and no two of them get the same entry."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tests.exchange.ledgers import document

from servanda.questions.ledger import verify_ledger


def test_fifty_submitters_at_once_lose_nothing(desk):
    payloads = [document("DEU", f"{2013 + n}-01-01", synthetic=True) for n in range(50)]
    signed = [desk.world.signed(p).as_bytes() for p in payloads]
    headers = desk.headers("officer", "DEU")

    def send(n):
        files = {"declaration": ("d.json", payloads[n]), "signature": ("d.sig", signed[n])}
        return desk.client.post("/exchange/submit", files=files, headers=headers)

    with ThreadPoolExecutor(50) as pool:
        found = list(pool.map(send, range(50)))
    assert [r.status_code for r in found] == [201] * 50
    entries = [r.json()["entry"] for r in found]
    assert len(set(entries)) == 50
    for n, entry in enumerate(entries):
        assert desk.world.store.declaration(entry).data == payloads[n]
    ledger = verify_ledger(desk.path, key=str(desk.world.log.public))
    assert ledger.value.holds
    assert ledger.value.declarations == 4 + 50
