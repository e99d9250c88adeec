"""What the tests of numbers share: readers, and a short way to write what they find."""

from __future__ import annotations

from functools import cache

from tallyroom.model.quantity import Quantity
from tallyroom.quantities import QuantityReader, load_number_words
from tallyroom.quantities.load import load_units


@cache
def reader(
    lang: str, *, dollar: str = "USD", yuan: str = "CNY", short_tons: bool = False, bare: bool = False
) -> QuantityReader:
    """Return a reader of the core codebook's words and units."""
    words = load_number_words(lang)
    return QuantityReader(words, load_units(), dollar=dollar, yuan=yuan, short_tons=short_tons, bare=bare)


def one(text: str, lang: str = "zh") -> Quantity:
    """Return the only quantity of a text."""
    found = reader(lang).find(text)
    assert len(found) == 1, [text[quantity.start : quantity.end] for quantity in found]
    return found[0]


def told(text: str, found: list[Quantity]) -> list[str]:
    """Return each quantity as "span = value unit [form] [bound]"; general counters are `count`."""
    return [_told(text, quantity) for quantity in found]


def _told(text: str, quantity: Quantity) -> str:
    value = str(quantity.value) if quantity.upper is None else f"{quantity.value}..{quantity.upper}"
    unit = quantity.unit
    name = "-" if unit is None else "count" if unit.measure == "count" else unit.code
    form = "" if quantity.form in ("number", "percent", "point") else quantity.form
    bound = "" if quantity.bound == "exact" else quantity.bound
    return " ".join(
        part for part in (text[quantity.start : quantity.end], "=", value, name, form, bound) if part
    )


def reads(
    lang: str, text: str, *, short_tons: bool = False, dollar: str = "USD", yuan: str = "CNY"
) -> list[str]:
    """Return what the reader finds in a text, in the short form."""
    found = reader(lang, short_tons=short_tons, dollar=dollar, yuan=yuan).find(text)
    return told(text, found)
