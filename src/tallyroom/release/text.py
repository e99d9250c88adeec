"""An edition as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from tallyroom.release.edition import Block, Chart, Edition, Grid, text_of


def text_edition(edition: Edition) -> str:
    """Return the edition as text: one block a paragraph, tables with tabs between cells, notes at the end.

    Charts are left out: a text has no pictures, and their numbers stand in its tables or sentences.
    """
    parts = [*_head(edition), *(part for block in edition.body for part in _block(block))]
    colon = "：" if edition.lang == "zh" else ": "
    parts.append("\n".join(f"{note.term}{colon}{text_of(note.runs)}" for note in edition.notes))
    if edition.demonstration:
        parts.append(edition.demonstration)
    return "\n\n".join(parts) + "\n"


def _head(edition: Edition) -> Iterator[str]:
    if edition.demonstration:
        yield edition.demonstration


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Grid):
        heads = "\t".join((block.stub, *block.heads))
        rows = ["\t".join((row.label, *map(text_of, row.cells))) for row in block.rows]
        yield "\n".join([block.caption, heads, *rows])
    elif not isinstance(block, Chart):
        yield text_of(block.runs).strip()
