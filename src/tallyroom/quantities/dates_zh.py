"""Dates as written in Chinese text: 2022年6月25日, 今年1至8月, 上周五, 民国114年, "十四五"期间, 去年同期."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import NamedTuple

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
from tallyroom.quantities.moments import Clock, Edge, Kind, Moment
from tallyroom.quantities.wordlists import alternatives, word_list

DIGITS = {char: index for index, char in enumerate("〇一二三四五六七八九")}
DIGITS |= {"零": 0, "○": 0, "两": 2, "首": 1}
TO = r"\s*(?:起?至|到|—{1,2}|–|-|~|～|―|‐|−)\s*"
N2 = r"(?:(?<!\d)\d{1,2}(?!\d)|[一二三四五六七八九十廿]{1,3})"
SINGLE = "一二三四五六七八九"
YEAR = r"(?:(?:1[6-9]|20)\d\d|[一二][〇零○一二三四五六七八九]{3})"
FEW = r"(?:\d{1,2}|[一二两三四五六七八九十几]{1,3})"
PARTS = r"上旬|中旬|下旬|初|底|末"
FIRST_CHARACTERS = "首民年前头上下星礼周第过最近这截迄至到\"“‘「同"
NUMERALS = "0123456789〇零○一二三四五六七八九十廿两几半"
AFTER_NUMERAL = "[年月日号至到~～—–―‐−./季天周余多规期时以同段直\"”’」|\\s-]|个[多半月星]|$|[0-9]"
"""What follows a number that begins a date, 十四五期间 and the year in the first cell of a row too."""
INSIDE = frozenset(("parts_of_month", "speaking", "weekdays", "now"))
"""Lists whose words begin no date."""
FISCAL_YEAR = "04-01"
ERA = 1911
"""民国 1 is 1912."""
PLAN_YEARS = 5
Numbers = dict[str, int]


class _Words(NamedTuple):
    """The word lists, and the patterns made of them."""

    years: Numbers
    days: Numbers
    weeks: Numbers
    weekdays: Numbers
    months: Numbers
    quarters: Numbers
    plans: Numbers
    parts: dict[str, tuple[int, int]]
    kinds: dict[str, Kind]
    date: re.Pattern[str]
    speaking: re.Pattern[str]


@cache
def _words() -> _Words:
    words = word_list("zh", "periods")
    numbers = {
        name: {word: int(value) for word, value in words[name].items()}
        for name in ("years", "days", "weeks", "weekdays", "months", "quarters", "plans")
    }
    parts = {word: (int(pair[0]), int(pair[1])) for word, pair in words["parts_of_month"].items()}
    return _Words(
        **numbers,
        parts=parts,
        kinds=_kinds(words),
        date=re.compile(_pattern(words)),
        speaking=re.compile(alternatives(words["speaking"])),
    )


def _kinds(words: dict[str, list[str]]) -> dict[str, Kind]:
    kinds: dict[str, Kind] = dict.fromkeys(words["same_period"], "same_period_last_year")
    kinds |= dict.fromkeys(words["previous_years"], "previous_year")
    kinds |= dict.fromkeys(words["years_of_context"], "same_year")
    kinds |= dict.fromkeys(words["days_of_context"], "day")
    return kinds | dict.fromkeys(words["undated"], "undated")


def _pattern(words: dict[str, list[str]]) -> str:
    """One date as written: each alternative is a named group that `_READERS` reads.

    A look at the first character spares the long pattern where no date begins.
    """
    either = {name: alternatives(words[name]) for name in words}
    groups = {**_year_patterns(either), **_month_patterns(either), **_day_patterns(either)}
    letters = {word[0] for name in words.keys() - INSIDE for word in words[name]} | set(FIRST_CHARACTERS)
    begins = "".join(sorted(letters - set(NUMERALS)))
    named = (f"(?P<{name}>{pattern})" for name, pattern in groups.items())
    return rf"(?=[{begins}]|[{NUMERALS}]{{1,5}}+\s?+(?:{AFTER_NUMERAL}))(?:{'|'.join(named)})"


def _year_patterns(either: dict[str, str]) -> dict[str, str]:
    """Years and the words beside them; the month that may follow is put to them later."""
    part = r"\d{1,2}月|\d{1,2}[至到~-]\d|前\d+个?月|[上下]半年|第[一二三四1-4]季|全年|以来|至今|[初底末]|同期"
    end = r"(?:截至|截止到|截止至|截止|截到|(?:(?<=^)|(?<=[，。、；：,;:\s年月日初晚)）]))(?:至|到))"
    return {
        "same": rf"(?P<same_year>{YEAR}|1[01]\d)年同期|{either['same_period']}|(?<=[比较与和跟])同期",
        "deadline": rf"(?<!\d){YEAR}年(?:底|末)?(?:以|之)?前(?!{FEW}[个季月])",
        "cell": rf"(?:(?<=^)|(?<=^\|)|(?<=^\|\s))(?P<cy>{YEAR})(?=\s*(?:[|\t]|$)|\s+\d)",
        "fiscal": r"(?<![\d.])(?P<f1>20\d\d)[-/](?:(?P<f2>\d\d)|(?P<f4>20\d\d)(?=财))(?:财政|财)?年度?",
        "year": rf"(?<![\d.])(?P<y>{YEAR})(?:\s?年度?|(?={TO}{YEAR}\s?年))"
        r"(?P<yedge>年?[初底末](?![步代]))?(?!第?\d+[期号])",
        "roc": r"(?:民国(?P<era>\d{2,3}|[一二三四五六七八九十百]{2,5})"
        rf"|(?<!\d)(?P<bare>1[01]\d)(?=年度?(?:{part})))年度?",
        "iso": r"(?<![\d.])(?P<iy>(?:19|20)\d\d)(?P<isep>[-/.])(?P<im>\d{1,2})(?P=isep)(?P<iday>\d{1,2})"
        r"(?![\d./]|-\d(?!\d{3}))",
        "now": rf"(?:{end}(?:{either['now']})|(?<![是])[至迄]今)(?![年天日早晨晚月的])(?:为止)?",
        "edge": r"年[初底末](?!步)",
        "pastedge": r"(?P<pe>去年|今年|本年|前年)年?(?P<pedge>[初底末])",
        "relyear": rf"(?<![目以])(?:(?P<ry>{either['years']})度?"
        r"|(?P<ry2>[今去本])[(（]1[01]\d[)）]年度?)",
        "plan": rf"[“\"‘「]?(?P<p>{either['plans']})[”\"’」]?"
        r"(?=规划期|规划实施以|期间|时期|以来|期末|同期)",
    }


def _month_patterns(either: dict[str, str]) -> dict[str, str]:
    """Months, with the day or part that follows, and stretches of months."""
    day = rf"\s?(?:(?P<d1>{N2})\s?[日号]?{TO})?(?P<d>{N2})\s?(?:[日号](?!线)|(?={TO}{N2}\s?[日号]))"
    return {
        "month": rf"(?<![\d.第])(?:(?P<m1>{N2})\s?(?:月份?)?{TO})?(?P<m>{N2})\s?月份?"
        r"(?![龄嫂饼球花]|[一二两三]次)"
        rf"(?:(?P<mpart>{PARTS})|{day})?",
        "half": r"(?P<h>[上下])半年度?",
        "firstmonths": rf"[前头首]\s?(?P<fm>{FEW})\s?个?月(?!前)",
        "quarter": r"第?(?P<q>[一二三四首1-4])季度|(?P<q3>首)季(?!度)|第(?P<q2>[一二三四1-4])季"
        r"|[前首头](?P<fq>[一二两三1-3])个?季度?",
        "relmonth": rf"(?:(?P<rm>{either['months']})|本[(（]{N2}[)）]月)"
        rf"(?:(?P<rpart>{PARTS})|(?P<rd>{N2})[日号])?",
        "relquarter": either["quarters"],
    }


def _day_patterns(either: dict[str, str]) -> dict[str, str]:
    """Days and weeks, stretches that end with publication, and words without days of their own."""
    stands = ("days_of_context", "previous_years", "years_of_context", "undated")
    return {
        "weekday": rf"(?P<ww>{either['weeks']})(?P<wd>[一二三四五六日天末])",
        "week": either["weeks"],
        "bareweekday": r"(?:星期|礼拜)(?P<bw>[一二三四五六日天])"
        r"|周(?P<bw2>[一二三四五六日])(?=[（(，,上下晚凌早])",
        "relday": rf"(?:{either['days']})(?:[(（]\d{{1,2}}月?\d{{0,2}}日[)）])?"
        r"|[今昨前][(（]\d{1,2}(?:日[)）]|[)）][日晚晨天])",
        "span": rf"(?<![附临靠接已经])(?:过去|最近|近|前|这)?(?P<n>{FEW})(?P<unit>天|周|个星期)以?来"
        rf"|(?<![已经])(?:过去|最近)(?P<n2>{FEW})(?P<unit2>天|日|周|个星期)"
        rf"|(?<![附临靠接去])近(?P<n3>{FEW})(?P<unit3>天|周|个星期)",
        "vague": r"(?<![毒节假生作\d])日前(?![后夕])|(?<![临附靠接将])近年来?(?![终底末关货])"
        rf"|(?:过去|最近|近|这)?{FEW}[余多]?(?:年|个月)多?(?:以?来|间(?=[,，]))"
        rf"|(?:过去|最近|近){FEW}[余多]?(?:年|个月)|[一两三半]年多来?",
        "day": r"(?<![\d.第])(?P<dd>\d{1,2}|[一二三]?十[一二三四五六七八九]?)\s?日(?![内以之龄游元均子租报])",
        "word": "|".join(either[name] for name in stands),
    }


def number(digits: str) -> int:
    """Return the number below a thousand that digits or Chinese numerals write: 二十一, 廿, 百一十四."""
    if digits.isdigit() and digits.isascii():
        return int(digits)
    total, digit = 0, 0
    for char in digits.replace("廿", "二十"):
        if char in "十百":
            total, digit = total + (digit or 1) * (10 if char == "十" else 100), 0
        else:
            digit = DIGITS.get(char, 0)
    return total + digit


def year_number(digits: str) -> int:
    """Return the year that digits write, Arabic or Chinese: 二〇二二; three digits count from 1911."""
    year = int(digits) if digits.isascii() else int("".join(str(DIGITS[char]) for char in digits))
    return year + ERA if len(digits) == 3 else year


NO_DAY = re.compile(
    r"(?:期限?[为是]?|[时历限]期?[为是达]?|拘留|拘役|禁闭|一直[到至]|将[于在]|定于|拟于|满|超过|不少于|[长短]为?)$"
)
Reader = Callable[[re.Match[str], Clock], Moment | None]


def _same(found: re.Match[str], clock: Clock) -> Moment:
    """The same stretch of a named year keeps that year's ends as a hint: 2019年同期."""
    year = year_number(found["same_year"]) if found["same_year"] else 0
    fixed = (date(year, 1, 1), date(year, 12, 31)) if year else None
    return Moment(*found.span(), fixed=fixed, kind="same_period_last_year")


def _year(found: re.Match[str], clock: Clock) -> Moment:
    edge = _EDGES[found["yedge"][-1]] if found["yedge"] else ""
    return Moment(*found.span(), year=year_number(found["y"]), edge=edge)


def _fiscal(found: re.Match[str], clock: Clock) -> Moment | None:
    """2023-24年度, 2023/24财政年度: from April where the publisher's own fiscal year is not known."""
    first, last = int(found["f1"]), int(found["f2"] or found["f4"])
    fixed = fiscal_days(first, clock.fiscal_year or FISCAL_YEAR) if (first + 1 - last) % 100 == 0 else None
    return Moment(*found.span(), fixed=fixed) if fixed else None


def _cell(found: re.Match[str], clock: Clock) -> Moment:
    """A bare year that fills the first cell of a row."""
    return Moment(*found.span("cy"), year=year_number(found["cy"]))


def _roc(found: re.Match[str], clock: Clock) -> Moment:
    return Moment(*found.span(), year=ERA + number(found["era"] or found["bare"]))


def _iso(found: re.Match[str], clock: Clock) -> Moment | None:
    month, day = int(found["im"]), int(found["iday"])
    if one_day(int(found["iy"]), month, day) is None:
        return None
    return Moment(*found.span(), year=int(found["iy"]), months=(month, month), days=(day, day))


def _relative_year(found: re.Match[str], clock: Clock) -> Moment:
    return _from_published(found, found["ry"] or f"{found['ry2']}年", "", clock.published)


def _past_edge(found: re.Match[str], clock: Clock) -> Moment:
    word = found["pe"]
    return _from_published(found, word, found["pedge"], clock.published)


def _from_published(found: re.Match[str], word: str, edge: str, published: date | None) -> Moment:
    back, end = _words().years.get(word, 0), _EDGES[edge] if edge else ""
    if published is None:
        return Moment(*found.span(), edge=end, anchored=True, lost=True)
    return Moment(*found.span(), year=published.year + back, edge=end, anchored=True)


def _edge(found: re.Match[str], clock: Clock) -> Moment:
    return Moment(*found.span(), edge=_EDGES[found["edge"][1]])


def _month_numbers(first: str | None, last: str) -> tuple[int, int]:
    """五六月 is May and June, but 十一月 November."""
    if first is None and len(last) == 2 and last[0] in SINGLE and last[1] in SINGLE:
        return number(last[0]), number(last[1])
    return number(first or last), number(last)


def _month(found: re.Match[str], clock: Clock) -> Moment | None:
    first, last = _month_numbers(found["m1"], found["m"])
    if not 1 <= first <= 12 or not 1 <= last <= 12:
        return None
    if found["mpart"]:
        part = found["mpart"]
        edge: Edge = _EDGES.get(part, "")
        return Moment(*found.span(), months=(last, last), days=_words().parts[part], edge=edge)
    if found["d"] is None:
        role = "months" if first < last else ""
        return Moment(*found.span(), months=(first, last), role=role) if first <= last else None
    day = number(found["d"])
    since_day = number(found["d1"]) if found["d1"] else day
    return Moment(*found.span(), months=(last, last), days=(since_day, day))


def _half(found: re.Match[str], clock: Clock) -> Moment:
    return Moment(*found.span(), months=(1, 6) if found["h"] == "上" else (7, 12), role="stretch")


def _first_months(found: re.Match[str], clock: Clock) -> Moment | None:
    """前一个月 is the month before, not the first month."""
    count = number(found["fm"])
    return Moment(*found.span(), months=(1, count), role="months") if 2 <= count <= 12 else None


def _quarter(found: re.Match[str], clock: Clock) -> Moment:
    if found["fq"]:
        return Moment(*found.span(), months=(1, 3 * number(found["fq"])), role="stretch")
    index = number(found["q"] or found["q2"] or found["q3"])
    months, weak = (3 * index - 2, 3 * index), found["q2"] is not None
    return Moment(*found.span(), months=months, weak=weak, role="stretch")


def _relative_month(found: re.Match[str], clock: Clock) -> Moment:
    if clock.published is None:
        return Moment(*found.span(), anchored=True, lost=True)
    first, _ = month_of(clock.published, _words().months[found["rm"] or "本月"])
    months, days = (first.month, first.month), None
    edge: Edge = _EDGES.get(found["rpart"] or "", "")
    if found["rd"]:
        days = (number(found["rd"]), number(found["rd"]))
    elif found["rpart"]:
        days = _words().parts[found["rpart"]]
    return Moment(*found.span(), year=first.year, months=months, days=days, edge=edge, anchored=True)


def _relative(stretch: Callable[[date, str], Days], group: str, role: str = "") -> Reader:
    def read(found: re.Match[str], clock: Clock) -> Moment:
        if clock.published is None:
            return Moment(*found.span(), anchored=True, lost=True, role=role)
        return Moment(*found.span(), fixed=stretch(clock.published, found[group]), anchored=True)

    return read


def _day_of(published: date, word: str) -> Days:
    known = _words().days
    day = add_days(published, known[word[:2]] if word[:2] in known else known[f"{word[0]}日"])
    return day, day


def _weekday(found: re.Match[str], clock: Clock) -> Moment:
    if clock.published is None:
        return Moment(*found.span(), anchored=True, lost=True, role="day")
    monday, sunday = week_of(clock.published, _words().weeks[found["ww"]])
    day = add_days(monday, _words().weekdays[found["wd"]])
    return Moment(*found.span(), fixed=(day, sunday if found["wd"] == "末" else day), anchored=True)


def _bare_weekday(found: re.Match[str], clock: Clock) -> Moment:
    """星期三 is the latest one."""
    if clock.published is None:
        return Moment(*found.span(), anchored=True, lost=True, role="day")
    day = weekday_before(clock.published, _words().weekdays[found["bw"] or found["bw2"]])
    return Moment(*found.span(), fixed=(day, day), anchored=True)


def _plan(found: re.Match[str], clock: Clock) -> Moment:
    first = _words().plans[found["p"]]
    return Moment(*found.span(), fixed=(date(first, 1, 1), date(first + PLAN_YEARS - 1, 12, 31)))


def _span(found: re.Match[str], clock: Clock) -> Moment | None:
    count = number(found["n"] or found["n2"] or found["n3"])
    unit = found["unit"] or found["unit2"] or found["unit3"]
    if not count or "几" in found[0]:
        return Moment(*found.span(), kind="undated")
    if clock.published is None:
        return Moment(*found.span(), anchored=True, lost=True)
    days = count * (1 if unit in "天日" else 7)
    return Moment(*found.span(), fixed=(add_days(clock.published, 1 - days), clock.published), anchored=True)


def _vague(found: re.Match[str], clock: Clock) -> Moment:
    return Moment(*found.span(), kind="undated")


def _day(found: re.Match[str], clock: Clock) -> Moment | None:
    """A bare day; not a term (上诉期限为28日) and not one ahead (一直到21日)."""
    day = number(found["dd"])
    before = found.string[max(0, found.start() - 6) : found.start()]
    named = 1 <= day <= 31 and not NO_DAY.search(before)
    return Moment(*found.span(), days=(day, day)) if named else None


def _now(found: re.Match[str], clock: Clock) -> Moment:
    fixed = (clock.published, clock.published) if clock.published else None
    return Moment(*found.span(), fixed=fixed, kind="until", anchored=True, lost=fixed is None)


def _word(found: re.Match[str], clock: Clock) -> Moment:
    return Moment(*found.span(), kind=_words().kinds[found[0]])


_EDGES: dict[str, Edge] = {"初": "start", "底": "end", "末": "end"}
_READERS: dict[str, Reader] = {
    "same": _same, "cell": _cell, "fiscal": _fiscal, "year": _year, "roc": _roc, "iso": _iso, "edge": _edge,
    "pastedge": _past_edge,
    "relyear": _relative_year, "month": _month, "half": _half, "firstmonths": _first_months,
    "quarter": _quarter, "relmonth": _relative_month, "weekday": _weekday, "bareweekday": _bare_weekday,
    "plan": _plan, "span": _span,
    "vague": _vague, "day": _day, "word": _word, "now": _now,
    "relquarter": _relative(lambda day, word: quarter_of(day, _words().quarters[word]), "relquarter"),
    "week": _relative(lambda day, word: week_of(day, _words().weeks[word]), "week"),
    "relday": _relative(_day_of, "relday", "day"),
}  # fmt: skip
PUT_BEFORE = re.compile(r"\s*的?")


def dates_zh(text: str, clock: Clock) -> list[Moment]:
    """Return the dates as written; a year and the month or stretch that follows it are one."""
    dates: list[Moment] = []
    for found in _words().date.finditer(text):
        reader = _READERS.get(found.lastgroup or "")
        moment = reader(found, clock) if reader else None
        if moment is None:
            continue
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
        kind=None, weak=False,
    )  # fmt: skip


def tells_speech(words: str) -> bool:
    """True where the words hold a verb of a statement: 通报, 表示."""
    return _words().speaking.search(words) is not None
