"""How sure the reader is of a row: the share of rows with the same evidence that were right on annotated briefings.

The shares are data (`confidence.json`), made by `bench/calibrate.py` from the annotated documents by cross-validation.
"""

from __future__ import annotations

import functools
import json
from importlib.resources import files

from tallyroom.reading.drafts import Draft

_BANDS = (0.6, 1.6, 2.8, 4.2, 6.0)
"""Attachment costs that part the bands, from what stands beside its verb to what was far-fetched."""
UNKNOWN = "other"


def evidence_of(draft: Draft) -> str:
    """Return what a row rests on: which verb settled it, or from which figure it was taken, how far away."""
    band = sum(draft.cost > limit for limit in _BANDS)
    if "/" not in draft.shape:
        return f"{draft.shape}/{min(band, 3)}"
    verb = draft.shape.rpartition("/")[2]
    return f"{verb}/{band}"


def confidence_of(draft: Draft) -> float:
    """Return the share of rows with this evidence that were right at level `cell` in cross-validation."""
    shares = _shares()
    return shares.get(evidence_of(draft), shares[UNKNOWN])


@functools.cache
def _shares() -> dict[str, float]:
    shares: dict[str, float] = json.loads(
        files("tallyroom.reading").joinpath("confidence.json").read_text("utf-8")
    )
    return shares
