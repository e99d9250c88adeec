"""Lists of places that are not as long as they say (F204): the texts of a record, and the figures beside such lists."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from tallyroom.algebra.soft.lists import Miscount, miscounts
from tallyroom.algebra.soft.suspicion import Suspicion
from tallyroom.codebook import Codebook
from tallyroom.codebook.folding import fold_word
from tallyroom.ledger import SqliteLedger
from tallyroom.model import Finding

if TYPE_CHECKING:
    from tallyroom.algebra.algebra import Algebra

LIST = "F204"


class ListChecker:
    """Counts the lists in texts whose figures are about several places; each text is looked at once."""

    def __init__(self, ledger: SqliteLedger, codebook: Codebook) -> None:
        self._ledger, self._codebook = ledger, codebook
        self._found: dict[int, tuple[Miscount, ...]] = {}
        """By document."""

    def findings(self, algebra: Algebra, figures: Iterable[int] | None = None) -> Iterator[Finding]:
        """Tell of lists that do not have the length they say, each with the first figure behind it.

        Args:
            algebra: The figures of the record.
            figures: Entries of those beside which lists are looked for; all, by default.
        """
        for document, entries in sorted(_of_several_places(algebra, figures).items()):
            for miscount in self._miscounts(document):
                yield self._told(miscount, entries, algebra)

    def _miscounts(self, document: int) -> tuple[Miscount, ...]:
        if document not in self._found:
            self._found[document] = tuple(miscounts(self._text(document), self._level_of))
        return self._found[document]

    def _text(self, document: int) -> str:
        body = self._ledger.entry(document).body
        return self._ledger.source(body["text"]).decode() if "text" in body else ""

    @functools.cached_property
    def _levels(self) -> dict[str, str]:
        """What kind of place each word of a place names; not worked out where no list is looked at."""
        return {term.word: _level(term.area[0]) for term in self._codebook.terms if len(term.area) == 1}

    def _level_of(self, words: str) -> str:
        return self._levels.get(fold_word(words), "")

    def _told(self, miscount: Miscount, entries: Sequence[int], algebra: Algebra) -> Finding:
        figures = algebra.quote(entries)
        behind = [entry for entry, figure in figures.items() if figure.observation.start >= miscount.start]
        first = min(behind or figures, key=lambda entry: figures[entry].observation.start)
        says = {
            "en": f"a list says {miscount.says} places and names {miscount.names}: {{figures}}",
            "zh": f"列举称{miscount.says}地，实列{miscount.names}地：{{figures}}",
        }
        return Suspicion(LIST, (first,), says).finding({first: figures[first]})


def _level(code: str) -> str:
    """What kind of place a code of the codebook is: `CN`, `CN-YN`, or `*CN-YN` for what lies in one; no region."""
    if code.startswith("*"):
        return "place" if len(code) > 1 else ""
    return "subdivision" if "-" in code else "country"


def _of_several_places(algebra: Algebra, figures: Iterable[int] | None) -> dict[int, list[int]]:
    """Those of some figures (all by default) that are about several places together, by their document."""
    held = algebra.holding
    found: dict[int, list[int]] = {}
    for entry in sorted(held.claim if figures is None else held.claim.keys() & figures):
        claim = held.claim[entry]
        if len(held.places.all[held.place[held.cell[claim]]].area) > 1:
            found.setdefault(held.document[claim], []).append(entry)
    return found
