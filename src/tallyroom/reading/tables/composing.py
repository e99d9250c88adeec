"""Tables: each cell with a number is read as the sentence that its caption, row and column say about it.

The sentence is a view: every character of it stands somewhere in the document, so the figure's span is the cell's.
What a table tells by its form alone (time, place and drug of a row or column) goes beside the sentence.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from tallyroom.codebook.lexicon import WordFinder
from tallyroom.model.document import Block, Cell, Document, Table
from tallyroom.quantities import QuantityReader
from tallyroom.quantities.periods import Clock
from tallyroom.reading.tables.headings import Heading, Headings
from tallyroom.reading.tables.layout import Figure, Layout, lay_out
from tallyroom.reading.tables.periods import Periods
from tallyroom.reading.tables.units import PERCENT, Units, UnitWords
from tallyroom.reading.tables.words import bare, table_words
from tallyroom.reading.times import Span
from tallyroom.reading.tools import Tools
from tallyroom.reading.view import View, before_mark, fold, is_traditional

_NOTE = re.compile(
    r"(?<=[\w%余多人件起)）])\s*(?:\[(?:note )?[a-z0-9]{1,2}\]|(?<=\d)\([a-z1-9]\)|[(（]注\d{0,2}[)）]|[*†‡]+"
    r"|[¹²³⁴-⁹]+|[①-⑳])+\s*$",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(r"\s*[(（]\s*([\d.,]+)\s*%?\s*[)）]\s*")
_ARROW = re.compile(r"\s*([↑↓▲▼])\s*")
_ONLY_NUMBER = re.compile(r"[\s\d.,]+%?\s*")
_SCALES = re.compile(r"^(?:[十百千万亿]+(?=.)| (?:thousand|million|billion)(?= ))")
_MULTIPLIED = re.compile(r"[百千万亿]|thousand|million|billion")


_LONGEST_NAME = 70


class Told(msgspec.Struct, frozen=True):
    """What the form of a table tells of one figure; None for what it does not."""

    span: Span | None = None
    fallback: Span | None = None
    """The time of the line over the table, where nothing else tells one."""
    area: tuple[str, ...] | None = None
    substance: str | None = None


class Read(msgspec.Struct, frozen=True):
    """A figure of a table ready to be read; `aside` is the rule by which it is none."""

    cell: Cell
    view: View
    told: Told
    aside: str | None = None
    is_ratio: bool = False
    """It is a change or a share of the level before it in its row."""


class _Text:
    """A sentence put together from places of the document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._parts: list[str] = []
        self._origin: list[int] = []

    def add(self, start: int, end: int) -> None:
        self._parts.append(self._document.text[start:end])
        self._origin.extend(range(start, end))

    def join(self, mark: str, at: int) -> None:
        """Put in a mark that stands nowhere; it counts as part of the character at `at`."""
        self._parts.append(mark)
        self._origin.extend([at] * len(mark))

    def view(self, traditional: bool) -> View:
        raw = "".join(self._parts)
        return View(
            fold(raw, traditional=traditional), self._document.text, 0, (*self._origin, self._origin[-1] + 1)
        )


class TableReader:
    """Reads one table.

    `near` are the lines right over it, nearest first, `far` the headings farther up. `clock` dates what it tells.
    """

    def __init__(
        self, document: Document, table: Table, near: Sequence[Block], far: Sequence[Block], lang: str,
        tools: Tools, numbers: QuantityReader, clock: Clock,
    ) -> None:  # fmt: skip
        self._document, self._lang, self._numbers = document, lang, numbers
        self._words = table_words(lang)
        self.layout: Layout = lay_out(document, table, self._words)
        inside = [(cell.start, cell.end) for cell in self.layout.captions]
        lines = [*inside, *((block.start, block.end) for block in near)]
        said = [self._fold(*line) for line in (*lines, *((block.start, block.end) for block in far))]
        self._units = Units(self._words, numbers)
        self._periods = Periods(self._words, clock, said)
        self._headings = Headings(document, self._words, tools, self._units, self._periods)
        self._lines = [self._headings.of(*line) for line in lines]
        self._lead = next(
            (self._headings.of(b.start, b.end) for b in near[:1] if b.kind == "paragraph"), None
        )
        names = [*said[: len(inside)], *(self._fold(b.start, b.end) for b in near if _names(b))]
        self._caption_span = next((span for line in names if (span := self._periods.over(line))), None)
        self._over_span = next((span for line in said[:2] if (span := self._periods.over(line))), None)
        self._several = next((units for line in said if (units := self._units.several(line))), [])
        self._country = self._country_of(self.layout.stubs) if self._has_areas() else None

    def _fold(self, start: int, end: int) -> str:
        return fold(self._document.text[start:end], traditional=True)

    def figures(self) -> Iterator[Read]:
        """Yield each figure with its sentence, row by row."""
        row, levels = -1, list[Span | None]()
        for figure in self.layout.figures:
            levels = levels if figure.cell.row == row else []
            read = self._read(figure, after_level=bool(levels))
            if not read.is_ratio:
                levels.append(read.told.span)
            elif read.told.span is None:
                dated = [span for span in reversed(levels) if span is not None]
                latest = max(dated, key=_last_day, default=None)
                read = msgspec.structs.replace(read, told=msgspec.structs.replace(read.told, span=latest))
            row = figure.cell.row
            yield read

    def speaks_of(self, triggers: WordFinder, named: WordFinder) -> bool:
        """Tell whether the table as a whole does: its captions, the heads of its columns, or many of its stubs.

        A caption that names an operation of the codebook speaks of its results.
        """
        lines = [line.said for line in self._lines]
        told = lines + [self._heading(cell).said for cell in self.layout.heads]
        if triggers.touches("\n".join(told)) or named.touches("\n".join(lines)):
            return True
        stubs = [self._heading(cell).said for cell in self.layout.stubs]
        return 3 * sum(map(triggers.touches, stubs)) >= max(1, len(stubs))

    def _heading(self, cell: Cell) -> Heading:
        return self._headings.of(cell.start, cell.end)

    # The sentence of a figure.

    def _read(self, figure: Figure, *, after_level: bool) -> Read:
        rows = [self._heading(cell) for cell in (*figure.sections, *figure.whole, *figure.stubs)]
        columns = [self._heading(cell) for cell in figure.heads]
        path = [*rows, *columns]
        role = next((each.role for each in reversed(path) if each.role in ("rate", "change", "share")), "")
        unit = self._unit(figure, rows, columns)
        made = _Text(self._document)
        if self._lead is not None:
            made.add(self._lead.start, self._lead.end)
            made.join("，" if self._lang == "zh" else ", ", self._lead.end - 1)
        said = [heading for heading in path if heading.spans and heading.role != "period"]
        if (
            after_level
            and role in ("change", "share")
            and not any(each.acts or each.counts for each in columns[-1:])
        ):
            said = [heading for heading in said if heading.role == role]
        elif not any(heading.acts for heading in said):
            said = [*self._captions(), *said]
        for heading in sorted(said, key=_says_what):
            for span in heading.spans:
                made.add(*span)
            made.join(" " if self._lang == "zh" else ": ", heading.end - 1)
        self._add_number(made, figure.cell, unit, role, self._is_percent(role, unit, columns))
        view = made.view(is_traditional(self._document.lang))
        aside = "rate" if role == "rate" else None
        return Read(figure.cell, view, self._told(path, figure), aside, is_ratio=role in ("change", "share"))

    def _captions(self) -> list[Heading]:
        """The nearest line over the table that says what was done; else the nearest that says anything."""
        worded = [line for line in self._lines if line.spans and line is not self._lead]
        acting = [line for line in worded if line.acts]
        return (acting or worded)[:1]

    def _add_number(self, made: _Text, cell: Cell, unit: UnitWords | None, role: str, percent: bool) -> None:
        start, end, sign = self._number(cell, role)
        own = fold(self._document.text[start:end])
        found = self._numbers.find(own)
        first = found[0] if found else None
        if percent:
            unit = PERCENT
        if sign:
            made.join(sign, start)
        plain = first is not None and first.unit is None and first.form == "number"
        if first is None or unit is None or not plain:
            made.add(start, end)
            return
        behind = _SCALES.sub("", unit.behind) if _MULTIPLIED.search(own) else unit.behind
        at = start + first.outer_end
        made.join(unit.before, start + first.start)
        made.add(start, at)
        made.join(behind, at - 1)
        made.add(at, end)

    def _number(self, cell: Cell, role: str) -> tuple[int, int, str]:
        """The number of a cell without its notes, and the sign that its column gives it."""
        written = before_mark(self._document.text[cell.start : cell.end])
        note = _NOTE.search(written)
        start, end = cell.start, cell.start + (note.start() if note else len(written))
        negative = _NEGATIVE.fullmatch(written)
        if negative:
            start, end = cell.start + negative.start(1), cell.start + negative.end(1)
            return start, end, "-" if role == "change" else ""
        arrow = _ARROW.match(written)
        if arrow:
            return start + arrow.end(), end, "+" if arrow[1] in "↑▲" else "-"
        unsigned = role == "change" and _ONLY_NUMBER.fullmatch(self._document.text[start:end])
        return start, end, "+" if unsigned else ""

    def _is_percent(self, role: str, unit: UnitWords | None, columns: Sequence[Heading]) -> bool:
        """同比 without more is a percentage, as a share is; `change` is one where a per cent sign says so."""
        if role == "share":
            return True
        if role != "change" or self._lang != "zh":
            return False
        head = next((each for each in reversed(columns) if each.role == "change"), None)
        absolute = head is not None and (bare(head.said).endswith(("数", "量")) or bare(head.said) == "增减")
        return not absolute and not (head is not None and head.unit is not None)

    # Its unit.

    def _unit(self, figure: Figure, rows: Sequence[Heading], columns: Sequence[Heading]) -> UnitWords | None:
        """The unit of a column wins over that of the row, the row's over the caption's; thousands multiply either."""
        column = _last_unit(columns)
        if column is not None and column.is_ratio:
            return column
        cell = figure.unit
        own = self._units.unit(fold(self._document.text[cell.start : cell.end])) if cell is not None else None
        if cell is None:
            own = _last_unit(rows)
        over = self._unit_over(figure) if own is None and cell is None else None
        if column is not None and column.scaled:
            return _scaled(own or over, column)
        if own is not None and own.scaled and column is None:
            return _scaled(over, own)
        return column or own or over

    def _unit_over(self, figure: Figure) -> UnitWords | None:
        if self._several:
            columns = sorted({each.cell.column for each in self.layout.figures})
            at = columns.index(figure.cell.column)
            return self._several[at] if len(columns) == len(self._several) else None
        corner = self.layout.corner
        told = [self._heading(corner)] if corner is not None else []
        return next((heading.unit for heading in (*told, *self._lines) if heading.unit is not None), None)

    # What the form tells.

    def _told(self, path: Sequence[Heading], figure: Figure) -> Told:
        pieces = [each.period for each in path if each.period and each.role != "change"]
        span = self._periods.of(pieces) if pieces else None
        span = span or self._caption_span
        drugs = [heading.substance for heading in (*self._lines[:1], *path) if heading.substance]
        return Told(
            span=span,
            fallback=None if span is not None else self._over_span,
            area=self._area(figure, path),
            substance=drugs[-1] if drugs else None,
        )

    def _area(self, figure: Figure, path: Sequence[Heading]) -> tuple[str, ...] | None:
        """The place that a heading is, or is in a column of places; the whole of them is the document's own."""
        for heading in reversed(path):
            if heading.areas:
                return self._nearest_reading(heading)
        stub = self._heading(figure.stubs[-1]) if figure.stubs else None
        if stub is None or not self._has_areas() or stub.role or not stub.said.strip():
            return None
        words = bare(stub.said)
        if stub.acts or stub.counts or stub.substance or words.endswith(tuple(self._words.total)):
            return None
        first, last = stub.spans[0][0], stub.spans[-1][1]
        return (self._document.text[first:last].strip(),)

    def _has_areas(self) -> bool:
        corner = self.layout.corner
        return corner is not None and bare(self._heading(corner).said) in self._words.area

    def _nearest_reading(self, heading: Heading) -> tuple[str, ...]:
        """Of several places of one name the one in the country of the others; below the first level as written."""
        inside = [
            area for area in heading.areas if self._country and area[0].lstrip("*")[:2] == self._country
        ]
        area = (inside or list(heading.areas))[0]
        if any(code.startswith("*") for code in area):
            return (self._document.text[heading.spans[0][0] : heading.spans[-1][1]].strip(),)
        return area

    def _country_of(self, stubs: Sequence[Cell]) -> str | None:
        """The country in which most places of a column of subdivisions lie."""
        lies = Counter(
            area[0].lstrip("*")[:2]
            for cell in stubs
            for area in self._heading(cell).areas
            if len(area[0].lstrip("*")) > 2
        )
        return lies.most_common(1)[0][0] if lies else None


def _names(block: Block) -> bool:
    """A heading right over a table names it; a line of prose does not."""
    return block.kind == "heading" and block.end - block.start < _LONGEST_NAME


def _says_what(heading: Heading) -> bool:
    """What is counted goes next to the number, behind what only narrows it."""
    return heading.acts or heading.counts or heading.role in ("change", "share")


def _last_day(span: Span) -> datetime.date:
    return span.last


def _last_unit(headings: Sequence[Heading]) -> UnitWords | None:
    return next((heading.unit for heading in reversed(headings) if heading.unit is not None), None)


def _scaled(unit: UnitWords | None, scale: UnitWords) -> UnitWords:
    """Thousands of a unit; a unit that is itself so many does not change."""
    if unit is None or unit.is_ratio:
        return scale
    return UnitWords(unit.before, scale.behind + unit.behind, unit.measure)
