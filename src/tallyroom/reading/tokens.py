"""What stands in a sentence, in order: figures, terms, periods, and the marks that break it into clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from tallyroom.codebook.meanings import NO_MEANINGS, Meanings
from tallyroom.model.quantity import Quantity

FIGURE, TERM, PERIOD, BREAK = "figure", "term", "period", "break"

# How strongly a mark parts what stands on either side of it.
LIST, COLON, CLAUSE, SEMICOLON = 0, 1, 2, 3
_BREAKS = {
    "、": LIST, "：": COLON, ":": COLON, "，": CLAUSE, ",": CLAUSE, "；": SEMICOLON, ";": SEMICOLON,
    "—": CLAUSE, "–": CLAUSE, "…": CLAUSE, "(": CLAUSE, ")": CLAUSE, "（": CLAUSE, "）": CLAUSE, "|": CLAUSE,
    "\t": CLAUSE, "。": SEMICOLON, "•": SEMICOLON, "[": CLAUSE, "]": CLAUSE, "【": CLAUSE, "】": CLAUSE,
}  # fmt: skip
BREAK_PATTERN = re.compile(r"[、：:，,；;—–…()（）|\t。•\[\]【】]| - |--+")


class Token(msgspec.Struct, gc=False):
    """One thing found in a block, `view.text[start:end]`; what it holds depends on `kind`."""

    start: int
    end: int
    kind: str
    terms: Meanings = NO_MEANINGS
    quantity: Quantity | None = None
    period: Any = None
    strength: int = 0


def breaks(text: str) -> list[Token]:
    """Return the marks of `text` that part clauses, except commas inside numbers."""
    return [
        Token(match.start(), match.end(), BREAK, strength=_BREAKS.get(match.group(), CLAUSE))
        for match in BREAK_PATTERN.finditer(text)
    ]


_SENTENCE_END_ZH = re.compile(r"[。！？!?]+[”’\"'」』）)]*")
_SENTENCE_END_EN = re.compile(
    r"(?<![\s(][a-z])(?<!\b[a-z]\.[a-z])(?:[.!?][\"')\]]*(?:\(\d+\))?)(?=\s+(?:;\s*)?[\"'(\[]?[A-Z0-9$£€*•]|\s*$)"
)
_ABBREVIATION = re.compile(
    r"\b(?:mr|mrs|ms|dr|st|no|nos|vs|gen|lt|col|sgt|capt|sen|rep|gov|det|insp|jr|sr|inc|corp|co|ltd|approx|est|etc|dept|"
    r"jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec|fla|tex|calif|ariz|mass|rs|art|sec|fig|u\.s|u\.k|u\.n|a\.m|p\.m|i\.e|e\.g)\.$"
)


def sentences(text: str, raw: str, lang: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences of a block; together they cover it."""
    ends = _zh_ends(text) if lang == "zh" else _en_ends(text, raw)
    spans: list[tuple[int, int]] = []
    start = 0
    for end in [*ends, len(text)]:
        if end > start:
            spans.extend(_pieces(text, start, end))
            start = end
    return spans


_LONGEST = 1500
"""A run of more characters without an end is no sentence; it is cut, so that no text takes long."""


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what is too long for a sentence at its last strong break, else at its last break, else anywhere."""
    while end - start > _LONGEST:
        limit = start + _LONGEST
        cut = max(text.rfind(mark, start + 1, limit) for mark in "；;\n") + 1
        if cut <= start:
            cut = max(text.rfind(mark, start + 1, limit) for mark in "，,、 ") + 1
        if cut <= start:
            cut = limit
        yield start, cut
        start = cut
    yield start, end


def _zh_ends(text: str) -> list[int]:
    """Quotation marks are all alike here: 。"除根"行动 begins with one that opens, if those before it are in pairs."""
    ends, quotes, counted = [], 0, 0
    for match in _SENTENCE_END_ZH.finditer(text):
        quotes += text.count('"', counted, match.start())
        counted = match.start()
        opening = match[0].endswith('"') and match[0].count('"') == 1 and quotes % 2 == 0
        ends.append(match.end() - opening)
    return ends


def _en_ends(text: str, raw: str) -> list[int]:
    cased = raw if len(raw) == len(text) else text
    return [
        match.end()
        for match in _SENTENCE_END_EN.finditer(cased)
        if not (
            cased[match.start()] == "."
            and _ABBREVIATION.search(text, max(0, match.start() - 7), match.start() + 1)
        )
    ]


def by_sentence(
    tokens: list[Token], spans: Sequence[tuple[int, int]]
) -> Iterator[tuple[tuple[int, int], list[Token]]]:
    """Yield each sentence's span with the tokens that begin in it; both are given in order."""
    at, many = 0, len(tokens)
    for span in spans:
        first = at
        while at < many and tokens[at].start < span[1]:
            at += 1
        yield span, tokens[first:at]
