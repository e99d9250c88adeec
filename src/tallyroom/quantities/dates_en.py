"""Dates as written in English text: March 25, 2021, 17 to 23 May, the first half of FY2023, last Tuesday."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from msgspec.structs import replace

from tallyroom.quantities.calendar import (
    Days,
    add_days,
    add_months,
    fiscal_days,
    month_of,
    months_from,
    one_day,
    quarter_of,
    week_of,
    weekday_before,
)
from tallyroom.quantities.moments import Clock, Edge, Kind, Moment
from tallyroom.quantities.wordlists import alternatives, word_list

YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
DAY = r"(?:3[01]|[12]\d|0?[1-9])"
TH = r"(?:st|nd|rd|th)?"
DASH = r"\s?[-–—]\s?"
WITHIN = r"(?<![\d.,/$£€])"
"""Not inside a longer number or an amount of money."""
FIRST_LETTERS = frozenset(
    ("sam", "cor", "com", "equ", "fy", "fis", "fin", "cur", "ope", "ini", "clo", "pas", "pre", "end", "sta",
     "beg", "tur", "yea", "qua", "wee", "mon", "day", "ear", "mid", "lat", "cal", "the", "thi", "las", "fir",
     "sec", "fou", "spr", "sum", "aut", "fal", "win")
)  # fmt: skip
"""A word that begins otherwise begins no date: this spares the long pattern."""
US_FISCAL_YEAR, UK_FISCAL_YEAR = "10-01", "04-01"
"""Where the publisher's is not known: `fiscal year` is the American word, `financial year` the British."""


class _Words(NamedTuple):
    """The word lists, and the pattern made of them."""

    month_numbers: dict[str, int]
    verbs: frozenset[str]
    weekdays: dict[str, int]
    numbers: dict[str, int]
    days: dict[str, int]
    weeks: dict[str, int]
    months: dict[str, int]
    quarters: dict[str, int]
    years: dict[str, int]
    kinds: dict[str, Kind]
    date: re.Pattern[str]


@cache
def _words() -> _Words:
    words = word_list("en", "periods")
    ints = {
        name: {word: int(value) for word, value in words[name].items()}
        for name in ("weekdays", "numbers", "days", "weeks", "months", "quarters", "years")
    }
    named = {**words["month_names"], **words["month_abbreviations"]}
    return _Words(
        **ints,
        month_numbers={word: int(value) for word, value in named.items()},
        verbs=frozenset(words["also_verbs"]),
        kinds=_kinds(words),
        date=re.compile(_pattern(words)),
    )


def _kinds(words: dict[str, Any]) -> dict[str, Kind]:
    kinds: dict[str, Kind] = dict.fromkeys(words["year_earlier"], "same_period_last_year")
    kinds |= dict.fromkeys(words["previous_years"], "previous_year")
    kinds |= dict.fromkeys(words["same_years"], "same_year")
    kinds |= dict.fromkeys(words["same_days"], "day")
    return kinds | dict.fromkeys(words["undated"], "undated")


def _pattern(words: dict[str, Any]) -> str:
    """One date as written: each alternative is a named group that `_READERS` reads.

    A look at the first letters spares the long pattern where no date begins.
    """
    either = {name: alternatives(words[name]) for name in words}
    short = rf"(?:{either['month_abbreviations']})\b\.?"
    either["month"] = rf"(?:{either['month_names']}|{short})"
    either["count"] = rf"(?:\d{{1,2}}|{either['numbers']})"
    begins = "|".join(sorted({word[:3] for name in words for word in words[name]} | FIRST_LETTERS))
    whole = {
        **_compared(either), **_fiscal_years(either), **_month_and_day(either), **_stretches(either),
        **_relative_words(either), **_other_words(either),
    }  # fmt: skip
    return rf"\b(?=\d|q[1-4]|h[12]|{begins})(?:{_named(_before_a_date(either))}|(?:{_named(whole)})(?!\w))"


def _named(groups: dict[str, str]) -> str:
    return "|".join(f"(?P<{name}>{pattern})" for name, pattern in groups.items())


def _before_a_date(either: dict[str, str]) -> dict[str, str]:
    """Words right before a date, which change it: the year to, the end of, early, Mon."""
    month = either["month"]
    seasons = (
        r"spring|summer|autumn|fall|winter|"
        r"(?:early|opening|closing|latter|middle)\s+(?:months|part|days|weeks)"
    )
    return {
        "yearto": rf"(?:the\s+)?(?:(?P<yn>{either['count']})[\s-])?"
        r"(?P<unit>year|half(?=[\s-]year)|months?|quarter|weeks?|days)(?:[\s-]year)?(?:\s+period)?\s+"
        r"(?P<how>to|through|up\s+to|(?:that\s+)?end(?:ing|ed|s)(?:\s+(?:in|on))?|of|beginning|commencing|"
        r"starting)\s+"
        rf"(?:the\s+end\s+of\s+|end[\s-]+)?(?={month}|{DAY}\b|\d{{4}}-|the\s+end|{either['weekdays']})",
        "edge": r"(?:the\s+)?(?:year-)?(?P<ew2>end|close|start|beginning)"
        r"(?:\s+of|-|(?<=year-end))\s*(?:the\s+month\s+of\s+)?"
        rf"(?=this|last|{YEAR}|{month}|fy|fiscal|financial)",
        "part": rf"(?P<pw>early|mid|late)[\s-]+(?:in\s+)?(?={YEAR}|{month}|this|last)"
        rf"|(?:the\s+)?(?:{seasons})\s+(?:of\s+)?(?={YEAR}|this\s+year|last\s+year)",
        "weekshort": rf"(?:{either['weekday_abbreviations']})\.?,?\s+(?={DAY}\b|{month})",
    }


def _compared(either: dict[str, str]) -> dict[str, str]:
    """Stretches told by the day of publication or by another stretch."""
    unit = r"(?:months?|weeks?|quarters?|halves|half|periods?|time|years?|days?|stretch|timeframe)"
    past = r"(?:last|previous|prior|preceding|past)\s+(?:calendar\s+|fiscal\s+|financial\s+)?year"
    return {
        "ytd": rf"(?:the\s+)?(?:{either['year_to_date']})",
        "mtd": either["month_to_date"],
        "same": rf"(?:the\s+)?(?:same|corresponding|comparable|equivalent)\s+(?:[\w-]+\s+){{0,2}}?{unit}"
        rf"(?P<tail>\s+(?:of\s+|in\s+|from\s+)?(?:the\s+)?{past}"
        r"|\s+a\s+year\s+(?:earlier|ago|before|previously)|\s+(?:the\s+)?year\s+(?:before|earlier|prior)"
        rf"|\s+(?:of\s+|in\s+)?(?P<same_year>{YEAR}))?\b",
    }


def _fiscal_years(either: dict[str, str]) -> dict[str, str]:
    lone = WITHIN + "(?P<sy>" + YEAR + r")(?:/(?P<sy2>\d\d|\d{4})|[-–](?P<sy3>\d\d))(?![\d/%-]|\.\d)"
    return {
        "fiscal": r"(?:fye?\s?|fiscal\s+(?:years?\s+)?|(?P<uk>financial\s+years?\s+))['’]?"
        r"(?P<fy>(?:20|19)?\d\d)"
        r"(?:[-/–—](?P<fy2>\d{4}|\d\d))?\b"
        rf"|(?P<fy3>{YEAR})(?:[-/–—](?P<fy4>\d{{4}}|\d\d))?\s+(?:fiscal|(?P<uk2>financial))\s+year",
        "slashed": lone,
        "relfiscal": r"(?P<rf>this|last|current|the\s+current|the\s+last)\s+"
        r"(?:fiscal|(?P<uk3>financial))\s+year",
    }


def _month_and_day(either: dict[str, str]) -> dict[str, str]:
    month, of_year = either["month"], rf"(?P<{{}}>{YEAR})(?!\d|,\d)"
    month_first, day_first = of_year.format("my"), of_year.format("dy")
    return {
        "iso": rf"(?<![\d/.-])(?P<iy>{YEAR})-(?P<im>\d\d)-(?P<id>\d\d)(?![\d-])",
        "numeric": rf"(?<![\d/.-])(?P<n1>\d{{1,2}})[/.](?P<n2>\d{{1,2}})[/.](?P<ny>{YEAR})(?!\d)",
        "yearmonth": rf"{WITHIN}(?P<ynum>0?[1-9]|1[0-2])/(?P<yfull>{YEAR})(?!\d)",
        "mdy": rf"(?P<mm>{month})\s*(?P<md>{DAY}){TH}"
        rf"(?:(?P<mj>{DASH}|\s+(?:to|and|through)\s+)(?P<md2>{DAY}){TH}(?!\s+{month}))?\b"
        rf"(?![\d%]|[.,:]\d|\s*(?:a\.?m|p\.?m)\b)(?:,?\s+(?:of\s+)?{month_first})?",
        "dmy": rf"(?<![\d.,:/$£€-])"
        rf"(?:(?P<dd>{DAY}){TH}(?P<dj>{DASH}|/|\s+(?:to|and|until|through)\s+(?:the\s+)?))?"
        rf"(?P<dd2>{DAY}){TH}\s+(?:of\s+)?(?P<dm>{month})(?!\w)(?:,?\s+{day_first})?",
        "my4": rf"(?P<ym>{month})(?:,|\s+of)?\s+(?P<yy>{YEAR})(?![\d%]|[,.]\d)",
        "month": rf"{month}(?![\w'’]|\.\w)",
    }


def _stretches(either: dict[str, str]) -> dict[str, str]:
    """Quarters, halves and months counted from an end of the year."""
    return {
        "quarter": r"(?:the\s+)?(?P<qn>first|second|third|fourth|1st|2nd|3rd|4th"
        r"|(?:last|final)(?=\s+quarter\s+of))"
        r"(?:\s+and\s+(?P<qn2>second|third|fourth))?[\s-]+(?:(?:fiscal|calendar)\s+)?quarters?\b"
        r"|q(?P<q>[1-4])(?:\s?[-–]\s?q(?P<q2>[1-4]))?\b|(?P<q3>[1-4])q(?=\s?(?:fy)?\d|\b)",
        "half": r"(?:the\s+)?(?P<hn>first|second|1st|2nd)[\s-](?:half|six\s+months)\b"
        r"|h(?P<h>[12])\b|(?P<h2>[12])h(?=\s?(?:fy)?\d|\b)",
        "firstmonths": rf"(?:the\s+)?(?:first|opening|initial)\s+(?P<fm>{either['count']})\s+"
        r"(?:months|(?P<fq>quarters))",
        "lastmonths": rf"(?:the\s+)?(?:last|final|closing)\s+(?P<lm>{either['count']})\s+months(?=\s+of)",
        "back": rf"(?:the\s+)?(?:past|last|previous)\s+(?:(?P<bn>{either['count']})\s+)?"
        r"(?P<bu>hours|days?|weeks?|months|years|decades?|week|month|year)\b"
        r"(?<!last\sweek)(?<!last\smonth)(?<!last\syear)(?<!previous\syear)",
    }


def _relative_words(either: dict[str, str]) -> dict[str, str]:
    """Words that the day of publication settles."""
    return {
        "edgeyear": r"(?:the\s+)?(?:(?P<ew>end|close|start|beginning|turn)\s+of\s+the\s+(?:calendar\s+)?year"
        r"|year[\s-]end)\b",
        "relyear": either["years"],
        "relmonth": either["months"],
        "relquarter": either["quarters"],
        "weekend": rf"(?:{either['weekends']})(?!\s+of)",
        "week": either["weeks"],
        "relday": either["days"],
        "weekday": rf"(?P<wl>last\s+|this\s+|this\s+past\s+|past\s+)?(?P<wd>{either['weekdays']})(?!s)",
    }


def _other_words(either: dict[str, str]) -> dict[str, str]:
    """A bare day or year, and words that the context settles if anything does."""
    follows = r"to|in|at|by|for|that|and|when|as|with|after|from"
    stands = ("year_earlier", "previous_years", "same_years", "same_days", "undated")
    return {
        "ordinal": rf"(?<=\bon )the\s+(?P<od>{DAY})(?:st|nd|rd|th)(?=\s*[,.;:)]|\s*$|\s+(?:{follows})\b)",
        "year": r"(?:(?:the\s+)?(?:calendar\s+)?year\s+)?" + WITHIN + rf"(?P<y>{YEAR})(?:\s+calendar\s+year)?"
        r"(?![\d%/]|[.,]\d|-[a-z]|\s?(?:kg|kilo|lb|g\b))",
        "now": either["now"],
        "word": "|".join(either[name] for name in stands),
    }


Reader = Callable[[re.Match[str], Clock], Moment | None]
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
    return int(word) if word.isdigit() else _words().numbers[word]


def _month_number(word: str) -> int:
    return _words().month_numbers[word.rstrip(".").strip()]


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
    return _dated(found, ("mm", "md", "md2", "mj", "my"))


def _day_month(found: re.Match[str], clock: Clock) -> Moment | None:
    last_first = ("dm", "dd" if found["dd"] else "dd2", "dd2" if found["dd"] else "dd", "dj", "dy")
    return _dated(found, last_first)


def _dated(found: re.Match[str], groups: tuple[str, ...]) -> Moment | None:
    month, first, last, joint, year = (found[name] for name in groups)
    number, days = _month_number(month), (int(first), int(last or first))
    if joint and "and" in joint and not _spans(found, days):
        days = (days[1], days[1])
    if days[0] > days[1]:
        return None
    named = int(year) if year else None
    return Moment(*found.span(), year=named, months=(number, number), days=days)


def _spans(found: re.Match[str], days: tuple[int, int]) -> bool:
    """3 and 4 May are a stretch, and so is what follows `between`; 3 and 9 May are two days."""
    return days[1] == days[0] + 1 or found.string[: found.start()].endswith("between ")


def _month_year(found: re.Match[str], clock: Clock) -> Moment:
    month = _month_number(found["ym"])
    return Moment(*found.span(), year=int(found["yy"]), months=(month, month))


def _month(found: re.Match[str], clock: Clock) -> Moment:
    """A word that is also a verb, or an abbreviation, is a month only after a preposition."""
    word = found[0].rstrip(".")
    weak = word in _words().verbs or len(word) < 4 or word in ("sept", "febr")
    if weak:
        before = found.string[max(0, found.start() - 12) : found.start()]
        weak = AFTER_PREPOSITION.search(before) is None
    month = _month_number(word)
    return Moment(*found.span(), months=(month, month), weak=weak)


def _quarter(found: re.Match[str], clock: Clock) -> Moment | None:
    first = int(found["q"] or found["q3"]) if found["q"] or found["q3"] else _number(found["qn"])
    second = found["q2"] or found["qn2"]
    last = _number(second) if second else first
    return Moment(*found.span(), months=(3 * first - 2, 3 * last), role="stretch") if first <= last else None


def _half(found: re.Match[str], clock: Clock) -> Moment:
    number = int(found["h"] or found["h2"]) if found["h"] or found["h2"] else _number(found["hn"])
    return Moment(*found.span(), months=(1, 6) if number == 1 else (7, 12), role="stretch")


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
    if clock.published is None:
        return _lost(found, "relative year")
    year = clock.published.year + _words().years[found[0]]
    return Moment(*found.span(), year=year, anchored=True)


def _relative(stretch: Callable[[date, str], Days], role: str = "") -> Reader:
    def read(found: re.Match[str], clock: Clock) -> Moment:
        if clock.published is None:
            return _lost(found, role)
        return Moment(*found.span(), fixed=stretch(clock.published, found[0]), anchored=True, role=role)

    return read


def _day_of(published: date, word: str) -> Days:
    day = add_days(published, _words().days[word])
    return day, day


def _weekend(published: date, word: str) -> Days:
    sunday = weekday_before(published, 6)
    return add_days(sunday, -1), sunday


def _weekday(found: re.Match[str], clock: Clock) -> Moment:
    if clock.published is None:
        return replace(_lost(found, "weekday"), days=(1, 1))
    strictly = bool(found["wl"] and "this" not in found["wl"])
    day = weekday_before(clock.published, _words().weekdays[found["wd"]], strictly=strictly)
    return Moment(*found.span(), fixed=(day, day), anchored=True, role="weekday")


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
    return Moment(*found.span(), kind=_words().kinds[found[0]])


_READERS: dict[str, Reader] = {
    "ytd": _year_to_date, "mtd": _month_to_date, "same": _same, "yearto": _year_to, "fiscal": _fiscal,
    "slashed": _slashed, "relfiscal": _relative_fiscal, "iso": _iso, "numeric": _numeric,
    "yearmonth": _year_month, "mdy": _month_day,
    "dmy": _day_month, "my4": _month_year, "month": _month, "quarter": _quarter, "half": _half,
    "firstmonths": _first_months, "lastmonths": _last_months, "back": _back, "edgeyear": _edge_year,
    "edge": _edge, "part": _part, "relyear": _relative_year, "weekday": _weekday,
    "weekshort": _short_weekday, "ordinal": _ordinal, "year": _year, "now": _now, "word": _word,
    "relmonth": _relative(lambda day, word: month_of(day, _words().months[word])),
    "relquarter": _relative(lambda day, word: quarter_of(day, _words().quarters[word])),
    "week": _relative(lambda day, word: week_of(day, _words().weeks[word])),
    "weekend": _relative(_weekend),
    "relday": _relative(_day_of, "day"),
}  # fmt: skip
PARTS = {"early": (1, 10), "mid": (11, 20), "late": (21, 0)}

OF_YEAR = re.compile(r"\s*,?\s*(?:of|in|for|during)?\s*(?:the\s+)?")
SPACE = re.compile(r"\s*\(?")
YEAR_FIRST = re.compile(r"(?:['’]s)?,?\s*(?:the\s+)?")
AFTER_WEEKDAY = re.compile(r"\s*[,(]?\s*(?:the\s+)?")


def dates_en(text: str, clock: Clock) -> list[Moment]:
    """Return the dates as written, each with the words beside it that change it."""
    dates: list[Moment] = []
    for found in _words().date.finditer(text):
        reader = _READERS.get(found.lastgroup or "")
        moment = reader(found, clock) if reader else None
        if moment is None:
            continue
        while dates and (merged := _merged(dates[-1], moment, text)):
            dates.pop()
            moment = merged
        dates.append(moment)
    return dates


def _merged(before: Moment, after: Moment, text: str) -> Moment | None:
    """Return both as one date where the first changes or completes the second; None where they are two."""
    if after.kind is not None or before.kind is not None:
        return None
    role, _, how = before.role.partition(" ")
    if role == "edge" and before.end == after.start:
        return _at_edge(before, after, how)
    if role == "part" and before.end == after.start:
        return _in_part(before, after, how)
    if role == "weekday":
        dated = after.is_day and after.months is not None
        gap = AFTER_WEEKDAY.fullmatch(text, before.end, after.start)
        return replace(after, start=before.start) if dated and gap else None
    return _with_year(before, after, text)


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
        stretch, start=start, end=end, year=year.year, anchored=year.anchored, lost=year.lost, weak=False,
        role="",
    )  # fmt: skip
