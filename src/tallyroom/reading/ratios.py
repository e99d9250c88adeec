"""Percentages, shares and multiples: of which figure they are, and what of it they tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from tallyroom.model.observation import Statistic
from tallyroom.reading.drafts import Draft
from tallyroom.reading.kinds import own_marks, told_offence
from tallyroom.reading.parents import follow, ratio_parent, take_known_verb
from tallyroom.reading.sentence import Memory, Sentence
from tallyroom.reading.statistics import ratio_statistic
from tallyroom.reading.tokens import BREAK, CLAUSE, FIGURE

_OWN_CLAUSE = 3.0
"""A ratio whose own clause names what it measures is about that, not about the figure before it."""


def settle_ratio(k: int, sentence: Sentence, memory: Memory) -> None:
    draft = sentence.drafts[k]
    told = ratio_statistic(draft, sentence.tokens, sentence.text, sentence.lang)
    told = _told_before(k, sentence, told) or told
    parent = ratio_parent(k, sentence, memory)
    of_them = re.match(
        r"\s*of (?:them|these|those|the total|which|whom|all)\b",
        sentence.text[draft.token.end : draft.token.end + 16],
    )
    far = 5.0 if told is not None and told[0] == "share_pct" and parent is None else 2.2
    whole = _whole_told(draft, sentence) if told is not None and told[0] == "share_pct" else None
    if whole is not None:
        parent = whole(memory.levels) or parent
    has_own = (
        not of_them
        and whole is None
        and not (told is not None and _names_whole(draft, sentence))
        and draft.indicator is not None
        and (draft.cost <= _OWN_CLAUSE + far or _number_of_it(draft, sentence))
        and _thing_is_nearer(draft, parent)
    )
    if told is not None:
        draft.statistic, signed = told
        draft.marks["sign"] = "-1" if signed < 0 else "1"
        draft.marks["ratio"] = str(abs(signed))
    if told is None or (parent is None and not has_own):
        draft.indicator = None
        return
    if has_own:
        take_known_verb(draft, sentence, memory)
        own_marks(draft, sentence.tokens, sentence.text)
    elif parent is not None:
        follow(draft, parent, draft.statistic)
        if whole is not None:
            _mark_part(draft, sentence)


def _told_before(
    k: int, sentence: Sentence, told: tuple[Statistic, Decimal] | None
) -> tuple[Statistic, Decimal] | None:
    """分别上升8.3%、11.5%和1.4倍: the word before the first of a list of changes is said of all of them."""
    draft, before = sentence.drafts[k], sentence.drafts[k - 1] if k else None
    if before is None or before.statistic not in ("change_pct", "share_pct", "change"):
        return None
    multiple = draft.quantity.form == "multiple"
    again = before.statistic == "change" and draft.quantity.form == "percent"
    if told is not None and not again and not (multiple and before.quantity.form != "multiple"):
        return None
    between = before.quantity.outer_end, draft.quantity.outer_start
    row = (
        before.statistic == "share_pct"
        and sentence.lang == "en"
        and _SHARES.fullmatch(sentence.text, *between)
    )
    if not row and not _GOES_ON.fullmatch(sentence.text, *between):
        return None
    value = abs(draft.quantity.value) * (100 if multiple else 1)
    return "change_pct" if again else before.statistic, value * (
        -1 if before.marks.get("sign") == "-1" else 1
    )


_GOES_ON = re.compile(
    r"\s*(?:[、,，;；]|,? ?and|(?:[a-z]+ )?or|和)\s*(?:\d{4}年?|去年|今年|in \d{4})?\s*(?:已|则|又|为|是|降至|升至|"
    r"降到|升到|达到?|约|\s|it was|was|to|a)*"
)


_SHARES = re.compile(r"(?: (?:were|are|was|is|being))?(?: [a-z-]+){1,3}(?:,|,? and) (?:the other |another )?")
"""`62% were Ethiopian, 36% Yemeni`: a share goes on through its list."""


def _whole_told(draft: Draft, sentence: Sentence) -> Callable[[Sequence[Draft]], Draft | None] | None:
    """个案之中私烟占62%: the whole is told before its parts; return how to find its figure."""
    if draft.action is not None:
        return None
    for token in reversed(sentence.tokens[: draft.index]):
        if "of_which" in token.terms.cues:
            cases = "案" in sentence.text[token.start : token.end]
            return lambda levels: next(
                (
                    d
                    for d in reversed(levels)
                    if not cases or (d.thing is not None and d.thing.thing == "case")
                ),
                None,
            )
    return None


_IN_WHOLE = re.compile(
    r"(?:在|占|佔)[^，,。；;、\d]{0,40}$|(?:高出|高于|低于|超出)同期[^，,。；;、\d]{0,30}$"
)


def _names_whole(draft: Draft, sentence: Sentence) -> bool:
    """在同期全部刑事案件中比重为5%, 占全省缴毒总量的六成: what stands behind 在 or 占 is the whole, not the part."""
    if sentence.lang != "zh" or draft.thing_token is None:
        return False
    near = max(0, draft.quantity.outer_start - 48)
    opened = _IN_WHOLE.search(sentence.text, near, draft.quantity.outer_start)
    return opened is not None and draft.thing_token.start > opened.start()


def _mark_part(draft: Draft, sentence: Sentence) -> None:
    """毒品占7%: the part that a share tells narrows the offence."""
    for token in reversed(sentence.tokens[: draft.index]):
        if token.kind == FIGURE or (token.kind == BREAK and token.strength >= CLAUSE):
            return
        for term in token.terms:
            told = told_offence(term)
            if told is not None:
                draft.marks["offence"] = told
                draft.own.add("offence")
                return


_NUMBER_OF = re.compile(r"\b(?:number|numbers|amount|quantity|volume|value|weight) of\b[^,.;:\d]*$")


def _number_of_it(draft: Draft, sentence: Sentence) -> bool:
    """`the number of drug users dealt with is down 17%`: a change is of what its own clause numbers."""
    if sentence.lang != "en" or draft.thing_token is None or draft.thing_token.start > draft.start:
        return False
    near = max(sentence.span[0], draft.quantity.outer_start - 120)
    opened = _NUMBER_OF.search(sentence.text, near, draft.quantity.outer_start)
    return opened is not None and opened.start() < draft.thing_token.start


def _thing_is_nearer(draft: Draft, parent: Draft | None) -> bool:
    if draft.thing_token is None:
        return False
    return (
        parent is None
        or parent.sentence < 0
        or draft.thing_token.start >= parent.end
        or draft.thing_token.start > draft.end
    )


_TO_LEVEL = re.compile(r"\s*(?:,\s*)?(?:to|至|到|，?至|,?达到?)\s*")


def agree_with_level(sentence: Sentence) -> None:
    """`seizures fell 12 percent to 14,300 pounds`: the change is of what the level behind it measures."""
    for ratio, level in zip(sentence.drafts, sentence.drafts[1:], strict=False):
        if (
            ratio.statistic != "change_pct"
            or not level.is_level
            or ratio.indicator == level.indicator
            or ratio.aside
        ):
            continue
        if _TO_LEVEL.fullmatch(sentence.text, ratio.quantity.outer_end, level.quantity.outer_start):
            follow(ratio, level, "change_pct")
            ratio.unit = "percent"
