"""Web pages into tokens: tags and the text between them, each with its offsets in the source.

The rules are those of the HTML standard where they matter for text: quotation marks delimit only after an
equals sign, a comment ends at its first `-->`, and the content of scripts and styles is no markup. Every
character is looked at a bounded number of times, whatever the page holds.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Literal

# One attribute, or what lies between two. Possessive, so that nothing is ever tried twice.
_ATTRIBUTE = r"""[\s/]++|[^\s/>=][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+|="""
_TAG = re.compile(rf"<(/?)([a-zA-Z][^\s/>]*+)((?:{_ATTRIBUTE})*+)>")
_PAIR = re.compile(r"""([^\s/>=][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>]*+)))?+""")
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript"})
_LINES = frozenset({"title", "textarea"})
_COMMENT, _COMMENT_END = "<!--", re.compile(r"--!?>")


Kind = Literal["text", "open", "close", "raw"]
Token = tuple[Kind, int, int, str, str]
"""A token: its kind, its offsets in the source, the tag's name in lower case, its attributes as written."""


def tokens_of(source: str) -> Iterator[Token]:
    """Yield the tokens of a page in order; comments, doctypes and what no tag closes are left out.

    The content of `script`, `title` and their like is one token of kind `raw`, with the name of its element.
    """
    at, size = 0, len(source)
    unclosed: set[str] = set()
    while at < size:
        bracket = source.find("<", at)
        if bracket < 0:
            yield "text", at, size, "", ""
            return
        if bracket > at:
            yield "text", at, bracket, "", ""
        tag = _TAG.match(source, bracket)
        if tag is None:
            at = _skip(source, bracket)
            if at == bracket:
                at += 1
                yield "text", bracket, at, "", ""
            continue
        at = tag.end()
        name = tag[2].lower()
        yield ("close" if tag[1] else "open"), bracket, at, name, tag[3]
        if name in _RAW and not tag[1] and name not in unclosed:
            end = _end_of_raw(source, at, name, unclosed)
            yield "raw", at, end, name, ""
            at = end


@lru_cache(maxsize=2048)
def attributes_of(written: str) -> Mapping[str, str]:
    """Return the attributes of a tag: names in lower case, values decoded, the first of each name.

    What is written alike again and again, as on the cells of a table, is read once: leave the mapping as it is.
    """
    found: dict[str, str] = {}
    for pair in _PAIR.finditer(written):
        value = pair[2] or pair[3] or pair[4] or ""
        found.setdefault(pair[1].lower(), decode_entities(value) if "&" in value else value)
    return found


def decode_entities(value: str) -> str:
    """Return `value` with character references decoded."""
    return html.unescape(value)


def _skip(source: str, at: int) -> int:
    """Where a comment, a declaration or an unfinished tag ends; `at` itself where `<` is only a character."""
    following = source[at + 1 : at + 2]
    if source.startswith(_COMMENT, at):
        if source.startswith((">", "->"), at + 4):
            return source.index(">", at) + 1
        end = _COMMENT_END.search(source, at + 4)
        return end.end() if end else len(source)
    if following in ("!", "?") or source.startswith("</", at):
        end_at = source.find(">", at)
        return end_at + 1 if end_at >= 0 else len(source)
    # A tag that the end of the page cuts off is dropped, as browsers do.
    return len(source) if following.isascii() and following.isalpha() else at


def _end_of_raw(source: str, at: int, name: str, unclosed: set[str]) -> int:
    """Where the content of a script, a style, ... ends. A title that nothing closes ends at the next tag."""
    found = _closing(name).search(source, at)
    if found:
        return found.start()
    unclosed.add(name)
    following = source.find("<", at) if name in _LINES else -1
    return following if following >= 0 else len(source)


@cache
def _closing(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
