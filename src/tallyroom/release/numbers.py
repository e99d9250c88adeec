"""Printing a figure exactly as asked, and proving that what is printed contains what the record has."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from tallyroom.codebook import Codebook
from tallyroom.codebook.folding import fold_word
from tallyroom.model import Observation, Quantity
from tallyroom.model.quantity import Interval
from tallyroom.quantities import QuantityReader, interval_of, load_number_words, qualifier_of
from tallyroom.release.problems import WordingMissing
from tallyroom.release.wording import Shown, Wording

_ZERO = Decimal(0)


class Style(msgspec.Struct, frozen=True):
    """How a number shall look: unit, decimals (None: all digits), scale (万), counter (名), unit left out."""

    show: str = ""
    decimals: int | None = None
    scale: str = ""
    counter: str = ""
    bare: bool = False


class Written(msgspec.Struct, frozen=True):
    """A number as printed, and the observation that its characters state.

    `digits` is the number alone, "" where a qualifier or a range belongs to it; `unit` is what it is in.
    """

    text: str
    observation: Observation
    digits: str
    unit: str


class NumberPrinter:
    """Prints the numbers of one language and reads each one back."""

    def __init__(self, wording: Wording, codebook: Codebook) -> None:
        self.wording = wording
        self._codebook = codebook
        self._reader = QuantityReader(load_number_words(wording.lang), codebook.units, bare=True)

    def write(self, row: Observation, style: Style) -> Written:
        """Print the value of `row`.

        Returns:
            The characters, with their qualifier and unit, and the observation that they state: the cell of
            `row` with the value, the interval and the qualifier as printed.

        Raises:
            WordingMissing: The language has no such unit, or what would be printed does not contain the value.
        """
        if style.scale and style.scale not in self.wording.scales:
            raise self._cannot(row, f"there is no scale {style.scale}", ", ".join(self.wording.scales))
        shown = self.unit_of(row, style)
        word = "" if style.bare else style.counter or shown.word
        text = self._qualified(row, style, shown, word)
        alone = row.upper is None and _qualifier_word(row) == "plain" and not style.scale
        digits = self._digits(abs(row.value), style, shown) if alone else ""
        unit = style.counter or shown.word or self._label(row.unit)
        return Written(text, self._stated(row, text, word or shown.word), digits, unit)

    def unit_for(self, rows: Sequence[Observation]) -> str:
        """Return the unit in which all of `rows` are exact and none has many digits: that of the least of them."""
        sizes = [row for row in rows if row.value]
        if not sizes:
            return ""
        least = min(sizes, key=lambda row: abs(row.value))
        forms = self.wording.units.get(least.unit, {})
        shown = self.unit_of(least, Style())
        return next((name for name, form in forms.items() if form == shown), "")

    def decimals_for(self, rows: Sequence[Observation], show: str) -> int | None:
        """Return the decimals with which a column of exact numbers lines up;
        None where all are whole."""
        shown = [abs(row.value) / self.unit_of(row, Style(show=show)).factor for row in rows]
        most = max((-min(0, _exponent(amount)) for amount in shown), default=0)
        return most or None

    def word_for(self, row: Observation, show: str) -> str:
        """Return the word of a unit by the name that templates use, as it stands in the heading of a column."""
        return self.unit_of(row, Style(show=show)).word

    def _label(self, unit: str) -> str:
        entry = self._codebook.lists["units"].get(unit)
        return entry.label.get(self.wording.lang, unit) if entry else unit

    def unit_of(self, row: Observation, style: Style) -> Shown:
        """Return the unit in which `row` is printed: the one asked for, else the first that it reaches."""
        forms = self.wording.units.get(row.unit) or {row.unit: self._from_codebook(row.unit)}
        if style.show:
            if style.show not in forms:
                raise self._cannot(row, f"{row.unit} is not shown as {style.show}", ", ".join(forms))
            return forms[style.show]
        size = abs(row.value)
        fitting = (form for form in forms.values() if size >= form.least and _short(size / form.factor))
        return next(fitting, list(forms.values())[-1])

    def _from_codebook(self, unit: str) -> Shown:
        for entry in self._codebook.units:
            words = entry.words.get(self.wording.lang, ())
            if entry.code == unit and entry.factor == 1 and words:
                code = unit if self.wording.lang == "en" else words[0]
                return Shown(code, Decimal(1), _ZERO)
        return Shown("", Decimal(1), _ZERO)

    def _qualified(self, row: Observation, style: Style, shown: Shown, word: str) -> str:
        words, number = self.wording.words, self._digits(abs(row.value), style, shown)
        behind = f"{words['unit_gap']}{word}" if word and word != "%" else word
        if row.upper is not None:
            high = self._digits(abs(row.upper), style, shown)
            return words["range"].format(low=number, high=high, unit=word).strip()
        return words[_qualifier_word(row)].format(n=number + behind)

    def _digits(self, value: Decimal, style: Style, shown: Shown) -> str:
        amount = value / shown.factor
        if style.scale:
            amount /= self.wording.scales[style.scale]
        if style.decimals is not None:
            amount = amount.quantize(Decimal(1).scaleb(-style.decimals), ROUND_HALF_UP)
        digits = format(amount if style.decimals is not None else _trimmed(amount), "f")
        whole, _, rest = digits.partition(".")
        whole = f"{int(whole):,}".replace(",", self.wording.thousands)
        gap = self.wording.words["unit_gap"] if style.scale else ""
        return (f"{whole}.{rest}" if rest else whole) + gap + style.scale

    def _stated(self, row: Observation, text: str, word: str) -> Observation:
        """Read the characters back. A bare number is read with the unit that its heading gives."""
        read = text if not word or word in text else f"{text}{self.wording.words['unit_gap']}{word}"
        found = self._reader.find(fold_word(read))
        if len(found) != 1:
            raise self._cannot(row, f"{read!r} reads as {len(found)} numbers", "one number")
        quantity = _signed(found[0], row)
        interval = interval_of(quantity, row.statistic)
        if not _contains(interval, row.value) or (quantity.upper is None) != (row.upper is None):
            raise self._cannot(
                row, f"{text!r} would not contain {row.value} {row.unit}", "all digits that count"
            )
        return msgspec.structs.replace(
            row, source="", start=0, end=0, text=text, value=quantity.value, upper=quantity.upper,
            qualifier=qualifier_of(quantity), low=interval.low, high=interval.high,
            low_open=interval.low_open, high_open=interval.high_open,
        )  # fmt: skip

    def _cannot(self, row: Observation, found: str, expected: str) -> WordingMissing:
        return WordingMissing(
            f"{row.indicator} cannot be printed in {self.wording.lang}",
            expected=expected,
            found=found,
            next_step="ask for another unit, scale or number of decimals",
        )


def _short(amount: Decimal) -> bool:
    """Whether an amount has few enough decimals to be read in this unit."""
    return _exponent(amount) >= -3


def _exponent(amount: Decimal) -> int:
    exponent = _trimmed(amount).as_tuple().exponent
    assert isinstance(exponent, int), "values are finite"
    return exponent


def _trimmed(amount: Decimal) -> Decimal:
    trimmed = amount.normalize()
    exponent = trimmed.as_tuple().exponent
    return trimmed.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else trimmed


def _qualifier_word(row: Observation) -> str:
    if row.qualifier == "approx":
        return "nearly" if row.high is not None and row.high <= row.value else "about"
    if row.qualifier == "at_least":
        return "over" if row.low_open else "at_least"
    if row.qualifier == "at_most":
        return "at_most" if row.high_open else "up_to"
    return "plain"


def _signed(quantity: Quantity, row: Observation) -> Quantity:
    """A fall is printed by its size."""
    if row.value >= 0:
        return quantity
    upper = None if quantity.upper is None else -quantity.upper
    return msgspec.structs.replace(quantity, value=-quantity.value, upper=upper)


def _contains(interval: Interval, value: Decimal) -> bool:
    if interval.low is not None and value < interval.low:
        return False
    return interval.high is None or value <= interval.high
