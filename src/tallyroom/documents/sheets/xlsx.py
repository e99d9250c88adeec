"""Opening a workbook as a document: what a person sees in its sheets, each figure with its cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tallyroom.documents.office.kinds import SHEETS
from tallyroom.documents.office.markup import open_markup
from tallyroom.documents.office.opening import open_package, walk_part
from tallyroom.documents.office.package import Package, damaged, too_large
from tallyroom.documents.office.parts import main_part, parts_of_kind, properties, relations
from tallyroom.documents.request import Request
from tallyroom.documents.sheets.grid import MOST_COLUMNS, MOST_PLACES, Sheet, Shown, pieces_of
from tallyroom.documents.sheets.numbers import shown_number
from tallyroom.documents.sheets.workbook import MOST_TEXT, Book, Cells, Formats, Stored, Tab, Texts
from tallyroom.model import Document

MAIN = "xl/workbook.xml"


def open_xlsx(request: Request) -> Document:
    """Open a workbook (XLSX, or XLSM without running anything).

    `text` is what its sheets show: numbers in their formats, the results of formulas as they were saved. The
    lines above a table are headings and paragraphs, each of its rows is a line with tabs between the cells.
    What is hidden is left out, and `notes` says so.

    Raises:
        PackageDamaged, PackageLocked, PackageTooLarge, MarkupForbidden: It is no workbook that can be read.
        PageEmpty: It shows nothing.
    """
    return open_package(request, read_package)


def read_package(request: Request, package: Package | None = None) -> Document:
    """Open what `open_xlsx` opens, in this process."""
    package = package or Package(request.data, request.name)
    reader = _Reader(package)
    sheets = list(reader.sheets())
    return open_markup(request, list(pieces_of(sheets)), SHEETS, properties(package), reader.notes())


class _Reader:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._main = main_part(package, MAIN)
        self._relations = relations(package, self._main)
        self._book, self._texts, self._formats = Book(), Texts(), Formats()
        self._told: Counter[str] = Counter()
        self._size = 0

    def sheets(self) -> Iterator[Sheet]:
        """Give the sheets in view."""
        if self._main not in self._package.parts:
            raise damaged(self._package.where, f"no part {self._main}")
        walk_part(self._package, self._main, self._book)
        for kind, handler in (("sharedStrings", self._texts), ("styles", self._formats)):
            for name in parts_of_kind(self._relations, kind):
                walk_part(self._package, name, handler)
        for tab in self._book.tabs:
            kind, name = self._relations.get(tab.relation, ("", ""))
            if tab.is_hidden:
                self._told["hidden sheets left out"] += 1
            elif kind == "worksheet":
                yield self._sheet(tab, name)

    def notes(self) -> Iterator[str]:
        """Tell what was left out."""
        yield from (f"{count:,} {what}" for what, count in self._told.items())
        if any(name.endswith("vbaProject.bin") for name in self._package.parts):
            yield "macros left alone"

    def _sheet(self, tab: Tab, name: str) -> Sheet:
        seen = Cells(f"{self._package.where}: {name}")
        walk_part(self._package, name, seen)
        sheet = Sheet(tab.name, [cell for stored in seen.cells if (cell := self._shown(stored, seen))])
        if sheet.reach > MOST_PLACES:
            raise too_large(self._package.where, f"a sheet of {sheet.reach:,} places")
        return sheet

    def _shown(self, cell: Stored, seen: Cells) -> Shown | None:
        words = self._words(cell).strip()
        if cell.row in seen.hidden_rows or cell.column in seen.hidden_columns:
            self._told["hidden cells left out"] += bool(words)
            return None
        if not words:
            self._told["formulas without a saved result"] += cell.is_formula
            return None
        if cell.column >= MOST_COLUMNS:
            self._told[f"cells beyond column {MOST_COLUMNS:,} left out"] += 1
            return None
        self._size += len(words)
        if self._size > MOST_TEXT:
            raise too_large(self._package.where, "texts that cells repeat")
        rows, columns = seen.merged.get((cell.row, cell.column), (1, 1))
        rows -= len(seen.hidden_rows.intersection(range(cell.row, cell.row + min(rows, 1_000))))
        columns = min(columns, MOST_COLUMNS)
        return Shown(cell.row, cell.column, words, max(rows, 1), columns)

    def _words(self, cell: Stored) -> str:
        code = self._formats.codes[cell.style] if cell.style < len(self._formats.codes) else "General"
        if cell.kind == "s":
            at = int(cell.value) if cell.value.isdigit() and len(cell.value) < 9 else -1
            return self._texts.found[at] if 0 <= at < len(self._texts.found) else ""
        if cell.kind == "n":
            return shown_number(cell.value, code, self._book.is_1904) if cell.value else ""
        if cell.kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(cell.value, cell.value)
        return cell.value
