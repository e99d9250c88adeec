"""A question in words -> exactly one cell: what is left open is taken from the record where it leaves no choice."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tallyroom.ledger import SqliteLedger
from tallyroom.model import Observation, Query
from tallyroom.model.record import AsOf
from tallyroom.pipeline.audit_errors import CellNotOne
from tallyroom.pipeline.queries import DIMENSIONS, Words, period_of

if TYPE_CHECKING:
    from tallyroom.codebook import Codebook

Fields = dict[str, Any]
"""The fields of a cell: `area` is a tuple, `breakdown` a mapping, all others text or None."""
NAMES = (
    "indicator", "unit", "area", "period", "operation_id", "agency", "offence", "substance", "breakdown", "counted",
)  # fmt: skip
"""What names a cell, in the order in which it is asked for."""
_OPEN = (
    "unit", "area", "period", "operation_id", "breakdown", "agency", "offence", "substance", "counted",
)  # fmt: skip
_SHARED = ("indicator", "unit", "area", "period", "operation_id")
"""What a cell that is taken off has in common with the first, unless it is told otherwise."""
_MUST = ("indicator", "unit", "area", "period")
_LOOSENED: tuple[tuple[str, ...], ...] = (
    (), ("area",), ("area", "period"), ("area", "period", "substance"),
    ("area", "period", "substance", "offence", "agency"),
)  # fmt: skip
"""What need not agree of figures that are looked at for what is left open, one step after the other."""
_MOST = 500
"""Figures that are looked at in one step."""
_SHOWN = 8


class Found:
    """A cell, and which of its fields the record settled."""

    def __init__(self, fields: Fields, taken: dict[str, str]) -> None:
        self.fields, self.taken = fields, taken


class CellFinder:
    """Finds the cells that questions name, in one record at one moment."""

    def __init__(self, ledger: SqliteLedger, codebook: Codebook, as_of: AsOf) -> None:
        self._ledger, self._as_of = ledger, as_of
        self._codebook = codebook
        self._words = Words(codebook, ledger.holds)

    def find(self, pairs: Sequence[str], like: Fields | None = None) -> Found:
        """Return the one cell that `name=value` pairs name.

        Args:
            pairs: A comma in `area` names places that are counted together. Nothing after the sign says that none is
                meant.
            like: A cell whose fields stand for those that are not told and that the record does not settle.

        Raises:
            CellNotOne: They name no cell, or several; the message tells what is open and the values that there are.
            QueryUnfit: A field or a code is not known.
        """
        given = self._given(pairs)
        start = {**({name: like[name] for name in _SHARED} if like else {}), **given}
        if "indicator" not in start:
            raise self._open(given, "indicator", list(self._codebook.indicators))
        rows = self._rows(start)
        fields, taken = dict(start), {}
        for name in _OPEN:
            if name in fields:
                continue
            values: list[Any] = []
            for row in rows:
                if _key(row, name) not in values:
                    values.append(_key(row, name))
            if name == "unit" and not values:
                values = self._units(start["indicator"])
            fields[name] = self._settled(name, values, start, like)
            rows = [row for row in rows if _key(row, name) == fields[name]] or rows
            if fields[name] and name != "counted" and not (like and like[name] == fields[name]):
                taken[name] = _shown(fields[name])
        return Found({name: fields.get(name) for name in NAMES}, taken)

    def _settled(self, name: str, values: list[Any], given: Fields, like: Fields | None) -> Any:
        """The only value that there is; that of a like cell; what tells nothing, where nothing must be told."""
        if like is not None and (not values or like[name] in values):
            return like[name]
        if len(values) == 1:
            return values[0]
        if name == "breakdown" and (not values or {} in values):
            return {}
        if name == "counted":
            return ""
        if not values and name not in _MUST:
            return None
        raise self._open(given, name, values)

    def _units(self, indicator: str) -> list[str]:
        """The units in which an indicator may be counted, where the record has no figure of it."""
        known = self._codebook.indicators.get(indicator)
        return list(known.units) if known else []

    def _given(self, pairs: Sequence[str]) -> Fields:
        given: Fields = {}
        for pair in pairs:
            name, sign, value = pair.partition("=")
            if not sign:
                raise CellNotOne(
                    "a cell is named by name=value pairs", found=pair, next_step=f"indicator={pair}?"
                )
            self._take(given, name.strip().removeprefix("breakdown."), value.strip())
        return given

    def _take(self, given: Fields, name: str, value: str) -> None:
        name = {"operation": "operation_id"}.get(name, name)
        if name in DIMENSIONS:
            breakdown = given.setdefault("breakdown", {})
            if value:
                breakdown[name] = self._words.code(name, value)
        elif name == "area":
            given["area"] = tuple(
                self._words.code("area", one.strip()) for one in value.split(",") if one.strip()
            )
        elif name == "period":
            given["period"] = "/".join(day.isoformat() for day in period_of(value)) if value else None
        elif name in NAMES:
            given[name] = self._words.code(name, value) if value else None
        else:
            known = (*NAMES[:-2], *DIMENSIONS)
            near = difflib.get_close_matches(name, known, 1)
            raise CellNotOne(
                f"no cell has a field {name!r}", expected=", ".join(known), found=name,
                next_step=f"did you mean {near[0]}?" if near else "name indicator, area, period and what narrows it",
            )  # fmt: skip

    def _rows(self, given: Fields) -> list[Observation]:
        """Levels that agree with what is given; of those that agree in less, if need be."""
        for loosened in _LOOSENED:
            rows = [row for row in self._levels(given, loosened) if _agrees(row, given, loosened)]
            if rows:
                return rows
        return []

    def _levels(self, given: Fields, loosened: Sequence[str]) -> Iterator[Observation]:
        fields: dict[str, tuple[str, ...]] = {"statistic": ("level",)}
        for name in NAMES:
            if name in given and name not in loosened and name not in ("period", "breakdown", "counted"):
                value = given[name]
                fields[name] = value if name == "area" and value else (value or "",)
        period = period_of(given["period"]) if given.get("period") and "period" not in loosened else None
        for count, figure in enumerate(self._ledger.figures(Query(fields, period), self._as_of)):
            if count == _MOST:
                return
            yield figure.observation

    def _open(self, given: Fields, name: str, values: Sequence[Any]) -> CellNotOne:
        plain = name.removesuffix("_id")
        shown = [_shown(value) for value in values]
        first = next((_shown(value) for value in values if value), "...")
        more = f", and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
        told = ", ".join(f"{key}={_shown(value)}" for key, value in given.items() if value)
        return CellNotOne(
            f"{plain} is open: the question names no cell" if not values or name == "indicator"
            else f"{plain} is open: the question names several cells",
            expected=", ".join(shown[:_SHOWN]) + more if shown else f"a pair {plain}=...",
            found=told or "nothing",
            next_step=f"add {plain}={first}"
            + (f"; {plain}= for none" if None in values else ""),
        )  # fmt: skip


def _agrees(row: Observation, given: Mapping[str, Any], loosened: Sequence[str]) -> bool:
    tests: dict[str, Callable[[], bool]] = {
        "area": lambda: set(row.area) == set(given["area"]),
        "breakdown": lambda: dict(row.breakdown) == given["breakdown"],
    }
    for name in given:
        if name in loosened or name == "counted":
            continue
        same = tests[name]() if name in tests else getattr(row, name) == given[name]
        if not same:
            return False
    return True


def _key(row: Observation, name: str) -> Any:
    return tuple(sorted(row.area)) if name == "area" else getattr(row, name)


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return ",".join(f"{name}:{code}" for name, code in value.items())
    return ",".join(value) if isinstance(value, tuple) else str(value or "(none)")
