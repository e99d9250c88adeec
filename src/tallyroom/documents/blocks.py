"""The blocks of a plain text, and the tables that some of its lines make."""

from __future__ import annotations

from collections.abc import Sequence

from tallyroom.documents.kinds import kinds_of_lines
from tallyroom.documents.lines import Line
from tallyroom.documents.tables import find_tables
from tallyroom.model import Block, Table


def blocks_of_lines(text: str, lines: Sequence[Line]) -> tuple[tuple[Block, ...], tuple[Table, ...]]:
    """Return a block for each line, and the tables that the rows among them belong to."""
    tables, rows = find_tables(text, lines)
    kinds = kinds_of_lines(lines, rows)
    blocks = tuple(
        Block(line.start, line.end, kind, rows.get(at))
        for at, (line, kind) in enumerate(zip(lines, kinds, strict=True))
    )
    return blocks, tables
