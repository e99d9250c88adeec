"""Periods in English text: from July 2016 to July 2021, 17 to 23 May, the year to March 2022, since June 25.

The words around and between the dates tell a stretch, a beginning or an end.
"""

from __future__ import annotations

import re
from datetime import date

from msgspec.structs import replace

from tallyroom.quantities.calendar import Days, add_days, months_until, week_of, weekday_before
from tallyroom.quantities.composing import Composer
from tallyroom.quantities.dates_en import dates_en
from tallyroom.quantities.moments import Clock, Moment, PeriodMention, Settled

GATE = re.compile(
    r"\d|day|week|month|year|quarter|half|decade|now|date|so far|present|recent|night|"
    r"january|february|march|april|\bmay\b|june|july|august|september|october|november|december|"
    r"\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b"
)
TIME = r"(?:\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?|hrs|hours)\s+(?:on\s+)?)?"
PART_OF_DAY = r"(?:(?:early\s+)?(?:morning|afternoon|evening|night|hours)\s+(?:of|on)\s+)?"
ABOUT = rf"{TIME}(?:(?:on\s+)?or\s+about\s+|about\s+|around\s+|on\s+)?(?:the\s+)?{PART_OF_DAY}"
ENDING = (
    r"(?:to|through|thru|until|till|up\s+to|up\s+until"
    r"|and\s+(?:end(?:ing|ed|s)|conclud(?:ing|ed)|finish(?:ing|ed)|r[au]n|running|lasted|lasting)"
    r"(?:\s+(?:on|in|through|until|to))?)"
)
JOIN = re.compile(rf"\s*[-–—~]\s*|-to-|,?\s+{ENDING}\s+{ABOUT}")
AND = re.compile(r"\s+and\s+" + ABOUT)
AND_NEXT = re.compile(r"\s+and\s+")
"""In 2022 and the first five months of 2023."""
BETWEEN = re.compile(
    rf"between\s+{TIME}(?:on\s+or\s+about\s+)?(?:the\s+)?(?:months\s+of\s+|period\s+of\s+)?$"
)
SINCE = re.compile(
    r"(?:\bever\s+)?\bsince\s+(?P<gap>(?:[^\s.;:!?,()]+\s+){0,12}?)(?:(?:on|in|from|around)\s+)?(?:the\s+)?$"
)
STARTING = re.compile(
    r"\b(?:as\s+from|with\s+effect\s+from|effective(?:\s+from)?|starting(?:\s+from)?|beginning)\s+(?:on\s+|in\s+)?$"
)
FROM = re.compile(r"\bfrom\s+(?:the\s+)?$")
UNTIL = re.compile(
    r"\b(?:as\s+(?:of|at)|up\s+(?:to|until|till)|until|till|through)\s+(?:the\s+)?"
    r"(?:\d[\d:.]*\s*(?:[ap]\.?m\.?|hrs|hours)?\s*(?:on\s+)?)?$"
)
REACHES = re.compile(r"\b(?:by|to|as\s+(?:of|at)|up\s+(?:to|until|till)|until|till|through)\s+(?:the\s+)?$")
YEAR_UP_TO = re.compile(r"\s+\(?(?:to|through|until|till|up\s?to|up\s+until|as\s+of)\s+(?:the\s+)?")
AND_YEAR = re.compile(r"\s*(?:,|,?\s*(?:and|or|&))\s*")
SO_FAR_IN = re.compile(r"\s*,?\s*(?:in|during|for)?\s*(?:the\s+)?")
CLAUSE_END = re.compile(r"[.;:!?]\s|,\s")
COMPARED = re.compile(r"\b(?:than|against|with|versus|compared\s+to|from|over|on)\s+(?:in\s+)?$")
SENTENCE_END = re.compile(r"[.!?;]\s")
SPEAKING = re.compile(
    r"\b(?:said|says|told|announced?|reported|revealed|disclosed|stated|informed|confirmed|released|briefing|conference|"
    r"statement|according\s+to)\b"
)
TILL_NOW, HEARD = 90, 40


def find_periods_en(text: str, clock: Clock) -> list[PeriodMention]:
    """Return the periods that a folded English block names, in order; none where it names none."""
    if GATE.search(text) is None:
        return []
    return _Composer(text, clock, dates_en(text, clock)).mentions()


class _Composer(Composer):
    """Puts the dates of one English block together with the words around them."""

    reaches, until_words, look_back = REACHES, UNTIL, 110

    def pair(self, here: Moment, after: Moment) -> int:
        """Read two dates that are one mention; return how many were taken, 0 for none."""
        between = self.text[here.end : after.start]
        if here.kind is not None:
            return self.so_far(here, after, between) if here.kind == "until" else 0
        if here.role in STRETCH_UNTIL:
            return 0 if between else self.stretch_until(here, after)
        if after.kind is not None:
            return self.till_now(here, after, between) if after.kind == "until" else 0
        if here.is_stretch and between == " (":
            return 1
        if _follow(here, after) and AND_NEXT.fullmatch(between):
            return self.add_stretch(here, after)
        if JOIN.fullmatch(between) or (AND.fullmatch(between) and self.opening(BETWEEN, here) is not None):
            return self.add_stretch(here, after)
        if (
            here.is_year
            and after.is_stretch
            and after.year == (here.year or 0) + 1
            and AND_NEXT.fullmatch(between)
        ):
            return self.add_stretch(here, after)
        if YEAR_UP_TO.fullmatch(between) and (here.role == "fiscal" or here.is_year):
            months = None if here.fixed else (1, 1)
            return self.add_stretch(replace(here, months=months, weak=False), after)
        return 0

    def one(self, here: Moment, after: Moment | None) -> None:
        """A bare number beside a year is a year: in 2021, 2022 and 2023."""
        super().one(here, after)
        if after is None or not (after.weak and here.is_year and after.is_year):
            return
        if AND_YEAR.fullmatch(self.text, here.end, after.start):
            self.dates[self.dates.index(after)] = replace(after, weak=False)

    def so_far(self, here: Moment, after: Moment, between: str) -> int:
        """Read so far in 2024, to date this financial year."""
        if after.kind is not None or not SO_FAR_IN.fullmatch(between):
            return 0
        settled = self.timeline.settle(after)
        if settled is None or settled.first == settled.last:
            return 0
        told = self.timeline.told
        if told is not None and told > settled.last:
            self.add(here.start, after.end, "range", settled)  # to date in FY2024, told after its end
        else:
            self.add_since(settled, here.start, after.end)
        return 2

    def stretch_until(self, here: Moment, after: Moment) -> int:
        """Read the year to March 2022, the 12 months that ended in June 2023, the week of 4 March."""
        settled = self.timeline.settle(after)
        days = _days_until(settled, here.role, here.count) if settled else None
        found = Settled(*days, settled.anchored) if settled and days else None
        self.add(here.start, after.end, "range", found)
        self.note(after, settled)
        return 2

    def till_now(self, here: Moment, after: Moment, between: str) -> int:
        """Read from June 25, when it began, till now; 2021 to date."""
        adjacent = not between.strip(" ,")
        if adjacent and not here.lost:
            return self.add_since_now(here, after)
        opened = len(between) <= TILL_NOW and not here.weak and self.opening(FROM, here) is not None
        return self.add_since_now(here, after) if opened and not CLAUSE_END.search(between) else 0

    def add_stretch(self, here: Moment, after: Moment) -> int:
        """From Monday to Friday: the Monday is the one before that Friday."""
        if here.role == after.role == "weekday" and here.fixed and after.fixed:
            monday = weekday_before(after.fixed[0], here.fixed[0].weekday())
            here = replace(here, fixed=(monday, monday))
        return super().add_stretch(here, after)

    def since(self, here: Moment, after: Moment | None, settled: Settled | None) -> bool:
        start = self.opening(SINCE, here)
        if start is None:
            start = self.opening(STARTING, here)
        if start is None:
            return False
        self.add_since(settled, start, here.end)
        return True

    def is_compared(self, here: Moment) -> bool:
        return self.opening(COMPARED, here) is not None

    def is_speech(self, here: Moment) -> bool:
        """True where words of the same sentence, beside the day, tell of a statement: said on Tuesday."""
        before = SENTENCE_END.split(self.text[max(0, here.start - HEARD) : here.start])[-1]
        after = SENTENCE_END.split(self.text[here.end : here.end + HEARD])[0]
        return SPEAKING.search(before) is not None or SPEAKING.search(after) is not None


def _follow(here: Moment, after: Moment) -> bool:
    """True for two months one after the other: in July and August."""
    bare = here.year is None and here.days is None and after.days is None and not here.edge and not after.edge
    if not bare or here.months is None or after.months is None or here.role or after.role:
        return False
    return here.months[1] + 1 == after.months[0]


MONTHS = {"year": 12, "half": 6, "quarter": 3, "month": 1}
STRETCH_UNTIL = frozenset((*MONTHS, "week", "day", "hour", "week of", "week from"))


def _days_until(settled: Settled, unit: str, count: int) -> Days | None:
    """The stretch of so many units that ends with the days found; for `week of`, the week that holds them."""
    if unit == "week of":
        return week_of(settled.first)
    if unit == "week from":
        return settled.first, add_days(settled.first, 6)
    return _units_until(settled.last, unit, count)


def _units_until(last: date, unit: str, count: int) -> Days:
    if unit == "hour":
        return add_days(last, -(count // 24)), last
    if unit in ("week", "day"):
        return add_days(last, 1 - count * (7 if unit == "week" else 1)), last
    return months_until(last, count * MONTHS[unit])
