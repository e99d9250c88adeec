"""Figures far from the others of their series: one month of many that is ten times as high (F205).

Counts and hauls are skewed to the right: their logarithms are compared, by medians, which no single figure moves. A
figure is told where it is far from all of the series, and from its neighbours by steps far above the usual one, so that
neither growth nor a new level is. Series that jump about anyway, as hauls of a single office do, tell nothing.

Source:
    B. Iglewicz, D. Hoaglin, How to Detect and Handle Outliers, 1993: the modified z-score, 0.6745 (x - median) / MAD,
    and its limit of 3.5. On logarithms it is symmetric in ratios, as skewed counts want it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Context, Decimal
from itertools import pairwise

from tallyroom.algebra.cells import Days
from tallyroom.algebra.ends import range_of
from tallyroom.algebra.holding import Holding
from tallyroom.algebra.soft.suspicion import Suspicion
from tallyroom.algebra.telling import decimal_of
from tallyroom.model.observation import plain

OUTLIER = "F205"
FEWEST = 8
"""Figures that a series needs: of fewer, the spread says little."""
LIMIT = Decimal("3.5") / Decimal("0.6745")
"""Median deviations beyond which a figure is far."""
LEAST_SPREAD = Decimal("0.25")
"""Of a series that hardly moves, as though it moved by a fourth: its next step is no outlier."""
NARROW = 3
"""A series whose greatest figure is not so many times its least has none that is far; most have not."""
LEAST_COUNT = 20
"""Where a count and the median are both smaller, four cases instead of one are chance."""
WILDEST = Decimal("0.7")
"""The usual step of a series, twofold, above which no figure of it surprises."""
_LOGS = Context(prec=12)
_LENGTHS = ((1, 1), (7, 7), (28, 31), (89, 92), (181, 184), (365, 366))
"""Days of a day, a week, a month, a quarter, half a year and a year."""


def outliers(holding: Holding, places: Iterable[int]) -> Iterator[Suspicion]:
    """Find figures far from the others of the same cell in periods of the same length.

    Args:
        holding: The record.
        places: Numbers of the places whose series are looked at.
    """
    for place in places:
        spans = holding.spans[place]
        if len(spans) >= FEWEST and not holding.places.all[place].measure.haul:
            for series in _by_length(spans):
                if len(series) >= FEWEST:
                    yield from _far(holding, place, series)


def _by_length(spans: Sequence[Days]) -> list[list[Days]]:
    """Periods of about one length that do not overlap, in their order."""
    groups: dict[int, list[Days]] = {}
    for days in spans:
        length = days[1] - days[0] + 1
        kind = next((n for n, (least, most) in enumerate(_LENGTHS) if least <= length <= most), -length)
        group = groups.setdefault(kind, [])
        if not group or group[-1][1] < days[0]:
            group.append(days)
    return list(groups.values())


def _far(holding: Holding, place: int, series: Sequence[Days]) -> Iterator[Suspicion]:
    levels = [
        (number, level)
        for days in series
        if (level := _level(holding, number := holding.number[place][days]))
    ]
    values = [level for _, level in levels]
    if len(levels) < FEWEST or max(values) < NARROW * min(values):
        return
    logs = [value.ln(_LOGS) for value in values]
    middle = median(logs)
    least = LEAST_COUNT if holding.places.all[place].measure.concept else 0
    spread = max(median([abs(log - middle) for log in logs]), LEAST_SPREAD)
    steps = median([abs(after - before) for before, after in pairwise(logs)])
    if steps > WILDEST:
        return
    apart = LIMIT * max(steps, LEAST_SPREAD)
    for at, (number, level) in enumerate(levels):
        if max(level, middle.exp(_LOGS)) < least:
            continue
        if abs(logs[at] - middle) > LIMIT * spread and _alone(logs[at], _beside(logs, at), apart):
            yield _told(holding, number, level / middle.exp(_LOGS), len(levels))


def _beside(logs: Sequence[Decimal], at: int) -> list[Decimal]:
    """The neighbours on both sides; of the first and the last one the two nearest."""
    first = min(max(at - 1, 0), len(logs) - 3)
    return [logs[near] for near in range(first, first + 3) if near != at]


def _level(holding: Holding, number: int) -> Decimal | None:
    """The middle of a cell's interval; None where it is not above 0, or has no high end."""
    within = range_of(holding.low[number], holding.high[number])
    if within.high is None or within.high <= 0 or not holding.counting(number):
        return None
    return decimal_of((within.low or 0) + within.high) / 2


def median(values: Sequence[Decimal]) -> Decimal:
    """The middle one in order, or the mean of the two in the middle."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _alone(log: Decimal, beside: Sequence[Decimal], apart: Decimal) -> bool:
    """Whether a figure lies above all its neighbours by far, or below them."""
    gaps = [log - other for other in beside]
    return all(by > apart for by in gaps) or all(by < -apart for by in gaps)


def _told(holding: Holding, number: int, times: Decimal, length: int) -> Suspicion:
    ratio = times if times >= 1 else 1 / times
    told = plain(ratio.quantize(Decimal(1)) if ratio >= 10 else ratio.quantize(Decimal("0.1")))
    en = "times" if times >= 1 else "times below"
    zh = f"约为中位数的{told}倍" if times >= 1 else f"约为中位数的{told}分之一"
    says = {
        "en": f"far from the others of its series of {length} periods, {told} {en} their median: {{figures}}",
        "zh": f"与同一序列{length}期中其他数值相差悬殊，{zh}：{{figures}}",
    }
    return Suspicion(OUTLIER, (holding.entry[holding.counting(number)[0]],), says)
