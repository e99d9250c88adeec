"""The formats that can be opened: one module each, found by media type and by the file's ending."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import cache, partial
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from tallyroom.documents.request import Request
    from tallyroom.model import Document

Opener = Callable[["Request"], "Document"]


PACKAGE = (b"PK\x03\x04", b"PK\x05\x06")
"""What ZIP files begin with, Office packages and archives alike."""


class Format(msgspec.Struct, frozen=True):
    """A format: its media type, the endings of its files, the bytes it begins with, and who opens it.

    `opener` is `module:function` and is imported when a document of the format comes. One that is `guarded` is
    called in a process of its own, limited in memory and time: what parses a large format may crash or hang. Of one
    that is `only_named` a directory yields no files: there they are data more often than documents.
    """

    media_type: str
    suffixes: tuple[str, ...]
    opener: str
    magic: tuple[bytes, ...] = ()
    guarded: bool = False
    only_named: bool = False


_FORMATS: dict[str, Format] = {}


def register(format_: Format) -> None:
    """Make a format known; a later one takes the place of an earlier one of the same media type."""
    _FORMATS[format_.media_type] = format_
    known_suffixes.cache_clear()


def formats() -> tuple[Format, ...]:
    """The formats that can be opened, in the order in which they were made known."""
    return tuple(_FORMATS.values())


@cache
def known_suffixes() -> frozenset[str]:
    """The endings, lower case with their dot, of files that a directory yields; "" for files without one."""
    return frozenset(suffix for each in _FORMATS.values() if not each.only_named for suffix in each.suffixes)


def opener_of(media_type: str) -> Opener:
    """Return the function that opens documents of a known media type, here or in a process of its own."""
    format_ = _FORMATS[media_type]
    if format_.guarded:
        return partial(_open_guarded, format_.opener)
    module, _, name = format_.opener.partition(":")
    opener: Opener = getattr(importlib.import_module(module), name)
    return opener


def _open_guarded(opener: str, request: Request) -> Document:
    from tallyroom.documents.guard import guarded
    from tallyroom.model import Document

    return guarded(opener, request, gives=Document, where=request.name)


register(Format("text/plain", (".txt", ".text", ".md", ""), "tallyroom.documents.plain:open_plain"))
register(
    Format("text/html", (".htm", ".html", ".xhtml", ".shtml"), "tallyroom.documents.html.page:open_html")
)
register(
    Format(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        (".docx", ".docm"),
        "tallyroom.documents.docx.opener:open_docx",
    )
)
register(
    Format(
        "application/pdf", (".pdf",), "tallyroom.documents.pdf.page:open_pdf", magic=(b"%PDF-",), guarded=True
    )
)
register(
    Format(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        (".xlsx", ".xlsm"),
        "tallyroom.documents.sheets.xlsx:open_xlsx",
    )
)
register(
    Format("text/csv", (".csv", ".tsv", ".tab"), "tallyroom.documents.sheets.csv:open_csv", only_named=True)
)
register(
    Format("message/rfc822", (".eml", ".mht", ".mhtml"), "tallyroom.documents.containers.letter:open_mail")
)
