"""Dates as written in English text, each with the words beside it that change it: first half of, Mon."""

from __future__ import annotations

import re

from msgspec.structs import replace

from tallyroom.quantities.calendar import add_months, months_from
from tallyroom.quantities.date_readers_en import READERS
from tallyroom.quantities.date_words_en import date_words
from tallyroom.quantities.moments import Clock, Edge, Moment, each_moment

PARTS = {"early": (1, 10), "mid": (11, 20), "late": (21, 0)}

OF_YEAR = re.compile(r"\s*,?\s*(?:of|in|for|during)?\s*(?:the\s+)?")
SPACE = re.compile(r"\s*\(?")
YEAR_FIRST = re.compile(r"(?:['’]s)?,?\s*(?:the\s+)?")
PUT_BEHIND = re.compile(r"\s*\(")
AFTER_WEEKDAY = re.compile(r"\s*[,(]?\s*(?:the\s+)?")


def dates_en(text: str, clock: Clock) -> list[Moment]:
    """Return the dates as written, each with the words beside it that change it."""
    dates: list[Moment] = []
    for moment in each_moment(date_words().date, READERS, text, clock):
        while dates and (merged := _merged(dates[-1], moment, text)):
            dates.pop()
            moment = merged
        dates.append(moment)
    return dates


def _merged(before: Moment, after: Moment, text: str) -> Moment | None:
    """Return both as one date where the first changes or completes the second; None where they are two."""
    if after.kind is not None or before.kind is not None:
        return None
    if PUT_BEHIND.fullmatch(text, before.end, after.start) and text.startswith(")", after.end):
        return _told_again(before, after)
    role, _, how = before.role.partition(" ")
    if role == "edge" and before.end == after.start:
        return _at_edge(before, after, how)
    if role == "part" and before.end == after.start:
        return _in_part(before, after, how)
    if role == "weekday":
        dated = after.is_day and after.fixed is None  # Tuesday, 9 September; Tuesday 9th
        gap = AFTER_WEEKDAY.fullmatch(text, before.end, after.start)
        return replace(after, start=before.start) if dated and gap else None
    return _with_year(before, after, text)


def _told_again(day: Moment, behind: Moment) -> Moment | None:
    """`yesterday (October 16)` is the date, and `October 16 (Thursday)` too; else they are two."""
    if not day.is_day or not behind.is_day:
        return None
    if behind.role == "weekday":
        return replace(day, end=behind.end + 1)
    return replace(behind, start=day.start, end=behind.end + 1) if day.anchored else None


def _at_edge(before: Moment, after: Moment, how: str) -> Moment | None:
    edge: Edge = "end" if how == "end" else "start"
    if after.fixed is not None:
        day = after.fixed[1] if how == "end" else after.fixed[0]
        return replace(after, start=before.start, fixed=(day, day), edge=edge, role="")
    if after.months is None:
        return replace(after, start=before.start, edge=edge, weak=False)
    days = after.days or ((0, 0) if how == "end" else (1, 1))
    return replace(after, start=before.start, days=days, edge=edge, weak=False)


def _in_part(before: Moment, after: Moment, how: str) -> Moment:
    single = after.months is not None and after.months[0] == after.months[1] and after.days is None
    if single and how in PARTS:
        return replace(after, start=before.start, days=PARTS[how], weak=False)
    return replace(after, start=before.start, kind="undated", weak=False)


def _with_year(before: Moment, after: Moment, text: str) -> Moment | None:
    gap = before.end, after.start
    if _is_year(after) and _lacks_year(before) and OF_YEAR.fullmatch(text, *gap):
        return _put_year(before, after, before.start, after.end)
    if before.role == after.role == "fiscal" and before.anchored and SPACE.fullmatch(text, *gap):
        return replace(after, start=before.start)
    if _is_year(before) and after.is_stretch and YEAR_FIRST.fullmatch(text, *gap):
        return _put_year(after, before, before.start, after.end)
    return None


def _is_year(moment: Moment) -> bool:
    whole = moment.months is None and moment.days is None and not moment.edge
    return whole and (moment.year is not None or moment.role in ("fiscal", "relative year"))


def _lacks_year(moment: Moment) -> bool:
    return moment.months is not None and moment.year is None and moment.fixed is None and not moment.lost


def _put_year(stretch: Moment, year: Moment, start: int, end: int) -> Moment:
    """Put a stretch into a year; months of a fiscal year count from its own beginning."""
    if year.fixed is not None and stretch.months is not None and not stretch.is_stretch:
        within = year.fixed[0].year + (stretch.months[0] < year.fixed[0].month)
        return replace(stretch, start=start, end=end, year=within, anchored=year.anchored, weak=False)
    if year.fixed is not None and stretch.months is not None:
        first = add_months(year.fixed[0], stretch.months[0] - 1)
        fixed = months_from(first, stretch.months[1] - stretch.months[0] + 1)
        return Moment(start, end, fixed=fixed, anchored=year.anchored)
    return replace(
        stretch, start=start, end=end, year=year.year, anchored=year.anchored, lost=year.lost, present=year.present,
        weak=False, role="",
    )  # fmt: skip
