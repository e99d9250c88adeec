"""Named campaigns, operations and actions: found by their form or by the codebook, with the characters as written."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from tallyroom.reading.tokens import Token


class Named(msgspec.Struct, frozen=True):
    """A named operation in a block: its span, the name as written, and its code where a codebook knows it."""

    start: int
    end: int
    name: str
    code: str | None = None


_TYPE_ZH = (
    r"(?:(?:系列)?(?:集中)?(?:统一)?(?:专项)?(?:执法|整治|打击|治理)?(?:行动|战役|会战|攻势|斗争)|"
    r"专项工作|专项整治|专项治理|专案|工作)"
)
_QUOTED_ZH = re.compile(
    rf"((?:[“\"「『][^“”\"「」『』，。；]{{2,16}}[”\"」』][、和与及]?)+)(?:[、和]?[\u4e00-\u9fff]{{2,8}}(?:[、和][\u4e00-\u9fff]{{2,8}}){{0,2}}等|等|的|"
    rf"[\u4e00-\u9fff]{{2,10}}?(?=专项(?:执法|整治|打击)?行动))?({_TYPE_ZH})?"
)
_BARE_ZH = re.compile(
    r"(?<![“\"「])([\u4e00-\u9fff—\-0-9]{2,24}?(?:专项行动|统一行动|专项整治行动|专项斗争|专项执法行动|集中收网行动|集群战役|集中行动|专项整治|夏季行动|冬季行动|清查行动|整治行动|打击行动)"
    r"|第[一二三四五六七八九十\d]{1,3}[波次期轮輪][\u4e00-\u9fff]{2,12}?(?:专案|專案|行动|行動))"
)
_BARE_START_ZH = re.compile(
    r".*(?:开展了?|部署|组织|启动|实施|推进|深化|参加|参与|在|按照|的|自|以来|期间|发起|进行|年度?|月|日|全国|全省|全市|公安机关|同步|持续|等|通过|结合|了|起|及|和|召开|举行|获悉|记者|"
    r"从(?![严重快速])|[两\d一二三四五六七八九十][次轮]|为期.{1,3}[天月年]|\d)(?=[\u4e00-\u9fff]{4,})"
)
_NAMED_TYPE = ("行动", "战役", "会战", "专案", "攻势", "斗争", "计划", "工程", "专项")
_PURE_TYPE = re.compile(
    r"(?:安排|部署|相关|系列|一次|多次|若干)?(?:专项|统一|集中|清查|整治|打击|执法|夏季|冬季|联合)*(?:行动|整治|治理|斗争|工作)"
)
_QUOTED_EN = re.compile(
    r"[\"“']([A-Za-z][^\"”'“\n]{2,48}?)[\"”']\s*(?:anti-\w+ |joint |special )?(?:operations?|"
    r"campaigns?|actions?|crackdowns?|drives?|initiatives?|sweeps?|projects?)\b"
    r"|[\"“]([A-Za-z][^\"”“\n]{2,48}?\s(?:operations?|campaigns?|actions?|crackdowns?|hitting))[\"”]",
    re.I,
)
_TITLED_EN = re.compile(
    r"\b((?:Joint )?(?:Operations?|Project|Exercise) (?:[A-Z0-9][\w'’.-]*|\"[^\"]+\"|“[^”]+”|"
    r"‘[^’]+’)(?: (?:[A-Z0-9][\w'’-]*|of|and|the(?= [A-Z])))*)"
    r"|\b(?!(?:Under|During|In|As|From|Through|With|By|For|At|On|After|Since|Of|And|But) )"
    r"((?:[A-Z][\w'’-]+ ){1,5}(?:Operation(?! [A-Z\"“‘])|Campaign|Initiative|Crackdown|Intensification Week|"
    r"Week of Action|Surge|Sweep|Action Days?|Action Week))\b"
)
_CODENAMED_EN = re.compile(
    r"\b(?:code-?named?|dubbed|nicknamed)\s+[\"“'‘]?((?:Operation |Project )?[A-Z][\w'’-]*(?: [A-Z0-9][\w'’-]*){0,3})"
)
_NOT_NAMES = re.compile(
    r"^(?:Operations? (?:Center|Centre|Room|Manager|Director|Command|Division|Officer|Unit|Branch)|"
    r"Project Manager)|^The (?:Operation|Campaign)$"
)
_TRAILING = re.compile(r"(?: (?:of|and|the))+$|[.'’]+$")


_ONLY_QUOTED = re.compile(r"(?:Joint )?(?:Operations?|Project|Exercise) [\"“‘]([^\"”’]+)[\"”’]")
# What stands in every match of a pattern, for a quick look whether there is any.
_QUOTES = ("“", '"', "「", "『", "'")
_TYPES_ZH = ("行动", "行動", "专项", "专案", "專案", "集群战役")
_TITLES_EN = (
    "Operation",
    "Project",
    "Exercise",
    "Campaign",
    "Initiative",
    "Crackdown",
    "Week",
    "Surge",
    "Sweep",
    "Action Day",
)
_INK = re.compile(r"\S")


def _has(text: str, any_of: Sequence[str]) -> bool:
    return any(part in text for part in any_of)


def named_operations(
    tokens: Sequence[Token], text: str, raw: str, span: tuple[int, int], lang: str
) -> list[Named]:
    """Return the operations named in `text[span]` in order; none overlaps another."""
    cased = raw if len(raw) == len(text) else text
    known = _known(tokens, cased, lang)
    formed = _formed_zh(cased, span, known) if lang == "zh" else _formed_en(cased, span)
    return _merged(known, formed)


def _known(tokens: Sequence[Token], cased: str, lang: str) -> list[Named]:
    found = []
    for token in tokens:
        if not token.terms.names_operation:
            continue
        code = next((term.operation for term in token.terms if term.operation), None)
        if code is None or (token.end - token.start <= 2 and not _is_marked(cased, token, lang)):
            continue
        if token.end - token.start <= 4 and lang == "zh" and not _is_marked(cased, token, lang):
            continue
        start, end = _unquoted(cased, token.start, token.end)
        found.append(Named(start, end, cased[start:end], code))
    return found


_WITHIN_QUOTES = re.compile(r"[“\"「『]([^“”\"「」『』]{2,20})[”\"」』]")


def _unquoted(cased: str, start: int, end: int) -> tuple[int, int]:
    """“净边”行动: the name is what stands within the quotation marks."""
    match = _WITHIN_QUOTES.search(cased, start, end)
    return match.span(1) if match is not None else (start, end)


def _is_marked(cased: str, token: Token, lang: str) -> bool:
    """A short name counts only in quotation marks or before a type word: 断卡 alone is a verb."""
    before, after = cased[token.start - 1 : token.start], cased[token.end : token.end + 6]
    if before in '“"「『' and before:
        return True
    return re.match(rf"[”\"」』—\-0-9]*{_TYPE_ZH}", after) is not None if lang == "zh" else True


def _formed_zh(cased: str, span: tuple[int, int], known: Sequence[Named]) -> list[Named]:
    found = []
    part = cased[slice(*span)]
    for match in _QUOTED_ZH.finditer(cased, *span) if _has(part, _QUOTES) else ():
        inside = match[1]
        is_known = any(named.start >= match.start() and named.end <= match.end() for named in known)
        colon_after = (
            cased[match.end(1) : match.end(1) + 1] in "：:" and cased[match.end(1) : match.end(1) + 1]
        )
        typed = inside.rstrip('”"」』、和与及').endswith(_NAMED_TYPE)
        called = typed or cased[max(0, match.start() - 3) : match.start()].endswith(
            ("代号", "名为", "代號", "名為")
        )
        if not (
            match[2] or is_known or called or (colon_after and _INK.search(cased, 0, match.start()) is None)
        ):
            continue
        name, start, end = inside, match.start(1), match.end(1)
        counted = match[2] and "等" in match.group()[len(inside) : len(match.group()) - len(match[2])]
        if counted or inside.count("“") + inside.count('"') // 2 + inside.count("「") > 1:
            name, end = "、".join(_WITHIN_QUOTES.findall(inside)) or match.group(), match.end()
        else:
            name, start, end = (
                inside.strip('“”"「」『』、和与及'),
                start + 1,
                start + 1 + len(inside.strip('“”"「」『』、和与及')),
            )
        if match[2] and match.end(1) < match.start(2):
            end = match.end()  # “亮剑2025”海洋伏季休渔专项执法行动 has its name in the quotation marks
        found.append(Named(start, end, name))
    for match in _BARE_ZH.finditer(cased, *span) if _has(part, _TYPES_ZH) else ():
        name = match[1]
        start_at = _BARE_START_ZH.match(name)
        if start_at is not None and not name.startswith("第"):
            name = name[start_at.end() :]
        if len(name) >= 4 and not _PURE_TYPE.fullmatch(name):
            found.append(Named(match.end(1) - len(name), match.end(1), name))
    return found


def _formed_en(cased: str, span: tuple[int, int]) -> list[Named]:
    found = []
    part = cased[slice(*span)]
    for match in _QUOTED_EN.finditer(cased, *span) if _has(part, _QUOTES) else ():
        group = 1 if match[1] else 2
        found.append(Named(match.start(group), match.end(group), match[group]))
    found.extend(
        Named(match.start(1), match.end(1), match[1]) for match in _CODENAMED_EN.finditer(cased, *span)
    )
    for match in _TITLED_EN.finditer(cased, *span) if _has(part, _TITLES_EN) else ():
        group = 1 if match[1] else 2
        name = _TRAILING.sub("", match[group])
        name = re.sub(r"^The ", "", name)
        if _NOT_NAMES.match(name) or name.count(" ") == 0:
            continue
        quoted = _ONLY_QUOTED.fullmatch(name)
        name = quoted[1] if quoted is not None else name
        start = match.start(group) + match[group].find(name)
        found.append(Named(start, start + len(name), name))
    return found


def _merged(known: Sequence[Named], formed: Sequence[Named]) -> list[Named]:
    kept: list[Named] = []
    for named in sorted([*formed, *known], key=lambda n: (n.start, -(n.end - n.start))):
        if kept and named.start < kept[-1].end:
            last = kept[-1]
            code = last.code or (named.code if _is_core(named, last) else None)
            wider = named if named.end - named.start > last.end - last.start else last
            kept[-1] = Named(wider.start, wider.end, wider.name, code)
        else:
            kept.append(named)
    return kept


def _is_core(part: Named, whole: Named) -> bool:
    """A known name inside a longer one is the same operation unless several are named together."""
    return (
        sum(whole.name.count(mark) for mark in "“「") <= 1 and whole.name.count('"') <= 2 and bool(part.name)
    )


def govern(found: Sequence[Named], start: int, lang: str) -> Named | None:
    """Return the operation that a figure at `start` is a result of: the last one named before it.

    English also names it after the result: `12 people were arrested as part of Operation Cedar`.
    """
    before = [named for named in found if named.start <= start]
    if before:
        return before[-1]
    return found[0] if found and lang == "en" else None
