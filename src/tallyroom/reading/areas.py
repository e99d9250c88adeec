"""Which place a figure is about: groups of places in a sentence, and which of them governs a figure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from tallyroom.codebook.model import Agency, Term
from tallyroom.reading.tokens import PERIOD, TERM, Token


class AreaGroup(msgspec.Struct, frozen=True):
    """Places counted together, `view.text[start:end]`. `weak` ones come from an agency's name."""

    start: int
    end: int
    codes: tuple[str, ...]
    weak: bool = False
    foreign: bool = False
    """Told as the actor of another country: 柬埔寨警方, `Cambodian police`."""
    nation: bool = False
    """全国, `nationwide`: the country that the document is about."""
    actor: bool = False
    """Stands where the one who acts stands: before its police, or at the head of a clause."""
    located: bool = False
    """Introduced by in, at, 在: may govern a figure that stands before it."""


_JOIN = re.compile(r"\s*(?:、|,|，|;|/|和|及|与|以及|暨|,? ?\band\b|&|\bplus\b)?\s*(?:the )?\s*")
_INSIDE = re.compile(r"\s*(?:省|市|自治区|州|·|,|，|的)?\s*")
_AWAY = {
    "en": re.compile(
        r"\b(?:from|to|for|via|through|towards?|into|outside|leaving|destined for|bound for|en route to|than|and not|"
        r"led by|hosted by|supported by|reporters? in|based in|headquartered in|correspondents? in|ceremony in|cutter|uss|hms|hmas|hnlms|uscgc|hmcs|hmnzs|ins|rfa|visit(?:ed|s)? to|origin(?:ating)? in|departed)\s+(?:the |mainland |neighbouring |nearby )?$"
    ),
    "zh": re.compile(r"(?:来自|产自|源自|经|途经|发往|运往|销往|流入|运至|赴|逃往|潜逃至|前往|从|由|非)$"),
}
_AWAY_AFTER = {
    "en": re.compile(
        r"[-\s]*(?:national|citizen|passport|resident|origin|descent|man\b|woman\b|men\b|women\b|couple|-bound|-registered|-flagged|-based)"
    ),
    "zh": re.compile(r"(?:籍|国籍|方面(?:的)?协助|裔|人(?!民)|货币|元|制(?!毒))"),
}
_PLACED = {
    "en": re.compile(
        r"\b(?:in|at|near|off|across|throughout|within|around|on)\s+(?:the |northern |southern |eastern |western |central |coast of )*$"
    ),
    "zh": re.compile(r"(?:在|于|位于)$"),
}
_COUNT_BEFORE = re.compile(
    r"(?:\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+)\s+(?:[a-z]+ ){0,3}(?:provinces?|states?|countries|"
    r"cities|regions?|counties)[^.;]{0,12}(?:including|such as|like|:)\s*)$"
)
_NUMBER = {w: i for i, w in enumerate(
    "two three four five six seven eight nine ten eleven twelve".split(), start=2)}  # fmt: skip
_ACTOR_AFTER = {
    "zh": re.compile(
        r"(?:省|市|县|区|等地|等|各地|全省|全市)*(?:人民)?(?:公安|警方|警察|检察|法院|海关|海警|纪委|市场监管|税务|边检|边防|缉私|禁毒|当局|政府|执法|安全部队|军方|[:：])"
    ),
    "en": re.compile(
        r"(?:'s)?\s+(?:[A-Za-z-]+\s+){0,2}(?:police|customs|authorities|officers|agents|prosecutors|coast guard|navy|army|courts?|government|officials|sheriff|constabulary|detectives|troopers|department)\b",
        re.I,
    ),
}
_PART_OF = re.compile(r"\b(Northern|Southern|Eastern|Western|Central|Greater|North|South|East|West|Upper) $")
_FEATURE = re.compile(r"(?:国际)?(?:森林|机场|大桥|码头|海峡)(?!公安|警察|派出所|分局)")
_HEAD = re.compile(r"(?:^|[，。；：,;:\n(（]|\bin|\bIn)\s*$")
_FACILITY = re.compile(
    r"\b(?:Port (?:of )?[A-Z][\w'-]+(?: [A-Z][\w'-]+)?|(?:[A-Z][\w'’.-]+ ){1,4}?(?:International )?"
    r"(?:Bridge|Airport|Port of Entry|Seaport|Harbou?r|Terminal|Checkpoint|County|Crossing|Forest))\b"
)
_RANK_BEFORE_BODY = re.compile(
    r"[市县区旗州盟](?=公安|警方|警察|人民检察院|检察院|人民法院|中级|"
    r"海关|纪委|市场监管|税务|烟草|海警|边检|边境|缉私|法院|禁毒|森林|城管|生态环境)"
)
"""By itself a quick look whether there is any."""
_PLACE_BEFORE_BODY = re.compile(rf"([\u4e00-\u9fff]{{2,5}}?(?:{_RANK_BEFORE_BODY.pattern}))")


_NOT_NAME = re.compile(
    r"(?:[从在由向到经和及与以自对被把将是为了对]|据|来自|记者|日前|近日|目前|[年月日])*(?=.)"
)
_NO_PLACE = re.compile(r"^[全该本我各个多两三四五六七八九十跨几]|省区|地市|[0-9]|部门|机关")


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
    found.extend(_unlisted(found, text, raw, span, lang))
    if lang == "en" and len(raw) == len(text):
        found.extend(_named_by_case(found, tokens, raw, span))
    found.sort(key=lambda group: group.start)
    return _counted(_joined(found, text), text)


def _single(token: Token, text: str, raw: str, lang: str, agencies: Mapping[str, Agency]) -> list[AreaGroup]:
    for term in token.terms:
        if term.cue == "nation":
            return [AreaGroup(token.start, token.end, (), nation=True)]
        if term.cue == "foreign" and _is_body_abroad(token, text, lang):
            return [AreaGroup(token.start, token.end, (), actor=True)]
    place = _place_of(token)
    if place is None:
        return _of_agency(token, text, lang, agencies)
    return _of_place(token, place, text, raw, lang)


def _of_place(token: Token, term: Term, text: str, raw: str, lang: str) -> list[AreaGroup]:
    if _excluded(token, term, text, raw, lang):
        return []
    if lang == "en" and term.cue == "demonym" and not _ACTOR_AFTER[lang].match(text, token.end):
        return []  # seven Sudanese, Chinese tea: whose people or goods they are is no place
    written = (raw if len(raw) == len(text) else text)[token.start : token.end].strip()
    codes = tuple(written if code.startswith("*") else code for code in term.area)
    actor = term.cue == "demonym" or term.agency is not None
    located = _PLACED[lang].search(text, max(0, token.start - 20), token.start) is not None
    foreign = actor
    acts = (
        actor
        or _ACTOR_AFTER[lang].match(text, token.end) is not None
        or _HEAD.search(text, max(0, token.start - 4), token.start) is not None
    )
    end = token.end
    part = (
        _PART_OF.search((raw if len(raw) == len(text) else "")[max(0, token.start - 12) : token.start])
        if lang == "en"
        else None
    )
    if part is not None and term.agency is None and len(codes) == 1:
        codes = (part[1] + " " + written,)
    if lang == "zh" and term.agency is None:
        feature = _FEATURE.match(text, token.end)
        if feature is not None and term.area[0].startswith("*"):
            end, codes = feature.end(), (written + feature.group(),)
    return [AreaGroup(token.start, end, codes, term.agency is not None, foreign, actor=acts, located=located)]


def _of_agency(token: Token, text: str, lang: str, agencies: Mapping[str, Agency]) -> list[AreaGroup]:
    """The area that an agency's results are about, where its name tells no place."""
    code = next((term.agency for term in token.terms if term.agency in agencies), None)
    if (
        code is None
        or not agencies[code].area
        or _WITH[lang].search(text, max(0, token.start - 14), token.start)
    ):
        return []
    codes = tuple(area for area in agencies[code].area if not area.startswith("*"))
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
            r"\b(?:with|and|by|from|to|of)\s+(?:its |their |the )?$",
            text[max(0, token.start - 12) : token.start],
        )
        is None
    )


def _is_venue(tokens: Sequence[Token], k: int, text: str, lang: str) -> bool:
    """Where something was told is no place of results: 在台中发表, `said in Manila`."""
    token = tokens[k]
    if any(term.cue == "nation" or term.agency for term in token.terms):
        return False
    if not _PLACED[lang].search(text, max(0, token.start - 20), token.start):
        return False
    near = (
        tokens[k + 1]
        if lang == "zh" and k + 1 < len(tokens)
        else tokens[k - 1]
        if lang == "en" and k
        else None
    )
    if near is None or near.kind != TERM or not "statement" in near.terms.cues:
        return False
    gap = near.start - token.end if lang == "zh" else token.start - near.end
    return 0 <= gap <= (4 if lang == "zh" else 10)


def _place_of(token: Token) -> Term | None:
    return token.terms.place


def _excluded(token: Token, term: Term, text: str, raw: str, lang: str) -> bool:
    if term.cue == "context_only" and not _in_context(token, text, raw, lang):
        return True
    if (
        lang == "en"
        and term.agency is None
        and len(raw) == len(text)
        and raw[token.start : token.start + 1].islower()
    ):
        return True
    if _ACTOR_AFTER[lang].match(text, token.end):
        return False
    if _AWAY[lang].search(text, max(0, token.start - 28), token.start):
        return True
    return _AWAY_AFTER[lang].match(text, token.end) is not None


def _in_context(token: Token, text: str, raw: str, lang: str) -> bool:
    if lang == "zh":
        return (
            re.match(r"警|海关|公安|方|政府|执法|当局|缉|两国|三国", text[token.end : token.end + 2])
            is not None
        )
    cased = len(raw) != len(text) or raw[token.start].isupper()
    return cased and _PLACED[lang].search(text, max(0, token.start - 20), token.start) is not None


def _unlisted(
    found: list[AreaGroup], text: str, raw: str, span: tuple[int, int], lang: str
) -> list[AreaGroup]:
    """Places that no list holds, told by their form: a named bridge or port, the town before its police."""
    if len(raw) != len(text):
        return []
    more = []
    for start, end in _formed(raw, span, lang):
        if lang == "zh":
            start = _NOT_NAME.match(raw, start, end).end()  # type: ignore[union-attr]
            if end - start < 3 or _NO_PLACE.search(raw, start, end):
                continue
        inside = [other for other in found if other.start < end and start < other.end]
        if lang == "zh" and inside and not all(o.start == start and o.end < end for o in inside):
            continue
        if any(other.end > end or other.weak for other in inside):
            continue
        if _AWAY[lang].search(text, max(0, start - 28), start) and not _ACTOR_AFTER[lang].match(text, end):
            continue
        for other in inside:
            found.remove(other)
        located = _PLACED[lang].search(text, max(0, start - 20), start) is not None
        name = re.sub(r"^The ", "", raw[start:end])
        more.append(AreaGroup(start, end, (name,), located=located))
    return more


_SOMEWHERE = re.compile(
    r"\b(?:in|at|near|off|outside) (?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Operation|Project|"
    r"Court|Class|Schedule|Section|Article|Chapter|Phase|FY|Fiscal|Q\d|The|English|Parliament|Congress|Crown|High|Federal|Supreme|District|"
    r"Customs|Police|Ramadan|Christmas|Easter|Bitcoin|US|U\.S|EUR|USD|GBP|AUD|Rs|RM)\b)"
    r"((?:[A-Z][a-zà-ÿ'’-]+)(?: (?:[A-Z][a-zà-ÿ'’-]+|de|la|del|el|al)){0,3})(?!['’]s)\b"
)


def _named_by_case(
    found: list[AreaGroup], tokens: Sequence[Token], raw: str, span: tuple[int, int]
) -> list[AreaGroup]:
    """`near Attock`: in English a capital after a preposition tells a place that no list holds."""
    more = list(_listed(found, raw, span))
    for match in _SOMEWHERE.finditer(raw, *span):
        start, end = match.span(1)
        if any(token.start < end and start < token.end for token in tokens if token.kind in (TERM, PERIOD)):
            continue
        if any(group.start < end and start < group.end for group in (*found, *more)):
            continue
        more.append(AreaGroup(start, end, (match[1],), located=True))
    return more


_NAME = r"[A-Z][a-zà-ÿ'’-]+(?: [A-Z][a-zà-ÿ'’-]+){0,2}"
_LIST = re.compile(rf"\b(?:in|at|near|across) ({_NAME}(?:, {_NAME})*,? and {_NAME})(?!['’]s)\b")


def _listed(found: list[AreaGroup], raw: str, span: tuple[int, int]) -> Iterator[AreaGroup]:
    """`in Aberdeen, Moray and Aberdeenshire`: beside a known place the other names of the list are places too."""
    for match in _LIST.finditer(raw, *span):
        inside = [group for group in found if match.start(1) <= group.start and group.end <= match.end(1)]
        if not inside or any(not group.codes for group in inside):
            continue
        codes: list[str] = []
        for name in re.finditer(_NAME, match[1]):
            start = match.start(1) + name.start()
            known = next((g for g in inside if g.start <= start < g.end), None)
            codes.extend(c for c in (known.codes if known else (name[0],)) if c not in codes)
        for group in inside:
            found.remove(group)
        yield AreaGroup(match.start(1), match.end(1), tuple(codes), located=True)


_TOWN = re.compile(r"在([\u4e00-\u9fff]{2,5}?(?:镇|乡|街道))(?=[\u4e00-\u9fff])")


def _formed(raw: str, span: tuple[int, int], lang: str) -> Iterator[tuple[int, int]]:
    """Spans that have the form of a place: a facility by its last word, a town by its body or its rank."""
    if lang == "en":
        yield from (match.span() for match in _FACILITY.finditer(raw, *span))
        return
    for pattern in (_PLACE_BEFORE_BODY, _TOWN) if _RANK_BEFORE_BODY.search(raw, *span) else (_TOWN,):
        yield from (match.span(1) for match in pattern.finditer(raw, *span))


def _joined(found: list[AreaGroup], text: str) -> list[AreaGroup]:
    groups: list[AreaGroup] = []
    for group in found:
        last = groups[-1] if groups else None
        if last is None or last.nation or group.nation or group.weak or last.weak:
            if last is not None and last.weak and not group.nation and _inside(last, group, text):
                groups[-1] = group
            else:
                groups.append(group)
            continue
        gap = text[last.end : group.start]
        if gap == "-":
            continue
        if _inside(last, group, text):
            groups[-1] = _replace(last, group, last.codes[:-1] + group.codes)
        elif gap.strip() and _JOIN.fullmatch(gap) and last.foreign == group.foreign:
            groups[-1] = _replace(
                last, group, last.codes + tuple(c for c in group.codes if c not in last.codes)
            )
        else:
            groups.append(group)
    return groups


def _inside(outer: AreaGroup, inner: AreaGroup, text: str) -> bool:
    """Tell whether two places stand as one address: 云南昆明, `Coquelles, France`."""
    gap = text[outer.end : inner.start]
    if not outer.codes or not inner.codes:
        return False
    if gap == "-":
        return False
    if re.fullmatch(r"省|市|自治区|州|", gap.strip()) and not re.search(r"[,，、]", gap):
        return not _is_code(inner.codes[0]) or len(inner.codes[0]) > len(outer.codes[-1])
    return False


def _is_code(area: str) -> bool:
    return re.fullmatch(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?", area) is not None


def _replace(last: AreaGroup, group: AreaGroup, codes: tuple[str, ...]) -> AreaGroup:
    return AreaGroup(
        last.start,
        group.end,
        codes,
        located=last.located,
        foreign=last.foreign,
        actor=last.actor or group.actor,
    )


def _counted(groups: list[AreaGroup], text: str) -> list[AreaGroup]:
    """`eleven provinces including Hunan` is the country; `five provinces including` five names is the list."""
    kept = []
    for group in groups:
        match = _COUNT_BEFORE.search(text, max(0, group.start - 60), group.start)
        if match and (_NUMBER.get(match[1]) or int(match[1])) > len(group.codes):
            kept.append(AreaGroup(group.start, group.end, (), nation=True))
        else:
            kept.append(_address(group, text))
    return kept


def _address(group: AreaGroup, text: str) -> AreaGroup:
    """`Coquelles, France` and `Laredo, Texas`: only the innermost name."""
    if (
        len(group.codes) == 2
        and "," in text[group.start : group.end]
        and " and " not in text[group.start : group.end]
    ):
        first, second = group.codes
        if not _is_code(first) and _is_code(second):
            return AreaGroup(group.start, group.end, (first,), located=group.located)
        if _is_code(first) and _is_code(second) and first.startswith(second + "-"):
            return AreaGroup(group.start, group.end, (first,), located=group.located)
    return group


def govern(groups: Sequence[AreaGroup], start: int, clause_end: int, figure_before: int) -> AreaGroup | None:
    """Return the group that governs a figure at `start`: the nearest before it, or a located one after it.

    `500kg of cocaine at London Gateway and 17kg of heroin at Coquelles`: a place told after one figure and before the
    next is that figure's, where the next has its own behind it.
    """
    before = [group for group in groups if group.end <= start]
    strong = [group for group in before if not group.weak]
    leading = [group for group in strong if group.actor or group.located or group.nation]
    strong = leading or strong
    after = [group for group in groups if group.start >= start and group.end <= clause_end and group.located]
    if strong and after and strong[-1].located and 0 <= figure_before <= strong[-1].start:
        return after[0]
    if strong and (not after or strong[-1].nation or strong[-1].end > start - 60):
        return strong[-1]
    if after:
        return after[0]
    if strong:
        return strong[-1]
    return before[-1] if before else None
