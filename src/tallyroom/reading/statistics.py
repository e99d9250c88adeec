"""Levels, changes and shares: which statistic a figure is, and of which other figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from tallyroom.model.observation import Statistic
from tallyroom.reading.drafts import Draft
from tallyroom.reading.tokens import BREAK, CLAUSE, FIGURE, TERM, Token

RATIO_FORMS = frozenset({"percent", "point", "tenths", "fraction", "multiple"})
_CHANGE_BEFORE = {
    "zh": re.compile(r"(?:了|约|近|将近|逾|超过?|幅度?为?|幅达?到?|率为?|依次为|分别为?|为|达到?|多达|\s)*"),
    "en": re.compile(
        r"\s*(?:by|of|some|about|around|nearly|almost|over|more than|was|is|a|an|the)?\s*(?:an? )?\s*"
    ),
}
_LEVEL_AFTER_CUE = re.compile(r"[至到为]|\b(?:to|from|than)\b")
_LEVEL_CUE = re.compile(r".*(?:[至到]|\b(?:to|than|from))$")


def ratio_statistic(
    draft: Draft, tokens: Sequence[Token], text: str, lang: str
) -> tuple[Statistic, Decimal] | None:
    """Return the statistic of a percentage, share or multiple and its signed value; None where no word tells."""
    quantity = draft.quantity
    cue = _nearest_cue(draft, tokens, lang)
    above = _ABOVE.match(text, quantity.outer_end) if lang == "en" else None
    if above is not None:
        cue = "rise" if above[1] in _HIGHER else "fall"
    value, signed = quantity.value, _sign_before(draft, text)
    if quantity.form == "multiple":
        return _multiple(abs(value), cue, signed)
    if signed:
        value = abs(value)
    if signed and cue != "share":
        return ("change" if quantity.form == "point" else "change_pct"), signed * value
    if cue in {"rise", "fall"}:
        sign = -1 if cue == "fall" else 1
        return ("change" if quantity.form == "point" else "change_pct"), sign * value
    if cue == "share" or _is_part_of(draft, text, lang) or _is_part_of_whom(draft, tokens, text, lang):
        return "share_pct", value
    return None


_HIGHER = ("above", "over", "up", "higher", "more", "greater", "ahead of")
_ABOVE = re.compile(
    r"\s*(above|below|under|over|up|down|higher|lower|more|less|fewer|greater|smaller|ahead of|"
    r"short of)\s+(?:than|on|from|the|that|those|last|a|in|its|for)\b"
)
_SIGNED = re.compile(r"(?:^|[\s(（:：\t])([+\-−])\s?$")


def _sign_before(draft: Draft, text: str) -> int:
    """(+94%) and a table's -12.4 are changes by their sign; 0 for no sign."""
    match = _SIGNED.search(text, max(0, draft.quantity.outer_start - 3), draft.quantity.outer_start)
    if match is None:
        first = text[draft.start : draft.start + 1]
        return {"+": 1, "-": -1}.get(first, 0)
    return 1 if match[1] == "+" else -1


_HAPPENS = re.compile(
    r"\s+(?:were|was|are|is|had|have|came|"
    r"involved?|occurred|took|happened|related?|concerned?|resulted|made up|in|by)\b"
)
_OF_THE = re.compile(r"\bof (?:the|those|these|all) [^,.;]{3,70},\s*(?:[a-z]+ ){0,3}$")


def _is_part_of_whom(draft: Draft, tokens: Sequence[Token], text: str, lang: str) -> bool:
    """`arrested 475, of whom 51% were below 30`; `of the cases, more than 38% were …`; `62% came by sea`."""
    if lang != "en":
        return False
    if _HAPPENS.match(text, draft.quantity.outer_end) or _OF_THE.search(
        text, max(0, draft.quantity.outer_start - 120), draft.quantity.outer_start
    ):
        return True
    before = tokens[draft.index - 1] if draft.index else None
    return before is not None and "of_which" in before.terms.cues


def _multiple(value: Decimal, cue: str | None, signed: int) -> tuple[Statistic, Decimal]:
    """增长1.7倍 and a table's +1.7倍 add 170 %; 是上年的1.6倍 stands at 160 % and so adds 60 %."""
    grown = signed * value if signed else value if cue == "rise" else value - 1
    return "change_pct", grown * 100


_OF = re.compile(r"\s*(?:(?:,|and) \d[\d.]*(?:%| per ?cent)\s*)*(?:[a-z]+ )?of\b")
_RATE_BEFORE_EN = re.compile(
    r"\brate (?:of|was|is|stood at|stands at|at|reached|being|rose to|fell to|improved to|increased to)(?: [a-z]+)? $"
)
_SAME_AGAIN = re.compile(r"\d\s+(?:[a-z]+ ){0,2}or $")
"""`29,511 or 70.19 percent`: a count told once more as a share."""
_RATE_BEFORE = re.compile(r"(?:率|比例|比重)(?:为|达到?|是|约|近)*\s*$")


def _is_part_of(draft: Draft, text: str, lang: str) -> bool:
    if lang == "en":
        start = draft.quantity.outer_start
        near = max(0, start - 40)
        if _RATE_BEFORE_EN.search(text, near, start) or _SAME_AGAIN.search(text, near, start):
            return True
        return _OF.match(text, draft.token.end) is not None
    return (
        _RATE_BEFORE.search(text, max(0, draft.quantity.outer_start - 24), draft.quantity.outer_start)
        is not None
    )


def _nearest_cue(draft: Draft, tokens: Sequence[Token], lang: str) -> str | None:
    """Return the change or share word that governs a figure: `rise`, `fall` or `share`; None for none."""
    left, right = _cue_left(draft, tokens), _cue_right(draft, tokens, lang)
    if left is None or right is None:
        cue = left or right
        return cue[0] if cue else None
    return left[0] if left[1] <= right[1] else right[0]


_CUES = ("rise", "fall", "share")


def _cue_left(draft: Draft, tokens: Sequence[Token]) -> tuple[str, float] | None:
    cost, crossed = 0.0, 0
    for k in range(draft.index - 1, -1, -1):
        token = tokens[k]
        if token.kind == FIGURE:
            return None
        if token.kind == BREAK:
            crossed += token.strength >= CLAUSE
            cost += 0.4 if token.strength < CLAUSE else 4.0
        elif token.kind == TERM:
            for term in token.terms:
                if term.cue in _CUES and (not crossed or term.cue == "share"):
                    if term.cue != "share" and term.word.endswith(("降至", "降到", "升至", "回落至")):
                        return "share", cost
                    return term.cue, cost + (draft.quantity.outer_start - token.end) * 0.2
        if cost > 10:
            return None
    return None


def _cue_right(draft: Draft, tokens: Sequence[Token], lang: str) -> tuple[str, float] | None:
    reach = 24 if lang == "en" else 8
    for k in range(draft.index + 1, len(tokens)):
        token = tokens[k]
        if token.kind == FIGURE or token.start - draft.quantity.outer_end > reach:
            return None
        if token.kind == BREAK and token.strength >= CLAUSE:
            return None
        if token.kind == TERM:
            for term in token.terms:
                if term.cue in _CUES and not _leads_next(tokens, k):
                    return term.cue, (token.start - draft.quantity.outer_end) * 0.2
    return None


def _leads_next(tokens: Sequence[Token], k: int) -> bool:
    """下降30.4%和上升9.3%: a change word right before the next figure is that one's."""
    following = tokens[k + 1] if k + 1 < len(tokens) else None
    return following is not None and following.kind == FIGURE and following.start - tokens[k].end <= 2


def change_of_level(draft: Draft, tokens: Sequence[Token], text: str, lang: str) -> int:
    """Return +1 or -1 where a count is itself a change (减少3万名, `120 fewer`), 0 where it is a level."""
    before = tokens[draft.index - 1] if draft.index else None
    if before is not None and before.kind == TERM:
        cue = next(
            (t.cue for t in before.terms if t.cue in ("rise", "fall") and not _LEVEL_CUE.match(t.word)), None
        )
        gap = text[before.end : draft.quantity.outer_start]
        if cue and not _LEVEL_AFTER_CUE.search(gap) and _CHANGE_BEFORE[lang].fullmatch(gap):
            return -1 if cue == "fall" else 1
    after = tokens[draft.index + 1] if draft.index + 1 < len(tokens) else None
    if lang == "en" and after is not None and after.kind == TERM:
        cue = next((term.cue for term in after.terms if term.cue in ("rise", "fall")), None)
        if cue and text[draft.token.end : after.start].strip() == "":
            return -1 if cue == "fall" else 1
    return 0
