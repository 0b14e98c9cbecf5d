"""The view of the exchange: a document held against the rules, with its faults beside the rows; the ledger; who may read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from servanda.exchange.declaration import Declaration
from servanda.exchange.formats.assemble import ReadDeclaration
from servanda.exchange.report import Finding, Report
from servanda.model.errors import InputError, ServandaError
from servanda.model.forms import Form
from servanda.questions.exchange import answer_of, form_of, judge, read_file, sound, template, types_of
from servanda.render.text import plain
from servanda.web.asking import Asking

FEW_OBJECTS = 600  # of all parties together, in a document made up to try the form with
MOST_ROWS = 60  # rows with faults shown of one sheet
TEMPLATES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def home(asking: Asking, database: str | None, accepts: bool) -> dict[str, Any]:
    """The view before anything was sent: what can be done here, and the states that may."""
    shown: dict[str, Any] = {
        "answer": None,
        "sheets": (),
        "error": None,
        "refused": None,
        "file": "",
        "database": bool(database),
        "accepts": accepts,
    }
    try:
        name, form = form_of(asking.corpus)
    except InputError as error:
        return shown | {"instrument": None, "form": None, "states": [], "error": str(error), "year": 0}
    return shown | {"instrument": name, "form": form, "states": _parties(asking, name), "year": date.today().year}


def _parties(asking: Asking, instrument: str) -> list[tuple[str, str]]:
    from servanda.web.treaty import _participants

    return [(c, asking.corpus.actors.name(c)) for c in _participants(asking, instrument)]


def view(asking: Asking, name: str, data: bytes, before: tuple[str, bytes] | None) -> tuple[dict[str, Any], bytes]:
    """The report on an uploaded document, and for a workbook the same workbook with its cells marked."""
    if not data:
        raise InputError("there is nothing to check", remedy="choose a workbook (.xlsx) or a JSON file")
    form = form_of(asking.corpus)[1]
    with TemporaryDirectory(prefix="servanda-") as folder:
        try:
            reading, report, marked = _checked(asking, Path(folder), name, data, before)
        except InputError as error:  # where it lay on this machine is nobody's business
            where = error.where and error.where.replace(f"{folder}/", "")
            raise InputError(error.what.replace(f"{folder}/", ""), where=where, remedy=error.remedy) from None
    answer = answer_of(report, reading.declaration)
    return {
        "answer": answer,
        "report": report,
        "file": report.file,
        "declaration": reading.declaration,
        "sheets": _sheets(reading, report, form),
        "whole": [f for f in (*report.errors, *report.warnings) if not f.sheet or not f.row],
        "rows": sum(len(reading.declaration.rows(s)) for s in reading.declaration.tables),
    }, marked


def _checked(
    asking: Asking, folder: Path, name: str, data: bytes, before: tuple[str, bytes] | None
) -> tuple[ReadDeclaration, Report, bytes]:
    instrument, form = form_of(asking.corpus)
    path, shown = kept(folder, "document", name, data)
    last = None
    if before is not None and before[1]:
        earlier, _ = kept(folder, "earlier", *before)
        last = sound(asking.corpus, earlier, instrument)
    reading = read_file(asking.corpus, path, instrument)
    report = judge(asking.corpus, reading, instrument, last=last)
    marked = b""
    if path.suffix == ".xlsx" and report.findings:
        from servanda.exchange.formats.workbook_mark import mark_workbook

        mark_workbook(path, folder / "marked.xlsx", report, form)
        marked = (folder / "marked.xlsx").read_bytes()
    report.file = shown
    report.findings = [replace(f, file=shown) for f in report.findings]
    return reading, report, marked


def kept(folder: Path, stem: str, name: str, data: bytes) -> tuple[Path, str]:
    """An upload as a file of a passing folder, and its name as messages may show it. InputError for another format."""
    shown = plain(name).replace("/", "_").replace("\\", "_")[:120] or "document"
    ending = Path(shown).suffix.lower()
    if ending not in (".xlsx", ".json"):
        raise InputError(
            "not a format that can be checked here", where=shown, remedy="choose a workbook (.xlsx) or a JSON file"
        )
    path = folder / f"{stem}{ending}"
    path.write_bytes(data)
    return path, shown


def _sheets(reading: ReadDeclaration, report: Report, form: Form) -> list[dict[str, Any]]:
    """Sheet by sheet the rows with faults, as the file has them, each with its faults beside it."""
    by: dict[str, dict[int, list[Finding]]] = defaultdict(lambda: defaultdict(list))
    for finding in (*report.errors, *report.warnings):
        if finding.sheet and finding.row:
            by[finding.sheet][finding.row].append(finding)
    found = []
    for sheet in form.sheets:
        faulty = by.get(sheet.id)
        if not faulty:
            continue
        rows = reading.declaration.rows(sheet.id)
        at = {reading.row(sheet.id, i): row for i, row in enumerate(rows)}
        wrong = {f.column for found_in in faulty.values() for f in found_in}
        columns = [c.id for c in sheet.columns if c.id in wrong or any(c.id in at.get(n, {}) for n in faulty)]
        numbers = sorted(faulty)
        found.append(
            {
                "id": sheet.id,
                "columns": columns,
                "rows": [(n, at.get(n), faulty[n], {f.column for f in faulty[n]}) for n in numbers[:MOST_ROWS]],
                "more": len(numbers) - MOST_ROWS,
                "faults": sum(map(len, faulty.values())),
            }
        )
    return found


def blank_form(asking: Asking, party: str, on: str, kind: str, filled: bool = False) -> tuple[bytes, str, str]:
    """A blank document of a state for a day, or one filled with made-up figures: its bytes, media type and name."""
    from servanda.exchange.formats import write

    if kind not in TEMPLATES:
        raise InputError(f"no format {kind!r}", remedy=f"give one of {', '.join(TEMPLATES)}")
    instrument, form = form_of(asking.corpus)
    made = template(asking.corpus, instrument, party=party, on=on)
    if filled:
        made = _made_up(asking, instrument, made)
    with TemporaryDirectory(prefix="servanda-") as folder:
        path = Path(folder) / f"blank.{kind}"
        write(path, made, form, types=types_of(asking.corpus, instrument))
        return path.read_bytes(), TEMPLATES[kind], f"{'made-up-' if filled else ''}{made.party}-{made.as_of}.{kind}"


def _made_up(asking: Asking, instrument: str, blank: Declaration) -> Declaration:
    """The state's document among declarations made up for its day, so that they add up to what was published."""
    from servanda.questions.synthesize import synthesize

    key = ("made up", instrument, blank.as_of)
    made = asking.kept.get(
        key, lambda: synthesize(asking.corpus, instrument, on=blank.as_of, objects=FEW_OBJECTS).value
    )
    return next(d for d in made if d.party == blank.party)


def entitled(asking: Asking, query: dict[str, str]) -> dict[str, Any]:
    """Who may read whose declaration on a day, and why: one pair, or one state's row and column."""
    from servanda.questions.entitled import entitled as ask
    from servanda.questions.entitled import exchange_instrument

    instrument = exchange_instrument(asking.corpus)
    shown: dict[str, Any] = {
        "instrument": instrument,
        "states": _parties(asking, instrument),
        "of": query.get("of", ""),
        "to": query.get("to", ""),
        "on": query.get("on", ""),
        "answer": None,
        "rows": (),
        "error": None,
    }
    if not {"of", "on"} <= query.keys():
        return shown

    def one(to: str) -> Any:
        key = ("entitled", query["of"], to, query["on"])
        return asking.kept.get(
            key, lambda: ask(asking.corpus, instrument, owner=query["of"], recipient=to, on=query["on"])
        )

    try:
        if query.get("to"):
            shown["answer"] = one(query["to"])
        else:
            owner = asking.corpus.actors.find(query["of"]).code
            shown["rows"] = [(code, name, one(code)) for code, name in shown["states"] if code != owner]
    except ServandaError as error:
        shown["error"] = str(error)
    return shown


def ledger(database: str | None, verify: bool) -> dict[str, Any]:
    """What the ledger says openly of itself and its entries. Declarations stay out of it."""
    if database is None:
        return {"ledger": None, "entries": (), "checkpoint": "", "verified": None, "today": ""}
    from servanda.exchange.store import Store
    from servanda.questions.ledger import verify_ledger

    with Store.open(database) as store:
        head = store.head()
        entries = [(d.index, d.party, d.document, d.as_of, d.received, d.synthetic) for d in store.declarations()]
        try:
            checkpoint = str(store.checkpoint())
        except InputError:  # nothing signed yet
            checkpoint = ""
    verified = verify_ledger(database) if verify else None
    return {"ledger": head, "entries": entries, "checkpoint": checkpoint, "verified": verified, "today": date.today()}


def proof(database: str | None, index: int) -> bytes:
    """The proof that an entry is in the ledger, as a file anybody can check offline."""
    if database is None:
        raise InputError("no ledger is shown here", remedy="its keeper names a store when the server is started")
    from servanda.exchange.store import Store

    with Store.open(database) as store:
        return str(store.prove(index)).encode()
