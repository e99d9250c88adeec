"""The context that a document carries along, and what of it holds for a figure."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

import msgspec

from tallyroom.codebook import Codebook, Lexicon
from tallyroom.model.document import Block, Document
from tallyroom.model.observation import Observation
from tallyroom.quantities.periods import Clock
from tallyroom.reading import areas, operations, places, released, times
from tallyroom.reading.campaigns import Campaigns
from tallyroom.reading.chronology import Chronology
from tallyroom.reading.datelines import is_date_line
from tallyroom.reading.drafts import Draft
from tallyroom.reading.headings import goes_on_with_case, is_headline, stands_over
from tallyroom.reading.headline import headline_takes_body
from tallyroom.reading.homeland import Homeland
from tallyroom.reading.kinds import (
    ANY_OFFENCE,
    counts_any_offence,
    offence_of_document,
    told_offence,
)
from tallyroom.reading.locale import Locale, locale_of, publisher_area
from tallyroom.reading.parents import is_told_of_before
from tallyroom.reading.scenes import are_elsewhere, is_passing, is_turned
from tallyroom.reading.sentence import Memory, Sentence, clause_of
from tallyroom.reading.times import Moment, Span
from tallyroom.reading.tokens import TERM
from tallyroom.reading.told import Told, sentence_marks, told_before
from tallyroom.reading.view import fold

_LONG_DOCUMENT = 200
_SHORT_DOCUMENT = 60
"""Blocks: in a document as short as this a paragraph goes on from the one before it, whatever it speaks of."""
_TITLE_WEIGHT = 3
_AT_HEAD = 24
_STOPS = ("。", ".", "!", "！", "?", "？", "；", ";")
_CASE_DAYS = 31
"""A document whose own time is longer tells no single case."""
_LONG_DAYS = 27


class Scene(msgspec.Struct, frozen=True):
    """What one sentence tells of place, time and campaign."""

    groups: list[places.AreaGroup]
    named: Sequence[operations.Named]
    moments: list[Moment]
    wide: bool = False
    told: Mapping[int, Told] = {}
    """What is told before each figure."""


class Surroundings(msgspec.Struct, frozen=True):
    """What holds for one draft, kept until the whole document is read."""

    area: tuple[str, ...] | None
    """None: the document's own."""
    nation: bool
    """The document's country."""
    foreign: bool
    weak: bool
    """The area is only that of an agency, which a place told in the lead makes narrower."""
    abroad: bool
    """The agency's name tells its country, `Vietnamese police`: no place of another country makes that narrower."""
    wide: bool
    """All that the document's body answers for: a long stretch of its own, told after a single case."""
    span: Span | None
    operation: operations.Named | None
    offence: str | None
    marks: dict[str, str]
    agency: str | None


class Context:
    """Settles area, period, operation and agency of each draft from its sentence, its paragraph and its document."""

    def __init__(self, document: Document, codebook: Codebook, lexicon: Lexicon) -> None:
        self.document, self.codebook, self._lexicon = document, codebook, lexicon
        self.published = document.published
        self.around: dict[int, Surroundings] = {}
        self.offence: str | None = None
        self.country: tuple[str, ...] = ()
        self._homeland = Homeland(document.lang, publisher_area(document, codebook, lexicon))
        self._chronology = Chronology(document.lang)
        self._campaigns = Campaigns(document.lang)
        self._offences: dict[str, int] = {}
        self._told_by_name: dict[str, str | None] = {}
        self._area: tuple[str, ...] = ()
        self._sticky_area: places.AreaGroup | None = None
        self._list_area: places.AreaGroup | None = None
        self._last_area: places.AreaGroup | None = None
        self._title_end = -1
        self._number = self._lead = 0
        self._active_at = -1
        self._colon = self._counted = False

    @functools.cached_property
    def locale(self) -> Locale:
        """What `$`, 元 and tons mean in this document."""
        return locale_of(self.document, self.codebook, self._lexicon)

    # While the blocks are read, in order.

    def clock(self) -> Clock:
        """Return what the dates of the next block are read by."""
        return Clock(self.published, self._chronology.year_for_dates(self.published), self.locale.fiscal_year)

    def goes_on(self, block: Block) -> bool:
        """Tell whether a block without enforcement wording continues one that had it: a list, or the next paragraph."""
        if self._active_at != self._number or not self._number:
            return False
        return block.kind in ("bullet", "row") or len(self.document.blocks) < _SHORT_DOCUMENT

    def sets_scene(self, block: Block) -> bool:
        """Tell whether a block without enforcement wording may still tell place, time or name for what follows."""
        if len(self.document.blocks) > _LONG_DOCUMENT:
            return block.kind == "title"
        return block.kind in ("title", "heading") or self._number < 4

    def expects_dateline(self) -> bool:
        """Tell whether the block that is read may begin with where and when the report was filed."""
        return self._number <= max(self._lead, 1) + 1

    def pass_by(self) -> None:
        """Take note of a block that is not read."""
        self._number += 1

    def begin_block(self, block: Block, memory: Memory) -> None:
        """Let go of what only the paragraph before told; items of a list keep what leads them in."""
        self._number += 1
        if block.kind in ("bullet", "row"):
            self._sticky_area = self._list_area
        if block.kind not in ("bullet", "row") or not self._colon:
            if block.kind != "bullet":
                if not goes_on_with_case(self.document, block):
                    self._sticky_area = None
                self._campaigns.new_paragraph()
            memory.new_paragraph()
        self._chronology.new_block()
        if block.kind == "title" or (not self._lead and stands_over(self.document, block, self._number)):
            self._title_end = block.end
        elif not self._lead and not is_headline(self.document, block, self._number):
            self._lead = self._number

    def end_block(self, block: Block) -> None:
        """Take note that a block was read, and whether it leads in a list."""
        self._active_at = self._number
        if block.kind in ("bullet", "row"):
            return
        tail = self.document.text[max(block.start, block.end - 2) : block.end].strip()
        self._list_area = self._sticky_area
        self._colon = not tail.rstrip("”’\"')）」』").endswith(_STOPS) or block.kind == "heading"

    def place(self, sentence: Sentence, named: Sequence[operations.Named], skip: int) -> None:
        """Settle the surroundings of the sentence's drafts and remember what later sentences inherit.

        What stands before `skip` is a dateline: where and when the report was filed.
        """
        scene = self._scene(sentence, named, skip)
        turned = self._counted and is_turned(
            sentence, scene.moments, named, in_lead=self._number == self._lead
        )
        self._note(sentence, scene, turned)
        if self._campaigns.changes(named):
            self._sticky_area = None
        for draft in sentence.drafts:
            if draft.indicator is not None:
                self.around[id(draft)] = self._around(draft, sentence, scene)
        self._remember(sentence, scene, turned)

    def _scene(self, sentence: Sentence, named: Sequence[operations.Named], skip: int) -> Scene:
        tokens = sentence.tokens
        if skip:
            self._homeland.note_dateline([token for token in tokens if token.start < skip])
            tokens = [token for token in tokens if token.start >= skip]
        groups = areas.area_groups(
            tokens, sentence.text, sentence.raw, sentence.span, sentence.lang, self.codebook.agencies
        )
        if sentence.lang == "en":  # `Operation Clear Harbour` is no harbour
            groups = [g for g in groups if not any(n.start <= g.start and g.end <= n.end for n in named)]
        dated = is_date_line(sentence)
        campaign = self._campaigns.dated(named, self.codebook)
        begun = self._chronology.begun or (campaign.start if campaign is not None else None)
        found = [
            msgspec.structs.replace(m, statement=True) if m.start < skip or (dated and m.kind == "day") else m
            for m in times.moments(sentence.tokens, sentence.text, sentence.lang, begun)
        ]
        found = [released.as_told(m, sentence.text, sentence.lang, campaign) for m in found]
        if sentence.lang == "en":
            found = [self._chronology.in_own_year(m) for m in found]
            if sentence.span[0] == 0 and any(g.located and g.start < _AT_HEAD for g in groups):
                self._chronology.begin_at_place()
            groups = [
                g for g in groups if not any(g.start < n.end and n.start < g.end for n in named if not g.weak)
            ]
        return Scene(groups, named, found, self._is_wide(groups, found), told_before(sentence.tokens))

    def _note(self, sentence: Sentence, scene: Scene, turned: bool) -> None:
        lead = self._number == self._lead or (self._number == self._lead + 1 and not self._counted)
        opening = not self._lead or (lead and not self._homeland.strong and not turned)
        self._homeland.note(scene.groups, sentence, opening=opening, titled=not self._lead)
        self._note_terms(sentence)
        near_lead = self._number <= self._lead + 1 and not turned
        self._campaigns.note(scene.named, sentence, counted=self._counted, near_lead=near_lead)
        if sentence.kind != "title":
            self._counted = self._counted or any(draft.is_level for draft in sentence.drafts)
        if self.published is None:
            dated = [m.span for m in scene.moments if m.statement and m.span is not None]
            self.published = dated[-1].last if dated else None

    def _note_terms(self, sentence: Sentence) -> None:
        weight = _TITLE_WEIGHT if sentence.kind == "title" or self._number <= 2 else 1
        for token in sentence.tokens:
            if token.kind != TERM:
                continue
            for term in token.terms:
                if term.agency and term.agency in self.codebook.agencies:
                    self._homeland.note_agency(self.codebook.agencies[term.agency], counted=self._counted)
                told = told_offence(term)
                if told == "firearms" and term.thing == "item" and self.document.lang == "en":
                    continue  # guns are found in cases of any kind
                if told:
                    self._offences[told] = self._offences.get(told, 0) + weight
        general = sum(counts_any_offence(draft) for draft in sentence.drafts)
        self._offences[ANY_OFFENCE] = self._offences.get(ANY_OFFENCE, 0) + weight * general

    def _around(self, draft: Draft, sentence: Sentence, scene: Scene) -> Surroundings:
        offence, marks = sentence_marks(scene.told[draft.index], sentence.tokens, draft.index)
        clause = clause_of(draft, sentence)
        parent = self.around.get(id(draft.parent)) if draft.shape != "part" else None
        span = self._span_of(draft, sentence, scene, clause, parent)
        area, nation, foreign, weak, wide = self._place_of(draft, sentence, scene, clause[1], parent)
        operation = self._campaigns.of(draft, scene.named, sentence, scene.groups)
        agency = self._homeland.body_of(draft, sentence, self.codebook.agencies)
        own = (sentence.text[g.start : g.end] for g in scene.groups if g.weak and g.codes == area)
        abroad = weak and area is not None and any(self._tells_country(name, area) for name in own)
        return Surroundings(
            area, nation, foreign, weak, abroad, wide, span, operation, offence, marks, agency
        )

    def _tells_country(self, name: str, codes: tuple[str, ...]) -> bool:
        """Tell whether an agency's name says whose it is: `Vietnamese police`, not `DEA`."""
        words = (term for word in name.split() for _, _, terms in self._lexicon.find(word) for term in terms)
        return any(term.area == codes and term.agency is None for term in words)

    def _span_of(
        self,
        draft: Draft,
        sentence: Sentence,
        scene: Scene,
        clause: tuple[int, int],
        parent: Surroundings | None,
    ) -> Span | None:
        ratio = draft.statistic != "level"
        following = next((d.start for d in sentence.drafts if d.start > draft.start), clause[1])
        reach = clause[0], min(clause[1], following)
        sticky = self._chronology.sticky
        span, own = times.period_of(
            draft.token,
            draft.phrase.end,
            scene.moments,
            reach,
            sticky,
            sentence.lang,
            sentence.text,
            ratio=ratio,
        )
        span = self._chronology.as_of(span)
        if sentence.lang == "en" and not ratio and is_told_of_before(draft, sentence, scene.moments, reach):
            model = self.around.get(id(draft.parent)) if draft.parent is not None else None
            return times.before_present(model.span if model is not None else span)
        if parent is None or draft.parent is None:
            return span
        begin = max(clause[0], draft.parent.end)
        here = any(begin <= m.start < draft.start and not m.compared and m.span for m in scene.moments)
        return span if own and draft.shape != "second-unit" and (here or not ratio) else parent.span

    def _place_of(
        self, draft: Draft, sentence: Sentence, scene: Scene, clause_end: int, parent: Surroundings | None
    ) -> tuple[tuple[str, ...] | None, bool, bool, bool, bool]:
        """Return the draft's area, and whether it is the nation, of a foreign actor, of an agency only, wide."""
        if draft.action is not None and draft.action.action == "repatriate":
            return None, True, False, False, False
        if parent is not None:
            return parent.area, parent.nation, parent.foreign, parent.weak, parent.wide
        before = max((d.end for d in sentence.drafts if d.end <= draft.start), default=-1)
        group = areas.govern(scene.groups, draft.start, clause_end, before, sentence.text)
        if group is None or (group.weak and scene.wide):
            group = self._widened(group) if scene.wide else self._sticky_area or self._carried(scene)
        if group is None:
            return None, False, False, False, False
        if group.wide:
            return group.codes or None, False, False, False, not group.codes
        if group.weak:
            return group.codes, group.nation, True, sentence.lang == "en", False
        if draft.order is not None and len(group.codes) == draft.order[1]:
            return (group.codes[draft.order[0]],), False, group.foreign, False, False
        acted = any(g.codes == group.codes and (g.foreign or g.weak) for g in scene.groups)
        return group.codes, group.nation, group.foreign or (acted and not group.nation), False, False

    def _carried(self, scene: Scene) -> places.AreaGroup | None:
        """`… destroyed nationwide. During 2006 police…`: the whole country holds on for the next time told."""
        last = self._last_area
        dated = any(m.span is not None and not m.statement for m in scene.moments)
        return last if self.document.lang == "en" and last is not None and last.nation and dated else None

    def _widened(self, group: places.AreaGroup | None) -> places.AreaGroup:
        """`In fiscal year 2023 the Coast Guard removed…`: the area of the body, not that of the case told before."""
        codes = group.codes if group is not None else ()
        return places.AreaGroup(0, 0, codes, wide=True)

    def _is_wide(self, groups: Sequence[places.AreaGroup], found: Sequence[Moment]) -> bool:
        """Tell whether a sentence goes from a case of a day to what the body did in a longer time, naming no place."""
        if self.document.lang != "en" or any(not group.weak for group in groups):
            return False
        if not self._counted or self._number < self._lead or (self._sticky_area is not None and not groups):
            return False
        lead = self._chronology.lead
        if lead is not None and (lead.last - lead.first).days > _CASE_DAYS:
            return False
        own = [m.span for m in found if m.span is not None and not m.statement and not m.compared]
        return any((span.last - span.first).days >= _LONG_DAYS for span in own)

    def _remember(self, sentence: Sentence, scene: Scene, turned: bool) -> None:
        strong = [group for group in scene.groups if not group.weak]
        held = [group for group in strong if not is_passing(group, sentence)]
        if held:
            self._sticky_area = self._last_area = held[-1]
        elif scene.wide:
            self._sticky_area = self._widened(scene.groups[-1] if scene.groups else None)
        self._campaigns.remember(scene.named)
        self._chronology.remember(
            scene.moments, sentence, near_lead=self._number <= self._lead + 1 and not turned
        )

    # When all blocks are read.

    def close(self) -> None:
        """Settle the document's own area, country and offence."""
        self._area, self.country = self._homeland.area(), self._homeland.country()
        self.offence = offence_of_document(self._offences, _TITLE_WEIGHT)

    def area_of(self, around: Surroundings) -> tuple[str, ...]:
        """Return the places of a draft, for `全国` the document's country, for none told the document's own."""
        if around.nation:
            return self.country or self._area
        if around.wide:
            return self._homeland.whole() or self.country or self._area
        if around.area is None:
            return self._area
        narrower = around.weak and self._homeland.strong
        if narrower and around.abroad and are_elsewhere(self._area, around.area):
            return around.area
        return self._area if narrower else around.area

    def offence_in(self, name: str) -> str | None:
        """Return the one offence that a campaign's name tells; None for none or several."""
        if name not in self._told_by_name:
            found = self._lexicon.find(fold(name, traditional=True))
            told = {told_offence(term) for _, _, meanings in found for term in meanings} - {None}
            self._told_by_name[name] = next(iter(told)) if len(told) == 1 else None
        return self._told_by_name[name]

    def operation_of(self, around: Surroundings) -> operations.Named | None:
        """Return the operation of a draft: its sentence's, its paragraph's, or the document's."""
        if around.operation is not None:
            return around.operation
        return self._campaigns.of_document(around.span, self._chronology.lead)

    def period_of(self, around: Surroundings, operation: operations.Named | None) -> Span | None:
        """Return the period of a draft; where the text tells none, that of the campaign's release."""
        campaign = released.campaign_span(
            operation.code if operation else None, self.published, self.codebook
        )
        if around.span is not None:
            return released.as_released(around.span, campaign)
        return campaign or (self._chronology.early if self.document.lang == "en" else self._chronology.noted)

    def complete(self, rows: list[Observation]) -> list[Observation]:
        """Return the rows with those of the headline completed from the body."""
        return headline_takes_body(rows, self._title_end)
