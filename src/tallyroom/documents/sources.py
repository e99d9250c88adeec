"""Finding what is to be read: files, directories, standard input, and what `docs.jsonl` says about them."""

from __future__ import annotations

import os
import sys
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import msgspec

from tallyroom.documents.errors import (
    AboutUnreadable,
    DirectoryEmpty,
    SourceMissing,
    SourceRefused,
    SourceTooLarge,
)
from tallyroom.errors import TallyroomError

LIMIT = 64 * 1024 * 1024
"""Bytes of the largest source that is read unless the caller says otherwise."""

ABOUT = "docs.jsonl"
_HOUSEKEEPING = frozenset({"readme", "license", "licence", "notice", "changelog", "contributing", "makefile"})


class Source(msgspec.Struct, frozen=True):
    """One thing to read. `read` fetches its bytes, so that a batch never holds more than it works on."""

    id: str
    """The name of the document: the file's name without its ending, `stdin` for standard input."""
    name: str
    """As told to the user: the path as given."""
    path: Path | None = None
    """None for standard input, and for what was named by an address."""
    about: Mapping[str, Any] | None = None
    """What `docs.jsonl` says: `id`, `published`, `lang`, `url`, `publisher`."""
    problem: TallyroomError | None = None
    url: str | None = None
    """The address of what has to be fetched first."""

    def read(self, limit: int = LIMIT) -> bytes:
        """Return the source's bytes.

        Raises:
            DocumentError: It is missing, refused or too large, or the directory holds no document.
        """
        if self.problem is not None:
            raise self.problem
        try:
            if self.path is None:
                return _read_up_to(sys.stdin.buffer, limit, self.name)
            with self.path.open("rb") as file:
                return _read_up_to(file, limit, self.name)
        except OSError as error:
            raise _refusal(self.name, error) from None


def find_sources(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Source]:
    """Yield the sources that `paths` name, in the order given; a directory's in the order of their paths.

    A directory yields its texts and web pages, recursively, but no hidden file, no `*.jsonl` and no
    README. A file that is named is always yielded. What cannot be read is yielded too and says so when it
    is read, so that the other sources of a batch go on.
    """
    for given in paths:
        name = os.fspath(given)
        if name == "-":
            yield Source("stdin", "<stdin>")
            continue
        path = Path(name)
        if path.is_dir():
            yield from _in_directory(path)
        else:
            yield from _named(path)


def _named(path: Path) -> Iterator[Source]:
    about, problems = _read_about(path.parent)
    yield from problems
    yield _source(path, about)


def find_among(directory: Path, wanted: Container[Path]) -> Iterator[Source]:
    """Yield the sources of a directory that are among the paths `wanted`, in the order of `find_sources`."""
    return _in_directory(directory, wanted)


def _in_directory(directory: Path, wanted: Container[Path] | None = None) -> Iterator[Source]:
    about, problems = _read_about(directory)
    yield from problems
    empty = wanted is None
    for path in sorted(documents_below(directory), key=lambda found: found.parts):
        empty = False
        if wanted is None or path in wanted:
            yield _source(path, about)
    if empty:
        yield Source(directory.name, str(directory), directory, problem=_empty(directory))


def documents_below(directory: Path) -> Iterator[Path]:
    """Give the files of a directory and its folders that are documents by their names, in no order."""
    for folder, folders, names in os.walk(directory):
        folders[:] = [each for each in folders if not each.startswith(".")]
        yield from (Path(folder, name) for name in names if _is_document(name))


def _is_document(name: str) -> bool:
    from tallyroom.documents.formats import known_suffixes

    stem, suffix = os.path.splitext(name)
    if name.startswith((".", "~")) or stem.lower() in _HOUSEKEEPING:
        return False
    return suffix.lower() in known_suffixes()


def _source(path: Path, about: Mapping[str, Mapping[str, Any]]) -> Source:
    return Source(path.stem, str(path), path, about.get(path.stem))


def _read_about(directory: Path) -> tuple[dict[str, dict[str, Any]], list[Source]]:
    """The entries of the nearest `docs.jsonl` by id, and one broken source for a line that cannot be used."""
    for folder in (directory, directory / ".."):
        path = folder / ABOUT
        if path.is_file():
            return _entries(path)
    return {}, []


def _entries(path: Path) -> tuple[dict[str, dict[str, Any]], list[Source]]:
    entries: dict[str, dict[str, Any]] = {}
    problems: list[Source] = []
    try:
        lines = path.read_bytes().removeprefix(b"\xef\xbb\xbf").splitlines()
    except OSError as error:
        return {}, [Source(path.stem, str(path), path, problem=_refusal(str(path), error))]
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            entry = msgspec.json.decode(line, type=dict[str, Any])
            entries[str(entry["id"])] = entry
        except (msgspec.DecodeError, KeyError, UnicodeDecodeError, RecursionError) as error:
            problems.append(_broken_line(path, number, error))
    return entries, problems


def _broken_line(path: Path, number: int, error: Exception) -> Source:
    found = "no field `id`" if isinstance(error, KeyError) else str(error)
    problem = AboutUnreadable(
        "this line says nothing that can be used about a document.", where=f"{path}:{number}",
        expected='one JSON object a line: {"id": "...", "published": "2024-05-01"}', found=found,
        next_step="correct the line or take it out",
    )  # fmt: skip
    return Source(f"{path.stem}:{number}", f"{path}:{number}", path, problem=problem)


def _read_up_to(file: IO[bytes], limit: int, name: str) -> bytes:
    data = file.read(limit + 1)
    if len(data) > limit:
        raise SourceTooLarge(
            "the source is larger than the limit.", where=name, expected=f"at most {limit} bytes",
            found="more than that", next_step="split it into documents, or raise the limit",
        )  # fmt: skip
    return data


def _refusal(name: str, error: OSError) -> TallyroomError:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return SourceMissing(
            "there is no such file or directory.", where=name, next_step="check the path and the spelling"
        )
    return SourceRefused(
        "the source cannot be read.", where=name, found=error.strerror or str(error),
        next_step="check who may read it, and that the disk is there",
    )  # fmt: skip


def _empty(directory: Path) -> TallyroomError:
    from tallyroom.documents.formats import known_suffixes

    return DirectoryEmpty(
        "the directory holds no document.", where=str(directory),
        expected=f"files ending in {' '.join(sorted(filter(None, known_suffixes())))}, or in nothing",
        next_step="name the files themselves: a file that is named is always tried",
    )  # fmt: skip
