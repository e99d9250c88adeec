"""The PDF library: a file opened or refused, its pages, what it says of itself."""

from __future__ import annotations

import contextlib
import ctypes
from collections.abc import Iterator
from functools import cache
from typing import Any

from tallyroom.documents.errors import DocumentError, PasswordNeeded, PdfBroken, SourceTooLarge

MOST_PAGES = 20_000
_PASSWORD, _SECURITY = 4, 5
_LONGEST_META = 4096


class Pdf:
    """An open file. Pages are counted from 0 here."""

    def __init__(self, data: bytes, name: str) -> None:
        self._data, self.name = data, name  # the library reads from these bytes as long as the file is open
        self.raw: Any = _library()
        self.handle: Any = self.raw.FPDF_LoadMemDocument64(data, len(data), None)
        if not self.handle:
            raise _refusal(self.raw.FPDF_GetLastError(), name)
        self.count: int = self.raw.FPDF_GetPageCount(self.handle)
        if self.count < 1:
            raise _broken(name, "no page")
        if self.count > MOST_PAGES:
            self.close()
            raise SourceTooLarge(
                "the document has too many pages.", where=name, expected=f"at most {MOST_PAGES}",
                found=f"{self.count}", next_step="split it into documents",
            )  # fmt: skip

    def close(self) -> None:
        """Give back what the library holds."""
        if self.handle:
            self.raw.FPDF_CloseDocument(self.handle)
            self.handle = None

    @contextlib.contextmanager
    def page(self, number: int) -> Iterator[Any]:
        """Give the library's handle of a page, or None where the page is broken."""
        page = self.raw.FPDF_LoadPage(self.handle, number)
        try:
            yield page or None
        finally:
            if page:
                self.raw.FPDF_ClosePage(page)

    def said(self, key: str) -> str:
        """Return what the file says of itself under `key` (`Title`, `CreationDate`); "" for nothing."""
        buffer = ctypes.create_string_buffer(_LONGEST_META)
        length = self.raw.FPDF_GetMetaText(self.handle, key.encode(), buffer, _LONGEST_META)
        if length < 2 or length > _LONGEST_META:
            return ""
        return buffer.raw[: length - 2].decode("utf-16-le", "ignore").strip("\0 \t\r\n")


@contextlib.contextmanager
def opened(data: bytes, name: str) -> Iterator[Pdf]:
    """Open a PDF for as long as the block takes.

    Raises:
        PasswordNeeded: It is encrypted, and opens with a password alone.
        PdfBroken: It is so damaged that the library finds no page, or is no PDF.
        SourceTooLarge: It has more pages than a document has.
    """
    pdf = Pdf(data, name)
    try:
        yield pdf
    finally:
        pdf.close()


@cache
def _library() -> Any:
    """The library, started once in this process."""
    import pypdfium2.raw as raw

    raw.FPDF_InitLibrary()
    return raw


def _refusal(reason: int, name: str) -> DocumentError:
    if reason in (_PASSWORD, _SECURITY):
        return PasswordNeeded(
            "the PDF is encrypted and opens with a password alone.", where=name,
            expected="a PDF that opens without one", found="an encryption that asks for a password",
            next_step="open it with its password and save it without, for instance with `qpdf --decrypt`",
        )  # fmt: skip
    return _broken(name, "no structure that could be followed or repaired")


def _broken(name: str, found: str) -> PdfBroken:
    return PdfBroken(
        "the PDF is damaged, cut off, or no PDF.", where=name, expected="a PDF with at least one page",
        found=found, next_step="fetch it again, or open it in a viewer and print it to a new PDF",
    )  # fmt: skip
