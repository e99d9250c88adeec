"""YAML is read exactly, safely, and with the line of each entry."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallyroom.codebook import CodebookError
from tallyroom.codebook.yamlsource import Entry, Items, read_yaml


def read(text: str) -> Any:
    return read_yaml(text.encode(), "book/file.yaml")


def problem(data: bytes) -> CodebookError:
    with pytest.raises(CodebookError) as caught:
        read_yaml(data, "book/file.yaml")
    return caught.value


def test_a_number_with_a_point_is_a_decimal_with_all_its_digits() -> None:
    assert read("factor: 0.028349523125") == {"factor": Decimal("0.028349523125")}


def test_a_day_is_a_date_and_a_month_with_day_stays_text() -> None:
    assert read("{start: 2022-06-25, fiscal_year: 10-01}") == {
        "start": datetime.date(2022, 6, 25),
        "fiscal_year": "10-01",
    }


@pytest.mark.parametrize("word", ["NO", "on", "off", "yes", "y", "n", "1_000", "0x1F", "12:30", "007", "1e3"])
def test_words_that_other_yaml_readers_take_for_values_stay_text(word: str) -> None:
    assert read(f"words: [{word}]") == {"words": [word]}


def test_only_true_false_and_null_are_values() -> None:
    assert read("[true, false, null, ~, 'true']") == [True, False, None, None, "true"]


def test_each_key_and_each_item_knows_its_line() -> None:
    entry = read("a: 1\nb:\n  - x\n  - y\n")

    assert isinstance(entry, Entry)
    assert entry.lines == {"a": 1, "b": 2}
    assert isinstance(entry["b"], Items)
    assert entry["b"].lines == [3, 4]


def test_a_key_that_stands_twice_is_refused_with_both_lines() -> None:
    error = problem(b"heroin: 1\nopium: 2\nheroin: 3\n")

    assert error.code == "CB102"
    assert error.where == "book/file.yaml:3"
    assert "line 1" in error.found
    assert "line 3" in error.found


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"words: [a", "expected"),
        (b"a: \xff", "not UTF-8"),
        (b"a: !!python/object/apply:os.system ['true']", "tag"),
        (b"a: !secret x", "tag"),
        (b"a: &x [*x]", "names nothing"),
        (b"{[1, 2]: 3}", "key is not text"),
        (b"start: 2022-02-30", "no day"),
        (b"a: 1\n---\nb: 2", "more than one"),
        (b"[" * 100_000, "nested"),
        (b"{a: " * 100_000, "nested"),
        (b"- " * 100_000, "nested"),
    ],
)
def test_what_a_codebook_may_not_hold_is_refused(data: bytes, found: str) -> None:
    error = problem(data)

    assert error.code == "CB101"
    assert error.where.startswith("book/file.yaml")
    assert found in error.found


def test_aliases_of_aliases_do_not_blow_up() -> None:
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60))]

    assert len(read("\n".join(lines))) == 60


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_with_a_code(data: bytes) -> None:
    code = ""
    try:
        read_yaml(data, "f.yaml")
    except CodebookError as error:
        code = error.code

    assert code in ("", "CB101", "CB102")
