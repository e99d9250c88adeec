"""What tests share."""

from __future__ import annotations

import os
from pathlib import Path

import hypothesis
import pytest

from helpers import PlainReader

# No test is timed: how long an example takes tells about the machine.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of corpora and data outside the project; what needs it is skipped where it is absent."""
    folder = Path(os.environ.get("TALLYROOM_SHARED") or ROOT.parent / "shared")
    if not (folder / "corpus/score.py").is_file():
        pytest.skip(f"no corpus at {folder}: set TALLYROOM_SHARED to the folder that holds it")
    return folder


@pytest.fixture
def plain_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put `PlainReader` in the reader's place, in this process."""
    monkeypatch.setattr("tallyroom.pipeline.reading._reader", lambda codebook: PlainReader())


@pytest.fixture
def core_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let "all shipped codebooks" be the core: tests about doors need no more, and run faster."""
    from tallyroom import codebook

    load = codebook.load_codebook
    monkeypatch.setattr(codebook, "load_codebook", lambda names=(): load(list(names) or ["core"]))
