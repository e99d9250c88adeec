"""How much a text looks like written language; which characters tell simplified from traditional."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

_OUTSIDE_ASCII = re.compile(r"[^\x00-\x7f]")
# Signs of Chinese text, and those of Western text: dashes, quotation marks, currencies, accents.
_CHINESE_SIGNS = frozenset(
    "，。、；：？！“”‘’（）《》〈〉「」『』【】〔〕—…·～％　①②③④⑤⑥⑦⑧⑨０１２３４５６７８９○〇●■▲℃－"
)
_WESTERN_SIGNS = frozenset("‘’“”–—…•·£€§©®°½¼¾²³ªº«»¡¿´ãáàâäåçéèêëíìîïñóòôöõøúùûüÁÉÍÓÚÑÜÖÄÅÇß\xa0")
_EMPTY = 0.5
"""What text without any character outside ASCII is worth: nothing speaks for or against the encoding."""


def likeness(text: str, encoding: str) -> float:
    """Return the share of characters outside ASCII that are among the common ones of what `encoding` writes.

    From 0 to 1: real Chinese scores above 0.5, wrongly decoded text below 0.25. Characters that no
    writer types (private use, controls) count against the encoding. An encoding of another script always
    gives 1.
    """
    common = _common_in(encoding)
    found = _OUTSIDE_ASCII.findall(text)
    if not found or common is None:
        return 1.0 if common is None else _EMPTY
    good = sum(map(common.__contains__, found))
    bad = sum(1 for character in found if "\x80" <= character < "\xa0" or "\ue000" <= character <= "\uf8ff")
    return (good - bad) / len(found)


def _common_in(encoding: str) -> frozenset[str] | None:
    if encoding == "gb18030":
        return _common_characters("zh") | _CHINESE_SIGNS
    if encoding in ("big5hkscs", "cp950"):
        return _common_characters("zh-Hant") | _CHINESE_SIGNS
    if encoding.startswith("utf-16"):
        return _common_characters("zh") | _common_characters("zh-Hant") | _CHINESE_SIGNS
    return _WESTERN_SIGNS if encoding == "cp1252" else None


@cache
def _common_characters(lang: str) -> frozenset[str]:
    from tallyroom.documents.wording import load_wording

    return frozenset("".join(load_wording(lang, "characters")["common"]))


@cache
def simplified_only() -> frozenset[str]:
    """Characters of GB 2312 that Big5 does not have: they stand for simplified writing."""
    return _gb2312() - _big5(0xF9)


@cache
def traditional_only() -> frozenset[str]:
    """Characters of Big5's common plane that GB 2312 does not have: they stand for traditional writing."""
    return _big5(0xC6) - _gb2312()


@cache
def _gb2312() -> frozenset[str]:
    return _decoded("gb2312", range(0xB0, 0xF8), range(0xA1, 0xFF))


@cache
def _big5(last: int) -> frozenset[str]:
    return _decoded("big5", range(0xA4, last + 1), (*range(0x40, 0x7F), *range(0xA1, 0xFF)))


def _decoded(encoding: str, leads: Iterable[int], trails: Iterable[int]) -> frozenset[str]:
    pairs = bytes(byte for lead in leads for trail in trails for byte in (lead, trail))
    return frozenset(filter(_is_han, pairs.decode(encoding, "ignore")))


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"
