"""The Python door: reading, many readings, what a reading offers."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from pathlib import Path

import pytest

import tallyroom
from tallyroom import model

TEXT = "Customs officers seized 12.5 kg of heroin and arrested 41 people. Call 000 for more."


def test_a_text_gives_a_reading_with_its_parts() -> None:
    reading = tallyroom.read(text=TEXT, published="2025-07-14", name="note")

    assert isinstance(reading, tallyroom.Reading)
    assert isinstance(reading, model.Reading)
    assert reading.document.id == "note"
    assert reading.document.published == datetime.date(2025, 7, 14)
    assert [row.value for row in reading.observations] == [Decimal("12.5"), Decimal(41)]
    assert all(reading.document.text[row.start : row.end] == row.text for row in reading.observations)
    assert set(reading.leftovers) <= set(reading.numerals)


def test_a_file_gives_the_same_reading_as_its_text(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text(TEXT)

    assert tallyroom.read(path, published="2025-07-14").observations == (
        tallyroom.read(text=TEXT, published="2025-07-14", name="note").observations
    )


def test_a_reading_becomes_a_frame_lines_and_a_page() -> None:
    reading = tallyroom.read(text=TEXT)

    assert reading.to_polars()["value"].to_list() == [Decimal("12.5"), Decimal(41)]
    assert [json.loads(line)["value"] for line in reading.to_jsonl().splitlines()] == ["12.5", "41"]
    assert reading.to_html().startswith("<!DOCTYPE html>")


def test_a_notebook_shows_the_page_in_a_frame_of_its_own() -> None:
    shown = tallyroom.read(text=TEXT)._repr_html_()

    assert shown.startswith('<iframe srcdoc="&lt;!DOCTYPE html&gt;')
    assert 'sandbox=""' in shown


def test_a_codebook_may_be_named_or_given() -> None:
    book = tallyroom.load_codebook(["narcotics"])

    by_name = tallyroom.read(text=TEXT, codebook="narcotics")
    given = tallyroom.read(text=TEXT, codebook=book)

    assert by_name == given
    assert by_name.observations


def test_either_a_source_or_a_text_is_wanted() -> None:
    with pytest.raises(TypeError, match="either"):
        tallyroom.read()
    with pytest.raises(TypeError, match="either"):
        tallyroom.read("a.txt", text="b")


def test_many_sources_give_readings_and_failures_in_their_order(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)

    outcomes = list(tallyroom.read_all([tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "a.txt"]))

    assert [type(outcome) for outcome in outcomes] == [
        tallyroom.Reading,
        tallyroom.Failure,
        tallyroom.Reading,
    ]


def test_a_script_of_one_line_reads_a_directory(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)

    (reading,) = tallyroom.read_all(tmp_path)

    assert isinstance(reading, tallyroom.Reading)


def test_the_reader_is_scored_on_own_annotations(tmp_path: Path) -> None:
    gold = a_gold(tmp_path)

    evaluation = tallyroom.evaluate(gold)

    assert evaluation.documents == 2
    assert evaluation.levels["figure"].right == 2
    assert evaluation.levels["figure"].gold == 3
    assert [difference.kind for difference in evaluation.differences][-1] == "missed"
    assert len(evaluation.unread) == 1, "document b has no text"
    assert tallyroom.evaluate(gold, only=["a"]).unread == ()


def a_gold(folder: Path) -> Path:
    """Annotations of two documents, one of which has no text."""
    docs = [{"id": "a", "lang": "en", "published": "2025-07-14"}, {"id": "b", "lang": "zh"}]
    rows = [row.row() for row in tallyroom.read(text=TEXT, published="2025-07-14", name="a").observations]
    rows.append({**rows[0], "source": "b"})
    (folder / "texts").mkdir()
    (folder / "texts/a.txt").write_text(TEXT)
    for name, entries in (("docs.jsonl", docs), ("gold.jsonl", rows)):
        (folder / name).write_text("".join(json.dumps(entry) + "\n" for entry in entries))
    return folder
