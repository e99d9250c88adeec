"""A page's tree to text: a line for each element that stands on its own, and one for each row of a table."""

from __future__ import annotations

import re

from tallyroom.documents.html import names
from tallyroom.documents.html.layout import data_tables
from tallyroom.documents.html.suspects import mark_furniture
from tallyroom.documents.html.tree import Element, Tree
from tallyroom.documents.html.writer import Hint, Manner, Writer

_FOOTNOTE = re.compile(
    r"\s*[\[(（]?(?:(?:注|note\s)?\d{1,3}|[a-z]|[*†‡]{1,3}|[①-⑳]|注)[\])）]?(?:\s?,\s?\d{1,3})*\s*",
    re.IGNORECASE,
)
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_FOOTNOTE_EVENTS = 8
_LENGTHS = frozenset("mM米")
_HINTS: dict[str, Hint] = {"h1": "title", **dict.fromkeys(sorted(names.HEADINGS - {"h1"}), "heading"),
                           "li": "bullet", "caption": "heading", "summary": "heading"}  # fmt: skip
_BREAKS = frozenset({"br", "hr"})


def flatten(tree: Tree) -> Writer:
    """Return the page written down: its text, its lines, and where each character came from."""
    mark_furniture(tree)
    return _Flattener(tree).run()


class _Flattener:
    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.writer = Writer(tree.source, tree.where)
        self.data = data_tables(tree.elements)
        self.stack: list[Element] = []
        self.blocks: list[Element] = []
        self.hints: list[Hint] = [""]
        self.after_link = False
        self.links = 0
        """How many `a` elements are open."""
        self.verbatim = 0
        """How many `pre` elements are open."""

    def run(self) -> Writer:
        events, at = self.tree.events, 0
        while at < len(events):
            event = events[at]
            at += 1
            if event is None:
                self.end(self.stack.pop())
            elif isinstance(event, tuple):
                self.write(*event)
            elif event.name == "sup" and (after := self.after_footnote(at)):
                at = after
            else:
                self.begin(event)
        return self.writer

    def begin(self, element: Element) -> None:
        name = element.name
        self.stack.append(element)
        if name in _HINTS:
            self.hints.append(_HINTS[name])
        if name == "a" and self.after_link:
            self.writer.space()
        self.after_link = False
        self.links += name == "a"
        self.verbatim += name == "pre"
        if name in names.BLOCKS:
            self.blocks.append(element)
            self.writer.end_line()
        elif name in _BREAKS:
            self.writer.end_line()
        if element.table in self.data:
            self.begin_part(element)

    def begin_part(self, element: Element) -> None:
        """Begin a part of a data table: a row, or a cell. A term begins a row after the values of another."""
        if element.name == "tr":
            self.writer.begin_row()
        elif element.name in ("td", "th", "dt", "dd"):
            if element.name == "dt":
                self.writer.begin_row()
            self.writer.begin_cell(element)

    def end(self, element: Element) -> None:
        name = element.name
        if name in _HINTS:
            self.hints.pop()
        self.after_link = name == "a"
        self.links -= name == "a"
        self.verbatim -= name == "pre"
        if element.table in self.data and name in ("tr", "table", "dl"):
            self.writer.end_row()
        if name in names.BLOCKS:
            self.blocks.pop()
            self.writer.end_line()

    def write(self, start: int, end: int) -> None:
        self.after_link = False
        if self.writer.is_between_lines and self.tree.source[start:end].isspace():
            return
        box = self.blocks[-1].parent if self.blocks else None
        manner = Manner(self.hints[-1], self.stack[-1].furniture, self.links > 0, self.verbatim > 0, box)
        if not self.verbatim:
            self.writer.write(start, end, manner)
            return
        for line in _LINE.finditer(self.tree.source, start, end):
            self.writer.write(*line.span(), manner)
            if line[0][-1:] in ("\r", "\n"):
                self.writer.end_line()

    def after_footnote(self, at: int) -> int | None:
        """Where events go on after a raised footnote mark, which would make 2,589¹ another number."""
        depth, words = 1, ""
        for offset, event in enumerate(self.tree.events[at : at + _FOOTNOTE_EVENTS], at + 1):
            if isinstance(event, tuple):
                words += self.tree.source[event[0] : min(event[1], event[0] + 20)]
            depth += -1 if event is None else isinstance(event, Element)
            if depth == 0:
                return offset if _FOOTNOTE.fullmatch(words) and self.writer.last not in _LENGTHS else None
        return None
