"""The annex of a release that tells where its numbers come from: it repeats them, and states none of its own."""

from __future__ import annotations

import msgspec

from tallyroom.documents.wording import words_of
from tallyroom.model import Block, Document

_ANNEX = frozenset({"heading", "paragraph"})


def set_aside_annex(document: Document) -> Document:
    """Return the document with all from the head of such an annex on as furniture; as it is where it has none.

    The annex stands at the end. Its tables are no tables of the document any more.
    """
    first = _head_of_annex(document)
    if first is None:
        return document
    start = document.blocks[first].start
    aside = (Block(block.start, block.end, "furniture") for block in document.blocks[first:])
    tables = tuple(table for table in document.tables if table.start < start)
    return msgspec.structs.replace(document, blocks=(*document.blocks[:first], *aside), tables=tables)


def _head_of_annex(document: Document) -> int | None:
    heads = words_of("furniture", "annexes")
    longest = max(map(len, heads))
    for at, block in enumerate(document.blocks):
        short = block.end - block.start <= longest
        if short and block.kind in _ANNEX and document.text[block.start : block.end].lower() in heads:
            return at
    return None
