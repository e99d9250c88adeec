"""Figures that take what they count from another one: parts, comparisons, items of a list, changes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tallyroom.reading.drafts import Draft
from tallyroom.reading.sentence import Memory, Sentence
from tallyroom.reading.times import Moment
from tallyroom.reading.tokens import BREAK, COLON, FIGURE

_COUNTLIKE = frozenset({"count", "case", "person", "group", "site", "operation", "item"})

_COMPARED_TO = {
    "zh": re.compile(
        r"(?:比|较|与)[^，。；,;、]{1,12}$|(?:是|为)(?:[去上前]年|同期|\d{4}年)[^，。；,;、]{0,8}$"
    ),
    "en": re.compile(
        r"\b(?:than|against|from|compared (?:with|to)|versus)\s+(?:the |a |about |some |only |just )?$"
    ),
}


def is_compared(draft: Draft, sentence: Sentence) -> bool:
    """Tell whether a level is only what another one is compared with: 比2015年高峰时的10875件."""
    start = draft.quantity.outer_start
    return _COMPARED_TO[sentence.lang].search(sentence.text, max(0, start - 24), start) is not None


_FROM = re.compile(r"\bfrom\s+(?:the |a |about |some |only |just |under |over )?$")
_ON_TO = re.compile(r"[^.;]{0,24}\bto (?:just |about |over |under )?\d")


def is_told_of_before(
    draft: Draft, sentence: Sentence, moments: Sequence[Moment], reach: tuple[int, int]
) -> bool:
    """Tell whether a level without a time of its own is what a present one is compared with: `fell from 258 to 131`."""
    if not draft.is_level or not is_compared(draft, sentence):
        return False
    if any(reach[0] <= m.start <= reach[1] and not m.statement for m in moments):
        return False
    start = draft.quantity.outer_start
    changes = any(
        token.start < draft.start and not token.terms.cues.isdisjoint(("rise", "fall"))
        for token in sentence.tokens
    )
    if changes or _FROM.search(sentence.text, max(0, start - 24), start) is None:
        return changes or draft.parent is not None
    return _ON_TO.match(sentence.text, draft.quantity.outer_end) is not None


def follow(draft: Draft, parent: Draft, shape: str) -> None:
    """Let a figure take what it counts from another one, with that one's narrowing."""
    draft.indicator, draft.pattern = parent.indicator, parent.pattern
    draft.thing, draft.action = (
        draft.thing if shape == "part" and draft.thing else parent.thing,
        parent.action,
    )
    sign = draft.ratio_marks()
    draft.marks = {key: value for key, value in parent.marks.items() if key not in ("sign", "ratio")} | sign
    draft.own = set(parent.own)
    draft.parent, draft.shape = parent, shape
    draft.cost = parent.cost + 1.0


_LINK = re.compile(
    r"其中|包括|含|分别|较|比|为|：|:|\bof which\b|\bof whom\b|\bof these\b|\bof them\b|\bamong\b|"
    r"\bincluding\b|\bthan\b|\bagainst\b|"
    r"\bfrom\b|\bcompared\b|\bto\b|\bwith\b|\b(?:the )?others?\b|\bcomprising\b|\bconsisting\b|"
    r"\bversus\b|\bin\b|--|—|–| - "
)


def _of_same_thing(levels: list[Draft], draft: Draft) -> list[Draft]:
    """件数增加1206件 after cases and people is about the cases."""
    if draft.thing is None:
        return []
    return [level for level in levels if level.thing is not None and level.thing.thing == draft.thing.thing]


_ITEM_BESIDE = re.compile(r"[^,，;；]{0,24}[,，、;；][^,，;；]{0,24}|\)(?:,? and|,|、| &)[^,;()]{0,40}\(")
"""What stands between two items of a list: `Nueva Ecija (203), Pampanga (181) and Tarlac (96)`."""


def parent_of(k: int, sentence: Sentence, memory: Memory) -> Draft | None:
    """Return the figure that an unsettled one is a part of, a comparison with, or an item beside."""
    draft = sentence.drafts[k]
    if sentence.lang == "zh" and not (_ends_bare(draft, sentence) and _begins_bare(draft, sentence)):
        return None
    levels = [other for other in sentence.drafts[:k] if other.is_level and _same_family(other, draft)]
    levels = _of_same_thing(levels, draft) or levels
    head_at = _head_end(draft, sentence)
    heads = [other for other in levels if other.end <= head_at]
    if heads:
        return heads[-1]
    if levels:
        near = levels[-1]
        between = sentence.text[near.end : draft.quantity.outer_start]
        linked = (
            _LINK.search(between) is not None
            or (
                sentence.lang == "zh"
                and draft.quantity.unit is not None
                and near.quantity.unit == draft.quantity.unit
            )
        ) or _ITEM_BESIDE.fullmatch(between) is not None
        return near if linked and not draft.phrase.heads else None
    return _from_memory(draft, sentence, memory)


_BARE_AFTER = re.compile(
    r"\s*(?:$|[，。；、：,;:.()（）|\n\t”\"的已占均被及和与及同为以左上]|公开|分别|其中|不等|次)"
)


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


_CATEGORY = re.compile(r"[\u4e00-\u9fff](?:类|类型)(?:案件|警情)?$")
"""刷单返利类15起: a category of what was counted in all."""


def _is_category(draft: Draft, sentence: Sentence) -> bool:
    at = draft.quantity.outer_start
    return _CATEGORY.search(sentence.text, max(sentence.span[0], at - 24), at) is not None


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
    return _is_category(draft, sentence) or len(_LIGHT.sub("", "".join(rest))) <= 4


def _head_end(draft: Draft, sentence: Sentence) -> int:
    """Where the head of a list of parts ends: the last colon or `of which` before the figure; -1 for none."""
    at = -1
    for token in sentence.tokens[: draft.index]:
        if (token.kind == BREAK and token.strength == COLON) or ("of_which" in token.terms.cues):
            at = token.start
    return at


def _same_family(parent: Draft, part: Draft) -> bool:
    if parent.measure == part.measure or {parent.measure, part.measure} <= {"person", "person_time"}:
        return True
    if part.measure == "person" and parent.thing is not None and parent.thing.thing == "case":
        return False  # 计126件、133人: people are no part of cases
    return (
        parent.measure in _COUNTLIKE
        and part.measure in _COUNTLIKE
        and (part.measure == "count" or parent.measure == "count")
    )


_OF_TOTAL = re.compile(r"\bof (?:the|this|that) (?:total|number|figure)[a-z ]{0,20},\s*$")


def _from_memory(draft: Draft, sentence: Sentence, memory: Memory) -> Draft | None:
    """其中 and bare 名 or 起 reach back to the sentence before; in English only what is told as a part does."""
    recent = [level for level in memory.levels if level.sentence >= 0 and _same_family(level, draft)]
    if (
        sentence.lang == "en"
        and sentence.kind == "row"
        and (draft.thing is None or draft.thing.rule == "measure")
    ):
        alike = [level for level in memory.levels if level.measure == draft.measure]
        return alike[-1] if alike else None  # a table goes on from what was said before it
    if not recent and sentence.lang == "zh" and _is_category(draft, sentence):
        recent = [level for level in memory.levels if level.measure == draft.measure][-1:]
    if not recent and memory.topic is not None:
        recent = [d for d in memory.levels if d.thing is not None and d.thing.thing == memory.topic][-1:]
        recent = [level for level in recent if _same_family(level, draft)]
    if not recent and draft.measure != "mass":
        return None
    told = any(term.cue == "of_which" for token in sentence.tokens[: draft.index] for term in token.terms)
    told = told or _OF_TOTAL.search(sentence.text, max(0, draft.start - 40), draft.start) is not None
    counted = draft.quantity.unit is not None and draft.quantity.unit.measure in (
        "person",
        "person_time",
        "case",
        "mass",
    )
    bare = not draft.phrase.heads and draft.thing is None
    if sentence.lang == "en" and sentence.kind == "bullet" and _is_parallel(draft, sentence):
        counts = [level for level in recent if level.measure == "count"]
        return counts[-1] if counts else None
    if draft.measure == "mass" and bare and sentence.lang == "en" and memory.substance:
        hauls = [
            level for level in memory.levels if level.sentence >= 0 and level.indicator == "quantity_seized"
        ]
        return hauls[-1] if hauls else None
    if not recent:
        return None
    if told or (sentence.lang == "zh" and counted and bare):
        return (_counted_alike(draft, memory) or recent)[-1]
    return None


def _counted_alike(draft: Draft, memory: Memory) -> list[Draft]:
    """案件1286件, 贩毒集团96团, 其中海上走私19件: a part is of what was counted with its word, even a paragraph ago."""
    if draft.measure != "count" or draft.quantity.unit is None:
        return []
    return [level for level in memory.levels if level.quantity.unit == draft.quantity.unit]


def _is_parallel(draft: Draft, sentence: Sentence) -> bool:
    """`Cutter Mohawk, one: 1,700 lb`: an item of a list that leaves out the noun of the item before."""
    bare = not draft.phrase.heads and re.match(r"\s*(?:[:;,.)]|$)", sentence.text[draft.end : draft.end + 2])
    return bool(bare) and not any(d.end <= draft.start for d in sentence.drafts if d is not draft)


def ratio_parent(k: int, sentence: Sentence, memory: Memory) -> Draft | None:
    levels = [draft for draft in sentence.drafts[:k] if draft.is_level]
    plain = [draft for draft in levels if not is_compared(draft, sentence)]
    if plain or levels:
        return (plain or levels)[-1]
    ratios = [draft for draft in sentence.drafts[:k] if draft.indicator is not None]
    if ratios:
        return ratios[-1]
    return memory.levels[-1] if memory.levels and memory.levels[-1].sentence >= 0 else None


def take_known_verb(draft: Draft, sentence: Sentence, memory: Memory) -> None:
    """A noun without a verb is about what was last said of its kind: 一审审结案件…其中非法持有毒品案1595件."""
    if draft.action is not None or draft.thing is None or draft.thing.thing not in ("case", "user", "person"):
        return
    before = [
        d for d in (*memory.levels, *sentence.drafts) if d.is_level and d is not draft and d.thing is not None
    ]
    same = [
        d
        for d in before
        if d.thing is not None
        and d.thing.thing == draft.thing.thing
        and d.action is not None
        and d.indicator != "deaths"
    ]
    filed = sentence.lang == "en" and bool(same) and same[-1].indicator == "cases_filed"
    if sentence.lang == "en" and same and same[-1].indicator == "cases_concluded" and draft.action is None:
        opened = [d for d in same if d.indicator == "cases_filed"]
        same, filed = opened[-1:] or same, bool(opened)  # of what kind the cases opened were
    if sentence.lang == "zh" and same and same[-1].sentence < 0 and same[0].indicator == "cases_filed":
        same, filed = same[:1], True  # 共录得罪案3.9万宗: under later headings too, 电脑犯罪452宗 is of those
    if same and (same[-1].sentence >= 0 or draft.thing.thing != "case" or filed):
        draft.indicator, draft.pattern, draft.action = same[-1].indicator, same[-1].pattern, same[-1].action
