"""Appends one draft: entries, the tables that find them again, sources, and the commit that seals them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, cast, get_args

import apsw
import msgspec

from tallyroom.ledger import columns, sources
from tallyroom.ledger.canonical import (
    NO_PARENT,
    canonical,
    commit_hash,
    entries_digest,
    entry_line,
    microseconds,
    moment,
)
from tallyroom.ledger.errors import DraftUnfit
from tallyroom.ledger.reading import fetch_entry
from tallyroom.model import Commit, Draft, NewEntry
from tallyroom.model.record import EntryKind

KINDS = frozenset(get_args(EntryKind))
DECISIVE = frozenset({"correction", "review"})
VERDICTS = {"accept": "accepted", "amend": "amended", "reject": "rejected"}
_WIDTHS = {
    "entries": 5, "observations": 5 + len(columns.COLUMNS), "documents": 4, "decisions": 3, "verdicts": 3, "links": 2,
    "commit_sources": 3,
}  # fmt: skip
_INSERT = {
    table: f"INSERT INTO {table} VALUES ({', '.join('?' * width)})" for table, width in _WIDTHS.items()
}


class Tables(msgspec.Struct):
    """The rows of one commit, by table."""

    entries: list[tuple[Any, ...]] = []
    observations: list[tuple[Any, ...]] = []
    documents: list[tuple[Any, ...]] = []
    decisions: list[tuple[Any, ...]] = []
    verdicts: list[tuple[Any, ...]] = []
    links: list[tuple[Any, ...]] = []
    lines: list[bytes] = []


class Sealed(msgspec.Struct):
    """A commit with its hash, and the rows that it brings."""

    commit: Commit
    tables: Tables


def append(
    connection: apsw.Connection, draft: Draft, parent: Commit | None, now: datetime.datetime, where: str
) -> Commit:
    """Append a draft after the last commit, `parent`, inside the transaction that is open.

    Raises:
        DraftUnfit: An entry has not the form of its kind, or concerns what is not there. Nothing was written then.
    """
    number, first = (parent.number + 1, parent.entries[1]) if parent else (1, 1)
    contents = sources.digests_of(draft.sources)
    unsealed = Commit(
        number=number,
        hash="",
        parent=parent.hash if parent else NO_PARENT,
        author=draft.author,
        time=_after(now, parent),
        reason=draft.reason,
        entries=(first, first + len(draft.entries)),
    )
    made = sealed(connection, unsealed, draft.entries, list(contents), where)
    sources.keep(connection, contents)
    insert(connection, made, list(contents))
    return made.commit


def sealed(
    connection: apsw.Connection, commit: Commit, entries: Sequence[NewEntry], kept: Sequence[str], where: str
) -> Sealed:
    """Return a commit with the hash and the rows that its entries and sources make.

    Raises:
        DraftUnfit: An entry has not the form of its kind, or concerns what is not there.
    """
    tables = Sorter(connection, commit.number, commit.entries[0], where).sort(entries)
    exact = msgspec.structs.replace(commit, entries=(commit.entries[0], commit.entries[0] + len(entries)))
    try:
        hash = commit_hash(exact, entries_digest(tables.lines), kept)
    except (UnicodeEncodeError, TypeError) as error:
        raise _unfit(where, "author and reason", str(error)) from None
    return Sealed(msgspec.structs.replace(exact, hash=hash), tables)


def _after(now: datetime.datetime, parent: Commit | None) -> datetime.datetime:
    """No two commits are of one moment, even where a clock was set back: as-of must tell them apart."""
    exact = moment(microseconds(now))
    return max(exact, parent.time + datetime.timedelta(microseconds=1)) if parent else exact


def insert(connection: apsw.Connection, made: Sealed, kept: Sequence[str]) -> None:
    """Put the rows of a commit into their tables."""
    commit, tables, many = made.commit, made.tables, connection.executemany
    first, after = commit.entries
    connection.execute(
        "INSERT INTO commits VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (commit.number, commit.hash, commit.parent, commit.author, microseconds(commit.time), commit.reason,
         first, after),
    )  # fmt: skip
    for table, rows in (
        ("entries", tables.entries), ("observations", tables.observations), ("documents", tables.documents),
        ("decisions", tables.decisions), ("verdicts", tables.verdicts), ("links", tables.links),
        ("commit_sources", [(commit.number, place, sha256) for place, sha256 in enumerate(kept)]),
    ):  # fmt: skip
        if rows:
            many(_INSERT[table], rows)


class Sorter:
    """Turns the entries of one draft into rows; what they concern may stand in the draft or in the record."""

    def __init__(self, connection: apsw.Connection, commit: int, first: int, where: str) -> None:
        self._connection, self._commit, self._first, self._where = connection, commit, first, where
        self._rows = Tables()
        self._new: Sequence[NewEntry] = ()
        self._kinds: dict[int, str] = {}
        self._abouts: dict[tuple[int, ...], tuple[int, ...]] = {}
        """What each `about` means, which the figures of one document have in common."""

    def sort(self, entries: Sequence[NewEntry]) -> Tables:
        self._new = entries
        if not entries:
            raise _unfit(self._where, "the draft", "no entry")
        for id, entry in enumerate(entries, self._first):
            try:
                self._sort(id, entry)
            except (msgspec.ValidationError, UnicodeEncodeError, TypeError, KeyError) as error:
                place = f"entry {id - self._first + 1} of the draft ({entry.kind})"
                raise _unfit(self._where, place, str(error)) from None
        return self._rows

    def _sort(self, id: int, entry: NewEntry) -> None:
        if entry.kind not in KINDS:
            raise KeyError(f"there is no kind of entry {entry.kind!r}")
        about = self._settled(id, entry.about)
        body, text = entry.body, None
        if entry.kind == "observation":
            body = self._observation(id, about, entry.body)
        else:
            text = canonical(entry.body).decode()
            self._link(id, about)
            if entry.kind == "document":
                self._document(id, about, body)
            elif entry.kind in DECISIVE:
                self._decision(id, entry.kind, about, body)
            elif entry.kind == "decision":
                self._verdict(id, about, body)
        self._rows.entries.append((id, self._commit, entry.kind, _written(about), text))
        self._rows.lines.append(entry_line(id, entry.kind, about, body))

    def _settled(self, id: int, about: tuple[int, ...]) -> tuple[int, ...]:
        """The ids that an entry concerns; it stands after all of them."""
        settled = self._abouts.get(about)
        if settled is None:
            settled = tuple(self._first - target - 1 if target < 0 else target for target in about)
            if any(target < 1 or target >= id for target in settled):
                raise KeyError(f"it concerns {list(about)}, and not all of them stand before it")
            self._abouts[about] = settled
        return settled

    def _observation(self, id: int, about: Sequence[int], body: dict[str, Any]) -> dict[str, Any]:
        document = self._first_of("document", about)
        if document is None:
            raise KeyError("an observation concerns the document that states it")
        if len(about) > 1:
            self._link(id, [target for target in about if target != document])
        hashed, row, keys = columns.worked_out(body)
        self._rows.observations.append((id, None, document, *keys, *row))
        return hashed

    def _link(self, id: int, about: Sequence[int]) -> None:
        self._rows.links += [(target, id) for target in dict.fromkeys(about)]

    def _document(self, id: int, about: Sequence[int], body: dict[str, Any]) -> None:
        name, copy_of = body["id"], body.get("copy_of")
        if not isinstance(name, str):
            raise TypeError("the id of a document is text")
        if copy_of is not None and not (isinstance(copy_of, int) and self._kind_of(copy_of) == "document"):
            raise KeyError(f"it is a copy of {copy_of!r}, which is no document")
        earlier = self._first_of("document", about)
        kin = copy_of or earlier
        release = self._release_of(kin) if kin else id
        self._rows.documents.append((id, name, earlier, release))

    def _decision(self, id: int, kind: str, about: Sequence[int], body: dict[str, Any]) -> None:
        status = "corrected" if kind == "correction" else VERDICTS[body["verdict"]]
        observation = self._first_of("observation", about)
        if observation is None:
            if kind == "correction":
                raise KeyError("a correction concerns an observation")
            return  # a review of something else: kept, and read by whoever wrote it
        self._rows.decisions.append((id, observation, status))
        if status != "rejected":
            self._rows.observations.append(self._state(id, observation, body.get("values", {})))

    def _verdict(self, id: int, about: Sequence[int], body: dict[str, Any]) -> None:
        """What was decided about a return holds for the document that it is about."""
        filed = self._first_of("return", about)
        if filed is not None and body.get("decision") in ("accepted", "sent back"):
            document = self._first_of("document", self._about_of(filed))
            if document is not None:
                self._rows.verdicts.append((id, document, int(body["decision"] == "sent back")))

    def _about_of(self, id: int) -> Sequence[int]:
        if id >= self._first:
            return self._settled(id, self._new[id - self._first].about)
        return fetch_entry(self._connection, id, self._where).about

    def _state(self, id: int, observation: int, values: dict[str, Any]) -> tuple[Any, ...]:
        """The observation as it stands after a decision: what stood before it, with other values."""
        document, before = self._standing(observation)
        unknown = values.keys() - set(columns.FIELDS)
        if unknown:
            raise KeyError(f"an observation has no field {', '.join(sorted(unknown))}")
        row = columns.stored({**columns.plain_body(before), **values})
        return (id, observation, document, *columns.keys_of(row), *row)

    def _standing(self, observation: int) -> tuple[int, columns.Stored]:
        for row in reversed(self._rows.observations):
            if observation in (row[0], row[1]):
                return row[2], row[5:]
        query = f"""SELECT document, {columns.names()} FROM observations
            WHERE entry = ? OR entry = (SELECT max(o.entry) FROM decisions d JOIN observations o USING (entry)
            WHERE d.observation = ? AND d.entry < ?) ORDER BY entry DESC LIMIT 1"""
        ((document, *row),) = self._connection.execute(
            query, (observation, observation, self._first)
        ).fetchall()
        return cast(int, document), tuple(row)

    def _first_of(self, kind: str, about: Sequence[int]) -> int | None:
        for target in about:
            if self._kind_of(target) == kind:
                return target
        return None

    def _kind_of(self, id: int) -> str:
        if id >= self._first:
            return self._new[id - self._first].kind
        if id not in self._kinds:
            self._kinds[id] = fetch_entry(self._connection, id, self._where).kind
        return self._kinds[id]

    def _release_of(self, document: int) -> int:
        for row in self._rows.documents:
            if row[0] == document:
                return int(row[3])
        query = "SELECT release FROM documents WHERE entry = ?"
        ((release,),) = self._connection.execute(query, (document,)).fetchall()
        return cast(int, release)


def _written(about: Sequence[int]) -> str:
    return " ".join(map(str, about))


def _unfit(where: str, place: str, found: str) -> DraftUnfit:
    return DraftUnfit(f"{place} cannot be recorded", where=where, found=found,
        next_step="nothing was stored; correct the draft")  # fmt: skip
