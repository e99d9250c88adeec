"""Numbers in English text: where they stand, and which digits and words are none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tallyroom.codebook.model import UnitEntry
from tallyroom.quantities.affixes import any_of
from tallyroom.quantities.amounts import ARABIC, LONGEST, TEN, arabic
from tallyroom.quantities.around import word_before, word_behind, word_joined
from tallyroom.quantities.currency import Currencies
from tallyroom.quantities.numerals_en import EnglishNumerals, Run
from tallyroom.quantities.parts_en import VULGAR, EnglishParts
from tallyroom.quantities.pieces import Piece
from tallyroom.quantities.qualifiers_en import EnglishQualifiers
from tallyroom.quantities.tails_en import EnglishTails
from tallyroom.quantities.units import PERCENT, Local, UnitTable
from tallyroom.quantities.words import NumberWords

# 1-phenyl, 3,4-methylene, 24-hour, 52-year-old: the number belongs to the word behind the hyphen.
_HYPHENED = re.compile(r"(?:,\d{1,3}){0,12}'*-(?=[a-z(])")
_WORD_REST = re.compile(r"[a-z0-9]*")
_LETTERS = re.compile(r"[a-z]+")
_VERSION = re.compile(r"[\d.]*")
_REPEATED = re.compile(rf" ?\( ?({ARABIC}) ?\)")
_BY_COUNT = re.compile(r" ?x (?=[a-z0-9])")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)(?![a-z0-9])")
_CLOSED = re.compile(r"\s*(?:$|[,;()]|\.(?!\d))")
_COUNTED = re.compile(r" ?[a-z%]")
_DIGITS = re.compile(ARABIC)
_YEARS = range(1900, 2101)
_RATIOS = ("percent", "point")


class EnglishGrammar:
    """Finds the numbers of an English text as pieces; compiled once from words and units."""

    def __init__(self, words: NumberWords, units: Sequence[UnitEntry], local: Local, *, bare: bool) -> None:
        self._bare = bare
        self.units = UnitTable(units, "en", (), words.groups("money"), local)
        self.currencies = Currencies(words, self.units)
        self._numerals = EnglishNumerals(words, bare=bare)
        self._compile()
        self._tails = EnglishTails(words, self.units, self.currencies, bare=bare)
        self._parts = EnglishParts(words, self._numerals, self.units, self._phrase, bare=bare)
        self.qualifiers = EnglishQualifiers(words, self._phrase)
        self.signs = words.words("minus")
        self._ranges, self._between = frozenset(words.words("range")), frozenset(words.words("between"))
        self._from, self._moves = frozenset(words.words("from")), frozenset(words.words("from_unless_ratio"))
        self._one_not_behind = frozenset(words.words("one_not_after"))
        self._one_not_before = frozenset(words.words("one_not_before"))
        self._not_multiple = frozenset(words.words("not_multiple_before"))
        self._not_numbers = words.words("not_numbers")
        self._months = frozenset(words.words("months"))

    def _compile(self) -> None:
        """Numerals are joined by blanks, hyphens, `and`, `of`, `point`; what is well formed is told later."""
        heads, scales = any_of(self._numerals.heads), any_of(self._numerals.scale_words)
        parts = any_of(self._numerals.part_words)
        gap = r"(?: {0,3}- {0,3}| {1,3})"
        digits = r"|\d+(?:\.\d+)?(?![\d,])" if self._bare else ""
        joined = rf"(?:{gap}(?:(?:and|of|point){gap})?(?:an?{gap})?(?:{heads}{digits})(?![a-z]))"
        article = rf"(?:an? {{1,3}}(?=(?:{scales}|{parts})(?![a-z])))"
        spoken = rf"{article}?(?:{heads})(?![a-z]){joined}{{0,30}}"
        scaled = rf"(?: {{1,3}}|-)(?:{scales})(?![a-z]){joined}{{0,8}}"
        halves = rf" and an? (?:half|quarter)(?![a-z]){joined}{{0,2}}"
        written = rf"(?:{ARABIC})(?:{scaled}|{halves})?"
        first = rf"(?<![a-z0-9_'])(?:{article}|(?:{heads})(?![a-z]))"
        self._scan = re.compile(rf"[0-9{''.join(VULGAR)}]|\.(?=\d)|{first}").search
        self._phrase = re.compile(rf"{written}|(?<![a-z0-9_']){spoken}").match

    def pieces(self, text: str) -> list[Piece]:
        """Return the numbers of `text` in order; none overlaps another."""
        found: list[Piece] = []
        place, scan = 0, self._scan
        while (match := scan(text, place)) is not None:
            piece, place = self._piece(text, match.start(), found[-1].end if found else -1)
            if piece is not None:
                found.append(piece)
        return found

    def pieces_beyond_digits(self, text: str) -> list[Piece]:
        """Return the numbers of which more is written than digits; here that is all of them."""
        return self.pieces(text)

    def allows_range(self, text: str, low: Piece, high: Piece, joiner: str) -> bool:
        """Tell whether `joiner` makes a range: in "between 5 and 6" it does, in "from 5 to 6" it does not."""
        if joiner not in self._ranges:
            return False
        before, near = word_before(text, low.start), high.amount.value <= low.amount.value * TEN
        if joiner == "and":
            return before in self._between
        if joiner == "or":
            return low.unit is None and near
        if joiner.isalpha():
            is_move = before in self._from or (before in self._moves and high.form not in _RATIOS)
            return not is_move and high.amount.value <= low.amount.value * TEN * high.amount.multiplier
        spelled = joiner == "-" and not _starts_with_digit(text, high)
        return not spelled and not (_is_year(low) and _is_year(high))

    def _piece(self, text: str, start: int, done: int) -> tuple[Piece | None, int]:
        """Return the number that begins at `start`, if any, and where to go on; the last ended at `done`."""
        if text[start] in VULGAR:
            return self._vulgar(text, start)
        match = self._phrase(text, start)
        if match is None:
            return None, start + 1
        phrase = match.group()
        run = self._numerals.read(phrase)
        if phrase[0].isalpha():
            return self._spelled(text, start, run) if run else (None, _end(_LETTERS, text, start))
        if run is None or _end(_DIGITS, phrase, 0) > LONGEST:
            return None, start + _end(_DIGITS, phrase, 0)
        return self._digits(text, start, phrase, run, done)

    # Words

    def _spelled(self, text: str, start: int, run: Run) -> tuple[Piece | None, int]:
        end = start + run.length
        piece = Piece(start, end, start, end, run.amount)
        if run.kind in ("half", "part", "fraction"):
            return self._parts.spelled(text, piece, run)
        if run.kind == "ordinal":
            piece.form = "ordinal"
            return piece, end
        if run.kind == "multiple":
            piece.form = "multiple"
            return (None if word_joined(text, end) in self._not_multiple else piece), end
        if text.startswith(self._not_numbers, start) or self._is_pronoun(text, start, end):
            return None, end
        self._take_repeated(text, piece)
        return self._counted(text, piece, is_spelled=True)

    def _counted(self, text: str, piece: Piece, *, is_spelled: bool = False) -> tuple[Piece | None, int]:
        whole = self._parts.out_of(text, piece)
        if whole is not None:
            return whole, whole.end
        self._tails.take(text, piece)
        return self._free(text, piece) if not is_spelled else self._free_word(text, piece)

    def _take_repeated(self, text: str, piece: Piece) -> None:
        """Fifteen (15) suspects, two (2) kilos: the same number again in brackets is part of the first."""
        match = _REPEATED.match(text, piece.end)
        again = arabic(match.group(1)) if match is not None else None
        if match is not None and again is not None and again.value == piece.amount.value:
            piece.end = piece.core_end = match.end()

    def _free_word(self, text: str, piece: Piece) -> tuple[Piece | None, int]:
        """Drop two-day and five-year: the number belongs to the word behind the hyphen."""
        end = piece.end
        is_plain = piece.unit is None and piece.form == "number" and end == piece.core_end and not self._bare
        compound = text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha()
        if is_plain and compound and self.qualifiers.behind(text, piece) is None:
            return None, end
        return piece, end

    def _is_pronoun(self, text: str, start: int, end: int) -> bool:
        if text[start:end] != "one":
            return False
        before, behind = word_before(text, start), word_behind(text, end)
        if self._bare:
            return before in ("the", "this", "that", "which")
        if (
            text[end : end + 1] == "-"
            and text[end + 1 : end + 2].isalpha()
            and behind not in self.units.words
        ):
            return word_joined(text, end) not in self.units.words
        return behind in self._one_not_before or text.startswith("'s", end) or before in self._one_not_behind

    # Digits

    def _digits(self, text: str, start: int, phrase: str, run: Run, done: int) -> tuple[Piece | None, int]:
        end = start + run.length
        if " " in phrase[: run.length] and _end(_DIGITS, phrase, 0) == run.length:
            run, end = self._grouped(text, start, phrase, run)
        if not self._bare and (stop := self._name_end(text, start, end, done)) is not None:
            return None, stop
        piece = Piece(start, end, start, end, run.amount)
        suffix = _ORDINAL.match(text, end)
        if suffix is not None and run.amount.step == 1:
            piece.form, piece.end = "ordinal", suffix.end()
            return piece, piece.end
        self._parts.take_vulgar(text, piece)
        slashed = self._parts.slashed(text, piece)
        if slashed is not None:
            return slashed, slashed.end
        self._tails.take_comma_decimal(text, piece)
        return self._counted(text, piece)

    def _grouped(self, text: str, start: int, phrase: str, run: Run) -> tuple[Run, int]:
        """1 200 kg: blanks group digits before a word or the end, but not behind a month (March 5 200 officers)."""
        end = start + run.length
        if self._bare or self.currencies.before(text, start) is not None:
            return run, end
        if word_before(text, start) not in self._months and (
            _COUNTED.match(text, end) or _CLOSED.match(text, end)
        ):
            return run, end
        first = phrase[: phrase.index(" ")]
        found = arabic(first)
        assert found is not None, "digits before a blank are a number"
        return Run(found, len(first), "arabic"), start + len(first)

    def _name_end(self, text: str, start: int, end: int, done: int) -> int | None:
        """Return where the name ends that holds the digits (a33, covid-19, 1.2.3); None if they are free."""
        before = text[start - 1] if start else " "
        if (before.isalpha() or before == "_") and self.currencies.before(text, start) is None:
            return _end(_WORD_REST, text, end)
        if before == "-" and start - 1 != done and start > 1 and text[start - 2].isalpha():
            return _end(_WORD_REST, text, end)
        if text[end : end + 1] == "." and text[end + 1 : end + 2].isdigit():
            return _end(_VERSION, text, end)
        return None

    def _free(self, text: str, piece: Piece) -> tuple[Piece | None, int]:
        """Drop digits that a word is glued to (24h, 9mm, 1990s) or hyphened to (24-hour), and .38."""
        end = piece.end
        if self._bare or piece.unit_start >= 0 or piece.form != "number":
            return piece, end
        if text[end : end + 1].isalpha():
            return (piece, end) if _BY_COUNT.match(text, end) else (None, _end(_WORD_REST, text, end))
        hyphened = _HYPHENED.match(text, end)
        if hyphened is not None and self.qualifiers.behind(text, piece) is None:
            return None, hyphened.end()
        return (None if text[piece.core] == "." else piece), end

    def _vulgar(self, text: str, start: int) -> tuple[Piece | None, int]:
        piece = self._parts.vulgar(text, start)
        as_share = self._parts.vulgar_share(text, start)
        self._tails.take(text, piece)
        if piece.unit is None and piece.end == start + 1:
            piece.form, piece.unit, piece.amount = "fraction", PERCENT, as_share
        return piece, piece.end


def _starts_with_digit(text: str, piece: Piece) -> bool:
    return text[piece.core] in "0123456789."


def _is_year(piece: Piece) -> bool:
    is_plain = piece.unit is None and piece.amount.step == 1 and piece.end - piece.start == 4
    return is_plain and int(piece.amount.value) in _YEARS


def _end(pattern: re.Pattern[str], text: str, place: int) -> int:
    match = pattern.match(text, place)
    return match.end() if match else place
