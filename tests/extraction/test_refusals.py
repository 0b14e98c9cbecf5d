"""Texts in which somebody signs, leaves, suspends and objects, and no treaty is touched."""

from __future__ import annotations

import pytest
from tests.extraction.told import read, told

NOTHING = {
    "sport": [
        "Sailors withdrew from the race off Vienna after a storm; Russia and Finland objected to the ruling.",
        "The striker signed for Ankara and quit the Warsaw side; Moscow terminated his contract.",
        "Norway denounced the referee, left the pitch and lodged an objection with the federation.",
    ],
    "trade": [
        "Farmers rejected the milk price deal in Brussels and left the meeting.",
        "France suspended imports of Polish apples, and Poland accused Paris of breaking the rules of the market.",
        "The ministry in Madrid signed a contract for 40 buses.",
    ],
    "threats": [
        "The union threatened to suspend talks on the pay agreement with the bakery.",
        "Israel warned Iran that it would respond to any attack.",
        "Drivers threatened to walk out of the depot in Riga on Monday.",
    ],
    "anniversaries": [
        "Twenty years ago today the Berlin wall fell, an anniversary that Germany and Poland marked in Warsaw.",
        "Finland marked the day of its independence; the president signed the visitors' book.",
    ],
    "company law": [
        "Shareholders ratified the merger; Washington approved the deal and the firm withdrew its bid.",
        "The company terminated the supply agreement with its partner in Tallinn.",
        "The court in Vienna annulled the contract, and the Austrian bank gave notice to its tenants.",
    ],
    "strikes": [
        "Tram drivers in Prague suspended their strike and accepted the offer.",
        "The pilots rejected the draft agreement and left the talks in Lisbon.",
    ],
    "weather": [
        "France and Italy suspended flights over the Alps because of snow.",
        "The storm left Denmark on Tuesday and entered Sweden in force.",
    ],
    "other deeds": [
        "Argentina withdrew its ambassador from Caracas.",
        "Troops withdrew from Georgia in 2008.",
        "The court suspended the law on fishing licences in Iceland.",
        "The band announced its departure from Oslo.",
        "The parliament in Ottawa adopted the budget.",
    ],
    "treaties untouched": [
        "The CFE Treaty has thirty parties.",
        "Diplomats discussed the Open Skies Treaty in Vienna.",
        "A book about the INF Treaty was published in Berlin.",
        "Did Poland withdraw from the Ottawa Convention?",
        "Journalists left the room in which the CFE Treaty lay.",
    ],
}
ROWS = [(kind, text) for kind, texts in NOTHING.items() for text in texts]


@pytest.mark.parametrize(("kind", "text"), ROWS, ids=[f"{k}: {t[:36]}" for k, t in ROWS])
def test_no_claim_is_made_of_it(kind, text):
    assert [(c.event, c.instrument, c.text) for c in read(text)] == []


def test_nor_of_all_together():
    text = "\n\n".join(t for kind, texts in NOTHING.items() if kind != "treaties untouched" for t in texts)
    assert read(text) == ()


OTHER_NEWS = [
    "Manchester United pulled out of the deal for the Brazilian striker last week. It had signed an agreement in May.",
    "The strike ended on Tuesday when the union ratified a three-year contract with the car maker. France welcomed the accord.",
    "Britain and the European Union remain at odds over fishing. Brussels accused London of breaking its word over cars.",
    "The company withdrew from the merger agreement, citing antitrust concerns in Germany and the United States.",
    "Japan's parliament approved the budget on Friday. The opposition walked out in protest.",
    "The ceasefire between Armenia and Azerbaijan collapsed on Sunday. Each side accused the other of violations.",
    "Canada suspended trade talks with the United States. Ottawa said it would not sign anything under threat.",
    "Two ministers quit the cabinet in Warsaw over the pact with the far right. The prime minister rejected their demand.",
    "Sweden left the euro debate unresolved. Finland joined the single currency in 1999.",
    "The band broke up its contract with the label and left Germany for good. Fans in Poland protested.",
    "Germany won the match and ended Spain's run. The Dutch withdrew their keeper before the game.",
    "OPEC members agreed to cut output; Angola quit the cartel in December 2023.",
    "The court annulled the marriage contract. The Spanish lawyer said she would appeal.",
    "Parliament in Budapest passed a law on foreign agents. Brussels has opened a case against Hungary under the treaties.",
    "Kenya and the IMF ended their programme early. The deal was signed in 2021.",
    "Greece and Turkey signed a memorandum on tourism. Athens hailed the agreement.",
]


@pytest.mark.parametrize("text", OTHER_NEWS)
def test_news_of_other_deals_tells_of_no_treaty(text):
    assert told(text, "2026-01-10") == []
