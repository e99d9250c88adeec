"""Looks an XLSX file over before anything parses it: sizes, macros, formulas, links, what is hidden."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from tallyroom.returns.grid import LARGEST
from tallyroom.returns.remarks import ReturnRefused, refuse
from tallyroom.returns.xlsx_parts import Parts, bomb, damaged, external

MOST_PARTS = 2_000
_MACRO_PARTS = re.compile(r"vbaProject|\.bin$|activeX|macrosheets|dialogsheets", re.IGNORECASE)
_LINK_PARTS = re.compile(
    r"externalLinks?/|embeddings/|connections\.xml|queryTables?/|customData/", re.IGNORECASE
)


def guard(data: bytes) -> None:
    """Refuse what a form never holds.

    Raises:
        ReturnRefused: RT102 no workbook, RT103 macros, RT104 formulas, RT105 external links, RT106 something
            hidden, RT107 larger than may be unpacked.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _look_over(archive)
    except ReturnRefused:
        raise
    except Exception as error:  # zipfile, zlib and lzma report damage in many words of their own
        raise damaged(f"{type(error).__name__}: {error}") from None


def _look_over(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    _refuse_large(parts)
    if "[Content_Types].xml" not in names:
        raise damaged("a ZIP archive that holds no workbook")
    if len({name.lower() for name in names}) < len(names):
        raise damaged("a ZIP archive in which two parts have one name")
    _refuse_programs(names)
    left, seen = LARGEST, Parts()
    for part in parts:
        content = _content(archive, part, left)
        left -= len(content)
        seen.look_at(part.filename, content)
    seen.refuse_repeated_text()


def _refuse_large(parts: list[zipfile.ZipInfo]) -> None:
    total = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or total > LARGEST:
        raise bomb(f"{len(parts)} parts, {total:,} bytes unpacked")


def _refuse_programs(names: list[str]) -> None:
    for name in names:
        if _MACRO_PARTS.search(name) and "printerSettings" not in name:
            raise refuse("RT103", "the workbook holds macros or other programs.", found=name,
                expected="a workbook without macros", next_step="save it as .xlsx, not .xlsm")  # fmt: skip
        if _LINK_PARTS.search(name):
            raise external(name)


def _content(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> bytes:
    """Unpack one part, whatever its head says of its size."""
    with archive.open(part) as stream:
        content = stream.read(left + 1)
    if len(content) > left:
        raise bomb(f"{part.filename} alone has more than {left:,} bytes")
    return content
