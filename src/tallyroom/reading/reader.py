"""Reading a document: block by block, sentence by sentence, with the context that one leaves to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tallyroom.codebook import Codebook
from tallyroom.codebook.model import Agency, Term
from tallyroom.model.document import Block, Document, Table
from tallyroom.model.reading import Reading
from tallyroom.quantities.asides import find_asides
from tallyroom.quantities.periods import Clock, find_periods
from tallyroom.reading.account import Fate, account_of
from tallyroom.reading.context import Context
from tallyroom.reading.drafts import Draft
from tallyroom.reading.operations import named_operations
from tallyroom.reading.rows import row_of
from tallyroom.reading.settle import Memory, Sentence, settle
from tallyroom.reading.tables import table_views
from tallyroom.reading.tokens import BREAK_PATTERN, FIGURE, PERIOD, TERM, Token, breaks, sentences
from tallyroom.reading.tools import Tools
from tallyroom.reading.view import View, fold, view_of

_HAN = re.compile(r"[\u3400-\u9fff]")
_DIGIT = re.compile(r"\d|[〇零一二三四五六七八九十百千两半]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
                    r"\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|half|third|quarter|dozen|double|twice)")  # fmt: skip
_DATELINE_EN = re.compile(
    r"^[A-Z][A-Z .'’-]+, ?[A-Z][A-Za-z]{2,8}\.? \d{1,2}(?:, \d{4})? ?[:(–—-]|"
    r"^[A-Z][^;!?\n]{0,80}?\((?:Reporter|Xinhua|AP|Reuters|AFP)[^)]*\)|^(?:[A-Z][A-Z.'’-]+[, ]+)+[^;!?\n]{0,40}?[-–—]{1,2}\s"
    r"|^[A-Z][\w .'’-]{1,40}(?:, [^()–—]{1,40})?\s*\([A-Z]{2,10}\)\s*[-–—]+\s"
    r"|^[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,2}(?:, [A-Z][\w. ]{1,20})?(?:, ?[A-Z][a-z]+\.? \d{1,2}(?:, \d{4})?)?\s?[-–—]{1,2}\s|"
    r"^[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,2}, [A-Z][a-z]+\.? \d{1,2}(?:st|nd|rd|th)?(?:, \d{4})?[.:)]? "
)
_DATELINE_ZH = re.compile(r"^.{0,40}?(?:\d日|记者)?电(?=[\s　(（])|^[^。，]{0,24}(?:消息|讯)[（(：: ]|^[^。，]{2,16}\d+月\d+日[电讯]")


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
        context = Context(document, self.codebook, self._tools.lexicon)
        memory = Memory()
        works = list(self._works(document, context, memory))
        context.close()
        rows = []
        for work in works:
            for draft in work.drafts:
                row = row_of(draft, work.view, work.lang, document, context, self.codebook)
                if row is not None:
                    rows.append(row)
        rows.sort(key=lambda row: (row.start, row.end))
        rows = context.headline_takes_body(rows)
        return Reading(document, tuple(rows), account_of(document, rows, [f for w in works for f in w.fates]))

    def _works(self, document: Document, context: Context, memory: Memory) -> Iterator[BlockWork]:
        """Read block by block; a table is read whole where its first row stands."""
        tables_read: set[int] = set()
        before: Block | None = None
        for block in _readable(document):
            if block.kind != "row" or block.table is None:
                yield self._read_block(block, document, context, memory)
                before = block
            elif block.table not in tables_read:
                tables_read.add(block.table)
                yield from self._read_table(document.tables[block.table], before, document, context, memory)

    def _read_table(
        self, table: Table, before: Block | None, document: Document, context: Context, memory: Memory
    ) -> Iterator[BlockWork]:
        lang = "zh" if _HAN.search(document.text, table.start, table.end) else "en"
        caption = before if before is not None and before.kind in ("heading", "title", "paragraph") and before.end - before.start < 90 else None
        for cell in table.cells:
            if cell.row == 0 or cell.column == 0:
                yield BlockWork(Block(cell.start, cell.end, "row"), _NO_VIEW, lang, [], [Fate(cell.start, cell.end, "table heading")])
        for cell, view in table_views(document, table, caption, lang):
            block = Block(cell.start, cell.end, "row")
            work = BlockWork(block, view, lang)
            if self._is_relevant(block, view, context):
                self._read_sentences(work, context, memory)
            yield work

    def _read_block(self, block: Block, document: Document, context: Context, memory: Memory) -> BlockWork:
        text = document.text[block.start : block.end]
        lang = "zh" if _HAN.search(text) else "en"
        traditional = document.lang not in ("zh", "en")
        view = view_of(document.text, block.start, block.end, traditional=traditional and lang == "zh")
        work = BlockWork(block, view, lang)
        if not self._is_relevant(block, view, context):
            work.fates.append(Fate(block.start, block.end, "no enforcement wording"))
            if context.sets_scene(block):
                self._read_sentences(BlockWork(block, view, lang), context, Memory(), scene=True)
            else:
                context.pass_by()
            return work
        self._read_sentences(work, context, memory)
        return work

    def _is_relevant(self, block: Block, view: View, context: Context) -> bool:
        """A block counts when it speaks of enforcement, or goes on from one that did."""
        if self._tools.triggers.touches(view.text):
            return True
        return context.goes_on(block)

    def _read_sentences(self, work: BlockWork, context: Context, memory: Memory, *, scene: bool = False) -> None:
        view, lang = work.view, work.lang
        context.begin_block(work.block, memory)
        tokens, asides = self._tokens(view, lang, context)
        work.fates.extend(Fate(*view.place(start, end), rule) for start, end, rule in asides)
        cased = view.cased
        skip = _dateline_end(cased, lang) if work.block.kind != "title" else 0
        at = 0
        for start, end in sentences(view.text, cased, lang):
            inside = []
            while at < len(tokens) and tokens[at].start < end:
                if tokens[at].start >= start:
                    inside.append(tokens[at])
                at += 1
            named = named_operations(inside, view.text, cased, (start, end), lang)
            names = [(name.start, name.end) for name in named]
            sentence = Sentence(view.text, cased, (start, end), inside, lang, work.block.kind, names)
            for draft in settle(sentence, memory, self._tools.patterns, self.codebook):
                if draft.aside:
                    work.fates.append(Fate(*view.place(draft.start, draft.end), draft.aside))
            context.place(sentence, named, skip)
            work.drafts.extend(sentence.drafts)
        if not scene:
            context.end_block(work.block)

    def _tokens(self, view: View, lang: str, context: Context) -> tuple[list[Token], list[tuple[int, int, str]]]:
        text = view.text
        terms = self._tools.lexicon.find(text)
        has_digit = _DIGIT.search(text) is not None
        periods = find_periods(text, lang, context.clock()) if has_digit or lang == "zh" or True else []
        asides = [(a.start, a.end, a.rule) for a in find_asides(text, lang)] if has_digit else []
        local = context.locale
        numbers = self._tools.numbers(lang, local.dollar, local.yuan, local.short_tons)
        quantities = numbers.find(text) if has_digit else []
        taken = _Spans([(p.start, p.end) for p in periods] + [(start, end) for start, end, _ in asides])
        figures = [q for q in quantities if not taken.covers(q.start, q.end)]
        named = [(start, end) for start, end, meanings in terms if any(m.operation for m in meanings)]
        figures = [q for q in figures if not any(start <= q.start and q.end <= end for start, end in named)]
        outer = _Spans([(q.outer_start, q.outer_end) for q in figures])
        tokens = [Token(q.start, q.end, FIGURE, quantity=q) for q in figures]
        tokens.extend(Token(p.start, p.end, PERIOD, period=p) for p in periods)
        tokens.extend(
            Token(s, e, TERM, terms=meanings)
            for s, e, meanings in terms
            if not outer.touches(s, e) and (not taken.holds(s, e) or _outlives(meanings, text, e))
        )
        tokens.extend(b for b in breaks(text) if not outer.touches(b.start, b.end) and not taken.touches(b.start, b.end))
        tokens.sort(key=lambda token: (token.start, -token.end))
        asides.extend((p.start, p.end, "period") for p in periods)
        return tokens, asides


def _outlives(meanings: tuple[Term, ...], text: str, end: int) -> bool:
    """Tell whether a word inside a date or duration still counts: a name, or 多 of 比前一年多46%."""
    if any(term.operation or term.area for term in meanings):
        return True
    return any(term.cue in ("rise", "fall") for term in meanings) and text[end : end + 1].isdigit()


class _Spans:
    """A few spans of a block, asked for overlaps."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._spans = sorted(spans)

    def touches(self, start: int, end: int) -> bool:
        return any(first < end and start < last for first, last in self._spans)

    def holds(self, start: int, end: int) -> bool:
        return any(first <= start and end <= last for first, last in self._spans)

    def covers(self, start: int, end: int) -> bool:
        """Tell whether a span lies over the number; one that ends inside a longer figure does not count."""
        return any(first <= start and end <= last or (first <= start < last) for first, last in self._spans)


def _readable(document: Document) -> list[Block]:
    return [block for block in document.blocks if block.kind != "furniture"]


def _dateline_end(text: str, lang: str) -> int:
    match = (_DATELINE_ZH if lang == "zh" else _DATELINE_EN).match(text)
    return match.end() if match else 0


__all__ = ["BREAK_PATTERN", "Agency", "Clock", "Reader", "fold"]
