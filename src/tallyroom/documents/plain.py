"""Plain text: the decoded bytes as they are, and the blocks that its lines make."""

from __future__ import annotations

import hashlib

import msgspec

from tallyroom.documents.blocks import blocks_of_lines
from tallyroom.documents.encodings import decode
from tallyroom.documents.errors import NothingToRead, SourceTooLarge
from tallyroom.documents.lines import split_lines
from tallyroom.documents.metadata import find_metadata
from tallyroom.documents.mojibake import notes_of
from tallyroom.documents.places import places_of_lines
from tallyroom.documents.request import Request
from tallyroom.documents.wrapping import join_wrapped
from tallyroom.model import Document

MOST_LINES = 1_000_000
"""A briefing has some hundreds; what has more than this is a log or an attack, and would fill the memory."""


def open_plain(request: Request) -> Document:
    """Open a plain text: its `text` is exactly what the bytes decode to.

    Raises:
        NothingToRead: White space only.
        SourceTooLarge: More lines than a document has.
        NotText, TextDamaged, EncodingUnfit: The bytes do not give characters.
    """
    decoded = decode(request.data, given=request.encoding, declared=request.charset, where=request.name)
    _refuse_endless(decoded.text, request.name)
    raw_lines = decoded.text.splitlines(keepends=True)
    lines = split_lines(raw_lines)
    if not lines:
        raise nothing_to_read(request.name, "white space only")
    blocks, tables = blocks_of_lines(decoded.text, join_wrapped(decoded.text, lines))
    known = find_metadata(request, decoded.text, blocks)
    return Document(
        id=request.id,
        text=decoded.text,
        sha256=hashlib.sha256(request.data).hexdigest(),
        encoding=decoded.encoding,
        encoding_from=decoded.encoding_from,
        blocks=blocks,
        tables=tables,
        places=places_of_lines(raw_lines, request.data, decoded.encoding),
        notes=notes_of(decoded.text),
        **msgspec.structs.asdict(known),
    )


def _refuse_endless(text: str, name: str) -> None:
    if text.count("\n") + text.count("\r") > MOST_LINES:
        raise SourceTooLarge(
            "the text has too many lines.", where=name, expected=f"at most {MOST_LINES}",
            found="more than that", next_step="split it into documents",
        )  # fmt: skip


def nothing_to_read(name: str, found: str) -> NothingToRead:
    """The error for a source without a character to read."""
    return NothingToRead(
        "there is nothing to read.", where=name, expected="a text", found=found,
        next_step="check that the document was saved or fetched whole",
    )  # fmt: skip
