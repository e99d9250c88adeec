"""The encoding that a page says it is written in."""

from __future__ import annotations

import re

_HEAD = 8192
_XML = re.compile(rb"""<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})""")
_META = re.compile(rb"""<meta\s[^>]{0,400}?charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding's name as the XML declaration or a `<meta>` near the top gives it, or None."""
    head = data[:_HEAD]
    found = _XML.match(head.lstrip()) or _META.search(head)
    return found[1].decode("ascii") if found else None
