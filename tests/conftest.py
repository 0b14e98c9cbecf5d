"""Shared fixtures: the packaged record, and a small corpus of one's own to break."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from servanda.corpus import Corpus
from servanda.corpus.store import DATA

# The same change is judged by the same examples wherever it is tried; SERVANDA_RANDOM=1 looks for new ones.
settings.register_profile("servanda", deadline=None, max_examples=60, derandomize=True)
settings.register_profile("random", deadline=None, max_examples=60)
settings.load_profile("random" if os.environ.get("SERVANDA_RANDOM") else "servanda")


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory):
    """Compiled files of the tests go to a folder of their own."""
    os.environ["SERVANDA_CACHE"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return Corpus(DATA)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the packaged data that a test may damage."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))
