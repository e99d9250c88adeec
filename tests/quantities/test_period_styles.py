"""A stretch of days reads back from every style in which it is written; no text raises."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tallyroom.quantities.asides import find_asides
from tallyroom.quantities.periods import Clock, find_periods

NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
CHINESE = "〇一二三四五六七八九"
DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2040, 12, 31))
Style = Callable[[date, date], str]


def chinese(number: int) -> str:
    """A number below a hundred: 二十一."""
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else CHINESE[tens]) + ("十" if tens else "") + (CHINESE[ones] if ones else "")


def in_characters(day: date) -> str:
    year = "".join(CHINESE[int(digit)] for digit in str(day.year))
    return f"{year}年{chinese(day.month)}月{chinese(day.day)}日"


def in_digits(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def british(day: date) -> str:
    return f"{day.day} {NAMES[day.month - 1]} {day.year}"


def american(day: date) -> str:
    return f"{NAMES[day.month - 1]} {day.day}, {day.year}"


def short(day: date) -> str:
    name = NAMES[day.month - 1]
    return f"{name[:3] + '.' if len(name) > 4 else name} {day.day}, {day.year}"


STYLES: dict[str, tuple[str, Style]] = {
    "Chinese with 至": ("zh", lambda a, b: f"全省{in_digits(a)}至{in_digits(b)}破案"),
    "Chinese with 到": ("zh", lambda a, b: f"从{in_digits(a)}到{in_digits(b)},全省"),
    "Chinese with a dash": ("zh", lambda a, b: f"({in_digits(a)}—{in_digits(b)})"),
    "Chinese characters": ("zh", lambda a, b: f"{in_characters(a)}至{in_characters(b)}"),
    "Chinese with points": ("zh", lambda a, b: f"{a:%Y.%m.%d}-{b:%Y.%m.%d}"),
    "British": ("en", lambda a, b: f"held from {british(a)} to {british(b)} in all"),
    "American": ("en", lambda a, b: f"between {american(a)} and {american(b)}, agents"),
    "abbreviated": ("en", lambda a, b: f"({short(a)} - {short(b)})"),
    "ISO": ("en", lambda a, b: f"from {a} through {b}"),
    "indictment": ("en", lambda a, b: f"on or about {american(a)}, through on or about {american(b)},"),
}
WITHIN_A_YEAR: dict[str, tuple[str, Style]] = {
    "Chinese": ("zh", lambda a, b: f"{a.year}年{a.month}月{a.day}日至{b.month}月{b.day}日"),
    "British": ("en", lambda a, b: f"{a.day} {NAMES[a.month - 1]} to {british(b)}"),
    "American": ("en", lambda a, b: f"from {NAMES[a.month - 1]} {a.day} to {american(b)}"),
}
WITHIN_A_MONTH: dict[str, tuple[str, Style]] = {
    "Chinese": ("zh", lambda a, b: f"{a.year}年{a.month}月{a.day}日至{b.day}日"),
    "Chinese, dashed": ("zh", lambda a, b: f"{a.year}年{a.month}月{a.day}-{b.day}日"),
    "British": ("en", lambda a, b: f"from {a.day} to {british(b)}"),
    "British, dashed": ("en", lambda a, b: f"({a.day}-{british(b)})"),
    "American": ("en", lambda a, b: f"on {NAMES[a.month - 1]} {a.day}-{b.day}, {b.year}"),
}
MONTHS: dict[str, tuple[str, Style]] = {
    "Chinese": ("zh", lambda a, b: f"{a.year}年{a.month}月至{b.year}年{b.month}月"),
    "English": ("en", lambda a, b: f"from {NAMES[a.month - 1]} {a.year} to {NAMES[b.month - 1]} {b.year}"),
}


def only(text: str, lang: str, clock: Clock) -> tuple[date | None, date | None]:
    (found,) = find_periods(text, lang, clock)
    return found.first, found.last


@pytest.mark.parametrize("style", STYLES)
@given(first=DAYS, length=st.integers(1, 3000))
def test_a_stretch_of_days_reads_back(style: str, first: date, length: int) -> None:
    lang, write = STYLES[style]
    last = first + timedelta(length)

    assert only(write(first, last), lang, Clock()) == (first, last)


@pytest.mark.parametrize("style", WITHIN_A_YEAR)
@given(first=DAYS, last=DAYS)
def test_a_stretch_within_a_year_needs_the_year_once(style: str, first: date, last: date) -> None:
    assume(first.year != last.year or first < last)
    last = last.replace(year=first.year) if (last.month, last.day) != (2, 29) else first
    assume(first < last)
    lang, write = WITHIN_A_YEAR[style]

    assert only(write(first, last), lang, Clock()) == (first, last)


@pytest.mark.parametrize("style", WITHIN_A_MONTH)
@given(first=DAYS, day=st.integers(2, 28))
def test_a_stretch_within_a_month_needs_the_month_once(style: str, first: date, day: int) -> None:
    assume(first.day < day)
    lang, write = WITHIN_A_MONTH[style]
    last = first.replace(day=day)

    assert only(write(first, last), lang, Clock()) == (first, last)


@pytest.mark.parametrize("style", MONTHS)
@given(first=DAYS, length=st.integers(32, 3000))
def test_a_stretch_of_months_reads_back(style: str, first: date, length: int) -> None:
    lang, write = MONTHS[style]
    last = first + timedelta(length)
    after = (last.replace(day=1) + timedelta(31)).replace(day=1)

    assert only(write(first, last), lang, Clock()) == (first.replace(day=1), after - timedelta(1))


@given(published=DAYS, day=DAYS)
def test_a_day_without_a_year_is_never_ahead(published: date, day: date) -> None:
    for text, lang in ((f"{day.month}月{day.day}日", "zh"), (f"on {day.day} {NAMES[day.month - 1]}", "en")):
        first, last = only(text, lang, Clock(published=published))

        assert first == last
        assert first is None or (first <= published and (first.month, first.day) == (day.month, day.day))


CHINESE_PIECES = (
    "2022年 今年 去年 6月 25日 至 到 以来 截至 底 前8个月 同期 上半年 自 起 年 月 日 、 , 十四五 民国 114年"
)
OTHER_PIECES = (
    "第3号 36起 110 有期徒刑 岁 后 % in since may march 5 2023 to and between the year ending fy - / q1 first"
)
ENGLISH_PIECES = (
    "half of week last 31 february as end so far jailed for years section aged 40 $ 1,200 . ( ) 0 \ud800"
)
PIECES = st.sampled_from(f"{CHINESE_PIECES} {OTHER_PIECES} {ENGLISH_PIECES}".split(" "))


@given(
    text=st.one_of(
        st.text(max_size=60),
        st.lists(PIECES, max_size=14).map("".join),
        st.lists(PIECES, max_size=14).map(" ".join),
    ),
    lang=st.sampled_from(["zh", "zh-Hant", "en"]),
    published=st.none() | st.dates(),
    year=st.none() | st.integers(1, 9999),
    fiscal_year=st.sampled_from([None, "10-01", "04-01", "02-29", "x", ""]),
)
def test_no_text_raises_and_spans_stand_in_order(
    text: str, lang: str, published: date | None, year: int | None, fiscal_year: str | None
) -> None:
    done = 0
    for found in find_periods(text, lang, Clock(published, year, fiscal_year)):
        assert done <= found.start < found.end <= len(text)
        assert found.first is None or found.last is None or found.first <= found.last
        done = found.end
    done = 0
    for aside in find_asides(text, lang):
        assert done <= aside.start < aside.end <= len(text)
        done = aside.end
