"""Phrases to quantities and periods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tallyroom.quantities.interval import interval_of, qualifier_of
    from tallyroom.quantities.numerals import find_numerals
    from tallyroom.quantities.reader import QuantityReader
    from tallyroom.quantities.words import NumberWords, load_number_words

_HOMES = {
    "QuantityReader": "reader",
    "NumberWords": "words",
    "load_number_words": "words",
    "interval_of": "interval",
    "qualifier_of": "interval",
    "find_numerals": "numerals",
}

__all__ = [
    "NumberWords",
    "QuantityReader",
    "find_numerals",
    "interval_of",
    "load_number_words",
    "qualifier_of",
]


def __getattr__(name: str) -> Any:
    """Import a name from its module when it is first asked for, so that start-up stays fast."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
