"""Printing numbers: as asked, exact, and never another value than the record has."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import an_observation
from tallyroom.codebook import load_codebook
from tallyroom.release.numbers import NumberPrinter, Style
from tallyroom.release.problems import WordingMissing
from tallyroom.release.wording import wording_of

PRINTERS = {lang: NumberPrinter(wording_of(lang), load_codebook()) for lang in ("zh", "en")}


def written(lang: str, value: str, unit: str, style: Style | None = None, **changes: Any) -> str:
    amount = Decimal(value)
    row = an_observation("", value=amount, low=amount, high=amount, unit=unit, **changes)
    return PRINTERS[lang].write(row, style or Style()).text


@pytest.mark.parametrize(
    ("lang", "value", "unit", "style", "text"),
    [
        ("zh", "2589", "case", Style(), "2589起"),
        ("en", "2589", "case", Style(), "2,589"),
        ("zh", "1313.2", "kg", Style(), "1313.2公斤"),
        ("zh", "1313.2", "kg", Style(show="t", decimals=2), "1.31吨"),
        ("en", "1313.2", "kg", Style(show="t", decimals=2), "1.31 tons"),
        ("en", "72100", "kg", Style(), "72.1 tons"),
        ("zh", "18720", "person", Style(scale="万", decimals=2, counter="名"), "1.87万名"),
        ("en", "18720", "person", Style(decimals=-2), "18,700"),
        ("zh", "2400000", "CNY", Style(), "240万元"),
        ("en", "2400000", "CNY", Style(), "2.4 million yuan"),
        ("en", "1305", "kg", Style(show="t", decimals=2), "1.31 tons"),
        ("en", "0.25", "kg", Style(), "250 grams"),
    ],
)
def test_a_number_is_printed_as_asked(lang: str, value: str, unit: str, style: Style, text: str) -> None:
    assert written(lang, value, unit, style) == text


@pytest.mark.parametrize(
    ("changes", "zh", "en"),
    [
        ({"qualifier": "approx", "low": Decimal(290), "high": Decimal(310)}, "约300起", "about 300"),
        ({"qualifier": "at_least", "high": None, "low_open": True}, "超过300起", "more than 300"),
        ({"qualifier": "at_least", "high": None}, "300起以上", "at least 300"),
        ({"qualifier": "at_most", "low": Decimal(0), "high_open": True}, "不足300起", "fewer than 300"),
    ],
)
def test_a_qualifier_is_printed_too(changes: dict[str, Any], zh: str, en: str) -> None:
    row = an_observation("", **{"value": Decimal(300), "low": Decimal(300), "high": Decimal(300), **changes})

    assert PRINTERS["zh"].write(row, Style()).text == zh
    assert PRINTERS["en"].write(row, Style()).text == en
    assert PRINTERS["en"].write(row, Style()).observation.qualifier == row.qualifier


def test_a_number_that_would_say_another_value_is_refused() -> None:
    with pytest.raises(WordingMissing) as refused:
        written("zh", "2589", "case", Style(show="t"))

    assert "not shown as t" in str(refused.value)


@given(
    st.decimals(min_value="0.001", max_value="999999999", places=3),
    st.sampled_from(["kg", "CNY", "L"]),
    st.integers(min_value=0, max_value=3),
    st.sampled_from(["zh", "en"]),
)
@settings(max_examples=200)
def test_what_is_printed_contains_the_value(value: Decimal, unit: str, decimals: int, lang: str) -> None:
    row = an_observation("", value=value, low=value, high=value, unit=unit)

    for style in (Style(), Style(decimals=decimals)):
        stated = PRINTERS[lang].write(row, style).observation
        assert stated.low is not None
        assert stated.high is not None
        assert stated.low <= value <= stated.high
        assert stated.unit == unit


@given(st.integers(min_value=1, max_value=10**9), st.sampled_from(["zh", "en"]))
@settings(max_examples=100)
def test_a_count_is_printed_in_full(count: int, lang: str) -> None:
    row = an_observation("", value=Decimal(count), low=Decimal(count), high=Decimal(count))

    assert PRINTERS[lang].write(row, Style()).observation.value == count
