"""The way back: where each part of a text stands in the source's bytes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from tallyroom.model import Document, Place


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


def find_bytes(document: Document, start: int, end: int) -> tuple[int, int] | None:
    """Return the range of the source's bytes that `document.text[start:end]` was read from.

    A character that a reference writes (`&yen;`) brings the whole reference. Where the span crosses markup,
    the range takes in that markup. None where nothing of the span stands in the source: a line break or a
    tab that was put between two elements, or a document without places.

    Examples:
        >>> from tallyroom.documents import open_document
        >>> find_bytes(open_document("缴毒5吨".encode(), id="note"), 2, 4)
        (6, 10)
    """
    first = bisect_right(document.places, start, key=lambda place: place.start) - 1
    first += first < 0 or document.places[first].end <= start
    last = bisect_left(document.places, end, key=lambda place: place.start) - 1
    if first > last:
        return None
    begin = _byte_of(document, document.places[first], start, after=False)
    return begin, _byte_of(document, document.places[last], end, after=True)


def _byte_of(document: Document, place: Place, at: int, after: bool) -> int:
    """The byte where the character at `at` begins, or, `after` it, where the one before `at` ends."""
    at = min(max(at, place.start), place.end)
    if place.last - place.first != len(document.text[place.start : place.end].encode(document.encoding)):
        # A reference: its characters are no bytes of their own.
        return place.last if after else place.first
    return place.first + len(document.text[place.start : at].encode(document.encoding))
