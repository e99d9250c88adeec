"""Compiled codebooks kept on disk, so that YAML is read once."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from tallyroom.codebook.model import Codebook

SCHEMA = 5
"""Raise it whenever the compiled form or the compiler's result changes."""
KEPT = 8
"""How many compiled codebooks stay on disk."""


def cached(digest: str, version: str) -> Codebook | None:
    """Return the codebook compiled from files of this digest, or None where none is kept or it is damaged."""
    try:
        data = _place(digest, version).read_bytes()
        with _without_collector():
            codebook = msgspec.msgpack.decode(data, type=Codebook)
    except (OSError, RuntimeError, msgspec.MsgspecError, ValueError):
        return None
    return codebook if codebook.digest == digest else None


def keep(codebook: Codebook, version: str) -> bool:
    """Keep a compiled codebook for the next time; tell whether that could be done.

    Another process that reads meanwhile finds the old file or the new one, whole.
    """
    try:
        place = _place(codebook.digest, version)
        place.parent.mkdir(parents=True, exist_ok=True)
        _write_whole(place, msgspec.msgpack.encode(codebook))
        _forget_oldest(place.parent)
    except (OSError, RuntimeError):
        return False
    return True


def _forget_oldest(folder: Path) -> None:
    """Each edit of a codebook leaves a file behind; only the newest few are of use."""
    places = sorted(folder.glob("codebook-*.msgpack"), key=lambda place: place.stat().st_mtime, reverse=True)
    for place in places[KEPT:]:
        place.unlink(missing_ok=True)


def _place(digest: str, version: str) -> Path:
    import platformdirs

    key = hashlib.sha256(f"{digest}/{version}/{SCHEMA}".encode()).hexdigest()[:32]
    return Path(platformdirs.user_cache_dir("tallyroom", appauthor=False)) / f"codebook-{key}.msgpack"


def _write_whole(place: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=place.name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(name, place)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


@contextlib.contextmanager
def _without_collector() -> Iterator[None]:
    # tens of thousands of new values would start the collector many times, to find nothing
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
