"""Word files: as python-docx and LibreOffice write them, and with what only Word writes."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import docx
import pytest

from documents.packages import paragraph, run, word_file, zipped
from documents.samples import assert_is_whole, refusal
from tallyroom.documents import open_document
from tallyroom.model import Document

CASES = "今年1至6月，全省共破获毒品案件1.4万余起。"


def opened(data: bytes, name: str = "briefing.docx") -> Document:
    document = open_document(data, id="briefing", name=name)
    assert_is_whole(document)
    assert_spots_cover_each_line(document)
    return document


def assert_spots_cover_each_line(document: Document) -> None:
    assert list(document.spots) == sorted(document.spots, key=lambda spot: spot.start)
    assert all(one.end <= other.start for one, other in zip(document.spots, document.spots[1:], strict=False))
    for block in document.blocks:
        inside = [spot for spot in document.spots if block.start <= spot.start and spot.end <= block.end]
        assert inside
        assert all(spot.name and "\n" not in document.text[spot.start : spot.end] for spot in inside)


def place_of(document: Document, words: str) -> str:
    at = document.text.index(words)
    return next(spot.name for spot in document.spots if spot.start <= at and at + len(words) <= spot.end)


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def briefing() -> bytes:
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "公安厅文件"
    made.add_heading("全省禁毒工作通报", level=0)
    made.add_paragraph("2025年7月2日")
    made.add_heading("一、总体情况", level=1)
    made.add_paragraph(CASES).add_run("缴获海洛因12.5千克。").bold = True
    made.add_paragraph("抓获犯罪嫌疑人2,589名", style="List Bullet")
    made.add_paragraph("表1 各市破案情况（单位：起）")
    table = made.add_table(rows=4, cols=3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "地市"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "案件"
    for at, words in enumerate(("破获案件数", "同比±%"), 1):
        table.cell(1, at).text = words
    for row, words in enumerate((("昆明", "120", "3.5"), ("大理", "56", "-2.1")), 2):
        for column, word in enumerate(words):
            table.cell(row, column).text = word
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def test_headings_lists_and_headers_are_told_from_styles() -> None:
    document = opened(briefing())

    assert kinds(document)[:7] == [
        ("furniture", "公安厅文件"),
        ("title", "全省禁毒工作通报"),
        ("furniture", "2025年7月2日"),
        ("heading", "一、总体情况"),
        ("paragraph", CASES + "缴获海洛因12.5千克。"),
        ("bullet", "抓获犯罪嫌疑人2,589名"),
        ("heading", "表1 各市破案情况（单位：起）"),
    ]
    assert (document.title, str(document.published), document.lang) == (
        "全省禁毒工作通报",
        "2025-07-02",
        "zh",
    )


def test_merged_cells_of_a_table_keep_what_they_span() -> None:
    document = opened(briefing())
    (table,) = document.tables
    shapes = {
        document.text[cell.start : cell.end]: (cell.row, cell.column, cell.rowspan, cell.colspan)
        for cell in table.cells
    }

    assert shapes["地市"] == (0, 0, 2, 1)
    assert shapes["案件"] == (0, 1, 1, 2)
    assert shapes["同比±%"] == (1, 2, 1, 1)
    assert shapes["120"] == (2, 1, 1, 1)
    assert place_of(document, "120") == "table 1 B3"
    assert place_of(document, CASES) == "word/document.xml¶4"


def test_insertions_are_read_and_deletions_are_not() -> None:
    body = (
        f"<w:p>{run('破获案件')}<w:del w:id='1'><w:r><w:delText>41</w:delText></w:r></w:del>"
        f"<w:ins w:id='2'>{run('43')}</w:ins>{run('起。')}</w:p>"
        f"<w:p><w:moveFrom w:id='3'>{run('缴毒5吨。')}</w:moveFrom></w:p>"
        f"<w:p><w:pPr><w:rPr><w:del w:id='4'/></w:rPr></w:pPr>{run('抓获嫌疑')}</w:p>{paragraph('人9名。')}"
    )
    document = opened(word_file(body))

    assert document.text == "破获案件43起。\n抓获嫌疑人9名。"
    assert document.notes == (
        "1 deletions of tracked changes left out",
        "1 insertions of tracked changes read as text",
        "1 moved passages left out where they stood",
    )


def test_hidden_and_struck_out_text_and_the_instructions_of_fields_are_left_out() -> None:
    shown = '<w:vanish w:val="0"/>'
    field = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"
    body = (
        f"<w:p>{run('hidden 7', '<w:vanish/>')}{run('struck 8', '<w:strike/>')}"
        f"{run('seen 9 ', shown)}{field.format('begin')}"
        f"<w:r><w:instrText>PAGE 5</w:instrText></w:r>{run('6')}{field.format('separate')}{run('10')}"
        f"{field.format('end')}{run(' cases')}</w:p>"
    )
    document = opened(word_file(body))

    assert document.text == "seen 9 10 cases"
    assert len(document.notes) == 2


def test_footnotes_and_text_boxes_are_read_once_where_they_stand() -> None:
    box = f"<w:txbxContent>{paragraph('Boxed: 12 cases.')}</w:txbxContent>"
    body = (
        f"<w:p>{run('Police solved 41 cases')}<w:r><w:footnoteReference w:id='2'/></w:r>{run(' in May.')}"
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>{box}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        f"{run(' More words.')}</w:p>"
    )
    notes = (
        f"<w:footnote w:type='separator' w:id='0'>{paragraph('-')}</w:footnote>"
        f"<w:footnote w:id='2'>{paragraph('As of 5 June.')}</w:footnote>"
    )
    document = opened(word_file(body, footnotes=notes))

    assert document.text == "Police solved 41 cases in May. More words.\nBoxed: 12 cases.\nAs of 5 June."
    assert place_of(document, "As of") == "word/footnotes.xml#2"
    assert place_of(document, "Boxed") == "word/document.xml¶2"


def test_a_raised_mark_is_no_digit_of_the_number_before_it() -> None:
    raised = run("1", '<w:vertAlign w:val="superscript"/>')

    assert opened(word_file(f"<w:p>{run('2,589')}{raised}{run(' cases')}</w:p>")).text == "2,589 cases"


def test_the_parts_of_a_formula_do_not_make_one_number() -> None:
    part = "<m:{0}><m:r><m:t>{1}</m:t></m:r></m:{0}>"
    formula = f"<m:oMath><m:sSup>{part.format('e', 10)}{part.format('sup', 3)}</m:sSup></m:oMath>"

    assert opened(word_file(f"<w:p>{run('about ')}{formula}{run(' cases')}</w:p>")).text == "about 10 3 cases"


def test_cells_of_a_nested_table_are_lines_of_their_own() -> None:
    inner = "<w:tbl>" + "".join(
        f"<w:tr><w:tc>{paragraph(name)}</w:tc><w:tc>{paragraph(value)}</w:tc></w:tr>"
        for name, value in (("Kunming", "12"), ("Dali", "34"))
    ) + "</w:tbl>"  # fmt: skip
    document = opened(
        word_file(f"<w:tbl><w:tr><w:tc>{paragraph('Cases')}{inner}<w:p/></w:tc></w:tr></w:tbl>")
    )

    assert document.text == "Cases\nKunming\t12\nDali\t34"
    assert place_of(document, "34") == "table 2 B2"


def test_tabs_part_columns() -> None:
    rows = "".join(
        f"<w:p>{run(name)}<w:r><w:tab/></w:r>{run(value)}</w:p>"
        for name, value in (("昆明市", "120起"), ("大理州", "56起"))
    )
    document = opened(word_file(paragraph("各市破案情况") + rows))

    assert [document.text[cell.start : cell.end] for cell in document.tables[0].cells] == [
        "昆明市", "120起", "大理州", "56起",
    ]  # fmt: skip


def test_macros_are_left_alone_and_told() -> None:
    plain = word_file(paragraph(CASES))
    import zipfile

    out = BytesIO(plain)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"\xd0\xcf")

    document = opened(out.getvalue(), "briefing.docm")
    assert document.text == CASES
    assert document.notes == ("macros left alone",)


def test_what_is_no_word_file_is_refused_with_its_reason() -> None:
    whole = briefing()
    bomb = word_file(paragraph("x" * 68_000_000))
    entities = zipped(
        {
            "[Content_Types].xml": "",
            "word/document.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hosts">]><a>&b;</a>',
        }
    )

    assert refusal(whole[:2000], "a.docx") == "DC130"
    assert refusal(whole[:100] + b"\0" * 3000 + whole[3100:], "a.docx") == "DC130"
    assert refusal(zipped({"[Content_Types].xml": "", "word/other.xml": "<a/>"}), "a.docx") == "DC130"
    assert refusal(bomb, "a.docx") == "DC131"
    assert refusal(word_file("<w:p>" * 100_000), "a.docx") == "DC131"
    assert refusal(entities, "a.docx") == "DC133"
    assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.doc") == "DC134"
    assert refusal(word_file("<w:p/>"), "a.docx") == "DC109"
    assert refusal(zipped({"[Content_Types].xml": "", "ppt/presentation.xml": "<a/>"}), "a.pptx") == "DC110"


def test_what_libreoffice_writes_is_read_like_what_it_was_made_from(tmp_path: Path) -> None:
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    source = tmp_path / "briefing.docx"
    source.write_bytes(briefing())
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        home,
        "--headless",
        "--convert-to",
        "docx",
        "--outdir",
        str(tmp_path / "out"),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    saved = opened((tmp_path / "out" / "briefing.docx").read_bytes())

    assert saved.text == opened(briefing()).text
    assert saved.tables == opened(briefing()).tables
