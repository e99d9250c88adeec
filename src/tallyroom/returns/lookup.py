"""Finding what a cell names: units that report, forms, rounds, lines, units of measure."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cache, lru_cache
from typing import TypeVar

from tallyroom.codebook.folding import fold_word
from tallyroom.codebook.problems import nearest as nearest
from tallyroom.model.campaign import Campaign, Form, Line, ReportingUnit, Round, Words
from tallyroom.returns.remarks import refuse
from tallyroom.returns.wording import folded

Named = TypeVar("Named", Form, Line, ReportingUnit, Round)


def find_unit(campaign: Campaign, named: str) -> ReportingUnit | None:
    """Return the reporting unit of a code, of a code in another scheme, or of a name; None for none."""
    return next((unit for unit in campaign.units if folded(named) in map(folded, _names(unit))), None)


def find_place(campaign: Campaign, named: str) -> ReportingUnit | None:
    """Return the unit whose area a code or a full name means.

    Short names do not count: 海南 is a province, and a prefecture of Qinghai.
    """
    wanted = folded(named)
    for unit in campaign.units:
        if wanted in map(folded, (unit.code, *unit.names, *unit.ids.values())):
            return unit
    return None


def nearest_unit(campaign: Campaign, named: str) -> str:
    """Return "did you mean X?" for the code or name of a unit nearest to what was written."""
    known = {folded(name): unit.code for unit in campaign.units for name in _names(unit)}
    hint = nearest(folded(named), known)
    near = next((code for name, code in known.items() if hint == f"did you mean {name!r}?"), "")
    return f"did you mean {near}?" if near else "tallyroom campaign show lists the units"


def _names(unit: ReportingUnit) -> Iterable[str]:
    yield unit.code
    yield from unit.label.values()
    yield " ".join(unit.label.values())
    yield from unit.names
    yield from unit.ids.values()


def find_form(campaign: Campaign, named: str) -> Form | None:
    """Return the form of a code or label."""
    return _find(campaign.forms, named)


def find_line(campaign: Campaign, named: str) -> Line | None:
    """Return the line of a code or label."""
    return _find(campaign.lines, named)


def find_round(campaign: Campaign, named: str) -> Round | None:
    """Return the round of a code, or the one whose period or last day is named."""
    return next((one for one in campaign.rounds if named in (one.code, one.period, str(one.end))), None)


def required_unit(campaign: Campaign, named: str) -> ReportingUnit:
    """Return the unit that is named, or raise `ReturnRefused` RT114."""
    found = find_unit(campaign, named)
    if found is None:
        raise refuse("RT114", "no reporting unit has this code or name.", found=named,
            next_step=nearest_unit(campaign, named))  # fmt: skip
    return found


def required_form(campaign: Campaign, named: str) -> Form:
    """Return the form that is named, or raise `ReturnRefused` RT131."""
    found, known = find_form(campaign, named), [form.code for form in campaign.forms]
    if found is None:
        raise refuse("RT131", "this is no form of the campaign.", found=named, expected=", ".join(known),
            next_step=nearest(named, known))  # fmt: skip
    return found


def required_round(campaign: Campaign, named: str) -> Round:
    """Return the round that is named, or raise `ReturnRefused` RT117."""
    found, known = find_round(campaign, named), [one.code for one in campaign.rounds]
    if found is None:
        raise refuse("RT117", "this is no round of the campaign.", found=named, expected=", ".join(known),
            next_step=nearest(named, known))  # fmt: skip
    return found


def _find(things: Iterable[Named], named: str) -> Named | None:
    wanted = folded(named)
    for thing in things:
        if wanted == folded(thing.code):
            return thing
    found = [thing for thing in things if wanted in map(folded, _label(thing).values())]
    return found[0] if len(found) == 1 else None


def _label(thing: Form | Line | ReportingUnit | Round) -> Words:
    return getattr(thing, "label", {})


@lru_cache(4096)
def is_unit_of(named: str, code: str) -> bool:
    """Whether a cell that names a unit of measure, in one language or in two, means `code` with no factor."""
    parts = [part for part in named.replace("／", "/").split("/") if part.strip()]
    return bool(parts) and all(folded(part) in _unit_names(code) for part in parts)


@cache
def is_measured(code: str) -> bool:
    """Whether a unit is one of mass, volume or land, not of things counted."""
    from tallyroom.quantities.load import load_units

    return any(unit.code == code and unit.measure in ("mass", "volume", "land") for unit in load_units())


@cache
def _unit_names(code: str) -> frozenset[str]:
    from tallyroom.codebook import load_codebook
    from tallyroom.quantities.load import load_units

    label = load_codebook().lists["units"].get(code)  # what a form prints beside the figure: 个团伙 / group
    names = {code.lower(), *(label.label.values() if label else ())}
    for unit in load_units():
        if unit.code == code and unit.factor == Decimal(1):
            names |= {fold_word(word) for words in unit.words.values() for word in words}
    return frozenset(map(folded, names))
