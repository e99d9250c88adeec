"""Date arithmetic: stretches of days from years, months, weeks; both ends are included everywhere."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date

Days = tuple[date, date]
"""The first and the last day of a stretch, both included."""


def one_day(year: int, month: int, day: int) -> date | None:
    """Return the day, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def days_of_months(year: int, first: int, last: int) -> Days | None:
    """Return the stretch from month `first` to month `last` of a year; None for months that do not exist."""
    if not (MINYEAR <= year <= MAXYEAR and 1 <= first <= last <= 12):
        return None
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def days_of_years(first: int, last: int) -> Days | None:
    """Return the stretch of whole calendar years; None where the years are out of order or reach."""
    if not MINYEAR <= first <= last <= MAXYEAR:
        return None
    return date(first, 1, 1), date(last, 12, 31)


def days_within_month(year: int, month: int, first: int, last: int) -> Days | None:
    """Return days of one month. A `last` of 0 is the month's last day, and so is a `first` of 0."""
    if not (MINYEAR <= year <= MAXYEAR and 1 <= month <= 12):
        return None
    length = monthrange(year, month)[1]
    start, end = one_day(year, month, first or length), one_day(year, month, last or length)
    return (start, end) if start and end and start <= end else None


def add_months(day: date, months: int) -> date:
    """Return the same day some months away, or the last day of a month that is too short for it."""
    index = min(max(day.year * 12 + day.month - 1 + months, MINYEAR * 12), MAXYEAR * 12 + 11)
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def add_days(day: date, days: int) -> date:
    """Return the day some days away, held within the calendar."""
    ordinal = min(max(day.toordinal() + days, 1), date.max.toordinal())
    return date.fromordinal(ordinal)


def months_from(start: date, months: int) -> Days:
    """Return the stretch of so many months that begins on `start`: 17 from 2015-01-01 end 2016-05-31."""
    return start, add_days(add_months(start, months), -1)


def months_until(end: date, months: int) -> Days:
    """Return the stretch of so many months that ends on `end`: the year to 2022-03-31 begins 2021-04-01."""
    after = add_days(end, 1)
    return add_months(after, -months), end


def week_of(day: date, weeks: int = 0) -> Days:
    """Return Monday to Sunday of the week of `day`, or of a week that lies `weeks` away."""
    monday = add_days(day, 7 * weeks - day.weekday())
    return monday, add_days(monday, 6)


def month_of(day: date, months: int = 0) -> Days:
    """Return the whole month of `day`, or of a month that lies `months` away."""
    first = add_months(day.replace(day=1), months)
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def quarter_of(day: date, quarters: int = 0) -> Days:
    """Return the whole calendar quarter of `day`, or of one that lies `quarters` away."""
    first = add_months(date(day.year, (day.month - 1) // 3 * 3 + 1, 1), 3 * quarters)
    return months_from(first, 3)


def weekday_before(day: date, weekday: int, *, strictly: bool = False) -> date:
    """Return the latest such weekday (Monday is 0) at or before `day`; before it, where `strictly`."""
    back = (day.weekday() - weekday) % 7
    return add_days(day, -(back or (7 if strictly else 0)))


def latest_month_day(published: date, month: int, day: int) -> date | None:
    """Return the latest day of that month and day that is not after `published`; None if there is none.

    29 February is looked for in the last eight years.
    """
    candidates = (one_day(published.year - back, month, day) for back in range(9))
    return next((found for found in candidates if found and found <= published), None)


def latest_day_number(published: date, day: int) -> date | None:
    """Return the latest day with that number in its month that is not after `published`."""
    months = (add_months(published.replace(day=1), -back) for back in range(4))
    candidates = (one_day(first.year, first.month, day) for first in months)
    return next((found for found in candidates if found and found <= published), None)


def fiscal_days(year: int, starts: str) -> Days | None:
    """Return the twelve months that begin in `year` on `starts`, a month and day such as `10-01`."""
    month, _, day = starts.partition("-")
    start = one_day(year, int(month), int(day)) if month.isdigit() and day.isdigit() else None
    return months_from(start, 12) if start else None
