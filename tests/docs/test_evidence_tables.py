"""The tables of the page on evidence are what the record gives."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import evidence_tables  # noqa: E402

PAGE = evidence_tables.PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", evidence_tables.TABLES)
def test_a_table_is_what_the_record_gives(name, corpus):
    found = evidence_tables.place(name).search(PAGE)
    assert found is not None
    assert found.group(0).split("\n", 1)[1].rsplit("\n", 1)[0] == evidence_tables.TABLES[name](corpus)


def test_more_is_proved_than_before():
    last = evidence_tables.place("years").search(PAGE).group(0).splitlines()[-2].split("|")
    cells = [c.strip() for c in last[2:11]]
    assert int(cells[3]) > int(cells[0])
    assert sum(map(int, (*cells[3:8], cells[8]))) == sum(map(int, (*cells[:3], cells[8])))
