"""Small worlds: events from which figures are counted and rounded, so that all of them are true."""

from __future__ import annotations

import datetime
import functools
import random
from collections.abc import Iterable, Sequence
from decimal import Decimal

import msgspec

from tallyroom.algebra.cells import LightRow
from tallyroom.algebra.knowledge import Knowledge
from tallyroom.codebook import declared_campaigns, load_codebook, load_relations

AREAS = ("CN-YN", "CN-GX", "CN-GD", "MM-17")
SUBSTANCES = ("heroin", "opium", "methamphetamine", "cannabis", "cocaine")
OFFENCES = ("drug_trafficking", "drug_manufacture", "drug_possession")
OPERATIONS = (None, "hundred-days-2022", "clean-border-2022", "delivery-logistics-2022")
CHANNELS = (None, "postal_logistics", "maritime")
AGENCIES = ("cn-mps", "cn-gac")
DISPOSITIONS = ("compulsory_isolation", "community_treatment", "community_recovery")
FIRST, LAST = datetime.date(2022, 7, 1), datetime.date(2022, 9, 30)
PERIODS = tuple(
    f"2022-{first}/2022-{last}"
    for first, last in (
        ("07-01", "07-31"), ("08-01", "08-31"), ("09-01", "09-30"), ("07-01", "08-31"), ("07-01", "09-30"),
        ("07-15", "09-14"), ("08-10", "09-30"), ("07-01", "08-09"),
    )
)  # fmt: skip
AREA_SETS = (
    ("CN",),
    ("CN-YN",),
    ("CN-GX",),
    ("CN-GD",),
    ("CN-GX", "CN-YN"),
    ("CN-GD", "CN-GX"),
    ("MM-17",),
    ("MM",),
)


@functools.cache
def knowledge() -> Knowledge:
    """What the shipped codebooks know."""
    return Knowledge(load_codebook(), load_relations(), declared_campaigns())


class Event(msgspec.Struct, frozen=True):
    """One case with one haul and one user that was dealt with."""

    day: datetime.date
    area: str
    agency: str
    operation: str | None
    offence: str
    substance: str
    channel: str | None
    grams: int
    dispositions: tuple[str, ...]
    novel: bool


def events_of(chance: random.Random, count: int) -> list[Event]:
    """Random events of one summer."""
    return [
        Event(
            FIRST + datetime.timedelta(chance.randrange((LAST - FIRST).days + 1)), chance.choice(AREAS),
            chance.choice(AGENCIES), chance.choice(OPERATIONS), chance.choice(OFFENCES), chance.choice(SUBSTANCES),
            chance.choice(CHANNELS), chance.randrange(1, 40_000),
            tuple(one for one in DISPOSITIONS if chance.random() < 0.4), chance.random() < 0.3,
        )
        for _ in range(count)
    ]  # fmt: skip


def a_question(chance: random.Random) -> LightRow:
    """A random cell, as a row that states nothing."""
    kind = chance.choice(
        ("cases_solved", "quantity_seized", "quantity_seized", "users_identified", "users_treated")
    )
    breakdown: dict[str, str] = {}
    substance = offence = None
    operation = chance.choice(("hundred-days-2022", "clean-border-2022", None))
    if kind == "quantity_seized":
        substance = chance.choice(("drugs", "opiates", "synthetic_drugs", *SUBSTANCES))
    if kind in ("cases_solved", "quantity_seized"):
        offence = chance.choice(("drugs", *OFFENCES))
        channel = chance.choice((None, None, *CHANNELS[1:]))
        breakdown = {"channel": channel} if channel else {}
    elif kind == "users_identified":
        offence, operation = "drug_use", "safe-and-care-2022"
        breakdown = {"novelty": "new"} if chance.random() < 0.5 else {}
    else:
        offence, operation = "drug_use", "safe-and-care-2022"
        breakdown = {"disposition": chance.choice(DISPOSITIONS)}
    unit = {"cases_solved": "case", "quantity_seized": "kg"}.get(kind, "person")
    return LightRow(
        indicator=kind, unit=unit, area=chance.choice(AREA_SETS), period=chance.choice(PERIODS), low=None,
        high=None, offence=offence, substance=substance, breakdown=breakdown, agency=chance.choice(AGENCIES),
        operation_id=operation,
    )  # fmt: skip


def questions_of(chance: random.Random, count: int) -> list[LightRow]:
    """Random cells of which many differ in one dimension alone, as those of a record do."""
    found = [a_question(chance) for _ in range(3)]
    while len(found) < count:
        row, other = chance.choice(found), a_question(chance)
        name = chance.choice(
            ("area", "area", "period", "period", "substance", "offence", "operation_id", "breakdown")
        )
        fits = other.indicator == row.indicator or name in ("area", "period")
        found.append(msgspec.structs.replace(row, **{name: getattr(other, name)}) if fits else other)
    return found


def truth_of(row: LightRow, events: Iterable[Event]) -> Decimal:
    """What the events come to: cases, kilograms, or people."""
    first, _, last = (row.period or "").partition("/")
    inside = [
        event
        for event in events
        if first <= event.day.isoformat() <= last and event.agency == row.agency and _fits(row, event)
    ]
    if row.indicator == "quantity_seized":
        return sum((Decimal(event.grams) / 1000 for event in inside), Decimal(0))
    return Decimal(len(inside))


def _fits(row: LightRow, event: Event) -> bool:
    if not any(event.area == area or event.area.split("-")[0] == area for area in row.area):
        return False
    if row.indicator == "users_identified":
        return event.novel or not row.breakdown
    if row.indicator == "users_treated":
        return row.breakdown["disposition"] in event.dispositions
    known = knowledge()
    return (
        row.offence in known.order("offence").above(event.offence)
        and (row.substance is None or row.substance in known.order("substance").above(event.substance))
        and (row.operation_id in known.order("operation").above(event.operation) or row.operation_id is None)
        and row.breakdown.get("channel", event.channel) == event.channel
    )


def told(row: LightRow, truth: Decimal, chance: random.Random) -> LightRow:
    """A row that states a truth: exact, rounded, more than, nearly, at least."""
    step = Decimal(10) ** chance.randrange(-3, 4)
    if row.unit != "kg":
        step = max(step, Decimal(1))
    floor = (truth // step) * step
    way = chance.randrange(5)
    if way == 0:
        low, high, opens = truth, truth, (False, False)
    elif way == 1:
        low, high, opens = floor, floor + step, (False, True)
    elif way == 2:
        low, high, opens = truth - step, None, (True, False)
    elif way == 3:
        low, high, opens = truth, truth + step, (False, True)
    else:
        low, high, opens = Decimal(0), truth, (False, False)
    return msgspec.structs.replace(row, low=max(low, Decimal(0)), high=high,
        low_open=opens[0] and low >= 0, high_open=opens[1])  # fmt: skip


def hauls_of(events: Sequence[Event], chance: random.Random) -> list[LightRow]:
    """Single hauls, as news tells them: of several on one day none is the day's total."""
    return [
        LightRow(
            indicator="quantity_seized", unit="kg", area=(event.area,), period=f"{event.day}/{event.day}",
            low=Decimal(event.grams) / 1000, high=Decimal(event.grams) / 1000, offence="drugs",
            substance=event.substance, agency=event.agency, operation_id=event.operation,
        )
        for event in events
        if chance.random() < 0.3
    ]  # fmt: skip
