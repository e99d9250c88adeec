"""Hints for large components from a solver in floating point: where a point may lie, which rows may matter.

Nothing it says is believed: a point is rounded and then verified, rows that it points at go through the exact
simplex. Where its hint does not hold, the answer is that there was no hint.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import msgspec

from tallyroom.algebra.linear.certificates import holds_at
from tallyroom.algebra.linear.results import Budget, Decision, Refutation, Witness, plain
from tallyroom.algebra.linear.solver import new_solver
from tallyroom.algebra.linear.solving import solve_exactly
from tallyroom.algebra.system import Number, Range, Row, System

GRID = 128
"""Open ends are drawn in by this part of a unit, and rounding goes to it."""
FAINT = 1e-9
"""A multiplier below this counts as none."""


class Hint(msgspec.Struct, frozen=True):
    """What the solver says: a point (None where it says that there is none), and the rows that it needed."""

    point: tuple[float, ...] | None
    rows: tuple[int, ...]


def decide_by_screen(system: System, rows: Sequence[int], budget: Budget) -> Decision | None:
    """Decide with the solver's hint: None where the hint was of no use."""
    hint = ask(system, rows, {}, draw_in=True)
    if hint is None:
        return None
    if hint.point is not None:
        return rounded(system, rows, hint.point)
    decision = solve_exactly(system, hint.rows, budget)
    return decision if isinstance(decision, Refutation) else None


def rounded(system: System, rows: Collection[int], point: Iterable[float]) -> Witness | None:
    """The point on the grid of the system's ends, if it fulfils all `rows` exactly."""
    grid = GRID * unit(system)
    values = tuple(plain(Fraction(max(0, round(value * grid)), grid)) for value in point)
    return Witness(values) if holds_at(system, rows, values) else None


def unit(system: System) -> int:
    """The least number that makes all ends whole."""
    ends = (end for row in system.rows for end in (row.within.low, row.within.high))
    return math.lcm(*{end.denominator for end in ends if end is not None})


def ask(system: System, rows: Sequence[int], form: Mapping[int, Number], draw_in: bool) -> Hint | None:
    """Ask HiGHS for the least value of `form`: None where it comes to no end."""
    import highspy

    columns = _columns(system, rows, draw_in)
    lines = [row for row in rows if len(system.rows[row].terms) != 1]
    solver = new_solver()
    solver.passModel(_model(system, lines, columns, form, draw_in))
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kOptimal:
        return _hint(system, solver, lines, columns, form)
    if status == highspy.HighsModelStatus.kInfeasible:
        return _ray(system, solver, lines, columns)
    return None


class Columns(msgspec.Struct):
    """The ends of all variables, and the rows of one term that set them (-1 for none)."""

    low: list[float]
    high: list[float]
    low_by: list[int]
    high_by: list[int]


def _columns(system: System, rows: Iterable[int], draw_in: bool) -> Columns:
    n = system.variables
    columns = Columns([0.0] * n, [math.inf] * n, [-1] * n, [-1] * n)
    step = 1 / (GRID * unit(system)) if draw_in else 0.0
    for row in rows:
        if len(system.rows[row].terms) != 1:
            continue
        ((variable, times),) = system.rows[row].terms
        low, high = sorted(end / times for end in ends(system.rows[row].within, step))
        if low > columns.low[variable]:
            columns.low[variable], columns.low_by[variable] = low, row
        if high < columns.high[variable]:
            columns.high[variable], columns.high_by[variable] = high, row
    return columns


def ends(within: Range, step: float) -> tuple[float, float]:
    """Both ends as floats, open ones drawn in by `step`."""
    low = -math.inf if within.low is None else float(within.low) + step * within.low_open
    high = math.inf if within.high is None else float(within.high) - step * within.high_open
    return low, high


def _model(
    system: System, lines: Sequence[int], columns: Columns, form: Mapping[int, Number], draw_in: bool
) -> Any:
    import highspy
    import numpy as np

    step = 1 / (GRID * unit(system)) if draw_in else 0.0
    rows = [system.rows[line] for line in lines]
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = system.variables, len(rows)
    model.col_cost_ = np.array([float(form.get(variable, 0)) for variable in range(system.variables)])
    model.col_lower_, model.col_upper_ = np.array(columns.low), np.array(columns.high)
    both = [ends(row.within, step) for row in rows]
    model.row_lower_ = np.array([low for low, _ in both])
    model.row_upper_ = np.array([high for _, high in both])
    matrix = model.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = np.array(_starts(rows))
    matrix.index_ = np.array([variable for row in rows for variable, _ in row.terms], dtype=np.int32)
    matrix.value_ = np.array([float(times) for row in rows for _, times in row.terms])
    return model


def _starts(rows: Iterable[Row]) -> list[int]:
    starts = [0]
    for row in rows:
        starts.append(starts[-1] + len(row.terms))
    return starts


def _hint(
    system: System, solver: Any, lines: Sequence[int], columns: Columns, form: Mapping[int, Number]
) -> Hint:
    solution = solver.getSolution()
    duals = list(solution.row_dual)
    costs = [float(form.get(variable, 0)) for variable in range(system.variables)]
    return Hint(tuple(solution.col_value), _rows(system, lines, columns, duals, costs))


def _ray(system: System, solver: Any, lines: Sequence[int], columns: Columns) -> Hint | None:
    _, exists, ray = solver.getDualRay()
    if not exists:
        return None
    return Hint(
        None, _rows(system, lines, columns, [float(times) for times in ray], [0.0] * system.variables)
    )


def _rows(
    system: System, lines: Sequence[int], columns: Columns, duals: Sequence[float], costs: list[float]
) -> tuple[int, ...]:
    """The rows with a multiplier, and those that hold the variables which the multipliers leave over."""
    used = [line for line, times in zip(lines, duals, strict=True) if abs(times) > FAINT]
    touched = {variable for line in used for variable, _ in system.rows[line].terms}
    touched.update(variable for variable, cost in enumerate(costs) if cost)
    pins = {by[variable] for variable in touched for by in (columns.low_by, columns.high_by)}
    return tuple(sorted(pins.union(used) - {-1}))
