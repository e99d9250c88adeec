"""A briefing as a flow of parts in the order of reading, each character with its place in the plain text."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import Literal

from tallyroom.documents import open_document
from tallyroom.model import Block, Document

Kind = Literal["title", "heading", "paragraph", "bullet", "note"]
_LONGEST_NAME = 60
_MARK = re.compile(r"(?:[•·▪●◆■*-]|——)\s*")
_NOTE = re.compile(r"[〔\[（(](?:注|\d)[〕\]）)]|(?:注|Note)[:：]")


@dataclasses.dataclass(frozen=True)
class Piece:
    """Characters of a part; `start` is their place in the plain text, None where the rendering adds them."""

    text: str
    start: int | None = None

    def cut(self, first: int, last: int | None = None) -> Piece:
        """Return the piece's characters from `first` to `last`."""
        return Piece(self.text[first:last], None if self.start is None else self.start + first)


@dataclasses.dataclass(frozen=True)
class Part:
    """A title, heading, paragraph, item of a list or footnote."""

    kind: Kind
    piece: Piece


@dataclasses.dataclass(frozen=True)
class Grid:
    """A table: its rows of cells; the first `heads` of the rows name the columns."""

    rows: tuple[tuple[Piece, ...], ...]
    heads: int = 0


@dataclasses.dataclass(frozen=True)
class Flow:
    """A briefing on its way to a form: `text` is the plain text that the places of its pieces count in."""

    text: str
    lang: str
    parts: tuple[Part | Grid, ...]

    def pieces(self) -> Iterator[Piece]:
        """Give all pieces in the order of reading."""
        for part in self.parts:
            if isinstance(part, Part):
                yield part.piece
            else:
                yield from (cell for row in part.rows for cell in row)

    @property
    def title(self) -> str:
        """What a site calls the document: its headline, or the first words of it."""
        first = self.parts[0]
        words = next(self.pieces()).text
        headed = isinstance(first, Part) and first.kind == "title"
        return words if headed or len(words) <= _LONGEST_NAME else words[:_LONGEST_NAME].rstrip() + "…"


def flow_of(text: str) -> Flow:
    """Return the parts of a plain briefing: marks of bullets and lines of tables become structure."""
    document = open_document(text.encode(), id="plain")
    parts: list[Part | Grid] = []
    done: set[int] = set()
    for at, block in enumerate(document.blocks):
        if block.table is None:
            parts.append(_part(document, block, at))
        elif block.table not in done:
            done.add(block.table)
            parts.append(_grid(document, block.table))
    return Flow(text, document.lang, tuple(parts))


def _part(document: Document, block: Block, at: int) -> Part:
    piece = Piece(document.text[block.start : block.end], block.start)
    if block.kind == "bullet" and (mark := _MARK.match(piece.text)):
        return Part("bullet", piece.cut(mark.end()))
    if at > 1 and _NOTE.match(piece.text):
        return Part("note", piece)
    if block.kind in ("title", "heading"):
        return Part("title" if block.kind == "title" else "heading", piece)
    return Part("paragraph", piece)


def _grid(document: Document, number: int) -> Grid:
    cells = document.tables[number].cells
    columns = max(cell.column for cell in cells) + 1
    rows: dict[int, list[Piece]] = {}
    for cell in cells:
        row = rows.setdefault(cell.row, [Piece("")] * columns)
        row[cell.column] = Piece(document.text[cell.start : cell.end], cell.start)
    heads = len({cell.row for cell in cells if cell.header})
    return Grid(tuple(tuple(row) for _, row in sorted(rows.items())), heads)
