"""Looks commits and entries up."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

import apsw
import msgspec

from tallyroom.ledger import columns
from tallyroom.ledger.canonical import microseconds, moment, written_time
from tallyroom.ledger.errors import NoSuchEntry, NoSuchMoment
from tallyroom.model import Commit, Entry
from tallyroom.model.record import AsOf, EntryKind

NEVER = 2**63 - 1
"""An id that no entry will have."""
_COMMITS = "SELECT number, hash, parent, author, time, reason, first, next FROM commits"
ENTRIES = f"""SELECT e.id, e."commit", e.kind, e.about, e.body, {columns.names("o.")}
    FROM entries e LEFT JOIN observations o ON o.entry = e.id AND e.kind = 'observation'"""

_CONCERNED = """SELECT entry FROM links WHERE target IN (SELECT value FROM json_each(?)) UNION ALL
    SELECT entry FROM observations WHERE concerns IS NULL AND document IN (SELECT value FROM json_each(?))"""


def commit_of(row: Sequence[Any]) -> Commit:
    """Return the commit that a row of `commits` holds."""
    number, hash, parent, author, time, reason, first, after = row
    return Commit(number, hash, parent, author, moment(time), reason, (first, after))


def last_commit(connection: apsw.Connection) -> Commit | None:
    """Return the last commit of all, if there is one."""
    row = connection.execute(f"{_COMMITS} ORDER BY number DESC LIMIT 1").fetchone()
    return commit_of(row) if row else None


def head(connection: apsw.Connection, as_of: AsOf, where: str) -> Commit | None:
    """Return the last commit that was there at `as_of`.

    Raises:
        NoSuchMoment: The moment is not over, or the record has no commit of that number.
    """
    if as_of is None:
        return last_commit(connection)
    if isinstance(as_of, int):
        row = connection.execute(f"{_COMMITS} WHERE number = ?", (as_of,)).fetchone()
        if row is None and as_of != 0:
            raise _no_such_commit(connection, as_of, where)
    else:
        _refuse_future(as_of, where)
        query = f"{_COMMITS} WHERE time <= ? ORDER BY time DESC, number DESC LIMIT 1"
        row = connection.execute(query, (microseconds(as_of),)).fetchone()
    return commit_of(row) if row else None


def _no_such_commit(connection: apsw.Connection, number: int, where: str) -> NoSuchMoment:
    last = last_commit(connection)
    return NoSuchMoment(
        f"the record has no commit {number}",
        where=where,
        expected=f"a number from 0 to {last.number}" if last else "0: the record has no commit yet",
        next_step="tallyroom log lists the commits",
    )


def _refuse_future(as_of: datetime.datetime, where: str) -> None:
    """What is asked of a moment must be answered the same for ever, so it has to be over."""
    now = datetime.datetime.now(datetime.UTC)
    if microseconds(as_of) > microseconds(now):
        raise NoSuchMoment(
            "nobody knows yet what the record will know then",
            where=where,
            expected=f"a moment before {written_time(now)}",
            found=written_time(moment(microseconds(as_of))),
            next_step="leave as-of out to ask for what is known now",
        )


def end_of(connection: apsw.Connection, as_of: AsOf, where: str) -> int:
    """Return the id that the first entry after `as_of` has or would have; for now, one that none will have."""
    if as_of is None:
        return NEVER
    last = head(connection, as_of, where)
    return last.entries[1] if last else 1


def commits(connection: apsw.Connection, as_of: AsOf, where: str) -> Iterator[Commit]:
    """Give all commits up to `as_of`, the first one first."""
    last = head(connection, as_of, where)
    if last:
        query = f"{_COMMITS} WHERE number <= ? ORDER BY number"
        yield from map(commit_of, connection.execute(query, (last.number,)))


def kinds_in(connection: apsw.Connection, entries: tuple[int, int]) -> dict[str, int]:
    """Return how many entries of each kind stand from the first id to the one before the second."""
    query = "SELECT kind, count(*) FROM entries WHERE id >= ? AND id < ? GROUP BY kind ORDER BY min(id)"
    return dict(cast(Iterable[tuple[str, int]], connection.execute(query, entries)))


def fetch_entry(connection: apsw.Connection, id: int, where: str) -> Entry:
    """Return one entry.

    Raises:
        NoSuchEntry: The record has none of that number.
    """
    row = connection.execute(f"{ENTRIES} WHERE e.id = ?", (id,)).fetchone() if abs(id) < 2**63 else None
    if row is None:
        head = last_commit(connection)
        last = head.entries[1] - 1 if head else 0
        raise NoSuchEntry(
            f"the record has no entry {id}",
            where=where,
            expected=f"a number from 1 to {last}" if last else "nothing: the record is empty",
            next_step="tallyroom figures shows the entry of each figure",
        )
    return entry_of(row)


def entries(
    connection: apsw.Connection, kind: EntryKind, about: Sequence[int] | None, as_of: AsOf, where: str
) -> Iterator[Entry]:
    """Give the entries of a kind up to `as_of`; `about` keeps those that concern one of these."""
    end = end_of(connection, as_of, where)
    condition = "e.kind = ? AND e.id < ?"
    if about is not None:
        condition += f" AND e.id IN ({_CONCERNED})"
    wanted = json.dumps(list(about or ()))
    query = f"{ENTRIES} WHERE {condition} ORDER BY e.id"
    bindings = (kind, end) if about is None else (kind, end, wanted, wanted)
    yield from map(entry_of, connection.execute(query, bindings))


def entry_of(row: Sequence[Any]) -> Entry:
    """Return the entry that a row holds: id, commit, kind, about, body, and the columns of an observation."""
    id, commit, kind, about, body, *observation = row
    if body is None and observation[0] is None:
        raise msgspec.DecodeError(f"entry {id} has no body")
    content = columns.plain_body(tuple(observation)) if body is None else msgspec.json.decode(body)
    return Entry(id, commit, cast(EntryKind, kind), tuple(map(int, about.split())), content)
