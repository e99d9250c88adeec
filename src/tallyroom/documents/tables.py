"""Tables in plain text: with pipes, with tabs, stacked, or flattened, their cells parted by spaces.

A flattened table is told from prose by its rows: next to each other, without the signs of a sentence, each
with the same number of figures at its end. What stands above its columns is its head.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise

from tallyroom.documents.cells import Row, Span, figure_row, is_figure, is_year, split_at_gaps, split_tokens
from tallyroom.documents.grid import Grid, GridRow, count_heads, table_of
from tallyroom.documents.lines import Line
from tallyroom.documents.stacked import find_stacked
from tallyroom.model import Table

_PIPE, _TAB = re.compile("[|｜│┃]"), re.compile("\t")
_RULE = re.compile(r"[\s|+\-:=_─━═┼├┤┌┐└┘┬┴╋┣┫┏┓┗┛│┃]{3,}")
_NUMBERING = re.compile(r"[-*•·]|\(?\d{1,2}[.)、]|[(（]?[一二三四五六七八九十]{1,3}[)）、]|[①-⑳]")
_PROSE = re.compile(r"[。；;！!？?，]|[a-z]\. [A-Z]|[.:：、,]$")
_MOST_LINES = 100_000
_LONGEST_ROW = 160
_LONGEST_CELL = 80
_LONGEST_LABEL, _MOST_SPACES = 48, 6
_MOST_HEADS = 2
_DRAWN = frozenset("|+-=_─━═├┌└┣┏┗")
_BULLET = re.compile(r"[-*•·▪●○■□◆–—]\s")
_COLON = re.compile("[:：]")
_CAPTION = re.compile(r"(?:附?表|附件|附录|單位|单位|Table|Annex|Figure)(?![A-Za-z])", re.IGNORECASE)
_LATIN_LABEL = re.compile(r"[A-Za-z]{2}")
# The end of a head that names a column by its year or unit: "Year to March 2021", "Quantity (kg)".
_HEAD_END = re.compile(r"(?:(?<!\d)(?:19|20)\d\d(?:[/–-]\d{2,4})?|[)）])(?=\s|$)")


def find_tables(text: str, lines: Sequence[Line]) -> tuple[tuple[Table, ...], dict[int, int]]:
    """Return the tables of a text in order, and for each line that belongs to one the table's number.

    A text of very many lines is a list of data, not a briefing with tables: none is looked for.
    """
    grids: list[Grid] = []
    if len(lines) > _MOST_LINES:
        return (), {}
    for style, run in _runs(lines):
        grids += _READERS[style](text, [lines[at] for at in run], run[0])
    taken = {at for grid in grids for at in grid.lines}
    grids += [grid for grid in find_stacked(lines) if taken.isdisjoint(grid.lines)]
    grids.sort(key=lambda grid: min(grid.lines))
    owners = {at: number for number, grid in enumerate(grids) for at in (*grid.lines, *grid.rules)}
    return tuple(table_of(grid) for grid in grids), owners


def _runs(lines: Sequence[Line]) -> Iterator[tuple[str, range]]:
    """Group neighbouring lines that could be rows of one style: two at least.

    A blank line parts rows whose cells are parted by spaces; a line that is drawn goes with those around it.
    """
    style, first = "", 0
    for at, line in enumerate(lines):
        words = line.words
        if style and words[0] in _DRAWN and _RULE.fullmatch(words):
            continue
        found = _style(words)
        if found == style and not (line.gap and style == "spaces"):
            continue
        if style and at - first > 1:
            yield style, range(first, at)
        style, first = found, at
    if style and len(lines) - first > 1:
        yield style, range(first, len(lines))


def _style(words: str) -> str:
    if len(words) > _LONGEST_ROW:
        return ""
    if "|" in words or "｜" in words or "│" in words or "┃" in words:
        return "pipes"
    if "\t" in words:
        return "tabs"
    if (
        words[-1] in "。；"
        or "，" in words
        or not (" " in words or "\u3000" in words)
        or _PROSE.search(words)
    ):
        return ""
    return "spaces"


def _read_pipes(text: str, lines: Sequence[Line], first: int) -> list[Grid]:
    rules = [at for at, line in enumerate(lines) if _RULE.fullmatch(line.words)]
    body = [at for at in range(len(lines)) if at not in set(rules)]
    rows = [_split(text, lines[at].start, lines[at].end, _PIPE) for at in body]
    if not _is_grid(text, rows) and not rules:
        return []
    heads = sum(1 for at in body if at < rules[0]) if rules and rules[0] else 0
    return _grid(text, rows, [first + at for at in body], [first + at for at in rules], heads)


def _read_tabs(text: str, lines: Sequence[Line], first: int) -> list[Grid]:
    rows = [_split(text, line.start - line.indent, line.end, _TAB) for line in lines]
    if not _is_grid(text, rows):
        return []
    return _grid(text, rows, list(range(first, first + len(lines))), [], 0)


def _split(text: str, start: int, end: int, separator: re.Pattern[str]) -> GridRow:
    """The cells between separators, trimmed; an empty one takes its column and leaves nothing."""
    bounds = [start, *(found.end() for found in separator.finditer(text, start, end)), end + 1]
    spans = [_trimmed(text, begin, min(after - 1, end)) for begin, after in pairwise(bounds)]
    if separator is _PIPE and len(spans) > 1 and spans[0][0] == spans[0][1]:
        spans = spans[1:]
    return [(column, span) for column, span in enumerate(spans) if span[0] < span[1]]


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return start, max(start, start + len(words.strip()))


def _is_grid(text: str, rows: list[GridRow]) -> bool:
    """Two rows at least with cells side by side, no prose, no list's numbers, and a figure somewhere."""
    wide = [row for row in rows if len(row) > 1]
    if len(wide) < 2 or any(span[1] - span[0] > _LONGEST_CELL for row in wide for _, span in row[1:]):
        return False
    if sum(1 for row in wide if _NUMBERING.fullmatch(text, *row[0][1])) * 2 > len(wide):
        return False
    return any(is_figure(text[slice(*span)]) for row in wide for _, span in row[1:])


def _grid(text: str, rows: list[GridRow], lines: list[int], rules: list[int], heads: int) -> list[Grid]:
    kept = [(at, row) for at, row in zip(lines, rows, strict=True) if row]
    if not kept:
        return []
    found = [row for _, row in kept]
    return [Grid([at for at, _ in kept], found, heads or count_heads(text, found), rules)]


def _read_spaces(text: str, lines: Sequence[Line], first: int) -> list[Grid]:
    """Rows of one shape, one below the other, with what heads them."""
    rules = [at for at, line in enumerate(lines) if _RULE.fullmatch(line.words)]
    kept = [at for at in range(len(lines)) if at not in set(rules)]
    rows = {at: _row(lines[at]) for at in kept}
    grids: list[Grid] = []
    above: list[int] = []
    for figures, group in groupby(kept, key=lambda at: row.figures if (row := rows[at]) else 0):
        run = list(group)
        body = [row for at in run if (row := rows[at])]
        labels = max((row.labels for row in body), default=0)
        heads = _heads([(at, lines[at]) for at in above[-_MOST_HEADS:]], labels, figures)
        found = [row.aligned(labels) for row in body]
        if body and _is_flattened(text, found, labels, bool(heads)):
            grids.append(_flattened(text, [*heads, *zip(run, found, strict=True)], len(heads), rules, first))
            run = []
        above = run
    return grids


def _row(line: Line) -> Row | None:
    return None if _BULLET.match(line.words) else figure_row(line.words, line.start)


def _flattened(text: str, found: list[tuple[int, GridRow]], heads: int, rules: list[int], first: int) -> Grid:
    lines, rows = [at for at, _ in found], [row for _, row in found]
    inside = [first + at for at in rules if lines[0] < at < lines[-1]]
    return Grid([first + at for at in lines], rows, max(heads, count_heads(text, rows)), inside)


def _heads(above: list[tuple[int, Line]], labels: int, figures: int) -> list[tuple[int, GridRow]]:
    """The lines right above that name the columns; the nearest must, those above it may."""
    heads: list[tuple[int, GridRow]] = []
    for at, line in reversed(above):
        spans = _head_cells(line, labels, figures)
        if spans is None or _CAPTION.match(line.words) or _COLON.search(line.words):
            break
        shift = labels + figures - len(spans)
        heads.insert(0, (at, [(column + shift, span) for column, span in enumerate(spans)]))
    return heads


def _head_cells(line: Line, labels: int, figures: int) -> list[Span] | None:
    """Split a line into as many heads as there are columns, with or without one over the labels."""
    if figures == 0:
        return None
    for spans in (
        split_at_gaps(line.words, line.start),
        split_tokens(line.words, line.start),
        _split_at_ends(line, figures),
    ):
        if len(spans) in (labels + figures, figures) and len(spans) > 1:
            return spans
    return None


def _split_at_ends(line: Line, figures: int) -> list[Span]:
    """Part heads of several words that each end in a year or a unit: `Drug Year to 2021 Year to 2022`.

    All but the first are as long as each other, so what the first has more stands over the labels.
    """
    ends = [found.end() for found in _HEAD_END.finditer(line.words)]
    if len(ends) != figures or figures < 2 or ends[-1] != len(line.words):
        return []
    starts = [0, *(end + 1 for end in ends[:-1])]
    counts = [line.words[begin:end].count(" ") + 1 for begin, end in zip(starts, ends, strict=True)]
    words = line.words[: ends[0]].split(" ")
    if len(set(counts[1:])) == 1 and len(words) > counts[1]:
        starts[0] = len(" ".join(words[: -counts[1]])) + 1
        starts, ends = [0, *starts], [starts[0] - 1, *ends]
    return [(line.start + begin, line.start + end) for begin, end in zip(starts, ends, strict=True)]


def _is_flattened(text: str, body: list[GridRow], labels: int, headed: bool) -> bool:
    """Tell a table from lines that happen to end in a number.

    Two figures a row are enough evidence in two rows, or in one below a head. One figure a row must not be a
    year, and takes two rows; behind words of Latin letters, where a space says nothing, three or a head.
    """
    names = [text[slice(*span)] for row in body for column, span in row if column == labels - 1]
    if any(map(_NUMBERING.fullmatch, names)) or (not headed and _reads_on(names)):
        return False
    if body[0][-1][0] > labels:
        return headed or len(body) > 1
    if all(is_year(text[slice(*row[-1][1])]) for row in body):
        return False
    if any(len(name) > _LONGEST_LABEL or name.count(" ") > _MOST_SPACES for name in names):
        return False
    latin = any(map(_LATIN_LABEL.search, names))
    return len(body) > (2 if latin and not headed else 1)


def _reads_on(names: list[str]) -> bool:
    """Lines of prose that was broken to a width begin in the middle of a sentence."""
    return sum(1 for name in names if name[0].islower()) * 2 >= len(names)


_READERS: dict[str, Callable[[str, Sequence[Line], int], list[Grid]]] = {
    "pipes": _read_pipes,
    "tabs": _read_tabs,
    "spaces": _read_spaces,
}
