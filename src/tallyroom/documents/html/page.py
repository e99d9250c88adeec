"""Opening a web page: its text without the furniture of the site, and where each part stands in its bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import msgspec

from tallyroom.documents.encodings import decode
from tallyroom.documents.errors import PageEmpty
from tallyroom.documents.html.declared import declared_encoding
from tallyroom.documents.html.flatten import flatten
from tallyroom.documents.html.grids import tables_of
from tallyroom.documents.html.tree import Tree
from tallyroom.documents.html.writer import Run, Writer, WrittenLine
from tallyroom.documents.kinds import kinds_of_lines
from tallyroom.documents.lines import Line
from tallyroom.documents.metadata import Page, find_metadata
from tallyroom.documents.mojibake import notes_of
from tallyroom.documents.places import places_of_runs
from tallyroom.documents.request import Request
from tallyroom.documents.tables import find_tables
from tallyroom.model import Block, Document, Table
from tallyroom.model.collecting import uncollected
from tallyroom.model.document import BlockKind

_SHORTEST_TITLE = 6


def open_html(request: Request) -> Document:
    """Open a web page.

    `text` has one line for each element that stands on a line of its own, and one for each row of a
    table, with tabs between its cells. Programs, hidden parts and struck-out text are left out; menus,
    lists of links and footers are kept as furniture.

    Raises:
        PageEmpty: The page holds no text of its own.
        PageTooLarge: It has more elements than a page can have.
        NotText, TextDamaged, EncodingUnfit: The bytes do not give characters.
    """
    declared = request.charset, declared_encoding(request.data)
    decoded = decode(request.data, given=request.encoding, declared=declared, where=request.name)
    page = flat_page(decoded.text, request.name)
    if not page.text:
        raise _nothing(request, page.frames)
    known = find_metadata(request, page.text, page.own, page.facts)
    return Document(
        id=request.id,
        text=page.text,
        sha256=hashlib.sha256(request.data).hexdigest(),
        media_type="text/html",
        encoding=decoded.encoding,
        encoding_from=decoded.encoding_from,
        blocks=page.blocks,
        tables=page.tables,
        places=places_of_runs(page.runs, decoded.text, request.data, decoded.encoding),
        notes=notes_of(page.text),
        **msgspec.structs.asdict(known),
    )


class FlatPage(NamedTuple):
    """A page as text: its structure, where each character came from, and what its head says."""

    text: str
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...]
    own: tuple[Block, ...]
    """Those of the blocks that the site's furniture is not part of."""
    runs: list[Run]
    facts: Page
    frames: list[str]
    """Addresses of pages that it shows in frames; those are documents of their own."""


def flat_page(source: str, where: str) -> FlatPage:
    """Return the characters of a page as text; `text` is empty where it holds none of its own.

    Raises:
        PageTooLarge: It has more elements than a page can have.
    """
    with uncollected():
        tree = Tree(source, where)
        if tree.is_emptied:
            tree = Tree(source, where, styled=False)
        written = flatten(tree)
    facts = tree.head.facts()
    blocks, tables, own = _blocks(written.text, written, facts) if written.lines else ((), (), ())
    return FlatPage(written.text, blocks, tables, own, written.runs, facts, tree.head.frames)


def _blocks(
    text: str, written: Writer, page: Page
) -> tuple[tuple[Block, ...], tuple[Table, ...], tuple[Block, ...]]:
    """The blocks of a page, its tables, and those of the blocks that the site's furniture is not part of."""
    own = [line for line in written.lines if not line.furniture]
    tables, rows = _tables(text, own)
    kinds = _kinds(text, own, rows, page)
    kept = tuple(
        Block(line.start, line.end, kind, rows.get(at))
        for at, (line, kind) in enumerate(zip(own, kinds, strict=True))
    )
    aside = (Block(line.start, line.end, "furniture") for line in written.lines if line.furniture)
    return tuple(sorted((*kept, *aside), key=lambda block: block.start)), tables, kept


def _tables(text: str, own: Sequence[WrittenLine]) -> tuple[tuple[Table, ...], dict[int, int]]:
    """The tables of the page, and those that its other lines draw with spaces or signs, in order."""
    tables, rows = tables_of(text, own)
    for first, lines in _stretches(text, own):
        found, more = find_tables(text, lines)
        rows |= {first + at: len(tables) + number for at, number in more.items()}
        tables += found
    order = sorted(range(len(tables)), key=lambda number: tables[number].start)
    place = {number: at for at, number in enumerate(order)}
    return tuple(tables[number] for number in order), {at: place[number] for at, number in rows.items()}


def _stretches(text: str, own: Sequence[WrittenLine]) -> Iterator[tuple[int, list[Line]]]:
    """Neighbouring lines that are no rows, with the index of the first."""
    stretch: list[Line] = []
    box = None
    for at, line in enumerate(own):
        if line.table is None:
            stretch.append(_line(text, line, gap=line.box is not box))
            box = line.box
        elif stretch:
            yield at - len(stretch), stretch
            stretch = []
    if stretch:
        yield len(own) - len(stretch), stretch


def _line(text: str, line: WrittenLine, gap: bool = False) -> Line:
    return Line(line.start, line.end, text[line.start : line.end], 0, gap)


def _kinds(text: str, own: Sequence[WrittenLine], rows: dict[int, int], page: Page) -> list[BlockKind]:
    """What the elements say about the lines goes before what their shape says, but for furniture."""
    lines = [_line(text, line) for line in own]
    title = _title_among(own, lines, rows, page)
    kinds = kinds_of_lines(lines, rows, titled=title is not None)
    for at, line in enumerate(own):
        if kinds[at] not in ("furniture", "row") and line.hint:
            kinds[at] = "heading" if line.hint == "title" else line.hint
    for at in _links_among(own):
        kinds[at] = "furniture" if kinds[at] in ("paragraph", "bullet") else kinds[at]
    if title is not None:
        kinds[title] = "title"
    return kinds


def _links_among(own: Sequence[WrittenLine]) -> Iterator[int]:
    """Lines that are nothing but links, two at least one below the other: headlines of other pages."""
    for linked, group in groupby(range(len(own)), key=lambda at: own[at].linked):
        found = list(group)
        if linked and len(found) > 1:
            yield from found


def _title_among(
    own: Sequence[WrittenLine], lines: Sequence[Line], rows: Container[int], page: Page
) -> int | None:
    """The line that is the headline: one of the first rank, or one that the page's head repeats."""
    free = [at for at in range(len(own)) if at not in rows]
    first_rank = [at for at in free if own[at].hint == "title"]
    repeated = [at for at in free if _repeats(lines[at].words, page.title)]
    both = [at for at in first_rank if at in set(repeated)]
    return next(iter([*both, *first_rank, *repeated]), None)


def _repeats(words: str, title: str | None) -> bool:
    if not title or len(words) < _SHORTEST_TITLE:
        return False
    return words == title or title.startswith(words) or words.startswith(title)


def _nothing(request: Request, frames: Sequence[str]) -> PageEmpty:
    if frames:
        return PageEmpty(
            "the page holds no text of its own.", where=request.name, expected="text between its tags",
            found=f"frames that show other pages: {', '.join(frames)}",
            next_step="save or fetch the page in the frame that holds the text",
        )  # fmt: skip
    return PageEmpty(
        "the page holds no text of its own.", where=request.name, expected="text between its tags",
        found="markup only; its text may be fetched by a program in the page",
        next_step="open it in a browser and save the page as shown, or its text",
    )  # fmt: skip
