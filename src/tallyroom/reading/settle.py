"""Settling the figures of one sentence: what each counts, as a level, change or share, and of which figure."""

from __future__ import annotations

import re

from tallyroom.codebook.model import Codebook, Term
from tallyroom.reading.attach import attach
from tallyroom.reading.drafts import Draft
from tallyroom.reading.exclusions import set_aside
from tallyroom.reading.grammar import GRAMMARS
from tallyroom.reading.hauls import fill_substances, name_haul
from tallyroom.reading.kinds import own_marks
from tallyroom.reading.lists import pair_respectively
from tallyroom.reading.parents import follow, is_compared, parent_of, ratio_parent, take_known_verb
from tallyroom.reading.patterns import Patterns
from tallyroom.reading.phrases import phrase_after
from tallyroom.reading.ratios import agree_with_level, settle_ratio
from tallyroom.reading.sentence import Memory, Sentence
from tallyroom.reading.statistics import RATIO_FORMS, change_of_level
from tallyroom.reading.tokens import FIGURE, TERM, Token

_PHYSICAL = frozenset({"mass", "volume", "land", "money", "tablet", "plant", "parcel", "person_time"})


def settle(sentence: Sentence, memory: Memory, patterns: Patterns, codebook: Codebook) -> list[Draft]:
    """Return the drafts of a sentence in order; those that could not be settled have no indicator."""
    grammar = GRAMMARS[sentence.lang]
    for index, token in enumerate(sentence.tokens):
        if token.kind == FIGURE:
            sentence.drafts.append(_draft(sentence, index, token))
    for k, draft in enumerate(sentence.drafts):
        draft.aside = set_aside(draft, sentence) or _aside_before(k, sentence)
        if draft.aside is None:
            _settle_one(k, sentence, memory, patterns)
    pair_respectively(sentence.tokens, sentence.text, sentence.drafts, patterns, grammar)
    for draft in sentence.drafts:
        if draft.indicator is not None:
            draft.unit = unit_of(draft, codebook, patterns)
    fill_substances(sentence, memory)
    agree_with_level(sentence)
    if sentence.kind not in ("bullet", "row"):
        memory.lead = [
            term for token in sentence.tokens if token.kind == TERM for term in token.terms if term.action
        ]
    if not sentence.drafts and sentence.lang == "zh":
        memory.topic = _topic_of(sentence) or memory.topic
    memory.levels.extend(draft for draft in sentence.drafts if draft.is_level)
    del memory.levels[:-40]
    return sentence.drafts


_SENT = frozenset({"deploy", "conduct"})


def _aside_before(k: int, sentence: Sentence) -> str | None:
    """公布典型案例10批97件: what stands right behind a number set aside is of the same kind."""
    if not k or sentence.lang != "zh":
        return None
    before, draft = sentence.drafts[k - 1], sentence.drafts[k]
    return before.aside if before.quantity.outer_end == draft.quantity.outer_start else None


def _topic_of(sentence: Sentence) -> str | None:
    """What a sentence without figures says will be counted: 案件数."""
    told = (
        term.thing for token in sentence.tokens for term in token.terms if term.word.endswith(("数", "量"))
    )
    return next((thing for thing in told if thing is not None), None)


def _draft(sentence: Sentence, index: int, token: Token) -> Draft:
    assert token.quantity is not None
    phrase = phrase_after(sentence.tokens, index, sentence.text, GRAMMARS[sentence.lang])
    return Draft(token.quantity, token, index, phrase, token.start, token.end)


def _settle_one(k: int, sentence: Sentence, memory: Memory, patterns: Patterns) -> None:
    draft = sentence.drafts[k]
    language = GRAMMARS[sentence.lang]
    if _is_second_unit(k, sentence):
        first = sentence.drafts[k - 1]
        name_haul(first, draft)
        follow(draft, first, "second-unit")
        draft.statistic = first.statistic
        return
    whole = _whole_of_bracket(k, sentence)
    if whole is not None:
        attach(draft, sentence.tokens, sentence.text, language, patterns)
        follow(draft, whole, "part")
        own_marks(draft, sentence.tokens, sentence.text)
        return
    lead = memory.lead if sentence.kind in ("bullet", "row") else ()
    if (
        sentence.kind == "row"
    ):  # 部署的“昆仑”行动 over a table of suspects: who was sent is not who was caught
        lead = [term for term in lead if term.action not in _SENT]
    attach(draft, sentence.tokens, sentence.text, language, patterns, lead)
    _take_same_goods(k, sentence, patterns)
    if draft.quantity.form in RATIO_FORMS:
        settle_ratio(k, sentence, memory)
        return
    if _is_worth_in_brackets(k, sentence):
        match = patterns.match(_VALUE, None, draft)
        if match is not None:
            draft.indicator, draft.pattern = match
            draft.thing, draft.action, draft.shape, draft.cost = _VALUE, None, "bracketed-worth", 1.0
            draft.marks.update({k: v for k, v in sentence.drafts[k - 1].marks.items() if k == "substance"})
            return
    sign = change_of_level(draft, sentence.tokens, sentence.text, sentence.lang)
    compared = not draft.phrase.heads and is_compared(draft, sentence)
    if (
        compared
        or draft.indicator is None
        or draft.cost > 6.5
        or _parts(k, sentence)
        or _is_bare_part(draft, sentence)
        or (sign and not draft.phrase.heads)
    ):
        parent = parent_of(k, sentence, memory) or (ratio_parent(k, sentence, memory) if sign else None)
        if parent is not None:
            follow(draft, parent, "part")
        elif draft.indicator is None:
            _take_companion(k, sentence, patterns)
    if draft.indicator is None:
        return
    take_known_verb(draft, sentence, memory)
    own_marks(draft, sentence.tokens, sentence.text)
    if sign:
        draft.statistic = "change"
        draft.marks["sign"] = str(sign)


_VALUE = Term(word="", lang="", rule="measure", thing="value")
_HAUL = frozenset({"quantity_seized", "items_seized"})


def _is_worth_in_brackets(k: int, sentence: Sentence) -> bool:
    """`63kg of herbal cannabis (€1.26m)`: money in brackets right behind a haul is what that is worth."""
    draft, before = sentence.drafts[k], sentence.drafts[k - 1] if k else None
    if (
        before is None
        or draft.measure != "money"
        or before.indicator not in _HAUL
        or before.measure == "money"
    ):
        return False
    if sentence.text[max(0, draft.quantity.outer_start - 1) : draft.quantity.outer_start] not in ("(", "（"):
        return False
    return not sentence.text[before.phrase.end : draft.quantity.outer_start - 1].strip()


_PERSON = Term(word="", lang="", rule="counter", thing="person")


def _take_companion(k: int, sentence: Sentence, patterns: Patterns) -> None:
    """计126件、133人: people told right beside cases are those of the cases, by the same verb."""
    draft = sentence.drafts[k]
    before = sentence.drafts[k - 1] if k else None
    if before is None or draft.measure != "person" or before.thing is None or before.thing.thing != "case":
        return
    if not before.is_level or sentence.text[before.end : draft.start].strip() not in ("、", "，", ",", ""):
        return
    match = patterns.match(_PERSON, before.action, draft)
    if match is not None:
        follow(draft, before, "part")
        draft.indicator, draft.pattern = match
        draft.thing = _PERSON


_GOODS = frozenset({"item", "animal", "material", "drug", "crop"})


def _take_same_goods(k: int, sentence: Sentence, patterns: Patterns) -> None:
    """货物2.4万批次、816万件, 制品1.7万件、2.4吨: a second measure right beside the first is of the same goods."""
    draft, before = sentence.drafts[k], sentence.drafts[k - 1] if k else None
    if before is None or sentence.lang != "zh" or not before.is_level or before.thing is None:
        return
    if before.thing.thing not in _GOODS or draft.phrase.heads or draft.measure not in _COUNTED:
        return
    if sentence.text[before.quantity.outer_end : draft.quantity.outer_start].strip() not in (
        "、",
        "，",
        ",",
        "共",
        "",
    ):
        return
    match = patterns.match(before.thing, before.action, draft)
    if match is not None:
        draft.indicator, draft.pattern = match
        draft.thing, draft.action, draft.thing_token = before.thing, before.action, before.thing_token
        draft.cost, draft.shape = before.cost + 1.0, "same-goods"


_COUNTED = frozenset({"count", "item", "case", "mass", "volume", "tablet", "parcel", "plant"})


def _parts(k: int, sentence: Sentence) -> bool:
    """A bare verbless reading loses to being a part of the figure before a colon."""
    draft = sentence.drafts[k]
    return draft.action is None and draft.thing is not None and draft.cost > 5.0


_PEOPLE_IN_BRACKETS = re.compile(
    r"\s*\((?:including |of (?:them|whom) )?(?:(?:\d[\d,]*|[a-z]+) "
    r"(?:men|women|males?|females?|boys|girls|minors|foreigners|adults|nationals?|locals)"
    r"(?:, | and |, and ))*$"
)


def _whole_of_bracket(k: int, sentence: Sentence) -> Draft | None:
    """`5,417 suspects (4,502 men and 915 women)`: people in brackets are of the people before them."""
    draft = sentence.drafts[k]
    if sentence.lang != "en" or draft.measure != "count" or not draft.phrase.heads:
        return None
    if draft.phrase.heads[-1][1].thing != "person":
        return None
    for whole in reversed(sentence.drafts[:k]):
        people = whole.indicator is not None and whole.indicator.startswith("persons") and whole.is_level
        if people and _PEOPLE_IN_BRACKETS.fullmatch(sentence.text, whole.phrase.end, draft.start):
            return whole
    return None


_OPENS_PART = re.compile(
    r"\b(?:including|(?:of|among) (?:whom|which|them|these|those)|comprising)"
    r"(?: the)?(?: about| some| over| more than| nearly)? $"
)
_FOR_WHAT = re.compile(r" (?:for|in|on|over|under|from|involving|related|relating|linked|who)\b")


def _is_bare_part(draft: Draft, sentence: Sentence) -> bool:
    """`128,640 people were detained, including 14,812 for dealing in drugs`: a bare number is of what was counted."""
    if sentence.lang != "en" or draft.measure != "count" or draft.phrase.heads:
        return False
    if _FOR_WHAT.match(sentence.text, draft.quantity.outer_end) is None:
        return False
    start = draft.quantity.outer_start
    return _OPENS_PART.search(sentence.text, max(0, start - 40), start) is not None


def _is_second_unit(k: int, sentence: Sentence) -> bool:
    """`165 pounds (roughly 75 kg)`: the same amount again in another unit or currency."""
    if k == 0:
        return False
    draft, before = sentence.drafts[k], sentence.drafts[k - 1]
    between = sentence.text[before.token.end : draft.quantity.outer_start]
    return (
        before.indicator is not None
        and draft.measure == before.measure
        and draft.measure in ("mass", "money", "volume", "land")
        and re.fullmatch(
            r"\s*(?:of [a-z ]{2,24})?\s*[(（,/]?\s*(?:or|about|roughly|approximately|equivalent to|"
            r"equal to|some|nearly|折合|合|约)?\s*",
            between,
        )
        is not None
        and any(mark in between for mark in ("(", "（", "or", "/", "合"))
    )


def _is_piece(draft: Draft) -> bool:
    """网具2.8万片, 烟弹23.6万颗: pieces of what is no drug, or of a drug in cartridges."""
    cartridge = draft.thing is not None and draft.thing.word.endswith("烟弹")
    return draft.indicator == "items_seized" or cartridge


def _is_checked(draft: Draft) -> bool:
    """检查船舶2.8万艘次 counts vessels, 出动舰艇1.9万艘次 how often they went out."""
    checked = draft.action is not None and draft.action.action == "inspect"
    return checked and draft.thing is not None and draft.thing.thing == "item"


def unit_of(draft: Draft, codebook: Codebook, patterns: Patterns) -> str:
    """Return the canonical unit of a settled figure."""
    if draft.statistic in ("change_pct", "share_pct"):
        return "percent"
    if draft.quantity.form == "point":
        return "percentage_point"
    unit = draft.quantity.unit
    if unit is not None and unit.measure in ("tablet", "parcel") and _is_piece(draft):
        return "item"
    if unit is not None and unit.measure in _PHYSICAL:
        return unit.code
    if draft.thing is not None and draft.thing.thing == "drug" and draft.measure == "count":
        named = patterns.unit_word(draft.thing) or draft.marks.get("unit")
        if named:
            return named
    if unit is not None and unit.measure == "operation" and draft.indicator == "operations_conducted":
        return "item" if _is_checked(draft) else "operation"
    if draft.pattern is not None and draft.pattern.unit:
        return draft.pattern.unit
    indicator = codebook.indicators[draft.indicator or ""]
    if draft.indicator == "quantity_seized" and unit is not None:
        return unit.code
    if (
        len(indicator.units) > 1
        and unit is not None
        and unit.measure != "count"
        and unit.code in indicator.units
    ):
        return unit.code
    return indicator.units[0] if indicator.units else "item"
