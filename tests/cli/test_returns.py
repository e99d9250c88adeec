"""The commands `campaign` and `returns`: forms out, returns in, and what is told about them."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.returns.samples import border, cluster, nil, results

from tallyroom.cli import main

ROUND = ("hundred-days-2022", "2022-07")
IN_TIME = ("--received", "2022-08-01")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command with a record of its own; returns status, stdout and stderr."""
    monkeypatch.setenv("TALLYROOM_LEDGER", str(tmp_path / "record.db"))
    monkeypatch.setenv("TALLYROOM_AUTHOR", "cn-mps-ncb")

    def command(*arguments: str | Path) -> tuple[int, str, str]:
        status = main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return status, out, err

    return command


@pytest.fixture
def files(tmp_path: Path) -> Callable[..., Path]:
    def write(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def test_campaigns_are_listed_and_shown_in_both_languages(run: Run) -> None:
    status, out, _ = run("campaign", "list")
    assert (status, "hundred-days-2022" in out) == (0, True)

    _, both, _ = run("campaign", "show", "hundred-days-2022")
    _, english, _ = run("campaign", "show", "hundred-days-2022", "--lang", "en")
    assert "缴获境外输入毒品 Imported drugs seized" in both
    assert "Imported drugs seized" in english
    assert "缴获" not in english


def test_the_check_of_campaigns_finds_no_mistake_in_those_that_ship(run: Run) -> None:
    assert run("campaign", "check") == (0, "", "no mistake\n")


def test_an_unknown_campaign_is_told_with_the_nearest_one(run: Run) -> None:
    status, _, err = run("campaign", "show", "hundred-day-2022")

    assert status == 1
    assert "[CB118]" in err
    assert "hundred-days-2022" in err


def test_a_form_that_is_filled_in_is_taken(run: Run, tmp_path: Path) -> None:
    status, _, err = run(
        "returns", "template", *ROUND, "--form", "border", "--format", "csv", "-o", tmp_path / "forms"
    )
    assert (status, err.split()[0]) == (0, "2")

    form = tmp_path / "forms/hundred-days-2022_border_CN-YN_2022-07.csv"
    rows = list(csv.DictReader(form.open(encoding="utf-8-sig")))
    rows[0]["value"] = "780.25"
    with form.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, rows[0])
        writer.writeheader()
        writer.writerows(rows)

    status, out, err = run("returns", "submit", ROUND[0], form, *IN_TIME)
    assert (status, out) == (0, "")
    assert "border of CN-YN for 2022-07: 1 figures, entry 2" in err


def test_a_workbook_is_written_for_each_unit_that_files(run: Run, tmp_path: Path) -> None:
    status, _, _ = run("returns", "template", *ROUND, "--unit", "江苏", "-o", tmp_path)

    assert status == 0
    assert sorted(path.name for path in tmp_path.glob("*.xlsx")) == [
        "hundred-days-2022_cluster_CN-JS_2022-07.xlsx",
        "hundred-days-2022_results_CN-JS_2022-07.xlsx",
    ]


def test_the_report_names_row_and_cell_and_nothing_is_stored(
    run: Run, files: Callable[..., Path], tmp_path: Path
) -> None:
    path = files("odd.csv", results(gangs="-1", labs="some"))

    status, out, err = run("returns", "submit", ROUND[0], path, *IN_TIME)
    figures = run("figures")

    assert status == 1
    assert "row 6, D6" in out
    assert "[RT119]" in out
    assert "[RT118]" in out
    assert "nothing was stored" in err
    assert "no figure stands" in figures[1]


def test_the_report_may_be_json_lines(run: Run, files: Callable[..., Path]) -> None:
    path = files("odd.csv", results(gangs="-1"))

    _, out, _ = run("returns", "submit", ROUND[0], path, *IN_TIME, "--dry-run", "--format", "jsonl")

    (line,) = map(json.loads, out.splitlines())
    assert (line["code"], line["row"], line["cell"], line["force"]) == ("RT119", 6, "D6", "hard")


def test_one_bad_return_does_not_stop_the_others(run: Run, files: Callable[..., Path]) -> None:
    good, bad = files("good.csv", border("CN-YN", "700")), files("bad.csv", b"")

    status, out, err = run("returns", "submit", ROUND[0], bad, good, "missing.csv", *IN_TIME)

    assert status == 1
    assert "[RT101]" in out
    assert "[RT135]" in out
    assert "CN-YN for 2022-07: 1 figures, entry" in err


def test_status_and_totals_tell_who_is_in_and_what_it_adds_up_to(
    run: Run, files: Callable[..., Path]
) -> None:
    run(
        "returns",
        "submit",
        ROUND[0],
        files("a.csv", border("CN-YN", "700.5", "80")),
        files("b.csv", nil("CN-GX")),
        *IN_TIME,
    )
    accepted = run("returns", "accept", ROUND[0], "border", "2022-07", "云南")
    back = run(
        "returns", "send-back", ROUND[0], "border", "2022-07", "CN-GX", "--query", "D2=really nothing?"
    )

    _, matrix, _ = run("returns", "status", *ROUND, "--on", "2022-08-02", "--lang", "zh")
    _, table, _ = run("returns", "totals", *ROUND, "--lang", "en")
    _, lines, _ = run("returns", "totals", *ROUND, "--format", "jsonl")
    _, rows, _ = run("returns", "totals", *ROUND, "--format", "csv")

    assert (accepted[0], back[0]) == (0, 0)
    assert next(line for line in matrix.splitlines() if line.startswith("云南")).split() == ["云南", "-", "✓"]
    assert next(line for line in matrix.splitlines() if line.startswith("广西")).split() == [
        "广西",
        "-",
        "↩0",
    ]
    assert "报送率" in matrix
    assert next(line for line in table.splitlines() if line.startswith("Imported")).split()[3:5] == [
        "780.5",
        "kg",
    ]
    imported = next(one for one in map(json.loads, lines.splitlines()) if one["line"] == "drugs_imported")
    assert (imported["value"], imported["area"], imported["status"]) == ("780.5", ["CN-YN", "CN-GX"], "p")
    assert imported["coverage"] == {"reported": 1, "expected": 2, "missing": ["CN-GX"]}
    assert len(imported["parts"]) == 2
    assert len(list(csv.DictReader(rows.splitlines()))) == 19


def test_a_figure_of_a_return_is_traced_to_its_cell(run: Run, files: Callable[..., Path]) -> None:
    run("returns", "submit", ROUND[0], files("c.csv", cluster("CN-JS", {"cluster-1-1": 127})), *IN_TIME)

    _, figures, _ = run("figures", "value=127", "--format", "jsonl")
    entry = json.loads(figures)["entry"]
    status, trace, _ = run("trace", str(entry))
    verified = run("verify")

    assert status == 0
    assert "127" in trace
    assert verified[0] == 0


def test_decisions_need_an_author(
    run: Run, files: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    run("returns", "submit", ROUND[0], files("a.csv", border("CN-YN", "700")), *IN_TIME)
    monkeypatch.delenv("TALLYROOM_AUTHOR")

    assert "[CL141]" in run("returns", "accept", ROUND[0], "border", "2022-07", "CN-YN")[2]


def test_a_published_table_is_loaded_and_added_up(run: Run, files: Callable[..., Path]) -> None:
    rows = "Region,country,ISO Code,Drug Group,Drug,Year,KG Equivalent\n"
    rows += "Asia,Thailand,THA,Opioids,Heroin,1999,1.5\nAsia,Thailand,THA,Opioids,Heroin,1999,2E-01\n"
    path = files("mine.csv", (rows + "Asia,Thailand,THA,Opioids,Heroin,2000,NULL\n").encode())

    status, _, err = run("returns", "load", "unodc-drug-seizures", path)
    _, again, said = run("returns", "load", "unodc-drug-seizures", path)
    _, table, _ = run(
        "returns", "totals", "unodc-drug-seizures", "mine", "--by", "year", "--where", "country=Thailand"
    )
    wrong = run("returns", "load", "cbp-drug-seizures", path)

    assert (status, again) == (0, "")
    assert "3 rows, 2 figures, 1 not stated, entry 1" in err
    assert "is there already, entry 1" in said
    assert table.splitlines()[1].split() == ["1999", "quantity", "1.7", "kg", "2"]
    assert (wrong[0], "[RT112]" in wrong[1]) == (1, True)


@pytest.mark.parametrize(
    "arguments",
    [("template", "hundred-days-2022", "2022-08"), ("template", "hundred-days-2022", "2022-07", "--unit", "nowhere"),
     ("template", "hundred-days-2022", "2022-07", "--form", "border", "--unit", "CN-BJ"),
     ("accept", "hundred-days-2022", "border", "2022-07", "CN-YN"), ("status", "hundred-days-2022", "2022-08"),
     ("totals", "cbp-drug-seizures", "none", "--by", "year"), ("load", "no-mapping", "x.csv")],
)  # fmt: skip
def test_what_is_not_there_is_an_error_with_a_code(
    run: Run, files: Callable[..., Path], arguments: tuple[str, ...]
) -> None:
    run("returns", "submit", ROUND[0], files("n.csv", nil("CN-GX")), *IN_TIME)

    status, out, err = run("returns", *arguments)

    assert (status, out) == (1, "")
    assert "docs/errors/" in err
