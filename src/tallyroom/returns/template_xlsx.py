"""The form as a workbook: one sheet to fill in, one that explains, one with the codes. Nothing is hidden."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from typing import Any

from tallyroom.returns.template import Asked, Template
from tallyroom.returns.wording import instructions

MADE = datetime.datetime(2000, 1, 1)
"""Written into the file as its day, so that a template is the same bytes whenever it is made."""
FORM, NOTES, CODES = "Form", "Notes", "Codes"
FONT = "Noto Sans CJK SC"
INK, PALE, LINE_COLOUR, INPUT = "#1F3A5F", "#EEF2F7", "#B8C4D3", "#FFFBE6"
HEADERS = {
    "number": ("序号 / No.", 8), "line": ("代码 / Line", 21), "label": ("指标 / What is reported", 56),
    "joint": ("共同 / Joint", 16), "unit": ("计量单位 / Unit", 16), "value": ("数值 / Value", 16),
    "explanation": ("说明 / Explanation", 40),
}  # fmt: skip
"""Column to its heading and width; that of joint results is left out where the form asks for none."""
FIRST_ROW = 9
"""Index of the header row; the head of the form stands above it."""
HEIGHT, HEAD_HEIGHT = 32, 19


def write_xlsx(template: Template) -> bytes:
    """Return the form as XLSX: values are checked on entry, and only cells to be filled in may be changed."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": template.name, "created": MADE})
    formats = _Formats(book)
    form, notes, codes = (book.add_worksheet(name) for name in (FORM, NOTES, CODES))
    _Form(form, formats, template).write()
    _write_notes(notes, formats, template)
    _write_codes(codes, formats, template)
    form.activate()
    book.close()
    return out.getvalue()


class _Formats:
    def __init__(self, book: Any) -> None:
        def made(**told: Any) -> Any:
            return book.add_format({"font_name": FONT, "font_size": 10, "valign": "vcenter", **told})

        edge = {"border": 1, "border_color": LINE_COLOUR}
        self.title = made(font_size=16, bold=True, font_color=INK)
        self.subtitle = made(font_size=11, font_color="#51657F")
        self.label = made(bold=True, bg_color=PALE, indent=1, **edge)
        self.answer = made(bold=True, indent=1, **edge)
        self.choice = made(bold=True, bg_color=INPUT, locked=False, align="center", **edge)
        self.hint = made(font_color="#51657F", indent=1)
        self.header = made(
            bold=True, font_color="#FFFFFF", bg_color=INK, text_wrap=True, align="center", **edge
        )
        self.text = made(text_wrap=True, indent=1, **edge)
        self.part = made(text_wrap=True, indent=3, **edge)
        self.code = made(font_color="#51657F", indent=1, **edge)
        self.centre = made(align="center", text_wrap=True, **edge)
        self.whole = made(num_format="#,##0", bg_color=INPUT, locked=False, **edge)
        self.decimal = made(num_format="#,##0.###", bg_color=INPUT, locked=False, **edge)
        self.free = made(text_wrap=True, bg_color=INPUT, locked=False, **edge)
        self.note = made(text_wrap=True, valign="top")
        self.strong = made(bold=True, text_wrap=True, valign="top")


class _Form:
    def __init__(self, sheet: Any, formats: _Formats, template: Template) -> None:
        self.sheet, self.formats, self.template = sheet, formats, template
        asked = [name for name in HEADERS if name != "joint" or any(one.joint for one in template.rows)]
        self.columns = {name: at for at, name in enumerate(asked)}
        breakdowns = template.campaign.breakdowns
        self.parts = {part for one in breakdowns if one.kind != "unknown" for part in one.parts}

    def write(self) -> None:
        self._page()
        self._head()
        for name, column in self.columns.items():
            self.sheet.write_string(FIRST_ROW, column, HEADERS[name][0], self.formats.header)
        for number, asked in enumerate(self.template.rows, 1):
            self._row(FIRST_ROW + number, number, asked)
        self.sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})

    def _page(self) -> None:
        sheet, last = self.sheet, FIRST_ROW + len(self.template.rows)
        for name, column in self.columns.items():
            sheet.set_column(column, column, HEADERS[name][1])
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(FIRST_ROW)
        sheet.print_area(0, 0, last, len(self.columns) - 1)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.set_footer(f"&L{self.template.name}&R&P / &N")
        sheet.freeze_panes(FIRST_ROW + 1, 3)
        sheet.hide_gridlines(2)
        sheet.set_row(0, 28)
        for row in range(1, FIRST_ROW):
            sheet.set_row(row, HEAD_HEIGHT)
        sheet.set_row(FIRST_ROW, HEIGHT)

    def _head(self) -> None:
        template, formats = self.template, self.formats
        title = template.form.label
        self.sheet.write_string(0, 0, title["zh"], formats.title)
        self.sheet.write_string(1, 0, title["en"], formats.subtitle)
        campaign = template.campaign.label
        self.sheet.write_string(2, 0, f"{campaign['zh']}　{campaign['en']}", formats.subtitle)
        period = f"{template.round.start} 至 to {template.round.end}"
        unit = f"{template.unit.label['zh']} {template.unit.label['en']}"
        for row, (label, answer, hint) in enumerate(
            (
                ("填报单位 / Reporting unit", template.unit.code, unit),
                ("报表 / Form", template.form.code, f"{title['zh']} {title['en']}"),
                ("报告期 / Round", template.round.code, f"{period}　累计数 cumulative"),
                ("报送期限 / Due", template.round.due.isoformat(), ""),
            ),
            3,
        ):
            self._answer(row, label, answer, hint)
        self._nil(7)

    def _answer(self, row: int, label: str, answer: str, hint: str) -> None:
        self.sheet.merge_range(row, 0, row, 1, label, self.formats.label)
        self.sheet.write_string(row, 2, answer, self.formats.answer)
        if hint:
            self.sheet.write_string(row, 3, hint, self.formats.hint)

    def _nil(self, row: int) -> None:
        self.sheet.merge_range(row, 0, row, 1, "零报告 / Nil return", self.formats.label)
        self.sheet.write_string(row, 2, "否 / No", self.formats.choice)
        hint = "本期全部无数据时选“是” choose Yes where there is nothing at all to report"
        self.sheet.write_string(row, 3, hint, self.formats.hint)
        self.sheet.data_validation(
            row, 2, row, 2,
            {"validate": "list", "source": ["否 / No", "是 / Yes"], "error_title": "零报告 Nil return",
             "error_message": "请选择 是 或 否。Choose Yes or No."},
        )  # fmt: skip

    def _row(self, row: int, number: int, asked: Asked) -> None:
        sheet, formats, line = self.sheet, self.formats, asked.line
        unit = self.template.units.get(line.unit, {"zh": line.unit, "en": line.unit})
        sheet.set_row(row, HEIGHT)
        text = formats.part if line.code in self.parts else formats.text
        value = formats.decimal if line.decimals else formats.whole
        sheet.write_number(row, 0, number, formats.centre)
        sheet.write_string(row, 1, line.code, formats.code)
        sheet.write_string(row, 2, _both(asked), text)
        if "joint" in self.columns:
            sheet.write_string(
                row, self.columns["joint"], asked.joint.code if asked.joint else "", formats.code
            )
        sheet.write_string(row, self.columns["unit"], _unit(unit), formats.centre)
        sheet.write_blank(row, self.columns["value"], None, value)
        sheet.write_blank(row, self.columns["explanation"], None, formats.free)
        self._checked(row, asked)

    def _checked(self, row: int, asked: Asked) -> None:
        line, column = asked.line, self.columns["value"]
        kind = "decimal" if line.decimals else "integer"
        takes = (
            f"千克，最多{line.decimals}位小数；kg, at most {line.decimals} decimals"
            if line.decimals
            else "整数 a whole number"
        )
        self.sheet.data_validation(
            row, column, row, column,
            {"validate": kind, "criteria": ">=", "value": 0, "ignore_blank": True,
             "input_title": line.label["zh"][:32], "input_message": _short(line.definition, takes),
             "error_title": "数值 Value", "error_message": f"{takes}，不为负 never negative。没有则填0，0 for none."},
        )  # fmt: skip


def _both(asked: Asked) -> str:
    """On one line: a workbook may be saved as CSV, and a line of that is a row."""
    return f"{asked.label('zh')} / {asked.label('en')}"


def _unit(label: dict[str, str]) -> str:
    return label["zh"] if label["zh"] == label["en"] else f"{label['zh']} / {label['en']}"


def _short(definition: dict[str, str], takes: str) -> str:
    """What Excel shows beside a cell holds 255 characters."""
    text = f"{definition.get('zh', '')}\n{takes}"
    return text if len(text) <= 255 else text[:254] + "…"


def _write_notes(sheet: Any, formats: _Formats, template: Template) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 62)
    sheet.set_column(2, 2, 72)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.write_string(0, 0, "填报说明 Notes", formats.title)
    row = 2
    notes = [*_instructions(), *((note["zh"], note["en"]) for note in template.form.notes)]
    for number, (zh, en) in enumerate(notes, 1):
        _write_note(sheet, formats, row, f"{number}", zh, en)
        row += 1
    row += 1
    for line in dict.fromkeys(asked.line.code for asked in template.rows):
        told = template.campaign.line(line)
        zh = f"{told.label['zh']}：{told.definition.get('zh', '')}"
        en = f"{told.label['en']}: {told.definition.get('en', '')}"
        _write_note(sheet, formats, row, line, zh, en)
        row += 1


def _write_note(sheet: Any, formats: _Formats, row: int, name: str, zh: str, en: str) -> None:
    sheet.write_string(row, 0, name, formats.strong)
    sheet.write_string(row, 1, zh, formats.note)
    sheet.write_string(row, 2, en, formats.note)
    sheet.set_row(row, _height(zh, en))


def _instructions() -> Iterator[tuple[str, str]]:
    return zip(instructions("zh"), instructions("en"), strict=True)


def _height(zh: str, en: str) -> float:
    lines = max(-(-len(zh) // 34), -(-len(en) // 84), 1)
    return 16.0 * lines + 4


def _write_codes(sheet: Any, formats: _Formats, template: Template) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 36)
    sheet.set_column(2, 2, 48)
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, "代码 Codes", formats.title)
    rows = [("代码 Code", "中文", "English")]
    rows += [(unit.code, unit.label["zh"], unit.label["en"]) for unit in template.campaign.units]
    joints = {asked.joint.code: asked.joint for asked in template.rows if asked.joint}
    rows += [(code, joint.label["zh"], joint.label["en"]) for code, joint in joints.items()]
    for row, cells in enumerate(rows, 2):
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text, formats.header if row == 2 else formats.text)
