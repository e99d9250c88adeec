"""Tables of words that stand right before or right after a place in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Generic, TypeVar

T = TypeVar("T")


def is_latin(char: str) -> bool:
    """Tell letters of the Latin alphabet and its neighbours, which part their words by blanks, from Han."""
    return char.isalpha() and char < "\u0590"


class Starts(Generic[T]):
    """Words looked up by where they begin; the longest wins."""

    def __init__(self, words: Iterable[tuple[str, T]]) -> None:
        table: dict[str, list[tuple[str, bool, T]]] = {}
        for word, meaning in words:
            table.setdefault(word[:2], []).append((word, is_latin(word[-1]) or word[-1].isdigit(), meaning))
        self._table = {
            key: tuple(sorted(found, key=lambda entry: -len(entry[0]))) for key, found in table.items()
        }

    @property
    def heads(self) -> frozenset[str]:
        """The characters that the words begin with."""
        return frozenset(key[0] for key in self._table)

    def at(self, text: str, place: int) -> tuple[int, T] | None:
        """Return the end and the meaning of the longest word at `place`, or None."""
        key = text[place : place + 2]
        for word, bounded, meaning in self._table.get(key, ()):
            if text.startswith(word, place):
                end = place + len(word)
                if not bounded or end == len(text) or not _joins(text[end]):
                    return end, meaning
        for word, bounded, meaning in self._table.get(key[:1], ()):
            if not bounded or place + 1 >= len(text) or not _joins(text[place + 1]):
                return place + len(word), meaning
        return None


class Ends(Generic[T]):
    """Words looked up by where they end; the longest wins."""

    def __init__(self, words: Iterable[tuple[str, T]]) -> None:
        table: dict[str, list[tuple[str, bool, T]]] = {}
        for word, meaning in words:
            table.setdefault(word[-2:], []).append((word, is_latin(word[0]), meaning))
        self._table = {
            key: tuple(sorted(found, key=lambda entry: -len(entry[0]))) for key, found in table.items()
        }

    def at(self, text: str, place: int) -> tuple[int, T] | None:
        """Return the start and the meaning of the longest word that ends at `place`, or None."""
        key = text[max(place - 2, 0) : place]
        for word, bounded, meaning in self._table.get(key, ()):
            start = place - len(word)
            if (
                start >= 0
                and text.startswith(word, start)
                and not (bounded and start and _joins(text[start - 1]))
            ):
                return start, meaning
        for _, bounded, meaning in self._table.get(key[-1:], ()) if len(key) > 1 else ():
            if not (bounded and _joins(text[place - 2])):
                return place - 1, meaning
        return None


def _joins(char: str) -> bool:
    return (char.isalnum() and char < "\u0590") or char == "_"


def any_of(words: Iterable[str]) -> str:
    """Return a regular expression that matches the longest of `words`, read letter by letter."""
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _alternatives(tree)


def _alternatives(node: Mapping[str, Any]) -> str:
    branches = [re.escape(char) + _alternatives(rest) for char, rest in node.items() if char]
    if not branches:
        return ""
    body = branches[0] if len(branches) == 1 and "" not in node else f"(?:{'|'.join(branches)})"
    return f"{body}?" if "" in node else body
