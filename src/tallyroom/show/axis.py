"""Intervals on one axis as an SVG: what figures state, and beside it what others force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Literal

import msgspec

from tallyroom.model import Interval
from tallyroom.show.text import clean
from tallyroom.show.words import grouped, written_interval

WIDTH = 460
"""Units of the drawing, which is as wide as its box; small enough that a telephone shows its text well."""
_LEFT, _RIGHT, _TEXT, _BAR, _ROW, _FOOT = 14, 446, 13, 10, 38, 26
_ROOM = Decimal("0.06")
"""What is left free on either side of the outermost ends, as a share of the axis."""
_ENDLESS = Decimal("0.14")
"""The same where an interval has no end on that side."""
_TICKS = 4
_AROUND = 2
"""How many times the gap is shown on either side of it, enlarged."""
_NEAR = Decimal("0.04")
"""A gap that takes less of the axis than this is drawn once more by itself."""

Kind = Literal["said", "forced", "first", "second"]


Window = tuple[Decimal, Decimal]
"""First and last value that are shown."""


class Bar(msgspec.Struct, frozen=True):
    """One interval with what stands above it. `forced` ones are where a measure would have to lie."""

    label: str
    interval: Interval
    kind: Kind = "said"


def axis_svg(bars: Sequence[Bar], name: str, window: Window | None = None) -> str:
    """Return the bars beneath one another on one axis; nothing where no end is finite.

    Args:
        bars: Of one unit.
        name: What the drawing is, for those who do not see it; what it shows follows in words.
        window: The part of the axis that is shown, where that is not all; bars run on over its edges.
    """
    ends = _ends(bars)
    if not ends:
        return ""
    scale = _Scale(*window) if window else _Scale(*_room(ends, bars))
    height = _ROW * len(bars) + _FOOT
    rows = "".join(_row(bar, at * _ROW, scale) for at, bar in enumerate(bars))
    return (
        f'<svg class="axis" viewBox="0 0 {WIDTH} {height}" xmlns="http://www.w3.org/2000/svg" role="img" '
        f'aria-label="{clean(name)}: {clean(told_in_words(bars))}">\n{_ticks(scale, height)}{rows}</svg>\n'
    )


def told_in_words(bars: Sequence[Bar]) -> str:
    """Return the bars as a sentence."""
    return "; ".join(f"{bar.label}: {written_interval(bar.interval)}" for bar in bars)


def close_up(bars: Sequence[Bar], one: Bar, other: Bar) -> Window | None:
    """Return the part of the axis around the gap of two bars where that is too small to be seen among all."""
    ends = _ends(bars)
    for below, above in ((one.interval, other.interval), (other.interval, one.interval)):
        if below.high is not None and above.low is not None and below.high <= above.low:
            gap = above.low - below.high
            if not 0 < gap < _NEAR * (max(ends) - min(ends)):
                return None  # it is seen, or there is none: the two touch in an end that neither reaches
            return below.high - _AROUND * gap, above.low + _AROUND * gap
    return None


def _ends(bars: Sequence[Bar]) -> list[Decimal]:
    return [end for bar in bars for end in (bar.interval.low, bar.interval.high) if end is not None]


def _room(ends: Sequence[Decimal], bars: Sequence[Bar]) -> Window:
    """The part of the axis that shows all ends with room on either side, and nothing below zero in vain."""
    low, high = min(ends), max(ends)
    span = (high - low) or abs(high) * Decimal("0.1") or Decimal(1)
    below = any(bar.interval.low is None for bar in bars)
    above = any(bar.interval.high is None for bar in bars)
    first = low - span * (_ENDLESS if below else _ROOM)
    if low >= 0 and first < 0:
        first = -span * Decimal("0.01")
    return first, high + span * (_ENDLESS if above else _ROOM)


class _Scale:
    """Where a value stands on the drawing."""

    def __init__(self, low: Decimal, high: Decimal) -> None:
        self.low, self.high = low, high

    def clipped(self, interval: Interval) -> Interval:
        """The part of an interval that is shown; what runs on over an edge has no end there."""
        low = None if interval.low is None or interval.low < self.low else interval.low
        high = None if interval.high is None or interval.high > self.high else interval.high
        return Interval(low, high, interval.low_open, interval.high_open)

    def x(self, value: Decimal) -> Decimal:
        share = (value - self.low) / (self.high - self.low)
        return (_LEFT + share * (_RIGHT - _LEFT)).quantize(Decimal("0.1"))

    def steps(self) -> Iterator[Decimal]:
        """Round values along the axis."""
        step = _round_step((self.high - self.low) / _TICKS)
        at = (self.low / step).to_integral_value(ROUND_CEILING) * step
        while at <= self.high:
            yield at or Decimal(0)  # no negative zero
            at += step


def _round_step(least: Decimal) -> Decimal:
    """The smallest of 1, 2, 5, 10 times a power of ten that is no less than `least`."""
    power = Decimal(1).scaleb(int(least.log10().to_integral_value(ROUND_FLOOR)))
    return next(power * one for one in (1, 2, 5, 10) if power * one >= least)


def _ticks(scale: _Scale, height: int) -> str:
    foot = height - _FOOT + 4
    parts = []
    for value in scale.steps():
        x = scale.x(value)
        anchor = "start" if x < 40 else "end" if x > WIDTH - 40 else "middle"
        parts.append(
            f'<line class="grid" x1="{x}" y1="0" x2="{x}" y2="{foot}"/>'
            f'<text class="tick" x="{x}" y="{height - 6}" text-anchor="{anchor}">{grouped(value)}</text>'
        )
    return f'{"".join(parts)}<line class="base" x1="{_LEFT}" y1="{foot}" x2="{_RIGHT}" y2="{foot}"/>\n'


def _row(bar: Bar, top: int, scale: _Scale) -> str:
    interval = scale.clipped(bar.interval)
    left = Decimal(_LEFT) if interval.low is None else scale.x(interval.low)
    right = Decimal(_RIGHT) if interval.high is None else scale.x(interval.high)
    y = top + _TEXT + 6
    text = _label(bar.label, left, right, top)
    if interval.low is not None and interval.high is not None and right - left < _BAR:
        middle = y + _BAR // 2
        return f'{text}<circle class="{bar.kind}" cx="{(left + right) / 2}" cy="{middle}" r="{_BAR // 2}"/>\n'
    shape = f'<rect class="{bar.kind}" x="{left}" y="{y}" width="{right - left}" height="{_BAR}"/>'
    return f"{text}{shape}{_open_ends(bar.kind, interval, left, right, y)}\n"


def _open_ends(kind: Kind, interval: Interval, left: Decimal, right: Decimal, y: int) -> str:
    """An arrow where there is no end; a ring where the end itself is not reached."""
    middle, parts = y + _BAR // 2, []
    for end, is_open, x, way in (
        (interval.low, interval.low_open, left, -1), (interval.high, interval.high_open, right, 1),
    ):  # fmt: skip
        if end is None:
            tip = x + way * 9
            points = f"{x},{y - 3} {tip},{middle} {x},{y + _BAR + 3}"
            parts.append(f'<polygon class="{kind}" points="{points}"/>')
        elif is_open:
            parts.append(f'<circle class="ring {kind}" cx="{x}" cy="{middle}" r="4"/>')
    return "".join(parts)


def _label(label: str, left: Decimal, right: Decimal, top: int) -> str:
    """The label stands above its bar, and ends with it where it would run over the edge."""
    x, anchor = (left, "start") if left < WIDTH // 2 else (max(right, Decimal(_LEFT)), "end")
    return f'<text class="label" x="{x}" y="{top + _TEXT}" text-anchor="{anchor}">{clean(label)}</text>'
