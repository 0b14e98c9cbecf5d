"""The examples in the pages and docstrings about findings are true."""

from __future__ import annotations

import doctest
from pathlib import Path

from servanda.findings import hold as findings

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "check-a-news-report.md"


def test_examples_of_the_page_hold():
    result = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert (result.failed, result.attempted > 10) == (0, True)


def test_examples_of_the_module_hold():
    result = doctest.testmod(findings)
    assert (result.failed, result.attempted > 2) == (0, True)
