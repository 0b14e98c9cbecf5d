"""Which areas may not hold a missile of some range, if it must not reach a party's territory."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from servanda.corpus import Corpus
from servanda.geography import Reach
from servanda.geography import reach as measure
from servanda.geography.shapes import CAVEATS, Shapes
from servanda.model.answer import Answer, Node, Statement
from servanda.questions.words import cites, listed

CLAUSE = "missiles"  # the matter of the drafts' clauses on areas from which a territory can be reached


def reach(corpus: Corpus, range_km: float, of: Iterable[str], regions: Iterable[str] = ()) -> Answer[tuple[Reach, ...]]:
    """Regions from which a missile of `range_km` reaches the territory of `of` (DESIGN 5, `reach`).

    Without `regions` every first-level region in the shapes is asked, and those it cannot be reached from are left out.
    Cites the provisions of the corpus that speak of it.
    """
    shapes = Shapes.load("region")
    targets = tuple(_code(corpus, shapes, t) for t in of)
    named = tuple(_code(corpus, shapes, r) for r in regions)
    asked = named or tuple(s.id for s in shapes if "-" in s.id and s.state not in targets)
    found = measure(range_km, targets, asked)
    told = found if named else tuple(r for r in found if r.inside != "none")
    clauses = [
        (i, p.cite)
        for i in corpus.ids()
        for p in corpus.dossier(i).provisions
        if CLAUSE in p.matter and corpus.dossier(i).instrument.kind == "draft"
    ]
    nodes = tuple(
        Node(
            statement=Statement(
                "{name} ({region}): {inside} of it within {range} km; least distance {least} km, greatest {most} km; share {share}",
                {
                    "name": r.name,
                    "region": r.region,
                    "inside": r.inside,
                    "range": range_km,
                    "least": r.least_km,
                    "most": r.most_km,
                    "share": f"{r.share:.0%}",
                },
            )
        )
        for r in told
    )
    words = "{n} of {all} regions can reach {targets} with {range} km"
    parts = {
        "n": sum(r.inside != "none" for r in found),
        "all": len(found),
        "targets": listed(map(corpus.actors.name, targets)),
        "range": range_km,
    }
    data: dict[str, Any] = {
        "range_km": range_km,
        "of": list(targets),
        "regions": [
            {
                "region": r.region,
                "name": r.name,
                "inside": r.inside,
                "share": r.share,
                "least_km": r.least_km,
                "most_km": r.most_km,
            }
            for r in told
        ],
        "cite": [c for _, c in clauses],
        "caveats": list(CAVEATS),
    }
    citation = tuple(c for i, cite in clauses for c in cites(i, cite))
    node = Node(statement=Statement(words, parts), citation=citation, caveats=CAVEATS, because=nodes)
    return Answer(kind="reach", value=told, data=data, node=node)


def _code(corpus: Corpus, shapes: Shapes, text: str) -> str:
    """A region's code, or a state's by any of its names."""
    upper = text.strip().upper()
    if upper in shapes:
        return upper
    if "-" not in text:
        code = corpus.actors.find(text).code
        return shapes.get(code).id
    return shapes.get(upper).id


def geojson(answer: Answer[tuple[Reach, ...]]) -> dict[str, Any]:
    """The regions of an answer as GeoJSON features (drawing detail)."""
    from shapely.geometry import mapping

    shapes = Shapes.load("region", "drawn")
    features = [
        {
            "type": "Feature",
            "properties": {
                "region": r.region,
                "name": r.name,
                "inside": r.inside,
                "share": r.share,
                "least_km": r.least_km,
            },
            "geometry": mapping(shapes.get(r.region).geometry),
        }
        for r in answer.value
    ]
    return {"type": "FeatureCollection", "features": features, "caveats": list(CAVEATS)}
