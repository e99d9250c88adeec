"""What a question to a linear system is answered with: points, proofs, sets, bounds, and what was left unsolved."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

import msgspec

from tallyroom.algebra.system import Number, Range

Side = Literal["low", "high"]


class Budget(msgspec.Struct, frozen=True):
    """How much may be done, counted and never timed, so that any machine answers alike.

    `rows` and `variables` bound one connected component, `work` the entries that exact tableaux change in one
    decision, `sets` the minimal sets of one component. `search` bounds the terms that all decisions of a component
    look at to find sets (the first sets, which share no figure, are found whatever it is), `branches` the ways to look
    at once. Above `exact_terms` terms in its rows a system is screened in floating point for a hint first.
    """

    rows: int = 100_000
    variables: int = 100_000
    work: int = 4_000_000
    sets: int = 100
    search: int = 300_000
    branches: int = 600
    exact_terms: int = 1_500


class Witness(msgspec.Struct, frozen=True):
    """A point where all rows hold; variable j is `values[j]`. Verified before it is given out."""

    values: tuple[Number, ...]


class Step(msgspec.Struct, frozen=True, order=True):
    """One end of a row, taken `times` times (above 0) into a sum of rows."""

    row: int
    side: Side
    times: Number


class Refutation(msgspec.Struct, frozen=True):
    """Farkas' certificate: the ends of rows add up to something that no point of at least 0 fulfils. Verified."""

    steps: tuple[Step, ...]

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows it needs, in order."""
        return tuple(sorted({step.row for step in self.steps}))


class Unsolved(msgspec.Struct, frozen=True):
    """The budget did not suffice. `what` says what was left out; nothing is claimed about it."""

    what: str
    rows: int
    variables: int


Decision = Witness | Refutation | Unsolved


class MinimalSet(msgspec.Struct, frozen=True):
    """Rows that cannot all hold while without any one of them the others can.

    `claims` are those of the rows that are figures, `ties` the others; `refutation` proves the first half, `escapes`
    the second: for each row, in the order of `rows`, a point (variable: value) where all other rows of the set hold.
    `alike` are rows that say the same as one of the claims and could stand in its place, as pairs (claim, other).
    """

    claims: tuple[int, ...]
    ties: tuple[int, ...]
    refutation: Refutation
    escapes: tuple[dict[int, Number], ...]
    alike: tuple[tuple[int, int], ...] = ()

    @property
    def rows(self) -> tuple[int, ...]:
        """All rows of the set, in order."""
        return tuple(sorted((*self.claims, *self.ties)))


class Contradictions(msgspec.Struct, frozen=True):
    """Minimal sets, the smaller ones first. `complete` is True where it is proved that there are no others."""

    sets: tuple[MinimalSet, ...]
    complete: bool = True
    unsolved: tuple[Unsolved, ...] = ()


class LinearBounds(msgspec.Struct, frozen=True):
    """The least and greatest value of a linear form; None is without end, an open end is not reached.

    `low_rows` and `high_rows` force each end: without any one of them it would lie farther out. `refutation` is given
    where no point fulfils the system: then the ends mean nothing. With `unsolved`, the ends hold and the best ones may
    be narrower.
    """

    low: Number | None = None
    high: Number | None = None
    low_open: bool = False
    high_open: bool = False
    low_rows: tuple[int, ...] = ()
    high_rows: tuple[int, ...] = ()
    refutation: Refutation | None = None
    unsolved: Unsolved | None = None

    @property
    def range(self) -> Range:
        """Both ends together."""
        return Range(self.low, self.high, self.low_open, self.high_open)


def plain(number: Number) -> Number:
    """The same number, as an int where it is whole: ints are an order of magnitude faster."""
    if type(number) is int:
        return number
    return number.numerator if number.denominator == 1 else number


def ratio(above: Number, below: Number) -> Number:
    """`above` / `below`, exact."""
    if below == 1:
        return above
    if below == -1:
        return -above
    return plain(Fraction(above) / below)
