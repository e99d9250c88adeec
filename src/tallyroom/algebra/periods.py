"""Periods of one place: which contain which, and which lie side by side in a whole."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from tallyroom.algebra.cells import Days

SHIFT = 24
"""Days up to the year 9999 take fewer bits."""
_NEVER = 1 << SHIFT


class Side(NamedTuple):
    """Periods that lie side by side in a whole, by their places in the list; `full` where they leave no day out."""

    whole: int
    parts: tuple[int, ...]
    full: bool


def grows(part: Days, whole: Days) -> bool:
    """Whether the two are points of one cumulative series: one start, a later end."""
    return part[0] == whole[0] and part[1] < whole[1]


def order(days: Days) -> int:
    """The key by which periods of a place are kept: by their first days, the longest first."""
    return (days[0] << SHIFT) - days[1]


def begun(keys: Sequence[int], first: int) -> int:
    """How many of the periods with these keys begin on a day or before."""
    return bisect_left(keys, (first << SHIFT) + 1)


def around(
    spans: Sequence[Days], count: int, part: Days, *, longest: int, growth: bool, itself: bool
) -> list[Days]:
    """Find the smallest periods that contain one.

    None of them contains another, unless they are points of one series and `growth` ties these not.

    Args:
        spans: Periods in their `order`.
        count: How many of them begin with the period or before.
        part: The period.
        longest: Days of the longest of them.
        growth: Whether those count that begin with it and end later: such a series may be revised.
        itself: Whether the period itself counts.
    """
    first, last = part
    nearest = shortest = _NEVER
    start = -1
    found = []
    for at in range(count - 1, -1, -1):
        span = spans[at]
        begin, end = span
        if begin != start:
            if begin + longest <= last:
                break
            if shortest < nearest:
                if shortest == last:
                    break
                nearest = shortest
            start, shortest = begin, _NEVER
        if end < last or end >= nearest or (growth and end >= shortest):
            continue
        if begin == first and ((end > last and not growth) or (end == last and not itself)):
            continue
        found.append(span)
        if end < shortest:
            shortest = end
    return found


@lru_cache(maxsize=4096)
def sides(spans: tuple[Days, ...]) -> tuple[Side, ...]:
    """Find families of periods that lie side by side in another, each of at least two.

    Args:
        spans: Periods in their `order`, none twice.

    Returns:
        For each whole one family for each of its largest parts: that part, with the longest ones that follow it
        and precede it, day upon day where there are such. Earlier points of a series of the whole stand in full
        families alone, since such a series may be revised. Most records repeat a few patterns of periods, so
        they are remembered.
    """
    found: dict[Side, None] = {}
    keys = [order(span) for span in spans]
    for whole, (first, last) in enumerate(spans):
        near = range(begun(keys, first - 1), begun(keys, last))
        inner = [n for n in near if n != whole and spans[n][1] <= last]
        if len(inner) < 2:
            continue
        fixed = [n for n in inner if spans[n][0] != first]
        apart = _families(spans, fixed, whole) if 1 < len(fixed) < len(inner) else ()
        for side in (*_families(spans, inner, whole), *apart):
            if side.full or all(spans[n][0] != first for n in side.parts):
                found[side] = None
    return tuple(found)


def _families(spans: Sequence[Days], inner: Sequence[int], whole: int) -> Iterator[Side]:
    first, last = spans[whole]
    for seed in _largest(spans, inner):
        parts = _line_up(spans, inner, seed, (first, last))
        if len(parts) > 1:
            yield Side(whole, parts, sum(spans[n][1] - spans[n][0] + 1 for n in parts) == last - first + 1)


def _largest(spans: Sequence[Days], inner: Sequence[int]) -> list[int]:
    """Those that no other one contains."""
    largest: list[int] = []
    end = -1
    for n in sorted(inner, key=lambda n: (spans[n][0], -spans[n][1])):
        if spans[n][1] > end:
            largest.append(n)
            end = spans[n][1]
    return largest


def _line_up(spans: Sequence[Days], inner: Sequence[int], seed: int, whole: Days) -> tuple[int, ...]:
    """The seed, and to both sides of it what fits: first what begins the day after, the longest first."""
    by_start = sorted(inner, key=lambda n: (spans[n][0], -spans[n][1]))
    by_end = sorted(inner, key=lambda n: (-spans[n][1], spans[n][0]))
    parts = [seed]
    reach = spans[seed][1]
    for n in by_start:
        if spans[n][0] > reach:
            parts.append(n)
            reach = spans[n][1]
    reach = spans[seed][0]
    for n in by_end:
        if spans[n][1] < reach:
            parts.append(n)
            reach = spans[n][0]
    return tuple(sorted(parts))
