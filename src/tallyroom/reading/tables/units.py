"""The unit that a heading gives, in brackets, behind a comma or alone, and how it is written to a number."""

from __future__ import annotations

import re

import msgspec

from tallyroom.model.quantity import Quantity
from tallyroom.quantities import QuantityReader
from tallyroom.reading.tables.words import TableWords, bare

_BRACKETS = re.compile(r"[(\[（【]\s*([^()\[\]（）【】]{1,32})\s*[)\]）】]")
_NAMED = re.compile(
    r"(?:计量|计算|数量)?单位\s*[:：为]?\s*([^\s()（），,。;；]{1,24})"
    r"|\bunits?\s*(?:of measure(?:ment)?)?\s*:\s*(.{1,24})$"
)
_BEHIND = re.compile(r"(?:,|，|/|／|:|：|\s[-–]|\bin)\s*([^,，/／:：()（）]{1,20})$")
_SIGN = re.compile(r"[±+\-/]*\s*([%％‰])")
_FIRST = re.compile(r"^([a-z]{2,12})\s")
"""`Hectares eradicated`, `Tonnes seized`."""
_LAST = re.compile(r"(?<!\bchiang)\s(\S{1,8})$")
"""Chiang Rai is a province, not 0.16 ha."""
_IN = re.compile(r"^(?:in|by|unit:|单位[:：为]?|以|计)\s*|(?:计|为单位)$")
_PARTS = re.compile(r"[、，,;；/／]\s*")
_PHYSICAL = frozenset({"mass", "volume", "land", "money", "percent"})
_SCALE_BEHIND = re.compile(r"^(.{1,6}?)\s*('000s?|000s?|m|mn|bn|b|k|cr)$")


class UnitWords(msgspec.Struct, frozen=True):
    """What stands before and behind a number that counts in a unit: `r` 61.5 ` million`."""

    before: str = ""
    behind: str = ""
    measure: str = "count"
    scaled: bool = False
    """It only multiplies: thousands of whatever is counted."""

    @property
    def is_ratio(self) -> bool:
        return self.measure == "percent"


PERCENT = UnitWords(behind="%", measure="percent")
PER_MILLE = UnitWords(behind="‰", measure="per mille")


class Units:
    """Tells units among the words of headings: what the grammar of numbers reads as one amount is a unit."""

    def __init__(self, words: TableWords, numbers: QuantityReader) -> None:
        self._words, self._numbers = words, numbers
        self._known: dict[str, UnitWords | None] = {}

    def take(self, said: str) -> tuple[UnitWords | None, list[tuple[int, int]]]:
        """Return the unit of a folded heading, and the spans of it that only tell units."""
        whole = self.unit(said)
        if whole is not None:
            return whole, [(0, len(said))]
        for found in (*_BRACKETS.finditer(said), *_NAMED.finditer(said)):
            words = found[1] or found[2] if found.re is _NAMED else found[1]
            unit = self.unit(words)
            if unit is not None:
                return unit, [found.span()]
            if bare(words) in self._words.plain:
                return None, [found.span()]
            scale, _, noun = words.partition(" ")
            if noun and scale in self._words.scales:  # (million tablets): the noun is said
                at = found.start(1) + len(scale)
                return self.unit(scale), [(found.start(), at), (found.end(1), found.end())]
        return self._behind(said)

    def _behind(self, said: str) -> tuple[UnitWords | None, list[tuple[int, int]]]:
        for pattern in (_BEHIND, _LAST, _FIRST):
            found = pattern.search(said)
            unit = self.unit(found[1]) if found else None
            if (
                found
                and unit is not None
                and (unit.measure in _PHYSICAL or (unit.scaled and pattern is _BEHIND))
            ):
                return unit, [found.span()]
        sign = _SIGN.search(said)
        if sign is None:
            return None, []
        return PERCENT if sign[1] != "‰" else PER_MILLE, []

    def several(self, said: str) -> list[UnitWords]:
        """Return the units that a caption gives for the columns in turn: 单位：起、人、公斤. One unit gives []."""
        named = _NAMED.search(said)
        found = [self.unit(part) for part in _PARTS.split(named[1] or named[2])] if named else []
        return [unit for unit in found if unit is not None] if len(found) > 1 and None not in found else []

    def unit(self, words: str) -> UnitWords | None:
        """Return the unit that words are; None where they are none, as 数量 or `number` are."""
        words = _IN.sub("", words.strip(" .")).strip(" .")
        if words not in self._known:
            self._known[words] = self._read(words) if 0 < len(words) <= 32 else None
        return self._known[words]

    def _read(self, words: str) -> UnitWords | None:
        if words in self._words.plain or any(char.isdigit() for char in words.replace("000", "")):
            return None
        if _SIGN.fullmatch(words):
            return PER_MILLE if "‰" in words else PERCENT
        scale = self._words.scales.get(words)
        if scale is not None:
            return UnitWords(behind=self._apart(scale), scaled=True)
        return next(filter(None, map(self._tried, self._ways(words))), None)

    def _ways(self, words: str) -> list[tuple[str, str]]:
        """How a number may be written with these words: behind it, before it, or the currency before it."""
        ways = [("", self._apart(words)), (words + " ", ""), (words, "")]
        joined = _SCALE_BEHIND.fullmatch(words)
        parts = [joined[1], joined[2]] if joined else words.split(" ")
        for cut in range(1, len(parts)):
            first, rest = " ".join(parts[:cut]), " ".join(parts[cut:])
            for unit, scale in ((first, rest), (rest, first), (first, rest.removesuffix("s"))):
                told = self._words.scales.get(scale.removesuffix(" of"))
                if told is not None:
                    times = self._apart(told)
                    ways += [(unit, times), (unit + " ", times), ("", f"{times} {unit}")]
        if self._words.lang == "zh" and len(words) > 1 and words[0] in "千万百亿":
            ways.append(("", words))
        return ways

    def _apart(self, words: str) -> str:
        return words if self._words.lang == "zh" else f" {words}"

    def _tried(self, way: tuple[str, str]) -> UnitWords | None:
        before, behind = way
        written = f"{before}7{behind}"
        found = self._numbers.find(written)
        if len(found) != 1 or (found[0].start, found[0].end) != (0, len(written)):
            return None
        return self._of(found[0], before, behind)

    def _of(self, read: Quantity, before: str, behind: str) -> UnitWords | None:
        if read.unit is None:
            if read.form == "percent":
                return UnitWords(before, behind, "percent")
            return UnitWords(before, behind, scaled=True) if read.value != 7 else None
        return UnitWords(before, behind, read.unit.measure)
