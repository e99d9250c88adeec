"""Wording as data: `[one|another]` is a choice, `{name}` a place to fill, `{name:起}` one with its counter."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tallyroom.codebook.yamlsource import read_yaml
from tallyroom.generate.dice import Dice
from tallyroom.generate.nouns import Passage

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
_HERE = Path(__file__).parent


@functools.cache
def read_data(name: str) -> Any:
    """Return what a file of data beside this module holds, such as `claims` or `wording/zh`."""
    path = _HERE / f"{name}.yaml"
    return read_yaml(path.read_bytes(), f"generate/{name}.yaml")


def choose(template: str, dice: Dice) -> str:
    """Settle every choice of a template, the inner ones first."""
    while found := _CHOICE.search(template):
        chosen = dice.pick(found[1].split("|"))
        template = template[: found.start()] + chosen + template[found.end() :]
    return template


def slots(template: str) -> list[str]:
    """Return the names of the places to fill, in order."""
    return _SLOT.findall(template)


def fill(template: str, parts: Mapping[str, Passage | str]) -> Passage:
    """Put the parts into their places.

    Raises:
        KeyError: A place has no part.
    """
    whole, end = Passage(), 0
    for found in _SLOT.finditer(template):
        whole = whole + template[end : found.start()] + parts[found[1]]
        end = found.end()
    return whole + template[end:]
