"""Settling the figures of one sentence: what each counts, as a level, a change or a share, and of which other figure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tallyroom.codebook.model import Codebook, Term
from tallyroom.reading.attach import attach, phrase_after
from tallyroom.reading.drafts import Draft
from tallyroom.reading.grammar import GRAMMARS
from tallyroom.reading.kinds import own_marks
from tallyroom.reading.lists import pair_respectively
from tallyroom.reading.patterns import Patterns
from tallyroom.reading.statistics import RATIO_FORMS, change_of_level, ratio_statistic
from tallyroom.reading.tokens import BREAK, CLAUSE, COLON, FIGURE, SEMICOLON, TERM, Token

_PHYSICAL = frozenset({"mass", "volume", "land", "money", "tablet", "plant", "parcel", "person_time"})
_COUNTLIKE = frozenset({"count", "case", "person", "group", "site", "operation", "item"})
_OWN_CLAUSE = 3.0
"""A ratio whose own clause names what it measures is about that, not about the figure before it."""
_PART_MEASURES = {"user": "person", "user_stock": "person"}


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
    named: set[str] = field(default_factory=set)
    lead: list[Term] = field(default_factory=list)
    """The verbs of the line that leads in a list, for its items."""

    @property
    def only(self) -> str | None:
        """The one drug that the document has named so far, or None for none or several."""
        named = self.named - {"drugs"}
        return next(iter(named)) if len(named) == 1 else None

    def new_paragraph(self) -> None:
        self.substance = None
        self.lead = []
        for draft in self.levels:
            draft.sentence -= 100


def settle(sentence: Sentence, memory: Memory, patterns: Patterns, codebook: Codebook) -> list[Draft]:
    """Return the drafts of a sentence in order; those that could not be settled have no indicator."""
    grammar = GRAMMARS[sentence.lang]
    for index, token in enumerate(sentence.tokens):
        if token.kind == FIGURE:
            sentence.drafts.append(_draft(sentence, index, token))
    for k, draft in enumerate(sentence.drafts):
        draft.aside = _set_aside(draft, sentence)
        if draft.aside is None:
            _settle_one(k, sentence, memory, patterns, grammar)
    pair_respectively(sentence.tokens, sentence.text, sentence.drafts, patterns, grammar, sentence.lang)
    for draft in sentence.drafts:
        if draft.indicator is not None:
            draft.unit = unit_of(draft, codebook, patterns)
    _fill_substances(sentence, memory)
    _agree_with_level(sentence)
    if sentence.kind not in ("bullet", "row"):
        memory.lead = [term for token in sentence.tokens if token.kind == TERM for term in token.terms if term.action]
    memory.levels.extend(draft for draft in sentence.drafts if draft.is_level)
    del memory.levels[:-40]
    return sentence.drafts


_TO_LEVEL = re.compile(r"\s*(?:,\s*)?(?:to|至|到|，?至|,?达到?)\s*")


def _agree_with_level(sentence: Sentence) -> None:
    """`seizures fell 12 percent to 14,300 pounds`: the change is of what the level behind it measures."""
    for ratio, level in zip(sentence.drafts, sentence.drafts[1:], strict=False):
        if ratio.statistic != "change_pct" or not level.is_level or ratio.indicator == level.indicator or ratio.aside:
            continue
        if _TO_LEVEL.fullmatch(sentence.text, ratio.quantity.outer_end, level.quantity.outer_start):
            kept = {key: ratio.marks[key] for key in ("sign", "ratio") if key in ratio.marks}
            ratio.indicator, ratio.pattern, ratio.thing = level.indicator, level.pattern, level.thing
            ratio.marks = {k: v for k, v in level.marks.items() if k not in ("sign", "ratio")} | kept
            ratio.unit, ratio.shape, ratio.cost, ratio.parent = "percent", "change_pct", level.cost + 1.0, level


_HAULS = frozenset({"quantity_seized", "case_value"})


def _fill_substances(sentence: Sentence, memory: Memory) -> None:
    """`48 packages holding 367 pounds of methamphetamine`: a haul that names no drug is of the one named beside it."""
    hauls = [draft for draft in sentence.drafts if draft.indicator in _HAULS and draft.aside is None]
    for k, draft in enumerate(hauls):
        if draft.indicator == "case_value" and len({d.marks["substance"] for d in hauls[:k] if d.marks.get("substance")}) > 1:
            draft.marks["substance"] = "drugs"
        if draft.marks.get("substance") in (None, "drugs") and _THE_DRUG.match(sentence.text, draft.token.end):
            draft.marks["substance"] = memory.substance or memory.only or "drugs"
        if draft.marks.get("substance") or (draft.thing is not None and draft.thing.thing not in ("drug", "value")):
            continue
        after = next((d.marks["substance"] for d in hauls[k + 1 : k + 2] if d.marks.get("substance") and _is_vague(draft)), None)
        found = _precursor_case(draft, sentence) or after or _same_haul(draft, hauls[:k], memory, sentence)
        if found is None and draft.unit == "plant":
            found = "cannabis_plant"
        if found:
            draft.marks["substance"] = found
    for draft in hauls:
        if draft.indicator == "quantity_seized" and draft.marks.get("substance"):
            memory.substance = draft.marks["substance"]
            memory.named.add(draft.marks["substance"])


_THE_DRUG = re.compile(r"\s*of (?:the|this|that) (?:same |said |[a-z]+ ){0,3}(?:drug|narcotic|substance)\b")


def _same_haul(draft: Draft, before: Sequence[Draft], memory: Memory, sentence: Sentence) -> str | None:
    """20 bricks of cocaine `weighing 48 pounds` are cocaine; a new mass of unnamed drugs is of drugs in general."""
    named = [d.marks["substance"] for d in before if d.marks.get("substance")]
    if draft.indicator == "case_value":
        if len(set(named)) > 1:
            return "drugs"
        return named[-1] if named else _drug_in_clause(draft, sentence) or memory.substance
    if draft.thing is not None and draft.thing.rule == "measure":
        near = _drug_in_clause(draft, sentence)
        other = [d for d in before if d.marks.get("substance") and d.measure != draft.measure]
        return near or (other[-1].marks["substance"] if other else "drugs")
    return named[-1] if named else memory.substance or memory.only


def _drug_in_clause(draft: Draft, sentence: Sentence) -> str | None:
    """`methamphetamine seizures fell 12 percent to 14,300 pounds`: the drug named earlier in the clause."""
    for token in reversed(sentence.tokens[: draft.index]):
        if token.kind == BREAK and token.strength >= CLAUSE:
            return None
        for term in token.terms:
            if term.thing == "drug" and "substance" in term.marks:
                return term.marks["substance"]
    return None


def _precursor_case(draft: Draft, sentence: Sentence) -> str | None:
    """走私易制毒化学品案件8起，缴获32.89吨: the case says of what kind the haul is."""
    for token in reversed(sentence.tokens[: draft.index]):
        for term in token.terms:
            if term.marks.get("offence") == "precursors" and draft.indicator == "quantity_seized":
                return "precursors"
            if "offence" in term.marks:
                return None
    return None


def _is_vague(draft: Draft) -> bool:
    return draft.indicator == "quantity_seized" and draft.thing is not None


def _draft(sentence: Sentence, index: int, token: Token) -> Draft:
    assert token.quantity is not None
    phrase = phrase_after(sentence.tokens, index, sentence.text, GRAMMARS[sentence.lang])
    return Draft(token.quantity, token, index, phrase, token.start, token.end)


def _settle_one(k: int, sentence: Sentence, memory: Memory, patterns: Patterns, grammar: object) -> None:
    draft = sentence.drafts[k]
    language = GRAMMARS[sentence.lang]
    if _is_second_unit(k, sentence):
        first = sentence.drafts[k - 1]
        _name_haul(first, draft)
        _follow(draft, first, "second-unit")
        draft.statistic = first.statistic
        return
    lead = memory.lead if sentence.kind in ("bullet", "row") else ()
    attach(draft, sentence.tokens, sentence.text, language, patterns, lead)
    if draft.quantity.form in RATIO_FORMS:
        _settle_ratio(k, sentence, memory)
        return
    sign = change_of_level(draft, sentence.tokens, sentence.text, sentence.lang)
    compared = not draft.phrase.heads and _is_compared(draft, sentence)
    if compared or draft.indicator is None or draft.cost > 6.5 or _parts(k, sentence) or (sign and not draft.phrase.heads):
        parent = _parent(k, sentence, memory) or (_ratio_parent(k, sentence, memory) if sign else None)
        if parent is not None:
            _follow(draft, parent, "part")
    if draft.indicator is None:
        return
    _take_known_verb(draft, sentence, memory)
    own_marks(draft, sentence.tokens, sentence.text)
    if sign:
        draft.statistic = "change"
        draft.marks["sign"] = str(sign)


def _name_haul(first: Draft, second: Draft) -> None:
    """`367 pounds (166.6 kg) of methamphetamine`: the substance after the brackets is that of both."""
    for _, term in second.phrase.heads:
        if term.thing == "drug" and first.marks.get("substance") in (None, "drugs") and term.marks.get("substance"):
            first.marks["substance"] = term.marks["substance"]


def _take_known_verb(draft: Draft, sentence: Sentence, memory: Memory) -> None:
    """A noun without a verb is about what was last said of its kind: 一审审结案件…其中非法持有毒品案1595件."""
    if draft.action is not None or draft.thing is None or draft.thing.thing not in ("case", "user", "person"):
        return
    before = [d for d in (*memory.levels, *sentence.drafts) if d.is_level and d is not draft and d.thing is not None]
    same = [d for d in before if d.thing is not None and d.thing.thing == draft.thing.thing and d.action is not None]
    if same and (same[-1].sentence >= 0 or draft.thing.thing != "case"):
        draft.indicator, draft.pattern, draft.action = same[-1].indicator, same[-1].pattern, same[-1].action


def _parts(k: int, sentence: Sentence) -> bool:
    """A bare verbless reading loses to being a part of the figure before a colon."""
    draft = sentence.drafts[k]
    return draft.action is None and draft.thing is not None and draft.cost > 5.0


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
        and re.fullmatch(r"\s*(?:of [a-z ]{2,24})?\s*[(（,/]?\s*(?:or|about|roughly|approximately|equivalent to|equal to|some|nearly|折合|合|约)?\s*", between) is not None
        and any(mark in between for mark in ("(", "（", "or", "/", "合"))
    )


def _whole_told(draft: Draft, sentence: Sentence) -> Callable[[Sequence[Draft]], Draft | None] | None:
    """个案之中私烟占62%: the whole is told before its parts; return how to find its figure."""
    if draft.action is not None:
        return None
    for token in reversed(sentence.tokens[: draft.index]):
        if any(term.cue == "of_which" for term in token.terms):
            cases = "案" in sentence.text[token.start : token.end]
            return lambda levels: next(
                (d for d in reversed(levels) if not cases or (d.thing is not None and d.thing.thing == "case")), None
            )
    return None


_GOES_ON = re.compile(r"\s*(?:[、,，;；]|,? ?and|和)\s*(?:\d{4}年?|去年|今年|in \d{4})?\s*(?:已|则|又|为|是|降至|升至|降到|升到|达到?|约|\s|it was|was|to|a)*")


def _settle_ratio(k: int, sentence: Sentence, memory: Memory) -> None:
    draft = sentence.drafts[k]
    told = ratio_statistic(draft, sentence.tokens, sentence.text, sentence.lang)
    if told is None and k and sentence.drafts[k - 1].statistic in ("change_pct", "share_pct", "change"):
        before = sentence.drafts[k - 1]
        if _GOES_ON.fullmatch(sentence.text, before.quantity.outer_end, draft.quantity.outer_start):
            told = before.statistic, draft.quantity.value * (-1 if before.marks.get("sign") == "-1" else 1)
    parent = _ratio_parent(k, sentence, memory)
    of_them = re.match(r"\s*of (?:them|these|those|the total|which|whom|all)\b", sentence.text[draft.token.end : draft.token.end + 16])
    far = 5.0 if told is not None and told[0] == "share_pct" and parent is None else 2.2
    whole = _whole_told(draft, sentence) if told is not None and told[0] == "share_pct" else None
    if whole is not None:
        parent = whole(memory.levels) or parent
    has_own = not of_them and whole is None and draft.indicator is not None and draft.cost <= _OWN_CLAUSE + far and _thing_is_nearer(draft, parent)
    if told is not None:
        draft.statistic, signed = told
        draft.marks["sign"] = "-1" if signed < 0 else "1"
        draft.marks["ratio"] = str(abs(signed))
    if told is None or (parent is None and not has_own):
        draft.indicator = None
        return
    if has_own:
        _take_known_verb(draft, sentence, memory)
        own_marks(draft, sentence.tokens, sentence.text)
    elif parent is not None:
        _follow(draft, parent, draft.statistic)
        if whole is not None:
            _mark_part(draft, sentence)


def _mark_part(draft: Draft, sentence: Sentence) -> None:
    """毒品占7%: the part that a share tells narrows the offence."""
    for token in reversed(sentence.tokens[: draft.index]):
        if token.kind == FIGURE or (token.kind == BREAK and token.strength >= CLAUSE):
            return
        for term in token.terms:
            told = term.marks.get("offence") or ("drugs" if term.thing == "drug" else None)
            if told is not None:
                draft.marks["offence"] = told
                draft.own.add("offence")
                return


def _thing_is_nearer(draft: Draft, parent: Draft | None) -> bool:
    if draft.thing_token is None:
        return False
    return parent is None or parent.sentence < 0 or draft.thing_token.start >= parent.end or draft.thing_token.start > draft.end


def _ratio_parent(k: int, sentence: Sentence, memory: Memory) -> Draft | None:
    levels = [draft for draft in sentence.drafts[:k] if draft.is_level]
    plain = [draft for draft in levels if not _is_compared(draft, sentence)]
    if plain or levels:
        return (plain or levels)[-1]
    ratios = [draft for draft in sentence.drafts[:k] if draft.indicator is not None]
    if ratios:
        return ratios[-1]
    return memory.levels[-1] if memory.levels and memory.levels[-1].sentence >= 0 else None


_COMPARED_TO = {
    "zh": re.compile(r"(?:比|较|是|为|与)[^，。；,;、]{1,12}$"),
    "en": re.compile(r"\b(?:than|against|from|compared (?:with|to)|versus)\s+(?:the |a |about |some |only |just )?$"),
}


def _is_compared(draft: Draft, sentence: Sentence) -> bool:
    """Tell whether a level is only what another one is compared with: 比2015年高峰时的10875件."""
    start = draft.quantity.outer_start
    return _COMPARED_TO[sentence.lang].search(sentence.text, max(0, start - 24), start) is not None


def _follow(draft: Draft, parent: Draft, shape: str) -> None:
    """Let a figure take what it counts from another one, with that one's narrowing."""
    draft.indicator, draft.pattern = parent.indicator, parent.pattern
    draft.thing, draft.action = draft.thing if shape == "part" and draft.thing else parent.thing, parent.action
    sign = {key: draft.marks[key] for key in ("sign", "ratio") if key in draft.marks}
    draft.marks = {key: value for key, value in parent.marks.items() if key not in ("sign", "ratio")} | sign
    draft.own = set(parent.own)
    draft.parent, draft.shape = parent, shape
    draft.cost = parent.cost + 1.0


_LINK = re.compile(
    r"其中|包括|含|分别|较|比|为|：|:|\bof which\b|\bof whom\b|\bof these\b|\bof them\b|\bamong\b|\bincluding\b|\bthan\b|\bagainst\b|"
    r"\bfrom\b|\bcompared\b|\bto\b|\bwith\b|\b(?:the )?others?\b|\bcomprising\b|\bconsisting\b|\bversus\b|\bin\b|--|—|–| - "
)


def _parent(k: int, sentence: Sentence, memory: Memory) -> Draft | None:
    """Return the figure that an unsettled one is a part of, a comparison with, or an item beside."""
    draft = sentence.drafts[k]
    if sentence.lang == "zh" and not (_ends_bare(draft, sentence) and _begins_bare(draft, sentence)):
        return None
    levels = [other for other in sentence.drafts[:k] if other.is_level and _same_family(other, draft)]
    head_at = _head_end(draft, sentence)
    heads = [other for other in levels if other.end <= head_at]
    if heads:
        return heads[-1]
    if levels:
        near = levels[-1]
        between = sentence.text[near.end : draft.quantity.outer_start]
        linked = (
            _LINK.search(between) is not None
            or (sentence.lang == "zh" and draft.quantity.unit is not None and near.quantity.unit == draft.quantity.unit)
        ) or re.fullmatch(r"[^,，;；]{0,24}[,，、;；][^,，;；]{0,24}", between) is not None
        return near if linked and not draft.phrase.heads else None
    return _from_memory(draft, sentence, memory)


_BARE_AFTER = re.compile(r"\s*(?:$|[，。；、：,;:.()（）|\n\t”\"的已占均被及和与及同为以左上]|公开|分别|其中|不等|次)")


def _ends_bare(draft: Draft, sentence: Sentence) -> bool:
    """Tell whether no noun of its own follows a Chinese figure: 1000名居民 is no part of 6名嫌疑人."""
    at = draft.quantity.outer_end
    if _BARE_AFTER.match(sentence.text[at : at + 3]):
        return True
    following = sentence.tokens[draft.index + 1] if draft.index + 1 < len(sentence.tokens) else None
    return following is not None and following.start == at and any(t.action or t.cue for t in following.terms)


_LIGHT = re.compile(
    r"[\d.至到\-~]+(?:周?岁)(?:以[上下])?|[的了有为是则也又再另还共达至计及其中在内外上下间含等各已新说、：:\s]|其中|分别|另有|另外|此外|以上|以下|之间|不满|未满|年满|人数|相加|"
    r"累计|合计|总计|共计|包括|涉及|同期|同比|环比|较上年|比上年|上年|去年|今年|全年|当年"
)


def _begins_bare(draft: Draft, sentence: Sentence) -> bool:
    """Tell whether no unknown noun stands before a Chinese figure in its clause: 调处海上纠纷8400余起 is no part."""
    at = draft.quantity.outer_start
    rest: list[str] = []
    for token in reversed(sentence.tokens[: draft.index]):
        rest.append(sentence.text[token.end : at] if token.end < at else "")
        at = min(at, token.start)
        if token.kind in (BREAK, FIGURE):
            break
    else:
        rest.append(sentence.text[sentence.span[0] : at])
    return len(_LIGHT.sub("", "".join(rest))) <= 4


def _head_end(draft: Draft, sentence: Sentence) -> int:
    """Where the head of a list of parts ends: the last colon or `of which` before the figure; -1 for none."""
    at = -1
    for token in sentence.tokens[: draft.index]:
        if (token.kind == BREAK and token.strength == COLON) or (
            token.kind == TERM and any(term.cue == "of_which" for term in token.terms)
        ):
            at = token.start
    return at


def _same_family(parent: Draft, part: Draft) -> bool:
    if parent.measure == part.measure or {parent.measure, part.measure} <= {"person", "person_time"}:
        return True
    return parent.measure in _COUNTLIKE and part.measure in _COUNTLIKE and (part.measure == "count" or parent.measure == "count")


def _from_memory(draft: Draft, sentence: Sentence, memory: Memory) -> Draft | None:
    """其中 and bare 名 or 起 reach back to the sentence before; in English only what is told as a part does."""
    recent = [level for level in memory.levels if level.sentence >= 0 and _same_family(level, draft)]
    if not recent and draft.measure != "mass":
        return None
    told = any(term.cue == "of_which" for token in sentence.tokens[: draft.index] for term in token.terms)
    counted = draft.quantity.unit is not None and draft.quantity.unit.measure in ("person", "person_time", "case", "mass")
    bare = not draft.phrase.heads and draft.thing is None
    if sentence.lang == "en" and sentence.kind == "bullet" and _is_parallel(draft, sentence):
        counts = [level for level in recent if level.measure == "count"]
        return counts[-1] if counts else None
    if draft.measure == "mass" and bare and sentence.lang == "en" and memory.substance:
        hauls = [level for level in memory.levels if level.sentence >= 0 and level.indicator == "quantity_seized"]
        return hauls[-1] if hauls else None
    if not recent:
        return None
    if told or (sentence.lang == "zh" and counted and bare):
        return recent[-1]
    return None


_CLASS = re.compile(r"[者国地省市县级波轮批大方类种项面边道届期层步维]")
"""两波, 两者, 十省: after a bare Chinese number these count no results."""


def _is_parallel(draft: Draft, sentence: Sentence) -> bool:
    """`Cutter Mohawk, one: 1,700 lb`: an item of a list that leaves out the noun of the item before."""
    bare = not draft.phrase.heads and re.match(r"\s*(?:[:;,.)]|$)", sentence.text[draft.end : draft.end + 2])
    return bool(bare) and not any(d.end <= draft.start for d in sentence.drafts if d is not draft)


_RATE = re.compile(r"\s*(?:per|an?|each|every)\s+(?:kilo|kg|tonne|ton|gram|ounce|pill|tablet|packet|pack|head|(?:day|week|month|year)(?!\s+(?:earlier|ago|before|later|prior|on))|dose|hour|100|1,000|capita)")
_NOT_PLACES = re.compile(r"(?:总区|省|市|区县|县|国家|部门|地区|州|乡镇|街道|小时|工作日|方面|环节|领域|专题|村)")
_YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d")


def _set_aside(draft: Draft, sentence: Sentence) -> str | None:
    """Return the rule by which a number is no result: a target, a rate, a price, an article."""
    text = sentence.text
    if draft.quantity.form == "ordinal":
        return "ordinal"
    if sentence.lang == "zh" and draft.quantity.unit is None and _CLASS.match(text, draft.end):
        return "class_count"
    if text[draft.start : draft.end] in ("两者", "二者", "三者", "两国", "三国"):
        return "class_count"
    if sentence.lang == "zh" and text[draft.end - 1] == "个" and _NOT_PLACES.match(text, draft.end):
        return "class_count"
    if draft.quantity.unit is None and sentence.kind != "row" and _YEAR.fullmatch(text, draft.start, draft.end):
        return "date"
    if any(term.thing == "uncounted" for _, term in draft.phrase.heads[-1:]):
        return "uncounted"
    if sentence.lang == "en" and _PENALTY.search(text, *sentence.span):
        return "penalty"
    if sentence.lang == "en" and _is_age(draft, text):
        return "age"
    if _is_article(draft, sentence):
        return "article"
    if _is_named(draft, sentence):
        return "name"
    if _RATE.match(text, draft.quantity.outer_end):
        return "rate"
    return _cue_aside(draft, sentence)


_PENALTY = re.compile(
    r"\b(?:carries? (?:a|an|up|the|with)|(?:may|could|can|will) (?:face|be (?:fined|sentenced|jailed|punished|liable))|faces? (?:a|an|up to|between|the)|"
    r"liable (?:to|for|on)|punishable|(?:maximum|minimum|mandatory) (?:penalty|sentence|minimum|term|fine)|reward of|penalty of|fine of up to|"
    r"on conviction|if convicted)\b"
)
_AGED = re.compile(r"\b(?:aged?|ages)\s+(?:between\s+)?[\d, and to&-]*$|\b(?:oldest|youngest)(?: [a-z]+){0,3} (?:is|was|being|,)? ?$")
_YEARS_OLD = re.compile(r"\b(?:below|under|over|above)\s+(?:the age of\s+)?$")


def _is_age(draft: Draft, text: str) -> bool:
    """`aged 25, 29 and 34`, `the oldest was 88`, `were below 30`: numbers of years."""
    if draft.quantity.unit is not None or draft.quantity.value > 110:
        return False
    before = text[max(0, draft.quantity.outer_start - 40) : draft.quantity.outer_start]
    if _AGED.search(before):
        return True
    outside = text[max(0, draft.start - 24) : draft.start]
    return _YEARS_OLD.search(outside) is not None and re.match(r"\s*(?:$|[.,;:)]|years)", text[draft.end : draft.end + 7]) is not None


def _is_named(draft: Draft, sentence: Sentence) -> bool:
    """`Police Regional Office 3`, the "6.18" case: a number that is part of a name."""
    if any(start <= draft.start and draft.end <= end for start, end in sentence.names):
        return True
    raw, before, after = sentence.raw, draft.start - 1, sentence.raw[draft.end : draft.end + 1]
    if before >= 0 and raw[before] in "\"“'‘" and after in "\"”'’" and after:
        return True
    if sentence.lang != "en" or draft.quantity.unit is not None or draft.phrase.heads:
        return False
    word = re.search(r"(?<![.!?:] )(?<!^)\b([A-Z][a-z]+) $", raw[max(0, before - 24) : draft.start])
    return word is not None and raw[draft.start : draft.end].isdigit() and draft.quantity.value < 200


_LEFT = frozenset({"disaster", "plan", "per_capita", "mean", "price", "purity", "training", "not_result"})
_RIGHT = frozenset({"disaster", "injury", "sentence_term", "law", "per_capita", "example", "purity", "not_result"})


def _cue_aside(draft: Draft, sentence: Sentence) -> str | None:
    tokens = sentence.tokens
    for k in range(draft.index - 1, -1, -1):
        token = tokens[k]
        if token.kind == FIGURE or (token.kind == BREAK and token.strength >= CLAUSE):
            break
        for term in token.terms:
            if term.cue in _LEFT and not (term.word == "将" and not _leads_verb(tokens, k)):
                return term.cue
    for token in tokens[draft.index + 1 : draft.index + 4]:
        if token.kind == FIGURE or token.kind == BREAK:
            break
        for term in token.terms:
            if term.cue in _RIGHT:
                return term.cue
    return None


def _leads_verb(tokens: Sequence[Token], k: int) -> bool:
    """将抽查 tells of a plan; 将1178名嫌疑人押解回国 only puts the object first."""
    if k + 1 >= len(tokens):
        return False
    following = tokens[k + 1]
    return following.start - tokens[k].end <= 1 and any(term.action for term in following.terms)


_ARTICLE_ZH = re.compile(r"[一1][起名个位宗件条处家座人辆艘部批次案把张支枚只台笔份段栋款幅]")
_ARTICLE_EN = re.compile(r"\b(?:in|another|the|this|that|any|each|every|no|only) $")
_OCCASIONS = re.compile(r" (?:case|incident|instance|occasion|operation|raid|day|time|another|or more)\b")


def _is_article(draft: Draft, sentence: Sentence) -> bool:
    """一起 and 一名 before a noun are articles, as is `one` in `in one case`; behind their noun they count."""
    if draft.quantity.value != 1 or draft.quantity.upper is not None:
        return False
    text = sentence.text
    if sentence.lang == "en":
        if text[draft.start : draft.end] == "one" and text[max(0, draft.start - 4) : draft.start] == " in ":
            return True
        return (
            text[draft.start : draft.end] == "one"
            and _OCCASIONS.match(text, draft.end) is not None
            and _ARTICLE_EN.search(text[max(0, draft.start - 9) : draft.start]) is not None
        )
    if not _ARTICLE_ZH.fullmatch(text, draft.start, draft.end):
        return False
    return text[draft.end - 1] in "次案" or not re.match(r"\s*(?:$|[，。；、,;)）])", text[draft.end : draft.end + 2])


def unit_of(draft: Draft, codebook: Codebook, patterns: Patterns) -> str:
    """Return the canonical unit of a settled figure."""
    if draft.statistic in ("change_pct", "share_pct"):
        return "percent"
    if draft.quantity.form == "point":
        return "percentage_point"
    unit = draft.quantity.unit
    if unit is not None and unit.measure in _PHYSICAL:
        return unit.code
    if draft.thing is not None and draft.thing.thing == "drug" and draft.measure == "count":
        named = patterns.unit_word(draft.thing) or draft.marks.get("unit")
        if named:
            return named
    if unit is not None and unit.measure == "operation" and draft.indicator == "operations_conducted":
        return "operation"
    if draft.pattern is not None and draft.pattern.unit:
        return draft.pattern.unit
    indicator = codebook.indicators[draft.indicator or ""]
    if draft.indicator == "quantity_seized" and unit is not None:
        return unit.code
    if len(indicator.units) > 1 and unit is not None and unit.measure != "count" and unit.code in indicator.units:
        return unit.code
    return indicator.units[0] if indicator.units else "item"


__all__ = ["SEMICOLON", "Memory", "Sentence", "settle", "unit_of"]
