"""The ends of a form, against elimination; the rows that force them; the least change of one figure."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from linear_systems import can_hold, exact_range, systems
from tallyroom.algebra.linear import Budget, LinearBounds, bounding, bounds, contradictions, smallest_change
from tallyroom.algebra.linear.certificates import forces
from tallyroom.algebra.linear.results import Step
from tallyroom.algebra.linear.screen import Hint
from tallyroom.algebra.system import Range, Row, System

FORMS = st.sampled_from([((0, 1),), ((1, 1),), ((0, 1), (1, -1)), ((0, 2), (1, 1)), ((0, -1),)])
SCREENED = Budget(exact_terms=0)


@settings(max_examples=250)
@given(systems(odd=True), FORMS)
def test_bounds_are_those_of_elimination_with_open_ends_told(
    system: System, form: tuple[tuple[int, int], ...]
) -> None:
    assume(can_hold(system))

    found = bounds(system, form)

    assert found.range == exact_range(system, form)
    assert found.unsolved is None


@settings(max_examples=150)
@given(systems(odd=True), FORMS)
def test_bounds_by_the_screen_are_the_same_where_they_are_said_to_be_the_best(
    system: System, form: tuple[tuple[int, int], ...]
) -> None:
    assume(can_hold(system))

    found, true = bounds(system, form, SCREENED), exact_range(system, form)

    if found.unsolved is None:
        assert found.range == true
    assert found.low is None or (true.low is not None and found.low <= true.low)
    assert found.high is None or (true.high is not None and found.high >= true.high)


@settings(max_examples=150)
@given(systems(), FORMS)
def test_the_rows_of_an_end_force_it_and_each_of_them_is_needed(
    system: System, form: tuple[tuple[int, int], ...]
) -> None:
    assume(can_hold(system))

    found = bounds(system, form)

    alone = exact_range(System(system.variables, tuple(system.rows[row] for row in found.high_rows)), form)
    assert (alone.high, alone.high_open) == (found.high, found.high_open)
    for dropped in found.high_rows:
        rest = tuple(system.rows[row] for row in found.high_rows if row != dropped)
        wider = exact_range(System(system.variables, rest), form)
        assert (wider.high, wider.high_open) != (found.high, found.high_open)


def test_drugs_besides_those_of_two_provinces() -> None:
    """1.31 tons in all and 1.08 of them in two provinces: what is left lies between 0.22 and 0.24 tons."""
    whole, part = Range(1305, 1315, False, True), Range(1075, 1085, False, True)
    tie = Row(((0, 1), (1, -1), (2, -1)), Range(0, 0))
    system = System(3, (Row(((0, 1),), whole), Row(((1, 1),), part), tie))

    assert bounds(system, ((2, 1),)) == LinearBounds(220, 240, True, True, (0, 1, 2), (0, 1, 2))


def test_a_form_that_nothing_ties_is_without_end() -> None:
    system = System(3, (Row(((0, 1),), Range(4, 5)),))

    assert bounds(system, ((2, 1),)).range == Range(0, None)
    assert bounds(system, ((0, 1), (2, -1))).range == Range(None, 5)


def test_rows_that_cannot_hold_leave_no_bounds_but_only_where_they_hang_together() -> None:
    system = System(
        2, (Row(((0, 1),), Range(4, 5)), Row(((0, 1),), Range(6, 7)), Row(((1, 1),), Range(1, 2)))
    )

    assert bounds(system, ((0, 1),)).refutation is not None
    assert bounds(system, ((1, 1),)).range == Range(1, 2)


def test_a_budget_that_does_not_suffice_leaves_ends_that_hold() -> None:
    tie = Row(((0, 1), (1, -1), (2, -1)), Range(0, 0))
    system = System(3, (Row(((0, 1),), Range(10, 11)), Row(((1, 1),), Range(4, 5)), tie))

    found = bounds(system, ((2, 1),), Budget(work=0))

    assert found.unsolved is not None
    assert found.low is None or found.low <= 5
    assert found.high is None or found.high >= 7


@pytest.mark.parametrize("rows", [(), (0,), (0, 2)])
def test_rows_that_the_solver_names_in_error_give_no_wrong_end(
    rows: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounding, "ask", lambda *_, **__: Hint((1.0, 1.0, 1.0), rows))
    tie = Row(((0, 1), (1, -1), (2, -1)), Range(0, 0))
    system = System(3, (Row(((0, 1),), Range(10, 11)), Row(((1, 1),), Range(4, 5)), tie))

    found = bounds(system, ((2, 1),), SCREENED)

    assert found.unsolved is not None
    assert found.low is None or found.low <= 5
    assert found.high is None or found.high >= 7


def test_a_sum_that_proves_less_forces_nothing() -> None:
    system = System(2, (Row(((0, 1),), Range(5, 9, True)), Row(((1, 1),), Range(1, 4))))

    assert forces(system, {0: 1}, 5, True, [Step(0, "low", 1)])
    assert not forces(system, {0: 1}, 6, False, [Step(0, "low", 1)])
    assert not forces(system, {1: 1}, 1, True, [Step(1, "low", 1)])
    assert not forces(system, {0: 1, 1: -1}, 5, False, [Step(0, "low", 1)])
    assert not forces(system, {0: 1}, Fraction(5), False, [Step(0, "low", 2)])


def test_the_smallest_change_is_where_the_others_let_a_figure_lie() -> None:
    rows = (
        Row(((0, 1),), Range(8657, 8657)),
        Row(((1, 1),), Range(8567, 8567)),
        Row(((0, 1), (1, -1)), Range(0, 0)),
    )
    system = System(2, rows)

    assert smallest_change(system, 1) == Range(8657, 8657)
    assert smallest_change(system, 0) == Range(8567, 8567)


def test_no_change_of_one_figure_helps_where_the_others_cannot_hold() -> None:
    rows = tuple(Row(((0, 1),), Range(value, value)) for value in (1, 2, 3))

    assert smallest_change(System(1, rows), 0) is None
    assert smallest_change(System(1, rows), 0, among=(0, 1)) == Range(2, 2)


@given(systems())
def test_a_changed_figure_lets_the_others_of_its_set_stand(system: System) -> None:
    for found in contradictions(system).sets:
        for claim in found.claims:
            reach = smallest_change(system, claim, found.rows)
            assert reach is not None
            rest = [row for row in found.rows if row != claim]
            changed = System(
                system.variables, (*(system.rows[row] for row in rest), Row(system.rows[claim].terms, reach))
            )
            assert can_hold(changed)
