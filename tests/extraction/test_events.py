"""Each kind of event, told in several ways; and the kinds that are easily taken for one another."""

from __future__ import annotations

import pytest
from tests.extraction.told import only, read, told

from servanda.model.claims import EVENTS

# event: sentence, instrument, actors, target, date
CASES = {
    "sign": [
        ("Spain signed the CFE Treaty in Paris on 19 November 1990.", "cfe", "ESP", "", "1990-11-19"),
        ("The two presidents put their signatures to the New START treaty in 2010.", "new-start", "", "", "2010"),
        ("The CFE Treaty was opened for signature in 1990.", "cfe", "", "", "1990"),
        ("The Flank Document, signed in 1996, is short.", "flank-1996", "", "", "1996"),
    ],
    "domestic_approval": [
        ("The Finnish parliament approved the Arms Trade Treaty by 180 votes to 3.", "att", "FIN", "", None),
        ("Putin signed the law on the denunciation of the CFE Treaty on 29 May 2023.", "cfe", "RUS", "", "2023-05-29"),
        ("Latvia ratified the CFE Treaty.", "cfe", "LVA", "", None),
        ("The Senate gave its consent to New START on 22 December 2010, and the United States waited.", "new-start", "USA",
         "", "2010-12-22"),
    ],
    "deposit": [
        ("Malta deposited its instrument of ratification of the Arms Trade Treaty on 2 April 2014.", "att", "MLT", "",
         "2014-04-02"),
        ("The depositary received Peru's instrument of accession to the Arms Trade Treaty.", "att", "PER", "", None),
        ("Chad's instrument of ratification of the Arms Trade Treaty was deposited in 2015.", "att", "TCD", "", "2015"),
    ],
    "accede": [
        ("Jordan acceded to the Ottawa Convention in 1998.", "ottawa", "JOR", "", "1998"),
        ("Fiji became a party to the Ottawa Convention.", "ottawa", "FJI", "", None),
        ("Tonga joined the Ottawa Convention last year.", "ottawa", "TON", "", "2023"),
    ],
    "join_organisation": [
        ("Finland joined NATO on 4 April 2023.", "north-atlantic-treaty", "FIN", "NATO", "2023-04-04"),
        ("Sweden became the 32nd member of NATO in March 2024.", "north-atlantic-treaty", "SWE", "NATO", "2024-03"),
        ("Montenegro became a member of NATO in 2017.", "north-atlantic-treaty", "MNE", "NATO", "2017"),
    ],
    "provisionally_apply": [
        ("Georgia applied the CFE Treaty provisionally from July 1992.", "cfe", "GEO", "", "1992-07"),
        ("Poland provisionally applied the Open Skies Treaty until 2002.", "open-skies", "POL", "", "2002"),
        ("The CFE Treaty was applied provisionally from 17 July 1992.", "cfe", "", "", "1992-07-17"),
    ],
    "enter_into_force": [
        ("The Arms Trade Treaty entered into force on 24 December 2014.", "att", "", "", "2014-12-24"),
        ("The CFE Treaty has been in force since 1992.", "cfe", "", "", "1992"),
        ("The Ottawa Convention took effect in March 1999.", "ottawa", "", "", "1999-03"),
    ],
    "succeed": [
        ("Slovakia succeeded to the CFE Treaty on 1 January 1993.", "cfe", "SVK", "", "1993-01-01"),
        ("Montenegro succeeded to the Chemical Weapons Convention in October 2006.", "cwc", "MNE", "", "2006-10"),
        ("Kazakhstan inherited the obligations of the Soviet Union under the CFE Treaty.", "cfe", "KAZ", "", None),
    ],
    "declare": [
        ("Belgium made a declaration on the Arms Trade Treaty on 4 May 2020.", "att", "BEL", "", "2020-05-04"),
        ("Mexico attached a reservation to the Ottawa Convention.", "ottawa", "MEX", "", None),
        ("Japan lodged an interpretative declaration under the Arms Trade Treaty.", "att", "JPN", "", None),
        ("Azerbaijan made a reservation to the Flank Document in 1997.", "flank-1996", "AZE", "", "1997"),
    ],
    "object": [
        ("Austria objected to the reservation that Malaysia made to the Chemical Weapons Convention.", "cwc", "AUT", "MYS",
         None),
        ("Norway lodged an objection to the accession of Chad to the Arms Trade Treaty on 3 March 2024.", "att", "NOR",
         "TCD", "2024-03-03"),
        ("Peru formally objected to Chile's declaration under the Ottawa Convention.", "ottawa", "PER", "CHL", None),
        ("Objections to the reservation of Iran were lodged by Denmark under the NPT in 2010.", "npt", "DNK", "", "2010"),
    ],
    "suspend": [
        ("Russia suspended the CFE Treaty on 12 December 2007.", "cfe", "RUS", "", "2007-12-12"),
        ("Moscow declared a moratorium on the CFE Treaty.", "cfe", "RUS", "", None),
        ("Armenia froze its participation in the CSTO.", "csto", "ARM", "", None),
        ("Turkey put the CFE Treaty on hold on 8 March 2024.", "cfe", "TUR", "", "2024-03-08"),
    ],
    "resume": [
        ("Japan lifted its suspension of the Open Skies Treaty.", "open-skies", "JPN", "", None),
        ("Georgia ended its suspension of the CFE Treaty in 2010.", "cfe", "GEO", "", "2010"),
        ("Armenia returned to the CFE Treaty.", "cfe", "ARM", "", None),
        ("Russia resumed its participation in New START on 5 March 2024.", "new-start", "RUS", "", "2024-03-05"),
    ],
    "cease_implementation": [
        ("Iceland ceased implementing the CFE Treaty toward Russia in November 2011.", "cfe", "ISL", "RUS", "2011-11"),
        ("Bulgaria suspended the performance of the CFE Treaty towards Russia.", "cfe", "BGR", "RUS", None),
        ("Slovakia and the Czech Republic stopped applying the CFE Treaty toward Russia.", "cfe", "SVK CZE", "RUS", None),
        ("Hungary stopped exchanging data under the Vienna Document.", "vienna-document", "HUN", "", None),
    ],
    "give_notice": [
        ("Latvia handed in its notice of withdrawal from the Ottawa Convention.", "ottawa", "LVA", "", None),
        ("The Netherlands, the depositary, received Russia's notice of withdrawal from the CFE Treaty on 9 June.", "cfe",
         "RUS", "", "2023-06-09"),
        ("Peru delivered its notice of withdrawal from the Ottawa Convention on 4 March 2024.", "ottawa", "PER", "",
         "2024-03-04"),
    ],
    "withdraw": [
        ("Iraq quit the Baghdad Pact in 1959.", "cento", "IRQ", "", "1959"),
        ("Canada tore up the Kyoto Protocol.", "kyoto-protocol", "CAN", "", None),
        ("France left the Open Skies Treaty on Monday.", "open-skies", "FRA", "", "2024-03-11"),
    ],
    "terminate": [
        ("The United States and Russia ended the INF Treaty in 2019.", "inf", "USA RUS", "", "2019"),
        ("The New START treaty expired in February 2024.", "new-start", "", "", "2024-02"),
        ("The ABM Treaty lapsed in 2002.", "abm", "", "", "2002"),
    ],
    "authorise_termination": [
        ("Parliament in Chisinau authorised the Moldovan government to denounce the CFE Treaty.", "cfe", "MDA", "", None),
        ("A decree empowered the foreign ministry to withdraw from the Open Skies Treaty, the Kremlin said.", "open-skies",
         "RUS", "", None),
        ("The Lithuanian cabinet gave permission to leave the Ottawa Convention.", "ottawa", "LTU", "", None),
    ],
    "dissolve": [
        ("The Warsaw Pact was dissolved on 1 July 1991.", "warsaw-treaty", "", "", "1991-07-01"),
        ("The six members disbanded the Warsaw Pact in July 1991.", "warsaw-treaty", "", "", "1991-07"),
        ("The Warsaw Treaty ceased to exist in 1991.", "warsaw-treaty", "", "", "1991"),
        ("SEATO was wound up in June 1977.", "seato", "", "", "1977-06"),
    ],
    "amend": [
        ("The parties amended the Treaty on Open Skies in 1996.", "open-skies", "", "", "1996"),
        ("The Open Skies Treaty was amended in 2001 at Helsinki.", "open-skies", "", "", "2001"),
        ("The parties adapted the CFE Treaty in Istanbul in 1999.", "cfe", "", "", "1999"),
    ],
    "propose": [
        ("Medvedev proposed the European Security Treaty in June 2008.", "est-2009", "RUS", "", "2008-06"),
        ("Moscow published the draft European Security Treaty on 29 November 2009.", "est-2009", "RUS", "", "2009-11-29"),
        ("Russia put forward the European Security Treaty.", "est-2009", "RUS", "", None),
    ],
    "reject": [
        ("NATO rejected the draft European Security Treaty in December 2009.", "est-2009", "NATO", "", "2009-12"),
        ("The United States turned the draft treaty on European security down.", "est-2009", "USA", "", None),
        ("Luxembourg rejected Russia's draft agreement with NATO.", "nato-ru-2021", "LUX", "", None),
    ],
    "decline_to_ratify": [
        ("The US Senate voted down the CTBT in 1999.", "ctbt", "USA", "", "1999"),
        ("Israel refused to ratify the CTBT.", "ctbt", "ISR", "", None),
        ("Norway has not ratified the Ottawa Convention.", "ottawa", "NOR", "", None),
    ],
    "accuse": [
        ("Washington accused Moscow of violating the INF Treaty.", "inf", "USA", "RUS", None),
        ("The Kremlin said the United States was in breach of the Open Skies Treaty.", "open-skies", "RUS", "USA", None),
        ("Lawyers said that Russia had broken the INF Treaty.", "inf", "", "RUS", None),
    ],
}  # fmt: skip

ROWS = [(event, *row) for event, rows in CASES.items() for row in rows]


def test_every_event_is_told():
    assert set(CASES) == set(EVENTS)
    assert all(len(rows) >= 3 for rows in CASES.values())


@pytest.mark.parametrize(
    ("event", "text", "instrument", "actors", "target", "day"), ROWS, ids=[r[1][:48] for r in ROWS]
)
def test_an_event(event, text, instrument, actors, target, day):
    claim = only(text)
    assert (claim.event, claim.instrument) == (event, instrument)
    assert (" ".join(claim.actors), " ".join(claim.target), claim.date) == (actors, target, day)
    assert claim.precision == {None: "none"}.get(day, {4: "year", 7: "month", 10: "day"}[len(day or "2000")])
    assert text[claim.start : claim.end] == claim.text


def test_leave_to_end_accords_is_not_their_end():
    text = (
        "The prime minister signed an order permitting the termination of the military agreements with Poland and Denmark. "
        "Russia had signed the agreements in 1993."
    )
    assert told(text)[:2] == [
        ("authorise_termination", "ru-pl-1993", "RUS"),
        ("authorise_termination", "ru-dk-1994", "RUS"),
    ]
    assert not any(e == "terminate" for e, *_ in told(text))


def test_an_order_that_ends_them_is():
    text = (
        "Russia terminated its military cooperation agreements with Poland and Denmark on 1 March 2024. "
        "The agreements were old, the Russian defence ministry said."
    )
    assert [(c.event, c.instrument, c.actors, c.target, c.date) for c in read(text)[:2]] == [
        ("terminate", "ru-pl-1993", ("RUS",), ("POL",), "2024-03-01"),
        ("terminate", "ru-dk-1994", ("RUS",), ("DNK",), "2024-03-01"),
    ]


def test_a_vote_a_deposit_and_a_notice_are_three_things():
    text = (
        "Parliament in Riga approved the Arms Trade Treaty on Monday. Latvia deposited its instrument of ratification of the "
        "Arms Trade Treaty on Tuesday. Chad gave notice of withdrawal from the Arms Trade Treaty on Wednesday."
    )
    assert [(e, a) for e, _, a in told(text)][:3] == [
        ("domestic_approval", "LVA"),
        ("deposit", "LVA"),
        ("give_notice", "TCD"),
    ]


def test_what_the_pact_is_goes_by_what_was_named_last():
    text = "Norway signed the CFE Treaty. Peru left the treaty. Chad signed the Ottawa Convention. Mali left the convention."
    assert [t for t in told(text) if t[0] == "withdraw"] == [("withdraw", "cfe", "PER"), ("withdraw", "ottawa", "MLI")]


def test_a_draft_and_its_twin_are_the_drafts():
    text = (
        "Russia published the draft treaty with the United States and the draft agreement with NATO in December 2021. "
        "NATO rejected the drafts in January 2022."
    )
    assert [row for row in told(text) if row[0] == "reject"] == [
        ("reject", "us-ru-2021", "NATO"),
        ("reject", "nato-ru-2021", "NATO"),
    ]


def test_a_word_cut_and_misread_is_read_all_the_same():
    text = "Par1iament ratif1ed the CFE Trea1y of\nthe Conven-\ntion. S1gned by all. Finland s1gned the CFE Treaty."
    assert ("sign", "cfe", "FIN") in told(text)
    assert all(c.confidence < 0.7 for c in read(text))
