"""How a table is laid out: which of its cells are figures, and which head the row and the column of each.

Words as in the statistics of tables: the stub is what stands left of a row's figures, the boxhead what stands above
the columns, a spanner a head over several columns, a section a row of one cell that heads the rows below it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

import msgspec

from tallyroom.model.document import Cell, Document, Table
from tallyroom.reading.tables.words import TableWords, bare
from tallyroom.reading.view import fold

_NUMBER = re.compile(r"[\d〇零一二三四五六七八九十百千万]")
_DIGIT = re.compile(r"\d")
_LONGEST = 160
_YEAR = re.compile(r"(?:fy\s?)?(?:19|20)\d\d(?:[/–-]\d{2,4})?(?:年度?|财年)?\W?|(?:民国)?1\d\d年")
_DATE = re.compile(
    r"\d{1,2}\s?月.{0,6}|\d{1,2}-\d{1,2}月.{0,6}|[fc]y\s?\d\d|q[1-4].{0,5}|.{0,5}[一二三四1-4]季度|\d{4}年.{1,10}"
    r"|\d{1,2}/\d{1,2}/\d{2,4}|(?:19|20)\d\d[/-]\d{1,2}(?:[/-]\d{1,2})?|h[12] \d{4}"
)
_FIGURE = re.compile(
    r"(?:some|about|around|nearly|almost|over|under|more than|fewer than|less than|at least|up to|approx(?:imately|\.)?"
    r"|[约近超逾达共升降增减]|超过|不足|不到|至少|上升|下降|增长|增加|减少|[^\w]|[a-z]{1,4}[$.]?\s?(?=[\d$£€¥]))*"
    r"\d[\d.,\s]*[^\d]{0,18}(?:\d[\d.,\s]*[^\d]{0,6})?"
)
_HAN_FIGURE = re.compile(
    r"(?:[约近超逾达共]|超过|不足|至少)?(?:[〇零一二两三四五六七八九十百千万亿]{2,}(?:点[〇零一二三四五六七八九]+)?[万亿]?"
    r"|[一二两三四五六七八九]点[〇零一二三四五六七八九]+[万亿]?|[一二两三四五六七八九十百](?=[余多]?(?:起|名|人|件|个|吨|支|台|辆|处|宗|公斤|千克)))"
    r"[余多]?[^\d〇零一二三四五六七八九十]{0,4}"
)
_ORDINAL = re.compile(r"(?:per|no|q|week|age|aged|day|table|group|class)\b|第|每")
_RANKED = re.compile(r"\(?\d{1,3}[.)]?")
_MISSING = re.compile(
    r"[-–—－*]{1,3}|…{1,2}|\.{1,3}|/|n\.?/?a\.?|nil|无|\[?(?:[xzc:u]|暂缺|缺|未报)\]?|:|x", re.IGNORECASE
)
_MEASURED = re.compile(r"\w[(（][^\d()（）]{1,6}[)）]$")
_BARE = re.compile(r"\d{4}")
_MOST_HEADS = 5


class Figure(msgspec.Struct, frozen=True):
    """A cell with a figure, and what heads it, outermost first."""

    cell: Cell
    sections: tuple[Cell, ...]
    stubs: tuple[Cell, ...]
    heads: tuple[Cell, ...]
    unit: Cell | None = None
    """The cell of its row in a column of units."""
    whole: tuple[Cell, ...] = ()
    """The stubs of the row that its own is a part of: 其中, of which."""


class Layout(msgspec.Struct, frozen=True):
    """A table laid out: rows of one cell above the heads, the figures row by row, and the head of the stubs."""

    captions: tuple[Cell, ...]
    figures: tuple[Figure, ...]
    corner: Cell | None
    stubs: tuple[Cell, ...]
    """Every cell that is the nearest stub of a row, in order."""
    heads: tuple[Cell, ...]


class _Body(msgspec.Struct):
    cells: list[Cell]
    sections: tuple[Cell, ...]
    heads: list[list[Cell]]


def lay_out(document: Document, table: Table, words: TableWords) -> Layout:
    """Return which cells of a table are figures and what heads each; a table without figures has none."""
    return _Layouter(document, words).lay_out(table)


class _Layouter:
    def __init__(self, document: Document, words: TableWords) -> None:
        self.text, self.words = document.text, words
        self._folded: dict[int, str] = {}
        self._measured: dict[int, int] = {}
        """Columns whose head names a unit, with the row of that head: what stands below it is no year."""

    def lay_out(self, table: Table) -> Layout:
        for cell in table.cells:
            if _MEASURED.search(self.said(cell)):
                self._measured.setdefault(cell.column, cell.row)
        captions, bodies = self._rows(table)
        columns = self._label_columns(bodies)
        units = self._unit_columns(bodies, columns)
        figures: list[Figure] = []
        stubs: list[Cell] = []
        carried: dict[int, Cell] = {}
        whole: tuple[Cell, ...] = ()
        for body in bodies:
            labels = self._labels_of(body, columns - units, carried)
            part = bool(labels) and self._is_part(labels[-1])
            stubs += labels[-1:]
            figures += self._figures_of(body, columns, units, labels, whole if part else ())
            if not part and not (labels and self._is_total(labels[-1])):
                whole = labels
        heads = bodies[0].heads if bodies else []
        corner = next((cell for row in heads for cell in row if cell.column in columns - units), None)
        return Layout(
            tuple(captions),
            tuple(figures),
            corner,
            tuple(stubs),
            tuple(cell for row in heads for cell in row),
        )

    def said(self, cell: Cell) -> str:
        """The cell's words, folded."""
        if cell.start not in self._folded:
            self._folded[cell.start] = fold(self.text[cell.start : cell.end], traditional=True).strip()
        return self._folded[cell.start]

    # Rows.

    def _rows(self, table: Table) -> tuple[list[Cell], list[_Body]]:
        """Part the rows into captions, heads, sections and bodies."""
        captions: list[Cell] = []
        bodies: list[_Body] = []
        heads: list[list[Cell]] = []
        section: tuple[Cell, ...] = ()
        after_body = False
        rows = _by_row(table.cells)
        wide = max((len(cells) for cells in rows), default=0)
        for cells in rows:
            if self._is_alone(cells, wide):
                if heads or bodies:
                    section = (cells[0],)
                else:
                    captions.append(cells[0])
            elif self._heads_columns(cells, wide, started=bool(bodies), many=len(heads)):
                heads = [cells] if after_body else [*heads, cells]
                after_body = False
            else:
                bodies.append(_Body(cells, section, heads))
                after_body = True
        return captions, bodies

    def _is_alone(self, cells: Sequence[Cell], wide: int) -> bool:
        return len(cells) == 1 and cells[0].column == 0 and wide > 1 and not self._is_figure(cells[0])

    def _heads_columns(self, cells: Sequence[Cell], wide: int, *, started: bool, many: int) -> bool:
        """A row names columns where none of its cells is a figure; below figures only where it is a full one."""
        if many >= _MOST_HEADS or any(_MISSING.fullmatch(self.said(cell)) for cell in cells[1:]):
            return False
        inner = cells[1:] if cells[0].column == 0 else cells
        marked = all(cell.header for cell in cells)
        if any(self._is_figure(cell) or (not marked and self._counts_something(cell)) for cell in inner):
            return False
        if started:
            return len(cells) >= wide and len(inner) > 1
        return bool(inner)

    def _counts_something(self, cell: Cell) -> bool:
        """Tell whether a number stands in a cell among words: 北京、大连等海关缴毒2.4吨."""
        said = self.said(cell)
        if not _DIGIT.search(said) or _ORDINAL.match(said):
            return False
        return not (_YEAR.search(said) or _DATE.search(said))

    def _is_figure(self, cell: Cell) -> bool:
        """Tell whether a cell states a number and is no date."""
        said = self.said(cell)
        if not _DIGIT.search(said):
            return _HAN_FIGURE.fullmatch(said) is not None
        if _BARE.fullmatch(said) and self._measured.get(cell.column, cell.row) < cell.row:
            return True
        if _YEAR.fullmatch(said) or _DATE.fullmatch(said) or _ORDINAL.match(said):
            return False
        return _FIGURE.fullmatch(said) is not None

    # Columns.

    def _label_columns(self, bodies: Sequence[_Body]) -> set[int]:
        """The columns of labels: the first, those right of it that hold words, and such as begin a second stub."""
        figures: dict[int, int] = {}
        texts: dict[int, int] = {}
        for body in bodies:
            for cell in body.cells:
                said = self.said(cell)
                if _MISSING.fullmatch(said):
                    continue
                count = figures if self._is_figure(cell) or self._counts_something(cell) else texts
                count[cell.column] = count.get(cell.column, 0) + 1
        columns = sorted({*figures, *texts})
        worded = [column for column in columns if texts.get(column, 0) > figures.get(column, 0)]
        first = columns[:1]
        if first and self._is_rank(first[0], bodies):
            first = columns[:2]
        elif first and first[0] not in worded and self._counts(first[0], bodies):
            first = []
        left = {*first, *takewhile(lambda column: column in worded, columns[len(first) :])}
        return left | self._second_stubs(worded, left, bodies)

    def _is_rank(self, column: int, bodies: Sequence[_Body]) -> bool:
        cells = [cell for body in bodies for cell in body.cells if cell.column == column]
        head = self._head_words(column, bodies)
        if head in self.words.rank:
            return True
        return head == "" and len(cells) > 1 and all(_RANKED.fullmatch(self.said(cell)) for cell in cells)

    def _counts(self, column: int, bodies: Sequence[_Body]) -> bool:
        """A first column of figures, as large as no rank or class is, below a head: the rows have no labels."""
        cells = [cell for body in bodies for cell in body.cells if cell.column == column]
        large = any("," in self.said(cell) or len(self.said(cell)) > 3 for cell in cells)
        return (
            bool(self._head_words(column, bodies))
            and (large or len(bodies) == 1)
            and all(map(self._is_figure, cells))
        )

    def _second_stubs(self, worded: Sequence[int], left: set[int], bodies: Sequence[_Body]) -> set[int]:
        """指标|数量|指标|数量: words right of figures are labels where the heads say so again, or none say anything."""
        first = self._head_words(min(left, default=0), bodies)
        heads = {column: self._head_words(column, bodies) for column in worded}
        return {column for column in worded if column > max(left, default=0) and heads[column] == first}

    def _head_words(self, column: int, bodies: Sequence[_Body]) -> str:
        heads = bodies[0].heads if bodies else []
        return "".join(bare(self.said(cell)) for row in heads for cell in row if cell.column == column)

    def _unit_columns(self, bodies: Sequence[_Body], columns: set[int]) -> set[int]:
        named = {column for column in columns if self._head_words(column, bodies) in self.words.unit}
        return named if len(columns) > len(named) else set()

    # What heads a figure.

    def _labels_of(self, body: _Body, columns: set[int], carried: dict[int, Cell]) -> tuple[Cell, ...]:
        """The stubs of a row; one that is written once for several rows holds on while those right of it change."""
        own = {cell.column: cell for cell in body.cells if cell.column in columns}
        row = body.cells[0].row
        for column, cell in list(carried.items()):
            spans = row < cell.row + cell.rowspan
            if not spans and (column >= min(own, default=0) or cell.rowspan > 1):
                del carried[column]
        labels = [own.get(column) or carried.get(column) for column in sorted(columns)]
        last = max(columns, default=0)
        carried.update({c: cell for c, cell in own.items() if c != last or cell.rowspan > 1})
        return tuple(cell for cell in labels if cell is not None and not self._is_number(cell))

    def _is_number(self, cell: Cell) -> bool:
        """A rank or a serial number is no label, but a year is."""
        return _RANKED.fullmatch(self.said(cell)) is not None

    def _is_part(self, label: Cell) -> bool:
        return self.words.of_which.match(self.said(label)) is not None

    def _is_total(self, label: Cell) -> bool:
        return bare(self.said(label)) in self.words.total

    def _figures_of(
        self,
        body: _Body,
        columns: set[int],
        units: set[int],
        labels: tuple[Cell, ...],
        whole: tuple[Cell, ...],
    ) -> list[Figure]:
        unit = next((cell for cell in body.cells if cell.column in units), None)
        found: list[Figure] = []
        stubs = labels
        for cell in body.cells:
            if cell.column in columns:
                if found and cell.column not in units:
                    stubs = (cell,)  # a second stub to the right of figures
                continue
            if self._holds_number(cell):
                stubs_here = tuple(label for label in stubs if label.column <= cell.column)
                heads = self._heads_of(cell.column, body.heads)
                found.append(Figure(cell, body.sections, stubs_here, heads, unit, whole))
        return found

    def _holds_number(self, cell: Cell) -> bool:
        said = self.said(cell)
        return len(said) < _LONGEST and _NUMBER.search(said) is not None

    def _heads_of(self, column: int, heads: Sequence[Sequence[Cell]]) -> tuple[Cell, ...]:
        """The heads over a column; a spanner without spans reaches over the blank places right of it."""
        found: list[Cell] = []
        for at, row in enumerate(heads):
            over = next((c for c in row if c.column <= column < c.column + c.colspan), None)
            if over is None and at + 1 < len(heads):
                over = self._spanner(column, row, heads[at + 1])
            if over is not None:
                found.append(over)
        return tuple(found)

    def _spanner(self, column: int, row: Sequence[Cell], below: Sequence[Cell]) -> Cell | None:
        left = [cell for cell in row if cell.column < column]
        if not left or not any(cell.column == column for cell in below):
            return None
        nearest = left[-1]
        if nearest.colspan > 1 or nearest.rowspan > 1 or nearest.column == 0:
            return None
        return nearest if any(cell.column == nearest.column for cell in below) else None


def _by_row(cells: Sequence[Cell]) -> list[list[Cell]]:
    rows: dict[int, list[Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    return [rows[row] for row in sorted(rows)]
