"""The kinds of checks a rule may name. A check is a small function; what it reads is told by the rule.

@check("airport")
def airport(case: Validation, rule: FormRule) -> None: ...
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from servanda.exchange.context import Context, Ground
from servanda.exchange.declaration import Declaration
from servanda.exchange.facts import Facts
from servanda.exchange.formats.assemble import ReadDeclaration
from servanda.exchange.report import Report
from servanda.exchange.table import Value, column
from servanda.model.forms import Form, FormRule

# What readers of files and cells report themselves.
READING = frozenset(
    "file size macro form sheet_missing sheet_unknown column_missing column_unknown column_order formula error_value "
    "merged hidden encoding delimiter fields rows text_length day number fraction negative large required choice "
    "category code coordinates ten_seconds state cover".split()
)


@dataclass(slots=True)
class Validation:
    """One document under validation, with the document before it and the notices since."""

    reading: ReadDeclaration
    form: Form
    context: Context | None
    last: Declaration | None = None
    notices: tuple[Declaration, ...] = ()
    facts: Facts = field(init=False)
    last_facts: Facts | None = None
    _ground: dict[Value | None, Ground] = field(default_factory=dict)
    _grounds: dict[str, list[Ground | None]] = field(default_factory=dict)
    _on_ground: list[tuple[Ground, bool, str, int]] | None = None
    _columns: dict[tuple[str, str], list[Value | None]] = field(default_factory=dict)
    _keys: dict[tuple[str, tuple[str, ...]], list[tuple[Value | None, ...]]] = field(default_factory=dict)
    _shown: dict[tuple[str, str], tuple[int, int]] | None = None

    def __post_init__(self) -> None:
        self.facts = Facts(self.value, self.form)
        if self.last is not None:
            self.last_facts = Facts(self.last, self.form)

    @property
    def value(self) -> Declaration:
        """The declaration."""
        return self.reading.declaration

    @property
    def report(self) -> Report:
        """Where findings go."""
        return self.reading.report

    def column(self, sheet: str, name: str) -> list[Value | None]:
        """The cells of a column, None where one is empty."""
        key = (sheet, name)
        if key not in self._columns:
            self._columns[key] = list(column(self.value.rows(sheet), name))
        return self._columns[key]

    def columns(self, sheet: str, *names: str) -> Iterator[tuple[Value | None, ...]]:
        """Row by row the cells of some columns."""
        return zip(*(self.column(sheet, n) for n in names), strict=True)

    def keys(self, sheet: str, names: tuple[str, ...]) -> list[tuple[Value | None, ...]]:
        """The cells of some columns together, row by row, for rules that look for what occurs twice."""
        key = (sheet, names)
        if key not in self._keys:
            self._keys[key] = list(self.columns(sheet, *names))
        return self._keys[key]

    def say(
        self,
        rule: FormRule,
        message: str,
        sheet: str | None = None,
        index: int | None = None,
        column: str | None = None,
        *,
        warning: bool = False,
        cite: str | None = None,
    ) -> None:
        """Report a finding; `index` is the row's place in the declaration."""
        row = None if sheet is None or index is None else self.reading.row(sheet, index)
        self.report.add(rule, message, sheet=sheet, row=row, column=column, warning=warning, cite=cite)

    def grounds(self, sheet: str) -> list[Ground | None]:
        """The ground at the coordinates of each row of a sheet; None where there are none or nobody can tell."""
        if sheet not in self._grounds:
            cells = self.column(sheet, "coordinates")
            fresh = [c for c in dict.fromkeys(cells) if isinstance(c, str) and c not in self._ground]
            if self.context is not None and fresh:
                from servanda.exchange.cells import degrees

                found = self.context.locate([degrees(c) for c in fresh])
                self._ground.update(zip(fresh, found, strict=True))
            self._grounds[sheet] = [self._ground.get(cell) for cell in cells]
        return self._grounds[sheet]

    def shown(self) -> dict[tuple[str, str], tuple[int, int]]:
        """What each object shows of a category in the chart of objects, with the first row that does."""
        if self._shown is None:
            found: dict[tuple[str, str], tuple[int, int]] = {}
            cells = self.columns(self.form.roles.object_holdings, "record", "category", "number")
            for index, (record, category, number) in enumerate(cells):
                if record is not None and category is not None and isinstance(number, int):
                    key = (str(record), str(category))
                    before = found.get(key)
                    found[key] = (number, index) if before is None else (before[0] + number, before[1])
            self._shown = found
        return self._shown

    def on_ground(self) -> list[tuple[Ground, bool, str, int]]:
        """The sums of what counts, by the ground of each unit, storage and category; units of no known ground are left out."""
        if self._on_ground is None:
            grounds = self.grounds(self.form.roles.places)
            sums: dict[tuple[int, bool, str], int] = defaultdict(int)
            known: dict[int, Ground] = {}
            for line in self.facts.counted():
                at = self.facts.places.get(line.record)
                ground = None if at is None else grounds[at]
                if ground is not None:
                    known[id(ground)] = ground
                    sums[id(ground), line.record in self.facts.stored, line.category] += line.number
            self._on_ground = [(known[g], stored, category, n) for (g, stored, category), n in sums.items()]
        return self._on_ground


Check = Callable[[Validation, FormRule], None]
CHECKS: dict[str, Check] = {}


def check(name: str) -> Callable[[Check], Check]:
    """Register a kind of check under the name that rules give."""

    def keep(function: Check) -> Check:
        CHECKS[name] = function
        return function

    return keep
