"""The word lists of one language that ship with the core codebook: `wording/<lang>/<name>.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

_LOADER: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def core_folder() -> Path:
    """Return the folder of the core codebook, in an installed package or in a working copy."""
    package = Path(__file__).parent.parent
    installed = package / "_codebooks"
    return (installed if installed.is_dir() else package.parent.parent / "codebooks") / "core"


@cache
def word_list(lang: str, name: str) -> dict[str, Any]:
    """Return a mapping of the core codebook; every leaf is text, as it stands in the file.

    Raises:
        FileNotFoundError: The codebook has no such list.
    """
    data = (core_folder() / "wording" / lang / f"{name}.yaml").read_bytes()
    words = yaml.load(data.decode("utf-8"), Loader=_LOADER)
    return words if isinstance(words, dict) else {}


def alternatives(words: list[str] | dict[str, Any]) -> str:
    """Return the words as alternatives of a regular expression, longest first, blanks as `\\s+`."""
    escaped = (
        r"\s+".join(_escape(part) for part in word.split())
        for word in sorted(words, key=lambda word: (-len(word), word))
    )
    return "|".join(escaped)


def _escape(word: str) -> str:
    return "".join(f"\\{char}" if char in r".^$*+?{}[]\|()-" else char for char in word)
