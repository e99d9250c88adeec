"""Units: the written forms of a codebook's units, looked up in a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import cast

import msgspec

from tallyroom.codebook.model import UnitEntry
from tallyroom.model.quantity import Measure, Unit
from tallyroom.quantities.affixes import Starts

MONEY = "money"
PERCENT = Unit("percent", "percent")


class Local(msgspec.Struct, frozen=True):
    """What unit words mean where a text was written: `$` by name of its bare words, tons by the agency."""

    money: tuple[tuple[str, str], ...] = ()
    """Currency by the name of a list of bare money words: (("dollar", "CAD"),)."""
    short_tons: bool = False


class UnitTable:
    """The units of one language: `after` finds the one that begins at a place."""

    def __init__(self, entries: Sequence[UnitEntry], lang: str, others: Iterable[str],
                 money_words: Mapping[str, Sequence[str]], local: Local) -> None:  # fmt: skip
        meanings = _meanings(entries, lang, _currencies(money_words, local), local.short_tons)
        self.words = meanings
        counters: dict[str, Unit | None] = dict.fromkeys(others)
        self.after: Starts[Unit | None] = Starts({**counters, **meanings}.items())


def _currencies(money_words: Mapping[str, Sequence[str]], local: Local) -> dict[str, str]:
    named = dict(local.money)
    return {word: named[name] for name, words in money_words.items() if name in named for word in words}


def _meanings(
    entries: Sequence[UnitEntry], lang: str, currencies: Mapping[str, str], short_tons: bool
) -> dict[str, Unit]:
    found: dict[str, list[Unit]] = {}
    for entry in entries:
        measure = cast(Measure, entry.measure)  # `codebook check` holds it to the list of measures
        factor = entry.short_ton if short_tons and entry.short_ton is not None else entry.factor
        for word in entry.words.get(lang, ()):
            code = currencies.get(word, entry.code)
            found.setdefault(word, []).append(Unit(code, measure, Decimal(factor), True))
    return {word: _one(units) for word, units in found.items()}


def _one(units: list[Unit]) -> Unit:
    """A word of several units (件 of cases and of goods) counts: what it counts tells which."""
    codes = tuple(dict.fromkeys(unit.code for unit in units))
    if len(codes) == 1:
        return units[0]
    return Unit(codes[0], "count", Decimal(1), True, codes)
