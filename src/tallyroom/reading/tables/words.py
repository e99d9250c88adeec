"""The words that headings of tables are told by, of one language."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import msgspec

from tallyroom.quantities.wordlists import word_list

_EDGES = " \t\u3000\u00a0()（）[]【】.,:：;、*·•-–—#"
_SPACES = re.compile(r"\s+")


class TableWords(msgspec.Struct, frozen=True):
    """The word lists of `wording/<lang>/tables.yaml`, folded."""

    lang: str
    total: frozenset[str]
    rank: frozenset[str]
    unit: frozenset[str]
    plain: frozenset[str]
    area: frozenset[str]
    change: frozenset[str]
    share: frozenset[str]
    this_month: frozenset[str]
    to_date: frozenset[str]
    last_year: frozenset[str]
    of_which: re.Pattern[str]
    """What a label of a part of the row above begins with."""
    rate: re.Pattern[str]
    by: re.Pattern[str]
    """What a caption says of the order of its table: `by type of drug`."""
    scales: dict[str, str]


@cache
def table_words(lang: str) -> TableWords:
    """Return the words of `en` or `zh`; they are read once."""
    lists = word_list(lang, "tables")
    sets = {
        name: frozenset((*map(bare, lists[name]), *lists[name])) - {""}
        for name in ("total", "rank", "unit", "plain", "area", "change", "share", "this_month", "to_date", "last_year")
    }  # fmt: skip
    return TableWords(
        lang=lang, of_which=_beginning(lists["of_which"]), rate=_holding(lists["rate"], lang),
        by=_order(lists["by"], lang), scales=dict(lists["scales"]), **sets,
    )  # fmt: skip


def bare(words: str) -> str:
    """Return a folded heading without what stands around its words.

    Examples:
        >>> bare(" total (a): ")
        'total (a'
    """
    return _SPACES.sub(" ", words.strip(_EDGES))


def _beginning(words: Any) -> re.Pattern[str]:
    known = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"[\s#*·•\-–—]*(?:{known})\s*[:：,，]?\s*|\s*[#·•]\s*|\s*[-–—]\s+")


def _order(words: Any, lang: str) -> re.Pattern[str]:
    known = "|".join(map(re.escape, words))
    return re.compile(rf",?\s+by\s+(?:{known})\b.*$" if lang == "en" else rf"[（(]?(?:{known}).*$")


def _holding(words: Any, lang: str) -> re.Pattern[str]:
    edge = r"\b" if lang == "en" else ""
    known = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"{edge}(?:{known})(?![a-z])")
