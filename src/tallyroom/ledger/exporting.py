"""A record as Parquet files with a manifest of their hashes, without loss."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import apsw

from tallyroom.ledger import reading, sources
from tallyroom.ledger.canonical import canonical, written_time
from tallyroom.ledger.errors import ExportRefused
from tallyroom.model import Commit
from tallyroom.model.record import AsOf

if TYPE_CHECKING:
    import pyarrow

MANIFEST = "manifest.json"
FORMAT, VERSION = "tallyroom ledger", 1
FILES = ("commits.parquet", "entries.parquet", "sources.parquet")
_ROWS = 20_000
"""Rows that are held at a time."""
_FEW = 64
"""Sources that are held at a time: they may be large."""
_SOURCES = """SELECT DISTINCT sha256 FROM commit_sources WHERE "commit" <= ? ORDER BY sha256"""
_OF_COMMIT = 'SELECT sha256 FROM commit_sources WHERE "commit" = ? ORDER BY place'


def export(connection: apsw.Connection, folder: Path, as_of: AsOf, where: str) -> dict[str, Any]:
    """Write a record into a folder that is not there yet, whole or not at all; return its manifest.

    Raises:
        ExportRefused: The folder is there already, or cannot be made.
        NoSuchMoment: `as_of` is not over, or there is no such commit.
        LedgerDamaged: A source is not what was recorded.
    """
    head = reading.head(connection, as_of, where)
    if folder.exists():
        raise ExportRefused("this is there already", where=str(folder), expected="a folder that is yet to be made",
            next_step="give another path")  # fmt: skip
    try:
        made = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    except OSError as error:
        raise ExportRefused("the folder cannot be made", where=str(folder), found=error.strerror or str(error),
            next_step="give a path in a directory that is there and may be written") from None  # fmt: skip
    try:
        manifest = _write(connection, made, head, where)
        made.chmod(0o755)
        os.rename(made, folder)
    except OSError as error:
        raise ExportRefused("the files cannot be written", where=str(folder), found=error.strerror or str(error),
            next_step="free some space, or give another path") from None  # fmt: skip
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return manifest


def _write(connection: apsw.Connection, folder: Path, head: Commit | None, where: str) -> dict[str, Any]:
    last, end = (head.number, head.entries[1]) if head else (0, 1)
    parts: tuple[Iterable[dict[str, Any]], ...] = (
        _commits(connection, last, where), _entries(connection, end), _contents(connection, last, where),
    )  # fmt: skip
    files = {}
    for name, rows, size in zip(FILES, parts, (_ROWS, _ROWS, _FEW), strict=True):
        count = _parquet(folder / name, schema_of(name), rows, size)
        files[name] = {"rows": count, "sha256": file_hash(folder / name)}
    manifest = {
        "format": FORMAT,
        "version": VERSION,
        "head": head.hash if head else "",
        "commits": last,
        "files": files,
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")
    return manifest


def schema_of(name: str) -> pyarrow.Schema:
    """Return the columns of a file."""
    import pyarrow as pa

    numbers, texts = pa.list_(pa.int64()), pa.list_(pa.string())
    columns: dict[str, list[tuple[str, Any]]] = {
        "commits.parquet": [
            ("number", pa.int64()), ("hash", pa.string()), ("parent", pa.string()), ("author", pa.string()),
            ("time", pa.string()), ("reason", pa.string()), ("first", pa.int64()), ("next", pa.int64()),
            ("sources", texts),
        ],
        "entries.parquet": [
            ("id", pa.int64()), ("commit", pa.int64()), ("kind", pa.string()), ("about", numbers),
            ("body", pa.string()),
        ],
        "sources.parquet": [("sha256", pa.string()), ("content", pa.binary())],
    }  # fmt: skip
    return pa.schema(columns[name])


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _parquet(path: Path, schema: pyarrow.Schema, rows: Iterable[dict[str, Any]], size: int) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    count, source = 0, iter(rows)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        while batch := list(islice(source, size)):
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))
            count += len(batch)
    with path.open("rb") as file:
        os.fsync(file.fileno())
    return count


def _commits(connection: apsw.Connection, last: int, where: str) -> Iterator[dict[str, Any]]:
    for commit in reading.commits(connection, last, where):
        kept = [sha256 for (sha256,) in connection.execute(_OF_COMMIT, (commit.number,))]
        first, after = commit.entries
        yield {
            "number": commit.number, "hash": commit.hash, "parent": commit.parent, "author": commit.author,
            "time": written_time(commit.time), "reason": commit.reason, "first": first, "next": after,
            "sources": kept,
        }  # fmt: skip


def _entries(connection: apsw.Connection, end: int) -> Iterator[dict[str, Any]]:
    for entry in map(
        reading.entry_of, connection.execute(f"{reading.ENTRIES} WHERE e.id < ? ORDER BY e.id", (end,))
    ):
        yield {
            "id": entry.id, "commit": entry.commit, "kind": entry.kind, "about": list(entry.about),
            "body": canonical(entry.body).decode(),
        }  # fmt: skip


def _contents(connection: apsw.Connection, last: int, where: str) -> Iterator[dict[str, Any]]:
    for (sha256,) in connection.execute(_SOURCES, (last,)).fetchall():
        name = cast(str, sha256)
        yield {"sha256": name, "content": sources.fetch(connection, name, where)}
