"""Opening a PDF: its text in the order in which it is read, its tables, and where each part is seen."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import msgspec

from tallyroom.documents.dates import find_days, read_day
from tallyroom.documents.kinds import is_headline, kinds_of_lines, width
from tallyroom.documents.lines import Line
from tallyroom.documents.metadata import Metadata, Page, find_metadata
from tallyroom.documents.pdf.edges import main_size
from tallyroom.documents.pdf.library import opened
from tallyroom.documents.pdf.reading import read_pages
from tallyroom.documents.pdf.tables import tables_among
from tallyroom.documents.pdf.writer import Written
from tallyroom.documents.pdf.writing import write_pages
from tallyroom.documents.request import Request
from tallyroom.model import Block, Document, Table
from tallyroom.model.document import BlockKind

_LARGER, _TITLE = 1.12, 1.25
_WIDEST_HEADING = 110
_TITLE_AMONG = 12
_LEAD = 20_000
_DAY = re.compile(r"D:(\d{4})(\d\d)(\d\d)")


def open_pdf(request: Request) -> Document:
    """Open a PDF.

    `text` has one line for each paragraph, heading, item and row of a table; what was broken at the end of a line,
    column or page is together again, hyphens that only parted a word are left out. Footnotes, and the running
    heads and feet of a page as furniture, follow the paragraph that ends on it or after it.

    Raises:
        PasswordNeeded, PdfBroken: It does not open.
        NoTextLayer, TextUnreadable: It draws no characters, or does not say which.
        SourceTooLarge: It has more pages, or characters, than a document has.
    """
    with opened(request.data, request.name) as pdf:
        pages = read_pages(pdf)
        said = {key: pdf.said(key) for key in ("Title", "CreationDate", "Company", "Publisher")}
    usual = main_size(line for page in pages for line in page.lines)
    writer = write_pages(pages, usual, request.name)
    text = writer.text
    blocks, tables = _blocks(text, writer.written, usual)
    edges = {each.start for each in writer.written if each.furniture}
    own = [block for block in blocks if block.start not in edges]
    known = find_metadata(request, text, own, _page(said))
    known = _dated(known, text, said["CreationDate"])
    return Document(
        id=request.id,
        text=text,
        sha256=hashlib.sha256(request.data).hexdigest(),
        media_type="application/pdf",
        blocks=blocks,
        tables=tables,
        spots=tuple(writer.spots),
        **msgspec.structs.asdict(known),
    )


def _blocks(
    text: str, written: Sequence[Written], usual: float
) -> tuple[tuple[Block, ...], tuple[Table, ...]]:
    """The blocks of a text, and its tables: what is larger than the text is no paragraph."""
    own = [each for each in written if not each.furniture]
    lines = [Line(each.start, each.end, text[each.start : each.end], 0, each.paragraph.gap) for each in own]
    tables, rows = tables_among(text, own, lines)
    title = _title_among(own, lines, rows, usual)
    kinds = kinds_of_lines(lines, rows, titled=title is not None)
    for at, each in enumerate(own):
        if kinds[at] == "paragraph" and _is_heading(each, lines[at], usual):
            kinds[at] = "heading"
    if title is not None:
        kinds[title] = "title"
    blocks = [
        Block(_begin(each, kind), each.end, kind, rows.get(at))
        for at, (each, kind) in enumerate(zip(own, kinds, strict=True))
    ]
    blocks += [Block(each.start, each.end, "furniture") for each in written if each.furniture]
    return tuple(sorted(blocks, key=lambda block: block.start)), tables


def _begin(each: Written, kind: BlockKind) -> int:
    """Where a block begins: the number of a heading, set apart from it, stands before it: `3 Users` is no count."""
    return each.start + (each.paragraph.lines[0].numbered if kind in ("heading", "title") else 0)


def _is_heading(each: Written, line: Line, usual: float) -> bool:
    return each.paragraph.size >= _LARGER * usual and width(line.words) <= _WIDEST_HEADING


def _title_among(
    own: Sequence[Written], lines: Sequence[Line], rows: dict[int, int], usual: float
) -> int | None:
    """The largest line among the first, if it is larger than the text."""
    first = [
        at for at in range(min(_TITLE_AMONG, len(own)))
        if at not in rows and own[at].paragraph.size >= _TITLE * usual and is_headline(lines[at].words)
    ]  # fmt: skip
    return max(first, key=lambda at: (own[at].paragraph.size, -at), default=None)


def _page(said: dict[str, str]) -> Page:
    return Page(publisher=said["Publisher"] or said["Company"] or None, title=said["Title"] or None)


def _dated(known: Metadata, text: str, created: str) -> Metadata:
    """The day on which the file was made is that of publication where the text names it too: files are saved anew."""
    found = _DAY.match(created)
    if known.published is not None or found is None or found[1] not in text:
        return known
    day = read_day("-".join(found.groups()))
    if day is None or all(each.date != day for each in find_days(text[:_LEAD])):
        return known
    return msgspec.structs.replace(known, published=day, published_from="meta")
