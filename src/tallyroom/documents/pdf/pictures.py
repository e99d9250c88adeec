"""Pages as pictures, for whoever wants to see a figure where it stands."""

from __future__ import annotations

import ctypes
import struct
import zlib
from collections.abc import Sequence
from typing import Any

from tallyroom.documents.pdf.library import Pdf, opened
from tallyroom.model.spots import PagePicture

_SCALE = 1.75
"""Dots to the point: small print can be read."""
_MOST_DOTS = 1800
"""Of the longer side: posters are drawn smaller."""
_WHITE = 0xFFFFFFFF
_HIGH = bytes(value & 0xF0 for value in range(256))
_LOW = bytes(value >> 4 for value in range(256))


def draw_pages(data: bytes, name: str, pages: Sequence[int], budget: int) -> list[PagePicture]:
    """Draw some pages of a PDF in grey, as long as the pictures take no more than `budget` bytes together.

    Args:
        pages: Their numbers, from 1; those that the document does not have are passed over.

    Raises:
        DocumentError: The document does not open.
    """
    drawn: list[PagePicture] = []
    with opened(data, name) as pdf:
        for number in pages:
            picture = _draw(pdf, number) if 1 <= number <= pdf.count else None
            if picture is None:
                continue
            budget -= len(picture.png)
            if budget < 0:
                break
            drawn.append(picture)
    return drawn


def _draw(pdf: Pdf, number: int) -> PagePicture | None:
    raw = pdf.raw
    with pdf.page(number - 1) as page:
        if page is None:
            return None
        width, height = raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page)
        scale = min(_SCALE, _MOST_DOTS / max(width, height, 1))
        across, down = max(2, round(width * scale)), max(1, round(height * scale))
        dots, stride = _grey(raw, page, across + across % 2, down)
    png = _png(dots, stride, across + across % 2, down)
    return PagePicture(number, round(width * 100), round(height * 100), png)


def _grey(raw: Any, page: Any, across: int, down: int) -> tuple[bytes, int]:
    bitmap = raw.FPDFBitmap_CreateEx(across, down, raw.FPDFBitmap_Gray, None, 0)
    if not bitmap:
        raise MemoryError
    try:
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, across, down, _WHITE)
        raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, across, down, 0, raw.FPDF_ANNOT)
        stride = raw.FPDFBitmap_GetStride(bitmap)
        return ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), stride * down), stride
    finally:
        raw.FPDFBitmap_Destroy(bitmap)


def _png(dots: bytes, stride: int, across: int, down: int) -> bytes:
    """A PNG of sixteen greys: two dots to the byte."""
    rows = (dots[at * stride : at * stride + across] for at in range(down))
    packed = zlib.compress(b"".join(b"\0" + _packed(row) for row in rows), 9)
    head = struct.pack(">IIBBBBB", across, down, 4, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


def _packed(row: bytes) -> bytes:
    high, low = row[0::2].translate(_HIGH), row[1::2].translate(_LOW)
    return (int.from_bytes(high, "big") | int.from_bytes(low, "big")).to_bytes(len(high), "big")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
