"""The demonstration: it runs by itself, tells its story, and what it publishes reads back."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tallyroom.ledger import open_ledger
from tallyroom.pipeline.releasing import verify_release

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """The folder that the demonstration filled, twice over, and what it said the second time."""
    folder = tmp_path_factory.mktemp("demo")
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "TALLYROOM_SHARED": "/nowhere"}
    command = [sys.executable, str(ROOT / "tools/demo.py"), str(folder)]
    for _ in range(2):
        said = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    return folder, said


@pytest.mark.xdist_group("demo")
def test_the_demonstration_tells_the_seventeen_figures(
    demo: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    _, said = demo

    assert said.returncode == 0, said.stderr
    first = said.stdout.partition("3. Six weeks on")[0]
    for figure in (
        "2,589", "3,341", "1,310", "183", "8", "1,013", "1,080", "167", "5", "72,100", "1,800", "170,000",
        "18,700", "5,942", "6,488", "4,461", "3,647",
    ):  # fmt: skip
        assert f" {figure} " in first, figure


@pytest.mark.xdist_group("demo")
def test_its_editions_read_back_and_its_revision_marks_what_moved(
    demo: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    _, said = demo

    assert said.stdout.count("all that were printed, the same in each") == 3
    assert "marked as revised: 6 figures" in said.stdout
    assert "(was 2,589)" in said.stdout


@pytest.mark.xdist_group("demo")
def test_every_file_of_the_demonstration_says_what_it_is(
    demo: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    folder, said = demo
    named = [Path(line.strip()) for line in said.stdout.splitlines() if line.strip().startswith(str(folder))]

    assert all(path.exists() for path in named)
    for path in folder.rglob("bulletins/*/*.txt"):
        text = path.read_text("utf-8")
        assert "演示数据" in text or "GENERATED DATA" in text, path.name
    assert len(list(folder.rglob("returns/*/*"))) == 89
    assert len(list(folder.rglob("bulletins/*/*.pdf"))) == 6


@pytest.mark.xdist_group("demo")
def test_the_audit_finds_the_slip_proves_it_and_bounds_what_nobody_published(
    demo: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    folder, said = demo
    audit = said.stdout.partition("6. What cannot be true")[2]

    assert audit.count("F101") == 1
    assert "8,567 for 8,657: two digits exchanged" in audit
    assert "added up: 0 ≥ 90, which cannot be" in audit
    assert "8,048 to 9,000 case" in audit
    for lang in ("en", "zh"):
        assert "<mark>8,567</mark>" in (folder / f"audit.{lang}.html").read_text("utf-8")


@pytest.mark.xdist_group("demo")
def test_the_releases_of_the_demonstration_verify(
    demo: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    folder, _ = demo

    with open_ledger(folder / "record.db", create=False) as ledger:
        found = [list(verify_release(path, ledger)) for path in sorted((folder / "bulletins").iterdir())]

    assert found == [[], [], []]
