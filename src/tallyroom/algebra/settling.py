"""Settling a few cells exactly while all around them stay as they are: where that goes, a point is found for all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from fractions import Fraction

from tallyroom.algebra.holding import Holding
from tallyroom.algebra.linear.deciding import consistent
from tallyroom.algebra.linear.results import Budget, Witness
from tallyroom.algebra.system import Number, Range, Row, System
from tallyroom.algebra.ties import Ties

_BUDGET = Budget(work=400_000)


def settle(
    holding: Holding, ties: Ties, at: Callable[[int], int], cells: Collection[int]
) -> dict[int, int] | None:
    """Find levels of some cells that fulfil all their ties, those to other cells at `at` among them.

    Returns:
        The levels, as low ends; None where none were found. An end that is not reached is kept one step of the grid
        away, so that no level is open.
    """
    variable = {cell: number for number, cell in enumerate(cells)}
    rows = tuple(_Rows(holding, ties, at, variable).all())
    found = consistent(System(len(variable), rows), _BUDGET)
    if not isinstance(found, Witness):
        return None
    levels = {cell: _level(found.values[number]) for cell, number in variable.items()}
    return None if None in levels.values() else {cell: level or 0 for cell, level in levels.items()}


def _level(value: Number) -> int | None:
    return None if isinstance(value, Fraction) else 2 * value


class _Rows:
    """The rows of a few cells in steps of the grid, with what is outside as constants."""

    def __init__(
        self, holding: Holding, ties: Ties, at: Callable[[int], int], variable: dict[int, int]
    ) -> None:
        self._held, self._ties, self._at, self._variable = holding, ties, at, variable

    def all(self) -> Iterator[Row]:
        for cell, number in self._variable.items():
            top = self._held.high[cell]
            outside = (_up(self._at(part)) for part in self._ties.down[cell] if part not in self._variable)
            low = max([_up(self._held.low[cell]), *outside])
            yield Row(((number, 1),), Range(low, None if top is None else top >> 1))
            for part in self._ties.down[cell]:
                if part in self._variable:
                    yield from self._row(cell, (part,), full=False)
            for whole in self._ties.up[cell]:
                if whole not in self._variable:
                    yield from self._row(whole, (cell,), full=False)
        for whole in self._wholes():
            for one in self._ties.sums(whole):
                if whole in self._variable or any(part in self._variable for part in one.parts):
                    yield from self._row(whole, one.parts, full=one.full)

    def _wholes(self) -> list[int]:
        found = dict.fromkeys(self._variable)
        for cell in self._variable:
            found.update(dict.fromkeys(sorted(self._ties.summed_in.get(cell, ()))))
        return list(found)

    def _row(self, whole: int, parts: tuple[int, ...], *, full: bool) -> Iterator[Row]:
        terms = [(self._variable[part], -1) for part in parts if part in self._variable]
        least = sum(_up(self._at(part)) for part in parts if part not in self._variable)
        if whole in self._variable:
            terms.append((self._variable[whole], 1))
        else:
            least -= self._at(whole) >> 1
        yield Row(tuple(terms), Range(least, least if full else None))


def _up(end: int) -> int:
    """A low end in steps of the grid; one that is not reached is one step higher."""
    return (end >> 1) + (end & 1)
