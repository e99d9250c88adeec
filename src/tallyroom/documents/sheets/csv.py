"""Opening a table of separated values as a document: its lines of titles, its rows, its notes."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from typing import Literal

import msgspec

from tallyroom.documents.encodings import decode
from tallyroom.documents.metadata import Page
from tallyroom.documents.mojibake import notes_of
from tallyroom.documents.office.markup import open_markup
from tallyroom.documents.office.package import too_large
from tallyroom.documents.request import Request
from tallyroom.documents.sheets.grid import MOST_COLUMNS, MOST_PLACES, Sheet, Shown, pieces_of
from tallyroom.model import Document

MEDIA_TYPE = "text/csv"
_DELIMITERS = (",", "\t", ";", "|", "，", "、")
_SAMPLE_LINES = 200
_LOOSE = "quotation marks do not close: they are read as characters"


def open_csv(request: Request) -> Document:
    """Open separated values in any encoding; which sign separates them is told from how many it makes of each line.

    Raises:
        PackageTooLarge: It has more cells than a document may have.
        PageEmpty: It holds nothing but separators.
        NotText, TextDamaged, EncodingUnfit: The bytes do not give characters.
    """
    decoded = decode(request.data, given=request.encoding, where=request.name)
    text = decoded.text.removeprefix("\ufeff")
    delimiter = find_delimiter(text)
    notes = list(notes_of(text))
    try:
        rows = list(_rows(text, delimiter, request.name, strict=True))
    except csv.Error:
        rows = list(_rows(text, delimiter, request.name, strict=False))
        notes.append(_LOOSE)
    cells = [
        Shown(at, column, words.strip())
        for at, row in enumerate(rows)
        for column, words in enumerate(row[:MOST_COLUMNS])
        if words.strip()
    ]
    sheet = Sheet("", cells)
    if sheet.reach > MOST_PLACES:
        raise too_large(request.name, f"a table of {sheet.reach:,} places")
    document = open_markup(request, list(pieces_of([sheet])), MEDIA_TYPE, Page(), notes)
    return msgspec.structs.replace(document, encoding=decoded.encoding, encoding_from=decoded.encoding_from)


def find_delimiter(text: str) -> str:
    """Return the sign that parts most lines into the same number of fields, more than one.

    Examples:
        >>> find_delimiter("a;b,5;c\\n1;2,5;3\\n")
        ';'
    """
    lines = text[: 1 << 18].splitlines()[:_SAMPLE_LINES]
    return max(_DELIMITERS, key=lambda sign: _evenness(lines, sign))


def _evenness(lines: list[str], sign: str) -> tuple[int, int]:
    """How many lines have the usual number of fields, and that number."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=sign))
    except csv.Error:
        return (0, 0)
    wide = [(count, width) for width, count in widths.items() if width > 1]
    return max(wide, default=(0, 0))


def _rows(text: str, delimiter: str, where: str, strict: bool) -> Iterator[list[str]]:
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if strict else csv.QUOTE_NONE
    lines: Iterator[str] | StringIO = StringIO(text, newline="") if strict else iter(text.splitlines())
    rows = csv.reader(lines, delimiter=delimiter, quoting=quoting, strict=strict)
    count = 0
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error:
            if strict:
                raise
            raise too_large(where, "a field without end") from None
        count += len(row) + 1
        if count > MOST_PLACES:
            raise too_large(where, f"more than {MOST_PLACES:,} cells")
        yield row
