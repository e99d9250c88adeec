"""Numbers in English text, in digits or in words, with scales, units, fractions and multiples of English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from tallyroom.codebook.model import UnitEntry
from tallyroom.quantities.affixes import Ends, Starts, any_of, flat
from tallyroom.quantities.amounts import ARABIC, LONGEST, ONE, TEN, Amount, amount, arabic, multiplied
from tallyroom.quantities.currency import Currencies
from tallyroom.quantities.numerals_en import Numerals, Run
from tallyroom.quantities.pieces import Piece
from tallyroom.quantities.units import PERCENT, Local, UnitTable
from tallyroom.quantities.words import NumberWords
from tallyroom.quantities.zh import share_of

_VULGAR = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5), "⅘": (4, 5),
           "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8), "⅑": (1, 9), "⅒": (1, 10)}  # fmt: skip
# 1-phenyl, 3,4-methylene, 24-hour, 52-year-old: the number belongs to the word behind the hyphen.
_LOCANT = re.compile(r"(?:,\d{1,3}){0,12}'*-(?=[a-z(])")
_WORD_REST = re.compile(r"[a-z0-9]*")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)(?![a-z0-9])")
_SLASHED = re.compile(r"/(\d{1,3})(?![\d/]|\.\d)")
_MIXED = re.compile(r" {1,2}(\d{1,2})/(\d{1,2})(?![\d/]|\.\d)")
_FINE = Decimal("1e-9")
_COMMA_DECIMAL = re.compile(r",(\d{1,2})(?![\d,])")
_OUT_OF = re.compile(r" (?:out of(?: every)?|in(?: every)?) (?=[a-z0-9])")
_WORD_BEFORE = re.compile(r"([a-z'’]+)[ -]*$")
_WORD_AFTER = re.compile(r"[ ]*([a-z'’]+)")
_VERSION = re.compile(r"[\d.]*")
_YEARS = range(1900, 2101)
_NETWORK = re.compile(r"[2-7]g(?! ?(?:of|and|or|,|\)))")


class EnglishGrammar:
    """Finds the numbers of an English text as pieces; compiled once from words and units."""

    def __init__(self, words: NumberWords, units: Sequence[UnitEntry], local: Local, *, bare: bool) -> None:
        self._bare = bare
        self.numerals = Numerals(words, bare=bare)
        heads, scales = any_of(self.numerals.heads), any_of(self.numerals.scale_words)
        parts = any_of(self.numerals.part_words)
        gap = r"(?: {0,3}- {0,3}| {1,3})"
        # The words of a numeral may be joined by blanks, hyphens, and, of, point; what is well formed is told later.
        digits = r"|\d+(?:\.\d+)?(?![\d,])" if bare else ""
        more = rf"(?:{gap}(?:(?:and|of|point){gap})?(?:an?{gap})?(?:{heads}{digits})(?![a-z]))"
        article = rf"(?:an? {{1,3}}(?=(?:{scales}|{parts})(?![a-z])))"
        spoken = rf"{article}?(?:{heads})(?![a-z]){more}{{0,14}}"
        lead = rf"(?:{ARABIC})(?:(?: {{1,3}}|-)(?:{scales})(?![a-z]){more}{{0,8}}| and an? (?:half|quarter)(?![a-z]){more}{{0,2}})?"
        self._scan = re.compile(rf"[0-9{''.join(_VULGAR)}]|\.(?=\d)|(?<![a-z0-9_'])(?:{article}|(?:{heads})(?![a-z]))").search
        self._spoken = re.compile(rf"{lead}|(?<![a-z0-9_']){spoken}").match
        self.units = UnitTable(units, "en", (), words.groups("money"), local)
        self.currencies = Currencies(words, self.units)
        self.before = Ends(flat(words.groups("before")))
        self.after = Starts(flat(words.groups("after")))
        self.not_before = {word: frozenset(others) for word, others in words.groups("not_before").items()}
        self._comparing = frozenset(words.words("comparing"))
        self.ranges = frozenset(words.words("range"))
        self._between, self._from = words.words("between"), frozenset(words.words("from"))
        self._from_ratio = frozenset(words.words("from_unless_ratio"))
        self._not_numbers = words.words("not_numbers")
        self._short = {word: Decimal(worth) for word, worth in words.worths("short_scales").items()}
        self._always, self._money_scale = frozenset(words.words("always_scale")), frozenset(words.words("money_scale"))
        self._tight, self._bare_scale = frozenset(words.words("tight_scale")), frozenset(words.words("bare_scale"))
        self._not_metres = frozenset(words.words("not_metres"))
        self._one_not_after, self._one_not_before = frozenset(words.words("one_not_after")), frozenset(words.words("one_not_before"))
        self._fraction_after, self._fraction_before = frozenset(words.words("fraction_after")), frozenset(words.words("fraction_before"))
        self._half_after = self._fraction_after | {"the", "its", "their", "his", "her", "all", "those", "these", "that", "our"}
        self._not_half = frozenset(words.words("not_half_after"))
        self._not_multiple = frozenset(words.words("not_multiple_before"))
        self._times_after = frozenset(words.words("times_after"))
        self._months = frozenset(words.words("months"))
        self.signs = words.words("minus")
        self._money_cues = words.words("money_cues")

    def pieces(self, text: str) -> list[Piece]:
        """Return the numbers of `text` in order; none overlaps another."""
        found: list[Piece] = []
        place, scan = 0, self._scan
        while (match := scan(text, place)) is not None:
            piece, place = self._piece(text, match.start())
            if piece is not None:
                found.append(piece)
        return found

    def _piece(self, text: str, start: int) -> tuple[Piece | None, int]:
        if text[start] in _VULGAR:
            return self._vulgar_piece(text, start)
        match = self._spoken(text, start)
        if match is None:
            return None, start + 1
        phrase = match.group()
        if phrase[0] in "0123456789.":
            return self._digits(text, match)
        run = self.numerals.read(phrase)
        if run is None:
            return None, start + len(re.match(r"[a-z]+", phrase).group())  # type: ignore[union-attr]
        return self._spelled(text, start, run)

    # Words

    def _spelled(self, text: str, start: int, run: Run) -> tuple[Piece | None, int]:
        end = start + run.length
        piece = Piece(start, end, start, end, run.amount)
        if run.kind in ("ordinal", "multiple"):
            piece.form = run.kind  # type: ignore[assignment]
            if run.kind == "multiple" and self._next(text, end, hyphen=True) in self._not_multiple:
                return None, end
            return piece, end
        if run.kind in ("half", "part", "fraction"):
            return self._fraction(text, piece, run)
        if text.startswith(self._not_numbers, start) or text[start:end] == "one" and self._is_pronoun(text, start, end):
            return None, end
        if (whole := self._out_of(text, piece)) is not None:
            return whole, whole.end
        self._tail(text, piece)
        if piece.unit is None and self._is_compound(text, end) and not self._bare and piece.form == "number" and piece.end == end:
            return None, end
        return piece, piece.end

    def _fraction(self, text: str, piece: Piece, run: Run) -> tuple[Piece | None, int]:
        piece.form, piece.unit = "fraction", PERCENT
        if run.kind == "fraction" or self._bare:
            return piece, piece.end
        before, after = self._previous(text, piece.start), self._next(text, piece.end)
        if run.kind == "half":
            measure = self._half_measure(text, piece)
            if measure is not None:
                return measure, measure.end
            good = before not in self._not_half and (after in self._half_after or (before in self._fraction_before and after == ""))
            return (piece if good and text[piece.end : piece.end + 1] != "-" else None), piece.end
        is_quarter = text.startswith("quarter", piece.end - 7)
        if before in self._fraction_before or (after == "of" if is_quarter else after in self._fraction_after or after == ""):
            return piece, piece.end
        return self._ordinal_of(text, piece)

    def _ordinal_of(self, text: str, piece: Piece) -> tuple[Piece | None, int]:
        """A third suspect: an ordinal after an article. A quarter without its whole is a stretch of time."""
        word = text[piece.start : piece.end].split()[-1]
        run = self.numerals.read(word)
        if run is None or run.kind != "ordinal":
            return None, piece.end
        start = piece.end - len(word)
        return Piece(start, piece.end, start, piece.end, run.amount, "ordinal"), piece.end

    def _half_measure(self, text: str, piece: Piece) -> Piece | None:
        """Half a kilo, half a ton."""
        match = re.compile(r" an? ").match(text, piece.end)
        found = self.units.after.at(text, match.end()) if match else None
        if match is None or found is None or found[1] is None or found[1].measure not in ("mass", "volume", "land"):
            return None
        half = amount(Decimal("0.5"), Decimal("0.5"), pointed=True)._replace(nonzero=Decimal("0.5"))
        return Piece(piece.start, found[0], piece.start, piece.end, half, unit=found[1], unit_start=match.end())

    def _is_pronoun(self, text: str, start: int, end: int) -> bool:
        after = self._next(text, end)
        if self._bare:
            return self._previous(text, start) in ("the", "this", "that", "which")
        if text[end : end + 1] == "-" and after not in self.units.words:
            return True
        if after in self._one_not_before or text.startswith("'s", end):
            return True
        return self._previous(text, start) in self._one_not_after

    def _is_compound(self, text: str, end: int) -> bool:
        """Two-day, five-year: the number belongs to the word behind the hyphen."""
        return text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha()

    def _out_of(self, text: str, piece: Piece) -> Piece | None:
        """One in five, nine out of ten: a fraction, where a small number is set against a round or spelled one."""
        match = _OUT_OF.match(text, piece.end)
        if match is None or piece.amount.scaled:
            return None
        if " in" in match.group() and (piece.amount.value != ONE or text[match.end()].isdigit()) and "every" not in match.group():
            return None
        following = self._spoken(text, match.end())
        run = following and self.numerals.read(following.group())
        if not following or not run or run.kind not in ("words", "arabic") or not piece.amount.value < run.amount.value <= 1000:
            return None
        end = following.start() + run.length
        if self.units.after.at(text, end + 1) is not None and text[end : end + 1] == " ":
            return None
        found = share_of(piece.amount.value, run.amount.value)
        return Piece(piece.start, end, piece.start, end, found, "fraction", PERCENT, end)

    # Digits

    def _digits(self, text: str, match: re.Match[str]) -> tuple[Piece | None, int]:
        start = match.start()
        run = self.numerals.read(match.group())
        if run is None:
            return None, start + len(re.match(r"[\d,. ']*\d", text[start:]).group())  # type: ignore[union-attr]
        end = start + run.length
        digits = _digits_end(match.group())
        if " " in match.group()[:digits] and run.length == digits and not self._is_grouped(text, start, end):
            run, end = self._first_group(match.group(), start)
        if end - start > LONGEST + 40:
            return None, end
        stop = self._name_end(text, start, end)
        if stop is not None:
            return None, stop
        return self._counted(text, start, end, run)

    def _first_group(self, phrase: str, start: int) -> tuple[Run, int]:
        first = phrase[: phrase.index(" ")]
        found = arabic(first)
        assert found is not None
        return Run(found, len(first), "arabic"), start + len(first)

    def _is_grouped(self, text: str, start: int, end: int) -> bool:
        """1 200 kg: blanks group digits where words follow, but not behind a month (March 5 200 officers)."""
        if self._bare:
            return True
        if self.currencies.before(text, start) is not None:
            return True
        return self._previous(text, start) not in self._months and re.match(r" ?[a-z%]", text[end : end + 2]) is not None

    def _name_end(self, text: str, start: int, end: int) -> int | None:
        """Return where the name or number of something ends that these digits belong to, None for a plain number."""
        if self._bare:
            return None
        before = text[start - 1] if start else " "
        if (before.isalpha() or before == "_") and self.currencies.before(text, start) is None:
            return _WORD_REST.match(text, end).end()  # type: ignore[union-attr]
        if before == "-" and start > 1 and text[start - 2].isalpha():
            return _WORD_REST.match(text, end).end()  # type: ignore[union-attr]
        if before == "." and start > 1 and text[start - 2].isalnum() and not text[start - 2 : start - 1].isalpha():
            return end
        if text[end : end + 1] == "." and text[end + 1 : end + 2].isdigit():
            return _VERSION.match(text, end).end()  # type: ignore[union-attr]
        return None

    def _counted(self, text: str, start: int, end: int, run: Run) -> tuple[Piece | None, int]:
        piece = Piece(start, end, start, end, run.amount)
        if (suffix := _ORDINAL.match(text, end)) is not None and run.amount.step == 1:
            piece.form, piece.end = "ordinal", suffix.end()
            return piece, piece.end
        self._vulgar_more(text, piece)
        self._mixed(text, piece)
        if (parted := self._slashed(text, piece)) is not None:
            return parted, parted.end
        if (whole := self._out_of(text, piece)) is not None:
            return whole, whole.end
        self._comma_decimal(text, piece)
        self._tail(text, piece)
        return self._unglued(text, piece)

    def _mixed(self, text: str, piece: Piece) -> None:
        """1 1/2: a whole number and a fraction of one."""
        match = _MIXED.match(text, piece.end)
        if match is None or piece.amount.step != 1 or not 0 < int(match.group(2)) or (
            not self._bare and int(match.group(1)) >= int(match.group(2))
        ):
            return
        value = Decimal(match.group(1)) / Decimal(match.group(2))
        piece.amount = amount(piece.amount.value + value.quantize(_FINE), value, pointed=True)._replace(nonzero=value)
        piece.end = piece.core_end = match.end()

    def _unglued(self, text: str, piece: Piece) -> tuple[Piece | None, int]:
        """Drop digits that a word is glued to (24h, 9mm, 1990s) or hyphened to (24-hour, 1-phenyl)."""
        end = piece.end
        if self._bare or piece.unit is not None and piece.unit_start >= 0 or piece.form != "number":
            return piece, end
        after = text[end : end + 1]
        if after.isalpha() and end == piece.core_end or (after.isalpha() and text[end - 1].isalpha()):
            return None, _WORD_REST.match(text, end).end()  # type: ignore[union-attr]
        locant = _LOCANT.match(text, end)
        if locant is not None and self.after.at(text, end) is None:
            return None, locant.end()
        if text[piece.core] == "." and piece.unit is None:
            return None, end
        return piece, end

    def _comma_decimal(self, text: str, piece: Piece) -> None:
        """1,5 tonnes: a comma is a decimal point where one or two digits and then a unit or a scale follow."""
        match = _COMMA_DECIMAL.match(text, piece.end)
        if match is None or piece.amount.pointed or piece.amount.step != 1 or "," in text[max(0, piece.start - 1) : piece.end]:
            return
        trial = Piece(piece.start, match.end(), piece.core, match.end(), piece.amount)
        self._tail(text, trial)
        if trial.unit is None and trial.end == match.end() and not self._bare:
            return
        value = Decimal(f"{piece.amount.value}.{match.group(1)}")
        piece.amount = amount(value, ONE.scaleb(-len(match.group(1))), pointed=True)
        piece.end = piece.core_end = match.end()

    def _slashed(self, text: str, piece: Piece) -> Piece | None:
        """1/3 of, 1 1/2 kg: a fraction only before `of`, behind a qualifier, or after a whole number."""
        match = _SLASHED.match(text, piece.end)
        if match is None or piece.amount.pointed or (piece.start and text[piece.start - 1] == "/"):
            return None
        part, whole = piece.amount.value, Decimal(match.group(1))
        if not whole or (not self._bare and (part >= whole or whole > 100)):
            return None
        after = self._next(text, match.end())
        if self._bare or after == "of" or self._previous(text, piece.start) in self._fraction_before:
            return Piece(piece.start, match.end(), piece.start, match.end(), share_of(part, whole), "fraction", PERCENT, match.end())
        return None

    def _vulgar_more(self, text: str, piece: Piece) -> None:
        """2½, 1 ½."""
        at = piece.end + (text[piece.end : piece.end + 1] == " ")
        char = text[at : at + 1]
        if char and char in _VULGAR:
            part, whole = _VULGAR[char]
            value = Decimal(part) / whole
            piece.amount = amount(piece.amount.value + value, value, pointed=True)._replace(nonzero=value)
            piece.end = piece.core_end = at + 1

    def _vulgar_piece(self, text: str, start: int) -> tuple[Piece | None, int]:
        part, whole = _VULGAR[text[start]]
        end = start + 1
        value = Decimal(part) / whole
        piece = Piece(start, end, start, end, amount(value, value, pointed=True)._replace(nonzero=value))
        self._tail(text, piece)
        if piece.unit is not None or piece.end > end:
            return piece, piece.end
        piece.form, piece.unit, piece.amount = "fraction", PERCENT, share_of(Decimal(part), Decimal(whole))
        return piece, end

    # What follows

    def _tail(self, text: str, piece: Piece) -> None:
        """Take in a scale (million, bn, k), then a unit, `-fold` or `times`."""
        self._short_scale(text, piece)
        if self._times(text, piece):
            return
        place = piece.end
        char = text[place : place + 1]
        at = place + 1 if char in (" ", "-") and char else place
        found = self.units.after.at(text, at)
        if found is None and char == " " and text[place + 1 : place + 2] == " ":
            found = self.units.after.at(text, at := place + 2)
        if found is None or found[1] is None:
            return
        if at == place + 1 and char == "-" and found[1].measure == "money" and found[1].code.lower() not in text[at : found[0]]:
            pass
        end, unit = found
        word = text[at:end]
        if self.currencies.is_timid(word) or (word == "g" and _NETWORK.match(text, piece.core) and at == place):
            return
        if unit.measure == "mass" and word in ("pound", "pounds") and self._is_money(text, piece, end):
            unit = self.units.words.get("£", unit)
        piece.unit, piece.unit_start, piece.end = unit, at, end
        if unit.measure in ("percent", "point"):
            piece.form = "percent" if unit.measure == "percent" else "point"

    def _is_money(self, text: str, piece: Piece, end: int) -> bool:
        """Pounds are money right after a word of worth and where no `of` follows."""
        if text.startswith(" of", end):
            return False
        before = text[max(0, piece.start - 32) : piece.start]
        return any(re.search(rf"\b{cue}[a-z ]{{0,14}}$", before) for cue in self._money_cues)

    def _times(self, text: str, piece: Piece) -> bool:
        end = piece.end
        fold = re.compile(r"[- ]?fold(?![a-z])").match(text, end)
        if fold is not None:
            piece.form, piece.unit_start, piece.end = "multiple", end, fold.end()
            return True
        times = re.compile(r"[ -]times(?![a-z])").match(text, end)
        if times is not None and (piece.amount.pointed or self._next(text, times.end()) in self._times_after):
            piece.form, piece.unit_start, piece.end = "multiple", end + 1, times.end()
            return True
        return False

    def _short_scale(self, text: str, piece: Piece) -> None:
        place = piece.end
        if not text[place - 1].isdigit() or piece.amount.multiplier != ONE:
            return
        at = place + 1 if text[place : place + 1] == " " else place
        match = _WORD_REST.match(text, at)
        word = match.group() if match else ""
        if word not in self._short or not self._is_scale(text, piece, word, tight=at == place):
            return
        piece.amount = multiplied(piece.amount, self._short[word])
        piece.end = piece.core_end = at + len(word)

    def _is_scale(self, text: str, piece: Piece, word: str, *, tight: bool) -> bool:
        if word in self._always or (self._bare and word in self._bare_scale):
            return True
        if word in self._money_scale and self.currencies.before(text, piece.start) is not None:
            return True
        if not tight or word not in self._tight:
            return False
        after = self._next(text, piece.end + len(word))
        return word != "m" or (after != "" and after not in self._not_metres)

    # Words around

    def _next(self, text: str, end: int, *, hyphen: bool = False) -> str:
        if hyphen and text[end : end + 1] == "-":
            end += 1
        match = _WORD_AFTER.match(text, end)
        return match.group(1) if match else ""

    def _previous(self, text: str, start: int) -> str:
        match = _WORD_BEFORE.search(text[max(0, start - 20) : start])
        return match.group(1) if match else ""

    def qualifier_before(self, text: str, place: int, *, bare_scale: bool = False) -> tuple[int, str] | None:
        """Return where the qualifier that ends at `place` begins and its bound."""
        at = place
        while at and text[at - 1] == " ":
            at -= 1
        found = self.before.at(text, at)
        if found is None:
            return None
        start, bound = found
        word = text[start:at]
        if word in self._comparing and self._compares(text, start):
            return None
        barred = self.not_before.get(word)
        if barred and self._previous(text, start) in barred:
            return None
        return start, bound

    def _compares(self, text: str, start: int) -> bool:
        """14% fewer than 2,000 and 12 more than 300 compare; they do not bound the number behind them."""
        before = text[max(0, start - 12) : start].rstrip()
        return before.endswith(("%", "percent", "per cent", "points", "pct", "times")) or before[-1:].isdigit()

    def blocks_after(self, text: str, end: int, stop: int, piece: Piece) -> bool:
        """Tell whether a word behind the number is no qualifier of it: "500 kg and over 20 suspects"."""
        rest = text[stop : stop + 2].lstrip()
        if rest[:1].isdigit() or rest[:1] in "$£€" and rest:
            return True
        following = self._spoken(text, stop + 1)
        return following is not None and text[end:stop].strip() not in ("or so", "odd", "-odd", "+")

    def allows_range(self, text: str, low: Piece, high: Piece, joiner: str) -> bool:
        """Tell whether `joiner` makes a range of two neighbours: "between 5 and 6" does, "from 5 to 6" does not."""
        before = self._previous(text, low.start)
        if joiner == "and":
            return before in self._between
        if joiner in ("to", "through", "till", "until"):
            if before in self._from_ratio and high.form not in ("percent", "point"):
                return False
            return before not in self._from and high.amount.value <= low.amount.value * TEN * high.amount.multiplier
        if joiner == "or":
            return low.unit is None and high.amount.value <= low.amount.value * TEN
        return (joiner != "-" or _is_digits(text, high)) and not (_is_year(low) and _is_year(high))


def _digits_end(phrase: str) -> int:
    match = re.match(rf"{ARABIC}", phrase)
    return match.end() if match else 0


def _is_digits(text: str, piece: Piece) -> bool:
    return text[piece.core] in "0123456789."


def _is_year(piece: Piece) -> bool:
    value: Amount = piece.amount
    return piece.unit is None and value.step == 1 and int(value.value) in _YEARS and piece.end - piece.start == 4
