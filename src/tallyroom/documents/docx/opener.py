"""Opening a Word file: its text as it is read now, its tables, and the paragraph or cell of each line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tallyroom.documents.docx.body import Body
from tallyroom.documents.docx.styles import Styles
from tallyroom.documents.office.kinds import WORD
from tallyroom.documents.office.markup import Piece, open_markup
from tallyroom.documents.office.opening import open_package, walk_part
from tallyroom.documents.office.package import Package, damaged
from tallyroom.documents.office.parts import main_part, parts_of_kind, properties, relations
from tallyroom.documents.request import Request
from tallyroom.model import Document

MAIN = "word/document.xml"


def open_docx(request: Request) -> Document:
    """Open a Word file (DOCX, or DOCM without running anything).

    `text` has one line for each paragraph and each row of a table, as on a web page; notes stand at the
    end, headers and footers are furniture. Deletions, hidden and struck-out text and the instructions of
    fields are left out, insertions are read; `notes` tells what was left out. Numbers that Word gives the
    items of lists are no characters of the file, and are left out too.

    Raises:
        PackageDamaged, PackageLocked, PackageTooLarge, MarkupForbidden: It is no Word file that can be read.
        PageEmpty: It holds no text.
    """
    return open_package(request, read_package)


def read_package(request: Request, package: Package | None = None) -> Document:
    """Open what `open_docx` opens, in this process."""
    package = package or Package(request.data, request.name)
    reader = _Reader(package)
    pieces = list(reader.pieces())
    return open_markup(request, pieces, WORD, properties(package), reader.notes())


class _Reader:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._main = main_part(package, MAIN)
        self._relations = relations(package, self._main)
        self._styles = Styles()
        self._told: Counter[str] = Counter()
        self._tables = 1

    def pieces(self) -> Iterator[Piece]:
        """Give the parts in the order in which they are read."""
        for name in parts_of_kind(self._relations, "styles"):
            walk_part(self._package, name, self._styles)
        yield from self._furniture("header")
        if self._main not in self._package.parts:
            raise damaged(self._package.where, f"no part {self._main}")
        yield from self._body(self._main)
        for kind in ("footnotes", "endnotes"):
            for name in parts_of_kind(self._relations, kind):
                yield from self._body(name)
        yield from self._furniture("footer")

    def notes(self) -> Iterator[str]:
        """Tell what was left out."""
        yield from (f"{count:,} {what}" for what, count in self._told.items())
        if any(name.endswith("vbaProject.bin") for name in self._package.parts):
            yield "macros left alone"
        if parts_of_kind(self._relations, "comments"):
            yield "comments left out"

    def _body(self, name: str) -> list[Piece]:
        body = Body(name, self._styles, self._told, self._tables)
        walk_part(self._package, name, body)
        self._tables = body.next_table
        return body.flow.pieces

    def _furniture(self, kind: str) -> Iterator[Piece]:
        """What stands at the edge of each page, each wording once."""
        seen: set[str] = set()
        for name in parts_of_kind(self._relations, kind):
            pieces = self._body(name)
            words = "".join(piece.markup for piece in pieces)
            if words and words not in seen:
                seen.add(words)
                yield from (Piece("<footer>"), *pieces, Piece("</footer>"))
