"""Lines of a page that are no part of what it reports: menus, links to other pages, rights, cookies."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from tallyroom.documents.wording import any_of, words_of

_EDGES = "=~─━═┌└├┼+ \t\u3000\xa0>»›<«‹|·•*#_-–—:：.。…[]【】()（）!！↑↓→←▲▼"
_EDGE = frozenset(_EDGES)
# What a printer puts at the edge of a page.
_PAGE = re.compile(
    r"[-–—]\s?\d{1,4}\s?[-–—]|第\s?\d{1,4}\s?[页頁].{0,12}|Page\s\d{1,4}(?:\sof\s\d{1,4})?", re.I
)
_PAGE_ENDS = frozenset("-–—页頁0123456789")
_NAMES = ("whole", "begins", "sections")
# A trail of links to where a page stands: `News > Crime > Drugs`.
_TRAIL = re.compile(r"[^>»›。.]{1,24}[>»›][^>»›。.]{1,24}[>»›][^>»›。.]{1,60}")


def furniture_of(words: str) -> Literal["line", "section"] | None:
    """Tell whether a short line is furniture, and whether it heads a section of links; None for neither.

    Examples:
        >>> furniture_of("责任编辑：某某")
        'line'
        >>> furniture_of("Related articles:")
        'section'
        >>> furniture_of("Copyright cases rose by 12%") is None
        True
    """
    bare = words.strip(_EDGES) if words[0] in _EDGE else words
    if not bare:
        return "line"
    if bare[:2] in beginnings() or words[:2] in beginnings() or words[0] == "©":
        folded = bare.rstrip(_EDGES).lower()
        if folded in _set_of("sections"):
            return "section"
        if folded in _set_of("whole") or _begins(words.lower()):
            return "line"
    latin = words.isascii()
    if _held(latin).search(words.lower() if latin else words):
        return "line"
    arrows = ">" in words or "»" in words or "›" in words
    if (arrows and _TRAIL.fullmatch(words)) or (words[-1] in _PAGE_ENDS and _PAGE.fullmatch(words)):
        return "line"
    return None


def _begins(folded: str) -> bool:
    return folded.startswith(_by_head().get(folded[:2], ())) or folded[0] == "©"


@cache
def _by_head() -> dict[str, tuple[str, ...]]:
    """The words that a furniture line begins with, by their first two characters."""
    heads: dict[str, tuple[str, ...]] = {}
    for word in words_of("furniture", "begins"):
        heads[word[:2]] = (*heads.get(word[:2], ()), word)
    return heads


@cache
def beginnings() -> frozenset[str]:
    """Return the first two characters of the lines of the lists, in lower case, upper case, and both."""
    heads = {word[:2] for key in _NAMES for word in words_of("furniture", key)}
    return frozenset(form for head in heads for form in (head, head.upper(), head.capitalize()))


@cache
def _held(latin: bool) -> re.Pattern[str]:
    """Any of the words that make a line furniture; those of Latin letters are in lower case."""
    words = tuple(word for word in words_of("furniture", "holds") if word.isascii() == latin)
    return re.compile(any_of(words))


@cache
def _set_of(key: str) -> frozenset[str]:
    return frozenset(words_of("furniture", key))
