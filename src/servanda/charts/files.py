"""A chart as a file: PNG, SVG, the Altair specification as JSON, or an interactive page that needs no network."""

from __future__ import annotations

import json
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from servanda.model.errors import InputError

FORMATS = (".png", ".svg", ".json", ".html")
SCALE = 2.0  # pixels of a PNG for one of the page

# The policy makes the browser itself refuse the network; Vega compiles its expressions, hence unsafe-eval.
PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; \
style-src 'unsafe-inline'; img-src data: blob:">
<title>{title}</title>
<style>body {{ margin: 1rem; font-family: sans-serif; }} #chart {{ max-width: 100%; overflow-x: auto; }}</style>
</head>
<body>
<div id="chart"></div>
<script type="application/json" id="spec">{spec}</script>
<script>
{bundle}
</script>
</body>
</html>
"""
START = """
vegaEmbed("#chart", JSON.parse(document.getElementById("spec").textContent),
  {renderer: "svg", actions: {export: true, source: true, compiled: false, editor: false}});
"""


def checked(path: Path, formats: tuple[str, ...] = FORMATS) -> str:
    """The ending of a path, lower case. InputError for a format that is not written, before anything is computed."""
    ending = path.suffix.lower()
    if ending not in formats:
        raise InputError(
            f"{ending or 'no ending'} is not a format for charts",
            where=str(path),
            remedy=f"formats: {', '.join(formats)}",
        )
    return ending


def rendered(chart: Any, path: Path, *, scale: float = SCALE) -> bytes:
    """The chart, or its Vega-Lite specification as a mapping, in the format of the path's ending.

    InputError for another format.
    `.html` is an interactive page with everything it needs inside it: nothing is fetched when it opens.
    """
    ending = checked(path)
    # shapes make most of a map: on one line they are a third of the size
    if isinstance(chart, dict):
        spec = json.dumps(chart, ensure_ascii=False)
    else:
        spec = str(chart.to_json(validate=False, indent=None))
    if ending == ".json":
        return spec.encode()
    if ending == ".html":
        return page(spec).encode()
    import vl_convert

    if ending == ".svg":
        return str(vl_convert.vegalite_to_svg(spec)).encode()
    return bytes(vl_convert.vegalite_to_png(spec, scale=scale))


def page(spec: str) -> str:
    """An interactive page of a specification. Text of the data stays text: no `<` of it reaches the page."""
    told = json.loads(spec).get("title", "")
    title = told.get("text", "") if isinstance(told, dict) else told
    words = " ".join(title) if isinstance(title, list) else str(title)
    inert = spec.replace("<", "\\u003c")
    return PAGE.format(title=escape(words), spec=inert, bundle=_bundle())


@cache
def _bundle() -> str:
    """Vega, Vega-Lite and their embedding, with the line that starts them, as one script."""
    import vl_convert

    return str(vl_convert.javascript_bundle(START))
