"""Places in a sentence: how one is told, and those that no list holds, told by their form or their capital."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

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
    body: bool = False
    """Told behind its body, `police in Hunan`: it begins what that body did."""
    wide: bool = False
    """All that the document's body answers for, wherever the case was that it tells of before."""
    policed: bool = False
    """Its police, its customs follow: `Punjab Police`."""
    within: str = ""
    """The country or subdivision that a place of the codebook lies in."""


_AWAY = {
    "en": re.compile(
        r"\b(?:from|to|for|via|through|towards?|into|outside|leaving|destined for|bound for|en route to|than|and not|"
        r"led by|hosted by|supported by|reporters? in|based in|headquartered in|correspondents? in|"
        r"(?:citizens?|nationals?|natives?|residents?|registered|born|recruited for work) (?:of|in)|"
        r"ceremony in|cutter|uss|hms|hmas|hnlms|uscgc|hmcs|hmnzs|ins|rfa|visit(?:ed|s)? to|"
        r"origin(?:ating)? in|departed)\s+(?:the |mainland |neighbouring |nearby )?$"
    ),
    "zh": re.compile(r"(?:来自|产自|源自|经|途经|发往|运往|销往|流入|运至|赴|逃往|潜逃至|前往|从|由|非)$"),
}
_PLACED = {
    "en": re.compile(
        r"\b(?:in|at|near|off|across|throughout|within|around|on)\s+(?:the |northern |southern |"
        r"eastern |western |central |coast of )*$"
    ),
    "zh": re.compile(r"(?:在|于|位于)$"),
}
_ACTOR_AFTER = {
    "zh": re.compile(
        r"(?:省|市|县|区|等地|等|各地|全省|全市)*(?:人民)?(?:公安|警方|警察|检察|法院|海关|海警|纪委|市场监管|税务|边检|边防|缉私|禁毒|当局|政府|执法|安全部队|军方|[:：])"
    ),
    "en": re.compile(
        r"(?:'s)?\s+(?:[A-Za-z-]+\s+){0,2}(?:police|customs|authorities|officers|agents|prosecutors|"
        r"coast guard|navy|army|courts?|government|officials|sheriff|constabulary|detectives|troopers|department)\b",
        re.I,
    ),
}
_FACILITY = re.compile(
    r"\b(?:Port (?:of )?[A-Z][\w'-]+(?: [A-Z][\w'-]+)?|(?:[A-Z][\w'’.-]+ ){1,4}?(?:International )?"
    r"(?:Bridge|Airport|Port of Entry|Seaport|(?:Deep )?Sea Port|Port|National Park|"
    r"Islands?|Harbou?r|Terminals?|(?:Border |Boundary |Land )?(?:Checkpoint|Control Point)|County|Crossing|Forest|"
    r"Freeport Zone|Free Zone|Economic Zone))\b"
)
_FACILITY_WORD = re.compile(
    r"Port|Bridge|Airport|Seaport|Park|Island|Harb|Terminal|Checkpoint|Control Point|County|Crossing|Forest|Zone"
)
"""By itself a quick look whether there is any."""


def names_facility(group: AreaGroup) -> bool:
    """Tell whether a place is a port, a bridge, an airport: narrower than the town told behind it."""
    return len(group.codes) == 1 and _FACILITY_WORD.search(group.codes[0]) is not None


_RANK_BEFORE_BODY = re.compile(
    r"[市县区旗州盟](?=公安|警方|警察|人民检察院|检察院|人民法院|中级|"
    r"海关|纪委|市场监管|税务|烟草|海警|边检|边境|缉私|法院|禁毒|森林|城管|生态环境)"
)
"""By itself a quick look whether there is any."""
_PLACE_BEFORE_BODY = re.compile(rf"([\u4e00-\u9fff]{{2,5}}?(?:{_RANK_BEFORE_BODY.pattern}))")
WATER = re.compile(r"[江河湖](?![苏南北西源津门口阴都宁])")
"""瑞丽江畔 is a river's bank, and tells no town."""
BODY = re.compile(
    r"警|海关|公安|方(?![案式面位法向针便米程形阵才言略队圆])|政府|执法|当局|缉|两国|三国|分局|法院|检察|检方|市场监管|"
    r"烟草|税务|禁毒|纪委|交警|边境管理|边检|海警|森林公安"
)
ADDRESS = re.compile(r"[一某](?!起|定|直|些|边|旦|般)|境内|辖区|县城|城区|市区|多地|等地")
DIRECTS = re.compile(
    r"[^，,。；;\d]{0,14}?(?:联合|挂牌|统一|直接|组织)?(?:督办|指挥|部署|指导|协调|统筹|督导|交办)(?!中心|部|大厅|[,，。；;、\s])"
)
"""公安部督办的案件, 公安部指挥河北公安机关: who orders is not who acts."""
_NOT_NAME = re.compile(
    r"(?:[从在由向到经和及与以自对被把将是为了对]|据|来自|记者|日前|近日|目前|[年月日])*(?=.)"
)
_NO_PLACE = re.compile(r"各|^[全该本我各个多两三四五六七八九十跨几]|省区|地市|[0-9]|部门|机关")


def is_located(text: str, start: int, lang: str) -> bool:
    """Tell whether in, at or 在 stands before a place: something was done there."""
    return _PLACED[lang].search(text, max(0, start - 20), start) is not None


def is_away(text: str, start: int, lang: str) -> bool:
    """Tell whether a place is told as an origin, a destination or a part of a name: from, bound for, 来自."""
    return _AWAY[lang].search(text, max(0, start - 28), start) is not None


def is_actor(text: str, end: int, lang: str) -> bool:
    """Tell whether a place is told as that of a body: its police, its customs follow."""
    return _ACTOR_AFTER[lang].match(text, end) is not None


BORDERED = re.compile(
    r"(?:[-–—/ ]| and (?:the )?)(?:[a-z]+[-–—/ ]){0,3}(?:land )?(?:border|frontier)s?\b"
    r"(?! (?:force|guard|polic|agenc|securit|patrol|protect|troop|control|service|agent|official|unit|command|"
    r"authorit|district|town|cit|province|state|checkpoint|post))"
)
"""`along the Myanmar and Bangladesh borders`: a border is no country whose results are told."""
_OPERATION = re.compile(r"\b(?:Operation|Project) ")


def unlisted(
    found: list[AreaGroup], text: str, raw: str, span: tuple[int, int], lang: str
) -> list[AreaGroup]:
    """Places that no list holds, told by their form: a named bridge or port, the town before its police."""
    if len(raw) != len(text):
        return []
    more = []
    for start, end in _formed(raw, span, lang):
        if lang == "en" and _OPERATION.search(raw, start, end):
            continue  # `Operation Clear Harbour` is no harbour
        if lang == "zh":
            lead = _NOT_NAME.match(raw, start, end)
            start = lead.end() if lead is not None else start
            if _NO_PLACE.search(raw, start, end) or _is_too_short(raw, start, end):
                continue
        inside = [other for other in found if other.start < end and start < other.end]
        if lang == "zh" and inside and not all(o.start == start and o.end < end for o in inside):
            continue
        if any(other.end > end or other.weak for other in inside):
            continue
        if lang == "en" and any(other.start == start and other.end == end for other in inside):
            continue  # the Cayman Islands are in the codebook
        if is_away(text, start, lang) and not is_actor(text, end, lang):
            continue
        for other in inside:
            found.remove(other)
        located = is_located(text, start, lang)
        if lang == "zh":
            start = _innermost(start, end, inside)
        name = re.sub(r"^[Tt]he ", "", raw[start:end])
        policed = lang == "en" and is_actor(text, end, lang)
        more.append(AreaGroup(start, end, (name,), located=located, policed=policed))
    return more


def _is_too_short(raw: str, start: int, end: int) -> bool:
    """A name with its rank has three characters; that of a station, which has none, may have two."""
    return end - start < (3 if raw[end - 1] in _RANKS else 2)


def _innermost(start: int, end: int, outer: Sequence[AreaGroup]) -> int:
    """长安区子午街道 is the street, and 西双版纳州 all of it: an address is its last name."""
    last = max((group.end for group in outer), default=start)
    return last if end - last >= 3 else start


_RANKS = frozenset("市县縣区區旗州盟镇鎮乡鄉道岛島港")
_CAP = "[A-Z\u00c0-\u00de\u0100-\u017f\u1e00-\u1eff]"
_LOCATING = (
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]ff|outside|along|"
    r"(?:area|town|city|village|district|vicinity|outskirts|waters|township|suburb) of) "
)
_FEATURED = (
    r"(?:the (?=[A-Z][\w-]+ (?:district|area|region|toll|checkpoint|border|province|valley|township|village|suburb|"
    r"neighbou?rhood|forest)\b))?"
)
"""`near the Attock toll plaza`: behind an article a name is a place where a word says so."""
_IN_A = (
    r"(?:an? (?=(?:[A-Z][\w-]+ ){1,2}(?:warehouse|house|home|apartment|flat|hotel|depot|factory|farm|suburb|"
    r"village)\b))?"
)
_NO_NAME = (
    r"(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Operation|Project|Court|Class|"
    r"Schedule|Section|Article|Chapter|Phase|FY|Fiscal|Q\d|The|English|Parliament|Congress|Crown|High|Federal|Supreme|"
    r"District|Customs|Police|Ramadan|Christmas|Easter|Bitcoin|US|U\.S|EUR|USD|GBP|AUD|Rs|RM)\b)"
)
_SOMEWHERE = re.compile(
    rf"{_LOCATING}{_FEATURED}{_IN_A}{_NO_NAME}"
    rf"((?!\w*\d)(?:{_CAP}[\w'’-]*[a-zà-ÿ][\w'’-]*)(?: (?:(?!\w*\d){_CAP}[\w'’-]+|de|la|del|el|al|upon)){{0,3}}"
    r"(?: \d{1,2}\b(?= ?[.,]| and))?)(?!['’]s)\b"
)


def named_by_case(
    found: list[AreaGroup], tokens: Sequence[Token], raw: str, span: tuple[int, int]
) -> list[AreaGroup]:
    """`near Attock`: in English a capital after a preposition tells a place that no list holds."""
    more = list(_listed(found, raw, span))
    for match in _SOMEWHERE.finditer(raw, *span):
        start, end = match.span(1)
        if _WAVE.search(match[1]):
            continue
        known = [t for t in tokens if t.start < end and start < t.end and t.kind in (TERM, PERIOD)]
        if known and not _is_longer_name(known, match, raw):
            continue
        inside = [group for group in (*found, *more) if group.start < end and start < group.end]
        if any(group.start < start or end < group.end or not known for group in inside):
            continue
        for group in inside:
            found.remove(group)
        others = None if known else _OTHERS.match(raw, end, span[1])
        if others is not None and not any(g.start < others.end() and end < g.end for g in (*found, *more)):
            names = tuple(name[0] for name in re.finditer(_NAME, others[0]))
            if not any(_NOT_A_PLACE.match(name) for name in names):
                more.append(AreaGroup(start, others.end(), (match[1], *names), located=True))
                continue
        more.append(AreaGroup(start, end, (match[1],), located=True))
    return more


_WAVE = re.compile(r" [IVX]+$")
_FEATURE_AFTER = re.compile(
    r"^ (?:upon\b|(?:Avenue|Road|Street|Lane|Lorong|Drive|Close|Islands?|Park|Valley|River|Lake|Hills?|Heights|Beach|"
    r"Bay|Point|Falls|Springs|Creek|Junction|Gateway|Docks?|Township|Delta|Basin|Peninsula|West|East|North|South)\b)"
)


def _is_longer_name(known: Sequence[Token], match: re.Match[str], raw: str) -> bool:
    """`San Luis Río Colorado`, `Hougang Avenue 8`: a name that only begins or ends with one that a list holds."""
    if any(token.kind != TERM or not token.terms.tells_place for token in known):
        return False
    token = known[0]
    if len(known) == 1 and match.start(1) < token.start and token.end == match.end(1):
        return True
    return token.start == match.start(1) and _FEATURE_AFTER.match(raw[token.end : match.end(1)]) is not None


_CHAIN = re.compile(rf"(?:, {_CAP}[\w'’-]+(?: {_CAP}[\w'’-]+){{0,3}})?, $")
_GOES_ON = re.compile(rf",? and (?:the )?{_CAP}|, {_CAP}[\w'’-]+(?: {_CAP}[\w'’-]+)*,? and {_CAP}")


def addresses(found: list[AreaGroup], raw: str) -> list[AreaGroup]:
    """`in Barangay Uno, San Fernando City, Pampanga`: names in a row without `and` are one address."""
    kept: list[AreaGroup] = []
    for group in sorted(found, key=lambda group: group.start):
        last = kept[-1] if kept else None
        if last is not None and _is_address(last, group, raw):
            kept[-1] = msgspec.structs.replace(last, end=group.end)
        else:
            kept.append(group)
    return kept


def _is_address(first: AreaGroup, then: AreaGroup, raw: str) -> bool:
    if (
        first.weak
        or then.weak
        or then.located
        or not first.located
        or len(first.codes) != 1
        or len(then.codes) != 1
    ):
        return False
    if re.fullmatch(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?", first.codes[0]):
        return False
    return _CHAIN.fullmatch(raw, first.end, then.start) is not None and not _GOES_ON.match(raw, then.end)


_NAME = rf"{_CAP}[a-zà-ÿ'’-]+(?: {_CAP}[a-zà-ÿ'’-]+){{0,2}}"
_NOT_A_PLACE = re.compile(
    r"(?:The|Operation|Project|Police|Customs|Officers?|Agents?|Court|He|She|They|It|In|On|At|A|An|Two|Three|Four|Five|Six|Both|"
    r"All|No|Drug|Federal|National|State|January|February|March|April|May|June|July|August|September|October|November|"
    r"December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)
_OTHERS = re.compile(
    rf"(?:, {_NAME})*,? and {_NAME}(?=[,.;]|$| (?:on|during|since|in|where|leading|resulting|were|was|after)\b)"
)
"""`in Manukau, Papakura and Otara`: names that go on from one that a preposition tells."""
_LIST = re.compile(
    rf"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Aa]cross|of) ({_NAME}(?:, {_NAME})*,? and {_NAME})(?!['’]s)\b"
)


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


_HAN_LIST = re.compile(
    r"[在于](?P<names>[\u4e00-\u9fff]{2,6}(?:、[\u4e00-\u9fff]{2,6}){1,7}?)"
    r"(?:等(?:地|方向|口岸|处|[海水]域|港)|(?P<both>[两三四]地|同时|联手))"
)
_OF_BODIES = re.compile(r"(?:系统|部门?|大学|办|机关|领域|行业|环节|方面|企业|公司|单位|场所|平台)(?:、|$)")


def listed_in_chinese(found: list[AreaGroup], text: str, raw: str, span: tuple[int, int]) -> list[AreaGroup]:
    """在打洛、勐满、关累等方向: what stands in a list of places is one, whether a codebook knows it or not.

    Districts (在荔湾、花都等区) are only where a city's own police went: they are left to the city.
    """
    if len(raw) != len(text):
        return []
    more = []
    for match in _HAN_LIST.finditer(text, *span):
        start, end = match.span("names")
        inside = [group for group in found if start <= group.start and group.end <= end]
        if _OF_BODIES.search(match["names"]) or (match["both"] and not inside):
            continue
        if any(not group.codes for group in inside):
            continue
        for group in inside:
            found.remove(group)
        codes = _codes_of_list(raw, start, end, inside)
        more.append(AreaGroup(start, end, codes, located=True))
    return more


def _codes_of_list(raw: str, start: int, end: int, known: Sequence[AreaGroup]) -> tuple[str, ...]:
    codes: list[str] = []
    for name in re.finditer(r"[^、]+", raw[start:end]):
        at = start + name.start()
        inside = [group for group in known if at <= group.start < start + name.end()]
        told = inside[-1].codes if inside and inside[0].start == at else (name[0],)
        codes.extend(code for code in told if code not in codes)
    return tuple(codes)


_TOWN = re.compile(
    r"[在于於]([\u4e00-\u9fff]{2,5}?(?:镇|乡|街道|(?<![海南湾灣])[岛島]|[渔漁]港))(?=[\u4e00-\u9fff])"
)
_STATION = re.compile(
    r"(?:^|[，。；：,;:\n])(?!辖区|[车火汽]|当地|所属|属地|基层|公安|铁路|水上|航运|森林|边境|民警|经|该|接|随后|近日|日前|目前)"
    r"([\u4e00-\u9fff]{2,4}?)(?=边境派出所|边境检查站|边检站|派出所)"
)
"""3月8日，勐满边境派出所在国道设卡: a station has the name of its place."""


def _formed(raw: str, span: tuple[int, int], lang: str) -> Iterator[tuple[int, int]]:
    """Spans that have the form of a place: a facility by its last word, a town by its body or its rank."""
    if lang == "en":
        if _FACILITY_WORD.search(raw, *span):
            yield from (match.span() for match in _FACILITY.finditer(raw, *span))
        return
    patterns = [_TOWN]
    if _RANK_BEFORE_BODY.search(raw, *span):
        patterns.insert(0, _PLACE_BEFORE_BODY)
    if "派出所" in raw or "检查站" in raw or "边检站" in raw:
        patterns.append(_STATION)
    for pattern in patterns:
        yield from (match.span(1) for match in pattern.finditer(raw, *span))


def is_beside_the_point(group: AreaGroup, text: str) -> bool:
    """Tell whether a place is only where a haul came ashore, or what a share is a share of."""
    if group.nation:
        return _OF_WHOLE.search(text, max(0, group.start - 72), group.start) is not None
    return group.located and _OFFLOAD.search(text, max(0, group.start - 260), group.start) is not None


_OF_WHOLE = re.compile(r"(?:%|\bper ?cent) of (?:the |all |[a-z-]+ ){0,6}$")
"""`10 percent of the national total`: what a share is a share of is the place of no figure."""
_OFFLOAD = re.compile(r"\b(?:offload(?:s|ed|ing)?|unloaded)\b[^.\n]*\b(?:at|in) (?:the )?$")
"""Where a cutter brings ashore what it took at sea is not where it was taken."""
