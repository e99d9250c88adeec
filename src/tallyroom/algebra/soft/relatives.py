"""Shares and changes that do not follow from the levels they speak of (F201, F202).

All figures are intervals, so what rounding explains is no finding. Levels may have been revised since a change was
told, which is why this is soft.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from tallyroom.algebra.cells import Stated
from tallyroom.algebra.ends import range_of
from tallyroom.algebra.holding import Holding
from tallyroom.algebra.soft.suspicion import Suspicion
from tallyroom.algebra.system import Number, Range
from tallyroom.model.campaign import Words

SHARE, CHANGE = "F201", "F202"
_SAYS: dict[str, Words] = {
    SHARE: {"en": "a share does not follow from its levels: {figures}", "zh": "占比与数值不符：{figures}"},
    CHANGE: {
        "en": "a change does not follow from its levels: {figures}",
        "zh": "增减幅度与数值不符：{figures}",
    },
}
Ends = tuple[Number | None, Number | None]


def broken_relatives(holding: Holding, entries: Iterable[int] | None = None) -> Iterator[Suspicion]:
    """Find shares and changes that no levels within their intervals give.

    Args:
        holding: The record.
        entries: Those of shares and changes to look at; all, by default.
    """
    for entry in holding.relative if entries is None else entries:
        stated, cell, other = holding.relative[entry]
        numbers = [holding.find(cell), holding.find(other)]
        claims = [holding.counting(number) if number is not None else [] for number in numbers]
        if not all(claims):
            continue
        part, whole = (_range(holding, number) for number in numbers if number is not None)
        if _apart(stated, _implied(stated.statistic, part, whole)):
            code = SHARE if stated.statistic == "share_pct" else CHANGE
            levels = (holding.entry[claim] for own in claims for claim in own[:1])
            yield Suspicion(code, (entry, *levels), _SAYS[code])


def _range(holding: Holding, number: int) -> Range:
    return range_of(holding.low[number], holding.high[number])


def _implied(statistic: str, part: Range, whole: Range) -> Ends:
    """The least and greatest change or share that levels allow; None is without end."""
    if statistic == "change":
        return _less(part.low, whole.high), _less(part.high, whole.low)
    base = 100 if statistic == "change_pct" else 0
    low, high = _percent(part.low or 0, whole.high), _percent(part.high, whole.low)
    return (low or 0) - base, None if high is None else high - base


def _less(first: Number | None, second: Number | None) -> Number | None:
    return None if first is None or second is None else first - second


def _percent(part: Number | None, whole: Number | None) -> Number | None:
    return None if part is None or not whole else Fraction(part) / whole * 100


def _apart(stated: Stated, implied: Ends) -> bool:
    low, high = implied
    above = high is not None and stated.low is not None and Fraction(stated.low) > high
    return above or (low is not None and stated.high is not None and Fraction(stated.high) < low)
