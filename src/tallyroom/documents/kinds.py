"""What each line of a text is, told from its shape, its neighbours and the word lists of furniture."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from tallyroom.documents.furniture import beginnings, furniture_of
from tallyroom.documents.imprint import is_imprint
from tallyroom.documents.lines import Line
from tallyroom.model.document import BlockKind

# A bullet sign, or a number of a list: "1." but never "1.31", "(1)", "①", "一、", "（一）", "a)".
_BULLET = re.compile(
    r"[-*•·▪◦●○■□◆◇▲►▶➢‣–](?=\s|[^\W\d_]|[“\"'‘《【(（])|—{1,2}\s*(?=\S)"
    r"|\d{1,2}(?:[.．](?!\d)|[)）、])|[(（]\d{1,2}[)）]|[①-⑳㈠-㈩]|[(（][一二三四五六七八九十]{1,3}[)）]"
    r"|[一二三四五六七八九十]{1,3}、|[a-zA-Z]\)\s"
)
_BULLET_SIGNS = frozenset("-*•·▪◦●○■□◆◇▲►▶➢‣–—0123456789(（一二三四五六七八九十") | {
    *map(chr, range(0x2460, 0x2474)), *map(chr, range(0x3220, 0x322A)), *"abcdefghABCDEFGH",
}  # fmt: skip
_SIGNS = _BULLET_SIGNS | frozenset("#_|[【=~─━═┌└├┼+>»›<©")
_NUMBERED = re.compile(r"[一二三四五六七八九十\d]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]")
_MARKDOWN_HEAD = re.compile(r"#{1,6}\s|(\*\*|__)(?!\s)[^*_]+\1$")
_CLOSERS = "”\"’'』」》）)】]*_"
_STOPS = frozenset("。.；;，,、!！?？…：:—")
_SIGNS_OF_PROSE = re.compile(r"[。；;！？]|[a-z]\. [A-Z]")
_GOES_ON = frozenset(",，、")
_FULL_STOPS = frozenset("。；")
_FIGURE, _LETTER = re.compile(r"\d"), re.compile(r"[^\W\d_]")
# A number that counts something: its line is a statement and no heading, but where the page says so.
_STATES = re.compile(r"\d,\d{3}(?!\d)|\d\s?[万亿萬億]|\d[余餘多]?[起名人个個宗件支枚吨噸克斤箱辆輛]")
_HEADLINE, _HEADING, _INTRODUCTION, _SHORT_ITEM = 110, 56, 32, 12
"""Greatest widths; a Chinese character is two wide, as on a screen."""
_SECTION = 16
_LEAD, _TAIL = 8, 4
"""A headline stands among the first few lines; dates, sources and menus may stand before it."""


def kinds_of_lines(lines: Sequence[Line], rows: Container[int] = (), titled: bool = False) -> list[BlockKind]:
    """Return what each of `lines` is; those whose index is in `rows` belong to a table.

    No title is looked for where it is known already (`titled`).
    """
    kinds: list[BlockKind] = []
    furniture = beginnings()
    following = [*(line.words for line in lines[1:]), None]
    linked = False
    for at, line in enumerate(lines):
        words = line.words
        kind: BlockKind = "paragraph"
        if at in rows:
            kind = "row"
        elif words[0] in _SIGNS or words[-1] not in _FULL_STOPS or words[:2] in furniture:
            kind, linked = _kind(words, following[at], linked)
        linked = linked and kind == "furniture"
        kinds.append(kind)
    _mark_imprint(lines, kinds)
    if not titled:
        _name_title(lines, kinds)
    return kinds


def _kind(words: str, following: str | None, linked: bool) -> tuple[BlockKind, bool]:
    """The kind of one line, and whether links to other documents follow it."""
    bullet = starts_item(words)
    if len(words) > (_SHORT_ITEM if bullet and not linked else _HEADLINE):
        return (_kind_of_item(words, following) if bullet else "paragraph"), False
    furniture = furniture_of(words)
    if furniture or (linked and _is_link(words)):
        return "furniture", linked or furniture == "section"
    if bullet:
        return _kind_of_item(words, following), False
    return "heading" if following is not None and _is_heading(words, following) else "paragraph", False


def _is_link(words: str) -> bool:
    """A headline of another document, as they stand below `Related`: it does not end as a sentence does."""
    return _ends_open(words) and not _SIGNS_OF_PROSE.search(words)


def _mark_imprint(lines: Sequence[Line], kinds: list[BlockKind]) -> None:
    """When and by whom it was published stands at the top or at the bottom; elsewhere a day heads a part."""
    for at in {*range(min(_LEAD, len(lines))), *range(max(0, len(lines) - _TAIL), len(lines))}:
        if kinds[at] in ("heading", "paragraph") and is_imprint(lines[at].words):
            kinds[at] = "furniture"


def _kind_of_item(words: str, following: str | None) -> BlockKind:
    """A numbered line is a heading where text without a number follows it: `一、人员`, `2. Arrests`."""
    if following is None or _FIGURE.search(words, 3) or not _NUMBERED.match(words):
        return "bullet"
    if not _ends_open(words) or width(words) > _HEADING or _NUMBERED.match(following):
        return "bullet"
    return "heading"


def _is_heading(words: str, following: str) -> bool:
    if words[0] == "#" or words[:2] in ("**", "__"):
        return _MARKDOWN_HEAD.match(words) is not None
    last = words.rstrip(_CLOSERS)[-1:]
    if last in "：:—" and last:
        return width(words) <= _INTRODUCTION and not _SIGNS_OF_PROSE.search(words)
    if last in _STOPS or width(words) > _HEADING or _SIGNS_OF_PROSE.search(words):
        return False
    if following[0].islower() or following[-1] in _GOES_ON:
        return False
    if _STATES.search(words):
        return False
    # Short lines of figures, one below the other, are a list without signs, not a heap of headings.
    return not (_FIGURE.search(words) and _FIGURE.search(following) and width(following) <= _HEADING)


def _ends_open(words: str) -> bool:
    return words.rstrip(_CLOSERS)[-1:] not in _STOPS


def _name_title(lines: Sequence[Line], kinds: list[BlockKind]) -> None:
    """The first line that looks like a headline is the title; prose or a table before it ends the search.

    A very short line, as the name of a section is, gives way to a longer one that follows it.
    """
    found: list[int] = []
    for at in range(min(_LEAD, len(lines) - 1)):
        if kinds[at] == "furniture":
            continue
        words = lines[at].words
        if kinds[at] not in ("heading", "paragraph") or not is_headline(words) or not _LETTER.search(words):
            break
        found.append(at)
    long = (at for at in found if width(lines[at].words) >= _SECTION)
    title = next(long, found[0] if found else None)
    if title is not None:
        kinds[title] = "title"


def starts_item(words: str) -> bool:
    """Tell whether a line begins with a sign or a number of a list."""
    return words[0] in _BULLET_SIGNS and _BULLET.match(words) is not None


def is_headline(words: str) -> bool:
    """Tell whether a line could be a headline: short, and not ended as a sentence is."""
    if _MARKDOWN_HEAD.match(words):
        return True
    last = words.rstrip(_CLOSERS)[-1:]
    return width(words) <= _HEADLINE and last not in "。.；;，,、：:" and not _SIGNS_OF_PROSE.search(words)


def width(words: str) -> int:
    """The width of a line in columns: a character outside ASCII counts two."""
    return 2 * len(words) - (len(words) if words.isascii() else len(words.encode("ascii", "ignore")))
