"""Datelines: `新华社北京8月5日电`, `LAREDO, Texas, March 25, 2021 -`, `Kunming, June 26 (Reporter)`."""

from __future__ import annotations

import datetime
import re
from functools import cache

import msgspec

from tallyroom.documents.dates import find_days
from tallyroom.documents.wording import any_of, words_of

_HEAD = 160
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = re.compile(
    rf"(?:[A-Z][a-z]+day,?\s)?(?:{_MONTH}\s(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?|(?P<d2>\d{{1,2}})\s{_MONTH})"
    r"(?:,?\s\d{4})?|\d{4}|[A-Z][a-z]+day"
)
_WORD = r"(?:[A-Z][\w.'’-]*|of|and|de|del|la|el|the|al)"
_NAME = re.compile(rf"{_WORD}(?:\s{_WORD}){{0,5}}")
_CARRIER = re.compile(r"[A-Z][\w.'’-]*(?:\s[\w.'’-]+){0,4}")
_CARRIERS = re.compile(
    r"(?:News|Press|Agency|Service|Wire|Daily|Times|Post|Xinhua|Reuters|Bernama|A[FN]?P|PNA|ANI)\b"
)
# Head, then an agency in brackets with or without a dash, or a dash.
_ENGLISH = re.compile(
    r"[(\[]?(?P<head>[^!?\n:;()/]{2,90}?)\s*"
    r"(?:[(/\[](?P<agency>[^()/\n]{1,60})[)/\]]\s*(?:--|[-–—―](?=\s))?|(?:--|[–—―])|\s-(?=\s)|-(?=\s))\s*"
)
_MOST_PARTS = 5


class Dateline(msgspec.Struct, frozen=True):
    """Where and when a report was filed, and by whom; None for what it does not tell.

    `month` and `day` are known without the year too; `date` is only where the year is written.
    """

    end: int
    """Where it ends in the line."""
    place: str | None = None
    agency: str | None = None
    date: datetime.date | None = None
    month: int | None = None
    day: int | None = None


def read_dateline(words: str) -> Dateline | None:
    """Read the dateline that a paragraph begins with; None where it begins with something else.

    Examples:
        >>> read_dateline("新华社北京8月5日电 公安部通报").place
        '北京'
        >>> read_dateline("LAREDO, Texas - A Ford F350 was waved over").place
        'LAREDO, Texas'
    """
    if not words or words[0].islower():
        return None
    head = words[:_HEAD]
    return _english(head) if words[0].isascii() and words[0].isalpha() else _chinese(head)


def _chinese(head: str) -> Dateline | None:
    found = _chinese_form().match(head)
    if found is None:
        return None
    group = found.groupdict()
    agency = None if group["agency"] in words_of("imprint", "own") else group["agency"]
    month, day = (int(group[name]) if group[name] else None for name in ("month", "day"))
    date = next((each.date for each in find_days(found[0])), None)
    return Dateline(found.end(), group["place"] or None, agency, date, month, day)


@cache
def _chinese_form() -> re.Pattern[str]:
    own, endings = any_of(words_of("imprint", "own")), any_of(words_of("imprint", "agencies"))
    han = "[\u4e00-\u9fff]"
    return re.compile(
        rf"[（(【\[]?(?:据|據)?(?P<agency>{own}|{han}{{1,8}}?{endings})"
        rf"(?:(?:记者|記者)(?:{han}{{2,4}}(?={han}{{2}}\d))?)?\s?"
        rf"(?:(?P<place>{han}{{2,8}}?)?\s?(?:\d{{4}}年)?(?:(?P<month>\d{{1,2}})月)?(?P<day>\d{{1,2}})日"
        r"(?:专|專)?(?:[电電讯訊]|消息|报道|報導)|消息|[讯訊](?=[\s：:（(，]))[)）】\]]?"
    )


def _english(head: str) -> Dateline | None:
    found = _ENGLISH.match(head)
    if found is None:
        return None
    parts = [part.strip() for part in found["head"].split(",")]
    days = list(filter(None, map(_DAY.fullmatch, parts)))
    names = [part for part in parts if not _DAY.fullmatch(part)]
    carriers = [name for name in names[:-1] if _CARRIERS.search(name) or (days and not _NAME.fullmatch(name))]
    places = [name for name in names if name not in carriers]
    if not places or len(parts) > _MOST_PARTS or not all(map(_NAME.fullmatch, places)):
        return None
    if not days and not (places[0].isupper() and len(places[0]) > 2):
        return None
    if not all(map(_CARRIER.fullmatch, carriers)):
        return None
    date = next((each.date for each in find_days(found["head"])), None)
    month, day = _month_and_day(days)
    agency = carriers[0] if carriers else _carrier_in_brackets(found["agency"])
    return Dateline(found.end(), ", ".join(places), agency, date, month, day)


def _month_and_day(days: list[re.Match[str]]) -> tuple[int | None, int | None]:
    for found in days:
        # Any leap year will do: only the month and the day are wanted.
        whole = next(find_days(f"{found[0].split(', 2')[0]} 2000"), None)
        if whole is not None:
            return whole.date.month, whole.date.day
    return None, None


def _carrier_in_brackets(words: str | None) -> str | None:
    if not words or words.split()[0].lower() in words_of("imprint", "own") or not words[0].isupper():
        return None
    return words.strip()
