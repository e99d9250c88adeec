"""From pages to text: what is body, what stands aside, and in which order both are written."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from tallyroom.documents.pdf.edges import note_lines, running_lines
from tallyroom.documents.pdf.hyphens import words_in
from tallyroom.documents.pdf.lines import PdfLine, ReadPage
from tallyroom.documents.pdf.paragraphs import paragraphs_of
from tallyroom.documents.pdf.rows import join_tables
from tallyroom.documents.pdf.writer import Writer


class _Aside(msgspec.Struct):
    """What of a page is no part of the text that runs on to the next."""

    number: int
    notes: list[PdfLine]
    edges: list[PdfLine]


def write_pages(pages: Sequence[ReadPage], usual: float, where: str) -> Writer:
    """Write body and asides: the asides of a page follow the last paragraph that begins on it.

    Args:
        usual: The size of the text.
        where: The document's name, for messages.

    Raises:
        SourceTooLarge: The text becomes longer than a document's.
    """
    running = running_lines(pages)
    body: list[PdfLine] = []
    asides: list[_Aside] = []
    for page in pages:
        rest, aside = _parted(page, running, usual)
        body += rest
        asides.append(aside)
    body = join_tables(body)
    writer = Writer(where, words_in(line.words for line in body))
    for paragraph in paragraphs_of(body):
        _write_asides(writer, asides, paragraph.lines[0].page)
        writer.write(paragraph)
    _write_asides(writer, asides, len(pages) + 1)
    return writer


def _parted(page: ReadPage, running: set[int], usual: float) -> tuple[list[PdfLine], _Aside]:
    edges = [line for line in page.lines if id(line) in running]
    rest = [line for line in page.lines if id(line) not in running]
    low = note_lines(rest, usual, page.height)
    notes = [line for line in rest if id(line) in low]
    return [line for line in rest if id(line) not in low], _Aside(page.number, notes, [*edges, *page.aside])


def _write_asides(writer: Writer, asides: list[_Aside], until: int) -> None:
    """Write the asides of the pages before `until` that are not written yet."""
    while asides and asides[0].number < until:
        aside = asides.pop(0)
        for note in paragraphs_of(aside.notes):
            writer.write(note)
        for line in aside.edges:
            for paragraph in paragraphs_of([line]):
                writer.write(paragraph, furniture=True)
