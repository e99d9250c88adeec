"""The number in a cell: written out in digits, exact, and nothing else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Context, Decimal

_PLAIN = re.compile(r"[-+]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?")
_SCIENTIFIC = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")
MOST_DIGITS = 30
_EXACT = Context(prec=100)
"""Products and sums keep all their digits: 28, which is usual, would round a long column of pounds."""


def read_number(text: str) -> Decimal | None:
    """Return the number that a cell states, or None where it states none.

    Digits of any width, `,` between thousands, `.` before decimals. 1.2万, 约5 and 3E+05 are not written out.

    Examples:
        >>> read_number("1,013"), read_number("１２．５"), read_number("1.2万"), read_number("10,13")
        (Decimal('1013'), Decimal('12.5'), None, None)
    """
    if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS:
        return Decimal(text)
    if not text or len(text) > MOST_DIGITS:
        return None
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").strip()
    return Decimal(plain.replace(",", "")) if _PLAIN.fullmatch(plain) else None


def read_scientific(text: str) -> Decimal | None:
    """Return the number of a table that somebody publishes: `1.5E-02` too, exactly; None where it is none.

    Examples:
        >>> read_scientific("1.5E-02"), read_scientific("NULL")
        (Decimal('0.015'), None)
    """
    if not text or len(text) > MOST_DIGITS or not _SCIENTIFIC.fullmatch(text):
        return None
    return Decimal(text)


def add(values: Iterable[Decimal | None]) -> Decimal:
    """Return the exact sum of the values that there are; 0 of none.

    Examples:
        >>> add([Decimal("1E+20"), None, Decimal("1E-20")])
        Decimal('100000000000000000000.00000000000000000001')
    """
    total = Decimal(0)
    for value in values:
        if value is not None:
            total = _EXACT.add(total, value)
    return total


def times(value: Decimal, factor: Decimal) -> Decimal:
    """Return the exact product."""
    return _EXACT.multiply(value, factor)
