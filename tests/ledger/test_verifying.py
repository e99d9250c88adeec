"""What is not as it was written is found and named."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import apsw
import pytest

from helpers import a_briefing, a_correction, a_review
from tallyroom.errors import TallyroomError
from tallyroom.ledger import open_ledger
from tallyroom.ledger.schema import TABLES
from tallyroom.model import Draft, NewEntry

FLIPS = 150
"""How many places are tried here; bench/flip.py tries a thousand."""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of forty commits that nobody has open."""
    found = tmp_path_factory.mktemp("verify") / "ledger"
    with open_ledger(found) as ledger:
        for number in range(40):
            text = f"Number {number}: " + "officers of the harbour solved cases. " * 30
            briefing = a_briefing(*map(str, range(number, number + 12)), id=f"doc{number}")
            ledger.append(Draft("desk", "read", briefing.entries, (text.encode(),)))
        ledger.append(a_correction(2, value="7"))
        ledger.append(a_review(3, "reject"))
        ledger.append(Draft("press", "published", (NewEntry("release", {"name": "July"}, (2, 4)),)))
        ledger.append(Draft("CN-YN", "filed", (NewEntry("return", {}, (1,)),)))
        last = ledger.head()
        assert last is not None
        about = (last.entries[0],)
        ledger.append(Draft("CN", "decided", (NewEntry("decision", {"decision": "accepted"}, about),)))
    return found


def everything(path: Path) -> Any:
    """All rows of all tables: the record as SQLite reads it, without what lies unused between them."""
    with apsw.Connection(str(path)) as connection:
        return [connection.execute(f"SELECT * FROM {table}").fetchall() for table in sorted(TABLES)]


def findings(path: Path, head: str | None = None) -> list[str]:
    with open_ledger(path, create=False) as ledger:
        return [finding.where for finding in ledger.verify(head)]


def test_a_record_that_is_as_it_was_written_is_well(path: Path) -> None:
    assert findings(path) == []


def test_a_changed_byte_is_named_or_refused(path: Path, tmp_path: Path) -> None:
    data, chance, found = path.read_bytes(), random.Random(8), 0
    before = everything(path)
    for number in range(FLIPS):
        harmed = bytearray(data)
        harmed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        copy = tmp_path / f"flip{number}"
        copy.write_bytes(harmed)
        try:
            told = findings(copy)
        except TallyroomError:
            told = ["refused"]
        found += bool(told)
        # what verify does not name lies between the rows, where nothing is kept
        assert told or everything(copy) == before
    assert found > FLIPS / 2


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("UPDATE observations SET value = '8' WHERE entry = 30", {"commit 3"}),
        ("UPDATE observations SET cell = 1 WHERE entry = 30", {"commit 3"}),
        ("UPDATE observations SET value = '9' WHERE concerns = 2", {"commit 41"}),
        ("UPDATE entries SET about = '1' WHERE id = 30", {"commit 3"}),
        ("UPDATE documents SET release = 1 WHERE entry = 27", {"commit 3"}),
        ("UPDATE documents SET supersedes = 1 WHERE entry = 27", {"commit 3"}),
        ("DELETE FROM decisions WHERE status = 'rejected'", {"commit 42"}),
        ("UPDATE verdicts SET sent_back = 1", {"commit 45"}),
        ("DELETE FROM links WHERE target = 4", {"commit 43"}),
        ("UPDATE commits SET reason = 'nothing' WHERE number = 5", {"commit 5"}),
        ("UPDATE commits SET time = 1 WHERE number = 5", {"commit 5"}),
        ("UPDATE commits SET hash = '00' WHERE number = 5", {"commit 5", "commit 6"}),
        ("DELETE FROM commits WHERE number = 5", {"commit 5"}),
        ("DELETE FROM commits WHERE number = 45", {"entry"}),
        ("INSERT INTO entries VALUES (9999, 9, 'document', '', '{}')", {"entry"}),
        ("UPDATE sources SET packed = x'00' WHERE rowid = 1", {"source"}),
        ("DELETE FROM sources WHERE rowid = 1", {"source"}),
        ("INSERT INTO sources VALUES ('00', 1, '00', x'00')", {"source"}),
        ("DROP TRIGGER entries_no_update", {"file"}),
    ],
)
def test_a_change_behind_the_record_is_located(
    path: Path, tmp_path: Path, change: str, named: set[str]
) -> None:
    copy = Path(shutil.copy(path, tmp_path / "copy"))
    with apsw.Connection(str(copy)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        if not change.startswith("DROP"):
            for name, _ in triggers:
                connection.execute(f"DROP TRIGGER {name}")
        connection.execute(change)
        if not change.startswith("DROP"):
            for _, sql in triggers:
                connection.execute(str(sql))
        connection.pragma("wal_checkpoint(TRUNCATE)")

    found = set(findings(copy))
    assert {where if where.startswith("commit") else where.split()[0] for where in found} == named


@pytest.mark.parametrize("table", sorted(TABLES))
def test_the_record_refuses_to_be_changed(path: Path, tmp_path: Path, table: str) -> None:
    copy = Path(shutil.copy(path, tmp_path / "copy"))
    with apsw.Connection(str(copy)) as connection:
        column = connection.execute(f"SELECT name FROM pragma_table_info('{table}')").fetchall()[0][0]
        for change in (f'UPDATE {table} SET "{column}" = "{column}"', f"DELETE FROM {table}"):
            with pytest.raises(apsw.ConstraintError, match="only appended to"):
                connection.execute(change)


def test_a_record_cut_back_to_an_earlier_commit_is_known_by_a_hash_from_elsewhere(
    path: Path, tmp_path: Path
) -> None:
    with open_ledger(path, create=False) as ledger:
        ledger.export(tmp_path / "early", as_of=20)
        head = ledger.head()
    with open_ledger(tmp_path / "shorter") as shorter:
        shorter.take_in(tmp_path / "early")

    assert head is not None
    assert findings(tmp_path / "shorter") == []
    assert findings(tmp_path / "shorter", head.hash) == ["commits"]
    assert findings(path, head.hash) == []
