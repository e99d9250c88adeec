"""Title, publisher, place and date of a document."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from tallyroom.documents.request import Request
from tallyroom.model import Block


def find_metadata(request: Request, text: str, blocks: Sequence[Block]) -> dict[str, Any]:
    """Return the fields of `Document` that tell about the source as a whole."""
    title = next((text[block.start : block.end] for block in blocks if block.kind == "title"), None)
    published, published_from = request.published, "option" if request.published else None
    if published is None and request.about.get("published"):
        published, published_from = datetime.date.fromisoformat(request.about["published"]), "docs.jsonl"
    return {"title": title, "published": published, "published_from": published_from,
            "publisher": request.about.get("publisher"), "url": request.about.get("url")}  # fmt: skip
