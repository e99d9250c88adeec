"""Items: the parts of a document that are each about one thing, as a bulletin of news has many."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from tallyroom.model.document import Block

BULLETIN = 60
"""Blocks from which on a document is a bulletin of many items; below, the lines of a list belong to what leads
them in."""


class Item(msgspec.Struct, frozen=True, gc=False):
    """A heading with what follows it up to the next heading, or one line of a long list of contents."""

    start: int
    end: int
    lead: int
    """Where the heading ends; `start` where there is none."""


class Items:
    """The items of a document, in order."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._items = _items(blocks)
        self._starts = [item.start for item in self._items]

    def at(self, offset: int) -> Item:
        """Return the item that a place of the text lies in; the first one for a place before all."""
        return self._items[max(0, bisect_right(self._starts, offset) - 1)]


def _items(blocks: Sequence[Block]) -> list[Item]:
    listed = len(blocks) >= BULLETIN
    items: list[Item] = []
    led = False
    for block in blocks:
        heads = block.kind in ("title", "heading")
        if not items or (heads and not led) or (listed and block.kind == "bullet"):
            items.append(Item(block.start, block.end, block.end if heads else block.start))
        else:
            last = items[-1]
            items[-1] = Item(last.start, block.end, block.end if heads else last.lead)
        led = heads
    return items or [Item(0, 0, 0)]
