"""The files of a release: the same bytes everywhere, every printed number listed, nothing that loads or computes."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from release.facts import an_imprint
from tallyroom.release import Release
from tallyroom.release.annex import annex_heads, annex_rows
from tallyroom.release.edition import Chart, Edition, Grid, Note, all_numbers, text_of
from tallyroom.release.wording import wording_of

ROOT = Path(__file__).parent.parent.parent
NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?")
FORMATS = ("html", "pdf", "docx", "xlsx", "txt")


def numerals(words: Iterable[str]) -> Counter[str]:
    return Counter(found.replace(",", "") for text in words for found in NUMERAL.findall(text))


def visible(page: bytes) -> list[str]:
    """What a page shows before a trace is opened, charts included."""
    text = re.sub(
        r"<(style|script|title)>.*?</\1>|<section class=\"trace\".*?</section>", "", page.decode(), flags=re.S
    )
    text = re.sub(r"<ul class=\"files\">.*?</ul>", "", text, flags=re.S)
    return [re.sub(r"<[^>]*>", " ", text)]


def pdf_pages(data: bytes) -> list[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    return [document[at].get_textpage().get_text_range().replace("\r\n", " ") for at in range(len(document))]


def docx_words(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = archive.read("word/document.xml").decode()
    return ["".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", part)) for part in body.split("</w:p>")]


def xlsx_cells(data: bytes) -> dict[str, list[list[Any]]]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def xlsx_words(data: bytes) -> list[str]:
    """Cells as text; a number as its exact digits."""
    cells = [cell for rows in xlsx_cells(data).values() for row in rows for cell in row if cell is not None]
    return [format(Decimal(repr(cell)), "f") if isinstance(cell, float) else str(cell) for cell in cells]


def words_around(edition: Edition, release: Release, ending: str) -> list[str]:
    """All that an edition says beside its numbers, as often as the format says it."""
    words = [edition.publisher, edition.date] if ending != "txt" else []
    notes = [note.term + text_of(note.runs) for note in edition.notes]
    for block in edition.body:
        if isinstance(block, Grid):
            words += [block.caption, block.stub, *block.heads, *(row.label for row in block.rows)]
        elif isinstance(block, Chart):
            words += [] if ending == "txt" else [block.caption, *(bar.label for bar in block.bars)]
        elif not isinstance(block, Note):
            words += [run for run in block.runs if isinstance(run, str)]
    return [*words, *notes]


def printed_texts(edition: Edition, ending: str) -> list[str]:
    numbers = edition.printed if ending == "txt" else all_numbers(edition)
    return [number.text for number in numbers]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("ending", ["html", "txt", "pdf", "docx"])
def test_no_number_stands_in_a_file_that_is_not_listed(
    files: dict[str, bytes], release: Release, lang: str, ending: str
) -> None:
    edition, data = release.editions[lang], files[f"{release.id}.{lang}.{ending}"]
    wording = wording_of(lang)
    annex = [
        *annex_heads(wording),
        *(cell for row in annex_rows(release, edition, wording) for cell in row.cells),
    ]
    expected = [*words_around(edition, release, ending), *printed_texts(edition, ending)]
    if ending == "html":
        found = visible(data)
    elif ending == "txt":
        found = [data.decode()]
    elif ending == "pdf":
        pages = pdf_pages(data)
        found, count = pages, len(pages)
        foot = [f"{edition.publisher} {edition.date} {at} / {count}" for at in range(1, count + 1)]
        expected = [*expected, *annex, *foot]
    else:
        found = docx_words(data)
        expected = [*expected, *annex]
        charts = [block for block in edition.body if isinstance(block, Chart)]
        for number in (bar.value for chart in charts for bar in chart.bars):
            expected.remove(number.text)  # stands in the picture

    assert numerals(found) == numerals(expected)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_number_of_a_workbook_is_a_printed_one(
    files: dict[str, bytes], release: Release, lang: str
) -> None:
    sheets = xlsx_cells(files[f"{release.id}.{lang}.xlsx"])
    values = Counter(
        Decimal(repr(cell))
        for rows in sheets.values()
        for row in rows
        for cell in row
        if isinstance(cell, int | float)
    )
    edition = release.editions[lang]
    listed = [
        number
        for block in edition.body
        if isinstance(block, Grid | Chart)
        for number in (
            [bar.value for bar in block.bars]
            if isinstance(block, Chart)
            else [run for row in block.rows for cell in row.cells for run in cell]
        )
    ]

    assert values == Counter(
        Decimal(number.digits.replace(",", "")) for number in listed if not isinstance(number, str)
    )


def test_the_list_of_printed_numbers_names_file_place_and_entries(
    files: dict[str, bytes], release: Release
) -> None:
    listed = json.loads(files[f"{release.id}.figures.json"])["printed"]
    by_file = Counter(one["file"] for one in listed)

    for lang, edition in release.editions.items():
        for ending in FORMATS:
            assert by_file[f"{release.id}.{lang}.{ending}"] == len(printed_texts(edition, ending))
    assert by_file[f"{release.id}.csv"] == by_file[f"{release.id}.parquet"] == len(release.facts)
    assert all(one["entries"] for one in listed)
    page = files[f"{release.id}.zh.html"].decode()
    for one in listed:
        if one["file"].endswith(".zh.html") and f'id="{one["place"]}"' not in page:
            assert f">{one['text']}</text>" in page  # in a chart
    assert all(f'id="t{at + 1}"' in page for at in range(len(release.facts)))


def test_values_in_data_files_are_exact(files: dict[str, bytes], release: Release) -> None:
    import polars

    table = polars.read_parquet(io.BytesIO(files[f"{release.id}.parquet"]))

    assert table["value"].to_list() == [fact.observation.value for fact in release.facts]
    assert table["entries"].null_count() == 0
    assert files[f"{release.id}.csv"].decode("utf-8-sig").count("\r\n") == len(release.facts) + 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_workbook_has_no_formula_and_no_blank_cell_in_its_tables(
    files: dict[str, bytes], release: Release, lang: str
) -> None:
    data = files[f"{release.id}.{lang}.xlsx"]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]

    assert not any("<f>" in sheet for sheet in sheets)
    for rows in list(xlsx_cells(data).values())[1:]:
        table = rows[3:]
        wide = max(at for at, cell in enumerate(table[0]) if cell is not None)
        assert all(cell is not None for row in table for cell in row[: wide + 1])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_page_loads_nothing_and_works_without_a_script(
    files: dict[str, bytes], release: Release, lang: str
) -> None:
    page = files[f"{release.id}.{lang}.html"].decode()

    assert not re.findall(r"<(?:img|link|iframe|script src|source|object)\b", page)
    assert "default-src 'none'" in page
    assert set(re.findall(r'https?://[^"\s]+', page)) <= {"http://www.w3.org/2000/svg"}
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert targets <= set(re.findall(r'id="([^"]+)"', page))


def test_a_demonstration_says_so_on_every_page_sheet_and_file(
    files: dict[str, bytes], release: Release
) -> None:
    for lang in release.editions:
        name = f"{release.id}.{lang}"
        assert all("GENERATED DATA" in page for page in pdf_pages(files[f"{name}.pdf"]))
        sheets = xlsx_cells(files[f"{name}.xlsx"])
        assert all("GENERATED DATA" in str(rows[1][0]) for rows in sheets.values())
        with zipfile.ZipFile(io.BytesIO(files[f"{name}.docx"])) as archive:
            heads = [archive.read(one).decode() for one in archive.namelist() if "word/header" in one]
        assert any("GENERATED DATA" in head for head in heads)
        assert "GENERATED DATA" in files[f"{name}.txt"].decode()
        assert "GENERATED DATA" in files[f"{name}.html"].decode()
        assert release.editions["en"].publisher == "Demonstration"
    for name in (f"{release.id}.csv", f"{release.id}.figures.json"):
        assert "GENERATED DATA" in files[name].decode("utf-8-sig")


def test_the_shipped_fonts_have_every_character_that_may_be_printed() -> None:
    program = [sys.executable, str(ROOT / "tools/make_fonts.py"), "--check"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}

    assert subprocess.run(program, env=environment, capture_output=True, text=True, check=False).stderr == ""


def test_a_pdf_embeds_the_shipped_fonts_alone(files: dict[str, bytes], release: Release) -> None:
    import pypdfium2.raw as raw
    from pypdfium2 import PdfDocument

    document = PdfDocument(files[f"{release.id}.zh.pdf"])
    names = set()
    for at in range(len(document)):
        for item in document[at].get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            font = raw.FPDFTextObj_GetFont(item.raw)
            buffer = (raw.c_char * 128)()
            raw.FPDFFont_GetBaseFontName(font, buffer, 128)
            names.add(buffer.value.decode().partition("+")[2] or buffer.value.decode())

    assert names <= {"TallyroomSans-Regular-Identity-H", "TallyroomSans-Bold-Identity-H", "TallyroomSans-Regular",
                     "TallyroomSans-Bold"}  # fmt: skip
    assert names


_ELSEWHERE = """
import hashlib, json, os, sys
sys.path[:0] = [{tests!r}]
from release.conftest import explain
from release.facts import an_imprint, founding_facts, places_facts
from tallyroom.codebook import load_codebook
from tallyroom.release import compose, find_template, load_template
from tallyroom.release.bundle import bundle
codebook = load_codebook()
data, name = find_template("campaign-bulletin")
release = compose(an_imprint(), [*founding_facts(), *places_facts()], load_template(data, name, codebook), codebook)
made = bundle(release, an_imprint().date, codebook, explain)
print(json.dumps({{name: hashlib.sha256(data).hexdigest() for name, data in made.items()}}))
"""


def test_the_same_release_is_the_same_bytes_at_another_place_time_zone_and_locale(
    files: dict[str, bytes], tmp_path: Path
) -> None:
    program = _ELSEWHERE.format(tests=str(ROOT / "tests"))
    environment = {
        **os.environ, "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "7", "HOME": str(tmp_path),
        "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "0", "PYTHONIOENCODING": "utf-8",
    }  # fmt: skip

    result = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    here = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    assert json.loads(result.stdout) == here
    assert an_imprint().demonstration
