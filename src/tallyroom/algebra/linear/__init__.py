"""Linear systems decided exactly: contradictions as minimal sets, bounds with what forces them, both with proof."""

from __future__ import annotations

from tallyroom.algebra.linear.bounding import bounds, smallest_change
from tallyroom.algebra.linear.components import Part, split
from tallyroom.algebra.linear.contradictions import contradictions
from tallyroom.algebra.linear.deciding import consistent
from tallyroom.algebra.linear.results import (
    Budget,
    Contradictions,
    Decision,
    LinearBounds,
    MinimalSet,
    Refutation,
    Step,
    Unsolved,
    Witness,
)

__all__ = [
    "Budget", "Contradictions", "Decision", "LinearBounds", "MinimalSet", "Part", "Refutation", "Step", "Unsolved",
    "Witness", "bounds", "consistent", "contradictions", "smallest_change", "split",
]  # fmt: skip
