"""How the parts of an Office package name each other, and what its properties say about it."""

from __future__ import annotations

import datetime
import posixpath
from functools import cache

from tallyroom.documents.dates import read_day
from tallyroom.documents.metadata import Page
from tallyroom.documents.office.package import Package
from tallyroom.documents.office.xml import Attributes, walk
from tallyroom.documents.wording import load_wording

_LONGEST = 300


class _Relations:
    def __init__(self) -> None:
        self.found: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "rel:Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.found[attributes.get("Id", "")] = (kind, attributes.get("Target", ""))

    def end(self, name: str) -> None:
        pass

    def text(self, words: str) -> None:
        pass


def relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Return what a part names: the kind and the name of each other part, by its id; nothing outside.

    Raises:
        DocumentError: The list of them is damaged.
    """
    folder, name = posixpath.split(part)
    content = package.read(posixpath.join(folder, "_rels", f"{name}.rels"))
    if content is None:
        return {}
    seen = _Relations()
    walk(content, seen, f"{package.where}: {name}.rels")
    return {
        id: (kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
        for id, (kind, target) in seen.found.items()
    }


def parts_of_kind(found: dict[str, tuple[str, str]], kind: str) -> list[str]:
    """Return the names of the parts of one kind, in the order of their names."""
    return sorted(name for each, name in found.values() if each == kind)


def main_part(package: Package, usual: str) -> str:
    """Return the name of the part that holds the document."""
    return next(iter(parts_of_kind(relations(package, ""), "officeDocument")), usual)


class _Properties:
    """Collects the texts of the elements of a part of properties, by their names."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._name = ""

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "cp:property":
            self._name = attributes.get("name", "").strip().lower()
        elif name.startswith("dc:"):
            self._name = name

    def end(self, name: str) -> None:
        if name == "cp:property" or name == self._name:
            self._name = ""

    def text(self, words: str) -> None:
        if self._name and len(words) <= _LONGEST:
            self.found[self._name] = (self.found.get(self._name, "") + words)[:_LONGEST]


def properties(package: Package) -> Page:
    """Return what the properties say: title, and publisher and day where somebody wrote them down.

    The day on which a file was made or saved is none of publication: copies and templates have it too.
    """
    seen = _Properties()
    for name in ("docProps/core.xml", "docProps/custom.xml"):
        content = package.read(name)
        if content is not None:
            walk(content, seen, f"{package.where}: {name}")
    told = {name: words.strip() for name, words in seen.found.items()}
    return Page(
        title=told.get("dc:title") or None,
        published=_published(told),
        publisher=next(filter(None, map(told.get, _names("publisher"))), None),
    )


def _published(told: dict[str, str]) -> datetime.date | None:
    days = (read_day(told[name][:40]) for name in _names("published") if name in told)
    return next(filter(None, days), None)


@cache
def _names(key: str) -> list[str]:
    return [name.lower() for name in load_wording("en", "office")[key]]
