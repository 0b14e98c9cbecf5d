"""Shared fixtures: the packaged record, and a small corpus of one's own to break."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from servanda.corpus import Corpus
from servanda.corpus.store import DATA

settings.register_profile("servanda", deadline=None, max_examples=60)
settings.load_profile("servanda")


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory):
    """Compiled files of the tests go to a folder of their own."""
    import os

    os.environ["SERVANDA_CACHE"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return Corpus(DATA)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the packaged data that a test may damage."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))
