"""Which characters of a document are marked, and as what: figures bound, numerals set aside or left over."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from tallyroom.model import Numeral, Observation, Reading


class Mark(msgspec.Struct, frozen=True):
    """A marked span: with the observations that it states, or with the numeral that none of them took."""

    start: int
    end: int
    rows: tuple[int, ...] = ()
    """Positions in `Reading.observations`; several where their spans overlap."""
    numeral: Numeral | None = None


def marks_of(reading: Reading) -> list[Mark]:
    """Return the marks of a reading in the order of the text; none overlaps another.

    Observations whose spans overlap share one mark. A numeral inside such a span has none of its own.
    """
    figures = list(_figures(reading.observations))
    return sorted([*figures, *_others(reading.numerals, figures)], key=lambda mark: mark.start)


def _figures(observations: tuple[Observation, ...]) -> Iterator[Mark]:
    order = sorted(range(len(observations)), key=lambda at: (observations[at].start, observations[at].end))
    rows: list[int] = []
    start = end = -1
    for at in order:
        row = observations[at]
        if rows and row.start >= end:
            yield Mark(start, end, tuple(rows))
            rows = []
        if not rows:
            start, end = row.start, row.end
        rows.append(at)
        end = max(end, row.end)
    if rows:
        yield Mark(start, end, tuple(rows))


def _others(numerals: tuple[Numeral, ...], figures: list[Mark]) -> Iterator[Mark]:
    """The numerals outside the figures, cut where they would overlap one another."""
    at, reached = 0, 0
    for numeral in sorted(numerals, key=lambda numeral: (numeral.start, numeral.end)):
        while at < len(figures) and figures[at].end <= numeral.start:
            at += 1
        inside = at < len(figures) and figures[at].start < numeral.end
        start = max(numeral.start, reached)
        if not inside and start < numeral.end:
            yield Mark(start, numeral.end, numeral=numeral)
            reached = numeral.end
