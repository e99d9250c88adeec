"""The order in which a page is read: bands from the top down, in each band its columns from the left.

A band is a stretch of the page through which the same gutters run. Lines that cross a gutter, as a headline over
two columns does, end the band.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from statistics import median

import msgspec

from tallyroom.documents.pdf.gaps import is_stretched
from tallyroom.documents.pdf.lines import merge_lines
from tallyroom.documents.pdf.segments import Segment, is_wide

# In sizes of the text.
_GUTTER, _NARROWED = 0.75, 0.5
"""Least width of a gutter where it begins, and where single lines reach into it."""
_WIDE_GAP, _ROWS_GAP = 2.5, 1.0
"""What parts cells even in a single row, and where several rows have it."""
_LONGEST_NUMBER = 10
_EDGE, _APART, _SMALLER = 0.12, 1.6, 0.97
"""Share of a page's height that its edges take; the gap inside them; and the size of what stands there."""
_FEWEST_LINES, _FEW_LINES = 2, 3
_LARGER = 1.15
"""A headline is so much larger than the text, and stands over all columns."""
_BALANCED = 4.0
"""By how much the columns of a balanced block differ in height at most."""
_LEAST_FILLED = 0.5
"""Share of a column's width that its lines fill on average, unless they are cells."""
_LEAST_WIDTH, _WIDTH_OF_FEW, _SEVERAL_LINES = 10, 14, 5
"""Characters, a Chinese one counts two, that a line of a column holds on average: more where there are few lines."""
_DEEPEST = 6

Interval = tuple[float, float]


class Region(msgspec.Struct):
    """Lines that are read together from the top down, and for each whether what stands apart in it are cells."""

    lines: list[list[Segment]]
    rows: list[bool]


class _Band(msgspec.Struct):
    segments: list[Segment]
    gutters: list[Interval]


def regions_of(segments: Sequence[Segment], height: float) -> list[Region]:
    """Return the regions of a page of a height, in the order in which they are read.

    What stands at its edges, apart from the rest and smaller, is read by itself: it would hide gutters.
    """
    if not segments:
        return []
    size = median(each.size for each in segments)
    strips = list(_strips(segments))
    head = 1 if len(strips) > 2 and _is_edge(strips[0], strips[1], size, height) else 0
    foot = 1 if len(strips) > 2 and _is_edge(strips[-1], strips[-2], size, height) else 0
    body = [each for strip in strips[head : len(strips) - foot] for each in strip]
    regions = _regions(body, 0, size)
    if head:
        regions.insert(0, _edge(strips[0]))
    return [*regions, _edge(strips[-1])] if foot else regions


def _is_edge(strip: Sequence[Segment], inner: Sequence[Segment], size: float, height: float) -> bool:
    top, bottom = min(each.top for each in strip), max(each.bottom for each in strip)
    if _EDGE * height < bottom and top < (1 - _EDGE) * height:
        return False
    gap = max(min(each.top for each in inner) - bottom, top - max(each.bottom for each in inner))
    return gap > _APART * size and (max(each.size for each in strip) < _SMALLER * size or _is_number(strip))


def _is_number(strip: Sequence[Segment]) -> bool:
    """Tell whether a strip may be the number of the page: a few characters, with a digit."""
    glyphs = [glyph for segment in strip for glyph in segment.glyphs]
    return len(glyphs) <= _LONGEST_NUMBER and any(glyph.char.isdigit() for glyph in glyphs)


def _edge(strip: Sequence[Segment]) -> Region:
    lines = merge_lines(strip)
    return Region(lines, [len(line) > 1 for line in lines])


def _regions(segments: Sequence[Segment], depth: int, size: float) -> list[Region]:
    """The regions of the text of a page, or of one of its columns; `size` is that of most of the page."""
    regions: list[Region] = []
    apart = True
    for band in _cut_off(_bands(segments, size), size):
        columns = _columns(band) if band.gutters and depth < _DEEPEST else [band.segments]
        if len(columns) > 1 and _are_read_apart(columns):
            for column in columns:
                regions += _regions(column, depth + 1, size)
            apart = True
        else:
            _append(regions, band, len(columns) > 1 and _are_rows(band, size), apart)
            apart = False
    return regions


def _are_rows(band: _Band, size: float) -> bool:
    """Tell rows of cells from lines of which one happens to have wide spaces."""
    widest = max(end - begin for begin, end in band.gutters)
    parted = [line for line in merge_lines(band.segments) if len(line) > 1]
    if all(is_stretched(line) for line in parted):
        return False
    return widest >= (_ROWS_GAP if len(parted) > 1 else _WIDE_GAP) * size


def _append(regions: list[Region], band: _Band, rows: bool, apart: bool) -> None:
    """Add a band to the region above it, unless columns were read in between."""
    lines = merge_lines(band.segments)
    if apart or not regions:
        regions.append(Region([], []))
    regions[-1].lines += lines
    regions[-1].rows += [rows] * len(lines)


def _bands(segments: Sequence[Segment], size: float) -> Iterator[_Band]:
    band: _Band | None = None
    for strip in _strips(segments):
        if band and band.gutters:
            left = _uncrossed(band.gutters, strip, _NARROWED * size)
            if left:
                band.segments += strip
                band.gutters = left
                continue
        gutters = _gaps(strip, _GUTTER * size)
        if band and not band.gutters and not gutters:
            band.segments += strip
            continue
        if band:
            taken = _reaching_up(band, gutters, size) if gutters else []
            band.segments = [each for each in band.segments if each not in taken]
            if band.segments:
                yield band
            strip = [*taken, *strip]
        band = _Band(list(strip), gutters)
    if band:
        yield band


def _cut_off(bands: Iterable[_Band], size: float) -> Iterator[_Band]:
    """Part from columns a narrow table that stands below all of them, though it crosses no gutter."""
    for band in bands:
        strips = list(_strips(band.segments)) if band.gutters else []
        at = _end_of_columns(strips, band.gutters, size)
        if at is None:
            yield band
            continue
        yield _Band([each for strip in strips[:at] for each in strip], band.gutters)
        yield from _bands([each for strip in strips[at:] for each in strip], size)


def _end_of_columns(
    strips: Sequence[Sequence[Segment]], gutters: Sequence[Interval], size: float
) -> int | None:
    """Where, soon after the last strip with a right column, a ruled table stands; None where there is none."""
    right = [
        at for at, strip in enumerate(strips) if any(each.left >= gutters[0][1] - size for each in strip)
    ]
    if not right or right[-1] < 1:
        return None
    end = max(each.bottom for each in strips[right[-1]])
    for at in range(right[-1] + 1, len(strips)):
        if min(each.top for each in strips[at]) - end > _BALANCED * size:
            return None
        if any(each.grid for each in strips[at]):
            return at
    return None


def _reaching_up(band: _Band, gutters: Sequence[Interval], size: float) -> list[Segment]:
    """What at the end of a band stands in the columns that begin below it, from where a right one reaches up."""
    found: list[Segment] = []
    taken = 0
    for strip in reversed(list(_strips(band.segments))):
        larger = max(segment.size for segment in strip) > _LARGER * size
        if larger or band.gutters or not _uncrossed(gutters, strip, _NARROWED * size):
            break
        found += strip
        if any(segment.left >= gutters[0][1] - size for segment in strip):
            taken = len(found)
    return found[:taken]


def _strips(segments: Sequence[Segment]) -> Iterator[list[Segment]]:
    """Gather segments that stand beside each other, directly or by way of others."""
    strip: list[Segment] = []
    bottom = 0.0
    for segment in sorted(segments, key=lambda each: (each.top, each.left)):
        if strip and segment.top >= bottom:
            yield strip
            strip = []
        bottom = max(bottom, segment.bottom) if strip else segment.bottom
        strip.append(segment)
    if strip:
        yield strip


def _gaps(strip: Sequence[Segment], least: float) -> list[Interval]:
    """The stretches between segments that none of the strip crosses."""
    gaps: list[Interval] = []
    reached: float | None = None
    for segment in sorted(strip, key=lambda each: each.left):
        if reached is not None and segment.left - reached >= least:
            gaps.append((reached, segment.left))
        reached = max(reached, segment.right) if reached is not None else segment.right
    return gaps


def _uncrossed(gutters: Sequence[Interval], strip: Sequence[Segment], least: float) -> list[Interval]:
    """What is left of gutters beside the segments of one more strip."""
    left: list[Interval] = []
    for begin, end in gutters:
        free = [(begin, end)]
        for segment in strip:
            free = [part for each in free for part in _without(each, segment)]
        widest = max(free, key=lambda part: part[1] - part[0], default=(0.0, 0.0))
        if widest[1] - widest[0] >= least:
            left.append(widest)
    return left


def _without(interval: Interval, segment: Segment) -> list[Interval]:
    begin, end = interval
    if segment.right <= begin or segment.left >= end:
        return [interval]
    return [part for part in ((begin, segment.left), (segment.right, end)) if part[1] > part[0]]


def _columns(band: _Band) -> list[list[Segment]]:
    """The segments between the gutters of a band, from the left; none is empty."""
    middles = [(begin + end) / 2 for begin, end in sorted(band.gutters)]
    columns: list[list[Segment]] = [[] for _ in range(len(middles) + 1)]
    for segment in band.segments:
        middle = (segment.left + segment.right) / 2
        columns[sum(each < middle for each in middles)].append(segment)
    return [column for column in columns if column]


def _are_read_apart(columns: Sequence[Sequence[Segment]]) -> bool:
    """Tell columns of text from the columns of a table: lines that are filled, and several of them.

    Beside long columns a short one, as at the end of a text, tells nothing.
    """
    counts = [len(merge_lines(column)) for column in columns]
    least = _FEW_LINES if max(counts) > _FEW_LINES else 2
    long = [column for column, count in zip(columns, counts, strict=True) if count >= least]
    width = _LEAST_WIDTH if max(counts) > _SEVERAL_LINES else _WIDTH_OF_FEW
    texts = [_is_text(column, width) for column in columns]
    return max(counts) >= _FEWEST_LINES and any(texts) and all(_is_text(column, width) for column in long)


def _is_text(column: Sequence[Segment], least: float) -> bool:
    if any(each.grid for each in column):
        return True
    lines = merge_lines(column)
    left, right = min(each.left for each in column), max(each.right for each in column)
    filled = sum(sum(each.right - each.left for each in line) for line in lines) / len(lines)
    widths = sum(1 + is_wide(glyph.char) for each in column for glyph in each.glyphs) / len(lines)
    return filled >= _LEAST_FILLED * (right - left) and widths >= least
