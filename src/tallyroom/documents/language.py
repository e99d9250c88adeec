"""The language of a text: Chinese in simplified or traditional characters, English, or neither."""

from __future__ import annotations

import re

from tallyroom.documents.characters import simplified_only, traditional_only

_SAMPLE, _MORE = 700, 20_000
_HAN = re.compile("[\u3400-\u9fff]+")
_OTHER_SCRIPT = re.compile("[\u3040-\u30ff\uac00-\ud7af\u0400-\u04ff\u0600-\u06ff\u0e00-\u0e7f]")
_WORD = re.compile("[A-Za-z\u00c0-\u024f]{2,}")
_ENGLISH = frozenset(
    (
        "the",
        "of",
        "and",
        "in",
        "to",
        "for",
        "were",
        "was",
        "with",
        "by",
        "from",
        "that",
        "on",
        "are",
        "than",
        "at",
    )
)


def find_language(text: str) -> str:
    """Return `zh`, `zh-Hant`, `en`, or `und` where the text is too short or in another language.

    A Chinese word takes some one and a half characters, so Chinese characters are weighed against words of
    Latin letters. Kana or another script in a fifth of the text makes it `und`.
    """
    found = _language_of(text[:_SAMPLE])
    return _language_of(text[:_MORE]) if found == "und" and len(text) > _SAMPLE else found


def _language_of(sample: str) -> str:
    han = "".join(_HAN.findall(sample))
    words = _WORD.findall(sample)
    others = len(_OTHER_SCRIPT.findall(sample)) if not sample.isascii() else 0
    if others * 5 > len(han) + len(words) * 5:
        return "und"
    if len(han) > 1.5 * len(words):
        return _kind_of_chinese(han)
    return "en" if _is_english(words) else "und"


def _kind_of_chinese(han: str) -> str:
    characters = set(han)
    traditional = len(characters & traditional_only())
    return "zh-Hant" if traditional > len(characters & simplified_only()) else "zh"


def _is_english(words: list[str]) -> bool:
    """English has a function word among every four to six; a headline may have none."""
    if not words:
        return False
    common = sum(1 for word in words if word.lower() in _ENGLISH)
    return common * 12 >= len(words) or (len(words) < 15 and all(map(str.isascii, words)))
