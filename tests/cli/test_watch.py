"""`tallyroom read --watch`: a single look, an end by Ctrl-C, and a program that is killed again and again."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tallyroom.cli import main
from tallyroom.ledger import open_ledger

BRIEFINGS = 60
PROGRAM = [sys.executable, "-m", "tallyroom", "read", "--codebook", "core", "--settle", "0.05", "--watch"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "desk").mkdir()
    return tmp_path / "desk"


def documents_in(record: Path) -> list[str]:
    with open_ledger(record) as ledger:
        assert list(ledger.verify()) == []
        return sorted(entry.body["id"] for entry in ledger.entries("document"))


@pytest.mark.usefixtures("plain_reader", "core_alone")
def test_a_single_look_reads_what_is_there_and_ends(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    record = tmp_path / "record"
    (folder / "a.txt").write_text("police solved 41 cases")
    (folder / "b.txt").write_text(" ")
    command = ["read", "--watch", str(folder), "--ledger", str(record), "--once", "--settle", "0.01"]

    first = main([*command, "--format", "jsonl"])
    told = capfd.readouterr()
    again = main(command)

    assert (first, again) == (1, 0)
    assert json.loads(told.out)["text"] == "41"
    assert "[DC101]" in told.err
    assert "DC101" not in capfd.readouterr().err
    assert documents_in(record) == ["a"]


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["--once", "x.txt"], ["--ignore", "x", "x.txt"], ["--watch", ".", "x.txt"],
        ["--watch", ".", "--format", "table"], ["--watch", ".", "--output", "x.jsonl"], ["--settle", "0", "x"],
    ],
)  # fmt: skip
def test_options_that_do_not_go_together_are_told(
    arguments: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", *arguments]) == 2
    assert "[CL100]" in capfd.readouterr().err


def test_watching_needs_a_record(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "--watch", str(folder), "--once"]) == 1
    assert "[CL140]" in capfd.readouterr().err


def test_ctrl_c_ends_it_and_a_pipe_sees_no_progress(folder: Path, tmp_path: Path) -> None:
    record = tmp_path / "record"
    (folder / "a.txt").write_text("Police solved 41 drug cases.")
    with subprocess.Popen(
        [*PROGRAM, str(folder), "--ledger", str(record)], stderr=subprocess.PIPE, text=True
    ) as program:
        wait_for(record)
        (folder / "b.txt").write_text("Police solved 52 theft cases.")
        wait_for(record, least=2)
        program.send_signal(signal.SIGINT)
        _, err = program.communicate(timeout=60)

    assert program.returncode == 0
    assert len(err.splitlines()) == 1
    assert "recorded: 2 new" in err
    assert documents_in(record) == ["a", "b"]


def test_who_is_killed_again_and_again_reads_all_and_nothing_twice(folder: Path, tmp_path: Path) -> None:
    """Documents come while it runs; it is killed at moments that no one chose."""
    dice, record = random.Random(5), tmp_path / "record"
    command = [*PROGRAM, str(folder), "--ledger", str(record)]
    for batch in range(4):
        for number in range(batch * BRIEFINGS // 4, (batch + 1) * BRIEFINGS // 4):
            (folder / f"day-{number:02}.txt").write_text(
                f"On day {number} police solved {number + 100} drug cases."
            )
        program = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        time.sleep(0.5 + dice.random())
        program.kill()
        program.wait()
    subprocess.run([*command, "--once"], check=True, stderr=subprocess.DEVNULL)

    assert documents_in(record) == [f"day-{number:02}" for number in range(BRIEFINGS)]


def wait_for(record: Path, least: int = 1) -> None:
    """Wait until the record has so many documents; whoever started the program ends it."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if record.exists() and os.path.getsize(record):
            with open_ledger(record) as ledger:
                if sum(1 for _ in ledger.entries("document")) >= least:
                    return
        time.sleep(0.1)
    raise AssertionError("nothing was recorded in a minute")
