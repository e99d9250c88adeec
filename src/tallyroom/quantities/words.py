"""The number words of one language, as the core codebook lists them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from tallyroom.model.quantity import Bound
from tallyroom.quantities.wordlists import word_list


class NumberWords(msgspec.Struct, frozen=True):
    """`wording/<lang>/numbers.yaml`: each list of the file by its name; leaves are text."""

    lang: str
    lists: Mapping[str, Any]

    def words(self, name: str) -> tuple[str, ...]:
        """Return a list of words, or no words where the file has no such list."""
        found = self.lists.get(name) or ()
        return (found,) if isinstance(found, str) else tuple(found)

    def groups(self, name: str) -> dict[str, tuple[str, ...]]:
        """Return a mapping of names to words."""
        return {key: tuple(words or ()) for key, words in (self.lists.get(name) or {}).items()}

    def bounds(self, name: str) -> list[tuple[str, Bound]]:
        """Return each word of a mapping of bounds to words, with its bound."""
        groups = msgspec.convert(self.groups(name), dict[Bound, tuple[str, ...]])
        return [(word, bound) for bound, words in groups.items() for word in words]

    def worths(self, name: str) -> dict[str, int]:
        """Return a mapping of words to whole numbers."""
        return {word: int(worth) for word, worth in (self.lists.get(name) or {}).items()}


def load_number_words(lang: str) -> NumberWords:
    """Return the number words that ship with the core codebook for `zh` or `en`.

    Raises:
        FileNotFoundError: The core codebook has no numbers for the language.
    """
    return NumberWords(lang, word_list(lang, "numbers"))
