"""A briefing as a PDF in two columns, with what a press puts at the head and foot of each page."""

from __future__ import annotations

import datetime
import functools
import zlib
from pathlib import Path

import typst

import tallyroom.release
from rendering.flow import Flow, Grid, Part
from rendering.surroundings import surroundings_of
from tallyroom.release.pdf import quoted

_FONTS = {
    "zh": ("Noto Serif CJK SC", "Noto Sans CJK SC", "Tallyroom Sans"),
    "zh-Hant": ("Noto Serif CJK TC", "Noto Sans CJK TC", "Tallyroom Sans"),
    "en": ("Libertinus Serif", "New Computer Modern", "Tallyroom Sans"),
}
_REGIONS = {"zh": ("zh", "cn"), "zh-Hant": ("zh", "tw"), "en": ("en", "gb")}
_PAPERS = ((2500, "a4", False), (700, "a5", False), (0, "a6", True))
"""Least width of the text in em-squares, paper and whether it lies: short texts fill two columns too."""


def as_pdf(flow: Flow, name: str, published: datetime.date | None) -> bytes:
    """Return the briefing as PDF in two columns; `name` chooses the font.

    English is hyphenated at the ends of lines, which are justified.
    """
    moment = datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)
    made = typst.compile(source_of(flow, name).encode(), font_paths=_fonts(), format="pdf", timestamp=moment)
    assert isinstance(made, bytes)
    return made


def source_of(flow: Flow, name: str) -> str:
    """Return the briefing in the language of typst."""
    around, lang = surroundings_of(flow.lang), flow.lang if flow.lang in _FONTS else "en"
    family = _FONTS[lang]
    turn = zlib.crc32(name.encode()) % len(family)
    fonts = ", ".join(map(quoted, (*family[turn:], *family[:turn])))
    squares = sum(1 if letter > "\u2e7f" else 0.5 for letter in flow.text)
    paper, lies = next((paper, lies) for least, paper, lies in _PAPERS if squares >= least)
    language, region = _REGIONS[lang]
    head = (
        f'#set page(paper: "{paper}", flipped: {str(lies).lower()}, columns: 2, numbering: "— 1 —",'
        f" margin: (x: 14mm, y: 16mm), header: text(7pt)[#{quoted(around.running)}])\n"
        f'#set text(9pt, lang: "{language}", region: "{region}", font: ({fonts}),'
        f" hyphenate: {str(lang == 'en').lower()})\n"
        f"#set par(justify: true, first-line-indent: {'(amount: 2em, all: true)' if lang != 'en' else '0pt'})\n"
        "#show heading: it => block(below: 0.8em, par(first-line-indent: 0pt, it.body))\n"
    )
    return head + "\n\n".join(_grid(part) if isinstance(part, Grid) else _part(part) for part in flow.parts)


def _part(part: Part) -> str:
    words = f"#{quoted(part.piece.text)}"
    if part.kind == "title":
        return f'#place(top + center, scope: "parent", float: true, heading(level: 1)[{words}])'
    if part.kind == "heading":
        return f"#heading(level: 2)[{words}]"
    if part.kind == "bullet":
        return f"#list([{words}])"
    return words if part.kind == "paragraph" else f"#line(length: 30%)\n#text(8pt)[{words}]"


def _grid(grid: Grid) -> str:
    cells = "".join(
        f"[*#{quoted(cell.text)}*]," if at < grid.heads else f"[#{quoted(cell.text)}],"
        for at, row in enumerate(grid.rows)
        for cell in row
    )
    return f"#table(columns: {len(grid.rows[0])}, {cells})"


@functools.cache
def _fonts() -> typst.Fonts:
    shipped = Path(tallyroom.release.__file__).parent / "fonts"
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True, font_paths=[str(shipped)])
