"""Subjects: which words of enforcement, of its bodies and of any other subject stand where in a text."""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Iterator

import msgspec

from tallyroom.codebook import Codebook
from tallyroom.codebook.inflect import inflect
from tallyroom.codebook.lexicon import WordFinder
from tallyroom.quantities.wordlists import word_list

ENFORCEMENT, BODY, OTHER, NONE = "enforcement", "body", "other", ""
_LANGUAGES = ("zh", "en")


class Tally(msgspec.Struct, frozen=True, gc=False):
    """How many different words of each kind a part of a text has."""

    enforcement: int
    bodies: int
    others: int


class Subjects:
    """The words of `subjects.yaml` in every language, and those of drugs, ready to be found together."""

    def __init__(self, codebook: Codebook) -> None:
        self._kinds = dict(_words(codebook))
        self._finder = WordFinder(self._kinds)
        self.kind_of = functools.cache(self._kind_of)

    def find(self, folded: str) -> Found:
        """Return where the words of a folded text stand."""
        spans = self._finder.spans(folded)
        words = [folded[start:end] for start, end in spans]
        return Found([start for start, _ in spans], words, [self._kinds[word] for word in words])

    def _kind_of(self, word: str) -> str:
        """Return what a word is of, by the words in it: enforcement goes before its bodies, these before others."""
        kinds = {self._kinds[word[start:end]] for start, end in self._finder.spans(word)}
        return next((kind for kind in (ENFORCEMENT, BODY, OTHER) if kind in kinds), NONE)


def _words(codebook: Codebook) -> Iterator[tuple[str, str]]:
    """Give each word with its kind; of a word given twice the last kind holds."""
    for term in codebook.terms:
        if term.thing == "drug" and not term.cue and len(term.word) > 1 and not term.word.isdigit():
            yield term.word, ENFORCEMENT
    for lang in _LANGUAGES:
        lists = word_list(lang, "subjects")
        for words in lists["others"].values():
            yield from ((form, OTHER) for word in words for form in _forms(word, lang))
        for name, kind in (("bodies", BODY), ("enforcement", ENFORCEMENT)):
            yield from ((form, kind) for word in lists[name] for form in _forms(word, lang))
        yield from ((word, NONE) for word in lists["ambiguous"])


def _forms(word: str, lang: str) -> tuple[str, ...]:
    if lang != "en":
        return (word,)
    is_plain = " " not in word and "-" not in word
    return (*inflect(word, "noun"), *(inflect(word, "verb") if is_plain else ()))


class Found:
    """Where the words of one text stand, in order."""

    def __init__(self, starts: list[int], words: list[str], kinds: list[str]) -> None:
        self._starts, self._words, self._kinds = starts, words, kinds

    def tally(self, start: int, end: int) -> Tally:
        """Count the different words of each kind that begin in a part of the text."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        kinds = list(dict(zip(self._words[first:last], self._kinds[first:last], strict=True)).values())
        return Tally(kinds.count(ENFORCEMENT), kinds.count(BODY), kinds.count(OTHER))
