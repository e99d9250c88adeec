"""A linear system over cells, exact: each cell's measure is a variable that is never negative."""

from __future__ import annotations

from fractions import Fraction

import msgspec

Number = int | Fraction


class Range(msgspec.Struct, frozen=True):
    """Where a measure lies. None is without end; an open end is not reached."""

    low: Number | None = 0
    high: Number | None = None
    low_open: bool = False
    high_open: bool = False


class Row(msgspec.Struct, frozen=True):
    """The sum of `terms` lies in an interval. A term is the number of a variable and its whole coefficient.

    A published figure is a row of one term; a tie between cells is a row of several (`whole - part >= 0`).
    """

    terms: tuple[tuple[int, int], ...]
    within: Range


class System(msgspec.Struct, frozen=True):
    """Rows over the variables 0 to `variables` - 1, each of them at least 0. No row says so: it always holds."""

    variables: int
    rows: tuple[Row, ...]
