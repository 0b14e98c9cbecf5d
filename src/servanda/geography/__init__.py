"""Where: zones as shapes, places in zones, areas, and what a missile of some range can reach."""

from servanda.geography.shapes import Shape, Shapes, caveats
from servanda.geography.zones import Extent, Move, Part, Place, area_km2, covered, extents, moved, where, where_region

__all__ = [
    "Extent",
    "Move",
    "Part",
    "Place",
    "Shape",
    "Shapes",
    "area_km2",
    "caveats",
    "covered",
    "extents",
    "moved",
    "where",
    "where_region",
]
