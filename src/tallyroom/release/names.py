"""Names of places, operations, agencies and substances in the language of an edition, as the codebook has them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence

from tallyroom.codebook import Codebook
from tallyroom.codebook.problems import nearest
from tallyroom.release.problems import NameUnknown
from tallyroom.release.wording import Wording

_ASIDE = re.compile(r"\s*[（(][^（()）]*[)）]$")
_KEEPS_CASE = re.compile(r"[A-Z0-9].*[A-Z0-9]|^[A-Z][a-z]+ (?:Triangle|Crescent)")
_KINDS = re.compile(r"(?:action|campaign|operation|行动|战役|整治|斗争)$", re.IGNORECASE)
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


class Names:
    """Looks names up for one language; every one that the codebook lacks is an error."""

    def __init__(self, codebook: Codebook, wording: Wording) -> None:
        self._book, self._wording, self._lang = codebook, wording, wording.lang

    def area(self, code: str) -> str:
        """Return the name of an area; one below the first level is named as it is written."""
        entry = self._book.lists["areas"].get(code)
        if entry is not None:
            return entry.label[self._lang]
        if re.fullmatch(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", code):
            raise self._unknown("area", code, self._book.lists["areas"])
        return code

    def areas(self, codes: Sequence[str]) -> str:
        """Return several areas as a list in prose."""
        return self.listed([self.area(code) for code in codes])

    def nation(self, country: str, agency: str | None) -> str:
        """Return the words for a whole country: those for the agency's own offices in it where it has any."""
        words = self._wording.nouns["nation"]
        known = words.get(agency or "") or words.get(country) or words["other"]
        return known.format(country=self.area(country))

    def unit(self, code: str) -> str:
        """Return the name of a reporting unit: that of its area where its code is one, else its code."""
        entry = self._book.lists["areas"].get(code)
        return entry.label[self._lang] if entry else code

    def listed(self, names: Sequence[str]) -> str:
        """Join names as prose does: `云南、广西`, `Yunnan, Guangxi and Hunan`."""
        words = self._wording.words
        comma = words["and"] if self._lang == "zh" else words["comma"]
        *rest, last = names
        return f"{comma.join(rest)}{words['and']}{last}" if rest else last

    def operation(self, code: str) -> str:
        """Return the name of a campaign or operation, without what its label says in brackets."""
        entry = self._book.operations.get(code)
        if entry is None:
            raise self._unknown("operation", code, self._book.operations)
        return _ASIDE.sub("", entry.label[self._lang])

    def operation_in_prose(self, code: str) -> str:
        """Return the name as it stands in a sentence: `the Hundred Days Action`, `the "Clean Border" operation`."""
        name = self.operation(code)
        if self._lang == "zh":
            return name if _KINDS.search(name.strip("”")) else f"{name}行动"
        return f"the {name}" if _KINDS.search(name) else f'the "{name}" operation'

    def agency(self, code: str) -> str:
        """Return the name of an agency."""
        entry = self._book.agencies.get(code)
        if entry is None:
            raise self._unknown("agency", code, self._book.agencies)
        return entry.label[self._lang]

    def indicator(self, code: str) -> str:
        """Return the name of an indicator."""
        entry = self._book.indicators.get(code)
        if entry is None:
            raise self._unknown("indicator", code, self._book.indicators)
        return entry.label[self._lang]

    def noun(self, dimension: str, value: str) -> str | None:
        """Return the word for a value of a dimension in running text, None where there is none."""
        word = self._wording.nouns.get(dimension, {}).get(value)
        if word is not None or dimension != "substance":
            return word
        entry = self._book.lists["substances"].get(value)
        if entry is None:
            raise self._unknown("substance", value, self._book.lists["substances"])
        name = _ASIDE.sub("", entry.label[self._lang])
        return name if self._lang == "zh" or _KEEPS_CASE.search(name) else name[:1].lower() + name[1:]

    def day(self, day: datetime.date, year: bool = True) -> str:
        """Return a day: `2022年7月31日`, `31 July 2022`."""
        if self._lang == "zh":
            return f"{day.year}年{day.month}月{day.day}日" if year else f"{day.month}月{day.day}日"
        return f"{day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")

    def period(self, period: str | None) -> str:
        """Return a period in words: `2022年6月25日至7月31日`, `between 25 June and 31 July 2022`; "" for none."""
        if period is None:
            return ""
        first, last = (datetime.date.fromisoformat(day) for day in period.split("/"))
        words, one_year = self._wording.words, first.year == last.year
        if first == last:
            return words["as_of"].format(end=self.day(last))
        start = self.day(first, year=self._lang == "zh" or not one_year)
        return words["between"].format(start=start, end=self.day(last, self._lang == "en" or not one_year))

    def _unknown(self, kind: str, code: str, known: Iterable[str]) -> NameUnknown:
        near = nearest(code, known)
        return NameUnknown(
            f"the codebook has no {kind} {code!r}",
            expected=f"a code of `tallyroom codebook list`: {kind}",
            found=code,
            next_step=near or "correct the code, or add it to a codebook",
        )
