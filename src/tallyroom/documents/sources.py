"""Finding what is to be read: files, directories, standard input, and what `docs.jsonl` says about them."""

from __future__ import annotations

import os
import sys
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from tallyroom.documents.errors import AboutUnreadable, DirectoryEmpty, DocumentError
from tallyroom.documents.files import LIMIT, Stamp, read_file, read_up_to, refusal, shown_name, stamp_of
from tallyroom.errors import TallyroomError

if TYPE_CHECKING:
    from tallyroom.documents.containers.expanding import Found

About = Mapping[str, Mapping[str, Any]]

ABOUT = "docs.jsonl"
CONTAINERS = (".eml", ".zip")
"""Endings of files that hold several documents."""
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
    member: tuple[str, ...] = ()
    """The way to it in a file that holds several documents: its name, behind those of what it stands in."""
    stamp: Stamp | None = None
    """The file that holds several documents, as it was when it was found."""
    size: int | None = None
    """Bytes of a member."""

    def read(self, limit: int = LIMIT) -> bytes:
        """Return the source's bytes.

        Raises:
            DocumentError: It is missing, refused, too large or being changed, or the directory holds no document.
        """
        if self.problem is not None:
            raise self.problem
        if self.stamp is not None and self.member:
            from tallyroom.documents.containers.expanding import fetch

            return fetch(self.stamp, self.member)
        try:
            if self.path is None:
                return read_up_to(sys.stdin.buffer, limit, self.name)
            return read_file(self.path, self.name, limit)
        except OSError as error:
            raise refusal(self.name, error) from None


def find_sources(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Source]:
    """Yield the sources that `paths` name, in the order given; a directory's in the order of their paths.

    A directory yields its documents of all formats, recursively, but no hidden file, no `*.jsonl`, no CSV and no
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
    yield from _sources(path, about)


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
            yield from _sources(path, about)
    if empty:
        yield Source(directory.name, str(directory), directory, problem=_empty(directory))


def documents_below(directory: Path) -> Iterator[Path]:
    """Give the files of a directory and its folders that are documents by their names, in no order."""
    for folder, folders, names in os.walk(directory):
        folders[:] = [each for each in folders if not each.startswith(".")]
        yield from (Path(folder, name) for name in names if _is_document(name))


def _is_document(path: str) -> bool:
    """Tell by its name whether a file of a directory or an archive is a document."""
    from tallyroom.documents.formats import known_suffixes

    *folders, name = path.split("/")
    if any(folder.startswith((".", "__MACOSX")) for folder in folders):
        return False
    stem, suffix = os.path.splitext(name)
    if name.startswith((".", "~")) or stem.lower() in _HOUSEKEEPING:
        return False
    return suffix.lower() in known_suffixes()


def _sources(path: Path, about: About) -> Iterator[Source]:
    """One source, or those in a file that holds several."""
    source = Source(shown_name(path.stem), shown_name(str(path)), path, about.get(path.stem))
    if not path.name.lower().endswith(CONTAINERS):
        yield source
        return
    try:
        yield from _members(source, path, about)
    except Exception as error:  # a file that cannot be taken apart must not take the others with it
        yield msgspec.structs.replace(source, problem=_problem(source.name, error))


def _problem(name: str, error: Exception) -> TallyroomError:
    if isinstance(error, TallyroomError):
        return error
    if isinstance(error, OSError):
        return refusal(name, error)
    return DocumentError(
        "this file cannot be taken apart.", where=name, expected="a mail or an archive",
        found=f"{type(error).__name__}: {error}",
        next_step="take it apart by other means, and report this with the file",
    )  # fmt: skip


def _members(source: Source, path: Path, about: About) -> Iterator[Source]:
    """The documents in an archive or a mail; an archive's own `docs.jsonl` goes before that beside it."""
    from tallyroom.documents.containers.expanding import documents_in, file_of

    stamp = stamp_of(path)
    opened = file_of(stamp)
    if opened.container is None:
        yield source
        return
    told = opened.container.read(ABOUT) if ABOUT in opened.container.names else b""
    entries, problems = _entries_of(told, path, f"{source.name}/{ABOUT}")
    yield from problems
    empty = True
    for found in documents_in(opened.container, source.name, _is_document):
        empty = False
        yield _member(source, found, stamp, {**about, **entries})
    if empty:
        yield msgspec.structs.replace(source, problem=_empty(path))


def _member(source: Source, found: Found, stamp: Stamp, about: About) -> Source:
    if not found.member:
        return msgspec.structs.replace(source, stamp=stamp)
    inside = shown_name("/".join(found.member))
    stem = os.path.splitext(found.member[-1])[0]
    id = f"{source.id}/{os.path.splitext(inside)[0]}"
    known = about.get(id) or about.get(stem.rpartition("/")[2])
    name = f"{source.name}/{inside}"
    return Source(id, name, source.path, known, found.problem, None, found.member, stamp, found.size)


def _read_about(directory: Path) -> tuple[dict[str, dict[str, Any]], list[Source]]:
    """The entries of the nearest `docs.jsonl` by id, and one broken source for a line that cannot be used."""
    for folder in (directory, directory / ".."):
        path = folder / ABOUT
        if path.is_file():
            return _entries(path)
    return {}, []


def _entries(path: Path) -> tuple[dict[str, dict[str, Any]], list[Source]]:
    try:
        data = path.read_bytes()
    except OSError as error:
        return {}, [Source(path.stem, str(path), path, problem=refusal(str(path), error))]
    return _entries_of(data, path, str(path))


def _entries_of(data: bytes, path: Path, where: str) -> tuple[dict[str, dict[str, Any]], list[Source]]:
    entries: dict[str, dict[str, Any]] = {}
    problems: list[Source] = []
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").splitlines(), 1):
        if not line.strip():
            continue
        try:
            entry = msgspec.json.decode(line, type=dict[str, Any])
            entries[str(entry["id"])] = entry
        except (msgspec.DecodeError, KeyError, UnicodeDecodeError, RecursionError) as error:
            problems.append(_broken_line(path, where, number, error))
    return entries, problems


def _broken_line(path: Path, file: str, number: int, error: Exception) -> Source:
    found = "no field `id`" if isinstance(error, KeyError) else str(error)
    problem = AboutUnreadable(
        "this line says nothing that can be used about a document.", where=f"{file}:{number}",
        expected='one JSON object a line: {"id": "...", "published": "2024-05-01"}', found=found,
        next_step="correct the line or take it out",
    )  # fmt: skip
    return Source(f"{path.stem}:{number}", f"{file}:{number}", path, problem=problem)


def _empty(directory: Path) -> TallyroomError:
    from tallyroom.documents.formats import known_suffixes

    return DirectoryEmpty(
        "the directory holds no document.", where=str(directory),
        expected=f"files ending in {' '.join(sorted(filter(None, known_suffixes())))}, or in nothing",
        next_step="name the files themselves: a file that is named is always tried",
    )  # fmt: skip
