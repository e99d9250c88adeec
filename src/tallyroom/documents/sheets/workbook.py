"""The parts of a workbook, read tag by tag: its sheets, its texts, its formats, and the cells of a sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from tallyroom.documents.office.errors import PackageTooLarge
from tallyroom.documents.office.xml import Attributes
from tallyroom.documents.sheets.numbers import BUILT_IN
from tallyroom.model.columns import column_number

MOST_CELLS = 200_000
MOST_TEXT = 64 * 1024 * 1024
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
_TRUE = frozenset({"1", "true", "on"})


class Tab(msgspec.Struct):
    """A sheet as the workbook lists it."""

    name: str
    relation: str
    is_hidden: bool


class Book:
    """Takes `xl/workbook.xml`."""

    def __init__(self) -> None:
        self.tabs: list[Tab] = []
        self.is_1904 = False

    def start(self, name: str, attributes: Attributes) -> None:
        """Take a tag."""
        if name == "s:sheet":
            hidden = attributes.get("state", "visible") != "visible"
            self.tabs.append(Tab(attributes.get("name", ""), attributes.get("r:id", ""), hidden))
        elif name == "s:workbookPr":
            self.is_1904 = attributes.get("date1904", "").lower() in _TRUE

    def end(self, name: str) -> None:
        """Take the end of an element."""

    def text(self, words: str) -> None:
        """The list of sheets holds no text."""


class Texts:
    """Takes `xl/sharedStrings.xml`; `found` are the texts that cells name by their number."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._parts: list[str] = []
        self._taking = self._aside = False

    def start(self, name: str, attributes: Attributes) -> None:
        """Take a tag."""
        if name == "s:si":
            self._parts = []
        elif name == "s:rPh":  # how the characters are read
            self._aside = True
        self._taking = name == "s:t" and not self._aside

    def end(self, name: str) -> None:
        """Take the end of an element."""
        self._taking = False
        if name == "s:rPh":
            self._aside = False
        elif name == "s:si":
            self.found.append("".join(self._parts))

    def text(self, words: str) -> None:
        """Take characters."""
        if self._taking:
            self._parts.append(words)


class Formats:
    """Takes `xl/styles.xml`; `codes` are the formats that cells name by their number."""

    def __init__(self) -> None:
        self.codes: list[str] = []
        self._own: dict[int, str] = {}
        self._inside = False

    def start(self, name: str, attributes: Attributes) -> None:
        """Take a tag."""
        if name == "s:numFmt":
            self._own[_number(attributes, "numFmtId")] = attributes.get("formatCode", "")
        elif name == "s:cellXfs":
            self._inside = True
        elif name == "s:xf" and self._inside:
            id = _number(attributes, "numFmtId")
            self.codes.append(self._own.get(id, BUILT_IN.get(id, "General")))

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if name == "s:cellXfs":
            self._inside = False

    def text(self, words: str) -> None:
        """Formats hold no text."""


class Stored(msgspec.Struct, gc=False):
    """A cell as it is stored: its kind (`s` a shared text, `n` a number, ...), style and value."""

    row: int
    column: int
    kind: str
    style: int
    value: str
    is_formula: bool = False


class Cells:
    """Takes a sheet: its cells, what is hidden, what is merged."""

    def __init__(self, where: str) -> None:
        self.cells: list[Stored] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.merged: dict[tuple[int, int], tuple[int, int]] = {}
        """Rows and columns that a cell takes."""
        self._where = where
        self._row = self._column = -1
        self._cell: Stored | None = None
        self._parts: list[str] = []
        self._size = 0
        self._taking = self._aside = False

    def start(self, name: str, attributes: Attributes) -> None:
        """Take a tag."""
        if name == "s:c":
            self._begin(attributes)
        elif name in ("s:v", "s:t"):
            self._taking = not self._aside
        elif name == "s:f" and self._cell:
            self._cell.is_formula = True
        elif name == "s:row":
            self._begin_row(attributes)
        elif name == "s:rPh":
            self._aside = True
        elif name == "s:col":
            self._hide_columns(attributes)
        elif name == "s:mergeCell":
            self._merge(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        """Take the end of an element."""
        self._taking = False
        if name == "s:rPh":
            self._aside = False
        elif name == "s:c" and self._cell is not None:
            self._cell.value = "".join(self._parts)
            if self._cell.value or self._cell.is_formula:
                self.cells.append(self._cell)
                self._refuse_endless()
            self._cell = None

    def text(self, words: str) -> None:
        """Take characters."""
        if self._taking and self._cell is not None:
            self._parts.append(words)
            self._size += len(words)

    def _begin_row(self, attributes: Attributes) -> None:
        self._row = _number(attributes, "r", self._row + 2) - 1
        self._column = -1
        if attributes.get("hidden", "").lower() in _TRUE or attributes.get("ht") == "0":
            self.hidden_rows.add(self._row)

    def _begin(self, attributes: Attributes) -> None:
        place = _REFERENCE.fullmatch(attributes.get("r", ""))
        if place:
            self._row, self._column = int(place[2]) - 1, column_number(place[1])
        else:
            self._column += 1
        style = _number(attributes, "s")
        self._cell = Stored(self._row, self._column, attributes.get("t", "n"), style, "")
        self._parts = []

    def _hide_columns(self, attributes: Attributes) -> None:
        if attributes.get("hidden", "").lower() in _TRUE or attributes.get("width") == "0":
            first, last = _number(attributes, "min"), _number(attributes, "max")
            self.hidden_columns.update(range(first - 1, min(last, 16_384)))

    def _merge(self, reference: str) -> None:
        found = _RANGE.fullmatch(reference)
        if found and len(self.merged) < MOST_CELLS:
            row, column = int(found[2]) - 1, column_number(found[1])
            rows, columns = int(found[4]) - row, column_number(found[3]) - column + 1
            if rows > 0 and columns > 0:
                self.merged[row, column] = (rows, columns)

    def _refuse_endless(self) -> None:
        if len(self.cells) > MOST_CELLS or self._size > MOST_TEXT:
            raise PackageTooLarge(
                "the sheet has more cells than a document may have.", where=self._where,
                expected=f"at most {MOST_CELLS:,} cells and {MOST_TEXT:,} characters", found="more than that",
                next_step="save the part that you need as a workbook of its own, or load it as a table of returns",
            )  # fmt: skip


def _number(attributes: Mapping[str, str], name: str, otherwise: int = 0) -> int:
    value = attributes.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else otherwise
