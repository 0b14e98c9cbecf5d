"""Objects of verification as states declared them: the list of sites that quotas, requests and plans are made from.

An object is named by its record number, with the code of its state before it where the number does not begin with it, so
that the numbers of two states are apart and none changes when a further state declares.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from servanda.corpus import Corpus
from servanda.exchange.cells import degrees
from servanda.exchange.declaration import MARK
from servanda.exchange.facts import Facts
from servanda.exchange.table import Row, column
from servanda.model.answer import Answer, Node, Statement
from servanda.model.errors import InputError
from servanda.model.forms import Form
from servanda.questions.declared import Given, in_full, limited_leaves
from servanda.questions.exchange import form_of, locator
from servanda.questions.made_up import said_first
from servanda.questions.words import Day, asked_day, listed
from servanda.standing import participating_states
from servanda.verification.files import Target
from servanda.verification.request import Site

COLUMNS = (
    "site", "owner", "territory", "district", "points", "latitude", "longitude", "items", "detect", "travel",
    "designation", "declared_site", "source", MARK,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredObject:
    """An object of verification with where it was declared: its unit's name, its declared site, the document."""

    target: Target
    designation: str
    declared_site: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredObjects:
    """The objects of a day, and what is not in them: states passed over as no party, notices given since."""

    objects: tuple[DeclaredObject, ...]
    passed_over: tuple[str, ...]
    notices: int

    @property
    def targets(self) -> tuple[Target, ...]:
        """The objects as planning sees them."""
        return tuple(o.target for o in self.objects)


def declared_objects(corpus: Corpus, instrument: str, given: Iterable[Given], *, on: Day) -> DeclaredObjects:
    """The objects of the newest declaration of each party that is valid as of the day or before.

    The ground is the host's where the form names one; `items` is what the object shows of limited categories, absent where
    it shows nothing; the chance of detection and the travel are for the planner to fill in. InputError where no
    declaration has an object.
    """
    name, form = form_of(corpus, instrument)
    asked = asked_day(corpus, name, on)
    whole, notices = in_full(form, given)
    newest: dict[str, Given] = {}
    for one in whole:
        held = newest.get(one.value.party)
        if one.value.as_of <= asked and (held is None or held.value.as_of < one.value.as_of):
            newest[one.value.party] = one
    bound = participating_states(corpus, name, on=asked)
    passed_over = tuple(sorted(newest.keys() - set(bound)))
    used = [newest[p] for p in sorted(newest) if p in bound]
    found = tuple(o for one in used for o in _objects(corpus, name, form, one, asked))
    if not found:
        days = sorted({one.value.as_of for one in whole})
        raise InputError(
            f"no declaration of a party valid as of {asked} or before lists an object of verification",
            where=used[0].where if used else None,
            remedy=f"declarations are there as of {listed([str(d) for d in days])}"
            if days
            else "give the declarations",
        )
    since = sum(
        n.value.party in newest and newest[n.value.party].value.as_of <= n.value.as_of <= asked for n in notices
    )
    return DeclaredObjects(objects=found, passed_over=passed_over, notices=since)


def _objects(corpus: Corpus, instrument: str, form: Form, given: Given, on: date) -> Iterator[DeclaredObject]:
    value, roles = given.value, form.roles
    facts = Facts(value, form)
    sites = {r.get("site"): r for r in value.rows(roles.sites)}
    shown = _shown(value.rows(roles.object_holdings), limited_leaves(corpus, instrument))
    cells = {str(c) for s in (roles.places, roles.sites) for c in column(value.rows(s), "coordinates") if c}
    points = {cell: degrees(cell) for cell in cells}
    grounds = dict(zip(points, locator(corpus, instrument, on)([*points.values()]), strict=True))
    for row in value.rows(roles.objects):
        record, site = row.get("record"), row.get("site")
        if record is None:
            continue
        unit = facts.unit(str(record))
        at: Row = sites.get(site, {})
        cell = str(unit.get("coordinates") or at.get("coordinates") or "")
        point = points.get(cell)
        blocks = grounds[cell].blocks if cell else ()
        yield DeclaredObject(
            target=Target(
                site=Site(
                    id=_name(value.party, str(record)),
                    owner=value.party,
                    territory=str(at.get("host") or unit.get("host") or value.party),
                    district=blocks[0] if len(blocks) == 1 else None,
                    points=tuple(p.strip() for p in str(at.get("points") or "").split(";") if p.strip()),
                    latitude=point[0] if point else None,
                    longitude=point[1] if point else None,
                ),
                items=shown.get(record),
                synthetic=value.synthetic,
            ),
            designation=str(row.get("designation") or unit.get("designation") or ""),
            declared_site=str(site or ""),
            source=f"{value.title} ({given.where})",
        )


def _name(party: str, record: str) -> str:
    return record if record.startswith(party) else f"{party}:{record}"


def _shown(rows: Iterable[Row], limited: frozenset[str]) -> dict[object, int]:
    found: dict[object, int] = defaultdict(int)
    for row in rows:
        number = row.get("number")
        if "record" in row and row.get("category") in limited and isinstance(number, int):
            found[row["record"]] += number
    return dict(found)


def rows_of(found: DeclaredObjects) -> Iterator[dict[str, Any]]:
    """The objects as rows of the list that `verification.files.read_objects` reads, with their source."""
    for one in found.objects:
        target, site = one.target, one.target.site
        yield {
            "site": site.id,
            "owner": site.owner,
            "territory": site.territory,
            "district": site.district,
            "points": "|".join(site.points),
            "latitude": None if site.latitude is None else f"{site.latitude:.5f}",
            "longitude": None if site.longitude is None else f"{site.longitude:.5f}",
            "items": target.items,
            "designation": one.designation,
            "declared_site": one.declared_site,
            "source": one.source,
            MARK: "yes" if target.synthetic else None,
        }


def csv_of(found: DeclaredObjects) -> str:
    """The list of objects as CSV; the columns for detection and travel are there to be filled."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows_of(found))
    return text.getvalue()


def declared_sites(corpus: Corpus, instrument: str, given: Iterable[Given], *, on: Day) -> Answer[DeclaredObjects]:
    """The objects of verification of a day, as declared, ready for quotas, requests and plans."""
    found = declared_objects(corpus, instrument, given, on=on)
    count: Mapping[str, int] = _counts(found)
    words = "{n} objects of verification of {states} state" + "s" * (len(count) != 1)
    caveats = tuple(
        text
        for text in (
            f"left out, no party that day: {listed(found.passed_over)}" if found.passed_over else "",
            f"notices given since are not counted in: {found.notices}" if found.notices else "",
        )
        if text
    )
    nodes = tuple(
        Node(statement=Statement("{state}: {n}", {"state": corpus.actors.name(p), "n": n})) for p, n in count.items()
    )
    answer = Answer(
        kind="exchange_sites",
        value=found,
        data={"instrument": instrument, "objects": count, "passed_over": list(found.passed_over), "sites": [*rows_of(found)]},
        node=Node(statement=Statement(words, {"n": len(found.objects), "states": len(count)}), caveats=caveats, because=nodes),
    )  # fmt: skip
    return said_first(answer, any(t.synthetic for t in found.targets))


def _counts(found: DeclaredObjects) -> dict[str, int]:
    count: dict[str, int] = defaultdict(int)
    for target in found.targets:
        count[target.site.owner] += 1
    return dict(count)
