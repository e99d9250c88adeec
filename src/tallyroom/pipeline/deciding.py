"""Corrections and reviews: decisions about a figure, each an entry that points to what it concerns."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from tallyroom.errors import TallyroomError
from tallyroom.ledger import SqliteLedger
from tallyroom.ledger.errors import NoSuchEntry
from tallyroom.model import Commit, Draft, Entry, Interval, NewEntry, Observation, Quantity
from tallyroom.model.observation import plain
from tallyroom.model.quantity import Bound, Unit
from tallyroom.pipeline.queries import DIMENSIONS, Words, period_of

if TYPE_CHECKING:
    from tallyroom.codebook import Codebook

Verdict = Literal["accept", "amend", "reject"]
VERDICTS: tuple[Verdict, ...] = ("accept", "amend", "reject")
CORRECTABLE = (
    "indicator", "statistic", "value", "upper", "unit", "qualifier", "area", "period", "operation", "offence",
    "substance", "low", "high", "counted", "agency", "operation_id", *DIMENSIONS,
)  # fmt: skip
"""Fields that a decision may change. Where the figure stands, and which rule read it, is history."""
_NUMBERS = ("value", "upper", "low", "high")
_MUST = ("indicator", "statistic", "value", "unit", "qualifier")
_INTERVAL = ("low", "high", "low_open", "high_open")
_BOUNDS: dict[str, Bound] = {"exact": "exact", "approx": "about", "at_least": "least", "at_most": "most"}
_LONGEST = 60
"""Characters of a number that somebody types."""


class DecisionUnfit(TallyroomError):
    """A correction or review says nothing that can be done."""

    code = "LG114"


class NotTheOwner(TallyroomError):
    """Somebody else than the unit that filed a return would change a figure of it."""

    code = "LG115"


class Desk:
    """Takes decisions about figures.

    Args:
        ledger: The record.
        codebook: What codes there are.
        author: The office or role that answers for it.
    """

    def __init__(self, ledger: SqliteLedger, codebook: Codebook, author: str) -> None:
        self._ledger, self._codebook, self._author = ledger, codebook, author

    def correct(self, entry: int, values: Mapping[str, str], reason: str) -> Commit:
        """Give an observation other values.

        Raises:
            NoSuchEntry: The record has no such observation.
            DecisionUnfit: It does not stand, a field may not be changed, or nothing would change.
            NotTheOwner: It is of a return, and `author` is not the unit that filed it.
        """
        return self._decide(entry, "correction", {}, values, reason)

    def review(self, entry: int, verdict: Verdict, values: Mapping[str, str], reason: str) -> Commit:
        """Accept, amend or reject an observation; `values` are for `amend` alone.

        Raises:
            NoSuchEntry, DecisionUnfit, NotTheOwner: As with `correct`.
        """
        if bool(values) != (verdict == "amend"):
            raise DecisionUnfit("only amend comes with values, and it needs some", where=f"entry {entry}",
                next_step="write for example: amend value=43")  # fmt: skip
        return self._decide(entry, "review", {"verdict": verdict}, values, reason)

    def _decide(
        self,
        id: int,
        kind: Literal["correction", "review"],
        body: dict[str, Any],
        values: Mapping[str, str],
        reason: str,
    ) -> Commit:
        if not reason.strip():
            raise DecisionUnfit(
                "a decision needs a reason", where=f"entry {id}", next_step="give --reason TEXT"
            )
        with self._ledger.writing():
            entry = self._observation(id)
            before = self._before(entry, body)
            if values or kind == "correction":
                self._refuse_strangers(entry)
                body = {**body, "values": self._changes(id, before, values)}
            return self._ledger.append(Draft(self._author, reason, (NewEntry(kind, body, (id,)),)))

    def _observation(self, id: int) -> Entry:
        entry = self._ledger.entry(id)
        if entry.kind != "observation":
            about = f"; it is about {', '.join(map(str, entry.about))}" if entry.about else ""
            raise NoSuchEntry("this entry is no observation", where=self._ledger.where,
                expected="the entry of a figure", found=f"entry {id} is a {entry.kind}{about}",
                next_step="tallyroom figures shows the entry of each figure")  # fmt: skip
        return entry

    def _before(self, entry: Entry, body: dict[str, Any]) -> Observation:
        """What stands now. What was rejected may be accepted again; what was superseded stays as it was."""
        if figure := self._ledger.figure(entry.id):
            return figure.observation
        named = next(
            (one.body["id"] for one in map(self._ledger.entry, entry.about) if one.kind == "document"), ""
        )
        if self._ledger.standing_document(named) not in entry.about:
            raise DecisionUnfit("this figure is of a version that was superseded", where=f"entry {entry.id}",
                next_step=f"decide about the figure that stands: tallyroom figures source={named}")  # fmt: skip
        if body.get("verdict") != "accept":
            raise DecisionUnfit("this figure was rejected", where=f"entry {entry.id}",
                next_step="accept it first, if it is to stand")  # fmt: skip
        return _said_by(entry)

    def _refuse_strangers(self, entry: Entry) -> None:
        for filed in self._ledger.entries("return", about=list(entry.about)):
            owner = filed.body.get("reporting_unit")
            if owner != self._author:
                raise NotTheOwner("only the unit that filed a return changes its figures",
                    where=f"entry {entry.id}", expected=f"author {owner}", found=f"author {self._author}",
                    next_step="send the return back, and let the unit submit it anew")  # fmt: skip

    def _changes(self, id: int, before: Observation, values: Mapping[str, str]) -> dict[str, Any]:
        row = before.row()
        if "value" in values:  # a plain number is exact, unless another word stands with it
            values = {"qualifier": "exact", "upper": "", **values}
        words = Words(self._codebook, self._ledger.holds)
        given: dict[str, Any] = {}
        breakdown = dict(before.breakdown)
        for name, text in values.items():
            if name not in CORRECTABLE:
                raise DecisionUnfit(f"a decision cannot change {name!r}", where=f"entry {id}",
                    expected=", ".join(CORRECTABLE))  # fmt: skip
            if name in DIMENSIONS:
                breakdown[name] = words.code(name, text) if text else ""
            else:
                given[name] = _content(id, name, text, words)
        if breakdown != before.breakdown:
            given["breakdown"] = {name: code for name, code in sorted(breakdown.items()) if code}
        if {"value", "upper", "qualifier", "unit"} & given.keys():
            given = {**self._interval({**row, **given}, values.get("value")), **given}
        changes = {name: content for name, content in given.items() if row[name] != content}
        if not changes:
            raise DecisionUnfit("this is what the figure says already", where=f"entry {id}",
                next_step="accept it with tallyroom review, or give another value")  # fmt: skip
        return changes

    def _interval(self, row: Mapping[str, Any], written: str | None) -> dict[str, Any]:
        """The interval of the new value, as that of a figure which is written so in a text."""
        from tallyroom.quantities import interval_of

        unit = next((one for one in self._codebook.units if one.code == row["unit"]), None)
        quantity = _quantity(row, written or row["value"], unit.measure if unit else "count")
        interval: Interval = interval_of(quantity, row["statistic"])
        ends = [None if end is None else plain(end) for end in (interval.low, interval.high)]
        return dict(zip(_INTERVAL, (*ends, interval.low_open, interval.high_open), strict=True))


def _said_by(entry: Entry) -> Observation:
    return msgspec.convert({name: entry.body[name] for name in Observation.__struct_fields__}, Observation)


def _content(id: int, name: str, text: str, words: Words) -> Any:
    if not text:
        if name in _MUST:
            raise DecisionUnfit(f"a figure needs its {name}", where=f"entry {id}")
        return [] if name == "area" else "" if name == "counted" else None
    if name in _NUMBERS:
        return _number(id, name, text)
    if name == "area":
        return [words.code("area", part.strip()) for part in text.split(",")]
    if name == "period":
        return "/".join(day.isoformat() for day in period_of(text))
    return words.code(name, text)


def _number(id: int, name: str, text: str) -> str:
    try:
        number = Decimal(text.replace(",", "")) if len(text) <= _LONGEST else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite():
        raise DecisionUnfit(f"{name} is no number", where=f"entry {id}", expected="digits, as 1310 or 12.5",
            found=text[:_LONGEST])  # fmt: skip
    return plain(number)


def _quantity(row: Mapping[str, Any], written: str, measure: str) -> Quantity:
    digits = Decimal(written.replace(",", ""))
    pointed = "." in written
    exponent = digits.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    figures = str(abs(int(digits.scaleb(-int(step.adjusted())))))
    zeros = len(figures) - len(figures.rstrip("0")) if figures.strip("0") else 0
    return Quantity(
        start=0, end=0, outer_start=0, outer_end=0, value=Decimal(row["value"]), step=step,
        nonzero=step.scaleb(zeros), second=step.scaleb(max(len(figures) - 2, 0)), pointed=pointed, scaled=pointed,
        upper=Decimal(row["upper"]) if row["upper"] else None, bound=_BOUNDS[row["qualifier"]],
        form="percent" if row["unit"] == "percent" else "number",
        unit=Unit(row["unit"], measure),  # type: ignore[arg-type]  # the codebook names no other measure
    )  # fmt: skip
