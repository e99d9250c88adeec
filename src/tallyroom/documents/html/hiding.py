"""What a page does not show: told by attributes, by classes that sites name alike, and by its own style sheets."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from functools import cache

from tallyroom.documents.wording import load_wording

_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|(?:left|top|text-indent)\s*:\s*-\d{4,}",
    re.IGNORECASE,
)
_SHOWN = re.compile(r"display\s*:\s*(?!none)\w|visibility\s*:\s*visible", re.IGNORECASE)
_AT_RULE = re.compile(r"@[^{};@]*+(?:;|\{(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\}?)")
_NAMED = re.compile(r"[.#][\w-]+")
_LONGEST_SHEET = 200_000


def is_hidden(name: str, attributes: Mapping[str, str], sheets: Set[str] = frozenset()) -> bool:
    """Tell whether an element with attributes is not shown; `sheets` is what `hidden_by` returned."""
    if name in ("html", "body"):
        return False
    if "hidden" in attributes or (
        "aria-hidden" in attributes and attributes["aria-hidden"].lower() == "true"
    ):
        return True
    style = attributes.get("style")
    if style and _STYLE.search(style):
        return True
    classes = attributes.get("class", "").split()
    if not _unseen().isdisjoint(classes):
        return True
    return bool(sheets) and (
        f"#{attributes.get('id', '')}" in sheets or any(f".{each}" in sheets for each in classes)
    )


def hidden_by(sheet: str) -> frozenset[str]:
    """Return the classes (`.x`) and ids (`#x`) that a style sheet hides whatever they stand on.

    What another of its rules shows again is left out, and so are rules for some screens only.
    """
    plain = _AT_RULE.sub("", _without_comments(sheet[:_LONGEST_SHEET]))
    hidden: set[str] = set()
    shown: set[str] = set()
    for rule in plain.split("}"):
        selectors, _, body = rule.rpartition("{")
        if _STYLE.search(body):
            hidden.update(filter(_NAMED.fullmatch, map(str.strip, selectors.split(","))))
        elif _SHOWN.search(body):
            shown.update(_NAMED.findall(selectors))
    return frozenset(hidden - shown)


def _without_comments(sheet: str) -> str:
    """A comment that nothing closes takes the rest with it."""
    first, *rest = sheet.split("/*")
    return first + "".join(part.partition("*/")[2] for part in rest)


@cache
def _unseen() -> frozenset[str]:
    """Classes of what only programs that read aloud are to find."""
    return frozenset(load_wording("en", "page")["unseen"])
