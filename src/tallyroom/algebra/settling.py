"""Settling a few cells exactly while all others stay as they are: where that goes, a point is found for all.

Where it does not go, the refutation names the cells around the few that would have to move. They are taken in, and so
on: only what a partition really hangs on is looked at, however large the record is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from tallyroom.algebra.holding import Holding
from tallyroom.algebra.linear.deciding import consistent
from tallyroom.algebra.linear.results import Budget, Refutation, Witness
from tallyroom.algebra.system import Number, Range, Row, System
from tallyroom.algebra.ties import Sum, Ties

MOST, ROUNDS = 1_200, 60
"""So many cells are moved at most, taken in in so many rounds."""
_BUDGET = Budget(work=400_000)
Levels = Callable[[int], int]
"""Gives the low end that a cell has at the point."""


def settle(holding: Holding, ties: Ties, at: Levels, least: Levels, start: int) -> dict[int, int] | None:
    """Find levels of a cell and of as few around it as it takes, such that all their ties hold.

    Args:
        at: The level of each cell at a point that fulfils all ties but full sums.
        least: The lowest level that each cell can have.

    Returns:
        The levels, as low ends; None where none were found. An end that is not reached is kept one step of the grid
        away, so that no level is open.
    """
    cells = dict.fromkeys((start, *(part for one in ties.sums(start) if one.full for part in one.parts)))
    for _ in range(ROUNDS):
        variable = {cell: number for number, cell in enumerate(cells)}
        rows = list(_Rows(holding, ties, at, least, variable).all())
        found = consistent(System(len(variable), tuple(row for row, _ in rows)), _BUDGET)
        if isinstance(found, Witness):
            return _levels(found, variable)
        if not isinstance(found, Refutation):
            return None
        more = {cell: None for row in found.rows for cell in rows[row][1] if cell not in cells}
        if not more or len(cells) + len(more) > MOST:
            return None
        cells.update(more)
    return None


def _levels(found: Witness, variable: dict[int, int]) -> dict[int, int] | None:
    levels = {cell: _level(found.values[number]) for cell, number in variable.items()}
    return None if None in levels.values() else {cell: level or 0 for cell, level in levels.items()}


def _level(value: Number) -> int | None:
    return None if isinstance(value, Fraction) else 2 * value


_Bound = tuple[Row, tuple[int, ...]]
"""A row over the cells that move, and the cells outside whose levels it takes for given though they could move."""


class _Rows:
    """The rows of a few cells in steps of the grid, with what is outside as constants."""

    def __init__(
        self, holding: Holding, ties: Ties, at: Levels, least: Levels, variable: dict[int, int]
    ) -> None:
        self._held, self._ties, self._at, self._least = holding, ties, at, least
        self._variable = variable

    def all(self) -> Iterator[_Bound]:
        for cell, number in self._variable.items():
            yield self._own(cell, number)
            for part in self._ties.down[cell]:
                if part in self._variable:
                    yield self._row(cell, Sum("", (part,)))
            for whole in self._ties.up[cell]:
                if whole not in self._variable:
                    yield self._row(whole, Sum("", (cell,)))
        for whole in self._wholes():
            for one in self._ties.sums(whole):
                if whole in self._variable or any(part in self._variable for part in one.parts):
                    yield self._row(whole, one)

    def _own(self, cell: int, number: int) -> _Bound:
        """What the claims of a cell and its parts outside leave to it."""
        top, low = self._held.high[cell], _up(self._held.low[cell])
        loose: tuple[int, ...] = ()
        for part in self._ties.down[cell]:
            if part not in self._variable and _up(self._at(part)) > low:
                low, loose = _up(self._at(part)), self._raised(part)
        return Row(((number, 1),), Range(low, None if top is None else top >> 1)), loose

    def _raised(self, cell: int) -> tuple[int, ...]:
        return (cell,) if self._at(cell) > self._least(cell) else ()

    def _wholes(self) -> list[int]:
        found = dict.fromkeys(self._variable)
        for cell in self._variable:
            found.update(dict.fromkeys(sorted(self._ties.summed_in.get(cell, ()))))
        return list(found)

    def _row(self, whole: int, one: Sum) -> _Bound:
        outside = [part for part in one.parts if part not in self._variable]
        terms = [(self._variable[part], -1) for part in one.parts if part in self._variable]
        least = sum(_up(self._at(part)) for part in outside)
        loose = outside if one.full else [cell for part in outside for cell in self._raised(part)]
        if whole in self._variable:
            terms.append((self._variable[whole], 1))
        else:
            least -= self._at(whole) >> 1
            loose.append(whole)
        return Row(tuple(terms), Range(least, least if one.full else None)), tuple(loose)


def _up(end: int) -> int:
    """A low end in steps of the grid; one that is not reached is one step higher."""
    return (end >> 1) + (end & 1)
