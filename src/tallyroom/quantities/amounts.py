"""Amounts: a number without its unit, and the digits that it is written with."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from functools import lru_cache
from typing import NamedTuple

ONE, ZERO, TEN, HUNDRED = Decimal(1), Decimal(0), Decimal(10), Decimal(100)
LONGEST = 40
"""Runs of more digits than this are no amounts; nothing that anybody counts is so large."""

_WORK = Context(prec=120)
_KEPT = Context(prec=30)
_SHOWN = Context(prec=24)
_ROUNDED = Context(prec=12)
_FRACTION = Context(prec=8)


class Amount(NamedTuple):
    """What a phrase such as `3.8万` or `two hundred and fifty` says, in ones.

    `step` is the worth of the last written digit, `nonzero` that of the last digit that is not zero, `second`
    that of the second digit. `multiplier` is the worth of the scale word at the end (万 of 5~6万), else 1.
    """

    value: Decimal
    step: Decimal
    nonzero: Decimal
    second: Decimal
    scaled: bool = False
    pointed: bool = False
    multiplier: Decimal = ONE
    upper: Decimal | None = None
    odd: bool = False


# Separators group digits by three (1,234,567; 1 234 567; 1.234.567) or, in South Asia, by two (12,34,567).
ARABIC = (
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![,.]?\d)"
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?(?![,.]?\d)"
    r"|\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?(?![,.]?\d)|\d{1,3}\.\d{3},\d{1,2}(?![,.]?\d)"
    r"|(?<!\d )\d{1,3}(?:[ ']\d{3})+(?:\.\d+)?(?![ ,.]?\d)"
    r"|\d+(?:\.\d+)?|(?<![\w.])\.\d+"
)
_EUROPEAN = re.compile(r"\d{1,3}(?:(?:\.\d{3}){2,}(?:,\d+)?|\.\d{3},\d+)")


def plain(value: Decimal) -> Decimal:
    """Return `value` without trailing zeros behind the point and without an exponent: 1310, not 1.31E+3."""
    exponent = value.as_tuple().exponent
    if exponent == 0:
        return value
    if value == value.to_integral_value(context=_WORK):
        return value.quantize(ONE, context=_WORK)
    return value.normalize(_WORK)


def times(value: Decimal, factor: Decimal) -> Decimal:
    """Return the product, exact to 24 digits; one that needs more (a third of 1/15 ha) is rounded to twelve.

    Examples:
        >>> times(Decimal("46.5"), Decimal("0.0666666666666666666666666667"))
        Decimal('3.1')
    """
    if factor == 1:
        return value
    product = plain(_SHOWN.multiply(value, factor))
    return product if len(product.as_tuple().digits) < _SHOWN.prec else plain(_ROUNDED.plus(product))


def fraction(part: Decimal, whole: Decimal) -> Decimal:
    """Return `part` of `whole` in percent, to eight digits: a third is 33.333333."""
    return plain(_FRACTION.divide(_KEPT.multiply(part, HUNDRED), whole))


def share(part: Decimal, whole: Decimal) -> Amount:
    """Return a fraction in percent, as fine as a tenth of the whole, or as its parts where these are smaller.

    Examples:
        >>> share(Decimal(1), Decimal(3)).value, share(Decimal(1), Decimal(3)).step
        (Decimal('33.333333'), Decimal('10'))
    """
    step = min(TEN, plain(HUNDRED / whole))
    return Amount(fraction(part, whole), step, step, step / TEN, True, True)


def worth(value: Decimal) -> tuple[Decimal, Decimal]:
    """Return the worth of the last digit that is not zero and that of the second digit.

    Examples:
        >>> worth(Decimal(18700))
        (Decimal('1E+2'), Decimal('1E+3'))
    """
    if not value:
        return ONE, ONE
    exponent = value.normalize(_WORK).as_tuple().exponent
    assert isinstance(exponent, int)
    return ONE.scaleb(exponent), ONE.scaleb(value.adjusted() - 1)


def amount(value: Decimal, step: Decimal = ONE, *, pointed: bool = False) -> Amount:
    """Return the amount of `value`, written down to `step`."""
    nonzero, second = worth(value)
    return Amount(plain(value), step, nonzero, second, pointed or step > 1, pointed)


def multiplied(it: Amount, factor: Decimal) -> Amount:
    """Return the amount followed by a scale word."""
    return Amount(
        plain(_WORK.multiply(it.value, factor)),
        it.step * factor,
        it.nonzero * factor,
        it.second * factor,
        True,
        it.pointed,
        it.multiplier * factor,
        None if it.upper is None else plain(_WORK.multiply(it.upper, factor)),
        it.odd,
    )


@lru_cache(maxsize=1 << 14)
def arabic(digits: str) -> Amount | None:
    """Read digits with their separators; None where there are more than `LONGEST` of them.

    Examples:
        >>> arabic("1,234.50").value, arabic("1,234.50").step
        (Decimal('1234.5'), Decimal('0.01'))
    """
    if len(digits) > LONGEST:
        return None
    if _EUROPEAN.fullmatch(digits):
        digits = digits.replace(".", "").replace(",", ".")
    cleaned = digits.replace(",", "").replace(" ", "").replace("'", "")
    value = Decimal(cleaned)
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return amount(value, ONE.scaleb(exponent), pointed=exponent < 0)
