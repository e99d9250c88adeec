"""Documents of one name: all are read, and the user is told that rows do not tell them apart."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import tallyroom
from tallyroom.cli import main

pytestmark = pytest.mark.usefixtures("plain_reader", "core_alone")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two years with documents of their own, and one of the same name."""
    for year, names in {"2023": ("july", "may"), "2024": ("july", "june")}.items():
        (tmp_path / year).mkdir()
        for name in names:
            (tmp_path / year / f"{name}.txt").write_text("41 cases")
    return tmp_path


def test_the_names_are_told_with_their_documents(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    status = main(["read", str(folder), "--format", "jsonl"])

    out, errors = capfd.readouterr()
    assert (status, len(out.splitlines())) == (0, 4), "a notice, and no failure"
    assert errors.count("[CL122]") == 1
    assert f"july: {folder}/2023/july.txt, {folder}/2024/july.txt\n" in errors
    assert "may" not in errors


def test_a_name_with_two_endings_is_told_too(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for ending in (".txt", ".md"):
        (tmp_path / f"july{ending}").write_text("41 cases")

    main(["read", str(tmp_path)])

    assert "[CL122]" in capfd.readouterr().err


def test_a_document_that_is_named_twice_is_one(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    year = folder / "2023"

    assert main(["read", str(year), str(year / "may.txt"), os.path.relpath(year)]) == 0

    assert "CL122" not in capfd.readouterr().err


def test_of_many_names_some_are_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for number in range(5):
        for year in range(2020, 2025):
            (tmp_path / str(year)).mkdir(exist_ok=True)
            (tmp_path / str(year) / f"note-{number}.txt").write_text("41 cases")

    main(["read", str(tmp_path)])

    errors = capfd.readouterr().err
    assert "5 names of several documents each" in errors
    assert f"{tmp_path}/2022/note-0.txt, 2 more; note-1: " in errors
    assert "; 2 more\n" in errors
    assert "note-3" not in errors


def test_python_warns_after_the_last_document(folder: Path) -> None:
    with pytest.warns(UserWarning, match=r"july.*\n(.*\n)*.*CL122"):
        outcomes = list(tallyroom.read_all(folder))

    assert len(outcomes) == 4


def test_a_score_tells_what_it_could_not_keep_apart(tmp_path: Path) -> None:
    corpus = Path(__file__).parent / "corpus"
    shutil.copytree(corpus, tmp_path, dirs_exist_ok=True)
    text = min((tmp_path / "texts").glob("*.txt"))
    (tmp_path / "texts/again").mkdir()
    shutil.copy(text, tmp_path / "texts/again")

    (notice,) = tallyroom.evaluate(tmp_path).unread

    assert "[CL122]" in notice
    assert text.stem in notice
