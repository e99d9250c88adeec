"""What a sentence tells of its figures: the offence before them, the reason behind people, channel and origin."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tallyroom.reading.drafts import Draft
from tallyroom.reading.tokens import BREAK, CLAUSE, FIGURE, SEMICOLON, Token

SENTENCE_WIDE = ("channel", "origin")
DRUG_OFFENCES = frozenset(
    {"drugs", "drug_trafficking", "drug_manufacture", "drug_possession", "drug_cultivation", "drug_use"}
)


def better(present: str | None, value: str, key: str) -> bool:
    if present is None:
        return True
    return key in ("substance", "offence") and present == "drugs" and value != "drugs"


_REASON = re.compile(
    r"\s+(?:for|over|on suspicion of|on charges of|in connection with|in relation to|suspected of|accused of|"
    r"involved in)\b"
)


def reason_of(draft: Draft, tokens: Sequence[Token], text: str) -> str | None:
    """`148 suspects for murder, 282 for dealing in drugs`: the offence that stands behind people is theirs."""
    people = draft.indicator is not None and draft.indicator.startswith("persons") and draft.is_level
    if not people or _REASON.match(text, draft.phrase.end) is None:
        return None
    told: list[str] = []
    for token in tokens[draft.phrase.next :]:
        if token.kind == FIGURE or (token.kind == BREAK and token.strength >= CLAUSE):
            break
        told.extend(term.marks["offence"] for term in token.terms if "offence" in term.marks)
    if len(set(told) - DRUG_OFFENCES) > 1:
        return "other"
    return told[0] if told else None


Told = tuple[str | None, dict[str, str]]
"""An offence, and a channel and an origin."""


def told_before(tokens: Sequence[Token]) -> dict[int, Told]:
    """Return for each figure, by the place of its token, what was told before it."""
    offence: str | None = None
    marks: dict[str, str] = {}
    before: dict[int, Told] = {}
    for k, token in enumerate(tokens):
        if token.kind == FIGURE:
            before[k] = offence, dict(marks)
        elif token.kind == BREAK:
            if token.strength >= SEMICOLON:
                offence, marks = None, {}
            continue
        for term in token.terms.marked:
            told = term.marks.get("offence")
            if told == "firearms" and term.thing == "item" and term.lang == "en":
                told = None  # guns found say nothing of what stands beside them
            if told is not None and not _is_counted_site(tokens, k) and better(offence, told, "offence"):
                offence = told
            _widen(marks, term.thing, term.marks)
    return before


def sentence_marks(before: Told, tokens: Sequence[Token], index: int) -> Told:
    """Return the offence told before the figure `tokens[index]`, and the channel and origin around it."""
    offence, marks = before[0], dict(before[1])
    for token in tokens[index + 1 :]:
        if token.kind == FIGURE or (token.kind == BREAK and token.strength >= CLAUSE):
            break
        for term in token.terms.marked:
            _widen(marks, None, term.marks)
    return offence, marks


def _widen(marks: dict[str, str], thing: str | None, told: Mapping[str, str]) -> None:
    """A channel that belongs to a thing counted elsewhere (寄递物流企业14320家) says nothing about its neighbours."""
    if thing is None or thing in ("case", "drug"):
        marks.update((key, told[key]) for key in SENTENCE_WIDE if key in told)


def _is_counted_site(tokens: Sequence[Token], k: int) -> bool:
    """捣毁制毒厂点361个 tells of sites, not of the offence of the haul after it."""
    if not any(term.thing == "site" for term in tokens[k].terms):
        return False
    return any(0 <= j < len(tokens) and tokens[j].kind == FIGURE for j in (k - 1, k + 1))
