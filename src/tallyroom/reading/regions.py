"""Where something was done when no place is named: along a border, in five states, worldwide, abroad. English only."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tallyroom.reading.places import AreaGroup

_BORDER = re.compile(
    r"\b(?:along|at|on|across|near) the ((?:south|north)(?:-?(?:west|east))?(?:ern)? (?:land )?border|"
    r"(?:east|west)ern (?:land )?border)\b"
)
_MANY = re.compile(
    r"\b(?:in|across|throughout) (?:all )?(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,3}|"
    r"several|various|many|all|different|most) (?:of the |of its )?(?:[a-z]+ ){0,2}?"
    r"(states|provinces|regions|cities|districts|prefectures|counties|municipalities|departments|governorates|countries|nations|jurisdictions)\b"
    r"(?! of (?!the country)| including|: | such as|,? [a-z]+ among)"
)
_WORLD = re.compile(
    r"\b(?:worldwide|globally|around the (?:world|globe)|across the (?:world|globe)|internationally)\b"
)
_ABROAD = re.compile(
    r"\b(?:abroad|overseas)\b(?! (?:partners?|polic|law enforcement|agenc|counterpart|authorit|origin|web|server|job|"
    r"work|victim|national|citizen|base|mail|syndicate|gang))"
)
_HOME = re.compile(r"\bat home\b")
_NOT_DONE = re.compile(
    r"\b(?:from|to|for|with|by|of|traveling|travelling|studying|working|living|fled|sent|bound|"
    r"shipped|exported|smuggled|sold|moved|flown|go|goes|going|went|ship|export|travel|fled|fleeing)(?: partners)? $"
)
_GATE = re.compile(
    r"border|worldwide|globally|the world|the globe|internationally|abroad|overseas|"
    r"states|provinces|regions|cities|districts|prefectures|counties|municipalities|departments|governorates|countries|"
    r"nations|jurisdictions"
)
"""By itself a quick look whether there is any."""
_OF_COUNTRIES = frozenset({"countries", "nations", "jurisdictions"})


def regions(found: list[AreaGroup], text: str, span: tuple[int, int]) -> list[AreaGroup]:
    """Return what is told of place without a name."""
    if _GATE.search(text, *span) is None:
        return []
    borders = (m for m in _BORDER.finditer(text, *span) if _is_free(found, m.span(1)))
    many = (m for m in _MANY.finditer(text, *span) if _is_free(found, m.span()))
    world = _WORLD.finditer(text, *span)
    return [
        *(AreaGroup(m.start(1), m.end(1), (m[1],), located=True) for m in borders),
        *(_of_many(m) for m in many if not _names_follow(found, m.end())),
        *(AreaGroup(m.start(), m.end(), (), actor=True, located=True) for m in world),
        *_home_and_abroad(text, span),
    ]


def _of_many(match: re.Match[str]) -> AreaGroup:
    """`in five states` is all that the body answers for, `in 54 countries` no country."""
    return AreaGroup(match.start(), match.end(), (), wide=match[1] not in _OF_COUNTRIES, located=True)


def _home_and_abroad(text: str, span: tuple[int, int]) -> list[AreaGroup]:
    """`seized 31 tonnes at home and 42 abroad`: at home means the country only beside abroad."""
    abroad = [
        m
        for m in _ABROAD.finditer(text, *span)
        if not _NOT_DONE.search(text, max(span[0], m.start() - 24), m.start())
    ]
    home = _HOME.finditer(text, *span) if abroad else ()
    return [
        *(AreaGroup(match.start(), match.end(), (), actor=True, located=True) for match in abroad),
        *(AreaGroup(match.start(), match.end(), (), nation=True, located=True) for match in home),
    ]


def _is_free(found: Sequence[AreaGroup], span: tuple[int, int]) -> bool:
    return not any(group.start < span[1] and span[0] < group.end for group in found)


def _names_follow(found: Sequence[AreaGroup], end: int) -> bool:
    """`in five provinces: Hunan, Hubei…` names them."""
    return any(end <= group.start <= end + 12 and group.codes for group in found)


__all__ = ["regions"]
