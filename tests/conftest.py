"""What tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of corpora and data outside the project; tests that need it are skipped where it is absent."""
    folder = Path(os.environ.get("TALLYROOM_SHARED") or ROOT.parent / "shared")
    if not (folder / "corpus/score.py").is_file():
        pytest.skip(f"no corpus at {folder}: set TALLYROOM_SHARED to the folder that holds it")
    return folder
