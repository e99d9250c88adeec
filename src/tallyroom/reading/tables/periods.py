"""The time that headings of a table tell: alone, together, or completed by the year that stands over the table."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from itertools import permutations

from tallyroom.quantities.periods import Clock, find_periods
from tallyroom.reading.tables.words import TableWords, bare
from tallyroom.reading.times import Span

_YEAR = re.compile(r"(?<![\d,.])(?:19|20)\d\d(?![\d,.]\d|\d)")
_BARE_YEAR = re.compile(r"(?:19|20)\d\d")
_FISCAL = re.compile(r"(?<!\d)(?:19|20)\d\d[/–-]\d\d(?:\d\d)?(?!\d)")
_MINGUO = re.compile(r"1[0-4]\d年?")
_MONTHS = re.compile(r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)\b\.?")
_FULL = dict(
    zip(
        ("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"),
        ("january", "february", "march", "april", "june", "july", "august", "september", "september", "october",
         "november", "december"),
        strict=True,
    )
)  # fmt: skip
_ANY_YEAR = "2001"
_MOST_PIECES = 3


class Periods:
    """Reads the times of one table. `lines` are those that stand over it, nearest first, folded."""

    def __init__(self, words: TableWords, clock: Clock, lines: Sequence[str]) -> None:
        self._words, self._clock = words, clock
        self._lines = lines
        self._known: dict[tuple[str, ...], Span | None] = {}
        self._pure: dict[str, bool] = {}
        self.year = self._year()

    def is_period(self, said: str) -> bool:
        """Tell whether a heading tells a time and nothing else."""
        if said not in self._pure:
            self._pure[said] = self._is_relative(bare(said)) or self._reads_alone(bare(said))
        return self._pure[said]

    def within(self, said: str, kept: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return the one stretch of a heading that tells a time beside other words (`Cases 2022`), or []."""
        found = [
            (mention.start, mention.end)
            for mention in find_periods(said, self._words.lang, self._clock)
            if mention.kind == "range" and mention.first is not None and mention.last is not None
        ]
        found = found or [year.span() for year in _YEAR.finditer(said)]
        inside = [span for span in found if any(first <= span[0] and span[1] <= last for first, last in kept)]
        return inside if len(found) == 1 else []

    def of(self, pieces: Sequence[str]) -> Span | None:
        """Return the time that the headings of a figure tell together, outermost first; None for none."""
        key = tuple(map(bare, pieces))
        if key not in self._known:
            self._known[key] = self._resolve(key)
        return self._known[key]

    def over(self, line: str) -> Span | None:
        """Return the one time that a line over a table tells, were it only a bare year; None for none or several."""
        told = find_periods(line, self._words.lang, self._clock)
        spans = {
            Span(found.first, found.last, found.source)
            for found in told
            if found.first is not None and found.last is not None and found.kind != "day"
        }
        if not told:  # 截至2022年7月31日 is an end, and tells of no whole year
            years = set(_FISCAL.findall(line)) or set(_YEAR.findall(line))
            spans = {span for year in years if (span := self._read(self._dated(year))) is not None}
        return next(iter(spans)) if len(spans) == 1 else None

    def _is_relative(self, words: str) -> bool:
        known = self._words
        return words in known.this_month or words in known.to_date or words in known.last_year

    def _reads_alone(self, words: str) -> bool:
        if not words or len(words) > 48:
            return False
        return any(
            self._read(way) is not None for way in (*self._ways((words,)), *self._ways((words, _ANY_YEAR)))
        )

    def _resolve(self, pieces: tuple[str, ...]) -> Span | None:
        plain = tuple(piece for piece in pieces if not self._is_relative(piece))
        span = self._plain(plain) if plain else None
        relative = [piece for piece in pieces if self._is_relative(piece)]
        for piece in relative:
            span = self._shifted(piece, span or self._base())
        return span

    def _plain(self, pieces: tuple[str, ...]) -> Span | None:
        ways = [*self._ways(pieces)]
        if self.year and not any(_YEAR.search(piece) for piece in pieces):
            ways = [*self._ways((self.year, *pieces)), *ways]
        return next((span for way in ways if (span := self._read(way)) is not None), None)

    def _ways(self, pieces: tuple[str, ...]) -> Iterator[str]:
        """How the pieces may read as one time; the inner goes first in English, the outer in Chinese."""
        if len(pieces) > _MOST_PIECES:
            pieces = pieces[-_MOST_PIECES:]
        dated = [self._dated(piece) for piece in pieces]
        if self._words.lang == "zh":
            yield "".join(dated)
            return
        for order in permutations(reversed(dated)):
            yield " ".join(order)

    def _dated(self, piece: str) -> str:
        if self._words.lang == "zh":
            if _MINGUO.fullmatch(piece):
                return f"民国{piece.removesuffix('年')}年"
            return piece + "年" if _BARE_YEAR.fullmatch(piece) else piece
        return _MONTHS.sub(lambda found: _FULL.get(found[1], found[1]), piece)

    def _read(self, words: str) -> Span | None:
        found = find_periods(words, self._words.lang, self._clock)
        if len(found) != 1 or (found[0].start, found[0].end) != (0, len(words)):
            return None
        mention = found[0]
        if mention.first is None or mention.last is None:
            return None
        return Span(mention.first, mention.last, mention.source)

    def _base(self) -> Span | None:
        return next((span for line in self._lines if (span := self.over(line)) is not None), None)

    def _shifted(self, piece: str, base: Span | None) -> Span | None:
        """本月, 累计 and 上年同期 of the time that stands over the table."""
        if base is None:
            return None
        if piece in self._words.this_month:
            return Span(base.last.replace(day=1), base.last, base.settled_by)
        if piece in self._words.to_date:
            return Span(base.last.replace(month=1, day=1), base.last, base.settled_by)
        return Span(_year_before(base.first), _year_before(base.last), base.settled_by)

    def _year(self) -> str | None:
        for line in self._lines:
            years: set[str] = set(_YEAR.findall(line))
            if len(years) == 1:
                return next(iter(years))
        published = self._clock.published
        year = self._clock.year or (published.year if published else None)
        return None if year is None else str(year)


def _year_before(day: datetime.date) -> datetime.date:
    leap = day.month == 2 and day.day == 29
    return day.replace(year=day.year - 1, day=28 if leap else day.day)
