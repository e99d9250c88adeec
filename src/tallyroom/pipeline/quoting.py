"""The words that state a figure, and the document in which they stand."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

from tallyroom.ledger import SqliteLedger
from tallyroom.model import Entry, Figure, Observation
from tallyroom.model.audit import CONTEXT, Quote, Said

_TOLD = ("id", "title", "publisher", "published", "url", "lang")
_TEXTS = 64
"""Texts that are kept at hand."""


def quote_of(text: str, said: Observation) -> Quote:
    """Return the characters of an observation in a text, with those around them."""
    before = text[max(0, said.start - CONTEXT) : said.start]
    return Quote(before, text[said.start : said.end], text[said.end : said.end + CONTEXT])


class Quoter:
    """Quotes figures of one record; the text of a source is unpacked once for all of its figures."""

    def __init__(self, ledger: SqliteLedger) -> None:
        self._ledger = ledger
        self._documents: dict[int, Entry] = {}
        self._texts: OrderedDict[str, str] = OrderedDict()

    def all_of(self, figures: Iterable[Figure]) -> dict[int, Said]:
        """Return what is told of each figure, by its entry.

        Raises:
            LedgerDamaged: The text of a source is not what was recorded.
        """
        by_entry = {figure.entry: figure for figure in figures}
        ordered = sorted(by_entry.values(), key=lambda figure: (figure.document, figure.entry))
        return {figure.entry: self.of(figure) for figure in ordered}

    def of(self, figure: Figure) -> Said:
        """Return what is told of one figure; without a quote where its source has no text."""
        body = self._document(figure.document).body
        told = {name: body[name] for name in _TOLD if body.get(name)}
        if "text" not in body or figure.observation.start == figure.observation.end:
            return Said(figure, None, told)
        return Said(figure, quote_of(self._text(body), figure.observation), told)

    def _document(self, entry: int) -> Entry:
        if entry not in self._documents:
            self._documents[entry] = self._ledger.entry(entry)
        return self._documents[entry]

    def _text(self, body: dict[str, Any]) -> str:
        digest: str = body["text"]
        if digest not in self._texts:
            self._texts[digest] = self._ledger.source(digest).decode()
            if len(self._texts) > _TEXTS:
                self._texts.popitem(last=False)
        return self._texts[digest]
