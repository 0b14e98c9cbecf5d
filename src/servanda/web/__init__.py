"""The web application: pages made on the server from the same answers as every other door.

`router` is a FastAPI router of all views. Each view is a plain link that works without script; the one small script
swaps parts of a page and keeps the address in step. No rule of law stands here: views ask `questions` and lay out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from servanda.web.routes import router

__all__ = ["router"]


def __getattr__(name: str) -> Any:
    # the static site needs the pages and not the server
    if name == "router":
        from servanda.web.routes import router

        return router
    raise AttributeError(f"module 'servanda.web' has no attribute {name!r}")
