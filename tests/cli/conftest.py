"""Commands run in the process of the tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tallyroom.cli import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run a command; returns its status, and what it wrote to both streams."""

    def command(*arguments: str | Path) -> tuple[int, str, str]:
        status = main([str(one) for one in arguments])
        told = capfdbinary.readouterr()
        return status, told.out.decode(), told.err.decode()

    return command
