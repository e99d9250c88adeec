"""Zip archives (DOCX, XLSX) written anew with pinned times and order, so that the same content is the same bytes."""

from __future__ import annotations

import io
import zipfile

_MOMENT = (1980, 1, 1, 0, 0, 0)
_FIRST = ("[Content_Types].xml", "_rels/.rels")


def pinned_zip(data: bytes) -> bytes:
    """Return the archive with its members in order, stored at one fixed time by no particular system."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as found, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sorted(found.namelist(), key=lambda name: (name not in _FIRST, name)):
            member = zipfile.ZipInfo(name, _MOMENT)
            member.compress_type, member.create_system, member.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            made.writestr(member, found.read(name), compresslevel=6)
    return out.getvalue()
