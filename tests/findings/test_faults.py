"""Faults that real pages have shown in findings, each as a kind: several sentences of it, alone and inside longer reports."""

from __future__ import annotations

import pytest

from servanda.corpus import Corpus
from servanda.extraction.extractor import Extractor
from servanda.findings.hold import Held, hold
from servanda.model.claims import Document

CORPUS = Corpus.default()
BEFORE = (
    "",
    "Delegates met in Vienna on Thursday. Talks on the CFE Treaty and on Open Skies brought nothing new.\n\n",
    "The ministry in Oslo gave no comment. A spokesman spoke of patience, and of the weather.\n\n",
)
AFTER = ("", "\n\nNATO said that it took note. Helsinki made no statement.")
around = pytest.mark.parametrize(("before", "after"), [(b, a) for b in BEFORE for a in AFTER])


def sentences(*texts):
    return pytest.mark.parametrize("text", texts)


def judged(text: str, dateline: str | None = "2026-01-10") -> list[Held]:
    return list(hold(CORPUS, Extractor.default().read(Document(name="a", text=text, dateline=dateline))))


@around
@sentences(
    "On May 29 2023 Russia gave notice of withdrawal from the CFE Treaty.",
    "It was on 29 May 2023, in the evening, that Russia gave notice of withdrawal from the CFE Treaty.",
    "Russia gave notice of its withdrawal from the CFE Treaty on 29 May 2023, according to a daily.",
)
def test_1_the_day_told_beside_a_notice_is_compared(before, after, text):
    found = [h for h in judged(before + text + after) if h.claim.event == "give_notice"]
    assert found
    assert all(h.finding != "supported" for h in found), [h.told for h in found]


@around
@sentences(
    "The denunciation of the CFE Treaty by Russia does not take effect until November 2023.",
    "The CFE Treaty was denounced by Russia, and not by Norway, in 2023.",
    "It was announced in Oslo that Russia had left the CFE Treaty.",
)
def test_2_a_passive_gives_the_act_to_who_did_it(before, after, text):
    left = [h.claim for h in judged(before + text + after, "2023-11-20") if h.claim.event == "withdraw"]
    assert any(c.actors == ("RUS",) and c.polarity == "affirmed" for c in left)
    assert all(c.actors == ("RUS",) for c in left if c.polarity == "affirmed"), left


@around
@sentences(
    "The prime minister signed a decree ordering the end of accords with eleven states.",
    "Moscow's government issued a decree that ends military agreements with eleven countries.",
    "Russia's cabinet approved a decree on accords with eleven states.",
)
def test_3_a_decree_is_not_borne_out_by_approvals_of_other_treaties(before, after, text):
    for one in judged(before + text + after):
        if one.finding == "supported":
            assert one.claim.event != "domestic_approval", one.told
            assert len({d.act.date.text for d in one.decided}) <= 1, one.told


@around
@sentences(
    "The state's failure to ratify the enlargement of NATO was cited.",
    "Turkey has not yet ratified NATO's expansion to the north.",
    "Budapest put off ratifying the admission of Sweden to NATO.",
)
def test_4_an_admission_is_not_the_treaty_it_changes(before, after, text):
    assert not [h.told for h in judged(before + text + after) if h.finding == "contradicted"]


@around
@sentences(
    "The promise to get on with ratifying the amended agreement was not kept.",
    "Allies have promised to ratify the adapted CFE Treaty once Russian troops are gone.",
    "A pledge to ratify the adapted CFE Treaty stands in the Istanbul act.",
)
def test_5_a_promise_to_ratify_is_no_ratification(before, after, text):
    for one in judged(before + text + after):
        claim = one.claim
        assert (claim.event, claim.modality, claim.polarity) != ("domestic_approval", "done", "affirmed")
        assert one.finding != "contradicted", one.told


@around
@sentences(
    "There is no chance of reviving the CFE treaty, the minister said.",
    "No chance of reviving CFE treaty: minister",
    "No hopes for resuming the CFE Treaty, Lavrov says",
    "A return to the CFE Treaty is out of the question, the ministry said.",
)
def test_6_a_denied_revival_is_no_resumption(before, after, text):
    for one in judged(before + text + after):
        claim = one.claim
        assert (claim.event, claim.modality, claim.polarity) != ("resume", "done", "affirmed")


@around
@sentences(
    "Moscow ends accords with 11 states.",
    "Russia has terminated military agreements with eleven countries.",
    "Russia is ending its defence accords with eleven states, a daily says.",
)
def test_7_without_a_day_old_ends_bear_out_nothing(before, after, text):
    for one in judged(before + text + after, None):
        assert one.claim.instrument != "*" or one.finding not in ("supported", "contradicted"), one.told


@around
@sentences(
    "When the Soviet Union was dissolved in December 1991, the Warsaw Treaty was dissolved with it.",
    "The Warsaw Pact was dissolved together with the Soviet Union in December 1991.",
    "In December 1991 the Warsaw Pact was dissolved.",
)
def test_8_an_end_told_of_another_day_is_not_borne_out(before, after, text):
    found = [h for h in judged(before + text + after) if h.claim.instrument == "warsaw-treaty"]
    assert found
    assert all(h.finding != "supported" for h in found), [h.told for h in found]


@around
@sentences(
    "President Vladimir Putin signed a decree in May 2023 ending the CFE Treaty.",
    "In May 2023 Putin signed a law ending the CFE Treaty.",
    "Russia's president signed an edict in May 2023 that ended the CFE Treaty.",
)
def test_9_a_law_on_record_is_not_called_wrong_for_what_it_is_said_to_have_ended(before, after, text):
    steps = [h for h in judged(before + text + after, "2023-11-20") if h.claim.event == "domestic_approval"]
    assert steps
    assert all(h.finding in ("imprecise", "supported") for h in steps), [h.told for h in steps]
    assert all("rus-domestic-approval-2023-05-29" in h.acts for h in steps)


@around
@sentences(
    "That treaty and an identical treaty with the Donetsk People's Republic were signed on February 21, 2022.",
    "The treaty with the Lugansk People's Republic and the identical Treaty with the Donetsk People's Republic were "
    "signed on 21 February 2022.",
    "On 21 February 2022 the Treaty with the Donetsk People's Republic and the Treaty with the Lugansk People's Republic were signed.",
)
def test_10_one_verb_may_tell_of_two_treaties(before, after, text):
    opening = "The Treaty with the Lugansk People's Republic was submitted on that day. "
    found = {
        h.claim.instrument for h in judged(before + opening + text + after, "2023-01-01") if h.claim.event == "sign"
    }
    assert {"ru-dpr-2022", "ru-lpr-2022"} <= found


@around
@pytest.mark.parametrize(
    ("text", "event", "instrument"),
    [
        ("NATO states refused to ratify the amended CFE Treaty.", "decline_to_ratify", "acfe"),
        ("The United States has never ratified the updated CFE Treaty.", "decline_to_ratify", "acfe"),
        ("Putin signed it, the bill that ends the CFE Treaty, on 29 May 2023.", "domestic_approval", "cfe"),
        ("Putin signed the law denouncing the CFE Treaty on 29 May 2023.", "domestic_approval", "cfe"),
    ],
)
def test_11_a_version_or_a_bill_is_not_the_treaty(before, after, text, event, instrument):
    claims = [h.claim for h in judged(before + text + after) if h.claim.event in (event, "sign")]
    assert {(c.event, c.instrument) for c in claims} == {(event, instrument)}
