"""The context that a document carries along: places, periods and operations announced once and valid until the next."""

from __future__ import annotations

import datetime
import functools
import re
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from tallyroom.codebook import Codebook, Lexicon
from tallyroom.codebook.model import Agency
from tallyroom.model.document import Block, Document
from tallyroom.model.observation import Observation
from tallyroom.quantities.periods import Clock
from tallyroom.reading import areas, operations, times
from tallyroom.reading.drafts import Draft
from tallyroom.reading.kinds import sentence_marks
from tallyroom.reading.sentence import Memory, Sentence
from tallyroom.reading.times import Moment, Span
from tallyroom.reading.tokens import BREAK, CLAUSE, FIGURE, PERIOD, SEMICOLON, TERM, Token
from tallyroom.reading.view import View, fold

_COUNTRY = re.compile(r"[A-Z]{2}")


_DOLLARS = {"AU": "AUD", "CA": "CAD", "NZ": "NZD", "SG": "SGD", "HK": "HKD", "TW": "TWD", "FJ": "FJD", "JM": "JMD"}


class Locale(msgspec.Struct, frozen=True):
    """How a document's money and tons are to be taken."""

    dollar: str
    yuan: str
    short_tons: bool
    fiscal_year: str | None = None


class Surroundings(msgspec.Struct):
    """What the sentence of a draft tells about it, kept until the document is closed."""

    area: tuple[str, ...] | None
    """None: the document's own."""
    nation: bool
    foreign: bool
    span: Span | None
    operation: operations.Named | None
    offence: str | None
    marks: dict[str, str]
    agency: str | None
    block: int
    weak: bool = False
    """The area is only that of an agency, which a place told in the lead makes narrower."""


class Context:
    """Settles area, period, operation and agency of each draft from its sentence, its paragraph and its document."""

    def __init__(self, document: Document, codebook: Codebook, lexicon: Lexicon) -> None:
        self.document, self.codebook = document, codebook
        self.published = document.published
        self.around: dict[int, Surroundings] = {}
        self.offence: str | None = None
        self.title_end = -1
        self._lexicon = lexicon
        self._year: int | None = None
        self._sticky_period: Span | None = None
        self._sticky_area: areas.AreaGroup | None = None
        self._sticky_operation: operations.Named | None = None
        self._lead_operation: operations.Named | None = None
        self._lead_period: Span | None = None
        self._agencies: list[Agency] = []
        self._strong: list[areas.AreaGroup] = []
        self._weak: list[areas.AreaGroup] = []
        self._offences: dict[str, int] = {}
        self._number = 0
        self._lead = 0
        self._body_begun = False
        self._early_operation: operations.Named | None = None
        self._early_period: Span | None = None
        self._counted = False
        self._anywhere: set[str] = set()
        self._places: set[str] = set()
        self._list_area: areas.AreaGroup | None = None
        self._dateline: str | None = None
        self._first: areas.AreaGroup | None = None
        self._announced: Span | None = None
        self._active_at = -1
        self._colon = False
        self._sentence_blocks = 0
        self._default: tuple[str, ...] = ()
        self._country: tuple[str, ...] = ()

    @functools.cached_property
    def locale(self) -> Locale:
        """What `$`, 元 and tons mean in this document: by its publisher, else by the first body or place it names."""
        opening = fold(self.document.text[:1500], traditional=self.document.lang not in ("zh", "en"))
        told = self._publisher_area()
        country, short, fiscal = (told[0][:2] if told else None), False, None
        for _, _, meanings in self._lexicon.find(opening):
            for term in meanings:
                agency = self.codebook.agencies.get(term.agency or "")
                short = short or (agency is not None and agency.short_tons)
                fiscal = fiscal or (agency.fiscal_year if agency is not None else None)
                if country is None and agency is not None and agency.area:
                    country = agency.area[0].lstrip("*")[:2]
        return Locale(_DOLLARS.get(country or "", "USD"), {"TW": "TWD", "HK": "HKD", "MO": "MOP"}.get(country or "", "CNY"), short, fiscal)

    # While the blocks are read, in order.

    def clock(self) -> Clock:
        """Return what the dates of the next block are read by."""
        return Clock(self.published, self._year_for_dates(), self.locale.fiscal_year)

    def _year_for_dates(self) -> int | None:
        """The year of dates without one: the one last named, but not last year's in news of the first months."""
        if self._year is None or self.published is None or self.document.lang != "en":
            return self._year
        since = (self.published - datetime.date(self._year, 12, 31)).days
        return None if 0 < since < 120 else self._year

    def goes_on(self, block: Block) -> bool:
        """Tell whether a block without enforcement wording continues one that had it: a list, or the next paragraph."""
        if self._active_at != self._number or not self._number:
            return False
        return block.kind in ("bullet", "row") or (len(self.document.blocks) < 60)

    def sets_scene(self, block: Block) -> bool:
        """Tell whether a block without enforcement wording may still tell place, time or name for what follows."""
        if len(self.document.blocks) > 200:
            return block.kind == "title"
        return block.kind in ("title", "heading") or self._number < 4

    def pass_by(self) -> None:
        """Take note of a block that is not read."""
        self._number += 1

    def begin_block(self, block: Block, memory: Memory) -> None:
        self._number += 1
        if block.kind == "bullet":
            self._sticky_area = self._list_area
        if block.kind not in ("bullet", "row") or not self._colon:
            if block.kind != "bullet":
                self._sticky_area = None
                self._sticky_operation = None
            memory.new_paragraph()
        self._sticky_period = self._announced or self._sticky_period
        if block.kind == "title":
            self.title_end = block.end
        elif not self._body_begun and not self._is_headline(block):
            self._body_begun, self._lead = True, self._number

    def _is_headline(self, block: Block) -> bool:
        """Tell whether a first line that nothing marked as title reads like one."""
        text = self.document.text[block.start : block.end].strip()
        return self._number == 1 and len(text) < 120 and not text.endswith((".", "。", "！", "!"))

    def end_block(self, block: Block) -> None:
        self._active_at = self._number
        tail = self.document.text[max(block.start, block.end - 2) : block.end].strip()
        if block.kind not in ("bullet", "row"):
            self._list_area = self._sticky_area
            self._colon = tail.endswith((":", "：", "——", "—")) or block.kind == "heading"

    def place(self, sentence: Sentence, named: Sequence[operations.Named], skip: int) -> None:
        """Settle the surroundings of the sentence's drafts and remember what later sentences inherit."""
        tokens = [token for token in sentence.tokens if token.start >= skip] if skip else sentence.tokens
        if skip and self._dateline is None:
            self._dateline = _country_of([t for t in sentence.tokens if t.start < skip])
        groups = areas.area_groups(
            tokens, sentence.text, sentence.raw, sentence.span, sentence.lang, self.codebook.agencies
        )
        dated = _is_date_line(sentence)
        found = [
            msgspec.structs.replace(m, statement=True) if m.start < skip or (dated and m.kind == "day") else m
            for m in times.moments(sentence.tokens, sentence.text, sentence.lang)
        ]
        self._note(sentence, groups, named, found, skip)
        if named and not _is_same(named[0], self._sticky_operation):
            self._sticky_area = None
        for draft in sentence.drafts:
            if draft.indicator is not None:
                self.around[id(draft)] = self._around(draft, sentence, groups, named, found)
        self._remember(sentence, groups, named, found)

    def _note(
        self,
        sentence: Sentence,
        groups: Sequence[areas.AreaGroup],
        named: Sequence[operations.Named],
        found: Sequence[Moment],
        skip: int,
    ) -> None:
        lead = self._number == self._lead or (self._number == self._lead + 1 and not self._counted)
        if not self._body_begun or (lead and not self._strong):
            self._strong.extend(g for g in groups if not g.weak and not g.nation and g.codes and not _is_aside(g, sentence))
        self._weak.extend(group for group in groups if group.weak)
        self._places.update(code for g in groups if g.located for code in g.codes if not _COUNTRY.fullmatch(code))
        self._anywhere.update(code.split("-")[0] for g in groups for code in g.codes if _COUNTRY.match(code))
        if self._first is None:
            self._first = next((g for g in groups if g.codes and not _is_aside(g, sentence) and (g.weak or g in self._strong)), None)
        for token in sentence.tokens:
            if token.kind == TERM:
                for term in token.terms:
                    if term.agency and term.agency in self.codebook.agencies:
                        self._agencies.append(self.codebook.agencies[term.agency])
                    told = term.marks.get("offence") or ("drugs" if term.thing == "drug" else None)
                    if told:
                        weight = 3 if sentence.kind == "title" or self._number <= 2 else 1
                        self._offences[told] = self._offences.get(told, 0) + weight
        if self._lead_operation is None and named and not self._counted:
            first = next((draft.start for draft in sentence.drafts if draft.is_level), None)
            if first is None or named[0].start < first or sentence.lang == "en":
                self._lead_operation = named[0]
        if self._early_operation is None and named and self._number <= self._lead + 1:
            self._early_operation = named[0]
        if sentence.kind != "title":
            self._counted = self._counted or any(draft.is_level for draft in sentence.drafts)
        if self.published is None:
            dated = [m.span for m in found if m.statement and m.span is not None]
            if dated:
                self.published = dated[-1].last

    def _around(
        self,
        draft: Draft,
        sentence: Sentence,
        groups: Sequence[areas.AreaGroup],
        named: Sequence[operations.Named],
        found: Sequence[Moment],
    ) -> Surroundings:
        clause = _clause_start(draft, sentence), _clause_end(draft, sentence)
        clause_end = clause[1]
        ratio = draft.statistic != "level"
        parent = self.around.get(id(draft.parent)) if draft.parent is not None else None
        weak = False
        span, own_span = times.period_of(
            draft.token, draft.phrase.end, found, (clause[0], _until_next(draft, sentence, clause[1])), self._sticky_period, sentence.lang, ratio=ratio
        )
        span = self._as_of(span)
        within = [n for n in named if not _parted(n, draft, sentence, groups)]
        operation = operations.govern(within, draft.start, sentence.lang)
        if operation is None and not named:
            operation = self._sticky_operation
        before = max((d.end for d in sentence.drafts if d.end <= draft.start), default=-1)
        group = areas.govern(groups, draft.start, clause_end, before) or self._sticky_area
        if parent is not None and draft.shape != "part":
            told_here = any(
                max(clause[0], draft.parent.end) <= m.start < draft.start and not m.compared and m.span is not None
                for m in found
            )
            span = span if own_span and draft.shape != "second-unit" and (told_here or not ratio) else parent.span
            group_codes, nation, foreign, weak = parent.area, parent.nation, parent.foreign, parent.weak
        else:
            group_codes = group.codes if group is not None and not group.weak else None
            nation = group.nation if group is not None else False
            foreign = group.foreign if group is not None else False
            if group is not None and not group.nation:
                foreign = foreign or any(g.codes == group.codes and (g.foreign or g.weak) for g in groups)
            if group is not None and group.weak:
                group_codes = group.codes
                foreign = True
                weak = sentence.lang == "en"
        if draft.action is not None and draft.action.action == "repatriate":
            group_codes, nation, foreign = None, True, False
        offence, marks = sentence_marks(sentence.tokens, draft.index)
        agency = self._agency_of(draft, sentence)
        return Surroundings(group_codes, nation, foreign, span, operation, offence, marks, agency, self._number, weak)

    def _agency_of(self, draft: Draft, sentence: Sentence) -> str | None:
        """The body that the figure's own statement names, else the one that the document named first."""
        for token in reversed(sentence.tokens[: draft.index]):
            if token.kind == BREAK and token.strength >= SEMICOLON:
                break
            for term in token.terms:
                if term.agency in self.codebook.agencies:
                    return term.agency
        return self._agencies[0].code if self._agencies else None

    def _as_of(self, span: Span | None) -> Span | None:
        """A `since` that begins with the document's own period ends with it too, not on the day of publication."""
        lead = self._lead_period
        if span is None or lead is None or span.settled_by != "published":
            return span
        if span.first == lead.first and lead.last < span.last:
            return Span(span.first, lead.last)
        return span

    def _remember(
        self,
        sentence: Sentence,
        groups: Sequence[areas.AreaGroup],
        named: Sequence[operations.Named],
        found: Sequence[Moment],
    ) -> None:
        strong = [group for group in groups if not group.weak]
        if strong:
            self._sticky_area = strong[-1]
        if named:
            self._sticky_operation = named[-1]
        settled = [
            m
            for m in found
            if not m.statement and not m.compared and m.kind not in times._RELATIVE and m.kind != "resume"
            and not _is_part(m, sentence) and not self._looks_back(m, sentence)
        ]
        spans = [m.span for m in settled]
        if spans and spans[-1] is not None:
            self._sticky_period = spans[-1]
            heads = sentence.kind == "heading" or sentence.text.rstrip().endswith((":", "："))
            stretches = [m.span for m in settled if (m.kind != "day" or heads) and m.span is not None]
            if stretches and self._replaces(stretches[-1]):
                self._announced = stretches[-1]
            self._year = spans[-1].last.year
            if self._lead_period is None and stretches:
                self._lead_period = stretches[-1]
                if self._number <= self._lead + 2:
                    self._early_period = stretches[-1]
        elif settled and settled[-1].kind == "undated":
            self._sticky_period = None

    def _looks_back(self, moment: Moment, sentence: Sentence) -> bool:
        """`That tops the 2.61 million taken in 2023`: an earlier time told after a figure is only compared with."""
        present = self._announced
        if present is None or moment.span is None or (moment.span.last >= present.last and moment.kind != "since"):
            return False
        return any(draft.start < moment.start for draft in sentence.drafts)

    def _replaces(self, span: Span) -> bool:
        """Tell whether a period holds from here on: not a part of the document's own, and not history before it."""
        lead = self._lead_period
        return not _nested(span, lead) and (lead is None or span.last >= lead.first)

    # When all blocks are read.

    def close(self) -> None:
        """Settle the document's own area, offence and operation."""
        self._default = self._default_area()
        self._country = self._own_country()
        self.offence = self._own_offence()
        if self.document.lang == "en":
            self._lead_operation = self._lead_operation or self._early_operation

    def _own_offence(self) -> str | None:
        """The offence that the document is about, if it is about one kind: of mere hauls, and of most briefings, `drugs`."""
        told = self._offences
        if not told or max(told.values()) < 3 or not _is_of_one_kind(told):
            return None
        return max(told.items(), key=lambda item: (item[1], item[0] != "drugs", item[0]))[0]

    def _default_area(self) -> tuple[str, ...]:
        if self.document.lang.startswith("zh") and self._first is not None:
            return self._first.codes
        if self._strong and not (self._weak and len(self._places) > 3):
            return self._strong[0].codes
        if self._weak:
            return Counter(group.codes for group in self._weak).most_common(1)[0][0]
        told = self._publisher_area()
        if told:
            return told
        if any(not agency.area for agency in self._agencies):
            return ()  # an international body's results are of no one country
        if self._strong:
            return self._strong[0].codes
        if len(self._anywhere) == 1 and self.document.lang == "en":
            return tuple(self._anywhere)
        return ("CN",) if self.document.lang == "zh" else (self._dateline,) if self._dateline else ()

    def _publisher_area(self) -> tuple[str, ...]:
        publisher = fold(self.document.publisher or "", traditional=True)
        for _, _, meanings in self._lexicon.find(publisher):
            for term in meanings:
                agency = self.codebook.agencies.get(term.agency or "")
                codes = term.area or (agency.area if agency is not None else ())
                if codes and not codes[0].startswith("*"):
                    return codes
        return ()

    def _own_country(self) -> tuple[str, ...]:
        for codes in (self._default, *(group.codes for group in self._weak)):
            if codes and _COUNTRY.match(codes[0]):
                return (codes[0][:2],)
        fallback = ("CN",) if self.document.lang == "zh" else (self._dateline,) if self._dateline else ()
        return self._publisher_area() or fallback

    def area_of(self, around: Surroundings) -> tuple[str, ...]:
        """Return the places of a draft, for `全国` the document's country, for none told the document's own."""
        if around.nation:
            return self._country or self._default
        if around.area is None or (around.weak and self._strong):
            return self._default
        return around.area

    def operation_of(self, around: Surroundings) -> operations.Named | None:
        """Return the operation of a draft: its sentence's, its paragraph's, or the lead's while the period is the lead's."""
        if around.operation is not None:
            return around.operation
        if self._lead_operation is None:
            return None
        lead = self._lead_period
        same = around.span is None or lead is None or _within(around.span, lead)
        if self.document.lang == "en" and around.span is not None and lead is not None:
            same = around.span.last >= lead.first  # what came before the operation is history
        return self._lead_operation if same else None

    def period_of(self, around: Surroundings, operation: operations.Named | None) -> Span | None:
        """Return the period of a draft; where the text tells none, that of the campaign's release."""
        if around.span is not None:
            return around.span
        campaign = times.campaign_span(operation.code if operation else None, self.published, self.codebook)
        return campaign or (self._early_period if self.document.lang == "en" else None)

    def headline_takes_body(self, rows: list[Observation]) -> list[Observation]:
        """A headline's figure that the body repeats takes the body's area, period and operation."""
        body = [row for row in rows if row.start >= self.title_end]
        done = []
        for row in rows:
            if row.end <= self.title_end:
                twin = next((b for b in body if _same_cell(b, row)), None)
                if twin is None:
                    twin = next((b for b in body if b.indicator == row.indicator and b.statistic == "level"), None)
                if twin is not None:
                    row = msgspec.structs.replace(
                        row, area=twin.area, period=twin.period, period_from=twin.period_from,
                        operation=twin.operation, operation_id=twin.operation_id,
                        offence=row.offence if row.offence not in (None, "drugs") else twin.offence,
                    )  # fmt: skip
            done.append(row)
        return done


def _parted(named: operations.Named, draft: Draft, sentence: Sentence, groups: Sequence[areas.AreaGroup]) -> bool:
    """Tell whether a semicolon parts a name from a figure and the figure has another actor, or stands before the name."""
    first, last = sorted((named.start, draft.start))
    marks = [t.start for t in sentence.tokens if t.kind == BREAK and t.strength >= SEMICOLON and first < t.start < last]
    if not marks:
        return False
    return named.start > draft.start or any(g.codes and g.actor and marks[0] < g.start < last for g in groups)


def _is_of_one_kind(offences: Mapping[str, int]) -> bool:
    """Tell whether a document is about one kind of offence, so that an untold offence may be taken from it."""
    drugs = sum(weight for code, weight in offences.items() if code.startswith("drug") or code == "precursors")
    total = sum(offences.values())
    largest = max([drugs, *(weight for code, weight in offences.items() if not code.startswith("drug"))])
    return largest * 10 >= total * 6


def _is_date_line(sentence: Sentence) -> bool:
    """Tell whether a line holds no more than the day, and perhaps the place, of publication."""
    written = sentence.text[sentence.span[0] : sentence.span[1]]
    if sentence.drafts or len(written) > 60:
        return False
    dates = sum(token.end - token.start for token in sentence.tokens if token.kind == PERIOD)
    return bool(dates) and len(written.strip()) - dates < 26


def _is_aside(group: areas.AreaGroup, sentence: Sentence) -> bool:
    """Tell whether a place comes after all that was counted and said: `…, the chief noted in Jakarta on Monday`."""
    if any(draft.start > group.start for draft in sentence.drafts):
        return False
    return any(
        token.kind == TERM and token.start < group.start and any(term.cue == "statement" for term in token.terms)
        for token in sentence.tokens
    )


def _country_of(tokens: Sequence[Token]) -> str | None:
    """Return the country of the place where a report was filed; None where no list knows it."""
    for token in tokens:
        for term in token.terms:
            for code in term.area:
                country = code.lstrip("*")[:2]
                if _COUNTRY.fullmatch(country):
                    return country
    return None


def _is_same(named: operations.Named, sticky: operations.Named | None) -> bool:
    """Tell whether two names are of one operation; none before counts as the same."""
    if sticky is None:
        return True
    return named.name == sticky.name or (named.code is not None and named.code == sticky.code)


def _within(inner: Span, outer: Span) -> bool:
    return outer.first <= inner.first and inner.last <= outer.last


def _nested(inner: Span, outer: Span | None) -> bool:
    """Tell whether a short stretch lies inside the document's own period, and so does not replace it."""
    if outer is None or inner == outer:
        return False
    days, whole = (inner.last - inner.first).days, (outer.last - outer.first).days
    return outer.first <= inner.first and inner.last <= outer.last and (days <= 31 or (days <= 366 < whole))


def _is_part(moment: Moment, sentence: Sentence) -> bool:
    """其中2023年…: a part of the period does not replace it."""
    before = sentence.text[max(0, moment.start - 4) : moment.start]
    return before.endswith(("其中", "其中,", "其中，"))


def _same_cell(body: Observation, row: Observation) -> bool:
    return (
        body.indicator == row.indicator and body.statistic == row.statistic and body.unit == row.unit
        and body.substance == row.substance and _close(body, row)
    )  # fmt: skip


def _close(body: Observation, row: Observation) -> bool:
    if body.value == row.value:
        return True
    low, high = row.low, row.high
    return low is not None and high is not None and low <= body.value <= high


def _until_next(draft: Draft, sentence: Sentence, clause_end: int) -> int:
    following = next((d.start for d in sentence.drafts if d.start > draft.start), clause_end)
    return min(clause_end, following)


def _clause_start(draft: Draft, sentence: Sentence) -> int:
    """Where the figure's clause begins: after the last break or figure before it."""
    for token in reversed(sentence.tokens[: draft.index]):
        if token.kind == FIGURE or (token.kind == BREAK and token.strength >= CLAUSE):
            return token.end
    return sentence.span[0]


def _clause_end(draft: Draft, sentence: Sentence) -> int:
    for token in sentence.tokens[draft.phrase.next :]:
        if token.kind == BREAK and token.strength >= CLAUSE:
            return token.start
    return sentence.span[1]


__all__ = ["SEMICOLON", "Context", "Surroundings", "datetime"]
