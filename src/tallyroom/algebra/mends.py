"""The smallest change of one figure that lets all others stand, and the slip of the pen that it may be."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

from tallyroom.algebra.slips import slips
from tallyroom.model.finding import Mend
from tallyroom.model.observation import Observation
from tallyroom.model.quantity import Interval


def mend_of(entry: int, stated: Observation, reach: Interval) -> Mend | None:
    """Return how a figure would have to read so that all others stand; None where no value would do.

    Args:
        entry: The entry of the figure.
        stated: The figure.
        reach: Where its measure lies by all others.
    """
    step = _step(stated)
    found = slips(stated.text, stated.value, reach, step if stated.low != stated.high else Decimal(0))
    if found:
        return Mend(entry, reach, found[0].meant, found[0].says)
    nearest = _nearest(stated, step, reach)
    return None if nearest is None else Mend(entry, reach, nearest)


def _step(stated: Observation) -> Decimal:
    """The worth of the last digit as far as the figure's interval tells."""
    if stated.low is not None and stated.high is not None and stated.high > stated.low:
        return stated.high - stated.low
    exponent = int(stated.value.normalize().as_tuple().exponent)
    return Decimal(1).scaleb(min(exponent, 0))


def _nearest(stated: Observation, step: Decimal, reach: Interval) -> Decimal | None:
    """The value as many steps away as it takes for its interval to meet the reach."""
    low, high = stated.low or Decimal(0), stated.high
    if reach.low is not None and high is not None and high <= reach.low:
        return stated.value + _steps(reach.low - high, step, shut=reach.low_open or stated.high_open)
    if reach.high is not None and low >= reach.high:
        value = stated.value - _steps(low - reach.high, step, shut=reach.high_open or stated.low_open)
        return value if value >= 0 else None
    return stated.value


def _steps(gap: Decimal, step: Decimal, *, shut: bool) -> Decimal:
    times = (gap / step).to_integral_value(ROUND_CEILING)
    return (times + 1 if shut and times * step == gap else times) * step
