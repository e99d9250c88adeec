"""The way back: where each part of a text stands in the source's bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate

from tallyroom.model import Place


def places_of_lines(lines: Sequence[str], data: bytes, encoding: str) -> tuple[Place, ...]:
    """Return a place for each of a text's lines with its line break; together they leave no gap."""
    ends = list(accumulate(map(len, lines)))
    if ends[-1] == len(data):
        return tuple(map(Place, [0, *ends[:-1]], ends, [0, *ends[:-1]], ends))
    lasts = list(accumulate(len(line.encode(encoding)) for line in lines))
    if lasts[-1] != len(data):
        return (Place(0, ends[-1], 0, len(data)),)
    return tuple(map(Place, [0, *ends[:-1]], ends, [0, *lasts[:-1]], lasts))


def places_of_runs(
    runs: Iterable[tuple[int, int, int, int]], source: str, data: bytes, encoding: str
) -> tuple[Place, ...]:
    """Return the place of each run `(start, end, first, last)`: `text[start:end]` is `source[first:last]`.

    `runs` are in the order of the source, the decoded `data`. Nothing where there is no exact way back.
    """
    if len(source) == len(data):
        return tuple(Place(*run) for run in runs)
    places: list[Place] = []
    at = byte = 0
    for start, end, first, last in runs:
        first_byte = byte + len(source[at:first].encode(encoding))
        byte = first_byte + len(source[first:last].encode(encoding))
        at = last
        places.append(Place(start, end, first_byte, byte))
    return tuple(places) if byte + len(source[at:].encode(encoding)) == len(data) else ()
