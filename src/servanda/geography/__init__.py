"""Where: zones as shapes, places in zones, areas, and what a missile of some range can reach."""

from servanda.geography.reach import Reach, reach
from servanda.geography.shapes import Shapes
from servanda.geography.zones import area_km2, moved, where

__all__ = ["Reach", "Shapes", "area_km2", "moved", "reach", "where"]
