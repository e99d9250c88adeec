"""Where a span is seen: the pages and boxes of its characters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

import msgspec

from tallyroom.model.document import Document, Spot

Box = tuple[int, int, int, int]


class PagePicture(msgspec.Struct, frozen=True):
    """A page as it is shown: its number from 1, its size in hundredths of a point, and a PNG of it."""

    page: int
    width: int
    height: int
    png: bytes


def boxes_of(document: Document, start: int, end: int) -> list[tuple[int, Box]]:
    """Return the page, from 1, and the box of each stretch of `document.text[start:end]`, in the order of the text.

    A stretch is what stands side by side in one line of a page. Boxes are left, top, right and bottom in hundredths
    of a point from the upper left corner of the page as it is shown. Nothing for a document without pages, and for
    a span that nobody sees: the space at which a line was broken.
    """
    found: list[tuple[int, Box]] = []
    for spot in spots_within(document, start, end):
        if spot.page is None or spot.box is None:
            continue
        box = _part(spot, max(start, spot.start), min(end, spot.end))
        if found and found[-1][0] == spot.page and (joined := _joined(found[-1][1], box)):
            found[-1] = spot.page, joined
        else:
            found.append((spot.page, box))
    return found


def spots_within(document: Document, start: int, end: int) -> Iterator[Spot]:
    """Give the spots that hold some of `document.text[start:end]`."""
    at = max(0, bisect_right(document.spots, start, key=lambda spot: spot.start) - 1)
    while at < len(document.spots) and document.spots[at].start < end:
        if document.spots[at].end > start:
            yield document.spots[at]
        at += 1


def seen_of(document: Document, start: int, end: int) -> tuple[Spot, ...]:
    """Return where a span is seen: one spot for each stretch of a line, or for each name of a place.

    Nothing for a document without spots.
    """
    boxes = boxes_of(document, start, end)
    if boxes:
        return tuple(Spot(start, end, page, box) for page, box in boxes)
    named = dict.fromkeys((spot.page, spot.name) for spot in spots_within(document, start, end))
    return tuple(Spot(start, end, page, None, name) for page, name in named if name or page)


def _part(spot: Spot, start: int, end: int) -> Box:
    """The box of some of a spot's characters: it divides evenly along its longer side, or along its line."""
    assert spot.box is not None
    left, top, right, bottom = spot.box
    length = spot.end - spot.start
    if length == end - start:
        return spot.box
    first, last = start - spot.start, end - spot.start
    if right - left >= bottom - top:
        width = right - left
        return left + width * first // length, top, left - (-width * last // length), bottom
    height = bottom - top
    return left, top + height * first // length, right, top - (-height * last // length)


def _joined(one: Box, other: Box) -> Box | None:
    """One box for two that stand side by side in a line, as words with a space between do; None for others."""
    height = min(one[3] - one[1], other[3] - other[1])
    overlap = min(one[3], other[3]) - max(one[1], other[1])
    if overlap < height // 2 or other[0] < one[0] or other[0] - one[2] > 2 * height:
        return None
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
