"""The light way through all figures gives the claims that the whole way gives."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import a_briefing, a_correction, a_review
from tallyroom.ledger import SqliteLedger, open_ledger
from tallyroom.ledger.light import CONTENT
from tallyroom.model import Draft, NewEntry, Query
from tallyroom.model.record import AsOf

ACTS = ("read", "again", "copy", "twice", "correct", "reject", "amend", "return", "send back", "accept")


def light(ledger: SqliteLedger, as_of: AsOf = None) -> list[tuple[object, ...]]:
    return [tuple(row[:2]) + tuple(map(str, row[2:])) for row in ledger.light_figures(as_of)]


def whole(ledger: SqliteLedger, as_of: AsOf = None) -> list[tuple[object, ...]]:
    found = []
    for figure in ledger.figures(Query(), as_of):
        row = figure.observation.row()
        content = {**row, "area": json.dumps(row["area"]), "breakdown": json.dumps(row["breakdown"])}
        for name in ("low_open", "high_open"):
            content[name] = int(bool(row[name]))
        found.append((figure.entry, figure.document, *(str(content[name]) for name in CONTENT)))
    return found


def act(ledger: SqliteLedger, kind: str, number: int, documents: list[int], rows: list[int]) -> None:
    """One thing that may happen to a record; what concerns nothing is passed over."""
    about = documents[number % len(documents)] if documents else 0
    row = rows[number % len(rows)] if rows else 0
    drafts: dict[str, Callable[[], Draft]] = {
        "read": lambda: a_briefing(str(number), "7", id=f"d{number}"),
        "twice": lambda: a_briefing(str(number), str(number), id=f"t{number}"),
        "again": lambda: a_briefing(str(number), id="v", about=(about,)),
        "copy": lambda: a_briefing(str(number % 3), "7", id=f"c{number}", copy_of=about),
        "correct": lambda: a_correction(row, value=str(number), low=None),
        "reject": lambda: a_review(row, "reject"),
        "amend": lambda: a_review(row, "amend", value=str(number)),
        "return": lambda: Draft("unit", "filed", (NewEntry("return", {"form": "A"}, (about,)),)),
    }
    if kind in ("send back", "accept"):
        filed = [entry.id for entry in ledger.entries("return")]
        if filed:
            verdict = {"decision": "sent back" if kind == "send back" else "accepted"}
            ledger.append(Draft("desk", kind, (NewEntry("decision", verdict, (filed[-1],)),)))
    elif (
        kind in ("read", "twice")
        or (documents and kind in ("again", "copy", "return"))
        or (rows and kind in drafts)
    ):
        first = ledger.append(drafts[kind]()).entries[0]
        if kind in ("read", "twice", "again", "copy"):
            documents.append(first)
            rows.append(first + 1)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 9)), max_size=14))
def test_whatever_happened_both_ways_give_the_same_claims(acts: list[tuple[str, int]]) -> None:
    with open_ledger(":memory:") as ledger:
        documents: list[int] = []
        rows: list[int] = []
        for kind, number in acts:
            act(ledger, kind, number, documents, rows)
        assert light(ledger) == whole(ledger)
        head = ledger.head()
        if head and head.number > 1:
            assert light(ledger, head.number - 1) == whole(ledger, head.number - 1)


@pytest.mark.parametrize("kind", ["correct", "reject", "amend"])
def test_a_decision_takes_the_place_of_what_was_read(kind: str) -> None:
    with open_ledger(":memory:") as ledger:
        documents: list[int] = []
        rows: list[int] = []
        for step in ("read", kind):
            act(ledger, step, 4, documents, rows)

        assert len(light(ledger)) == (1 if kind == "reject" else 2)


def test_documents_of_one_release_are_named_together() -> None:
    with open_ledger(":memory:") as ledger:
        first = ledger.append(a_briefing("41", id="a")).entries[0]
        second = ledger.append(a_briefing("41", id="b", copy_of=first)).entries[0]
        third = ledger.append(a_briefing("42", id="c")).entries[0]

        assert ledger.carried_with(first) == ledger.carried_with(second) == {first: "a", second: "b"}
        assert ledger.carried_with(third) == {third: "c"}
