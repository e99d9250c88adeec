"""Checks a record against itself: every commit is worked out anew from its entries and compared.

What reading a damaged row ends in cannot be listed, so every exception is a finding here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import cast

import apsw
import msgspec

from tallyroom.ledger import schema
from tallyroom.ledger.canonical import NO_PARENT, commit_hash, entries_digest
from tallyroom.ledger.reading import ENTRIES, commit_of, entry_of
from tallyroom.ledger.sources import unpacked
from tallyroom.ledger.writing import Sorter
from tallyroom.model import Commit, NewEntry

_RANGES = {
    "entries": "id", "observations": "entry", "documents": "entry", "decisions": "entry", "verdicts": "entry",
    "links": "entry",
}  # fmt: skip
_MOST = 20
"""Messages of SQLite's own check that are passed on."""


class Finding(msgspec.Struct, frozen=True):
    """Something that is not as it was written: the commit, source or part of the file, and what is wrong."""

    where: str
    says: str


def findings(connection: apsw.Connection, head: str | None = None) -> Iterator[Finding]:
    """Give all that is wrong; nothing for a record that is as it was written.

    Args:
        connection: The record.
        head: The hash of a commit that the record must have, known from elsewhere: without one, a record that was
            cut back to an earlier commit or rewritten as a whole looks well.
    """
    yield from _guarded("file", lambda: _file(connection))
    yield from _guarded("file", lambda: _schema(connection))
    yield from _commits(connection)
    yield from _guarded("sources", lambda: _sources(connection))
    yield from _guarded("file", lambda: _strays(connection))
    if head:
        yield from _guarded("commits", lambda: _anchor(connection, head))


def _guarded(where: str, check: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
    try:
        yield from check()
    except Exception as error:  # whatever a damaged file ends in is a finding
        yield Finding(where, f"cannot be read: {error}")


def _file(connection: apsw.Connection) -> Iterator[Finding]:
    for (message,) in connection.execute(f"PRAGMA integrity_check({_MOST})"):
        if message != "ok":
            yield Finding("file", f"SQLite finds: {message}")


def _schema(connection: apsw.Connection) -> Iterator[Finding]:
    there = {sql for (sql,) in connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")}
    for statement in set(schema.statements()) ^ there:
        yield Finding("file", f"its tables are not those of a record: {str(statement)[:60]}")


def _commits(connection: apsw.Connection) -> Iterator[Finding]:
    parent: Commit | None = None
    last = _last_number(connection)
    for number in range(1, last + 1):
        where = f"commit {number}"
        try:
            row = connection.execute("SELECT * FROM commits WHERE number = ?", (number,)).fetchone()
            if row is None:
                yield Finding(where, "is missing")
                continue
            commit = commit_of(row)
            yield from (Finding(where, says) for says in _commit(connection, commit, parent))
            parent = commit
        except Exception as error:  # the same, and the next commit is looked at
            yield Finding(where, f"cannot be read: {error}")


def _last_number(connection: apsw.Connection) -> int:
    try:
        return int(
            cast(int, connection.execute("SELECT coalesce(max(number), 0) FROM commits").fetchall()[0][0])
        )
    except Exception:  # told as a finding by the checks of the whole file
        return 0


def _commit(connection: apsw.Connection, commit: Commit, parent: Commit | None) -> Iterator[str]:
    if commit.number == 1 or (parent and parent.number == commit.number - 1):
        expected = (parent.hash, parent.entries[1]) if parent else (NO_PARENT, 1)
        if (commit.parent, commit.entries[0]) != expected:
            yield "does not follow the commit before it"
        if parent and commit.time < parent.time:
            yield "is older than the commit before it"
    first, after = commit.entries
    rows = connection.execute(
        f"{ENTRIES} WHERE e.id >= ? AND e.id < ? ORDER BY e.id", (first, after)
    ).fetchall()
    entries = [entry_of(row) for row in rows]
    if [entry.id for entry in entries] != list(range(first, after)):
        yield f"does not have the entries {first} to {after - 1}"
        return
    drafts = [NewEntry(entry.kind, entry.body, entry.about) for entry in entries]
    made = Sorter(connection, commit.number, first, "").sort(drafts)
    kept = connection.execute(
        'SELECT sha256 FROM commit_sources WHERE "commit" = ? ORDER BY place', (commit.number,)
    )
    sources = [cast(str, sha256) for (sha256,) in kept]
    if commit_hash(commit, entries_digest(made.lines), sources) != commit.hash:
        yield "is not what its hash says"
    for table, column in _RANGES.items():
        query = f'SELECT * FROM {table} WHERE "{column}" >= ? AND "{column}" < ?'
        if sorted(connection.execute(query, (first, after)), key=repr) != sorted(
            getattr(made, table), key=repr
        ):
            yield f"its rows in {table} are not what its entries say"


def _sources(connection: apsw.Connection) -> Iterator[Finding]:
    for sha256, size, stored, packed in connection.execute("SELECT * FROM sources"):
        where = f"source {sha256}"
        content = unpacked(cast(int, size), cast(bytes, packed))
        if content is None or hashlib.sha256(content).hexdigest() != sha256:
            yield Finding(where, "is not what was recorded")
        elif hashlib.sha256(cast(bytes, packed)).hexdigest() != stored:
            yield Finding(where, "is not stored as it was")
    missing = "SELECT sha256 FROM commit_sources EXCEPT SELECT sha256 FROM sources"
    for (sha256,) in connection.execute(missing):
        yield Finding(f"source {sha256}", "is missing")


def _strays(connection: apsw.Connection) -> Iterator[Finding]:
    end = "(SELECT coalesce(max(next), 1) FROM commits)"
    for table, column in _RANGES.items():
        query = f'SELECT "{column}" FROM {table} WHERE "{column}" >= {end} OR "{column}" < 1 LIMIT 1'
        for (id,) in connection.execute(query):
            yield Finding(f"entry {id}", f"stands in {table} and in no commit")
    query = "SELECT sha256 FROM sources EXCEPT SELECT sha256 FROM commit_sources"
    for (sha256,) in connection.execute(query):
        yield Finding(f"source {sha256}", "is of no commit")


def _anchor(connection: apsw.Connection, head: str) -> Iterator[Finding]:
    if not connection.execute("SELECT 1 FROM commits WHERE hash = ?", (head,)).fetchall():
        yield Finding(
            "commits", f"none has the hash {head}: the record was cut back, rewritten, or is another one"
        )
