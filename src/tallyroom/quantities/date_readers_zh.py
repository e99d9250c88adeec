"""One Chinese date as written, turned into a moment: 2022年6月25日, 上周五, 民国114年, "十四五"期间."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

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
from tallyroom.quantities.date_words_zh import ERA, SINGLE, date_words, number, year_number
from tallyroom.quantities.moments import Clock, Edge, Moment, MomentReader

FISCAL_YEAR = "04-01"
PLAN_YEARS = 5
NO_DAY = re.compile(
    r"(?:期限?[为是]?|[时历限]期?[为是达]?|拘留|拘役|禁闭|一直[到至]|将[于在]|定于|拟于|满|超过|不少于|[长短]为?)$"
)


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
    back, end = date_words().years.get(word, 0), _EDGES[edge] if edge else ""
    if published is None:
        return Moment(*found.span(), edge=end, anchored=True, lost=True, present=back == 0)
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
        return Moment(*found.span(), months=(last, last), days=date_words().parts[part], edge=edge)
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
    first, _ = month_of(clock.published, date_words().months[found["rm"] or "本月"])
    months, days = (first.month, first.month), None
    edge: Edge = _EDGES.get(found["rpart"] or "", "")
    if found["rd"]:
        days = (number(found["rd"]), number(found["rd"]))
    elif found["rpart"]:
        days = date_words().parts[found["rpart"]]
    return Moment(*found.span(), year=first.year, months=months, days=days, edge=edge, anchored=True)


def _relative(stretch: Callable[[date, str], Days], group: str, role: str = "") -> MomentReader:
    def read(found: re.Match[str], clock: Clock) -> Moment:
        if clock.published is None:
            return Moment(*found.span(), anchored=True, lost=True, role=role)
        return Moment(*found.span(), fixed=stretch(clock.published, found[group]), anchored=True)

    return read


def _day_of(published: date, word: str) -> Days:
    known = date_words().days
    day = add_days(published, known[word[:2]] if word[:2] in known else known[f"{word[0]}日"])
    return day, day


def _weekday(found: re.Match[str], clock: Clock) -> Moment:
    if clock.published is None:
        return Moment(*found.span(), anchored=True, lost=True, role="day")
    monday, sunday = week_of(clock.published, date_words().weeks[found["ww"]])
    day = add_days(monday, date_words().weekdays[found["wd"]])
    return Moment(*found.span(), fixed=(day, sunday if found["wd"] == "末" else day), anchored=True)


def _bare_weekday(found: re.Match[str], clock: Clock) -> Moment:
    """星期三 is the latest one."""
    if clock.published is None:
        return Moment(*found.span(), anchored=True, lost=True, role="day")
    day = weekday_before(clock.published, date_words().weekdays[found["bw"] or found["bw2"]])
    return Moment(*found.span(), fixed=(day, day), anchored=True)


def _plan(found: re.Match[str], clock: Clock) -> Moment:
    first = date_words().plans[found["p"]]
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
    return Moment(*found.span(), kind=date_words().kinds[found[0]])


_EDGES: dict[str, Edge] = {"初": "start", "底": "end", "末": "end"}
READERS: dict[str, MomentReader] = {
    "same": _same, "cell": _cell, "fiscal": _fiscal, "year": _year, "roc": _roc, "iso": _iso, "edge": _edge,
    "pastedge": _past_edge,
    "relyear": _relative_year, "month": _month, "half": _half, "firstmonths": _first_months,
    "quarter": _quarter, "relmonth": _relative_month, "weekday": _weekday, "bareweekday": _bare_weekday,
    "plan": _plan, "span": _span,
    "vague": _vague, "day": _day, "word": _word, "now": _now,
    "relquarter": _relative(lambda day, word: quarter_of(day, date_words().quarters[word]), "relquarter"),
    "week": _relative(lambda day, word: week_of(day, date_words().weeks[word]), "week"),
    "relday": _relative(_day_of, "relday", "day"),
}  # fmt: skip
