"""Chinese in its two sets of characters, word by word where the word decides: 发 is 發 in 发现 and 髮 in 头发."""

from __future__ import annotations

import functools
from collections.abc import Callable


def simplified(text: str) -> str:
    """Return `text` in simplified characters; it may differ in length, as one word becomes another."""
    return _converter("t2s")(text)


def traditional(text: str) -> str:
    """Return `text` in traditional characters; it may differ in length, as one word becomes another."""
    return _converter("s2t")(text)


@functools.cache
def _converter(direction: str) -> Callable[[str], str]:
    import opencc  # loads dictionaries from disk, which nobody needs who meets no Chinese

    convert: Callable[[str], str] = opencc.OpenCC(direction).convert
    return convert
