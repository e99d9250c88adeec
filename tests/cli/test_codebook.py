"""`tallyroom codebook`: what the reader knows, and what is wrong with a folder of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallyroom.cli import main


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    """A codebook with one wording, which has one example."""
    folder = tmp_path / "mine"
    (folder / "wording/en").mkdir(parents=True)
    (folder / "codebook.yaml").write_text(
        "name: mine\nversion: 1.0.0\ntitle: { en: Mine, zh: 我的 }\n"
        "languages: [en]\nlicence: CC0-1.0\nrequires: [core]\n"
    )
    return folder


def add_wording(folder: Path, example: str) -> None:
    (folder / "wording/en/verbs.yaml").write_text(
        f"- words: [took off the street]\n  action: seize\n  reads: [{example!r}]\n"
    )


def test_kinds_and_codes_are_listed(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["codebook", "list"]) == 0
    assert main(["codebook", "list", "offences", "--codebook", "core"]) == 0

    out = capfd.readouterr().out
    assert "indicators" in out
    assert "telecom_fraud" in out


def test_a_code_is_explained_in_both_languages(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "70")

    assert main(["codebook", "explain", "heroin"]) == 0

    lines = capfd.readouterr().out.splitlines()
    assert lines[0] == "heroin  (substances)"
    assert any("海洛因" in line for line in lines)
    assert max(map(len, lines)) <= 70


def test_a_word_is_explained_too(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["codebook", "explain", "缴获"]) == 0
    assert "seize" in capfd.readouterr().out


def test_an_unknown_code_gets_the_nearest_one(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["codebook", "explain", "herion"]) == 1
    assert "did you mean 'heroin'?" in capfd.readouterr().err


def test_a_mistake_is_told_with_file_and_line(overlay: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (overlay / "wording/en/verbs.yaml").write_text("- words: [took off the street]\n  action: sieze\n")

    assert main(["codebook", "check", str(overlay), "--no-examples"]) == 1

    captured = capfd.readouterr()
    assert "verbs.yaml:2:" in captured.out
    assert "did you mean 'seize'?" in captured.out
    assert "1 mistakes" in captured.err


def test_examples_are_run(overlay: Path, capfd: pytest.CaptureFixture[str]) -> None:
    add_wording(overlay, "Officers took off the street 12 kg of heroin.")
    main(["codebook", "check", str(overlay)])
    good = capfd.readouterr()
    add_wording(overlay, "Officers took off the street nothing.")
    status = main(["codebook", "check", str(overlay)])
    bad = capfd.readouterr()

    assert "mine/wording" not in good.out
    assert "examples run" in good.err
    assert "mine/wording/en/verbs.yaml:3: this example is not read. [CB104]" in bad.out
    assert status == 1
