"""Parts of a page that are not its text: told from their names, their links, and where the prose stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from tallyroom.documents.wording import load_wording

if TYPE_CHECKING:
    from tallyroom.documents.html.tree import Element, Tree

PROBABLY, SURELY = 1, 2
_ELEMENTS = {
    **dict.fromkeys(("nav", "dialog", "button", "search", "footer"), SURELY),
    **dict.fromkeys(("menu", "aside", "header"), PROBABLY),
}
_NEVER = frozenset({"html", "body", "main", "article", "h1"})
_LISTS = frozenset({"ul", "ol", "div", "section", "td", "p", "dl", "span", "form", "center", "dd", "li"})
_NUMBER = re.compile(r"\d+")
_SEGMENT = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
_FEWEST_LINKS, _LINKED_SHARE = 3, 0.6
_CORE_SHARE = 0.6
"""Share of the page's prose that one main part must hold for the rest to be furniture."""
_LEAST_KEPT = 0.1
_KEEPS = {PROBABLY: 0.25, SURELY: 0.6}
"""Share of the page's prose from which on a part is text, whatever it calls itself."""


@lru_cache(maxsize=4096)
def suspicion_of(name: str, role: str, words: str) -> int:
    """Return what an element's name, role, class and id say: 0 nothing, 1 probably furniture, 2 surely."""
    if name in _NEVER or role == "main":
        return 0
    if role in _words("roles"):
        return SURELY
    return max(_ELEMENTS.get(name, 0), *map(_suspicion_of_word, words.split()), 0)


@lru_cache(maxsize=4096)
def _suspicion_of_word(word: str) -> int:
    segments = {segment.lower() for segment in _SEGMENT.findall(word)} | {word.lower()}
    if segments & _words("unless"):
        return 0
    if segments & _words("surely"):
        return SURELY
    return PROBABLY if segments & _words("probably") else 0


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(load_wording("en", "page")[key])


def without_numbers(words: str) -> str:
    """Return class names and ids with their numbers alike: `item-17` says what `item-0` does, and is asked once."""
    return _NUMBER.sub("0", words) if _NUMBER.search(words) else words


def mark_furniture(tree: Tree) -> None:
    """Set `furniture` on every element that is a menu, a list of links, a footer, ... or stands in one.

    A mark that would leave next to nothing of the page's own words is taken back, but for what is surely
    furniture.
    """
    _mark(tree, _core_of(tree), _is_furniture)
    if _plain_kept(tree) < _LEAST_KEPT * (tree.root.letters - tree.root.linked):
        _mark(tree, None, _is_surely_furniture)


def _mark(tree: Tree, core: Element | None, is_furniture: Callable[[Element, Element], bool]) -> None:
    around = set(_with_ancestors(core))
    for element in tree.elements[1:]:
        parent = element.parent
        assert parent is not None
        element.inside = element is core or parent.inside
        outside = core is not None and not element.inside and element not in around and not element.titled
        element.furniture = parent.furniture or outside or is_furniture(element, tree.root)


def _core_of(tree: Tree) -> Element | None:
    """The part that says it is the main one and holds most of the prose; `main` goes before `article`."""
    enough = [each for each in tree.elements if each.core and each.prose > _CORE_SHARE * tree.root.prose]
    mains = [each for each in enough if each.name != "article"]
    return next(iter(mains or enough), None)


def _with_ancestors(element: Element | None) -> Iterator[Element]:
    while element is not None:
        yield element
        element = element.parent


def _is_furniture(element: Element, root: Element) -> bool:
    return _is_suspect(element, root) or _is_list_of_links(element, root)


def _is_suspect(element: Element, root: Element) -> bool:
    if not element.suspicion or (element.titled and element.suspicion < SURELY):
        return False
    return element.prose <= _KEEPS[element.suspicion] * root.prose if element.prose else True


def _is_surely_furniture(element: Element, root: Element) -> bool:
    return element.suspicion == SURELY and _is_suspect(element, root)


def _is_list_of_links(element: Element, root: Element) -> bool:
    """Links side by side and little else, as in menus and below `Related`: no prose, not half the page."""
    if element.links < _FEWEST_LINKS or element.linked < _LINKED_SHARE * element.letters:
        return False
    if element.name not in _LISTS or element.prose or element.titled:
        return False
    return 2 * (element.letters - element.linked) < root.letters - root.linked


def _plain_kept(tree: Tree) -> int:
    return sum(element.plain for element in tree.elements if not element.furniture)
