"""Telling the format of a source from its first bytes, and where they do not tell from its name."""

from __future__ import annotations

import os
import re

from tallyroom.documents.errors import FormatUnknown
from tallyroom.documents.formats import formats

_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.{0,2000}?-->\s*)?"
    rb"<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_XML_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,300}>.{0,3000}?<html[\s>]", re.IGNORECASE | re.DOTALL
)
_WIDE_PAGE = re.compile(rb"(?:\xff\xfe|\xfe\xff)?[\s\0]*<\0?(?:!\0?d\0?o\0?c|h\0?t\0?m\0?l)", re.IGNORECASE)

# First bytes of formats that are known by sight but not opened here, unless a module registers them.
_KNOWN = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive, such as a DOCX or XLSX file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (DOC, XLS)"),
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


def media_type_of(data: bytes, name: str) -> str:
    """Return the media type of a source: by its first bytes, then by the ending of its name; else plain text.

    Raises:
        FormatUnknown: The bytes are of a format that nothing here can open.
    """
    for format_ in formats():
        if format_.magic and data.startswith(format_.magic):
            return format_.media_type
    for magic, what in _KNOWN:
        if data.startswith(magic):
            raise _unknown(name, what)
    if _looks_like_page(data[:8192]):
        return "text/html"
    suffix = os.path.splitext(name)[1].lower()
    return next((each.media_type for each in formats() if suffix and suffix in each.suffixes), "text/plain")


def _looks_like_page(head: bytes) -> bool:
    return any(pattern.match(head) for pattern in (_PAGE, _XML_PAGE, _WIDE_PAGE))


def _unknown(name: str, what: str) -> FormatUnknown:
    return FormatUnknown(
        "the source is of a format that cannot be opened here.", where=name, found=what,
        expected=", ".join(each.media_type for each in formats()),
        next_step="save or export it as plain text or as a web page",
    )  # fmt: skip
