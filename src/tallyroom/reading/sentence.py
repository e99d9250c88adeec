"""A sentence ready to be settled, and what earlier sentences leave to later ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tallyroom.codebook.model import Term
from tallyroom.reading.drafts import Draft
from tallyroom.reading.tokens import BREAK, CLAUSE, FIGURE, Token


@dataclass(slots=True)
class Sentence:
    """One sentence ready to settle: its tokens in order and where it stands in its block's view."""

    text: str
    raw: str
    span: tuple[int, int]
    tokens: list[Token]
    lang: str
    kind: str = "paragraph"
    names: Sequence[tuple[int, int]] = ()
    """Spans of names of operations, whose numerals count nothing."""
    drafts: list[Draft] = field(default_factory=list)


@dataclass(slots=True)
class Memory:
    """What earlier sentences of the paragraph and the document leave to later ones."""

    levels: list[Draft] = field(default_factory=list)
    substance: str | None = None
    crop: str | None = None
    """The plant that was destroyed last."""
    named: set[str] = field(default_factory=set)
    topic: str | None = None
    """What a sentence without figures said that its paragraph counts: 案件数的曲线先扬后抑."""
    lead: list[Term] = field(default_factory=list)
    """The verbs of the line that leads in a list, for its items."""

    @property
    def only(self) -> str | None:
        """The one drug that the document has named so far, or None for none or several."""
        named = self.named - {"drugs"}
        return next(iter(named)) if len(named) == 1 else None

    def new_paragraph(self) -> None:
        self.substance = self.topic = None
        self.lead = []
        for draft in self.levels:
            draft.sentence -= 100


def clause_of(draft: Draft, sentence: Sentence) -> tuple[int, int]:
    """Where the figure's clause begins, after the last break or figure before it, and where it ends."""
    start, end = sentence.span
    for token in reversed(sentence.tokens[: draft.index]):
        if token.kind == FIGURE or (token.kind == BREAK and token.strength >= CLAUSE):
            start = token.end
            break
    for token in sentence.tokens[draft.phrase.next :]:
        if token.kind == BREAK and token.strength >= CLAUSE:
            end = token.start
            break
    return start, end
