"""Set-aside rules for English text."""

from __future__ import annotations

import re
from functools import cache

from tallyroom.quantities.asides import Family, RuleSet, Shape
from tallyroom.quantities.wordlists import alternatives, word_list

YEAR = r"(?:19[0-9]\d|20[0-4]\d)"
DAY = r"(?:3[01]|[12]\d|0?[1-9])"
TH = r"(?:st|nd|rd|th)"
DASH = r"\s?[-–—]\s?"
PLURAL = r"\s+(?:[a-z-]+s|people|men|women|children)\b"
SCALED = r"[,.]\d|%|\s*(?:million|billion|crore|lakh|bn|m|k|kg|kilo|kilos|tons|tonnes)\b"
NO_COUNT = rf"(?!{PLURAL}|{SCALED})"
"""What follows a number that only points at something: no plural noun, no decimals, no scale."""
WITHIN = r"(?<![\d.,/$£€¥₱₹-])"
# The words that the shapes of a family begin with: any other word is passed by at once.
REFERENCES = (
    "http|www|call|dial|phone|telephone|hot|help|tip|whatsapp|text|tel|fax|crime|case|fir|docket|file|ref|permit|licen|badge|"
    "container|invoice|warrant|complaint|passport|account|registration|plate|nrc|id|imo|act|ordinance|code|order|regulation|"
    "law|rules|bill|convention|protocol|constitution|u/s|po|p.o|"
    + "|".join(f"{letter}{sign}" for letter in "ami" for sign in "-0123456789")
)
TERMS = "age|under|over|below|above|his|her|their|mid|early|late|open"
DATES = (
    "in|during|since|of|from|until|till|throughout|before|after|between|early|mid|late|year|as|report|survey|census|conference|"
    "summit|by|for|with|to|than|through|against|versus|and|over|across|fy|fiscal|financial|q1|q2|q3|q4|h1|h2|the|first|opening|"
    "last|final|past|next|second|third|fourth"
)
NAMES = "iso|the|its|their|in|of|among|world|top|no.|number|version|every|per|his|her|this|our"
_PLAIN = re.compile(r"[a-z0-9./-]+")
Words = dict[str, str]


@cache
def rules_en() -> RuleSet:
    """Return the rules, compiled once."""
    words = {name: alternatives(words) for name, words in word_list("en", "asides").items()}
    number = words["number_words"]
    words["number"] = rf"(?>\d+(?:,\d{{3}})*(?:\.\d+)?|(?:{number})(?:[\s-](?:{number})){{0,3}}(?!\w))"
    words["range"] = rf"(?:{words['number']}(?:{DASH}|\s+(?:to|and|or)\s+|-to-))?{words['number']}"
    words["length"] = _length(words)
    gate = rf"\d|\b(?:{number}|{words['ordinal_words']})\b"
    begin = r"\b\w+|^\W|[('’#+\[$£€₱₹§]|[,.](?=\s?\d)|-(?=\d)|\s(?=\()"
    return RuleSet(gate, (*_led(words), _signs(words), _digits(words), _numbers(words)), begin)


def _length(words: Words) -> str:
    """The rest of a length of time after its first number: ` years and six months`."""
    unit = rf"(?:{words['time_units']})s?\b(?!\s+of\s+(?:the\s+)?(?:\d|total))['’]?"
    kind = r"(?:calendar[\s-]|full[\s-]|straight[\s-]|consecutive[\s-])?"
    return rf"(?:\s+and\s+a\s+half)?[\s-]{kind}{unit}(?:,?\s+(?:and\s+)?{words['number']}[\s-]{unit})*"


def _led(words: Words) -> tuple[Family, ...]:
    """Shapes that a word leads in, by what words these are; codes such as ak-47 have any letters."""
    return (
        _by_heads(_led_references(words), REFERENCES, words["law_words"], words["address_words"]),
        Family("a-z", r"\b", _led_rare(), needs=r"[@\d](?:(?<=@)|(?<=\d)\d{4})"),
        _by_heads(_led_terms(words), TERMS, words["prison_before"]),
        _by_heads(_led_dates(words), DATES, words["months"]),
        _by_heads(_led_models(words), "operation", words["models"]),
        Family("a-z", r"\b", _led_codes(words), needs=r"\d(?:(?<=[a-z]\d)|(?<=[a-z]-\d))"),
        _by_heads(_led_names(words), NAMES, words["numbered"]),
    )


def _by_heads(shapes: tuple[Shape, ...], *alternatives: str) -> Family:
    """Return a family of shapes each of which begins with one of the words, given as alternatives of a pattern."""
    words = (found[0] for words in alternatives for word in words.split("|") if (found := _PLAIN.match(word)))
    return Family("a-z", r"\b", shapes, heads=tuple(words))


def _led_references(words: Words) -> tuple[Shape, ...]:
    article = r"\d+[a-z]{0,2}\b(?:\.\d+)*(?:\(\w{1,4}\))*"
    more = rf"(?:(?:\s*,\s*|\s*,?\s*(?:and|or|to|-|–|/)\s*)(?:\([a-z0-9]\)|{article})(?!\s+[a-z]+s\b))*"
    dialled = r"(?:\(?\+?\d{1,4}\)?[ -]\d{2,4}[ -]?[\d -]*\d|\d{5,}|999|911|112|110|111|101|105|1[5-8])\b"
    phones = (
        r"(?:call(?:ing|ed)?|dial(?:l?ing|l?ed)?|phone[ds]?|(?:tele)?phone(?: number)?|hot-?line|helpline|"
        r"tip ?line|whatsapp|text(?:ing)?|tel(?:ephone)?\.?|fax|crime ?stoppers)"
    )
    fillers = (
        r"(?:\s+(?:the|on|at|to|in|us|is|police|number:?|no\.|anonymously|toll-free|drug|hotline|or|via|"
        r"crime ?stoppers))*"
    )
    holders = (
        r"(?:case|fir|docket|crime|file|reference|ref\.?|permit|licen[cs]e|badge|container|invoice|warrant|"
        r"complaint|passport|account|registration|plate|nrc|id)"
    )
    return (
        Shape("web", (r"https?://[^\s,;)]+", r"www\.[^\s,;)]+")),
        Shape("telephone", (
            rf"{phones}{fillers}[\s:]+{dialled}{NO_COUNT}(?:,?\s+or\s+{dialled}{NO_COUNT})?",
            r"dial(?:l?ing|l?ed)?\s+\d{3,4}(?=[,.;)]|\s*$|\s+(?:or|to|and)\b)",
        )),
        Shape("identifier", (
            rf"{holders}\s+(?:no|nos|number|#)\.?\s*:?\s*[a-z0-9][\w./-]*",
            r"imo\s+\d{7}\b",
        )),
        Shape("law", (
            rf"(?:{words['law_words']})\s+(?:no\.?\s*)?(?:\([a-z]+\)\s+)?{article}{more}(?![,.]\d|%)",
            r"(?:act|ordinance|code|order|regulations?|law|rules|bill|convention|protocol|constitution)"
            rf"(?:,|\s+of)?\s+{YEAR}\b(?!{PLURAL})",
            r"u/s\s+\d+\w?(?:[/,]\s?\d+\w?)*",
        )),
        Shape("address", (
            rf"(?:{words['address_words']})[\s-]+(?:no\.?\s*)?\d{{1,4}}[a-z]?\b{NO_COUNT}",
            r"[ami]-?\d{1,3}\b(?=\s+(?:motorway|highway|road|near|in|at|between|and|on|freeway|corridor|"
            r"(?:north|south|east|west)bound)\b|[,.]\s|[,.]?$)",
            r"(?<=the )[am]\d{1,4}\b",
            r"p\.?o\.?\s+box\s+\d+",
        )),
    )  # fmt: skip


def _led_rare() -> tuple[Shape, ...]:
    return (
        Shape("web", (r"[a-z][\w.+-]*@[\w-]+\.[\w.-]+",)),
        Shape("identifier", (r"[a-z]{3}[uj]\s?\d{6,7}\b",)),
        Shape("address", (
            r"(?!in\b|or\b|me\b|ok\b|hi\b|of\b|to\b|by\b)[a-z]{2}\s+\d{5}(?:-\d{4})?(?=[,.;]?\s*$|[,.;]\s)",
        )),
    )  # fmt: skip


def _led_terms(words: Words) -> tuple[Shape, ...]:
    number, ranged, length = words["number"], words["range"], words["length"]
    event = r"(?!after\b|since\b|within\b|during\b|arrested\b|seized\b|last\b|past\b|previous\b)[a-z'’-]+"
    behind = rf"(?:\s+(?:in|of|behind)\s+(?:{words['prison_after']}))?"
    border = r"(?:under|over|below|above)"
    verbs = r"fell|rose|dropped|increased|decreased|was|were|made|accounted|who|in\b|has|have|are|is|remained"
    return (
        Shape("prison_term", (
            rf"(?:{words['prison_before']})\b(?:\s+{event}){{0,6}}?\s+{ranged}{length}{behind}",
        )),
        Shape("age", (
            rf"(?:aged?|ages)\s+(?:between\s+|from\s+|of\s+|range\s+of\s+|group\s+of\s+)?{ranged}"
            rf"(?:\s+(?:and|or)\s+(?:over|under|above|below|older|younger|up))?(?!\s+(?:kg|kilo|per)|[.,]\d)"
            r"(?:\s+years?(?:\s+old)?)?",
            rf"{border}[\s-](?:the\s+age\s+of\s+)?\d{{2}}s\b",
            rf"{border}\s+the\s+age\s+of\s+{number}",
            rf"(?<!\w\s\d){border}\s+\d{{2}}\b(?=\s+(?:{verbs})|[,;)](?!\d))",
            r"(?:his|her|their|mid|early|late)[\s-](?:\d0s|twenties|thirties|forties|fifties|sixties)\b",
        )),
        Shape("time", (r"open\s+24\s+hours",)),
    )  # fmt: skip


def _led_dates(words: Words) -> tuple[Shape, ...]:
    month = rf"(?:{words['months']})\b\.?"
    tight = r"(?:in|during|since|until|till|throughout|before|after|between|early|mid|late|year|as of)"
    loose = r"(?:of|by|from|for|with|to|than|through|against|versus|and|over|across)"
    unscaled = r"(?![,.]\d|%|-[a-z]"
    return (
        Shape("date", (
            rf"{month}\s*{DAY}{TH}?(?:(?:{DASH}|\s+(?:to|and|through)\s+){DAY}{TH}?)?\b"
            rf"(?![\d%]|[.,:]\d|\s*(?:a\.?m|p\.?m)\b)(?:,?\s+{YEAR}\b)?",
            rf"{month}(?:,|\s+of)?\s+{YEAR}\b",
            rf"(?:in|since|during|of|from)\s+{YEAR}[/–-]\d\d\b",
            rf"{tight}[\s-]+{YEAR}\b(?:\s+(?:and|to)\s+{YEAR}\b)?{unscaled})",
            rf"(?:report|survey|census|conference|summit)\s+{YEAR}\b",
            rf"{loose}\s+{YEAR}\b(?:\s+to\s+{YEAR}\b)?{unscaled}|{PLURAL})",
            r"(?:fye?\s?|fiscal\s+(?:year\s+)?|financial\s+year\s+)['’]?\d{2,4}(?:[-/–]\d{2,4})?\b",
            rf"q[1-4]\b(?:\s+(?:fy\s?)?{YEAR}\b)?",
            rf"h[12]\b(?:\s+(?:fy\s?)?{YEAR}\b|(?=\s))",
            rf"the\s+{DAY}{TH}(?=\s*[,.;:)]|\s*$)",
            rf"(?:the\s+)?(?:first|opening|last|final|past|next)\s+{words['number']}\s+(?:months|weeks|days|quarters)\b",
            r"(?:first|second|third|fourth)\s+(?:and\s+(?:second|third|fourth)\s+)?quarters?\b",
            r"(?:first|second)\s+half\b",
        )),
    )  # fmt: skip


def _led_models(words: Words) -> tuple[Shape, ...]:
    return (
        Shape("name", (
            rf"operation\s+(?:[a-z-]+\s+)?\d+(?:\.\d+)?\b{NO_COUNT}",
            rf"(?:{words['models']})[\s-]\d{{1,4}}[a-z]?\b{NO_COUNT}",
        )),
    )  # fmt: skip


def _led_codes(words: Words) -> tuple[Shape, ...]:
    return (
        Shape("name", (
            rf"(?!(?:{words['currencies']})-?\d)[a-z]{{1,6}}-?\d{{1,4}}[a-z]{{0,2}}\b(?!{SCALED})",
            r"(?:ak|ar|ms|m|f|c|g|mi|b|k)-\d{1,3}\b",
            r"g(?:7|8|20|77)\b|cop2\d\b",
            rf"[fcgh]\d{{2,4}}\b(?!{SCALED})",
        )),
        Shape("version", (r"v\d+(?:\.\d+)+",)),
    )  # fmt: skip


def _led_names(words: Words) -> tuple[Shape, ...]:
    ordinal = words["ordinal_words"]
    return (
        Shape("name", (r"iso\s?\d+(?::\d+)?\b",)),
        Shape("rank", (
            rf"(?:the|its|their|in|of|among|world['’]s)\s+top[\s-](?:\d{{1,3}}|{words['number_words']})\b",
            rf"top-(?:\d{{1,3}}|{words['number_words']})\b",
            r"no\.\s?1\b|number[\s-]one\b",
        )),
        Shape("version", (r"version\s+\d+(?:\.\d+)*",)),
        Shape("frequency", (
            rf"every\s+{words['number']}\s+(?:seconds|minutes|hours|days|weeks|months|years)",
        )),
        Shape("rate", (r"per\s+(?:100,000|1,000|10,000|100)\b",)),
        Shape("ordinal", (
            rf"(?:{words['numbered']})\s?\d{{1,3}}[a-z]?\b{NO_COUNT}",
            rf"(?:the|its|their|his|her|this|our)\s+(?:{ordinal})\b(?!-|\s+(?:half|quarter|{words['number']}\s+month))",
        )),
    )  # fmt: skip


def _signs(words: Words) -> Family:
    """Shapes that begin with a sign."""
    person = r"(?:of|from|son|daughter|wife|a resident|resident|r/o|s/o|hailing)"
    drug = r"gram|gramme|kilo|kilogram|kg|pound|ounce|pill|tablet|dose|hit|joint|bag|ton|tonne|litre|liter"
    return Family(r"(,'’.§#+\[$£€₱₹\-\s\divx", "", (
        Shape("age", (
            rf"(?<=[a-z\"”)]), \d{{2}}(?=, (?:{words['after_age']}|[a-z]+ed)\b)",
            rf"(?<=[a-z\"”])\s\(\d{{2}}\)(?=,? {person}\b)",
        )),
        Shape("ordinal", (
            r"^\s*(?:\(?\d{1,2}[.)](?=\s)|\(\d{1,2}\)|\(?[ivx]{1,4}[.)](?=\s))",
            r"(?<=[.!?\"”])\(\d{1,2}\)",
            r"\[\d{1,3}\]",
        )),
        Shape("date", (r"['’]\d0s\b",)),
        Shape("rate", (
            rf"[$£€₱₹]\s?\d[\d,.]*\s?(?:million|k)?\s+(?:per|an?)\s+(?:{drug})\b",
        )),
        Shape("law", (r"§+\s*\d+[\w.]*(?:\(\w{1,3}\))*",)),
        Shape("identifier", (r"#\d+",)),
        Shape("name", (r"(?<![\d\w])\.\d{2}(?:[\s-]calib(?:er|re))?\b(?!\d)",)),
        Shape("telephone", (
            r"(?<![\d.,])\+\d{1,3}(?:[ -]\(?\d{1,4}\)?){2,4}\b",
            r"\(\d{3,4}\)\s?\d{3}[ -]\d{3,4}\b",
        )),
        Shape("temperature", (r"(?<![\w])-\d+\s?(?:degrees\b|°\s?[cf]?)",)),
    ))  # fmt: skip


def _digits(words: Words) -> Family:
    """Shapes that begin with a digit and say by their digits what they are."""
    month = rf"(?:{words['months']})\b\.?"
    stem = words["chemical"]
    made = (
        r"model|edition|season|olympics|world\s+cup|census|winter|summer|games|toyota|ford|honda|chevrolet|nissan|dodge|"
        r"freightliner|kenworth|volvo|jeep|gmc|bmw|mercedes|audi|hyundai|kia|volkswagen"
    )
    streets = rf"(?:{words['streets']})\b(?=[,.;]|\s*$|\s+in\b)"
    named = (
        r"(?:[a-z]+\s+){0,2}?(?:anniversary|session|meeting|edition|conference|summit|congress|birthday|assembly|"
        r"annual|day)"
    )
    return Family(r"\d", rf"{WITHIN}(?<!\w)", (
        Shape("web", (r"(?:\d{1,3}\.){3}\d{1,3}(?![\d.])",)),
        Shape("identifier", (r"\d{1,2}:\d{2}-(?:cr|mj|cv)-\d+\b",)),
        Shape("telephone", (
            r"1-\d{3}-[\da-z]{3}-[\da-z]{4}\b",
            r"\d{3}-\d{3}-\d{4}\b",
            r"\d{3,4} \d{3} \d{3,4}\b",
            r"\d{5} \d{6}\b",
        )),
        Shape("law", (
            r"\d+\s+u\.?s\.?c\.?\s*(?:§+\s*|section\s+)?\d+\w*(?:\(\w{1,3}\))*",
            rf"{YEAR}\s+(?:[a-z]+\s+){{0,2}}?(?:convention|act|protocol|constitution)\b",
        )),
        Shape("date", (
            rf"{YEAR}(?:[/–-]\d\d(?:\d\d)?|(?:-\d\d){{2}})(?![\d/%-]|\.\d)",
            rf"{YEAR}\s+(?:calendar|fiscal|financial)\s+year",
            rf"(?:{DAY}{TH}?(?:{DASH}|\s+(?:to|and|until|through)\s+))?{DAY}{TH}?\s+(?:of\s+)?{month}(?!\w)(?:,?\s+{YEAR}\b)?",
            rf"\d{{1,2}}[/.]\d{{1,2}}[/.]{YEAR}(?!\d)",
            rf"{YEAR}(?=['’]s\b)",
            r"(?:19|20)\d0s\b",
            r"\d{1,2}(?:st|nd|rd|th)\s+century\b",
        )),
        Shape("name", (
            rf"{YEAR}\s+(?:{made})\b",
            r"\d{1,2}(?:\.\d+)?\s?-?mm(?:[\s-]calib(?:er|re))?\b",
            r"\d{1,2}[\s-]gauge\b",
            r"(?:[3-6]g|4x4|9/11|26/11)\b(?!/)",
            rf"\d(?:,\d){{0,4}}-(?:{stem})[a-z0-9-]*",
        )),
        Shape("time", (
            r"24[x/-]7\b",
            r"24[\s-]hours?(?=\s+(?:a\s+day|service|hotline|helpline|line|tip))",
            r"\d{1,2}(?:[:.]\d{2})?\s?(?:a\.?m\b\.?|p\.?m\b\.?|noon\b|o['’]clock)",
            r"\d{1,2}:\d{2}(?::\d{2})?(?![\d:-])(?:\s?(?:hrs|hours))?",
            r"\d{4}\s?(?:hrs|hours|hr|gmt|utc|local time)\b",
        )),
        Shape("edition", (rf"\d+{TH}\s+{named}\b",)),
        Shape("ordinal", (rf"\d{{1,3}}(?:,\d{{3}})*{TH}\b",)),
        Shape("score", (r"\d{1,3}[-–]\d{1,3}(?=\s+(?:vote|win|victory|defeat|draw|ruling|decision)\b)",)),
        Shape("address", (rf"\d{{1,5}}\s+(?!(?:{words['not_street_names']})\s)[a-z]+\s+{streets}",)),
    ))  # fmt: skip


def _numbers(words: Words) -> Family:
    """Shapes that begin with a number, in digits or words, and say by what follows what they are."""
    length = words["length"]
    prison = words["prison_after"]
    square = r"(?:square[\s-]|sq\.?\s?)?"
    lengths = (
        r"(?:km|kms|kilomet(?:re|er)s?|nautical[\s-]miles?|miles?|nm|inch(?:es)?|feet|foot|ft|yards?|cm|"
        r"centimet(?:re|er)s?|millimet(?:re|er)s?)"
    )
    population = r"(?:\s+(?:people|population|inhabitants|residents|persons|head|live\s+births))?"
    kinds = r"(?:types?|kinds?|categories|classes|varieties|forms|sorts)"
    parts = (
        r"(?:pronged|tiered|tier|point|part|step|way|fold|phase|stage|page|man|person|member|count|storey|story|wheeler|"
        r"star|door|seater|seat|bedroom)"
    )
    takers = rf"(?:(?:{words['participant_kinds']})\s+){{0,2}}(?:{words['participants']})"
    heads = tuple("0123456789") + tuple(words["number_words"].split("|"))
    return Family(r"\da-z", rf"(?<![\w.,$£€¥₱₹-]){words['range']}", (
        Shape("prison_term", (
            rf"{length}(?:\s+(?:in|of|behind|on|without))?\s+(?:a\s+|federal\s+|state\s+|custodial\s+)?(?:{prison})\b",
            r"-(?:year|month|day)\s+(?:prison|jail|custodial|mandatory|suspended|sentence|term|minimum|maximum)\b"
            r"(?:\s+(?:sentence|term|minimum))?",
            r"\s+strokes\b",
        )),
        Shape("age", (
            r"[\s-](?:years?[\s-]olds?|years?\s+of\s+age|years\s+and\s+(?:above|below|over|under)|months?[\s-]olds?)\b",
            r"\s+(?:and|or)\s+(?:older|younger)\b",
        )),
        Shape("frequency", (
            r"\s+times\s+(?:a|per|each|every)\s+(?:day|week|month|year|hour)\b",
            r"\s?(?:hz|khz|mhz|ghz)\b",
        )),
        Shape("speed", (
            r"\s?-?(?:mph|km/h|kph|kmh|knots?|(?:miles|kilomet(?:re|er)s)\s+(?:an|per)\s+hour)\b",
        )),
        Shape("length", (
            rf"[\s-]?{square}{lengths}\b(?!\s+of\s+(?:cord|fuse|detonat))",
            r"[\s-]met(?:re|er)s?[\s-](?:tall|long|deep|high|wide|away|from|below|above)\b",
            r"-met(?:re|er)\b",
        )),
        Shape("temperature", (r"\s?(?:degrees(?:\s+(?:celsius|fahrenheit))?\b|°\s?[cf]?)(?!\w)",)),
        Shape("class_count", (rf"\s+(?:[a-z]+\s+)?{kinds}\s+of\b", rf"-{parts}\b")),
        Shape("participants", (rf"\s+{takers}\b(?!['’])",)),
        Shape("duration", (rf"{length}(?:-long|-old)?",)),
        Shape("rate", (
            r"\s+(?:[a-z-]+\s+){0,2}?(?:per|for\s+every|in\s+every|out\s+of\s+every)\s+"
            rf"(?:1,000,000|100,000|100\s?000|10,000|1,000|100|million|thousand)\b{population}",
        )),
    ), heads=heads)  # fmt: skip
