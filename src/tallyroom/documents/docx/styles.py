"""What the styles of a Word file say that matters for its text: headings, titles, lists, hidden text."""

from __future__ import annotations

import re

import msgspec

from tallyroom.documents.office.xml import Attributes

_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_FALSE = frozenset({"0", "false", "off", "none"})
_DEEPEST = 20
_BODY_TEXT = 9


class Style(msgspec.Struct):
    """One style: its name in English, what it is based on, and what it sets; None where it sets nothing."""

    name: str = ""
    based_on: str = ""
    level: int | None = None
    """Outline level from 0; 9 is body text."""
    is_hidden: bool | None = None
    is_listed: bool | None = None


class Styles:
    """Takes `word/styles.xml`, and then tells about styles by their ids."""

    def __init__(self) -> None:
        self._styles: dict[str, Style] = {}
        self._style: Style | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        """Take a tag."""
        if name == "w:style":
            self._style = self._styles.setdefault(attributes.get("w:styleId", ""), Style())
        if self._style is None:
            return
        value = attributes.get("w:val", "")
        if name == "w:name":
            self._style.name = value
        elif name == "w:basedOn":
            self._style.based_on = value
        elif name == "w:outlineLvl" and value.isdecimal():
            self._style.level = min(int(value[:2]), _BODY_TEXT)
        elif name == "w:vanish":
            self._style.is_hidden = is_on(attributes)
        elif name == "w:numId":
            self._style.is_listed = value != "0"

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if name == "w:style":
            self._style = None

    def text(self, words: str) -> None:
        """Styles hold no text."""

    def heading(self, style: str) -> int | None:
        """Return the level of a heading from 0, -1 for a title, None for other text."""
        for each in self._chain(style):
            found = _HEADING.fullmatch(each.name)
            if found:
                return int(found[1]) - 1
            if each.name.lower() in ("title", "subtitle"):
                return -1 if each.name.lower() == "title" else 0
            if each.level is not None:
                return each.level if each.level < _BODY_TEXT else None
        return None

    def is_hidden(self, style: str) -> bool:
        """Tell whether text of this style is hidden."""
        return next((each.is_hidden for each in self._chain(style) if each.is_hidden is not None), False)

    def is_listed(self, style: str) -> bool:
        """Tell whether a paragraph of this style is an item of a list."""
        return next((each.is_listed for each in self._chain(style) if each.is_listed is not None), False)

    def is_contents(self, style: str) -> bool:
        """Tell whether a paragraph of this style is a line of the table of contents."""
        return any(each.name.lower().startswith(("toc ", "table of figures")) for each in self._chain(style))

    def _chain(self, style: str) -> list[Style]:
        found: list[Style] = []
        while style in self._styles and len(found) < _DEEPEST:
            found.append(self._styles[style])
            style = found[-1].based_on
        return found


def is_on(attributes: Attributes) -> bool:
    """Tell whether an element that switches something switches it on."""
    return attributes.get("w:val", "true").lower() not in _FALSE
