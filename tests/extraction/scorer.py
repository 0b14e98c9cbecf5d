"""How well a reading of documents agrees with a gold annotation of them.

A claim that was read answers a gold claim when the spans share at least one character, the event is the same and the
instrument is the same (gold instrument `*` takes any). Each claim is used once; of all pairings the one with most pairs is
taken, and among those the one that agrees best. Left out of the count: what was read wholly inside the header line, and
what fits only an optional gold claim (same event, any instrument); an optional claim that was not found costs nothing.

Attributes are shares of the matched pairs: actors and target as sets, the date as the exact string (none equals none);
`date~` lets a date stand for a longer one that begins with it, `date+` looks only where the gold has a date.

>>> gold = {"a": GoldDocument("a", 0, (claim("withdraw", "cfe", 4, 12, actors=["RUS"]),))}
>>> result = score(gold, {"a": [claim("withdraw", "cfe", 6, 20, actors=["BLR"])]})
>>> result.overall.f1, result.overall.shares["actors"]
(1.0, 0.0)
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

ATTRIBUTES = ("actors", "target", "date", "date~", "date+", "modality", "speaker", "polarity")
ClaimData = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document as annotated: `body_start` is the offset of its first character after the header line."""

    name: str
    body_start: int
    claims: tuple[ClaimData, ...]

    @property
    def required(self) -> list[ClaimData]:
        return [c for c in self.claims if not c.get("optional")]

    @property
    def optional(self) -> list[ClaimData]:
        return [c for c in self.claims if c.get("optional")]


@dataclass(slots=True)
class Tally:
    """What was found, wrongly found and missed, and in how many pairs each attribute agrees of those judged."""

    matched: int = 0
    extra: int = 0
    missed: int = 0
    agree: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    judged: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def precision(self) -> float | None:
        return share(self.matched, self.matched + self.extra)

    @property
    def recall(self) -> float | None:
        return share(self.matched, self.matched + self.missed)

    @property
    def f1(self) -> float | None:
        """None where nothing was asked or nothing was answered."""
        if self.precision is None or self.recall is None:
            return None
        return 2 * self.matched / (2 * self.matched + self.extra + self.missed)

    @property
    def shares(self) -> dict[str, float | None]:
        return {name: share(self.agree[name], self.judged[name]) for name in ATTRIBUTES}


@dataclass(slots=True)
class Score:
    """The tallies over all documents, by event, and what a person would look at next."""

    overall: Tally = field(default_factory=Tally)
    by_event: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    missed: list[tuple[str, ClaimData]] = field(default_factory=list)
    extra: list[tuple[str, ClaimData]] = field(default_factory=list)
    forgiven: int = 0
    without_claims: int = 0
    left_empty: int = 0

    def table(self) -> str:
        """A plain table, one row an event, for a failing test to print."""
        rows = [("all", self.overall), *sorted(self.by_event.items())]
        lines = [f"{'event':22} gold read   prec recall     f1 " + " ".join(f"{a[:6]:>6}" for a in ATTRIBUTES)]
        for name, t in rows:
            figures = [t.precision, t.recall, t.f1, *t.shares.values()]
            cells = " ".join("     -" if f is None else f"{f:6.3f}" for f in figures)
            lines.append(f"{name:22} {t.matched + t.missed:4} {t.matched + t.extra:4} {cells}")
        return "\n".join(lines)


def share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def claim(event: str, instrument: str, start: int, end: int, **rest: Any) -> dict[str, Any]:
    """A claim as plain data, with the defaults of the outer contract."""
    plain = {"actors": [], "target": [], "date": None, "speaker": "author", "modality": "done", "polarity": "affirmed"}
    return {"event": event, "instrument": instrument, "start": start, "end": end, **plain, **rest}


def stem(name: str) -> str:
    """The name by which documents are compared: no folder, no `.txt`."""
    return name.replace("\\", "/").rsplit("/", 1)[-1].removesuffix(".txt")


def load_gold(path: Path) -> dict[str, GoldDocument]:
    """Gold documents by name, from one JSON object a line."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    documents = (GoldDocument(stem(r["name"]), r.get("body_start", 0), tuple(r["claims"])) for r in rows)
    return {d.name: d for d in documents}


def spans_meet(a: ClaimData, b: ClaimData) -> int:
    """Characters two spans share; negative where they are apart."""
    return int(min(a["end"], b["end"]) - max(a["start"], b["start"]))


def instrument(of: ClaimData) -> str | None:
    value = of.get("instrument")
    return str(value).lower().replace("_", "-") if value else None


def fits(gold: ClaimData, read: ClaimData, *, any_instrument: bool = False) -> bool:
    if spans_meet(gold, read) <= 0 or gold["event"] != read.get("event"):
        return False
    return any_instrument or instrument(gold) in ("*", instrument(read))


def agreement(gold: ClaimData, read: ClaimData) -> dict[str, bool]:
    """Whether each attribute agrees; those that cannot be judged are absent."""
    g, r = gold.get("date") or None, read.get("date") or None
    verdict = {
        "actors": set(gold["actors"]) == set(read.get("actors") or ()),
        "date": g == r,
        "date~": g == r or bool(g and r and (g.startswith(r) or r.startswith(g))),
        "modality": gold["modality"] == read.get("modality"),
        "speaker": gold["speaker"] == read.get("speaker"),
    }
    if g:
        verdict["date+"] = g == r
    if "target" in read:
        verdict["target"] = set(gold["target"]) == set(read["target"] or ())
    if "polarity" in read:
        verdict["polarity"] = gold["polarity"] == read["polarity"]
    return verdict


def pair_up(golds: Sequence[ClaimData], reads: Sequence[ClaimData], *, any_instrument: bool = False) -> dict[int, int]:
    """The largest one-to-one pairing, of those the best: gold index to read index."""
    if not golds or not reads:
        return {}
    gain = np.zeros((len(golds), len(reads)))
    for (i, gold), (j, read) in product(enumerate(golds), enumerate(reads)):
        if fits(gold, read, any_instrument=any_instrument):
            verdict = agreement(gold, read)
            # One more pair outweighs everything; a gold wildcard comes last; then who and when, then the rest, then the span.
            gain[i, j] = 1e7 + 1e4 * (gold["instrument"] != "*") + 1e2 * (verdict["actors"] + verdict["date"])
            gain[i, j] += sum(verdict.values()) + min(spans_meet(gold, read), 99) / 1e3
    rows, columns = linear_sum_assignment(gain, maximize=True)
    return {int(i): int(j) for i, j in zip(rows, columns, strict=True) if gain[i, j] > 0}


def score(gold: Mapping[str, GoldDocument], read: Mapping[str, Iterable[ClaimData]]) -> Score:
    """Hold what was read against the gold; documents that were not read count as read and empty."""
    result = Score()
    by_name: dict[str, list[ClaimData]] = defaultdict(list)
    for name, claims in read.items():
        by_name[stem(name)].extend(claims)
    for name, document in gold.items():
        body = [c for c in by_name[name] if c["end"] > document.body_start]
        required = document.required
        pairs = pair_up(required, body)
        rest = [c for j, c in enumerate(body) if j not in set(pairs.values())]
        excused = set(pair_up(document.optional, rest, any_instrument=True).values())
        result.forgiven += len(excused)
        for i, wanted in enumerate(required):
            for tally in (result.overall, result.by_event[wanted["event"]]):
                if i not in pairs:
                    tally.missed += 1
                    continue
                tally.matched += 1
                for attribute, ok in agreement(wanted, body[pairs[i]]).items():
                    tally.judged[attribute] += 1
                    tally.agree[attribute] += ok
            if i not in pairs:
                result.missed.append((name, wanted))
        for j, unasked in enumerate(rest):
            if j not in excused:
                result.overall.extra += 1
                result.by_event[str(unasked.get("event"))].extra += 1
                result.extra.append((name, unasked))
        if not document.claims:
            result.without_claims += 1
            result.left_empty += not body
    return result
