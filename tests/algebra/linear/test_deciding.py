"""Whether a system can hold, against elimination; and that what a solver says in error is not believed."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings

from linear_systems import can_hold, systems
from tallyroom.algebra.linear import Budget, Refutation, Unsolved, Witness, consistent, screen
from tallyroom.algebra.linear.certificates import holds_at, refutes
from tallyroom.algebra.linear.results import Decision, Step
from tallyroom.algebra.linear.screen import Hint
from tallyroom.algebra.linear.solving import solve_exactly
from tallyroom.algebra.system import Range, Row, System

SCREENED = Budget(exact_terms=0)


def is_proved(system: System, decision: Decision) -> bool:
    if isinstance(decision, Witness):
        return holds_at(system, range(len(system.rows)), decision.values)
    return isinstance(decision, Refutation) and refutes(system, decision.steps)


@settings(max_examples=300)
@given(systems(odd=True))
def test_what_can_hold_is_decided_as_elimination_decides_it(system: System) -> None:
    decision = consistent(system)

    assert isinstance(decision, Witness) == can_hold(system)
    assert is_proved(system, decision)


@settings(max_examples=150)
@given(systems(odd=True))
def test_the_exact_simplex_alone_decides_the_same(system: System) -> None:
    decision = solve_exactly(system, range(len(system.rows)), Budget())

    assert isinstance(decision, Witness) == can_hold(system)
    assert is_proved(system, decision)


@settings(max_examples=100)
@given(systems(odd=True))
def test_with_the_screen_before_it_the_answer_is_the_same(system: System) -> None:
    assert isinstance(consistent(system, SCREENED), Witness) == can_hold(system)


def test_an_open_end_is_not_reached() -> None:
    """The end of July: 近27万 goes below 270,000, and 27万余 lies above it."""
    nearly, odd = Range(260_000, 270_000, False, True), Range(270_000, 280_000, True, True)
    claims = [Row(((0, 1),), nearly), Row(((1, 1),), odd)]

    same = System(2, (*claims, Row(((0, 1), (1, -1)), Range(0, 0))))
    touching = System(
        2, (*claims[:1], Row(((1, 1),), Range(270_000, None)), Row(((0, 1), (1, -1)), Range(0, 0)))
    )

    assert isinstance(consistent(same), Refutation)
    assert isinstance(consistent(touching), Refutation)


def test_what_open_ends_leave_between_them_is_found_however_small() -> None:
    small = Fraction(1, 10**12)
    rows = (Row(((0, 1),), Range(1, 1 + small, True, True)), Row(((0, 1), (1, -1)), Range(0, 0)))

    decision = consistent(System(2, rows))

    assert isinstance(decision, Witness)
    assert 1 < decision.values[1] < 1 + small


def chain(length: int) -> System:
    """A part of a part of a part: each below the next by an open end, and a whole with room for half of them."""
    ties = [Row(((place + 1, 1), (place, -1)), Range(1, None, True)) for place in range(length)]
    return System(length + 1, (*ties, Row(((length, 1),), Range(None, length // 2))))


def test_a_component_beyond_its_budget_is_left_unsolved_and_said_to_be() -> None:
    decision = consistent(chain(40), Budget(rows=10))

    assert isinstance(decision, Unsolved)
    assert (decision.rows, decision.variables) == (41, 41)
    assert "larger than its budget" in decision.what


def test_work_beyond_the_budget_is_left_unsolved_and_said_to_be() -> None:
    decision = solve_exactly(chain(40), range(41), Budget(work=10))

    assert isinstance(decision, Unsolved)
    assert "out of work" in decision.what


def squares(size: int, whole: int) -> System:
    """A table of cells from 0 to 1, its rows and columns adding up to `whole` each: no tree."""
    cells = {(row, column): row * size + column for row in range(size) for column in range(size)}
    lines = [[cells[row, column] for column in range(size)] for row in range(size)]
    lines += [[cells[row, column] for row in range(size)] for column in range(size)]
    limits = [Row(((cell, 1),), Range(0, 1)) for cell in cells.values()]
    sums = [Row(tuple((cell, 1) for cell in line), Range(whole, whole)) for line in lines]
    return System(size * size, (*limits, *sums))


def test_a_large_table_is_decided_by_the_screen_and_verified() -> None:
    system = squares(60, 29)

    decision = consistent(system)

    assert isinstance(decision, Witness)
    assert holds_at(system, range(len(system.rows)), decision.values)


def test_a_large_table_that_cannot_hold_is_refuted_by_few_of_its_rows() -> None:
    table = squares(40, 19)
    whole = Row(tuple((cell, 1) for cell in range(1600)), Range(761, None))
    system = System(1600, (*table.rows, whole))

    decision = consistent(system)

    assert isinstance(decision, Refutation)
    assert refutes(system, decision.steps)
    assert len(decision.rows) == 41


@pytest.mark.parametrize("point", [(0.0, 0.0), (5.0, 5.0), (1e300, 1.0)])
def test_a_wrong_point_of_the_solver_is_not_believed(
    point: tuple[float, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen, "ask", lambda *_, **__: Hint(point, ()))
    system = System(2, (Row(((0, 1), (1, 1)), Range(3, 3)), Row(((0, 1), (1, -1)), Range(1, 1))))

    decision = screen.decide_by_screen(system, (0, 1), SCREENED)
    final = consistent(system, SCREENED)

    assert decision is None
    assert final == Witness((2, 1))


def test_a_false_alarm_of_the_solver_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen, "ask", lambda *_, **__: Hint(None, (0, 1)))
    system = System(2, (Row(((0, 1), (1, 1)), Range(3, 3)), Row(((0, 1), (1, -1)), Range(1, 1))))

    assert screen.decide_by_screen(system, (0, 1), SCREENED) is None


@pytest.mark.parametrize(
    "steps",
    [
        (Step(0, "low", 1),),
        (Step(0, "low", 1), Step(1, "high", 2)),
        (Step(0, "low", -1), Step(1, "high", -1)),
        (Step(1, "low", 1), Step(0, "high", 1)),
    ],
)
def test_a_sum_that_proves_nothing_is_no_refutation(steps: tuple[Step, ...]) -> None:
    system = System(1, (Row(((0, 1),), Range(5, 9)), Row(((0, 1),), Range(1, 4))))

    assert refutes(system, (Step(0, "low", 1), Step(1, "high", 1)))
    assert not refutes(system, steps)


def test_the_solver_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    consistent(squares(12, 5), SCREENED)

    assert capfd.readouterr() == ("", "")
