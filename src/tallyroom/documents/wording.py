"""The word lists of `codebooks/core/wording/LANG/NAME.yaml` that the opening of documents needs."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any


@cache
def load_wording(lang: str, name: str) -> dict[str, Any]:
    """Return the mapping that one core word list holds; it is read once."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = (_core() / "wording" / lang / f"{name}.yaml").read_bytes()
    entries: dict[str, Any] = yaml.load(data, Loader=loader)
    return entries


@cache
def _core() -> Path:
    package = Path(__file__).resolve().parent.parent
    shipped = package / "_codebooks" / "core"
    # An editable installation has the codebooks beside `src`, a wheel inside the package.
    return shipped if shipped.is_dir() else package.parent.parent / "codebooks" / "core"
