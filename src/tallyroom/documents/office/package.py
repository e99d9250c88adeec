"""ZIP packages, opened with bounds: how many parts, how large, and never more than their heads say."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from tallyroom.documents.office.errors import PackageDamaged, PackageLocked, PackageTooLarge

MOST_PARTS = 20_000
LARGEST_PART = 64 * 1024 * 1024
LARGEST = 256 * 1024 * 1024
"""Bytes that all parts of a package may have together."""
HEAVY = 8 * 1024 * 1024
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)
_ENCRYPTED = 0x1


class Package:
    """The parts of a ZIP package by their names; each is unpacked when it is asked for."""

    def __init__(self, data: bytes, where: str) -> None:
        """Read the directory of a package.

        Raises:
            PackageDamaged: It is no whole ZIP file.
            PackageTooLarge: It has more parts, or larger ones, than a document has.
        """
        self.where = where
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except (*_BROKEN, zipfile.LargeZipFile, UnicodeDecodeError, IndexError) as error:
            raise damaged(where, str(error)) from None
        self.parts = {part.filename: part for part in self._archive.infolist()}
        total = sum(part.file_size for part in self.parts.values())
        if len(self.parts) > MOST_PARTS or total > LARGEST:
            raise too_large(where, f"{len(self.parts):,} parts, {total:,} bytes unpacked")

    @property
    def is_heavy(self) -> bool:
        """Whether its markup is so much that it is better parsed in a process of its own."""
        markup = (part.file_size for name, part in self.parts.items() if name.endswith((".xml", ".rels")))
        return sum(markup) > HEAVY

    def read(self, name: str) -> bytes | None:
        """Return the content of a part; None where there is none of that name.

        Raises:
            PackageDamaged, PackageLocked, PackageTooLarge: The part cannot be unpacked whole.
        """
        part = self.parts.get(name)
        return None if part is None else unpacked(self._archive, part, LARGEST_PART, self.where)


def unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most: int, where: str) -> bytes:
    """Unpack one part, whatever its head says of its size.

    Raises:
        PackageDamaged, PackageLocked, PackageTooLarge: It cannot be unpacked whole.
    """
    if part.flag_bits & _ENCRYPTED:
        raise locked(where, part.filename)
    if part.file_size > most:
        raise too_large(where, f"{part.filename} has {part.file_size:,} bytes")
    try:
        with archive.open(part) as stream:
            content = stream.read(most + 1)
    except _BROKEN as error:
        raise damaged(where, f"{part.filename}: {error}") from None
    if len(content) > most:
        raise too_large(where, f"{part.filename} has more than {most:,} bytes")
    return content


def damaged(where: str, found: str) -> PackageDamaged:
    """The error for a package that is not whole."""
    return PackageDamaged(
        "the file is damaged: it was cut off or overwritten.", where=where,
        expected="a whole ZIP file, as Office documents and archives are", found=found,
        next_step="fetch it again, or open it in an Office program and save it anew",
    )  # fmt: skip


def locked(where: str, found: str) -> PackageLocked:
    """The error for what only a password opens."""
    return PackageLocked(
        "the file is encrypted.", where=where, expected="a file without a password", found=found,
        next_step="open it with its password and save it without one",
    )  # fmt: skip


def too_large(where: str, found: str, expected: str = "") -> PackageTooLarge:
    """The error for a package that would fill the memory."""
    bounds = f"at most {MOST_PARTS:,} parts, {LARGEST_PART:,} bytes in each and {LARGEST:,} together"
    return PackageTooLarge(
        "the file unpacks to more than it may.", where=where, found=found, expected=expected or bounds,
        next_step="split it into documents; from a source that you do not trust, delete it",
    )  # fmt: skip
