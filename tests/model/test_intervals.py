"""What intervals have in common, against a slow way to say the same: by trying points."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tallyroom.model import Interval
from tallyroom.model.intervals import EVERYTHING, meet, meet_all, minus

ENDS = st.none() | st.integers(0, 6).map(Decimal)
POINTS = [Decimal(number) / 4 for number in range(-8, 41)]


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = draw(ENDS), draw(ENDS)
    if low is not None and high is not None and low > high:
        low, high = high, low
    closed = low is not None and low == high
    return Interval(
        low,
        high,
        low is None or (not closed and draw(st.booleans())),
        high is None or (not closed and draw(st.booleans())),
    )


def holds(interval: Interval, point: Decimal) -> bool:
    above = interval.low is None or point > interval.low or (point == interval.low and not interval.low_open)
    below = (
        interval.high is None or point < interval.high or (point == interval.high and not interval.high_open)
    )
    return above and below


@given(intervals(), intervals())
def test_two_intervals_meet_where_both_hold(one: Interval, other: Interval) -> None:
    both = meet(one, other)

    for point in POINTS:
        assert (holds(one, point) and holds(other, point)) == (both is not None and holds(both, point))


@given(intervals(), intervals())
def test_a_difference_holds_every_difference(one: Interval, other: Interval) -> None:
    gap = minus(one, other)

    for point in POINTS:
        for less in POINTS:
            if holds(one, point) and holds(other, less):
                assert holds(gap, point - less)


def test_nothing_in_particular_is_everything_and_three_may_meet_in_nothing() -> None:
    low, middle, high = (Interval(Decimal(at), Decimal(at + 2)) for at in (0, 1, 3))

    assert meet_all([]) == EVERYTHING
    assert meet_all([low, middle]) == Interval(Decimal(1), Decimal(2))
    assert meet_all([low, middle, high]) is None
