"""Files that other programs set: LibreOffice, Chromium and LaTeX, in both languages, one to three columns.

`foreign/make.py` tells how each was made. Each shows one of three bulletins, whose plain text is beside it.
"""

from __future__ import annotations

import functools
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest

from tallyroom.codebook import load_codebook
from tallyroom.documents import open_document
from tallyroom.model import Observation, Reading
from tallyroom.model.spots import boxes_of
from tallyroom.reading import Reader

FOLDER = Path(__file__).parent / "foreign"
FILES = sorted(path.name for path in FOLDER.iterdir() if path.suffix in (".pdf", ".docx"))
PAGES = [name for name in FILES if name.endswith(".pdf")]
FIGURES = {"zh": 44, "en": 34, "zh-Hant": 10}


@functools.cache
def reader() -> Reader:
    return Reader(load_codebook())


@functools.cache
def reading_of(name: str) -> Reading:
    return reader().read(open_document((FOLDER / name).read_bytes(), id=name, name=name))


def plain_of(name: str) -> Reading:
    return reading_of(f"bulletin.{name.split('.')[1]}.txt")


def bare(text: str) -> str:
    return "".join(text.split())


def cell(row: Observation) -> tuple[object, ...]:
    """What a row says at level `cell`, and the characters that say it; lines are broken elsewhere."""
    return (
        bare(row.text), row.indicator, row.statistic, row.value, row.unit, row.area, row.substance, row.period
    )  # fmt: skip


def test_there_are_twelve_of_them_at_least_and_each_program_made_some() -> None:
    assert len(FILES) >= 12
    assert {name.split("-")[0] for name in FILES} == {"libreoffice", "chromium", "latex"}
    assert {columns for name in FILES for columns in ("one", "two", "three") if f"-{columns}-" in name} == {
        "one", "two", "three",
    }  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_file_says_what_its_plain_text_says(name: str) -> None:
    plain, read = plain_of(name), reading_of(name)

    assert len(plain.observations) == FIGURES[plain.document.lang]
    assert Counter(map(cell, read.observations)) == Counter(map(cell, plain.observations))


@pytest.mark.parametrize("name", FILES)
def test_spans_of_a_file_are_exact(name: str) -> None:
    reading = reading_of(name)

    assert all(reading.document.text[row.start : row.end] == row.text for row in reading.observations)
    assert len(reading.observations) >= FIGURES[reading.document.lang] * 3 // 4


@pytest.mark.parametrize("name", PAGES)
def test_boxes_of_a_page_hold_the_characters_of_each_figure(name: str) -> None:
    """Each box is read back through pdfium alone."""
    reading = reading_of(name)
    pdf = pypdfium2.PdfDocument(FOLDER / name)
    texts = {number: page.get_textpage() for number, page in enumerate(pdf, 1)}
    heights = {number: page.get_height() for number, page in enumerate(pdf, 1)}
    for row in reading.observations:
        boxes = boxes_of(reading.document, row.start, row.end)
        found = "".join(
            texts[page].get_text_bounded(
                left / 100 - 0.5,
                heights[page] - bottom / 100 - 0.5,
                right / 100 + 0.5,
                heights[page] - top / 100 + 0.5,
            )
            for page, (left, top, right, bottom) in boxes
        )
        assert bare(row.text) in bare(found)
        assert len(bare(found)) <= len(bare(row.text)) + 4


@pytest.mark.parametrize("name", FILES)
def test_paragraphs_of_a_file_are_those_of_its_plain_text(name: str) -> None:
    def paragraphs(reading: Reading) -> list[str]:
        text, blocks = reading.document.text, reading.document.blocks
        return [bare(text[block.start : block.end]) for block in blocks if block.kind == "paragraph"]

    told = [words for words in paragraphs(plain_of(name)) if len(words) > 40]
    assert [words for words in paragraphs(reading_of(name)) if len(words) > 40] == told
