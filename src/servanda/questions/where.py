"""Where a place or a region lies on a day: its block, the zones that cover it, and whether its ground counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from servanda.corpus import Corpus
from servanda.geography import Part, Place, Shapes, caveats, where_region
from servanda.geography import where as locate
from servanda.model.answer import Answer, Node, Statement
from servanda.model.documents.places import NearestBlock, PlacePart, WhereDocument
from servanda.model.errors import InputError
from servanda.questions.reach import region_code
from servanda.questions.words import Day, asked_day, cites


def where(
    corpus: Corpus,
    instrument: str,
    *,
    on: Day,
    at: Sequence[float] | str | None = None,
    region: str | None = None,
) -> Answer[Place]:
    """The zones of a point (`at`: longitude, latitude in degrees, or that as text) or of a region such as RUS-KGD.

    A point on a shared border lies in both blocks. A point in no block is told to lie outside the area, in which state,
    or on water, and how far the nearest block is. Ground of a state not bound that day is in no zone, and the answer
    names the zones that the text alone would give. InputError, UnknownName for what is no place.
    """
    asked = asked_day(corpus, instrument, on)
    if (at is None) == (region is None):
        raise InputError("exactly one place is needed", remedy="give either `at` (longitude, latitude) or `region`")
    shapes = Shapes.load("region")
    if region is not None:
        code = region_code(corpus, shapes, region)
        found = where_region(corpus, instrument, code, asked)
        place = f"{shapes.get(code).name} ({code})"
    else:
        longitude, latitude = point(at if at is not None else "")
        found = locate(corpus, instrument, longitude, latitude, asked)
        place = f"{latitude:g} N {longitude:g} E"
    index = corpus.places(instrument)
    names = {b.id: b.name for b in index.all()}
    cited = {z.id: z.cite for z in index.zones()}
    called = corpus.dossier(instrument).instrument.called
    nodes = tuple(_part(corpus, instrument, p, names, cited, len(found.parts) > 1, region) for p in found.parts)
    words, parts = _headline(corpus, shapes, found, place, called, names, region)
    parts["on"] = asked
    notes = caveats(p.block for p in found.parts) if found.parts else caveats(_neighbours(found, shapes))
    document = WhereDocument(
        instrument=instrument,
        on=asked,
        place=place,
        ground=tuple(found.ground),
        in_area=any(p.bound for p in found.parts),
        outside_share=round(found.outside, 4),
        parts=tuple(
            PlacePart(
                block=p.block,
                name=names[p.block],
                state=p.state,
                bound=p.bound,
                zones=p.zones if p.bound else (),
                zones_by_text=p.zones,
                share=round(p.share, 4),
            )
            for p in found.parts
        ),
        nearest=NearestBlock(block=found.near[0], km=round(found.near[1], 1)) if found.near else None,
        caveats=tuple(notes),
    )
    node = Node(statement=Statement(words, parts), caveats=notes, because=nodes)
    return Answer(kind="where", value=found, document=document, node=node)


def point(text: Sequence[float] | str) -> tuple[float, float]:
    """Longitude and latitude from `LON,LAT` or a pair. InputError for anything else."""
    import math

    words = text.replace(";", ",").split(",") if isinstance(text, str) else list(text)
    try:
        longitude, latitude = (float(w) for w in words)
    except (TypeError, ValueError):
        raise InputError(
            f"{text!r} is not a point", remedy="write longitude, latitude in degrees, such as 20.5,54.7"
        ) from None
    if not (math.isfinite(longitude) and math.isfinite(latitude)):
        raise InputError(f"{text!r} is not a point", remedy="write longitude, latitude in degrees, such as 20.5,54.7")
    return longitude, latitude


def _headline(
    corpus: Corpus, shapes: Shapes, found: Place, place: str, called: str, names: dict[str, str], region: str | None
) -> tuple[str, dict[str, Any]]:
    parts: dict[str, Any] = {"place": place, "treaty": called}
    if any(p.bound for p in found.parts):
        if region is None:
            words = "{place} lies in the area of {treaty} on {on}"
            if len(found.parts) > 1:
                words += ", on the border of {n} blocks"
                parts["n"] = len(found.parts)
        elif found.outside:
            words = "{share} of {place} lies in the area of {treaty} on {on}"
            parts["share"] = f"{1 - found.outside:.0%}"
        else:
            words = "{place} lies in the area of {treaty} on {on}, in {n} block(s)"
            parts["n"] = len(found.parts)
        return words, parts
    if found.parts:
        states = dict.fromkeys(corpus.actors.name(p.state) if p.state else "nobody" for p in found.parts)
        parts["state"] = ", ".join(states)
        return "{place} is ground of {state}, not bound by {treaty} on {on}: outside the area", parts
    if found.ground:
        parts["ground"] = "; ".join(_ground(corpus, shapes, g) for g in found.ground)
        words = "{place} lies in {ground}, outside the area of {treaty} on {on}"
        if region is not None:
            words = "{place} lies outside the area of {treaty} on {on}"
    else:
        words = "{place} lies on water, or on land that has no shape here: outside the area of {treaty} on {on}"
    if found.near:
        words += "; nearest block {near}, {km} km"
        parts |= {"near": f"{found.near[0]} ({names[found.near[0]]})", "km": round(found.near[1], 1)}
    return words, parts


def _ground(corpus: Corpus, shapes: Shapes, code: str) -> str:
    shape = shapes.get(code)
    state = f", {corpus.actors.name(shape.state)}" if shape.state != code else ""
    return f"{shape.name} ({code}){state}"


def _neighbours(found: Place, shapes: Shapes) -> list[str]:
    """Blocks whose caveats bear on a place outside: the nearest one, and those of the same state."""
    states = {shapes.get(g).state for g in found.ground}
    near = [found.near[0]] if found.near and found.near[1] < 50 else []
    return near + [b.id for b in Shapes.load("block") if b.state in states]


def _part(
    corpus: Corpus,
    instrument: str,
    p: Part,
    names: dict[str, str],
    cited: dict[str, str | None],
    several: bool,
    region: str | None,
) -> Node:
    words = "{block}: {name}, territory of {state}"
    parts: dict[str, Any] = {
        "block": p.block,
        "name": names[p.block],
        "state": corpus.actors.name(p.state) if p.state else "nobody",
    }
    if region is not None and several:
        words += ", {share} of it"
        parts["share"] = f"{p.share:.1%}"
    zones = tuple(
        Node(statement=Statement("{zone}", {"zone": z}), citation=cites(instrument, cited.get(z))) for z in p.zones
    )
    if p.bound:
        return Node(statement=Statement(words + ", in these zones", parts), because=zones)
    note = f"{parts['state']} is not bound that day, so its ground is in no zone; by the text alone:"
    return Node(statement=Statement(words, parts), caveats=(note,), because=zones)
