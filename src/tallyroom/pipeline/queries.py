"""Questions in words -> a query: groups, places and periods take in what they contain."""

from __future__ import annotations

import calendar
import datetime
import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from tallyroom.errors import TallyroomError
from tallyroom.model import Observation, Query

if TYPE_CHECKING:
    from tallyroom.codebook import Codebook
    from tallyroom.codebook.model import Code as _Code

Period = tuple[datetime.date, datetime.date]

_LISTS = {
    "indicator": "indicators", "statistic": "statistics", "unit": "units", "qualifier": "qualifiers",
    "area": "areas", "offence": "offences", "substance": "substances", "agency": "agencies",
    "operation_id": "operations", "channel": "channels", "origin": "origins", "role": "roles",
    "novelty": "novelty", "disposition": "dispositions", "site": "sites", "item": "items",
}  # fmt: skip
"""The code list of a field."""
DIMENSIONS = (
    "channel", "origin", "role", "novelty", "disposition", "site", "item", "partner", "size", "scope",
)  # fmt: skip
_GROUPED = frozenset({"area", "offence", "substance", "operation_id"})
"""Fields whose codes contain one another. An agency contains none: two agencies' figures are never merged."""
_FIELDS = tuple(name for name in Observation.__struct_fields__ if name != "breakdown")
_PERIOD = re.compile(
    r"(?P<year>\d{4})(-(?P<month>\d\d)(-(?P<day>\d\d))?|-?(Q(?P<quarter>[1-4])|H(?P<half>[12])))?", re.ASCII
)


class QueryUnfit(TallyroomError):
    """A query has no such field, or a field has no such code."""

    code = "LG111"


def query_of(
    words: Sequence[str] | Mapping[str, str],
    codebook: Codebook,
    holds: Callable[[str, str], bool] | None = None,
) -> Query:
    """Make a query of `name=value` pairs.

    Args:
        words: The pairs; a comma for several values. No pair asks for all. A value is a code or a name that the
            codebook knows, or a name as the record has it; nothing after the sign asks for what is not told.
        codebook: What contains what.
        holds: Tells whether the record has a value of a field that the codebook does not know.

    Raises:
        QueryUnfit: A field or a code is not known; the message names the nearest.
    """
    fields: dict[str, list[str]] = {}
    period = None
    pairs = words.items() if isinstance(words, Mapping) else map(_pair, words)
    reader = Words(codebook, holds or (lambda field, value: False))
    for name, value in pairs:
        if name == "period" and value:
            period = period_of(value)
            continue
        for part in value.split(","):
            field, values = reader.read(name, part.strip())
            fields.setdefault(field, []).extend(values)
    return Query({field: tuple(dict.fromkeys(values)) for field, values in fields.items()}, period)


def period_of(text: str) -> Period:
    """Read a period: `2022`, `2022-07`, `2022-Q3`, `2022-H1`, a day, or the first and last of these by a slash.

    Raises:
        QueryUnfit: It is none.

    Examples:
        >>> [day.isoformat() for day in period_of("2022-Q3")]
        ['2022-07-01', '2022-09-30']
        >>> [day.isoformat() for day in period_of("2022-06-25/2022-07")]
        ['2022-06-25', '2022-07-31']
    """
    first, slash, last = text.partition("/")
    begin, end = _span(first, text), _span(last if slash else first, text)
    if begin[0] > end[1]:
        raise _no_period(text)
    return begin[0], end[1]


def _span(text: str, whole: str) -> Period:
    found = _PERIOD.fullmatch(text.strip())
    if not found:
        raise _no_period(whole)
    year, first, last, day = int(found["year"]), 1, 12, found["day"]
    if found["quarter"]:
        first, last = 3 * int(found["quarter"]) - 2, 3 * int(found["quarter"])
    elif found["half"]:
        first, last = 6 * int(found["half"]) - 5, 6 * int(found["half"])
    elif found["month"]:
        first = last = int(found["month"])
    try:
        end = int(day) if day else calendar.monthrange(year, last)[1]
        return datetime.date(year, first, int(day or 1)), datetime.date(year, last, end)
    except ValueError:
        raise _no_period(whole) from None


def _no_period(text: str) -> QueryUnfit:
    return QueryUnfit("this is no period", expected="2022, 2022-07, 2022-Q3, 2022-H1, a day, or FIRST/LAST",
        found=text, next_step="write days as 2022-07-31")  # fmt: skip


def _pair(word: str) -> tuple[str, str]:
    name, sign, value = word.partition("=")
    if not sign:
        raise QueryUnfit("a query is made of name=value pairs", found=word,
            next_step=f"write for example indicator={word}")  # fmt: skip
    return name.strip(), value


class Words:
    """Tells what names and values mean, with the words of the codebook."""

    def __init__(self, codebook: Codebook, holds: Callable[[str, str], bool]) -> None:
        self._codebook, self._holds = codebook, holds

    def read(self, name: str, value: str) -> tuple[str, list[str]]:
        """Return the field of the record that is meant, and all values that will do."""
        plain = name.removeprefix("breakdown.")
        if plain not in _FIELDS and plain not in DIMENSIONS:
            raise _unknown(f"an observation has no field {name!r}", name, (*_FIELDS, *DIMENSIONS))
        if plain == "operation" and value and not self._holds("operation", value):
            plain = "operation_id"
        field = f"breakdown.{plain}" if plain in DIMENSIONS else plain
        if not value or plain not in _LISTS:
            return field, [value]
        return field, self._codes(plain, value)

    def _codes(self, name: str, value: str) -> list[str]:
        code = self.code(name, value)
        return [code, *_within(code, self._parents(_LISTS[name]))] if name in _GROUPED else [code]

    def code(self, name: str, value: str) -> str:
        """Return the code of a field that a word means; open lists take a value that the record has.

        Raises:
            QueryUnfit: There is none.
        """
        if name not in _LISTS:
            return value
        parents = self._parents(_LISTS[name])
        if value in parents:
            return value
        if named := self._named(_LISTS[name], value):
            return named
        if name in DIMENSIONS or self._holds(name, value):
            return value
        labels = [label for code in self._list(_LISTS[name]) for label in code.label.values()]
        raise _unknown(f"there is no {name} {value!r}", value, (*parents, *labels))

    def _list(self, kind: str) -> list[_Code]:
        from tallyroom.codebook import list_codes

        return list_codes(self._codebook, kind)

    def _parents(self, kind: str) -> dict[str, str | None]:
        return {code.code: code.parent for code in self._list(kind)}

    def _named(self, kind: str, value: str) -> str | None:
        """The code that a label or, of places and operations, a word of the codebook names."""
        folded = value.casefold()
        for code in self._list(kind):
            if folded in (label.casefold() for label in code.label.values()):
                return code.code
        if kind == "areas":
            found = [
                term.area[0] for term in self._codebook.terms if term.word == folded and len(term.area) == 1
            ]
            return found[0] if found else None
        if kind == "operations":
            found = [one.code for one in self._codebook.operations.values() if value in one.names]
            return found[0] if found else None
        return None


def _within(code: str, parents: Mapping[str, str | None]) -> list[str]:
    """All codes that one contains, through any number of steps."""
    found: list[str] = []
    ring = {code}
    while ring:
        ring = {child for child, parent in parents.items() if parent in ring and child not in found}
        found += sorted(ring)
    return found


def _unknown(says: str, found: str, known: Iterable[str]) -> QueryUnfit:
    names = list(known)
    near = difflib.get_close_matches(found, names, 3, 0.6)
    return QueryUnfit(
        says,
        expected=", ".join(names) if len(names) <= 40 else f"one of {len(names)} codes and names",
        found=found,
        next_step=f"did you mean {' or '.join(near)}?" if near else "tallyroom codebook list tells the codes",
    )
