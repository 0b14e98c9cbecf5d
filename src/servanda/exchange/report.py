"""What validation found: findings with code, place and remedy, and the report that holds all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from servanda.model.forms import Form, FormRule, Severity

MOST_KEPT = 10_000  # of one rule: a report stays readable and bounded when every row of a large sheet is wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One place where a rule is broken. `row` counts the rows of the sheet as its reader sees them, from 1."""

    code: str
    message: str
    cite: str
    remedy: str
    severity: Severity = Severity.ERROR
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    file: str | None = None

    @property
    def place(self) -> str:
        """File, sheet, row and column in words."""
        parts = [self.file or "", f"sheet {self.sheet}" if self.sheet else ""]
        parts += [f"row {self.row}" if self.row else "", f"column {self.column}" if self.column else ""]
        return ", ".join(p for p in parts if p) or "document"

    def data(self) -> dict[str, Any]:
        """The finding as in the outer contract."""
        return {
            "code": self.code,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "cite": self.cite,
            "message": self.message,
            "remedy": self.remedy,
            "file": self.file,
        }


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one rule on one sheet and column."""

    first: Finding
    rows: tuple[int, ...]
    count: int


@dataclass(slots=True)
class Report:
    """All findings on one document. It collects by `add`; of each rule the first ten thousand are kept, all counted."""

    form: Form
    file: str | None = None
    findings: list[Finding] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)
    _errors: int = 0

    def add(
        self,
        rule: FormRule | str,
        message: str,
        *,
        sheet: str | None = None,
        row: int | None = None,
        column: str | None = None,
        warning: bool = False,
        cite: str | None = None,
    ) -> None:
        """Keep a finding. `rule` is a rule, or the kind of check of one; `warning` keeps it from being an error."""
        if isinstance(rule, str):
            found = self.form.rule(rule)
            if found is None:
                raise LookupError(f"the form {self.form.id} has no rule for {rule}")
            rule = found
        severity = Severity.WARNING if warning else rule.severity
        if severity is Severity.ERROR:
            self._errors += 1
        kept = self._counts.get(rule.code, 0)
        self._counts[rule.code] = kept + 1
        if kept >= MOST_KEPT:
            self.left_out[rule.code] = self.left_out.get(rule.code, 0) + 1
            return
        self.findings.append(
            Finding(
                code=rule.code,
                message=message,
                cite=cite or rule.cite,
                remedy=rule.remedy,
                severity=severity,
                sheet=sheet,
                row=row,
                column=column,
                file=self.file,
            )
        )

    @property
    def valid(self) -> bool:
        """True where no finding is an error."""
        return self._errors == 0

    @property
    def errors(self) -> list[Finding]:
        """The findings that make the document invalid, in order of sheets and rows."""
        return self._sorted(Severity.ERROR)

    @property
    def warnings(self) -> list[Finding]:
        """The other findings, in the same order."""
        return self._sorted(Severity.WARNING)

    def _sorted(self, severity: Severity) -> list[Finding]:
        order = {s.id: i for i, s in enumerate(self.form.sheets, 1)}
        chosen = [f for f in self.findings if f.severity is severity]
        return sorted(chosen, key=lambda f: (order.get(f.sheet or "", 0), f.row or 0, f.code))

    def groups(self, findings: Iterable[Finding]) -> Iterator[Group]:
        """Like findings together: one rule, one sheet, one column."""
        groups: dict[tuple[str, str | None, str | None], list[Finding]] = {}
        for finding in findings:
            groups.setdefault((finding.code, finding.sheet, finding.column), []).append(finding)
        for found in groups.values():
            more = self.left_out.get(found[0].code, 0) if len(found) >= MOST_KEPT else 0
            yield Group(found[0], tuple(f.row for f in found if f.row), len(found) + more)

    def data(self) -> dict[str, Any]:
        """The report as in the outer contract."""
        return {
            "valid": self.valid,
            "file": self.file,
            "errors": [f.data() for f in self.errors],
            "warnings": [f.data() for f in self.warnings],
            "left_out": dict(self.left_out),
        }
