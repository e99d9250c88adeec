"""Loading: the chosen codebooks as one, from the cache where it has them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tallyroom.codebook.books import choose_books, digest_files, read_files
from tallyroom.codebook.cache import cached, keep
from tallyroom.codebook.model import Codebook
from tallyroom.codebook.problems import raise_problem


def load_codebook(names_or_paths: Sequence[str | Path] = ()) -> Codebook:
    """Return the chosen codebooks, compiled into one.

    Args:
        names_or_paths: Names of shipped codebooks (`narcotics`), paths of folders that overlay them, or
            both. Nothing: all shipped ones. `core` is always among them.

    Returns:
        Terms, units, indicators, operations, agencies and code lists of all of them. In an overlay an entry
        replaces the one of the same code or word, or adds to them.

    Raises:
        CodebookError: The first thing wrong in the files, with its file and line.

    Examples:
        >>> load_codebook(["core"]).names
        ('core',)
    """
    files = read_files(choose_books(names_or_paths))
    digest, version = digest_files(files), _package_version()
    codebook = cached(digest, version)
    if codebook is None:
        # brings in YAML, which a cached codebook spares
        from tallyroom.codebook.compiling import compile_files

        codebook = compile_files(files, digest, raise_problem)
        keep(codebook, version)
    return codebook


def _package_version() -> str:
    import tallyroom

    return str(getattr(tallyroom, "__version__", "0"))
