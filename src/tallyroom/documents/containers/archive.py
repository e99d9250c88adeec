"""ZIP archives of documents: which members are documents, under which names, and their bytes.

Nothing is ever written to disk, so a name that leads out of the archive could do no harm here; it is refused
all the same, since whoever wrote it wanted some.
"""

from __future__ import annotations

import re
import stat
import zipfile
from io import BytesIO

from tallyroom.documents.containers.errors import MemberUnsafe
from tallyroom.documents.encodings import decode
from tallyroom.documents.errors import DocumentError
from tallyroom.documents.office.package import LARGEST_PART, damaged, too_large, unpacked

MOST_MEMBERS = 50_000
LARGEST = 4 * 1024**3
"""Bytes of all members; one at a time is in memory."""
_STEEPEST, _SMALL = 400, 8 * 1024 * 1024
"""Texts shrink to a tenth, at most to a hundredth; what shrinks more was made to fill disks."""
_UTF8 = 0x800
_DRIVE = re.compile(r"[A-Za-z]:")


class Archive:
    """A ZIP archive: `names` are its files in the order of their names, `problems` what is wrong with some."""

    def __init__(self, data: bytes, where: str) -> None:
        """Read the directory of the archive.

        Raises:
            PackageDamaged: It is no whole ZIP file.
            PackageTooLarge: It has more members, or would unpack to more, than an archive of documents.
        """
        self._where = where
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except Exception as error:  # zipfile reports damage in many words of its own
            raise damaged(where, f"{type(error).__name__}: {error}") from None
        self._parts: dict[str, zipfile.ZipInfo] = {}
        self.problems: dict[str, DocumentError] = {}
        members = [part for part in self._archive.infolist() if not part.filename.endswith("/")]
        self._refuse_bomb(members, len(data))
        for part, name in zip(members, _names(members), strict=True):
            self._add(part, name)

    @property
    def names(self) -> list[str]:
        """The names of its files with their folders, in the order of their paths."""
        return sorted(self._parts, key=lambda name: name.split("/"))

    def size(self, name: str) -> int:
        """Return the bytes of a member, as the archive tells them."""
        return self._parts[name].file_size

    def read(self, name: str) -> bytes:
        """Return the bytes of a member.

        Raises:
            DocumentError: It has a problem, or cannot be unpacked whole.
        """
        if name in self.problems:
            raise self.problems[name]
        if name not in self._parts:
            raise damaged(self._where, f"no member {name}")
        return unpacked(self._archive, self._parts[name], LARGEST_PART, f"{self._where}/{name}")

    def _refuse_bomb(self, members: list[zipfile.ZipInfo], size: int) -> None:
        total = sum(part.file_size for part in members)
        if len(members) > MOST_MEMBERS or total > LARGEST or (total > _SMALL and total > _STEEPEST * size):
            raise too_large(
                self._where, f"{len(members):,} members, {total:,} bytes from {size:,}",
                expected=f"at most {MOST_MEMBERS:,} members, {LARGEST:,} bytes, and {_STEEPEST} times its size",
            )  # fmt: skip

    def _add(self, part: zipfile.ZipInfo, name: str) -> None:
        plain = name.replace("\\", "/")
        steps = [step for step in plain.split("/") if step not in ("", ".")]
        path = "/".join(steps)
        problem = None
        if not steps:
            path, problem = "_", "no name"
        elif plain.startswith("/") or ".." in steps or _DRIVE.match(plain):
            path, problem = (
                "/".join(steps).replace("..", "_"),
                f"a name that leads out of the archive: {name}",
            )
        elif stat.S_ISLNK(part.external_attr >> 16):
            problem = "a link"
        elif path in self._parts:
            problem = "another member has this name"
        if problem:
            self.problems[path] = _unsafe(f"{self._where}/{path}", problem)
        self._parts[path] = part


def _names(members: list[zipfile.ZipInfo]) -> list[str]:
    """The names as their writer meant them: without a flag for UTF-8 they are in the encoding of his system."""
    raw = [None if part.flag_bits & _UTF8 else _bytes_of(part.filename) for part in members]
    together = b"\n".join(name for name in raw if name is not None)
    if together.isascii():
        return [part.filename for part in members]
    try:
        encoding = decode(together).encoding
    except DocumentError:
        encoding = "cp437"
    return [
        part.filename if name is None else name.decode(encoding, "replace")
        for part, name in zip(members, raw, strict=True)
    ]


def _bytes_of(name: str) -> bytes:
    """The bytes of a name that `zipfile` took for code page 437."""
    return name.encode("cp437", "replace")


def _unsafe(where: str, found: str) -> MemberUnsafe:
    return MemberUnsafe(
        "this member of the archive is left alone.", where=where, expected="a file with a name of its own",
        found=found, next_step="do not unpack an archive that you do not trust; ask its sender for another",
    )  # fmt: skip
