"""Office documents written down as plain pages, so that one reader makes the text, blocks and tables of all.

What a web page and a Word file have in common (paragraphs, headings, lists, tables with merged cells,
furniture) is settled once, in `html`; what only an Office file has (its parts and cells) stays as spots.
"""

from __future__ import annotations

import hashlib
import html
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

import msgspec

from tallyroom.documents.errors import PageEmpty
from tallyroom.documents.html.page import flat_page
from tallyroom.documents.html.writer import Run
from tallyroom.documents.metadata import Page, find_metadata
from tallyroom.documents.office.package import too_large
from tallyroom.documents.request import Request
from tallyroom.model import Document, Spot

MOST_SHOWN = 200_000
"""Paragraphs and cells of a document; a book has some ten thousand."""


class Piece(NamedTuple):
    """A stretch of markup; `name` says where what it shows stands in the source, "" for tags alone."""

    markup: str
    name: str = ""


def shown(words: str) -> str:
    """Return words as markup that shows them."""
    return html.escape(words, quote=False)


def open_markup(
    request: Request, pieces: Sequence[Piece], media_type: str, facts: Page, notes: Iterable[str] = ()
) -> Document:
    """Return the document that the pieces show; each line of its text has its spots.

    Args:
        request: The source.
        pieces: Markup in reading order.
        media_type: That of the source.
        facts: What the source's properties say; its lines go before them where they tell the same.
        notes: What was left out of the pieces.

    Raises:
        PageEmpty: They show nothing.
        PackageTooLarge, PageTooLarge: They show more than a document can.
    """
    count = sum(1 for piece in pieces if piece.name)
    if count > MOST_SHOWN:
        raise too_large(
            request.name, f"{count:,} paragraphs and cells", expected=f"at most {MOST_SHOWN:,} of them"
        )
    head = f"<title>{shown(facts.title)}</title>" if facts.title else ""
    source = head + "".join(piece.markup for piece in pieces)
    page = flat_page(source, request.name)
    if not page.text:
        raise _nothing(request)
    known = find_metadata(request, page.text, page.own, facts)
    return Document(
        id=request.id,
        text=page.text,
        sha256=hashlib.sha256(request.data).hexdigest(),
        media_type=media_type,
        blocks=page.blocks,
        tables=page.tables,
        spots=tuple(_spots(page.text, page.runs, pieces, len(head))),
        notes=tuple(notes),
        **msgspec.structs.asdict(known),
    )


def _spots(text: str, runs: Iterable[Run], pieces: Sequence[Piece], first: int) -> Iterator[Spot]:
    """A spot for each stretch of a line that stands in one place."""
    starts = list(accumulate((len(piece.markup) for piece in pieces), initial=first))
    start = end = 0
    name = ""
    for run in runs:
        found = pieces[bisect_right(starts, run.first) - 1].name
        if found != name or "\n" in text[end : run.start]:
            if end > start:
                yield Spot(start, end, name=name)
            start, name = run.start, found
        end = run.end
    if end > start:
        yield Spot(start, end, name=name)


def _nothing(request: Request) -> PageEmpty:
    return PageEmpty(
        "the document holds no text.", where=request.name, expected="paragraphs, tables or cells with words",
        found="none; it may hold pictures of pages", next_step="save its text, or read it with an OCR program first",
    )  # fmt: skip
