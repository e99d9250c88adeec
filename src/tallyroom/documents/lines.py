"""The lines of a text: the spans that blocks are made from."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

BLANK = " \t\u3000\xa0\ufeff\u200b\r\n\v\f\x1a\x1c\x1d\x1e\x1f\x85\u2028\u2029\u2002\u2003\u2009"
"""White space, a byte order mark and the marks that end a line or a file."""


class Line(msgspec.Struct, gc=False):
    """A line with something on it: `text[start:end]` is `words`, without the white space around it."""

    start: int
    end: int
    words: str
    indent: int
    """Characters of white space before it."""
    gap: bool
    """True where a blank line, or the beginning of the text, stands before it."""


def split_lines(raw_lines: Iterable[str]) -> list[Line]:
    """Return those of a text's lines, given whole with what ends them, that hold more than white space."""
    lines: list[Line] = []
    at, gap = 0, True
    for raw in raw_lines:
        words = raw.strip(BLANK)
        if words:
            indent = len(raw) - len(raw.lstrip(BLANK)) if raw[0] != words[0] else 0
            lines.append(Line(at + indent, at + indent + len(words), words, indent, gap))
        gap = not words
        at += len(raw)
    return lines
