"""How English text writes dates: word lists and the pattern of one date."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from tallyroom.quantities.affixes import any_of
from tallyroom.quantities.moments import Kind
from tallyroom.quantities.wordlists import alternatives, word_list

YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
DAY = r"(?:3[01]|[12]\d|0?[1-9])"
TH = r"(?:st|nd|rd|th)?"
DASH = r"\s?[-–—]\s?"
WITHIN = r"(?<![\d.,/$£€])"
"""Not inside a longer number or an amount of money."""
FIRST_LETTERS = frozenset(
    ("sam", "cor", "com", "equ", "fy", "fis", "fin", "cur", "ope", "ini", "clo", "pas", "pre", "end", "sta",
     "beg", "tur", "yea", "qua", "wee", "mon", "day", "ear", "mid", "lat", "cal", "thi", "las", "fir",
     "sec", "fou", "spr", "sum", "aut", "fal", "win")
)  # fmt: skip
"""A word that begins otherwise begins no date: this spares the long pattern."""


class DateWords(NamedTuple):
    """The word lists, and the pattern made of them."""

    month_numbers: dict[str, int]
    verbs: frozenset[str]
    weekdays: dict[str, int]
    numbers: dict[str, int]
    days: dict[str, int]
    weeks: dict[str, int]
    months: dict[str, int]
    quarters: dict[str, int]
    years: dict[str, int]
    kinds: dict[str, Kind]
    date: re.Pattern[str]


@cache
def date_words() -> DateWords:
    words = word_list("en", "periods")
    ints = {
        name: {word: int(value) for word, value in words[name].items()}
        for name in ("weekdays", "numbers", "days", "weeks", "months", "quarters", "years")
    }
    named = {**words["month_names"], **words["month_abbreviations"]}
    return DateWords(
        **ints,
        month_numbers={word: int(value) for word, value in named.items()},
        verbs=frozenset(words["also_verbs"]),
        kinds=_kinds(words),
        date=re.compile(_pattern(words)),
    )


def _kinds(words: dict[str, Any]) -> dict[str, Kind]:
    kinds: dict[str, Kind] = dict.fromkeys(words["year_earlier"], "same_period_last_year")
    kinds |= dict.fromkeys(words["previous_years"], "previous_year")
    kinds |= dict.fromkeys(words["same_years"], "same_year")
    kinds |= dict.fromkeys(words["same_days"], "day")
    return kinds | dict.fromkeys(words["undated"], "undated")


def _pattern(words: dict[str, Any]) -> str:
    """One date as written: each alternative is a named group that `_READERS` reads.

    A look at the first letters spares the long pattern where no date begins.
    """
    either = {name: alternatives(words[name]) for name in words}
    short = rf"(?:{either['month_abbreviations']})\b\.?"
    either["month"] = rf"(?:{either['month_names']}|{short})"
    either["count"] = rf"(?:\d{{1,2}}|{either['numbers']})"
    whole = {
        **_compared(either), **_fiscal_years(either), **_month_and_day(either), **_stretches(either),
        **_relative_words(either), **_other_words(either),
    }  # fmt: skip
    return rf"\b(?={_beginning(words)})(?:{_named(_before_a_date(either))}|(?:{_named(whole)})(?!\w))"


def _beginning(words: dict[str, Any]) -> str:
    """What a date begins with, behind an article or not: three letters of its first word, or all if it has fewer."""
    listed = {word.removeprefix("the ") for name in words for word in words[name]}
    first = {word.split()[0] for word in listed}
    letters = any_of(sorted({word[:3] for word in first if len(word) > 2} | FIRST_LETTERS))
    short = any_of(sorted(word for word in first if len(word) < 3))
    return rf"(?:the\s+)?(?:\d|q[1-4]|h[12]|ye\b|{letters}|(?:{short})\b)|the\s+half"


def _named(groups: dict[str, str]) -> str:
    return "|".join(f"(?P<{name}>{pattern})" for name, pattern in groups.items())


def _before_a_date(either: dict[str, str]) -> dict[str, str]:
    """Words right before a date, which change it: the year to, the end of, early, Mon."""
    month = either["month"]
    seasons = (
        r"spring|summer|autumn|fall|winter|"
        r"(?:early|opening|closing|latter|middle)\s+(?:months|part|days|weeks)"
    )
    return {
        "yearto": rf"(?:the\s+)?(?:(?P<yn>{either['count']})[\s-])?"
        r"(?P<unit>year|half(?=[\s-]year)|months?|quarter|weeks?|days|hours?)(?:[\s-]year)?(?:\s+period)?\s+"
        r"(?P<how>to|through|up\s+to|(?:that\s+)?end(?:ing|ed|s)(?:\s+(?:in|on))?|of|beginning|commencing|"
        r"starting)\s+"
        rf"(?:the\s+end\s+of\s+|end[\s-]+|\(ye\)\s+|\d{{1,2}}(?:[:.]\d\d)?\s*(?:a\.?m\.?|p\.?m\.?|hrs)\s+(?:on\s+)?)?"
        rf"(?={month}|{DAY}\b|\d{{4}}-|the\s+end|{either['weekdays']}|{either['days']})",
        "yearending": rf"(?:the\s+)?ye\s+(?={month})",
        "edge": r"(?:the\s+)?(?:year-)?(?P<ew2>end|close|start|beginning)"
        r"(?:\s+of|-|(?<=year-end))\s*(?:the\s+month\s+of\s+)?"
        rf"(?=this|last|{YEAR}|{month}|fy|fiscal|financial)",
        "part": rf"(?P<pw>early|mid|late)[\s-]+(?:in\s+)?(?={YEAR}|{month}|this|last)"
        rf"|(?:the\s+)?(?:{seasons})\s+(?:of\s+)?(?={YEAR}|this\s+year|last\s+year)",
        "weekshort": rf"(?:{either['weekday_abbreviations']})\.?,?\s+(?={DAY}\b|{month})",
    }


def _compared(either: dict[str, str]) -> dict[str, str]:
    """Stretches told by the day of publication or by another stretch."""
    unit = r"(?:months?|weeks?|quarters?|halves|half|periods?|time|years?|days?|stretch|timeframe)"
    past = r"(?:last|previous|prior|preceding|past)\s+(?:calendar\s+|fiscal\s+|financial\s+)?year"
    return {
        "ytd": rf"(?:the\s+)?(?:{either['year_to_date']})",
        "mtd": either["month_to_date"],
        "same": rf"(?:the\s+)?(?:same|corresponding|comparable|equivalent)\s+(?:[\w-]+\s+){{0,2}}?{unit}"
        rf"(?P<tail>\s+(?:of\s+|in\s+|from\s+)?(?:the\s+)?{past}"
        r"|\s+a\s+year\s+(?:earlier|ago|before|previously)|\s+(?:the\s+)?year\s+(?:before|earlier|prior)"
        rf"|\s+(?:of\s+|in\s+)?(?P<same_year>{YEAR}))?\b",
    }


def _fiscal_years(either: dict[str, str]) -> dict[str, str]:
    lone = WITHIN + "(?P<sy>" + YEAR + r")(?:/(?P<sy2>\d\d|\d{4})|[-–](?P<sy3>\d\d))(?![\d/%-]|\.\d)"
    return {
        "fiscal": r"(?:fye?\s?|fiscal\s+(?:years?\s+)?|(?P<uk>financial\s+years?\s+))['’]?"
        r"(?P<fy>(?:20|19)?\d\d)"
        r"(?:(?:[-/–—]|\s+to\s+(?=\d{4}))(?P<fy2>\d{4}|\d\d))?\b"
        rf"|(?P<fy3>{YEAR})(?:[-/–—](?P<fy4>\d{{4}}|\d\d))?\s+(?:fiscal|(?P<uk2>financial))\s+year",
        "slashed": lone,
        "relfiscal": r"(?P<rf>this|last|current|the\s+current|the\s+last)\s+"
        r"(?:fiscal|(?P<uk3>financial))\s+year",
    }


def _month_and_day(either: dict[str, str]) -> dict[str, str]:
    month, of_year = either["month"], rf"(?P<{{}}>{YEAR})(?!\d|,\d)"
    month_first, day_first = of_year.format("my"), of_year.format("dy")
    return {
        "iso": rf"(?<![\d/.-])(?P<iy>{YEAR})-(?P<im>\d\d)-(?P<id>\d\d)(?![\d-])",
        "numeric": rf"(?<![\d/.-])(?P<n1>\d{{1,2}})[/.](?P<n2>\d{{1,2}})[/.](?P<ny>{YEAR})(?!\d)",
        "yearmonth": rf"{WITHIN}(?P<ynum>0?[1-9]|1[0-2])/(?P<yfull>{YEAR})(?!\d)",
        "mdy": rf"(?P<mm>{month})\s*(?P<md>{DAY}){TH}"
        rf"(?:(?P<mj>{DASH}|\s+(?:to|and|through)\s+)(?P<md2>{DAY}){TH}(?!\s+{month}))?\b"
        rf"(?![\d%]|[.,:]\d|\s*(?:a\.?m|p\.?m)\b)(?:,?\s+(?:of\s+)?{month_first})?",
        "dmy": rf"(?<![\d.,:/$£€-])"
        rf"(?:(?P<dd>{DAY}){TH}(?P<dj>{DASH}|/|\s+(?:to|and|until|through)\s+(?:the\s+)?))?"
        rf"(?P<dd2>{DAY}){TH}\s+(?:of\s+)?(?P<dm>{month})(?!\w)(?:,?\s+{day_first})?",
        "my4": rf"(?P<ym>{month})(?:,|\s+of)?\s+(?P<yy>{YEAR})(?![\d%]|[,.]\d)",
        "month": rf"{month}(?![\w'’]|\.\w)",
    }


def _stretches(either: dict[str, str]) -> dict[str, str]:
    """Quarters, halves and months counted from an end of the year."""
    return {
        "quarter": r"(?:the\s+)?(?P<qn>first|second|third|fourth|1st|2nd|3rd|4th"
        r"|(?:last|final)(?=\s+quarter\s+of))"
        r"(?:\s+and\s+(?P<qn2>second|third|fourth))?[\s-]+(?:(?:fiscal|calendar)\s+)?quarters?\b"
        r"|q(?P<q>[1-4])(?:\s?[-–]\s?q(?P<q2>[1-4]))?\b|quarter\s+(?P<qw>one|two|three|four|[1-4])\b|(?P<q3>[1-4])q(?=\s?(?:fy)?\d|\b)",
        "joined": rf"(?P<jn>[1-4])(?P<ju>[hq])\s?(?P<jy>{YEAR}|\d\d)(?!\d)",
        "half": r"(?:the\s+)?(?P<hn>first|second|1st|2nd)[\s-](?:half|six\s+months)\b"
        r"|h(?P<h>[12])\b|(?P<h2>[12])h(?=\s?(?:fy)?\d|\b)",
        "firstmonths": rf"(?:the\s+)?(?:first|opening|initial)\s+(?P<fm>{either['count']})\s+"
        r"(?:months|(?P<fq>quarters))",
        "lastmonths": rf"(?:the\s+)?(?:last|final|closing)\s+(?P<lm>{either['count']})\s+months(?=\s+of)",
        "back": rf"(?:the\s+)?(?:past|last|previous)\s+(?:(?P<bn>{either['count']})\s+)?"
        r"(?P<bu>hours|days?|weeks?|months|years|decades?|week|month|year)\b"
        r"(?<!last\sweek)(?<!last\smonth)(?<!last\syear)(?<!previous\syear)",
    }


def _relative_words(either: dict[str, str]) -> dict[str, str]:
    """Words that the day of publication settles."""
    return {
        "edgeyear": r"(?:the\s+)?(?:(?P<ew>end|close|start|beginning|turn)\s+of\s+the\s+(?:calendar\s+)?year"
        r"|year[\s-]end)\b(?!\s+(?:press|news|media|briefing|review|report|statement|summary|conference|message))",
        "relyear": either["years"],
        "relmonth": either["months"],
        "relquarter": either["quarters"],
        "weekend": rf"(?:{either['weekends']})(?!\s+of)",
        "week": either["weeks"],
        "relday": either["days"],
        "weekday_and_day": rf"(?:{either['weekdays']})\s+(?P<wo>{DAY})(?:st|nd|rd|th)"
        rf"(?=\s+(?:and|to|until)\s+(?:{either['weekdays']})\b)",
        "weekday": rf"(?P<wl>last\s+|this\s+|this\s+past\s+|past\s+)?(?P<wd>{either['weekdays']})(?!s)",
    }


def _other_words(either: dict[str, str]) -> dict[str, str]:
    """A bare day or year, and words that the context settles if anything does."""
    follows = r"to|in|at|by|for|that|and|when|as|with|after|from"
    stands = ("year_earlier", "previous_years", "same_years", "same_days", "undated")
    return {
        "ordinal": rf"(?<=\bon )the\s+(?P<od>{DAY})(?:st|nd|rd|th)(?=\s*[,.;:)]|\s*$|\s+(?:{follows})\b)",
        "year": r"(?:(?:the\s+)?(?:calendar\s+)?year\s+)?" + WITHIN + rf"(?P<y>{YEAR})(?:\s+calendar\s+year)?"
        r"(?![\d%/]|[.,]\d|-[a-z]|\s?(?:kg|kilo|lb|g\b))",
        "now": either["now"],
        "word": "|".join(either[name] for name in stands),
    }
