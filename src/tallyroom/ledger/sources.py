"""Sources and extracted texts, kept whole by their content hash."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Mapping
from typing import cast

import apsw

from tallyroom.ledger.errors import NoSuchEntry, damaged


def digests_of(contents: Iterable[bytes]) -> dict[str, bytes]:
    """Return contents by their SHA-256, each once, in their order."""
    return {hashlib.sha256(content).hexdigest(): content for content in contents}


def keep(connection: apsw.Connection, contents: Mapping[str, bytes]) -> None:
    """Keep what is not there yet, packed; `contents` are by their SHA-256."""
    for digest, content in contents.items():
        if not has(connection, digest):
            packed = zlib.compress(content, 6)
            stored = hashlib.sha256(packed).hexdigest()
            row = (digest, len(content), stored, packed)
            connection.execute("INSERT INTO sources VALUES (?, ?, ?, ?)", row)


def has(connection: apsw.Connection, sha256: str) -> bool:
    """Tell whether a source is kept."""
    return bool(connection.execute("SELECT 1 FROM sources WHERE sha256 = ?", (sha256,)).fetchall())


def fetch(connection: apsw.Connection, sha256: str, where: str) -> bytes:
    """Return the bytes whose SHA-256 is given.

    Raises:
        NoSuchEntry: The record does not keep them.
        LedgerDamaged: What it keeps is not what was given to it.
    """
    rows = connection.execute("SELECT size, packed FROM sources WHERE sha256 = ?", (sha256,)).fetchall()
    if not rows:
        raise NoSuchEntry("the record keeps no such source", where=where, found=sha256,
            next_step="tallyroom trace ENTRY names the source of an entry")  # fmt: skip
    size, packed = cast(tuple[int, bytes], rows[0])
    content = unpacked(size, packed)
    if content is None or hashlib.sha256(content).hexdigest() != sha256:
        raise damaged("a source is not what was recorded", where, sha256)
    return content


def unpacked(size: int, packed: bytes) -> bytes | None:
    """Return the content, never more than `size` bytes of it; None where it was damaged."""
    try:
        content = zlib.decompressobj().decompress(packed, size + 1)
    except zlib.error:
        return None
    return content if len(content) == size else None
