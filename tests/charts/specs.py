"""Looking into specifications and pictures, and answers made up for the charts to draw."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from servanda.model.answer import Answer, Node, Statement
from servanda.model.dates import UncertainDate
from servanda.model.limits import Applies, Limit
from servanda.model.results import Verdict
from servanda.model.vocabulary import ANY, Scope, VerdictKind

DAY = date(2000, 1, 1)
LIMITS = {
    zone: Limit(
        id=f"T {n}",
        cite=f"T {n}",
        gist="At most so many.",
        scope=Scope.GROUP,
        category="tank",
        zone=zone,
        at_most={ANY: 100},
        applies=Applies(since=DAY),
        source=("S",),
    )
    for n, zone in enumerate(("whole", "inner", "core"))
}


def parts(node: Any) -> Iterator[dict[str, Any]]:
    """Every mapping of a specification."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from parts(value)
    elif isinstance(node, list):
        for value in node:
            yield from parts(value)


def tables(spec: Any) -> list[list[dict[str, Any]]]:
    """The tables of a specification, each once: several marks share one."""
    return list(spec["datasets"].values())


def size(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG in pixels."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def colours(png: bytes) -> int:
    """How many bytes a pixel row of the compressed picture takes on average: an empty picture takes next to none."""
    return len(png) // size(png)[1]


@st.composite
def verdicts(draw: st.DrawFn, zone: str = "whole", scope: str = "west") -> Verdict:
    """A verdict with any bounds there can be: exact, an interval, open above, or no figure."""
    bound = draw(st.integers(0, 200))
    low = draw(st.none() | st.integers(0, 300))
    high = None if low is None else draw(st.none() | st.integers(low, 400))
    if low is None:
        kind = VerdictKind.NO_DATA
    elif low > bound:
        kind = VerdictKind.EXCEEDED
    elif high is not None and high <= bound:
        kind = VerdictKind.WITHIN
    else:
        kind = VerdictKind.UNDETERMINED
    age = draw(st.integers(0, 2000))
    return Verdict(
        limit=LIMITS[zone],
        scope=scope,
        posture=ANY,
        bound=bound,
        low=low,
        high=high,
        verdict=kind,
        applies_from=draw(st.none() | st.just(DAY)),
        snapshot=None if low is None else "s",
        snapshot_date=None if low is None else DAY - timedelta(days=age),
        stale=age > 365,
    )


@st.composite
def periods(draw: st.DrawFn) -> Answer[Any]:
    """An answer of `changes` on one limit for two groups."""
    days = sorted(draw(st.sets(st.dates(DAY, date(2010, 1, 1)), min_size=1, max_size=6)))
    value = tuple((d, (draw(verdicts()), draw(verdicts(scope="east")))) for d in days)
    data = {
        "instrument": "t",
        "from": days[0].isoformat(),
        "to": "2011-01-01",
        "groups": "treaty",
        "count": "holdings",
    }
    return Answer(kind="assess_period", value=value, data=data, node=_node())


@st.composite
def assessments(draw: st.DrawFn) -> Answer[Any]:
    """An answer of `assess`: three zones for two groups."""
    value = tuple(draw(verdicts(zone, scope)) for zone in LIMITS for scope in ("west", "east"))
    data = {"instrument": "t", "on": DAY.isoformat(), "groups": "treaty", "count": "holdings"}
    return Answer(kind="assess", value=value, data=data, node=_node(len(value)))


def _node(children: int = 0) -> Node:
    child = Node(statement=Statement("a verdict"), sources=("A book",))
    return Node(statement=Statement("of {treaty}", {"treaty": "Treaty"}), because=(child,) * children)


def uncertain() -> st.SearchStrategy[UncertainDate]:
    """Days, months, spans and spans open at one end."""
    day = st.dates(date(1990, 1, 1), date(2020, 12, 31))
    spans = st.tuples(day, day).map(lambda p: f"{min(p)}/{max(p)}")
    texts = day.map(str) | day.map(lambda d: str(d)[:7]) | spans | day.map(lambda d: f"{d}/..")
    return texts.map(UncertainDate.parse)
