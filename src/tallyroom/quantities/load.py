"""Units straight from the core codebook, for tests and benchmarks that need no compiled codebook."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

import yaml

from tallyroom.codebook.model import UnitEntry
from tallyroom.quantities.wordlists import core_folder


@cache
def load_units() -> tuple[UnitEntry, ...]:
    """Return the units of the core codebook as its file lists them.

    Raises:
        FileNotFoundError: There is no core codebook beside the package.
    """
    data = (core_folder() / "units.yaml").read_text(encoding="utf-8")
    listed = yaml.load(data, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    return tuple(_entry(code, unit, forms) for code, unit in listed.items() for forms in unit["words"])


def _entry(code: str, unit: dict[str, Any], forms: dict[str, Any]) -> UnitEntry:
    words: dict[str, tuple[str, ...]] = {lang: tuple(forms[lang]) for lang in ("en", "zh") if lang in forms}
    short = Decimal(forms["short_ton"]) if "short_ton" in forms else None
    return UnitEntry(code, unit["measure"], Decimal(forms["factor"]), words, short_ton=short)
