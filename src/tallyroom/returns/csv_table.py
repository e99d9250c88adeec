"""CSV to a grid: strict about quotes, so that no row is swallowed by another."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator

from tallyroom.model.returns import Remark
from tallyroom.returns.grid import HEAD_ROWS, MOST_CELLS, Grid, one_line
from tallyroom.returns.remarks import ReturnRefused, quoted, refuse

DELIMITERS = (",", "\t", ";")
_FOREIGN_TO_CHINESE = re.compile(
    "[^\u0000-\u007f\u00b0\u00b1\u00b7\u00d7\u2010-\u2027\u2030\u2032\u2033\u2103\u2160-\u217f\u2190-\u2193"
    "\u2460-\u249b\u3000-\u301f\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff5e\uffe5]"
)


def read_csv(data: bytes, fits: Callable[[list[str]], int]) -> Grid:
    """Return the table that `data` holds; `fits` tells how many of a header's names are known.

    A workbook that was saved as CSV has the form's head above the header.

    A field must end on the line on which it begins. Rows that hold nothing at the end are left out.

    Raises:
        ReturnRefused: RT107 too many cells, RT108 encoding, RT109 a stray quote, or a row with other fields than
            the header.
    """
    text, encoding = decode(data)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    _refuse_large(text, lines)
    head = lines[:HEAD_ROWS]
    delimiter = max(DELIMITERS, key=lambda one: max(fits(_fields(line, one)) for line in head))
    rows = list(_rows(lines, delimiter))
    while rows and not any(rows[-1]):
        rows.pop()
    _refuse_ragged(rows)
    return Grid(rows, "text/csv", encoding=encoding)


def _refuse_large(text: str, lines: list[str]) -> None:
    cells = len(lines) + max(text.count(delimiter) for delimiter in DELIMITERS)
    if cells > MOST_CELLS:
        raise refuse("RT107", "the table has more cells than a return may hold.", found=f"{cells:,} cells",
            expected=f"at most {MOST_CELLS:,} cells", next_step="file it in several returns")  # fmt: skip


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding: a byte order mark, UTF-8, or GB 18030 where it is Chinese.

    Raises:
        ReturnRefused: RT108 where it is neither.
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _decoded(data, encoding), encoding
    try:
        return _sound(data.decode("utf-8")), "utf-8"
    except UnicodeDecodeError as error:
        return _chinese(data, error.start), "gb18030"


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return _sound(data.decode(encoding))
    except UnicodeDecodeError as error:
        raise _wrong_encoding(data, error.start, f"{encoding} after its mark") from None


def _chinese(data: bytes, at: int) -> str:
    """Chinese office programs write GB 18030; bytes of other encodings give characters that no form has."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        raise _wrong_encoding(data, at, "UTF-8 or GB 18030") from None
    if _FOREIGN_TO_CHINESE.search(text):
        raise _wrong_encoding(data, at, "UTF-8 or GB 18030")
    return _sound(text)


def _sound(text: str) -> str:
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise refuse("RT108", "there is a NUL character in the text.", found=f"in line {line}",
            expected="CSV in UTF-8", next_step="save it as CSV UTF-8")  # fmt: skip
    return text


def _wrong_encoding(data: bytes, at: int, expected: str) -> ReturnRefused:
    line = data.count(b"\n", 0, at) + 1
    says, step = "the bytes are in no encoding that a return may have.", "save it as CSV UTF-8"
    remark = Remark("RT108", "hard", says, row=line, expected=expected, next_step=step,
        found=f"byte 0x{data[at]:02X} at {at}")  # fmt: skip
    return ReturnRefused(remark)


def _fields(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return []


def _rows(lines: list[str], delimiter: str) -> Iterator[list[str]]:
    """Read line by line: a quote that is not closed on its line is an error of that line alone."""
    for number, line in enumerate(lines, 1):
        if '"' not in line:
            yield [one_line(field) for field in line.split(delimiter)]
            continue
        try:
            yield [one_line(field) for field in next(csv.reader([line], delimiter=delimiter, strict=True))]
        except csv.Error:
            raise ReturnRefused(_stray_quote(number, line)) from None


def _stray_quote(number: int, line: str) -> Remark:
    return Remark(
        "RT109", "hard", "a quotation mark in this line is not closed, or stands inside a field.", row=number,
        expected='fields in quotes closed on their line, quotes inside doubled ("")', found=quoted(line),
        next_step="correct this line; nothing was read beyond it",
    )  # fmt: skip


def _refuse_ragged(rows: list[list[str]]) -> None:
    wide = len(rows[0]) if rows else 0
    for number, row in enumerate(rows, 1):
        if len(row) != wide and any(row):
            says = "this row has another number of fields than the header."
            step = "a comma inside a field needs quotes around it"
            remark = Remark("RT109", "hard", says, row=number, expected=f"{wide} fields",
                found=f"{len(row)} fields", next_step=step)  # fmt: skip
            raise ReturnRefused(remark)
