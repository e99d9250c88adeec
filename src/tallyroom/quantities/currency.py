"""Currency signs and codes that stand before an amount: $, US$, RM, P, 人民币."""

from __future__ import annotations

from tallyroom.model.quantity import Unit
from tallyroom.quantities.affixes import Ends
from tallyroom.quantities.units import MONEY, UnitTable
from tallyroom.quantities.words import NumberWords


class Currencies:
    """The money words of a language that may stand before a number, and those that need a large one."""

    def __init__(self, words: NumberWords, units: UnitTable) -> None:
        listed = set(words.words("money_before"))
        self._words = Ends(
            (word, (unit, word))
            for word, unit in units.words.items()
            if unit.measure == MONEY
            and (word in listed or not (word[0].isalnum() or word[-1].isalnum()) or word == "₱")
        )
        self._timid = frozenset(words.words("timid_money"))
        self.bare = frozenset(word for group in words.groups("money").values() for word in group)

    def before(self, text: str, place: int) -> tuple[int, Unit, str] | None:
        """Return where the currency that ends at `place` begins, its unit and the word, or None."""
        at = place - 1 if place and text[place - 1] == " " else place
        found = self._words.at(text, at)
        if found is None:
            return None
        start, (unit, word) = found
        return start, unit, word

    def is_timid(self, word: str) -> bool:
        """Tell whether a word such as `p` or `r` is a currency only before a large amount."""
        return word in self._timid
