"""The pipeline: sources in, readings out, failures contained."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace

import pytest

from tallyroom.codebook import Codebook, load_codebook
from tallyroom.errors import TallyroomError
from tallyroom.model import Reading
from tallyroom.pipeline.reading import Failure, ReadOptions, Record, read_one, read_records, read_sources

pytestmark = pytest.mark.usefixtures("plain_reader")


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return load_codebook(["core"])


def names(outcomes: Iterable[Reading | Failure]) -> list[str]:
    return [outcome.code if isinstance(outcome, Failure) else outcome.document.id for outcome in outcomes]


def test_readings_come_in_the_order_of_the_sources(tmp_path: Path, codebook: Codebook) -> None:
    for name in ("b.txt", "a.txt", "c.txt"):
        (tmp_path / name).write_text("Police solved 41 cases.")

    assert names(read_sources([tmp_path / "c.txt", tmp_path], codebook)) == ["c", "a", "b", "c"]


def test_a_failure_stands_in_its_place_and_the_others_go_on(tmp_path: Path, codebook: Codebook) -> None:
    (tmp_path / "good.txt").write_text("41 cases")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "hard.txt").write_text("BREAK")
    (tmp_path / "huge.txt").write_text("GREED")
    sources = [tmp_path / f"{name}.txt" for name in ("empty", "missing", "hard", "huge", "good")]

    assert names(read_sources(sources, codebook)) == ["DC101", "DC102", "CL190", "CL193", "good"]


def test_a_defect_is_told_with_the_document_and_the_place_in_the_program(
    tmp_path: Path, codebook: Codebook
) -> None:
    (tmp_path / "hard.txt").write_text("BREAK")

    (failure,) = read_sources([tmp_path], codebook)

    assert isinstance(failure, Failure)
    assert failure.source == str(tmp_path / "hard.txt")
    assert "RuntimeError: the reader met BREAK (helpers.py:" in failure.message


def test_standard_input_is_a_document(codebook: Codebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"41 cases")))

    (reading,) = read_sources(["-"], codebook)

    assert isinstance(reading, Reading)
    assert (reading.document.id, len(reading.observations)) == ("stdin", 1)


def test_only_the_documents_that_are_wanted_are_read(tmp_path: Path, codebook: Codebook) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("41 cases")

    assert names(read_sources([tmp_path], codebook, only={"b"})) == ["b"]


def test_what_is_known_of_the_sources_goes_before_their_own_word(tmp_path: Path, codebook: Codebook) -> None:
    (tmp_path / "a.txt").write_bytes("破获案件41起".encode("gb18030"))
    options = ReadOptions(datetime.date(2020, 1, 2), "gb18030")

    (reading,) = read_sources([tmp_path], codebook, options)

    assert isinstance(reading, Reading)
    assert reading.document.published == datetime.date(2020, 1, 2)
    assert reading.document.encoding_from == "given"


def test_a_text_at_hand_is_read_as_it_is(codebook: Codebook) -> None:
    text = "<p>41 &amp; 42</p>\r\n\ufeffends"
    records = [Record("one", text, datetime.date(2020, 1, 2)), Record("two", "no figures")]

    first, second = read_records(records, codebook)

    assert isinstance(first, Reading)
    assert isinstance(second, Reading)
    assert first.document.text == text
    assert first.document.published == datetime.date(2020, 1, 2)
    assert second.observations == ()


def test_half_a_surrogate_pair_is_a_clear_error(codebook: Codebook) -> None:
    (failure,) = read_records([Record("one", "41\ud800")], codebook)

    assert isinstance(failure, Failure)
    assert failure.code == "CL120"
    assert "U+D800 at 2" in failure.message


def test_one_document_is_read_or_the_error_is_raised(tmp_path: Path, codebook: Codebook) -> None:
    (tmp_path / "a.txt").write_text("41 cases")

    assert len(read_one(tmp_path / "a.txt", codebook).observations) == 1
    with pytest.raises(TallyroomError) as missing:
        read_one(tmp_path / "b.txt", codebook)
    with pytest.raises(TallyroomError) as directory:
        read_one(tmp_path, codebook)
    assert (missing.value.code, directory.value.code) == ("DC102", "CL121")


def test_no_sources_give_no_readings(codebook: Codebook) -> None:
    assert list(read_sources([], codebook)) == []
