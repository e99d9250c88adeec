"""Set-aside rules for English text."""

from __future__ import annotations

from functools import cache

from tallyroom.quantities.asides import Rule, RuleSet
from tallyroom.quantities.wordlists import alternatives, word_list

YEAR = r"(?:19[0-9]\d|20[0-4]\d)"
DAY = r"(?:3[01]|[12]\d|0?[1-9])"
DASH = r"\s?[-–—]\s?"
PLURAL = r"\s+[a-z-]+(?:s|people|men|women|children)\b"
NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"


@cache
def rules_en() -> RuleSet:
    """Return the rules, compiled once."""
    words = {name: alternatives(words) for name, words in word_list("en", "asides").items()}
    gate = rf"\d|\b(?:{words['number_words']}|{words['ordinal_words']})\b"
    return RuleSet(gate, _rules(words))


def _rules(words: dict[str, str]) -> list[tuple[Rule, str]]:
    return [
        *_references(words), *_dates(words), *_terms(words), *_names(words), *_measures(words), *_counts(words),
    ]  # fmt: skip


def _number(words: dict[str, str]) -> str:
    some = words["number_words"]
    return rf"(?:{NUMBER}|(?:{some})(?:[\s-](?:{some}))?)"


def _references(words: dict[str, str]) -> list[tuple[Rule, str]]:
    """Numbers that point at something: the web, telephones, cases, laws, places."""
    article = r"\d+[a-z]{0,2}\b(?:\.\d+)*(?:\(\w{1,4}\))*"
    return [
        ("web", r"(?:https?://|www\.)[^\s,;)]+|\b[\w.+-]+@[\w-]+\.[\w.-]+|(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])"),
        ("telephone", r"(?<![\d.,$£€-])\+?\d{0,3}[ -]?\(?\b\d{3,4}\)?[ -]\d{3}[ -]\d{3,4}(?![\d,.]\d)|\b\+?1-\d{3}-[\da-z]{3}-[\da-z]{4}\b|(?<![\d.,-])\d{3}-\d{3}-\d{4}\b|(?<![\d.,-])\+\d{1,3}(?:[ -]\d{2,4}){2,4}\b"),
        ("telephone", rf"\b(?:call(?:ing|ed)?|dial(?:l?ing|l?ed)?|phone[ds]?|(?:tele)?phone(?: number)?|hot-?line|helpline|tip ?line|tip-off line|whatsapp|text(?:ing)?|tel(?:ephone)?\.?|fax|crimestoppers|crime stoppers)(?:\s+(?:the|on|at|to|in|us|is|police|number|no\.|anonymously|toll-free|crimestoppers|drug|hotline|number:|999|or|via))*[\s:]+(?:\(?\+?\d{{1,4}}\)?[ -]\d{{2,4}}[ -]?[\d -]*\d|\d{{5,}}|999|911|112|110|111|101|105|15|17|18)\b(?!{PLURAL}|[,.]\d)"),
        ("identifier", r"\b\d{1,2}:\d{2}-(?:cr|mj|cv)-\d+\b|\b(?:case|fir|docket|crime|file|reference|ref\.?|permit|licen[cs]e|badge|container|invoice|warrant|complaint)\s+(?:no|nos|number|#)\.?\s*:?\s*[a-z0-9][\w./-]*|\b[a-z]{3}[uj]\s?\d{6,7}\b|\bimo\s+\d{7}\b|#\d+"),
        ("law", r"\b\d+\s+u\.?s\.?c\.?\s*(?:§+\s*|section\s+)?\d+\w*(?:\(\w{1,3}\))*|§+\s*\d+[\w.]*(?:\(\w{1,3}\))*"),
        ("law", rf"\b(?:{words['law_words']})\s+(?:no\.?\s*)?(?:\([a-z]+\)\s+)?{article}(?:(?:\s*,\s*|\s*,?\s*(?:and|or|to|-|–|/)\s*)(?:\([a-z0-9]\)|{article})(?!\s+[a-z]+s\b))*(?![,.]\d|%)"),
        ("law", rf"\b(?:act|ordinance|code|order|regulations?|law|rules|bill|convention|protocol|constitution)(?:,|\s+of)?\s+{YEAR}\b(?!{PLURAL})|\bconvention\s+of\s+\d{{4}}"),
        ("address", rf"(?<![\d.,$£€-])\d{{1,5}}\s+(?!(?:{words['not_street_names']})\s)[a-z]+\s+(?:{words['streets']})\b(?=[,.;]|\s*$|\s+in\b)|\bp\.?o\.?\s+box\s+\d+"),
        ("address", rf"\b(?:{words['address_words']})[\s-]+(?:no\.?\s*)?\d{{1,4}}[a-z]?\b(?!{PLURAL}|[,.]\d|%|\s+(?:million|billion|kg|kilo))|\b[ami]-?\d{{1,3}}\b(?=\s+(?:motorway|highway|road|near|in|at|between|and|on|northbound|southbound|eastbound|westbound|freeway|corridor)\b|[,.]\s|[,.]?$)|(?<=\bthe )[am]\d{{1,4}}\b|\b(?!in\b|or\b|me\b|ok\b|hi\b)[a-z]{{2}}\s+\d{{5}}(?:-\d{{4}})?(?=[,.;]?\s*$|[,.;]\s)"),
    ]


def _terms(words: dict[str, str]) -> list[tuple[Rule, str]]:
    """Terms of prison, ages and other lengths of time."""
    number = _number(words)
    unit = rf"(?:{words['time_units']})s?"
    length = rf"{number}(?:\s+and\s+a\s+half)?[\s-](?:calendar[\s-]|full[\s-]|straight[\s-]|consecutive[\s-])?{unit}(?:['’])?\b(?:,?\s+(?:and\s+)?{number}[\s-]{unit}(?:['’])?\b)*"
    ranged = rf"(?:{number}(?:{DASH}|\s+(?:to|and|or)\s+))?{length}"
    return [
        ("prison_term", rf"\b(?:{words['prison_before']})\b(?:\s+(?!after\b|since\b|within\b|during\b|arrested\b|seized\b|last\b|past\b)[a-z'’-]+){{0,6}}?\s+{ranged}(?:\s+(?:in|of|behind)\s+(?:{words['prison_after']}))?"),
        ("prison_term", rf"{ranged}(?:\s+(?:in|of|behind|on|years|without))?\s+(?:a\s+|federal\s+|state\s+|custodial\s+)?(?:{words['prison_after']})\b|{number}-(?:year|month|day)\s+(?:prison|jail|custodial|mandatory|suspended|sentence|term|minimum|maximum)(?:\s+(?:sentence|term|minimum))?|{number}\s+strokes\b"),
        ("age", rf"\b(?:aged?|ages)\s+(?:between\s+|from\s+|of\s+)?{number}(?:(?:{DASH}|\s+(?:to|and|or)\s+){number})?(?:\s+(?:and|or)\s+(?:over|under|above|below|older|younger|up))?(?!\s+(?:kg|kilo|per))(?:\s+years?(?:\s+old)?)?"),
        ("age", rf"{number}(?:(?:{DASH}|[\s-]+(?:to|and|or)[\s-]+){number})?[\s-](?:years?[\s-]olds?|year\s+of\s+age|years\s+of\s+age|years\s+and\s+(?:above|below|over|under)|months?[\s-]olds?)\b|{number}\s+(?:and|or)\s+(?:older|younger)\b"),
        ("age", rf"(?<=[a-z\"”)]), \d{{2}}(?=, (?:{words['after_age']}|[a-z]+ed)\b)|(?<=[a-z\"”]) \(\d{{2}}\)(?=,? (?:of|from|son|daughter|wife|a resident|resident|r/o|s/o|hailing)\b)"),
        ("age", rf"\b(?:under|over|below|above)[\s-](?:the\s+age\s+of\s+)?\d{{2}}s\b|\b(?:under|over|below|above)\s+the\s+age\s+of\s+{number}|\bage\s+(?:group|range|bracket)s?\s+(?:of\s+)?\d+(?:{DASH}|\s+to\s+)\d+|(?:\b(?:his|her|their|mid|early|late)[\s-])(?:\d0s|twenties|thirties|forties|fifties|sixties)"),
        ("age", rf"(?<=\s)(?:under|below|over|above)\s+\d{{2}}\b(?=\s+(?:fell|rose|dropped|increased|decreased|was|were|made|accounted|who|in\b|has|have|are|is|arrested|remained)|[,.;)])(?<=\d\d)"),
        ("time", r"\b(?:24[/-]7|24[\s-]hours?(?=\s+(?:a\s+day|service|hotline|helpline|line|tip)))|\bopen\s+24\s+hours|\b24\s+hours\s+a\s+day"),
        ("duration", rf"{ranged}(?:-long|-old)?"),
    ]


def _dates(words: dict[str, str]) -> list[tuple[Rule, str]]:
    month = rf"(?:{words['months']})\b\.?"
    return [
        ("date", rf"(?<![\d.,/$£€-]){YEAR}(?:[/–-]\d\d(?:\d\d)?|(?:-\d\d){{2}})(?![\d/%-]|\.\d)|(?<![\d.,$£€]){YEAR}\s+(?:calendar|fiscal|financial)\s+year|\b(?:in|since|during|of|from)\s+{YEAR}[/–-]\d\d\b"),
        ("date", rf"\b{month}\s*{DAY}(?:st|nd|rd|th)?(?:(?:{DASH}|\s+(?:to|and|through)\s+){DAY}(?:st|nd|rd|th)?)?\b(?![\d%]|[.,:]\d|\s*(?:a\.?m|p\.?m)\b)(?:,?\s+{YEAR}\b)?"),
        ("date", rf"(?<![\d.,:/$£€-])(?:{DAY}(?:st|nd|rd|th)?(?:{DASH}|\s+(?:to|and|until|through)\s+))?{DAY}(?:st|nd|rd|th)?\s+(?:of\s+)?{month}(?!\w)(?:,?\s+{YEAR}\b)?|\b{month}(?:,|\s+of)?\s+{YEAR}\b"),
        ("date", rf"(?<![\d.,/$£€-]){YEAR}(?:[/–-]\d\d(?:\d\d)?|(?:-\d\d){{2}})(?![\d/%-]|\.\d)|(?<![\d/.-])\d{{1,2}}[/.]\d{{1,2}}[/.]{YEAR}(?!\d)|\b(?:fye?\s?|fiscal\s+(?:year\s+)?|financial\s+year\s+)['’]?\d{{2,4}}(?:[-/–]\d{{2,4}})?\b|\bq[1-4]\b|\bh[12]\b(?=\s)"),
        ("date", rf"\b(?:in|during|of|since|until|till|throughout|before|after|between|early|mid|late|year|as of)[\s-]+{YEAR}\b(?:\s+(?:and|to)\s+{YEAR}\b)?(?![,.]\d|%|-[a-z])|\b(?:by|from|for|with|to|than|through|against|versus|and)\s+{YEAR}\b(?:\s+to\s+{YEAR}\b)?(?![,.]\d|%|-[a-z]|{PLURAL})|(?<![\d.,$£€]){YEAR}(?=['’]s\b)|(?<![\d.,$£€]){YEAR}\s+(?:calendar|fiscal|financial)\s+year"),
        ("date", rf"(?:\b(?:19|20)\d0s|['’]\d0s|\b\d{{1,2}}(?:st|nd|rd|th)\s+century)\b|\bthe\s+{DAY}(?:st|nd|rd|th)(?=\s*[,.;:)]|\s*$)|\b(?:first|opening|last|final)\s+(?:{words['number_words']}|\d{{1,2}})\s+(?:months|weeks|days|quarters)\b"),
        ("time", r"(?<![\d.:])\d{1,2}(?:[:.]\d{2})?\s?(?:a\.?m\b\.?|p\.?m\b\.?|noon\b|o['’]clock)|(?<![\d.:])\d{1,2}:\d{2}(?::\d{2})?(?![\d:-])|\b\d{4}\s?(?:hrs|hours|hr|gmt|utc|local time)\b|\b\d{1,2}:\d{2}\s?(?:hrs|hours)"),
    ]


def _names(words: dict[str, str]) -> list[tuple[Rule, str]]:
    return [
        ("name", rf"\boperation\s+(?:[a-z-]+\s+)?\d+\b(?!{PLURAL}|[,.]\d)|(?<![\d.,$£€]){YEAR}\s+(?:model|edition|season|olympics|world\s+cup|census|winter|summer|games|toyota|ford|honda|chevrolet|nissan|freightliner|dodge|kenworth|volvo|jeep|gmc|bmw|mercedes|audi|hyundai|kia|volkswagen)\b"),
        ("name", rf"\b(?:{words['models']})[\s-]\d{{1,4}}[a-z]?\b(?!{PLURAL}|[,.]\d|%)|(?<![\d,])(?:\.\d{{2}}|\d{{1,2}}(?:\.\d+)?\s?-?mm|\d{{1,2}}[\s-]gauge)(?:[\s-](?:calib(?:er|re)))?\b|\b(?:[3-6]g|4x4|2\.0)\b"),
        ("name", rf"(?<![a-z\d$£€])(?!(?:{words['currencies']})-?\d)[a-z]{{1,5}}-?\d{{1,4}}[a-z]{{0,2}}\b(?![,.]\d|%|\s*(?:million|billion|crore|lakh|bn\b|m\b|k\b))|\b\d(?:,\d)*-[({words['chemical'].replace('|', '|')}]*(?:{words['chemical']})[a-z0-9-]*"),
        ("name", rf"\b(?:[afcgbk])-?\d{{1,4}}[a-z]?\b(?=\s+(?:gun|rifle|aircraft|pickup|truck|summit|leaders|rifles|fighter|nations|ministers|van|visa))|\b(?:ak|ar|ms|m|f|c|g|mi|b|k)-\d{{1,3}}\b|\b[fcgh]\d{{2,4}}\b(?![,.]\d|\s*(?:million|billion|m\b|bn\b))"),
    ]


def _measures(words: dict[str, str]) -> list[tuple[Rule, str]]:
    number = _number(words)
    many = rf"(?:{number}(?:{DASH}|\s+(?:to|and)\s+))?{number}"
    return [
        ("rate", rf"{number}\s+(?:[a-z-]+\s+){{0,2}}?(?:per|for\s+every|in\s+every|out\s+of\s+every)\s+(?:100,000|1,000|10,000|100\s?000|1,000,000|100|million|thousand)\b(?:\s+(?:people|population|inhabitants|residents|persons|head|live\s+births))?|\bper\s+(?:100,000|1,000|10,000|100)\b"),
        ("speed", rf"{many}\s?-?(?:mph|km/h|kph|kmh|knots?|miles\s+(?:an|per)\s+hour|kilomet(?:re|er)s\s+(?:an|per)\s+hour)\b"),
        ("length", rf"{many}[\s-]?(?:square[\s-]|sq\.?\s?)?(?:km|kms|kilomet(?:re|er)s?|nautical[\s-]miles?|miles?|nm|inch(?:es)?|feet|foot|ft|yards?|cm|centimet(?:re|er)s?|millimet(?:re|er)s?)\b(?!\s+of\s+(?:cord|fuse))|{many}[\s-](?:met(?:re|er)s?)(?:[\s-](?:tall|long|deep|high|wide|away|from|below|above)\b|(?<=-met(?:re|er)))|{many}-met(?:re|er)\b"),
        ("temperature", rf"-?{number}\s?(?:degrees(?:\s+(?:celsius|fahrenheit))?|°\s?[cf]?)(?!\w)"),
        ("frequency", rf"{number}\s+times\s+(?:a|per|each|every)\s+(?:day|week|month|year|hour)|{many}\s?(?:hz|khz|mhz|ghz)\b|\bevery\s+{number}\s+(?:seconds|minutes|hours|days|weeks|months|years)"),
        ("version", r"\bversion\s+\d+(?:\.\d+)*|\bv\d+(?:\.\d+)+"),
        ("score", r"\b(?<![\d.,-])\d{1,3}[-–]\d{1,3}(?=\s+(?:vote|win|victory|defeat|draw|ruling|decision)\b)"),
    ]


def _counts(words: dict[str, str]) -> list[tuple[Rule, str]]:
    """Counts of kinds, of those who took part, and places in an order."""
    number = _number(words)
    ordinal = rf"(?:\d+(?:st|nd|rd|th)|{words['ordinal_words']})"
    return [
        ("rank", rf"(?:\b(?:the|its|their|in|of|among|world's)\s+top[\s-]|\btop-)(?:\d{{1,3}}|{words['number_words']})\b|\bno\.\s?1\b|\bnumber[\s-]one\b"),
        ("edition", rf"\b\d+(?:st|nd|rd|th)\s+(?:[a-z]+\s+){{0,2}}?(?:anniversary|session|meeting|edition|conference|summit|congress|birthday|assembly|day|annual)\b"),
        ("class_count", rf"{number}\s+(?:[a-z]+\s+)?(?:types?|kinds?|categories|classes|varieties|forms|sorts)\s+of\b|{number}-(?:pronged|tier|tiered|point|part|step|way|fold|phase|stage|page|man|person|member|count|storey|story|wheeler|door|seat|seater|bedroom)\b"),
        ("participants", rf"{number}\s+(?:(?:{words['participant_kinds']})\s+){{0,2}}(?:{words['participants']})\b(?!['’])"),
        ("ordinal", r"^\s*(?:\(?\d{1,2}[.)](?=\s)|\(\d{1,2}\)|\(?[ivx]{1,4}[.)](?=\s))|(?<=[.!?\"”])\(\d{1,2}\)|\[\d{1,3}\]"),
        ("ordinal", rf"\b(?:{words['numbered']})\s?\d{{1,3}}[a-z]?\b(?!{PLURAL}|[,.]\d|%|\s+(?:people|kg|kilo))|\b\d+(?:st|nd|rd|th)\b"),
        ("ordinal", rf"\b(?:the|its|their|his|her|this|our)\s+(?:{words['ordinal_words']})\b(?!\s+(?:half|quarter|six|nine|three)|-)"),
    ]
