"""PDFs: the text in the order in which it is read, whole sentences, and boxes that hold their characters."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from documents.prints import (
    Eye,
    campaign,
    figures_of,
    pdf_document,
    seen,
    set_pages,
    set_paragraphs,
    texts_of,
    turned,
)
from documents.samples import grid_of, lines_of
from tallyroom.documents.errors import NoTextLayer, PasswordNeeded, PdfBroken
from tallyroom.model.spots import boxes_of

LONG = 120


def assert_reads(data: bytes, paragraphs: list[str]) -> None:
    document = pdf_document(data)

    assert list(texts_of(document, "paragraph")) == paragraphs


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("columns", [1, 2, 3])
def test_paragraphs_are_whole_over_lines_columns_and_pages(lang: str, columns: int) -> None:
    paragraphs = campaign(lang, 30)

    assert_reads(set_paragraphs(paragraphs, lang, columns), paragraphs)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("count", [6, 11, 13, 16, 19])
def test_a_text_may_end_anywhere_in_its_last_column(lang: str, count: int) -> None:
    paragraphs = campaign(lang, count)
    title = '#place(top + center, scope: "parent", float: true, text(16pt)[*Results by province*])'

    document = pdf_document(set_paragraphs(paragraphs, lang, 3, title))

    assert list(texts_of(document, "title", "paragraph")) == ["Results by province", *paragraphs]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_pages_that_are_shown_turned_read_alike(degrees: int) -> None:
    data = set_paragraphs(campaign("en", 6), "en", 2)

    assert pdf_document(turned(data, degrees)).text == pdf_document(data).text


def test_text_that_is_set_turned_reads_as_it_is_meant() -> None:
    paragraphs = campaign("zh", 3)
    inner = "\n\n".join(paragraphs)
    data = set_pages(
        f"#set page(width: 20cm, height: 20cm)\n#rotate(90deg, reflow: true, box(width: 15cm)[{inner}])", "zh"
    )

    assert [line for line in lines_of(pdf_document(data), "paragraph") if line] == paragraphs


@pytest.mark.parametrize(
    ("lang", "columns", "degrees"), [("en", 1, 0), ("en", 3, 0), ("zh", 2, 0), ("zh", 1, 90), ("en", 2, 270)]
)
def test_the_boxes_of_figures_hold_their_characters(lang: str, columns: int, degrees: int) -> None:
    data = turned(set_paragraphs(campaign(lang, 32), lang, columns), degrees)
    document, eye = pdf_document(data), Eye(data)
    spans = figures_of(document)

    assert len(spans) >= 200
    for span in spans:
        assert seen(document, eye, span) == document.text[slice(*span)]
        assert all(eye.ink(page, box) for page, box in boxes_of(document, *span)[:1])


def test_running_heads_and_page_numbers_are_furniture() -> None:
    document = pdf_document(set_paragraphs(campaign("en", 30), "en"))

    assert set(texts_of(document, "furniture")) >= {"Bulletin", "1", "2"}
    assert "Bulletin" not in set(texts_of(document, "paragraph", "heading", "title"))


def test_footnotes_follow_the_paragraph_and_their_marks_are_no_digits() -> None:
    data = set_pages(
        '#set page(width: 12cm, height: 10cm, numbering: "1")\nPolice seized 41#footnote[Without the 7 of May.] '
        "packages and solved 12 cases. " + "The work went on in all provinces of the country. " * 22
    )
    document = pdf_document(data)
    first, note, *_ = texts_of(document, "paragraph")

    assert first.startswith("Police seized 41¹ packages")
    assert first.endswith("country.")
    assert boxes_of(document, len(first) - 5, len(first))[0][0] > 1
    assert note == "¹Without the 7 of May."


def test_a_hyphen_that_parts_a_word_goes_and_one_of_its_own_stays() -> None:
    data = set_pages(
        "#set page(width: 60mm, height: auto)\n#set text(hyphenate: false)\n"
        "All drug-related cases and all operations\\ count here: 12 drug-\\ related cases after 3 opera-\\ tions "
        "were solved."
    )

    assert "12 drug-related cases after 3 operations were solved." in pdf_document(data).text


def test_ligatures_are_letters() -> None:
    document = pdf_document(set_pages("Efficient officials confiscated 12 baffling affidavits."))

    assert document.text == "Efficient officials confiscated 12 baffling affidavits."


def test_digits_in_chinese_text_stand_without_spaces() -> None:
    assert_reads(set_paragraphs(["今年1至6月破获案件1.4万余起，缴获冰毒5.19吨。"], "zh"), [
        "今年1至6月破获案件1.4万余起，缴获冰毒5.19吨。"
    ])  # fmt: skip


def test_a_ruled_table_keeps_its_cells_and_what_they_span() -> None:
    data = set_pages(
        "#table(columns: 4, table.cell(rowspan: 2)[Province], table.cell(colspan: 2)[Cases], [Seized],"
        "[2022], [2023], [kg], [Yunnan], [1,430], [1,556], [6,500.5], [Guangxi and\\ Guangdong], [290], [312], [402])"
    )
    document = pdf_document(data)

    assert grid_of(document) == [
        ["Province", "Cases", "Seized"],
        ["2022", "2023", "kg"],
        ["Yunnan", "1,430", "1,556", "6,500.5"],
        ["Guangxi and Guangdong", "290", "312", "402"],
    ]
    spans = {document.text[cell.start : cell.end]: cell for cell in document.tables[0].cells}
    assert (spans["Province"].rowspan, spans["Cases"].colspan, spans["kg"].column) == (2, 2, 3)
    assert [cell.header for cell in document.tables[0].cells] == [True] * 6 + [False] * 8


@pytest.mark.parametrize(
    "mark", ["rotate(-40deg)[#text(70pt, luma(220))[DRAFT 2024]]", "text(80pt, luma(220))[DRAFT 2024]"]
)
@pytest.mark.parametrize("columns", [1, 2])
def test_watermarks_are_furniture_and_hide_nothing(mark: str, columns: int) -> None:
    paragraphs = campaign("en", 12)
    document = pdf_document(set_paragraphs(paragraphs, "en", columns, f"#set page(background: {mark})"))

    assert list(texts_of(document, "paragraph")) == paragraphs
    assert any("DRAFT" in words for words in texts_of(document, "furniture"))


def test_words_that_overflow_their_cell_stay_in_it() -> None:
    data = set_pages(
        "#set text(hyphenate: false)\n#table(columns: (12mm, 12mm, 12mm), [District], [Confiscated], [Arrested],"
        "[Northfell], [1,234.5], [41])"
    )

    assert grid_of(pdf_document(data)) == [
        ["District", "Confiscated", "Arrested"],
        ["Northfell", "1,234.5", "41"],
    ]


def test_heads_over_several_columns_of_a_table_without_rules_span_them() -> None:
    data = set_pages(
        "#table(columns: 4, stroke: none, column-gutter: 1.5em, align: (left, right, right, right),"
        "[], table.cell(colspan: 2, align: center)[Cases], [Seized], [Province], [2022], [2023], [kg],"
        "[Yunnan], [1,430], [1,556], [6,500.5], [Guangxi], [290], [312], [402])"
    )
    document = pdf_document(data)
    cells = {document.text[cell.start : cell.end]: cell for cell in document.tables[0].cells}

    assert grid_of(document)[-2:] == [
        ["Yunnan", "1,430", "1,556", "6,500.5"],
        ["Guangxi", "290", "312", "402"],
    ]
    assert (cells["Cases"].column, cells["Cases"].colspan, cells["2023"].column) == (1, 2, 2)
    assert all(cells[words].header for words in ("Cases", "Seized", "2022", "kg"))


def test_lines_stretched_to_their_width_are_no_table() -> None:
    words = "Extraordinarily comprehensive counter-narcotics investigations notwithstanding administrative "
    paragraph = (words * 3).strip() + " requirements, 41 suspects were arrested."
    data = set_pages(
        f"#set page(width: 62mm)\n#set par(justify: true)\n#set text(hyphenate: false)\n{paragraph}"
    )
    document = pdf_document(data)

    assert document.tables == ()
    assert document.text == paragraph


def test_a_table_goes_on_over_a_page_with_its_columns() -> None:
    rows = ", ".join(f"[Province {number}], [{number * 7}]" for number in range(40))
    document = pdf_document(
        set_pages(f"#set page(width: 10cm, height: 12cm)\n#table(columns: 2, [Where], [Cases], {rows})")
    )

    assert len(document.tables) == 1
    assert grid_of(document)[40] == ["Province 39", "273"]


def test_a_table_without_rules_is_read_by_its_gaps() -> None:
    document = pdf_document(
        set_pages(
            "#table(columns: 3, stroke: none, column-gutter: 2em, [Province], [2022], [2023], [Yunnan], [1,430], "
            "[1,556], [Guangxi], [290], [312])"
        )
    )

    assert grid_of(document) == [
        ["Province", "2022", "2023"],
        ["Yunnan", "1,430", "1,556"],
        ["Guangxi", "290", "312"],
    ]


def test_headings_items_and_the_title_are_told() -> None:
    document = pdf_document(
        set_pages(
            "#set document(title: [x])\n#text(20pt)[*Drug cases in July*]\n\n#text(13pt)[*By province*]\n\n"
            "In all, 41 cases were solved.\n\n- Yunnan: 12 cases.\n- Guangxi: 29 cases.\n"
        )
    )

    assert document.title == "Drug cases in July"
    assert lines_of(document, "heading") == ["By province"]
    assert lines_of(document, "bullet") == ["• Yunnan: 12 cases.", "• Guangxi: 29 cases."]


def test_the_lines_under_the_title_tell_day_and_publisher() -> None:
    document = pdf_document(
        set_pages(
            "#text(18pt)[*禁毒工作通报*]\n\n发布时间：2022-08-05 来源：公安部\n\n全国公安机关破获案件2589起。",
            "zh",
        )
    )

    assert str(document.published) == "2022-08-05"
    assert (document.published_from, document.publisher) == ("text", "公安部")


def test_the_number_of_a_heading_is_no_part_of_it() -> None:
    document = pdf_document(
        set_pages(
            "#text(14pt)[3#h(1em)Users]\n\nOf these, 41 were registered.\n\n#text(14pt)[41 users]\n\nMore."
        )
    )

    assert "3 Users" in document.text
    assert lines_of(document, "heading", "title") == ["Users", "41 users"]


def test_the_same_bytes_give_the_same_document() -> None:
    data = set_paragraphs(campaign("zh", 8), "zh", 2)

    assert pdf_document(data) == pdf_document(data)


def test_a_page_without_text_is_a_scan() -> None:
    with pytest.raises(NoTextLayer, match="ocrmypdf"):
        pdf_document(set_pages("#rect(width: 5cm, height: 5cm, fill: black)"))


def test_a_pdf_that_is_cut_off_or_none_is_refused() -> None:
    data = set_pages("12 cases")

    for broken in (data[: len(data) // 3], b"%PDF-1.7\n", b"%PDF-1.7\n" + bytes(range(256)) * 40):
        with pytest.raises(PdfBroken):
            pdf_document(broken)


def test_a_broken_table_of_references_is_repaired() -> None:
    data = set_pages("Police solved 41 cases.")
    at = data.rindex(b"startxref")

    assert pdf_document(data[:at] + b"startxref\n7\n%%EOF").text == "Police solved 41 cases."


def test_an_encrypted_pdf_says_what_to_do() -> None:
    with pytest.raises(PasswordNeeded, match="qpdf"):
        pdf_document(encrypted(set_pages("12 cases")))


def encrypted(data: bytes) -> bytes:
    """A PDF whose trailer asks for a key that nobody gives."""
    lock = b"<</Filter/Standard/V 2/R 3/Length 128/P -44/O<%s>/U<%s>>>" % (b"41" * 32, b"42" * 32)
    at = data.rindex(b"startxref")
    root = data[data.rindex(b"/Root ") :].split()[1]
    update = b"trailer\n<</Root %s 0 R/Size 99/Encrypt %s/ID[<00><00>]>>\nstartxref\n%d\n%%%%EOF"
    return data[:at] + update % (root, lock, at)


BROWSER, OFFICE = shutil.which("chromium"), shutil.which("soffice")
PRINTED = """<!DOCTYPE html><html lang="{lang}"><meta charset="utf-8"><style>
div {{ columns: 2; text-align: justify }} table {{ border-collapse: collapse }} td {{ border: 1px solid }}
</style><h1>41 kg</h1><div>{body}</div><table><tr><td>A<td>1,017<tr><td>B<td>2,018</table></html>"""


def write_page(folder: Path, lang: str) -> tuple[Path, list[str]]:
    paragraphs = campaign(lang, 4)
    page = folder / "page.html"
    body = "".join(f"<p>{paragraph}" for paragraph in paragraphs)
    page.write_text(PRINTED.format(lang=lang, body=body), encoding="utf-8")
    return page, paragraphs


@pytest.mark.skipif(not BROWSER, reason="no chromium here to print with")
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_a_browser_prints_is_read(tmp_path: Path, lang: str) -> None:
    page, paragraphs = write_page(tmp_path, lang)
    made = tmp_path / "made.pdf"
    flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    subprocess.run([str(BROWSER), *flags, f"--print-to-pdf={made}", str(page)], check=True, timeout=LONG,
                   capture_output=True)  # fmt: skip
    document, eye = pdf_document(made.read_bytes()), Eye(made.read_bytes())

    assert list(texts_of(document, "paragraph")) == paragraphs
    assert grid_of(document) == [["A", "1,017"], ["B", "2,018"]]
    for span in figures_of(document):
        assert seen(document, eye, span) == document.text[slice(*span)]


@pytest.mark.skipif(not OFFICE, reason="no LibreOffice here to print with")
def test_what_an_office_program_prints_is_read(tmp_path: Path) -> None:
    page, paragraphs = write_page(tmp_path, "en")
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    subprocess.run(
        [str(OFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(page)],
        check=True, timeout=LONG, capture_output=True,
    )  # fmt: skip
    data = (tmp_path / "page.pdf").read_bytes()
    document, eye = pdf_document(data), Eye(data)

    assert list(texts_of(document, "paragraph"))[: len(paragraphs)] == paragraphs
    for span in figures_of(document):
        assert seen(document, eye, span) == document.text[slice(*span)]
