"""Names: states by adjective, capital, leader, body and old name; people by their years; instruments by short names in capitals."""

from __future__ import annotations

import pytest
from tests.extraction.told import seen, told

from servanda.extraction import lexicon, triggers
from servanda.extraction.lexicon import UNNAMED, Lexicon, rows_of
from servanda.model.claims import EVENTS


def who(text, dateline="2024-03-15"):
    return [" ".join(a.codes) for a in seen(text, dateline).actors]


def what(text):
    return [" ".join(t.ids) for t in seen(text).things if t.ids]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Finland", "FIN"),
        ("the Finns", "FIN"),
        ("Finnish diplomats", "FIN"),
        ("Helsinki", "FIN"),
        ("Eduskunta", "FIN"),
        ("Rumania", "ROU"),
        ("Persia", "IRN"),
        ("Peking", "CHN"),
        ("the Soviet Union", "SUN"),
        ("East Germany", "DDR"),
        ("Downing Street", "GBR"),
        ("the Holy See", "VAT"),
        ("Côte d'Ivoire", "CIV"),
        ("U.S. officials", "USA"),
        ("the Council of Europe", "COE"),
    ],
)
def test_what_the_press_calls_them(name, code):
    assert who(f"Yesterday {name} spoke") == [code]


def test_us_is_a_pronoun_and_the_us_is_a_state():
    assert who("they told us so") == []
    assert who("they told the US so") == ["USA"]


def test_several_states_by_one_name():
    assert who("the Baltic states left") == ["EST LVA LTU"]
    assert who("the two Koreas met") == ["PRK KOR"]


@pytest.mark.parametrize(
    ("text", "year", "codes"),
    [
        ("Yeltsin spoke", 1996, ["RUS"]),
        ("Yeltsin spoke", 1972, []),
        ("Macron spoke", 2019, ["FRA"]),
        ("Macron spoke", 1990, []),
    ],
)
def test_people_count_in_their_years(text, year, codes):
    assert who(text, f"{year}-05-05") == codes


def test_people_count_in_any_year_where_the_year_is_not_known():
    assert who("Yeltsin spoke", None) == ["RUS"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("the allies spoke", ["NATO"]),
        ("an alliance is a bond", []),
        ("the alliance spoke", [UNNAMED]),
        ("the CSTO met and the alliance spoke", ["CSTO", "CSTO"]),
    ],
)
def test_allies_and_alliances(text, codes):
    assert who(text) == codes


def test_before_the_alliance_there_were_other_allies():
    assert who("the allies spoke", "1944-06-06") == []


def test_no_alliance_goes_without_a_name_in_a_claim():
    for text in (
        "The alliance withdrew from the CFE Treaty.",
        "Sweden joined the alliance. NATO was pleased.",
        "No ally left the CFE Treaty, the alliance said.",
        "Russia left the CFE Treaty on 8 December 2023, the alliance on 20 December 2023.",
    ):
        assert UNNAMED not in str(told(text))


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("the CFE Treaty", ["cfe"]),
        ("the CFE", ["cfe"]),
        ("the cfe club", []),
        ("the Treaty on Conventional Armed Forces in Europe", ["cfe"]),
        ("the treaty on conventional armed forces in europe", ["cfe"]),
        ("the INF Treaty and the ABM Treaty", ["inf", "abm"]),
        ("an inf treaty", []),
        ("Open Skies", ["open-skies"]),
        ("under open skies", []),
        ("the NATO treaty", ["north-atlantic-treaty"]),
    ],
)
def test_short_names_are_names_in_capitals_alone(text, ids):
    assert what(f"They signed {text}") == ids


def test_the_longest_name_wins():
    assert what("the adapted CFE Treaty") == ["acfe"]
    assert who("South Korea spoke") == ["KOR"]


def test_names_for_the_search_of_pages():
    names = set(Lexicon.default().names(lexicon.INSTRUMENT, capitals=True))
    assert "CFE" in names
    assert "open skies treaty" in names
    assert set(Lexicon.default().names(lexicon.ACTOR, {"NATO"})) >= {"nato", "north atlantic alliance"}


def test_a_state_and_the_one_it_continues():
    known = Lexicon.default()
    assert known.same("RUS") == ("RUS", "SUN")
    assert known.same("SUN") == ("SUN", "RUS")
    assert known.same("FIN") == ("FIN",)


def test_the_tables_hang_together():
    known = Lexicon.default()
    codes = known.states | {row["code"] for row in rows_of("organisations.csv")}
    assert set(known.heirs) | set(known.heirs.values()) <= known.states
    assert set(known.bodies.values()) <= known.states
    assert {c for members in known.groups.values() for c in members} <= known.states
    assert known.alliance in codes
    for row in rows_of("people.csv"):
        assert row["code"] in codes
        assert not (row["since"] and row["until"]) or row["since"][:4] <= row["until"][:4]
    for instrument in known.known.values():
        assert not instrument.twin or known.known[instrument.twin].twin == instrument.id
        assert set(instrument.body) <= codes


@pytest.mark.parametrize(
    "row", ["withdraw | quit", "frobnicate | quit | t", "withdraw |  | t", "withdraw | quit | q", "withdraw|quit|t|t"]
)
def test_a_row_of_words_that_fits_no_rule_is_refused(row, tmp_path, monkeypatch):
    from servanda.model.errors import DataError

    path = tmp_path / "triggers.txt"
    path.write_text(f"# a comment\n\n[verbs]\n{row}\n", encoding="utf-8")
    monkeypatch.setattr(triggers, "TRIGGERS", path)
    triggers.table.cache_clear()
    try:
        with pytest.raises(DataError, match=r"triggers\.txt.*4"):
            triggers.table()
    finally:
        monkeypatch.undo()
        triggers.table.cache_clear()


def test_every_event_has_words():
    told_by = {e for phrases in triggers.table().values() for _, trigger in phrases for e in trigger.events_of()}
    assert told_by == set(EVENTS)


@pytest.mark.parametrize("text", ["quits the treaty", "quit the treaty", "quitting the treaty", "has quit the treaty"])
def test_verbs_in_their_forms(text):
    assert any("withdraw" in o.events_of() for h in seen(f"Minsk {text}").hits for o in h.options)


def test_an_object_may_stand_inside_a_verb():
    hit = next(h for h in seen("Sweden turned the offer down").hits if h.gap)
    assert hit.options[0].lemma == "turn down"
    assert hit.gap == (2, 4)
