"""Findings to be shown: made by hand, so that what shows them is tested by itself."""

from __future__ import annotations

import datetime
from decimal import Decimal

from helpers import an_observation
from tallyroom.model import Bounds, Figure, Finding, Interval, Mend, Tie
from tallyroom.model.audit import Answer, Audit, Quote, RuleOff, Said

KNOWN = datetime.datetime(2026, 11, 24, 8, 30, tzinfo=datetime.UTC)
BEFORE = "x" * 9 + " 公安部8月26日召开新闻发布会介绍，“百日行动”截至7月底，全国公安机关共破获刑事案件"
AFTER = "，抓获违法犯罪嫌疑人46.6万名 <b>" + "后" * 60


def a_figure(entry: int, text: str, low: str, high: str, unit: str = "case", **changes: object) -> Figure:
    """A figure of a document of its own."""
    row = an_observation(
        text, value=Decimal(low), low=Decimal(low), high=Decimal(high), high_open=low != high, unit=unit,
        source=f"doc-{entry}", **changes,
    )  # fmt: skip
    return Figure(entry, row, entry - 1, KNOWN)


def said_of(*figures: Figure) -> dict[int, Said]:
    """Each figure with a quote, as a page shows it."""
    return {
        one.entry: Said(
            one, Quote(BEFORE, one.observation.text, AFTER), {"id": one.observation.source, "title": "标题 & title",
            "publisher": "Gazette", "published": "2022-08-26", "lang": "zh"},
        )
        for one in figures
    }  # fmt: skip


EARLY = a_figure(2, "26.98万起", "269750", "269850")
LATE = a_figure(4, "27万余起", "270000", "280000")
WHOLE = a_figure(6, "1,736.3 kg", "1736.25", "1736.35", "kg")
PARTS = tuple(
    a_figure(8 + 2 * at, f"{kg} kg", f"{kg - 1}", f"{kg}", "kg") for at, kg in enumerate((925, 810))
)
GANGS = (
    a_figure(20, "183 gangs", "183", "183", "group"),
    a_figure(22, "183 networks", "183", "183", "group"),
)
SLIP = {"en": "8567 for 8657: digits exchanged", "zh": "8657误作8567：数字颠倒"}

SAME = Finding(
    "F101", "hard", {"en": "cannot all be true of one measure", "zh": "同一指标的数字不能同时成立"}, (EARLY, LATE),
    (), ("1 × (entry 2: cases < 269850)", "1 × (entry 4: cases > 270000)", "0 > 150"),
    (Mend(4, Interval(Decimal(269750), Decimal(269850), False, True), Decimal(269800), SLIP),),
)  # fmt: skip
SUM = Finding(
    "F104", "hard", {"en": "parts do not make up their whole", "zh": "各部分之和与整体不符"}, (WHOLE, *PARTS),
    (Tie("partition", {"en": "heroin and other drugs together are all drugs", "zh": "海洛因与其他合计即毒品"}),),
    ("1 × (entry 6)", "0 ≥ 1"),
    (Mend(6, Interval(Decimal(1733), Decimal(1735), False, True), Decimal(1734)),),
)  # fmt: skip
NOTE = Finding("F302", "note", {"en": "one value in two counting units", "zh": "计数单位不同"}, GANGS)
OFF = RuleOff("F205", 30, "desk 2", KNOWN, "the series is too short", 3)


def an_audit(*findings: Finding) -> Audit:
    """An audit that found these, with a rule switched off."""
    figures = [figure for one in findings for figure in one.figures]
    return Audit(findings, said_of(*figures), (OFF,), 88, 20, "ab" * 32, "area=CN", {"no period": 4},
        ({"en": "a component of 120,000 figures", "zh": "一个含12万条数据的分量"},))  # fmt: skip


def an_answer(low: str | None = "220", high: str | None = "240") -> Answer:
    """Bounds that two figures force."""
    ends = [None if end is None else Decimal(end) for end in (low, high)]
    reach = Interval(ends[0], ends[1], ends[0] is not None, ends[1] is not None)
    found = Bounds(
        reach, "kg", (WHOLE,), (PARTS[0],), (Tie("part", {"en": "a lies in b", "zh": "甲属于乙"}),)
    )
    cell = {
        "indicator": "quantity_seized",
        "area": ("CN",),
        "period": "2022-06-25/2022-07-31",
        "breakdown": {},
    }
    return Answer(found, cell, (), said_of(WHOLE, *PARTS), {"unit": "kg"}, 20, "ab" * 32)
