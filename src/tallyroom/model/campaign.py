"""A campaign: what is reported in it, by whom and when, and how its figures hang together."""

from __future__ import annotations

import datetime
from typing import Literal, TypeVar

import msgspec

from tallyroom.model.observation import Statistic

BreakdownKind = Literal[
    "partition",    # the parts add up to the whole
    "subset",       # each part is at most the whole, and they are disjoint: their sum is at most the whole
    "overlapping",  # each part is at most the whole, and one thing may stand in several
    "unknown",      # nothing follows
]  # fmt: skip
Words = dict[str, str]
"""One text in each language: `{"en": ..., "zh": ...}`."""
Span = tuple[datetime.date, datetime.date]
"""First and last day, both included."""


class Operation(msgspec.Struct, frozen=True):
    """One operation of a campaign, or the campaign itself; `parent` is the operation that it is part of."""

    code: str
    label: Words
    parent: str | None = None


class Line(msgspec.Struct, frozen=True):
    """One line of the forms: an indicator of an operation, with all that narrows it but area and period.

    `area` is empty where the figure is about the area of the unit that files it; a figure about elsewhere
    names its area, as results in another country do. `total_area` is what the sum of all returns is about.
    """

    code: str
    label: Words
    operation: str
    indicator: str
    unit: str
    filed_by: tuple[str, ...]
    """Codes of the reporting units."""
    total_area: tuple[str, ...]
    statistic: Statistic = "level"
    offence: str | None = None
    substance: str | None = None
    breakdown: dict[str, str] = {}
    counted: Words = {}
    """The word that is counted: gangs and networks are both groups."""
    agency: str | None = None
    area: tuple[str, ...] = ()
    decimals: int = 0
    """Most digits after the point that a return may give."""
    joint: bool = False
    """True where it is filed for each targeted case, and not for the unit."""
    abroad: bool = False
    """True for what another country's bodies did there: it enters no domestic sum."""
    definition: Words = {}


class Breakdown(msgspec.Struct, frozen=True):
    """How lines hang together; `whole` and `parts` are codes of lines."""

    whole: str
    parts: tuple[str, ...]
    kind: BreakdownKind
    because: Words = {}


class Joint(msgspec.Struct, frozen=True):
    """Units whose result is one: a targeted case that they join, or a set that shares one value."""

    code: str
    label: Words
    units: tuple[str, ...]
    operation: str
    wave: str | None = None
    """The wave of a targeted case; None for a set of units."""


class Wave(msgspec.Struct, frozen=True):
    """A wave of an operation: its targeted cases, and the units that take part."""

    code: str
    label: Words
    operation: str
    since: datetime.date
    cases: tuple[str, ...]
    units: tuple[str, ...]


class ReportingUnit(msgspec.Struct, frozen=True):
    """Who files returns. A code holds from `since` to `until`; None is without end."""

    code: str
    label: Words
    kind: str
    area: tuple[str, ...]
    parent: str | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    names: tuple[str, ...] = ()
    ids: dict[str, str] = {}
    """Its code in other schemes: `{"gb2260": "530000"}`."""

    def stands_on(self, day: datetime.date) -> bool:
        """Whether the unit is one on that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Form(msgspec.Struct, frozen=True):
    """A form: its lines in order, and the units that file it."""

    code: str
    label: Words
    lines: tuple[str, ...]
    filed_by: tuple[str, ...]
    notes: tuple[Words, ...] = ()


class Round(msgspec.Struct, frozen=True):
    """One round of returns: the period that they are about, and the day by which they are due."""

    code: str
    start: datetime.date
    end: datetime.date
    due: datetime.date

    @property
    def period(self) -> str:
        """The period as an observation has it."""
        return f"{self.start}/{self.end}"


class ReleaseEvent(msgspec.Struct, frozen=True):
    """Figures told to the public: where, by which body, from which round, and who carried it."""

    code: str
    label: Words
    kind: str
    published: datetime.date
    round: str
    publisher: Words = {}
    office: Words = {}
    """The office that the speaker holds; persons are not named."""
    place: Words = {}
    carriers: tuple[Words, ...] = ()


Named = TypeVar("Named", Line, ReportingUnit, Form, Round, Joint, Operation, ReleaseEvent)


class Campaign(msgspec.Struct, frozen=True):
    """A campaign as declared: operations, lines, units, forms, rounds, releases, each list in its order.

    Figures are cumulative: each round counts from `start`.
    """

    code: str
    label: Words
    agency: str
    area: tuple[str, ...]
    start: datetime.date
    planned_end: datetime.date | None
    definition: Words
    operations: tuple[Operation, ...]
    lines: tuple[Line, ...]
    breakdowns: tuple[Breakdown, ...]
    waves: tuple[Wave, ...]
    joints: tuple[Joint, ...]
    units: tuple[ReportingUnit, ...]
    forms: tuple[Form, ...]
    rounds: tuple[Round, ...]
    releases: tuple[ReleaseEvent, ...]
    checks_off: dict[str, Words] = {}
    """Codes of checks that are switched off in this campaign, and why."""
    digest: str = ""
    """SHA-256 of the files that declare it."""

    def line(self, code: str) -> Line:
        """Return a line; KeyError where there is none, as for all the following."""
        return _named(self.lines, code)

    def unit(self, code: str) -> ReportingUnit:
        """Return a reporting unit."""
        return _named(self.units, code)

    def form(self, code: str) -> Form:
        """Return a form."""
        return _named(self.forms, code)

    def round(self, code: str) -> Round:
        """Return a round."""
        return _named(self.rounds, code)

    def joint(self, code: str) -> Joint:
        """Return a targeted case or a set of units."""
        return _named(self.joints, code)

    def operation(self, code: str) -> Operation:
        """Return an operation."""
        return _named(self.operations, code)

    def release(self, code: str) -> ReleaseEvent:
        """Return a release event."""
        return _named(self.releases, code)

    def form_of(self, line: str) -> Form:
        """Return the form on which a line stands."""
        return next(form for form in self.forms if line in form.lines)

    def expected(self, form: Form, on: Round) -> tuple[ReportingUnit, ...]:
        """Return the units that shall file a form in a round: those that stand on its last day."""
        return tuple(unit for unit in map(self.unit, form.filed_by) if unit.stands_on(on.end))

    def joints_of(self, line: Line, on: Round, unit: str | None = None) -> tuple[Joint, ...]:
        """Return the joint results that a line may have in a round, all or those of one unit.

        For a line of targeted cases these are the cases of the waves that have begun; for another line the
        sets of its operation.
        """
        begun = {wave.code for wave in self.waves if wave.since <= on.end}
        return tuple(
            joint
            for joint in self.joints
            if joint.operation == line.operation
            and (joint.wave in begun if line.joint else joint.wave is None)
            and (unit is None or unit in joint.units)
        )


def _named(things: tuple[Named, ...], code: str) -> Named:
    for thing in things:
        if thing.code == code:
            return thing
    raise KeyError(code)
