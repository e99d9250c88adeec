"""The interval that a figure states: the values that its digits and its qualifier allow."""

from __future__ import annotations

from decimal import Decimal

from tallyroom.model.quantity import QUALIFIER, Interval, Qualifier, Quantity
from tallyroom.quantities.amounts import plain

COUNTS = frozenset(
    {
        "count",
        "case",
        "person",
        "person_time",
        "group",
        "site",
        "operation",
        "item",
        "tablet",
        "plant",
        "parcel",
    }
)
"""Measures of units that come in whole numbers."""
_OWN_DIGITS = frozenset({"percent", "tenths", "fraction", "point", "multiple"})
_TWO, _ZERO, _HUNDRED = Decimal(2), Decimal(0), Decimal(100)


def qualifier_of(quantity: Quantity) -> Qualifier:
    """Return what the figure's words say about it: `exact`, `approx`, `at_least` or `at_most`."""
    return QUALIFIER[quantity.bound]


def interval_of(quantity: Quantity, statistic: str = "level") -> Interval:
    """Return the values that a figure allows, in the unit of its value.

    Args:
        quantity: A figure as read. A fall may carry its value (and upper) with a minus: then the interval is
            that of its size, mirrored. A multiple told as a change (1.7倍: 170) has its value in percent and
            its digits in times.
        statistic: `level`, `change`, `change_pct` or `share_pct`.

    Returns:
        An interval; an end that is None has no bound.

    Source:
        "The interval of a figure" in the definition of an observation. Where two readings are possible the
        wider one is returned: a false contradiction costs more than a missed one.
    """
    size = _of_size(quantity, statistic)
    low = None if size.low is None else plain(size.low)
    high = None if size.high is None else plain(size.high)
    if quantity.value < 0 or (quantity.upper is not None and quantity.upper < 0):
        return Interval(_negative(high), _negative(low), size.high_open, size.low_open)
    return Interval(low, high, size.low_open, size.high_open)


def _negative(end: Decimal | None) -> Decimal | None:
    return None if end is None else -end


def _of_size(quantity: Quantity, statistic: str) -> Interval:
    value = abs(quantity.value)
    if quantity.upper is not None:
        ends = sorted((value, abs(quantity.upper)))
        return _ranged(ends[0], ends[1], quantity)
    scale = _HUNDRED if quantity.form == "multiple" and statistic != "level" else Decimal(1)
    return _bounded(value, quantity, scale)


def _ranged(low: Decimal, high: Decimal, quantity: Quantity) -> Interval:
    if quantity.bound in ("over", "least"):
        return Interval(low, None)
    if quantity.bound in ("under", "most"):
        return Interval(_ZERO, high)
    return Interval(low, high)


def _bounded(value: Decimal, quantity: Quantity, scale: Decimal) -> Interval:
    digit = quantity.nonzero * scale
    match quantity.bound:
        case "about":
            return Interval(max(value - digit, _ZERO), value + digit)
        case "nearly":
            return Interval(max(value - digit, _ZERO), value, high_open=True)
        case "odd":
            return Interval(value, value + digit, low_open=True, high_open=True)
        case "over":
            return Interval(value, None, low_open=True)
        case "least":
            return Interval(value, None)
        case "under":
            return Interval(_ZERO, value, high_open=True)
        case "most":
            return Interval(_ZERO, value)
    return _rounded(value, quantity, scale)


def _rounded(value: Decimal, quantity: Quantity, scale: Decimal) -> Interval:
    """A number without a qualifier: itself where it is counted out, else as fine as its last digit."""
    worth = last_digit(quantity) * scale
    if is_counted_out(quantity):
        return Interval(value, value)
    return Interval(max(value - worth / _TWO, _ZERO), value + worth / _TWO, high_open=True)


def last_digit(quantity: Quantity) -> Decimal:
    """Return the worth of the last digit that counts.

    Zeros that end a whole number may be rounding: then it is that of the last digit that is not zero, but no
    more than that of the second digit. Percentages, points and decimals go by the digits as written.
    """
    if quantity.pointed or quantity.form in _OWN_DIGITS:
        return quantity.step
    return max(quantity.step, min(quantity.nonzero, quantity.second))


def is_counted_out(quantity: Quantity) -> bool:
    """Tell whether the figure is a count without a multiplier and without zeros at its end."""
    measure = quantity.unit.measure if quantity.unit is not None else "count"
    return (
        quantity.form == "number"
        and measure in COUNTS
        and not quantity.scaled
        and quantity.step == quantity.nonzero
        and quantity.value == quantity.value.to_integral_value()
    )
