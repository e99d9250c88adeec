"""What callers may name a codebook by, and how they may word a query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Union

if TYPE_CHECKING:
    from tallyroom.codebook import Codebook

Codebooks = Union["Codebook", str, Path, Iterable["str | Path"]]
"""A codebook that is loaded, the name or folder of one, or several of these; none means all shipped ones."""
Words = str | Sequence[str] | Mapping[str, str]
"""`name=value` pairs: one text, a list, or a mapping."""


def load(codebook: Codebooks) -> Codebook:
    """Return the codebook that is meant, loading it where it is named."""
    from tallyroom.codebook import Codebook, load_codebook

    if isinstance(codebook, Codebook):
        return codebook
    return load_codebook([codebook] if isinstance(codebook, str | Path) else list(codebook))


def pairs_of(words: Words) -> Sequence[str]:
    """Return the pairs of a query, one text each."""
    if isinstance(words, Mapping):
        return [f"{name}={value}" for name, value in words.items()]
    return words.split() if isinstance(words, str) else words


def books_of(codebook: Codebooks) -> tuple[str, ...]:
    """Return the names or folders of the books that are meant; () for all shipped ones."""
    from tallyroom.codebook import Codebook

    if isinstance(codebook, Codebook):
        return codebook.names
    return (str(codebook),) if isinstance(codebook, str | Path) else tuple(map(str, codebook))
