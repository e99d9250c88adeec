"""PDFs written by hand, whole or harmful, without a program that would refuse to write them."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def a_pdf(objects: Sequence[bytes], root: int = 1) -> bytes:
    """A file of these objects, numbered from 1, with a table of references."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, root, table)
    return bytes(out)


def stream(content: bytes, more: bytes = b"") -> bytes:
    """A compressed stream."""
    packed = zlib.compress(content)
    return b"<</Length %d/Filter/FlateDecode%s>>\nstream\n%s\nendstream" % (len(packed), more, packed)


def pages_of(contents: Sequence[bytes], resources: bytes = b"", box: bytes = b"0 0 600 800") -> bytes:
    """A file with a page for each content stream; pages may share one by giving the same object."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * at) for at in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]/MediaBox[%s]/Resources<</Font<</F 3 0 R>>%s>>>>"
        % (len(contents), kids, box, resources),
        FONT,
    ]
    for at, content in enumerate(contents):
        objects += [b"<</Type/Page/Parent 2 0 R/Contents %d 0 R>>" % (5 + 2 * at), content]
    return a_pdf(objects)


def show(words: bytes, x: int = 50, y: int = 700, size: int = 12) -> bytes:
    """The instructions that draw some words."""
    return b"BT /F %d Tf %d %d Td (%s) Tj ET\n" % (size, x, y, words)
