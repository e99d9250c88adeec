"""The English words right before and right behind a place in a text."""

from __future__ import annotations

import re

_BEFORE = re.compile(r"([a-z'’]+)[ -]*$")
_BEHIND = re.compile(r" *([a-z'’]+)")
_BEHIND_HYPHEN = re.compile(r"[ -]?([a-z'’]+)")
_REACH = 20


def word_before(text: str, place: int) -> str:
    """Return the word that ends at `place`, blanks and a hyphen left out; nothing where none does."""
    match = _BEFORE.search(text[max(0, place - _REACH) : place])
    return match.group(1) if match else ""


def word_behind(text: str, place: int) -> str:
    """Return the word that begins at `place` or behind blanks; nothing where none does."""
    match = _BEHIND.match(text, place)
    return match.group(1) if match else ""


def word_joined(text: str, place: int) -> str:
    """Return the word that begins at `place`, behind a blank or a hyphen; nothing where none does."""
    match = _BEHIND_HYPHEN.match(text, place)
    return match.group(1) if match else ""
