"""Cutting what is too long to be read at once: a block without an end into parts, a sentence into shorter ones.

Nothing that people write is cut. It keeps the time to read any text in proportion to its length.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tallyroom.model.document import Block
from tallyroom.reading.tokens import BREAK, Token

LONGEST_BLOCK = 4000
"""Characters. The longest paragraph of 3,500 news days and 230 briefings has half as many."""
LONGEST_SENTENCE = 200
"""Tokens."""
_ENDS = (("。", "！", "？", ". ", "! ", "? ", "\n"), ("；", ";"), ("，", "、", ", "), (" ", "\t"))
"""Where to cut, by preference."""

Span = tuple[int, int]


def parts_of(block: Block, text: str) -> Iterator[Block]:
    """Yield the block, or the parts of a block that is too long, in order; together they cover it."""
    start = block.start
    while block.end - start > LONGEST_BLOCK:
        end = _last_end(text, start + LONGEST_BLOCK // 2, start + LONGEST_BLOCK)
        yield Block(start, end, block.kind, block.table)
        start = end
    yield Block(start, block.end, block.kind, block.table) if start > block.start else block


def _last_end(text: str, first: int, last: int) -> int:
    """Return the place behind the last of the best marks; `last` where there is no mark at all."""
    for marks in _ENDS:
        end = max(at + len(mark) if (at := text.rfind(mark, first, last)) >= 0 else -1 for mark in marks)
        if end > 0:
            return end
    return last


def shorter(span: Span, tokens: list[Token]) -> Iterator[tuple[Span, list[Token]]]:
    """Yield a sentence with its tokens, or the pieces of one that has too many, cut behind its strongest breaks."""
    start, first = span[0], 0
    while len(tokens) - first > LONGEST_SENTENCE:
        cut = _strongest(tokens, first + LONGEST_SENTENCE // 2, first + LONGEST_SENTENCE)
        end = tokens[cut].start
        yield (start, end), tokens[first:cut]
        start, first = end, cut
    yield (start, span[1]), tokens[first:] if first else tokens


def _strongest(tokens: Sequence[Token], first: int, last: int) -> int:
    """Return the index behind the last of the strongest breaks; `last` where there is none."""
    breaks = [k for k in range(first, last) if tokens[k].kind == BREAK]
    return max(breaks, key=lambda k: (tokens[k].strength, k)) + 1 if breaks else last
