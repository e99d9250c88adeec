"""Telling the format of a source from its first bytes and its name."""

from __future__ import annotations


def media_type_of(data: bytes, name: str) -> str:
    """Return the media type of `data`."""
    return "text/plain"
