"""Which figures are of enforcement: other news give none, however alike their words; enforcement keeps its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallyroom.codebook import Codebook, load_codebook
from tallyroom.documents import open_document
from tallyroom.model import Document, Reading
from tallyroom.reading import Reader
from tallyroom.reading.items import Items
from tallyroom.reading.subjects import Subjects, Tally

NEWS = Path(__file__).parent / "general_news"
ENFORCEMENT = 17
"""Figures that `enforcement.txt` states."""


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return load_codebook()


@pytest.fixture(scope="module")
def reader(codebook: Codebook) -> Reader:
    return Reader(codebook)


@pytest.fixture(scope="module")
def subjects(codebook: Codebook) -> Subjects:
    return Subjects(codebook)


def paragraphs(name: str) -> list[str]:
    return (NEWS / f"{name}.txt").read_text("utf-8").strip().split("\n\n")


def a_document(text: str) -> Document:
    return open_document(text.encode(), id="news", about={"published": "2024-05-05"})


def told(reading: Reading) -> list[str]:
    return [f"{row.indicator} {row.text}" for row in reading.observations]


@pytest.mark.parametrize("name", ["english", "chinese"])
def test_a_bulletin_of_general_news_gives_nothing(name: str, reader: Reader) -> None:
    assert told(reader.read(a_document("\n\n".join(paragraphs(name) * 3)))) == []


@pytest.mark.parametrize("paragraph", [*paragraphs("english"), *paragraphs("chinese")])
def test_an_item_of_general_news_gives_nothing_alone(paragraph: str, reader: Reader) -> None:
    assert told(reader.read(a_document(paragraph))) == []


def test_enforcement_amid_general_news_is_read_all_the_same(reader: Reader) -> None:
    news = [*paragraphs("english"), *paragraphs("chinese")]
    for at, paragraph in enumerate(paragraphs("enforcement")):
        news.insert(11 * at + 5, paragraph)

    rows = told(reader.read(a_document("\n\n".join(news))))

    assert len(rows) == ENFORCEMENT, rows


@pytest.mark.parametrize("paragraph", [*paragraphs("enforcement"), *paragraphs("regulators")])
def test_an_item_of_any_kind_of_enforcement_keeps_its_figures(paragraph: str, reader: Reader) -> None:
    reading = reader.read(a_document(paragraph))

    assert len(reading.observations) >= 2
    assert "other subject" not in {numeral.rule for numeral in reading.numerals}


def test_what_is_of_another_subject_is_accounted_for(reader: Reader) -> None:
    reading = reader.read(a_document(paragraphs("chinese")[1]))

    assert {numeral.fate for numeral in reading.numerals} <= {"set aside", "left over"}
    assert "other subject" in {numeral.rule for numeral in reading.numerals}


def test_the_words_of_a_part_are_counted_once_each(subjects: Subjects) -> None:
    text = "警方抓获嫌疑人，抓获同伙；台风过后"

    assert subjects.find(text).tally(0, len(text)) == Tally(enforcement=2, bodies=1, others=1)
    assert subjects.find(text).tally(text.index("；"), len(text)) == Tally(enforcement=0, bodies=0, others=1)


def test_a_bulletin_falls_into_items_at_its_headings() -> None:
    text = "# News\n## Police\nTen were arrested.\n## Storm\nRain fell.\nIt went on."
    items = Items(a_document(text).blocks, bulletin=False)

    storm = items.at(text.index("Rain"))
    assert text[storm.start : storm.lead] == "## Storm"
    assert storm == items.at(text.index("It went"))
    assert storm != items.at(text.index("Ten"))
