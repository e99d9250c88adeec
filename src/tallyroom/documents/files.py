"""Reading files: never more than a limit, never what is no file, and never one that is being written."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import IO

from tallyroom.documents.errors import (
    DocumentError,
    SourceChanged,
    SourceMissing,
    SourceRefused,
    SourceTooLarge,
)

LIMIT = 64 * 1024 * 1024
"""Bytes of the largest source that is read unless the caller says otherwise."""
Stamp = tuple[str, int, int]
"""A file's path, the moment of its last change and its size."""
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_STREAMS = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")
"""What a shell gives in place of a file is a pipe, and meant to be read."""


def read_file(path: Path, name: str, limit: int = LIMIT) -> bytes:
    """Return the bytes of a file.

    Raises:
        SourceRefused: It is a pipe, a device or a socket, from which an answer may never come.
        SourceTooLarge: It is larger than `limit`.
        SourceChanged: It was written while it was read.
        OSError: The system refuses.
    """
    before = path.stat()
    if str(path).startswith(_STREAMS):
        with path.open("rb") as stream:
            return read_up_to(stream, limit, name)
    if not stat.S_ISREG(before.st_mode) and not stat.S_ISDIR(before.st_mode):
        raise _no_file(name, before.st_mode)
    if before.st_size > limit:
        raise _too_large(name, limit, f"{before.st_size} bytes")
    with path.open("rb") as file:
        data = read_up_to(file, limit, name)
        after = os.fstat(file.fileno())
    if (after.st_mtime_ns, after.st_size) != (before.st_mtime_ns, before.st_size):
        raise changed(name)
    return data


def read_up_to(file: IO[bytes], limit: int, name: str) -> bytes:
    """Return what a stream holds.

    Raises:
        SourceTooLarge: It is more than `limit` bytes.
    """
    data = file.read(limit + 1)
    if len(data) > limit:
        raise _too_large(name, limit, "more than that")
    return data


def stamp_of(path: Path) -> Stamp:
    """Return what tells a file from a later version of it.

    Raises:
        OSError: It cannot be looked at.
    """
    known = path.stat()
    return str(path), known.st_mtime_ns, known.st_size


def shown_name(name: str) -> str:
    """Return a file's name as plain text: bytes that are no UTF-8, and signs that steer a screen, are spelled out.

    Examples:
        >>> shown_name("a\\nb\\udcff.txt")
        'a\\\\x0ab\\\\xff.txt'
    """
    try:
        words = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:  # half a pair that no file system wrote
        words = name
    return words if words.isprintable() else _STEERING.sub(lambda found: _spelled(found[0]), words)


def _spelled(sign: str) -> str:
    return f"\\x{ord(sign):02x}" if ord(sign) < 0x100 else f"\\u{ord(sign):04x}"


def changed(name: str) -> SourceChanged:
    """The error for a file that is another one than it was a moment ago."""
    return SourceChanged(
        "the file changed while it was read.", where=name, expected="a file that nobody writes",
        found="another size or moment of change", next_step="read it again when it is written whole",
    )  # fmt: skip


def refusal(name: str, error: OSError) -> DocumentError:
    """The error for what the system does not let be read."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return SourceMissing(
            "there is no such file or directory.", where=name, next_step="check the path and the spelling"
        )
    return SourceRefused(
        "the source cannot be read.", where=name, found=error.strerror or str(error),
        next_step="check who may read it, and that the disk is there",
    )  # fmt: skip


def _no_file(name: str, mode: int) -> SourceRefused:
    kinds = {
        stat.S_IFIFO: "a named pipe",
        stat.S_IFSOCK: "a socket",
        stat.S_IFCHR: "a device",
        stat.S_IFBLK: "a device",
    }
    return SourceRefused(
        "this is no file.", where=name, expected="a file or a directory",
        found=kinds.get(stat.S_IFMT(mode), "something else"), next_step="to read from a pipe, name it -",
    )  # fmt: skip


def _too_large(name: str, limit: int, found: str) -> SourceTooLarge:
    return SourceTooLarge(
        "the source is larger than the limit.", where=name, expected=f"at most {limit} bytes",
        found=found, next_step="split it into documents, or raise the limit",
    )  # fmt: skip
