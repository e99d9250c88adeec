"""The tree of a page, as a flat list of events: elements that begin and end, and the text between them.

Missing and misplaced end tags are put right as browsers do, as far as it matters for text. Nothing
recurses, and each element is opened and closed once, so depth and disorder cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tallyroom.documents.errors import PageTooLarge
from tallyroom.documents.html import names
from tallyroom.documents.html.head import Head
from tallyroom.documents.html.hiding import hidden_by, is_hidden
from tallyroom.documents.html.suspects import suspicion_of, without_numbers
from tallyroom.documents.html.tokens import Token, attributes_of, tokens_of

MOST_ELEMENTS = 1_000_000
PROSE = 40
"""Characters of a stretch of text without markup that menus and lists of links do not reach."""

_NONE: Mapping[str, str] = {}
_TELLING = frozenset({"meta", "link", "time", "script", "frame", "iframe"})
"""Elements whose tags say something of the page."""


class Element:
    """One element and what its subtree holds, in characters."""

    __slots__ = (
        "colspan", "core", "dropped", "furniture", "inside", "letters", "linked", "links", "name",
        "parent", "plain", "presentation", "prose", "rowspan", "suspicion", "table", "titled",
    )  # fmt: skip

    def __init__(self, name: str, parent: Element | None) -> None:
        self.name, self.parent = name, parent
        self.core = name in ("main", "article")
        self.dropped = self.presentation = False
        self.suspicion = 0
        """What its own name, role and class say: 0 nothing, 1 probably furniture, 2 surely."""
        self.letters = self.linked = self.links = self.prose = 0
        self.plain = 0
        """Characters outside links that stand in it directly."""
        self.titled = False
        """It holds a headline of the first rank that is not a link."""
        self.inside = self.furniture = False
        """Set by `mark_furniture` when the whole page is known."""
        self.colspan = self.rowspan = 1
        self.table: Element | None = self if name in ("table", "dl") else parent.table if parent else None
        """The table, or list of terms, that it is or stands in."""


Text = tuple[int, int]
Event = Element | Text | None
"""An element that begins, a span of text, or None: the last element that began and did not end yet ends."""


class Tree:
    """A page in reading order. `events` leaves out what is not shown; `elements` come as they begin."""

    def __init__(self, source: str, where: str = "", *, styled: bool = True) -> None:
        self.source, self.where = source, where
        self._styled = styled
        """Whether the style sheets in the page count."""
        self._sheets: set[str] = set()
        self.unseen = 0
        """Characters of text that is left out, markup of programs not counted."""
        self.head = Head()
        self.events: list[Event] = []
        self.elements: list[Element] = []
        self._stack: list[Element] = []
        self._open: dict[str, list[int]] = {}
        self._blocks: list[int] = []
        self._raw: Mapping[str, str] = {}
        self._in_page = False
        """Whether the last link led to a place on the same page."""
        root = Element("html", None)
        self._push(root)
        self._take(tokens_of(source))
        self._pop_to(0)

    @property
    def root(self) -> Element:
        """The element that holds all others."""
        return self.elements[0]

    @property
    def is_emptied(self) -> bool:
        """Tell whether its style sheets hide more than they leave: a program in the page would show that again."""
        return bool(self._sheets) and self.unseen > self.root.letters

    def _take(self, tokens: Iterable[Token]) -> None:
        for kind, start, end, name, written in tokens:
            if kind == "open":
                self._begin(name, attributes_of(written) if written else _NONE)
            elif kind == "close":
                self._end(name)
            elif kind == "text":
                self._text(start, end)
            else:
                self.head.add_raw(name, self._raw, self.source[start:end])
                if name == "style" and self._styled:
                    self._sheets |= hidden_by(self.source[start:end])

    def _text(self, start: int, end: int) -> None:
        within = self._stack[-1]
        if within.dropped:
            self.unseen += end - start
            return
        self.events.append((start, end))
        letters = len(self.source[start:end].strip())
        within.letters += letters
        if self._open.get("a") and not self._is_cell_of_notes():
            within.linked += letters
            return
        within.plain += letters
        if letters >= PROSE:
            within.prose += letters

    def _is_cell_of_notes(self) -> bool:
        """A link of a cell to a place on the same page is a figure with its note, and no menu."""
        return self._in_page and bool(self._open.get("td"))

    def _begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in _TELLING or "itemprop" in attributes:
            self._note(name, attributes)
        if name in names.EMPTY or (name in ("html", "body") and self._open.get(name)):
            return
        if name in names.IMPLIED:
            self._close_implied(*names.IMPLIED[name])
        element = self._element(name, attributes)
        self._push(element)
        if name in names.VOID:
            self._pop_to(len(self._stack) - 1)

    def _note(self, name: str, attributes: Mapping[str, str]) -> None:
        """Pass on what the tag says about the page."""
        if name == "meta" or ("itemprop" in attributes and "content" in attributes):
            self.head.add_meta(attributes)
        elif name == "link":
            self.head.add_link(attributes)
        elif name == "time":
            self.head.add_time(attributes)
        elif name == "script":
            self._raw = attributes
        else:
            self.head.add_frame(attributes)

    def _element(self, name: str, attributes: Mapping[str, str]) -> Element:
        parent = self._stack[-1]
        element = Element(name, parent)
        if (
            parent.dropped
            or name in names.DROPPED
            or (attributes and is_hidden(name, attributes, self._sheets))
        ):
            element.dropped = True
            return element
        if not attributes:
            element.suspicion = suspicion_of(name, "", "")
            return element
        role = attributes["role"].lower() if "role" in attributes else ""
        element.suspicion = suspicion_of(name, role, _called(attributes))
        if role:
            element.core = element.core or role == "main"
            element.presentation = role in ("presentation", "none")
        if name in names.CELLS:
            element.colspan, element.rowspan = (
                _span(attributes, "colspan", 100),
                _span(attributes, "rowspan", 1000),
            )
        elif name == "a":
            self._in_page = attributes.get("href", "").startswith("#")
            element.links = int(not self._is_cell_of_notes())
        return element

    def _push(self, element: Element) -> None:
        at = len(self._stack)
        if len(self.elements) >= MOST_ELEMENTS:
            raise PageTooLarge(
                "the page has too many elements.", where=self.where, expected=f"at most {MOST_ELEMENTS}",
                found="more than that", next_step="save its text, or split the page",
            )  # fmt: skip
        self._stack.append(element)
        self._open.setdefault(element.name, []).append(at)
        if element.name in names.BLOCKS:
            self._blocks.append(at)
        self.elements.append(element)
        if not element.dropped:
            self.events.append(element)
        elif element.name in names.BREAKING and not self._stack[at - 1].dropped:
            self.events += (element, None)

    def _pop_to(self, depth: int) -> None:
        """End the elements above `depth`, innermost first, and add what they hold to those around them."""
        while len(self._stack) > depth:
            element = self._stack.pop()
            self._open[element.name].pop()
            if self._blocks and self._blocks[-1] == len(self._stack):
                self._blocks.pop()
            if not element.dropped:
                self.events.append(None)
            if element.parent is not None and (element.letters or element.links):
                _add_up(element, element.parent)

    def _close_implied(self, closable: frozenset[str], walls: frozenset[str]) -> None:
        found = [at[-1] for name in closable if (at := self._open.get(name))]
        if found:
            wall = self._last(walls)
            inside = [at for at in found if at > wall]
            if inside:
                self._pop_to(min(inside))

    def _end(self, name: str) -> None:
        if name in ("html", "body", "br"):
            if name == "br":
                self._begin(name, {})
            return
        at = self._open.get(name)
        if at and (at[-1] == len(self._stack) - 1 or at[-1] >= self._wall(name)):
            self._pop_to(at[-1])
        elif name == "p":
            # Browsers take it for an empty paragraph.
            self._begin(name, {})
            self._pop_to(len(self._stack) - 1)

    def _wall(self, name: str) -> int:
        """The element that an end tag of `name` cannot reach beyond."""
        if name in names.TABLE_PARTS:
            return self._last(names.TABLES)
        if name in names.BLOCKS:
            return self._last(names.WALLS)
        return self._blocks[-1] if self._blocks else 0

    def _last(self, walls: frozenset[str]) -> int:
        last = -1
        for name in walls:
            at = self._open.get(name)
            if at and at[-1] > last:
                last = at[-1]
        return last


def _called(attributes: Mapping[str, str]) -> str:
    """The class and the id of an element."""
    if "class" not in attributes and "id" not in attributes:
        return ""
    return without_numbers(f"{attributes.get('class', '')} {attributes.get('id', '')}")


def _add_up(element: Element, parent: Element) -> None:
    parent.letters += element.letters
    parent.linked += element.linked
    parent.links += element.links
    parent.prose += element.prose
    parent.titled = (
        parent.titled or element.titled or (element.name == "h1" and element.letters > element.linked)
    )


def _span(attributes: Mapping[str, str], name: str, most: int) -> int:
    value = attributes.get(name, "1").strip()
    return min(max(int(value), 1), most) if value.isascii() and value.isdigit() and len(value) < 6 else 1
