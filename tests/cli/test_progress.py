"""The sign of progress: for who waits at a terminal, and for nobody else."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from tallyroom.cli import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_nothing_is_shown_where_stderr_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", -1)
    stderr = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stderr)

    assert list(progress.watched([1, 2, 3], lambda: 3, None)) == [1, 2, 3]
    assert stderr.getvalue() == ""


def test_a_bar_is_shown_to_who_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", -1)
    monkeypatch.setattr(progress, "_OFTEN", -1)
    stderr = Terminal()
    monkeypatch.setattr(sys, "stderr", stderr)
    monkeypatch.setenv("TERM", "xterm")

    assert list(progress.watched([1, 2, 3], lambda: 3, Path("out.csv"))) == [1, 2, 3]
    assert "3/3" in stderr.getvalue()


def test_no_bar_disturbs_results_on_the_same_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", -1)
    stderr = Terminal()
    monkeypatch.setattr(sys, "stderr", stderr)
    monkeypatch.setattr(sys, "stdout", Terminal())

    assert list(progress.watched([1], lambda: 1, None)) == [1]
    assert stderr.getvalue() == ""
