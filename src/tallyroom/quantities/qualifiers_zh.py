"""Chinese qualifiers: 约, 近, 超 before a number; 左右, 以上, 多 behind its unit."""

from __future__ import annotations

from tallyroom.model.quantity import Bound
from tallyroom.quantities.affixes import Ends, Starts
from tallyroom.quantities.pieces import Piece
from tallyroom.quantities.words import NumberWords

PHYSICAL = frozenset({"mass", "volume", "land", "money"})


class ChineseQualifiers:
    """The qualifiers of a list of words, and where these words mean something else."""

    def __init__(self, words: NumberWords) -> None:
        self.after = Starts(words.bounds("after"))
        self._before = Ends(words.bounds("before"))
        self._not_before = {word: frozenset(chars) for word, chars in words.groups("not_before").items()}
        self._not_after = {word: frozenset(chars) for word, chars in words.groups("not_after").items()}
        self._only_round = frozenset(words.words("only_round"))
        self._only_measured = frozenset(words.words("only_measured"))

    def before(self, text: str, place: int, *, bare_scale: bool = False) -> tuple[int, Bound] | None:
        """Return where the qualifier that ends at `place` begins and its bound; None if there is none.

        `bare_scale`: a scale without a digit follows; only before it 上 and 过 are qualifiers (上百, 过万).
        """
        at = place
        while at and text[at - 1] in " \"'“‘":
            at -= 1
        found = self._before.at(text, at)
        if found is None:
            return None
        start = found[0]
        word = text[start:at]
        if word in self._only_round and not bare_scale:
            return None
        return None if start and text[start - 1] in self._not_before.get(word, ()) else found

    def behind(self, text: str, piece: Piece) -> tuple[int, Bound] | None:
        """Return where the qualifier behind the figure ends and its bound; None if there is none."""
        found = self.after.at(text, piece.end)
        if found is None and text[piece.end : piece.end + 1] == " ":
            found = self.after.at(text, piece.end + 1)
        return None if found is None or self._is_other(text, found[0], piece) else found

    def _is_other(self, text: str, stop: int, piece: Piece) -> bool:
        """Tell whether the word is no qualifier: 以下简称, 3起多发案件."""
        word = text[piece.end : stop].strip()
        if stop < len(text) and text[stop] in self._not_after.get(word, ()):
            return True
        if word not in self._only_measured:
            return False
        measured = piece.unit is not None and piece.unit.measure in PHYSICAL
        return not (measured or piece.form in ("multiple", "tenths"))
