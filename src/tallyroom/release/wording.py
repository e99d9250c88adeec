"""How a release says figures: units, nouns and phrases of one language, as `templates/wording` lists them."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from tallyroom.codebook.yamlsource import read_yaml

LANGUAGES = ("zh", "en")


class Shown(msgspec.Struct, frozen=True):
    """A unit as printed: `word` behind the number, `factor` of the canonical unit, `least` amount to take it."""

    word: str
    factor: Decimal
    least: Decimal


class Phrase(msgspec.Struct, frozen=True):
    """One way to say a figure. `when` are the dimensions that it says in its own words."""

    indicator: str
    says: str
    row: str
    when: dict[str, str] = {}
    only: dict[str, tuple[str, ...]] = {}
    """Values that a slot takes, where it does not take all."""
    counted: tuple[str, ...] = ()
    """Counting words that alone are meant: networks are no gangs."""
    units: tuple[str, ...] = ()
    """Units of measure that it says; none means all for which no other phrase stands before it."""
    counter: str = ""
    """The dimension whose value chooses the counter (items: 支, 辆)."""
    any_offence: bool = False
    """True where the offence follows from what was seized and need not be said."""


class Wording(msgspec.Struct, frozen=True):
    """One language's units, words, nouns by dimension, and phrases in the order in which they are tried."""

    lang: str
    units: dict[str, dict[str, Shown]]
    scales: dict[str, Decimal]
    thousands: str
    words: dict[str, str]
    marks: dict[str, str]
    mark_meanings: dict[str, str]
    nouns: dict[str, dict[str, str]]
    phrases: tuple[Phrase, ...]
    texts: dict[str, str]
    """Headings and terms of the program's own parts: notes, tables, traces."""


def templates_folder() -> Path:
    """Return the folder of the templates that come with the package, `templates` beside `src` in a working copy."""
    package = Path(__file__).parent.parent
    installed = package / "_templates"
    return installed if installed.is_dir() else package.parent.parent / "templates"


@cache
def wording_of(lang: str) -> Wording:
    """Return the wording of `zh` or `en`."""
    path = templates_folder() / "wording" / f"{lang}.yaml"
    found = read_yaml(path.read_bytes(), f"wording/{lang}.yaml")
    return Wording(
        lang=lang,
        units={code: {name: _shown(form) for name, form in forms.items()} for code, forms in found["units"].items()},
        scales={word: Decimal(worth) for word, worth in found["scales"].items()},
        thousands=found["thousands"],
        words=dict(found["words"]),
        marks=dict(found["marks"]),
        mark_meanings=dict(found["mark_meanings"]),
        nouns={name: dict(words) for name, words in found["nouns"].items()},
        phrases=tuple(_phrase(entry, found["row_drops"]) for entry in found["phrases"]),
        texts=dict(found["texts"]),
    )  # fmt: skip


def _shown(form: dict[str, Any]) -> Shown:
    return Shown(form["word"], Decimal(form["factor"]), Decimal(form["from"]))


def _phrase(entry: dict[str, Any], drops: list[str]) -> Phrase:
    says = row = entry["says"]
    for words in drops:
        row = row.replace(words, "")
    return Phrase(
        entry["indicator"],
        says,
        entry.get("row") or row.strip(),
        dict(entry.get("when") or {}),
        {slot: tuple(values) for slot, values in (entry.get("only") or {}).items()},
        tuple(entry.get("counted") or ()),
        tuple(entry.get("units") or ()),
        entry.get("counter", ""),
        entry.get("offence") == "any",
    )
