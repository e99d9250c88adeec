"""A reading: what came out of one document, and what became of each numeral in it."""

from __future__ import annotations

from typing import Literal

import msgspec

from tallyroom.model.document import Document
from tallyroom.model.observation import Observation
from tallyroom.model.packing import Packed


class Numeral(msgspec.Struct, frozen=True, gc=False):
    """One numeral of a document and its fate; `rule` names what set it aside, or made the row.

    Examples:
        >>> import tallyroom
        >>> reading = tallyroom.read(text="On 5 May 2025 police solved 41 drug cases.")
        >>> [(numeral.text, numeral.fate) for numeral in reading.numerals][-1]
        ('41', 'bound')
    """

    start: int
    end: int
    text: str
    fate: Literal["bound", "set aside", "left over"]
    rule: str


class Reading(Packed, msgspec.Struct, frozen=True):
    """A document read: its observations in the order of the text, and the account of its numerals."""

    document: Document
    observations: tuple[Observation, ...]
    numerals: tuple[Numeral, ...]

    @property
    def leftovers(self) -> tuple[Numeral, ...]:
        """The numerals that were neither bound nor set aside."""
        return tuple(numeral for numeral in self.numerals if numeral.fate == "left over")
