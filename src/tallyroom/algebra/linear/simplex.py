"""An exact simplex over sparse rows, for the small systems that interval propagation leaves open.

Bounds are levels `(value, steps)`: a number and how many infinitely small steps it lies above it, so that an open end
is a closed one that is a step away. Where there is no solution, one row of the tableau tells why.

Source:
    B. Dutertre, L. de Moura, A fast linear-arithmetic solver for DPLL(T), CAV 2006 (the general simplex, strict
    bounds by infinitesimals); R. G. Bland, New finite pivoting rules for the simplex method, 1977 (why it ends).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tallyroom.algebra.linear.results import plain, ratio
from tallyroom.algebra.system import Number

Level = tuple[Number, Number]
Ends = tuple[Level | None, Level | None]
Conflict = tuple[tuple[int, bool, Number], ...]
"""Ends of variables (number, whether it is the high end, how many times) that add up to something impossible."""

HASTY = 300
"""Pivots that choose what fills the tableau least; after them Bland's rule, which cannot go in circles."""


class OutOfWork(Exception):
    """The budget of work is spent."""


class Simplex:
    """Variables with ends, of which the later ones are sums of the first: `columns`, then one for each of `rows`."""

    def __init__(
        self, columns: Sequence[Ends], rows: Sequence[tuple[Mapping[int, Number], Ends]], work: int
    ) -> None:
        self.work = work
        self.pivots = 0
        self.ends: list[Ends] = [*columns, *(ends for _, ends in rows)]
        self.level: list[Level] = [low or high or (0, 0) for low, high in columns]
        self.table: dict[int, dict[int, Number]] = {}
        self.users: list[set[int]] = [set() for _ in self.ends]
        for number, (terms, _) in enumerate(rows, start=len(columns)):
            self._add_row(number, dict(terms))

    def _add_row(self, number: int, terms: dict[int, Number]) -> None:
        self.table[number] = terms
        value: Number = 0
        steps: Number = 0
        for column, times in terms.items():
            self.users[column].add(number)
            at = self.level[column]
            value, steps = value + times * at[0], steps + times * at[1]
        self.level.append((plain(value), plain(steps)))

    def feasible(self) -> Conflict | None:
        """Move to a point within all ends: None where there is one, or else why there is none.

        Raises:
            OutOfWork: before either was found.
        """
        for variable, (low, high) in enumerate(self.ends):
            if low is not None and high is not None and low > high:
                return (variable, False, 1), (variable, True, 1)
        while (broken := self._broken()) is not None:
            row, short = broken
            column = self._entering(row, short)
            if column is None:
                return self._why(row, short)
            target = self.ends[row][0] if short else self.ends[row][1]
            assert target is not None
            self._move(row, column, target)
        return None

    def _broken(self) -> tuple[int, bool] | None:
        """The first basic variable outside its ends, and whether it lies below."""
        broken: tuple[int, bool] | None = None
        for row in self.table:
            if broken is not None and row > broken[0]:
                continue
            low, high = self.ends[row]
            if low is not None and self.level[row] < low:
                broken = row, True
            elif high is not None and self.level[row] > high:
                broken = row, False
        return broken

    def _free(self, column: int, up: bool) -> bool:
        end = self.ends[column][1 if up else 0]
        return end is None or (self.level[column] < end if up else self.level[column] > end)

    def _entering(self, row: int, up: bool) -> int | None:
        """A nonbasic variable that can move `row` up or down."""
        free = [column for column, times in self.table[row].items() if self._free(column, (times > 0) == up)]
        if not free:
            return None
        return (
            min(free)
            if self.pivots > HASTY
            else min(free, key=lambda column: (len(self.users[column]), column))
        )

    def _why(self, row: int, short: bool) -> Conflict:
        others = (
            (column, (times > 0) == short, size(times)) for column, times in sorted(self.table[row].items())
        )
        return ((row, not short, 1), *others)

    def _move(self, row: int, column: int, target: Level) -> None:
        """Bring `row` to `target` by moving `column`, and change their roles."""
        times = self.table[row][column]
        at = self.level[row]
        by = ratio(target[0] - at[0], times), ratio(target[1] - at[1], times)
        self._shift(column, by)
        self.level[row] = target
        self._pivot(row, column)

    def _shift(self, column: int, by: Level) -> None:
        at = self.level[column]
        self.level[column] = plain(at[0] + by[0]), plain(at[1] + by[1])
        for user in self.users[column]:
            times, at = self.table[user][column], self.level[user]
            self.level[user] = plain(at[0] + times * by[0]), plain(at[1] + times * by[1])

    def _pivot(self, row: int, column: int) -> None:
        terms = self.table.pop(row)
        times = terms.pop(column)
        solved: dict[int, Number] = {other: ratio(-by, times) for other, by in terms.items()}
        solved[row] = ratio(1, times)
        users = self.users[column]
        users.discard(row)
        self.users[column] = set()
        for other in terms:
            self.users[other].discard(row)
            self.users[other].add(column)
        self.users[row] = {column}
        self.table[column] = solved
        for user in users:
            self._replace(user, column, solved)
        self.pivots += 1
        self.work -= (len(users) + 1) * len(solved) + len(self.table)
        if self.work < 0:
            raise OutOfWork

    def _replace(self, user: int, column: int, solved: Mapping[int, Number]) -> None:
        terms = self.table[user]
        factor = terms.pop(column)
        for other, times in solved.items():
            new = plain(terms.get(other, 0) + factor * times)
            if new:
                terms[other] = new
                self.users[other].add(user)
            elif other in terms:
                del terms[other]
                self.users[other].discard(user)

    def maximize(self, goal: int) -> Conflict | None:
        """Raise the basic variable `goal`, which has no ends, as far as it goes, from a point within all ends.

        Returns:
            The ends that hold it where it then is, each with its times; None where nothing does.

        Raises:
            OutOfWork: before the end was reached.
        """
        while True:
            column = self._entering(goal, True)
            if column is None:
                return self._why(goal, True)[1:]
            up = self.table[goal][column] > 0
            step, row = self._farthest(column, up)
            if step is None:
                return None
            if row is None:
                self._shift(column, step if up else (-step[0], -step[1]))
                continue
            limit = self.ends[row][1 if (self.table[row][column] > 0) == up else 0]
            assert limit is not None
            self._move(row, column, limit)

    def _farthest(self, column: int, up: bool) -> tuple[Level | None, int | None]:
        """How far `column` can move, and which row stops it: None where its own end does."""
        own = self.ends[column][1 if up else 0]
        step = None if own is None else _apart(own, self.level[column], 1)
        stop: int | None = None
        for row in sorted(self.users[column]):
            times = self.table[row][column]
            end = self.ends[row][1 if (times > 0) == up else 0]
            if end is None:
                continue
            far = _apart(end, self.level[row], times)
            if step is None or far < step:
                step, stop = far, row
        return step, stop


def size(number: Number) -> Number:
    """The absolute value, which the type checker does not know of for both kinds of number."""
    return number if number >= 0 else -number


def _apart(end: Level, level: Level, times: Number) -> Level:
    times = size(times)
    far = ratio(end[0] - level[0], times), ratio(end[1] - level[1], times)
    return far if far >= (0, 0) else (-far[0], -far[1])
