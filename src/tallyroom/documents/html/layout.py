"""Which tables of a page hold data, and which only arrange the page."""

from __future__ import annotations

from collections.abc import Iterable

from tallyroom.documents.html.names import CELLS, HEADINGS
from tallyroom.documents.html.tree import Element

_LONGEST_CELL, _LONG_CELL = 300, 80
_LONGEST_TERM, _LONGEST_VALUE = 60, 40


class Shape:
    """What is known of one table or list of terms before it is written."""

    __slots__ = ("cells", "heads", "is_layout", "long", "row", "row_cells", "wide")

    def __init__(self, is_layout: bool) -> None:
        self.is_layout = is_layout
        self.cells = self.heads = self.long = self.wide = self.row_cells = 0
        self.row: Element | None = None

    def add_cell(self, cell: Element) -> None:
        """Count a cell; a row counts as wide from its second cell on."""
        self.row_cells = self.row_cells + 1 if cell.parent is self.row else 1
        self.row = cell.parent
        self.cells += 1
        self.heads += cell.name == "th"
        self.wide += self.row_cells == 2
        self.long += cell.letters > _LONG_CELL
        self.is_layout = self.is_layout or cell.letters > _LONGEST_CELL

    def add_term(self, entry: Element) -> None:
        """Count a term or its value; only short ones are read side by side."""
        self.wide += entry.name == "dt"
        self.cells += 1
        self.is_layout |= entry.letters > (_LONGEST_TERM if entry.name == "dt" else _LONGEST_VALUE)

    def holds_data(self) -> bool:
        """Two rows at least, with cells side by side; few of them long, unless columns are headed."""
        few_long = self.cells > 2 * self.long * 2
        return not self.is_layout and self.wide > 1 and (few_long or self.heads > 1)


def data_tables(elements: Iterable[Element]) -> frozenset[Element]:
    """Return the tables, and the lists of terms, whose cells are to be read side by side.

    A table that holds another, or a headline, or an article in a cell, arranges the page.
    """
    shapes: dict[Element, Shape] = {}
    for element in elements:
        table = element.table
        if element is table:
            shapes[element] = Shape(element.presentation)
            outer = element.parent.table if element.parent else None
            if outer is not None:
                shapes[outer].is_layout = True
        elif table is not None:
            _add(shapes[table], element)
    return frozenset(table for table, shape in shapes.items() if shape.holds_data())


def _add(shape: Shape, element: Element) -> None:
    if element.name in CELLS:
        shape.add_cell(element)
    elif element.name in ("dt", "dd"):
        shape.add_term(element)
    elif element.name in HEADINGS or element.name in ("article", "form"):
        shape.is_layout = True
