"""A cumulative series that falls: what has grown since one day is less at a later one (F203).

Nothing can be taken back from what was counted, but figures are revised and scopes change without a word.

Source:
    `domain.md`, rule 7 of section 3: a fall is a revision, with a reason, or a finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from tallyroom.algebra.cells import Days
from tallyroom.algebra.holding import Holding
from tallyroom.algebra.soft.suspicion import Suspicion
from tallyroom.model.campaign import Words

FALL = "F203"
_SAYS: Words = {"en": "a cumulative series falls: {figures}", "zh": "累计数下降：{figures}"}


def falling_series(holding: Holding, places: Iterable[int]) -> Iterator[Suspicion]:
    """Find figures that lie below an earlier one of their series.

    Args:
        holding: The record.
        places: Numbers of the places whose series are looked at.
    """
    for place in places:
        spans = holding.spans[place]
        if len(spans) > 1 and holding.is_flow(place):
            for _, series in groupby(spans, key=lambda days: days[0]):
                yield from _falls(holding, place, list(series))


def _falls(holding: Holding, place: int, series: Sequence[Days]) -> Iterator[Suspicion]:
    """Of each figure that is too low, the highest one before it."""
    highest: int | None = None
    for days in sorted(series, key=lambda days: days[1]):
        number = holding.number[place][days]
        top = holding.high[number]
        if highest is not None and top is not None and top < holding.low[highest]:
            yield Suspicion(FALL, (_claim(holding, highest), _claim(holding, number)), _SAYS)
        elif highest is None or holding.low[number] > holding.low[highest]:
            highest = number if holding.counting(number) else highest


def _claim(holding: Holding, number: int) -> int:
    """The entry that sets an end of a cell that matters here: the first whose low end is the highest."""
    claims = holding.counting(number)
    return holding.entry[max(claims, key=lambda claim: (holding.ends[claim][0], -claim))]
