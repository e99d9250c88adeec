"""XLSX to a grid, after the guard has looked it over."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

from tallyroom.model.observation import plain
from tallyroom.returns.grid import Grid, one_line
from tallyroom.returns.remarks import refuse
from tallyroom.returns.xlsx_guard import guard
from tallyroom.returns.xlsx_parts import damaged

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def read_xlsx(data: bytes) -> Grid:
    """Return the first sheet of a workbook that holds anything, and the others beside it.

    Raises:
        ReturnRefused: What `guard` refuses; RT101 where all sheets are empty.
    """
    guard(data)
    sheets = [(name, rows) for name, rows in _sheets(data) if any(any(row) for row in rows)]
    if not sheets:
        raise refuse("RT101", "the workbook is empty.", expected="a form that was filled in")
    (name, rows), *others = sheets
    return Grid(rows, MEDIA_TYPE, sheet=name, others=tuple(others))


def _sheets(data: bytes) -> list[tuple[str, Sequence[Sequence[str]]]]:
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        return [
            (name, [[as_text(value) for value in row] for row in _rows(book, name)])
            for name in book.sheet_names
        ]
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the parser is no Exception
        raise damaged(str(error)) from None


def _rows(book: Any, name: str) -> list[list[Any]]:
    rows: list[list[Any]] = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return rows


def as_text(value: Any) -> str:
    """Return the value of a cell as one writes it: 12 for 12.0, days as 2022-07-31."""
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        # 15 digits are what a workbook shows and keeps: 0.1 + 0.2 is 0.3 there
        return str(int(value)) if value.is_integer() else plain(Decimal(f"{value:.15g}"))
    if isinstance(value, datetime.datetime):
        return (value.date() if value.time() == datetime.time() else value).isoformat()
    return "" if value is None else one_line(str(value))
