"""Days as documents write them, complete with their year."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

import msgspec

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",),
            ("june", "jun"),
            ("july", "jul"), ("august", "aug"), ("september", "sept", "sep"), ("october", "oct"),
            ("november", "nov"), ("december", "dec"),
        ),
        1,
    )
    for name in names
}  # fmt: skip
_MONTH = "(?P<name>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_HAN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_HAN = "〇○零一二三四五六七八九十"
_FORMS = (
    r"(?P<era>中華民國|中华民国|民國|民国)\s?(?P<roc>\d{1,3})\s?年\s?(?P<m0>\d{1,2})\s?月\s?(?P<d0>\d{1,2})\s?[日号號]",
    r"(?P<y1>\d{4})\s?年\s?(?P<m1>\d{1,2})\s?月\s?(?P<d1>\d{1,2})\s?[日号號]",
    rf"(?P<y2>[{_HAN}]{{4}})年(?P<m2>[{_HAN}]{{1,3}})月(?P<d2>[{_HAN}]{{1,3}})[日号號]",
    r"(?<![\d./-])(?P<y3>(?:19|20)\d\d)(?P<sep>[-/.])(?P<m3>\d{1,2})(?P=sep)(?P<d3>\d{1,2})(?![\d]|[-/.]\d)",
    rf"(?<![\d.])(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?(?:\sof)?[\s-]{_MONTH},?[\s-](?P<y4>(?:19|20)\d\d)(?!\d)",
    rf"(?<![A-Za-z]){_MONTH.replace('name', 'name2')}\s(?P<d5>\d{{1,2}})(?:st|nd|rd|th)?,?\s"
    r"(?P<y5>(?:19|20)\d\d)(?!\d)",
    r"(?<![\d/.])(?P<a6>\d{1,2})(?P<sep6>[/.])(?P<b6>\d{1,2})(?P=sep6)(?P<y6>(?:19|20)\d\d)(?![\d/])",
)
_DAY = re.compile("|".join(_FORMS), re.IGNORECASE)

_YEAR = re.compile(r"(?:19|20)\d\d|民[國国]|[〇○零]")
"""What every day holds that has a year: it spares most lines the longer look."""


class Day(msgspec.Struct, frozen=True):
    """A day found in a text, and where: `text[start:end]`."""

    date: datetime.date
    start: int
    end: int


def find_days(words: str) -> Iterator[Day]:
    """Yield the complete days of a line, in order. A day that no calendar has is none."""
    if not _YEAR.search(words):
        return
    for found in _DAY.finditer(words):
        date = _date(found)
        if date is not None:
            yield Day(date, *found.span())


def read_day(words: str) -> datetime.date | None:
    """Read the first complete day in machine-written words: any form of ISO 8601, RFC 2822, or the above."""
    compact = re.match(r"\s*((?:19|20)\d\d)(\d\d)(\d\d)(?=T|\D|$|\d{4}(?:\d\d)?(?!\d))", words)
    if compact:
        return _calendar(*map(int, compact.groups()))
    return next((day.date for day in find_days(words.replace("T", " ", 1))), None)


def _date(found: re.Match[str]) -> datetime.date | None:
    group = found.groupdict()
    if group["roc"]:
        return _calendar(1911 + int(group["roc"]), int(group["m0"]), int(group["d0"]))
    if group["y2"]:
        return _calendar(_han_year(group["y2"]), _han_number(group["m2"]), _han_number(group["d2"]))
    if group["y4"]:
        return _calendar(int(group["y4"]), _MONTHS[group["name"].lower()], int(group["d4"]))
    if group["y5"]:
        return _calendar(int(group["y5"]), _MONTHS[group["name2"].lower()], int(group["d5"]))
    if group["y6"]:
        return _day_and_month(int(group["y6"]), int(group["a6"]), int(group["b6"]))
    which = "1" if group["y1"] else "3"
    return _calendar(*(int(group[part + which]) for part in "ymd"))


def _day_and_month(year: int, first: int, second: int) -> datetime.date | None:
    """Only one order is possible where a number is above 12 or both are equal; else nothing is guessed."""
    if first > 12 or first == second:
        return _calendar(year, second, first)
    return _calendar(year, first, second) if second > 12 else None


def _calendar(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day) if 1900 <= year < 2200 else None
    except ValueError:
        return None


def _han_year(words: str) -> int:
    digits = words.translate(_HAN_DIGITS)
    return int(digits) if digits.isdigit() else 0


def _han_number(words: str) -> int:
    """Read 一 to 三十一."""
    digits = words.translate(_HAN_DIGITS)
    if "十" not in digits:
        return int(digits)
    tens, _, ones = digits.partition("十")
    if "十" in ones:
        return 0
    return 10 * int(tens or 1) + int(ones or 0)
