"""XML parts read tag by tag, with expat: no document type, no entity, no depth without end, no tree in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol
from xml.parsers import expat

from tallyroom.documents.office.errors import MarkupForbidden, PackageDamaged, PackageTooLarge

DEEPEST = 1_000
MOST_ELEMENTS = 4_000_000
Attributes = dict[str, str]

_SCHEMAS = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {
    f"{_SCHEMAS}wordprocessingml/2006/main": "w", f"{_STRICT}wordprocessingml/main": "w",
    f"{_SCHEMAS}spreadsheetml/2006/main": "s", f"{_STRICT}spreadsheetml/main": "s",
    f"{_SCHEMAS}markup-compatibility/2006": "mc",
    f"{_SCHEMAS}officeDocument/2006/math": "m", f"{_STRICT}officeDocument/math": "m",
    f"{_SCHEMAS}officeDocument/2006/relationships": "r", f"{_STRICT}officeDocument/relationships": "r",
    f"{_SCHEMAS}package/2006/relationships": "rel",
    f"{_SCHEMAS}officeDocument/2006/extended-properties": "ep",
    f"{_STRICT}officeDocument/extendedProperties": "ep",
    f"{_SCHEMAS}officeDocument/2006/custom-properties": "cp",
    f"{_STRICT}officeDocument/customProperties": "cp",
    "http://purl.org/dc/elements/1.1/": "dc",
    f"{_OASIS}text:1.0": "text", f"{_OASIS}table:1.0": "table", f"{_OASIS}office:1.0": "office",
    f"{_OASIS}style:1.0": "style", f"{_OASIS}drawing:1.0": "draw", f"{_OASIS}meta:1.0": "meta",
    f"{_OASIS}xsl-fo-compatible:1.0": "fo",
}  # fmt: skip


class Handler(Protocol):
    """What takes the tags and texts of a part, in their order; names are `prefix:name`, as in `w:p`."""

    def start(self, name: str, attributes: Attributes) -> None:
        """Take a tag that opens an element."""

    def end(self, name: str) -> None:
        """Take the end of an element."""

    def text(self, words: str) -> None:
        """Take characters; neighbouring ones may come in pieces."""


def walk(content: bytes, handler: Handler, where: str) -> None:
    """Read a part from its first tag to its last.

    Raises:
        MarkupForbidden: It declares a document type: entities could read files or grow without bound.
        PackageDamaged: It is not well-formed.
        PackageTooLarge: It is nested deeper, or has more elements, than a document.
    """
    walker = _Walker(handler, where)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = walker.start
    parser.EndElementHandler = walker.end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = walker.refuse_doctype
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise PackageDamaged(
            "a part of the document is damaged.", where=where, expected="well-formed XML", found=str(error),
            next_step="open it in an Office program and save it anew",
        ) from None  # fmt: skip


class _Walker:
    def __init__(self, handler: Handler, where: str) -> None:
        self._handler, self._where = handler, where
        self._known: dict[str, str] = {}
        self._depth = self._elements = 0
        self._take: Callable[[str, Attributes], None] = handler.start

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > DEEPEST or self._elements > MOST_ELEMENTS:
            raise self._endless()
        self._take(self._name(tag), {self._name(name): value for name, value in attributes.items()})

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._handler.end(self._name(tag))

    def refuse_doctype(self, *told: object) -> None:
        raise MarkupForbidden(
            "a part of the document declares a document type.", where=self._where,
            expected="XML as Office programs write it, without a DOCTYPE", found=f"<!DOCTYPE {told[0]}",
            next_step="do not trust this file; ask its sender for one that was saved anew",
        )  # fmt: skip

    def _name(self, tag: str) -> str:
        known = self._known.get(tag)
        if known is None:
            uri, _, local = tag.rpartition(" ")
            known = f"{_PREFIXES.get(uri, '')}:{local}" if uri else local
            if len(self._known) < 10_000:
                self._known[tag] = known
        return known

    def _endless(self) -> PackageTooLarge:
        return PackageTooLarge(
            "a part of the document has no end of elements.", where=self._where,
            expected=f"at most {MOST_ELEMENTS:,} of them, {DEEPEST:,} one in another",
            found=f"{self._elements:,}, {self._depth:,} one in another",
            next_step="split the document; from a source that you do not trust, delete it",
        )  # fmt: skip
