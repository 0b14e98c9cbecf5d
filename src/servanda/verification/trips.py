"""Inspections joined into trips: sequential inspections from one point of entry within one stay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from servanda.model.errors import InputError
from servanda.model.verification import Stay
from servanda.verification.request import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """One stay: the point of entry, the sites in order, and the most hours the text allows for it."""

    territory: str
    point: str | None
    sites: tuple[str, ...]
    hours: int


def longest(stay: Stay) -> int:
    """How many inspections fit into one stay.

    >>> longest(Stay(first_hours=48, further_hours=36, most_days=10, cite="x", sequential_cite="y"))
    6
    """
    spare = stay.most_days * 24 - stay.first_hours
    return 1 + spare // stay.further_hours if spare >= 0 else 0


def trips(sites: Iterable[Site], stay: Stay | None) -> tuple[Trip, ...]:
    """The fewest trips that visit all sites, sites of one trip sharing territory and point of entry.

    A site with several points goes to the one that serves most of the sites still open, which keeps trips few.
    Without a stay in the regime each inspection is a trip of its own. A site without a known point of entry makes a
    trip of its own as well.
    """
    open_ = {s.id: s for s in sites}
    most = longest(stay) if stay else 1
    if most < 1:
        raise InputError("the stay leaves no room for an inspection", remedy="check the regime's hours")
    found: list[Trip] = []
    while open_:
        serves: dict[tuple[str, str], list[str]] = {}
        for site in open_.values():
            for point in site.points:
                serves.setdefault((site.territory, point), []).append(site.id)
        if not serves or not stay:
            for site in open_.values():
                first = site.points[0] if site.points else None
                found.append(Trip(territory=site.territory, point=first, sites=(site.id,), hours=_hours(stay, 1)))
            break
        (territory, point), ids = max(serves.items(), key=lambda e: (len(e[1]), e[0]))
        for i in range(0, len(ids), most):
            part = tuple(ids[i : i + most])
            found.append(Trip(territory=territory, point=point, sites=part, hours=_hours(stay, len(part))))
        for name in ids:
            del open_[name]
    return tuple(found)


def _hours(stay: Stay | None, n: int) -> int:
    return 0 if stay is None else stay.first_hours + stay.further_hours * (n - 1)
