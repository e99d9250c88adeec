"""Which codebooks were asked for, where they lie, and which files they are made of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from tallyroom.codebook.problems import CodebookError, Problem, nearest

CORE = "core"
MANIFEST = "codebook.yaml"


class Book(msgspec.Struct, frozen=True):
    """One codebook on disk. An overlay replaces what it names in the books before it."""

    name: str
    folder: Path
    overlay: bool = False


class File(msgspec.Struct, frozen=True):
    """One file of a codebook: its path inside the book and its bytes."""

    book: Book
    path: str
    data: bytes

    @property
    def shown(self) -> str:
        """The path as messages show it."""
        return f"{self.book.folder}/{self.path}" if self.book.overlay else f"{self.book.name}/{self.path}"


def shipped_folder() -> Path:
    """Return the folder of the codebooks that come with the package.

    In an installed package it is `tallyroom/_codebooks`; in a working copy `codebooks` beside `src`.
    """
    package = Path(__file__).parent.parent
    installed = package / "_codebooks"
    return installed if installed.is_dir() else package.parent.parent / "codebooks"


def shipped_books() -> list[Book]:
    """Return the shipped codebooks: core first, the others by name."""
    folder = shipped_folder()
    names = sorted(found.name for found in folder.glob("*") if found.is_dir()) if folder.is_dir() else []
    return [Book(name, folder / name) for name in sorted(names, key=lambda name: (name != CORE, name))]


def choose_books(names_or_paths: Sequence[str | Path] = ()) -> list[Book]:
    """Return the books asked for: all shipped ones for no name at all, and always core before the others.

    A word that names a shipped codebook means that one; anything else is the path of a folder, an overlay
    over the books before it. Folders alone overlay all shipped books.

    Raises:
        CodebookError: CB114 where there is neither such a codebook nor such a folder.
    """
    shipped = {book.name: book for book in shipped_books()}
    asked = [str(one) for one in names_or_paths]
    named = {name for name in asked if name in shipped}
    chosen = [book for book in shipped.values() if not named or book.name == CORE or book.name in named]
    return chosen + [_overlay(path, shipped) for path in asked if path not in shipped]


def _overlay(path: str, shipped: Iterable[str]) -> Book:
    folder = Path(path)
    if folder.is_dir():
        return Book(folder.resolve().name, folder, overlay=True)
    problem = Problem(
        "CB114",
        "there is no such codebook.",
        expected=f"a shipped codebook ({', '.join(shipped)}) or a folder",
        found=path,
        next_step=nearest(path, shipped) or "give the path of a folder that holds a codebook",
    )
    raise CodebookError(problem)


def read_files(books: Iterable[Book]) -> list[File]:
    """Return every YAML file of the books, in the order of the books and then of their paths.

    Raises:
        CodebookError: CB119 where a file cannot be read.
    """
    return [_read(book, path) for book in books for path in _paths(book.folder)]


def _paths(folder: Path) -> list[Path]:
    found = [*folder.rglob("*.yaml"), *folder.rglob("*.yml")]
    return sorted(path for path in found if not path.name.startswith("."))


def _read(book: Book, path: Path) -> File:
    shown = path.relative_to(book.folder).as_posix()
    try:
        return File(book, shown, path.read_bytes())
    except OSError as error:
        problem = Problem(
            "CB119",
            "a file of the codebook cannot be read.",
            str(path),
            expected="a file that may be opened",
            found=error.strerror or str(error),
            next_step="look at the file's permissions",
        )
        raise CodebookError(problem) from None


def digest_files(files: Iterable[File]) -> str:
    """Return the SHA-256 over names and contents of the files, so that any change gives another digest."""
    digest = hashlib.sha256()
    for file in files:
        head = f"{file.book.name}/{file.path}\0{file.book.overlay}\0{len(file.data)}\0"
        digest.update(head.encode() + file.data)
    return digest.hexdigest()
