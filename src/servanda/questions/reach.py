"""Which areas may not hold a missile of some range, if it must not reach a party's territory."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from servanda.corpus import Corpus
from servanda.geography import Shapes, caveats
from servanda.geography.reach import (
    DISTANCE_ERROR_KM,
    SHARE_ERROR,
    Ground,
    Reach,
    check_range,
    counted,
    home,
    territory,
)
from servanda.geography.reach import reach as measure
from servanda.model.actors import Actor
from servanda.model.answer import Answer, Node, Statement
from servanda.model.documents.base import plain
from servanda.model.documents.places import FarPieces, ReachAccuracy, ReachBand, ReachDocument, ReachRow
from servanda.model.errors import InputError, UnknownName
from servanda.questions.words import Day, cites, listed, optional_day, source_names

MATTER = "reach"  # of provisions on areas from which a territory can be reached
COARSE = {"USA", "CAN", "MEX", "GRL", "DNK"}
ACCURACY = (
    f"distances are geodesic on WGS84, between outlines true to about a kilometre; the search adds at most {DISTANCE_ERROR_KM:g} km",
    f"a share is true to {SHARE_ERROR:.0%} of the region",
)


def reach(
    corpus: Corpus,
    range_km: float | None,
    of: Iterable[str],
    regions: Iterable[str] = (),
    *,
    preset: str | None = None,
    on: Day | None = None,
    overseas: bool = True,
    step: Callable[[int], None] = lambda total: None,
) -> Answer[tuple[Reach, ...]]:
    """Regions from which a missile of `range_km`, or of a class (`preset`), reaches the territory of `of`.

    `of` are states, regions or organisations; an organisation stands for its members `on` a day. Without `regions`
    every first-level region in the shapes is asked (a state that has none as a whole), and those it cannot be reached
    from are left out. Without `overseas`, pieces of a state more than 1,000 km from its main land are not counted.
    Cites the provisions of drafts in the corpus that speak of it. InputError, UnknownName for what cannot be asked.
    """
    ranges, assumed = _ranges(corpus, range_km, preset)
    shapes = Shapes.load("region")
    targets, members = _targets(corpus, shapes, of, on)
    named = tuple(dict.fromkeys(region_code(corpus, shapes, r) for r in regions))
    asked = named or _everywhere(shapes, targets)
    found = measure(ranges, targets, asked, overseas=overseas, step=lambda: step(len(asked)))
    told = found if named else tuple(r for r in found if r.inside != "none")
    grounds = [counted(territory(shapes, t)) for t in targets]
    notes = (*caveats(), *ACCURACY, *_coarse(targets, asked), *assumed)
    clauses = _clauses(corpus)
    longest = ranges[-1]
    words = "{n} of {all} regions can reach {targets} with {range} km"
    if len(ranges) > 1:
        words = "{n} of {all} regions can reach {targets} with a missile of {first} to {range} km"
    parts = {
        "n": sum(r.inside != "none" for r in found),
        "all": len(found),
        "targets": listed([corpus.actors.name(t) if "-" not in t else shapes.get(t).name for t in targets]),
        "range": _number(longest),
        "first": _number(ranges[0]),
    }
    nodes = [_node(r, shapes) for r in told]
    nodes += [_ground_node(corpus, g, overseas) for g in grounds if g.far]
    nodes += members
    nodes += [
        Node(
            statement=Statement("the clause: {gist}", {"gist": p.gist}),
            citation=cites(i, p.cite),
            sources=source_names(corpus, i, p.source),
            caveats=() if p.confidence == "sourced" else (f"{p.confidence}, not sourced",),
        )
        for i, p in clauses
    ]
    document = ReachDocument(
        range_km=longest,
        from_km=ranges[0] if len(ranges) > 1 else None,
        preset=preset,
        of=tuple(targets),
        on=optional_day(on),
        overseas=overseas,
        regions=tuple(map(_row, told)),
        far_pieces=tuple(
            FarPieces(state=g.state, pieces=len(g.far), km2=round(sum(p[2] for p in g.far))) for g in grounds if g.far
        ),
        cite=tuple(p.cite for _, p in clauses),
        accuracy=ReachAccuracy(share=SHARE_ERROR, distance_km=DISTANCE_ERROR_KM),
        caveats=tuple(notes),
    )
    node = Node(
        statement=Statement(words, parts),
        citation=tuple(c for i, p in clauses for c in cites(i, p.cite)),
        caveats=notes,
        because=tuple(nodes),
    )
    return Answer(kind="reach", value=told, document=document, node=node)


def _ranges(corpus: Corpus, range_km: float | None, preset: str | None) -> tuple[list[float], tuple[str, ...]]:
    known = {r.id: (r, d.instrument.short) for d in map(corpus.dossier, corpus.ids()) for r in d.instrument.ranges}
    if (range_km is None) == (preset is None):
        raise InputError(
            "give exactly one of a range and a class of range",
            remedy=f"a range in kilometres, or one of {', '.join(known)}",
        )
    if preset is None:
        return [check_range(range_km or 0.0)], ()
    if preset not in known:
        raise UnknownName("class of range", preset, tuple(known), remedy=f"classes: {', '.join(known)}")
    found, treaty = known[preset]
    told = (
        f"{found.from_km:,} to {found.to_km:,} km is an assumption, taken from the {treaty}; the drafts name no range"
    )
    return [float(found.from_km), float(found.to_km)], (told,)


def _targets(corpus: Corpus, shapes: Shapes, of: Iterable[str], on: Day | None) -> tuple[tuple[str, ...], list[Node]]:
    asked = optional_day(on)
    found: dict[str, None] = {}
    told: list[Node] = []
    for text in of:
        actor = _organisation(corpus, text)
        if actor is None:
            found[region_code(corpus, shapes, text)] = None
            continue
        if asked is None:
            raise InputError(f"the members of {actor.name} change from day to day", remedy="give the day with `on`")
        members = actor.members_on(asked)
        if not members:
            raise InputError(f"{actor.name} has no members on {asked}", remedy="give another day")
        found.update(dict.fromkeys(m for m in members if m in shapes))
        bare = [m for m in members if m not in shapes]
        line = f"{actor.code} on {asked}: {len(members)} members, {', '.join(members)}"
        line += f"; no shape of {', '.join(bare)}" if bare else ""
        recalled = "some dates of membership are recalled, not sourced"
        told.append(
            Node(
                statement=Statement("{line}", {"line": line}),
                caveats=() if actor.confidence == "sourced" else (recalled,),
            )
        )
    if not found:
        raise InputError("no territory to reach", remedy="name a state, such as DEU")
    return tuple(found), told


def _organisation(corpus: Corpus, text: str) -> Actor | None:
    try:
        actor = corpus.actors.find(text)
    except UnknownName:
        return None
    return actor if actor.kind == "organisation" else None


def region_code(corpus: Corpus, shapes: Shapes, text: str) -> str:
    """A region's code, or a state's by any of its names. UnknownName with near matches."""
    upper = text.strip().upper()
    if upper in shapes:
        return upper
    by_name = {s.name.casefold(): s.id for s in shapes if "-" in s.id}
    if text.strip().casefold() in by_name:
        return by_name[text.strip().casefold()]
    if "-" in text:
        return shapes.get(upper).id
    try:
        actor = corpus.actors.find(text)
    except UnknownName as error:
        near = tuple(dict.fromkeys((*shapes.near(text), *error.near)))[:4]
        raise UnknownName("state or region", text, near, remedy=None if near else "such as DEU or RUS-KGD") from None
    if actor.code not in shapes:
        raise InputError(
            f"there is no shape of {actor.name} ({actor.code})",
            remedy="shapes have present-day borders: name a state of today",
        )
    return actor.code


def _everywhere(shapes: Shapes, targets: Iterable[str]) -> tuple[str, ...]:
    """Every region, and the states that are not divided, the targets' own apart."""
    own = set(targets)
    divided = {s.state for s in shapes if "-" in s.id}
    return tuple(
        s.id for s in shapes if s.id not in own and s.state not in own and ("-" in s.id or s.id not in divided)
    )


def _coarse(targets: Iterable[str], regions: Iterable[str]) -> tuple[str, ...]:
    held = sorted(COARSE & {*targets, *regions})
    if not held:
        return ()
    return (f"outlines of {', '.join(held)} are coarse beyond Europe (about 5 km; small islands dropped)",)


def _number(km: float) -> int | float:
    return int(km) if km == int(km) else km


def _clauses(corpus: Corpus) -> list[tuple[str, Any]]:
    """Provisions on areas from which a territory can be reached."""
    return [(i, p) for i in corpus.ids() for p in corpus.dossier(i).provisions if MATTER in p.matter]


def _node(r: Reach, shapes: Shapes) -> Node:
    parts: dict[str, Any] = {"name": r.name, "region": r.region, "least": r.least_km, "most": r.most_km, "to": r.to}
    told = []
    for i, band in enumerate(r.bands):
        told.append(f"{{share{i}}} within {{range{i}}} km")
        parts |= {f"share{i}": share_words(band.inside, band.share), f"range{i}": _number(band.range_km)}
    words = "{name} ({region}): " + ", ".join(told) + "; least distance {least} km (to {to}), greatest {most} km"
    return Node(statement=Statement(words, parts))


def share_words(inside: str, share: float) -> str:
    """All, none, or a part with its share; a small part is never called nothing, nor a large one all."""
    if inside != "part":
        return inside
    return "part (under 1%)" if share < 0.01 else "part (over 99%)" if share > 0.99 else f"part ({share:.0%})"


def _row(r: Reach) -> ReachRow:
    return ReachRow(
        region=r.region,
        name=r.name,
        inside=r.inside,
        share=r.share,
        least_km=r.least_km,
        most_km=r.most_km,
        nearest=r.nearest,
        to=r.to,
        bands=tuple(ReachBand(range_km=b.range_km, inside=b.inside, share=b.share) for b in r.bands),
    )


def _ground_node(corpus: Corpus, g: Ground, overseas: bool) -> Node:
    words = "of {state}, {n} piece(s) ({km2} km2) more than 1,000 km from its main land are {counted}"
    parts = {
        "state": corpus.actors.name(g.state),
        "n": len(g.far),
        "km2": round(sum(p[2] for p in g.far)),
        "counted": "counted" if overseas else "left out",
    }
    return Node(statement=Statement(words, parts))


def geojson(answer: Answer[tuple[Reach, ...]]) -> dict[str, Any]:
    """The regions of an answer as GeoJSON features (drawing detail), the territory asked about among them."""
    from shapely.geometry import mapping

    full, drawn = Shapes.load("region"), Shapes.load("region", "drawn")
    features = [
        {"type": "Feature", "properties": plain(_row(r)), "geometry": mapping(drawn.get(r.region).geometry)}
        for r in answer.value
    ]
    for code in answer.data["of"]:
        whole = territory(drawn, code)
        shape = whole if answer.data["overseas"] else home(whole)
        told = {"region": code, "name": full.get(code).name, "inside": "target"}
        features.append({"type": "Feature", "properties": told, "geometry": mapping(shape.geometry)})
    told = {k: answer.data[k] for k in ("range_km", "from_km", "of", "cite", "caveats")}
    return {"type": "FeatureCollection", "features": features, **told}
