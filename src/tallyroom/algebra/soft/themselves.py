"""Documents that say two things of one cell, where a slip of the pen makes one of the other (F206).

Two values of one cell in a document mean most often that reading lost what tells them apart, so they are no finding,
nor part of one. But a headline of 853 above a text of 835 is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from tallyroom.algebra.holding import Holding
from tallyroom.algebra.slips import Slip, slips
from tallyroom.algebra.soft.suspicion import Suspicion
from tallyroom.model.observation import Observation
from tallyroom.model.quantity import Interval
from tallyroom.model.record import Figure

ITSELF = "F206"
TELLING = ("exchanged", "scale")
"""Slips that make exactly the other value. A wrong digit lies between many numbers that have nothing to do."""


def slips_within_documents(
    holding: Holding, quote: Callable[[Sequence[int]], Mapping[int, Figure]], touched: set[int] | None = None
) -> Iterator[Suspicion]:
    """Find two figures of one cell in one document that a slip of the pen makes of each other.

    Args:
        holding: The record.
        quote: Gives figures by their entries.
        touched: Numbers of cells to look at; all, by default.
    """
    for cell, document in sorted(holding.mixed):
        if touched is None or cell in touched:
            own = [claim for claim in holding.claims[cell] if holding.document[claim] == document]
            figures = quote([holding.entry[claim] for claim in own])
            for first, second in combinations(sorted(figures), 2):
                slip = _slip(figures[first].observation, figures[second].observation)
                if slip is not None:
                    yield _told(first, second, slip)


def _slip(one: Observation, other: Observation) -> Slip | None:
    """How the first became of the second, by a slip that says something here."""
    reach = Interval(other.low, other.high, other.low_open, other.high_open)
    width = Decimal(0) if one.low is None or one.high is None else one.high - one.low
    found = slips(one.text, one.value, reach, width)
    return found[0] if found and found[0].kind in TELLING and found[0].meant == other.value else None


def _told(first: int, second: int, slip: Slip) -> Suspicion:
    says = {
        "en": f"a document says two things of one cell, {slip.says['en']}: {{figures}}",
        "zh": f"同一文件对同一指标有两种说法，{slip.says['zh']}：{{figures}}",
    }
    return Suspicion(ITSELF, (first, second), says)
