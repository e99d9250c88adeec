"""How columns of a return may be named, what answers may be given, and which names tell about single people."""

from __future__ import annotations

import difflib
import re
from functools import cache, lru_cache
from typing import Any

from tallyroom.codebook.folding import fold_word
from tallyroom.quantities.wordlists import word_list

LANGUAGES = ("en", "zh")
_BRACKETS = re.compile(r"[(（\[][^)）\]]*[)）\]]")
_PARTS = re.compile(r"\s*[/|／]\s*|\s{2,}")
LONGEST_NAME = 60
"""A name of a column or field is no longer; a sentence is."""
_LONG = 7
"""From so many letters on an English word tells about a person wherever it stands in a name."""


@cache
def _lists(key: str) -> dict[str, Any]:
    return {lang: word_list(lang, "returns").get(key) or {} for lang in LANGUAGES}


@cache
def _names() -> dict[str, str]:
    """Folded name to column."""
    return {
        folded(name): column
        for columns in _lists("columns").values()
        for column, names in columns.items()
        for name in names
    }


@cache
def _answers() -> dict[str, str]:
    return {
        folded(word): answer
        for answers in _lists("answers").values()
        for answer, words in answers.items()
        for word in words
    }


@cache
def _person() -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    """Names as a whole; English ones that tell inside a longer name; Chinese ones that do."""
    words = {lang: [folded(word) for word in listed] for lang, listed in _lists("person").items()}
    inside = tuple(word for word in words["en"] if " " in word or len(word) >= _LONG)
    return frozenset(words["en"] + words["zh"]), inside, tuple(word for word in words["zh"] if len(word) > 1)


def folded(name: str) -> str:
    """Return a name without case, width, underscores and what stands around it."""
    return " ".join(fold_word(name).replace("_", " ").strip(" :：*＊.").split())


@lru_cache(4096)
def column_of(name: str) -> str | None:
    """Return the column that a header means; None for one that is not known.

    A header in both languages, `指标 / Line`, must mean one column in both.
    """
    if folded(name) in _names():
        return _names()[folded(name)]
    parts = [_names().get(folded(part)) for part in _PARTS.split(_BRACKETS.sub("", name)) if part.strip()]
    return parts[0] if parts and len(set(parts)) == 1 else None


def nearest_column(name: str) -> str:
    """Return "did you mean X?" for the column name nearest to one that is not known."""
    near = difflib.get_close_matches(folded(name), list(_names()), 1, 0.6)
    return f"did you mean {near[0]!r}?" if near else ""


@lru_cache(4096)
def tells_of_a_person(name: str, inside: bool = True) -> bool:
    """Whether a name of a column or field is about single people; `inside` looks for such words in it too."""
    if not name or len(name) > LONGEST_NAME:
        return False
    whole, english, chinese = _person()
    parts = [folded(part) for part in _PARTS.split(_BRACKETS.sub("", name))]
    if not inside:
        return any(part in whole for part in parts)
    return any(
        part in whole
        or any(f" {word} " in f" {part} " for word in english)
        or any(word in part for word in chinese)
        for part in parts
    )


def answer(text: str) -> str | None:
    """Return `yes`, `no` or `nil` for a word that says so; None for another."""
    parts = {_answers().get(folded(part)) for part in _PARTS.split(text) if part.strip()}
    return parts.pop() if len(parts) == 1 else None


def instructions(lang: str) -> list[str]:
    """Return what every form tells whoever fills it in, in one language."""
    return [str(one) for one in word_list(lang, "returns")["instructions"]]
