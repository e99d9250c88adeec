"""Which place a figure is about: groups of places in a sentence, and which of them governs a figure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tallyroom.codebook.model import Agency, Term
from tallyroom.reading.addresses import address, is_code, joined
from tallyroom.reading.places import (
    ADDRESS,
    BODY,
    BORDERED,
    DIRECTS,
    WATER,
    AreaGroup,
    addresses,
    is_actor,
    is_away,
    is_beside_the_point,
    is_located,
    listed_in_chinese,
    named_by_case,
    unlisted,
)
from tallyroom.reading.regions import regions
from tallyroom.reading.tokens import TERM, Token

_AWAY_AFTER = {
    "en": re.compile(
        r"[-\s]*(?:national|citizen|passport|resident|origin|descent|man\b|woman\b|men\b|women\b|couple|-bound|-registered|-flagged|-based)"
    ),
    "zh": re.compile(r"(?:籍|国籍|方面(?:的)?协助|裔|人(?!民)|货币|元|制(?!毒))"),
}
_BEST = {
    "en": re.compile(
        r"['’]s? (?:[a-z-]+ ){0,2}?(?:largest|biggest|first|most|worst|record|second|third|busiest)\b"
    ),
    "zh": re.compile(r"(?!)"),
}
"""`the UK's largest seizure` tells of what it is the largest, not where it was."""
_COUNT_BEFORE = re.compile(
    r"(?:\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"\d+)\s+(?:[a-z]+ ){0,3}(?:provinces?|states?|countries|"
    r"cities|regions?|counties)[^.;]{0,12}(?:including|such as|like|:)\s*)$"
)
_NUMBER = {w: i for i, w in enumerate(
    ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=2)}  # fmt: skip
_PART_OF = re.compile(
    r"\b(Northern|Southern|Eastern|Western|Central|Greater|North|South|East|West|Upper|Lower|"
    r"(?:north|south)(?:-?(?:east|west)(?:ern)?|ern)|(?:east|west)ern) $"
)
_FEATURE = re.compile(r"(?:国际)?(?:森林|机场|大桥|码头|海峡)(?!公安|警察|派出所|分局)")
_BODY_BEFORE = re.compile(
    r"\b(?:police|officers|customs|authorities|agents|investigators|prosecutors|organs|forces|courts) (?:in|of) $",
    re.I,
)
_HEAD = re.compile(r"(?:^|[，。；：,;:\n(（]|\bin|\bIn)\s*$")


def area_groups(
    tokens: Sequence[Token],
    text: str,
    raw: str,
    span: tuple[int, int],
    lang: str,
    agencies: Mapping[str, Agency],
) -> list[AreaGroup]:
    """Return the groups of places of one sentence, `text[span]`, in order, without origins and nationalities."""
    found = [
        group
        for k, token in enumerate(tokens)
        if token.terms.tells_place and not _is_venue(tokens, k, text, lang)
        for group in _single(token, text, raw, lang, agencies)
    ]
    if lang == "zh":
        found.extend(listed_in_chinese(found, text, raw, span))
    found.extend(unlisted(found, text, raw, span, lang))
    if lang == "en" and len(raw) == len(text):
        found.extend(named_by_case(found, tokens, raw, span))
        found.extend(regions(found, text, span))
        found = addresses([g for g in found if not is_beside_the_point(g, text)], raw)
    found.sort(key=lambda group: group.start)
    return _counted(joined(found, text), text)


def _single(token: Token, text: str, raw: str, lang: str, agencies: Mapping[str, Agency]) -> list[AreaGroup]:
    for term in token.terms:
        if term.cue == "nation":
            return [AreaGroup(token.start, token.end, (), nation=True)]
        if term.cue == "foreign" and _is_body_abroad(token, text, lang):
            return [AreaGroup(token.start, token.end, (), actor=True)]
    place = token.terms.place
    if place is None:
        return [] if _is_lower(token, text, raw, lang) else _of_agency(token, text, lang, agencies)
    return _of_place(token, place, text, raw, lang)


def _of_place(token: Token, term: Term, text: str, raw: str, lang: str) -> list[AreaGroup]:
    if _excluded(token, term, text, raw, lang):
        return []
    if lang == "en" and term.cue == "demonym" and not is_actor(text, token.end, lang):
        return []  # seven Sudanese, Chinese tea: whose people or goods they are is no place
    written = (raw if len(raw) == len(text) else text)[token.start : token.end].strip()
    codes = tuple(written if code.startswith("*") else code for code in term.area)
    actor = term.cue == "demonym" or term.agency is not None
    located = is_located(text, token.start, lang)
    body = lang == "en" and _is_of_body(text, token.start)
    policed = is_actor(text, token.end, lang)
    acts = actor or policed or body or _HEAD.search(text, max(0, token.start - 4), token.start) is not None
    end = token.end
    part = (
        _PART_OF.search((raw if len(raw) == len(text) else "")[max(0, token.start - 12) : token.start])
        if lang == "en"
        else None
    )
    if part is not None and term.agency is None and len(codes) == 1 and _names_part(part[1], codes[0]):
        codes = (part[1] + " " + written,)
    if lang == "zh" and term.agency is None:
        feature = _FEATURE.match(text, token.end)
        if feature is not None and term.area[0].startswith("*"):
            end, codes = feature.end(), (written + feature.group(),)
    within = term.area[0].lstrip("*") if len(term.area) == 1 else ""
    return [
        AreaGroup(
            token.start,
            end,
            codes,
            term.agency is not None,
            actor,
            actor=acts,
            located=located,
            body=body,
            policed=policed,
            within=within,
        )
    ]


def _is_of_body(text: str, start: int) -> bool:
    """Tell whether a place is told behind its body: `police in Hunan`."""
    return _BODY_BEFORE.search(text, max(0, start - 24), start) is not None


def _names_part(part: str, code: str) -> bool:
    """`southeast Texas` is a part of a state as written; `northern Myanmar` is still Myanmar."""
    return part[0].isupper() or ("-" in code and is_code(code))


def _of_agency(token: Token, text: str, lang: str, agencies: Mapping[str, Agency]) -> list[AreaGroup]:
    """The area that an agency's results are about, where its name tells no place."""
    code = next((term.agency for term in token.terms if term.agency in agencies), None)
    if (
        code is None
        or not agencies[code].area
        or (lang == "zh" and DIRECTS.match(text, token.end))
        or _WITH[lang].search(text, max(0, token.start - 14), token.start)
    ):
        return []
    codes = tuple(area for area in agencies[code].area if area[0] != "*")
    return [AreaGroup(token.start, token.end, codes, weak=True, actor=True)] if codes else []


_WITH = {
    "en": re.compile(r"\b(?:with|by|from|to|alongside|assisted|supported)\s+(?:the |its )?$"),
    "zh": re.compile(r"(?:会同|联合|配合|根据|经)$"),
}


def _is_body_abroad(token: Token, text: str, lang: str) -> bool:
    """境外执法部门 acted; 境外 alone, or `with overseas partners`, tells of no actor."""
    if token.end - token.start < (4 if lang == "zh" else 12):
        return False
    return (
        lang == "zh"
        or re.search(
            r"\b(?:with|and|by|from|to|of|into)\s+(?:its |their |the )?$",
            text[max(0, token.start - 12) : token.start],
        )
        is None
    )


def _is_venue(tokens: Sequence[Token], k: int, text: str, lang: str) -> bool:
    """Where something was told is no place of results: 在台中发表, `said in Manila`."""
    token = tokens[k]
    if any(term.cue == "nation" or term.agency for term in token.terms):
        return False
    if not is_located(text, token.start, lang):
        return False
    near = (
        tokens[k + 1]
        if lang == "zh" and k + 1 < len(tokens)
        else tokens[k - 1]
        if lang == "en" and k
        else None
    )
    if near is None or near.kind != TERM or "statement" not in near.terms.cues:
        return False
    gap = near.start - token.end if lang == "zh" else token.start - near.end
    return 0 <= gap <= (4 if lang == "zh" else 10)


def _excluded(token: Token, term: Term, text: str, raw: str, lang: str) -> bool:
    if term.cue == "context_only" and not _in_context(token, text, raw, lang):
        return True
    initials = term.word[:1] == "," and not raw[max(0, token.start - 3) : token.start].isalpha()
    if initials or (term.agency is None and _is_lower(token, text, raw, lang)):
        return True  # the initials `RH, MD and YN` are no state
    if lang == "en" and _INFORMANT.search(text, max(0, token.start - 24), token.start):
        return True
    if is_actor(text, token.end, lang):
        return False
    if lang == "en" and BORDERED.match(text, token.end):
        return True
    if lang == "zh" and WATER.match(text, token.end):
        return True
    if is_away(text, token.start, lang):
        return True
    return (
        _AWAY_AFTER[lang].match(text, token.end) is not None or _BEST[lang].match(text, token.end) is not None
    )


def _is_lower(token: Token, text: str, raw: str, lang: str) -> bool:
    """In English a name begins with a capital: `the border force` is no Border Force."""
    return lang == "en" and len(raw) == len(text) and raw[token.start : token.start + 1].islower()


_INFORMANT = re.compile(
    r"\b(?:information|intelligence|tip-?offs?|leads?|clues?) (?:provided |given |shared )?(?:from|by) (?:the )?$"
)
"""`Acting on information from Chinese police`: they helped, others acted."""


def _in_context(token: Token, text: str, raw: str, lang: str) -> bool:
    if lang == "zh":
        if is_located(text, token.start, lang) and ADDRESS.match(text, token.end):
            return True
        if text[token.end : token.end + 1] == " " and _HEAD.search(
            text, max(0, token.start - 4), token.start
        ):
            return True  # the label of a table's row
        return BODY.match(text, token.end) is not None
    cased = len(raw) != len(text) or raw[token.start].isupper()
    return cased and is_located(text, token.start, lang)


def _counted(groups: list[AreaGroup], text: str) -> list[AreaGroup]:
    """`eleven provinces including Hunan` is the country; `five provinces including` five names is the list."""
    kept = []
    for group in groups:
        match = _COUNT_BEFORE.search(text, max(0, group.start - 60), group.start)
        if match and (_NUMBER.get(match[1]) or int(match[1])) > len(group.codes):
            kept.append(AreaGroup(group.start, group.end, (), nation=True))
        elif group.codes and _SUCH_AS.search(text, max(0, group.start - 40), group.start):
            kept.append(AreaGroup(group.start, group.end, (), wide=True, located=True))
        else:
            kept.append(address(group, text))
    return kept


_SUCH_AS = re.compile(
    r"\b(?:areas|places|locations|neighbou?rhoods|districts|cities|towns|venues) (?:such as|including|like) $"
)
"""`areas such as Bedok` only illustrates where an island-wide operation went."""


_BESIDE = re.compile(
    r"\s*(?:\(|:|[-–—]|with|at|had|recorded|saw|reported|registered|logged|counted|made|arrested|seized|took)?\s*"
    r"(?:the most (?:\w+ )?(?:at|with) |(?:about|some|around|over|more than|nearly|almost|a total of) )?"
)
_HOLDS_WHOLE = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")


def _right_before(groups: Sequence[AreaGroup], start: int, text: str) -> AreaGroup | None:
    """`the United Kingdom (55)`, `followed by Gauteng with 1 488`: the place that a figure stands right behind."""
    last = next((g for g in reversed(groups) if g.end <= start), None)
    if last is None or last.weak or last.wide or not last.codes:
        return None
    return last if _BESIDE.fullmatch(text, last.end, start) else None


def _lies_in(inner: AreaGroup, outer: AreaGroup) -> bool:
    """Tell whether a place behind a figure lies in the one before it: `In Sonora, agents arrested two in Nogales`."""
    if (
        not outer.located
        or len(outer.codes) != 1
        or not _HOLDS_WHOLE.fullmatch(outer.codes[0])
        or not inner.codes
    ):
        return False
    home = inner.within or (inner.codes[0] if _HOLDS_WHOLE.fullmatch(inner.codes[0]) else "")
    whole = outer.codes[0]  # Henan does not lie in Jiangsu
    return not home or (inner.codes != outer.codes and (home.startswith(whole) or whole.startswith(home)))


def govern(
    groups: Sequence[AreaGroup], start: int, clause_end: int, figure_before: int, text: str
) -> AreaGroup | None:
    """Return the group that governs a figure at `start`: the nearest before it, or a located one after it.

    `500kg of cocaine at London Gateway and 17kg of heroin at Coquelles`: a place told after one figure and before the
    next is that figure's, where the next has its own behind it.
    """
    before = [group for group in groups if group.end <= start]
    strong = [group for group in before if not group.weak]
    leading = [group for group in strong if group.actor or group.located or group.nation]
    strong = leading or strong
    after = [
        group for group in groups if start <= group.start < clause_end and (group.located or group.nation)
    ]
    if strong and after and strong[-1].end < after[0].start and _lies_in(after[0], strong[-1]):
        return after[0]
    if groups and (near := _right_before(groups, start, text)) is not None:
        return near
    if strong and after and ";" in text[strong[-1].end : start]:
        return after[0]
    if (
        strong
        and after
        and strong[-1].located
        and 0 <= figure_before <= strong[-1].start
        and not after[0].body
    ):
        return after[0]
    if strong and (not after or strong[-1].nation or strong[-1].end > start - 60):
        return strong[-1]
    if after:
        return after[0]
    if strong:
        return strong[-1]
    return before[-1] if before else None
