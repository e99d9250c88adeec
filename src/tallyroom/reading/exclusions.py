"""Numbers that are no results: targets, rates, prices, penalties, ages, articles, parts of names; each by its rule."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from tallyroom.reading.drafts import Draft
from tallyroom.reading.sentence import Sentence
from tallyroom.reading.tokens import BREAK, CLAUSE, COLON, FIGURE, Token

_CLASS = re.compile(r"[者国地省市县级波轮批大方类种项面边道届期层步维]")
"""两波, 两者, 十省: after a bare Chinese number these count no results."""

_RATE = re.compile(
    r"\s*(?:per|an?|each|every)\s+(?:kilo|kg|tonne|ton|gram|ounce|pill|tablet|packet|pack|head|(?:day|week|month|year)(?!\s+(?:earlier|ago|before|later|prior|on))|dose|hour|100|1,000|capita)"
)

_NOT_PLACES = re.compile(
    r"(?:总区|省|市|区县|县|国家|部门|地区|州|乡镇|街道|小时|工作日|方面|环节|领域|专题|村)"
)


def _is_class(draft: Draft, text: str) -> bool:
    """两波, 十省: the word that tells the class may stand in the figure's span or behind it."""
    inside = draft.end - draft.start > 1 and _CLASS.match(text, draft.end - 1) is not None
    return inside or _CLASS.match(text, draft.end) is not None


_GRADED = frozenset({"money", "mass", "person", "tablet", "plant"})
_TIMES_BEFORE = re.compile(r"(?:先后|前后|曾|连续|一连)$")


def _is_adverbial(draft: Draft, text: str) -> bool:
    """先后5次在公海接驳: how often something was done, right before its verb."""
    if text[draft.end - 1] != "次" or re.match(r"\s*(?:$|[，。；、,;)）])", text[draft.end : draft.end + 1]):
        return False
    return _TIMES_BEFORE.search(text, max(0, draft.start - 4), draft.start) is not None


_OPEN_ENDED = re.compile(r"以[上下]|[超逾过]")
_GRADE = re.compile(
    r"的?(?:重?[大要]?案件?|大要案|毒品案|走私案|犯罪(?!嫌疑|分子|人员)|团伙)|的(?=\d|[,，、]|可|处|依法|应|一律|即)"
)


def _is_grade(draft: Draft, text: str) -> bool:
    """案值50万元以上案件33起, 超亿元的118起, 10万元以上的，依法追究: an amount that only sorts cases."""
    quantity = draft.quantity
    written = text[quantity.outer_start : quantity.outer_end]
    at = quantity.outer_end - written.endswith("的")
    return _OPEN_ENDED.search(written) is not None and _GRADE.match(text, at) is not None


_NO_RESULT = re.compile(
    r"(?:方面|领域|环节|专题|重点[，。；、]|严禁|不得|务必|行动计划)|(?<=项)[^，。；、]{0,14}?(?:措施|举措|制度|任务|内容|规定|条例|政策|改革|标准|议程|决定|情形)"
    r"|(?<=个)[^，。；、]{0,8}?(?:领域|(?:工作|专案|检查|督导|督查|督察|巡视|巡察|调查|指导)组)"
)
"""7方面, 7项措施, 6个专案组, 五个严禁: how something is laid out, or who was sent."""

_NUMBERED = re.compile(r"[届号卷层]")
_WOUNDED = re.compile(r"[打炸击致刺砍]伤(?:了|近|约|至少|超过?)?$")

_RATE_OF_SUCCESS = re.compile(
    r"(?:合格|成功|满意|办结|结案|达标|好评|覆盖|回收|利用|完成|中标)率[^，。；、\d]{0,14}(?:由[\d.]+%[^，。；\d]{0,4})?$"
)
"""办结率96%, 合格率由97.1%提升至99.4%: how well it was done, and of what is no figure."""
_RANKED = re.compile(
    r"(?:分?列|位居|居|排在?|排名|名列|跃居|退居)(?:[^，。；\d]{0,3}[一二三四五六七八九十]、)?$"
)
"""位居前三位, 分列二、三位: how high something stands."""
_ONE_OF = re.compile(r"[^，。；、]{0,16}之一")
_IDIOM = re.compile(r"一([起个件批处])[，、]?[^，。；\d]{2,6}一\1")
"""发现一起查处一起: every single one."""

_YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d")


def set_aside(draft: Draft, sentence: Sentence) -> str | None:
    """Return the rule by which a number is no result: a target, a rate, a price, an article."""
    text = sentence.text
    if draft.quantity.form == "ordinal":
        return "ordinal"
    if sentence.lang == "zh" and draft.quantity.unit is None and _is_class(draft, text):
        return "class_count"
    if text[draft.start : draft.end] in ("两者", "二者", "三者", "两国", "三国"):
        return "class_count"
    if sentence.lang == "zh" and text[draft.end - 1] == "个" and _NOT_PLACES.match(text, draft.end):
        return "class_count"
    if sentence.lang == "zh" and draft.measure in _GRADED and _is_grade(draft, text):
        return "class_count"
    if sentence.lang == "zh" and _is_laid_out(draft, sentence):
        return "class_count"
    if (
        draft.quantity.unit is None
        and sentence.kind != "row"
        and _YEAR.fullmatch(text, draft.start, draft.end)
    ):
        return "date"
    if sentence.lang == "zh" and _is_adverbial(draft, text):
        return "frequency"
    if any(term.thing == "uncounted" for _, term in draft.phrase.heads[-1:]):
        return "uncounted"
    if _tells_penalty(text, *_part_around(draft, sentence), sentence.lang):
        return "penalty"
    if sentence.lang == "en" and (rule := _points_elsewhere(draft, text)):
        return rule
    if _is_article(draft, sentence):
        return "article"
    if _is_named(draft, sentence):
        return "name"
    if _RATE.match(text, draft.quantity.outer_end):
        return "rate"
    return _cue_aside(draft, sentence)


def _is_laid_out(draft: Draft, sentence: Sentence) -> bool:
    """二十届, 7方面内容, 发现一起查处一起: numbers that name, or lay out, and count no results."""
    text, start, end = sentence.text, draft.start, draft.end
    if text[start:end].endswith("方面") or text.startswith("行动", end - 1):
        return True
    if _NO_RESULT.match(text, end) or (_NUMBERED.match(text, end - 1) and text[start] in _HAN_NUMERALS):
        return True
    if (
        text[end - 1] in "位名"
        and draft.quantity.value < 100
        and _RANKED.search(text[max(0, start - 10) : start])
    ):
        return True
    if _ONE_OF.match(text, end) or _RATE_OF_SUCCESS.search(text, max(sentence.span[0], start - 40), start):
        return True
    before = text[max(0, start - 8) : start]
    if _WOUNDED.search(before) or (before.endswith("分") and text[end - 1] == "批"):
        return True
    near = _IDIOM.search(text, max(sentence.span[0], start - 10), min(sentence.span[1], end + 10))
    return near is not None and near.start() <= start < near.end()


_HAN_NUMERALS = "一二三四五六七八九十"

_PENALTY = re.compile(
    r"\b(?:carries? (?:a|an|up|the|with)|(?:may|could|can|will) (?:face|be (?:fined|sentenced|jailed|"
    r"punished|liable))|faces? (?:a|an|up to|between|the)|"
    r"liable (?:to|for|on)|punishable|(?:maximum|minimum|mandatory) (?:penalty|sentence|minimum|term|"
    r"fine)|reward of|penalty of|fine of up to|"
    r"on conviction|if convicted)\b"
)


_PENALTY_ZH = re.compile(
    r"一[经旦](?:定罪|罪成|罪名成立)|罪名一旦成立|(?:最高|均|即)?可(?:被)?(?:判处?|处以?|罚)[^，。]{0,8}(?:罚款|罚金|监禁|监|入狱|\d|[一二两三四五六七八九十])"
    r"|法定最高刑|最高(?:可)?(?:罚款|判监|监禁)|罚款最高"
)


_PENALTY_WORDS = ("可", "最高", "定罪", "罪成", "罪名")
"""One of these stands in whatever the pattern finds: a look for them spares it."""


def _part_around(draft: Draft, sentence: Sentence) -> tuple[int, int]:
    """Where the part between semicolons lies: `1,090 notices were issued; employers face a fine`."""
    start, end = sentence.span
    if sentence.lang != "en":
        return start, end
    after = sentence.text.find(";", draft.end, end)
    return max(start, sentence.text.rfind(";", start, draft.start) + 1), end if after < 0 else after


@lru_cache(maxsize=8)
def _tells_penalty(text: str, start: int, end: int, lang: str) -> bool:
    """Tell it of a sentence once, for all its figures."""
    if lang == "en":
        return _PENALTY.search(text, start, end) is not None
    told = any(text.find(word, start, end) >= 0 for word in _PENALTY_WORDS)
    return told and _PENALTY_ZH.search(text, start, end) is not None


_SEARCHED = re.compile(
    r"\b(?:search(?:es|ed|ing)?(?: operations?| actions?)?|raids?|raided|surveys?)\b"
    r"(?: (?:was|were|have|has|had|been|being|conducted|carried out|launched|undertaken|executed|simultaneously|also))*"
    r" (?:at|in|on|across|covering) (?:(?:a total of|about|some|around|more than|over|nearly|as many as|at least) )?$"
)
_SEARCHED_PLACES = re.compile(
    r" (?:[a-z-]+ ){0,3}(?:premises|places|locations|addresses|spots|sites|properties|residences|houses|homes|"
    r"localities|points|areas|buildings)\b"
)
_OF_TYPES = re.compile(r"\bof (?:about |some |over |more than )?$")
_TYPES = re.compile(r" (?:[a-z]+ )?(?:types?|kinds?|varieties|categories|brands)\b")
_STRENGTH = re.compile(
    r"\b(?:pills|tablets|capsules|ampoules|vials|bottles|caplets)(?: of)?(?: [a-z-]+){0,3} \(?\d{1,3}(?:\.\d)? ?mgs?$|"
    r"\b(?:tramadol|pregabalin|tapentadol|diazepam|codeine|clonazepam|oxycodone) \(?\d{1,3} ?mgs?$"
)
"""`1,284,000 pills of tramadol 225mg`: how strong one of them is."""
_EACH = re.compile(r" each\b")
_CHARGED_WITH = re.compile(
    r"\bcharg(?:ed|es?|ing)\b[^.;]{0,60}\bwith (?:a total of |some |about |more than |over )?$"
)
_CHARGES = re.compile(r" (?:[a-z-]+ ){0,3}(?:offences|offenses|counts|crimes)\b")
_DAY_IN_BRACKETS = re.compile(r"day \((?:\d{1,2}/)?$")
_QUARTER = re.compile(r"\bquarter $")


def _points_elsewhere(draft: Draft, text: str) -> str | None:
    """`charged with 74 offences`, `searches at 19 premises`, `on Saturday (2/11)`, `aged 25 and 34`: no results."""
    before = text[max(0, draft.start - 90) : draft.start]
    if _CHARGES.match(text, draft.end) and _CHARGED_WITH.search(before):
        return "uncounted"
    if _TYPES.match(text, draft.end) and _OF_TYPES.search(before):
        return "class_count"
    if draft.measure == "money" and _EACH.match(text, draft.quantity.outer_end):
        return "class_count"
    if (
        draft.measure == "mass"
        and "mg" in text[draft.start : draft.end]
        and _STRENGTH.search(text, max(0, draft.start - 60), draft.end)
    ):
        return "purity"
    if _SEARCHED_PLACES.match(text, draft.end) and _SEARCHED.search(before):
        return "uncounted"
    if _DAY_IN_BRACKETS.search(before) and re.match(r"/\d|\)", text[draft.end : draft.end + 2]):
        return "date"
    if _QUARTER.search(before) and draft.quantity.value <= 4:
        return "date"
    return "age" if _is_age(draft, text) else None


_AGED = re.compile(
    r"\b(?:aged?|ages)\s+(?:between\s+)?[\d, and to&-]*$|\b(?:oldest|youngest)(?: [a-z]+){0,3} (?:is|was|being|,)? ?$"
)

_YEARS_OLD = re.compile(r"\b(?:below|under|over|above)\s+(?:the age of\s+)?$")


def _is_age(draft: Draft, text: str) -> bool:
    """`aged 25, 29 and 34`, `the oldest was 88`, `were below 30`: numbers of years."""
    if draft.quantity.unit is not None or draft.quantity.value > 110:
        return False
    before = text[max(0, draft.quantity.outer_start - 40) : draft.quantity.outer_start]
    if _AGED.search(before):
        return True
    outside = text[max(0, draft.start - 24) : draft.start]
    return (
        _YEARS_OLD.search(outside) is not None
        and re.match(r"\s*(?:$|[.,;:)]|years)", text[draft.end : draft.end + 7]) is not None
    )


def _is_named(draft: Draft, sentence: Sentence) -> bool:
    """`Police Regional Office 3`, the "6.18" case: a number that is part of a name."""
    if any(start <= draft.start and draft.end <= end for start, end in sentence.names):
        return True
    raw, before, after = sentence.raw, draft.start - 1, sentence.raw[draft.end : draft.end + 1]
    if (
        draft.quantity.unit is None
        and _BRAND.search(raw, max(0, draft.start - 12), draft.start)
        and after in "”」』"
        and after
    ):
        return True
    if before >= 0 and raw[before] in "\"“'‘" and after in "\"”'’" and after:
        return True
    if sentence.lang == "en" and _is_numbered(draft, raw):
        return True
    if sentence.lang != "en" or draft.quantity.unit is not None or draft.phrase.heads:
        return False
    near = raw[max(0, before - 24) : draft.start]
    word = re.search(r"(?<![.!?:] )(?<!^)\b([A-Z][a-z]+) $", near)
    if word is not None and _IN_PLACE.search(near) and _THEN_VERB.match(raw, draft.end):
        return False  # In Antwerp 72 were arrested
    return word is not None and raw[draft.start : draft.end].isdigit() and draft.quantity.value < 200


_IN_PLACE = re.compile(r"\b[Ii]n [A-Z][\w'’-]+(?: [A-Z][\w'’-]+)? $")
_THEN_VERB = re.compile(r"\s(?:were|was|are|is|have|had|and|people|more|others)\b|\s*[.,;]")

_NUMBERED_UNIT = re.compile(
    r"\b(?:Region|Zone|Area|Bureau|Precinct|Division|Battalion|Sector|Station|District|Ward|Route|Army|Day|Phase|Unit|Company|"
    r"Regiment|Brigade|Corps|Squad|Depot|Bangunan|Brgy\.?|Barangay|Purok|Sitio|Blok|Lorong|Soi|Moo|Hamlet|Commune) $"
)
"""`Region 4 narcotics police`, `Day 210: 359 raids`: the number of what a capital names."""


def _is_numbered(draft: Draft, raw: str) -> bool:
    whole = (
        draft.quantity.unit is None and draft.quantity.value < 1000 and raw[draft.start : draft.end].isdigit()
    )
    return whole and _NUMBERED_UNIT.search(raw, max(0, draft.start - 14), draft.start) is not None


_BRAND = re.compile(r"[“「『][^“”「」『』，。\d]{1,8}$")
"""“国窖1573”: a number that ends a quoted name."""


_LEFT = frozenset({"disaster", "plan", "per_capita", "mean", "price", "purity", "training", "not_result"})

_RIGHT = frozenset(
    {"disaster", "injury", "sentence_term", "law", "per_capita", "example", "purity", "not_result"}
)


def _cue_aside(draft: Draft, sentence: Sentence) -> str | None:
    tokens = sentence.tokens
    for k in range(draft.index - 1, -1, -1):
        token = tokens[k]
        if token.kind == FIGURE or (token.kind == BREAK and token.strength >= CLAUSE):
            break
        if token.kind == BREAK and token.strength == COLON and not _ends_with_cue(tokens, k):
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
        if sentence.lang == "en" and token.terms.acts:
            break  # the 410 g `seized is sufficient to feed` many, and is a result all the same
    return None


def _ends_with_cue(tokens: Sequence[Token], k: int) -> bool:
    """`Target: 500 kg` is none reached; a word far before a colon says nothing of what follows it."""
    return (
        bool(k)
        and tokens[k].start - tokens[k - 1].end <= 1
        and not tokens[k - 1].terms.cues.isdisjoint(_LEFT)
    )


def _leads_verb(tokens: Sequence[Token], k: int) -> bool:
    """将抽查 tells of a plan; 将1178名嫌疑人押解回国 only puts the object first."""
    if k + 1 >= len(tokens):
        return False
    following = tokens[k + 1]
    return following.start - tokens[k].end <= 1 and following.terms.acts


_ARTICLE_ZH = re.compile(r"一[起名个位宗件条处家座人辆艘部批次案把张支枚只台笔份段栋款幅]|1[个次]")

_ARTICLE_EN = re.compile(r"\b(?:in|another|the|this|that|any|each|every|no|only) $")

_OCCASIONS = re.compile(r" (?:case|incident|instance|occasion|operation|raid|day|time|another|or more)\b")


def _is_article(draft: Draft, sentence: Sentence) -> bool:
    """一起 and 一名 before a noun are articles, as is `one` in `in one case`; behind a noun and as 1名 they count."""
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
    return text[draft.end - 1] in "次案" or not re.match(
        r"\s*(?:$|[，。；、,;)）])", text[draft.end : draft.end + 2]
    )
