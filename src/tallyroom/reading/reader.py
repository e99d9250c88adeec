"""Reading a document: block by block, sentence by sentence, with the context that one leaves to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from tallyroom.codebook import Codebook
from tallyroom.model.document import Block, Document, Table
from tallyroom.model.observation import Observation
from tallyroom.model.reading import Reading
from tallyroom.reading.account import Fate, account_of, lang_of
from tallyroom.reading.context import Context
from tallyroom.reading.cutting import parts_of, shorter
from tallyroom.reading.datelines import dateline_end
from tallyroom.reading.drafts import Draft
from tallyroom.reading.gathering import gather
from tallyroom.reading.openers import Openers
from tallyroom.reading.operations import named_operations
from tallyroom.reading.rows import row_of
from tallyroom.reading.sentence import Memory, Sentence
from tallyroom.reading.settle import settle
from tallyroom.reading.support import Support
from tallyroom.reading.tables.composing import Read, TableReader, Told
from tallyroom.reading.tokens import by_sentence, sentences
from tallyroom.reading.tools import Tools
from tallyroom.reading.view import View, Views, is_traditional

_NO_VIEW = View("", "", 0)


@dataclass(slots=True)
class BlockWork:
    """One block while it is read."""

    block: Block
    view: View
    lang: str
    drafts: list[Draft] = field(default_factory=list)
    fates: list[Fate] = field(default_factory=list)


class Reader:
    """Reads documents with one codebook. Build it once a process: it holds the compiled matchers."""

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self._tools = Tools(codebook)

    def read(self, document: Document) -> Reading:
        """Return the observations of a document in the order of its text, and the account of its numerals.

        A document without anything to read gives a reading without observations. Never raises on any text.
        """
        course = _Course(document, self._tools)
        works = list(course.works())
        course.context.close()
        support = Support(document.blocks, course.views.folded, self._tools.subjects)
        rows: list[Observation] = []
        for work in works:
            rows.extend(self._rows(work, course.context, support))
            work.drafts.clear()  # a document may hold very many
        rows.sort(key=lambda row: (row.start, row.end))
        rows = course.context.complete(rows)
        fates = [fate for work in works for fate in work.fates]
        return Reading(document, tuple(rows), account_of(document, course.views.folded, rows, fates))

    def _rows(self, work: BlockWork, context: Context, support: Support) -> Iterator[Observation]:
        """Give the rows of a block; a figure of another subject is set aside."""
        for draft in work.drafts:
            row = row_of(draft, work.view, work.lang, context.document, context, self.codebook)
            if row is None:
                continue
            if support.holds(draft):
                yield row
            else:
                work.fates.append(Fate(row.start, row.end, "other subject"))


class _Course:
    """The course of reading through one document."""

    def __init__(self, document: Document, tools: Tools) -> None:
        self.document, self.tools = document, tools
        self.views = Views(document.text, traditional=is_traditional(document.lang))
        self.context = Context(document, tools.codebook, tools.lexicon)
        self._openers = Openers(self.views.folded, tools.triggers, tools.weak)
        self._memory = Memory()
        self._is_read = False

    def works(self) -> Iterator[BlockWork]:
        """Read block by block; a table is read whole where its first row stands."""
        tables_read: set[int] = set()
        before: list[Block] = []
        since = 0
        for block in _readable(self.document):
            if block.kind != "row" or block.table is None:
                for part in parts_of(block, self.document.text):
                    yield self._read_block(part, goes_on=part.start > block.start)
                before.append(block)
            elif block.table not in tables_read:
                tables_read.add(block.table)
                over = _lines_over(before, since, self.document.text)
                since = len(before)
                yield from self._read_table(self.document.tables[block.table], *over)

    def _read_table(self, table: Table, near: list[Block], far: list[Block]) -> Iterator[BlockWork]:
        document = self.document
        lang = lang_of(document.text, table.start, table.end)
        local = self.context.locale
        numbers = self.tools.numbers(lang, local.money, local.short_tons)
        reader = TableReader(document, table, near, far, lang, self.tools, numbers, self.context.clock())
        figures = {figure.cell.start for figure in reader.layout.figures}
        for cell in table.cells:
            if cell.start not in figures:
                fate = Fate(cell.start, cell.end, "table heading")
                yield BlockWork(Block(cell.start, cell.end, "row"), _NO_VIEW, lang, [], [fate])
        told = reader.speaks_of(self.tools.triggers, self.tools.named)
        row = -1
        for read in reader.figures():
            yield self._read_cell(read, table, lang, is_told=told, begins=read.cell.row != row)
            row = read.cell.row

    def _read_cell(self, read: Read, table: Table, lang: str, *, is_told: bool, begins: bool) -> BlockWork:
        block = Block(read.cell.start, read.cell.end, "row")
        work = BlockWork(block, read.view, lang)
        if read.aside is not None:
            work.fates.append(Fate(block.start, block.end, read.aside))
        elif is_told or self.tools.triggers.touches(read.view.text) or self.context.goes_on(block):
            self._read_sentences(work, self._memory, begins=begins)
        work.drafts = [draft for draft in work.drafts if _stands_in(draft, read.view, block)]
        for draft in work.drafts:
            draft.within = table.start, table.end
            _tell(self.context, draft, read.told)
        return work

    def _read_block(self, block: Block, *, goes_on: bool) -> BlockWork:
        """Read a block, or a later part of one that is too long to be read at once."""
        lang = lang_of(self.document.text, block.start, block.end)
        was_read, self._is_read = self._is_read and goes_on, self._is_relevant(block)
        if was_read or self._is_read:
            self._is_read = True
            work = BlockWork(block, self.views.of(block.start, block.end), lang)
            self._read_sentences(work, self._memory, begins=not was_read)
            return work
        if self.context.sets_scene(block) and not goes_on:
            scene = BlockWork(block, self.views.of(block.start, block.end), lang)
            self._read_sentences(scene, Memory(), scene=True)
        else:
            self.context.pass_by()
        return BlockWork(block, _NO_VIEW, lang, [], [Fate(block.start, block.end, "no enforcement wording")])

    def _is_relevant(self, block: Block) -> bool:
        """A block counts when it speaks of enforcement or names an operation, or goes on from one that did."""
        told = self._openers.within(block.start, block.end) if not self.views.noisy else None
        if told is None:
            text = self.views.of(block.start, block.end).text
            told = Openers(text, self.tools.triggers, self.tools.weak).within(0, len(text))
        if told or self.context.goes_on(block):
            return True
        return self.tools.named.touches(self.views.folded[block.start : block.end])

    def _read_sentences(
        self, work: BlockWork, memory: Memory, *, begins: bool = True, scene: bool = False
    ) -> None:
        view, lang, context, tools = work.view, work.lang, self.context, self.tools
        if begins:
            context.begin_block(work.block, memory)
        local = context.locale
        numbers = tools.numbers(lang, local.money, local.short_tons)
        gathered = gather(view.text, lang, tools.lexicon, numbers, context.clock())
        work.fates.extend(Fate(*view.place(start, end), rule) for start, end, rule in gathered.asides)
        cased = view.cased
        skip = 0
        if work.block.kind != "title" and context.expects_dateline():
            skip = dateline_end(cased, gathered.tokens, lang)
        for span, inside in by_sentence(gathered.tokens, sentences(view.text, cased, lang)):
            for part, tokens in shorter(span, inside):
                named = named_operations(tokens, view.text, cased, part, lang)
                names = [(name.start, name.end) for name in named]
                sentence = Sentence(view.text, cased, part, tokens, lang, work.block.kind, names)
                settle(sentence, memory, tools.patterns, tools.codebook)
                context.place(sentence, named, skip)
                for draft in sentence.drafts:
                    draft.place, draft.within = view.place(draft.start, draft.end), view.place(*part)
                work.drafts.extend(sentence.drafts)
        work.fates.extend(
            Fate(*view.place(draft.start, draft.end), draft.aside) for draft in work.drafts if draft.aside
        )
        if not scene:
            context.end_block(work.block)


def _readable(document: Document) -> list[Block]:
    return [block for block in document.blocks if block.kind != "furniture"]


_CAPTION_LINES = 3
"""How many lines right over a table may tell what it counts, in what, and when."""
_LONGEST_CAPTION = 90


def _lines_over(before: Sequence[Block], since: int, text: str) -> tuple[list[Block], list[Block]]:
    """The lines right over a table and behind the one before it, nearest first; and the headings farther up."""
    near: list[Block] = []
    for block in reversed(before[since:][-_CAPTION_LINES:]):
        line = _caption_of(block, text)
        if line is None:
            break
        near.append(line)
        if line is not block:
            break
    heads = [block for block in reversed(before) if block.kind in ("heading", "title")]
    titles = [block for block in heads if block.kind == "title"]
    far = [block for block in dict.fromkeys([*heads[:1], *titles[:1]]) if block not in near]
    return near, far


def _caption_of(block: Block, text: str) -> Block | None:
    """A short line before a table says what it counts, and so does the open end of a paragraph that leads to it."""
    written = text[block.start : block.end].rstrip()
    if block.kind not in ("heading", "title", "paragraph"):
        return None
    if block.kind == "paragraph" and written.endswith(("。", ".", "!", "！", "?", "？")):
        return None
    if len(written) < _LONGEST_CAPTION:
        return block
    begin = max(written.rfind(mark) + len(mark) for mark in ("。", ". ", "；", "; ", "！"))
    begin = begin if begin > 1 else 0
    if block.kind != "paragraph" or len(written) - begin > 2 * _LONGEST_CAPTION:
        return None
    return Block(block.start + begin, block.start + len(written), "paragraph")


def _tell(context: Context, draft: Draft, told: Told) -> None:
    """Take what the form of a table tells of a draft: time, place and drug of its row or column."""
    around = context.around.get(id(draft))
    if around is None:
        return
    context.around[id(draft)] = msgspec.structs.replace(
        around, span=told.span or around.span or told.fallback, area=told.area or around.area
    )
    if told.substance is not None and draft.marks.get("substance") in (None, "drugs"):
        draft.marks["substance"] = told.substance


def _stands_in(draft: Draft, view: View, block: Block) -> bool:
    """Caption, label and head are read with each cell; what they count themselves is no figure of the cell."""
    start, end = view.place(draft.start, draft.end)
    return block.start <= start and end <= block.end


__all__ = ["Reader"]
