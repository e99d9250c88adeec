"""Ends of intervals as whole numbers, exact and quick to compare and to add.

A value is counted on a grid of 10^-18 of its unit; twice that number, plus one for a low end that is not reached (minus
one for such a high end), is its end. So a low end may lie at most at a high end, and no end needs a flag beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction

from tallyroom.algebra.system import Number, Range

DIGITS = 18
GRID = 10**DIGITS
_WIDE = Context(prec=200)


def low_end(value: Decimal | None, is_open: bool) -> int:
    """The end of a measure that is never negative; what lies between two points of the grid is rounded away from it."""
    if value is None or value < 0:
        return 0
    return 2 * int(value.scaleb(DIGITS, _WIDE).to_integral_value(ROUND_FLOOR)) + is_open


def high_end(value: Decimal | None, is_open: bool) -> int | None:
    """The high end; None is without end."""
    if value is None:
        return None
    return 2 * int(value.scaleb(DIGITS, _WIDE).to_integral_value(ROUND_CEILING)) - is_open


def added(ends: Iterable[int]) -> int:
    """The low end of a sum: not reached where one of them is not."""
    total, is_open = 0, 0
    for end in ends:
        total += end >> 1
        is_open |= end & 1
    return 2 * total + is_open


def range_of(low: int, high: int | None) -> Range:
    """Both ends as a range of exact numbers."""
    top = None if high is None else _number((high + 1) >> 1)
    return Range(_number(low >> 1), top, bool(low & 1), high is not None and bool(high & 1))


def _number(steps: int) -> Number:
    whole, rest = divmod(steps, GRID)
    return whole if not rest else Fraction(steps, GRID)
