"""The way back: where each part of a text stands in the source's bytes."""

from __future__ import annotations

from itertools import accumulate

from tallyroom.model import Place


def places_of_lines(text: str, data: bytes, encoding: str) -> tuple[Place, ...]:
    """Return one place a line, its line break included; together they cover text and source without a gap."""
    lines = text.splitlines(keepends=True)
    ends = list(accumulate(map(len, lines)))
    if len(data) == len(text):
        return tuple(map(Place, [0, *ends[:-1]], ends, [0, *ends[:-1]], ends))
    lasts = list(accumulate(len(line.encode(encoding)) for line in lines))
    if not lasts or lasts[-1] != len(data):
        return (Place(0, len(text), 0, len(data)),)
    return tuple(map(Place, [0, *ends[:-1]], ends, [0, *lasts[:-1]], lasts))
