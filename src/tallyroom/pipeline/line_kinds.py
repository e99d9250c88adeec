"""Codebook and wording -> the kinds of lines that a campaign may have and a release can say in every language."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from decimal import Decimal

import msgspec

from tallyroom.codebook import Codebook
from tallyroom.model import Observation
from tallyroom.model.campaign import Line
from tallyroom.release.names import Names
from tallyroom.release.phrases import OFFENCE_SLOTS, say
from tallyroom.release.wording import LANGUAGES, Phrase, wording_of

_SLOT = re.compile(r"\{(\w+)(\?)?\}")
_CURRENCIES = ("CNY", "USD")
_DECIMALS = {"kg": 3, "L": 1, "ha": 1}
SUBSTANCES = (
    "heroin", "opium", "morphine", "cocaine", "methamphetamine", "amphetamine", "mdma", "ketamine", "cannabis",
    "cannabis_resin", "fentanyl", "etomidate", "synthetic_drugs", "new_psychoactive", "drugs", "main_drugs",
    "precursors", "production_materials", "unscheduled_chemicals", "ephedrine", "hydroxylimine", "acetone",
    "opium_poppy", "coca",
)  # fmt: skip
"""Those that a release writes of at random; names of further goods are single words that prose takes for others."""


def line_kinds(codebook: Codebook) -> tuple[Line, ...]:
    """Return one line for each phrase, each way to fill its slots, and each unit: without code, operation or filers.

    Counts of a day are left out: figures of a campaign are about a period.
    """
    kinds: dict[tuple[object, ...], Line] = {}
    names = {lang: Names(codebook, wording_of(lang)) for lang in LANGUAGES}
    for phrase in wording_of(LANGUAGES[-1]).phrases:
        if codebook.indicators[phrase.indicator].behaves != "flow":
            continue
        for filling, unit in itertools.product(fillings_of(phrase), units_of(phrase, codebook)):
            kind = kind_of(phrase, filling, unit)
            row = as_row(kind)
            said = {lang: say(row, names[lang], wording_of(lang)) for lang in LANGUAGES}
            if all(said.values()):
                label = {lang: one.row for lang, one in said.items() if one}
                key = (
                    row.indicator,
                    unit,
                    row.offence,
                    row.substance,
                    *kind.counted.values(),
                    *sorted(row.breakdown.items()),
                )
                kinds.setdefault(key, msgspec.structs.replace(kind, label=label))
    return tuple(kinds.values())


def units_of(phrase: Phrase, codebook: Codebook) -> tuple[str, ...]:
    """Return the units in which a phrase may say its indicator."""
    units = codebook.indicators[phrase.indicator].units
    return phrase.units or (_CURRENCIES if "money" in units else tuple(units))


def fillings_of(phrase: Phrase) -> Iterator[dict[str, str]]:
    """Give each way to fill the slots of a phrase, an optional one for the commonest of the others alone."""
    nouns = wording_of(LANGUAGES[-1]).nouns
    slots = [(name, bool(optional)) for name, optional in _SLOT.findall(phrase.says) if name != "n"]
    choices = [
        [(name, value) for value in values] + ([(name, "")] if optional else [])
        for name, optional in slots
        for values in [phrase.only.get(name) or (SUBSTANCES if name == "substance" else tuple(nouns[name]))]
    ]
    for chosen in itertools.product(*choices):
        optional = [value for (_, value), (_, may) in zip(chosen, slots, strict=True) if may and value]
        common = chosen and (
            chosen[-1][1] in ("heroin", "drugs") or chosen[0][1] in ("drugs", "drug_trafficking")
        )
        if not optional or common:
            yield dict(chosen)


def kind_of(phrase: Phrase, filling: dict[str, str], unit: str) -> Line:
    """Return the line that a phrase says with its slots filled."""
    offence = next((filling[slot] for slot in OFFENCE_SLOTS if slot in filling), None)
    told = {**phrase.when, **{name: value for name, value in filling.items() if value}}
    counted = dict.fromkeys(LANGUAGES, phrase.counted[0]) if phrase.counted else {}
    return Line(
        code="", label={}, operation="", indicator=phrase.indicator, unit=unit, filed_by=(), total_area=(),
        offence=offence or told.get("offence"), substance=told.get("substance"), counted=counted,
        breakdown={name: value for name, value in told.items() if name not in ("offence", "substance", *OFFENCE_SLOTS)},
        decimals=_DECIMALS.get(unit, 0),
    )  # fmt: skip


def as_row(line: Line) -> Observation:
    """Return an observation of a line, to be said: without value, place or time."""
    return Observation(
        source="", start=0, end=0, text="", indicator=line.indicator, statistic=line.statistic, value=Decimal(0),
        upper=None, unit=line.unit, qualifier="exact", area=(), period=None, operation=None, offence=line.offence,
        substance=line.substance, breakdown=dict(line.breakdown), low=None, high=None, low_open=False, high_open=False,
        counted=line.counted.get("en", line.unit), agency=None, operation_id=None, period_from="text", rule="",
        confidence=1.0,
    )  # fmt: skip
