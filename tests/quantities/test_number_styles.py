"""Properties: a number written in any style reads back; no text breaks the reader or its spans."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numbering import reader

DIGITS = "零一二三四五六七八九"
FINANCIAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
TEENS = [
    "ten",
    "eleven",
    "twelve",
    *(f"{stem}teen" for stem in ["thir", "four", "fif", "six", "seven", "eigh", "nine"]),
]
ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", *TEENS]
TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
COUNTS = st.integers(min_value=2, max_value=10**12)


def chinese(value: int) -> str:
    """Write a whole number below 10^16 in Chinese."""
    if value >= 10**8:
        return _joined(value, 10**8, "亿")
    if value >= 10**4:
        return _joined(value, 10**4, "万")
    return _section(value)


def _joined(value: int, scale: int, name: str) -> str:
    head, rest = divmod(value, scale)
    if not rest:
        return chinese(head) + name
    gap = "零" if rest < scale // 10 else ""
    return chinese(head) + name + gap + chinese(rest)


def _section(value: int) -> str:
    text, zero = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, scale)
        if digit:
            text += ("零" if zero and text else "") + DIGITS[digit] + name
        zero = not digit
    return text or "零"


def english(value: int) -> str:
    """Write a whole number in English."""
    for scale, name in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if value >= scale:
            head, rest = divmod(value, scale)
            gap = " and " if 0 < rest < 100 else " "
            return f"{english(head)} {name}" + (gap + english(rest) if rest else "")
    if value >= 100:
        head, rest = divmod(value, 100)
        return f"{ONES[head]} hundred" + (f" and {english(rest)}" if rest else "")
    if value < 20:
        return ONES[value]
    return TENS[value // 10] + (f"-{ONES[value % 10]}" if value % 10 else "")


def mixed(value: int) -> str:
    """Write a whole number with digits before 亿 and 万: 2亿3000万5000."""
    hundreds, rest = divmod(value, 10**8)
    myriads, units = divmod(rest, 10**4)
    text = (f"{hundreds}亿" if hundreds else "") + (f"{myriads}万" if myriads else "")
    small = f"{units:04d}" if text and units else (str(units) if units or not text else "")
    return text + small


def lakhs(value: int) -> str:
    """Group digits as in South Asia: 12,34,567."""
    digits, last = str(value)[:-3], str(value)[-3:]
    groups = []
    while digits:
        groups.insert(0, digits[-2:])
        digits = digits[:-2]
    return ",".join([*groups, last])


def values(lang: str, text: str) -> list[Decimal]:
    return [quantity.value for quantity in reader(lang).find(text)]


@given(COUNTS)
def test_a_chinese_numeral_reads_back(value: int) -> None:
    assert values("zh", f"共{chinese(value)}名") == [value]


@given(COUNTS)
def test_a_financial_numeral_reads_back(value: int) -> None:
    assert values("zh", f"计{chinese(value).translate(FINANCIAL)}元") == [value]


@given(COUNTS)
def test_digits_mixed_with_scales_read_back(value: int) -> None:
    assert values("zh", f"共{mixed(value)}起") == [value]


@given(COUNTS)
def test_english_words_read_back(value: int) -> None:
    assert values("en", f"they found {english(value)} pills") == [value]


@given(COUNTS, st.sampled_from([f"{{:{mark}}}" for mark in (",", "_", "")]))
def test_separators_do_not_change_a_number(value: int, style: str) -> None:
    written = style.format(value).replace("_", " ")
    assert values("en", f"they found {written} pills") == [value]
    assert values("zh", f"共{written}粒") == [value]


@given(st.integers(min_value=1000, max_value=10**12))
def test_lakh_grouping_does_not_change_a_number(value: int) -> None:
    assert values("en", f"they found {lakhs(value)} pills") == [value]


@given(st.decimals(min_value="0.01", max_value="99999", places=2), st.sampled_from(["万", "亿", ""]))
def test_decimals_with_a_scale_read_back(value: Decimal, scale: str) -> None:
    factor = {"万": 10**4, "亿": 10**8, "": 1}[scale]
    assert values("zh", f"约{value}{scale}公斤") == [value * factor]


SIGNS = (
    "0123456789.,- /%$£¥（）()½"
    + "一二三四五十百千万亿零〇点半余多几成倍约近超至到起名吨公斤分之第翻"
    + "andofhlemitru\n"
)
TEXTS = st.text(st.sampled_from(SIGNS), max_size=60)


@pytest.mark.parametrize("lang", ["zh", "en"])
@given(text=TEXTS | st.text(max_size=60))
def test_spans_of_any_text_are_ordered_and_apart(lang: str, text: str) -> None:
    done = 0
    for quantity in reader(lang).find(text):
        assert done <= quantity.start < quantity.end <= len(text)
        assert quantity.outer_start <= quantity.start
        assert quantity.end <= quantity.outer_end <= len(text)
        assert quantity.upper is None or abs(quantity.upper) > abs(quantity.value)
        done = quantity.end


@pytest.mark.parametrize("lang", ["zh", "en"])
@given(text=TEXTS | st.text(max_size=60))
def test_each_quantity_holds_a_numeral_of_the_account(lang: str, text: str) -> None:
    numerals = reader(lang).numerals(text)
    for quantity in reader(lang).find(text):
        assert any(start < quantity.end and quantity.start < end for start, end in numerals)
    for (_, end), (start, _) in pairwise(numerals):
        assert end <= start


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "run",
    [
        "1",
        "1,",
        "1.",
        "1亿",
        "一百",
        "十万亿",
        "one ",
        "one and ",
        "hundred ",
        "1-",
        "零",
        "百分之",
        "a half ",
    ],
)
def test_a_monstrous_run_has_a_bounded_answer(lang: str, run: str) -> None:
    text = run * 3000
    found = reader(lang).find(text)
    assert all(quantity.end - quantity.start < 400 for quantity in found)
