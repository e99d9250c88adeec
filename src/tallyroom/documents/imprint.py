"""Lines that only tell when and by whom a document was published: `2022-08-05 10:12 来源：公安部`."""

from __future__ import annotations

import datetime
import re
from functools import cache, lru_cache
from typing import Literal

import msgspec

from tallyroom.documents.dates import find_days
from tallyroom.documents.wording import any_of, words_of

_LONGEST = 140
_HINT = re.compile(r"[\d:：/]")
_TIME = (
    r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\s?[ap]\.?m\.?(?!\w))?|\d{1,2}\s?[ap]\.?m\.?(?!\w)"
    r"|\d{1,2}[时時点點]\d{1,2}分?|[上下]午|\b(?:GMT|UTC|BST|E[SD]T|P[SD]T|C[SD]T)\b"
    r"|[+-]\d{2}:?\d{2}\b"
)
_WEEKDAY = (
    r"[（(]?(?:星期|周|週|禮拜)[一二三四五六日天][)）]?"
    r"|(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b,?"
)
_REST = r"[\s|｜·•/,，—–\-()（）\[\]【】。;；>]*"
_NAME = r"[^\s|｜:：]{1,30}?(?=$|[\s|｜]|LABEL)(?:\s(?:of|and|the|for|&|[A-Z][\w.&'’-]*)){0,8}"
"""A name ends at white space, or where the next label follows it without any; Latin names go on."""

_KINDS = ("published", "updated", "source", "byline", "counts", "release")

Told = Literal["published", "dated", "day", "updated", "none"]


class Imprint(msgspec.Struct, frozen=True):
    """What an imprint line tells: the day, how it is told, the publisher; None for what it does not tell."""

    told: Told
    date: datetime.date | None = None
    source: str | None = None


def is_imprint(words: str) -> bool:
    """Tell whether a line says when or by whom the document was published, and nothing else."""
    return read_imprint(words) is not None


@lru_cache(maxsize=64)  # the kinds of lines and the metadata of one document ask about the same few lines
def read_imprint(words: str) -> Imprint | None:
    """Read a line as an imprint; None where anything in it is something else.

    Examples:
        >>> read_imprint("2022年08月05日 10:12 来源：公安部").source
        '公安部'
        >>> read_imprint("统计时段：2022年6月25日至7月31日") is None
        True
    """
    if (
        len(words) > _LONGEST
        or words[-1] in "。；，、"
        or not (_HINT.search(words) or _pieces().match(words))
    ):
        return None
    days = list(find_days(words))
    masked = words
    for day in reversed(days):
        masked = f"{masked[: day.start]}\0{masked[day.end :]}"
    seen = _read_pieces(masked)
    if seen is None:
        return None
    date = days[0].date if days else None
    return Imprint(_told(seen, date), date, seen.get("name"))


def _read_pieces(masked: str) -> dict[str, str] | None:
    """The pieces of a line by their kind; days stand in it as NUL. None where something is left over."""
    seen: dict[str, str] = {}
    at = 0
    while at < len(masked):
        piece = _pieces().match(masked, at)
        if piece is None or piece.end() == at:
            return None
        seen |= {kind: found for kind, found in piece.groupdict().items() if found}
        at = piece.end()
    return seen


def _told(seen: dict[str, str], date: datetime.date | None) -> Told:
    if date is None:
        return "none"
    if "published" in seen:
        return "published"
    if "updated" in seen:
        return "updated"
    return "dated" if seen.keys() & {"time", "name", "release"} else "day"


@cache
def _pieces() -> re.Pattern[str]:
    """One piece of an imprint and the signs after it. Compiled when the first line needs it."""
    label = {kind: f"(?i:{any_of(words_of('imprint', kind))})" for kind in _KINDS}
    name = _NAME.replace("LABEL", f"(?:{'|'.join(label.values())})\\s*[:：]")
    return re.compile(
        rf"{_REST}(?:(?P<published>{label['published']}\s*[:：]?\s*(?:on\s)?\0)"
        rf"|(?P<updated>{label['updated']}\s*[:：]?\s*(?:on\s)?\0)|(?P<day>\0)"
        rf"|(?:at\s)?(?P<time>{_TIME})|{_WEEKDAY}"
        rf"|{label['source']}\s*[:：]\s*(?P<name>{name})|{label['byline']}\s*[:：/]\s*{name}"
        rf"|By\s(?:[A-Z][\w.'’-]+\s?){{2,4}}(?=$|[|,·])|[记記]者\w{{2,4}}[／/]\w{{2,8}}报?報?[道導导]"
        rf"|{label['counts']}\s*[:：]?\s*(?:[\d,.]+[万萬]?|[\[(【（]?[大中小加减+\s-]+[\])】）]?)?(?!\w)"
        rf"|(?P<release>{label['release']})(?!\w)\s*[:：]?){_REST}"
    )
