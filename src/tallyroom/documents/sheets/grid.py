"""A sheet as it is seen, and the page that is made of it: lines above a table, the table, notes below it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from tallyroom.documents.cells import is_figure, is_year
from tallyroom.documents.kinds import is_headline
from tallyroom.documents.office.markup import Piece, shown
from tallyroom.model.columns import column_name

MOST_COLUMNS = 1_000
MOST_PLACES = 1_000_000
"""Two cells far apart make a table of very many empty ones."""
_PLAIN_NAME = re.compile(r"[^\W\d]\w*")
_NO_NAME = re.compile(r"(?:sheet|table|工作表|表)\s?\d*", re.IGNORECASE)


class Shown(msgspec.Struct, frozen=True, gc=False):
    """A cell that shows something: its row and column in the sheet from 0, and what it spans."""

    row: int
    column: int
    words: str
    rowspan: int = 1
    colspan: int = 1

    @property
    def spans(self) -> bool:
        """Whether it takes more than its own place."""
        return self.rowspan > 1 or self.colspan > 1


class Sheet(msgspec.Struct):
    """A sheet in view: its name ("" where it has none) and its cells, row by row."""

    name: str
    cells: list[Shown]

    @property
    def reach(self) -> int:
        """How many places there are between its cells and its first column, filled or not."""
        columns = max((cell.column + 1 for cell in self.cells), default=0)
        return len({cell.row for cell in self.cells}) * columns


Row = list[Shown]


def pieces_of(sheets: Sequence[Sheet]) -> Iterator[Piece]:
    """Give the page of a workbook: its sheets in their order, each under its name where they have names."""
    written = [sheet for sheet in sheets if sheet.cells]
    for sheet in written:
        rows = _rows(sheet.cells)
        if len(written) > 1 and not _NO_NAME.fullmatch(sheet.name) and sheet.name not in _first_words(rows):
            yield from (Piece("<h2>"), Piece(shown(sheet.name), _quoted(sheet.name)), Piece("</h2>"))
        for number, part in enumerate(_parts(rows)):
            yield from _part(part, sheet.name, is_first=number == 0)


def _rows(cells: Iterable[Shown]) -> list[Row]:
    rows: dict[int, Row] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    return [rows[row] for row in sorted(rows)]


def _first_words(rows: list[Row]) -> str:
    return " ".join(cell.words for row in rows[:3] for cell in row)


def _parts(rows: list[Row]) -> Iterator[list[Row]]:
    """Part a sheet at its empty rows, but for those that only part the body of one table."""
    part: list[Row] = []
    below = 0
    for row in rows:
        if part and row[0].row > below and not (_is_body(row) and _is_body(part[-1])):
            yield part
            part = []
        part.append(row)
        below = max(below, *(cell.row + cell.rowspan for cell in row))
    if part:
        yield part


def _is_body(row: Row) -> bool:
    """A row that goes on with a table: a figure that is no year stands beside its first cell."""
    return any(is_figure(cell.words) and not is_year(cell.words) for cell in row[1:])


def _part(rows: list[Row], sheet: str, is_first: bool) -> Iterator[Piece]:
    """The rows of one cell at the top and at the bottom are lines; what stands between them is the table."""
    wide = [at for at, row in enumerate(rows) if len(row) > 1]
    first, last = (wide[0], wide[-1] + 1) if len(wide) > 1 else (len(rows), len(rows))
    last = _covered(rows, first, last)
    for at, row in enumerate(rows[:first]):
        yield from _line(row, sheet, is_head=at == 0, is_first=is_first)
    if first < last:
        yield from _table(rows[first:last], sheet)
    for row in rows[last:]:
        yield from _line(row, sheet)


def _covered(rows: list[Row], first: int, last: int) -> int:
    """The rows that a cell above reaches into belong to the table, however little they hold."""
    below = max((cell.row + cell.rowspan for row in rows[first:last] for cell in row), default=0)
    return max(last, sum(1 for row in rows if row[0].row < below))


def _line(row: Row, sheet: str, is_head: bool = False, is_first: bool = False) -> Iterator[Piece]:
    headline = is_head and is_headline(" ".join(row[0].words.split()))
    tag = ("h1" if is_first else "h2") if headline else "p"
    for cell in row:
        yield from (Piece(f"<{tag}>"), Piece(shown(cell.words), _name(cell, sheet)), Piece(f"</{tag}>"))


def _table(rows: list[Row], sheet: str) -> Iterator[Piece]:
    left = min(cell.column for row in rows for cell in row)
    reaching: dict[int, int] = {}
    yield Piece("<table>")
    for row in rows:
        yield Piece("<tr>")
        number = row[0].row
        at = left
        for cell in row:
            free = sum(1 for column in range(at, cell.column) if reaching.get(column, 0) <= number)
            yield Piece("<td></td>" * free)
            spans = f' rowspan="{cell.rowspan}" colspan="{cell.colspan}"' if cell.spans else ""
            yield Piece(f"<td{spans}>")
            yield Piece(shown(cell.words), _name(cell, sheet))
            yield Piece("</td>")
            at = cell.column + cell.colspan
            if cell.rowspan > 1:
                reaching |= dict.fromkeys(range(cell.column, at), number + cell.rowspan)
        yield Piece("</tr>")
    yield Piece("</table>")


def _name(cell: Shown, sheet: str) -> str:
    place = f"{column_name(cell.column)}{cell.row + 1}"
    return f"{_quoted(sheet)}!{place}" if sheet else place


def _quoted(sheet: str) -> str:
    """The name of a sheet as formulas write it."""
    return sheet if _PLAIN_NAME.fullmatch(sheet) else "'" + sheet.replace("'", "''") + "'"
