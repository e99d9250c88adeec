"""How Chinese text writes dates: word lists, numerals and the pattern of one date."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from tallyroom.quantities.moments import Kind
from tallyroom.quantities.wordlists import alternatives, word_list

DIGITS = {char: index for index, char in enumerate("〇一二三四五六七八九")}
DIGITS |= {"零": 0, "○": 0, "两": 2, "首": 1}
TO = r"\s*(?:起?至|到|—{1,2}|–|-|~|～|―|‐|−)\s*"
N2 = r"(?:(?<!\d)\d{1,2}(?!\d)|[一二三四五六七八九十廿]{1,3})"
SINGLE = "一二三四五六七八九"
YEAR = r"(?:(?:1[6-9]|20)\d\d|[一二][〇零○一二三四五六七八九]{3})"
FEW = r"(?:\d{1,2}|[一二两三四五六七八九十几]{1,3})"
PARTS = r"上旬|中旬|下旬|初|底|末"
FIRST_CHARACTERS = '首民年前头上下星礼周第过最近这截迄至到"“‘「同'
NUMERALS = "0123456789〇零○一二三四五六七八九十廿两几半"
AFTER_NUMERAL = '[年月日号至到~～—–―‐−./季天周余多规期时以同段直"”’」|\\s-]|个[多半月星]|$|[0-9]'
"""What follows a number that begins a date, 十四五期间 and the year in the first cell of a row too."""
INSIDE = frozenset(("parts_of_month", "speaking", "weekdays", "now"))
"""Lists whose words begin no date."""
ERA = 1911
"""民国 1 is 1912."""
Numbers = dict[str, int]


class DateWords(NamedTuple):
    """The word lists, and the patterns made of them."""

    years: Numbers
    days: Numbers
    weeks: Numbers
    weekdays: Numbers
    months: Numbers
    quarters: Numbers
    plans: Numbers
    parts: dict[str, tuple[int, int]]
    kinds: dict[str, Kind]
    date: re.Pattern[str]
    speaking: re.Pattern[str]


@cache
def date_words() -> DateWords:
    words = word_list("zh", "periods")
    numbers = {
        name: {word: int(value) for word, value in words[name].items()}
        for name in ("years", "days", "weeks", "weekdays", "months", "quarters", "plans")
    }
    parts = {word: (int(pair[0]), int(pair[1])) for word, pair in words["parts_of_month"].items()}
    return DateWords(
        **numbers,
        parts=parts,
        kinds=_kinds(words),
        date=re.compile(_pattern(words)),
        speaking=re.compile(alternatives(words["speaking"])),
    )


def _kinds(words: dict[str, list[str]]) -> dict[str, Kind]:
    kinds: dict[str, Kind] = dict.fromkeys(words["same_period"], "same_period_last_year")
    kinds |= dict.fromkeys(words["previous_years"], "previous_year")
    kinds |= dict.fromkeys(words["years_of_context"], "same_year")
    kinds |= dict.fromkeys(words["days_of_context"], "day")
    return kinds | dict.fromkeys(words["undated"], "undated")


def _pattern(words: dict[str, list[str]]) -> str:
    """One date as written: each alternative is a named group that `_READERS` reads.

    A look at the first character spares the long pattern where no date begins.
    """
    either = {name: alternatives(words[name]) for name in words}
    groups = {**_year_patterns(either), **_month_patterns(either), **_day_patterns(either)}
    letters = {word[0] for name in words.keys() - INSIDE for word in words[name]} | set(FIRST_CHARACTERS)
    begins = "".join(sorted(letters - set(NUMERALS)))
    named = (f"(?P<{name}>{pattern})" for name, pattern in groups.items())
    return rf"(?=[{begins}]|[{NUMERALS}]{{1,5}}+\s?+(?:{AFTER_NUMERAL}))(?:{'|'.join(named)})"


def _year_patterns(either: dict[str, str]) -> dict[str, str]:
    """Years and the words beside them; the month that may follow is put to them later."""
    part = r"\d{1,2}月|\d{1,2}[至到~-]\d|前\d+个?月|[上下]半年|第[一二三四1-4]季|全年|以来|至今|[初底末]|同期"
    end = r"(?:截至|截止到|截止至|截止|截到|(?:(?<=^)|(?<=[，。、；：,;:\s年月日初晚)）]))(?:至|到))"
    return {
        "same": rf"(?P<same_year>{YEAR}|1[01]\d)年同期|{either['same_period']}|(?<=[比较与和跟])同期",
        "deadline": rf"(?<!\d){YEAR}年(?:底|末)?(?:以|之)?前(?!{FEW}[个季月])",
        "cell": rf"(?:(?<=^)|(?<=^\|)|(?<=^\|\s))(?P<cy>{YEAR})(?=\s*(?:[|\t]|$)|\s+\d)",
        "fiscal": r"(?<![\d.])(?P<f1>20\d\d)[-/](?:(?P<f2>\d\d)|(?P<f4>20\d\d)(?=财))(?:财政|财)?年度?",
        "year": rf"(?<![\d.])(?P<y>{YEAR})(?:\s?年度?|(?={TO}{YEAR}\s?年))"
        r"(?P<yedge>年?[初底末](?![步代]))?(?!第?\d+[期号])",
        "roc": r"(?:民国(?P<era>\d{2,3}|[一二三四五六七八九十百]{2,5})"
        rf"|(?<!\d)(?P<bare>1[01]\d)(?=年度?(?:{part})))年度?",
        "iso": r"(?<![\d.])(?P<iy>(?:19|20)\d\d)(?P<isep>[-/.])(?P<im>\d{1,2})(?P=isep)(?P<iday>\d{1,2})"
        r"(?![\d./]|-\d(?!\d{3}))",
        "now": rf"(?:{end}(?:{either['now']})|(?<![是])[至迄]今)(?![年天日早晨晚月的])(?:为止)?",
        "edge": r"年[初底末](?!步)",
        "pastedge": r"(?P<pe>去年|今年|本年|前年)年?(?P<pedge>[初底末])",
        "relyear": rf"(?<![目以])(?:(?P<ry>{either['years']})度?"
        r"|(?P<ry2>[今去本])[(（]1[01]\d[)）]年度?)",
        "plan": rf"[“\"‘「]?(?P<p>{either['plans']})[”\"’」]?"
        r"(?=规划期|规划实施以|期间|时期|以来|期末|同期)",
    }


def _month_patterns(either: dict[str, str]) -> dict[str, str]:
    """Months, with the day or part that follows, and stretches of months."""
    day = rf"\s?(?:(?P<d1>{N2})\s?[日号]?{TO})?(?P<d>{N2})\s?(?:[日号](?!线)|(?={TO}{N2}\s?[日号]))"
    return {
        "month": rf"(?<![\d.第])(?:(?P<m1>{N2})\s?(?:月份?)?{TO})?(?P<m>{N2})\s?月份?"
        r"(?![龄嫂饼球花]|[一二两三]次)"
        rf"(?:(?P<mpart>{PARTS})|{day})?",
        "half": r"(?P<h>[上下])半年度?",
        "firstmonths": rf"[前头首]\s?(?P<fm>{FEW})\s?个?月(?!前)",
        "quarter": r"第?(?P<q>[一二三四首1-4])季度|(?P<q3>首)季(?!度)|第(?P<q2>[一二三四1-4])季"
        r"|[前首头](?P<fq>[一二两三1-3])个?季度?",
        "relmonth": rf"(?:(?P<rm>{either['months']})|本[(（]{N2}[)）]月)"
        rf"(?:(?P<rpart>{PARTS})|(?P<rd>{N2})[日号])?",
        "relquarter": either["quarters"],
    }


def _day_patterns(either: dict[str, str]) -> dict[str, str]:
    """Days and weeks, stretches that end with publication, and words without days of their own."""
    stands = ("days_of_context", "previous_years", "years_of_context", "undated")
    return {
        "weekday": rf"(?P<ww>{either['weeks']})(?P<wd>[一二三四五六日天末])",
        "week": either["weeks"],
        "bareweekday": r"(?:星期|礼拜)(?P<bw>[一二三四五六日天])"
        r"|周(?P<bw2>[一二三四五六日])(?=[（(，,上下晚凌早])",
        "relday": rf"(?:{either['days']})(?:[(（]\d{{1,2}}月?\d{{0,2}}日[)）])?"
        r"|[今昨前][(（]\d{1,2}(?:日[)）]|[)）][日晚晨天])",
        "span": rf"(?<![附临靠接已经])(?:过去|最近|近|前|这)?(?P<n>{FEW})(?P<unit>天|周|个星期)以?来"
        rf"|(?<![已经])(?:过去|最近)(?P<n2>{FEW})(?P<unit2>天|日|周|个星期)"
        rf"|(?<![附临靠接去])近(?P<n3>{FEW})(?P<unit3>天|周|个星期)",
        "vague": r"(?<![毒节假生作\d])日前(?![后夕])|(?<![临附靠接将])近年来?(?![终底末关货])"
        rf"|(?:过去|最近|近|这)?{FEW}[余多]?(?:年|个月)多?(?:以?来|间(?=[,，]))"
        rf"|(?:过去|最近|近){FEW}[余多]?(?:年|个月)|[一两三半]年多来?",
        "day": r"(?<![\d.第])(?P<dd>\d{1,2}|[一二三]?十[一二三四五六七八九]?)\s?日(?![内以之龄游元均子租报])",
        "word": "|".join(either[name] for name in stands),
    }


def number(digits: str) -> int:
    """Return the number below a thousand that digits or Chinese numerals write: 二十一, 廿, 百一十四."""
    if digits.isdigit() and digits.isascii():
        return int(digits)
    total, digit = 0, 0
    for char in digits.replace("廿", "二十"):
        if char in "十百":
            total, digit = total + (digit or 1) * (10 if char == "十" else 100), 0
        else:
            digit = DIGITS.get(char, 0)
    return total + digit


def year_number(digits: str) -> int:
    """Return the year that digits write, Arabic or Chinese: 二〇二二; three digits count from 1911."""
    year = int(digits) if digits.isascii() else int("".join(str(DIGITS[char]) for char in digits))
    return year + ERA if len(digits) == 3 else year


def tells_speech(words: str) -> bool:
    """True where the words hold a verb of a statement: 通报, 表示."""
    return date_words().speaking.search(words) is not None
