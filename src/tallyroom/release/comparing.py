"""What moved between two releases, and why: corrections, new returns, units that left, a later day."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import msgspec

from tallyroom.release.manifest import read_manifest
from tallyroom.release.problems import ManifestWrong

Kind = Literal["moved", "new", "gone", "status"]
Facts = dict[str, dict[str, Any]]


class Cause(msgspec.Struct, frozen=True):
    """Why a figure moved: an entry that is another one, or new, or no longer there."""

    kind: Literal["corrected", "added", "left out", "later"]
    by: str
    """The reporting unit, or the source."""
    before: str = ""
    now: str = ""
    entry: int = 0
    reason: str = ""


class Move(msgspec.Struct, frozen=True):
    """One figure that is not as it was; `causes` are what the two releases tell of their entries."""

    kind: Kind
    cell: dict[str, Any]
    before: str = ""
    now: str = ""
    unit: str = ""
    causes: tuple[Cause, ...] = ()


class Comparison(msgspec.Struct, frozen=True):
    """Two releases side by side; `same` counts the figures that stayed."""

    first: str
    second: str
    moves: tuple[Move, ...]
    same: int


def compare_releases(first: str | Path, second: str | Path) -> Comparison:
    """Compare two releases by the figures that they keep beside their editions.

    Figures of one cell are compared. Where both releases are cumulative and run to other days, the day is left
    out of the cell, and growth is told as such.

    Raises:
        ManifestWrong: One of the folders is no release, or its figures cannot be read.
    """
    (one, before), (two, now) = _load(Path(first)), _load(Path(second))
    shared = before.keys() & now.keys()
    if not shared:
        before, now = _without_period(before), _without_period(now)
        shared = before.keys() & now.keys()
    moves = [*_moved(before, now, [key for key in before if key in shared])]
    moves += [_alone("new", now[key]) for key in now if key not in shared]
    moves += [_alone("gone", before[key]) for key in before if key not in shared]
    same = len(shared) - sum(move.kind in ("moved", "status") for move in moves)
    return Comparison(one, two, tuple(moves), same)


def _load(folder: Path) -> tuple[str, Facts]:
    id = str(read_manifest(folder)["release"])
    path = folder / f"{id}.figures.json"
    try:
        facts = json.loads(path.read_bytes())["facts"]
    except (OSError, ValueError, KeyError) as error:
        raise ManifestWrong(
            "the figures of this release cannot be read", where=str(path), found=str(error),
            next_step="`tallyroom release verify` tells what was changed",
        ) from None  # fmt: skip
    return id, {_key(fact["cell"]): fact for fact in facts}


def _key(cell: Mapping[str, Any]) -> str:
    return json.dumps(cell, sort_keys=True, ensure_ascii=False)


def _without_period(facts: Facts) -> Facts:
    return {_key({**fact["cell"], "period": None}): fact for fact in facts.values()}


def _moved(before: Facts, now: Facts, keys: Sequence[str]) -> Iterator[Move]:
    for key in keys:
        old, new = before[key], now[key]
        kind: Kind = "moved" if old["value"] != new["value"] else "status"
        if kind == "moved" or old["status"] != new["status"]:
            causes = tuple(_causes(old, new))
            yield Move(kind, new["cell"], _said(old), _said(new), new["cell"]["unit"], causes)


def _said(fact: Mapping[str, Any]) -> str:
    mark = f" [{fact['status']}]" if fact["status"] else ""
    return f"{fact['value']}{mark}"


def _alone(kind: Kind, fact: Mapping[str, Any]) -> Move:
    said = _said(fact)
    return Move(
        kind, fact["cell"], "" if kind == "new" else said, said if kind == "new" else "", fact["cell"]["unit"]
    )


def _causes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Cause]:
    """Pair the entries behind two values by who reported them."""
    later = old["cell"]["period"] != new["cell"]["period"]
    before, now = _by_reporter(old["parts"]), _by_reporter(new["parts"])
    for by, part in now.items():
        was = before.get(by)
        if was is None:
            yield Cause("added", by, now=part["value"], entry=part["entry"], reason=part["reason"])
        elif (was["entry"], was["value"]) != (part["entry"], part["value"]) and was["value"] != part["value"]:
            reason = (
                part["steps"][-1]["reason"]
                if part["steps"] and was["entry"] == part["entry"]
                else part["reason"]
            )
            yield Cause(
                "later" if later else "corrected", by, was["value"], part["value"], part["entry"], reason
            )
    for by, part in before.items():
        if by not in now:
            yield Cause("left out", by, before=part["value"], entry=part["entry"])


def _by_reporter(parts: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """The parts by who reported them; several of one reporter count together."""
    found: dict[str, dict[str, Any]] = {}
    for part in parts:
        by = part["reporter"] or part["source"]
        if by in found:
            total = Decimal(found[by]["value"]) + Decimal(part["value"])
            found[by] = {**part, "value": format(total, "f")}
        else:
            found[by] = dict(part)
    return found
