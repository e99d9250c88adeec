"""Periods in Chinese text: 今年1至8月, 2022年6月25日至7月31日, 截至2019年末, 6月25日启动以来.

The words around and between the dates tell a stretch (至), a beginning (以来) or an end (截至).
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from tallyroom.quantities.composing import Composer
from tallyroom.quantities.date_words_zh import FEW, TO, number, tells_speech
from tallyroom.quantities.dates_zh import dates_zh
from tallyroom.quantities.moments import Clock, Moment, PeriodMention, Settled

GATE = re.compile("[年月日周季旬期天今截迄近十]")
NUMERIC = re.compile(r"(?:19|20)\d\d[-./]\d")
TIME = (
    r"(?:[(（][^()（）]{0,6}[)）])?(?:[上下]午|凌晨|清晨|早|晚)?"
    r"(?:(?:\d{1,2}|零|[一二三四五六七八九十]{1,3})[时点:：](?:\d{1,2}分?)?许?)?"
)
JOIN = re.compile(rf"{TIME}{TO}(?:(?:次|翌)[年月])?")
BEGUN = re.compile("(?:开始|启动|展开|起)?[,，](?:一直|持续|历时)?(?:至|到)")
"""自2月20日开始，至3月5日结束."""
HEARD = re.compile("[^。；！？;!?\\n]{0,24}")
SINCE = re.compile(rf"(?P<gap>[^，。；：！？,;:!?\n]{{0,45}}?)以来(?:的?这?(?P<months>{FEW})个月)?")
START = re.compile(r"起(?![诉火飞草步点来源底用])")
UNTIL = re.compile(r"(?:截至|截止到|截止至|截止|截到)\s*(?:北京时间|当地时间)?$")
REACHES = re.compile(r"(?:截至|截止到|截止至|截止|截到|到|至)\s*$")
FROM = re.compile(r"(?:自从|(?<![来各亲独擅])自|从)[^，。；：,;:\d]{0,8}$")
FROM_HERE = re.compile(r"(?:自从|(?<![来各亲独擅私])自)$")
PLANNED = re.compile(r"(?:将[于在从]|定于|拟于|拟在|预计|计划[于在]|有望[于在]?|力争[于在]?|直[到至])\s*$")
BEFORE = re.compile(rf"(?:以|之)?前(?![后期]|{FEW}[个季月天年])")
SEASON = re.compile("入[春夏秋冬汛伏梅]|开[春学]|[春夏秋冬暑寒]|国庆|五一|元旦|中秋|端午|清明")
HOLIDAY = re.compile(
    '["“]?(?:春节|元旦|元宵|清明|五一|端午|暑[期假运]|中秋|国庆|寒假|春运|汛期|[春夏秋冬]季|全国两会|两会)'
)
RECORD = re.compile("记录|纪录|史上|历史|[是为]")
WITHIN = re.compile("期间|时期|间")
LONG_GAP, SHORT_GAP = 45, 20


def find_periods_zh(text: str, clock: Clock) -> list[PeriodMention]:
    """Return the periods that a folded Chinese block names, in order; none where it names none."""
    if GATE.search(text) is None and NUMERIC.search(text) is None:
        return []
    return _Composer(text, clock, dates_zh(text, clock)).mentions()


class _Composer(Composer):
    """Puts the dates of one Chinese block together with the words around them."""

    reaches, until_words, look_back = REACHES, UNTIL, 12

    def pair(self, here: Moment, after: Moment) -> int:
        """Read two dates joined by 至, a date 至今, or a year before 截至; return how many were taken."""
        between = self.text[here.end : after.start]
        if after.kind == "until" and between.strip(" ,，、") in ("", "起"):
            return self.add_since_now(here, after)
        if after.kind is not None:
            return 0
        if here.is_stretch and between in ("(", "（"):
            return 1
        if JOIN.fullmatch(between) or BEGUN.fullmatch(between):
            return self.add_stretch(here, after)
        if here.is_year and REACHES.fullmatch(between):
            return self.add_stretch(replace(here, months=(1, 1)), after)
        return 0

    def add_stretch(self, here: Moment, after: Moment) -> int:
        planned = here.year is None and here.fixed is None and self.opening(PLANNED, here) is not None
        return 2 if planned else super().add_stretch(here, after)

    def is_ahead(self, here: Moment) -> bool:
        """True for a deadline (今年11月前) and a plan (将于11月2日)."""
        if here.fixed is not None:
            return False
        if here.year is None and self.opening(PLANNED, here) is not None:
            return True
        return BEFORE.match(self.text, here.end) is not None

    def since(self, here: Moment, after: Moment | None, settled: Settled | None) -> bool:
        """Read 6月25日启动以来, 自2月20日…以来, 7月起; the words between tell no other date and no speech."""
        if self.begins_ahead(settled):
            return False
        limit = after.start if after else len(self.text)
        found = SINCE.match(self.text, here.end, min(limit, here.end + LONG_GAP + 12))
        if found and self.is_since(found["gap"], here):
            self.add_since_event(here, settled, found)
            return True
        start = START.match(self.text, here.end)
        if start is None and (not here.is_one or self.opening(FROM_HERE, here) is None):
            return False
        self.add_since(settled, here.start, start.end() if start else here.end)
        return True

    def add_since_event(self, here: Moment, settled: Settled | None, found: re.Match[str]) -> None:
        """今年入夏以来 has no first day; 2015年1月以来的十七个月 has a last one of its own."""
        if SEASON.match(found["gap"]):
            self.found.append(PeriodMention(here.start, found.end(), "undated"))
        elif months := number(found["months"] or ""):
            self.add_months(settled, months, here.start, found.end())
        else:
            self.add_since(settled, here.start, found.end())

    def begins_ahead(self, settled: Settled | None) -> bool:
        published = self.timeline.published
        return settled is not None and published is not None and settled.first > published

    def is_since(self, gap: str, here: Moment) -> bool:
        if RECORD.search(gap):
            return False
        opened = self.opening(FROM, here) is not None
        return opened or (len(gap) <= SHORT_GAP and not tells_speech(gap))

    def alone(self, here: Moment, settled: Settled | None) -> None:
        """A stretch that stands alone takes in 期间; 今年春节期间 is no year."""
        if here.is_year and HOLIDAY.match(self.text, here.end):
            self.found.append(PeriodMention(here.start, here.end, "undated"))
            return
        within = None if here.is_day else WITHIN.match(self.text, here.end)
        super().alone(replace(here, end=within.end()) if within else here, settled)

    def is_compared(self, here: Moment) -> bool:
        return self.text[: here.start].endswith(("比", "较", "与", "同", "跟", "和"))

    def is_speech(self, here: Moment) -> bool:
        """True where the words after a day tell of a statement: 13日表示."""
        after = HEARD.match(self.text, here.end)
        return after is not None and tells_speech(after[0])
