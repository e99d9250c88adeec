"""`tallyroom check` and `tallyroom bounds`, in this process."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tallyroom.show.widths import width_of

Run = Callable[..., tuple[int, str, str]]
SEPTEMBER = (
    "公安部9月14日召开新闻发布会。公安部禁毒局负责人说，6月25日“百日行动”启动以来，截至目前，全国共破获毒品犯罪案件8657起，"
    "缴获各类毒品5.19吨。"
)
REPRINT = "本报讯 公安部禁毒局昨天公布夏季“百日行动”成绩单。行动打响至今，全国侦破毒品犯罪案件8567起，收缴毒品约5.2吨。"
CELL = ("indicator=cases_solved", "area=CN", "period=2022-06-25/2022-09-14", "operation=hundred-days-2022")


@pytest.fixture
def ledger(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A record of a briefing and a reprint in which two digits are exchanged."""
    path = tmp_path / "ledger"
    monkeypatch.setenv("TALLYROOM_LEDGER", str(path))
    monkeypatch.setenv("TALLYROOM_AUTHOR", "desk 2")
    for name, text, day in (("september", SEPTEMBER, "2022-09-14"), ("reprint", REPRINT, "2022-09-15")):
        source = tmp_path / f"{name}.txt"
        source.write_text(text, "utf-8")
        run("read", source, "--published", day, "--ledger", path, "--format", "jsonl")
    return path


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_slip_is_told_and_fits_the_terminal(
    ledger: Path, run: Run, monkeypatch: pytest.MonkeyPatch, width: int, lang: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    status, out, err = run("check", "--lang", lang)

    assert (status, err) == (0, "")
    assert max(map(width_of, out.splitlines())) <= width
    assert "F101" in out
    assert "【8567起】" in "".join(line.strip() for line in out.splitlines())


def test_a_finding_is_a_failure_only_where_that_is_asked_for(ledger: Path, run: Run) -> None:
    assert run("check")[0] == 0
    assert run("check", "--fail-on", "note")[0] == 1
    assert run("check", "--fail-on", "hard")[0] == 1
    assert run("check", "indicator=quantity_seized", "--fail-on", "hard")[0] == 0


def test_formats_tell_the_same_findings(ledger: Path, run: Run, tmp_path: Path) -> None:
    head, first = map(json.loads, run("check", "--severity", "hard", "--format", "jsonl")[1].splitlines())
    status, out, err = run("check", "-o", tmp_path / "audit.html", "--lang", "zh")
    page = (tmp_path / "audit.html").read_text("utf-8")

    assert (first["code"], head["findings"]) == ("F101", 1)
    assert {figure["value"] for figure in first["figures"]} == {"8657", "8567"}
    assert (status, out) == (0, "")
    assert err.startswith("1 contradiction, ")
    assert page.count('<article class="finding hard"') == 1
    assert "<mark>8567起</mark>" in page


def test_what_is_asked_for_chooses_the_findings(ledger: Path, run: Run) -> None:
    assert "F101" in run("check", "--touched-by", "reprint")[1]
    assert "F101" in run("check", "--since", "1")[1]
    assert "F101" not in run("check", "--since", "2")[1]
    assert "F101" not in run("check", "--as-of", "1")[1]


def test_a_rule_is_switched_off_with_a_reason_that_every_audit_tells(ledger: Path, run: Run) -> None:
    status, out, err = run("check", "--off", "F101=known, the paper has been told", "--severity", "hard")

    assert status == 0
    assert "F101 is off: entry " in err
    assert "F101: known, the paper has been told (desk 2, " in out
    assert "1 not listed" in out
    assert "F101 is off: it was so already" in run("check", "--off", "F101=again")[2]
    assert "1 not listed" not in run("check", "--on", "F101=it was the paper")[1]
    assert "it was the paper" in run("log")[1]


def test_switching_needs_an_author_and_a_known_code(
    ledger: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "[AL104]" in run("check", "--off", "F1O1=a letter")[2]
    monkeypatch.delenv("TALLYROOM_AUTHOR")
    status, _, err = run("check", "--off", "F101=known")
    assert (status, "[CL141]" in err) == (1, True)


def test_what_was_left_out_is_told_with_its_code(
    ledger: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = "the component is larger than its budget"
    monkeypatch.setattr("tallyroom.algebra.algebra.Algebra.unsolved", (left, left))
    status, out, err = run("check", "--lang", "zh")

    assert status == 0
    assert out.count("该部分规模超出预算") == 1
    assert "[AL105]" in err
    assert left in err


def test_a_query_that_matches_nothing_is_told_with_its_code(ledger: Path, run: Run) -> None:
    assert "[AL101]" in run("check", "area=CN-YN")[2]
    assert "[LG111]" in run("check", "indicator=cases_slved")[2]
    assert run("check", "--touched-by", "reprnt")[0] == 1


@pytest.mark.parametrize("width", [60, 80, 120])
def test_bounds_fit_the_terminal_and_name_what_forces_them(
    ledger: Path, run: Run, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    status, out, _ = run(
        "bounds", "indicator=quantity_seized", "substance=drugs", *CELL[1:], "agency=cn-mps-ncb"
    )

    assert status == 0
    assert max(map(width_of, out.splitlines())) <= width
    assert out.startswith("5,185 to 5,195 kg")
    assert "【5.19吨】" in "".join(line.strip() for line in out.splitlines())


def test_bounds_of_a_contradiction_say_what_was_left_out(ledger: Path, run: Run) -> None:
    told = json.loads(run("bounds", *CELL, "agency=cn-mps-ncb", "--format", "jsonl")[1])

    assert "left out" in told["unsolved"]
    assert len(told["published"]) == 2


def test_bounds_of_a_difference(ledger: Path, run: Run, tmp_path: Path) -> None:
    cell = ("indicator=quantity_seized", "substance=drugs", *CELL[1:], "agency=cn-mps-ncb")
    run("bounds", *cell, "--without", "area=CN-YN", "-o", tmp_path / "bounds.html")

    assert "<mark>5.19吨</mark>" in (tmp_path / "bounds.html").read_text("utf-8")


def test_a_question_about_no_cell_is_told_with_what_is_open(ledger: Path, run: Run) -> None:
    status, _, err = run("bounds", "area=CN")

    assert status == 1
    assert "indicator is open" in err
    assert "[AL102]" in err
