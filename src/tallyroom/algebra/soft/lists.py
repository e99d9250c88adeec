"""Lists that are not as long as they say: `five provinces` that names four (F204).

How many provinces took part is no result, but it checks the list beside it, and with it the places of figures.
A list is counted only where all that stands in it are known places, and where it claims to be whole: `including`, 等
and `such as` may leave some out, but they too cannot name more than there are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import msgspec

LevelOf = Callable[[str], str]
"""The level of a place by its name (`country`, `subdivision`, ...), `` for words that name none."""
_NUMBERS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9} | {
    word: number
    for number, word in enumerate(
        (
            "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
            "fourteen", "fifteen", "sixteen",
        ), 2
    )
}  # fmt: skip
_ZH_NUMBER = r"(?:[1-9]\d?|[两二三四五六七八九]|[二三]?十[一二三四五六七八九]?)"
_ZH_KIND = r"(?:省区市|省市区|省市|省区|省份|个省|省|个地区|个市|个国家|国|州)"
_ZH_BEFORE = re.compile(
    rf"((?:[\u4e00-\u9fff]{{2,12}}(?:、|和|及|与|以及)){{1,40}}[\u4e00-\u9fff]{{2,12}}?)(等)?(?:全部)?"
    rf"({_ZH_NUMBER})个?{_ZH_KIND}(?![级厅委办际内外]|[一二两三四五六七八九\d]+[省市区])"
)
_ZH_AFTER = re.compile(
    rf"({_ZH_NUMBER})个?{_ZH_KIND}[（(：:]((?:[\u4e00-\u9fff]{{2,12}}(?:、|和|及|与|以及)){{1,40}}[\u4e00-\u9fff]{{2,12}})(等)?[)）。；]"
)
_EN_NAME = r"[A-Z][\w'’-]*(?: (?:(?:of|and the|da|do|de) )?[A-Z][\w'’-]*){0,3}"
_EN_KIND = r"(?:provinces?|states?|cities|municipalities|countries|regions|counties|territories)"
_EN_LIST = re.compile(
    rf"\b({'|'.join(word for word in _NUMBERS if word.isascii())}|\d{{1,2}}) {_EN_KIND}"
    rf"(?:(?:,| and| or) {_EN_KIND}){{0,2}}(,? including|,? such as|,? among them| of|:|,? namely| \(|, | -|—)\s*"
    rf"((?:(?:the )?{_EN_NAME}, ?(?:and )?){{0,30}}(?:the )?{_EN_NAME}(?:,? and (?:the )?{_EN_NAME})?)"
)
_GOES_ON = set("、和及与）)")
"""Before a list they say that it began earlier, with what is no plain name: 刚果（金）、拉脱维亚."""
_EN_PARTIAL = ("including", "such as", "among them")


class Miscount(msgspec.Struct, frozen=True):
    """A list at `text[start:end]`: how many it says, and how many it names."""

    start: int
    end: int
    says: int
    names: int


def miscounts(text: str, level_of: LevelOf) -> Iterator[Miscount]:
    """Find lists of places whose length is not what stands beside them.

    Args:
        text: A document's text.
        level_of: The level of the place that words name.
    """
    for found in _ZH_BEFORE.finditer(text):
        yield from _check(found, number_of(found[3]), _names_zh(found[1], level_of), partial=bool(found[2]))
    for found in _ZH_AFTER.finditer(text):
        yield from _check(found, number_of(found[1]), _names_zh(found[2], level_of), partial=bool(found[3]))
    for found in _EN_LIST.finditer(text):
        partial = any(word in found[2] for word in _EN_PARTIAL)
        yield from _check(found, number_of(found[1]), _names_en(found[3], level_of), partial)


def _check(found: re.Match[str], says: int, names: int, partial: bool) -> Iterator[Miscount]:
    is_whole = found.string[max(0, found.start() - 1) : found.start()] not in _GOES_ON
    if is_whole and names > 1 and (names > says or (names < says and not partial)):
        yield Miscount(found.start(), found.end(), says, names)


def number_of(word: str) -> int:
    """A small number as it is written.

    Examples:
        >>> number_of("十二"), number_of("二十"), number_of("five"), number_of("31")
        (12, 20, 5, 31)
    """
    if word.isascii() and word.isdigit():
        return int(word)
    if "十" in word:
        tens, _, ones = word.partition("十")
        return (_digit(tens) if tens else 1) * 10 + (_digit(ones) if ones else 0)
    return _NUMBERS[word]


def _digit(sign: str) -> int:
    return "一二三四五六七八九".index(sign) + 1


def _names_zh(words: str, level_of: LevelOf) -> int:
    """How many places of one level are named; 0 where something is none. Words may stand before the first name."""
    first, *others = re.split("、|以及|和|及|与", words)
    name = next((first[at:] for at in range(len(first) - 1) if level_of(first[at:])), first)
    return _of_one_level([name, *others], level_of)


def _names_en(words: str, level_of: LevelOf) -> int:
    names = [
        name.strip().removeprefix("the ") for name in re.split(r", and |, | and ", words) if name.strip()
    ]
    return _of_one_level(names, level_of)


def _of_one_level(names: Sequence[str], level_of: LevelOf) -> int:
    levels = {level_of(name) for name in names}
    return len(names) if len(levels) == 1 and "" not in levels else 0
