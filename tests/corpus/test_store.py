"""The compiled corpus equals the files; names are found; overlays leave the corpus as it was."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.corpus import Corpus, compiled
from servanda.corpus.actors import fold
from servanda.corpus.store import DATA
from servanda.model.errors import UnknownName
from servanda.model.instrument import Dossier


@pytest.mark.parametrize("instrument", Corpus(DATA).ids())
def test_compiled_and_loaded_are_equal(corpus, instrument):
    loaded = corpus.load(instrument)
    assert compiled.decode(compiled.encode(loaded), Dossier) == loaded
    assert dataclasses.replace(corpus.dossier(instrument), key="") == dataclasses.replace(loaded, key="")


def test_a_changed_file_is_seen(data, monkeypatch, tmp_path):
    monkeypatch.setenv("SERVANDA_CACHE", str(tmp_path / "cache"))
    before = Corpus(data).dossier("cfe")
    path = data / "cfe/limits.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("any: 6800", "any: 6801"), encoding="utf-8")
    after = Corpus(data).dossier("cfe")
    assert after.key != before.key
    assert after.limits != before.limits


def test_a_spoiled_cache_is_made_again(data, monkeypatch, tmp_path):
    cache = tmp_path / "cache"
    monkeypatch.setenv("SERVANDA_CACHE", str(cache))
    good = Corpus(data).dossier("flank-1996")
    for file in cache.glob("*.msgpack"):
        file.write_bytes(b"\x00\x01garbage")
    assert Corpus(data).dossier("flank-1996") == good


def test_a_cache_that_cannot_be_written_does_not_matter(data, monkeypatch, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("SERVANDA_CACHE", str(blocked))
    assert Corpus(data).dossier("flank-1996").instrument.id == "flank-1996"


def test_an_unknown_instrument_names_those_like_it(corpus):
    with pytest.raises(UnknownName, match=r"did you mean.*cfe"):
        corpus.dossier("cef")
    with pytest.raises(UnknownName):
        corpus.dossier("../cfe")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("USSR", "SUN"),
        ("Holland", "NLD"),
        ("türkiye", "TUR"),
        ("Россия", "RUS"),
        ("czech republic", "CZE"),
        ("gbr", "GBR"),
    ],
)
def test_actors_go_by_many_names(corpus, name, code):
    assert corpus.actors.find(name).code == code


def test_an_unknown_state_is_refused(corpus):
    with pytest.raises(UnknownName):
        corpus.actors.find("Ruritania")


def test_an_overlay_leaves_the_corpus_as_it_was(corpus):
    dossier = corpus.dossier("cfe")
    changed = dataclasses.replace(dossier, acts=dossier.acts[:10])
    other = corpus.replace([changed])
    assert len(other.dossier("cfe").acts) == 10
    assert corpus.dossier("cfe") is dossier


@given(st.text(max_size=40))
def test_folding_a_name_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
