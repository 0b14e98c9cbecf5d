"""No treaty in the engine: no instrument's id, name or article stands in a string that code uses."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import servanda
from servanda.corpus import Corpus

SOURCE = Path(servanda.__file__).parent
# The word tables of the reading of news name instruments: that is what they are for.
LEFT_OUT = ("press",)
# Help texts and remedies that show what a citation looks like.
EXAMPLES = {
    ("cli/charts.py", '"CFE IV.1(A)"'),
    ("cli/common.py", "Id of an instrument, such as cfe."),
    ("cli/ledger.py", "The ledger's name, such as example.org/cfe."),
    ("cli/main.py", "Id of an instrument, such as cfe."),
    ("cli/main.py", 'An article, such as "IV.1" or "INSP II".'),
    ("cli/main.py", 'Citation or id, such as "CFE IV.1(A)"; or: withdrawal, links.'),
    ("cli/maps.py", 'give --limit CITE, such as "CFE VII.1"'),
}
# The general law of treaties is what the engine itself carries out, whatever the instrument: it cites it by article.
GENERAL_LAW = {
    ("questions/deadlines.py", "projected, revocable until then (VCLT 68)"),
    ("questions/brief/ahead.py", "general law (VCLT 65)"),
    ("questions/words.py", "by general law (VCLT 65)"),
    ("report/content.py", "by general law (VCLT 65)"),
    ("report/disputes.py", "general law (VCLT 65)"),
    ("standing/effects.py", "projected from the notice; revocable until it takes effect (VCLT 68)"),
    (
        "standing/obligations.py",
        "toward some states alone: an integral duty is owed to all or to none (VCLT 60(2)(c))",
    ),
    ("standing/status.py", ": revoked before it did (VCLT 68)"),
}
ALLOWED = EXAMPLES | GENERAL_LAW


def strings(path: Path):
    """Every string constant of a module but its docstrings and its descriptions of fields."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documents = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)}
    documents |= {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.keyword) and n.arg == "description"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
            yield node.lineno, node.value


def pattern() -> re.Pattern[str]:
    corpus = Corpus.default()
    instruments = [corpus.dossier(i).instrument for i in corpus.ids()]
    articles = rf"(?:{'|'.join(re.escape(i.cite) for i in instruments)}) (?:[IVX]+\b|\d|Art)"
    names = "|".join(re.escape(n) for i in instruments for n in (i.id, i.short, i.cite) if len(n) > 2)
    return re.compile(rf"\b(?:{articles}|{names})\b|\b[IVX]{{1,5}}\.\d+(?:\([A-Z]\))?")


def test_no_instrument_stands_in_the_engine():
    named = pattern()
    found = {
        (path.relative_to(SOURCE).as_posix(), text.strip())
        for path in sorted(SOURCE.rglob("*.py"))
        if path.relative_to(SOURCE).parts[0] not in LEFT_OUT
        for _, text in strings(path)
        if named.search(text)
    }
    assert found - ALLOWED == set()
    assert ALLOWED - found == set(), "no longer there: take it off the list"


FLAG = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
CSS = ("render/reading_html.py",)  # a style sheet's own names begin with two hyphens


def test_no_room_below_the_command_line_names_its_flags():
    """Rooms speak of arguments, in backticks; the command line spells them as it calls them."""
    found = {
        (path.relative_to(SOURCE).as_posix(), text)
        for path in sorted(SOURCE.rglob("*.py"))
        if (place := path.relative_to(SOURCE)).parts[0] != "cli" and place.as_posix() not in CSS
        for _, text in strings(path)
        if FLAG.search(text)
    }
    assert found == set()
