"""The record as a folder of linked pages for any web host: the application's templates with addresses of files.

Every page has an address that stays: a treaty on a day, an article, an act, a state, the sources. Nothing is fetched from
elsewhere, links are relative, and the same record makes the same bytes.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from servanda.corpus import Corpus
from servanda.model.answer import Source
from servanda.model.errors import InputError
from servanda.model.instrument import Dossier
from servanda.questions.assess import verdict_node
from servanda.questions.brief import is_main
from servanda.render.tables import figure_days
from servanda.web import articles, parties, timeline, treaty
from servanda.web.articles import Article, root_of
from servanda.web.asking import Asking
from servanda.web.pages import Links, asset, page, slug
from servanda.web.search import entries
from servanda.web.shown import Shown
from servanda.web.shown import view as view_shown

ASSETS = ("servanda.css", "icon.svg", "search.js")
MOST_WORDS = 240  # characters of an entry's words in the search index
A_PART = 60  # provisions on one page of an article


class SiteLinks(Links):
    """Relative addresses of files, from the page at `here`. None where the site has no such page."""

    static = True

    def __init__(self, site: Site, here: str = "index.html") -> None:
        self._site, self._here = site, here

    def _file(self, path: str, anchor: str = "") -> str | None:
        """The way from here to a file of the site."""
        if path not in self._site.paths:
            return None
        way = posixpath.relpath(path, posixpath.dirname(self._here) or ".")
        return f"{way}#{anchor}" if anchor else way

    def _known(self, path: str) -> str:
        found = self._file(path)
        assert found is not None, path
        return found

    def to(self, path: str, **query: Any) -> str:
        """A page of the application that the site has under the same name; the first page otherwise."""
        return self._file(f"{path.strip('/')}/index.html") or self.home()

    def nav(self) -> list[tuple[str, str]]:
        """The views of the site."""
        names = ("Treaty", "Timeline", "Articles", "Parties", "Search")
        files = ("treaty/index.html", "timeline/index.html", "articles/index.html", "parties/index.html", "search.html")
        return [(n, self._known(f)) for n, f in zip(names, files, strict=True)]

    def home(self) -> str:
        return self._known("index.html")

    def treaty(self, instrument: str, **query: Any) -> str:
        on = query.get("on")
        return (self._file(f"treaty/{instrument}/{on}.html") if on else None) or self._known(
            f"treaty/{instrument}/index.html"
        )

    def party(self, instrument: str, code: str, **query: Any) -> str | None:
        return self.actor(code)

    def verdict(self, instrument: str, verdict: Any, on: Any, **query: Any) -> str | None:
        whole = self._file(f"verdicts/{instrument}/{on}.html", name_of(verdict))
        return whole or self.article(instrument, verdict.limit.cite)

    def shown(self, name: str = "index") -> str:
        """An answer that is shown, or the list of them."""
        return self._known(f"shown/{name}.html")

    def duties(self, instrument: str, **query: Any) -> str | None:
        return None

    def verdicts(self, instrument: str, **query: Any) -> str | None:
        return None

    def article(self, instrument: str, cite: str) -> str | None:
        found = self._site.places.get((instrument, cite.split(";")[0].strip()))
        if found is None:
            return self._file(f"articles/{instrument}/{slug(root_of(cite.split(';')[0].strip()))}.html")
        return self._file(*found)

    def articles(self, instrument: str) -> str:
        return self._known(f"articles/{instrument}/index.html")

    def all_articles(self) -> str:
        return self._known("articles/index.html")

    def limit(self, instrument: str, limit: str, **query: Any) -> str | None:
        return None

    def procedure(self, instrument: str, procedure: str, **query: Any) -> str | None:
        return self._file(f"procedures/{instrument}/{slug(procedure)}.html")

    def actor(self, code: str, **query: Any) -> str | None:
        return self._file(f"parties/{slug(code)}.html")

    def parties(self, **query: Any) -> str:
        return self._known("parties/index.html")

    def act(self, instrument: str, act: str) -> str | None:
        return self._file(f"act/{instrument}/{slug(act)}.html")

    def timeline(self, **query: Any) -> str:
        if query.get("instrument"):
            return self._known(f"timeline/{query['instrument']}.html")
        number = query.get("page", 1)
        return self._known("timeline/index.html" if number == 1 else f"timeline/{number}.html")

    def sources(self, instrument: str) -> str | None:
        return self._file(f"sources/{instrument}.html")

    def asset(self, name: str) -> str:
        return self._known(f"static/{name}")


class Site:
    """All pages of a record: each file's path, and how it is made."""

    def __init__(self, corpus: Corpus, *, days: bool = True, language: str = "en", shown: Iterable[Shown] = ()) -> None:
        self.asking, self.language, self.shown = Asking(corpus), language, tuple(shown)
        self.ids = corpus.ids()
        acts = [d for i in self.ids for a in corpus.dossier(i).acts if (d := a.date.latest or a.date.earliest)]
        self.last = max(acts) if acts else date(1990, 1, 1)
        self.places: dict[tuple[str, str], tuple[str, str]] = {}
        self._days = days
        self._makers: dict[str, Callable[[Links], dict[str, Any]]] = {}
        self._templates: dict[str, str] = {}
        self._gather()
        self.paths = {*self._makers, "search.html", "static/index.js", *(f"static/{n}" for n in ASSETS)}

    def _add(self, path: str, template: str, make: Callable[[Links], dict[str, Any]]) -> None:
        assert path not in self._makers, f"two pages at {path}"
        self._makers[path], self._templates[path] = make, template

    def _gather(self) -> None:
        ask = self.asking
        self._add("index.html", "site_index.html", lambda link: self._front())
        self._add("treaty/index.html", "site_treaties.html", lambda link: self._front())
        self._add("articles/index.html", "instruments.html", lambda link: articles.home(ask))
        self._add("parties/index.html", "parties.html", lambda link: parties.home(ask))
        every = timeline.lines(ask)
        for number in range(1, 1 + max(1, -(-len(every) // timeline.A_PAGE))):
            name = "index" if number == 1 else str(number)
            query = {"page": str(number)}
            self._add(f"timeline/{name}.html", "timeline.html", lambda link, q=query: timeline.view(ask, q))  # type: ignore[misc]
        for actor in ask.corpus.actors:
            view = lambda link, c=actor.code: parties.view(ask, c, self.last.isoformat())  # noqa: E731
            self._add(f"parties/{slug(actor.code)}.html", "actor.html", view)
        for instrument in self.ids:
            self._instrument(instrument)
        if self.shown:
            self._add("shown/index.html", "site_shown_all.html", lambda link: {"entries": self.shown})
        for one in self.shown:
            self._add(f"shown/{one.name}.html", "site_shown.html", lambda link, o=one: view_shown(ask, o))  # type: ignore[misc]

    def _instrument(self, i: str) -> None:
        ask, dossier = self.asking, self.asking.corpus.dossier(i)
        turns = treaty.turning_days(ask, i)
        shown = min((d for d in (turns[-1:] or (self.last,))), default=self.last)
        for name, on in [("index", shown), *((d.isoformat(), d) for d in (turns if self._days else ()))]:
            query = {"on": on.isoformat()}
            self._add(f"treaty/{i}/{name}.html", "treaty.html", lambda link, q=query: treaty.view(ask, i, q, link))  # type: ignore[misc]
            if ask.main_limits(i) and f"verdicts/{i}/{on}.html" not in self._makers:
                self._add(f"verdicts/{i}/{on}.html", "site_verdicts.html", lambda link, d=on: self._verdicts(i, d))  # type: ignore[misc]
        self._add(f"timeline/{i}.html", "timeline.html", lambda link: self._whole_timeline(i))
        self._add(f"sources/{i}.html", "sources.html", lambda link: articles.sources(ask, i))
        self._add(f"articles/{i}/index.html", "articles.html", lambda link: articles.index(ask, i))
        for article in articles.articles(ask, i):
            self._article(i, article)
        for name in dict.fromkeys(e.act.id for e in ask.ask(i, "timeline").value if e.act is not None):
            view = lambda link, n=name: timeline.act_view(ask, i, n)  # noqa: E731
            self._add(f"act/{i}/{slug(name)}.html", "act.html", view)
        for found in dossier.procedures:
            view = lambda link, n=found.id: self._procedure(i, n)  # noqa: E731
            self._add(f"procedures/{i}/{slug(found.id)}.html", "procedure.html", view)

    def _article(self, i: str, article: Article) -> None:
        """An article as one page, or as several where it is long; every provision has an anchor."""
        parts = [article.provisions[n : n + A_PART] for n in range(0, len(article.provisions), A_PART)]
        for number, part in enumerate(parts, 1):
            path = f"articles/{i}/{slug(article.cite)}{'' if number == 1 else f'-{number}'}.html"
            for p in part:
                self.places.setdefault((i, p.cite), (path, slug(p.cite)))
                self.places.setdefault((i, articles.bare(p.cite)), (path, slug(p.cite)))

            def make(link: Links, n: int = number, held: Any = part) -> dict[str, Any]:
                shown = articles.place(self.asking, i, article.cite)
                more = [
                    f"{slug(article.cite)}-{k}.html" if k > 1 else f"{slug(article.cite)}.html"
                    for k in range(1, 1 + len(parts))
                ]
                shown |= {
                    "provisions": held,
                    "cite": article.cite,
                    "root": article.cite,
                    "above": "",
                    "parts": more,
                    "part": n,
                }
                return shown if n == 1 else shown | {"resting": {}, "total": {}}

            self._add(path, "article.html", make)

    def _whole_timeline(self, i: str) -> dict[str, Any]:
        own = [x for x in timeline.lines(self.asking) if x.instrument == i]
        shown = timeline.view(self.asking, {"instrument": i})
        readings = {
            (x.instrument, x.event.act.id): timeline.readings_of(self.asking, i, x.event.act)
            for x in own
            if x.event.act and x.event.contested_by
        }
        return shown | {"lines": own, "total": len(own), "page": 1, "pages": 1, "first": 0, "readings": readings}

    def _verdicts(self, i: str, on: date) -> dict[str, Any]:
        """The verdicts of a day that a treaty's page shows, each with its whole tree of reasons."""
        held = [v for v in self.asking.ask(i, "assess", on=on, limits=self.asking.main_limits(i)).value if is_main(v)]
        return {
            "instrument": i,
            "own": self.asking.corpus.dossier(i).instrument,
            "on": on.isoformat(),
            "verdicts": held,
            "trees": [(name_of(v), verdict_node(self.asking.corpus, i, v, on)) for v in held],
            "figure_days": figure_days,
        }

    def _procedure(self, i: str, name: str) -> dict[str, Any]:
        shown = treaty.procedure(self.asking, i, name, {})
        return shown | {"answer": None, "error": None, "crumbs": [(shown["own"].short, None)]}

    def _front(self) -> dict[str, Any]:
        held = [self.asking.corpus.dossier(i) for i in self.ids]
        return {
            "dossiers": held,
            "last": self.last,
            "shown": self.shown,
            "first": self.asking.corpus.dossier(self.asking.first),
        }

    def pages(self) -> Iterator[tuple[str, bytes]]:
        """Every file of the site, page by page."""
        for path in sorted(self._makers):
            link = SiteLinks(self, path)
            shown = self._makers[path](link)
            shown["ld"] = linked_data(self.asking, path, shown)
            yield (
                path,
                page(self._templates[path], self.language, link, **_named(self._templates[path], shown)).encode(),
            )
        link = SiteLinks(self, "search.html")
        yield "search.html", page("site_search.html", self.language, link, at="Search", ld="").encode()
        yield "static/index.js", self._index("window.servandaIndex=", ";\n")
        yield "search.json", self._index("", "\n")
        for name in ASSETS:
            yield f"static/{name}", asset(name)

    def _index(self, before: str, after: str) -> bytes:
        link = SiteLinks(self, "search.html")
        rows = []
        for e in entries(self.asking):
            where = link.found(e)
            if where:
                rows.append([e.kind, e.title, where, e.body[:MOST_WORDS]])
        return (before + json.dumps(rows, ensure_ascii=False, separators=(",", ":")) + after).encode()


def _named(template: str, shown: dict[str, Any]) -> dict[str, Any]:
    views = {
        "treaty": "Treaty",
        "timeline": "Timeline",
        "act": "Timeline",
        "parties": "Parties",
        "actor": "Parties",
        "site_verdicts": "Treaty",
    }
    return {"at": views.get(template.split(".")[0], "Articles" if "article" in template else ""), **shown}


def linked_data(asking: Asking, path: str, shown: dict[str, Any]) -> str:
    """The page's statements as JSON-LD (schema.org and PROV) for machines; "" where there is nothing to say."""
    kind, _, rest = path.partition("/")
    told: dict[str, Any] | None = None
    if kind in ("treaty", "articles") and rest.endswith("/index.html") and rest != "index.html":
        told = _legislation(asking.corpus.dossier(rest.split("/")[0]))
    elif kind == "articles" and "provisions" in shown:
        told = {
            "@type": "Legislation",
            "name": shown["cite"],
            "isPartOf": {
                "@type": "Legislation",
                "name": shown["own"].title,
                "legislationIdentifier": shown["instrument"],
            },
            "hasPart": [{"@type": "Legislation", "name": p.cite, "abstract": p.gist} for p in shown["provisions"]],
        }
    elif kind == "act":
        act = shown["act"]
        told = {
            "@type": ["Event", "prov:Activity"],
            "name": act.gist,
            "startDate": str(act.date),
            "about": {"@type": "Legislation", "name": shown["own"].title, "legislationIdentifier": shown["instrument"]},
            "organizer": [{"@type": "Organization", "name": asking.corpus.actors.name(a)} for a in act.actors],
            "prov:wasInformedBy": [title for title, _ in shown["sources"]],
        }
    elif kind == "sources":
        told = {
            "@type": "Dataset",
            "name": f"Record of the {shown['own'].short}",
            "prov:wasDerivedFrom": [_source(s) for s in shown["own"].sources],
        }
    if told is None:
        return ""
    context = ["https://schema.org", {"prov": "http://www.w3.org/ns/prov#"}]
    return json.dumps({"@context": context, **told}, ensure_ascii=False).replace("<", "\\u003c")


def _legislation(dossier: Dossier) -> dict[str, Any]:
    own = dossier.instrument
    told: dict[str, Any] = {
        "@type": "Legislation",
        "name": own.title,
        "alternateName": [own.short, *own.aliases],
        "legislationIdentifier": own.id,
        "legislationType": own.kind.value,
        "abstract": own.gist,
        "prov:wasDerivedFrom": [_source(s) for s in own.sources],
    }
    if own.adopted:
        told["legislationDate"] = str(own.adopted)
    if own.amends:
        told["legislationChanges"] = own.amends
    return told


def _source(source: Source) -> dict[str, Any]:
    told = {"@type": "prov:Entity", "name": source.title}
    return told | {"url": source.url} if source.url else told


def name_of(verdict: Any) -> str:
    """A verdict's name within its page."""
    return slug(f"{verdict.limit.id} {verdict.scope} {verdict.posture}")


def write(
    corpus: Corpus, folder: Path, *, days: bool = True, language: str = "en", shown: Iterable[Shown] = ()
) -> tuple[int, int]:
    """Write the site into a new or empty folder; how many files and bytes. InputError where something stands there."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError("there is something already", where=str(folder), remedy="name a new or an empty folder")
    files = size = 0
    try:
        for path, data in Site(corpus, days=days, language=language, shown=shown).pages():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            files, size = files + 1, size + len(data)
    except OSError as error:
        raise InputError(
            f"cannot write there ({error.strerror})", where=str(folder), remedy="name a writable folder"
        ) from None
    return files, size


__all__ = ["Site", "write"]
