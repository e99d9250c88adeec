"""An edition: what a release says in one language, as blocks of text in which each number is a noun of its own."""

from __future__ import annotations

from typing import Literal

import msgspec

from tallyroom.model import Fact, Observation

Lang = Literal["zh", "en"]


class Printed(msgspec.Struct, frozen=True):
    """One number as printed: its characters, the fact behind it, and the observation that the characters state.

    `text` is what an edition shows (`1.31吨`, `2,589`); the interval of `observation` contains that of the fact.
    `mark` is the status shown behind it, "" for none. A fact that is not available has the mark alone.
    """

    number: int
    """From 1 in the order of the edition."""
    fact: int
    """Index into the facts of the release."""
    text: str
    observation: Observation
    mark: str = ""
    digits: str = ""
    """The number alone, where it is no range and has no qualifier: `1.31`; else ""."""
    unit: str = ""
    """What it is in, for tables that keep numbers and units apart: `吨`, `case`."""


Run = str | Printed
Runs = tuple[Run, ...]


class Title(msgspec.Struct, frozen=True, tag="title"):
    """The heading of the whole."""

    runs: Runs


class Heading(msgspec.Struct, frozen=True, tag="heading"):
    """The heading of a part."""

    runs: Runs


class Paragraph(msgspec.Struct, frozen=True, tag="paragraph"):
    """Sentences."""

    runs: Runs


class Note(msgspec.Struct, frozen=True, tag="note"):
    """A line about the release itself: imprint, coverage, what marks mean. `term` names it."""

    term: str
    runs: Runs


class Row(msgspec.Struct, frozen=True):
    """A row of a table: what it is about, and one cell a column. `level` is how far it is set in."""

    label: str
    cells: tuple[Runs, ...]
    level: int = 0


class Grid(msgspec.Struct, frozen=True, tag="grid"):
    """A table. `name` is short and unlike that of other tables; every cell has content."""

    name: str
    caption: str
    stub: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


class Bar(msgspec.Struct, frozen=True):
    """One bar: its label and its number."""

    label: str
    value: Printed


class Chart(msgspec.Struct, frozen=True, tag="chart"):
    """Horizontal bars of figures of one unit; `stub` names what the labels are."""

    name: str
    caption: str
    stub: str
    bars: tuple[Bar, ...]


Block = Title | Heading | Paragraph | Note | Grid | Chart


class Edition(msgspec.Struct, frozen=True):
    """A release in one language. `demonstration` is the mark of generated data, "" for none."""

    lang: Lang
    title: str
    publisher: str
    place: str
    date: str
    body: tuple[Block, ...]
    notes: tuple[Note, ...]
    printed: tuple[Printed, ...]
    """The numbers of its sentences and tables, in order."""
    charted: tuple[Printed, ...] = ()
    """Those that stand in charts alone."""
    demonstration: str = ""
    embargo: str = ""


class Release(msgspec.Struct, frozen=True):
    """A release before it is written to files: its facts, and its editions by language."""

    id: str
    facts: tuple[Fact, ...]
    editions: dict[str, Edition]


def all_numbers(edition: Edition) -> list[Printed]:
    """Return every number of an edition, in order."""
    return sorted((*edition.printed, *edition.charted), key=lambda number: number.number)


def text_of(runs: Runs) -> str:
    """Return the characters of runs, with the marks of numbers in brackets.

    Examples:
        >>> text_of(("毒品犯罪案件", "若干起"))
        '毒品犯罪案件若干起'
    """
    return "".join(run if isinstance(run, str) else run.text + marked(run) for run in runs)


def marked(printed: Printed) -> str:
    """Return the status mark as it stands behind a number: `[r]`, or nothing."""
    return f"[{printed.mark}]" if printed.mark else ""


def numbers_of(block: Block) -> list[Printed]:
    """Return the numbers of a block in their order."""
    if isinstance(block, Grid):
        runs = [run for row in block.rows for cell in row.cells for run in cell]
    elif isinstance(block, Chart):
        runs = [bar.value for bar in block.bars]
    else:
        runs = list(block.runs)
    return [run for run in runs if isinstance(run, Printed)]
