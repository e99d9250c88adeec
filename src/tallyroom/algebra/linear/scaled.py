"""A system as whole numbers: half-rows `sum >= least` and ends of single variables, quick to propagate over.

All ends are multiplied by one number that makes them whole, and an open end is drawn in by a small amount. So a point
that fulfils the scaled rows fulfils the true ones; that the scaled ones have no point proves nothing.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable

from tallyroom.algebra.system import Row, System

DRAWN_IN = 1 << 20
"""The part of a unit by which an open end is drawn in."""
Terms = tuple[tuple[int, int], ...]
Half = tuple[Terms, int, int]
"""The sum of the terms is at least a number; the row that says so."""
Pin = tuple[int, int, int | None, int | None]
"""A row of one term: the row, the variable, where it must lie."""


class Scaled:
    """The rows of a system in whole numbers of `1 / unit`, made once for many decisions over subsets of the rows."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.variables = system.variables
        self.unit = _unit(system.rows)
        self.pins: list[Pin] = []
        self.halves: list[Half] = []
        self.raised: list[list[int]] = [[] for _ in range(system.variables)]
        """For each variable the half-rows that a higher low end of it tightens."""
        self.lowered: list[list[int]] = [[] for _ in range(system.variables)]
        for number, row in enumerate(system.rows):
            self._add(number, row)

    def _add(self, number: int, row: Row) -> None:
        low, high = self._ends(row)
        if len(row.terms) == 1:
            self.pins.append(_pin(number, row.terms[0], low, high))
            return
        if low is not None:
            self._add_half((row.terms, low, number))
        if high is not None:
            self._add_half((tuple([(variable, -times) for variable, times in row.terms]), -high, number))

    def _ends(self, row: Row) -> tuple[int | None, int | None]:
        unit, within = self.unit, row.within
        low = None if within.low is None else int(within.low * unit) + within.low_open
        high = None if within.high is None else int(within.high * unit) - within.high_open
        return low, high

    def _add_half(self, half: Half) -> None:
        at = len(self.halves)
        self.halves.append(half)
        for variable, times in half[0]:
            (self.lowered if times > 0 else self.raised)[variable].append(at)

    def box(self, rows: Collection[int]) -> Box:
        """Where each variable lies by those of `rows` that have one term, and by being at least 0."""
        box = Box(self.variables)
        for row, variable, low, high in self.pins:
            if row in rows:
                box.pin(row, variable, low, high)
        return box

    def on(self, rows: Collection[int]) -> list[bool]:
        """For each half-row whether its row is among `rows`."""
        return [row in rows for _, _, row in self.halves]


class Box:
    """Ends of all variables, and the rows of one term that set them (-1 for none)."""

    def __init__(self, variables: int) -> None:
        self.low: list[int] = [0] * variables
        self.high: list[int | None] = [None] * variables
        self.low_by = [-1] * variables
        self.high_by = [-1] * variables
        self.crossed = -1
        """A variable whose ends leave nothing between them, or -1."""

    def pin(self, row: int, variable: int, low: int | None, high: int | None) -> None:
        """Draw the ends of a variable in."""
        if low is not None and low > self.low[variable]:
            self.low[variable], self.low_by[variable] = low, row
        top = self.high[variable]
        if high is not None and (top is None or high < top):
            self.high[variable], self.high_by[variable] = high, row
        top = self.high[variable]
        if top is not None and top < self.low[variable]:
            self.crossed = variable


def _unit(rows: Iterable[Row]) -> int:
    unit, is_open = 1, False
    for row in rows:
        within = row.within
        for end in (within.low, within.high):
            if end is not None and type(end) is not int:
                unit = math.lcm(unit, end.denominator)
        is_open = is_open or within.low_open or within.high_open
        if len(row.terms) == 1 and row.terms[0][1] not in (1, -1):
            unit = math.lcm(unit, row.terms[0][1])
    return unit * DRAWN_IN if is_open else unit


def _pin(number: int, term: tuple[int, int], low: int | None, high: int | None) -> Pin:
    variable, times = term
    if times < 0:
        low, high = None if high is None else -high, None if low is None else -low
        times = -times
    if times != 1:  # an open end may not divide: drawn in a little more, it still does
        low = None if low is None else -(-low // times)
        high = None if high is None else high // times
    return number, variable, low, high
