"""What is signed is the content: a workbook, a folder and the JSON of one declaration have the same bytes."""

from __future__ import annotations

import pytest

from servanda.corpus import Corpus
from servanda.exchange.formats import write
from servanda.model.errors import InputError
from servanda.questions.exchange import types_of
from servanda.questions.ledger import payload_of
from tests.exchange.samples import declaration, form, with_rows

CORPUS = Corpus.default()


@pytest.mark.parametrize(("name", "kind"), [("a.xlsx", None), ("folder", "csv"), ("parquet", "parquet")])
def test_every_format_gives_the_bytes_of_the_json(tmp_path, name, kind):
    value = declaration()
    write(tmp_path / "a.json", value, form())
    write(tmp_path / name, value, form(), kind=kind, types=types_of(CORPUS, "cfe"))
    assert payload_of(CORPUS, tmp_path / name) == payload_of(CORPUS, tmp_path / "a.json")


def test_one_number_more_gives_other_bytes(tmp_path):
    value = declaration()
    more = with_rows(value, "IIIA", lambda rows: rows[0].__setitem__("number", rows[0]["number"] + 1))
    for name, of in (("a.xlsx", value), ("b.xlsx", more)):
        write(tmp_path / name, of, form())
    assert payload_of(CORPUS, tmp_path / "a.xlsx") != payload_of(CORPUS, tmp_path / "b.xlsx")


def test_a_workbook_that_cannot_be_read_whole_is_not_signed(tmp_path):
    value = declaration()
    write(tmp_path / "a.xlsx", with_rows(value, "IIIA", lambda rows: rows[0].__setitem__("number", "many")), form())
    with pytest.raises(InputError, match="IE-020"):
        payload_of(CORPUS, tmp_path / "a.xlsx")


def test_what_is_no_declaration_is_refused(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"not a workbook")
    with pytest.raises(InputError):
        payload_of(CORPUS, tmp_path / "a.xlsx")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no CSV or Parquet"):
        payload_of(CORPUS, tmp_path / "empty")
