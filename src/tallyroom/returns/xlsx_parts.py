"""Walks through the XML parts of a workbook, tag by tag, as whoever reads them will see them."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.parsers import expat

from tallyroom.model.columns import column_name, column_number
from tallyroom.model.returns import Remark
from tallyroom.returns.grid import LARGEST, MOST_CELLS
from tallyroom.returns.remarks import ReturnRefused, refuse

Attributes = dict[str, str]
_ENCODINGS = {"", "utf-8", "utf8", "us-ascii", "ascii"}
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<", b"\x00\x00\xfe\xff")
_TRUE = {"1", "true", "on"}
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_INDEX = re.compile(rb">\s*([0-9]{1,9})\s*</(?:\w{1,20}:)?v>")
_END_OF_TEXT = re.compile(rb"</(?:\w{1,20}:)?si\s*>")
_ROOTS = re.compile(rb"worksheet|workbook|sst|Relationships|Types")


class Parts:
    """Looks at each part; what a form never holds is refused with its place."""

    def __init__(self) -> None:
        self.sheets: list[bytes] = []
        self._texts: list[int] = []
        self._shared = 0
        self._name = ""
        self._row = self._column = 0
        self._rows = self._columns = 0
        self._handlers: dict[str, Callable[[Attributes], None]] = {
            "Relationship": self._relationship, "Override": self._content_type, "Default": self._content_type,
            "sheet": self._sheet, "row": self._a_row, "col": self._a_column, "c": self._cell, "f": self._formula,
        }  # fmt: skip

    def look_at(self, name: str, content: bytes) -> None:
        """Look at one part. Pictures and other parts that are no XML are passed over.

        Raises:
            ReturnRefused: RT102 to RT107.
        """
        if content.startswith(_WIDE):
            raise damaged(f"{name} is not in UTF-8")
        if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] != b"<":
            return
        self._name = name
        self._row = self._column = self._rows = self._columns = 0
        root = self._walk(content)
        if root == "worksheet":
            self.sheets.append(content)
        elif root == "sst":
            self._texts = _lengths(content)

    def refuse_repeated_text(self) -> None:
        """Refuse cells that name one long text so often that together they would fill the memory.

        Raises:
            ReturnRefused: RT107.
        """
        if self._shared * max(self._texts, default=0) <= LARGEST:
            return
        told = self._texts
        indices = (int(found[1]) for content in self.sheets for found in _INDEX.finditer(content))
        size = sum(told[index] for index in indices if index < len(told))
        if size > LARGEST:
            raise bomb(f"texts that are repeated to {size:,} bytes")

    def _walk(self, content: bytes) -> str:
        """Go through the tags of a part; the name of the first one."""
        roots: list[str] = []
        known: dict[str, Callable[[Attributes], None] | None] = {}

        def start(tag: str, attributes: Attributes) -> None:
            if tag not in known:
                plain = tag.rpartition(":")[2]
                known[tag] = self._handlers.get(plain)
                roots.append(plain)
            handler = known[tag]
            if handler is not None:
                handler(attributes)

        parser = expat.ParserCreate()
        parser.StartElementHandler = start
        parser.StartDoctypeDeclHandler = self._doctype
        parser.XmlDeclHandler = self._declaration
        try:
            parser.Parse(content, True)
        except expat.ExpatError as error:
            if _ROOTS.search(content):
                raise damaged(f"{self._name}: {error}") from None
        return roots[0] if roots else ""

    def _doctype(self, *told: object) -> None:
        raise damaged(f"{self._name} declares a document type")

    def _declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        if (encoding or "").lower() not in _ENCODINGS:
            raise damaged(f"{self._name} is in {encoding}")

    def _relationship(self, told: Attributes) -> None:
        if told.get("TargetMode", "").lower() == "external" and not told.get("Type", "").endswith(
            "/hyperlink"
        ):
            raise external(f"{self._name}: {told.get('Target', '')}"[:120])

    def _content_type(self, told: Attributes) -> None:
        if "macroenabled" in told.get("ContentType", "").lower():
            raise refuse("RT103", "the workbook is one with macros.", expected="a workbook without macros",
                next_step="save it as .xlsx, not .xlsm")  # fmt: skip

    def _sheet(self, told: Attributes) -> None:
        if told.get("state", "visible") != "visible":
            raise refuse("RT106", "the workbook has a hidden sheet.", expected="sheets that are all in view",
                found=told.get("name", ""), next_step="unhide the sheet and look at it, or delete it")  # fmt: skip

    def _a_row(self, told: Attributes) -> None:
        self._refuse_hidden("rows", told)
        number = told.get("r", "")
        self._row = int(number) if number.isdecimal() and len(number) < 10 else self._row + 1
        self._column = 0
        self._reach()

    def _a_column(self, told: Attributes) -> None:
        self._refuse_hidden("columns", told)

    def _cell(self, told: Attributes) -> None:
        self._shared += told.get("t") == "s"
        place = _REFERENCE.fullmatch(told.get("r", ""))
        if place:
            self._row, self._column = int(place[2]), column_number(place[1]) + 1
        else:
            self._column += 1
        if self._column > self._columns or self._row > self._rows:
            self._reach()

    def _formula(self, told: Attributes) -> None:
        if not self._column:
            return  # a chart names its cells so
        where = f"{column_name(self._column - 1)}{self._row}"
        raise ReturnRefused(
            Remark("RT104", "hard", "the workbook holds a formula.", row=self._row, cell=where,
                expected="values as they were counted", next_step="paste the values in place of the formulas")
        )  # fmt: skip

    def _refuse_hidden(self, what: str, told: Attributes) -> None:
        if told.get("hidden", "").lower() in _TRUE:
            place = told.get("r") or told.get("min", "")
            raise refuse("RT106", f"the sheet has hidden {what}.", expected="rows and columns that are all in view",
                found=f"{self._name}: {place}", next_step="unhide them")  # fmt: skip

    def _reach(self) -> None:
        """Two cells far apart make a table of billions: count before anything builds it."""
        self._rows, self._columns = max(self._rows, self._row), max(self._columns, self._column)
        if self._rows * max(self._columns, 1) > MOST_CELLS:
            raise bomb(f"{self._name} reaches to row {self._rows:,}, column {self._columns:,}")


def damaged(found: str) -> ReturnRefused:
    """Return the error of a file that is no workbook, or a damaged or encrypted one."""
    return refuse("RT102", "this is no workbook that can be read.", expected="an .xlsx file without a password",
        found=found, next_step="save the form again as an Excel workbook (.xlsx)")  # fmt: skip


def bomb(found: str) -> ReturnRefused:
    """Return the error of a workbook that would unpack to too much."""
    return refuse("RT107", "the workbook unpacks to more than a return may hold.", found=found,
        expected=f"at most {LARGEST:,} bytes and {MOST_CELLS:,} cells",
        next_step="file it in several returns, or as CSV or Parquet")  # fmt: skip


def external(found: str) -> ReturnRefused:
    """Return the error of a workbook that needs other files."""
    return refuse("RT105", "the workbook has links to other files, connections or embedded objects.", found=found,
        expected="a workbook that stands by itself",
        next_step="break the links (Data, Edit Links), save and file it again")  # fmt: skip


def _lengths(content: bytes) -> list[int]:
    """The bytes of each text of the table of shared texts, markup and all."""
    ends = [found.end() for found in _END_OF_TEXT.finditer(content)]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]
