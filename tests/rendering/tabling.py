"""Lists as tables: `lead: item; item; item`, and lines of one shape, become rows of a label and a figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from rendering.flow import Flow, Grid, Part, Piece

FEWEST = 3
"""So many items make a list."""
_LONGEST_LABEL = {"zh": 24, "en": 70}
_NUMBER = r"(?:\d[\d,.]*\d|\d|[〇零一二两三四五六七八九十百千万点]{2,})"
_HAN_FIGURE = rf"(?:约|近|超过?|逾|不足)?{_NUMBER}[十百千万亿]*[余多]?(?!个?月|[日年天])"
_HAN_FIGURE += r"[^\d\s，。；：、（）()和及与]{1,4}"
_HAN = re.compile(rf"(?P<label>[^\d，。；：]{{2,}}?)(?:合?计|有|达|为)?(?P<figure>{_HAN_FIGURE})。?")
_MEASURE = r"(?:kg|g|lb|kilograms?|kilos?|grams?|tons?|tonnes?|pounds?|litres?|liters?|million|billion)"
_LATIN = re.compile(
    r"(?:and )?(?P<figure>(?:about |some |nearly |over |more than )?(?:[A-Z]{0,2}[$£€])?"
    rf"\d[\d,.]*\d(?: {_MEASURE})*|\d)"
    r"(?: of)? (?P<label>[^\d:;.]{3,})[.]?"
)
_FIRST_FIGURE = re.compile(r"(?:about |some |nearly |over |more than )?(?:[A-Z]{0,2}[$£€])?\d")
_CHANGE = re.compile(r"同比|环比|增长|下降|上升|减少|增加|[占佔降]|[%％]|percent|per cent")
_ENDS_IN_FIGURE = re.compile(rf"{_HAN_FIGURE}$|\d [a-z ]{{1,20}}$")
_NUMBERING = re.compile(r"[一二三四五六七八九十]+、|\d+[.、]")
_SENTENCE = re.compile(r"[^。.]*(?:。|\.(?:\s+|$)|$)(?:(?<=\d\.)[^。.]*)*|.+")
_SEPARATOR = {"zh": re.compile(r"[；，、](?:还有|以及)?"), "en": re.compile(r"[;,] (?:and )?| and ")}
_VERB = re.compile(r"(?:被|共|已|累计)?(?:破获|侦破|抓获|查处|查获|缴获|收缴|打掉|捣毁|查扣|起诉|破案|缴毒)")
_HEADS = {"zh": ("项目", "数量"), "zh-Hant": ("項目", "數量"), "en": ("Item", "Figure")}
_PAIR = re.compile(r"[:：]\s*|——\s*")


def tabled(flow: Flow) -> Flow:
    """Return the flow with its lists as tables of two columns; as it is where it has none."""
    parts: list[Part | Grid] = []
    for is_list, group in groupby(flow.parts, lambda part: isinstance(part, Part) and part.kind == "bullet"):
        found = list(group)
        grid = _of_bullets(found, flow.lang) if is_list else None
        if grid:
            parts.append(grid)
        else:
            parts.extend(part for one in found for part in _of_part(one, flow.lang))
    return Flow(flow.text, flow.lang, tuple(parts))


def _of_bullets(items: list[Part | Grid], lang: str) -> Grid | None:
    """Items that are all a name and what is told of it, or all a label and one figure."""
    pieces = [item.piece for item in items if isinstance(item, Part)]
    if len(pieces) < 2:
        return None
    for split in (_at_colon, lambda piece: _labelled(piece, lang)):
        rows = [split(piece) for piece in pieces]
        if all(rows):
            return Grid(tuple(row for row in rows if row))
    return None


def _at_colon(piece: Piece) -> tuple[Piece, Piece] | None:
    found = _PAIR.search(piece.text)
    return (piece.cut(0, found.start()), piece.cut(found.end())) if found and found.start() else None


def _labelled(piece: Piece, lang: str) -> tuple[Piece, Piece] | None:
    han = lang.startswith("zh")
    found = (_HAN if han else _LATIN).fullmatch(piece.text)
    if not found or _CHANGE.search(piece.text) or len(found["label"]) > _LONGEST_LABEL["zh" if han else "en"]:
        return None
    return piece.cut(*found.span("label")), piece.cut(*found.span("figure"))


def _of_part(part: Part | Grid, lang: str) -> Iterator[Part | Grid]:
    if isinstance(part, Grid) or part.kind != "paragraph":
        yield part
        return
    at = 0
    for first, last, rows in _lists(part.piece, lang):
        lead = _trimmed(part.piece, at, first)
        lead = lead.cut(len(lead.text) - len(lead.text.lstrip("，、；。 ")))
        if lead.text.strip("，、；。,;. "):
            yield Part("paragraph", lead.cut(0, len(lead.text.rstrip("，、 "))))
        heads = tuple(map(Piece, _HEADS[lang])) if len(rows) % 2 else ()
        yield Grid(((heads,) if heads else ()) + tuple(rows), len(heads) // 2)
        at = last
    rest = part.piece.text[at:]
    begin = at + len(rest) - len(rest.lstrip("，、；。,;. "))
    if part.piece.text[begin:].strip():
        yield Part("paragraph", part.piece.cut(begin))


def _lists(piece: Piece, lang: str) -> Iterator[tuple[int, int, list[tuple[Piece, Piece]]]]:
    """Give the lists inside a paragraph: where each begins and ends, and its rows."""
    if lang not in _HEADS or _NUMBERING.match(piece.text):
        return
    for sentence in _SENTENCE.finditer(piece.text):
        items = [*_items(sentence, lang), (sentence.end(), sentence.end())]
        run: list[tuple[int, int, tuple[Piece, Piece]]] = []
        before = ""
        for first, last in items:
            begin = first if run else _begin(piece.text, first, last, lang)
            if row := _labelled(_trimmed(piece, begin, last), lang):
                run.append((begin, last, row))
                continue
            if len(run) >= FEWEST and not _belongs(before, piece.text[first:last]):
                yield run[0][0], run[-1][1], [one for _, _, one in run]
            run, before = [], piece.text[first:last]


def _belongs(before: str, after: str) -> bool:
    """The list is only a part of one: a figure stands right before it, or what follows tells of its last row."""
    return bool(_ENDS_IN_FIGURE.search(before) or _CHANGE.search(after) or after.startswith(("计", "計")))


def _items(sentence: re.Match[str], lang: str) -> Iterator[tuple[int, int]]:
    text, end = sentence.string, sentence.start() + len(sentence[0].rstrip())
    at = sentence.start()
    closed = lang == "en" and "; " in sentence[0]
    separator = re.compile("; (?:and )?") if closed else _SEPARATOR["en" if lang == "en" else "zh"]
    for found in separator.finditer(text, at, end):
        yield at, found.start()
        at = found.end()
    yield at, end


def _begin(text: str, first: int, last: int, lang: str) -> int:
    """Where the first item of a list begins: behind its lead, or at its verb."""
    colon = max(text.rfind("：", first, last), text.rfind(":", first, last))
    if colon >= 0:
        return colon + 1 + (text[colon + 1 : colon + 2] == " ")
    begins = (_FIRST_FIGURE if lang == "en" else _VERB).finditer(text, first, last)
    whole = (begin.start() for begin in begins if _labelled(_trimmed(Piece(text), begin.start(), last), lang))
    return next(whole, first)


def _trimmed(piece: Piece, first: int, last: int) -> Piece:
    words = piece.text[first:last]
    return piece.cut(first + len(words) - len(words.lstrip()), last - len(words) + len(words.rstrip()))
