"""The pages of a PDF as lines, each page's in the order in which they are read."""

from __future__ import annotations

from typing import Any

import msgspec

from tallyroom.documents.errors import NoTextLayer, TextUnreadable
from tallyroom.documents.pdf.columns import regions_of
from tallyroom.documents.pdf.glyphs import Frame, Glyph, glyphs_of
from tallyroom.documents.pdf.library import Pdf
from tallyroom.documents.pdf.lines import PdfLine, line_of, merge_lines
from tallyroom.documents.pdf.segments import segments_of

_MOST_UNKNOWN = 0.3
"""Share of glyphs without a meaning from which on a text cannot be read."""


class ReadPage(msgspec.Struct):
    """A page: its lines, and its height as it is read."""

    number: int
    height: float
    lines: list[PdfLine]
    characters: int = 0
    unknown: int = 0


def read_pages(pdf: Pdf) -> list[ReadPage]:
    """Read every page.

    Raises:
        NoTextLayer, TextUnreadable: There is nothing on them that can be read.
        SourceTooLarge: A page has more characters than a page can hold.
    """
    pages: list[ReadPage] = []
    regions = 0
    for number in range(1, pdf.count + 1):
        with pdf.page(number - 1) as page:
            read = _read_page(pdf, page, number, regions) if page else ReadPage(number, 0.0, [])
        regions = max((line.region for line in read.lines), default=regions)
        pages.append(read)
    characters = sum(page.characters for page in pages)
    if not characters:
        raise _no_text(pdf)
    if sum(page.unknown for page in pages) > _MOST_UNKNOWN * characters:
        raise _unreadable(pdf.name)
    return pages


def _read_page(pdf: Pdf, page: Any, number: int, regions: int) -> ReadPage:
    found = glyphs_of(pdf, page)
    height = found.frames[0][0].height if found.frames else 0.0
    read = ReadPage(number, height, [], found.unknown, found.unknown)
    for frame, glyphs in found.frames:
        read.characters += len(glyphs)
        for lines in _regions(frame, glyphs, number):
            regions += 1
            for line in lines:
                line.region = regions
            read.lines += lines
    return read


def _regions(frame: Frame, glyphs: list[Glyph], number: int) -> list[list[PdfLine]]:
    return [
        [line_of(segments, frame, number, region.rows) for segments in merge_lines(region.segments)]
        for region in regions_of(segments_of(glyphs))
    ]


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
