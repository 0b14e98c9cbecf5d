"""The kinds of checks a rule may name. A check is a small function; what it reads is told by the rule.

@check("airport")
def airport(case: Validation, rule: FormRule) -> None: ...
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from servanda.exchange.context import Context, Ground
from servanda.exchange.declaration import Declaration
from servanda.exchange.facts import Facts
from servanda.exchange.formats.assemble import ReadDeclaration
from servanda.exchange.report import Report
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
    _ground: dict[str, Ground] = field(default_factory=dict)

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

    def ground(self, text: object) -> Ground | None:
        """The ground at a cell of coordinates; None where it is empty or nobody can tell."""
        if self.context is None or not isinstance(text, str):
            return None
        if text not in self._ground:
            from servanda.exchange.cells import degrees

            self._ground[text] = self.context.locate(*degrees(text))
        return self._ground[text]


Check = Callable[[Validation, FormRule], None]
CHECKS: dict[str, Check] = {}


def check(name: str) -> Callable[[Check], Check]:
    """Register a kind of check under the name that rules give."""

    def keep(function: Check) -> Check:
        CHECKS[name] = function
        return function

    return keep
