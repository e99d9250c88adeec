"""What `$`, 元 and tons mean in a document, and when its fiscal year begins: by its publisher or first body."""

from __future__ import annotations

import re
from collections import Counter

import msgspec

from tallyroom.codebook import Codebook, Lexicon
from tallyroom.codebook.lexicon import Match
from tallyroom.model.document import Document
from tallyroom.quantities.wordlists import word_list
from tallyroom.reading.view import fold, is_traditional

_YUAN = {"TW": "TWD", "HK": "HKD", "MO": "MOP"}
_FISCAL_YEARS = {
    "AU": "07-01", "NZ": "07-01", "PK": "07-01", "BD": "07-01", "KE": "07-01", "EG": "07-01", "US": "10-01",
    "TH": "10-01", "GB": "04-01", "IN": "04-01", "ZA": "04-01", "CA": "04-01", "HK": "04-01", "SG": "04-01",
    "JP": "04-01", "MM": "04-01",
}  # fmt: skip
"""When a country's fiscal year begins, where its body does not say otherwise."""
_DEPENDS = re.compile(
    r"[$＄¥￥元圆圓块塊财財]|dollar|\bton|fisc|financial|\bfy|\d\d\s?[-/–—]\s?\d\d|"
    r"\brs\b|rupee|peso|\bsh\b|shilling|dinar|dirham|\bdhs?\b|\briy?als?\b|\bk\s?\d|卢比|盧比|比索|先令"
)
"""What a text holds of which it matters where it was written: bare money words, tons, fiscal years."""
_OPENING = 1500
"""How many characters a document has to say whose it is."""


class Locale(msgspec.Struct, frozen=True):
    """How a document's money and tons are to be taken; `fiscal_year` is a month and day (`10-01`) or None."""

    money: tuple[tuple[str, str], ...] = ()
    """Currency by the name of a list of bare money words: (("dollar", "CAD"),)."""
    short_tons: bool = False
    fiscal_year: str | None = None


def locale_of(document: Document, codebook: Codebook, lexicon: Lexicon) -> Locale:
    """Return the locale of a document; where nothing tells, bare signs are US dollars and Chinese yuan.

    A text that holds nothing that depends on it is not looked through, and has the usual one.
    """
    if _DEPENDS.search(document.text.lower()) is None:
        return Locale()
    told = publisher_area(document, codebook, lexicon)
    country, short, fiscal = (told[0][:2] if told else None), False, None
    opening = fold(document.text[:_OPENING], traditional=is_traditional(document.lang))
    found = lexicon.find(opening)
    for _, _, meanings in found:
        for term in meanings:
            agency = codebook.agencies.get(term.agency or "")
            if agency is None:
                continue
            short = short or agency.short_tons
            fiscal = fiscal or agency.fiscal_year
            if country is None and agency.area:
                country = agency.area[0].lstrip("*")[:2]
    country = country or _most_named(document, found) or _of_dollars(document.text)
    fiscal = fiscal or _FISCAL_YEARS.get(country or "")
    return Locale(_money_of(country or ""), short, fiscal)


def _money_of(country: str) -> tuple[tuple[str, str], ...]:
    """Return what each kind of bare money words means in a country that has money of that kind."""
    kinds: dict[str, dict[str, str]] = {**word_list("en", "numbers")["money_of"], "yuan": _YUAN}
    return tuple((kind, of[country]) for kind, of in kinds.items() if country in of)


_DOLLAR_OF = {"HK": "HK", "S": "SG", "A": "AU", "AU": "AU", "NZ": "NZ", "C": "CA", "NT": "TW"}
_NAMED_DOLLAR = re.compile(r"(?<![A-Za-z])([A-Z]{1,2})\$")


def _of_dollars(text: str) -> str | None:
    """Return the country whose dollar a text names, where it names one other than the American: HK$."""
    named = {_DOLLAR_OF[sign] for sign in _NAMED_DOLLAR.findall(text) if sign in _DOLLAR_OF}
    return named.pop() if len(named) == 1 else None


def _most_named(document: Document, found: list[Match]) -> str | None:
    """Return the country in which most places lie that the beginning of an English text names."""
    if not document.lang.startswith("en"):
        return None
    lies = [
        term.area[0].lstrip("*")[:2]
        for _, _, meanings in found
        for term in meanings
        if len(term.area) == 1 and term.area[0] != "*" and term.cue is None
    ]
    return Counter(lies).most_common(1)[0][0] if lies else None


def publisher_area(document: Document, codebook: Codebook, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the areas that the publisher's name tells; () for none."""
    for _, _, meanings in lexicon.find(fold(document.publisher or "", traditional=True)):
        for term in meanings:
            agency = codebook.agencies.get(term.agency or "")
            codes = term.area or (agency.area if agency is not None else ())
            if codes and not codes[0].startswith("*"):
                return codes
    return ()
