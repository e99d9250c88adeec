"""A briefing as text and as a web page."""

from __future__ import annotations

from html import escape

from tallyroom.generate.dice import Dice
from tallyroom.generate.nouns import Block, Briefing, Passage

_MENU = {"zh": ("首页", "要闻", "视频", "联系我们"), "en": ("Home", "News", "Video", "Contact us")}
_FOOT = {"zh": "网站地图 | 使用说明 | 版权所有", "en": "Site map | Terms of use | All rights reserved"}
_TAGS = {"zh": "zh-CN", "zh-Hant": "zh-TW", "en": "en"}
_BULLET = ("- ", "• ", "* ")


def as_text(briefing: Briefing) -> str:
    """Return the briefing as plain text: parts stand apart, cells of a table are set in columns."""
    dice = Dice(briefing.id, "text")
    mark, apart = dice.pick(_BULLET), dice.pick(("\n\n", "\n\n", "\n"))
    lines = [_as_lines(block, mark, dice) for block in briefing.blocks]
    text = lines[0]
    for before, block, line in zip(briefing.blocks, briefing.blocks[1:], lines[1:], strict=False):
        same_list = before.kind == block.kind == "bullet"
        near = "\n" if same_list else "\n\n" if "table" in (before.kind, block.kind) else apart
        text += near + line
    return text + "\n"


def _as_lines(block: Block, mark: str, dice: Dice) -> str:
    if block.kind == "table":
        return "\n".join(_columns(block, dice))
    return mark + block.passage.text if block.kind == "bullet" else block.passage.text


def _columns(block: Block, dice: Dice) -> list[str]:
    if dice.chance(40):
        return ["\t".join(cell.text for cell in row) for row in block.cells]
    if dice.chance(40):
        return ["| " + " | ".join(cell.text for cell in row) + " |" for row in block.cells]
    widths = [max(_width(row[at].text) for row in block.cells) for at in range(len(block.cells[0]))]
    return ["   ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in block.cells]  # fmt: skip


def _padded(cell: Passage, width: int) -> str:
    gap = " " * (width - _width(cell.text))
    return gap + cell.text if cell.figures else cell.text + gap


def _width(text: str) -> int:
    """Columns on a terminal; a Chinese character takes two."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)


def as_html(briefing: Briefing) -> str:
    """Return the briefing as a web page with a menu above and a footer below."""
    first = briefing.blocks[0]
    title = escape(first.passage.text if first.kind == "title" else briefing.publisher)
    body: list[str] = []
    kind = ""
    for block in briefing.blocks:
        if kind == "bullet" != block.kind:
            body.append("</ul>")
        elif kind != "bullet" == block.kind:
            body.append("<ul>")
        body.append(_element(block))
        kind = block.kind
    if kind == "bullet":
        body.append("</ul>")
    menu = "".join(
        f'<li><a href="/{at}">{word}</a></li>' for at, word in enumerate(_MENU[_words_of(briefing)])
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{_TAGS[briefing.lang]}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n</head>\n<body>\n<nav><ul>{menu}</ul></nav>\n<article>\n"
        + "\n".join(body)
        + f"\n</article>\n<footer>{_FOOT[_words_of(briefing)]}</footer>\n</body>\n</html>\n"
    )


def _words_of(briefing: Briefing) -> str:
    return briefing.lang.partition("-")[0]


def _element(block: Block) -> str:
    if block.kind == "table":
        rows = []
        for at, row in enumerate(block.cells):
            tag = "th" if at == 0 else "td"
            rows.append("<tr>" + "".join(f"<{tag}>{escape(cell.text)}</{tag}>" for cell in row) + "</tr>")
        return "<table>\n" + "\n".join(rows) + "\n</table>"
    tag = {"title": "h1", "paragraph": "p", "bullet": "li"}[block.kind]
    return f"<{tag}>{escape(block.passage.text)}</{tag}>"
