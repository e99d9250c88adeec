"""Text of a Word file while it is read: runs become paragraphs, paragraphs flow into bodies, cells and boxes."""

from __future__ import annotations

import msgspec

from tallyroom.documents.docx.tables import DocxRow, DocxTable
from tallyroom.documents.office.markup import Piece


class Run(msgspec.Struct):
    """A run of characters of one form, as markup."""

    parts: list[str] = []
    is_hidden: bool = False
    is_struck: bool = False
    is_raised: bool = False


class Paragraph(msgspec.Struct):
    """A paragraph: its style, its markup so far, and the boxes that are anchored in it."""

    name: str
    style: str = ""
    level: int | None = None
    """Outline level of its own."""
    is_listed: bool | None = None
    is_joined: bool = False
    """Its end was deleted: the next one goes on with it."""
    is_verbatim: bool = False
    parts: list[str] = []
    boxes: list[Piece] = []


class Flow(msgspec.Struct):
    """What paragraphs and tables flow into: the body, a cell, a note, a box."""

    pieces: list[Piece] = []
    carried: list[str] = []
    """The words of a paragraph whose end was deleted."""
    paragraph: Paragraph | None = None
    run: Run | None = None
    tables: list[DocxTable] = []
    """The tables that are open in it: one at most, since a cell is a flow of its own."""
    cell: str = ""
    """`table 2 B3` where it is a cell."""

    @property
    def row(self) -> DocxRow | None:
        """The row that is open."""
        return self.tables[-1].rows[-1] if self.tables and self.tables[-1].rows else None
