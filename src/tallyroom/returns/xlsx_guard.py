"""Looks an XLSX file over before anything parses it: sizes, macros, formulas, links, what is hidden."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

from tallyroom.model.returns import Remark
from tallyroom.returns.grid import LARGEST, MOST_CELLS, column_number
from tallyroom.returns.remarks import ReturnRefused, refuse

MOST_PARTS = 2_000
_MACRO_PARTS = re.compile(r"vbaProject|\.bin$|activeX|macrosheets|dialogsheets", re.IGNORECASE)
_LINK_PARTS = re.compile(
    r"externalLinks?/|embeddings/|connections\.xml|queryTables?/|customData/", re.IGNORECASE
)
_EXTERNAL = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>")
_FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*)?/?>")
_HIDDEN_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*\bstate\s*=\s*[\"'](?:hidden|veryHidden)[\"'][^>]*>")
_HIDDEN_LINE = re.compile(rb"<(?:\w+:)?(row|col)\b[^>]*\bhidden\s*=\s*[\"'](?:1|true)[\"'][^>]*>")
_CELL = re.compile(rb"<(?:\w+:)?(?:c|row)\b[^>]*?\br\s*=\s*[\"']([A-Z]{0,3})([0-9]{1,7})[\"']")
_REFERENCE = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,3}[0-9]{1,7})[\"']")
_NAME = re.compile(rb"\bname\s*=\s*[\"']([^\"']*)[\"']")


def guard(data: bytes) -> None:
    """Refuse what a form never holds.

    Raises:
        ReturnRefused: RT102 no workbook, RT103 macros, RT104 formulas, RT105 external links, RT106 something
            hidden, RT107 larger than may be unpacked.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _look_over(archive)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
    ) as error:
        raise damaged(str(error)) from None
    except Exception as error:  # zlib and lzma report damage in words of their own
        if isinstance(error, ReturnRefused):
            raise
        raise damaged(f"{type(error).__name__}: {error}") from None


def damaged(found: str) -> ReturnRefused:
    """Return the error of a file that is no workbook, or a damaged or encrypted one."""
    return refuse("RT102", "this is no workbook that can be read.", expected="an .xlsx file without a password",
        found=found, next_step="save the form again as an Excel workbook (.xlsx)")  # fmt: skip


def _look_over(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    _refuse_large(parts)
    names = [part.filename for part in parts]
    if "[Content_Types].xml" not in names:
        raise damaged("a ZIP archive that holds no workbook")
    if found := next(
        (name for name in names if _MACRO_PARTS.search(name) and "printerSettings" not in name), None
    ):
        raise refuse("RT103", "the workbook holds macros or other programs.", found=found,
            expected="a workbook without macros", next_step="save it as .xlsx, not .xlsm")  # fmt: skip
    if found := next((name for name in names if _LINK_PARTS.search(name)), None):
        raise _external(found)
    left = LARGEST
    for part in parts:
        content = _content(archive, part, left)
        left -= len(content)
        _look_at(part.filename, content)


def _refuse_large(parts: list[zipfile.ZipInfo]) -> None:
    total = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or total > LARGEST:
        raise _bomb(f"{len(parts)} parts, {total:,} bytes unpacked")


def _bomb(found: str) -> ReturnRefused:
    return refuse("RT107", "the workbook unpacks to more than a return may hold.", found=found,
        expected=f"at most {LARGEST:,} bytes and {MOST_CELLS:,} cells",
        next_step="file it in several returns, or as CSV or Parquet")  # fmt: skip


def _content(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> bytes:
    """Unpack one part, whatever its head says of its size."""
    with archive.open(part) as stream:
        content = stream.read(left + 1)
    if len(content) > left:
        raise _bomb(f"{part.filename} alone has more than {left:,} bytes")
    return content


def _look_at(name: str, content: bytes) -> None:
    if name.endswith(".rels"):
        for found in _EXTERNAL.finditer(content):
            if b"/hyperlink" not in found.group():
                raise _external(found.group().decode(errors="replace")[:120])
    if name == "[Content_Types].xml" and b"macroEnabled" in content:
        raise refuse("RT103", "the workbook is one with macros.", expected="a workbook without macros",
            next_step="save it as .xlsx, not .xlsm")  # fmt: skip
    head = content[:4096]
    if b"\x00" in head and name.endswith(".xml"):
        raise damaged(f"{name} is not in UTF-8")
    if b"<!DOCTYPE" in head:
        raise damaged(f"{name} declares a document type")
    if b"workbook" in head:
        _refuse_hidden_sheets(content)
    if b"worksheet" in head:
        _look_at_sheet(name, content)


def _refuse_hidden_sheets(content: bytes) -> None:
    if found := _HIDDEN_SHEET.search(content):
        name = _NAME.search(found.group())
        shown = name[1].decode(errors="replace") if name else ""
        raise refuse("RT106", "the workbook has a hidden sheet.", expected="sheets that are all in view",
            found=shown, next_step="unhide the sheet and look at it, or delete it")  # fmt: skip


def _look_at_sheet(name: str, content: bytes) -> None:
    if found := _FORMULA.search(content):
        raise ReturnRefused(_formula(content, found.start()))
    if hidden := _HIDDEN_LINE.search(content):
        what = "rows" if hidden[1] == b"row" else "columns"
        raise refuse("RT106", f"the sheet has hidden {what}.", expected="rows and columns that are all in view",
            found=f"{name}: {hidden.group().decode(errors='replace')[:80]}", next_step="unhide them")  # fmt: skip
    _refuse_wide(name, content)


def _formula(content: bytes, at: int) -> Remark:
    cell = list(_REFERENCE.finditer(content, max(0, at - 400), at))
    where = cell[-1][1].decode() if cell else ""
    row = int(re.sub("[A-Z]", "", where) or 0)
    return Remark("RT104", "hard", "the workbook holds a formula.", row=row, cell=where,
        expected="values as they were counted", next_step="paste the values in place of the formulas")  # fmt: skip


def _refuse_wide(name: str, content: bytes) -> None:
    """Two cells far apart make a table of billions: count before anything builds it."""
    rows = columns = 0
    for letters, digits in _cells(content):
        columns = max(columns, letters)
        rows = max(rows, digits)
    if rows * (columns + 1) > MOST_CELLS:
        raise _bomb(f"{name} reaches to row {rows:,}, column {columns + 1:,}")


def _cells(content: bytes) -> Iterator[tuple[int, int]]:
    known: dict[bytes, int] = {b"": 0}
    for found in _CELL.finditer(content):
        letters = found[1]
        if letters not in known:
            known[letters] = column_number(letters.decode())
        yield known[letters], int(found[2])


def _external(found: str) -> ReturnRefused:
    return refuse("RT105", "the workbook has links to other files, connections or embedded objects.", found=found,
        expected="a workbook that stands by itself",
        next_step="break the links (Data, Edit Links), save and file it again")  # fmt: skip
