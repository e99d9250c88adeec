"""Every numeral of a text, for the account of what became of each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tallyroom.quantities.reader import QuantityReader

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


def find_numerals(text: str, lang: str) -> list[tuple[int, int]]:
    """Return the spans of all numerals of a text: digits, number words, Chinese numerals.

    Takes in what no quantity is made of: dates, ordinals, identifiers. The 一 of 统一 and the `one` of
    `no one` are none.

    Args:
        text: Folded text of any length.
        lang: `zh` or `en`.
    """
    return _core_reader(lang).numerals(text)


def digits_of(text: str) -> list[tuple[int, int]]:
    """Return the runs of digits, each with its separators and decimals."""
    return [match.span() for match in _DIGITS.finditer(text)]


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans in order, those that overlap as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


@cache
def _core_reader(lang: str) -> QuantityReader:
    from tallyroom.quantities.load import load_units
    from tallyroom.quantities.reader import QuantityReader
    from tallyroom.quantities.words import load_number_words

    return QuantityReader(load_number_words(lang), load_units())
