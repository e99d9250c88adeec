"""How wide text is on a terminal, and how to fit it: East Asian characters take two columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_WORDS = re.compile(r"\S+\s*|\s+")
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def width_of(text: str) -> int:
    """Return the number of columns that `text` takes.

    Source:
        UAX 11, East Asian Width: wide and full-width take two; marks that combine take none.

    Examples:
        >>> width_of("缴毒1.31吨"), width_of("é"), width_of("e\\u0301")
        (10, 1, 1)
    """
    return len(text) if text.isascii() else sum(map(_columns, text))


def pad(text: str, width: int, right: bool = False) -> str:
    """Fill `text` with spaces to `width` columns; text that is wider stays whole."""
    fill = " " * (width - width_of(text))
    return fill + text if right else text + fill


def printable(text: str) -> str:
    """Return `text` on one line, with what steers a terminal made visible.

    A source may hold escape codes or marks that turn the direction of writing; they are shown, not obeyed.

    Examples:
        >>> printable("a\\nb \\x1b[31m\\u202e")
        'a b \\\\x1b[31m\\\\u202e'
    """
    line = " ".join(text.split())
    return line if line.isascii() and line.isprintable() else "".join(map(_shown, line))


def wrap(text: str, width: int) -> list[str]:
    """Break `text` into lines of at most `width` columns: between words, and inside what is too long.

    Examples:
        >>> wrap("夏季治安打击整治 100 days", 8)
        ['夏季治安', '打击整治', '100 days']
    """
    lines = [""]
    for word in _pieces(text, width):
        if lines[-1] and width_of(lines[-1] + word.rstrip()) > width:
            lines.append("")
        lines[-1] += word if lines[-1] else word.lstrip()
    return [line.rstrip() for line in lines]


def _pieces(text: str, width: int) -> Iterator[str]:
    for word in _WORDS.findall(text):
        if width_of(word.rstrip()) > width:
            yield from _cut(word, width)
        else:
            yield word


def _cut(word: str, width: int) -> Iterator[str]:
    piece, taken = "", 0
    for character in word:
        columns = _columns(character)
        if piece and taken + columns > width:
            yield piece
            piece, taken = "", 0
        piece += character
        taken += columns
    yield piece


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _shown(character: str) -> str:
    if unicodedata.category(character) not in _UNSAFE:
        return character
    return character.encode("unicode_escape").decode()
