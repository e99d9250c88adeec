"""Lines become paragraphs: over the ends of lines, columns and pages, as long as the text goes on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median

import msgspec

from tallyroom.documents.kinds import starts_item
from tallyroom.documents.pdf.hyphens import HYPHENS
from tallyroom.documents.pdf.lines import PdfLine
from tallyroom.documents.pdf.segments import is_wide

# In sizes of the font.
_LEADERS = re.compile(r"(?:[.·…]\s?){4,}\s*[\divxlc]{1,5}$")
"""Dots that lead from a heading to its page: lines of a table of contents."""
_INDENT = 0.8
_SPACE, _HANGING = 0.2, 0.25
_SAME_SIZE = 0.08
_LOOSE = 1.35
"""A step from line to line that is so much wider than the usual one parts paragraphs."""
_WIDEST_STEP = 2.6
_USUAL_STEP = 1.4
_SAME_LEFT = 6.0
"""Points by which the left margins of regions that have their right margin in common may differ."""
_FEW = 3
"""Lines and steps that tell too little of a region."""
_FEWEST_INDENTS = 2
_ENDS = frozenset("。！？；.!?;：:")
_CLOSERS = "”\"’'」』）)】]〉》"


class Margins(msgspec.Struct):
    """What the lines of a region have in common."""

    left: float
    right: float
    step: float


class Paragraph(msgspec.Struct):
    """Lines that are one block, and what stands before it: `gap` where more room than between lines is left."""

    lines: list[PdfLine]
    gap: bool
    size: float


class Layout:
    """The margins of a text: by region, and in it by size of font, for a headline may reach beyond the text."""

    def __init__(self, lines: Sequence[PdfLine]) -> None:
        groups: dict[tuple[int, int], list[PdfLine]] = {}
        for line in lines:
            groups.setdefault(_key(line), []).append(line)
        usual = _usual_step(lines)
        self._margins = {key: _margins(group, usual) for key, group in groups.items()}
        self._rightmost: dict[int, float] = {}
        for line in lines:
            self._rightmost[line.page] = max(self._rightmost.get(line.page, 0.0), line.left)
        self._lefts = {self._margins[key].left for key, group in groups.items() if len(group) >= _FEW}
        self._widen({key: group for key, group in groups.items() if len(group) < _FEW})
        self.indented = self._indents(lines)

    def of(self, line: PdfLine) -> Margins:
        """The margins that hold for a line."""
        return self._margins[_key(line)]

    def indent(self, line: PdfLine) -> float:
        """How far from the left margin a line begins."""
        return line.left - self.of(line).left

    def _mirrored(self, group: Sequence[PdfLine], margins: Margins) -> float:
        """The right margin of a page of one column that has the same at both sides; 0 where others stand beside."""
        alone = self._rightmost[group[0].page] < margins.right
        return group[0].across - margins.left if alone else 0.0

    def _widen(self, groups: Mapping[tuple[int, int], Sequence[PdfLine]]) -> None:
        """Where few lines tell the right margin, take that of others with the same size and left margin."""
        widest: Counter[tuple[int, int]] = Counter()
        for (_, size), margins in self._margins.items():
            key = size, round(margins.left / 6)
            widest[key] = max(widest[key], round(margins.right))
        for region, size in groups:
            margins = self._margins[region, size]
            near = max(widest[size, round(margins.left / 6) + shift] for shift in (-1, 0, 1))
            told = any(abs(left - margins.left) < _SAME_LEFT for left in self._lefts)
            mirrored = 0.0 if told else self._mirrored(groups[region, size], margins)
            margins.right = max(margins.right, near, mirrored)

    def _indents(self, lines: Sequence[PdfLine]) -> bool:
        """Tell whether paragraphs begin further in: lines do so again and again, below lines that do not."""
        inner = sum(
            1
            for above, line in pairwise(lines)
            if above.region == line.region
            and self.indent(line) > _INDENT * line.size
            and self.indent(above) <= _INDENT * line.size
        )
        return inner >= _FEWEST_INDENTS


def _key(line: PdfLine) -> tuple[int, int]:
    return line.region, round(2 * line.size)


def _margins(group: Sequence[PdfLine], usual: float) -> Margins:
    steps = [b.base - a.base for a, b in pairwise(group) if b.base > a.base]
    lefts = Counter(round(line.left) for line in group)
    return Margins(
        min(left for left, count in lefts.items() if count * 8 >= max(lefts.values())),
        max(line.right for line in group),
        _lower_quartile(steps) if len(steps) > _FEW else usual * group[0].size,
    )


def _lower_quartile(steps: Sequence[float]) -> float:
    """Among short paragraphs as many steps lead to the next one as to the next line, and those are shorter."""
    return sorted(steps)[len(steps) // 4]


def _usual_step(lines: Sequence[PdfLine]) -> float:
    """The usual step from line to line, in sizes of the font."""
    pairs = pairwise(lines)
    steps = [(b.base - a.base) / b.size for a, b in pairs if a.region == b.region and b.base > a.base]
    return median(steps) if steps else _USUAL_STEP


def paragraphs_of(lines: Sequence[PdfLine]) -> Iterator[Paragraph]:
    """Join the lines of a text, given in the order in which they are read, to paragraphs."""
    layout = Layout(lines)
    current: Paragraph | None = None
    for line in lines:
        if current and _goes_on(current, line, layout):
            current.lines.append(line)
            continue
        if current:
            yield current
        current = Paragraph([line], current is None or _is_apart(current.lines[-1], line, layout), line.size)
    if current:
        yield current


def _goes_on(paragraph: Paragraph, line: PdfLine, layout: Layout) -> bool:
    last = paragraph.lines[-1]
    if _is_row(last) or _is_row(line) or _LEADERS.search(last.words):
        return False
    if abs(last.size - line.size) > _SAME_SIZE * max(last.size, line.size):
        return False
    filled = _is_filled(last, line, layout)
    if last.region != line.region:
        return _goes_on_elsewhere(paragraph, line, layout, filled)
    if _is_apart(last, line, layout):
        return False
    if starts_item(line.words) and (not filled or _ends_sentence(last.words)):
        return False
    shift = line.left - last.left
    if shift > _INDENT * line.size and not (len(paragraph.lines) == 1 and starts_item(last.words)):
        return _is_centred(last, line)
    return filled or _is_broken(last.words, line.words) or _is_centred(last, line)


def _is_row(line: PdfLine) -> bool:
    return line.table is not None or "\t" in line.words


def _goes_on_elsewhere(paragraph: Paragraph, line: PdfLine, layout: Layout, filled: bool) -> bool:
    """Tell whether a paragraph goes on at the top of the next column or page."""
    last = paragraph.lines[-1]
    if _is_broken(last.words, line.words):
        return True
    if not filled or starts_item(line.words) or layout.indent(line) > _INDENT * line.size:
        return False
    return layout.indented or not _ends_sentence(last.words)


def _is_apart(last: PdfLine, line: PdfLine, layout: Layout) -> bool:
    """Tell whether more room than between lines, or less than none, is between two lines of a region."""
    if last.region != line.region:
        return False
    step = line.base - last.base
    usual = layout.of(line).step
    widest = _LOOSE * usual if usual < _WIDEST_STEP * line.size else _WIDEST_STEP * line.size
    return not 0.3 * line.size < step <= max(widest, 1.25 * line.size)


def _is_filled(last: PdfLine, line: PdfLine, layout: Layout) -> bool:
    """The first word of the line would not have found room at the end of the last."""
    room = layout.of(last).right - last.right
    # A Chinese line may hang a sign of punctuation over the margin, or move one to the next; others hang hyphens.
    slack = 1.0 if is_wide(line.words[0]) else _SPACE + _HANGING
    return room < max(line.first, 0.5 * line.size) + slack * line.size


def _ends_sentence(words: str) -> bool:
    return words.rstrip(_CLOSERS)[-1:] in _ENDS


def _is_broken(words: str, following: str) -> bool:
    """A line that ends in a hyphen before a small letter."""
    return words[-1] in HYPHENS and len(words) > 1 and words[-2].isalpha() and following[0].islower()


def _is_centred(last: PdfLine, line: PdfLine) -> bool:
    """Two lines around one axis, neither ended as a sentence: a headline of two lines."""
    off = (last.left + last.right) - (line.left + line.right)
    apart = abs(last.left - line.left) > _INDENT * line.size
    return apart and abs(off) < 0.6 * line.size and not _ends_sentence(last.words)
