"""Files that hold several documents, taken apart: which documents, and the bytes of each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import msgspec

from tallyroom.documents.containers.archive import Archive
from tallyroom.documents.containers.errors import NestedTooDeep
from tallyroom.documents.containers.mail import Mail
from tallyroom.documents.errors import DocumentError
from tallyroom.documents.files import Stamp, changed, read_file, stamp_of
from tallyroom.documents.formats import PACKAGE
from tallyroom.documents.office.kinds import ARCHIVE, kind_of_package
from tallyroom.documents.sources import CONTAINERS

Way = tuple[str, ...]
"""The way to a member: through each container that it stands in."""
Chooser = Callable[[str], bool]
Container = Archive | Mail
MAIL = (".eml",)

DEEPEST = 3
MOST_INNER = 1_000
"""Archives and mails that may stand in one file."""


class Found(msgspec.Struct, frozen=True):
    """A member that is a document, or the container itself (`member` is empty) where it has a text."""

    member: Way = ()
    size: int = 0
    problem: DocumentError | None = None


class Opened:
    """A file in memory, taken apart; `container` is None where it is one document."""

    def __init__(self, data: bytes, where: str) -> None:
        self.container = container_of(data, where)
        self.sha256 = hashlib.sha256(data).hexdigest()


def container_of(data: bytes, name: str) -> Container | None:
    """Return what takes a file apart; None where it is one document.

    Raises:
        DocumentError: It cannot be taken apart.
    """
    if not data.startswith(PACKAGE):
        return Mail(data, name) if name.lower().endswith(MAIL) else None
    return Archive(data, name) if kind_of_package(data) in (None, ARCHIVE) else None


def documents_in(container: Container, where: str, is_document: Chooser) -> Iterator[Found]:
    """Yield the documents of a container in the order of their paths, those of containers in it too.

    Args:
        container: What was opened.
        where: Its name for messages.
        is_document: Tells by its name whether a file in an archive is taken.

    Returns:
        What cannot be read is given with its problem, and the others after it.
    """
    if isinstance(container, Mail) and (container.body is not None or not container.names):
        yield Found()
    yield from _Walk(where, is_document).members(container, ())


class _Walk:
    """Goes through a container and those in it, so many and so deep."""

    def __init__(self, where: str, is_document: Chooser) -> None:
        self._where, self._is_document = where, is_document
        self._inner = 0

    def members(self, container: Container, above: Way) -> Iterator[Found]:
        for name in container.names:
            path, holds = (*above, name), name.lower().endswith(CONTAINERS)
            if not holds and isinstance(container, Archive) and not self._is_document(name):
                continue
            problem = container.problems.get(name)
            if problem is not None or not holds:
                yield Found(path, container.size(name), problem)
            else:
                yield from self._members_of_inner(container, path)

    def _members_of_inner(self, container: Container, path: Way) -> Iterator[Found]:
        """What stands in a container that stands in another one."""
        self._inner += 1
        shown = "/".join((self._where, *path))
        try:
            if len(path) > DEEPEST or self._inner > MOST_INNER:
                raise _too_deep(shown)
            found = container_of(container.read(path[-1]), shown)
        except DocumentError as problem:
            yield Found(path, 0, problem)
            return
        if found is None or (isinstance(found, Mail) and (found.body is not None or not found.names)):
            yield Found(path, container.size(path[-1]))
        if found is not None:
            yield from self.members(found, path)


def fetch(stamp: Stamp, member: Way) -> bytes:
    """Return the bytes of a member; the containers on the way are kept for those that follow.

    Raises:
        DocumentError: The file changed since it was found, or the member cannot be read.
    """
    container = _open(stamp, member[:-1]).container
    if container is None:
        raise changed(stamp[0])
    return container.read(member[-1])


def file_of(stamp: Stamp) -> Opened:
    """Return a file taken apart.

    Raises:
        DocumentError: It changed since it was found, or cannot be taken apart.
        OSError: The system refuses.
    """
    return _open(stamp, ())


@lru_cache(maxsize=4)
def _open(stamp: Stamp, way: Way) -> Opened:
    if way:
        return Opened(fetch(stamp, way), "/".join((stamp[0], *way)))
    path = Path(stamp[0])
    data = read_file(path, stamp[0])
    if stamp_of(path) != stamp:
        raise changed(stamp[0])
    return Opened(data, stamp[0])


def _too_deep(where: str) -> NestedTooDeep:
    return NestedTooDeep(
        "archives and mails stand in one another deeper than is read.", where=where,
        expected=f"at most {DEEPEST} in one another, and {MOST_INNER:,} in one file", found="one more",
        next_step="unpack it, and read what is in it",
    )  # fmt: skip
