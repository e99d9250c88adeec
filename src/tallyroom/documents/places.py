"""The way back: where each part of a text stands in the source's bytes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from tallyroom.model import Place


def places_of_lines(lines: Sequence[str], data: bytes, encoding: str) -> tuple[Place, ...]:
    """Return one place for each of a text's lines, its line break included: together they cover text and source without a gap."""
    ends = list(accumulate(map(len, lines)))
    if ends[-1] == len(data):
        return tuple(map(Place, [0, *ends[:-1]], ends, [0, *ends[:-1]], ends))
    lasts = list(accumulate(len(line.encode(encoding)) for line in lines))
    if lasts[-1] != len(data):
        return (Place(0, ends[-1], 0, len(data)),)
    return tuple(map(Place, [0, *ends[:-1]], ends, [0, *lasts[:-1]], lasts))
