"""The phrase for a figure: which one fits its cell, and its words around the number."""

from __future__ import annotations

import re

import msgspec

from tallyroom.model import Observation
from tallyroom.release.names import Names
from tallyroom.release.problems import WordingMissing
from tallyroom.release.wording import Phrase, Wording

_SLOT = re.compile(r"\{(\w+)(\?)?\}")
_SPACES = re.compile(r"  +")
OFFENCE_SLOTS = ("offence", "suspects", "groups")
_UNSAID = frozenset({"partner"})
"""Dimensions that the sentence around the phrase says."""


class Said(msgspec.Struct, frozen=True):
    """A phrase with its slots filled: the words before and behind the number, and the row that names it."""

    before: str
    behind: str
    row: str
    counter: str = ""


def say(row: Observation, names: Names, wording: Wording) -> Said | None:
    """Return the first phrase that says the cell of `row` and nothing else; None where there is none."""
    for phrase in wording.phrases:
        if phrase.indicator == row.indicator and (said := _fill(phrase, row, names)) is not None:
            return said
    return None


def must_say(row: Observation, names: Names, wording: Wording) -> Said:
    """Return the phrase for `row`.

    Raises:
        WordingMissing: There is none.
    """
    said = say(row, names, wording)
    if said is not None:
        return said
    raise WordingMissing(
        f"no phrase says this figure in {wording.lang}",
        expected=f"a phrase for {row.indicator} in templates/wording/{wording.lang}.yaml",
        found=", ".join(
            f"{name}={value}" for name, value in {"unit": row.unit, **dimensions_of(row)}.items()
        ),
        next_step="add the phrase, or leave the figure out of the release's query",
    )


def dimensions_of(row: Observation) -> dict[str, str]:
    """Return what narrows a figure and has to be said in its phrase."""
    found = {"offence": row.offence, "substance": row.substance, **row.breakdown}
    if found.get("role") == "suspect":
        del found["role"]
    return {name: value for name, value in found.items() if value and name not in _UNSAID}


def _fill(phrase: Phrase, row: Observation, names: Names) -> Said | None:
    dimensions = dimensions_of(row)
    if (phrase.counted and row.counted not in phrase.counted) or (
        phrase.units and row.unit not in phrase.units
    ):
        return None
    if any(dimensions.pop(name, None) != value for name, value in phrase.when.items()):
        return None
    if any(dimensions.get(slot) not in (None, *values) for slot, values in phrase.only.items()):
        return None
    words = _slots(phrase, dimensions, names)
    if words is None:
        return None
    left = set(dimensions) - _taken(phrase)
    if left - ({"offence"} if phrase.any_offence else set()):
        return None
    before, _, behind = _put(phrase.says, words).partition("{n}")
    counter = names.noun("counter", row.breakdown.get(phrase.counter, "")) if phrase.counter else None
    return Said(before, behind, _put(phrase.row, words).strip(), counter or "")


def _taken(phrase: Phrase) -> set[str]:
    slots = {found[1] for found in _SLOT.finditer(phrase.says)}
    return {"offence" if slot in OFFENCE_SLOTS else slot for slot in slots}


def _slots(phrase: Phrase, dimensions: dict[str, str], names: Names) -> dict[str, str] | None:
    words: dict[str, str] = {}
    for found in _SLOT.finditer(phrase.says):
        slot, optional = found[1], bool(found[2])
        if slot == "n":
            continue
        value = dimensions.get("offence" if slot in OFFENCE_SLOTS else slot)
        word = names.noun(slot, value) if value else ("" if optional else None)
        if word is None:
            return None
        words[slot] = word
    return words


def _put(says: str, words: dict[str, str]) -> str:
    filled = _SLOT.sub(lambda found: found[0] if found[1] == "n" else words[found[1]], says)
    return _SPACES.sub(" ", filled)
