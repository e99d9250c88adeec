"""Lists and the numbers beside them."""

from __future__ import annotations

import pytest

from tallyroom.algebra.soft.lists import miscounts

LEVELS = {
    "江苏": "subdivision", "浙江": "subdivision", "江西": "subdivision", "湖南": "subdivision", "上海": "subdivision",
    "新疆": "subdivision", "哈萨克斯坦": "country", "乌兹别克斯坦": "country", "拉脱维亚": "country", "泰国": "country",
    "Jiangsu": "subdivision", "Zhejiang": "subdivision", "Jiangxi": "subdivision", "Hunan": "subdivision",
    "Inner Mongolia": "subdivision", "Laos": "country", "Myanmar": "country",
}  # fmt: skip


def found(text: str) -> list[tuple[int, int]]:
    return [(one.says, one.names) for one in miscounts(text, lambda words: LEVELS.get(words, ""))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In five provinces, Jiangsu, Zhejiang, Jiangxi and Hunan, police", (5, 4)),
        ("the five provinces of Jiangsu, Zhejiang, Jiangxi, and Hunan", (5, 4)),
        ("three provinces including Jiangsu, Zhejiang, Inner Mongolia and Hunan", (3, 4)),
        ("公安部指挥江苏、浙江、江西、湖南五省开展收网", (5, 4)),
        ("在江苏、浙江和江西等两省", (2, 3)),
        ("五省（江苏、浙江、江西、湖南）", (5, 4)),
        ("上海、江苏、浙江、江西12省市", (12, 4)),
    ],
)
def test_a_list_that_is_too_short_or_too_long_is_told(text: str, expected: tuple[int, int]) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "four provinces, Jiangsu, Zhejiang, Jiangxi and Hunan, took part",
        "five provinces including Jiangsu and Zhejiang",
        "five provinces, Jiangsu, Atlantis, Jiangxi and Hunan",
        "公安部指挥江苏、浙江、江西、湖南四省开展收网",
        "江苏、浙江等十省市",
        "新疆与哈萨克斯坦、乌兹别克斯坦三国",
        "上海、江苏、浙江三省一市",
        "选举刚果（金）、拉脱维亚、泰国五国",
        "江苏、浙江、亚特兰蒂斯五省",
        "江苏、浙江三省级单位",
    ],
)
def test_open_lists_other_levels_and_unknown_names_are_not_told(text: str) -> None:
    assert found(text) == []


def test_a_list_is_told_where_it_stands() -> None:
    text = "Yesterday, in five provinces, Jiangsu and Zhejiang."

    (one,) = miscounts(text, lambda words: LEVELS.get(words, ""))

    assert text[one.start : one.end] == "five provinces, Jiangsu and Zhejiang"
