"""Openers: the words that show that a part of a text is about enforcement, so that it is worth reading."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container

from tallyroom.codebook.lexicon import WordFinder


class Openers:
    """Where a text has trigger words, found once for all its parts."""

    def __init__(self, folded: str, triggers: WordFinder, weak: Container[str]) -> None:
        spans = triggers.spans(folded)
        self._folded, self._weak = folded, weak
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def within(self, start: int, end: int) -> bool | None:
        """Tell whether a part of the text is about enforcement.

        One weak word does not show it (抓 of 抓好, 部署), two different ones do. None where a word stands across
        the edge of the part and hides what is in it.
        """
        k = bisect_left(self._starts, start)
        if k and self._ends[k - 1] > start:
            return None
        before = None
        while k < len(self._starts) and self._starts[k] < end:
            if self._ends[k] > end:
                return None
            word = self._folded[self._starts[k] : self._ends[k]]
            if not self._is_weak(word) or before not in (None, word):
                return True
            before, k = word, k + 1
        return False

    def _is_weak(self, word: str) -> bool:
        return (len(word) == 1 and not word.isascii()) or word in self._weak
