"""The application's addresses. Handlers read the query, ask, and hand the answer to a template."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from servanda.web import treaty
from servanda.web.door import PageRoute, asking_of, links_of, query_of, show
from servanda.web.pages import STATIC, asset

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/")
def home(request: Request) -> Response:
    """The instrument of which most is recorded, today."""
    return RedirectResponse(links_of(request).treaty(asking_of(request).first), 307)


@router.get("/static/{name}")
def static(name: str) -> Response:
    """The package's own style sheet, script and icon."""
    if name not in STATIC:
        raise HTTPException(404, "no such file")
    return Response(asset(name), media_type=STATIC[name], headers={"Cache-Control": "public, max-age=604800"})


@router.get("/treaty")
def treaty_chosen(request: Request) -> Response:
    """The instrument of the query, or the first one."""
    query = query_of(request)
    return RedirectResponse(links_of(request).treaty(query.pop("instrument", asking_of(request).first), **query), 307)


@router.get("/treaty/{instrument}")
def treaty_page(request: Request, instrument: str) -> Response:
    """The state of an instrument on a day."""
    query, link = query_of(request), links_of(request)
    query.pop("lang", None)
    other = query.pop("instrument", instrument)
    if other != instrument:  # chosen in the form
        return RedirectResponse(link.treaty(other, **{k: v for k, v in query.items() if k in ("on", "show")}), 303)
    shown = treaty.view(asking_of(request), instrument, query, link)
    return show(request, "treaty.html", "Treaty", 400 if shown["error"] else 200, link=link, **shown)


def _crumbs(request: Request, instrument: str, on: str) -> list[tuple[str, str]]:
    own = asking_of(request).treaty(instrument).dossier.instrument
    return [(f"{own.short}, {on}", links_of(request).treaty(instrument, on=on))]


@router.get("/treaty/{instrument}/party/{code}")
def party_page(
    request: Request, instrument: str, code: str, on: str = "today", reading: str = "depositary"
) -> Response:
    """Why a party stands as it does."""
    shown = treaty.party(asking_of(request), instrument, code, on, reading)
    return show(request, "answer.html", "Treaty", crumbs=_crumbs(request, instrument, on), **shown)


@router.get("/treaty/{instrument}/verdict")
def verdict_page(request: Request, instrument: str, on: str = "today") -> Response:
    """Why a verdict is what it is."""
    shown = treaty.verdict(asking_of(request), instrument, query_of(request))
    return show(request, "answer.html", "Treaty", crumbs=_crumbs(request, instrument, on), **shown)


@router.get("/treaty/{instrument}/verdicts")
def verdicts_page(request: Request, instrument: str, on: str = "today") -> Response:
    """All verdicts of a day."""
    shown = treaty.verdicts(asking_of(request), instrument, on)
    return show(request, "answer.html", "Treaty", crumbs=_crumbs(request, instrument, on), **shown)


@router.get("/treaty/{instrument}/duties")
def duties_page(
    request: Request, instrument: str, kind: str, on: str = "today", reading: str = "depositary"
) -> Response:
    """Who owes whom."""
    shown = treaty.duties(asking_of(request), instrument, on, kind, reading)
    return show(request, "answer.html", "Treaty", crumbs=_crumbs(request, instrument, on), **shown)
