"""Tables whose rows are ruled off by level lines alone: their columns are where no row has characters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from tallyroom.documents.pdf.glyphs import Glyph
from tallyroom.documents.pdf.grids import GridCell, RuledGrid
from tallyroom.documents.pdf.rules import Rule, Rules
from tallyroom.documents.pdf.segments import Segment, left_of, right_of, segments_of

_NEAR = 3.0
"""Points by which the ends of lines of one table may differ, and by which characters may hang over them."""
_GUTTER, _NARROWED = 0.8, 0.4
"""Least gap between columns, in sizes of the font: in the first row, and where all rows are taken together."""
_FEWEST_ROWS = 2
_ROOMY = 1.4
"""By how much the room around a caption between two tables exceeds that of a row."""
_MOST_RULES = 400

Interval = tuple[float, float]


class _Band(msgspec.Struct):
    """What stands between two level lines."""

    top: float
    bottom: float
    segments: list[Segment]


def open_grids(rules: Rules, glyphs: Sequence[Glyph]) -> list[RuledGrid]:
    """Return the tables among level lines that begin and end alike, each row between two of them.

    A stretch between two lines with several lines of text in every column is no row: it holds a text in columns, or
    rows that are not ruled off.
    """
    if len(rules.level) > _MOST_RULES:
        return []
    return [grid for group in _alike(rules.level) for grid in _grids(group, glyphs)]


def _alike(level: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Lines of one length, one below the other."""
    left = sorted(level)
    while left:
        first = left[0]
        group = [
            rule for rule in left
            if abs(rule.begin - first.begin) <= _NEAR and abs(rule.end - first.end) <= _NEAR
        ]  # fmt: skip
        left = [rule for rule in left if rule not in group]
        if len(group) > _FEWEST_ROWS:
            yield group


def _grids(group: Sequence[Rule], glyphs: Sequence[Glyph]) -> Iterator[RuledGrid]:
    begin, end = min(rule.begin for rule in group), max(rule.end for rule in group)
    run: list[_Band] = []
    above: _Band | None = None
    gutters: list[Interval] = []
    for band in [*_bands(group, begin, end, glyphs), None]:
        fresh = _gaps(band.segments) if band else []
        left = [] if band is None or _is_caption(band, run) else _narrowed(gutters, band) if run else fresh
        if band and left and _is_row(band, left):
            run.append(band)
            gutters = left
            continue
        if len(run) >= _FEWEST_ROWS:
            yield _grid(*_with_head(above, run, gutters), begin, end)
        above = run[-1] if run else above
        if band:
            run, gutters = ([band], fresh) if run and fresh and _is_row(band, fresh) else ([], [])
            above = above if run else band


def _bands(group: Sequence[Rule], begin: float, end: float, glyphs: Sequence[Glyph]) -> list[_Band]:
    heights = [rule.at for rule in group]
    found: list[list[Glyph]] = [[] for _ in range(len(heights) + 1)]
    for glyph in glyphs:
        if begin - _NEAR <= (glyph.left + glyph.right) / 2 <= end + _NEAR:
            found[bisect_right(heights, (glyph.top + glyph.bottom) / 2)].append(glyph)
    return [
        _Band(top, bottom, segments_of(inside))
        for (top, bottom), inside in zip(pairwise(heights), found[1:], strict=False)
    ]


def _gaps(segments: Sequence[Segment]) -> list[Interval]:
    """The stretches that no segment of a row crosses."""
    gaps: list[Interval] = []
    reached: float | None = None
    for segment in sorted(segments, key=lambda each: each.left):
        if reached is not None and segment.left - reached >= _GUTTER * segment.size:
            gaps.append((reached, segment.left))
        reached = segment.right if reached is None else max(reached, segment.right)
    return gaps


def _narrowed(gutters: Sequence[Interval], band: _Band) -> list[Interval]:
    """What the segments of one more row leave of the gutters; nothing where it closes one of them."""
    left: list[Interval] = []
    for begin, end in gutters:
        free = [(begin, end)]
        for segment in band.segments:
            free = [
                part
                for first, last in free
                for part in ((first, min(last, segment.left)), (max(first, segment.right), last))
                if part[1] > part[0]
            ]
        size = band.segments[0].size if band.segments else 0.0
        widest = max(free, key=lambda part: part[1] - part[0], default=(0.0, 0.0))
        if widest[1] - widest[0] < _NARROWED * size:
            return []
        left.append(widest)
    return left


def _with_head(
    above: _Band | None, run: list[_Band], gutters: list[Interval]
) -> tuple[list[_Band], list[Interval]]:
    """Take in the row above where its characters stand in the same columns, though nearly touching."""
    if above is None or above.bottom != run[0].top or len(above.segments) > len(gutters) + 1:
        return run, gutters
    letters = [
        Segment([glyph], left_of(glyph), right_of(glyph), glyph.base, glyph.size)
        for segment in above.segments
        for glyph in segment.glyphs
    ]
    left = _narrowed(gutters, _Band(above.top, above.bottom, letters))
    parted = {sum((begin + end) / 2 < letter.left for begin, end in left) for letter in letters}
    return ([above, *run], left) if left and len(parted) > 1 else (run, gutters)


def _is_caption(band: _Band, run: Sequence[_Band]) -> bool:
    """Tell words between two tables from a row of one cell: more room is around them."""
    if not run or len(band.segments) != 1:
        return False
    return band.bottom - band.top > _ROOMY * min(row.bottom - row.top for row in run)


def _is_row(band: _Band, gutters: Sequence[Interval]) -> bool:
    """Tell a row from a stretch of text: one of its cells has a single line."""
    lines: dict[int, set[int]] = {}
    for segment in band.segments:
        column = sum((begin + end) / 2 < segment.left for begin, end in gutters)
        lines.setdefault(column, set()).add(round(segment.base / max(segment.size, 1.0)))
    return bool(lines) and min(map(len, lines.values())) == 1


def _grid(run: Sequence[_Band], gutters: Sequence[Interval], begin: float, end: float) -> RuledGrid:
    edges = [begin - _NEAR, *sorted((first + last) / 2 for first, last in gutters), end + _NEAR]
    cells = [
        GridCell(row, column, 1, 1, left, band.top, right, band.bottom)
        for row, band in enumerate(run)
        for column, (left, right) in enumerate(pairwise(edges))
    ]
    heights = [*(band.top for band in run), run[-1].bottom]
    return RuledGrid(cells, edges, heights, {(cell.row, cell.column): cell for cell in cells})
