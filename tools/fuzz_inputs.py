"""Mutated inputs for the readers of a user's own files: no traceback, no hang.

    python tools/fuzz_inputs.py scenario 10000
    python tools/fuzz_inputs.py csv 10000
    python tools/fuzz_inputs.py parquet 10000

A valid file is damaged at random; reading it must give either a result or the package's own error, within a second.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from servanda.corpus import Corpus
from servanda.corpus.holdings import read_holdings
from servanda.model.errors import ServandaError
from servanda.scenario import apply, load_scenario
from servanda.scenario.overlay import FOLDER

WORST = (
    None, True, -1, 10**30, 2.5, float("nan"), "", "x" * 5000, "cfe", "RUS", "9999-99-99", "0000-01-01", "../../etc",
    [], [1, [2]], {}, {"a": 1}, [{"a": []}], "\u202e\x07", "west+", "+", "any", "1995-11-17", "-",
)  # fmt: skip
HOLDINGS = (
    ["holder", "category", "as_of", "value", "place", "posture"],
    ["DEU", "battle_tank", "1995-11-17", "2500", "attu", "any"],
    ["west+CZE", "acv", "1995-11-17", "12000", "iv.3", "active"],
    ["RUS", "aifv+hacv", "2000-01-01", "300", "flank", "any"],
    ["parties", "artillery", "1992-07-17", "9000", "attu", "stored"],
)


def main(kind: str, count: int, seed: int = 0) -> int:
    """Run `count` mutated inputs of a kind; print what went wrong and return how many did."""
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        for number, fault, _ in run(kind, count, Path(folder), seed):
            if fault:
                bad += 1
                print(f"{kind} {number}: {fault}")
    print(f"{count} mutated {kind} inputs, {bad} faults")
    return bad


def run(kind: str, count: int, folder: Path, seed: int = 0) -> Any:
    """(number, fault or None, path) for each mutated input."""
    make: Callable[[random.Random, Path], Path] = {"scenario": _scenario, "csv": _csv, "parquet": _parquet}[kind]
    corpus = Corpus.default()
    corpus.dossier("cfe")
    for number in range(count):
        rng = random.Random(seed * 1_000_003 + number)
        path = make(rng, folder)
        start = time.monotonic()
        fault = None
        try:
            if kind == "scenario":
                apply(corpus, [load_scenario(path)])
            else:
                read_holdings(path, corpus, "cfe")
        except ServandaError as error:
            if not str(error).strip() or "Traceback" in str(error):
                fault = f"no clear message: {error!r}"
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            fault = f"{type(error).__name__}: {error}"[:300]
        if time.monotonic() - start > 5 and fault is None:
            fault = f"took {time.monotonic() - start:.1f} s"
        yield number, fault, path


def _scenario(rng: random.Random, folder: Path) -> Path:
    import yaml

    source = rng.choice(sorted(FOLDER.glob("*.yaml")))
    path = folder / "s.yaml"
    if rng.random() < 0.3:
        return _bytes(rng, source.read_bytes(), path)
    tree = yaml.load(source.read_text(), yaml.BaseLoader)
    for _ in range(rng.randint(1, 3)):
        _damage(rng, tree)
    path.write_text(yaml.safe_dump(tree, sort_keys=False, allow_unicode=True))
    return path


def _damage(rng: random.Random, node: Any) -> None:
    """Put something that does not belong somewhere into a tree."""
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        if not keys:
            return
        key = rng.choice(keys)
        inner = node[key]
        if isinstance(inner, dict | list) and inner and rng.random() < 0.75:
            node = inner
            continue
        what = rng.random()
        if what < 0.15:
            del node[key]
        elif what < 0.25 and isinstance(node, dict):
            node[rng.choice(["actor", "id", "join", "in", "set", "x", "cite"])] = node.pop(key)
        else:
            node[key] = rng.choice(WORST)
        return


def _bytes(rng: random.Random, raw: bytes, path: Path) -> Path:
    data = bytearray(raw)
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(len(data) or 1)
        what = rng.random()
        if what < 0.5 and data:
            data[at] = rng.randrange(256)
        elif what < 0.7:
            del data[at : at + rng.randint(1, 40)]
        elif what < 0.85:
            data[at:at] = rng.choice([b"\x00", b"\xff\xfe", b"- ", b"{", b"*a", b"&a ", b"\n\n", b'"', b",,,"])
        else:
            del data[at:]
    path.write_bytes(data)
    return path


def _rows(rng: random.Random) -> list[list[Any]]:
    rows: list[list[Any]] = [list(r) for r in HOLDINGS]
    for _ in range(rng.randint(1, 4)):
        row = rng.choice(rows)
        if row:
            row[rng.randrange(len(row))] = rng.choice(WORST)
    return rows


def _csv(rng: random.Random, folder: Path) -> Path:
    path = folder / "h.csv"
    text = "\n".join(",".join(str(c) for c in row) for row in _rows(rng)).encode("utf-8", "surrogatepass")
    if rng.random() < 0.5:
        return _bytes(rng, text, path)
    path.write_bytes(text)
    return path


def _parquet(rng: random.Random, folder: Path) -> Path:
    import polars as pl

    path = folder / "h.parquet"
    rows = list(HOLDINGS[1:])
    frame = pl.DataFrame([dict(zip(HOLDINGS[0], r, strict=True)) for r in rows])
    if rng.random() < 0.5:
        frame = frame.with_columns(pl.col("value").cast(pl.Int64), pl.col("as_of").str.to_date())
    if rng.random() < 0.3:
        odd = [[b"\xff"], [[1]], [{"a": 1}], [2.5], [True], [None]]
        frame = frame.with_columns(pl.Series(rng.choice(HOLDINGS[0]), rng.choice(odd) * len(rows)))
    frame.write_parquet(path, compression=rng.choice(["uncompressed", "snappy", "zstd"]))
    return _bytes(rng, path.read_bytes(), path) if rng.random() < 0.8 else path


if __name__ == "__main__":
    sys.exit(min(1, main(sys.argv[1], int(sys.argv[2]))))
