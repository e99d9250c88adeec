"""Lines of a page that are no part of what it reports: menus, links to other pages, rights, contacts."""

from __future__ import annotations


def is_furniture(words: str) -> bool:
    """Tell whether a line is furniture."""
    return False
