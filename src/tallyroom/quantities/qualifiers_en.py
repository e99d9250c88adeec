"""English qualifiers: about, nearly, more than before a number; or more, plus, or so behind it."""

from __future__ import annotations

from collections.abc import Callable

from tallyroom.model.quantity import Bound
from tallyroom.quantities.affixes import Ends, Starts
from tallyroom.quantities.around import word_before
from tallyroom.quantities.pieces import Piece
from tallyroom.quantities.words import NumberWords

_RATIOS = ("%", "percent", "per cent", "points", "pct", "times")
_CLOSE = frozenset({"or so", "odd", "-odd", "+", "plus", "-plus"})


class EnglishQualifiers:
    """The qualifiers of a list of words, and where these words mean something else."""

    def __init__(self, words: NumberWords, begins_number: Callable[[str, int], object]) -> None:
        self._after = Starts(words.bounds("after"))
        self._before = Ends(words.bounds("before"))
        self._not_before = {word: frozenset(others) for word, others in words.groups("not_before").items()}
        self._comparing = frozenset(words.words("comparing"))
        self._begins_number = begins_number

    def before(self, text: str, place: int, *, bare_scale: bool = False) -> tuple[int, Bound] | None:
        """Return where the qualifier that ends at `place` begins and its bound; None if there is none."""
        at = place
        while at and text[at - 1] == " ":
            at -= 1
        found = self._before.at(text, at)
        if found is None:
            return None
        start = found[0]
        word = text[start:at]
        if word in self._comparing and _compares(text, start):
            return None
        barred = self._not_before.get(word)
        return None if barred and word_before(text, start) in barred else found

    def behind(self, text: str, piece: Piece) -> tuple[int, Bound] | None:
        """Return where the qualifier behind the figure ends and its bound; None if there is none."""
        found = self._after.at(text, piece.end)
        if found is None and text[piece.end : piece.end + 1] == " ":
            found = self._after.at(text, piece.end + 1)
        return None if found is None or self._is_next(text, piece.end, found[0]) else found

    def _is_next(self, text: str, end: int, stop: int) -> bool:
        """Tell whether the words belong to the next number: "500 kg and over 20 suspects"."""
        rest = text[stop : stop + 2].lstrip()
        if rest and (rest[0].isdigit() or rest[0] in "$£€"):
            return True
        return text[end:stop].strip() not in _CLOSE and self._begins_number(text, stop + 1) is not None


def _compares(text: str, start: int) -> bool:
    """14% fewer than 2,000 and 12 more than 300 compare; they do not bound the number behind them."""
    before = text[max(0, start - 12) : start].rstrip()
    return before.endswith(_RATIOS) or before[-1:].isdigit()
