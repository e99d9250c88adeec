"""Opening a mail as a document: its text, with the subject as its title and the day on which it was sent."""

from __future__ import annotations

import hashlib

import msgspec

from tallyroom.documents.containers.mail import Mail, charset_of, content_of
from tallyroom.documents.encodings import decode
from tallyroom.documents.errors import NothingToRead
from tallyroom.documents.html.declared import declared_encoding
from tallyroom.documents.html.page import open_html
from tallyroom.documents.plain import open_plain
from tallyroom.documents.request import Request
from tallyroom.model import Document, Spot

MEDIA_TYPE = "message/rfc822"
_TOLD = 5


def open_mail(request: Request) -> Document:
    """Open the text of a mail; what is attached to it are documents of their own.

    Where the text itself tells no day of publication it is the day on which the mail was sent.

    Raises:
        MailDamaged: Its parts cannot be told apart.
        NothingToRead, PageEmpty: It holds no text of its own.
        NotText, TextDamaged, EncodingUnfit: The bytes do not give characters.
    """
    mail = Mail(request.data, request.name)
    part = mail.body
    if part is None:
        raise NothingToRead(
            "the mail has no text of its own.", where=request.name, expected="a text beside what is attached",
            found=_some([*mail.names, *mail.left]) or "nothing", next_step="read what is attached to it",
        )  # fmt: skip
    kind, content = part.get_content_type(), content_of(part)
    declared = charset_of(part) or (declared_encoding(content) if kind == "text/html" else None)
    decoded = decode(content, given=request.encoding, declared=declared, where=request.name)
    # The characters are found: whoever opens them is told so.
    inner = msgspec.structs.replace(request, data=decoded.text.encode("utf-8", "replace"), encoding="utf-8")
    document = open_html(inner) if kind == "text/html" else open_plain(inner)
    known = document.published is not None
    return msgspec.structs.replace(
        document,
        sha256=hashlib.sha256(request.data).hexdigest(),
        media_type=MEDIA_TYPE,
        encoding=decoded.encoding,
        encoding_from=decoded.encoding_from,
        title=mail.subject or document.title,
        publisher=document.publisher or mail.sender,
        published=document.published if known else mail.sent,
        published_from=document.published_from if known else ("meta" if mail.sent else None),
        places=(),
        spots=tuple(Spot(block.start, block.end, name=kind) for block in document.blocks),
        notes=(*document.notes, *((f"attached and left out: {_some(mail.left)}",) if mail.left else ())),
    )


def _some(names: list[str]) -> str:
    more = len(names) - _TOLD
    return ", ".join(names[:_TOLD]) + (f" and {more:,} more" if more > 0 else "")
