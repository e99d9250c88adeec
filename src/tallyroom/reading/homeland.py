"""The place that a document is about where a figure's sentence names none, gathered while its blocks are read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from tallyroom.codebook.model import Agency
from tallyroom.reading.drafts import Draft
from tallyroom.reading.places import AreaGroup
from tallyroom.reading.sentence import Sentence
from tallyroom.reading.tokens import BREAK, SEMICOLON, TERM, Token

_COUNTRY = re.compile(r"[A-Z]{2}")
_CODE = re.compile(r"([A-Z]{2})(?:-[A-Z0-9]{1,3})?")
_MANY_PLACES = 3
"""A release that places its hauls in more places than this is about its agency's area, not about the first of them."""


_OPENING = 8
"""Sentences in which a release says what its body covers."""
_COVERS = re.compile(
    r"\b(?:cover(?:s|ing)|polic(?:es|ing)|serv(?:es|ing)|oversees|overseeing|spans|spanning|"
    r"responsible for|jurisdiction over)\s+"
    r"(?:all of |the (?:states?|counties|provinces) of )?(?:the )?$"
)


class Homeland:
    """Gathers places and agencies; tells the document's own area and country when all is read."""

    def __init__(self, lang: str, publisher: tuple[str, ...]) -> None:
        self.agencies: list[Agency] = []
        self.speaker: Agency | None = None
        """The body whose results the document tells where a figure's own statement names none."""
        self.strong: list[AreaGroup] = []
        """Places that the title or the lead names, other than by an agency."""
        self._lang, self._publisher = lang, publisher
        self._weak: list[AreaGroup] = []
        self._opened: list[AreaGroup] = []
        self._countries: set[str] = set()
        self._places: set[str] = set()
        self._first: AreaGroup | None = None
        self._of_nation = False
        """全国 was told before any place: the results are those of the publisher's country."""
        self._of_world = False
        """The lead tells of many countries, `worldwide`: where it was filed is not where that was."""
        self._titled: AreaGroup | None = None
        self._covered: tuple[str, ...] | None = None
        """What the lead says that the body covers: Colorado, Utah, Montana and Wyoming."""
        self._noted = 0
        self._dateline: str | None = None

    def note_dateline(self, tokens: Sequence[Token]) -> None:
        """Take note of where the report was filed, the last resort for an area."""
        if self._dateline is None:
            self._dateline = _country_of(tokens)

    def note_agency(self, agency: Agency, *, counted: bool) -> None:
        """Take note of a body; `counted` once the document has given figures.

        The ministry holds the press conference, but the bureau of it that is named before the first figure speaks.
        """
        self.agencies.append(agency)
        if self.speaker is None or (not counted and agency.part_of == self.speaker.code):
            self.speaker = agency

    def body_of(self, draft: Draft, sentence: Sentence, known: Mapping[str, Agency]) -> str | None:
        """Return the body that the figure's own statement names, else the one that speaks in the document.

        Where a bureau speaks, the ministry or `the police` that it belongs to is no other body.
        """
        speaker = self.speaker
        for token in reversed(sentence.tokens[: draft.index]):
            if token.kind == BREAK and token.strength >= SEMICOLON:
                break
            for term in token.terms.bodies:
                if term.agency in known:
                    wider = speaker is not None and speaker.part_of == term.agency
                    return speaker.code if wider and speaker is not None else term.agency
        return speaker.code if speaker is not None else None

    def note(self, groups: Sequence[AreaGroup], sentence: Sentence, *, opening: bool, titled: bool) -> None:
        """Take note of the places of a sentence; `opening` while title or lead is read, `titled` before the lead."""
        self._noted += 1
        if self._covered is None and self._noted < _OPENING:
            covered = (g for g in groups if g.codes and not g.weak)
            told = (g for g in covered if _COVERS.search(sentence.text, max(0, g.start - 48), g.start))
            self._covered = next((g.codes for g in told), None)
        if titled and self._titled is None:
            self._titled = next((g for g in groups if g.codes and not g.located and not g.weak), None)
        if opening:
            self.strong.extend(
                group for group in groups
                if not group.weak and not group.nation and group.codes and not _is_aside(group, sentence)
                and not (group.policed and self._opened and not titled and self._lang == "en")
            )  # fmt: skip
        self._weak.extend(group for group in groups if group.weak)
        if opening:
            self._opened.extend(group for group in groups if group.weak)
            self._of_world = self._of_world or any(_is_world(group) for group in groups)
        self._places.update(c for g in groups if g.located for c in g.codes if not _COUNTRY.fullmatch(c))
        self._countries.update(m[1] for g in groups for c in g.codes if (m := _CODE.fullmatch(c)))
        if self._first is None:
            self._of_nation = self._of_nation or (opening and any(group.nation for group in groups))
            usable = (g for g in groups if g.codes and (g.weak or g in self.strong))
            self._first = next((group for group in usable if not _is_aside(group, sentence)), None)

    def area(self) -> tuple[str, ...]:
        """Return the document's own area; () for none, and for international bodies."""
        if self._of_nation and self._publisher and self._lang.startswith("zh"):
            return self._publisher
        if self._lang.startswith("zh") and self._first is not None:
            return self._first.codes
        if self._covered is not None and self._lang == "en":
            return self._covered
        if self._titled is not None:
            return self._titled.codes
        if self.is_international() and self.strong:
            coded = (g.codes for g in self.strong if all(_CODE.fullmatch(code) for code in g.codes))
            return next(coded, self.strong[0].codes)
        if self._opened and self.strong and _is_part_of(self._opened[0].codes, self.strong[0].codes):
            return self._opened[0].codes  # Dubai Police, of the Emirates
        if self.strong and not (self._weak and len(self._places) > _MANY_PLACES):
            return self.strong[0].codes
        if self.is_international() and not self._opened:
            return ()  # an international body's results are of no one country
        return self.wide() or self._of_one_country()

    def whole(self) -> tuple[str, ...]:
        """Return all that the document's body answers for; () for unknown."""
        area = self.area()
        told = (*self.strong, *([self._titled] if self._titled else []))
        if any(group.policed and group.codes == area for group in told):
            return area
        return area if len(area) == 1 and _COUNTRY.fullmatch(area[0]) else self.wide()

    def is_international(self) -> bool:
        """Tell whether the first body that an English document names, or its publisher, belongs to no one country."""
        if self._lang == "zh" or self._publisher:
            return False
        return bool(self.agencies) and not self.agencies[0].area

    def wide(self) -> tuple[str, ...]:
        """Return the area of the body whose results the document tells, else of its publisher; () for none."""
        for groups in (self._opened, self._weak):
            agrees = [
                g.codes for g in groups if not self._publisher or _same_country(g.codes, self._publisher)
            ]
            if agrees:
                return Counter(agrees).most_common(1)[0][0]
        return self._publisher

    def _of_one_country(self) -> tuple[str, ...]:
        if any(not agency.area for agency in self.agencies):
            return ()
        if len(self._countries) == 1 and self._lang == "en":
            return tuple(self._countries)
        return self._fallback()

    def country(self) -> tuple[str, ...]:
        """Return the country that `nationwide` and 全国 mean in the document."""
        for codes in (self.area(), *(group.codes for group in self._weak)):
            match = _CODE.fullmatch(codes[0]) if codes else None
            if match is not None:
                return (match[1],)
        return self._publisher or self._fallback()

    def _fallback(self) -> tuple[str, ...]:
        if self._lang == "zh":
            return ("CN",)
        return (self._dateline,) if self._dateline and not self._of_world else ()


def _is_part_of(inner: tuple[str, ...], outer: tuple[str, ...]) -> bool:
    """Tell whether an area is a subdivision of a country."""
    return len(inner) == len(outer) == 1 and inner[0].startswith(outer[0] + "-")


def _same_country(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return one[0][:2] == other[0][:2]


def _is_world(group: AreaGroup) -> bool:
    return group.located and not (group.codes or group.nation or group.wide)


def _is_aside(group: AreaGroup, sentence: Sentence) -> bool:
    """Tell whether a place comes after all that was counted and said: `…, the chief noted in Jakarta on Monday`."""
    if any(draft.start > group.start for draft in sentence.drafts):
        return False
    counted = max((draft.start for draft in sentence.drafts), default=-1)
    return any(
        token.kind == TERM and counted < token.start < group.start and "statement" in token.terms.cues
        for token in sentence.tokens
    )


def _country_of(tokens: Sequence[Token]) -> str | None:
    for token in tokens:
        for term in token.terms:
            for code in term.area:
                country = code.lstrip("*")[:2]
                if _COUNTRY.fullmatch(country):
                    return country
    return None
