"""Which documents tell one story, and what they tell differently."""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.findings.stories import _Union as Union
from servanda.findings.stories import disagreements, stories
from servanda.model.claims import EVENTS, MODALITIES, Claim, Count, Document, Read
from servanda.model.errors import InputError

WORDS = ["ministry", "tuesday", "state", "bound", "treaty", "forces", "armies", "notice", "capital", "officials"]


def text_of(seed: int, length: int = 300) -> str:
    rng = random.Random(seed)
    return " ".join(rng.choice(WORDS) + str(rng.randrange(400)) for _ in range(length))


def claim(event: str, when: str | None = None, actors: tuple[str, ...] = ("RUS",), **fields) -> Claim:
    return Claim(start=0, end=4, text="left", event=event, instrument="cfe", actors=actors, date=when, **fields)


def report(name: str, day: str | None, *claims: Claim, text: str | None = None) -> tuple[Document, Read]:
    body = text if text is not None else text_of(hash_of(name))
    return Document(name=name, text=body, dateline=day), Read(name=name, dateline=day, claims=claims)


def hash_of(name: str) -> int:
    return sum(ord(c) * (i + 1) for i, c in enumerate(name))


def told(*reports: tuple[Document, Read]):
    return stories([d for d, _ in reports], [r for _, r in reports])


EXIT = claim("withdraw", "2023-11-07")


def test_reports_of_one_event_on_near_days_are_one_story():
    found = told(
        report("a", "2023-11-07", EXIT),
        report("b", "2023-11-09", claim("withdraw", "2023-11")),
        report("c", "2024-06-01", EXIT),
        report("d", "2023-11-08", claim("suspend", "2023-11-08", ("TUR",))),
    )
    assert [s.documents for s in found] == [("a", "b")]
    assert (found[0].since, found[0].until) == ("2023-11-07", "2023-11-09")
    assert found[0].topics == ("cfe: withdraw by RUS",)
    assert found[0].copies == ()


def test_old_facts_alone_do_not_make_a_story():
    signed = claim("sign", "1990-11-19", ())
    assert told(report("a", "2023-11-07", signed), report("b", "2023-11-08", signed)) == ()
    assert told(report("a", "2023-11-07", EXIT)) == ()
    assert told() == ()


def test_documents_without_claims_belong_to_no_story():
    same = text_of(1)
    assert told(report("a", "2023-11-07", text=same), report("b", "2023-11-07", text=same)) == ()


def test_copies_are_found_whatever_their_day():
    same = text_of(5)
    found = told(
        report("a", "2020-01-01", claim("sign", "1990"), text=same),
        report("b", "2023-01-01", claim("suspend", "2007"), text=same.replace(same.split()[40], "changed")),
        report("c", "2023-01-01", claim("deposit", "1992"), text=text_of(6)),
    )
    assert [(s.documents, s.copies) for s in found] == [(("a", "b"), (("a", "b"),))]


def test_translations_share_their_claims():
    history = (
        claim("sign", "1990", ()),
        claim("suspend", "2007"),
        claim("deposit", "1992-09"),
        claim("give_notice", "2019"),
    )
    found = told(report("de", "2021-03-01", *history), report("fr", "2021-03-04", *history))
    assert [s.documents for s in found] == [("de", "fr")]
    assert told(report("de", "2021-03-01", *history), report("fr", "2022-03-04", *history)) == ()


def test_what_they_tell_differently_is_listed():
    number = (Count(value=22, of="states", start=9, end=11),)
    a = Read(
        name="a",
        dateline="2023-11-07",
        claims=(
            claim("withdraw", "2015"),
            claim("suspend", "2007"),
            claim("decline_to_ratify", None, ("USA",)),
            claim("sign", "1990", (), counts=number),
            claim("resume", None, modality="planned"),
            claim("give_notice", "2023", ("BLR",)),
        ),
    )
    b = Read(
        name="b",
        dateline="2023-11-07",
        claims=(
            claim("withdraw", "2023-11-07", speaker="RUS"),
            claim("suspend", "2007-12-12"),
            claim("decline_to_ratify", None, ("NATO",)),
            claim("sign", "1990", (), counts=(replace(number[0], value=30),)),
            claim("resume", None, polarity="negated"),
            claim("withdraw", "2023-02", ("BLR",)),
        ),
    )
    found = disagreements([a, b])
    kinds = {(d.topic, d.kind) for d in found}
    assert kinds == {
        ("cfe: withdraw by RUS", "date"),
        ("cfe: decline to ratify, by whom", "actor"),
        ("cfe: sign, how many states", "number"),
        ("cfe: resume by RUS", "modality"),
        ("cfe: resume by RUS", "polarity"),
        ("cfe: what BLR did in 2023", "step"),
    }
    dates = next(d for d in found if d.kind == "date")
    assert [(s.document, s.speaker, s.value, s.text) for s in dates.says] == [
        ("a", "author", "2015", "left"),
        ("b", "RUS", "2023-11-07", "left"),
    ]
    assert disagreements([a]) == []
    assert disagreements([a, replace(a, name="c")]) == []


def test_without_the_package_the_remedy_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "rensa", None)
    with pytest.raises(InputError, match="servanda\\[press\\]"):
        told(report("a", "2023-11-07", EXIT), report("b", "2023-11-09", EXIT))
    assert told(report("a", "2023-11-07", EXIT)) == ()


def test_mismatched_input_is_refused():
    document, read = report("a", None, EXIT)
    with pytest.raises(InputError, match="read in place of"):
        stories([document], [replace(read, name="b")])
    with pytest.raises(ValueError, match="argument"):
        stories([document], [])


CLAIMS = st.builds(
    Claim,
    start=st.just(0),
    end=st.just(4),
    text=st.sampled_from(["left", "signed"]),
    event=st.sampled_from(EVENTS),
    instrument=st.sampled_from(["cfe", "inf", "*", "npt"]),
    actors=st.sampled_from([(), ("RUS",), ("USA",), ("USA", "RUS")]),
    target=st.sampled_from([(), ("USA",)]),
    date=st.sampled_from([None, "2020-01-02", "2020-01", "2020", "nonsense"]),
    modality=st.sampled_from(MODALITIES),
    polarity=st.sampled_from(["affirmed", "negated"]),
)
READS = st.lists(
    st.tuples(
        st.lists(CLAIMS, max_size=4),
        st.sampled_from([None, "2020-01-01", "2020-01-05", "2021-01-01", "x"]),
        st.integers(0, 3),
    ),
    max_size=8,
)


@settings(deadline=None, max_examples=60)
@given(made=READS, seed=st.integers(0, 1000))
def test_the_order_of_documents_does_not_matter(made, seed):
    reports = [report(f"d{i}", day, *claims, text=text_of(t, 60)) for i, (claims, day, t) in enumerate(made)]
    found = told(*reports)
    shuffled = list(reports)
    random.Random(seed).shuffle(shuffled)
    assert told(*shuffled) == found
    names = [n for s in found for n in s.documents]
    assert len(names) == len(set(names))
    assert all(len(s.documents) > 1 for s in found)


def test_many_documents_take_no_more_than_their_number(monkeypatch):
    def steps(count: int) -> int:
        rng = random.Random(count)
        reports = []
        for i in range(count):
            day = (date(2020, 1, 1) + timedelta(days=rng.randrange(30))).isoformat()
            body = text_of(rng.randrange(4), 80)
            reports.append(report(f"d{i:05}", day, claim("withdraw", "2020-01-15"), claim("sign", "1990"), text=body))
        taken = 0
        find = Union.find

        def counting(self, i):
            nonlocal taken
            taken += 1
            return find(self, i)

        with monkeypatch.context() as patch:
            patch.setattr(Union, "find", counting)
            found = told(*reports)
        assert sum(len(s.documents) for s in found) == count
        return taken

    # documents that are all alike are the worst case: comparing all with all would take sixteen times the steps
    assert steps(1200) < 6 * steps(300)
