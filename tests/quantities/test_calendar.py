"""Date arithmetic."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tallyroom.quantities import calendar

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


def test_a_stretch_of_months_ends_on_the_last_day_of_its_last_month() -> None:
    assert calendar.months_from(date(2015, 1, 1), 17) == (date(2015, 1, 1), date(2016, 5, 31))
    assert calendar.months_until(date(2022, 3, 31), 12) == (date(2021, 4, 1), date(2022, 3, 31))
    assert calendar.days_of_months(2024, 1, 2) == (date(2024, 1, 1), date(2024, 2, 29))


def test_a_month_that_is_too_short_gives_its_last_day() -> None:
    assert calendar.add_months(date(2023, 1, 31), 1) == date(2023, 2, 28)
    assert calendar.days_within_month(2023, 2, 21, 0) == (date(2023, 2, 21), date(2023, 2, 28))


def test_what_the_calendar_does_not_hold_is_none() -> None:
    assert calendar.one_day(2023, 2, 29) is None
    assert calendar.days_of_months(2023, 8, 13) is None
    assert calendar.days_within_month(2023, 13, 1, 2) is None
    assert calendar.fiscal_days(2023, "spring") is None


def test_a_week_runs_from_monday_to_sunday() -> None:
    assert calendar.week_of(date(2023, 9, 26)) == (date(2023, 9, 25), date(2023, 10, 1))
    assert calendar.week_of(date(2023, 9, 26), -1) == (date(2023, 9, 18), date(2023, 9, 24))


def test_a_fiscal_year_runs_for_twelve_months() -> None:
    assert calendar.fiscal_days(2021, "10-01") == (date(2021, 10, 1), date(2022, 9, 30))


@given(DAYS, st.integers(0, 6), st.booleans())
def test_the_latest_weekday_lies_within_the_last_seven_days(day: date, weekday: int, strictly: bool) -> None:
    found = calendar.weekday_before(day, weekday, strictly=strictly)

    assert found.weekday() == weekday
    assert timedelta(strictly) <= day - found <= timedelta(6 + strictly)


@given(DAYS, st.integers(1, 12), st.integers(1, 28))
def test_the_latest_such_day_is_less_than_a_year_back(day: date, month: int, number: int) -> None:
    found = calendar.latest_month_day(day, month, number)

    assert found is not None
    assert (found.month, found.day) == (month, number)
    assert timedelta(0) <= day - found < timedelta(366)


@given(st.dates(), st.integers(-30000, 30000))
def test_going_some_months_never_leaves_the_calendar(day: date, months: int) -> None:
    there = calendar.add_months(day, months)

    assert there.day <= day.day
    assert date.min <= there <= date.max
