"""Numbers in Chinese text: where they stand, and which runs of numeral characters are none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from tallyroom.codebook.model import UnitEntry
from tallyroom.quantities.affixes import is_latin
from tallyroom.quantities.amounts import LONGEST
from tallyroom.quantities.currency import Currencies
from tallyroom.quantities.numerals_zh import ChineseNumerals, Run
from tallyroom.quantities.pieces import Piece
from tallyroom.quantities.qualifiers_zh import PHYSICAL, ChineseQualifiers
from tallyroom.quantities.tails_zh import ChineseTails
from tallyroom.quantities.units import Local, UnitTable
from tallyroom.quantities.words import NumberWords

# 1-苯基, 3,4-亚甲: places in a molecule. The bracket opens the name of a substituent.
_LOCANT = re.compile(r"(?:,\d{1,3}){0,12}'*-(?=[a-z\u4e00-\u9fff(])")
_WORD_REST = re.compile(r"[a-z0-9]*")
_VERSION = re.compile(r"[\d.]*")
_NETWORK = re.compile(r"[2-7]g(?!\s?[a-z])")
_Search = Callable[[str, int], "re.Match[str] | None"]
_WEAK = frozenset({"digit", "pair", "row", "round"})


class ChineseGrammar:
    """Finds the numbers of a Chinese text as pieces; compiled once from words and units."""

    def __init__(self, words: NumberWords, units: Sequence[UnitEntry], local: Local, *, bare: bool) -> None:
        self._bare = bare
        self.units = UnitTable(units, "zh", words.words("counters"), words.groups("money"), local)
        self.currencies = Currencies(words, self.units)
        self.qualifiers = ChineseQualifiers(words)
        self.signs = words.words("minus")
        self._numerals = ChineseNumerals(words, bare=bare)
        self._tails = ChineseTails(words, self._numerals, self.units, bare=bare)
        self._half = words.words("half")[0]
        self._ranges, self._range_from = frozenset(words.words("range")), frozenset(words.words("from"))
        self._not_round = frozenset(words.words("not_round_before"))
        self._vague = frozenset(words.words("vague_before"))
        self._one = frozenset(words.words("one_counters"))
        self._taboo = self._index(words.words("not_numbers"))
        self._compile_scans(words)

    def _compile_scans(self, words: NumberWords) -> None:
        """Where a number may begin. A lone digit (一 of 统一) is one only if ranked, or by what stands behind it."""
        han, digits = f"{self._numerals.han_class}{self._half}翻", self._numerals.digit_class
        if self._bare:
            self._scan = self._scan_beyond = re.compile(rf"[0-9{han}]|\.(?=\d)").search
            return
        heads = {
            word[:1]
            for name in ("parts", "point", "tenths", "times", "odd", "range")
            for word in words.words(name)
        }
        heads |= {word[1:2] for word in words.words("all")} | self.units.after.heads
        lone = rf"(?<=[{digits}])(?=[{_class([*heads, *self._numerals.han_class, *' 又/.0123456789'])}])|(?<=第.)"
        self._scan = re.compile(rf"[0-9.{han}](?:(?<=[^.{digits}])|(?<=\.)(?=\d)|{lone})").search
        more = [
            *self._numerals.han_class,
            *han,
            *" '又/",
            *(word[0] for word in self.units.words if self._hides(word)),
        ]
        more += [word[:1] for name in ("parts", "tenths", "times", "odd") for word in words.words(name)]
        written = rf"(?<=[0-9])(?<!\d\d)(?=[0-9.,]{{0,60}}[{_class(more)}])"
        self._scan_beyond = re.compile(
            rf"[0-9.{han}](?:(?<=[^0-9.{digits}])|{written}|(?<=\.)(?<!\d\.)(?=\d)|{lone})"
        ).search

    def _hides(self, unit: str) -> bool:
        """Tell whether a unit holds what would be a number by itself."""
        return any(
            self._numerals.at(unit, place) is not None or unit[place] in f"{self._half}翻"
            for place in range(len(unit))
        )

    def _index(self, taboo: Sequence[str]) -> dict[str, list[tuple[int, int, frozenset[str]]]]:
        """For each numeral character the words that hold it, by where in them it stands and how long they are."""
        found: dict[str, dict[tuple[int, int], set[str]]] = {}
        for word in taboo:
            for place, char in enumerate(word):
                if char in self._numerals.han_class:
                    found.setdefault(char, {}).setdefault((place, len(word)), set()).add(word)
        return {
            char: [(*key, frozenset(words)) for key, words in held.items()] for char, held in found.items()
        }

    def pieces(self, text: str) -> list[Piece]:
        """Return the numbers of `text` in order; none overlaps another."""
        return self._found(text, self._scan)

    def pieces_beyond_digits(self, text: str) -> list[Piece]:
        """Return the numbers of which more is written than digits: 3.5万, 三十; of others only some."""
        return self._found(text, self._scan_beyond)

    def _found(self, text: str, scan: _Search) -> list[Piece]:
        found: list[Piece] = []
        place = 0
        while (match := scan(text, place)) is not None:
            piece, place = self._piece(text, match.start(), found[-1].end if found else -1)
            if piece is not None:
                found.append(piece)
        return found

    def allows_range(self, text: str, low: Piece, high: Piece, joiner: str) -> bool:
        """Tell whether `joiner` makes a range of two neighbours; "从16万至3.5万" is two figures."""
        return joiner in self._ranges and not (low.start and text[low.start - 1] in self._range_from)

    def _piece(self, text: str, start: int, done: int) -> tuple[Piece | None, int]:
        """Return the number that begins at `start`, if any, and where to go on; the last ended at `done`."""
        first = text[start]
        if first == self._half:
            return self._tails.half(text, start, done)
        if first == "翻":
            return self._tails.turned(text, start)
        run = self._numerals.at(text, start)
        if run is None:
            return None, self._numerals.end(text, start) if first.isascii() else start + 1
        end = start + run.length
        if start and text[start - 1] == "第":
            return Piece(start, end, start, end, run.amount, "ordinal"), end
        if first.isascii():
            return self._arabic(text, start, end, run, done)
        return self._han(text, start, end, run)

    # Digits

    def _arabic(self, text: str, start: int, end: int, run: Run, done: int) -> tuple[Piece | None, int]:
        if end - start > LONGEST:
            return None, end
        if not self._bare and (stop := self._name_end(text, start, end, done)) is not None:
            return None, stop
        piece = self._tails.piece(text, start, end, run)
        if piece.unit_start >= 0 or self._bare:
            return piece, piece.end
        if end < len(text) and is_latin(text[end]):
            return None, _end(_WORD_REST, text, end)
        return (None if text[start] == "." and piece.unit is None else piece), piece.end

    def _name_end(self, text: str, start: int, end: int, done: int) -> int | None:
        """Return where the name ends that holds the digits (mh370, 3,4-, 5g); None if they are free."""
        before = text[start - 1] if start else " "
        if is_latin(before) and self.currencies.before(text, start) is None:
            return end
        if before == "-" and start - 1 != done and start > 1 and is_latin(text[start - 2]):
            return end
        after = text[end : end + 1]
        if after in (",", "-", "'") and (locant := _LOCANT.match(text, end)) is not None:
            return locant.end()
        if after == "." and text[end + 1 : end + 2].isdigit():
            return _end(_VERSION, text, end)
        return end + 1 if after == "g" and _NETWORK.match(text, start) is not None else None

    # Characters

    def _han(self, text: str, start: int, end: int, run: Run) -> tuple[Piece | None, int]:
        if self._is_vague(text, start, end):
            return None, end
        if self._is_taboo(text, start, end) and self._tails.parts(text, end) is None:
            return None, end
        piece = self._tails.piece(text, start, end, run)
        if self._bare:
            return (None if _is_nothing(text[start:end], run, piece) else piece), piece.end
        return (piece, piece.end) if self._is_number(text, piece, run) else (None, end)

    def _is_number(self, text: str, piece: Piece, run: Run) -> bool:
        """Tell whether a run of characters states a number: short ones only beside something that counts."""
        start, end = piece.core, piece.core + run.length
        counted = piece.unit_start >= 0
        if run.amount.upper is not None or run.kind == "pair":
            return counted and text[end] != "期"  # 十四五期间: the fourteenth five-year plan
        if run.kind not in _WEAK and run.length > 1:
            return True
        if run.kind == "round":
            return self._is_round(text, start, end, piece)
        if run.kind == "row":
            return counted or run.length >= 4 or (run.length == 3 and "〇" in text[start:end])
        if text[start] in "一壹" and counted:
            return self._is_one(text, piece)
        return counted or self._ranges_on(text, end)

    def _is_one(self, text: str, piece: Piece) -> bool:
        """一 counts before a counter and few other words (一年), never before a doubled one (一处处)."""
        counter = text[piece.unit_start : piece.end]
        if piece.form == "number" and text.startswith(counter, piece.end):
            return False
        return piece.unit is not None or piece.form != "number" or counter in self._one

    def _is_round(self, text: str, start: int, end: int, piece: Piece) -> bool:
        """百, 千, 万, 亿 need a qualifier (近百, 超千人) or 余 (百余名), 百万 a measure at least."""
        counted = piece.unit_start >= 0
        if piece.form != "number" and counted:
            return True
        if text[end : end + 1] in self._not_round or text[piece.end : piece.end + 1] in self._not_round:
            return False
        if (piece.odd and counted) or self.qualifiers.before(text, start, bare_scale=True) is not None:
            return True
        return end - start > 1 and counted and piece.unit is not None and piece.unit.measure in PHYSICAL

    def _ranges_on(self, text: str, end: int) -> bool:
        """三至五名: a digit before a word of ranges and a number that is counted."""
        for width in (1, 2):
            place = end + width
            if text[end:place] in self._ranges and (run := self._numerals.at(text, place)) is not None:
                return self._tails.piece(text, place, place + run.length, run).unit_start >= 0
        return False

    def _is_vague(self, text: str, start: int, end: int) -> bool:
        """数十, 几百万: a scale that only a vague word multiplies."""
        if not start or text[start - 1] not in self._vague or text[max(0, start - 2) : start] == "总数":
            return False
        return all(char in self._numerals.scale_class for char in text[start:end])

    def _is_taboo(self, text: str, start: int, end: int) -> bool:
        """统一, 百日行动: the run lies inside a word that states no number."""
        for place, length, words in self._taboo.get(text[start], ()):
            begin = start - place
            if begin >= 0 and begin + length >= end and text[begin : begin + length] in words:
                return True
        return False


def _class(chars: Iterable[str]) -> str:
    """The inside of a character class."""
    return re.escape("".join(sorted(set(chars))))


def _is_nothing(text: str, run: Run, piece: Piece) -> bool:
    """Among bare numbers a lone 万 or 百 and 两两 are none."""
    if piece.form != "number":
        return False
    return (run.kind == "round" and (run.length == 1 or not text.strip("万亿"))) or (
        run.kind == "row" and "两" in text
    )


def _end(pattern: re.Pattern[str], text: str, place: int) -> int:
    match = pattern.match(text, place)
    return match.end() if match else place
