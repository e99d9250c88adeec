"""Chosen rows of a system in the exact simplex: open ends by infinitesimals, conflicts as sums of rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tallyroom.algebra.linear.certificates import Germ
from tallyroom.algebra.linear.results import Side, Step, plain, ratio
from tallyroom.algebra.linear.simplex import Conflict, Ends, Level, Simplex
from tallyroom.algebra.system import Number, Range, System

Cause = tuple[int, Side, Number]
"""The row an end comes from, which of its ends that is, and how many of it make one of the variable."""


class Exact:
    """The rows in a tableau. Only variables that occur in them take part; the others may be 0.

    `form` is a linear form that `greatest` raises.
    """

    def __init__(
        self, system: System, rows: Sequence[int], work: int, form: Mapping[int, Number] | None = None
    ) -> None:
        self.system = system
        used = {variable for row in rows for variable, _ in system.rows[row].terms} | set(form or ())
        self.variables = sorted(used)
        self.place = {variable: number for number, variable in enumerate(self.variables)}
        self.columns: list[Ends] = [((0, 0), None)] * len(self.variables)
        self.causes: dict[tuple[int, bool], Cause] = {}
        lines = [row for row in rows if len(system.rows[row].terms) != 1]
        for row in rows:
            if len(system.rows[row].terms) == 1:
                self._pin(row)
        table = [self._line(row, number) for number, row in enumerate(lines, start=len(self.variables))]
        if form is not None:
            table.append(({self.place[v]: times for v, times in form.items() if times}, (None, None)))
        self.goal = len(self.variables) + len(table) - 1
        self.simplex = Simplex(self.columns, table, work)

    def _pin(self, row: int) -> None:
        ((variable, times),) = self.system.rows[row].terms
        low, high = _levels(self.system.rows[row].within)
        sides: tuple[Side, Side] = ("low", "high") if times > 0 else ("high", "low")
        if times < 0:
            low, high = high, low
        number = self.place[variable]
        self._draw(number, False, _over(low, times), (row, sides[0], ratio(1, abs(times))))
        self._draw(number, True, _over(high, times), (row, sides[1], ratio(1, abs(times))))

    def _draw(self, number: int, is_high: bool, level: Level | None, cause: Cause) -> None:
        if level is None:
            return
        low, high = self.columns[number]
        now = high if is_high else low
        if now is None or (level < now if is_high else level > now):
            self.columns[number] = (low, level) if is_high else (level, high)
            self.causes[number, is_high] = cause

    def _line(self, row: int, number: int) -> tuple[dict[int, Number], Ends]:
        self.causes[number, False] = (row, "low", 1)
        self.causes[number, True] = (row, "high", 1)
        terms: dict[int, Number] = {
            self.place[variable]: times for variable, times in self.system.rows[row].terms
        }
        return terms, _levels(self.system.rows[row].within)

    def feasible(self) -> tuple[Step, ...] | None:
        """The sum of rows that refutes the system; None where the tableau stands at a solution."""
        conflict = self.simplex.feasible()
        return None if conflict is None else self._steps(conflict)

    def greatest(self) -> tuple[Level, tuple[Step, ...]] | None:
        """The greatest level of the form and the rows that hold it there; None where nothing does."""
        holding = self.simplex.maximize(self.goal)
        return None if holding is None else (self.simplex.level[self.goal], self._steps(holding))

    def _steps(self, conflict: Conflict) -> tuple[Step, ...]:
        times_of: dict[tuple[int, Side], Number] = {}
        for variable, is_high, times in conflict:
            cause = self.causes.get((variable, is_high))
            if cause is not None:  # otherwise it is the promise that no variable is negative
                row, side, worth = cause
                times_of[row, side] = times_of.get((row, side), 0) + times * worth
        return tuple(Step(row, side, plain(times)) for (row, side), times in sorted(times_of.items()))

    def germ(self) -> Germ:
        """Where the tableau stands, for all variables of the system."""
        point: list[Number] = [0] * self.system.variables
        drift: list[Number] = [0] * self.system.variables
        for number, variable in enumerate(self.variables):
            point[variable], drift[variable] = self.simplex.level[number]
        return point, drift


def _levels(within: Range) -> Ends:
    low = None if within.low is None else (within.low, int(within.low_open))
    high = None if within.high is None else (within.high, -int(within.high_open))
    return low, high


def _over(level: Level | None, times: int) -> Level | None:
    return None if level is None else (ratio(level[0], times), ratio(level[1], times))
