"""Folding a word to the form in which texts are matched: lower case, half width, simplified characters."""

from __future__ import annotations

from tallyroom.model.characters import simplified

_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF5B))}
_SIGNS = zip(
    "％＄＋－．／～￥￡　\u00a0\u202f\u2009\u2011\u2010\u2212‘’“”", "%$+-./~¥£    ---''\"\"", strict=True
)
_TABLE = {**_WIDE, **{ord(sign): plain for sign, plain in _SIGNS}}


def fold_word(word: str) -> str:
    """Return `word` in the form in which words are matched; its length never changes.

    Lower case; letters, digits and the signs of figures from full width to half width; curly quotation marks
    to straight ones; traditional characters to simplified ones. Chinese punctuation stays, and so does a
    character whose lower case is not one character long.

    Examples:
        >>> fold_word("ＭＤＭＡ毒品")
        'mdma毒品'
        >>> fold_word("查獲")
        '查获'
    """
    folded = "".join(map(_lower, word)).translate(_TABLE)
    if folded.isascii():
        return folded
    told = simplified(folded)
    return told if len(told) == len(folded) else folded


def _lower(character: str) -> str:
    lower = character.lower()
    return lower if len(lower) == 1 else character
