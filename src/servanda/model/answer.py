"""An answer: a value, and the tree of statements it rests on.

Every door (console, JSON, page, report) renders the same tree. A statement is a template over typed parts,
so that a door can lay the parts out and a translator can reach the words.

    >>> s = Statement("{party} is {standing} on {on}", {"party": "RUS", "standing": "in_force", "on": "2015-06-01"})
    >>> str(s)
    'RUS is in_force on 2015-06-01'
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Generic, TypeVar, cast

from servanda.model.base import STRICT
from servanda.model.dates import UncertainDate
from servanda.model.documents.base import Tree, plain

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence as a template over named parts (parties, dates, numbers, limits)."""

    template: str
    parts: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format_map({k: _plain(v) for k, v in self.parts.items()})


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, UncertainDate):
        return value.words
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return ", ".join(_plain(v) for v in value)
    return str(value)


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in an instrument, written the way lawyers do: `CFE IV.1(A)`."""

    instrument: str
    cite: str

    def __str__(self) -> str:
        return self.cite


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact was seen. `recalled` sources are memory, and every answer that leans on one says so."""

    __pydantic_config__ = STRICT

    id: str
    """Unique name by which records cite it."""
    title: str
    """Author, title and date as printed."""
    published: UncertainDate | None = None
    """When it was published, as an EDTF date: figures it prints were known by the end of it."""
    url: str | None = None
    """Its address."""
    note: str | None = None
    """A remark for the reader; no answer depends on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One statement of an answer, what it cites, its evidence, its caveats, and why it holds."""

    statement: Statement
    citation: tuple[Citation, ...] = ()
    sources: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    because: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """This node and all below it, depth first."""
        yield self
        for child in self.because:
            yield from child.walk()

    def as_tree(self) -> Tree:
        """The tree as part of a document."""
        return Tree(
            statement=str(self.statement),
            template=self.statement.template,
            parts={k: _json(v) for k, v in self.statement.parts.items()},
            cite=tuple(str(c) for c in self.citation),
            sources=self.sources,
            caveats=self.caveats,
            because=tuple(n.as_tree() for n in self.because),
        )

    def as_dict(self) -> dict[str, Any]:
        """The tree as plain data for JSON."""
        return plain(self.as_tree())


def _json(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return tuple(_json(v) for v in value)
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value)


LATER = ("node", "document", "data")


@dataclass(frozen=True, slots=True)
class _Later:
    make: Callable[[], Any]


def later(make: Callable[[], T]) -> T:
    """A part of an answer (node or document) that is made when it is first asked for. `make` always gives the same."""
    return cast(T, _Later(make))


_layouts: dict[str, Callable[[Answer[Any]], str]] = {}


def lay_out_with(form: str, layout: Callable[[Answer[Any]], str]) -> None:
    """Say how answers show themselves in a form (`html`). The model knows no layout; the package puts it in."""
    _layouts[form] = layout


@dataclass(frozen=True, kw_only=True, repr=False)
class Answer(Generic[T]):
    """What a question returns: `value` (typed), `document` (the typed document of the outer contract), `node` (why).

    `data` is the document as plain data, for JSON; where a question has no typed document it is given as such.

    `kind` names the question (`standing`, `assess`, ...), by which a door picks its layout. `breach` is true
    where a limit in law is exceeded or the records contradict each other; only some commands turn it into
    exit code 1. `not_known` lists what the record does not tell.
    """

    kind: str
    value: T
    node: Node
    document: Any = field(
        default_factory=lambda: None
    )  # no default of the class, which would hide what is left for later
    data: Mapping[str, Any] = field(default_factory=dict)
    breach: bool = False
    not_known: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        held = self.__dict__
        written = held["document"] is not None
        for name in LATER:
            if isinstance(held[name], _Later) or (name == "data" and written):
                held[f"_{name}"] = held.pop(name)

    def __getattr__(self, name: str) -> Any:
        """Tree, document and data where they were left until somebody asks: most readers need the value alone."""
        left = self.__dict__.get(f"_{name}") if name in LATER else None
        if left is None:
            raise AttributeError(f"{type(self).__name__!r} has no attribute {name!r}")
        made = self.__dict__[name] = left.make() if isinstance(left, _Later) else plain(self.document)
        return made

    def __getstate__(self) -> dict[str, Any]:
        for name in LATER:
            getattr(self, name)
        return {k: v for k, v in self.__dict__.items() if not k.startswith("_")}

    def given(self) -> dict[str, Any]:
        """The arguments that make the same answer; what was left for later still is."""
        held = self.__dict__
        return {f.name: held[f.name] if f.name in held else held[f"_{f.name}"] for f in fields(self)}

    def __repr__(self) -> str:
        first = str(self.node.statement)
        return f"<{type(self).__name__} {self.kind}: {first if len(first) <= 90 else first[:87] + '...'}>"

    def to_dicts(self) -> list[dict[str, Any]]:
        """The answer as rows of one table: the list of its document that holds most records, else the document itself.

        Values that are lists or records stay as they are; `to_polars` writes them as text.
        """
        names, matrix = self.data.get("parties"), self.data.get("owes")
        if isinstance(names, list) and isinstance(matrix, list):
            return [
                {"obligor": one, "obligee": two, "owes": matrix[i][j]}
                for i, one in enumerate(names)
                for j, two in enumerate(names)
                if i != j
            ]
        lists = [v for v in self.data.values() if isinstance(v, list) and v and all(isinstance(x, Mapping) for x in v)]
        if not lists:
            return [dict(self.data)]
        alone = {k: v for k, v in self.data.items() if not isinstance(v, list | Mapping)}
        return [{**alone, **row} for row in max(lists, key=len)]

    def to_polars(self) -> Any:
        """The rows of `to_dicts` as a polars DataFrame; `.to_pandas()` of it gives a pandas one."""
        import json

        import polars as pl

        rows = self.to_dicts()
        names = list(dict.fromkeys(k for row in rows for k in row))
        columns: dict[str, list[Any]] = {}
        for name in names:
            values = [row.get(name) for row in rows]
            kinds = {type(v) for v in values if v is not None}
            if kinds - {str, int, float, bool} or len(kinds - {int, float}) > 1 or (str in kinds and len(kinds) > 1):
                values = [
                    v if v is None or isinstance(v, str) else json.dumps(v, ensure_ascii=False, default=str)
                    for v in values
                ]
            columns[name] = values
        return pl.DataFrame(columns, strict=False)

    def explain(self) -> str:
        """The tree as indented plain text."""
        lines: list[str] = []

        def put(node: Node, depth: int) -> None:
            pad = "  " * depth
            cites = f"  [{'; '.join(str(c) for c in node.citation)}]" if node.citation else ""
            lines.append(f"{pad}{node.statement}{cites}")
            lines.extend(f"{pad}  ! {c}" for c in node.caveats)
            if node.sources:
                lines.append(f"{pad}  source: {'; '.join(node.sources)}")
            for child in node.because:
                put(child, depth + 1)

        put(self.node, 0)
        return "\n".join(lines)

    def _repr_html_(self) -> str | None:
        """What a notebook shows; None, and so the plain form, where no layout was put in."""
        layout = _layouts.get("html")
        return None if layout is None else layout(self)
