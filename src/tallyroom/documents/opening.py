"""The door of the stage: bytes in, a document out."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from tallyroom.documents.annexes import set_aside_annex
from tallyroom.documents.formats import opener_of
from tallyroom.documents.plain import nothing_to_read
from tallyroom.documents.request import Request
from tallyroom.documents.sniffing import media_type_of
from tallyroom.model import Document


def open_document(
    data: bytes,
    *,
    id: str,
    name: str = "",
    published: datetime.date | None = None,
    encoding: str | None = None,
    about: Mapping[str, Any] | None = None,
    media_type: str | None = None,
    charset: str | None = None,
) -> Document:
    """Open one document.

    Args:
        data: The source's bytes.
        id: The document's id, used for `source` of its observations.
        name: The file's name or path: its ending helps to tell the format, and messages name it.
        published: The day of publication, if the user gave one; it overrides whatever the document says.
        encoding: The encoding, if the user gave one; otherwise it is found, and the document tells how.
        about: The entry of `docs.jsonl` for this document: `published`, `lang`, `url`, `publisher`.
        media_type: What a server said the format is; the first bytes go before it.
        charset: What a server said the encoding is; followed unless what comes out is plainly not language.

    Returns:
        The document. What nothing settles (title, publisher, date) is None, and `lang` is then `und`.

    Raises:
        DocumentError: The bytes are empty, no text, damaged, or of a format that cannot be opened; `code`
            tells which.

    Examples:
        >>> open_document("缴毒1.31吨。".encode(), id="note").blocks[0].kind
        'paragraph'
    """
    where = name or id
    if not data:
        raise nothing_to_read(where, "no bytes at all")
    request = Request(data, id, where, published, encoding, about or {}, charset)
    return set_aside_annex(opener_of(media_type_of(data, name, media_type))(request))
