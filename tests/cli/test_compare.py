"""`tallyroom compare`, in this process."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tallyroom.show.widths import width_of

Run = Callable[..., tuple[int, str, str]]
JULY = (
    'Since the "Hundred Days Action" was launched, Chinese police have cracked 2,589 drug-related crimes across the '
    "country and seized 1.31 tons of various drugs."
)
AUGUST = "夏季治安打击整治“百日行动”开展以来，全国公安机关共破获毒品犯罪案件2589起，缴获毒品1313.2公斤，打掉团伙183个。"


@pytest.fixture
def ledger(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A record of two own briefings about one campaign."""
    path = tmp_path / "ledger"
    monkeypatch.setenv("TALLYROOM_LEDGER", str(path))
    for name, text in (("july", JULY), ("august", AUGUST)):
        source = tmp_path / f"{name}.txt"
        source.write_text(text, "utf-8")
        run("read", source, "--published", "2022-08-05", "--ledger", path, "--format", "jsonl")
    return path


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_table_fits_the_terminal(
    ledger: Path, run: Run, monkeypatch: pytest.MonkeyPatch, width: int, lang: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    status, out, _ = run("compare", "july", "august", "--lang", lang)

    assert status == 0
    assert max(map(width_of, out.splitlines())) <= width
    assert ("agree by rounding (1)" if lang == "en" else "舍入一致 (1)") in out


def test_all_formats_tell_the_same_cells(ledger: Path, run: Run) -> None:
    lines = [
        json.loads(line) for line in run("compare", "july", "august", "--format", "jsonl")[1].splitlines()
    ]
    text = run("compare", "july", "august", "--format", "csv")[1]
    rows = list(csv.DictReader(io.StringIO(text, newline="")))

    assert lines[0]["counts"] == {"differ": 0, "rounding": 1, "exact": 1, "later": 0, "first": 0, "second": 1}
    assert [line["verdict"] for line in lines[1:]] == [row["verdict"] for row in rows]
    assert [line["second"][0]["value"] for line in lines[1:]] == [row["second"] for row in rows]
    assert lines[1]["first"][0]["quote"]["text"] == "2,589"


def test_the_page_draws_each_cell_and_loads_nothing(ledger: Path, run: Run, tmp_path: Path) -> None:
    status, out, err = run("compare", "july", "august", "--output", tmp_path / "page.html", "--lang", "zh")
    page = (tmp_path / "page.html").read_text("utf-8")

    assert (status, out) == (0, "")
    assert "3 cells: 1 agree by rounding, 1 agree exactly, 1 only in B" in err
    assert page.count('<svg class="axis"') == 2
    assert "<mark>1313.2公斤</mark>" in page
    assert '<html lang="zh">' in page
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "").replace("http://www.w3.org/2000/svg", "")


def test_a_name_that_the_record_lacks_is_told_with_its_code(ledger: Path, run: Run) -> None:
    status, _, err = run("compare", "july", "agust")

    assert status == 1
    assert "[AL103]" in err
    assert "did you mean august" in err
