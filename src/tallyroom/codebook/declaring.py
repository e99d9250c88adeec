"""Declared campaigns: `reporting/`, `reporting-units/` and `campaigns/` to a `Campaign`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tallyroom.codebook.compiling import by_language
from tallyroom.codebook.problems import nearest
from tallyroom.codebook.schema import Context
from tallyroom.codebook.yamlsource import Entry, Items
from tallyroom.model.campaign import (
    Breakdown,
    Campaign,
    Form,
    Joint,
    Line,
    Operation,
    ReleaseEvent,
    ReportingUnit,
    Round,
    Wave,
)


class Declaration:
    """One campaign being built; what does not fit goes to the context's report and is left out.

    `known` is the entry of `campaigns/` that names the campaign, `tree` that of `reporting-units/`.
    All three have the shapes of their files.
    """

    def __init__(self, content: Entry, known: Entry, tree: Entry, context: Context) -> None:
        self.content, self.known, self.context = content, known, context
        self.units = dict(_units(tree))
        self.operations = dict(_operations(known))
        self.lines: dict[str, Line] = {}
        self.joints: dict[str, Joint] = {}

    def campaign(self, digest: str) -> Campaign:
        content, known = self.content, self.known
        waves = tuple(self.wave(code, entry) for code, entry in content.get("waves", {}).items())
        self.sets()
        self.all_lines()
        forms = tuple(self.form(code, entry) for code, entry in content["forms"].items())
        self.each_line_on_one_form(forms)
        rounds = tuple(self.round(code, entry) for code, entry in content["rounds"].items())
        return Campaign(
            code=content["campaign"],
            label=dict(known["label"]),
            agency=content["agency"],
            area=tuple(content["area"]),
            start=known["start"],
            planned_end=known.get("planned_end"),
            definition=by_language(known.get("definition")),
            operations=tuple(self.operations.values()),
            lines=tuple(self.lines.values()),
            breakdowns=tuple(self.breakdown(entry) for entry in content.get("breakdowns", ())),
            waves=waves,
            joints=tuple(self.joints.values()),
            units=tuple(self.units.values()),
            forms=forms,
            rounds=rounds,
            releases=tuple(self.release(code, entry) for code, entry in content.get("releases", {}).items()),
            checks_off={code: dict(why) for code, why in content.get("checks_off", {}).items()},
            digest=digest,
        )

    def unknown(self, kind: str, code: str, known: Iterable[str], line: int) -> None:
        known = list(known)
        expected = ", ".join(known) if len(known) <= 12 else f"one of {len(known)} {kind}"
        says = f"{code!r} is not among the {kind}."
        self.context.say("CB107", says, line, expected=expected, found=code, next_step=nearest(code, known))

    def among(self, kind: str, entry: Entry, key: str, known: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the codes that `entry[key]` lists, without those that are not known."""
        told = entry.get(key, Items())
        lines = told.lines if isinstance(told, Items) and told else ()
        for code, line in zip(told, lines, strict=True):
            if code not in known:
                self.unknown(kind, code, known, line)
        return tuple(code for code in told if code in known)

    def wave(self, code: str, entry: Entry) -> Wave:
        self.operation(entry)
        all_of_it = self.among("reporting units", entry, "units", self.units)
        for case, told in entry["cases"].items():
            units = self.among("reporting units", told, "units", self.units) or all_of_it
            self.joint(Joint(case, dict(told["label"]), units, entry["operation"], code), told)
        taking_part = dict.fromkeys([*all_of_it, *(u for c in entry["cases"] for u in self.joints[c].units)])
        return Wave(
            code, dict(entry["label"]), entry["operation"], entry["since"], tuple(entry["cases"]),
            tuple(taking_part),
        )  # fmt: skip

    def operation(self, entry: Entry) -> None:
        if entry["operation"] not in self.operations:
            self.unknown("operations", entry["operation"], self.operations, entry.lines["operation"])

    def sets(self) -> None:
        for code, entry in self.content.get("sets", {}).items():
            self.operation(entry)
            units = self.among("reporting units", entry, "units", self.units)
            self.joint(Joint(code, dict(entry["label"]), units, entry["operation"]), entry)

    def joint(self, joint: Joint, entry: Entry) -> None:
        if joint.code in self.joints or joint.code in self.units:
            self.twice(joint.code, entry.line)
        if not joint.units:
            self.context.say("CB106", f"{joint.code!r} has no unit.", entry.line, expected="units")
        self.joints[joint.code] = joint

    def twice(self, code: str, line: int) -> None:
        says = f"the code {code!r} is defined twice."
        self.context.say("CB113", says, line, expected="each code once in a campaign")

    def all_lines(self) -> None:
        for operation, lines in self.content["operations"].items():
            if operation not in self.operations:
                at = self.content["operations"].lines[operation]
                self.unknown("operations", operation, self.operations, at)
            for code, entry in lines.items():
                if code in self.lines:
                    self.twice(code, entry.line)
                self.lines[code] = self.line(code, entry, operation)

    def line(self, code: str, entry: Entry, operation: str) -> Line:
        area, joint = tuple(entry.get("area", ())), entry.get("per") == "joint"
        filed_by = self.joined(operation) if joint else self.filers(entry)
        if not filed_by:
            says = f"no unit files the line {code!r}."
            self.context.say(
                "CB106", says, entry.line, expected="filed_by, or waves for a line of joint results"
            )
        return Line(
            code=code,
            label=dict(entry["label"]),
            operation=operation,
            indicator=entry["indicator"],
            unit=entry["unit"],
            filed_by=filed_by,
            total_area=self.total_area(entry, area, filed_by, joint),
            statistic=entry.get("statistic", "level"),
            offence=entry.get("offence"),
            substance=entry.get("substance"),
            breakdown=dict(entry.get("breakdown", {})),
            counted=dict(entry.get("counted", {})),
            agency=entry.get("agency", self.content["agency"]),
            area=area,
            decimals=entry.get("decimals", 0),
            joint=joint,
            abroad=bool(area) and not _within(area, self.content["area"]),
            definition=by_language(entry.get("definition")),
        )

    def joined(self, operation: str) -> tuple[str, ...]:
        cases = (joint for joint in self.joints.values() if joint.operation == operation and joint.wave)
        return tuple(dict.fromkeys(unit for case in cases for unit in case.units))

    def filers(self, entry: Entry) -> tuple[str, ...]:
        """Return the units meant by codes and kinds, in the order told; those of a kind as the tree has them."""
        meant: dict[str, list[str]] = {code: [code] for code in self.units}
        for code, unit in self.units.items():
            meant.setdefault(unit.kind, []).append(code)
        chosen = self.among("reporting units or kinds of them", entry, "filed_by", meant)
        return tuple(dict.fromkeys(unit for one in chosen for unit in meant[one]))

    def total_area(
        self, entry: Entry, area: tuple[str, ...], filed_by: tuple[str, ...], joint: bool
    ) -> tuple[str, ...]:
        if area:
            return area
        if joint or entry.get("total") == "filers":
            return tuple(dict.fromkeys(place for unit in filed_by for place in self.units[unit].area))
        return tuple(self.content["area"])

    def breakdown(self, entry: Entry) -> Breakdown:
        whole = entry["whole"]
        if whole not in self.lines:
            self.unknown("lines", whole, self.lines, entry.lines["whole"])
        parts = self.among("lines", entry, "parts", self.lines)
        self.fits(whole, parts, entry)
        return Breakdown(whole, parts, entry["kind"], by_language(entry.get("because")))

    def fits(self, whole: str, parts: tuple[str, ...], entry: Entry) -> None:
        """Parts are measured as their whole is, and what was done abroad is no part of what was done here."""
        told = self.lines.get(whole)
        for part in map(self.lines.__getitem__, parts) if told and entry["kind"] != "unknown" else ():
            if told and (part.unit, part.abroad) != (told.unit, told.abroad):
                says = f"{part.code!r} cannot be a part of {whole!r}."
                expected = f"the unit {told.unit}, {'abroad' if told.abroad else 'at home'}"
                found = f"the unit {part.unit}, {'abroad' if part.abroad else 'at home'}"
                self.context.say("CB120", says, entry.lines["parts"], expected=expected, found=found)

    def form(self, code: str, entry: Entry) -> Form:
        lines = self.among("lines", entry, "lines", self.lines)
        files = {unit for line in lines for unit in self.lines[line].filed_by}
        filed_by = tuple(unit for unit in self.units if unit in files)
        return Form(code, dict(entry["label"]), lines, filed_by, tuple(map(dict, entry.get("notes", ()))))

    def each_line_on_one_form(self, forms: tuple[Form, ...]) -> None:
        for code in self.lines:
            on = [form.code for form in forms if code in form.lines]
            if len(on) != 1:
                says = f"the line {code!r} must stand on one form."
                line = self.content.lines["forms"]
                self.context.say("CB121", says, line, expected="one form", found=", ".join(on) or "none")

    def round(self, code: str, entry: Entry) -> Round:
        start = self.known["start"]
        if not start <= entry["until"] <= entry["due"]:
            found = f"until {entry['until']}, due {entry['due']}"
            self.dates(entry.line, f"start ({start}) <= until <= due", found)
        return Round(code, start, entry["until"], entry["due"])

    def dates(self, line: int, expected: str, found: str) -> None:
        self.context.say(
            "CB111", "the dates of this campaign cannot be.", line, expected=expected, found=found
        )

    def release(self, code: str, entry: Entry) -> ReleaseEvent:
        self.as_of(entry)
        return ReleaseEvent(
            code=code,
            label=dict(entry["label"]),
            kind=entry["kind"],
            published=entry["published"],
            round=entry["round"],
            publisher=dict(entry.get("publisher", {})),
            office=dict(entry.get("office", {})),
            place=dict(entry.get("place", {})),
            carriers=tuple(map(dict, entry.get("carriers", ()))),
        )

    def as_of(self, entry: Entry) -> None:
        """A release that the campaign's file knows runs to the end of the round that it tells."""
        rounds = self.content["rounds"]
        if entry["round"] not in rounds:
            self.unknown("rounds", entry["round"], rounds, entry.lines["round"])
            return
        until = rounds[entry["round"]]["until"]
        known = [
            one["until"] for one in self.known.get("releases", ()) if one["published"] == entry["published"]
        ]
        if until > entry["published"] or (known and until not in known):
            expected = f"a round that ends on {' or '.join(map(str, known)) or 'or before that day'}"
            self.dates(entry.lines["published"], expected, f"{entry['round']} ends on {until}")


def _units(tree: Entry) -> Iterator[tuple[str, ReportingUnit]]:
    for code, entry in tree["units"].items():
        names = tuple(name for words in entry.get("names", {}).values() for name in words)
        yield (
            code,
            ReportingUnit(
                code=code,
                label=dict(entry["label"]),
                kind=entry["kind"],
                area=tuple(entry["area"]),
                parent=entry.get("parent"),
                since=entry.get("since"),
                until=entry.get("until"),
                names=names,
                ids=dict(entry.get("ids", {})),
            ),
        )


def _operations(known: Entry) -> Iterator[tuple[str, Operation]]:
    top = known["campaign"]
    yield top, Operation(top, dict(known["label"]))
    for code, entry in known.get("operations", {}).items():
        yield code, Operation(code, dict(entry["label"]), entry.get("parent", top))


def _within(area: Iterable[str], home: Iterable[str]) -> bool:
    return all(any(place == one or place.startswith(f"{one}-") for one in home) for place in area)
