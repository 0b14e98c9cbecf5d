"""Make the packaged shapes from Natural Earth polygons: `python tools/build_shapes.py FOLDER`.

FOLDER holds admin0.geojson, admin1.geojson, lines.geojson and zones.yaml (lines that divide regions, clips of states
with overseas land). Writes `corpus/data/geo/shapes.parquet`: blocks of the reference treaty and regions at full
detail, and both again simplified for drawing. Run only when the shapes change; needs the extra `geo`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import polars as pl
import shapely
import yaml
from pyproj import Geod
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box, shape
from shapely.geometry.polygon import orient
from shapely.ops import unary_union

OUT = Path(__file__).resolve().parents[1] / "src/servanda/corpus/data/geo/shapes.parquet"
GEOD = Geod(ellps="WGS84")
DRAWN = 0.04  # degrees: what a map of Europe a page wide can show

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
        for feature in read("admin1.geojson")["features"]:
            code = feature["properties"]["iso_3166_2"]
            self.regions.setdefault(code, []).append(shape(feature["geometry"]))
            self.region_names[code] = (feature["properties"]["iso_a3"], feature["properties"]["name"])
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


def main() -> int:
    """Write the shapes."""
    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / "admin0.geojson").is_file():
        print("usage: python tools/build_shapes.py FOLDER (with admin0.geojson, admin1.geojson, ...)", file=sys.stderr)
        return 2
    source = Source(Path(sys.argv[1]))
    shapes: list[tuple[str, str, str, str, Any]] = []
    for name, parts in BLOCKS.items():
        shapes.append(("block", name, name, name.split("-")[0].upper(), unary_union([source.block(p) for p in parts])))
    rest, parallel = source.block("md_leningrad_rest"), source.spec["lines"]["leningrad_60_15"]["parallel"]
    south = box(-180, -90, 180, parallel)
    shapes.append(("block", "rus-leningrad-south", "rus-leningrad-south", "RUS", rest.intersection(south)))
    shapes.append(("block", "rus-leningrad-north", "rus-leningrad-north", "RUS", rest.difference(south)))
    for code in source.states:
        shapes.append(("region", code, source.names[code], code, unary_union(source.states[code])))
    for code, (state, name) in source.region_names.items():
        place = f"{state}-{code.split('-', 1)[-1]}"
        shapes.append(("region", place, name, state, unary_union(source.regions[code])))
    rows = []
    for layer, name, label, state, geometry in shapes:
        whole = polygons(geometry)
        area = km2(whole)
        for detail, kept in (("full", whole), ("drawn", polygons(whole.simplify(DRAWN)))):
            small = shapely.set_precision(kept, 1e-4 if detail == "full" else 1e-3)
            rows.append(
                {"layer": layer, "id": name, "name": label, "state": state, "detail": detail, "km2": area}
                | {"wkb": shapely.to_wkb(polygons(small))}
            )
    OUT.parent.mkdir(parents=True, exist_ok=True)
    pl.DataFrame(rows).write_parquet(OUT, compression="zstd", compression_level=19)
    print(f"{len(shapes)} shapes, {OUT.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
