"""Operations announced once and valid until the next one."""

from __future__ import annotations

from collections.abc import Sequence

from tallyroom.codebook.model import Codebook, Operation
from tallyroom.reading.chronology import within
from tallyroom.reading.drafts import Draft
from tallyroom.reading.operations import Named, govern
from tallyroom.reading.places import AreaGroup
from tallyroom.reading.released import dated_operation
from tallyroom.reading.sentence import Sentence
from tallyroom.reading.times import Span
from tallyroom.reading.tokens import BREAK, SEMICOLON


class Campaigns:
    """The operations of a document as far as it is read."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._sticky: Named | None = None
        self._lead: Named | None = None
        self._early: Named | None = None

    def new_paragraph(self) -> None:
        self._sticky = None

    def changes(self, named: Sequence[Named]) -> bool:
        """Tell whether a sentence turns to another operation than the one before it."""
        return bool(named) and self._sticky is not None and not _is_same(named[0], self._sticky)

    def note(self, named: Sequence[Named], sentence: Sentence, *, counted: bool, near_lead: bool) -> None:
        """Take note of a sentence's operations; `counted` once the body has given figures."""
        if not named:
            return
        if self._lead is None and not counted:
            first = next((draft.start for draft in sentence.drafts if draft.is_level), None)
            if first is None or named[0].start < first or sentence.lang == "en":
                self._lead = named[0]
        if self._early is None and near_lead:
            self._early = named[0]

    def dated(self, named: Sequence[Named], codebook: Codebook) -> Operation | None:
        """Return the operation that a sentence speaks of, where the codebook knows when it began; else None."""
        speaks_of = (*named, *(one for one in (self._sticky, self._lead) if one is not None))
        known = (dated_operation(codebook.operations.get(one.code or ""), codebook) for one in speaks_of)
        return next((one for one in known if one is not None), None)

    def remember(self, named: Sequence[Named]) -> None:
        if named:
            self._sticky = named[-1]

    def of(
        self, draft: Draft, named: Sequence[Named], sentence: Sentence, groups: Sequence[AreaGroup]
    ) -> Named | None:
        """Return the operation that the draft's sentence or paragraph tells."""
        usable = [one for one in named if not _parted(one, draft, sentence, groups)]
        operation = govern(usable, draft.start, sentence.lang)
        return self._sticky if operation is None and not named else operation

    def of_document(self, span: Span | None, own: Span | None) -> Named | None:
        """Return the lead's operation for a figure of the document's own period; what came before it is history."""
        lead = self._lead or (self._early if self._lang == "en" else None)
        if lead is None or span is None or own is None:
            return lead
        current = span.last >= own.first if self._lang == "en" else within(span, own)
        return lead if current else None


def _is_same(named: Named, other: Named) -> bool:
    return named.name == other.name or (named.code is not None and named.code == other.code)


def _parted(named: Named, draft: Draft, sentence: Sentence, groups: Sequence[AreaGroup]) -> bool:
    """Tell whether a semicolon parts a name from a figure, and the figure has another actor or stands first."""
    first, last = sorted((named.start, draft.start))
    marks = [
        token.start
        for token in sentence.tokens
        if token.kind == BREAK and token.strength >= SEMICOLON and first < token.start < last
    ]
    if not marks:
        return False
    return named.start > draft.start or any(g.codes and g.actor and marks[0] < g.start < last for g in groups)
