"""What intervals have in common, and how far they lie apart."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from tallyroom.model.observation import Observation
from tallyroom.model.quantity import Interval

EVERYTHING = Interval(None, None, True, True)


def interval_of(row: Observation) -> Interval:
    """Return the interval that an observation states."""
    return Interval(row.low, row.high, row.low_open, row.high_open)


def meet(one: Interval, other: Interval) -> Interval | None:
    """Return what two intervals have in common; None where that is nothing.

    Examples:
        >>> from decimal import Decimal as D
        >>> meet(Interval(D(260), D(270), high_open=True), Interval(D(270), None))
        >>> found = meet(Interval(D(1305), D(1315)), Interval(D("1313.15"), D("1313.25")))
        >>> str(found.low), str(found.high)
        ('1313.15', '1313.25')
    """
    low, low_open = _higher(one, other)
    high, high_open = _lower(one, other)
    if low is not None and high is not None and (low > high or (low == high and (low_open or high_open))):
        return None
    return Interval(low, high, low_open, high_open)


def meet_all(intervals: Iterable[Interval]) -> Interval | None:
    """Return what all intervals have in common: everything where there are none, None where nothing."""
    found = EVERYTHING
    for interval in intervals:
        both = meet(found, interval)
        if both is None:
            return None
        found = both
    return found


def minus(one: Interval, other: Interval) -> Interval:
    """Return where the difference of two measures lies, each of which lies in its interval.

    Examples:
        >>> from decimal import Decimal as D
        >>> found = minus(Interval(D(1305), D(1315)), Interval(D(1075), D(1085)))
        >>> str(found.low), str(found.high)
        ('220', '240')
    """
    low = None if one.low is None or other.high is None else one.low - other.high
    high = None if one.high is None or other.low is None else one.high - other.low
    return Interval(
        low,
        high,
        low is None or one.low_open or other.high_open,
        high is None or one.high_open or other.low_open,
    )


def _higher(one: Interval, other: Interval) -> tuple[Decimal | None, bool]:
    """The higher of two low ends, and whether it is open; of two equal ones the open one."""
    ends = [(end.low, end.low_open) for end in (one, other) if end.low is not None]
    return max(ends) if ends else (None, True)


def _lower(one: Interval, other: Interval) -> tuple[Decimal | None, bool]:
    ends = [(end.high, end.high_open) for end in (one, other) if end.high is not None]
    return min(ends, key=lambda end: (end[0], not end[1])) if ends else (None, True)
