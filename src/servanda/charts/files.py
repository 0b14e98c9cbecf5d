"""A chart as a file: PNG, SVG, the Altair specification as JSON, or a page that needs no network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from servanda.model.errors import InputError

FORMATS = (".png", ".svg", ".json")


def rendered(chart: Any, path: Path) -> bytes:
    """The chart in the format of the path's ending. InputError for another format."""
    ending = path.suffix.lower()
    if ending not in FORMATS:
        raise InputError(
            f"{ending or 'no ending'} is not a format for charts",
            where=str(path),
            remedy=f"formats: {', '.join(FORMATS)}",
        )
    spec = chart.to_json(validate=False)
    if ending == ".json":
        return str(spec).encode()
    import vl_convert

    if ending == ".svg":
        return str(vl_convert.vegalite_to_svg(spec)).encode()
    return bytes(vl_convert.vegalite_to_png(spec, scale=2))
