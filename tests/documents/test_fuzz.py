"""Every parser on valid files that were changed at random: no crash, no hang, no error but the project's own."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

from documents.fuzzing import TARGETS, check

FUZZ = Path(__file__).parents[2] / "bench" / "fuzz.py"
SECONDS = 20
"""For each parser and engine. The seed is fixed: what a change of the project breaks shows, and luck plays no part."""


@pytest.mark.parametrize("engine", ["hypothesis", "atheris"])
@pytest.mark.parametrize("name", TARGETS)
def test_a_file_that_was_changed_anywhere_is_opened_or_refused(
    name: str, engine: str, tmp_path: Path
) -> None:
    if importlib.util.find_spec(engine) is None:
        pytest.skip(f"{engine} is not installed: there is none for this machine")
    command = [sys.executable, str(FUZZ), name, "--engine", engine, "--seconds", str(SECONDS)]
    done = subprocess.run(
        [*command, "--seed", "1", "--keep", str(tmp_path), "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    ((_, broken, _, beside),) = json.loads(done.stdout)
    assert broken == "0", f"{done.stderr}\nkept in {tmp_path}"
    assert not beside.startswith("0 files")


@pytest.mark.parametrize("name", TARGETS)
def test_what_the_changes_begin_with_is_read(name: str) -> None:
    for seed in TARGETS[name].seeds():
        check(seed, TARGETS[name].name)
