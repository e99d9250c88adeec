"""Splitting a line into the cells of a table row, and telling which of them state a figure."""

from __future__ import annotations

import re

import msgspec

Span = tuple[int, int]

_DIGITS = r"(?!0\d)(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:[.．]\d+)?"
_NUMERALS = r"[〇零一二三四五六七八九十百千万亿两兩萬億]{2,}(?:点[〇零一二三四五六七八九]+)?"
_SCALE = r"[十百千万亿萬億]{0,2}"
_BOUND = r"(?:[余餘多]|以上|以下|左右|\+)?"
# Counters and measures; what follows a number in a date, an age or an ordinal is none.
_HAN_UNIT = r"(?!个月|個月|[年月日时時分期号號岁歲届屆版点點至到世级級类類批第])[\u4e00-\u9fff]{1,4}"
_LATIN_UNIT = r"(?:kgs?|k?g|mg|t|ml|l|lbs?|oz|ha|km|pcs?|k|m|bn|mn|tonnes?|tons?)"
_UNIT = (
    r"(?:kgs?|kilos?|kilograms?|grams?|g|mg|tonnes?|tons?|lbs?|pounds?|oz|ounces?|lit(?:re|er)s?|million|billion"
    r"|thousand|per|cent|percent|%|people|persons?|cases?|tablets?|pills?|plants?|seizures?|arrests?|hectares?"
    r"|packets?|parcels?|person-times?|yuan|(?:US )?dollars?|euros?)"
)
_BEFORE = (
    r"(?:约|約|近|超过|超過|超|逾|不足|不到|至少|增长|增長|上升|下降|增加|减少|減少|[升降增减減↑↓▲▼△~≈<>≤≥±+＋\-－−–])?"
    r"(?:[A-Z]{0,3}[$£€¥￥₱₹]|RM|Rs\.?|P|USD|CNY|RMB|GBP|EUR)?"
)
_NOTE = r"(?:[(（][^()（）]{0,16}[)）]|\[(?:[a-z0-9]{1,2}|初步|修订|估计)\]|\*{1,3}|[†‡]|[①-⑩])?"
_NUMBER = re.compile(
    rf"{_BEFORE}(?:{_DIGITS}(?:[-–—~～至]{_DIGITS})?{_SCALE}|{_NUMERALS}){_BOUND}"
    rf"(?:[%％‰]|个?百分点|{_HAN_UNIT}|{_LATIN_UNIT}|(?: {_UNIT}){{1,2}})?{_BOUND}{_NOTE}",
    re.IGNORECASE,
)
_UNIT_WORD = re.compile(_UNIT, re.IGNORECASE)
_ABSENT = re.compile(
    r"[-–—－]{1,3}|…{1,2}|\.{2,3}|/|n\.?/?a\.?|nil|无|無|\[?(?:[xzc]|暂缺)\]|:", re.IGNORECASE
)
_YEAR = re.compile(
    r"(?:FY\s?)?(?:19|20)\d\d(?:年度?|[/–-]\d{2,4}|财年)?(?:上半年|下半年)?[*]?", re.IGNORECASE
)
_TOKEN = re.compile(r"\S+")
_GAP = re.compile(r"[ \xa0]{2,}|[\u3000\t]+")
_BRACKETED = re.compile(r"[(（\[【].*[)）\]】]")


class Row(msgspec.Struct):
    """A line split into cells, spans in the text: labels, and then figures (or signs that one is absent)."""

    cells: list[Span]
    labels: int
    """How many of the cells are labels."""

    @property
    def figures(self) -> int:
        """How many of the cells are figures."""
        return len(self.cells) - self.labels

    def aligned(self, labels: int) -> list[tuple[int, Span]]:
        """The cells with their columns in a table of `labels` columns of labels: a total has no rank."""
        shift = labels - self.labels
        return [(column + shift, span) for column, span in enumerate(self.cells)]


_GROUPS = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f](?=\d{3}(?!\d))")
"""8 950: digits grouped by blanks."""


def is_figure(words: str) -> bool:
    """Tell whether a cell states one number, with its unit and qualifier if any, and nothing else."""
    closed = _GROUPS.sub("", words)
    return _NUMBER.fullmatch(closed) is not None or _ABSENT.fullmatch(words) is not None


def is_year(words: str) -> bool:
    """Tell whether a cell names a year: it labels a row or a column."""
    return _YEAR.fullmatch(words) is not None


def split_at_gaps(words: str, start: int) -> list[Span]:
    """Split at two spaces, an ideographic space or a tab; `start` is where `words` stands in the text."""
    spans, at = [], 0
    for gap in _GAP.finditer(words):
        if gap.start() > at:
            spans.append((start + at, start + gap.start()))
        at = gap.end()
    return [*spans, (start + at, start + len(words))]


def split_tokens(words: str, start: int) -> list[Span]:
    """Split at white space; a bracket that follows a word belongs to it: `破案 （起）`."""
    spans: list[Span] = []
    for token in _TOKEN.finditer(words):
        if (
            spans
            and _BRACKETED.fullmatch(token[0])
            and not _BRACKETED.fullmatch(words[: spans[-1][1] - start])
        ):
            spans[-1] = (spans[-1][0], start + token.end())
        else:
            spans.append((start + token.start(), start + token.end()))
    return spans


def figure_row(words: str, start: int) -> Row | None:
    """Read a line as labels and then figures, parted by white space; None where no figure ends it."""
    parts = split_at_gaps(words, start)
    cells = _join_units(parts if len(parts) > 2 else split_tokens(words, start), words, start)
    figures = [is_figure(words[first - start : last - start]) for first, last in cells]
    trailing = _count_trailing(figures)
    if not trailing or len(cells) < 2:
        return None
    labels = [cells[0]] if trailing == len(cells) else _labels(cells[:-trailing], figures)
    return Row([*labels, *cells[max(1, len(cells) - trailing) :]], len(labels))


def _join_units(tokens: list[Span], words: str, start: int) -> list[Span]:
    """A unit that stands apart from its number belongs to its cell: `11,141 kg`."""
    cells: list[Span] = []
    for first, last in tokens:
        if cells and _UNIT_WORD.fullmatch(words, first - start, last - start):
            joined = words[cells[-1][0] - start : last - start]
            if is_figure(joined):
                cells[-1] = (cells[-1][0], last)
                continue
        cells.append((first, last))
    return cells


def _labels(cells: list[Span], figures: list[bool]) -> list[Span]:
    """One label, whatever spaces it holds; a rank before it is a cell of its own: `1 云南 1556`."""
    if figures[0] and len(cells) > 1:
        return [cells[0], (cells[1][0], cells[-1][1])]
    return [(cells[0][0], cells[-1][1])]


def _count_trailing(figures: list[bool]) -> int:
    count = 0
    for figure in reversed(figures):
        if not figure:
            break
        count += 1
    return count
