"""`tallyroom evaluate`: the report, the choice of documents, the exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers import an_observation
from tallyroom.cli import main

pytestmark = pytest.mark.usefixtures("plain_reader", "core_alone")


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Two documents of one figure each; the reader misses the area of the second."""
    (tmp_path / "texts").mkdir()
    docs = [{"id": name, "lang": lang} for name, lang in (("a", "en"), ("b", "zh"))]
    rows = [
        an_observation("41", 14, source="a", value=41).row(),
        an_observation("52", 14, source="b", value=52, area=("MM",)).row(),
    ]
    for name, number in (("a", 41), ("b", 52)):
        (tmp_path / f"texts/{name}.txt").write_text(f"Police solved {number} cases.")
    for name, entries in (("docs.jsonl", docs), ("gold.jsonl", rows)):
        (tmp_path / name).write_text("".join(json.dumps(entry) + "\n" for entry in entries))
    return tmp_path


def test_the_report_has_levels_languages_and_errors(gold: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(gold), "--errors", "5"]) == 0

    out = capfd.readouterr().out
    assert "2 documents, 2 rows in gold, 2 rows read" in out
    assert "wrong area: 1" in out
    assert "b:14  '52' cases_solved  area ['MM'], read ['CN']" in out


def test_the_report_is_one_object_for_programs(gold: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(gold), "--json", "--errors", "1"]) == 0

    result = json.loads(capfd.readouterr().out)
    assert result["levels"]["cell"] == {"precision": 0.5, "recall": 0.5, "f1": 0.5, "right": 1}
    assert result["languages"]["en"]["full"]["f1"] == 1.0
    assert result["errors"]["wrong area"][0]["source"] == "b"


@pytest.mark.parametrize(("option", "rows"), [("--only", 1), ("--skip", 1)])
def test_documents_are_chosen_by_a_list(
    gold: Path, tmp_path: Path, option: str, rows: int, capfd: pytest.CaptureFixture[str]
) -> None:
    chosen = tmp_path / "ids.txt"
    chosen.write_text("b\n")

    assert main(["evaluate", str(gold), option, str(chosen)]) == 0
    assert f"1 documents, {rows} rows in gold" in capfd.readouterr().out


def test_a_list_that_is_not_there_is_wrong_usage(gold: Path) -> None:
    assert main(["evaluate", str(gold), "--only", "no-such-list"]) == 2


def test_a_document_without_text_is_told(gold: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (gold / "texts/b.txt").unlink()

    assert main(["evaluate", str(gold)]) == 1
    assert "1 of the documents in docs.jsonl have no text here" in capfd.readouterr().err


def test_a_folder_without_annotations_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(tmp_path)]) == 1
    assert "[CL130]" in capfd.readouterr().err
