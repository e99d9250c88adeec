"""Periods announced once and valid until the next one: what a document's earlier sentences leave to a figure."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

import msgspec

from tallyroom.quantities.calendar import add_months
from tallyroom.reading.sentence import Sentence
from tallyroom.reading.times import RELATIVE, Moment, Span, launched

_FIRST_MONTHS = 120
"""So many days into a year dates without one are this year's, not of the year that an annual figure named."""


_FUTURE = re.compile(r",? (?:[\w'’-]+ ){1,4}?(?:will|plans to|is to|are to|is set to|expects to)\b")
"""`In 2025 the agency will receive` dates nothing that was counted."""
_RUNNING_TOTAL = re.compile(r"\b(?:reached|total|tally|cumulative|so far|rose to|risen to)\b")
"""`With this, the number has reached 13,024 since March` dates no later raid."""
_NOTE = re.compile(r"(?:统计|数据)(?:时段|时间|期间|周期|区间|范围|日期|截至|截止)")


class Chronology:
    """The periods of a document as far as it is read."""

    def __init__(self, lang: str) -> None:
        self.sticky: Span | None = None
        """What holds for the next figure of the paragraph."""
        self.lead: Span | None = None
        """The first stretch of time that the document names: its own."""
        self.early: Span | None = None
        """The same, where it stands near the lead."""
        self.noted: Span | None = None
        """The period that a note tells of the whole document: 注：统计时段为1月至5月."""
        self.begun: datetime.date | None = None
        """When the campaign began that the document told of last."""
        self._until: datetime.date | None = None
        """The as-of date that a title or heading tells: 战果（截至2月10日）."""
        self._at_place = self._of_place = False
        """Whether the paragraph began with a place, and whether what is sticky is a day of such a one."""
        self._titled = False
        """Whether the lead's period is only the title's, which gives way to another one of the body."""
        self._announced: Span | None = None
        self._year: int | None = None
        self._lang = lang

    def year_for_dates(self, published: datetime.date | None) -> int | None:
        """Return the year of dates without one; None where the date of publication tells it better."""
        if self._year is None or published is None or self._lang != "en":
            return self._year
        since = (published - datetime.date(self._year, 12, 31)).days
        return None if 0 < since < _FIRST_MONTHS else self._year

    def new_block(self) -> None:
        """Let go of what only the paragraph before named."""
        self.sticky = self._announced or self.sticky
        self._at_place = False

    def begin_at_place(self) -> None:
        """`In Kano state, officers…`: the day that another paragraph of one place told is not this one's."""
        if self._of_place:
            self.sticky, self._of_place = self._announced, False
        self._at_place = True

    def in_own_year(self, moment: Moment) -> Moment:
        """`Last year` in a report of 2024-25 is that year; compared with, the one before it."""
        span, lead = moment.span, self.lead
        if span is None or lead is None or span.settled_by != "published" or not _is_own_year(lead):
            return moment
        if (span.first.year, span.last) != (lead.first.year, datetime.date(lead.first.year, 12, 31)):
            return moment
        own = Span(_year_before(lead.first), _year_before(lead.last)) if moment.compared else lead
        return msgspec.structs.replace(moment, span=own)

    def as_of(self, span: Span | None) -> Span | None:
        """A `since` that begins with the document's own period ends with it too, not on the day of publication."""
        lead = self.lead
        if span is None or span.settled_by != "published":
            return span
        if self._until is not None and span.first <= self._until < span.last:
            return Span(span.first, self._until)
        if lead is None:
            return span
        if span.first == lead.first and lead.last < span.last:
            return Span(span.first, lead.last)
        return span

    def remember(self, found: Sequence[Moment], sentence: Sentence, *, near_lead: bool) -> None:
        """Take note of the periods of a sentence for those that follow it."""
        self.begun = self._begun(found, sentence) or self.begun
        if found and self.noted is None and _NOTE.search(sentence.text, *sentence.span) is not None:
            self.noted = next((m.span for m in found if m.span is not None), None)
        if sentence.kind in ("title", "heading"):
            ends = [m.span.last for m in found if m.kind == "until" and m.span is not None]
            self._until = ends[-1] if ends else self._until
        settled: list[Moment] = []
        for moment in found:
            if self._stays(moment, sentence, settled):
                settled.append(moment)
        if not settled:
            return
        last = settled[-1]
        if last.span is None:
            if last.kind == "undated":
                self.sticky = None
            return
        self.sticky = last.span
        self._of_place = self._at_place and last.kind == "day"
        if self._lang != "en" or not self._is_history(last.span):
            self._year = last.span.last.year
        self._announce(settled, sentence, near_lead)

    def _is_history(self, span: Span) -> bool:
        """Tell whether a period ended before the document's own began: dates without a year are not of it."""
        return self.lead is not None and span.last < self.lead.first

    def _announce(self, settled: Sequence[Moment], sentence: Sentence, near_lead: bool) -> None:
        heads = sentence.kind == "heading" or sentence.text.rstrip().endswith((":", "："))
        stretches = [m.span for m in settled if (m.kind != "day" or heads) and m.span is not None]
        if not stretches:
            return
        if heads or self._replaces(stretches[-1]):
            self._announced = stretches[-1]
        if self.lead is None or (self._titled and _are_apart(self.lead, stretches[-1])):
            self.lead, self._titled = stretches[-1], sentence.kind == "title"
            self.early = stretches[-1] if near_lead else None

    def _begun(self, found: Sequence[Moment], sentence: Sentence) -> datetime.date | None:
        since = next((m.span for m in found if m.kind == "since" and m.span is not None), None)
        return since.first if since is not None else launched(found, sentence.text)

    def _stays(self, moment: Moment, sentence: Sentence, before: Sequence[Moment]) -> bool:
        """Tell whether a period may hold for later sentences: no comparison, no part, no date of a statement."""
        if moment.statement or moment.compared or moment.kind in {*RELATIVE, "resume", "told"}:
            return False
        if self._lang == "en" and _FUTURE.match(sentence.text, moment.end):
            return False
        if moment.kind == "stock" and self._lang == "en":
            return False  # what stood at the end of a year dates no flow after it
        return not _is_part(moment, sentence) and not self._looks_back(moment, sentence, before)

    def _looks_back(self, moment: Moment, sentence: Sentence, before: Sequence[Moment]) -> bool:
        """`That tops the 2.61 million taken in 2023`: an earlier time told after a figure is only compared with."""
        present = self._announced
        if self._lang == "en":
            present = next((m.span for m in before if m.kind != "day" and m.span), None) or present
            if (
                present is None
                and moment.kind == "since"
                and _RUNNING_TOTAL.search(sentence.text, *sentence.span)
            ):
                present = self.sticky
        if present is None or moment.span is None:
            return False
        if moment.span.last >= present.last and moment.kind != "since":
            return False
        if self._lang == "en" and present is not self._announced and moment.span.last >= present.first:
            return moment.kind == "since"
        return any(draft.start < moment.start for draft in sentence.drafts)

    def _replaces(self, span: Span) -> bool:
        """Tell whether a period holds from here on: not a part of the document's own, and not history before it."""
        lead = self.lead
        return not _nested(span, lead) and (lead is None or span.last >= lead.first)


def _is_own_year(span: Span) -> bool:
    """Tell whether a period is a whole year that does not begin with the calendar's."""
    return 364 <= (span.last - span.first).days <= 365 and span.first.month > 1


def _year_before(day: datetime.date) -> datetime.date:
    return add_months(day, -12)


def _are_apart(one: Span, other: Span) -> bool:
    return one.last < other.first or other.last < one.first


def within(inner: Span, outer: Span) -> bool:
    """Tell whether a period lies inside another one."""
    return outer.first <= inner.first and inner.last <= outer.last


def _nested(inner: Span, outer: Span | None) -> bool:
    """Tell whether a short stretch lies inside the document's own period, and so does not replace it."""
    if outer is None or inner == outer:
        return False
    days, whole = (inner.last - inner.first).days, (outer.last - outer.first).days
    return within(inner, outer) and (days <= 31 or days <= 366 < whole)


def _is_part(moment: Moment, sentence: Sentence) -> bool:
    """其中2023年…: a part of the period does not replace it."""
    before = sentence.text[max(0, moment.start - 4) : moment.start]
    return before.endswith(("其中", "其中,", "其中，"))
