"""Make the workbooks that the tutorial of the December exchange walks through: `python tools/example_declarations.py`.

Belgium's figures are made up by the generator and marked so; what happens to them in 1996 is made up here: one tank
company's two M-60 tanks are removed from service. `belgium-1997-draft.xlsx` is the new document as somebody in a hurry leaves it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from servanda.corpus import Corpus
from servanda.exchange.declaration import Declaration
from servanda.exchange.formats import write
from servanda.questions.exchange import form_of, template, types_of
from servanda.questions.synthesize import synthesize

EXAMPLES = Path(__file__).parents[1] / "examples"
PARTY, COMPANY, TANK, GONE = "BEL", "BEL-L00073", "M-60", 2
Row = Mapping[str, Any]


def changed(value: Declaration, sheet: str, where: Callable[[Row], bool], **cells: Any) -> Declaration:
    """The declaration with some cells of the rows of one sheet replaced; a callable gets the old cell."""

    def renew(row: Row) -> Row:
        return {**row, **{k: c(row.get(k)) if callable(c) else c for k, c in cells.items()}} if where(row) else row

    return replace(value, tables={**value.tables, sheet: tuple(renew(r) for r in value.rows(sheet))})


def commands_of(value: Declaration, record: str) -> set[str]:
    """A unit and every formation above it."""
    above = {r["record"]: r.get("superior") for r in value.rows("I")}
    found: set[str] = set()
    at: str | None = record
    while at:
        found.add(at)
        at = above.get(at)
    return found


def retire(value: Declaration) -> Declaration:
    """The company's tanks less, and every total that they are in."""

    def less(number: int) -> int:
        return number - GONE

    chain = commands_of(value, COMPANY)
    value = changed(
        value, "IIIA", lambda r: r["record"] in chain and r["category"] == "battle_tank", number=less
    )  # its own row, and those of the formations above
    value = changed(value, "VH", lambda r: r["record"] == COMPANY and r["category"] == "battle_tank", number=less)
    value = changed(value, "IIA", lambda r: r["type"] == TANK, number=less)
    removed = {
        "line": 1, "provision": "IX.1(B)", "category": "battle_tank", "type": TANK, "number": GONE, "synthetic": "synthetic",
    }  # fmt: skip
    return replace(value, tables={**value.tables, "moves": (removed,)})


def in_a_hurry(value: Declaration) -> Declaration:
    """Five slips: a total of the formations forgotten, a type misspelt, a place abroad, a number used by two, and a word."""
    value = changed(value, "IIIA", lambda r: r["record"] == COMPANY, number=19)
    value = changed(value, "VH", lambda r: r["record"] == COMPANY, number=19)
    value = changed(value, "IIA", lambda r: r["type"] == TANK, number=lambda n: n - GONE)
    value = changed(value, "IIIA", lambda r: r["record"] == "BEL-L00077", type="Chalenger")
    value = changed(value, "V", lambda r: r["site"] == "BEL-S00033", coordinates="515600N 0053330E")
    value = changed(value, "objects", lambda r: r["record"] == "BEL-L00075", number=60)
    return changed(value, "VH", lambda r: r["record"] == "BEL-L00066", number="twelve")


def main() -> None:
    """Write the three workbooks into examples/."""
    corpus = Corpus.default()
    name, form = form_of(corpus, "cfe")
    made = synthesize(corpus, name, on="1996-01-01", seed=1, objects=5_000)
    last = next(d for d in made.value if d.party == PARTY)
    filled = template(corpus, name, party=PARTY, on="1997-01-01", last=last)
    types = types_of(corpus, name)
    for path, value in (
        ("belgium-1996.xlsx", last),
        ("belgium-1997-draft.xlsx", in_a_hurry(filled)),
        ("belgium-1997.xlsx", retire(filled)),
    ):
        write(EXAMPLES / path, value, form, types=types)


if __name__ == "__main__":
    main()
