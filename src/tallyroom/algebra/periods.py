"""Periods of one place: which contain which, and which lie side by side in a whole."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from tallyroom.algebra.cells import Days


class Side(NamedTuple):
    """Periods that lie side by side in a whole, by their places in the list; `full` where they leave no day out."""

    whole: int
    parts: tuple[int, ...]
    full: bool


def grows(part: Days, whole: Days) -> bool:
    """Whether the two are points of one cumulative series: one start, a later end."""
    return part[0] == whole[0] and part[1] < whole[1]


def order(days: Days) -> Days:
    """The key by which periods of a place are kept: by their first days, the longest first."""
    return days[0], -days[1]


def around(spans: Sequence[Days], part: Days, *, growth: bool, itself: bool) -> Iterator[Days]:
    """Yield the smallest of `spans` that contain a period, none of which contains another.

    Args:
        spans: Periods in their `order`.
        part: The period.
        growth: Whether those count that begin with it and end later: such a series may be revised.
        itself: Whether the period itself counts.
    """
    nearest: int | None = None  # the earliest end of those yielded that begin later than the one looked at
    at = bisect_right(spans, part[0], key=itemgetter(0))
    beginning: Days | None = None
    for span in reversed(spans[:at]):
        if beginning is not None and (growth or span[0] != beginning[0]):
            nearest = beginning[1] if nearest is None else min(nearest, beginning[1])
            if nearest == part[1]:
                return
        if span[1] < part[1] or (nearest is not None and span[1] >= nearest):
            continue
        if (span == part and not itself) or (not growth and grows(part, span)):
            continue
        yield span
        if beginning is None or beginning[0] != span[0]:
            beginning = span  # the shortest of those that begin with it


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
    for whole, (first, last) in enumerate(spans):
        inner = [n for n, span in enumerate(spans) if n != whole and first <= span[0] and span[1] <= last]
        fixed = [n for n in inner if spans[n][0] != first]
        for side in (*_families(spans, inner, whole), *_families(spans, fixed, whole)):
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
