"""Takes an export in again: the same commits with the same hashes, or nothing."""

from __future__ import annotations

import datetime
import hashlib
import itertools
import json
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import Any

import apsw
import msgspec

from tallyroom.ledger import reading, sources, writing
from tallyroom.ledger.errors import DraftUnfit, ImportBroken, ImportRefused
from tallyroom.ledger.exporting import FILES, FORMAT, MANIFEST, VERSION, file_hash, schema_of
from tallyroom.model import Commit, NewEntry

_BATCH = 5000
_FEW = 64


class Manifest(msgspec.Struct, frozen=True):
    """What an export says of itself."""

    format: str
    version: int
    head: str
    commits: int
    files: dict[str, dict[str, Any]]


def take_in(connection: apsw.Connection, folder: Path, where: str) -> int:
    """Append the commits of an export that the record does not have, inside the transaction that is open.

    Returns:
        How many commits were appended.

    Raises:
        ImportBroken: A file of the export is missing, or is not what the manifest or a hash says.
        ImportRefused: The record has commits that the export does not have.
    """
    manifest = manifest_of(folder)
    try:
        return _take_in(connection, folder, manifest, where)
    except (apsw.Error, ImportBroken, ImportRefused):
        raise
    except Exception as error:  # what a file that is no export holds cannot be listed
        raise _broken(folder, str(error)) from error


def manifest_of(folder: Path) -> Manifest:
    """Read the manifest of an export and compare all files with it.

    Raises:
        ImportBroken: One is missing or differs.
    """
    try:
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError) as error:
        raise _broken(folder / MANIFEST, str(error)) from None
    if (manifest.format, manifest.version) != (FORMAT, VERSION):
        raise _broken(folder / MANIFEST, f"{manifest.format} {manifest.version}", f"{FORMAT} {VERSION}")
    for name in FILES:
        expected = manifest.files.get(name, {}).get("sha256")
        try:
            found = file_hash(folder / name)
        except OSError as error:
            raise _broken(folder / name, error.strerror or str(error)) from None
        if found != expected:
            raise _broken(folder / name, f"SHA-256 {found}", f"SHA-256 {expected}")
    return manifest


def _take_in(connection: apsw.Connection, folder: Path, manifest: Manifest, where: str) -> int:
    commits = [_commit_of(row) for row in _rows(folder / "commits.parquet", _BATCH)]
    here = list(reading.commits(connection, None, where))
    known = [commit.hash for commit in here]
    if known != [commit.hash for commit, _ in commits[: len(known)]]:
        raise _refused(folder, where, len(known), len(commits))
    _keep_sources(connection, folder, {sha256 for _, kept in commits for sha256 in kept})
    entries = itertools.groupby(_rows(folder / "entries.parquet", _BATCH), itemgetter("commit"))
    parent = None
    for (commit, kept), (number, rows) in zip(commits, entries, strict=True):
        _check_place(folder, commit, parent, number)
        parent = commit
        drafts = [NewEntry(row["kind"], json.loads(row["body"]), tuple(row["about"])) for row in rows]
        if commit.number > len(known):
            _replay(connection, commit, drafts, kept, folder)
    if (parent.hash if parent else "") != manifest.head or len(commits) != manifest.commits:
        raise _broken(folder, f"the last commit is {parent.hash if parent else 'none'}", f"{manifest.head}")
    return len(commits) - len(known)


def _check_place(folder: Path, commit: Commit, parent: Commit | None, number: int) -> None:
    expected = (parent.number + 1, parent.hash, parent.entries[1]) if parent else (1, "", 1)
    if (commit.number, commit.parent, commit.entries[0]) != expected or commit.number != number:
        raise _broken(folder, f"commit {commit.number} does not follow the one before it")


def _replay(
    connection: apsw.Connection, commit: Commit, drafts: list[NewEntry], kept: list[str], folder: Path
) -> None:
    try:
        made = writing.sealed(connection, commit, drafts, kept, str(folder))
    except DraftUnfit as error:
        raise _broken(folder, f"commit {commit.number}: {error.says}: {error.found}") from None
    if made.commit.hash != commit.hash or made.commit.entries != commit.entries:
        raise _broken(folder, f"commit {commit.number} has the hash {made.commit.hash}", commit.hash)
    writing.insert(connection, made, kept)


def _keep_sources(connection: apsw.Connection, folder: Path, wanted: set[str]) -> None:
    for row in _rows(folder / "sources.parquet", _FEW):
        if row["sha256"] not in wanted or hashlib.sha256(row["content"]).hexdigest() != row["sha256"]:
            raise _broken(folder / "sources.parquet", f"source {row['sha256']} is not what a commit names")
        wanted.discard(row["sha256"])
        sources.keep(connection, {row["sha256"]: row["content"]})
    if wanted:
        raise _broken(folder / "sources.parquet", "no source of that hash", min(wanted))


def _commit_of(row: dict[str, Any]) -> tuple[Commit, list[str]]:
    time = datetime.datetime.fromisoformat(row["time"])
    entries = (row["first"], row["next"])
    commit = Commit(row["number"], row["hash"], row["parent"], row["author"], time, row["reason"], entries)
    return commit, row["sources"]


def _rows(path: Path, size: int) -> Iterator[dict[str, Any]]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        if not file.schema_arrow.equals(schema_of(path.name)):
            raise _broken(path, "other columns", ", ".join(schema_of(path.name).names))
        for batch in file.iter_batches(size):
            yield from batch.to_pylist()


def _broken(path: Path, found: str, expected: str = "") -> ImportBroken:
    return ImportBroken(
        "this is not what was exported",
        where=str(path),
        expected=expected,
        found=found,
        next_step="nothing was stored; get the export again from where it was made",
    )


def _refused(folder: Path, where: str, here: int, there: int) -> ImportRefused:
    return ImportRefused(
        "the record has commits that the export does not have",
        where=where,
        expected=f"an empty record, or one that is the beginning of the export: {there} commits",
        found=f"{here} commits that are others",
        next_step=f"import {folder} into a new record",
    )
