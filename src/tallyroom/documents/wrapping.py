"""Text that was broken into lines of one width, as in mail: its paragraphs are put together again.

Nothing is changed in the text: a paragraph is a span with the line breaks inside.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from tallyroom.documents.kinds import starts_item, width
from tallyroom.documents.lines import Line
from tallyroom.documents.tables import find_tables

_NARROWEST, _WIDEST = 36, 130
_FEWEST, _SHARE = 3, 0.6
"""So many lines, and so much of those that have another right below, must be filled to the margin."""
_CONTINUED = 0.5
"""Share of filled lines that must end in the middle of a sentence; the lines of a list do not."""
_GAP = re.compile(r"\S(?:[ \xa0]{2,}|\t)\S")
_ENDS = frozenset("。！？；：.!?:;")
_FIRST_WIDE = "\u2e80"


def join_wrapped(text: str, lines: list[Line]) -> list[Line]:
    """Return `lines` with those joined that are one paragraph; as they are where the text was not broken."""
    if max(len(line.words) for line in lines) > _WIDEST or len(lines) <= _FEWEST:
        return lines
    margin = max(line.indent + width(line.words) for line in lines)
    if not _NARROWEST <= margin <= _WIDEST:
        return lines
    filled = [_is_filled(line, below, margin) for line, below in pairwise(lines)]
    if not _is_wrapped(lines, filled):
        return lines
    return _joined(text, lines, filled, find_tables(text, lines)[1].keys())


def _is_filled(line: Line, below: Line, margin: int) -> bool:
    """The first word of the line below, if there is one right below, would not have found room."""
    if below.gap or _GAP.search(line.words):
        return False
    wide = below.words[0] >= _FIRST_WIDE
    # A Chinese line may hang a sign of punctuation over the margin, or move one to the next line.
    needed = 4 if wide else 1 + width(below.words.split(maxsplit=1)[0])
    return line.indent + width(line.words) + needed > margin


def _is_wrapped(lines: Sequence[Line], filled: Sequence[bool]) -> bool:
    adjacent = sum(
        not (below.gap or starts_item(below.words) or _GAP.search(below.words)) for below in lines[1:]
    )
    full = sum(filled)
    if full < _FEWEST or full < _SHARE * adjacent:
        return False
    continued = sum(
        fill and _goes_on(line, below) for (line, below), fill in zip(pairwise(lines), filled, strict=True)
    )
    return continued >= _CONTINUED * full


def _goes_on(line: Line, below: Line) -> bool:
    first = below.words[0]
    return line.words[-1] not in _ENDS and (first >= _FIRST_WIDE or first.islower())


def _joined(text: str, lines: Sequence[Line], filled: Sequence[bool], rows: Collection[int]) -> list[Line]:
    groups: list[list[Line]] = []
    for at, line in enumerate(lines):
        free = at > 0 and at not in rows and at - 1 not in rows
        if free and filled[at - 1] and not _begins(line, lines[at - 1]):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [group[0] if len(group) == 1 else _joined_line(text, group[0], group[-1]) for group in groups]


def _joined_line(text: str, first: Line, last: Line) -> Line:
    return Line(first.start, last.end, text[first.start : last.end], first.indent, first.gap)


def _begins(line: Line, before: Line) -> bool:
    """A line that starts an item, or stands further in than the one before, begins a paragraph of its own."""
    return starts_item(line.words) or (line.indent > before.indent and not starts_item(before.words))
