"""One English date as written, turned into a moment: March 25, 2021, 17 to 23 May, FY2023, last Tuesday."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from msgspec.structs import replace

from tallyroom.quantities.calendar import (
    Days,
    add_days,
    fiscal_days,
    month_of,
    one_day,
    quarter_of,
    week_of,
    weekday_before,
)
from tallyroom.quantities.date_words_en import date_words
from tallyroom.quantities.moments import Clock, Moment, MomentReader

US_FISCAL_YEAR, UK_FISCAL_YEAR = "10-01", "04-01"
"""Where the publisher's is not known: `fiscal year` is the American word, `financial year` the British."""
AFTER_PREPOSITION = re.compile(
    r"\b(?:in|during|of|since|until|till|by|from|last|between|throughout|through|as of|before|after|"
    r"this(?!\s+may))\s+$"
)
BEFORE_YEAR = re.compile(
    r"(?:\b(?:in|during|since|until|till|throughout|through|between|before|after|early|mid|late|year|as of|"
    r"both|(?P<loose>of|across|by|from|for|with|to|against|than|versus|vs\.?|over))\s+|[(|:\t]\s*|^\s*)$"
)
PLURAL = re.compile(r"\s+(?:[a-z-]+s|people|children|women|men)\b")
AFTER_YEAR = re.compile(
    r"\s*(?:['’]s\b|[|:)]|$)|\s+(?:\d|\(|(?:saw|was|brought|figures?|data|statistics|results|alone)\b)"
)
THAN = re.compile(r"\b(?:than|with|to|from|against)\s+(?:in\s+|for\s+)?$")
YEARLY = re.compile(r"['’]s\b| (?:saw|alone|totals?|figures?|tally|haul|results|data|statistics)\b")


def _lost(found: re.Match[str], role: str = "") -> Moment:
    return Moment(*found.span(), anchored=True, lost=True, role=role)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else date_words().numbers[word]


def _month_number(word: str) -> int:
    return date_words().month_numbers[word.rstrip(".").strip()]


def _year_to_date(found: re.Match[str], clock: Clock) -> Moment:
    if clock.published is None:
        return replace(_lost(found), kind="since")
    fixed = (date(clock.published.year, 1, 1), clock.published)
    return Moment(*found.span(), fixed=fixed, anchored=True, kind="since")


def _month_to_date(found: re.Match[str], clock: Clock) -> Moment:
    if clock.published is None:
        return replace(_lost(found), kind="since")
    fixed = (clock.published.replace(day=1), clock.published)
    return Moment(*found.span(), fixed=fixed, anchored=True, kind="since")


def _same(found: re.Match[str], clock: Clock) -> Moment | None:
    """The same week is no week of another year unless the words say so or compare."""
    before = found.string[max(0, found.start() - 16) : found.start()]
    if found["tail"] is None and THAN.search(before) is None:
        return None
    year = int(found["same_year"]) if found["same_year"] else 0
    fixed = (date(year, 1, 1), date(year, 12, 31)) if year else None
    return Moment(*found.span(), fixed=fixed, kind="same_period_last_year")


def _year_to(found: re.Match[str], clock: Clock) -> Moment | None:
    count = _number(found["yn"]) if found["yn"] else 1
    unit, how = found["unit"].rstrip("s"), found["how"]
    if how not in ("of", "beginning", "commencing", "starting"):
        return Moment(*found.span(), role=unit, count=count, weak=True)
    if unit != "week":
        return None
    role = "week of" if how == "of" else "week from"
    return Moment(*found.span(), role=role, count=count, weak=True)


def _year_ending(found: re.Match[str], clock: Clock) -> Moment:
    """YE March 2024: the year that ends with that month."""
    return Moment(*found.span(), role="year", count=1, weak=True)


def _fiscal(found: re.Match[str], clock: Clock) -> Moment | None:
    first = found["fy"] or found["fy3"]
    last = found["fy2"] or found["fy4"]
    british = bool(found["uk"] or found["uk2"])
    return _fiscal_year(found, _full_year(first), last, clock, british=british)


def _slashed(found: re.Match[str], clock: Clock) -> Moment | None:
    """2022-23 is a fiscal year, but 2022-11 a month and 2015-20 neither."""
    last = found["sy2"] or found["sy3"]
    if int(last) % 100 != (int(found["sy"]) + 1) % 100:
        month = int(last) if len(last) == 2 and found["sy3"] else 0
        months = (month, month)
        return Moment(*found.span(), year=int(found["sy"]), months=months) if 1 <= month <= 12 else None
    return _fiscal_year(found, int(found["sy"]), last, clock, british=True)


def _fiscal_year(
    found: re.Match[str], year: int, last: str | None, clock: Clock, *, british: bool
) -> Moment | None:
    """A single year names the fiscal year that ends in it; of 2022/23 and 2022-23 the first begins it."""
    pair = last is not None and int(last) % 100 == (year + 1) % 100
    starts = clock.fiscal_year or (UK_FISCAL_YEAR if british or pair else US_FISCAL_YEAR)
    if last is not None and not pair:
        return _fiscal_years_to(found, year, int(last), starts)
    first = year if pair or starts == "01-01" else year - 1
    fixed = fiscal_days(first, starts)
    return Moment(*found.span(), fixed=fixed, role="fiscal") if fixed else None


def _fiscal_years_to(found: re.Match[str], year: int, last: int, starts: str) -> Moment | None:
    """FY 2019-2023 runs from the beginning of the first to the end of the last."""
    back = 0 if starts == "01-01" else 1
    ends = fiscal_days(year - back, starts), fiscal_days(last - back, starts)
    if ends[0] is None or ends[1] is None or not year < last:
        return None
    return Moment(*found.span(), fixed=(ends[0][0], ends[1][1]), role="fiscal")


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _relative_fiscal(found: re.Match[str], clock: Clock) -> Moment | None:
    if clock.published is None:
        return _lost(found)
    starts = clock.fiscal_year or (UK_FISCAL_YEAR if found["uk3"] else US_FISCAL_YEAR)
    year = clock.published.year
    this = fiscal_days(year, starts)
    if this and this[0] > clock.published:
        this = fiscal_days(year - 1, starts)
    if this and "last" in found["rf"]:
        this = fiscal_days(this[0].year - 1, starts)
    return Moment(*found.span(), fixed=this, anchored=True, role="fiscal") if this else None


def _on(found: re.Match[str], year: int, month: int, day: int) -> Moment | None:
    if one_day(year, month, day) is None:
        return None
    return Moment(*found.span(), year=year, months=(month, month), days=(day, day))


def _iso(found: re.Match[str], clock: Clock) -> Moment | None:
    return _on(found, int(found["iy"]), int(found["im"]), int(found["id"]))


def _numeric(found: re.Match[str], clock: Clock) -> Moment | None:
    """12/05/2023 is two days, by country: only a number above 12, or two alike, tell the day."""
    first, second, year = int(found["n1"]), int(found["n2"]), int(found["ny"])
    if first > 12 or first == second:
        return _on(found, year, second, first)
    return _on(found, year, first, second) if second > 12 else None


def _year_month(found: re.Match[str], clock: Clock) -> Moment:
    month = int(found["ynum"])
    return Moment(*found.span(), year=int(found["yfull"]), months=(month, month))


def _month_day(found: re.Match[str], clock: Clock) -> Moment | None:
    return _dated(found, ("mm", "md", "md2", "my"))


def _day_month(found: re.Match[str], clock: Clock) -> Moment | None:
    last_first = ("dm", "dd" if found["dd"] else "dd2", "dd2" if found["dd"] else "dd", "dy")
    return _dated(found, last_first)


def _dated(found: re.Match[str], groups: tuple[str, ...]) -> Moment | None:
    month, first, last, year = (found[name] for name in groups)
    number, days = _month_number(month), (int(first), int(last or first))
    if days[0] > days[1]:
        return None
    named = int(year) if year else None
    return Moment(*found.span(), year=named, months=(number, number), days=days)


def _month_year(found: re.Match[str], clock: Clock) -> Moment:
    month = _month_number(found["ym"])
    return Moment(*found.span(), year=int(found["yy"]), months=(month, month))


def _month(found: re.Match[str], clock: Clock) -> Moment:
    """A word that is also a verb, or an abbreviation, is a month only after a preposition."""
    word = found[0].rstrip(".")
    weak = word in date_words().verbs or len(word) < 4 or word in ("sept", "febr")
    if weak:
        before = found.string[max(0, found.start() - 12) : found.start()]
        weak = AFTER_PREPOSITION.search(before) is None
    month = _month_number(word)
    return Moment(*found.span(), months=(month, month), weak=weak)


def _quarter(found: re.Match[str], clock: Clock) -> Moment | None:
    first = _number(found["q"] or found["q3"] or found["qw"] or found["qn"])
    second = found["q2"] or found["qn2"]
    last = _number(second) if second else first
    return Moment(*found.span(), months=(3 * first - 2, 3 * last), role="stretch") if first <= last else None


def _half(found: re.Match[str], clock: Clock) -> Moment:
    number = int(found["h"] or found["h2"]) if found["h"] or found["h2"] else _number(found["hn"])
    return Moment(*found.span(), months=(1, 6) if number == 1 else (7, 12), role="stretch")


def _joined(found: re.Match[str], clock: Clock) -> Moment | None:
    """1H2023, 2Q24: number, stretch and year written as one word."""
    number, months = int(found["jn"]), 6 if found["ju"] == "h" else 3
    if number * months > 12:
        return None
    stretch = ((number - 1) * months + 1, number * months)
    return Moment(*found.span(), year=_full_year(found["jy"]), months=stretch)


def _first_months(found: re.Match[str], clock: Clock) -> Moment | None:
    count = _number(found["fm"]) * (3 if found["fq"] else 1)
    return Moment(*found.span(), months=(1, count), role="months") if 1 < count <= 12 else None


def _last_months(found: re.Match[str], clock: Clock) -> Moment | None:
    count = _number(found["lm"])
    months = (13 - count, 12)
    return Moment(*found.span(), months=months, role="stretch", weak=True) if 1 < count <= 12 else None


def _back(found: re.Match[str], clock: Clock) -> Moment:
    """The past week or three days end with publication; of months and years nobody knows the first day."""
    unit, count = found["bu"].rstrip("s"), _number(found["bn"]) if found["bn"] else 1
    if unit not in ("hour", "day", "week") or (unit == "hour" and count % 24):
        return Moment(*found.span(), kind="undated")
    if clock.published is None:
        return _lost(found)
    days = count // 24 + 1 if unit == "hour" else count * (7 if unit == "week" else 1)
    fixed = (add_days(clock.published, 1 - days), clock.published)
    return Moment(*found.span(), fixed=fixed, anchored=True)


def _edge_year(found: re.Match[str], clock: Clock) -> Moment:
    return Moment(*found.span(), edge="end" if found["ew"] in (None, "end", "close") else "start")


def _edge(found: re.Match[str], clock: Clock) -> Moment:
    edge = "end" if found["ew2"] in ("end", "close") else "start"
    return Moment(*found.span(), role=f"edge {edge}", weak=True)


def _part(found: re.Match[str], clock: Clock) -> Moment:
    return Moment(*found.span(), role=f"part {found['pw'] or 'some'}", weak=True)


def _relative_year(found: re.Match[str], clock: Clock) -> Moment:
    back = date_words().years[found[0]]
    if clock.published is None:
        return replace(_lost(found, "relative year"), present=back == 0)
    year = clock.published.year + back
    return Moment(*found.span(), year=year, anchored=True)


def _relative(stretch: Callable[[date, str], Days], role: str = "") -> MomentReader:
    def read(found: re.Match[str], clock: Clock) -> Moment:
        if clock.published is None:
            return _lost(found, role)
        return Moment(*found.span(), fixed=stretch(clock.published, found[0]), anchored=True, role=role)

    return read


def _day_of(published: date, word: str) -> Days:
    day = add_days(published, date_words().days[word])
    return day, day


def _weekend(published: date, word: str) -> Days:
    sunday = weekday_before(published, 6)
    return add_days(sunday, -1), sunday


def _weekday(found: re.Match[str], clock: Clock) -> Moment:
    if clock.published is None:
        return replace(_lost(found, "weekday"), days=(1, 1))
    strictly = bool(found["wl"] and "this" not in found["wl"])
    day = weekday_before(clock.published, date_words().weekdays[found["wd"]], strictly=strictly)
    return Moment(*found.span(), fixed=(day, day), anchored=True, role="weekday")


def _weekday_and_day(found: re.Match[str], clock: Clock) -> Moment:
    """Tuesday 9th, whose month follows: and Friday 12th September."""
    day = int(found["wo"])
    return Moment(*found.span(), days=(day, day))


def _short_weekday(found: re.Match[str], clock: Clock) -> Moment:
    return Moment(*found.span(), role="weekday", weak=True)


def _ordinal(found: re.Match[str], clock: Clock) -> Moment:
    day = int(found["od"])
    return Moment(*found.span(), days=(day, day))


def _year(found: re.Match[str], clock: Clock) -> Moment:
    """A bare four-digit number is a year where a preposition, a colon or a cell says so."""
    text, (start, end) = found.string, found.span()
    before = BEFORE_YEAR.search(text[max(0, start - 14) : start]) if found["y"] == found[0] else None
    loose = before is not None and (before["loose"] or not before[0].strip())
    strong = before is not None and not (loose and PLURAL.match(text, end))
    if before is not None and not before[0].strip():
        strong = AFTER_YEAR.match(text, end) is not None
    weak = not (strong or found["y"] != found[0] or YEARLY.match(text, end))
    return Moment(start, end, year=int(found["y"]), weak=weak)


def _now(found: re.Match[str], clock: Clock) -> Moment:
    fixed = (clock.published, clock.published) if clock.published else None
    return Moment(*found.span(), fixed=fixed, kind="until", anchored=True, lost=fixed is None)


def _word(found: re.Match[str], clock: Clock) -> Moment:
    return Moment(*found.span(), kind=date_words().kinds[found[0]])


READERS: dict[str, MomentReader] = {
    "ytd": _year_to_date, "mtd": _month_to_date, "same": _same, "yearto": _year_to, "yearending": _year_ending,
    "fiscal": _fiscal,    "slashed": _slashed, "relfiscal": _relative_fiscal, "iso": _iso, "numeric": _numeric,
    "yearmonth": _year_month, "mdy": _month_day,
    "dmy": _day_month, "my4": _month_year, "month": _month, "quarter": _quarter, "half": _half, "joined": _joined,
    "firstmonths": _first_months, "lastmonths": _last_months, "back": _back, "edgeyear": _edge_year,
    "edge": _edge, "part": _part, "relyear": _relative_year, "weekday": _weekday,
    "weekday_and_day": _weekday_and_day,
    "weekshort": _short_weekday, "ordinal": _ordinal, "year": _year, "now": _now, "word": _word,
    "relmonth": _relative(lambda day, word: month_of(day, date_words().months[word])),
    "relquarter": _relative(lambda day, word: quarter_of(day, date_words().quarters[word])),
    "week": _relative(lambda day, word: week_of(day, date_words().weeks[word])),
    "weekend": _relative(_weekend),
    "relday": _relative(_day_of, "day"),
}  # fmt: skip
