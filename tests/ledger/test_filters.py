"""A query finds what somebody who looks through all figures would find, whichever index it goes along."""

from __future__ import annotations

import datetime
import itertools
import random
from collections.abc import Iterator
from decimal import Decimal

import pytest

from helpers import an_observation
from tallyroom.ledger import DraftUnfit, SqliteLedger, open_ledger
from tallyroom.model import Draft, Figure, NewEntry, Query

FIELDS = {
    "area": ("CN", "CN-YN", ""), "substance": ("heroin", ""), "operation_id": ("", "clean-border"),
    "agency": ("cn-mps",), "indicator": ("cases_solved", "deaths"), "period": ("", "2025-02-01/2025-02-28"),
    "source": ("doc1", "doc3", "doc5"), "breakdown.channel": ("", "maritime"), "offence": ("",),
    "value": ("1", "2", "3"), "low_open": ("false",), "start": ("0", "7"),
}  # fmt: skip
PERIODS = [None, (datetime.date(2025, 1, 15), datetime.date(2025, 3, 31))]


@pytest.fixture(scope="module")
def ledger() -> Iterator[SqliteLedger]:
    chance = random.Random(3)
    with open_ledger(":memory:") as opened:
        for number in range(8):
            rows = [some(chance, f"doc{number}") for _ in range(30)]
            entries = [NewEntry("document", {"id": f"doc{number}"})]
            entries += [NewEntry("observation", row, (-1,)) for row in rows]
            opened.append(Draft("desk", "test", tuple(entries)))
        yield opened


def some(chance: random.Random, source: str) -> dict[str, object]:
    month = chance.randrange(1, 5)
    return an_observation(
        str(chance.randrange(5)),
        chance.choice([0, 7, 9]),
        source=source,
        value=Decimal(chance.randrange(5)),
        area=chance.choice([("CN",), ("CN-YN",), ("CN-YN", "CN-GX"), ("CN", "CN-YN"), ()]),
        substance=chance.choice(["heroin", "opium", None]),
        operation_id=chance.choice(["clean-border", "other", None]),
        agency=chance.choice(["cn-mps", None]),
        indicator=chance.choice(["cases_solved", "deaths", "users_treated"]),
        period=chance.choice([None, f"2025-{month:02}-01/2025-{month:02}-28"]),
        offence=chance.choice(["drugs", None]),
        breakdown=chance.choice([{}, {"channel": "maritime"}, {"channel": "air"}]),
        low_open=chance.choice([True, False]),
    ).row()


def fits(figure: Figure, query: Query) -> bool:
    row = figure.observation
    for field, values in query.fields.items():
        content = row.breakdown.get("channel") if field == "breakdown.channel" else getattr(row, field, None)
        if field == "area":
            if not (set(row.area) <= set(values) if row.area else "" in values):
                return False
        elif (
            "" if content is None else str(content).lower() if field == "low_open" else str(content)
        ) not in values:
            return False
    if query.period is None:
        return True
    first, last = (day.isoformat() for day in query.period)
    return row.period is not None and row.period[:10] >= first and row.period[11:] <= last


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_all_ways_to_ask_find_the_same(ledger: SqliteLedger, count: int) -> None:
    known = list(ledger.figures(Query()))
    found = 0
    for fields in itertools.combinations(FIELDS, count):
        for period in PERIODS:
            query = Query({field: FIELDS[field] for field in fields}, period)
            expected = [figure.entry for figure in known if fits(figure, query)]
            assert [figure.entry for figure in ledger.figures(query)] == expected, query
            found += len(expected)
    assert found > 0


@pytest.mark.parametrize(
    "field", ["aera", "breakdown.", "breakdown.a'b", "value; DROP TABLE entries", "claim"]
)
def test_a_field_that_is_none_is_refused(ledger: SqliteLedger, field: str) -> None:
    with pytest.raises(DraftUnfit):
        list(ledger.figures(Query({field: ("1",)})))
