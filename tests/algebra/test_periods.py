"""Periods of one place: the smallest around one, and families that lie side by side, against plain definitions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tallyroom.algebra.cells import Days
from tallyroom.algebra.periods import around, begun, grows, order, sides

DAYS = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(lambda pair: (min(pair), max(pair)))
SPANS = st.sets(DAYS, min_size=1, max_size=12).map(lambda found: sorted(found, key=order))


def contains(whole: Days, part: Days, *, growth: bool) -> bool:
    inside = whole[0] <= part[0] and part[1] <= whole[1]
    return inside and (growth or not grows(part, whole))


@given(SPANS, DAYS, st.booleans(), st.booleans())
def test_the_nearest_periods_around_one_are_those_that_contain_no_other(
    spans: list[Days], part: Days, growth: bool, itself: bool
) -> None:
    inside = [span for span in spans if contains(span, part, growth=growth) and (itself or span != part)]
    nearest = {
        span
        for span in inside
        if not any(one != span and contains(span, one, growth=growth) for one in inside)
    }

    count = begun([order(span) for span in spans], part[0])
    longest = max((last - first + 1 for first, last in spans), default=0)
    found = around(spans, count, part, longest=longest, growth=growth, itself=itself)
    assert set(found) == nearest


@given(SPANS)
def test_periods_side_by_side_lie_inside_their_whole_and_share_no_day(spans: list[Days]) -> None:
    for side in sides(tuple(spans)):
        first, last = spans[side.whole]
        days = [day for n in side.parts for day in range(spans[n][0], spans[n][1] + 1)]

        assert len(side.parts) > 1
        assert len(days) == len(set(days))
        assert set(days) <= set(range(first, last + 1))
        assert side.full == (set(days) == set(range(first, last + 1)))


def test_a_month_after_a_series_makes_up_its_next_point() -> None:
    to_july, august, to_august = (1, 31), (32, 62), (1, 62)
    spans = tuple(sorted((to_july, august, to_august), key=order))

    (side,) = sides(spans)

    assert side.full
    assert spans[side.whole] == to_august
    assert {spans[n] for n in side.parts} == {to_july, august}
