"""Days and times of a workbook as it shows them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from decimal import Decimal

_EPOCH = datetime.datetime(1899, 12, 30)
_EPOCH_1904 = datetime.datetime(1904, 1, 1)
_FIRST_SURE = 61
"""Workbooks take 1900 for a leap year: days before 1 March 1900 are one less than they seem."""
_LAST = 2_958_465
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_HAN_WEEK = "一二三四五六日"
_RUN = re.compile(r"am/pm|a/p|上午/下午|y+|m+|d+|h+|s+|aaaa?|.", re.IGNORECASE | re.DOTALL)


def shown_day(number: Decimal, tokens: Sequence[tuple[str, str]], is_1904: bool) -> str | None:
    """Return the moment that a number stands for, as the tokens of its format write it; None where it is none."""
    moment = _moment(number, is_1904)
    if moment is None:
        return None
    pieces = _pieces(tokens)
    names = [words.lower() for words, is_literal in pieces if not is_literal]
    halved = any(name in ("am/pm", "a/p", "上午/下午") for name in names)
    out: list[str] = []
    for at, (words, is_literal) in enumerate(pieces):
        if is_literal or words[0] not in "ymdhsaYMDHSA[上":
            out.append(words)
        elif words[0] == "[":
            out.append(_elapsed(number, words[1:-1].lower()))
        elif words[0] in "mM" and _counts_minutes(pieces, at):
            out.append(f"{moment.minute:0{min(len(words), 2)}d}")
        else:
            out.append(_shown(moment, words.lower(), halved))
    return "".join(out).strip()


def _moment(number: Decimal, is_1904: bool) -> datetime.datetime | None:
    if not 0 <= number <= _LAST:
        return None
    epoch = _EPOCH_1904 if is_1904 else _EPOCH
    shift = 1 if not is_1904 and 1 <= number < _FIRST_SURE - 1 else 0
    seconds = round((number + shift) * 86_400)
    try:
        return epoch + datetime.timedelta(seconds=seconds)
    except OverflowError:
        return None


def _pieces(tokens: Sequence[tuple[str, str]]) -> list[tuple[str, bool]]:
    """The runs of letters that stand for a part of the moment, and what stands as it is (True)."""
    pieces: list[tuple[str, bool]] = []
    letters = ""
    for kind, words in (*tokens, ("literal", "")):
        if kind == "other":
            letters += words
            continue
        pieces += [(run, False) for run in _RUN.findall(letters)]
        letters = ""
        pieces.append((f"[{words}]", False) if kind == "bracket" else (words, True))
    return pieces


def _counts_minutes(pieces: Sequence[tuple[str, bool]], at: int) -> bool:
    """`m` stands for minutes behind hours and before seconds, else for months."""
    before = [
        words for words, literal in pieces[:at] if not literal and words.strip("[]")[:1] in "ymdhsYMDHS"
    ]
    after = [words for words, literal in pieces[at + 1 :] if not literal and words[0] in "ymdhsYMDHS"]
    return bool((before and before[-1].strip("[]")[:1] in "hH") or (after and after[0][0] in "sS"))


def _elapsed(number: Decimal, unit: str) -> str:
    per_day = {"h": 24, "m": 1440, "s": 86_400}.get(unit[:1], 24)
    return str(int(number * per_day))


def _shown(moment: datetime.datetime, run: str, halved: bool) -> str:
    hour = (moment.hour % 12 or 12) if halved else moment.hour
    forms: dict[str, Callable[[], str]] = {
        "yy": lambda: f"{moment.year % 100:02d}", "y": lambda: f"{moment.year % 100:02d}",
        "m": lambda: str(moment.month), "mm": lambda: f"{moment.month:02d}",
        "mmm": lambda: _MONTHS[moment.month - 1][:3], "mmmmm": lambda: _MONTHS[moment.month - 1][:1],
        "d": lambda: str(moment.day), "dd": lambda: f"{moment.day:02d}",
        "ddd": lambda: _WEEK[moment.weekday()][:3], "h": lambda: str(hour), "hh": lambda: f"{hour:02d}",
        "s": lambda: str(moment.second), "ss": lambda: f"{moment.second:02d}",
        "am/pm": lambda: "AM" if moment.hour < 12 else "PM", "a/p": lambda: "A" if moment.hour < 12 else "P",
        "上午/下午": lambda: "上午" if moment.hour < 12 else "下午",
        "aaa": lambda: _HAN_WEEK[moment.weekday()], "aaaa": lambda: f"星期{_HAN_WEEK[moment.weekday()]}",
    }  # fmt: skip
    longest = {"y": f"{moment.year:04d}", "m": _MONTHS[moment.month - 1], "d": _WEEK[moment.weekday()]}
    return forms[run]() if run in forms else longest.get(run[0], run)
