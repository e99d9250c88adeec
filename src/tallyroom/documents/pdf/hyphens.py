"""How two lines are joined: with a space, without, and with or without the hyphen at the end of the first."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache

from tallyroom.documents.pdf.segments import is_wide
from tallyroom.documents.wording import load_wording

HYPHENS = frozenset("-\u00ad\u2010")
_MARK = re.compile(r"\[[a-z]{1,2}\]")
"""What statisticians hang on a figure: provisional, revised."""
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")


def joint(words: str, following: str, known: Collection[str] = ()) -> tuple[str, str]:
    """Return what of a line is written, and what stands between it and the next.

    Args:
        known: The words of the text that stand whole in a line.

    Examples:
        >>> joint("The opera-", "tion ended")
        ('The opera', '')
        >>> joint("drug-", "related cases", {"drug", "related"})
        ('drug-', '')
        >>> joint("全国共破获", "2589起")
        ('全国共破获', '')
        >>> joint("arrested 2,166", "[p] people")
        ('arrested 2,166', '')
    """
    if words[-1] in HYPHENS and len(words) > 1 and not words[-2].isspace():
        return (words if keeps_hyphen(words, following, known) else words[:-1]), ""
    if is_wide(words[-1]) or is_wide(following[0]) or (words[-1].isdecimal() and _MARK.match(following)):
        return words, ""
    return words, " "


def words_in(lines: Iterable[str]) -> set[str]:
    """The words of a text that stand whole in a line: they tell how a word that was broken is written."""
    known: set[str] = set()
    broken = False
    for line in lines:
        found = [match[0].lower() for match in _WORD.finditer(line.replace("\u00ad", ""))]
        begin, broken = int(broken), line[-1] in HYPHENS
        known.update(found[begin:-1] if broken else found[begin:])
    return known


def keeps_hyphen(words: str, following: str, known: Collection[str]) -> bool:
    """Tell whether the hyphen that ends a line is one of the word's own: `drug-related`, and not `opera-tion`."""
    if words[-1] == "\u00ad":
        return False
    head, tail = _last_word(words[:-1]), _WORD.match(following)
    if not head or tail is None or not following[0].islower():
        return True
    whole, begin, end = head.lower(), head.lower().rpartition("-")[2], tail[0].lower()
    if begin + end in known:
        return False
    if f"{whole}-{end}" in known or f"{begin}-{end}" in known:
        return True
    first = end.partition("-")[0]
    if first != end and begin + first not in known:
        return first in known  # easy-|to-make: what has more hyphens to come is seldom parted
    return (end in known and (begin in known or begin != whole)) or begin in _heads()


@cache
def _heads() -> frozenset[str]:
    return frozenset(load_wording("en", "hyphens")["heads"])


def _last_word(words: str) -> str:
    found = _WORD.findall(words[-60:])
    return found[-1] if found and words.endswith(found[-1]) else ""
