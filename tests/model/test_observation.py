"""An observation as a line of JSON: exact, complete, the same characters everywhere."""

from __future__ import annotations

import json
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from helpers import an_observation
from tallyroom.model.observation import plain

FIELDS = [
    "source", "start", "end", "text", "indicator", "statistic", "value", "upper", "unit", "qualifier", "area",
    "period", "operation", "offence", "substance", "breakdown", "low", "high", "low_open", "high_open",
    "counted", "agency", "operation_id", "period_from", "rule", "confidence",
]  # fmt: skip


def test_a_line_holds_exactly_the_fields_in_their_order() -> None:
    assert list(json.loads(an_observation().to_json())) == FIELDS


def test_decimals_are_strings_without_exponent_or_needless_zeros() -> None:
    row = an_observation(value=Decimal("1.310E+3"), upper=Decimal("0.7500"), low=Decimal("-0.0"), high=None)

    line = json.loads(row.to_json())

    assert (line["value"], line["upper"], line["low"], line["high"]) == ("1310", "0.75", "0", None)


def test_the_breakdown_is_sorted_and_the_area_is_a_list() -> None:
    row = an_observation(breakdown={"site": "lab", "channel": "air"}, area=("CN-YN", "CN-GX"))

    assert '"breakdown":{"channel":"air","site":"lab"}' in row.to_json()
    assert '"area":["CN-YN","CN-GX"]' in row.to_json()


def test_characters_stay_as_they_are_on_one_line() -> None:
    line = an_observation("3.8万\n人次\u2028").to_json()

    assert "3.8万\\n人次" in line
    assert "\n" not in line


def test_half_a_surrogate_pair_is_escaped_and_reads_back() -> None:
    row = an_observation("1\ud8000")

    line = row.to_json()

    assert "\\ud800" in line
    assert line.encode()
    assert json.loads(line)["text"] == row.text


@given(st.text(st.characters(), max_size=30))
def test_any_text_reads_back_from_its_line(text: str) -> None:
    line = an_observation(text).to_json()

    assert len(line.encode().split(b"\n")) == 1
    assert json.loads(line)["text"] == text


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30))
def test_a_plain_decimal_has_the_same_value_and_no_needless_character(value: Decimal) -> None:
    digits = plain(value)

    assert Decimal(digits) == value
    assert "E" not in digits.upper()
    assert not ("." in digits and digits.endswith(("0", ".")))
