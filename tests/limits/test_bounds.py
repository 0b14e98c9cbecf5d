"""Bounds hold the truth, shrink as records join, and are the same by closed form and linear program."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.limits.bounds import Forest
from servanda.limits.cells import Box
from servanda.limits.conflict import irreducible
from servanda.limits.program import solve
from servanda.model.errors import InputError
from tests.limits.worlds import boxes, laminar, observe, record, total, worlds

WHOLE: Box = (7, 3, 3, 3, 1)


def inside(bounds, value):
    low_ok = bounds.low is None or bounds.low <= value
    return low_ok and (bounds.high is None or value <= bounds.high)


@given(worlds, st.lists(boxes(), max_size=6), boxes())
@settings(max_examples=80)
def test_bounds_hold_the_truth(world, seen, target):
    bounds = Forest(observe(world, seen)).bounds(target)
    assert not bounds.conflict
    assert inside(bounds, total(world, target))


@given(worlds, st.lists(boxes(), min_size=1, max_size=5), boxes(), st.integers(1, 4))
@settings(max_examples=60)
def test_intervals_hold_the_truth_too(world, seen, target, slack):
    bounds = Forest(observe(world, seen, slack)).bounds(target)
    assert not bounds.conflict
    assert inside(bounds, total(world, target))


@given(worlds, st.lists(boxes(), min_size=1, max_size=5), boxes(), boxes())
@settings(max_examples=60)
def test_bounds_shrink_as_records_join(world, seen, more, target):
    few = Forest(observe(world, seen)).bounds(target)
    many = Forest(observe(world, [*seen, more])).bounds(target)
    if few.low is not None:
        assert many.low >= few.low
    if few.high is not None:
        assert many.high is not None
        assert many.high <= few.high


@given(worlds, st.lists(boxes(), min_size=1, max_size=7), boxes())
@settings(max_examples=80)
def test_closed_form_and_linear_program_agree(world, seen, target):
    members = observe(world, laminar(seen))
    forest = Forest(members)
    assert all(t.closed for t in forest.trees)
    closed = forest.bounds(target)
    touched = [m for t in forest.trees if t.touches(target) for m in t.nodes]
    if not touched:
        assert closed.low is None
        return
    program = solve(touched, target)
    assert (closed.low, closed.high) == (program.low, program.high)


@given(worlds, st.lists(boxes(), min_size=1, max_size=6), st.data())
@settings(max_examples=60)
def test_a_conflict_is_irreducible(world, seen, data):
    members = observe(world, seen)
    spoiled = data.draw(st.integers(0, len(members) - 1))
    wrong, box = members[spoiled]
    members[spoiled] = (record("wrong", (wrong.value or 0) + data.draw(st.integers(1, 50))), box)
    bounds = Forest(members).bounds(WHOLE)
    if not bounds.conflict:
        return
    chosen = [m for m in members if m[0] in bounds.conflict]

    def feasible(some):
        return not Forest(some).bounds(WHOLE).conflict if some else True

    assert not feasible(chosen)
    for member in chosen:
        assert feasible([m for m in chosen if m is not member])


def test_two_totals_that_differ_are_named_both():
    members = [(record("a", 10), WHOLE), (record("b", 11), WHOLE), (record("c", 3), (1, 1, 1, 1, 1))]
    bounds = Forest(members).bounds(WHOLE)
    assert {r.id for r in bounds.conflict} == {"a", "b"}


def test_parts_above_the_whole_name_only_those_needed():
    whole = (7, 1, 1, 1, 1)
    parts = [(record(f"p{i}", n), (1 << i, 1, 1, 1, 1)) for i, n in enumerate((9, 1, 0))]
    bounds = Forest([(record("whole", 5), whole), *parts]).bounds(whole)
    assert {r.id for r in bounds.conflict} == {"whole", "p0"}


def test_overlapping_records_go_to_the_program():
    a, b = (3, 1, 1, 1, 1), (6, 1, 1, 1, 1)
    bounds = Forest([(record("a", 10), a), (record("b", 4), b)]).bounds((7, 1, 1, 1, 1))
    assert not bounds.exact_method
    assert (bounds.low, bounds.high) == (10, 14)


def test_no_record_is_no_data_and_an_uncovered_cell_no_upper_bound():
    assert Forest([]).bounds(WHOLE).low is None
    bounds = Forest([(record("a", 10), (1, 1, 1, 1, 1))]).bounds((3, 1, 1, 1, 1))
    assert (bounds.low, bounds.high) == (10, None)


def test_what_is_assumed_empty_narrows_the_bounds():
    members = [(record("a", 10), (3, 1, 3, 1, 1))]
    target = (1, 1, 1, 1, 1)
    assert Forest(members).bounds(target).high == 10
    forbidden = ((1, 1), (2, 2))  # each keeps nothing on one of the two grounds
    assert Forest(members).bounds(target, forbidden).high == 0


def test_an_empty_box_holds_nothing():
    assert Forest([(record("a", 10), WHOLE)]).bounds((0, 1, 1, 1, 1)).high == 0


def test_records_of_one_kind_tell_nothing_of_another():
    tanks, guns = (7, 1, 3, 3, 1), (7, 2, 3, 3, 1)
    members = [(record("tanks", 10), tanks)]
    before = Forest(members).bounds(tanks)
    after = Forest([*members, (record("guns", 99), guns)]).bounds(tanks)
    assert (before.low, before.high) == (after.low, after.high)


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 1, 0], [1, 2, 0]])
def test_the_order_of_records_does_not_matter(order):
    members = [(record("a", 10), WHOLE), (record("b", 4), (1, 3, 3, 3, 1)), (record("c", 2), (1, 1, 3, 3, 1))]
    bounds = Forest([members[i] for i in order]).bounds((1, 2, 3, 3, 1))
    assert (bounds.low, bounds.high) == (2, 2)


def test_the_deletion_filter_keeps_nothing_it_does_not_need():
    members = [(record(str(n), n), (1, 1, 1, 1, 1)) for n in range(8)]
    found = irreducible(members, lambda some: len({m[0].value for m in some} & {3, 5}) < 2)
    assert {r.id for r in found} == {"3", "5"}


@given(worlds, st.lists(boxes(), min_size=1, max_size=4), st.lists(boxes(), max_size=4), boxes(), st.integers(0, 400))
@settings(max_examples=60)
def test_learning_about_other_categories_never_turns_a_verdict(world, seen, others, target, ceiling):
    from servanda.limits.judge import decide

    def only(box, category):
        return (box[0], category, *box[2:])

    mine = observe(world, [only(b, 1) for b in seen])
    theirs = [(record(f"o{i}", total(world, only(b, 2))), only(b, 2)) for i, b in enumerate(others)]
    before = decide(Forest(mine).bounds(only(target, 1)), ceiling)
    after = decide(Forest([*mine, *theirs]).bounds(only(target, 1)), ceiling)
    assert before is after


# --- many records -----------------------------------------------------------------------------------------


def test_ten_thousand_holders_are_asked_one_by_one():
    many = 10_000
    ground = (1 << 43) - 1
    forest = Forest([(record(f"h{i}", i % 7), (1 << i, 7, ground, 7, 7)) for i in range(many)])
    assert len(forest.trees) == many
    start = time.process_time()
    for i in range(many):
        found = forest.bounds((1 << i, 7, ground, 7, 7))
        assert found.low == found.high == i % 7
        assert [r.id for r in found.binding] == [f"h{i}"]
    assert forest.bounds(((1 << many) - 1, 7, ground, 7, 7)).low == sum(i % 7 for i in range(many))
    assert time.process_time() - start < 10  # it grew with the square before, to minutes


def test_five_thousand_sites_under_one_total():
    sites, kinds = 5_000, 5
    ground = (1 << sites) - 1
    parts = [(record(f"s{i}-{k}", k), (1, 1 << k, 1 << i, 7, 7)) for i in range(sites) for k in range(kinds)]
    whole = record("total", sum(r.value for r, _ in parts))
    forest = Forest([*parts, (whole, (1, 31, ground, 7, 7))])
    (tree,) = forest.trees
    assert tree.closed
    assert [forest.bounds((1, 1 << k, ground, 7, 7)).low for k in range(kinds)] == [k * sites for k in range(kinds)]
    missing = Forest([*parts[1:], (whole, (1, 31, ground, 7, 7))])
    alone = missing.bounds((1, 1, 1, 7, 7))
    assert (alone.low, alone.high) == (0, 0)
    assert whole in alone.binding


def test_a_conflict_among_three_hundred_overlapping_records_is_irreducible():
    rng = random.Random(3)
    world = [rng.randint(0, 9) for _ in range(40)]
    members = []
    for i in range(300):
        mask = rng.getrandbits(40) | 1
        true = sum(world[k] for k in range(40) if mask >> k & 1)
        members.append((record(f"r{i}", true + (i == 150)), (mask, 1, 1, 1, 1)))
    start = time.process_time()
    found = Forest(members).bounds(((1 << 40) - 1, 1, 1, 1, 1))
    assert time.process_time() - start < 5  # near 0.2 s; a wide margin for slow machines
    chosen = [m for m in members if m[0] in found.conflict]
    assert "r150" in {r.id for r, _ in chosen}
    assert Forest(chosen).bounds(((1 << 40) - 1, 1, 1, 1, 1)).conflict
    for member in chosen:
        rest = [m for m in chosen if m is not member]
        assert not Forest(rest).bounds(((1 << 40) - 1, 1, 1, 1, 1)).conflict


def test_more_ways_of_overlapping_than_can_be_solved_are_refused_in_one_line():
    rng = random.Random(4)
    members = []
    for i in range(2_000):
        box = tuple(rng.getrandbits(width) | 1 for width in (30, 11, 43, 3, 3))
        members.append((record(f"r{i}", None, 1, 9), box))
    with pytest.raises(InputError, match="too many to solve together") as error:
        Forest(members).bounds(((1 << 30) - 1, 1, 1, 1, 1))
    assert "\n" not in str(error.value)
