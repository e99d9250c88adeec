"""A draft: one figure on its way to becoming an observation."""

from __future__ import annotations

from dataclasses import dataclass, field

from tallyroom.codebook.model import Pattern, Term
from tallyroom.model.observation import Statistic
from tallyroom.model.quantity import Quantity
from tallyroom.reading.tokens import Token


@dataclass(slots=True)
class Candidate:
    """A term that may say what a figure counts or what was done to it; lower cost is nearer."""

    term: Term
    token: Token
    cost: float
    side: str


@dataclass(slots=True)
class Phrase:
    """The noun phrase that follows a figure: its terms, and where it ends."""

    end: int
    next: int
    heads: list[tuple[Token, Term]] = field(default_factory=list)
    modifiers: list[Term] = field(default_factory=list)
    participle: tuple[Token, Term] | None = None


_MEASURE_OF_FORM = {
    "percent": "percent", "tenths": "percent", "fraction": "percent", "point": "point", "multiple": "percent",
}  # fmt: skip


@dataclass(slots=True)
class Draft:
    """A figure, what was settled about it so far, and how."""

    quantity: Quantity
    token: Token
    index: int
    phrase: Phrase
    start: int
    end: int
    sentence: int = 0
    indicator: str | None = None
    pattern: Pattern | None = None
    thing: Term | None = None
    action: Term | None = None
    thing_token: Token | None = None
    cost: float = 99.0
    statistic: Statistic = "level"
    unit: str = ""
    marks: dict[str, str] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)
    """The dimensions of `marks` that the figure's own phrase told."""
    shape: str = ""
    parent: Draft | None = None
    """The figure that this one is a part, a change or a second unit of."""
    order: tuple[int, int] | None = None
    """Which one of how many it is in a list that 分别 or `respectively` announces."""
    aside: str | None = None
    """The rule that set the figure aside, if one did."""
    place: tuple[int, int] = (0, 0)
    """The figure's span in the document."""
    within: tuple[int, int] = (0, 0)
    """The span of its sentence in the document; of the whole table for a cell."""

    @property
    def measure(self) -> str:
        unit = self.quantity.unit
        if unit is not None:
            return unit.measure
        return _MEASURE_OF_FORM.get(self.quantity.form, "count")

    def ratio_marks(self) -> dict[str, str]:
        """Return the marks that a ratio keeps when it takes what it counts from another figure: sign and size."""
        return {key: self.marks[key] for key in ("sign", "ratio") if key in self.marks}

    @property
    def is_level(self) -> bool:
        return self.indicator is not None and self.statistic == "level" and self.aside is None
