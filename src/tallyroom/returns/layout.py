"""Where things stand in a table: the head's answers, the header row, the columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from tallyroom.model.returns import Remark
from tallyroom.returns.grid import HEAD_ROWS, Grid
from tallyroom.returns.personal import identifies_a_person
from tallyroom.returns.remarks import quoted
from tallyroom.returns.wording import column_of, nearest_column, tells_of_a_person

NEEDED = ("line", "value")
_HEAD_FIELDS = ("reporting_unit", "form", "round", "nil", "campaign")


class Layout(msgspec.Struct, frozen=True):
    """Columns by name, the index of the header row, and the head: field to its text, row and column."""

    header: int
    columns: dict[str, int]
    head: dict[str, tuple[str, int, int]]


def find_layout(grid: Grid) -> tuple[Layout | None, list[Remark]]:
    """Return where things stand, and remarks on columns that are double, unknown, missing or about people.

    No layout where no header row was found.
    """
    header = _header_row(grid.rows)
    remarks = list(_about_people(grid, header))
    if remarks:
        return None, remarks  # other remarks would repeat what must not be told
    if header is None:
        return None, [*remarks, _no_header(grid)]
    remarks += _column_remarks(grid, header)
    return Layout(header, _columns(grid.rows[header]), _head(grid.rows[:header])), remarks


def known_names(row: Sequence[str]) -> int:
    """Count the names of a row that are columns of a return."""
    return sum(1 for name in row if name and column_of(name) is not None)


def _header_row(rows: Sequence[Sequence[str]]) -> int | None:
    for at, row in enumerate(rows[:HEAD_ROWS]):
        found = {column_of(name) for name in row if name}
        if found.issuperset(NEEDED):
            return at
    return None


def _columns(row: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, name in enumerate(row):
        column = column_of(name) if name else None
        if column is not None:
            found.setdefault(column, at)
    return found


def _head(rows: Sequence[Sequence[str]]) -> dict[str, tuple[str, int, int]]:
    """A label with its answer in the next cell, or in the one after it where the label takes two."""
    head: dict[str, tuple[str, int, int]] = {}
    for at, row in enumerate(rows):
        for column, name in enumerate(row[:-1]):
            field = column_of(name) if name else None
            if field in _HEAD_FIELDS and field is not None:
                beside = column + 1 if row[column + 1] else min(column + 2, len(row) - 1)
                head.setdefault(field, (row[beside], at, beside))
    return head


def _no_header(grid: Grid) -> Remark:
    best = max(grid.rows[:HEAD_ROWS], key=known_names, default=[])
    found = ", ".join(name for name in best if name)[:120]
    return Remark("RT112", "hard", "the columns that a return needs are not there.", found=found,
        expected="a row that names the columns line (代码) and value (数值)",
        next_step="tallyroom returns template writes the form")  # fmt: skip


def _column_remarks(grid: Grid, header: int) -> Iterator[Remark]:
    seen: dict[str, str] = {}
    for at, name in enumerate(grid.rows[header]):
        if not name:
            if any(row[at] for row in grid.rows[header + 1 :] if at < len(row)):
                yield _at(grid, header, at, "RT111", "a column that holds something has no name.", name)
            continue
        column = column_of(name)
        if column is None and not tells_of_a_person(name):
            yield _at(grid, header, at, "RT111", "this column is not known.", name, nearest_column(name))
        elif column in seen:
            says = "two columns of this return mean the same."
            yield _at(grid, header, at, "RT110", says, f"{seen[column]} and {name}", "keep one of them")
        elif column is not None:
            seen[column] = name


def _about_people(grid: Grid, header: int | None) -> Iterator[Remark]:
    """Look at every name of a column or field, on every sheet, and at every cell long enough for a number."""
    last = HEAD_ROWS if header is None else header
    for row, column, text in _cells(grid.rows[: last + 1]):
        if column_of(text) is None and tells_of_a_person(text):
            yield _person(grid, row, column, text)
    figures = None if header is None else _columns(grid.rows[header]).get("value")
    yield from _identified(grid, figures)
    for sheet, rows in grid.others:
        other = Grid(rows, grid.media_type, sheet)
        for row, column, text in _cells(rows[:HEAD_ROWS]):
            if tells_of_a_person(text, inside=False):
                yield _person(other, row, column, text)
        yield from _identified(other)


def _cells(rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, int, str]]:
    return ((at, column, text) for at, row in enumerate(rows) for column, text in enumerate(row) if text)


def _person(grid: Grid, row: int, column: int, text: str) -> Remark:
    """A field may hold the name itself, so what is more than a known word is not repeated."""
    says = "a return holds no column or field about single people."
    found = text if tells_of_a_person(text, inside=False) else ""
    return _at(grid, row, column, "RT113", says, found, "take it out; report counts alone")


def _identified(grid: Grid, figures: int | None = None) -> Iterator[Remark]:
    for at, row in enumerate(grid.rows):
        for column, text in enumerate(row):
            if len(text) > 10 and identifies_a_person(text, column == figures):
                says = "a cell holds a number that identifies a person."
                yield _at(grid, at, column, "RT130", says, "", "take it out; report counts alone")


def _at(grid: Grid, row: int, column: int, code: str, says: str, found: str, next_step: str = "") -> Remark:
    return Remark(
        code, "hard", says, row=row + grid.first_row, cell=grid.cell(row, column),
        found=quoted(found) if found else "", next_step=next_step,
    )  # fmt: skip
