"""A Chinese briefing in traditional characters: the same words, character for character."""

from __future__ import annotations

import msgspec

from tallyroom.generate.nouns import Block, Briefing, Passage, Placed
from tallyroom.model.characters import traditional


def in_traditional(briefing: Briefing) -> Briefing:
    """Return the briefing with every character in its traditional form; spans stay as they are."""
    return msgspec.structs.replace(
        briefing,
        id=f"{briefing.id}-hant",
        lang="zh-Hant",
        publisher=traditional(briefing.publisher),
        blocks=tuple(_block(block) for block in briefing.blocks),
    )


def _block(block: Block) -> Block:
    cells = tuple(tuple(_passage(cell) for cell in row) for row in block.cells)
    return Block(block.kind, _passage(block.passage), cells)


def _passage(passage: Passage) -> Passage:
    text = traditional(passage.text)
    assert len(text) == len(passage.text), passage.text
    return Passage(text, tuple(_placed(one, text) for one in passage.figures))


def _placed(placed: Placed, text: str) -> Placed:
    amount = msgspec.structs.replace(placed.amount, text=text[placed.start : placed.end])
    claim = placed.claim
    if claim.operation is not None:
        claim = msgspec.structs.replace(claim, operation=traditional(claim.operation))
    return Placed(placed.start, placed.end, claim, amount)
