"""Dates as written in Chinese text: a year and the month or stretch that follows it are one."""

from __future__ import annotations

import re

from msgspec.structs import replace

from tallyroom.quantities.date_readers_zh import READERS
from tallyroom.quantities.date_words_zh import date_words
from tallyroom.quantities.moments import Clock, Moment, each_moment

PUT_BEFORE = re.compile(r"\s*的?")


def dates_zh(text: str, clock: Clock) -> list[Moment]:
    """Return the dates as written; a year and the month or stretch that follows it are one."""
    dates: list[Moment] = []
    for moment in each_moment(date_words().date, READERS, text, clock):
        if dates and _goes_before(dates[-1], moment, text):
            moment = _put_year(dates.pop(), moment)
        elif dates and _names_same_year(dates[-1], moment):
            moment = replace(moment, start=dates.pop().start)
        dates.append(moment)
    return dates


def _goes_before(year: Moment, moment: Moment, text: str) -> bool:
    """True for a bare year right before a month, a stretch of months or 全年."""
    if not (year.year is not None or year.lost) or year.months or year.edge or year.kind:
        return False
    partial = moment.year is None and moment.fixed is None and not moment.lost
    whole = moment.kind == "same_year" and text[moment.start : moment.end] == "全年"
    adjacent = PUT_BEFORE.fullmatch(text, year.end, moment.start) is not None
    return partial and adjacent and bool(moment.months or whole)


def _names_same_year(word: Moment, moment: Moment) -> bool:
    """True for 同年8月, whose year the context gives."""
    adjacent = word.kind == "same_year" and word.end == moment.start
    return adjacent and bool(moment.months) and moment.year is None


def _put_year(year: Moment, moment: Moment) -> Moment:
    months = (1, 12) if moment.kind else moment.months
    return replace(
        moment, start=year.start, year=year.year, months=months, anchored=year.anchored, lost=year.lost,
        present=year.present, kind=None, weak=False,
    )  # fmt: skip
