"""Telling of cells and ties in words, with the labels of the codebook."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from tallyroom.algebra.cells import Cell, Days, Place
from tallyroom.algebra.knowledge import Knowledge
from tallyroom.algebra.regions import Link
from tallyroom.algebra.system import Number
from tallyroom.codebook.model import Agency, Code, Operation
from tallyroom.model.campaign import Words
from tallyroom.model.finding import Tie
from tallyroom.model.observation import plain

LANGUAGES = ("en", "zh")
_WORDS: dict[str, Words] = {
    "part": {"en": "{part} is part of {whole}", "zh": "{part}属于{whole}"},
    "disjoint_parts": {"en": "{parts} lie apart inside {whole}", "zh": "{parts}互不重叠，均属于{whole}"},
    "partition": {"en": "{parts} together are {whole}", "zh": "{parts}合计即{whole}"},
    "growth": {
        "en": "{whole} takes in {part}, counted from one start",
        "zh": "{whole}自同一起点累计，包含{part}",
    },
    "share": {"en": "{part} is told as a share of {whole}", "zh": "{part}以占{whole}的比重给出"},
    "change": {"en": "{part} and {whole} are tied by a change", "zh": "{part}与{whole}以增减幅度相联系"},
}


class Teller:
    """Words for cells: what several of them have in common is not said of each."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge, self._book = knowledge, knowledge.codebook

    def cell(self, cell: Cell, lang: str) -> str:
        """Everything that a cell is about."""
        return self._join(self._facts(cell, lang).values(), lang)

    def tie(self, link: Link, cell_at: dict[int, Cell]) -> Tie:
        """A tie of a region, told by what differs between its cells."""
        whole, parts = cell_at[link.whole], [cell_at[part] for part in link.parts]
        says = {}
        for lang in LANGUAGES:
            told = [self._facts(cell, lang) for cell in (whole, *parts)]
            keys = [key for key in told[0] if len({one[key] for one in told}) > 1]
            names = [self._join((one[key] for key in keys), lang) or self.cell(cell, lang)
                     for one, cell in zip(told, (whole, *parts), strict=True)]  # fmt: skip
            says[lang] = _WORDS[link.rule][lang].format(
                whole=names[0], part=names[1], parts=_listed(names[1:], lang)
            )
        return Tie(link.rule, says)

    def _join(self, words: Iterable[str], lang: str) -> str:
        return (", " if lang == "en" else "，").join(word for word in words if word)

    def _facts(self, cell: Cell, lang: str) -> dict[str, str]:
        place = cell.place
        measure = place.measure
        indicator = self._book.indicators.get(measure.indicator)
        facts = {
            "indicator": indicator.label.get(lang, indicator.code) if indicator else measure.indicator,
            "concept": measure.concept if measure.concept != measure.unit else "",
            "area": "+".join(self._listed("area", code, lang) for code in place.area),
            "period": days_told(cell.days),
            "operation": _label(self._book.operations, _operation(place), lang),
            "agency": _label(self._book.agencies, place.agency, lang),
            "offence": self._listed("offence", place.offence, lang),
            "substance": self._listed("substance", place.substance, lang),
            "partner": measure.partner,
            "haul": ("a single haul" if lang == "en" else "单次缴获") if measure.haul else "",
        }
        told = [self._listed(name, code, lang) for name, code in place.breakdown]
        return {**facts, "breakdown": self._join(told, lang)}

    def _listed(self, dimension: str, code: str | None, lang: str) -> str:
        return _label(self._knowledge.codes(dimension), code, lang)


def _operation(place: Place) -> str | None:
    """The code of an operation, or its name without the document that alone knows it."""
    return place.operation and place.operation.partition("@")[0]


def _label(known: Mapping[str, Code | Operation | Agency], code: str | None, lang: str) -> str:
    """The label of a code; the code itself where it is not known, and nothing where there is none."""
    one = known.get(code or "")
    return one.label.get(lang, one.code) if one else code or ""


def _listed(names: Sequence[str], lang: str) -> str:
    if lang == "zh":
        return "、".join(names)
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def days_told(days: Days) -> str:
    """A period as an observation has it."""
    first, last = (datetime.date.fromordinal(day).isoformat() for day in days)
    return f"{first}/{last}"


def decimal_of(number: Number) -> Decimal:
    """A number of the grid as a decimal, exact; others to 28 digits."""
    if isinstance(number, int):
        return Decimal(number)
    return Decimal(number.numerator) / Decimal(number.denominator)


def number_told(number: Number) -> str:
    """A number for a line of a proof: a decimal where it has an end, a fraction where it has none."""
    value = Fraction(number)
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return plain(decimal_of(number)) if rest == 1 else str(value)
