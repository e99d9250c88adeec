"""When a field that was read says the same as the annotation."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from tallyroom.evaluation.gold import Row

FIELDS = (
    "value", "unit", "indicator", "statistic", "area", "substance", "period", "qualifier", "operation",
    "offence", "breakdown",
)  # fmt: skip
"""The fields that are compared. `value` takes in `upper`."""

_TOLERANCE = Decimal("1e-6")
"""Relative: annotators round a conversion of units at some digit."""
_GENERIC = (
    "special", "operation", "campaign", "action", "crackdown", "drive", "initiative", "project", "programme",
    "program", "the", "专项", "專項", "行动", "行動", "战役", "戰役", "会战", "會戰", "工程", "集中", "统一",
)  # fmt: skip
"""What the name of an operation may have or lack: "Operation Clean Border" is "clean border"."""
_NO_PART_OF_A_NAME = re.compile("|".join([*_GENERIC, r"[\W_]+"]), re.IGNORECASE)


def agreement(gold: Row, read: Row) -> dict[str, bool]:
    """Return for each of `FIELDS` whether the two rows agree in it. A period that gold leaves open agrees."""
    return {
        "value": _same_number(gold["value"], read["value"])
        and _same_number(gold.get("upper"), read.get("upper")),
        "unit": _same(gold, read, "unit"),
        "indicator": _same(gold, read, "indicator"),
        "statistic": _same(gold, read, "statistic", "level"),
        "area": _folded(gold.get("area") or ()) == _folded(read.get("area") or ()),
        "substance": _same(gold, read, "substance"),
        "period": gold.get("period") is None or _same(gold, read, "period"),
        "qualifier": _same(gold, read, "qualifier", "exact"),
        "operation": _same_operation(gold.get("operation") or "", read.get("operation") or ""),
        "offence": _same(gold, read, "offence"),
        "breakdown": _dimensions(gold) == _dimensions(read),
    }


def _same(gold: Row, read: Row, name: str, default: str | None = None) -> bool:
    return bool((gold.get(name) or default) == (read.get(name) or default))


def _same_number(gold: Any, read: Any) -> bool:
    left, right = _number(gold), _number(read)
    if left is None or right is None:
        return left is right
    return abs(left - right) <= _TOLERANCE * max(abs(left), abs(right), Decimal(1))


def _number(content: Any) -> Decimal | None:
    if content is None or content == "":
        return None
    try:
        return Decimal(str(content))
    except InvalidOperation:
        return None


def _same_operation(gold: str, read: str) -> bool:
    """Names agree when one contains the other, generic words and signs left out."""
    if not gold or not read:
        return gold == read
    left, right = (_NO_PART_OF_A_NAME.sub("", name).casefold() for name in (gold, read))
    return left == right or (left != "" != right and (left in right or right in left))


def _folded(area: Any) -> frozenset[str]:
    return frozenset(str(code).casefold() for code in area)


def _dimensions(row: Row) -> dict[str, str]:
    """The breakdown without free wording, and without the role that may be left out."""
    breakdown = row.get("breakdown") or {}
    return {
        name: str(value).casefold()
        for name, value in breakdown.items()
        if name != "scope" and (name, value) != ("role", "suspect")
    }
