"""Addresses of the views that ask what could be: compare, what if, reach, inspect."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from servanda.web import comparing, inspecting, reaching
from servanda.web.desk import sent, with_form
from servanda.web.door import PageRoute, asking_of, links_of, query_of, show

asks = APIRouter(route_class=PageRoute, include_in_schema=False)


def _many(request: Request, name: str) -> list[str]:
    return [v.strip()[:100] for v in request.query_params.getlist(name) if v.strip()][:200]


def _page(request: Request, template: str, at: str, shown: dict[str, Any]) -> Response:
    return show(request, template, at, 400 if shown["error"] else 200, **shown)


@asks.get("/compare")
def compare_page(request: Request) -> Response:
    """Two instruments side by side."""
    return _page(request, "compare.html", "Compare", comparing.compare(asking_of(request), query_of(request)))


@asks.get("/whatif")
def whatif_page(request: Request) -> Response:
    """The record beside a scenario."""
    query = query_of(request)
    query.pop("lang", None)
    query.pop("actors", None)
    shown = comparing.whatif(asking_of(request), query, _many(request, "actors"))
    return _page(request, "whatif.html", "What if", shown)


@asks.get("/reach")
def reach_page(request: Request) -> Response:
    """Areas within a range."""
    shown = reaching.view(asking_of(request), query_of(request), _many(request, "of"), links_of(request))
    return _page(request, "reach.html", "Reach", shown)


@asks.get("/inspect")
def quotas_page(request: Request) -> Response:
    """Quotas, and the ways on."""
    return _page(request, "inspect.html", "Inspect", inspecting.quotas(asking_of(request), query_of(request)))


@asks.get("/inspect/may")
def may_page(request: Request) -> Response:
    """May one inspect another."""
    return _page(request, "may.html", "Inspect", inspecting.may(asking_of(request), query_of(request)))


@asks.get("/inspect/course")
def course_page(request: Request) -> Response:
    """An inspection step by step."""
    return _page(request, "course.html", "Inspect", inspecting.course(asking_of(request), query_of(request)))


@asks.get("/inspect/sweep")
def sweep_page(request: Request) -> Response:
    """How many inspections are enough."""
    return _page(request, "sweep.html", "Inspect", inspecting.sweep(asking_of(request), query_of(request)))


@asks.get("/inspect/plan")
def plan_form(request: Request) -> Response:
    """Where a list of objects is given."""
    shown = inspecting.plan(asking_of(request), "", query_of(request))
    return with_form(request, "plan.html", "Inspect", **shown)


@asks.post("/inspect/plan")
async def plan_sent(request: Request) -> Response:
    """A season planned on it."""
    async with sent(request) as form:
        text = str(form.get("list", ""))[: inspecting.MOST_LIST]
        query = {k: str(form[k]).strip() for k in ("on", "by", "most", "instrument") if form.get(k)}
    shown = await run_in_threadpool(inspecting.plan, asking_of(request), text, query)
    return with_form(request, "plan.html", "Inspect", 400 if shown["error"] else 200, **shown)
