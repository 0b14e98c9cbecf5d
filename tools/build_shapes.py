"""Make the packaged shapes from Natural Earth polygons: `python tools/build_shapes.py FOLDER`.

FOLDER holds admin0.geojson, admin1.geojson, lines.geojson and zones.yaml (lines that divide regions, clips of states
with overseas land). Writes `corpus/data/geo/shapes.npz`: blocks of the reference treaty, and states with their first-level
regions, at full detail and again for drawing. For drawing, the finest pieces (region by block) are simplified together,
so that neighbours keep one edge and blocks, regions and states fit each other. Run only when the shapes change; needs
the extra `geo`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import shapely
import yaml
from pyproj import Geod
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box, shape
from shapely.geometry.polygon import orient
from shapely.ops import unary_union

OUT = Path(__file__).resolve().parents[1] / "src/servanda/corpus/data/geo/shapes.npz"
GEOD = Geod(ellps="WGS84")
DRAWN = 0.06  # degrees, the root of the triangles left out: what a map of Europe a page wide can show
CRUMB = 1e-7  # square degrees, about a thousandth of a square kilometre: where two outlines differ by rounding
SMALLEST = 0.004  # square degrees: islands below it are not drawn, unless they are all there is
GRIDS = {"full": 1e-5, "drawn": 1e-3}  # degrees

ALONE = [
    "ARM",
    "AZE",
    "BEL",
    "BGR",
    "BLR",
    "CZE",
    "DEU",
    "ESP",
    "EST",
    "FRA",
    "GBR",
    "GEO",
    "GRC",
    "HUN",
    "ISL",
    "ITA",
    "LTU",
]
ALONE += ["LUX", "LVA", "MDA", "NLD", "NOR", "POL", "PRT", "ROU", "SVK"]

# land that Natural Earth keeps apart and that belongs to a state of the record
DEPENDENT = {"ALD": "FIN", "FRO": "DNK", "GRL": "DNK"} | dict.fromkeys(
    ["ESB", "GGY", "GIB", "IMN", "JEY", "WSB"], "GBR"
)

# block of the record -> blocks of the compilation, or states
BLOCKS: dict[str, list[str]] = {
    **{c.lower(): [c] for c in ALONE},
    "dnk": ["DNK", "FRO"],
    "tur": ["flank_turkey"],
    "rus-kaliningrad": ["md_baltic_kaliningrad"],
    "ukr-carpathian": ["md_carpathian"],
    "ukr-kiev": ["md_kiev"],
    "ukr-odessa-oblast": ["md_odessa_oblast"],
    "ukr-odessa-rest": ["md_odessa_rest_ua"],
    "rus-leningrad-pskov": ["md_leningrad_pskov"],
    "rus-ncaucasus-volgograd": ["md_ncaucasus_volgograd"],
    "rus-ncaucasus-astrakhan": ["md_ncaucasus_astrakhan"],
    "rus-ncaucasus-rostov-east": ["md_ncaucasus_rostov_east"],
    "rus-ncaucasus-rostov-west": ["md_ncaucasus_rostov_west"],
    "rus-ncaucasus-kushchevskaya": ["md_ncaucasus_kushchevskaya"],
    "rus-ncaucasus-rest": ["md_ncaucasus_krasnodar_rest", "md_ncaucasus_rest"],
    "rus-moscow": ["md_moscow"],
    "rus-volga-ural": ["md_volga_ural_west", "md_volga_ural_split_west"],
    "kaz": ["kazakhstan_west"],
}


def polygons(geometry: Any) -> MultiPolygon:
    """The polygonal part of any geometry."""
    if geometry.geom_type == "Polygon":
        return MultiPolygon([geometry]) if geometry.area else MultiPolygon()
    found = []
    for part in getattr(geometry, "geoms", []):
        found.extend(polygons(part).geoms)
    return MultiPolygon(found)


def km2(geometry: Any) -> float:
    """Geodesic area on WGS84."""
    return sum(abs(GEOD.geometry_area_perimeter(orient(p))[0]) for p in polygons(geometry).geoms) / 1e6


class Source:
    """The polygons of a folder and the lines that divide them."""

    def __init__(self, folder: Path) -> None:
        read = lambda name: json.loads((folder / name).read_text(encoding="utf-8"))  # noqa: E731
        self.spec = yaml.safe_load((folder / "zones.yaml").read_text(encoding="utf-8"))
        self.states: dict[str, list[Any]] = {}
        self.names: dict[str, str] = {}
        for feature in read("admin0.geojson")["features"]:
            code = feature["properties"]["ne_a3"]
            self.states.setdefault(code, []).append(shape(feature["geometry"]))
            self.names[code] = feature["properties"]["name"]
        self.regions: dict[str, list[Any]] = {}
        self.region_names: dict[str, tuple[str, str]] = {}
        self.named: list[tuple[str, str, Any]] = []
        for feature in read("admin1.geojson")["features"]:
            code = feature["properties"]["iso_3166_2"]
            self.regions.setdefault(code, []).append(shape(feature["geometry"]))
            self.region_names[code] = (feature["properties"]["iso_a3"], feature["properties"]["name"])
            self.named.append((code, feature["properties"]["name"], self.regions[code][-1]))
        self.river = shape(read("lines.geojson")["features"][0]["geometry"])
        self.sides = self._sides()

    def _sides(self) -> dict[str, Any]:
        lines = self.spec["lines"]
        ural = [*map(tuple, lines["ural"]["crest"]), *self.river.coords, tuple(lines["ural"]["into_sea"])]
        west = Polygon([*ural, (44.0, ural[-1][1]), (44.0, ural[0][1])])
        points = [tuple(p["lonlat"]) for p in lines["turkey_exclusion"]["points"]]
        border = unary_union(self.states["TUR"]).intersection(LineString([(42.0, points[0][1]), (47.0, points[0][1])]))
        start = (max(x for x, _ in shapely.get_coordinates(border)), points[0][1])
        excluded = Polygon([(47.0, points[0][1]), start, *points[1:], (points[-1][0], 35.0), (47.0, 35.0)])
        rostov = [tuple(p) for p in lines["rostov_east"]["points"]]
        around = lines["rostov_east"]["include_buffer"]
        east = unary_union(
            [
                Polygon([*rostov, (rostov[-1][0] + 1, 45.0), (rostov[0][0], 45.0)]),
                Point(around["center"]).buffer(around["radius_deg"]),
            ]
        )
        corridor = lines["kushchevskaya_corridor"]
        strip = unary_union(
            [
                LineString(corridor["path"]).buffer(corridor["half_width_deg"]),
                Point(corridor["path"][0]).buffer(corridor["town_radius_deg"]),
            ]
        )
        return {
            "ural": {"west": (True, west), "east": (False, west)},
            "turkey_exclusion": {"south_east": (True, excluded), "north_west": (False, excluded)},
            "rostov_east": {"east": (True, east), "west": (False, east)},
            "kushchevskaya_corridor": {"in": (True, strip), "out": (False, strip)},
        }

    def state(self, code: str) -> Any:
        """A state's European land, overseas land clipped away."""
        found = unary_union(self.states[code])
        clip = self.spec["country_clip"].get(code, {})
        if "keep" in clip:
            found = found.intersection(box(*clip["keep"]))
        if "drop" in clip:
            found = found.difference(box(*clip["drop"]))
        return found

    def block(self, name: str) -> Any:
        """A block of the compilation, or a state."""
        if name in self.states:
            return self.state(name)
        spec = self.spec["blocks"][name]
        parts = [self.state(c) for c in spec.get("countries", [])]
        for code in spec.get("admin1", []):
            parts += self.regions[code]
        found = unary_union(parts)
        if "side" in spec:
            keep, cut = self.sides[spec["side"]["line"]][spec["side"]["keep"]]
            found = found.intersection(cut) if keep else found.difference(cut)
        return found


def pieces(source: Source) -> list[tuple[str, str | None, str | None, Any]]:
    """The finest pieces: (state, region or None, block or None, geometry). No two overlap."""
    rest, parallel = source.block("md_leningrad_rest"), source.spec["lines"]["leningrad_60_15"]["parallel"]
    south = box(-180, -90, 180, parallel)
    blocks = {name: unary_union([source.block(p) for p in parts]) for name, parts in BLOCKS.items()}
    blocks |= {"rus-leningrad-south": rest.intersection(south), "rus-leningrad-north": rest.difference(south)}
    names = list(blocks)
    tree = shapely.STRtree([blocks[n] for n in names])
    units: list[tuple[str, str | None, Any]] = []
    divided = {state for state, _ in source.region_names.values()}
    for code in source.states:
        if code not in divided:
            units.append((code, None, unary_union(source.states[code])))
    for code, (state, _) in source.region_names.items():
        units.append((state, f"{state}-{code.split('-', 1)[-1]}", unary_union(source.regions[code])))
    found = []
    for state, region, whole in units:
        left = whole
        for i in sorted(tree.query(whole)):
            shared = polygons(whole.intersection(blocks[names[i]]))
            if shared.area > CRUMB:
                found.append((state, region, names[i], shared))
                left = left.difference(blocks[names[i]])
        if polygons(left).area > CRUMB:
            found.append((state, region, None, polygons(left)))
    return found


def labels(source: Source) -> dict[str, str]:
    """The name of every region's code. Where a city and its district share one, both are named, the larger first."""
    named: dict[str, list[tuple[float, str]]] = {}
    for code, name, geometry in source.named:
        named.setdefault(code, []).append((-geometry.area, name))
    found = dict(source.names)
    for code, (state, _) in source.region_names.items():
        names = list(dict.fromkeys(n for _, n in sorted(named[code])))
        several = " (district and city)" if len(named[code]) > 1 and len(names) == 1 else ""
        several = f" with {', '.join(names[1:])}" if len(names) > 1 else several
        found[f"{state}-{code.split('-', 1)[-1]}"] = names[0] + several
    return found


def small(geometry: Any) -> Any:
    """Without the islands that a map does not show."""
    parts = [p for p in polygons(geometry).geoms if p.area >= SMALLEST]
    return MultiPolygon(parts or [max(polygons(geometry).geoms, key=lambda p: p.area)])


def packed(geometries: list[Any], grid: float) -> dict[str, Any]:
    """Shapes as whole numbers of grid steps, each the step from the one before: half the size, no loss."""
    snapped = [polygons(shapely.set_precision(g, grid)) for g in geometries]
    _, xy, (rings, parts, wholes) = shapely.to_ragged_array(snapped)
    steps = np.round(xy / grid).astype(np.int32)
    moves = np.diff(steps, axis=0, prepend=np.zeros((1, 2), np.int32))
    return {"moves": moves, "rings": rings, "parts": parts, "wholes": wholes}


def main() -> int:
    """Write the shapes."""
    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / "admin0.geojson").is_file():
        print("usage: python tools/build_shapes.py FOLDER (with admin0.geojson, admin1.geojson, ...)", file=sys.stderr)
        return 2
    source = Source(Path(sys.argv[1]))
    finest = pieces(source)
    names = labels(source)
    simple = shapely.coverage_simplify([p[3] for p in finest], DRAWN)
    arrays: dict[str, Any] = {}
    index: dict[str, list[tuple[str, str, str, float]]] = {}
    for layer in ("block", "region"):
        groups: dict[str, list[int]] = {}
        for i, (state, region, block, _) in enumerate(finest):
            for name in (block,) if layer == "block" else (state, region):
                if name is not None:
                    groups.setdefault(name, []).append(i)
        index[layer] = []
        whole = {name: unary_union([finest[i][3] for i in members]) for name, members in groups.items()}
        for name, members in groups.items():
            state = finest[members[0]][0]
            state = name.split("-")[0].upper() if layer == "block" else DEPENDENT.get(state, state)
            index[layer].append((name, name if layer == "block" else names[name], state, km2(whole[name])))
        drawn = [small(unary_union([simple[i] for i in members])) for members in groups.values()]
        for detail, geometries in (("full", list(whole.values())), ("drawn", drawn)):
            for key, value in packed(geometries, GRIDS[detail]).items():
                arrays[f"{layer}.{detail}.{key}"] = value
    told = {"index": index, "grids": GRIDS}
    arrays["index"] = np.frombuffer(json.dumps(told, ensure_ascii=False).encode(), np.uint8)
    OUT.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(OUT, **arrays)
    print(f"{sum(map(len, index.values()))} shapes, {OUT.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
