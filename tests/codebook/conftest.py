"""What the tests of the codebook share: folders written for one test, and a cache of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import ROOT

from tallyroom.codebook import Codebook, books, load_codebook

Writer = Callable[..., str]


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test has an empty cache of compiled codebooks."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder


@pytest.fixture
def book(tmp_path: Path) -> Writer:
    """Writes a codebook: `book({"wording/zh/a.yaml": "..."})` returns the path of its folder."""

    def write(files: dict[str, str], name: str = "mine") -> str:
        folder = tmp_path / name
        for path, content in {"codebook.yaml": f'name: {name}\nversion: "1"\n', **files}.items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(content, encoding="utf-8")
        return str(folder)

    return write


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped code lists and units, with two areas and no words: quick to compile."""
    folder = tmp_path_factory.mktemp("small")
    for part in ("codebook.yaml", "lists", "units.yaml"):
        source, place = ROOT / "codebooks/core" / part, folder / "core" / part
        place.parent.mkdir(exist_ok=True)
        shutil.copytree(source, place) if source.is_dir() else shutil.copy(source, place)
    shutil.copytree(ROOT / "codebooks/narcotics/substances", folder / "core/substances")
    names = "label: { en: A, zh: 甲 }, names: {}"
    (folder / "core/areas.yaml").write_text(f"CN: {{ {names} }}\nCN-YN: {{ {names} }}\n", encoding="utf-8")
    return folder


@pytest.fixture
def small(small_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the small folder is shipped."""
    monkeypatch.setattr(books, "shipped_folder", lambda: small_folder)


@pytest.fixture(scope="session")
def shipped() -> Codebook:
    """All shipped codebooks, compiled."""
    return load_codebook()
