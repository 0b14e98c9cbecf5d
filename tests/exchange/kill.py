"""Writers killed many times over, run by hand: `python -m tests.exchange.kill [ROUNDS] [postgresql]`."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.exchange.ledgers import filled
from tests.exchange.postgresql import server
from tests.exchange.test_store import kill_while_writing


def main(rounds: int, kind: str) -> None:
    """Print what was acknowledged and what is there; an assertion fails where something was lost or is half there."""
    started = time.monotonic()
    if kind == "postgresql":
        with server() as url:
            told, kept = _run(url("killed"), rounds)
    else:
        with tempfile.TemporaryDirectory() as folder:
            told, kept = _run(str(Path(folder) / "x.db"), rounds)
    print(
        f"{kind}: {rounds} writers killed, {told} acknowledged, {kept} there, every ledger verified, {time.monotonic() - started:.0f} s"
    )


def _run(place: str, rounds: int) -> tuple[int, int]:
    world = filled(place, 2)
    world.store.close()
    return kill_while_writing(place, world, rounds, seed=rounds)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20, sys.argv[2] if len(sys.argv) > 2 else "sqlite")
