"""Periods in English text: from July 2016 to July 2021, 17 to 23 May, the year to March 2022, since June 25.

Text is cut into dates as written (`_pattern`); words beside a date change it (first quarter of, the end of, the year
to); then the words around and between dates tell a stretch, a beginning or an end.
"""

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
    months_until,
    one_day,
    quarter_of,
    week_of,
    weekday_before,
)
from tallyroom.quantities.moments import (
    Clock,
    Kind,
    Moment,
    PeriodMention,
    Settled,
    Timeline,
    mention,
    since,
    single,
    until,
)
from tallyroom.quantities.wordlists import alternatives, word_list

GATE = re.compile(
    r"\d|day|week|month|year|quarter|half|decade|now|date|so far|present|recent|night|"
    r"january|february|march|april|\bmay\b|june|july|august|september|october|november|december"
)
YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
DAY = r"(?:3[01]|[12]\d|0?[1-9])"
TH = r"(?:st|nd|rd|th)?"
DASH = r"\s?[-–—]\s?"
FIRST_LETTERS = frozenset(
    ("sam", "cor", "com", "equ", "fy", "fis", "fin", "cur", "ope", "ini", "clo", "pas", "pre", "end", "sta", "beg",
     "tur", "yea", "qua", "wee", "mon", "day", "ear", "mid", "lat", "cal", "the", "thi", "las", "fir", "sec", "fou")
)  # fmt: skip
"""A word that begins otherwise begins no date: this spares the long pattern."""
US_FISCAL_YEAR, UK_FISCAL_YEAR = "10-01", "04-01"
"""Where the publisher's own is not known: `fiscal year` is the American word, `financial year` the British."""


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
    """One date as written: each alternative is a named group that `_READERS` reads."""
    either = {name: alternatives(words[name]) for name in words}
    short = rf"(?:{either['month_abbreviations']})\b\.?"
    month = rf"(?:{either['month_names']}|{short})"
    count = rf"(?:\d{{1,2}}|{either['numbers']})"
    months = r"(?:months?|weeks?|quarters?|halves|half|periods?|time|years?|days?|stretch|timeframe)"
    before_a_date = (
        rf"(?P<yearto>(?:the\s+)?(?:(?P<yn>{count})[\s-])?(?P<unit>year|months?|quarter|weeks?|days)\s+(?:to|through|up\s+to|(?:that\s+)?end(?:ing|ed|s)(?:\s+(?:in|on))?)\s+(?:the\s+end\s+of\s+|end[\s-]+)?(?={month}|{DAY}\b|\d{{4}}-|the\s+end))",
        rf"(?P<edge>(?:the\s+)?(?P<ew2>end|close|start|beginning)(?:\s+of|-)\s*(?:the\s+month\s+of\s+)?(?=(?:this|last|{YEAR}|{month}|fy|fiscal|financial)))",
        rf"(?P<part>(?P<pw>early|mid|late)[\s-]+(?:in\s+)?(?={YEAR}|{month}|this|last))",
        rf"(?P<weekshort>(?:{either['weekday_abbreviations']})\.?,?\s+(?={DAY}\b|{month}))",
    )
    whole = (
        rf"(?P<ytd>(?:the\s+)?(?:{either['year_to_date']}))",
        rf"(?P<mtd>{either['month_to_date']})",
        rf"(?P<same>(?:the\s+)?(?:same|corresponding|comparable|equivalent)\s+(?:[\w-]+\s+){{0,2}}?{months}"
        rf"(?P<tail>\s+(?:of\s+|in\s+|from\s+)?(?:the\s+)?(?:last|previous|prior|preceding|past)\s+(?:calendar\s+|fiscal\s+|financial\s+)?year"
        rf"|\s+a\s+year\s+(?:earlier|ago|before|previously)|\s+(?:the\s+)?year\s+(?:before|earlier|prior)|\s+(?:of\s+|in\s+)?(?P<same_year>{YEAR}))?\b)",
        rf"(?P<fiscal>(?:fye?\s?|fiscal\s+(?:year\s+)?|(?P<uk>financial\s+year\s+))(?:'|’)?(?P<fy>(?:20|19)?\d\d)(?:[-/–—](?P<fy2>\d{{4}}|\d\d))?\b"
        rf"|(?P<fy3>{YEAR})(?:[-/–—](?P<fy4>\d{{4}}|\d\d))?\s+(?:fiscal|(?P<uk2>financial))\s+year)",
        rf"(?P<slashed>(?<![\d.,/$£€-])(?P<sy>{YEAR})(?:/(?P<sy2>\d\d|\d{{4}})|[-–](?P<sy3>\d\d))(?![\d/%-]|\.\d))",
        rf"(?P<relfiscal>(?P<rf>this|last|current|the\s+current|the\s+last)\s+(?:fiscal|(?P<uk3>financial))\s+year)",
        rf"(?P<iso>(?<![\d/.-])(?P<iy>{YEAR})-(?P<im>\d\d)-(?P<id>\d\d)(?![\d-]))",
        rf"(?P<numeric>(?<![\d/.-])(?P<n1>\d{{1,2}})[/.](?P<n2>\d{{1,2}})[/.](?P<ny>{YEAR})(?!\d))",
        rf"(?P<mdy>(?P<mm>{month})\s*(?P<md>{DAY}){TH}(?:(?P<mj>{DASH}|\s+(?:to|and|through)\s+)(?P<md2>{DAY}){TH}(?!\s+{month}))?\b(?![\d%]|[.,:]\d|\s*(?:a\.?m|p\.?m)\b)(?:,?\s+(?:of\s+)?(?P<my>{YEAR})(?!\d|,\d))?)",
        rf"(?P<dmy>(?<![\d.,:/$£€-])(?:(?P<dd>{DAY}){TH}(?P<dj>{DASH}|\s+(?:to|and|until|through)\s+))?(?P<dd2>{DAY}){TH}\s+(?:of\s+)?(?P<dm>{month})(?!\w)(?:,?\s+(?P<dy>{YEAR})(?!\d|,\d))?)",
        rf"(?P<my4>(?P<ym>{month})(?:,|\s+of)?\s+(?P<yy>{YEAR})(?![\d%]|[,.]\d))",
        rf"(?P<month>{month}(?![\w'’]|\.\w))",
        rf"(?P<quarter>(?:the\s+)?(?P<qn>first|second|third|fourth|1st|2nd|3rd|4th|last|final)(?:\s+and\s+(?P<qn2>second|third|fourth))?\s+(?:(?:fiscal|calendar)\s+)?quarters?|q(?P<q>[1-4])(?:\s?[-–]\s?q(?P<q2>[1-4]))?)\b",
        rf"(?P<half>(?:the\s+)?(?P<hn>first|second|1st|2nd)[\s-](?:half|six\s+months)|h(?P<h>[12]))\b",
        rf"(?P<firstmonths>(?:the\s+)?(?:first|opening|initial)\s+(?P<fm>{count})\s+months)",
        rf"(?P<lastmonths>(?:the\s+)?(?:last|final|closing)\s+(?P<lm>{count})\s+months(?=\s+of))",
        rf"(?P<back>(?:the\s+)?(?:past|last|previous)\s+(?:(?P<bn>{count})\s+)?(?P<bu>hours|days?|weeks?|months|years|decades?|week|month|year)\b(?<!last\sweek)(?<!last\smonth)(?<!last\syear)(?<!previous\syear))",
        rf"(?P<edgeyear>(?:the\s+)?(?:(?P<ew>end|close|start|beginning|turn)\s+of\s+the\s+(?:calendar\s+)?year|year[\s-]end)\b)",
        rf"(?P<relyear>{either['years']})",
        rf"(?P<relmonth>{either['months']})",
        rf"(?P<relquarter>{either['quarters']})",
        rf"(?P<weekend>{either['weekends']})",
        rf"(?P<week>{either['weeks']})",
        rf"(?P<relday>{either['days']})",
        rf"(?P<weekday>(?P<wl>last\s+|this\s+|this\s+past\s+|past\s+)?(?P<wd>{either['weekdays']})(?!s|'s|’s))",
        rf"(?P<ordinal>(?<=\bon )(?:the\s+)(?P<od>{DAY})(?:st|nd|rd|th)(?=\s*[,.;:)]|\s*$|\s+(?:to|in|at|by|for|that|and|when|as|with|after|from)\b))",
        rf"(?P<year>(?:(?:the\s+)?(?:calendar\s+)?year\s+)?(?<![\d.,/$£€])(?P<y>{YEAR})(?:\s+calendar\s+year)?(?![\d%/]|[.,]\d|-[a-z]|\s?(?:kg|kilo|lb|g\b)))",
        rf"(?P<now>{either['now']})",
        rf"(?P<word>{either['year_earlier']}|{either['previous_years']}|{either['same_years']}|{either['same_days']}|{either['undated']})",
    )
    begins = "|".join(sorted({word[:3] for name in words for word in words[name]} | FIRST_LETTERS))
    return rf"\b(?=\d|q[1-4]|h[12]|{begins})(?:{'|'.join(before_a_date)}|(?:{'|'.join(whole)})(?!\w))"


Reader = Callable[[re.Match[str], Clock], Moment | None]
AFTER_PREPOSITION = re.compile(
    r"\b(?:in|during|of|since|until|till|by|from|last|between|throughout|through|as of|before|after)\s+$"
)
BEFORE_YEAR = re.compile(
    r"(?:\b(?:in|during|of|since|until|till|throughout|through|between|before|after|early|mid|late|year|as of|"
    r"(?P<loose>by|from|for|with|to|against|than|versus|vs\.?|over))\s+|[(|:\t]\s*|^\s*)$"
)
PLURAL = re.compile(r"\s+(?:[a-z-]+s|people|children|women|men)\b")
AFTER_YEAR = re.compile(r"\s*(?:['’]s|[|:)]|$)")


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
    if found["tail"] is None and not re.search(r"\b(?:than|with|to|from|against)\s+(?:in\s+|for\s+)?$", before):
        return None
    year = int(found["same_year"]) if found["same_year"] else 0
    fixed = (date(year, 1, 1), date(year, 12, 31)) if year else None
    return Moment(*found.span(), fixed=fixed, kind="same_period_last_year")


def _year_to(found: re.Match[str], clock: Clock) -> Moment | None:
    count = _number(found["yn"]) if found["yn"] else 1
    unit = found["unit"].rstrip("s")
    return Moment(*found.span(), role=unit, count=count, weak=True)


def _fiscal(found: re.Match[str], clock: Clock) -> Moment | None:
    first = found["fy"] or found["fy3"]
    last = found["fy2"] or found["fy4"]
    british = bool(found["uk"] or found["uk2"])
    return _fiscal_year(found, _full_year(first), last, clock, british=british)


def _slashed(found: re.Match[str], clock: Clock) -> Moment | None:
    last = found["sy2"] or found["sy3"]
    return _fiscal_year(found, int(found["sy"]), last, clock, british=True)


def _fiscal_year(
    found: re.Match[str], year: int, last: str | None, clock: Clock, *, british: bool
) -> Moment | None:
    """A single year names the fiscal year that ends in it; of 2022/23 and 2022-23 the first begins it."""
    starts = clock.fiscal_year or (UK_FISCAL_YEAR if british or last else US_FISCAL_YEAR)
    if last is None:
        first = year if starts == "01-01" else year - 1
    elif int(last) % 100 == (year + 1) % 100:
        first = year
    else:
        return None
    fixed = fiscal_days(first, starts)
    return Moment(*found.span(), fixed=fixed, role="fiscal") if fixed else None


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
    first = int(found["q"]) if found["q"] else _number(found["qn"])
    second = found["q2"] or found["qn2"]
    last = _number(second) if second else first
    return Moment(*found.span(), months=(3 * first - 2, 3 * last), role="stretch") if first <= last else None


def _half(found: re.Match[str], clock: Clock) -> Moment:
    number = int(found["h"]) if found["h"] else _number(found["hn"])
    return Moment(*found.span(), months=(1, 6) if number == 1 else (7, 12), role="stretch")


def _first_months(found: re.Match[str], clock: Clock) -> Moment | None:
    count = _number(found["fm"])
    return Moment(*found.span(), months=(1, count), role="stretch") if 1 < count <= 12 else None


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
    return Moment(*found.span(), role=f"part {found['pw']}", weak=True)


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
        return _lost(found, "weekday")
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
    if before is not None and before[0] == "" and start == 0:
        strong = AFTER_YEAR.match(text, end) is not None
    weak = not (strong or found["y"] != found[0] or re.match("['’]s", text[end : end + 2]))
    return Moment(start, end, year=int(found["y"]), weak=weak)


def _now(found: re.Match[str], clock: Clock) -> Moment:
    fixed = (clock.published, clock.published) if clock.published else None
    return Moment(*found.span(), fixed=fixed, kind="until", anchored=True, lost=fixed is None)


def _word(found: re.Match[str], clock: Clock) -> Moment:
    return Moment(*found.span(), kind=_words().kinds[found[0]])


_READERS: dict[str, Reader] = {
    "ytd": _year_to_date, "mtd": _month_to_date, "same": _same, "yearto": _year_to, "fiscal": _fiscal,
    "slashed": _slashed, "relfiscal": _relative_fiscal, "iso": _iso, "numeric": _numeric, "mdy": _month_day,
    "dmy": _day_month, "my4": _month_year, "month": _month, "quarter": _quarter, "half": _half,
    "firstmonths": _first_months, "lastmonths": _last_months, "back": _back, "edgeyear": _edge_year,
    "edge": _edge, "part": _part, "relyear": _relative_year, "weekday": _weekday,
    "weekshort": _short_weekday, "ordinal": _ordinal, "year": _year, "now": _now, "word": _word,
    "relmonth": _relative(lambda day, word: month_of(day, _words().months[word])),
    "relquarter": _relative(lambda day, word: quarter_of(day, _words().quarters[word])),
    "week": _relative(lambda day, word: week_of(day, _words().weeks[word])),
    "weekend": _relative(_weekend),
    "relday": _relative(_day_of),
}  # fmt: skip
PARTS = {"early": (1, 10), "mid": (11, 20), "late": (21, 0)}

OF_YEAR = re.compile(r"\s*,?\s*(?:of|in|for|during)?\s*(?:the\s+)?")
YEAR_FIRST = re.compile(r"(?:['’]s)?,?\s*(?:the\s+)?")
AFTER_WEEKDAY = re.compile(r"\s*[,(]?\s*(?:the\s+)?")


def _dates(text: str, clock: Clock) -> list[Moment]:
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
    edge: Any = how
    if after.fixed is not None:
        day = after.fixed[1] if how == "end" else after.fixed[0]
        return replace(after, start=before.start, fixed=(day, day), edge=edge, role="")
    if after.months is None:
        return replace(after, start=before.start, edge=edge, weak=False)
    days = after.days or ((0, 0) if how == "end" else (1, 1))
    return replace(after, start=before.start, days=days, edge=edge, weak=False)


def _in_part(before: Moment, after: Moment, how: str) -> Moment:
    if after.months is not None and after.months[0] == after.months[1] and after.days is None:
        return replace(after, start=before.start, days=PARTS[how], weak=False)
    return replace(after, start=before.start, kind="undated", weak=False)


def _with_year(before: Moment, after: Moment, text: str) -> Moment | None:
    gap = before.end, after.start
    if _is_year(after) and _lacks_year(before) and OF_YEAR.fullmatch(text, *gap):
        separate = before.days is None and before.role != "stretch" and after.role == "fiscal"
        return None if separate else _put_year(before, after, before.start, after.end)
    if _is_year(before) and after.role == "stretch" and YEAR_FIRST.fullmatch(text, *gap):
        return _put_year(after, before, before.start, after.end)
    return None


def _is_year(moment: Moment) -> bool:
    whole = moment.months is None and moment.days is None and not moment.edge
    return whole and (moment.year is not None or moment.role in ("fiscal", "relative year"))


def _lacks_year(moment: Moment) -> bool:
    return moment.months is not None and moment.year is None and moment.fixed is None and not moment.lost


def _put_year(stretch: Moment, year: Moment, start: int, end: int) -> Moment:
    """Put a stretch into a year; months of a fiscal year count from its own beginning."""
    if year.fixed is not None and stretch.months is not None:
        first = add_months(year.fixed[0], stretch.months[0] - 1)
        fixed = months_from(first, stretch.months[1] - stretch.months[0] + 1)
        return Moment(start, end, fixed=fixed, anchored=year.anchored)
    return replace(
        stretch, start=start, end=end, year=year.year, anchored=year.anchored, lost=year.lost, weak=False, role=""
    )


JOIN = re.compile(
    r"\s*[-–—~]\s*|,?\s+(?:to|through|thru|until|till|up\s+to|up\s+until|and\s+ending(?:\s+(?:on|in))?)\s+(?:the\s+)?"
)
AND = re.compile(r"\s+and\s+(?:the\s+)?")
BETWEEN = re.compile(r"between\s+(?:the\s+)?$")
SINCE = re.compile(r"(?:\bever\s+)?\bsince\s+(?P<gap>(?:[^\s.;:!?,()]+\s+){0,12}?)(?:(?:on|in|from)\s+)?(?:the\s+)?$")
STARTING = re.compile(r"\b(?:as\s+from|with\s+effect\s+from|starting(?:\s+from)?|beginning)\s+(?:on\s+|in\s+)?$")
FROM = re.compile(r"\bfrom\s+(?:the\s+)?$")
UNTIL = re.compile(r"\b(?:as\s+(?:of|at)|up\s+(?:to|until|till)|until|till|through)\s+(?:the\s+)?$")
REACHES = re.compile(r"\b(?:by|to|as\s+(?:of|at)|up\s+(?:to|until|till)|until|till|through)\s+(?:the\s+)?$")
YEAR_UP_TO = re.compile(r"\s+(?:to|through|until|till|up\s+to|up\s+until|as\s+of)\s+(?:the\s+)?")
PREPOSITION = re.compile(r"\b(?:in|on|during|from|for|between)\s+(?:the\s+)?$")
CLAUSE_END = re.compile(r"[.;:!?]\s|,\s")
COMPARED = re.compile(r"\b(?:than|against|with|versus|compared\s+to|from|over|on)\s+(?:in\s+)?$")
LOOK_BACK, TILL_NOW = 110, 90


def find_periods_en(text: str, clock: Clock) -> list[PeriodMention]:
    """Return the periods that a folded English block names, in order; none where it names none."""
    if GATE.search(text) is None:
        return []
    return _Composer(text, clock).mentions()


class _Composer:
    """Puts the dates of one block together with the words around them."""

    def __init__(self, text: str, clock: Clock) -> None:
        self.text, self.timeline = text, Timeline(clock)
        self.dates = _dates(text, clock)
        self.found: list[PeriodMention] = []

    def mentions(self) -> list[PeriodMention]:
        index = 0
        while index < len(self.dates):
            index += self.step(index)
        return self.found

    def step(self, index: int) -> int:
        """Read the mention that begins with one date; return how many dates it took."""
        here = self.dates[index]
        after = self.dates[index + 1] if index + 1 < len(self.dates) else None
        if here.kind is not None:
            return self.worded(here)
        if after is not None and (taken := self.pair(here, after)):
            return taken
        if here.weak:
            return 1
        settled = self.timeline.settle(here)
        if not self.since(here, settled) and not self.until(here, settled):
            self.alone(here, settled)
        self.note(here, settled)
        return 1

    def worded(self, here: Moment) -> int:
        """Read a word such as `that year`, whose days the context gives if anything does."""
        settled = self.timeline.settle(here) if here.fixed else None
        if here.kind == "same_year" and self.timeline.year:
            year = self.timeline.year
            settled = Settled(date(year, 1, 1), date(year, 12, 31), self.timeline.anchored)
        elif here.kind == "day" and self.timeline.day:
            settled = Settled(self.timeline.day, self.timeline.day, self.timeline.anchored)
        if here.kind == "until" and self.timeline.told:
            settled = Settled(self.timeline.told, self.timeline.told, True)
        if here.kind == "until":
            self.found.append(until(here, settled, here.start, here.end))
        elif here.kind is not None:
            self.found.append(mention(here.start, here.end, here.kind, settled))
        return 1

    def pair(self, here: Moment, after: Moment) -> int:
        """Read two dates that are one mention; return how many were taken, 0 for none."""
        between = self.text[here.end : after.start]
        if here.weak and here.role in _UNITS:
            return self.months_to(here, after) if not between else 0
        if after.kind == "until":
            return self.till_now(here, after, between)
        if after.kind is not None:
            return 0
        if JOIN.fullmatch(between) or (AND.fullmatch(between) and self.opened(BETWEEN, here)):
            return self.stretch(here, after)
        if _is_year(here) and not here.fixed and YEAR_UP_TO.fullmatch(between):
            return self.stretch(replace(here, months=(1, 1)), after)
        return 0

    def months_to(self, here: Moment, after: Moment) -> int:
        """Read the year to March 2022, the 12 months that ended in June 2023, the week ending 5 May."""
        settled = self.timeline.settle(after)
        days = _stretch_until(settled.last, here.role, here.count) if settled else None
        found = Settled(*days, settled.anchored) if settled and days else None
        self.found.append(mention(here.start, after.end, "range", found))
        self.note(after, settled)
        return 2

    def till_now(self, here: Moment, after: Moment, between: str) -> int:
        """Read from June 25, when it began, till now; 2021 to date."""
        near = not between.strip(" ,") or (self.opened(FROM, here) and not CLAUSE_END.search(between))
        if here.weak and between.strip(" ,") or not near or len(between) > TILL_NOW:
            return 0
        settled = self.timeline.settle(here)
        self.found.append(since(settled, self.timeline, here.start, after.end))
        self.note(here, settled)
        return 2

    def stretch(self, here: Moment, after: Moment) -> int:
        if here.role in ("weekday",) and after.role == "weekday":
            here, after = replace(here, role=""), replace(after, role="")
        settled = self.timeline.join(here, after)
        if settled is None and (here.year or after.year or self.timeline.published):
            return 0
        self.found.append(mention(here.start, after.end, "range", settled))
        self.note(here, settled)
        if settled and after.is_day:
            self.timeline.day = settled.last
        return 2

    def since(self, here: Moment, settled: Settled | None) -> bool:
        start = self.opened(SINCE, here) or self.opened(STARTING, here)
        if start is None:
            return False
        self.found.append(since(settled, self.timeline, start[0], here.end))
        return True

    def opened(self, pattern: re.Pattern[str], here: Moment) -> tuple[int] | None:
        """Return where the words that open the mention begin, if they stand right before it."""
        low = max(0, here.start - LOOK_BACK)
        found = pattern.search(self.text[low : here.start])
        return (low + found.start(),) if found else None

    def until(self, here: Moment, settled: Settled | None) -> bool:
        start = self.opened(REACHES if here.edge == "end" else UNTIL, here)
        if start is None:
            return False
        settled = self.timeline.capped(settled) if settled else None
        self.found.append(until(here, settled, start[0], here.end))
        return True

    def alone(self, here: Moment, settled: Settled | None) -> None:
        """A stretch that stands alone; the start of a year is no period."""
        if here.edge != "start":
            self.found.append(single(here, self.timeline, settled))

    def note(self, here: Moment, settled: Settled | None) -> None:
        """Remember year and day, but not those of a comparison: than in 2021."""
        if not self.opened(COMPARED, here):
            self.timeline.note(here, settled)
        if settled and here.is_day and self.is_speech(here):
            self.timeline.hear(settled.first)

    def is_speech(self, here: Moment) -> bool:
        """True where words of the same sentence, beside the day, tell of a statement: said on Tuesday."""
        before = SENTENCE_END.split(self.text[max(0, here.start - 40) : here.start])[-1]
        after = SENTENCE_END.split(self.text[here.end : here.end + 40])[0]
        return SPEAKING.search(before) is not None or SPEAKING.search(after) is not None


SENTENCE_END = re.compile(r"[.!?;]\s")
SPEAKING = re.compile(
    r"\b(?:said|says|told|announced?|reported|revealed|disclosed|stated|informed|confirmed|released|briefing|conference|"
    r"statement|according\s+to)\b"
)
_UNITS = frozenset(("year", "month", "quarter", "week", "day"))


def _stretch_until(last: date, unit: str, count: int) -> Days:
    if unit in ("week", "day"):
        return add_days(last, 1 - count * (7 if unit == "week" else 1)), last
    return months_until(last, count * {"year": 12, "quarter": 3}.get(unit, 1))
