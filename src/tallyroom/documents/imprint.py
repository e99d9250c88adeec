"""Lines that tell when, where and by whom a document was published."""

from __future__ import annotations


def is_imprint(words: str) -> bool:
    """Tell whether a line says only when, where or by whom something was published."""
    return False
