"""The word lists of `codebooks/core/wording/LANG/NAME.yaml` that the opening of documents needs."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

LANGUAGES = ("en", "zh", "zh-Hant")


@cache
def load_wording(lang: str, name: str) -> dict[str, list[str]]:
    """Return the mapping of lists that one core word list holds. It is read once."""
    from tallyroom.codebook.books import shipped_folder
    from tallyroom.codebook.yamlsource import read_yaml

    path = shipped_folder() / "core" / "wording" / lang / f"{name}.yaml"
    found: dict[str, Any] = read_yaml(path.read_bytes(), path.name) or {}
    return {key: [str(word) for word in words] for key, words in found.items()}


@cache
def words_of(name: str, key: str) -> tuple[str, ...]:
    """Return one list in all languages, longest first, so that an alternation takes the longest that fits."""
    words = {word for lang in LANGUAGES for word in load_wording(lang, name).get(key, ())}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def any_of(words: tuple[str, ...]) -> str:
    """Return the alternation of `words` as a pattern; spaces stand for any white space."""
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words) + ")"
