"""The words of audits, bounds and comparisons in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

LANGUAGES = ("en", "zh")
_WORDS = {
    # key: English, Chinese
    "audit": ("Audit of the record", "数据审核报告"),
    "hard": ("contradiction", "矛盾"),
    "soft": ("to be looked at", "待核实"),
    "note": ("note", "提示"),
    "hards": ("Contradictions", "矛盾"),
    "softs": ("To be looked at", "待核实"),
    "notes": ("Notes", "提示"),
    "hard about": ("These figures cannot all be true. It is proved.", "以下数据不可能同时成立（已证明）。"),
    "soft about": ("These look wrong, and may be right.", "以下数据可疑，但也可能正确。"),
    "note about": ("These are told apart, and neither is wrong.", "以下数据应区别看待，并无对错。"),
    "entry": ("entry", "条目"),
    "figures": ("figures", "数据"),
    "ties": ("Why they hang together", "相互关系"),
    "proof": ("Proof", "证明"),
    "mend": ("The smallest change", "最小改动"),
    "off": ("Switched off", "已停用的规则"),
    "unsolved": ("Left out", "未计算部分"),
    "nothing": ("Nothing was found.", "未发现问题。"),
    "because": ("because", "依据"),
    "change": ("change", "改动"),
    "instead": ("would have to lie in", "应在"),
    "slip": ("looks like a slip", "疑似笔误"),
    "hidden": ("not listed", "未列出"),
    "and others": ("others force", "其余数据要求"),
    "drawn": ("Intervals on one axis", "同一坐标轴上的区间"),
    "close": ("The gap, enlarged", "差距（放大）"),
    "looked at": ("figures looked at", "条数据已审核"),
    "commit": ("commit", "提交"),
    "question": ("asked", "查询"),
    "bounds": ("Bounds", "上下界"),
    "cell": ("cell", "指标单元"),
    "without": ("without", "不含"),
    "lowest": ("at least", "至少"),
    "highest": ("at most", "至多"),
    "lowest open": ("more than", "大于"),
    "highest open": ("less than", "小于"),
    "to": ("to", "至"),
    "added up": ("added up:", "相加得"),
    "cannot be": (", which cannot be", "，不可能成立"),
    "whole less parts": ("whole less parts", "整体减部分"),
    "or": ("or", "或"),
    "both": ("both ends are forced by", "上下界均由下列数据决定"),
    "nothing forces": ("nothing in the record forces it", "数据库中无数据可确定"),
    "published": ("published", "已公布"),
    "unpublished": ("not published", "未公布"),
    "taken": ("taken from the record", "取自数据库"),
    "compare": ("Side by side", "对照"),
    "first side": ("A", "甲"),
    "second side": ("B", "乙"),
    "exact": ("agree exactly", "完全一致"),
    "rounding": ("agree by rounding", "舍入一致"),
    "differ": ("differ", "不一致"),
    "later": ("run to another day", "截至日不同"),
    "first": ("only in A", "仅见于甲"),
    "second": ("only in B", "仅见于乙"),
    "difference": ("B less A", "乙减甲"),
    "remarks": ("remarks", "说明"),
    "document": ("document", "文件"),
    "agency": ("agency", "机关"),
    "publisher": ("publisher", "发布机构"),
    "release": ("release", "公报"),
    "query": ("query", "查询"),
    "skip": ("To the first finding", "跳到第一项"),
    "contents": ("Findings", "目录"),
}  # fmt: skip


def told(key: str, lang: str) -> str:
    """Return a word of an audit in `lang`; English where it is neither."""
    return _WORDS[key][1 if lang.startswith("zh") else 0]


def in_language(words: Mapping[str, str], lang: str) -> str:
    """Return a text in `lang`, or in the language that it has."""
    return words.get("zh" if lang.startswith("zh") else "en") or next(iter(words.values()), "")


def cell_words(cell: Mapping[str, Any]) -> str:
    """Return a cell on one line: `cases_solved CN 2022-06-25/2022-07-31 hundred-days-2022 drugs`."""
    narrowed = [f"{name}={value}" for name, value in sorted((cell.get("breakdown") or {}).items())]
    statistic = cell.get("statistic")
    parts = [
        cell.get("indicator"), statistic if statistic != "level" else "", ",".join(cell.get("area") or ()),
        cell.get("period"), cell.get("operation_id"), cell.get("agency"), cell.get("offence"),
        cell.get("substance"), *narrowed,
    ]  # fmt: skip
    return " ".join(str(part) for part in parts if part)


def letter(at: int) -> str:
    """Return the letter of a figure in a finding: A to Z, then AA, AB.

    Examples:
        >>> [letter(at) for at in (0, 25, 26, 53)]
        ['A', 'Z', 'AA', 'BB']
    """
    before, last = divmod(at, 26)
    return (letter(before - 1) if before else "") + chr(ord("A") + last)
