"""Answers, faults and results as values."""

from __future__ import annotations

import json
from datetime import date

import pytest

from servanda.model.answer import Answer, Citation, Node, Statement
from servanda.model.errors import DataError, Fault, InputError, UnknownName
from servanda.model.limits import Applies, Limit
from servanda.model.results import Verdict
from servanda.model.vocabulary import ANY, Scope, VerdictKind


def limit(**changes):
    fields = {
        "id": "T 1",
        "cite": "T 1",
        "gist": "At most ten.",
        "scope": Scope.GROUP,
        "category": "tank",
        "zone": "area",
        "at_most": {ANY: 10, "active": 8},
        "applies": Applies(since=date(2000, 1, 1)),
        "source": ("S",),
    }
    return Limit(**{**fields, **changes})


def verdict(kind, low, high, posture=ANY):
    return Verdict(limit=limit(), scope="west", posture=posture, bound=10, low=low, high=high, verdict=kind)


@pytest.mark.parametrize(
    ("kind", "low", "high", "headroom", "room"),
    [
        (VerdictKind.WITHIN, 3, 7, 3, (3, 7)),
        (VerdictKind.EXCEEDED, 12, 15, -2, (-5, -2)),
        (VerdictKind.UNDETERMINED, 3, 15, None, (-5, 7)),
        (VerdictKind.UNDETERMINED, 3, None, None, (None, 7)),
        (VerdictKind.NO_DATA, None, None, None, (None, None)),
    ],
)
def test_headroom_is_told_only_where_it_is_known(kind, low, high, headroom, room):
    assert verdict(kind, low, high).headroom == headroom
    assert verdict(kind, low, high).headroom_range == room


def test_the_posture_names_the_verdict_where_a_clause_bounds_several():
    assert verdict(VerdictKind.WITHIN, 1, 1).id == "T 1"
    assert verdict(VerdictKind.WITHIN, 1, 1, "active").id == "T 1#active"


def test_a_tree_is_told_in_text_and_in_plain_data():
    leaf = Node(statement=Statement("{n} tanks are held", {"n": 33191}), sources=("FAS",), caveats=("recalled",))
    root = Node(
        statement=Statement("{scope} stands over the ceiling", {"scope": "east"}),
        citation=(Citation("cfe", "CFE IV.1(A)"),),
        because=(leaf,),
    )
    answer = Answer(kind="assess", value=None, data={}, node=root)
    text = answer.explain()
    assert "33,191 tanks are held" in text
    assert "[CFE IV.1(A)]" in text
    assert "! recalled" in text
    assert json.loads(json.dumps(root.as_dict()))["because"][0]["parts"] == {"n": 33191}
    assert [str(n.statement) for n in root.walk()] == ["east stands over the ceiling", "33,191 tanks are held"]


def test_errors_say_what_where_and_remedy():
    assert (
        str(InputError("no such file", where="x.csv", remedy="check the path")) == "x.csv: no such file; check the path"
    )
    assert "did you mean cfe" in str(UnknownName("instrument", "cef", ("cfe",)))
    fault = Fault(
        file="acts.yaml", line=7, record="rus-1", message="negative count", remedy="write it positive", article="T I"
    )
    assert str(fault) == "acts.yaml:7: rus-1: negative count (T I); write it positive"
    assert str(DataError([fault, fault])).count("\n") == 1
