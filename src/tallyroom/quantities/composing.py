"""Puts the dates of a block together with the words around them: what all languages share."""

from __future__ import annotations

import re
from datetime import date

from tallyroom.quantities.calendar import months_from
from tallyroom.quantities.moments import Clock, Kind, Moment, PeriodMention, Settled, Source, Timeline


class Composer:
    """Reads the mentions of one block from its dates, in order; each language tells how words join them."""

    reaches: re.Pattern[str]
    """Words right before the end of a year or month that make it an end: by, 到."""
    until_words: re.Pattern[str]
    """Words right before any date that make it an end: as of, 截至."""
    look_back: int
    """How many characters before a date may hold the words that open its mention."""

    def __init__(self, text: str, clock: Clock, dates: list[Moment]) -> None:
        self.text, self.dates, self.timeline = text, dates, Timeline(clock)
        self.found: list[PeriodMention] = []
        self.done = 0
        """Where the last mention ended: what stands before it opens no other."""

    def mentions(self) -> list[PeriodMention]:
        """Return the mentions in order, without overlaps."""
        index = 0
        while index < len(self.dates):
            index += self.step(index)
        return self.found

    def step(self, index: int) -> int:
        """Read the mention that begins with one date; return how many dates it took."""
        here = self.dates[index]
        self.done = self.found[-1].end if self.found else 0
        after = self.dates[index + 1] if index + 1 < len(self.dates) else None
        if after is not None and (taken := self.pair(here, after)):
            return taken
        if here.kind is not None:
            self.add_word(here)
        elif not here.weak and not self.is_ahead(here):
            self.one(here, after)
        return 1

    def one(self, here: Moment, after: Moment | None) -> None:
        """Read a date that stands alone; a year since which something is told is not that of what follows."""
        settled = self.timeline.settle(here)
        if self.since(here, after, settled):
            return
        if not self.until(here, settled):
            self.alone(here, settled)
        self.note(here, settled)

    def pair(self, here: Moment, after: Moment) -> int:
        """Read two dates that are one mention; return how many were taken, 0 for none."""
        raise NotImplementedError

    def since(self, here: Moment, after: Moment | None, settled: Settled | None) -> bool:
        """Add a beginning, where words tell one."""
        raise NotImplementedError

    def is_ahead(self, here: Moment) -> bool:
        """True for a plan or a deadline, which no figure is about."""
        return False

    def is_compared(self, here: Moment) -> bool:
        """True for a date that a figure is compared with."""
        raise NotImplementedError

    def is_speech(self, here: Moment) -> bool:
        """True for a day on which somebody spoke."""
        raise NotImplementedError

    def opening(self, pattern: re.Pattern[str], here: Moment) -> int | None:
        """Return where the words begin that stand right before a date and match."""
        low = max(self.done, here.start - self.look_back)
        found = pattern.search(self.text[low : here.start])
        return low + found.start() if found else None

    def until(self, here: Moment, settled: Settled | None) -> bool:
        """Add an end, where words tell one."""
        start = self.opening(self.reaches if here.edge == "end" else self.until_words, here)
        if start is None:
            return False
        self.add_end(here, self.timeline.capped(settled) if settled else None, start)
        return True

    def alone(self, here: Moment, settled: Settled | None) -> None:
        """Add a date without words: the end of a year is a stock, its beginning no period."""
        if here.edge == "end" and here.months is None:
            self.add_end(here, settled, here.start)
        elif here.edge != "start":
            kind: Kind = "day" if here.is_day else "range"
            self.add(here.start, here.end, kind, self._capped(here, settled) if settled else None)

    def _capped(self, here: Moment, settled: Settled) -> Settled:
        """A half or quarter told as such is whole, though its figures came out a few days before its end."""
        if here.is_stretch and not self.timeline.is_ahead(settled.last):
            return settled
        return self.timeline.capped(settled)

    def note(self, here: Moment, settled: Settled | None) -> None:
        """Remember year and day for the dates that follow, but not those of a comparison."""
        if not self.is_compared(here):
            self.timeline.note(here, settled)
        if settled and here.is_day and self.is_speech(here):
            self.timeline.hear(settled.first)

    def add(self, start: int, end: int, kind: Kind, settled: Settled | None) -> None:
        """Add a mention with the days found; both ends None where there are none."""
        if settled is None:
            self.found.append(PeriodMention(start, end, kind))
        else:
            source: Source = "published" if settled.anchored else "text"
            self.found.append(PeriodMention(start, end, kind, settled.first, settled.last, source))

    def add_end(self, here: Moment, settled: Settled | None, start: int) -> None:
        """Add a `stock` on the last day of a year, else an `until`, which has no first day."""
        kind: Kind = "stock" if here.edge == "end" and here.months is None else "until"
        if settled is None:
            self.found.append(PeriodMention(start, here.end, kind))
            return
        first = settled.last if kind == "stock" else None
        source: Source = "published" if settled.anchored else "text"
        self.found.append(PeriodMention(start, here.end, kind, first, settled.last, source))

    def add_since(self, settled: Settled | None, start: int, end: int) -> None:
        """Add what runs from the first day found to the day of the statement."""
        last = self.timeline.told
        if settled is None or (last is not None and last < settled.first):
            last = self.timeline.published
        if settled is None or (last is not None and last < settled.first):
            self.found.append(PeriodMention(start, end, "since"))
            return
        source: Source = "published" if last is not None or settled.anchored else "text"
        self.found.append(PeriodMention(start, end, "since", settled.first, last, source))

    def add_since_now(self, here: Moment, now: Moment) -> int:
        """Add what runs from a date `to date`."""
        self.add_since(self.timeline.settle(here), here.start, now.end)
        return 2

    def add_months(self, settled: Settled | None, months: int, start: int, end: int) -> None:
        """Add the stretch of so many months since the first day found."""
        days = months_from(settled.first, months) if settled else None
        self.add(start, end, "range", Settled(*days, settled.anchored) if settled and days else None)

    def add_stretch(self, here: Moment, after: Moment) -> int:
        """Add the stretch between two dates; return 0 where they cannot be its ends."""
        settled = self.timeline.join(here, after)
        if settled is None and (here.year or after.year or self.timeline.published):
            return 0
        self.add(here.start, after.end, "range", settled)
        if settled and not self.is_compared(here):
            self.timeline.note_stretch(here, after, settled)
        return 2

    def add_word(self, here: Moment) -> None:
        """Add a word such as 去年同期 or `that year`, whose days the context gives if anything does."""
        if here.kind == "until":
            self.add_end(here, self._now(), here.start)
        elif here.kind == "same_year":
            self.add(here.start, here.end, "same_year", self._year_named())
        elif here.kind == "since":
            self.add_since(self.timeline.settle(here), here.start, here.end)
        elif here.kind == "day":
            self.add(here.start, here.end, "day", self._day_named())
        elif here.kind is not None:
            self.add(here.start, here.end, here.kind, self.timeline.settle(here) if here.fixed else None)

    def _now(self) -> Settled | None:
        told = self.timeline.told
        return Settled(told, told, True) if told else None

    def _year_named(self) -> Settled | None:
        year = self.timeline.year
        return Settled(date(year, 1, 1), date(year, 12, 31), self.timeline.anchored) if year else None

    def _day_named(self) -> Settled | None:
        day = self.timeline.day
        return Settled(day, day, self.timeline.anchored) if day else None
