"""Workbooks and separated values: what a person sees in them, cell by cell."""

from __future__ import annotations

import csv
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from documents.packages import zipped
from documents.samples import assert_is_whole, refusal
from tallyroom.documents import find_sources, open_document
from tallyroom.documents.sheets.numbers import shown_number
from tallyroom.model import Document


def opened(data: bytes, name: str = "annex.xlsx") -> Document:
    document = open_document(data, id="annex", name=name)
    assert_is_whole(document)
    assert all(
        any(block.start <= spot.start and spot.end <= block.end for spot in document.spots)
        for block in document.blocks
    )
    return document


def workbook(*sheets: tuple[str, list[list[Any]]], **options: Any) -> bytes:
    """A workbook; a cell is a value, or a value with its format."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, options) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    value, code = cell if isinstance(cell, tuple) else (cell, None)
                    if value is not None:
                        sheet.write(
                            row, column, value, book.add_format({"num_format": code}) if code else None
                        )
    return out.getvalue()


def cells(document: Document) -> dict[str, str]:
    return {spot.name: document.text[spot.start : spot.end] for spot in document.spots}


def annex() -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("附表 1")
        grouped, share = book.add_format({"num_format": "#,##0"}), book.add_format({"num_format": "0.0%"})
        sheet.merge_range("A1:D1", "2025年上半年全省禁毒工作统计表", book.add_format())
        sheet.write("D2", "单位：起、人")
        sheet.merge_range("A3:A4", "地市", book.add_format())
        sheet.merge_range("B3:C3", "案件", book.add_format())
        sheet.write_row("B4", ["破获", "同比", "嫌疑人"])
        for row, (city, cases, change, people) in enumerate(
            (("昆明", 1234, 0.035, 2589), ("大理", 56, -0.021, 61)), 4
        ):
            sheet.write(row, 0, city)
            sheet.write(row, 1, cases, grouped)
            sheet.write(row, 2, change, share)
            sheet.write(row, 3, people)
        sheet.write("A7", "合计")
        sheet.write_formula("B7", "=B5+B6", grouped, 1290)
        sheet.write("A8", "注：数据截至2025年6月30日。")
        sheet.write("A9", "hidden 99")
        sheet.set_row(8, None, None, {"hidden": True})
        book.add_worksheet("secret").hide()
    return out.getvalue()


def test_a_sheet_is_its_title_its_table_and_its_notes() -> None:
    document = opened(annex())

    assert document.title == "2025年上半年全省禁毒工作统计表"
    assert document.text.split("\n")[1:] == [
        "单位：起、人", "地市\t案件", "破获\t同比\t嫌疑人", "昆明\t1,234\t3.5%\t2589",
        "大理\t56\t-2.1%\t61", "合计\t1,290", "注：数据截至2025年6月30日。",
    ]  # fmt: skip
    assert cells(document)["'附表 1'!B7"] == "1,290"
    shapes = {document.text[cell.start : cell.end]: cell for cell in document.tables[0].cells}
    assert (shapes["地市"].rowspan, shapes["案件"].colspan, shapes["嫌疑人"].column) == (2, 2, 3)
    assert document.notes == ("1 hidden cells left out", "1 hidden sheets left out")


def test_each_sheet_with_a_name_of_its_own_is_headed_by_it() -> None:
    rows = [["Drug", "Seized (kg)"], ["Heroin", 12.5], ["Opium", 3]]
    document = opened(workbook(("云南", rows), ("广西", rows)))

    headings = [document.text[each.start : each.end] for each in document.blocks if each.kind == "heading"]
    assert headings == ["云南", "广西"]
    assert cells(document)["广西!B2"] == "12.5"
    assert "Sheet1" not in opened(workbook(("Sheet1", rows), ("Sheet2", rows))).text


def test_an_empty_row_parts_tables_but_not_the_body_of_one() -> None:
    rows: list[list[Any]] = [
        ["Drug", "kg"],
        ["Heroin", 12],
        [],
        ["Opium", 3],
        [],
        ["Arrests"],
        ["Place", "People"],
        ["Kunming", 4],
    ]
    document = opened(workbook(("a", rows)))

    assert [table.cells[-1].row for table in document.tables] == [2, 1]


def test_texts_in_pieces_errors_and_truths_are_shown_as_they_are() -> None:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_rich_string("A1", "12", book.add_format({"bold": True}), ",589")
        sheet.write_formula("B1", "=1/0", None, "#DIV/0!")
        sheet.write_boolean("A2", True)
        sheet.write_formula("B2", "=A3", None, "")

    assert list(cells(opened(out.getvalue())).values()) == ["12,589", "#DIV/0!", "TRUE"]


FORMATS = {
    "General": [3, 0.1 + 0.2, 1234567.5, -4], "0": [2.5, -2.5, 0], "0.00": [1.005, 12, -0.001],
    "#,##0": [1234567, 12, 0, -1234.5], "#,##0.0": [1234.56], "0%": [0.082], "0.0%": [-0.0825, 1],
    "#,##0;(#,##0)": [-1234, 1234], '0;-0;"-"': [0, 5], '#,##0"起"': [1234], "0.0_ ": [3.14], "[Red]0.0": [2.72],
    "000": [7], "#.##": [0.5, 12.345], "#,##0,": [1234567], '0.0,,"M"': [12_345_678], "0.00E+00": [123456],
    "yyyy-mm-dd": [44778], "yyyy/m/d": [44778.5], 'yyyy"年"m"月"d"日"': [44778], "h:mm": [0.75],
    "d mmm yyyy": [44778], "[h]:mm": [1.5], "mm:ss": [0.0125], '[>=10000]0.0,"k";0': [15000, 12],
    "[$¥-804]#,##0.00": [1234.5], '"n = "0': [12], "0.0#": [1.5, 1.25], "dddd": [44778], "mmmm yyyy": [44778],
}  # fmt: skip


def test_numbers_are_shown_as_libreoffice_shows_them(tmp_path: Path) -> None:
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    rows = [[(value, code)] for code, values in FORMATS.items() for value in values]
    (tmp_path / "a.xlsx").write_bytes(workbook(("a", rows)))
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    filter_ = "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true,true"
    command = [
        "soffice",
        home,
        "--headless",
        "--convert-to",
        filter_,
        "--outdir",
        str(tmp_path),
        str(tmp_path / "a.xlsx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        seen = [row[0].strip() for row in csv.reader(file)]
    shown = [shown_number(repr(value), code) for code, values in FORMATS.items() for value in values]

    told = [(code, value) for code, values in FORMATS.items() for value in values]
    assert dict(zip(told, shown, strict=True)) == dict(zip(told, seen, strict=True))


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("12345", '0!.0,"万"', "1.2万"),
        ("44778", "[$-804]aaaa", "星期五"),
        ("1.25", "# ?/?", "1.25"),
        ("-1", "yyyy-mm-dd", "-1"),
        ("3", "#.##", "3."),
        ("1e400", "0", "1e400"),
        ("#N/A", "0", "#N/A"),
        ("5", 'General"起"', "5起"),
    ],
)
def test_formats_beyond_the_usual_ones(value: str, code: str, shown: str) -> None:
    assert shown_number(value, code) == shown


TABLE = '各市破案情况,,\n地市,破获,同比\n昆明,"1,234",3.5%\n大理,"56\n起","a ""b"""\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_separated_values_are_read_in_any_encoding(encoding: str) -> None:
    document = opened(TABLE.encode(encoding), "annex.csv")

    assert document.title == "各市破案情况"
    assert cells(document) == {
        "A1": "各市破案情况", "A2": "地市", "B2": "破获", "C2": "同比", "A3": "昆明", "B3": "1,234", "C3": "3.5%",
        "A4": "大理", "B4": "56 起", "C4": 'a "b"',
    }  # fmt: skip


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_sign_between_values_is_found(sign: str) -> None:
    rows = [["Place", "Cases"], ["Kunming", "12"], ["Dali", "3"]]
    document = opened("\n".join(sign.join(row) for row in rows).encode(), "annex.csv")

    assert cells(document)["B3"] == "3"


def test_a_quotation_mark_that_does_not_close_swallows_nothing() -> None:
    document = opened(b'Place,Cases\nKunming,"12\nDali,3\n', "annex.csv")

    assert cells(document)["B3"] == "3"
    assert document.notes


def test_a_directory_yields_workbooks_but_no_separated_values(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.csv", "c.tsv", "d.docx"):
        (tmp_path / name).write_bytes(b"x")

    assert [source.id for source in find_sources([tmp_path])] == ["a", "d"]
    assert [source.id for source in find_sources([tmp_path / "b.csv"])] == ["b"]


def test_a_workbook_that_is_damaged_or_would_fill_the_memory_is_refused() -> None:
    whole = annex()
    far = workbook(("a", [[1]]))
    sheet = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
    rows = "".join(f'<row r="{row}"><c r="ALK{row}"><v>1</v></c></row>' for row in range(1, 2_000))

    assert refusal(whole[:3000], "a.xlsx") == "DC130"
    assert refusal(zipped({"[Content_Types].xml": "", "xl/other.xml": "<a/>"}), "a.xlsx") == "DC130"
    assert refusal(replaced(far, "xl/worksheets/sheet1.xml", sheet.format(rows)), "a.xlsx") == "DC131"
    assert refusal(replaced(far, "xl/worksheets/sheet1.xml", "<!DOCTYPE a><a/>"), "a.xlsx") == "DC133"
    assert refusal(workbook(("a", [])), "a.xlsx") == "DC109"
    assert refusal(("1," * 999 + "1\n").encode() * 2_000, "a.csv") == "DC131"


def replaced(package: bytes, name: str, content: str) -> bytes:
    import zipfile

    with zipfile.ZipFile(BytesIO(package)) as archive:
        return zipped({each: content if each == name else archive.read(each) for each in archive.namelist()})
