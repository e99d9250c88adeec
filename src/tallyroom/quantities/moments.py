"""Dates as written, with what was left out, and how a text settles them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Literal

import msgspec

from tallyroom.quantities.calendar import (
    Days,
    add_days,
    days_of_months,
    days_of_years,
    days_within_month,
    latest_day_number,
    latest_month_day,
    one_day,
)

Kind = Literal[
    "range", "since", "stock", "until", "day",
    "same_period_last_year", "previous_year", "same_year", "undated",
]  # fmt: skip
Source = Literal["text", "published"]
Edge = Literal["", "start", "end"]

NARRATIVE_DAYS = 45
"""A day without a month follows the day named before it where that lies further back than this."""

EARLY_DAYS = 10
"""Figures of a stretch of months may be published so many days before it ends."""

SPEECH_DAYS = 7
"""A statement is published within so many days; a day named earlier is that of an event."""


class Clock(msgspec.Struct, frozen=True):
    """What a block's dates are read by: the day of publication, the year that the context last named, and
    the month and day on which the publisher's fiscal year begins (`10-01`)."""

    published: date | None = None
    year: int | None = None
    fiscal_year: str | None = None


class PeriodMention(msgspec.Struct, frozen=True, gc=False):
    """A period that a text names: `text[start:end]`, and the first and last day, both included.

    `source` is `published` where the date of publication was needed to work out either end.
    """

    start: int
    end: int
    kind: Kind
    first: date | None = None
    last: date | None = None
    source: Source = "text"


class Moment(msgspec.Struct, frozen=True, gc=False):
    """A date or stretch as written; what is not written is None.

    `months` and `days` are first and last (8月 is (8, 8), 前8个月 (1, 8), 上旬 days (1, 10)); day 0 is the
    last of the month. `fixed` is a stretch that needs nothing more. `edge` tells 年初, 月底, the end of.
    `anchored` means that the date of publication was used, `lost` that it was needed and not known:
    of a year that is `present` (今年) the text itself may tell which it is.
    A `weak` one counts only as part of a longer date (`may`, a bare 2021). A `role` names a word that changes
    the date beside it, with its `count`.
    """

    start: int
    end: int
    year: int | None = None
    months: tuple[int, int] | None = None
    days: tuple[int, int] | None = None
    fixed: Days | None = None
    edge: Edge = ""
    anchored: bool = False
    lost: bool = False
    present: bool = False
    kind: Kind | None = None
    weak: bool = False
    role: str = ""
    count: int = 0

    @property
    def is_year(self) -> bool:
        """True for a bare year."""
        return self.year is not None and self.months is None and not self.edge

    @property
    def is_stretch(self) -> bool:
        """True for a quarter, a half or several months of a year, which may lack the year."""
        return self.role in ("stretch", "months")

    @property
    def is_one(self) -> bool:
        """True for one year, month or day, which may begin a stretch; false for a stretch or an end."""
        several = any(pair and pair[0] != pair[1] for pair in (self.months, self.days))
        return not several and not self.edge

    @property
    def is_day(self) -> bool:
        """True for a single day."""
        if self.fixed is not None:
            return self.fixed[0] == self.fixed[1]
        return self.role == "day" or (self.days is not None and self.days[0] == self.days[1])


MomentReader = Callable[[re.Match[str], Clock], Moment | None]
"""Reads one match of a pattern of dates; None where it is no date after all."""


def each_moment(
    pattern: re.Pattern[str], readers: Mapping[str, MomentReader], text: str, clock: Clock
) -> Iterator[Moment]:
    """Yield what the reader named by the last group of each match makes of it, in order, without the Nones."""
    for found in pattern.finditer(text):
        reader = readers.get(found.lastgroup or "")
        moment = reader(found, clock) if reader else None
        if moment is not None:
            yield moment


class Settled(msgspec.Struct, frozen=True, gc=False):
    """A stretch of days, and whether the date of publication was used."""

    first: date
    last: date
    anchored: bool = False


class Timeline:
    """Settles the dates of one block in order, remembering the year and the day last named."""

    __slots__ = ("anchored", "day", "published", "told", "year")

    def __init__(self, clock: Clock) -> None:
        self.published, self.year = clock.published, clock.year
        self.anchored = False
        self.day: date | None = None
        self.told = clock.published
        """The day of the statement: of publication, or a day shortly before it on which somebody spoke."""

    def settle(self, moment: Moment) -> Settled | None:
        """Return the days of one moment, or None where neither text, context nor publication settles it."""
        if moment.fixed is not None:
            return Settled(*moment.fixed, moment.anchored)
        if moment.lost:
            return self._in_present_year(moment)
        if moment.year is not None:
            return _settled(days_in_year(moment, moment.year), moment.anchored)
        if moment.months is not None:
            return self._without_year(moment)
        return self._edge_of_year(moment) if moment.edge else self._day_number(moment)

    def _in_present_year(self, moment: Moment) -> Settled | None:
        """今年1月至6月 in a text without a day of publication is of the year that it named last."""
        if not moment.present or self.year is None or self.published is not None:
            return None
        return _settled(days_in_year(moment, self.year), False)

    def _edge_of_year(self, moment: Moment) -> Settled | None:
        """年初 and 年底 are of the year last named, or the latest before publication."""
        if self.year is not None:
            return _settled(days_in_year(moment, self.year), self.anchored)
        if self.published is None:
            return None
        found = days_in_year(moment, self.published.year)
        if found and found[0] > self.published:
            found = days_in_year(moment, self.published.year - 1)
        return _settled(found, True)

    def _without_year(self, moment: Moment) -> Settled | None:
        context = self.year if self.year is not None else (self.day.year if self.day else None)
        if context is not None:
            found = days_in_year(moment, context)
            if found and (self.published is None or _begins(moment, found) <= self.published):
                return Settled(*found, self.anchored)
        return self._latest(moment) if self.published else None

    def _latest(self, moment: Moment) -> Settled | None:
        """The latest such stretch that had begun by publication; 前8个月 had ended by then."""
        if self.published is None or moment.months is None:
            return None
        if moment.role == "months":
            return self._latest_months(moment, self.published)
        day = moment.days[0] if moment.days and not moment.edge else 1
        latest = latest_month_day(self.published, moment.months[0], day or 1)
        return _settled(days_in_year(moment, latest.year), True) if latest else None

    def _latest_months(self, moment: Moment, published: date) -> Settled | None:
        found = days_in_year(moment, published.year)
        if found and found[1] > add_days(published, EARLY_DAYS):
            found = days_in_year(moment, published.year - 1)
        return _settled(found, True)

    def _day_number(self, moment: Moment) -> Settled | None:
        if moment.days is None:
            return None
        latest = latest_day_number(self.published, moment.days[0]) if self.published else None
        follows = self._following(moment.days)
        distant = latest is None or (self.day is not None and (latest - self.day).days > NARRATIVE_DAYS)
        if follows and distant:
            return Settled(*follows, self.anchored)
        found = latest and days_within_month(latest.year, latest.month, *moment.days)
        return _settled(found or None, True)

    def _following(self, days: tuple[int, int]) -> Days | None:
        found = self.day and days_within_month(self.day.year, self.day.month, *days)
        return found if found and self.day and found[0] >= self.day else None

    def join(self, a: Moment, b: Moment) -> Settled | None:
        """Return the stretch from `a` to `b`, each taking from the other what it does not say."""
        a, b = _complete(a, b)
        return self._joined(a, b)

    def _joined(self, a: Moment, b: Moment) -> Settled | None:
        first = self.settle(a)
        if first is None:
            return None
        last = self.settle(_later(b, first.first) if b.year is None and b.fixed is None else b)
        if last is None or last.last < first.first:
            return None
        if a.year is None and a.months == (1, 1) and self.is_ahead(last.last):
            return self._joined(msgspec.structs.replace(a, year=first.first.year - 1, anchored=True), b)
        return Settled(first.first, last.last, first.anchored or last.anchored)

    def is_ahead(self, day: date) -> bool:
        """Figures since January run to a month that has ended; a campaign's dates may lie ahead."""
        return self.published is not None and day > add_days(self.published, EARLY_DAYS)

    def capped(self, found: Settled) -> Settled:
        """Return the stretch up to the day of the statement, where that falls within it."""
        if self.told is None or not found.first <= self.told < found.last:
            return found
        return Settled(found.first, self.told, True)

    def note(self, moment: Moment, found: Settled | None) -> None:
        """Remember the year and the day that a moment named, for those after it."""
        if found is None:
            return
        if moment.year is not None:
            self.year, self.anchored = moment.year, moment.anchored
        if moment.is_day:
            self.day, self.anchored = found.first, found.anchored

    def note_stretch(self, a: Moment, b: Moment, found: Settled) -> None:
        """Remember the year in which a stretch ended, and its last day."""
        if a.year is not None or b.year is not None:
            self.year, self.anchored = found.last.year, found.anchored
        if b.is_day:
            self.day, self.anchored = found.last, found.anchored

    def hear(self, day: date) -> None:
        """Take the day on which somebody spoke as that of the statement, if publication soon followed."""
        if self.published and 0 <= (self.published - day).days <= SPEECH_DAYS:
            self.told = day


def days_in_year(moment: Moment, year: int) -> Days | None:
    """Return the days of a moment in a given year, or None where the calendar has no such day."""
    if moment.months is None:
        return _edge_of_year(moment, year)
    first, last = moment.months
    if moment.days is not None:
        return days_within_month(year, first, *moment.days) if first == last else None
    return days_of_months(year, first, last)


def _edge_of_year(moment: Moment, year: int) -> Days | None:
    if moment.edge:
        month = 1 if moment.edge == "start" else 12
        day = one_day(year, month, 1 if moment.edge == "start" else 31)
        return (day, day) if day else None
    return days_of_years(year, year)


def _begins(moment: Moment, found: Days) -> date:
    """The end of a month may lie ahead of the day on which it is announced; its month has begun."""
    return found[0].replace(day=1) if moment.edge else found[0]


def _settled(found: Days | None, anchored: bool) -> Settled | None:
    return Settled(*found, anchored) if found else None


def _complete(a: Moment, b: Moment) -> tuple[Moment, Moment]:
    """Give each end of a range what the other says: 7月1日至6日, 17 to 23 May, 12 March to 2 April 2023."""
    if a.fixed or b.fixed:
        return a, b
    if b.months is None and b.days is not None and b.year is None:
        b = msgspec.structs.replace(b, months=a.months)
    if a.months is None and a.days is not None and a.year is None:
        a = msgspec.structs.replace(a, months=b.months)
    if a.months is None or b.months is None:
        return a, b
    turns = a.months[0] > b.months[1]
    if a.year is not None and b.year is None:
        b = msgspec.structs.replace(b, year=a.year + turns, anchored=a.anchored)
    elif b.year is not None and a.year is None:
        a = msgspec.structs.replace(a, year=b.year - turns, anchored=b.anchored)
    return a, b


def _later(moment: Moment, first: date) -> Moment:
    """Put the end of a range into the year of its beginning, or the next where it turns the year."""
    if moment.months is None:
        return moment
    return msgspec.structs.replace(moment, year=first.year + (moment.months[1] < first.month))
