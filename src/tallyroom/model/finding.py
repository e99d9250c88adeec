"""What the algebra finds: figures that cannot all be true, figures that look wrong, bounds that they imply."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

from tallyroom.model.campaign import Words
from tallyroom.model.quantity import Interval
from tallyroom.model.record import Figure

Severity = Literal[
    "hard",  # cannot all be true, proved
    "soft",  # looks wrong: somebody should look
    "note",  # told apart: another scope, another counting unit
]  # fmt: skip


class Tie(msgspec.Struct, frozen=True):
    """How cells hang together in one step of a proof.

    `rule` is a stable name (`part`, `disjoint_parts`, `partition`, `growth`); `says` tells it of these cells.
    """

    rule: str
    says: Words


class Mend(msgspec.Struct, frozen=True):
    """The smallest change of one figure that lets all others stand.

    `reach` is where its measure would have to lie, `value` the nearest such number that can be written with as
    many digits. `slip` tells how a slip of the pen makes one of the other (`8567 for 8657: digits exchanged`).
    """

    entry: int
    reach: Interval
    value: Decimal
    slip: Words | None = None


class Step(msgspec.Struct, frozen=True):
    """One end of a figure or a tie, taken `times` times into the sum that is a proof; numbers are written exactly.

    `of` is the position of the figure among those of the finding, or that of the tie where `is_tie`. `sign` and `end`
    tell its end: `≥` `8657` of a figure, `≥` `0` of a tie, which is about its whole less its parts.
    """

    times: str
    of: int
    is_tie: bool
    sign: str
    end: str


class Finding(msgspec.Struct, frozen=True):
    """One finding, of a stable code that has a page in the docs.

    `figures` are those it is about, all of them needed; `proof` holds for a hard finding the multipliers of its figures
    and ties, one line each, that add up to something impossible.
    """

    code: str
    severity: Severity
    says: Words
    figures: tuple[Figure, ...]
    ties: tuple[Tie, ...] = ()
    proof: tuple[str, ...] = ()
    mends: tuple[Mend, ...] = ()
    steps: tuple[Step, ...] = ()
    """The same proof in parts: added up, all measures cancel out, and what is left is `falls`."""
    alike: tuple[tuple[int, int], ...] = ()
    """Other figures that say the same as one of these: the entry that they could stand for, and their own."""
    falls: str = ""
    """What the steps add up to, which cannot be: `0 ≥ 90`."""


class Bounds(msgspec.Struct, frozen=True):
    """What the record allows for one cell, or for a difference of cells.

    `low_by` and `high_by` are the figures that force each end, with the ties; empty where nothing does.
    `unsolved` tells what was left out where the budget did not suffice: the bounds hold, and the best may be
    narrower.
    """

    reach: Interval
    unit: str
    low_by: tuple[Figure, ...] = ()
    high_by: tuple[Figure, ...] = ()
    low_ties: tuple[Tie, ...] = ()
    high_ties: tuple[Tie, ...] = ()
    published: tuple[Figure, ...] = ()
    """Figures of the cell itself."""
    unsolved: str = ""
