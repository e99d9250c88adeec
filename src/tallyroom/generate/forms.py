"""Empty forms filled in with generated figures, and marked as such on every sheet."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

from tallyroom.generate.filings import Filing
from tallyroom.model.observation import plain

MARK = "GENERATED DATA 生成数据（演示 Demonstration）"
_NIL, _YES = "nil", "yes"
_MADE = (2000, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_HEADER_ROW, _MARK_ROW, _NIL_ROW = 10, 9, 8
"""Rows of the workbook, from 1: that of the headings, an empty one above it, and the answer about nil."""


def fill_csv(form: bytes, filing: Filing) -> bytes:
    """Return a CSV form with the figures of a filing; its first row says that they are generated."""
    head, *rows = csv.reader(io.StringIO(form.decode("utf-8-sig")))
    at = {name: column for column, name in enumerate(head)}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([MARK, *[""] * (len(head) - 1)])
    writer.writerow(head)
    for row in [_nil_row(rows[0], at)] if filing.nil else rows:
        if not filing.nil:
            row[at["value"]] = _value(filing, row[at["line"]], row[at["joint"]])
        writer.writerow(row)
    return out.getvalue().encode("utf-8-sig")


def _nil_row(first: list[str], at: Mapping[str, int]) -> list[str]:
    told = ["reporting_unit", "form", "round"]
    row = [""] * len(at)
    for name in told:
        row[at[name]] = first[at[name]]
    row[at["line"]], row[at["value"]] = _NIL, _YES
    return row


def _value(filing: Filing, line: str, joint: str) -> str:
    value = filing.values.get((line, joint))
    return "" if value is None else plain(value)


def fill_xlsx(form: bytes, filing: Filing) -> bytes:
    """Return a workbook form with the figures of a filing; every sheet says that they are generated."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(form))
    for sheet in book.worksheets:
        sheet.oddHeader.center.text = MARK
    first, *others = book.worksheets
    _mark(first, _MARK_ROW)
    for sheet in others:
        _mark(sheet, 2)
    if filing.nil:
        first.cell(_NIL_ROW, 3).value = "是 / Yes"
    else:
        _fill_rows(first, filing)
    out = io.BytesIO()
    book.save(out)
    return _settled(out.getvalue())


def _mark(sheet: Any, row: int) -> None:
    from openpyxl.styles import Font

    cell = sheet.cell(row, 1)
    cell.value = MARK
    cell.font = Font(name="Noto Sans CJK SC", size=11, bold=True, color="B00020")


def _fill_rows(sheet: Any, filing: Filing) -> None:
    at = {str(cell.value).split("/")[-1].strip(): cell.column for cell in sheet[_HEADER_ROW] if cell.value}
    for row in range(_HEADER_ROW + 1, sheet.max_row + 1):
        line = sheet.cell(row, at["Line"]).value
        joint = sheet.cell(row, at["Joint"]).value if "Joint" in at else None
        value = filing.values.get((str(line), str(joint or "")))
        if value is not None:
            whole = value == value.to_integral_value()
            sheet.cell(row, at["Value"]).value = int(value) if whole else value


def _settled(workbook: bytes) -> bytes:
    """Return the workbook with one date throughout: the same figures are the same bytes whenever they are written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            data = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z", old.read(name))
            new.writestr(zipfile.ZipInfo(name, _MADE), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
