"""Lines that stand over the text, and paragraphs that go on with the case of the one before them."""

from __future__ import annotations

import re

from tallyroom.model.document import Block, Document

_GOES_ON = re.compile(
    r"[\s　]*(?:[^，。,]{0,14}(?:当日|當日|当天|當天|同日|次日|翌日|当晚|當晚|随后|隨後)|"
    r"经[查审检初进调]|經[查審檢初進調]|目前[，,]|(?:该|該|上述|兩|两)案|案件|(?:犯罪)?嫌疑人|"
    r"(?:海关|海關|执法|執法|办案)?(?:人员|人員|关员|關員|民警|警员|警員))"
)
_STOP = re.compile(r"[。；;:：，,]|\.(?!\d)")
_HEADLINE = 180
_EXCLAMATION = 60
"""A line that exclaims is a headline while it is no longer than this."""


def goes_on_with_case(document: Document, block: Block) -> bool:
    """当日, 经查, 目前该案: a paragraph that goes on with the case of the one before it is about its place too."""
    return _GOES_ON.match(document.text, block.start, block.end) is not None


def stands_over(document: Document, block: Block, number: int) -> bool:
    """Tell whether the `number`th block of a document, which nothing marked as title, is a line of it."""
    return is_headline(document, block, number) or _is_second_line(document, block, number)


def _is_second_line(document: Document, block: Block, number: int) -> bool:
    """A short line without a sentence's end, between title and lead."""
    if number != 2 or block.kind in ("bullet", "row"):
        return False
    text = document.text[block.start : block.end].strip()
    return block.kind == "heading" or (len(text) < _EXCLAMATION and _STOP.search(text) is None)


def is_headline(document: Document, block: Block, number: int) -> bool:
    """Tell whether a first line that nothing marked as title reads like one."""
    text = document.text[block.start : block.end].strip()
    exclaims = text.endswith(("！", "!")) and (len(text) > _EXCLAMATION or "。" in text)
    return number == 1 and len(text) < _HEADLINE and not exclaims and not text.endswith((".", "。"))
