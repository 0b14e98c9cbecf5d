"""Short reports with several treaties, states and steps: each must yield these claims, and not those."""

from __future__ import annotations

import pytest
from tests.extraction.told import told

from servanda.extraction.extractor import Extractor
from servanda.model.claims import Document

CASES = [
    (
        "Turkey announced on Friday that it will suspend the CFE Treaty from 8 April. The presidential decree appeared in "
        "the official gazette. Ankara follows the United States, which took the same step in December. Hungary has not "
        "followed.",
        {("suspend", "cfe", "TUR"), ("suspend", "cfe", "USA")},
        {("suspend", "cfe", "HUN")},
    ),
    (
        "The Netherlands, as depositary, told the parties that Belarus had deposited its instrument of ratification of the "
        "Agreement on Adaptation. Minsk is the first to ratify. Ukraine, which had ratified in 2000, never deposited.",
        {("deposit", "acfe", "BLR"), ("domestic_approval", "acfe", "UKR")},
        {("deposit", "acfe", "NLD")},
    ),
    (
        "Estonia, Latvia, Lithuania and Poland will leave the Ottawa Convention. The notices reached New York on 27 June, "
        "and the four will be out six months later. Norway said it would stay.",
        {("withdraw", "ottawa", "EST LVA LTU POL"), ("give_notice", "ottawa", "EST LVA LTU POL")},
        {("give_notice", "ottawa", "USA")},
    ),
    (
        "The Senate approved New START in December 2010, and the Duma did so in January. In February 2023 Putin suspended "
        "Russia's participation.",
        {
            ("domestic_approval", "new-start", "USA"),
            ("domestic_approval", "new-start", "RUS"),
            ("suspend", "new-start", "RUS"),
        },
        set(),
    ),
    (
        "Georgia accuses Russia of keeping troops in Gudauta in violation of the CFE Treaty. Moscow rejects this. Tbilisi "
        "has told the depositary that it will not ratify the adapted treaty as long as they stay.",
        {("accuse", "cfe", "GEO"), ("decline_to_ratify", "acfe", "GEO")},
        {("decline_to_ratify", "cfe", "RUS")},
    ),
    (
        "What happened to the Warsaw Pact? It was founded in 1955. Albania walked out in 1968 over Prague. East Germany "
        "left in September 1990, a week before it ceased to exist.",
        {("withdraw", "warsaw-treaty", "ALB"), ("withdraw", "warsaw-treaty", "DDR")},
        {("dissolve", "warsaw-treaty", "")},
    ),
    (
        "Uzbekistan suspended its membership of the CSTO in 2012. It had left once before, in 1999, and returned in 2006. "
        "Armenia froze its participation in 2024 and says it may quit.",
        {
            ("suspend", "csto", "UZB"),
            ("withdraw", "csto", "UZB"),
            ("suspend", "csto", "ARM"),
            ("withdraw", "csto", "ARM"),
        },
        set(),
    ),
    (
        "Iran's parliament has drafted a bill to leave the NPT. The government has not taken a position. Israel never "
        "joined. North Korea did and left.",
        {("withdraw", "npt", "IRN"), ("accede", "npt", "ISR"), ("withdraw", "npt", "PRK")},
        {("withdraw", "npt", "ISR")},
    ),
    (
        "Thirty parties take part in the Open Skies Treaty, signed in Helsinki in 1992 and in force since 2002. Two have "
        "left: the United States in 2020 and Russia in 2021. Belarus, which formed a group with Russia, has not.",
        {
            ("sign", "open-skies", ""),
            ("enter_into_force", "open-skies", ""),
            ("withdraw", "open-skies", "USA"),
            ("withdraw", "open-skies", "RUS"),
            ("withdraw", "open-skies", "BLR"),  # that it has not
        },
        {("sign", "open-skies", "BLR")},
    ),
    (
        "Turkey left the Istanbul Convention in 2021 by a decree of President Erdogan. Poland had threatened to do the same. "
        "Latvia's parliament voted in October 2025 to quit, but the president sent the law back.",
        {
            ("withdraw", "istanbul-convention", "TUR"),
            ("withdraw", "istanbul-convention", "POL"),
            ("domestic_approval", "istanbul-convention", "LVA"),
        },
        set(),
    ),
    (
        "Russia had observed the moratorium since the INF Treaty collapsed in 2019 after the US withdrew from it, accusing "
        "Moscow of violations.",
        {("withdraw", "inf", "USA"), ("accuse", "inf", "USA")},
        {("accuse", "inf", "RUS")},
    ),
    (
        "Norway left NATO and Sweden joined the CSTO.",
        {("withdraw", "north-atlantic-treaty", "NOR"), ("join_organisation", "csto", "SWE")},
        {("join_organisation", "csto", "NOR")},
    ),
]


@pytest.mark.parametrize(("text", "wanted", "unwanted"), CASES)
def test_a_report_yields_its_claims_and_no_others(text, wanted, unwanted):
    found = {(e, i, a) for e, i, a in told(text, "2026-01-10")}
    assert wanted <= found
    assert not unwanted & found


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("MOSCOW, 9 June 2023 - Russia said it withdraws from the CFE treaty.", "2023-06-09"),
        ("WASHINGTON, Nov 7, 2023 (Agency) -- The allies will suspend the CFE treaty.", "2023-11-07"),
        ("MOSCOW, June 9 (Agency) - Russia withdrew from the CFE treaty.", None),  # of which year is not told
        ("Russia withdrew from the CFE treaty on 9 June 2023.", None),  # the day of a deed dates no report
    ],
)
def test_the_place_and_day_at_the_head_of_a_text_are_its_dateline(text, day):
    assert Extractor.default().read(Document(name="a", text=text)).dateline == day
