"""What the generator speaks of: a claim, an amount as written, a passage with its figures, a briefing."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Literal

import msgspec

from tallyroom.model import Observation
from tallyroom.model.observation import Statistic, plain

Language = Literal["zh", "en"]
"""A language that the wording is in."""


class Claim(msgspec.Struct, frozen=True):
    """What a figure is about: the fields of an observation that its words and its place tell."""

    indicator: str
    unit: str
    statistic: Statistic = "level"
    area: tuple[str, ...] = ()
    period: str | None = None
    operation: str | None = None
    offence: str | None = None
    substance: str | None = None
    breakdown: dict[str, str] = {}


class Amount(msgspec.Struct, frozen=True):
    """A number as written: `text` is the figure's span, `before` and `after` are qualifiers outside it."""

    text: str
    value: Decimal
    before: str = ""
    after: str = ""
    upper: Decimal | None = None
    qualifier: str = "exact"


class Placed(msgspec.Struct, frozen=True):
    """A figure in a passage: `text[start:end]`, what it is about and what it says."""

    start: int
    end: int
    claim: Claim
    amount: Amount


class Passage(msgspec.Struct, frozen=True):
    """Characters with the figures among them."""

    text: str = ""
    figures: tuple[Placed, ...] = ()

    def __add__(self, other: Passage | str) -> Passage:
        if isinstance(other, str):
            return Passage(self.text + other, self.figures)
        moved = (
            Placed(one.start + len(self.text), one.end + len(self.text), one.claim, one.amount)
            for one in other.figures
        )
        return Passage(self.text + other.text, (*self.figures, *moved))


def joined(passages: Iterable[Passage], between: str, last: str | None = None) -> Passage:
    """Return the passages in one, with `between` between them and `last` before the last one."""
    parts = list(passages)
    whole = Passage()
    for at, part in enumerate(parts):
        if at:
            whole += between if last is None or at < len(parts) - 1 else last
        whole += part
    return whole


def figure(claim: Claim, amount: Amount) -> Passage:
    """Return the amount as a passage of its own."""
    start = len(amount.before)
    placed = Placed(start, start + len(amount.text), claim, amount)
    return Passage(amount.before + amount.text + amount.after, (placed,))


class Block(msgspec.Struct, frozen=True):
    """A part of a briefing: a title, a paragraph, a bullet, or a table of cells row by row."""

    kind: Literal["title", "paragraph", "bullet", "table"]
    passage: Passage = Passage()
    cells: tuple[tuple[Passage, ...], ...] = ()

    @property
    def passages(self) -> list[Passage]:
        """What stands in the text one after the other."""
        return [cell for row in self.cells for cell in row if cell.text] or [self.passage]


class Briefing(msgspec.Struct, frozen=True):
    """A generated briefing: its parts, and what is known of it from outside."""

    id: str
    lang: Literal["zh", "en", "zh-Hant"]
    published: datetime.date
    publisher: str
    blocks: tuple[Block, ...]

    def about(self) -> dict[str, str]:
        """Return the line of `docs.jsonl` for it."""
        day = self.published.isoformat()
        return {"id": self.id, "lang": self.lang, "published": day, "publisher": self.publisher}


def rows_in(briefing: Briefing, text: str) -> list[dict[str, Any]]:
    """Return the annotations of a briefing whose text, as rendered or as extracted, is `text`.

    The parts stand in the text in their order, each of them whole; what stands between them is not looked at.

    Raises:
        ValueError: A part is not there.
    """
    rows: list[dict[str, Any]] = []
    place = 0
    for block in briefing.blocks:
        for passage in block.passages:
            place = text.index(passage.text, place)
            rows += [_row(briefing.id, placed, place) for placed in passage.figures]
            place += len(passage.text)
    return rows


def _row(source: str, placed: Placed, place: int) -> dict[str, Any]:
    """The fields of an observation that are annotated, in their order."""
    known = {**msgspec.structs.asdict(placed.claim), **msgspec.structs.asdict(placed.amount)}
    known |= {"source": source, "start": place + placed.start, "end": place + placed.end}
    known["value"] = plain(placed.amount.value)
    known["upper"] = None if placed.amount.upper is None else plain(placed.amount.upper)
    known["area"] = list(placed.claim.area)
    return {name: known[name] for name in ANNOTATED}


ANNOTATED = tuple(name for name in Observation.__struct_fields__ if name in {
    "source", "start", "end", *Claim.__struct_fields__, *Amount.__struct_fields__
})  # fmt: skip
"""Fields that gold has: those of an observation up to the interval."""
