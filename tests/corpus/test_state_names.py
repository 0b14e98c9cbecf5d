"""Names depositaries print: held against the lists of two kept libraries, and those of the United Nations present and past."""

from __future__ import annotations

from pathlib import Path

import pytest

from servanda.corpus.state_names import StateNames
from servanda.corpus.store import Corpus

ACTORS = Corpus.default().actors
LIST = Path(__file__).parent / "tables" / "names.txt"


def code_of(name):
    """The code of a name, or None for a stranger, who is told."""
    names = StateNames(ACTORS)
    code = names.code(name)
    return None if names.strangers else code


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_name_of_the_locale_data_is_taken_for_another_state(language):
    babel, pycountry = pytest.importorskip("babel"), pytest.importorskip("pycountry")
    territories = babel.Locale(language).territories
    meant = {c.alpha_3: territories[c.alpha_2] for c in pycountry.countries if c.alpha_2 in territories}
    found = {code: code_of(name) for code, name in meant.items()}
    assert {code: got for code, got in found.items() if got not in (None, code)} == {}
    strangers = [meant[code] for code, got in found.items() if got is None]
    assert len(strangers) <= 18 and len(meant) > 240, strangers


def printed():
    """Lines of `names.txt`: a code, or `?` for a name that may mean two or none, and the name."""
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            code, _, name = line.partition(" ")
            yield name, None if code == "?" else code


@pytest.mark.parametrize(("name", "code"), list(printed()))
def test_names_the_united_nations_print_and_have_printed(name, code):
    assert code_of(name) == code


def test_a_place_is_not_an_organisation_of_the_same_letters():
    assert code_of("Guam") == "GUM" and code_of("GUAM") == "GUAM"
