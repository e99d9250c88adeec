"""Checking declared campaigns: every code that they use is one of the codebooks."""

from __future__ import annotations

from collections.abc import Iterable

from tallyroom.codebook.books import File
from tallyroom.codebook.checking import Checker, check_unit_code
from tallyroom.codebook.mappings import check_mappings
from tallyroom.codebook.problems import nearest
from tallyroom.codebook.relations import COUNTING, found_relations
from tallyroom.codebook.reporting import check_campaigns
from tallyroom.codebook.schema import Context
from tallyroom.codebook.yamlsource import Entry
from tallyroom.model.campaign import Campaign, ReportingUnit
from tallyroom.model.returns import SWITCHABLE


def check_reporting(files: Iterable[File], checker: Checker) -> None:
    """Report what is wrong in `reporting/`, `reporting-units/` and `mappings/` of the files."""
    files = list(files)
    for campaign, content, context in check_campaigns(files, checker.report):
        checker.named(checker.codebook.agencies, content, "agency", context)
        checker.areas(content, context)
        for lines in content["operations"].values():
            for entry in lines.values():
                _check_line(checker, entry, context)
        for part in ("waves", "sets", "forms", "releases"):
            for entry in content.get(part, {}).values():
                checker.label(entry, entry.line, context)
        _check_switched_off(content, context)
        _check_units(checker, campaign, content, context)

    for entry, context in check_mappings(files, checker.report):
        _check_mapping(checker, entry, context)
    for stem, entry, context in found_relations(files, checker.report):
        _check_relations(checker, stem, entry, context)


def _check_relations(checker: Checker, stem: str, content: Entry, context: Context) -> None:
    for code, entry in content.items():
        line = content.lines[code]
        if stem == COUNTING:
            checker.code("units", code, line, context)
            continue
        checker.code("dimensions", code, line, context, also=("area", "operation", "agency"))
        told = [*entry.get("outside", ()), *entry.get("overlapping", ()), *entry.get("within", ())]
        told += [up for wholes in entry.get("within", {}).values() for up in wholes]
        for one in told:
            checker.mark(code, one, line, context)
        for indicator in entry.get("untold_of", ()):
            if indicator not in checker.codebook.indicators:
                context.wrong(entry.lines["untold_of"], "an indicator", indicator)


def _check_switched_off(content: Entry, context: Context) -> None:
    """A check that guards against a wrong reading is never off; and a code that is none switches nothing off."""
    for code in content.get("checks_off", ()):
        if code not in SWITCHABLE:
            line, known = content["checks_off"].lines[code], ", ".join(SWITCHABLE)
            says = f"the check {code} cannot be switched off."
            context.say("CB107", says, line, expected=known, found=code, next_step=nearest(code, SWITCHABLE))


def _check_mapping(checker: Checker, entry: Entry, context: Context) -> None:
    checker.label(entry, entry.line, context)
    checker.named(checker.codebook.agencies, entry, "agency", context)
    checker.codes("offences", entry, "offence", context)
    for figure in entry["figures"].values():
        checker.named(checker.codebook.indicators, figure, "indicator", context)
        check_unit_code(checker, figure["unit"], figure.lines["unit"], context)


def _check_line(checker: Checker, entry: Entry, context: Context) -> None:
    checker.label(entry, entry.line, context)
    checker.named(checker.codebook.indicators, entry, "indicator", context)
    checker.codes("statistics", entry, "statistic", context)
    checker.codes("offences", entry, "offence", context)
    checker.named(checker.codebook.agencies, entry, "agency", context)
    checker.areas(entry, context)
    checker.marks(entry, context, "breakdown")
    if "substance" in entry:
        checker.mark("substance", entry["substance"], entry.lines["substance"], context)
    check_unit_code(checker, entry["unit"], entry.lines["unit"], context)
    _check_measure(checker, entry, context)


def _check_measure(checker: Checker, entry: Entry, context: Context) -> None:
    indicator = checker.codebook.indicators.get(entry["indicator"])
    if indicator and entry["unit"] not in indicator.units and "money" not in indicator.units:
        says = f"{indicator.code} is not measured in {entry['unit']}."
        context.say("CB107", says, entry.lines["unit"], expected=", ".join(indicator.units))


def _check_units(checker: Checker, campaign: Campaign, content: Entry, context: Context) -> None:
    """The tree stands in a file of its own: what is wrong there is told at the line that names the tree."""
    line = content.lines["units"]
    areas = checker.codebook.lists.get("areas", {})
    codes = {unit.code for unit in campaign.units}
    for unit in campaign.units:
        for area in unit.area:
            if area not in areas:
                says = f"the area {area!r} of the reporting unit {unit.code} is not known."
                context.say("CB107", says, line, found=area, next_step=nearest(area, areas))
        if unit.parent is not None and unit.parent not in codes:
            says = f"the reporting unit {unit.code} stands under one that is not there."
            context.say("CB107", says, line, found=unit.parent, next_step=nearest(unit.parent, codes))
        if _ends_before_it_begins(unit) or not all(unit.label.get(lang) for lang in ("en", "zh")):
            says = f"the reporting unit {unit.code} needs a label in each language, and since before until."
            context.say("CB111", says, line, found=f"{unit.label}, {unit.since} to {unit.until}")
    for code in _circles(campaign):
        context.say("CB111", f"the reporting unit {code} stands under itself.", line)


def _ends_before_it_begins(unit: ReportingUnit) -> bool:
    return unit.since is not None and unit.until is not None and unit.until < unit.since


def _circles(campaign: Campaign) -> list[str]:
    parents = {unit.code: unit.parent for unit in campaign.units}
    found = []
    for code in parents:
        at, steps = parents[code], 0
        while at is not None and at != code and steps <= len(parents):
            at, steps = parents.get(at), steps + 1
        if at == code:
            found.append(code)
    return found
