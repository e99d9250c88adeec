"""What stands at the edges of pages: running heads and feet, page numbers, footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from tallyroom.documents.pdf.lines import PdfLine, ReadPage

_EDGE_LINES = 3
"""So many lines from the top and from the bottom of a page may be its head and foot."""
_APART = 1.6
"""A gap, in sizes of the font, that parts heads and feet from the text."""
_NEAR = 3.0
"""Points that a running line may move from page to page."""
_FIGURES = re.compile(r"[\d\s]+|[ivxlcIVXLC]+$")
# A page's number, or what a browser prints: `1/3`, `- 4 -`, `第 2 页`, `8/5/22, 3:29 PM`, `https://...`.
_PRINTED = re.compile(
    r"\W{0,3}(?:\d{1,4}|[ivxlc]{1,6})\W{0,3}(?:\s?(?:/|of)\s?\d{1,4})?$|第\s?\d+\s?[页頁].{0,12}$"
    r"|Page\s\d{1,4}(?:\sof\s\d{1,4})?$|(?:file|https?)://\S+(?:\s\d{1,4}/\d{1,4})?$"
    r"|\d{1,4}/\d{1,2}/\d{1,4},?\s[上下]?午?\s?\d{1,2}:\d\d(?:\s[AP]M)?(?:\s|$)"
)
_LONGEST_BESIDE = 80
_FEW_PAGES = 6
_MARGIN = 0.12
"""Share of a page's height within which a bar parts its head or foot from the text."""
_HEADING_SIZE, _NOTE_SIZE = 1.1, 0.92
_NOTE_MARK = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\d{1,3}(?=[\s.)\]])|[*†‡§]{1,3}|\[\d{1,3}\]|[①-⑳]|注[:：]|Note")
_LOWER_PART = 0.4
"""Share of the page's height above which no footnote begins."""


def running_lines(pages: Sequence[ReadPage]) -> set[int]:
    """Return the ids of the lines at the edges of pages that are no part of the text.

    These are lines that repeat at the same height from page to page, numbers of pages, what a browser prints
    around a page, and, but for the first page, what a long line parts from the text.
    """
    seen: dict[tuple[bool, str], list[PdfLine]] = {}
    running: set[int] = set()
    for page in pages:
        for is_foot, line in _edges(page.lines):
            seen.setdefault((is_foot, _FIGURES.sub("#", line.words)), []).append(line)
        running.update(map(id, _numbers(page.lines)))
        if page.number > 1:
            running.update(map(id, _barred(page)))
    needed = 2 if len(pages) < _FEW_PAGES else 3
    running |= {id(line) for found in seen.values() for line in found if len(_near(found, line)) >= needed}
    return running


def _near(found: Sequence[PdfLine], line: PdfLine) -> set[int]:
    return {each.page for each in found if abs(each.base - line.base) <= _NEAR}


def _edges(lines: Sequence[PdfLine]) -> Iterable[tuple[bool, PdfLine]]:
    """The lines that a gap parts from the rest, at the head (False) and at the foot (True) of a page."""
    free = [line for line in lines if line.table is None]
    heights = sorted({round(line.base) for line in lines})
    size = median(line.size for line in lines) if lines else 0.0
    heads = heights[: _until_gap(heights, _APART * size)]
    feet = heights[len(heights) - _until_gap([-height for height in reversed(heights)], _APART * size) :]
    for line in free:
        if round(line.base) in heads:
            yield False, line
        if round(line.base) in feet:
            yield True, line


def _until_gap(heights: Sequence[int], gap: float) -> int:
    """How many of the first heights stand before a gap; none where none of the first few does."""
    steps = [below - above for above, below in pairwise(heights[: _EDGE_LINES + 1])]
    return next((at for at, step in enumerate(steps, 1) if step > gap), 0)


def _numbers(lines: Sequence[PdfLine]) -> Iterable[PdfLine]:
    """Page numbers, times and addresses of prints: all that stands at the height above or below everything else."""
    heights = [line.base for line in lines]
    for edge in {min(heights), max(heights)} if len(lines) > 1 else ():
        level = [line for line in lines if abs(line.base - edge) < _NEAR]
        printed = [line for line in level if _PRINTED.match(line.words)]
        short = all(line in printed or len(line.words) < _LONGEST_BESIDE for line in level)
        if printed and short and len(level) < len(lines):
            yield from level


def _barred(page: ReadPage) -> Iterable[PdfLine]:
    """Lines above a bar at the top of a page, or below one at its foot; what is larger than the text is a heading."""
    largest = _HEADING_SIZE * main_size(page.lines)
    small = [line for line in page.lines if line.size < largest]
    for bar in page.bars:
        if bar < _MARGIN * page.height:
            yield from (line for line in small if line.base < bar)
        elif bar > (1 - _MARGIN) * page.height:
            yield from (line for line in small if line.base > bar)


def main_size(lines: Iterable[PdfLine]) -> float:
    """Return the size of most characters."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.words)
    return max(sizes, key=lambda size: (sizes[size], size), default=10.0)


def note_lines(lines: Sequence[PdfLine], usual: float, height: float) -> set[int]:
    """Return the ids of a page's lines that are footnotes: small, below all text of their column, marked.

    `usual` is the size of the text.
    """
    regions: dict[int, list[PdfLine]] = {}
    for line in lines:
        regions.setdefault(line.region, []).append(line)
    notes: set[int] = set()
    for region in regions.values():
        tail = _small_tail(region, usual)
        first = next((at for at, line in enumerate(tail) if _NOTE_MARK.match(line.words)), None)
        if first is not None and tail[first].base > _LOWER_PART * height:
            notes.update(id(line) for line in tail[first:])
    return notes


def _small_tail(lines: Sequence[PdfLine], usual: float) -> list[PdfLine]:
    tail: list[PdfLine] = []
    for line in reversed(lines):
        if line.size > _NOTE_SIZE * usual or line.table is not None:
            break
        tail.insert(0, line)
    return tail
