"""Hold a document against the rules of its form: all faults at once.

report = validate(read(path, form), form, context)
report.valid, report.errors, report.warnings
"""

from __future__ import annotations

from collections.abc import Iterable

from servanda.exchange.checks import CHECKS, READING, Validation
from servanda.exchange.context import Context
from servanda.exchange.declaration import Declaration
from servanda.exchange.formats.assemble import ReadDeclaration
from servanda.exchange.report import Report
from servanda.model.errors import InputError
from servanda.model.forms import Form


def validate(
    reading: ReadDeclaration,
    form: Form,
    context: Context | None,
    *,
    last: Declaration | None = None,
    notices: Iterable[Declaration] = (),
) -> Report:
    """The report on a document that was read: what its file is wrong in, and what its content is.

    `context` is the treaty on its day; without it rules that need it are passed over. With `last`, the document of the
    year before, and the `notices` since, changes are held against what was notified. InputError where a rule names a
    check that the engine does not know.
    """
    case = Validation(reading, form, context, last=last, notices=tuple(notices))
    for rule in form.rules:
        if rule.documents and reading.declaration.document not in rule.documents:
            continue
        if rule.check in READING or (rule.needs_last and last is None):
            continue
        run = CHECKS.get(rule.check)
        if run is None:
            raise InputError(
                f"the rule {rule.code} names an unknown check {rule.check!r}",
                where=form.id,
                remedy=f"one of {', '.join(sorted(CHECKS))}",
            )
        run(case, rule)
    return reading.report
