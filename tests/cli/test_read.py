"""`tallyroom read`: formats, the account on stderr, exit status, output whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
from pathlib import Path

import polars
import pytest

from tallyroom.cli import main

pytestmark = pytest.mark.usefixtures("plain_reader", "core_alone")


@pytest.fixture
def briefing(tmp_path: Path) -> Path:
    path = tmp_path / "briefing.txt"
    path.write_text("In 2022 police solved 2,589 cases.\nThey told 7 towns.\n")
    return path


def test_jsonl_has_one_object_a_row(briefing: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    status = main(["read", str(briefing), "--format", "jsonl"])

    (line,) = capfdbinary.readouterr().out.splitlines()
    row = json.loads(line)
    assert status == 0
    assert (row["source"], row["start"], row["end"], row["text"]) == ("briefing", 22, 27, "2,589")


def test_the_account_of_numerals_goes_to_stderr(briefing: Path, capfd: pytest.CaptureFixture[str]) -> None:
    main(["read", str(briefing), "--format", "jsonl"])

    expected = "1 document, 1 observation; numerals: 1 bound, 1 set aside, 1 left over\n"
    assert capfd.readouterr().err == expected


def test_leftovers_are_listed_with_their_context(briefing: Path, capfd: pytest.CaptureFixture[str]) -> None:
    main(["read", str(briefing), "--leftovers"])

    err = capfd.readouterr().err
    assert "left over  briefing:45  2,589 cases. They told [7] towns." in err
    assert "set aside by rule: year 1" in err


def test_the_table_is_what_a_person_gets(briefing: Path, capfd: pytest.CaptureFixture[str]) -> None:
    main(["read", str(briefing)])

    out = capfd.readouterr().out
    assert "as written" in out
    assert "\x1b" not in out


def test_columns_of_the_environment_set_the_width(
    briefing: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")

    main(["read", str(briefing)])

    assert max(map(len, capfd.readouterr().out.splitlines())) == 60


@pytest.mark.parametrize("name", ["out.jsonl", "out.csv", "out.parquet", "out.html", "out.txt"])
def test_the_ending_of_the_output_tells_the_format(briefing: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / name

    assert main(["read", str(briefing), "-o", str(path)]) == 0

    data = path.read_bytes()
    if name.endswith("jsonl"):
        assert json.loads(data)["value"] == "2589"
    elif name.endswith("csv"):
        assert next(csv.DictReader(io.StringIO(data.decode(), newline="")))["value"] == "2589"
    elif name.endswith("parquet"):
        assert polars.read_parquet(path)["value"].to_list() == [2589]
    else:
        assert (b"<!DOCTYPE html>" if name.endswith("html") else b"as written") in data


def test_a_failure_is_told_and_the_others_are_done(
    briefing: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    status = main(["read", str(tmp_path / "missing.txt"), str(briefing), "--format", "jsonl"])

    captured = capfd.readouterr()
    assert status == 1
    assert "missing.txt" in captured.err
    assert "[DC102]" in captured.err
    assert "1 source not read" in captured.err
    assert json.loads(captured.out)["source"] == "briefing"


def test_an_unknown_codebook_is_told_before_anything_is_read(
    briefing: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", str(briefing), "--codebook", "narcotic"]) == 1

    captured = capfd.readouterr()
    assert captured.out == ""
    assert "[CB1" in captured.err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["read"],
        ["raed", "x"],
        ["read", "x", "--formt", "csv"],
        ["read", "x", "--format", "cvs"],
        ["read", "x", "--published", "5 August"],
        ["read", "x", "--jobs", "0"],
        ["read", "x", "--jobs", "many"],
        ["--frobnicate"],
        ["evaluate"],
        ["evaluate", "x", "--skip", "a", "--only", "b"],
    ],
)
def test_wrong_usage_has_its_own_exit_status(arguments: list[str]) -> None:
    assert main(arguments) == 2


def test_a_slip_of_the_pen_gets_the_nearest_name(capfd: pytest.CaptureFixture[str]) -> None:
    main(["raed", "x"])
    main(["read", "x", "--formt", "csv"])

    err = capfd.readouterr().err
    assert "did you mean read?" in err
    assert "did you mean --format?" in err


def test_an_output_that_cannot_be_written_is_told(
    briefing: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", str(briefing), "-o", str(tmp_path)]) == 1
    assert main(["read", str(briefing), "-o", str(tmp_path / "no" / "out.csv")]) == 1

    assert capfd.readouterr().err.count("[CL110]") == 2


def test_an_interrupted_run_leaves_the_old_output(
    briefing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("old\n")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tallyroom.show.jsonl.write_jsonl", interrupt)

    assert main(["read", str(briefing), "-o", str(path)]) == 130
    assert path.read_text() == "old\n"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["briefing.txt", "out.jsonl"]


def test_want_of_memory_is_told_and_leaves_the_old_output(
    briefing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("old\n")

    def exhaust(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("tallyroom.show.jsonl.write_jsonl", exhaust)

    assert main(["read", str(briefing), "-o", str(path)]) == 1
    assert path.read_text() == "old\n"
    assert "[CL193]" in capfd.readouterr().err


def test_a_new_output_has_the_usual_rights_and_an_old_one_its_own(briefing: Path, tmp_path: Path) -> None:
    new, old = tmp_path / "new.csv", tmp_path / "old.csv"
    old.write_text("")
    old.chmod(0o640)
    mask = os.umask(0o022)
    try:
        main(["read", str(briefing), "-o", str(new)])
        main(["read", str(briefing), "-o", str(old)])
    finally:
        os.umask(mask)

    assert stat.S_IMODE(new.stat().st_mode) == 0o644
    assert stat.S_IMODE(old.stat().st_mode) == 0o640


def test_an_output_that_is_a_link_stays_one(briefing: Path, tmp_path: Path) -> None:
    target, link = tmp_path / "target.csv", tmp_path / "link.csv"
    target.write_text("")
    link.symlink_to(target)

    main(["read", str(briefing), "-o", str(link)])

    assert link.is_symlink()
    assert "2589" in target.read_text()


def test_an_output_may_be_a_device(briefing: Path) -> None:
    assert main(["read", str(briefing), "-o", "/dev/null"]) == 0


def test_parquet_does_not_go_to_a_terminal(
    briefing: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)

    assert main(["read", str(briefing), "--format", "parquet"]) == 1
    assert "[CL111]" in capfd.readouterr().err


def test_help_and_version_are_answers(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert main(["--help"]) == 0
    assert main(["read", "--help"]) == 0

    out = capfd.readouterr().out
    assert out.startswith("tallyroom 0.")
    assert "read        Read briefings" in out
    assert "--leftovers" in out
