"""Where a source came from, if it was fetched."""

from __future__ import annotations

import datetime

import msgspec


class Origin(msgspec.Struct, frozen=True):
    """Where and when a document was fetched, and what the server says of it; None for what it does not say."""

    asked: str
    """The address that was asked for."""
    url: str
    """The one that gave the document, after redirects."""
    at: datetime.datetime
    """The moment of the answer, in UTC, to the second."""
    media_type: str | None = None
    charset: str | None = None
