"""Text that was decoded wrongly before it came here: its bytes are sound, its characters are not what was written.

Nothing is put right, since the text is kept as it is; whoever reads it is told what it seems to have been.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tallyroom.documents.characters import likeness

_SAMPLE = 8 * 1024
_MOST_RUNS = 50
_LOST = re.compile("\ufffd|锟斤拷|锟斤|烫烫烫|屯屯屯")
"""The sign for what could not be decoded; its bytes read as GB 18030; memory that nobody wrote to."""
_WESTERN = re.compile(
    "[\x80-\xff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{2,}"
)
_HAN = re.compile("[\u3400-\u9fff\ue000-\uf8ff€]{4,}")
_FEW, _SHARE = 2, 0.5
_LIKE = 0.5


def notes_of(text: str) -> tuple[str, ...]:
    """Return what `mojibake_in` tells as the notes of a document."""
    told = mojibake_in(text)
    return (told,) if told else ()


def mojibake_in(text: str) -> str | None:
    """Tell what was done to a text before it came here; None where nothing speaks of it.

    Examples:
        >>> mojibake_in("æ¯’å“\\x81æ¡ˆä»¶12èµ·")
        'the text seems to be UTF-8 that was once taken for Windows-1252'
        >>> mojibake_in("缴获毒品12.5千克") is None
        True
    """
    sample = text[:_SAMPLE]
    if sample.isascii():
        return None
    lost = len(_LOST.findall(sample))
    if lost:
        return f"{lost:,} characters were lost before the text came here"
    found = _taken_for(sample)
    return f"the text seems to be {found[0]} that was once taken for {found[1]}" if found else None


def _taken_for(sample: str) -> tuple[str, str] | None:
    western = _WESTERN.findall(sample)
    if _mostly(western, lambda run: _again(run, "utf-8")):
        return "UTF-8", "Windows-1252"
    if _mostly([run for run in western if len(run) > 3], lambda run: _again(run, "gb18030")):
        return "GB 18030", "Windows-1252"
    if _mostly(_HAN.findall(sample), _utf8_in_han):
        return "UTF-8", "GB 18030"
    return None


def _mostly(runs: list[str], tells: Callable[[str], bool]) -> bool:
    runs = runs[:_MOST_RUNS]
    told = sum(map(tells, runs))
    return told >= _FEW and told > _SHARE * len(runs)


def _again(run: str, encoding: str) -> bool:
    """Whether the bytes that a run of Western signs stands for are text in another encoding."""
    data = b"".join(_byte_of(sign) for sign in run)
    try:
        written = data.decode(encoding)
    except UnicodeDecodeError:
        return False
    if encoding == "utf-8":
        return len(written) < len(run)
    return likeness(written, encoding) > _LIKE


def _byte_of(sign: str) -> bytes:
    """The byte that Windows-1252, or where it has none Latin 1, shows as this sign."""
    try:
        return sign.encode("cp1252")
    except UnicodeEncodeError:
        return sign.encode("latin-1", "replace")


def _utf8_in_han(run: str) -> bool:
    """Whether Chinese characters are pairs of the bytes of UTF-8; a pair at either end may be torn."""
    data = run.encode("gb18030")
    kept = data[:-3].lstrip(bytes(range(0x80, 0xC0)))
    try:
        kept.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"
    return True
