"""The commands of the record, in this process: what they print, what they store, how they end."""

from __future__ import annotations

import csv
import getpass
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import polars
import pytest

from tallyroom.show.widths import width_of

SAMPLES = Path(__file__).parent.parent.parent / "examples/briefings"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ledger(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A record of the sample briefings, named by the environment."""
    path = tmp_path / "ledger"
    monkeypatch.setenv("TALLYROOM_LEDGER", str(path))
    monkeypatch.setenv("TALLYROOM_AUTHOR", "desk 2")
    run("read", SAMPLES, "--ledger", path, "--format", "jsonl")
    return path


def test_reading_into_a_record_prints_the_same_and_tells_what_was_kept(tmp_path: Path, run: Run) -> None:
    plain = run("read", SAMPLES, "--format", "jsonl")
    first = run("read", SAMPLES, "--format", "jsonl", "--ledger", tmp_path / "ledger")
    again = run("read", SAMPLES, "--format", "jsonl", "--ledger", tmp_path / "ledger")

    assert plain[:2] == first[:2] == again[:2]
    assert "recorded: 6 new" in first[2]
    assert "recorded: 6 unchanged; 0 observations added; commit 6 " in again[2]


def test_reading_without_a_record_stores_nothing(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALLYROOM_LEDGER", str(tmp_path / "ledger"))
    run("read", SAMPLES, "--format", "jsonl")

    assert not (tmp_path / "ledger").exists()


def test_a_changed_document_is_told_with_its_differences(ledger: Path, tmp_path: Path, run: Run) -> None:
    copy = Path(shutil.copy(SAMPLES / "national-quarter.en.txt", tmp_path))
    copy.write_text(copy.read_text("utf-8").replace("742 cases", "750 cases"), "utf-8")

    err = run("read", copy, "--ledger", ledger, "--format", "jsonl")[2]

    assert "changed  national-quarter.en: entry" in err
    assert "742 case -> 750 case" in err
    assert "recorded: 1 changed" in err


def test_many_processes_record_the_same(ledger: Path, tmp_path: Path, run: Run) -> None:
    run("read", SAMPLES, "--ledger", tmp_path / "other", "--format", "jsonl", "--jobs", 2)

    assert run("figures", "--format", "csv")[1].replace("Z", "") != ""
    here, there = (
        run("figures", "--ledger", path, "--format", "jsonl")[1] for path in (ledger, tmp_path / "other")
    )
    assert [{**json.loads(line), "known": ""} for line in here.splitlines()] == [
        {**json.loads(line), "known": ""} for line in there.splitlines()
    ]


def test_figures_come_in_four_formats_that_agree(ledger: Path, tmp_path: Path, run: Run) -> None:
    query = ("figures", "substance=drugs", "statistic=level")
    rows = [json.loads(line) for line in run(*query, "--format", "jsonl")[1].splitlines()]
    cells = list(csv.DictReader(io.StringIO(run(*query, "--format", "csv")[1], newline="")))
    run(*query, "-o", tmp_path / "figures.parquet")
    frame = polars.read_parquet(tmp_path / "figures.parquet")
    table = run(*query)[1]

    assert len(rows) > 5
    assert [str(row["entry"]) for row in rows] == [cell["entry"] for cell in cells]
    assert [row["value"] for row in rows] == [cell["value"] for cell in cells]
    assert frame["entry"].to_list() == [row["entry"] for row in rows]
    assert f"{len(rows)} figures" in table


@pytest.mark.parametrize("width", [60, 80, 140])
@pytest.mark.parametrize(
    "command",
    [("figures",), ("log",), ("trace", "41"), ("trace", "60"), ("sql", "SELECT * FROM documents")],
)
def test_what_is_printed_fits_the_terminal(
    ledger: Path, run: Run, monkeypatch: pytest.MonkeyPatch, width: int, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    status, out, _ = run(*command)

    assert status == 0
    assert max(map(width_of, out.splitlines())) <= width


def test_a_series_has_a_chart(tmp_path: Path, run: Run) -> None:
    for month, count in (("January", 41), ("February", 82), ("March", 7)):
        path = tmp_path / f"{month}.txt"
        path.write_text(f"In {month} 2025 police solved {count} drug cases.")
        run("read", path, "--ledger", tmp_path / "ledger", "--format", "jsonl")

    out = run("figures", "indicator=cases_solved", "--ledger", tmp_path / "ledger")[1]

    bars = [line.split()[-1] for line in out.splitlines() if "█" in line]
    assert [len(bar) for bar in bars] == [20, 40, 4]


def test_nothing_found_is_told_and_is_no_failure(ledger: Path, run: Run) -> None:
    assert run("figures", "area=FR")[:2] == (0, "no figure stands\n")


@pytest.mark.parametrize(
    ("command", "status", "code"),
    [
        (("figures", "aera=CN"), 1, "LG111"),
        (("figures", "--as-of", "2999-01-01"), 1, "LG110"),
        (("figures", "--as-of", "yesterday"), 2, "CL100"),
        (("figures", "--as-of", "999"), 1, "LG110"),
        (("figures", "--ledger", "nowhere"), 1, "LG107"),
        (("trace", "99999"), 1, "LG108"),
        (("trace", "one"), 2, "CL100"),
        (("correct", "99999", "value=1", "--reason", "why"), 1, "LG108"),
        (("correct", "2", "value=1"), 2, "CL100"),
        (("correct", "2", "value", "--reason", "why"), 2, "CL100"),
        (("correct", "2", "value=x", "--reason", "why"), 1, "LG114"),
        (("review", "2", "perhaps", "--reason", "why"), 2, "CL100"),
        (("review", "2", "amend", "--reason", "why"), 1, "LG114"),
        (("sql", "DROP TABLE figures"), 1, "LG120"),
        (("sql", "SELCT"), 1, "LG122"),
        (("sql", "SELECT count(*) FROM range(99999999999) a, range(99999) b", "--seconds", "1"), 1, "LG121"),
        (("export", "."), 1, "LG116"),
        (("import", "."), 1, "LG117"),
    ],
)
def test_what_cannot_be_done_is_told_with_its_code(
    ledger: Path, run: Run, command: tuple[str, ...], status: int, code: str
) -> None:
    before = ledger.read_bytes()
    found, out, err = run(*command)

    assert (found, out) == (status, "")
    assert f"[{code}]" in err
    assert ledger.read_bytes() == before


def test_a_record_must_be_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TALLYROOM_LEDGER", raising=False)

    status, _, err = run("figures")
    assert (status, "[CL140]" in err) == (1, True)


def test_a_decision_needs_an_author(ledger: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TALLYROOM_AUTHOR")

    status, _, err = run("correct", "2", "value=1", "--reason", "why")
    assert (status, "[CL141]" in err) == (1, True)


def test_a_corrected_figure_is_traced_with_what_it_said_first(ledger: Path, run: Run) -> None:
    (first,) = run("figures", "source=national-quarter.en", "value=742", "--format", "jsonl")[1].splitlines()
    entry = str(json.loads(first)["entry"])
    status, _, err = run("correct", entry, "value=743", "--reason", "counted again")

    assert (status, "corrected entry" in err) == (0, True)
    trace = run("trace", entry)[1]
    assert "743 case, corrected; the source says 742 case" in trace
    assert "【742】" in trace
    assert "by desk 2: counted again" in trace
    assert json.loads(run("trace", entry, "--json")[1])["figure"]["observation"]["value"] == "743"
    assert "corrected" not in run("trace", entry, "--as-of", "6")[1]


def test_a_rejected_figure_is_gone_and_the_past_has_it(ledger: Path, run: Run) -> None:
    before = run("figures", "--format", "csv")[1]
    run("review", "2", "reject", "--reason", "no figure")

    assert run("figures", "--format", "csv")[1] != before
    assert run("figures", "--format", "csv", "--as-of", "6")[1] == before
    assert "was rejected" in run("trace", "2")[1]


def test_the_log_tells_the_last_commits_first(ledger: Path, run: Run) -> None:
    run("review", "2", "accept", "--reason", "looked at")
    out = run("log", "--limit", "2")[1]
    lines = [json.loads(line) for line in run("log", "--json")[1].splitlines()]

    assert [line.split()[0] for line in out.splitlines() if line.split()[0].isdigit()] == ["7", "6"]
    assert "looked at" in out
    assert "1 review" in out
    assert [line["number"] for line in lines] == [7, 6, 5, 4, 3, 2, 1]
    assert {line["author"] for line in lines} == {"desk 2"}


def test_verify_names_what_is_wrong(ledger: Path, run: Run) -> None:
    status, out, err = run("verify")
    assert (status, out, "nothing wrong; 6 commits" in err) == (0, "", True)
    assert run("verify", "--head", "0" * 64)[0] == 1

    data = ledger.read_bytes()
    at = data.rindex(b"Narcotics Service (invented)")
    ledger.write_bytes(data[:at] + b"M" + data[at + 1 :])
    status, out, err = run("verify")
    assert status == 1
    assert "commit 5: is not what its hash says" in out
    assert "[LG106]" in err


def test_an_export_is_taken_in_again(ledger: Path, tmp_path: Path, run: Run) -> None:
    exported = run("export", tmp_path / "export")
    imported = run("import", tmp_path / "export", "--ledger", tmp_path / "other")

    assert (exported[0], imported[0]) == (0, 0)
    assert exported[2].split()[-1] == imported[2].split()[-1]
    assert (
        run("figures", "--format", "csv")[1]
        == run("figures", "--format", "csv", "--ledger", tmp_path / "other")[1]
    )


def test_no_record_is_begun_for_what_is_no_export(tmp_path: Path, run: Run) -> None:
    assert run("import", tmp_path, "--ledger", tmp_path / "other")[0] == 1
    assert not (tmp_path / "other").exists()


def test_sql_gives_rows_in_four_formats(ledger: Path, tmp_path: Path, run: Run) -> None:
    query = "SELECT indicator, sum(value) AS total, max(known) AS known FROM figures GROUP BY ALL ORDER BY 1"
    rows = [json.loads(line) for line in run("sql", query, "--format", "jsonl")[1].splitlines()]
    cells = list(csv.DictReader(io.StringIO(run("sql", query, "--format", "csv")[1], newline="")))
    run("sql", query, "-o", tmp_path / "rows.parquet")

    assert [row["indicator"] for row in rows] == [cell["indicator"] for cell in cells]
    assert [row["total"] for row in rows] == [cell["total"] for cell in cells]
    assert polars.read_parquet(tmp_path / "rows.parquet")["indicator"].to_list() == [
        r["indicator"] for r in rows
    ]
    assert f"{len(rows)} rows" in run("sql", query)[1]


def test_a_long_result_is_cut_on_a_terminal_alone_and_that_is_told(ledger: Path, run: Run) -> None:
    _, out, err = run("sql", "SELECT * FROM range(1001)")

    assert "more than 1,000 rows" in err
    assert out.splitlines()[-1] == "1,000 rows"
    assert len(run("sql", "SELECT * FROM range(1001)", "--format", "csv")[1].splitlines()) == 1002


def test_the_login_name_is_never_recorded(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "zhang-san-1966")
    assert getpass.getuser() == "zhang-san-1966"
    monkeypatch.delenv("TALLYROOM_AUTHOR", raising=False)
    run("read", SAMPLES, "--ledger", tmp_path / "ledger", "--format", "jsonl")

    assert b"zhang-san" not in (tmp_path / "ledger").read_bytes()
    assert (
        json.loads(run("log", "--json", "--ledger", tmp_path / "ledger")[1].splitlines()[0])["author"]
        == "unsigned"
    )
