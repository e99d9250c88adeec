"""Lists that pair by order: 分别, 依次, `respectively`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tallyroom.codebook.model import Pattern, Term
from tallyroom.reading.candidates import actions_for
from tallyroom.reading.drafts import Draft
from tallyroom.reading.grammar import Grammar
from tallyroom.reading.kinds import own_marks
from tallyroom.reading.patterns import Patterns
from tallyroom.reading.statistics import RATIO_FORMS
from tallyroom.reading.tokens import FIGURE, TERM, Token

_BESIDE = re.compile(
    r"\s*(?:[、,，]|,?\s*and|和|及|与|以及|,)\s*(?:to|about|some|约|近|为)?\s*(?:上升|下降|增长|减少|增加|提高|下跌|上涨|降低|回落|up|down)?(?:了|约)?\s*"
)


def pair_respectively(
    tokens: Sequence[Token], text: str, drafts: list[Draft], patterns: Patterns, grammar: Grammar
) -> None:
    """Pair a run of figures that `respectively` announces with the things or figures told before, by order."""
    last: list[Draft] = []
    for k, token in enumerate(tokens):
        if "respectively" in token.terms.cues:
            run = _run(k, tokens, text, drafts)
            if len(run) < 2:
                continue
            for order, draft in enumerate(run):
                draft.order = order, len(run)
            if run[0].quantity.form in RATIO_FORMS:
                _pair_with_levels(run, drafts, text)
            elif not _pair_with_things(run, tokens, text, patterns, grammar) and len(last) == len(run):
                _pair_again(run, last)
            last = run


def _run(k: int, tokens: Sequence[Token], text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the figures in one row after the word, else those right before it."""
    after = [draft for draft in drafts if draft.index > k]
    if after and after[0].start - tokens[k].end < 24 and not _says_more(tokens[k + 1 : after[0].index]):
        return _row(after, text)
    before = [draft for draft in drafts if draft.index < k]
    if not before or tokens[k].start - before[-1].end > 30:
        return _row(after, text) if after else []
    row = [before[-1]]
    for draft in reversed(before[:-1]):
        if not _is_beside(draft, row[0], text):
            break
        row.insert(0, draft)
    return row


def _says_more(between: Sequence[Token]) -> bool:
    """Tell whether something else is counted between the word and the first figure."""
    return any(term.thing or term.action for token in between for term in token.terms)


def _row(drafts: Sequence[Draft], text: str) -> list[Draft]:
    row = [drafts[0]]
    for draft in drafts[1:]:
        if not _is_beside(row[-1], draft, text):
            break
        row.append(draft)
    return row


def _is_beside(first: Draft, second: Draft, text: str) -> bool:
    gap = text[first.quantity.outer_end : second.quantity.outer_start]
    return _BESIDE.fullmatch(gap) is not None


_COMPARISON = re.compile(r"[较比][^，。；,;]*$|\b(?:than|against|from)\b[^,.;]*$")
"""较2021年的527件803人: figures that others are compared with."""


def _pair_with_levels(run: list[Draft], drafts: Sequence[Draft], text: str) -> None:
    told = [draft for draft in drafts if draft.is_level and draft.end <= run[0].start and draft not in run]
    present = [draft for draft in told if not _COMPARISON.search(text, max(0, draft.start - 24), draft.start)]
    levels = present if len(present) >= len(run) else told
    if len(levels) < len(run):
        return
    for draft, level in zip(run, levels[-len(run) :], strict=True):
        if draft.statistic == "level":
            continue
        kept = draft.ratio_marks()
        draft.indicator, draft.pattern = level.indicator, level.pattern
        draft.thing, draft.action, draft.parent = level.thing, level.action, level
        draft.marks, draft.own = level.marks | kept, set(level.own)
        draft.shape = "respectively"


def _pair_with_things(
    run: list[Draft], tokens: Sequence[Token], text: str, patterns: Patterns, grammar: Grammar
) -> bool:
    things = _things_before(run[0], tokens, text)
    if len(things) < len(run):
        return _pair_with_marks(run, tokens)
    for draft, (token, term) in zip(run, things[-len(run) :], strict=True):
        matched = _best_action(draft, term, token, tokens, text, patterns, grammar)
        if matched is None:
            continue
        draft.indicator, draft.pattern = matched[0]
        draft.thing, draft.thing_token, draft.action = term, token, matched[1]
        draft.marks, draft.own, draft.parent = {}, set(), None
        draft.shape, draft.cost = "respectively", 1.0
        own_marks(draft, tokens, text)
        if "substance" in term.marks:
            draft.marks["substance"] = term.marks["substance"]
    return True


def _pair_again(run: list[Draft], last: Sequence[Draft]) -> None:
    """A second list in the sentence counts the same things in the same order."""
    if any(draft.measure != model.measure for draft, model in zip(run, last, strict=True)):
        return
    for draft, model in zip(run, last, strict=True):
        draft.indicator, draft.pattern, draft.thing, draft.action = (
            model.indicator,
            model.pattern,
            model.thing,
            model.action,
        )
        draft.marks, draft.own, draft.shape, draft.cost = (
            dict(model.marks),
            set(model.own),
            "respectively",
            2.0,
        )


def _things_before(first: Draft, tokens: Sequence[Token], text: str) -> list[tuple[Token, Term]]:
    things: list[tuple[Token, Term]] = []
    for token in tokens[: first.index]:
        if token.kind == FIGURE:
            things = []
        elif token.kind == TERM:
            thing = next((term for term in token.terms if term.thing), None)
            if thing is None:
                continue
            if (
                things
                and things[-1][1].thing != thing.thing
                and not text[things[-1][0].end : token.start].strip()
            ):
                if first.measure == "mass" and things[-1][1].thing == "drug":
                    continue  # `heroin and opium seizures`: what is weighed is the drug
                things.pop()
            things.append((token, thing))
    return things


def _best_action(
    draft: Draft,
    term: Term,
    token: Token,
    tokens: Sequence[Token],
    text: str,
    patterns: Patterns,
    grammar: Grammar,
) -> tuple[tuple[str, Pattern], Term | None] | None:
    near = sorted(actions_for(draft, tokens, text, grammar), key=lambda c: abs(c.token.start - token.start))
    for action in [c.term for c in near] + [None]:
        match = patterns.match(term, action, draft)
        if match is not None:
            return match, action
    return None


def _pair_with_marks(run: list[Draft], tokens: Sequence[Token]) -> bool:
    """`Repeat and new abusers numbered 2,471 and 1,110 respectively`: one noun, several qualities."""
    marks = [
        term
        for token in tokens[: run[0].index]
        if token.kind == TERM
        for term in token.terms
        if term.thing is None
        and term.action is None
        and {"novelty", "scope", "role", "origin", "site"} & set(term.marks)
    ]
    if len(marks) != len(run):
        return False
    for draft, term in zip(run, marks, strict=True):
        for key in ("novelty", "scope", "role", "origin", "site"):
            if key in term.marks:
                draft.marks[key] = term.marks[key]
            elif any(key in other.marks for other in marks):
                draft.marks.pop(key, None)
    return True
