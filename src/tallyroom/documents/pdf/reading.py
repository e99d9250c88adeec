"""The pages of a PDF as lines, each page's in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from tallyroom.documents.errors import NoTextLayer, TextUnreadable
from tallyroom.documents.pdf.columns import Region, regions_of
from tallyroom.documents.pdf.gaps import gap_grids
from tallyroom.documents.pdf.glyphs import Frame, glyphs_of
from tallyroom.documents.pdf.grids import ruled_grids
from tallyroom.documents.pdf.library import Pdf
from tallyroom.documents.pdf.lines import PdfLine, ReadPage, line_of
from tallyroom.documents.pdf.open_grids import open_grids
from tallyroom.documents.pdf.rows import rows_of
from tallyroom.documents.pdf.rules import Rule, rules_of
from tallyroom.documents.pdf.segments import Segment, fill_grids, segments_of
from tallyroom.documents.pdf.watermarks import aside_line, without_watermarks

_MOST_UNKNOWN = 0.3
"""Share of glyphs without a meaning from which on a text cannot be read."""
_LONG = 0.5
"""Share of a page's width from which on a level line is a bar."""
_NEAR = 3.0
"""Points by which a line may miss the table that it is a part of."""


def read_pages(pdf: Pdf) -> list[ReadPage]:
    """Read every page.

    Raises:
        NoTextLayer, TextUnreadable: There is nothing on them that can be read.
        SourceTooLarge: A page has more characters than a page can hold.
    """
    pages: list[ReadPage] = []
    counts = _Counts()
    for number in range(1, pdf.count + 1):
        with pdf.page(number - 1) as page:
            read = _read_page(pdf, page, number, counts) if page else ReadPage(number, 0.0, [], [])
        pages.append(read)
    characters = sum(page.characters for page in pages)
    if not characters:
        raise _no_text(pdf)
    if sum(page.unknown for page in pages) > _MOST_UNKNOWN * characters:
        raise _unreadable(pdf.name)
    return pages


class _Counts(msgspec.Struct):
    """How many regions and tables were met so far."""

    regions: int = 0
    tables: int = 0


def _read_page(pdf: Pdf, page: Any, number: int, counts: _Counts) -> ReadPage:
    found = glyphs_of(pdf, page)
    height = found.frames[0][0].height if found.frames else 0.0
    read = ReadPage(number, height, [], [], [], found.unknown, found.unknown)
    for frame, glyphs in found.frames:
        rules = rules_of(pdf.raw, page, frame)
        read.characters += len(glyphs)
        tables, rest = fill_grids(glyphs, ruled_grids(rules))
        more, rest = fill_grids(rest, open_grids(rules, rest))
        tables += more
        read.bars += _bars(rules.level, tables, _LONG * frame.width)
        text, behind = without_watermarks(segments_of(rest))
        read.aside += [aside_line(segment.glyphs, frame, number) for segment in behind]
        for region in regions_of([*text, *tables], frame.height):
            counts.regions += 1
            for line in _lines(region, frame, number, counts):
                line.region = counts.regions
                read.lines.append(line)
    if found.slanted is not None:
        frame, glyphs = found.slanted
        read.characters += len(glyphs)
        read.aside.append(aside_line(glyphs, frame, number))
    return read


def _bars(level: Sequence[Rule], tables: Sequence[Segment], least: float) -> Iterator[float]:
    """Where long level lines are drawn that are no part of a table."""
    for rule in level:
        ruled = any(table.top - _NEAR <= rule.at <= table.bottom + _NEAR for table in tables)
        if rule.end - rule.begin > least and not ruled:
            yield rule.at


def _lines(region: Region, frame: Frame, page: int, counts: _Counts) -> Iterator[PdfLine]:
    tables = {taken.start: (taken, grid) for taken, grid in gap_grids(region.lines)}
    free = 0
    for at, segments in enumerate(region.lines):
        taken, grid = tables.get(at, (range(0), segments[0].grid))
        if grid is not None:
            counts.tables += 1
            yield from rows_of(grid, frame, page, counts.tables)
        elif at >= free:
            yield line_of(segments, frame, page, region.rows[at])
        free = max(free, taken.stop)


def _no_text(pdf: Pdf) -> NoTextLayer:
    return NoTextLayer(
        "the PDF holds no text: its pages are pictures, as a scanner makes them.", where=pdf.name,
        expected="a text layer", found=f"{pdf.count} page(s) without a character",
        next_step="add a text layer first, for instance `ocrmypdf -l chi_sim+eng scan.pdf text.pdf`, and read that",
    )  # fmt: skip


def _unreadable(name: str) -> TextUnreadable:
    return TextUnreadable(
        "the fonts of the PDF do not say which characters they draw.", where=name,
        expected="characters", found="glyphs without a meaning",
        next_step="read the pages as pictures: `ocrmypdf --force-ocr -l chi_sim+eng in.pdf out.pdf`",
    )  # fmt: skip
