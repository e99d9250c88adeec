"""Lines become paragraphs: over the ends of lines, columns and pages, as long as the text goes on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

import msgspec

from tallyroom.documents.kinds import starts_item
from tallyroom.documents.pdf.lines import PdfLine
from tallyroom.documents.pdf.segments import is_wide

# In sizes of the font.
_INDENT = 0.8
_SAME_SIZE = 0.08
_LOOSE = 1.35
"""A step from line to line that is so much wider than the usual one parts paragraphs."""
_WIDEST_STEP = 2.6
_ENDS = frozenset("。！？；.!?;：:")
_CLOSERS = "”\"’'」』）)】]〉》"
_HYPHENS = frozenset("-\u00ad\u2010")
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")


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


def margins_of(lines: Sequence[PdfLine]) -> dict[int, Margins]:
    """Return the margins of each region, told from its lines and, where these are few, from others like it."""
    groups: dict[int, list[PdfLine]] = {}
    for line in lines:
        groups.setdefault(line.region, []).append(line)
    usual = _usual_step(lines)
    found = {region: _margins(group, usual) for region, group in groups.items()}
    widest: Counter[int] = Counter()
    for margins in found.values():
        key = round(margins.left / 6)
        widest[key] = max(widest[key], round(margins.right))
    for region, margins in found.items():
        if len(groups[region]) < 3:
            near = max(widest[round(margins.left / 6) + shift] for shift in (-1, 0, 1))
            margins.right = max(margins.right, near)
    return found


def _margins(group: Sequence[PdfLine], usual: float) -> Margins:
    steps = [b.base - a.base for a, b in pairwise(group) if b.base > a.base]
    lefts = Counter(round(line.left) for line in group)
    return Margins(
        min(left for left, count in lefts.items() if count * 8 >= max(lefts.values())),
        max(line.right for line in group),
        median(steps) if len(steps) > 3 else usual,
    )


def _usual_step(lines: Sequence[PdfLine]) -> float:
    """The usual step from line to line, in sizes of the font times the usual size."""
    pairs = pairwise(lines)
    steps = [(b.base - a.base) / b.size for a, b in pairs if a.region == b.region and b.base > a.base]
    size = median(line.size for line in lines) if lines else 10.0
    return (median(steps) if steps else 1.4) * size


def paragraphs_of(lines: Sequence[PdfLine]) -> Iterator[Paragraph]:
    """Join the lines of a text, given in the order in which they are read, to paragraphs."""
    margins = margins_of(lines)
    indented = _indents(lines, margins)
    current: Paragraph | None = None
    for line in lines:
        if current and _goes_on(current, line, margins, indented):
            current.lines.append(line)
            continue
        if current:
            yield current
        current = Paragraph([line], current is None or _is_apart(current.lines[-1], line, margins), line.size)
    if current:
        yield current


def _indents(lines: Sequence[PdfLine], margins: dict[int, Margins]) -> bool:
    """Tell whether paragraphs begin further in: lines do so again and again, below lines that do not."""
    inner = sum(
        1
        for above, line in pairwise(lines)
        if above.region == line.region
        and _indent(line, margins) > _INDENT * line.size
        and _indent(above, margins) <= _INDENT * line.size
    )
    return inner >= 2


def _indent(line: PdfLine, margins: dict[int, Margins]) -> float:
    return line.left - margins[line.region].left


def _goes_on(paragraph: Paragraph, line: PdfLine, margins: dict[int, Margins], indented: bool) -> bool:
    last = paragraph.lines[-1]
    if last.table is not None or line.table is not None:
        return False
    if abs(last.size - line.size) > _SAME_SIZE * max(last.size, line.size):
        return False
    filled = _is_filled(last, line, margins)
    if last.region != line.region:
        return _goes_on_elsewhere(paragraph, line, margins, indented, filled)
    if _is_apart(last, line, margins):
        return False
    if starts_item(line.words) and (not filled or _ends_sentence(last.words)):
        return False
    shift = line.left - last.left
    if shift > _INDENT * line.size and not (len(paragraph.lines) == 1 and starts_item(last.words)):
        return _is_centred(last, line)
    return filled or _is_broken(last.words, line.words) or _is_centred(last, line)


def _goes_on_elsewhere(
    paragraph: Paragraph, line: PdfLine, margins: dict[int, Margins], indented: bool, filled: bool
) -> bool:
    """Tell whether a paragraph goes on at the top of the next column or page."""
    last = paragraph.lines[-1]
    if _is_broken(last.words, line.words):
        return True
    if not filled or starts_item(line.words) or _indent(line, margins) > _INDENT * line.size:
        return False
    return indented or not _ends_sentence(last.words)


def _is_apart(last: PdfLine, line: PdfLine, margins: dict[int, Margins]) -> bool:
    """Tell whether more room than between lines, or less than none, is between two lines of a region."""
    if last.region != line.region:
        return False
    step = line.base - last.base
    usual = margins[line.region].step
    widest = _LOOSE * usual if usual < _WIDEST_STEP * line.size else _WIDEST_STEP * line.size
    return not 0.3 * line.size < step <= max(widest, 1.25 * line.size)


def _is_filled(last: PdfLine, line: PdfLine, margins: dict[int, Margins]) -> bool:
    """The first word of the line would not have found room at the end of the last."""
    room = margins[last.region].right - last.right
    needed = line.first + (0 if is_wide(line.words[0]) else 0.2 * line.size)
    return room < max(needed, 0.5 * line.size) + (1.0 * line.size if is_wide(line.words[0]) else 0.0)


def _ends_sentence(words: str) -> bool:
    return words.rstrip(_CLOSERS)[-1:] in _ENDS


def _is_broken(words: str, following: str) -> bool:
    """A line that ends in a hyphen before a small letter."""
    return words[-1] in _HYPHENS and len(words) > 1 and words[-2].isalpha() and following[0].islower()


def _is_centred(last: PdfLine, line: PdfLine) -> bool:
    """Two lines around one axis, neither ended as a sentence: a headline of two lines."""
    off = (last.left + last.right) - (line.left + line.right)
    apart = abs(last.left - line.left) > _INDENT * line.size
    return apart and abs(off) < 0.6 * line.size and not _ends_sentence(last.words)


def words_in(lines: Sequence[PdfLine]) -> set[str]:
    """The words of a text that stand whole in a line: they tell how a word that was broken is written."""
    known: set[str] = set()
    for line in lines:
        found = [match[0].lower() for match in _WORD.finditer(line.words.replace("\u00ad", ""))]
        known.update(found[:-1] if line.words[-1] in _HYPHENS else found)
    return known


def keeps_hyphen(words: str, following: str, known: set[str]) -> bool:
    """Tell whether the hyphen that ends a line is one of the word's own: `drug-related`, and not `opera-tion`."""
    if words[-1] == "\u00ad":
        return False
    head, tail = _last_word(words[:-1]), _WORD.match(following)
    if not head or tail is None or not following[0].islower():
        return True
    begin, end = head.lower(), tail[0].lower()
    if begin + end in known:
        return False
    if f"{begin}-{end}" in known or "-" in begin:
        return True
    return begin in known and end in known


def _last_word(words: str) -> str:
    found = _WORD.findall(words[-60:])
    return found[-1] if found and words.endswith(found[-1]) else ""
