"""The page on asking by program: each request of it gives the status and the fields it shows."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs/how-to/ask-by-program.md"
SHOWN = re.findall(r"^GET /api/v1(\S+)\n(\d{3}) (\{.*\})$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


def holds(shown, got):
    if isinstance(shown, dict):
        return all(k in got and holds(v, got[k]) for k, v in shown.items())
    if isinstance(shown, list):
        return all(holds(s, g) for s, g in zip(shown, got, strict=True))
    return shown == got


def test_the_page_shows_some():
    assert len(SHOWN) >= 5


@pytest.mark.parametrize(("path", "status", "body"), SHOWN)
def test_it_answers_so(open_api, path, status, body):
    got = open_api.get(path)
    assert got.status_code == int(status)
    assert holds(json.loads(body), got.json())
