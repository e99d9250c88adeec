"""An edition as a workbook: cover, notes, one table a sheet, charts, and the annex. No formulas, no blank cells."""

from __future__ import annotations

import datetime
import io
import re
from typing import Any

from tallyroom.release.annex import annex_heads, annex_rows
from tallyroom.release.archives import pinned_zip
from tallyroom.release.edition import Chart, Edition, Grid, Paragraph, Printed, Release, Runs, marked, text_of
from tallyroom.release.wording import Wording, wording_of

_FORBIDDEN = re.compile(r"[\[\]:*?/\\'“”]")
_LONGEST = 31
"""Characters that the name of a sheet may have."""
_SAFE = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "in_memory": True,
}
_FONT = {"font_name": "Arial", "font_size": 11, "valign": "vcenter"}


def xlsx_edition(release: Release, lang: str, date: datetime.date) -> bytes:
    """Return the workbook of an edition, the same bytes on every machine.

    Numbers are numbers, exact to the digits printed, with their unit beside them; text can never become a formula.

    Args:
        date: What the file says of its making: the day of publication.
    """
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _SAFE)
    _Writer(book, release, release.editions[lang], date).write()
    book.close()
    return pinned_zip(out.getvalue())


class _Writer:
    def __init__(self, book: Any, release: Release, edition: Edition, date: datetime.date) -> None:
        self.book, self.release, self.edition = book, release, edition
        self.wording: Wording = wording_of(edition.lang)
        self.texts = self.wording.texts
        self._formats: dict[str, Any] = {}
        self._names: set[str] = set()
        moment = datetime.datetime(date.year, date.month, date.day)
        book.set_properties({"title": edition.title, "author": edition.publisher, "created": moment,
                             "comments": edition.demonstration})  # fmt: skip

    def write(self) -> None:
        """Write all sheets."""
        cover = self._sheet(self.texts["cover"], self.edition.title)
        grids = [block for block in self.edition.body if isinstance(block, Grid)]
        names = [self._grid(grid) for grid in grids]
        charts = [self._chart(block) for block in self.edition.body if isinstance(block, Chart)]
        notes = self._notes()
        annex = self._annex()
        drawn = [block for block in self.edition.body if isinstance(block, Chart)]
        captions = [*(grid.caption for grid in grids), *(chart.caption for chart in drawn)]
        listed = list(zip([*names, *charts], captions, strict=True))
        self._cover(cover, [*listed, (notes, self.texts["notes"]), (annex, self.texts["traces"])])

    def _format(self, name: str, **more: Any) -> Any:
        key = f"{name}{sorted(more.items())}"
        if key not in self._formats:
            kinds: dict[str, dict[str, Any]] = {
                "title": {"bold": True, "font_size": 16, "font_color": "#12406F"},
                "mark": {"bold": True, "font_color": "#8A3B00"},
                "head": {"bold": True, "bg_color": "#F3F6F9", "top": 2, "bottom": 1, "border_color": "#12406F",
                         "text_wrap": True},
                "cell": {"bottom": 1, "border_color": "#C9D0D8", "text_wrap": True},
                "text": {"text_wrap": True, "valign": "top"},
                "link": {"font_color": "#0B57A4", "underline": 1},
            }  # fmt: skip
            self._formats[key] = self.book.add_format({**_FONT, **kinds[name], **more})
        return self._formats[key]

    def _sheet(self, name: str, title: str) -> Any:
        sheet = self.book.add_worksheet(self._unique(name))
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L{_plain(self.edition.publisher)} · {_plain(self.edition.date)}&R&P / &N")
        sheet.write_string(0, 0, title, self._format("title"))
        sheet.set_row(0, 26)
        if self.edition.demonstration:
            sheet.set_header(f"&C&B{_plain(self.edition.demonstration)}")
            sheet.write_string(1, 0, self.edition.demonstration, self._format("mark"))
        return sheet

    def _unique(self, name: str) -> str:
        """A name that no other sheet has, with what the program allows in it."""
        clean = _FORBIDDEN.sub("", name).strip() or "Sheet"
        number, found = 1, clean[:_LONGEST]
        while found.lower() in self._names:
            number += 1
            found = f"{clean[: _LONGEST - 4]} {number}"
        self._names.add(found.lower())
        return found

    def _cover(self, sheet: Any, sheets: list[tuple[str, str]]) -> None:
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 80)
        sheet.write_string(
            2, 0, f"{self.edition.publisher} · {self.edition.date}", self._format("text", text_wrap=False)
        )
        row = 4
        for name, caption in sheets:
            sheet.write_url(row, 0, f"internal:'{name}'!A1", self._format("link"), name)
            sheet.write_string(row, 1, caption, self._format("text"))
            row += 1
        row += 1
        for block in self.edition.body:
            if isinstance(block, Paragraph):
                words = text_of(block.runs).strip()
                sheet.merge_range(row, 0, row, 1, "", self._format("text"))
                sheet.write_string(row, 0, words, self._format("text"))
                sheet.set_row(row, 16 * (1 + sum(2 if ord(c) > 255 else 1 for c in words) // 105))
                row += 1

    def _grid(self, grid: Grid) -> str:
        sheet = self._sheet(grid.name, grid.caption)
        apart = len(grid.heads) == 1
        heads = (grid.stub, *grid.heads, self.texts["unit"]) if apart else (grid.stub, *grid.heads)
        marks = any(
            isinstance(run, Printed) and run.mark for row in grid.rows for cell in row.cells for run in cell
        )
        if marks:
            heads = (*heads, self.texts["marks"])
        self._heads(sheet, heads)
        sheet.set_column(0, 0, 48 if apart else 20)
        sheet.set_column(1, len(heads) - 1, 16)
        for at, row in enumerate(grid.rows, 4):
            sheet.write_string(at, 0, row.label, self._format("cell"))
            found = [self._cell(sheet, at, column, cell) for column, cell in enumerate(row.cells, 1)]
            column = 1 + len(row.cells)
            if apart:
                sheet.write_string(
                    at, column, (found[0].unit if found[0] else "") or "—", self._format("cell", indent=1)
                )
                column += 1
            if marks:
                shown = " ".join(dict.fromkeys(marked(one) for one in found if one and one.mark))
                sheet.write_string(at, column, shown or "—", self._format("cell", indent=1))
        return str(sheet.get_name())

    def _heads(self, sheet: Any, heads: tuple[str, ...]) -> None:
        plain = (self.texts["unit"], self.texts["marks"], *annex_heads(self.wording))
        for column, head in enumerate(heads):
            inner = (
                {"align": "left", "indent": 1 if column else 0}
                if not column or head in plain
                else {"align": "right"}
            )
            sheet.write_string(3, column, head, self._format("head", **inner))
        sheet.freeze_panes(4, 1)
        sheet.repeat_rows(3)

    def _cell(self, sheet: Any, row: int, column: int, runs: Runs) -> Printed | None:
        number = next((run for run in runs if isinstance(run, Printed)), None)
        if number is None or not number.digits:
            sheet.write_string(row, column, text_of(runs) or "—", self._format("cell", align="right"))
            return number
        digits = number.digits.replace(",", "")
        decimals = len(digits.partition(".")[2])
        shape = "#,##0" + (f".{'0' * decimals}" if decimals else "")
        if number.observation.value < 0:
            digits = f"-{digits}"
        sheet.write_number(row, column, float(digits), self._format("cell", num_format=shape, align="right"))
        return number

    def _chart(self, chart: Chart) -> str:
        """The bars as a table and, beside it, a chart of the program itself that draws from it."""
        sheet = self._sheet(chart.name, chart.caption)
        self._heads(sheet, (chart.stub, self.texts["value"], self.texts["unit"]))
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 2, 14)
        for at, bar in enumerate(chart.bars, 4):
            sheet.write_string(at, 0, bar.label, self._format("cell"))
            self._cell(sheet, at, 1, (bar.value,))
            sheet.write_string(at, 2, bar.value.unit or "—", self._format("cell", indent=1))
        drawn = self.book.add_chart({"type": "bar"})
        last, name = 3 + len(chart.bars), sheet.get_name()
        drawn.add_series({"categories": [name, 4, 0, last, 0], "values": [name, 4, 1, last, 1],
                          "fill": {"color": "#2F6EA8"}, "gap": 60, "data_labels": {"value": True}})  # fmt: skip
        drawn.set_title({"name": chart.caption, "overlay": False, "name_font": {"size": 11}})
        drawn.set_legend({"none": True})
        drawn.set_y_axis({"reverse": True, "major_gridlines": {"visible": False}})
        drawn.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
        drawn.set_size({"width": 560, "height": 90 + 30 * len(chart.bars)})
        sheet.insert_chart(3, 4, drawn, {"description": chart.caption})
        return str(name)

    def _notes(self) -> str:
        sheet = self._sheet(self.texts["notes"], self.texts["about"])
        sheet.set_column(0, 0, 20)
        sheet.set_column(1, 1, 90)
        for at, note in enumerate(self.edition.notes, 3):
            sheet.write_string(at, 0, note.term, self._format("text", bold=True))
            sheet.write_string(at, 1, text_of(note.runs), self._format("text"))
        return str(sheet.get_name())

    def _annex(self) -> str:
        sheet = self._sheet(self.texts["traces"], self.texts["traces"])
        self._heads(sheet, annex_heads(self.wording))
        sheet.set_column(0, 4, 22)
        sheet.set_column(5, 5, 60)
        for at, row in enumerate(annex_rows(self.release, self.edition, self.wording), 4):
            for column, words in enumerate(row.cells):
                sheet.write_string(at, column, words, self._format("cell"))
        return str(sheet.get_name())


def _plain(words: str) -> str:
    """Words for a header or footer, where & begins a command."""
    return words.replace("&", "&&")
