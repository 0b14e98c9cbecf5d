"""Reading data files without losing the place: YAML with lines, CSV with lines, every fault at once."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from servanda.model.errors import DataError, Fault

MOST_BYTES = 32 * 1024 * 1024
MOST_DEPTH = 40
_CLEAN = "write it again as plain UTF-8 text"


@dataclass(frozen=True, slots=True)
class Raw:
    """One record as read: plain data, its file and line, and a line for each place inside it."""

    value: dict[str, Any]
    file: str
    line: int
    lines: dict[tuple[str | int, ...], int] = field(default_factory=dict)

    def line_of(self, where: Iterable[str | int]) -> int:
        """The line of the field at `where`, or the nearest enclosing one."""
        path = tuple(where)
        while path:
            if path in self.lines:
                return self.lines[path]
            path = path[:-1]
        return self.line

    @property
    def name(self) -> str | None:
        """The record's id, cite, code or designation, for messages."""
        for key in ("id", "code", "designation", "cite", "ask"):
            if isinstance(self.value.get(key), str):
                return str(self.value[key])
        return None


def read_text(path: Path, name: str) -> str:
    """The file's text. DataError where it is missing, too large or not UTF-8."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise DataError(
            [Fault(file=name, message=f"cannot be read ({error.strerror})", remedy="check the path")]
        ) from None
    if size > MOST_BYTES:
        message = f"is {size:,} bytes; data files may have {MOST_BYTES:,}"
        raise DataError([Fault(file=name, message=message, remedy="split the file")])
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise DataError(
            [Fault(file=name, message=f"cannot be read ({error.strerror})", remedy="check the path")]
        ) from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        fault = Fault(file=name, line=line, message=f"is not UTF-8 at byte {error.start}", remedy=_CLEAN)
        raise DataError([fault]) from None


def read_yaml(path: Path, name: str, *, section: str | None = None) -> list[Raw]:
    """The records of a YAML file: items of its top list, of the list under `section`, or the one mapping it is.

    Aliases and duplicate keys are refused: a data file says each thing once, in one place.
    """
    import yaml

    text = read_text(path, name)
    loader = _loader()(text)
    try:
        root = loader.get_single_node()
        if root is None:
            return []
        faults: list[Fault] = []
        _inspect(root, name, faults, set(), 0)
        if faults:
            raise DataError(faults)
        if section is not None:
            if not isinstance(root, yaml.MappingNode):
                fault = Fault(file=name, line=1, message="is not a mapping", remedy=f"put the records under {section}:")
                raise DataError([fault])
            root = next((v for k, v in root.value if k.value == section), None)
            if root is None:
                return []
        nodes = root.value if isinstance(root, yaml.SequenceNode) else [root]
        records = []
        for node in nodes:
            line = node.start_mark.line + 1
            if not isinstance(node, yaml.MappingNode):
                fault = Fault(file=name, line=line, message="is not a record", remedy="write fields as `name: value`")
                faults.append(fault)
                continue
            lines: dict[tuple[str | int, ...], int] = {}
            _lines(node, (), lines)
            records.append(Raw(loader.construct_object(node, deep=True), name, line, lines))
        if faults:
            raise DataError(faults)
        return records
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "cannot be read as YAML"
        line = mark.line + 1 if mark else None
        fault = Fault(file=name, line=line, message=str(problem), remedy="check indentation, quotes and colons there")
        raise DataError([fault]) from None
    except (ValueError, RecursionError) as error:
        fault = Fault(file=name, message=f"cannot be read ({error})", remedy="check the values")
        raise DataError([fault]) from None
    finally:
        loader.dispose()


@cache
def _loader() -> Any:
    """The safe C loader, with days and bare words left as text: the model reads them, and says what is wrong."""
    import yaml

    left_as_text = ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")

    class Loader(yaml.CSafeLoader):
        yaml_implicit_resolvers = {
            first: [(tag, pattern) for tag, pattern in rules if tag not in left_as_text]
            for first, rules in yaml.CSafeLoader.yaml_implicit_resolvers.items()
        }

    # `on`, `no` and `y` are words here (a day asked, a code, a name); only true and false are truth values
    Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
    return Loader


def _inspect(node: Any, name: str, faults: list[Fault], seen: set[int], depth: int) -> None:
    import yaml

    line = node.start_mark.line + 1
    if depth > MOST_DEPTH:
        raise DataError([Fault(file=name, line=line, message="is nested too deeply", remedy="flatten it")])
    if isinstance(node, yaml.ScalarNode):
        return
    if id(node) in seen:
        faults.append(Fault(file=name, line=line, message="uses an alias (*)", remedy="write the value out"))
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        keys: set[str] = set()
        for key, value in node.value:
            if key.value in keys if isinstance(key, yaml.ScalarNode) else True:
                at = key.start_mark.line + 1
                faults.append(
                    Fault(file=name, line=at, message=f"key {key.value!r} is duplicated", remedy="keep one of them")
                )
            else:
                keys.add(key.value)
            _inspect(value, name, faults, seen, depth + 1)
    else:
        for item in node.value:
            _inspect(item, name, faults, seen, depth + 1)


def _lines(node: Any, at: tuple[str | int, ...], lines: dict[tuple[str | int, ...], int]) -> None:
    import yaml

    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            lines[(*at, key.value)] = key.start_mark.line + 1
            _lines(value, (*at, key.value), lines)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            lines[(*at, index)] = item.start_mark.line + 1
            _lines(item, (*at, index), lines)


def read_csv(path: Path, name: str, *, lists: frozenset[str] = frozenset()) -> list[Raw]:
    """The rows of a CSV file. An empty cell is absent, never zero; cells of `lists` columns split at `|`."""
    text = read_text(path, name)
    if "\x00" in text:
        raise DataError([Fault(file=name, message="holds NUL bytes", remedy=_CLEAN)])
    reader = csv.reader(io.StringIO(text), strict=True)
    faults: list[Fault] = []
    records: list[Raw] = []
    header: list[str] | None = None
    try:
        for row in reader:
            line = reader.line_num
            if not row or (row[0].startswith("#") and header is None):
                continue
            if header is None:
                header = [c.strip() for c in row]
                double = {c for c in header if header.count(c) > 1}
                if double:
                    message = f"column {', '.join(sorted(double))} is duplicated"
                    raise DataError([Fault(file=name, line=line, message=message, remedy="keep one of them")])
                continue
            if len(row) != len(header):
                message = f"has {len(row)} cells under {len(header)} columns"
                faults.append(Fault(file=name, line=line, message=message, remedy="quote cells that hold commas"))
                continue
            value: dict[str, Any] = {}
            for column, cell in zip(header, row, strict=True):
                cell = cell.strip()
                if cell:
                    value[column] = [p.strip() for p in cell.split("|") if p.strip()] if column in lists else cell
            records.append(Raw(value, name, line))
    except csv.Error as error:
        faults.append(Fault(file=name, line=reader.line_num, message=str(error), remedy="check the quotes there"))
    if faults:
        raise DataError(faults)
    return records
