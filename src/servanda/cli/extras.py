"""Which extra of the package brings a library that is not installed.

A bare install answers questions of law. Maps, charts, reports, documents, workbooks and the ledger stand on libraries
that come with an extra each; a command that lacks one says in a line which.
"""

from __future__ import annotations

from types import TracebackType

# library -> extras that bring it; the first one where the room that asked says nothing
EXTRAS: dict[str, tuple[str, ...]] = {
    "shapely": ("geo", "exchange", "report"), "pyproj": ("geo", "exchange", "report"),
    "scipy": ("plan", "geo", "exchange"),
    "altair": ("charts", "report"), "vl_convert": ("charts", "report"), "typst": ("report",), "icalendar": ("calendar",),
    "ahocorasick_rs": ("press",), "fastwarc": ("press",), "pypdfium2": ("press",), "rensa": ("press",),
    "resiliparse": ("press", "tables"), "polars": ("tables", "press", "exchange"), "openpyxl": ("tables", "exchange"),
    "distributed": ("cluster",), "cryptography": ("exchange",), "rfc8785": ("exchange",), "sqlalchemy": ("exchange",),
    "alembic": ("exchange",), "psycopg": ("postgresql",), "fastapi": ("web",), "uvicorn": ("web",),
    "jinja2": ("web",), "markupsafe": ("web",), "multipart": ("web",), "mcp": ("mcp",),
}  # fmt: skip

# room whose code asked for it -> the extra that brings all of what the room needs
ROOMS = {
    "geography": "geo", "verification": "plan", "exchange": "exchange", "report": "report", "charts": "charts",
    "intake": "press", "extraction": "press", "findings": "press", "web": "web",
}  # fmt: skip


def missing(error: ModuleNotFoundError) -> str | None:
    """One line that names the library and how to install it; None for a module that no extra brings."""
    library = (error.name or "").partition(".")[0]
    extras = EXTRAS.get(library)
    if extras is None:
        return None
    wanted = [ROOMS[r] for r in _rooms(error.__traceback__) if r in ROOMS]
    extra = next((e for e in wanted if e in extras), extras[0])
    return f'this needs the library {library}, which is not installed; pip install "servanda[{extra}]"'


def _rooms(trace: TracebackType | None) -> list[str]:
    """Rooms of the package on the way to an error, the outermost first."""
    found = []
    while trace is not None:
        name = str(trace.tb_frame.f_globals.get("__name__", "")).split(".")
        if name[0] == "servanda" and len(name) > 1:
            found.append(name[1])
        trace = trace.tb_next
    return found
