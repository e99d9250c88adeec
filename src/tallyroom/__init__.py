"""The record behind the briefing: official statistics of law enforcement, pinned to their source.

Examples:
    >>> import tallyroom
    >>> reading = tallyroom.read(text="Police seized 12.5 kg of heroin.", published="2025-07-02")
    >>> row = reading.observations[0]
    >>> row.indicator, str(row.value), row.unit, row.substance
    ('quantity_seized', '12.5', 'kg', 'heroin')
    >>> reading.document.text[row.start : row.end] == row.text
    True
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tallyroom.api import (
        OpenLedger,
        Reading,
        compare_releases,
        evaluate,
        open_ledger,
        read,
        read_all,
        verify_release,
    )
    from tallyroom.codebook import Codebook, load_campaign, load_codebook, load_mapping
    from tallyroom.errors import TallyroomError
    from tallyroom.model import Document, Numeral, Observation
    from tallyroom.pipeline.reading import Failure

__version__ = "0.1.0"

__all__ = [
    "Codebook",
    "Document",
    "Failure",
    "Numeral",
    "Observation",
    "OpenLedger",
    "Reading",
    "TallyroomError",
    "compare_releases",
    "evaluate",
    "load_campaign",
    "load_codebook",
    "load_mapping",
    "open_ledger",
    "read",
    "read_all",
    "verify_release",
]

_HOMES = {
    "tallyroom.api": (
        "OpenLedger",
        "Reading",
        "compare_releases",
        "evaluate",
        "open_ledger",
        "read",
        "read_all",
        "verify_release",
    ),
    "tallyroom.codebook": ("Codebook", "load_campaign", "load_codebook", "load_mapping"),
    "tallyroom.errors": ("TallyroomError",),
    "tallyroom.model": ("Document", "Numeral", "Observation"),
    "tallyroom.pipeline.reading": ("Failure",),
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that `import tallyroom` costs next to nothing."""
    for home, names in _HOMES.items():
        if name in names:
            found: object = getattr(importlib.import_module(home), name)
            globals()[name] = found
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
