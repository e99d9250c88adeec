"""The tables of a record in SQLite. `entries` and `observations` hold what was said; the rest says where to look.

Nothing is ever changed or taken out: triggers refuse it. What can be worked out from the entries (`documents`,
`decisions`, `verdicts`, `links`, the columns `cell` and `claim`) is checked against them by `verify`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import apsw

from tallyroom.ledger.columns import PLACE
from tallyroom.ledger.errors import NewerLedger, NoLedger, damaged

APPLICATION = 0x54614C79
"""Marks a file as a record: `TaLy`."""
VERSION = 1

TABLES = {
    "commits": """
        number INTEGER PRIMARY KEY, hash TEXT NOT NULL, parent TEXT NOT NULL, author TEXT NOT NULL,
        time INTEGER NOT NULL, reason TEXT NOT NULL, first INTEGER NOT NULL, next INTEGER NOT NULL""",
    "entries": """
        id INTEGER PRIMARY KEY, "commit" INTEGER NOT NULL, kind TEXT NOT NULL, about TEXT NOT NULL, body TEXT""",
    "observations": """
        entry INTEGER PRIMARY KEY, concerns INTEGER, document INTEGER NOT NULL, cell INTEGER NOT NULL,
        claim INTEGER NOT NULL, source TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
        text TEXT NOT NULL, indicator TEXT NOT NULL, statistic TEXT NOT NULL, value TEXT NOT NULL, upper TEXT,
        unit TEXT NOT NULL, qualifier TEXT NOT NULL, area TEXT NOT NULL, period TEXT, operation TEXT,
        offence TEXT, substance TEXT, breakdown TEXT NOT NULL, low TEXT, high TEXT, low_open INTEGER NOT NULL,
        high_open INTEGER NOT NULL, counted TEXT NOT NULL, agency TEXT, operation_id TEXT, period_from TEXT,
        rule TEXT NOT NULL, confidence REAL NOT NULL, more TEXT""",
    "documents": """
        entry INTEGER PRIMARY KEY, id TEXT NOT NULL, supersedes INTEGER, release INTEGER NOT NULL""",
    "decisions": "entry INTEGER PRIMARY KEY, observation INTEGER NOT NULL, status TEXT NOT NULL",
    "verdicts": "entry INTEGER PRIMARY KEY, document INTEGER NOT NULL, sent_back INTEGER NOT NULL",
    "links": "target INTEGER NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (target, entry)",
    "sources": "sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, stored TEXT NOT NULL, packed BLOB NOT NULL",
    "commit_sources": """
        "commit" INTEGER NOT NULL, place INTEGER NOT NULL, sha256 TEXT NOT NULL,
        PRIMARY KEY ("commit", place)""",
}
_WITHOUT_ROWID = {"links", "commit_sources"}
_INDICES = (
    "CREATE INDEX by_time ON commits(time)",
    "CREATE INDEX by_kind ON entries(kind, id) WHERE kind <> 'observation'",
    "CREATE INDEX by_document ON observations(document, cell)",
    "CREATE INDEX by_area ON observations(area, indicator)",
    "CREATE INDEX by_substance ON observations(substance, indicator) WHERE substance IS NOT NULL",
    "CREATE INDEX by_operation ON observations(operation_id, indicator) WHERE operation_id IS NOT NULL",
    f"CREATE INDEX by_period ON observations({', '.join(PLACE)}, claim)",
    "CREATE INDEX by_id ON documents(id)",
    "CREATE INDEX by_supersedes ON documents(supersedes) WHERE supersedes IS NOT NULL",
    "CREATE INDEX by_release ON documents(release)",
    "CREATE INDEX by_verdict ON verdicts(document)",
    "CREATE INDEX by_observation ON decisions(observation)",
)


def prepare(connection: apsw.Connection, where: str, create: bool) -> None:
    """Begin a record in an empty file; tell what is wrong with one that cannot be used.

    Raises:
        NoLedger: The file holds something else.
        NewerLedger: A newer program wrote it.
        LedgerDamaged: It is marked as a record and its tables are missing.
    """
    if create and _is_empty(connection):
        _begin(connection)
    _check(connection, where)


def _is_empty(connection: apsw.Connection) -> bool:
    return not connection.pragma("application_id") and not _names(connection)


def _names(connection: apsw.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}


def _begin(connection: apsw.Connection) -> None:
    connection.pragma("journal_mode", "wal")
    with writing(connection):
        if _is_empty(connection):  # another process may have been faster
            for statement in statements():
                connection.execute(statement)
            connection.pragma("application_id", APPLICATION)
            connection.pragma("user_version", VERSION)


@contextlib.contextmanager
def writing(connection: apsw.Connection) -> Iterator[None]:
    """Hold the one right to write; what is done inside is kept whole at the end, or not at all."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite itself ends it where the disk is full
            connection.execute("ROLLBACK")
        raise


@contextlib.contextmanager
def whole(connection: apsw.Connection) -> Iterator[None]:
    """Undo what is done inside if it fails, and nothing that was done before in the same transaction."""
    connection.execute("SAVEPOINT draft")
    try:
        yield
    except BaseException:
        if connection.in_transaction:  # where the disk is full, SQLite has undone all of it
            connection.execute("ROLLBACK TO draft")
            connection.execute("RELEASE draft")
        raise
    connection.execute("RELEASE draft")


def statements() -> list[str]:
    """Return what makes the tables, their indices and the triggers that refuse changes."""
    made = []
    for name, columns in TABLES.items():
        options = "STRICT, WITHOUT ROWID" if name in _WITHOUT_ROWID else "STRICT"
        made.append(f"CREATE TABLE {name} ({columns}) {options}")
        made += [
            f"CREATE TRIGGER {name}_no_{verb.lower()} BEFORE {verb} ON {name} "
            "BEGIN SELECT RAISE(ABORT, 'the record is only appended to'); END"
            for verb in ("UPDATE", "DELETE")
        ]
    return [*made, *_INDICES]


def _check(connection: apsw.Connection, where: str) -> None:
    mark, version = connection.pragma("application_id"), connection.pragma("user_version")
    if mark != APPLICATION:
        raise NoLedger(
            "this database is no record",
            where=where,
            expected=f"application_id {APPLICATION}",
            found=f"application_id {mark}",
            next_step="give the path of a record, or of a file that is not there yet",
        )
    if version > VERSION:
        raise NewerLedger(
            "a newer version of the program wrote this record",
            where=where,
            expected=f"version {VERSION} of its tables",
            found=f"version {version}",
            next_step="install the newer tallyroom; this one would not understand all of it",
        )
    if missing := set(TABLES) - _names(connection):
        raise damaged("tables of the record are missing", where, ", ".join(sorted(missing)))
