"""Every set-aside shape is reached: what it may begin with is among what its family is tried at.

A family is passed by unless the text begins with one of its characters and, where it lists them, one of its words.
Both lists are kept by hand, so a new alternative of a shape would be dead until somebody remembered them.
"""

from __future__ import annotations

import re
from re import _constants as codes
from re import _parser as parser
from typing import Any

import pytest

from tallyroom.quantities.asides import Family, find_asides
from tallyroom.quantities.asides_en import rules_en
from tallyroom.quantities.asides_zh import rules_zh

DEPTH = 3
FAMILIES = [
    (lang, family) for lang, rules in (("zh", rules_zh()), ("en", rules_en())) for family in rules.families
]
Heads = set[tuple[str, bool]]
"""Beginnings, each with whether it ends where a class of characters too large to list begins."""


def heads_of(tree: Any, depth: int = DEPTH) -> Heads:
    found: Heads = {("", False)}
    for operation, argument in tree:
        longer: Heads = set()
        for head, is_done in found:
            if is_done or len(head) >= depth:
                longer.add((head, True))
            else:
                longer |= {(head + more, end) for more, end in _step(operation, argument, depth - len(head))}
        found = longer
    return found


def _step(operation: Any, argument: Any, depth: int) -> Heads:
    if operation is codes.LITERAL:
        return {(chr(argument), False)}
    if operation is codes.IN:
        return _class(argument)
    if operation is codes.BRANCH:
        return {head for tree in argument[1] for head in heads_of(tree, depth)}
    if operation is codes.SUBPATTERN:
        return heads_of(argument[3], depth)
    if operation is codes.ATOMIC_GROUP:
        return heads_of(argument, depth)
    if operation in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        least, most, tree = argument
        none: Heads = {("", False)} if least == 0 else set()
        return none | {(head, end or most > 1) for head, end in heads_of(tree, depth)} | none
    return {("", operation not in (codes.ASSERT, codes.ASSERT_NOT, codes.AT))}


def _class(members: Any) -> Heads:
    chars: set[str] = set()
    for kind, member in members:
        if kind is codes.LITERAL:
            chars.add(chr(member))
        elif kind is codes.RANGE and member[1] - member[0] < 64:
            chars |= {chr(code) for code in range(member[0], member[1] + 1)}
        elif kind is codes.CATEGORY and member is codes.CATEGORY_DIGIT:
            chars |= set("0123456789")
        elif kind is codes.CATEGORY and member is codes.CATEGORY_SPACE:
            chars.add(" ")
        else:
            return {("", True)}
    return {(char, False) for char in chars}


def unreached(family: Family) -> list[str]:
    """Return the beginnings of the family's shapes at which it is never tried; a blank may be left out."""
    first = re.compile(f"[{family.first}]")
    heads = tuple(head[:DEPTH] for head in family.heads)
    missed = set()
    for shape in family.shapes:
        for pattern in shape.patterns:
            for head, _ in heads_of(parser.parse(f"{family.begins}(?:{pattern})")):
                begins = (
                    not heads or head.startswith(heads) or any(listed.startswith(head) for listed in heads)
                )
                if head.strip() and not head.startswith(" ") and not (first.match(head) and begins):
                    missed.add(f"{shape.rule}: {head}")
    return sorted(missed)


@pytest.mark.parametrize(
    ("lang", "family"), FAMILIES, ids=[f"{lang}-{k}" for k, (lang, _) in enumerate(FAMILIES)]
)
def test_a_family_is_tried_wherever_one_of_its_shapes_may_begin(lang: str, family: Family) -> None:
    assert unreached(family) == []


@pytest.mark.parametrize("area", ["建筑", "占地", "展览", "经营", "仓储", "厂房", "场地"])
def test_floor_areas_are_no_land_taken(area: str) -> None:
    assert [aside.rule for aside in find_asides(f"{area}面积约3.2万平方米", "zh")] == ["length"]
