"""Finding the words of a codebook in a text, all at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from tallyroom.codebook.meanings import Meanings
from tallyroom.codebook.model import Codebook, Term

Match = tuple[int, int, Meanings]
"""Start, end (code points, the end excluded) and every term that has this word."""

_LATIN = "0-9a-zß-öø-ɏ"
_TOKEN = re.compile(f"[{_LATIN}]+")
_LATIN_CHARACTERS = frozenset(filter(_TOKEN.match, map(chr, range(0x250))))


class WordFinder:
    """Words of any kind, ready to be found in folded text.

    Chinese words are found wherever they stand, by one pass of an Aho-Corasick automaton. A word that begins
    with a Latin letter or a digit is found where such a token begins, and one that ends with either must end
    with the token: `ice` is not in `police`. Of overlapping matches the leftmost stays, then the longest.
    """

    def __init__(self, words: Iterable[str]) -> None:
        known = list(words)
        self._phrases = _Phrases(word for word in known if word[0] in _LATIN_CHARACTERS)
        self._words = [word for word in known if word[0] not in _LATIN_CHARACTERS]
        self._automaton = AhoCorasick(self._words, MatchKind.LeftmostLongest, store_patterns=False)

    def touches(self, folded_text: str) -> bool:
        """Tell whether any word stands in the text; what `find` costs at most."""
        return bool(self._automaton.find_matches_as_indexes(folded_text) or self._phrases.find(folded_text))

    def spans(self, folded_text: str) -> list[tuple[int, int]]:
        """Return where the words stand that `touches` goes by, in order: for a question about many parts of a text."""
        found = [(start, end) for _, start, end in self._automaton.find_matches_as_indexes(folded_text)]
        return sorted([*found, *((start, end) for start, end, _ in self._phrases.find(folded_text))])


class Lexicon(WordFinder):
    """The words of a codebook (or of chosen terms) with what they mean, ready to be found in folded text."""

    def __init__(self, codebook: Codebook, chosen: Callable[[Term], bool] | None = None) -> None:
        by_word: dict[str, list[Term]] = {}
        for term in codebook.terms:
            if term.word and (chosen is None or chosen(term)):
                by_word.setdefault(term.word, []).append(term)
        super().__init__(by_word)
        self._terms = {word: Meanings(terms) for word, terms in by_word.items()}
        self._word_terms = [self._terms[word] for word in self._words]
        self._open_ended = {at for at, word in enumerate(self._words) if word[-1] in _LATIN_CHARACTERS}

    def find(self, folded_text: str) -> list[Match]:
        """Return the matches in a folded text, in its order; they never overlap. Nothing found gives []."""
        terms, open_ended = self._word_terms, self._open_ended
        found = [
            (start, end, terms[word])
            for word, start, end in self._automaton.find_matches_as_indexes(folded_text)
            if word not in open_ended or _ends_whole(folded_text, end)
        ]
        latin = self._phrases.find(folded_text)
        if not latin:
            return found
        return _leftmost_longest([*found, *((start, end, self._terms[word]) for start, end, word in latin)])


_KEY = 3


class _Head(NamedTuple):
    """What may begin with one token: itself, if that is a word, and longer phrases by what comes right behind it."""

    is_word: bool
    has_short: bool
    """Whether a phrase ends less than three characters behind the token."""
    lengths: dict[str, tuple[int, ...]]
    """The lengths of the longer phrases, longest first, by the characters behind the token: three, or all if fewer."""


class _Phrases:
    """Words that begin with a Latin letter or a digit, by their first token."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._beginning: dict[str, list[str]] = {}
        for word in self._words:
            first = _TOKEN.match(word)
            assert first is not None
            self._beginning.setdefault(first.group(), []).append(word)
        self._heads: dict[str, _Head] = {}
        """Made when their token is met: one text has few of all tokens."""

    def _head(self, token: str) -> _Head:
        behind: dict[str, set[int]] = {}
        for word in self._beginning[token]:
            if len(word) > len(token):
                behind.setdefault(word[len(token) : len(token) + _KEY], set()).add(len(word))
        lengths = {key: tuple(sorted(found, reverse=True)) for key, found in behind.items()}
        has_short = any(len(key) < _KEY for key in lengths)
        self._heads[token] = head = _Head(token in self._words, has_short, lengths)
        return head

    def find(self, text: str) -> list[tuple[int, int, str]]:
        found, free, heads, beginning = [], 0, self._heads, self._beginning
        for token in _TOKEN.finditer(text):
            word = token[0]
            if word not in beginning:
                continue
            start, end = token.span()
            if start < free:
                continue
            head = heads.get(word) or self._head(word)
            phrase = word if head.is_word else None
            if head.has_short or text[end : end + _KEY] in head.lengths:
                phrase = self._longer(text, start, end, head.lengths) or phrase
            if phrase is not None:
                free = start + len(phrase)
                found.append((start, free, phrase))
        return found

    def _longer(self, text: str, start: int, end: int, lengths: dict[str, tuple[int, ...]]) -> str | None:
        key = text[end : end + _KEY]
        for width in (_KEY, 2, 1):
            for length in lengths.get(key[:width], ()):
                phrase = text[start : start + length]
                if phrase in self._words and _ends_whole(text, start + length):
                    return phrase
        return None


def _ends_whole(text: str, end: int) -> bool:
    """Tell whether no Latin word goes on across `end`."""
    return end >= len(text) or text[end] not in _LATIN_CHARACTERS or text[end - 1] not in _LATIN_CHARACTERS


def _leftmost_longest(matches: list[Match]) -> list[Match]:
    matches.sort(key=lambda match: (match[0], -match[1]))
    kept, free = [], 0
    for match in matches:
        if match[0] >= free:
            kept.append(match)
            free = match[1]
    return kept
