"""Items: the parts of a document that are each about one thing, as a bulletin of news has many."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from tallyroom.model.document import Block

_PER_HEADING = 30
"""Blocks: a bulletin with fewer headings than one for so many has none worth the name."""


class Item(msgspec.Struct, frozen=True, gc=False):
    """A heading with what follows it up to the next heading, or one line of a long list of contents."""

    start: int
    end: int
    lead: int
    """Where the heading ends; `start` where there is none."""


class Items:
    """The items of a document, in order; a `bulletin` has many, and each line of a list in it is one too."""

    def __init__(self, blocks: Sequence[Block], *, bulletin: bool) -> None:
        self._items = _items(blocks, bulletin=bulletin)
        self._starts = [item.start for item in self._items]

    def at(self, offset: int) -> Item:
        """Return the item that a place of the text lies in; the first one for a place before all."""
        return self._items[max(0, bisect_right(self._starts, offset) - 1)]


def _items(blocks: Sequence[Block], *, bulletin: bool) -> list[Item]:
    """Group blocks by the headings before them; in a bulletin without headings each paragraph is one."""
    loose = bulletin and sum(block.kind == "heading" for block in blocks) * _PER_HEADING < len(blocks)
    items: list[Item] = []
    led = False
    for block in blocks:
        heads = block.kind in ("title", "heading")
        alone = (bulletin and block.kind == "bullet") or (loose and not led)
        if not items or (heads and not led) or alone:
            items.append(Item(block.start, block.end, block.end if heads else block.start))
        else:
            last = items[-1]
            items[-1] = Item(last.start, block.end, block.end if heads else last.lead)
        led = heads
    return items or [Item(0, 0, 0)]
