"""Lines of a page that are no part of what it reports: menus, links to other pages, rights, cookies."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from tallyroom.documents.wording import any_of, words_of

_EDGES = "=~─━═┌└├┼+ \t\u3000\xa0>»›<«‹|·•*#_-–—:：.。…[]【】()（）!！↑↓→←▲▼"
_EDGE = frozenset(_EDGES) | {"©"}
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
    if words[0] in _EDGE or words[:2] in beginnings():
        folded = words.lower()
        bare = folded.strip(_EDGES)
        if bare in _set_of("sections"):
            return "section"
        if not bare or bare in _set_of("whole") or folded.startswith(words_of("furniture", "begins")):
            return "line"
    latin = words.isascii()
    if _held(latin).search(words.lower() if latin else words):
        return "line"
    arrows = ">" in words or "»" in words or "›" in words
    return "line" if arrows and _TRAIL.fullmatch(words) else None


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
