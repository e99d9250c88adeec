"""The view of a block: the same characters made easy to match, with the way back to the text.

Matching folds case, width and traditional characters, reads entities and pinyin that scraping left inside words,
and skips markup. The text itself is never touched: a view knows for each of its characters where it came from.
"""

from __future__ import annotations

import html
import re

import msgspec

from tallyroom.model.characters import simplified

_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF5B))}
_SIGNS = dict(
    zip(
        map(ord, "％＄＋－．／～￥￡　\u00a0\u202f\u2009\u2011\u2010\u2212‘’“”"),
        "%$+-./~¥£    ---''\"\"",
        strict=True,
    )
)
_FOLDED = {chr(code): chr(to) if isinstance(to, int) else to for code, to in {**_WIDE, **_SIGNS}.items()}
_UNFOLDED = re.compile(f"[{re.escape(''.join(_FOLDED))}]")
_HAN = "\u3400-\u9fff"
HAN = re.compile(f"[{_HAN}]")
_WIDE_COMMA = re.compile(r"(?<=[0-9])，(?=[0-9]{3}(?![0-9]))")

_MARK = re.compile(r"(?<=\w)\[(?:[prebcuxz]|low|初步|修订|估计)\]")
"""Marks of statistics right behind a figure, provisional or revised: they say how sure it is, not what it counts."""

_BREAK = rf"(?<=[{_HAN}，、])\r?\n(?=[{_HAN}0-9])|(?<=[0-9])\r?\n(?=[{_HAN}])"
_BROKEN = re.compile(_BREAK)
"""A line break inside a paragraph that was broken into lines: 一千九百 / 余起."""

# What scraping leaves inside words: markup, entities, characters without width, pinyin that stands for a character.
_NOISE = re.compile(
    r"<[a-z/][^<>\n]{0,200}>|&(?:#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,8});|[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]"
    rf"|(?<=[{_HAN}])d[uú](?=[{_HAN}\s，。、])|(?<=[{_HAN}])pin(?=[{_HAN}，。、])"
    rf"|(?<=[{_HAN}])[(（](?:d[uú]|pǐn|fàn|xī)[)）](?=[{_HAN}])"
    rf"|{_BREAK}"
)
_PINYIN = {"du": "毒", "dú": "毒", "pin": "品"}
_SPACED = re.compile(rf"(?:[{_HAN}] ){{3,}}[{_HAN}]")

# Signs that there may be noise, each cheap to look for. All begin with one literal where they can.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_MARKUP = re.compile("<[a-z/]|&[#a-z]")
_SYLLABLES = ("du", "dú", "pin", "pǐn", "fàn", "xī")
_SPACED_HINT = re.compile(f" [{_HAN}] [{_HAN}] [{_HAN}]")


def is_traditional(lang: str | None) -> bool:
    """Tell whether a document may hold traditional characters: neither `zh` nor `en` is told."""
    return lang not in ("zh", "en")


class View(msgspec.Struct, frozen=True):
    """`text` is what rules match. `start` is where the block begins in the document."""

    text: str
    raw: str
    start: int
    origin: tuple[int, ...] | None = None
    """For each character of `text`, and one past its end, the offset in the block; None where they are equal."""

    @property
    def cased(self) -> str:
        """`text` with the case and width of the source, character for character."""
        if self.origin is None:
            return self.raw
        pairs = zip(self.text, (self.raw[at : at + 1] for at in self.origin), strict=False)
        return "".join(source if fold(source) == char else char for char, source in pairs)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return the document's span for `text[start:end]`."""
        if self.origin is None:
            return self.start + start, self.start + end
        return self.start + self.origin[start], self.start + self.origin[end - 1] + self._width(end - 1)

    def _width(self, at: int) -> int:
        assert self.origin is not None
        begin, after = self.origin[at], self.origin[at + 1]
        plain = fold(self.raw[begin : begin + 1]) == self.text[at]
        return 1 if plain else after - begin


def fold(text: str, *, traditional: bool = False) -> str:
    """Return `text` in lower case, half width and, on demand, simplified characters; its length never changes."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    folded = _UNFOLDED.sub(_half_width, lowered)
    if "，" in folded:
        folded = _WIDE_COMMA.sub(",", folded)
    if "[" in folded:
        folded = _MARK.sub(_blank, folded)
    if traditional and HAN.search(folded) is not None:
        told = simplified(folded)
        if len(told) == len(folded):
            return told
    return folded


def before_mark(written: str) -> str:
    """Return what stands before the mark that ends a cell, `446[r]`; all of it where there is none."""
    mark = next((found for found in _MARK.finditer(written) if not written[found.end() :].strip()), None)
    return written if mark is None else written[: mark.start()]


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _half_width(found: re.Match[str]) -> str:
    return _FOLDED[found[0]]


class Views:
    """A document's text folded once, from which the views of its blocks are cut.

    `noisy` tells that scraping left something inside words somewhere: then every block is looked at by itself.
    """

    def __init__(self, text: str, *, traditional: bool = False) -> None:
        self._text = text
        self.folded = fold(text, traditional=traditional)
        self.noisy = _is_noisy(self.folded)

    def of(self, start: int, end: int) -> View:
        """Return the view of `text[start:end]`."""
        raw, folded = self._text[start:end], self.folded[start:end]
        broken = "\n" in folded and _BROKEN.search(folded) is not None
        if not broken and not (self.noisy and _is_noisy(folded)):
            return View(folded, raw, start)
        kept, origin = _without_noise(folded)
        return View(kept, raw, start, origin)


def _is_noisy(folded: str) -> bool:
    if (
        _MARKUP.search(folded) is not None
        or _INVISIBLE.search(folded) is not None
        or _SPACED_HINT.search(folded) is not None
    ):
        return _NOISE.search(folded) is not None or _SPACED.search(folded) is not None
    if not any(part in folded for part in _SYLLABLES) or HAN.search(folded) is None:
        return False
    return _NOISE.search(folded) is not None


def _without_noise(folded: str) -> tuple[str, tuple[int, ...]]:
    out: list[str] = []
    origin: list[int] = []
    at = 0
    for match in _NOISE.finditer(folded):
        out.extend(folded[at : match.start()])
        origin.extend(range(at, match.start()))
        meaning = _meaning(match.group())
        out.extend(meaning)
        origin.extend([match.start()] * len(meaning))
        at = match.end()
    out.extend(folded[at:])
    origin.extend(range(at, len(folded)))
    return _without_spacing("".join(out), [*origin, len(folded)])


def _meaning(noise: str) -> str:
    if noise in _PINYIN:
        return _PINYIN[noise]
    if noise.startswith("&"):
        char = html.unescape(noise)
        return fold(char) if len(char) == 1 and char.isprintable() else " "
    return ""


def _without_spacing(text: str, origin: list[int]) -> tuple[str, tuple[int, ...]]:
    drop = {
        match.start() + index for match in _SPACED.finditer(text) for index in range(1, len(match.group()), 2)
    }
    if not drop:
        return text, tuple(origin)
    keep = [at for at in range(len(text)) if at not in drop]
    return "".join(text[at] for at in keep), tuple(origin[at] for at in [*keep, len(text)])
