"""What stands at the edges of pages: running heads and feet, page numbers, footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from tallyroom.documents.pdf.lines import PdfLine

_EDGE_LINES = 3
"""So many lines from the top and from the bottom of a page may be its head and foot."""
_NEAR = 3.0
"""Points that a running line may move from page to page."""
_FIGURES = re.compile(r"[\d\s]+|[ivxlcIVXLC]+$")
_PAGE_NUMBER = re.compile(
    r"\W{0,3}(?:\d{1,4}|[ivxlc]{1,6})\W{0,3}(?:\s?[/of]{1,2}\s?\d{1,4})?|第\s?\d+\s?[页頁].{0,12}"
)
_NOTE_SIZE = 0.92
_NOTE_MARK = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\d{1,3}(?=[\s.)\]])|[*†‡§]{1,3}|\[\d{1,3}\]|[①-⑳]|注[:：]|Note")
_LOWER_PART = 0.4
"""Share of the page's height above which no footnote begins."""


def running_lines(pages: Sequence[Sequence[PdfLine]]) -> set[int]:
    """Return the ids of the lines that repeat at the same height from page to page, and of page numbers."""
    seen: dict[tuple[bool, str], list[PdfLine]] = {}
    for lines in pages:
        for is_foot, line in _edges(lines):
            seen.setdefault((is_foot, _FIGURES.sub("#", line.words)), []).append(line)
    needed = 2 if len(pages) < 6 else 3
    running = {id(line) for found in seen.values() for line in found if len(_near(found, line)) >= needed}
    return running | {id(line) for lines in pages for line in _numbers(lines)}


def _near(found: Sequence[PdfLine], line: PdfLine) -> set[int]:
    return {each.page for each in found if abs(each.base - line.base) <= _NEAR}


def _edges(lines: Sequence[PdfLine]) -> Iterable[tuple[bool, PdfLine]]:
    heights = sorted({round(line.base) for line in lines})
    heads, feet = heights[:_EDGE_LINES], heights[-_EDGE_LINES:]
    for line in lines:
        if round(line.base) in heads:
            yield False, line
        if round(line.base) in feet:
            yield True, line


def _numbers(lines: Sequence[PdfLine]) -> Iterable[PdfLine]:
    """A page number stands alone, above or below everything else."""
    heights = sorted(line.base for line in lines)
    for line in lines:
        if len(lines) > 1 and _PAGE_NUMBER.fullmatch(line.words):
            alone = sum(1 for height in heights if abs(height - line.base) < line.size) == 1
            if alone and line.base in (heights[0], heights[-1]):
                yield line


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
