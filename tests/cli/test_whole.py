"""The whole program, started as its users start it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import tallyroom

SAMPLES = Path(__file__).parent.parent.parent / "examples/briefings"


def run(*arguments: str | Path, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "tallyroom", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples among so many short documents that several processes get work."""
    folder = tmp_path_factory.mktemp("many")
    shutil.copytree(SAMPLES, folder, dirs_exist_ok=True)
    for number in range(300):
        text = f"Police seized {number} kg of heroin and 破获案件{number}起." if number % 50 else ""
        (folder / f"note-{number:03}.txt").write_text(text, "utf-8")
    return folder


def test_the_same_input_gives_the_same_bytes_everywhere(many: Path) -> None:
    first = run("read", many, "--format", "jsonl")
    others = [
        run("read", many, "--format", "jsonl", "--jobs", "4"),
        run("read", many, "--format", "jsonl", LC_ALL="C", TZ="Asia/Shanghai", PYTHONHASHSEED="1"),
        run("read", many, "--format", "jsonl", "--jobs", "2", TZ="America/Los_Angeles", PYTHONUTF8="0"),
    ]

    assert first.returncode == 1, "the empty notes are failures"
    assert len(first.stdout.splitlines()) > 500
    for other in others:
        assert other.returncode == 1
        assert other.stdout == first.stdout
        assert other.stderr == first.stderr


def test_each_row_reads_back_from_its_document(many: Path) -> None:
    texts = {
        outcome.document.id: outcome.document.text
        for outcome in tallyroom.read_all(many)
        if isinstance(outcome, tallyroom.Reading)
    }

    for line in run("read", many, "--format", "jsonl").stdout.splitlines():
        row = json.loads(line)
        assert texts[row["source"]][row["start"] : row["end"]] == row["text"]


def test_standard_input_is_read() -> None:
    result = run("read", "-", "--format", "jsonl", stdin="全省共破获毒品案件41起。".encode())

    assert result.returncode == 0
    assert json.loads(result.stdout)["source"] == "stdin"


def test_a_reader_that_has_enough_ends_the_program_quietly(many: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tallyroom", "read", str(many), "--format", "jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        errors = process.stderr.read()

    assert process.returncode == 0
    assert b"Traceback" not in errors
    assert b"BrokenPipe" not in errors


def test_a_polite_kill_leaves_nothing_half_written(many: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tallyroom", "read", *[str(many)] * 40, "-o", str(tmp_path / "out.csv")]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        while not list(tmp_path.iterdir()):
            time.sleep(0.01)
        process.terminate()
        _, errors = process.communicate(timeout=60)

    assert process.returncode == 128 + signal.SIGTERM
    assert b"Traceback" not in errors
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupt_ends_the_program_and_all_its_processes(many: Path, tmp_path: Path, jobs: str) -> None:
    output = tmp_path / "out.jsonl"
    sources = [str(many)] * 40
    with subprocess.Popen(
        [sys.executable, "-m", "tallyroom", "read", *sources, "-o", str(output), "--jobs", jobs],
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        while not list(tmp_path.iterdir()):
            time.sleep(0.01)
        time.sleep(1.5)
        os.killpg(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=60)

    assert process.returncode == 130
    assert errors.decode().splitlines()[-1] == "tallyroom: interrupted"
    assert b"Traceback" not in errors
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ProcessLookupError):
        _wait_for_nobody(process.pid)


def _wait_for_nobody(group: int) -> None:
    for _ in range(200):
        os.killpg(group, 0)
        time.sleep(0.05)


@pytest.mark.parametrize("format_name", ["table", "jsonl", "csv", "html"])
def test_every_format_shows_the_samples(format_name: str) -> None:
    result = run("read", SAMPLES, "--format", format_name, COLUMNS="120")

    assert result.returncode == 0, result.stderr.decode()
    assert "318.5公斤" in result.stdout.decode()
    assert b"6 documents" in result.stderr
