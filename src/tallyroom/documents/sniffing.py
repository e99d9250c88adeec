"""Telling the format of a source from its first bytes, and where they do not tell from its name."""

from __future__ import annotations

import os
import re

from tallyroom.documents.errors import FormatUnknown
from tallyroom.documents.formats import PACKAGE, formats
from tallyroom.documents.office.errors import OldOffice

_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.{0,2000}?-->\s*)?"
    rb"<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_XML_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,300}>.{0,3000}?<html[\s>]", re.IGNORECASE | re.DOTALL
)
_WIDE_PAGE = re.compile(rb"(?:\xff\xfe|\xfe\xff)?[\s\0]*<\0?(?:!\0?d\0?o\0?c|h\0?t\0?m\0?l)", re.IGNORECASE)

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# First bytes of formats that are known by sight but not opened here, unless a module registers them.
_KNOWN = (
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!\x1a", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\x7fELF", "a program"),
)


def media_type_of(data: bytes, name: str, declared: str | None = None) -> str:
    """Return the media type of a source: by its first bytes, by what is declared, by the ending of its name.

    Where none of them tells it is plain text. `text/plain` and types that nothing here opens declare nothing:
    servers say so of all they do not know.

    Raises:
        FormatUnknown: The bytes are of a format that nothing here can open.
    """
    for format_ in formats():
        if format_.magic and data.startswith(format_.magic):
            return format_.media_type
    if data.startswith(PACKAGE):
        return _type_of_package(data, name)
    if data.startswith(_COMPOUND):
        raise old_office(data, name)
    for magic, what in _KNOWN:
        if data.startswith(magic):
            raise _unknown(name, what)
    if _looks_like_page(data[:8192]):
        return "text/html"
    return _by_declaration(declared) or _by_ending(name) or "text/plain"


def _by_declaration(declared: str | None) -> str | None:
    """What a server declares of text; other formats are told by their bytes, or are not what they are called."""
    if declared == "application/xhtml+xml":
        return "text/html"
    texts = [each.media_type for each in formats() if each.media_type.startswith("text/")]
    texts.remove("text/plain")
    return declared if declared in texts else None


def _by_ending(name: str) -> str | None:
    suffix = os.path.splitext(name)[1].lower()
    return next((each.media_type for each in formats() if suffix and suffix in each.suffixes), None)


def _type_of_package(data: bytes, name: str) -> str:
    """The media type of a ZIP file; of a damaged one what its name says, whose opener tells the damage."""
    from tallyroom.documents.office.kinds import ARCHIVE, kind_of_package

    media_type = kind_of_package(data) or _by_ending(name) or ARCHIVE
    if media_type.startswith("text/"):
        media_type = ARCHIVE
    if media_type not in {each.media_type for each in formats()}:
        step = "give it as a file whose name ends in .zip: its members are read then"
        raise _unknown(name, f"a ZIP archive ({media_type})", step if media_type == ARCHIVE else _SAVE)
    return media_type


def _looks_like_page(head: bytes) -> bool:
    return any(pattern.match(head) for pattern in (_PAGE, _XML_PAGE, _WIDE_PAGE))


_SAVE = "save or export it as plain text or as a web page"


def _unknown(name: str, what: str, next_step: str = _SAVE) -> FormatUnknown:
    return FormatUnknown(
        "the source is of a format that cannot be opened here.", where=name, found=what,
        expected=", ".join(each.media_type for each in formats()),
        next_step=next_step,
    )  # fmt: skip


def old_office(data: bytes, name: str) -> OldOffice:
    """The error for a file of the binary formats; an encrypted new one has the same first bytes."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        found, advice = "an encrypted Office document", "open it with its password and save it without one"
    else:
        found = "an Office document of before 2007 (DOC, XLS or PPT), or a mail of Outlook (MSG)"
        advice = "open it in Word, Excel or LibreOffice and save it as DOCX or XLSX; a mail as EML"
    return OldOffice(
        "the source is of a binary format that is not opened here.", where=name, expected="DOCX or XLSX",
        found=found, next_step=advice,
    )  # fmt: skip
