"""The whole program, started as its users start it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import tallyroom

LONG = 120
"""Seconds after which a program is taken to hang."""
BESIDE_A_THREAD = """
import sys, threading, time
threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
from tallyroom.cli import main
sys.exit(main())
"""
START = ["one process", "spawned", *(["forked"] if sys.platform == "linux" else [])]
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


@pytest.fixture(params=START)
def reading(request: pytest.FixtureRequest, many: Path, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A program amid its work, in a group of its own, its output begun in `tmp_path`."""
    begin = ["-c", BESIDE_A_THREAD] if request.param == "spawned" else ["-m", "tallyroom"]
    jobs = "1" if request.param == "one process" else "2"
    sources = [str(many)] * 40
    with subprocess.Popen(
        [sys.executable, *begin, "read", *sources, "-o", str(tmp_path / "out.jsonl"), "--jobs", jobs],
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        while not list(tmp_path.iterdir()):
            time.sleep(0.01)
        time.sleep(1.5)
        yield process


def test_an_interrupt_ends_the_program_and_all_its_processes(
    reading: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    os.killpg(reading.pid, signal.SIGINT)
    _, errors = reading.communicate(timeout=LONG)

    assert reading.returncode == 130
    assert errors.decode().splitlines()[-1] == "tallyroom: interrupted"
    assert b"Traceback" not in errors
    assert list(tmp_path.iterdir()) == []
    assert_nobody_stays(reading.pid)


def test_no_process_outlives_a_program_that_is_killed(reading: subprocess.Popen[bytes]) -> None:
    reading.kill()
    _, errors = reading.communicate(timeout=LONG)

    assert b"Traceback" not in errors
    assert_nobody_stays(reading.pid)


def assert_nobody_stays(group: int) -> None:
    with pytest.raises(ProcessLookupError):
        wait_for_nobody(group)


def wait_for_nobody(group: int) -> None:
    for _ in range(200):
        os.killpg(group, 0)
        time.sleep(0.05)


def run_unguarded(folder: Path, script: Path, beside: str = "") -> subprocess.CompletedProcess[bytes]:
    """Run a script that reads in two processes, and does so again whenever it is imported."""
    script.write_text(
        f"import tallyroom, threading, time\n{beside}\n"
        f"print(len(list(tallyroom.read_all({str(folder)!r}, codebook='core', jobs=2))))\n"
    )
    return subprocess.run([sys.executable, script], capture_output=True, check=False, timeout=LONG)


def test_a_script_that_does_not_guard_its_start_is_told_to(many: Path, tmp_path: Path) -> None:
    thread = "threading.Thread(target=time.sleep, args=(9,), daemon=True).start()  # now nothing is forked"

    result = run_unguarded(many, tmp_path / "script.py", thread)

    assert (result.returncode, result.stdout) == (1, b"")
    assert b"if __name__ == '__main__'" in result.stderr
    assert result.stderr.count(b"[CL192]") == 1
    assert result.stderr.count(b"Traceback") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux alone")
def test_a_script_whose_processes_are_forked_needs_no_guard(many: Path, tmp_path: Path) -> None:
    result = run_unguarded(many, tmp_path / "script.py")

    assert (result.stdout.strip(), result.stderr) == (b"306", b"")


@pytest.mark.parametrize("format_name", ["table", "jsonl", "csv", "html"])
def test_every_format_shows_the_samples(format_name: str) -> None:
    result = run("read", SAMPLES, "--format", format_name, COLUMNS="120")

    assert result.returncode == 0, result.stderr.decode()
    assert "318.5公斤" in result.stdout.decode()
    assert b"6 documents" in result.stderr
