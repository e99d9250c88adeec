"""A document: the text as extracted, its structure, and where each part came from."""

from __future__ import annotations

import datetime
from typing import Literal

import msgspec

BlockKind = Literal["title", "heading", "paragraph", "bullet", "row", "furniture"]


class Block(msgspec.Struct, frozen=True, gc=False):
    """One line or element of a document: `text[start:end]`, without its line break.

    A paragraph that the source broke to a width, as mail does, is one block with the line breaks inside.
    `furniture` (menus, related links, footers) is kept in the text so that spans stay true, and is
    never read for observations.
    """

    start: int
    end: int
    kind: BlockKind
    table: int | None = None
    """Index into `Document.tables` for a `row`."""


class Cell(msgspec.Struct, frozen=True, gc=False):
    """One cell of a table: `text[start:end]`, its row and column from 0, and what it spans.

    `header` is true in the rows that name the columns. A cell without text is left out and keeps its column.
    """

    start: int
    end: int
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    header: bool = False


class Table(msgspec.Struct, frozen=True):
    """A table: its cells row by row, and the span that they cover."""

    start: int
    end: int
    cells: tuple[Cell, ...]


class Place(msgspec.Struct, frozen=True, gc=False):
    """Where a span of the text stands in the source's bytes: `source[first:last]` holds it."""

    start: int
    end: int
    first: int
    last: int


class Spot(msgspec.Struct, frozen=True, gc=False):
    """Where a span of the text is seen in a source that has pages, sheets or parts.

    `box` is left, top, right and bottom in hundredths of a point from the upper left corner of the page as it is
    shown (turned pages are turned). `name` tells the place in words that hold in every language: `Sheet1!B4`,
    `annex.pdf`, `word/footnotes.xml#3`.
    """

    start: int
    end: int
    page: int | None = None
    """From 1."""
    box: tuple[int, int, int, int] | None = None
    name: str = ""


class Document(msgspec.Struct, frozen=True):
    """What one source says, with the way back to its bytes.

    `text` is kept as extracted and never rewritten; all spans count its code points from 0 and exclude
    the end. `sha256` is that of the source's bytes. A field that nothing settled is None.

    Examples:
        >>> import tallyroom
        >>> document = tallyroom.read(text="Police solved 41 drug cases.").document
        >>> document.text, document.lang, document.published
        ('Police solved 41 drug cases.', 'en', None)
    """

    id: str
    text: str
    sha256: str
    media_type: str = "text/plain"
    encoding: str = "utf-8"
    encoding_from: Literal["bom", "declared", "utf-8", "detected", "given"] = "utf-8"
    lang: str = "und"
    """`zh`, `zh-Hant`, `en` or `und`."""
    title: str | None = None
    publisher: str | None = None
    place: str | None = None
    published: datetime.date | None = None
    published_from: Literal["option", "docs.jsonl", "meta", "dateline", "text", "url"] | None = None
    url: str | None = None
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    places: tuple[Place, ...] = ()
    spots: tuple[Spot, ...] = ()
    """In the order of the text, at least one for each line of it, in formats that have pages, sheets or parts."""
    member: str = ""
    """Where it stands in a file that holds several documents: `dir/x.txt` in an archive, `annex.pdf` in a mail."""
    container: str | None = None
    """The SHA-256 of that file."""
    notes: tuple[str, ...] = ()
    """What was left out or taken one way of several, in words: `2 deletions of tracked changes left out`."""
