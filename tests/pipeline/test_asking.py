"""SQL over a snapshot: it answers, and can do nothing else."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from helpers import a_briefing, a_correction, a_review
from tallyroom.ledger import SqliteLedger
from tallyroom.pipeline.asking import Limits, SqlMistake, SqlRanAway, SqlRefused, asked
from tallyroom.pipeline.snapshot import VIEWS


@pytest.fixture
def filled(ledger: SqliteLedger) -> SqliteLedger:
    ledger.append(a_briefing("2,589", "2,589", "77"))
    ledger.append(a_correction(4, value="78"))
    ledger.append(a_briefing("2,589", id="copy", copy_of=1))
    ledger.append(a_review(7, "reject"))
    return ledger


def answer(ledger: SqliteLedger, sql: str, as_of: int | None = None) -> list[dict[str, Any]]:
    with asked(ledger, sql, as_of) as reader:
        found: list[dict[str, Any]] = reader.read_all().to_pylist()
        return found


def test_figures_are_the_claims_that_stand(filled: SqliteLedger) -> None:
    sql = "SELECT entry, value, status, mentions, carriers FROM figures ORDER BY entry"

    assert answer(filled, sql) == [
        {"entry": 2, "value": Decimal(2589), "status": "", "mentions": [3, 4], "carriers": []},
        {"entry": 4, "value": Decimal(78), "status": "corrected", "mentions": [2, 3], "carriers": []},
    ]
    assert answer(filled, "SELECT sum(value)::INT AS n FROM figures", as_of=1) == [{"n": 2589 + 77}]


def test_each_view_has_its_columns_and_rows(filled: SqliteLedger) -> None:
    rows = {view: answer(filled, f"SELECT * FROM {view}") for view in VIEWS}

    assert {view: len(found) for view, found in rows.items()} == {
        "figures": 2, "observations": 4, "documents": 2, "decisions": 2, "commits": 4, "entries": 8,
    }  # fmt: skip
    assert {view: tuple(found[0]) for view, found in rows.items()} == {v: tuple(c) for v, c in VIEWS.items()}
    assert [row["copy_of"] for row in rows["documents"]] == [None, 1]
    assert [row["verdict"] for row in rows["decisions"]] == [None, "reject"]


@pytest.mark.parametrize(
    "sql",
    [
        "DROP TABLE figures", "INSERT INTO commits(number) VALUES (9)", "CREATE TABLE mine (a INT)",
        "WITH new AS (INSERT INTO commits(number) VALUES (9) RETURNING *) SELECT * FROM new",
        "COPY figures TO 'figures.csv'", "ATTACH 'other.db'", "SET threads = 1", "PRAGMA version", "LOAD icu",
        "INSTALL httpfs", "SELECT 1; SELECT 2", "", "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM read_csv('/etc/passwd')", "SELECT * FROM glob('/*')", "BEGIN", "CALL pragma_version()",
    ],
)  # fmt: skip
def test_what_is_more_than_looking_is_refused(filled: SqliteLedger, sql: str) -> None:
    with pytest.raises(SqlRefused):
        answer(filled, sql)
    assert not Path("figures.csv").exists()


@pytest.mark.parametrize(
    "sql", ["SELCT", "SELECT nothing FROM figures", "SELECT * FROM '/etc/passwd'", "SELECT 'a'::INT"]
)
def test_a_mistake_is_told(filled: SqliteLedger, sql: str) -> None:
    with pytest.raises(SqlMistake):
        answer(filled, sql)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM range(100000000000) a, range(100000000) b",
        "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n FROM r) SELECT count(*) FROM r",
        "SELECT * FROM range(1000000000000)",
    ],
)
def test_a_query_that_runs_away_is_ended(filled: SqliteLedger, sql: str) -> None:
    with (
        pytest.raises(SqlRanAway, match=r"1 seconds|megabytes"),
        asked(filled, sql, limits=Limits(1)) as reader,
    ):
        for _ in reader:
            pass


@pytest.mark.parametrize(
    "sql", ["SELECT list(range) FROM range(100000000)", "SELECT repeat('x', 2000000000)"]
)
def test_a_query_that_takes_too_much_memory_is_ended(filled: SqliteLedger, sql: str) -> None:
    with (
        pytest.raises(SqlRanAway, match="200 megabytes"),
        asked(filled, sql, limits=Limits(60, 200)) as reader,
    ):
        reader.read_all()


@pytest.mark.parametrize("digits", ["1" + "0" * 20, "0." + "1" * 19, "3." + "3" * 40])
def test_a_value_that_no_decimal_of_sql_holds_is_null(ledger: SqliteLedger, digits: str) -> None:
    ledger.append(a_briefing(digits))

    assert answer(ledger, "SELECT value, text FROM figures") == [{"value": None, "text": digits}]


def test_a_value_of_as_many_digits_as_sql_holds_is_exact(ledger: SqliteLedger) -> None:
    digits = "-" + "9" * 20 + "." + "9" * 18
    ledger.append(a_briefing(digits))

    assert answer(ledger, "SELECT value FROM figures") == [{"value": Decimal(digits)}]
