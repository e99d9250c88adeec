"""The bytes that are hashed: one way to write an entry and a commit, the same on every machine, for ever.

An entry is the JSON list `[id, kind, about, body]`, keys sorted, no blanks, UTF-8. A commit is the JSON object of
its number, parent, author, time, reason, first and next id, the SHA-256 of its entries' lines (each ended by a
line feed), and the SHA-256 of its sources. Its hash is the SHA-256 of that.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from tallyroom.model import Commit

NO_PARENT = ""
"""The parent of the first commit."""
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_MICROSECOND = datetime.timedelta(microseconds=1)
_encoder = msgspec.json.Encoder(order="deterministic")


def canonical(content: Any) -> bytes:
    """Write plain JSON canonically.

    Raises:
        UnicodeEncodeError: A text holds half of a surrogate pair.
        TypeError: Something is no plain JSON.
    """
    return _encoder.encode(content)


def entry_line(id: int, kind: str, about: Sequence[int], body: Any) -> bytes:
    """Return the line of an entry, without its line feed. `body` may hold `msgspec.Raw` that is canonical."""
    return _encoder.encode((id, kind, about, body))


def entries_digest(lines: Iterable[bytes]) -> str:
    """Return the SHA-256 of the lines of a commit's entries."""
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line)
        digest.update(b"\n")
    return digest.hexdigest()


def commit_hash(commit: Commit, entries: str, sources: Sequence[str]) -> str:
    """Return the hash of a commit; the one that stands in `commit` plays no part."""
    first, after = commit.entries
    content = {
        "number": commit.number,
        "parent": commit.parent,
        "author": commit.author,
        "time": written_time(commit.time),
        "reason": commit.reason,
        "first": first,
        "next": after,
        "entries": entries,
        "sources": list(sources),
    }
    return hashlib.sha256(canonical(content)).hexdigest()


def written_time(time: datetime.datetime) -> str:
    """Write a moment in UTC with six digits of a second, `2026-11-24T02:30:00.000000Z`."""
    return time.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def microseconds(time: datetime.datetime) -> int:
    """Return a moment as microseconds since 1970; one without a zone is UTC."""
    aware = time if time.tzinfo else time.replace(tzinfo=datetime.UTC)
    return (aware - _EPOCH) // _MICROSECOND


def moment(microseconds: int) -> datetime.datetime:
    """Return the moment in UTC that `microseconds` since 1970 tell."""
    return _EPOCH + microseconds * _MICROSECOND
