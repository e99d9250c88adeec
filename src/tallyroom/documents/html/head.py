"""What the machine-readable part of a page says: `<meta>`, `<title>`, JSON-LD, `<time>`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from functools import cache

from tallyroom.documents.dates import read_day
from tallyroom.documents.html.tokens import decode_entities
from tallyroom.documents.metadata import Page
from tallyroom.documents.wording import load_wording

_JSON_DAY = re.compile(r'"datePublished"\s*:\s*"([^"\\]{4,40})"')
_JSON_PUBLISHER = re.compile(r'"publisher"\s*:\s*\{[^{}]{0,300}?"name"\s*:\s*"([^"\\]{1,120})"')
_SITE = re.compile(r"\s*(?:[_|｜–—]|\s[-·:»]\s)\s*")
_SPACE = re.compile(r"\s+")
_MOST_JSON = 200_000
_LONGEST = 300
_MOST_FRAMES = 3


class Head:
    """Collects what the tags of a page say about it."""

    def __init__(self) -> None:
        self.metas: dict[str, str] = {}
        self.title = ""
        self.canonical: str | None = None
        self.times: list[tuple[bool, str]] = []
        self.json: list[str] = []
        self.frames: list[str] = []
        """Addresses of the pages that this one shows in frames."""

    def add_meta(self, attributes: Mapping[str, str]) -> None:
        """Take a `<meta>`, or another element with `itemprop` and `content`; the first of a name counts."""
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        content = _SPACE.sub(" ", attributes.get("content", "")).strip()
        if name and content and len(content) <= _LONGEST:
            self.metas.setdefault(name.strip().lower(), content)

    def add_link(self, attributes: Mapping[str, str]) -> None:
        """Take a `<link>`: the canonical one is the page's address."""
        if attributes.get("rel", "").lower() == "canonical" and "://" in attributes.get("href", ""):
            self.canonical = self.canonical or attributes["href"]

    def add_frame(self, attributes: Mapping[str, str]) -> None:
        """Take a `<frame>` or `<iframe>`: the page that it shows is another document."""
        if attributes.get("src") and len(self.frames) < _MOST_FRAMES:
            self.frames.append(attributes["src"][:_LONGEST])

    def add_time(self, attributes: Mapping[str, str]) -> None:
        """Take a `<time>`; one that is marked as the day of publication goes before the others."""
        words = " ".join((attributes.get("itemprop", ""), attributes.get("class", ""))).lower()
        marked = "pubdate" in attributes or "publish" in words
        if "datetime" in attributes:
            self.times.append((marked, attributes["datetime"]))

    def add_raw(self, name: str, attributes: Mapping[str, str], content: str) -> None:
        """Take the content of the first `<title>` or of a JSON-LD script."""
        if name == "title" and not self.title:
            self.title = _SPACE.sub(" ", decode_entities(content[:2000])).strip()
        elif name == "script" and "ld+json" in attributes.get("type", "").lower():
            self.json.append(content[:_MOST_JSON])

    def facts(self) -> Page:
        """Return what was collected; None for what nobody said."""
        return Page(
            title=self._first("title") or self._title_without_site(),
            published=self._published(),
            publisher=self._publisher(),
            url=self.canonical or next(filter(_is_address, (self._first("url") or "",)), None),
        )

    def _first(self, key: str) -> str | None:
        return next((self.metas[name] for name in _names(key) if name in self.metas), None)

    def _published(self) -> datetime.date | None:
        told = [self.metas[name] for name in _names("published") if name in self.metas]
        in_json = [found[1] for text in self.json for found in _JSON_DAY.finditer(text)]
        times = [value for marked, value in self.times if marked] or [value for _, value in self.times[:1]]
        days = map(read_day, [*told, *in_json, *times])
        return next(filter(None, days), None)

    def _publisher(self) -> str | None:
        in_json = next((found[1] for text in self.json if (found := _JSON_PUBLISHER.search(text))), None)
        told = next((self.metas[name] for name in _names("publisher") if name in self.metas), None)
        return told or in_json

    def _title_without_site(self) -> str | None:
        """`Seizures rise - GOV.UK` is `Seizures rise`: what follows the last separator names the site."""
        parts = _SITE.split(self.title)
        if len(parts) > 1 and len(parts[0]) >= max(map(len, parts[1:])):
            return parts[0] or None
        return self.title or None


def _is_address(value: str) -> bool:
    return "://" in value


@cache
def _names(key: str) -> list[str]:
    return [name.lower() for name in load_wording("en", "page")[key]]
