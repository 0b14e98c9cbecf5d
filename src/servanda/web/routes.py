"""The application's addresses. Handlers read the query, ask, and hand the answer to a template."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from servanda.model.numbers import whole_number
from servanda.web import articles, parties, timeline, treaty
from servanda.web.asks import asks
from servanda.web.desk import desk
from servanda.web.door import PageRoute, asking_of, kept_page, links_of, query_of, show
from servanda.web.pages import STATIC, asset
from servanda.web.search import A_PAGE, index_of

router = APIRouter(route_class=PageRoute, include_in_schema=False)
router.include_router(desk)
router.include_router(asks)


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


@router.get("/outlines/{layer}")
def outlines(layer: str) -> Response:
    """The outlines of a map's shapes, for the script that fills them in."""
    from servanda.charts.map_svg import outlines_of

    if layer not in ("region", "block"):
        raise HTTPException(404, "no such layer of shapes")
    headers = {"Cache-Control": "public, max-age=604800"}
    return Response(outlines_of(layer)[0], media_type="application/json", headers=headers)


@router.get("/treaty/{instrument}")
async def treaty_page(request: Request, instrument: str) -> Response:
    """The state of an instrument on a day; with `part=live` only what a change of date swaps."""
    query, link = query_of(request), links_of(request)
    query.pop("lang", None)
    greet, part = not query, query.pop("part", None) == "live"
    other = query.pop("instrument", instrument)
    if other != instrument:  # chosen in the form
        return RedirectResponse(link.treaty(other, **{k: v for k, v in query.items() if k in ("on", "show")}), 303)

    def make() -> Response:
        shown = treaty.view(asking_of(request), instrument, query, link, outlined=not part)
        template = "fragment.html" if part else "treaty.html"
        return show(request, template, "Treaty", 400 if shown["error"] else 200, link=link, greet=greet, **shown)

    return await kept_page(request, (instrument, part, greet, link.lang, *sorted(query.items())), make)


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


@router.get("/treaty/{instrument}/limit")
def limit_page(request: Request, instrument: str, limit: str, on: str = "today") -> Response:
    """A ceiling, and what it judges on a day."""
    shown = treaty.limit(asking_of(request), instrument, limit, on)
    return show(request, "limit.html", "Treaty", crumbs=_crumbs(request, instrument, on), **shown)


@router.get("/treaty/{instrument}/procedure/{procedure}")
def procedure_page(request: Request, instrument: str, procedure: str) -> Response:
    """A procedure, and its days."""
    query = query_of(request)
    shown = treaty.procedure(asking_of(request), instrument, procedure, query)
    crumbs = [(shown["own"].short, links_of(request).articles(instrument))]
    return show(request, "procedure.html", "Treaty", 400 if shown["error"] else 200, crumbs=crumbs, **shown)


@router.get("/timeline")
def timeline_page(request: Request) -> Response:
    """What was done, over all instruments."""
    shown = timeline.view(asking_of(request), query_of(request))
    return show(request, "timeline.html", "Timeline", 400 if shown["error"] else 200, **shown)


@router.get("/act/{instrument}/{name}")
def act_page(request: Request, instrument: str, name: str) -> Response:
    """One act."""
    return show(request, "act.html", "Timeline", **timeline.act_view(asking_of(request), instrument, name))


@router.get("/articles")
def instruments_page(request: Request) -> Response:
    """All instruments."""
    return show(request, "instruments.html", "Articles", **articles.home(asking_of(request)))


@router.get("/articles/{instrument}")
def articles_page(request: Request, instrument: str) -> Response:
    """An instrument's text."""
    return show(request, "articles.html", "Articles", **articles.index(asking_of(request), instrument))


@router.get("/articles/{instrument}/at")
def article_page(request: Request, instrument: str, cite: str) -> Response:
    """One place of it."""
    return show(request, "article.html", "Articles", **articles.place(asking_of(request), instrument, cite))


@router.get("/sources/{instrument}")
def sources_page(request: Request, instrument: str) -> Response:
    """Where the facts of an instrument's record were seen."""
    return show(request, "sources.html", "Articles", **articles.sources(asking_of(request), instrument))


@router.get("/parties")
def parties_page(request: Request) -> Response:
    """All actors."""
    return show(request, "parties.html", "Parties", **parties.home(asking_of(request)))


@router.get("/party/{code}")
def actor_page(request: Request, code: str, on: str = "today") -> Response:
    """One actor."""
    return show(request, "actor.html", "Parties", **parties.view(asking_of(request), code, on))


@router.get("/search")
def search_page(request: Request) -> Response:
    """Search over everything."""
    query, asking = query_of(request), asking_of(request)
    asked = query.get("q", "")[:200]
    page = max(1, min(1_000, whole_number(query.get("page", "")) or 1))
    total, hits = index_of(asking).find(asked, page) if asked else (0, ())
    shorts = {i: asking.corpus.dossier(i).instrument.short for i in asking.corpus.ids()}
    return show(
        request,
        "search.html",
        "Search",
        q=asked,
        total=total,
        hits=hits,
        first=A_PAGE * (page - 1),
        page=page,
        pages=max(1, -(-total // A_PAGE)),
        shorts=shorts,
    )
