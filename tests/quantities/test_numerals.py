"""The account of numerals: every digit and every number word that stands for a number, and no other word."""

from __future__ import annotations

import pytest

from tallyroom.quantities import find_numerals

CASES = [
    ("zh", "2022年6月25日起，破案3.8万起", ["2022", "6", "25", "3.8万"]),
    ("zh", "第三百四十七条，covid-19，mh370，统一行动", ["三百四十七", "19", "370"]),
    ("zh", "七类主要毒品，数十人，进一步", ["七"]),
    ("zh", "十二月三十一日，二〇二三年", ["十二", "三十一", "二〇二三"]),
    ("en", "fifty-four of the 2,589 were found on june 25", ["fifty-four", "2,589", "25"]),
    ("en", "no one, the third raid, a33, 1990s", ["third", "33", "1990"]),
    ("en", "a two-day raid", []),
]


@pytest.mark.parametrize(("lang", "text", "expected"), CASES)
def test_the_numerals_of_a_text_are_found(lang: str, text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in find_numerals(text, lang)] == expected
