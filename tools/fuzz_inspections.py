"""Kinds of mutated input for the readers of inspections: what `fuzz_inputs.py` damages and how it is read.

Each function takes the corpus, how bytes and how a tree are damaged, and words that belong nowhere; it gives a maker of damaged files
and the reader.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from servanda.corpus import Corpus

Bytes = Callable[[random.Random, bytes, Path], Path]
Damage = Callable[[random.Random, Any], None]
Pair = tuple[Callable[[random.Random, Path], Path], Callable[[Path], Any]]

PAST = (
    b"by,site,owner,territory,kind,began,ended,outcome,times\n"
    b"DEU,A,POL,POL,declared_site,2000-05-31,2000-06-02,done,1\n"
    b"FRA,B,POL,POL,challenge,2000-07-01T08:00,,refused,3\n"
)
REGISTER = (
    b"party,category,method,items,type,site,notified,began,ended,completed\n"
    b"RUS,battle_tank,destruction,40,T-55,Tver,1993-01-01,1993-02-01,1993-02-20,1993-03-01\n"
    b"POL,acv,conversion,7,MT-LB,Gdynia,1993-04-01,1993-05-01,,\n"
)


def past(corpus: Corpus, damaged: Bytes, damage: Damage, worst: Sequence[Any]) -> Pair:
    """Lists of past inspections."""
    from servanda.verification.files import read_past

    return _rows(PAST, "past.csv", damaged, worst), read_past


def register(corpus: Corpus, damaged: Bytes, damage: Damage, worst: Sequence[Any]) -> Pair:
    """Registers of reductions."""
    from servanda.verification.register import read_register

    return _rows(REGISTER, "register.csv", damaged, worst), read_register


def course(corpus: Corpus, damaged: Bytes, damage: Damage, worst: Sequence[Any]) -> Pair:
    """Logs of inspections, with steps, fields and counts, also such as were sealed again after the damage."""
    from servanda.questions.inspect_course import begun, continued, read_log
    from servanda.verification.course_log import Count

    log = begun(corpus, "cfe", kind="declared_site", by="DEU", of="POL")
    steps = (("notice", "1999-05-01T08:00", None),)
    count = Count(category="battle_tank", type="T-72", object="A1", declared=20, counted=19)
    whole = continued(log, steps=steps, fields={"site": "A"}, counts=(count,)).as_bytes()

    def make(rng: random.Random, folder: Path) -> Path:
        path = folder / "course.json"
        if rng.random() < 0.3:
            return damaged(rng, whole, path)
        tree = json.loads(whole)
        for _ in range(rng.randint(1, 2)):
            damage(rng, tree)
        path.write_text(json.dumps(tree))
        return path

    return make, lambda path: read_log(corpus, path.read_bytes(), where=path.name)


def _rows(text: bytes, name: str, damaged: Bytes, worst: Sequence[Any]) -> Callable[[random.Random, Path], Path]:
    lines = [line.split(",") for line in text.decode().splitlines()]

    def make(rng: random.Random, folder: Path) -> Path:
        path = folder / name
        if rng.random() < 0.5:
            return damaged(rng, text, path)
        rows = [list(line) for line in lines]
        row = rng.choice(rows)
        row[rng.randrange(len(row))] = str(rng.choice(worst))
        path.write_text("\n".join(",".join(r) for r in rows), encoding="utf-8", errors="surrogatepass")
        return path

    return make
