"""What the codebook knows of containment: which code of a dimension contains which, and which are disjoint."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from tallyroom.codebook import Codebook
from tallyroom.codebook.folding import fold_word
from tallyroom.codebook.model import Code
from tallyroom.codebook.relations import Relation, Relations
from tallyroom.model.campaign import BreakdownKind, Campaign, Line

Breakdown = tuple[tuple[str, str], ...]
"""Dimensions of a breakdown with their codes, in order."""
AreaSet = tuple[str, ...]
"""Codes of places that are counted together, in order."""
_LISTS = {"offence": "offences", "substance": "substances", "area": "areas"}
"""Where the parents of a dimension's codes stand, unless its list has its name."""
WHOLE, UNKNOWN = "whole", "unknown"


class Order:
    """The codes of one dimension: what contains what. None is a figure that does not tell the dimension."""

    def __init__(self, parents: Mapping[str, Sequence[str]], relation: Relation) -> None:
        self._parents, self.relation = parents, relation
        self._above: dict[tuple[str | None, str], tuple[str | None, ...]] = {}
        self._disjoint: dict[tuple[str, str], bool] = {}

    def plain(self, code: str | None) -> str | None:
        """The code, or None where it says no more than a figure that does not tell the dimension."""
        return None if code == self.relation.untold else code

    def above(self, code: str | None, indicator: str = "") -> tuple[str | None, ...]:
        """All codes that contain `code`, itself first; None among them where the whole does."""
        key = (code, self._untold(indicator))
        if key not in self._above:
            self._above[key] = tuple(self._climb(*key))
        return self._above[key]

    def _untold(self, indicator: str) -> str:
        return self.relation.untold_of.get(indicator, self.relation.untold)

    def _climb(self, code: str | None, untold: str) -> Iterable[str | None]:
        found: dict[str | None, None] = {code: None}
        ring = [] if code is None else [code]
        while ring:
            ring = [up for one in ring for up in self._parents.get(one, ()) if up not in found]
            found.update(dict.fromkeys(ring))
        if code is not None and untold != UNKNOWN and self._is_part_of_whole(code):
            found[None] = None
        return list(dict.fromkeys(self.plain(one) for one in found))

    def _is_part_of_whole(self, code: str) -> bool:
        if code in self.relation.outside:
            return False
        parents = self._parents.get(code, ())
        return not parents or any(map(self._is_part_of_whole, parents))

    def knows(self, code: str) -> bool:
        """Whether the code stands in the list."""
        return code in self._parents

    def disjoint(self, one: str, other: str) -> bool:
        """Whether nothing is counted under both codes, as far as the codebook declares it."""
        known = self._disjoint.get((one, other))
        if known is None:
            known = self._disjoint[one, other] = self._is_disjoint(one, other)
        return known

    def _is_disjoint(self, one: str, other: str) -> bool:
        if self.relation.beside != "subset" or not (self.knows(one) and self.knows(other)):
            return False
        mixed = self.relation.overlapping
        nested = one in self.above(other) or other in self.above(one)
        return not (nested or one in mixed or other in mixed)


class Knowledge:
    """All that the algebra needs of codebooks: orders of dimensions, campaigns, counting words.

    Args:
        codebook: The compiled codebook.
        relations: As `load_relations` gives them.
        campaigns: Declared campaigns, as `declared_campaigns` gives them; their breakdowns tie lines.
    """

    def __init__(self, codebook: Codebook, relations: Relations, campaigns: Iterable[Campaign] = ()) -> None:
        self.codebook = codebook
        self._relations = relations
        self._orders: dict[str, Order] = {}
        self._concepts = {unit: _by_word(concepts) for unit, concepts in relations.counting.items()}
        self._known_words: dict[tuple[str, str], str] = {}
        self._breakdowns: dict[tuple[Breakdown, str], tuple[Breakdown, ...]] = {}
        self._areas_apart: dict[tuple[AreaSet, AreaSet], bool] = {}
        self.declared = tuple(campaigns)

    def order(self, dimension: str) -> Order:
        """How the codes of a dimension contain one another; a dimension that is declared nowhere ties nothing."""
        if dimension not in self._orders:
            relation = self._relations.dimensions.get(dimension, Relation())
            self._orders[dimension] = Order(self._parents(dimension, relation), relation)
        return self._orders[dimension]

    def codes(self, dimension: str) -> Mapping[str, Code]:
        """The codes of a dimension that has a list; {} for one that has none."""
        lists = self.codebook.lists
        return lists.get(_LISTS.get(dimension, f"{dimension}s")) or lists.get(dimension, {})

    def _parents(self, dimension: str, relation: Relation) -> dict[str, tuple[str, ...]]:
        book = self.codebook
        if dimension == "operation":
            listed = {one.code: one.parent for one in book.operations.values()}
        elif dimension == "agency":
            listed = {one.code: one.part_of for one in book.agencies.values()}
        else:
            listed = {code.code: code.parent for code in self.codes(dimension).values()}
        parents = {code: (parent,) if parent else () for code, parent in listed.items()}
        return {**parents, **relation.within}

    def behaves(self, indicator: str) -> str:
        """`flow` or `stock`; a stock where the codebook does not know the indicator, since that ties less."""
        known = self.codebook.indicators.get(indicator)
        return known.behaves if known else "stock"

    def adds_up_over(self, indicator: str) -> tuple[str, ...]:
        """Dimensions over which disjoint parts may be summed."""
        known = self.codebook.indicators.get(indicator)
        return known.adds_up_over if known else ()

    def unit_of(self, indicator: str) -> str:
        """The unit in which an indicator is told first of all: that of what a percentage is of."""
        known = self.codebook.indicators.get(indicator)
        return known.units[0] if known else ""

    def begun(self, operation: str | None) -> datetime.date | None:
        """The day on which an operation began: before it there are no results of it."""
        known = self.codebook.operations.get(operation or "")
        return known.start if known else None

    def concept(self, unit: str, counted: str) -> str:
        """What a counting word counts: figures of one unit are of one measure only where this is the same.

        A word that is not listed is its own concept, marked by a `?`; a unit without concepts has the one ``.
        """
        if unit not in self._concepts:
            return ""
        key = (unit, counted)
        if key not in self._known_words:
            self._known_words[key] = _concept(self._concepts[unit], fold_word(counted.strip()))
        return self._known_words[key]

    def is_known(self, concept: str) -> bool:
        """Whether a concept stands in the codebook: figures of others are tied to none."""
        return not concept.startswith("?")

    def breakdowns_above(self, breakdown: Breakdown, indicator: str) -> tuple[Breakdown, ...]:
        """All breakdowns that contain one, itself first."""
        key = (breakdown, indicator)
        if key not in self._breakdowns:
            ways = [
                [(name, up) for up in self.order(name).above(code, indicator)] for name, code in breakdown
            ]
            found = (tuple((name, code) for name, code in one if code is not None) for one in product(*ways))
            self._breakdowns[key] = tuple(dict.fromkeys(found))
        return self._breakdowns[key]

    def areas_disjoint(self, one: AreaSet, other: AreaSet) -> bool:
        """Whether no place of one set is one of the other, or contains it, or lies in it."""
        known = self._areas_apart.get((one, other))
        if known is None:
            order = self.order("area")
            known = all(order.disjoint(mine, theirs) for mine in one for theirs in other)
            self._areas_apart[one, other] = known
        return known

    def area_contains(self, whole: AreaSet, part: AreaSet) -> bool:
        """Whether each place of `part` is one of `whole` or lies in one."""
        order = self.order("area")
        return all(any(up in whole for up in order.above(one)) for one in part)

    def declared_breakdowns(self) -> Iterator[tuple[Line, tuple[Line, ...], BreakdownKind]]:
        """Breakdowns that campaigns declare: the line of the whole, those of its parts, the kind."""
        for campaign in self.declared:
            for one in campaign.breakdowns:
                yield campaign.line(one.whole), tuple(map(campaign.line, one.parts)), one.kind


def _by_word(concepts: Mapping[str, Sequence[str]]) -> dict[str, str]:
    words = {word: concept for concept, listed in concepts.items() for word in listed}
    return {"": next(iter(concepts)), **words}


def _concept(words: Mapping[str, str], counted: str) -> str:
    """The whole phrase, else its last word, else its first: `drug crimes`, `cases of smuggling`."""
    parts = counted.split() or [""]
    for word in (counted, parts[-1], parts[0], *_endings(counted)):
        if word in words:
            return words[word]
    return f"?{counted}"


def _endings(counted: str) -> Iterator[str]:
    """What a Chinese noun ends with, the longest first: 制贩毒团伙 are 团伙."""
    if not counted.isascii() and " " not in counted:
        yield from (counted[at:] for at in range(1, len(counted) - 1))
