"""Templates and addresses: how a page is made, and how pages point at each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from servanda.corpus.kept import Kept
from servanda.model.answer import Citation, Node
from servanda.render.html import bar
from servanda.render.text import plain
from servanda.web.words import LANGUAGES, translator

MOST_NODES = 400  # lines of a tree on one page; beyond it the page says how many more there are
STATIC = {
    "servanda.css": "text/css",
    "servanda.js": "text/javascript",
    "search.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}


NO_DAY = "0000-00-00"  # no day is written so
MOST_PARTS = 512  # parts of pages, each some ten kilobytes
PARTS = Kept(MOST_PARTS)


class Links:
    """Addresses of the application's views. A key left None or empty falls out, so that addresses stay short."""

    lang: str | None = None
    static = False  # True where pages are files and nothing answers a form

    def nav(self) -> list[tuple[str, str]]:
        """The views, by name."""
        names = ("Treaty", "Timeline", "Articles", "Compare", "What if", "Read", "Exchange", "Inspect", "Reach")
        return [(n, self.to(f"/{n.replace(' ', '').lower()}")) for n in names]

    def to(self, path: str, **query: Any) -> str:
        """A path of the application with its query."""
        kept = {k: v for k, v in query.items() if v not in (None, "", False)}
        if self.lang:
            kept.setdefault("lang", self.lang)
        return f"{path}?{urlencode(kept, doseq=True)}" if kept else path

    def home(self) -> str:
        """The first page."""
        return self.to("/")

    def treaty(self, instrument: str, **query: Any) -> str:
        """The state of an instrument on a day."""
        return self.to(f"/treaty/{quote(instrument)}", **query)

    def party(self, instrument: str, code: str, **query: Any) -> str | None:
        """Why one party stands as it does."""
        return self.to(f"/treaty/{quote(instrument)}/party/{quote(code)}", **query)

    def verdict(self, instrument: str, verdict: Any, on: Any, **query: Any) -> str | None:
        """Why one verdict is what it is."""
        return self.to(
            f"/treaty/{quote(instrument)}/verdict",
            limit=verdict.limit.id,
            scope=verdict.scope,
            posture=verdict.posture,
            on=on,
            **query,
        )

    def duties(self, instrument: str, **query: Any) -> str | None:
        """Who owes whom a kind of duty."""
        return self.to(f"/treaty/{quote(instrument)}/duties", **query)

    def verdicts(self, instrument: str, **query: Any) -> str | None:
        """All verdicts of a day."""
        return self.to(f"/treaty/{quote(instrument)}/verdicts", **query)

    def article(self, instrument: str, cite: str) -> str | None:
        """A provision, with all that rests on it."""
        return self.to(f"/articles/{quote(instrument)}/at", cite=cite)

    def articles(self, instrument: str) -> str:
        """An instrument, article by article."""
        return self.to(f"/articles/{quote(instrument)}")

    def all_articles(self) -> str:
        """All instruments, for their texts."""
        return self.to("/articles")

    def limit(self, instrument: str, limit: str, **query: Any) -> str | None:
        """One ceiling: what it says, and what it judges on a day."""
        return self.to(f"/treaty/{quote(instrument)}/limit", limit=limit, **query)

    def procedure(self, instrument: str, procedure: str, **query: Any) -> str | None:
        """One procedure: its steps, and their days once it is triggered."""
        return self.to(f"/treaty/{quote(instrument)}/procedure/{quote(procedure)}", **query)

    def actor(self, code: str, **query: Any) -> str | None:
        """A state or organisation, and all it takes part in."""
        return self.to(f"/party/{quote(code)}", **query)

    def parties(self, **query: Any) -> str:
        """All states and organisations of the record."""
        return self.to("/parties", **query)

    def search(self, **query: Any) -> str:
        """What was found."""
        return self.to("/search", **query)

    def found(self, entry: Any) -> str | None:
        """Where a thing that was found stands."""
        match entry.kind:
            case "article" | "limit" | "procedure":
                return self.article(entry.instrument, entry.key)
            case "act":
                return self.act(entry.instrument, entry.key)
            case "party":
                return self.actor(entry.key)
            case "source":
                return self.sources(entry.instrument)
            case _:
                return self.articles(entry.instrument)

    def act(self, instrument: str, act: str) -> str | None:
        """One act in the timeline."""
        return self.to(f"/act/{quote(instrument)}/{quote(act)}")

    def timeline(self, **query: Any) -> str:
        """What was done, over all instruments."""
        return self.to("/timeline", **query)

    def sources(self, instrument: str) -> str | None:
        """The sources of an instrument's record."""
        return self.to(f"/sources/{quote(instrument)}")

    def outlines(self, layer: str) -> str:
        """The outlines of a map's shapes; the query changes with them."""
        from servanda.charts.map_svg import outlines_of

        return f"/outlines/{layer}?{outlines_of(layer)[1]}"

    def asset(self, name: str) -> str:
        """A file of the package's own; the query changes with its content, so that it may be kept for long."""
        return f"/static/{name}?{version(name)}"


@cache
def asset(name: str) -> bytes:
    """A style sheet, script or picture of the package. KeyError for any other name."""
    if name not in STATIC:
        raise KeyError(name)
    return (files("servanda.web") / "static" / name).read_bytes()


@cache
def version(name: str) -> str:
    """A few letters that change with the content of an asset."""
    return sha256(asset(name)).hexdigest()[:12]


@cache
def environment() -> Environment:
    """The templates, with everything they print escaped and made fit for a page."""
    made = Environment(
        loader=PackageLoader("servanda.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_fit,
    )
    made.filters["spaced"] = lambda value: str(value).replace("_", " ")
    made.filters["number"] = lambda value: "" if value is None else f"{value:,}"
    made.filters["asis"] = lambda value: Markup(escape("".join(c for c in value if c.isprintable() or c in "\n\t")))  # noqa: S704
    made.filters["name_of"] = lambda code, names: names(code)
    made.filters["slug"] = slug
    made.filters["worded"] = worded
    made.filters["data"] = lambda text: Markup(text)  # noqa: S704 (JSON whose `<` is escaped)
    made.globals["faces"] = faces
    made.globals["bar"] = lambda low, high, bound: Markup(bar(low, high, bound))  # noqa: S704 (numbers alone)
    made.globals["zip_same"] = lambda words: [(w, w) for w in words]
    made.globals["anchored"] = anchored
    made.globals["budget"] = lambda: [MOST_NODES]
    made.globals["count_nodes"] = lambda nodes: sum(1 for n in nodes for _ in n.walk())
    return made


class _Once:
    """Parts of a page that are made once for all days on which they are the same but for the day itself.

    What a part is made from (`of`) is immutable, told apart by identity, and kept with the part, so that no other can come
    to bear its address; plain values are told apart by what they are. The part is given `NO_DAY` to write for the day.
    """

    def __init__(self, link: Links, language: str, on: str) -> None:
        self._link, self._key, self._on = link, (language, link.lang), on

    def __call__(
        self, name: str, of: tuple[Any, ...], where: tuple[str, ...], caller: Callable[[str], Markup]
    ) -> Markup:
        if self._link.static:  # an address is a file there, which not every day has
            return caller(self._on)
        key = (name, *where, *self._key, *(x if isinstance(x, tuple) else id(x) for x in of))
        return PARTS.get(key, lambda: (of, caller(NO_DAY)))[1].replace(NO_DAY, self._on)


def faces(verdicts: Iterable[Any]) -> tuple[tuple[Any, ...], ...]:
    """What a table shows of each verdict."""
    return tuple(
        (
            v.limit.id, v.limit.cite, v.limit.category, v.scope, v.posture, v.low, v.high, v.bound, v.verdict,
            v.recalled, v.headroom, v.in_law,
        )
        for v in verdicts
    )  # fmt: skip


def _fit(value: Any) -> Any:
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def page(name: str, language: str = "en", links: Links | None = None, **values: Any) -> str:
    """A page of that template. `values` are what it lays out."""
    chosen = links or Links()
    values.setdefault("at", "")
    values.setdefault("alternates", [])
    values.setdefault("ld", "")
    values.setdefault("once", _Once(chosen, language, str(values.get("on", ""))))
    return (
        environment()
        .get_template(name)
        .render(link=chosen, t=translator(language), language=language, languages=LANGUAGES, **values)
    )


def worded(value: Any) -> str:
    """A value of the record's own free fields, as words.

    >>> worded(["battle_tank", 3]), worded({"to": ["A_B"]}), worded(True)
    ('battle tank, 3', 'to: A B', 'yes')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "; ".join(f"{worded(k)}: {worded(v)}" for k, v in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(worded, value))
    return f"{value:,}" if isinstance(value, int) else str(value).replace("_", " ")


def anchored(provisions: Iterable[Any]) -> list[tuple[Any, str]]:
    """Provisions with their anchors; one that says more on a place already anchored has none."""
    seen: set[str] = set()
    found = []
    for p in provisions:
        name = slug(p.cite)
        found.append((p, "" if name in seen else name))
        seen.add(name)
    return found


def slug(text: str) -> str:
    """A name for addresses and anchors.

    >>> slug("CFE IV.1(A) (total)"), slug("Zürich")
    ('cfe-iv-1-a-total', 'z-rich')
    """
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in text.lower()).split()) or "x"


def first_citation(node: Node) -> Citation | None:
    """The first citation of a tree, for a headline."""
    return next((c for n in node.walk() for c in n.citation), None)


def query_of(params: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    """Those of the parameters that were given and are not empty."""
    return {n: params[n] for n in names if params.get(n)}
