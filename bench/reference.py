"""The reference of the speed bench: one regular expression a language, as a script would have it.

It finds a verb of a fixed list, and after it, in the same clause, a number with its unit. It knows no areas,
periods, operations, lists or tables, and its rows have no context: what Tallyroom costs beyond it is the cost
of those.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_ZH = re.compile(
    r"(?P<verb>破获|侦破|抓获|查获|缴获|打掉|捣毁|查处|立案|起诉|移送|收缴|铲除|冻结|追回)"
    r"[^。；\n]{0,24}?"
    rf"(?P<number>{_DIGITS})(?P<scale>[万亿千]?)[余多]?"
    r"(?P<unit>起|件|宗|名|人次|人|个|处|吨|公斤|千克|克|升|万元|元|美元|支|辆|艘|部|株|亩|粒|片)"
)
_EN = re.compile(
    r"\b(?P<verb>seiz\w+|arrest\w+|detain\w+|charg\w+|convict\w+|dismantl\w+|solv\w+|crack\w+|recover\w+|confiscat\w+)\b"
    r"[^.;\n]{0,60}?"
    rf"(?P<number>{_DIGITS})\s?(?P<scale>thousand|million|billion)?\s?"
    r"(?P<unit>kilograms?|kilos?|kg|grams?|tons?|tonnes?|pounds?|litres?|people|persons|suspects|cases|gangs|"
    r"firearms|vehicles|tablets|pills|plants|dollars)\b",
    re.IGNORECASE,
)
_HAN = re.compile("[\u4e00-\u9fff]")


class Found(NamedTuple):
    """A number with its unit and the verb before it, `text[start:end]`."""

    start: int
    end: int
    verb: str
    number: str
    unit: str


def find(text: str) -> list[Found]:
    """Return every number with a unit that follows one of the verbs in its clause, in order."""
    pattern = _ZH if _HAN.search(text) else _EN
    return [
        Found(match.start("number"), match.end(), match["verb"], match["number"], match["unit"])
        for match in pattern.finditer(text)
    ]
