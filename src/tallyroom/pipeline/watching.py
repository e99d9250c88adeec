"""A folder that briefings are dropped into: each is read once it has come whole, and once again when it changes.

What was read the record itself knows, by the hash of the bytes, so that a program that was killed goes on where
the record stands. What could not be read is remembered beside it, so that nobody is told of it every minute.
"""

from __future__ import annotations

import contextlib
import fnmatch
import hashlib
import os
import stat
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tallyroom.errors import TallyroomError
from tallyroom.pipeline.ledgers import PROGRAM, OpenLedger
from tallyroom.pipeline.reading import Failure, Fetched, Item, ReadOptions, read_items

if TYPE_CHECKING:
    from tallyroom.codebook import Codebook
    from tallyroom.documents import Source
    from tallyroom.model import Reading
    from tallyroom.pipeline.recording import Recorded

Mark = tuple[int, int]
"""Size and time of change of a file: as long as they stay, nobody writes to it."""
Files = dict[Path, Mark]


class NameTaken(TallyroomError):
    """Two files of a watched folder have one name, so the record could not tell their documents apart."""

    code = "CL150"


class FolderGone(TallyroomError):
    """The watched folder is not there."""

    code = "CL151"


class Settings(msgspec.Struct, frozen=True):
    """How a folder is watched."""

    settle: float = 2.0
    """Seconds for which a file must stay as it is before it is read."""
    ignore: tuple[str, ...] = ()
    """Patterns of names, or of paths below the folder, that are no documents: `done/*`, `*.draft.txt`."""
    jobs: int = 1
    replace: bool = False
    author: str = "unsigned"


class _Memory(msgspec.Struct):
    """What could not be read, kept for the next start; another program may read what this one could not."""

    program: str = PROGRAM
    failed: dict[str, Mark] = {}


class Watcher:
    """Watches one folder for one record. `round` does what is to be done now; who calls it decides when.

    Args:
        folder: Its documents, and those of its folders, are read.
        ledger: Where they are kept.
        codebook: What the reader knows.
        options: What is known of all documents.
        settings: How to watch.
        memory: The file that remembers what could not be read; None remembers until the end.
        clock: Seconds since some moment.
    """

    def __init__(
        self,
        folder: Path,
        ledger: OpenLedger,
        codebook: Codebook,
        options: ReadOptions | None = None,
        settings: Settings | None = None,
        memory: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folder, self._ledger, self._codebook = folder, ledger, codebook
        self._options = msgspec.structs.replace(options or ReadOptions(), keep=True)
        self._settings = settings or Settings()
        self._memory_at, self._memory = memory, _remembered(memory)
        self._clock = clock
        self._seen: dict[Path, tuple[Mark, float]] = {}
        self._done: Files = {}
        self._owners: dict[str, Path] = {}
        self._told: set[str] = set()
        self._standing = _Standing(ledger)
        self.waiting = 0
        """Files that were still written to, or had come too shortly before, in the last round."""

    def round(self) -> Iterator[Recorded | Failure]:
        """Read and record what is new or changed and has settled; what cannot be read is told once."""
        if not self._folder.is_dir():
            yield from self._once(_gone(self._folder))
            return
        self._told.discard(FolderGone.code)
        files = self._files()
        self._forget(files)
        settled = self._settled(files)
        if settled:
            yield from self._recorded(settled)
            self._remember()

    def _files(self) -> Files:
        from tallyroom.documents import documents_below

        found = {path: mark for path in documents_below(self._folder) if (mark := _mark(path))}
        return {path: mark for path, mark in found.items() if not self._is_ignored(path)}

    def _is_ignored(self, path: Path) -> bool:
        below = path.relative_to(self._folder).as_posix()
        return any(
            fnmatch.fnmatch(below, pattern) or fnmatch.fnmatch(path.name, pattern)
            for pattern in self._settings.ignore
        )

    def _forget(self, files: Files) -> None:
        """A file that is gone may come back as another one."""
        for known in (self._seen, self._done):
            for path in known.keys() - files.keys():
                del known[path]
        self._owners = {name: path for name, path in self._owners.items() if path in files}
        self._memory.failed = {
            below: mark for below, mark in self._memory.failed.items() if self._folder / below in files
        }

    def _settled(self, files: Files) -> Files:
        now, settled = self._clock(), {}
        self.waiting = 0
        for path, mark in files.items():
            if self._done.get(path) == mark or self._memory.failed.get(self._below(path)) == mark:
                continue
            before, since = self._seen.get(path, (None, now))
            if before != mark:
                since = now
            self._seen[path] = mark, since
            if now - since >= self._settings.settle:
                settled[path] = mark
            else:
                self.waiting += 1
        return settled

    def _recorded(self, files: Files) -> Iterator[Recorded | Failure]:
        """Read and record, and mark each file as done when the record has it."""
        settings, passed = self._settings, deque[Path | None]()
        outcomes = self._outcomes(files, passed)
        for recorded in self._ledger.record_all(
            outcomes, self._codebook, settings.author, replace=settings.replace
        ):
            path = passed.popleft()
            if path is not None:
                self._done[path] = files[path]
            if not isinstance(recorded, Failure):
                self._standing.add(recorded.reading.document.id, recorded.reading.document.sha256)
            elif path is not None:
                self._memory.failed[self._below(path)] = files[path]
            yield recorded

    def _outcomes(self, files: Files, passed: deque[Path | None]) -> Iterator[Reading | Failure]:
        """Read the files; one that changed meanwhile is left until it has settled again."""
        taken: deque[Path | None] = deque()
        items = self._items(files, taken)
        for outcome in read_items(items, self._codebook, self._options, self._settings.jobs):
            path = taken.popleft()
            if path is None or _mark(path) == files[path]:
                passed.append(path)
                yield outcome

    def _items(self, files: Files, taken: deque[Path | None]) -> Iterator[Item]:
        from tallyroom.documents import find_among

        self._settle_owners(files)
        for source in find_among(self._folder, files):
            if source.path not in files:
                for told in self._once(source.problem):
                    taken.append(None)
                    yield told
            elif (item := self._item(source, files)) is not None:
                taken.append(source.path)
                yield item

    def _item(self, source: Source, files: Files) -> Item | None:
        """The bytes of a source; None for those that the record has."""
        assert source.path is not None
        owner = self._owners.setdefault(source.id, source.path)
        if owner != source.path:
            error: TallyroomError = _taken(source, owner)
            return Failure(source.name, error.code, str(error))
        try:
            data = source.read()
        except TallyroomError as problem:
            return Failure(source.name, problem.code, str(problem))
        if self._standing.has(hashlib.sha256(data).hexdigest()):
            self._done[source.path] = files[source.path]
            return None
        return Fetched(source, data)

    def _settle_owners(self, files: Files) -> None:
        """Of files with one name, the one that the record has keeps it, whichever was found first."""
        names = Counter(path.stem for path in files)
        for path in files:
            if names[path.stem] > 1 and self._standing.of(path.stem) == _hash(path):
                self._owners[path.stem] = path

    def _once(self, error: TallyroomError | None) -> Iterator[Failure]:
        if error is not None and error.code + str(error) not in self._told:
            self._told.add(error.code + str(error))
            yield Failure(error.where, error.code, str(error))

    def _below(self, path: Path) -> str:
        return path.relative_to(self._folder).as_posix()

    def _remember(self) -> None:
        """Keep what could not be read; a memory that cannot be kept costs a repetition and nothing else."""
        if self._memory_at is None:
            return
        fresh = self._memory_at.with_name(f"{self._memory_at.name}.new")
        with contextlib.suppress(OSError):
            fresh.write_bytes(msgspec.json.encode(self._memory))
            os.replace(fresh, self._memory_at)


class _Standing:
    """The hashes of the documents that stand in a record."""

    def __init__(self, ledger: OpenLedger) -> None:
        self._of: dict[str, str] = {}
        self._count: Counter[str] = Counter()
        for entry in ledger.ledger.entries("document"):
            self.add(entry.body["id"], entry.body.get("sha256", ""))

    def add(self, name: str, sha256: str) -> None:
        """Take a document, in the place of an earlier version of it."""
        self._count[self._of.get(name, "")] -= 1
        self._of[name] = sha256
        self._count[sha256] += 1

    def has(self, sha256: str) -> bool:
        """Tell whether a document that stands has these bytes."""
        return self._count[sha256] > 0

    def of(self, name: str) -> str | None:
        """Return the hash of the document of this name."""
        return self._of.get(name)


def _mark(path: Path) -> Mark | None:
    """The mark of a file; None for what is none, or is gone."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_size, found.st_mtime_ns) if stat.S_ISREG(found.st_mode) else None


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _remembered(path: Path | None) -> _Memory:
    if path is None:
        return _Memory()
    try:
        memory = msgspec.json.decode(path.read_bytes(), type=_Memory)
    except (OSError, msgspec.DecodeError):
        return _Memory()
    return memory if memory.program == PROGRAM else _Memory()


def _taken(source: Source, owner: Path) -> NameTaken:
    return NameTaken(
        f"another file of the folder has the name {source.id!r}.", where=source.name,
        expected="a name of its own", found=str(owner), next_step="rename one of them; the first was read",
    )  # fmt: skip


def _gone(folder: Path) -> FolderGone:
    return FolderGone(
        "the folder is not there.", where=str(folder), expected="a folder to watch",
        next_step="create it, or bring its disk back; watching goes on",
    )  # fmt: skip
