"""The text of a document as HTML: its blocks, its tables, and every numeral marked where it stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import groupby

from tallyroom.model import Block, Cell, Document, Table
from tallyroom.show.labels import word
from tallyroom.show.marks import Mark

RenderMark = Callable[[Mark, str], str]
"""Turns a mark and the HTML of its characters into the HTML of the mark."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_OWN_MARK = re.compile(r"[^\w“\"'$£€¥(（]|[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.、)）]")
"""What a bullet begins with where the source wrote its mark as characters."""
_TAGS = {"title": "h3", "heading": "h4", "paragraph": "div", "bullet": "li"}


def text_html(document: Document, marks: Sequence[Mark], render: RenderMark) -> str:
    """Return the whole text as HTML; white space between blocks is all that is left out."""
    painter = _Painter(document.text, marks, render)
    return "".join(_parts(document, painter))


def clean(text: str) -> str:
    """Escape `text`; characters that no page may hold become the replacement character."""
    return escape(_CONTROL.sub("\ufffd", text))


class _Painter:
    """Paints spans of the text. A mark belongs to the span in which it begins."""

    def __init__(self, text: str, marks: Sequence[Mark], render: RenderMark) -> None:
        self._text, self._marks, self._render = text, marks, render
        self._starts = [mark.start for mark in marks]

    def paint(self, start: int, end: int) -> str:
        parts, at = [], start
        for mark in self._marks[bisect_left(self._starts, start) : bisect_left(self._starts, end)]:
            last = min(mark.end, end)
            parts += [self._plain(at, mark.start), self._render(mark, self._plain(mark.start, last))]
            at = last
        return "".join([*parts, self._plain(at, end)])

    def has_words(self, start: int, end: int) -> bool:
        return start < end and not self._text[start:end].isspace()

    def _plain(self, start: int, end: int) -> str:
        return clean(self._text[start:end])


def _parts(document: Document, painter: _Painter) -> Iterator[str]:
    for kind, group in groupby(_with_gaps(document, painter), _group_of):
        blocks = list(group)
        inner = "".join(_block(document, block, painter) for block in _one_a_table(blocks))
        if kind == "furniture":
            note = escape(word("furniture", document.lang))
            yield f'<details class="furniture"><summary>{note}</summary>{inner}</details>'
        else:
            yield f"<ul>{inner}</ul>" if kind == "bullet" else inner


def _with_gaps(document: Document, painter: _Painter) -> Iterator[Block]:
    """The blocks, and as paragraphs whatever words stand between them."""
    at = 0
    for block in document.blocks:
        if painter.has_words(at, block.start):
            yield Block(at, block.start, "paragraph")
        yield block
        at = max(at, block.end)
    if painter.has_words(at, len(document.text)):
        yield Block(at, len(document.text), "paragraph")


def _group_of(block: Block) -> str:
    return block.kind if block.kind in ("furniture", "bullet") else ""


def _one_a_table(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, with only the first row of each table: it stands for the whole."""
    seen: set[int] = set()
    for block in blocks:
        if block.kind != "row" or block.table is None:
            yield block
        elif block.table not in seen:
            seen.add(block.table)
            yield block


def _block(document: Document, block: Block, painter: _Painter) -> str:
    if block.kind == "row" and block.table is not None:
        return _table(document.tables[block.table], painter)
    tag = _TAGS.get(block.kind, "div")
    dot = " dot" if block.kind == "bullet" and not _OWN_MARK.match(document.text, block.start) else ""
    return f'<{tag} class="block{dot}">{painter.paint(block.start, block.end)}</{tag}>\n'


def _table(table: Table, painter: _Painter) -> str:
    rows = (
        "".join(_cell(cell, painter) for cell in cells)
        for _, cells in groupby(table.cells, lambda cell: cell.row)
    )
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f'<div class="wide" tabindex="0"><table class="source">{body}</table></div>\n'


def _cell(cell: Cell, painter: _Painter) -> str:
    tag = "th" if cell.header else "td"
    spans = [
        f' {name}="{size}"'
        for name, size in (("rowspan", cell.rowspan), ("colspan", cell.colspan))
        if size > 1
    ]
    return f'<{tag}{"".join(spans)} class="block">{painter.paint(cell.start, cell.end)}</{tag}>'
