"""What an opener is given: the bytes and all that is known about them from outside."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

import msgspec


class Request(msgspec.Struct, frozen=True):
    """One document to open. `name` is for messages; the rest is None or empty where nobody said anything."""

    data: bytes
    id: str
    name: str
    published: datetime.date | None = None
    encoding: str | None = None
    about: Mapping[str, Any] = {}
    charset: str | None = None
    """The encoding that the server declared; it goes before what the document declares itself."""
