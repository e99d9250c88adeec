"""Tables: each cell with a number is read as the sentence that its caption, row and column say about it.

The sentence is a view: every character of it stands somewhere in the document, so the figure's span is the cell's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallyroom.model.document import Block, Cell, Document, Table
from tallyroom.reading.view import View, before_mark, fold, is_traditional

_NUMBER = re.compile(r"[\d〇零一二三四五六七八九十百千万]")
_UNIT_IN_HEAD = re.compile(
    r"[(（\[]\s*(?:单位[:：]\s*)?([^()（）\[\]]{1,12})\s*[)）\]]|,\s*(kg|tonnes|tons|lbs?|pounds|litres)\s*$|单位[:：]\s*(\S{1,6})"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_UNIT_WORDS = re.compile(
    r"起|宗|件|人|名|人次|个|吨|公斤|千克|克|万[起人件名元吨]|亿元|元|家|辆|支|枚|发|株|粒|片|升|亩|公顷|%|％|处|次|"
    r"kg|kgs|kilograms?|kilos|g|grams?|tonnes?|tons?|metric tons|lbs?|pounds|litres?|liters?|l|ha|"
    r"hectares|acres|usd|eur|gbp|"
    r"per cent|percent|thousands?|millions?|us\$ ?(?:million|billion)?|\$ ?(?:million|billion)?|£ ?(?:million|m)?"
)


class _Text:
    """A sentence put together from places of the document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._parts: list[str] = []
        self._origin: list[int] = []

    def add(self, start: int, end: int) -> None:
        self._parts.append(self._document.text[start:end])
        self._origin.extend(range(start, end))

    def join(self, mark: str, at: int) -> None:
        """Put in a mark that stands nowhere; it counts as part of the character at `at`."""
        self._parts.append(mark)
        self._origin.extend([at] * len(mark))

    def view(self, traditional: bool) -> View:
        raw = "".join(self._parts)
        return View(
            fold(raw, traditional=traditional), self._document.text, 0, (*self._origin, self._origin[-1] + 1)
        )


def table_views(
    document: Document, table: Table, caption: Block | None, lang: str
) -> Iterator[tuple[Cell, View]]:
    """Yield each cell that holds a figure with the view of the sentence it makes, row by row."""
    heads = {cell.column: cell for cell in table.cells if cell.row == 0}
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    headed = _is_header(document, rows.get(0, []))
    for number, cells in sorted(rows.items()):
        if number == 0 and headed:
            continue
        at = _label_at(document, cells, heads if headed else {})
        label = cells[at]
        for cell in cells[at + 1 :]:
            if _holds_number(document, cell):
                yield cell, _cell_view(document, cell, label, heads if headed else {}, caption, lang)


_RANK_HEAD = re.compile(r"\s*(?:排名|名次|位次|序号|编号|序|no\.?|rank|#)\s*")


def _label_at(document: Document, cells: list[Cell], heads: dict[int, Cell]) -> int:
    """Return which cell of a row tells what it is about: behind a column of ranks the second."""
    head = heads.get(cells[0].column)
    ranks = head is not None and _RANK_HEAD.fullmatch(fold(document.text[head.start : head.end]))
    return 1 if ranks and len(cells) > 2 else 0


def _is_header(document: Document, cells: list[Cell]) -> bool:
    if any(cell.header for cell in cells):
        return True
    return bool(cells) and not any(_holds_number(document, cell) for cell in cells[1:])


def _holds_number(document: Document, cell: Cell) -> bool:
    text = document.text[cell.start : cell.end]
    return _NUMBER.search(fold(text)) is not None and len(text) < 60


def _cell_view(
    document: Document, cell: Cell, label: Cell, heads: dict[int, Cell], caption: Block | None, lang: str
) -> View:
    made = _Text(document)
    unit = None
    comma = "，" if lang == "zh" else ", "
    if caption is not None:
        unit = _add_without_unit(made, document, caption.start, caption.end) or unit
        made.join(comma, caption.end - 1)
    unit = _add_label(made, document, label, lang) or unit
    head = heads.get(cell.column)
    if head is not None:
        made.join(" " if lang == "zh" else comma, label.end - 1)
        unit = _column_unit(made, document, head, unit)
    made.join(" " if lang == "zh" else ": ", cell.start)
    written = document.text[cell.start : cell.end]
    end = cell.start + len(before_mark(written))
    made.add(cell.start, end)
    own = fold(document.text[cell.start : end])
    if unit and re.fullmatch(r"[\s\d.,+*余多约近超()\[\]pre-]+", own):
        made.join((" " if lang == "en" else "") + unit, end - 1)
    return made.view(is_traditional(document.lang))


_PERCENT_HEAD = re.compile(r"[±+\-/]*\s*[%％]|[%％]\s*$")


def _column_unit(made: _Text, document: Document, head: Cell, unit: str | None) -> str | None:
    """The unit of a column wins over that of the row or the caption; 同比±% makes its cells percentages."""
    if _PERCENT_HEAD.search(document.text[head.start : head.end]):
        made.add(head.start, head.end)
        return "%"
    return _add_without_unit(made, document, head.start, head.end) or unit


def _add_label(made: _Text, document: Document, label: Cell, lang: str) -> str | None:
    unit = _add_without_unit(made, document, label.start, label.end)
    if lang == "zh" and _YEAR.fullmatch(document.text[label.start : label.end].strip()):
        made.join("年", label.end - 1)
    return unit


def _add_without_unit(made: _Text, document: Document, start: int, end: int) -> str | None:
    """Add a heading without the unit that it gives in brackets, and return that unit."""
    text = document.text[start:end]
    match = _UNIT_IN_HEAD.search(text)
    unit = next((group for group in match.groups() if group), None) if match else None
    if match is None or unit is None or not _UNIT_WORDS.fullmatch(fold(unit.strip())):
        made.add(start, end)
        return None
    made.add(start, start + match.start())
    made.add(start + match.end(), end)
    return unit.strip()
