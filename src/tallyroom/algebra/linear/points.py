"""A point of a box that fulfils all half-rows: tried from the cheapest guess to the exact simplex."""

from __future__ import annotations

from collections.abc import Iterable

from tallyroom.algebra.linear.propagation import Propagation
from tallyroom.algebra.linear.results import Budget
from tallyroom.algebra.linear.scaled import Box, Half
from tallyroom.algebra.linear.simplex import Ends, OutOfWork, Simplex
from tallyroom.algebra.system import Number


def point_in(state: Propagation, budget: Budget) -> list[Number] | None:
    """A point that fulfils the half-rows of a propagation that came to its end; None where none was found."""
    at_rest: list[Number] = list(state.box.low)
    if all(_sum(half, at_rest) >= half[1] for half in _on(state)):
        return at_rest
    open_halves = [half for half in _on(state) if _least(half, state.box) < half[1]]
    return _solve_apart(open_halves, state.box, budget)


def _on(state: Propagation) -> Iterable[Half]:
    return (half for half, is_on in zip(state.scaled.halves, state.on, strict=True) if is_on)


def _sum(half: Half, values: list[Number]) -> Number:
    total: Number = 0
    for variable, times in half[0]:
        total += values[variable] * times
    return total


def _least(half: Half, box: Box) -> float:
    """The smallest sum that the box allows, exact unless it is without end: such a half-row always holds if large."""
    total = 0
    for variable, times in half[0]:
        end = box.low[variable] if times > 0 else box.high[variable]
        if end is None:
            return float("-inf")
        total += times * end
    return total


def _solve_apart(halves: list[Half], box: Box, budget: Budget) -> list[Number] | None:
    """Solve what still hangs together, each by itself: variables that are settled tie nothing."""
    values: list[Number] = list(box.low)
    for variables, part in parts(halves, box):
        solved = _solve(variables, part, box, budget)
        if solved is None:
            return None
        for variable, value in zip(variables, solved, strict=True):
            values[variable] = value
    return values


def parts(halves: list[Half], box: Box) -> list[tuple[list[int], list[Half]]]:
    """Groups of half-rows that share variables which are not settled, with all their unsettled variables."""
    leader: dict[int, int] = {}

    def find(variable: int) -> int:
        while (above := leader.setdefault(variable, variable)) != variable:
            leader[variable] = variable = leader[above]
        return variable

    free_of = [[v for v, _ in half[0] if box.low[v] != box.high[v]] for half in halves]
    for free in free_of:
        for variable in free[1:]:
            leader[find(variable)] = find(free[0])
    groups: dict[int, tuple[set[int], list[Half]]] = {}
    for half, free in zip(halves, free_of, strict=True):
        variables, members = groups.setdefault(find(free[0]) if free else -1, (set(), []))
        variables.update(free)
        members.append(half)
    return [(sorted(variables), members) for variables, members in groups.values()]


def _solve(variables: list[int], halves: list[Half], box: Box, budget: Budget) -> list[Number] | None:
    if sum(len(half[0]) for half in halves) > 2 * budget.exact_terms:
        return None
    place = {variable: number for number, variable in enumerate(variables)}
    columns: list[Ends] = [((box.low[v], 0), _level(box.high[v])) for v in variables]
    rows = [_row(half, place, box) for half in halves]
    simplex = Simplex(columns, rows, budget.work)
    try:
        if simplex.feasible() is not None:
            return None
    except OutOfWork:
        return None
    return [simplex.level[number][0] for number in range(len(variables))]


def _level(end: int | None) -> tuple[int, int] | None:
    return None if end is None else (end, 0)


def _row(half: Half, place: dict[int, int], box: Box) -> tuple[dict[int, Number], Ends]:
    terms, least, _ = half
    settled = sum(times * box.low[variable] for variable, times in terms if variable not in place)
    return {place[v]: times for v, times in terms if v in place}, ((least - settled, 0), None)
