"""A trace leads from a figure to its characters, and on to what was made of it."""

from __future__ import annotations

import pytest

import tallyroom
from helpers import a_correction, a_review
from tallyroom.codebook import Codebook
from tallyroom.ledger import SqliteLedger
from tallyroom.ledger.errors import NoSuchEntry
from tallyroom.model import Draft, NewEntry
from tallyroom.pipeline.reading import ReadOptions, Record, read_one
from tallyroom.pipeline.recording import Recorder
from tallyroom.pipeline.tracing import trace

TEXT = "在“净边”行动中，云南警方共破获毒品案件41起，缴获海洛因12.5千克。"


@pytest.fixture
def figure(ledger: SqliteLedger, shipped: Codebook) -> int:
    """The entry of the first figure of a briefing that is in the record."""
    reading = read_one(Record("yn", TEXT), shipped, ReadOptions(keep=True))
    return Recorder(ledger, shipped, "desk", "tallyroom test").one(reading).document + 1


def test_a_figure_leads_to_its_characters_and_the_rule_that_read_them(
    ledger: SqliteLedger, figure: int, shipped: Codebook
) -> None:
    found = trace(ledger, figure)

    assert found.quote is not None
    assert found.quote.before + found.quote.text + found.quote.after == TEXT
    assert found.said is not None
    assert found.quote.text == found.said.text == "41起"
    assert found.said.rule.startswith("zh/")
    assert found.document is not None
    assert found.document.entry.body["codebook"] == shipped.digest
    assert found.step.commit.author == "desk"


def test_decisions_releases_and_later_versions_are_told(ledger: SqliteLedger, figure: int) -> None:
    ledger.append(a_correction(figure, value="42"))
    ledger.append(Draft("press", "published", (NewEntry("release", {"name": "July"}, (figure,)),)))
    ledger.append(a_review(figure, "accept"))
    ledger.append(Draft("desk", "again", (NewEntry("document", {"id": "yn"}, (figure - 1,)),)))

    found = trace(ledger, figure)

    assert [step.entry.kind for step in found.decisions] == ["correction", "review"]
    assert [step.entry.body["name"] for step in found.releases] == ["July"]
    assert [step.entry.body["id"] for step in found.versions] == ["yn"]
    assert found.figure is None
    before = trace(ledger, figure, as_of=1)
    assert (before.decisions, before.releases, before.versions) == ((), (), ())
    assert before.figure is not None


def test_a_return_is_traced_to_its_cell(ledger: SqliteLedger, figure: int) -> None:
    body = {**ledger.entry(figure).body, "cell": "Form!D12"}
    ledger.append(Draft("CN-YN", "filed", (NewEntry("return", {"reporting_unit": "CN-YN"}, (figure - 1,)),)))
    id = ledger.append(Draft("CN-YN", "filed", (NewEntry("observation", body, (figure - 1,)),))).entries[0]

    found = trace(ledger, id)

    assert found.more == {"cell": "Form!D12"}
    assert [step.entry.body for step in found.returns] == [{"reporting_unit": "CN-YN"}]


def test_a_correction_leads_to_what_it_corrects(ledger: SqliteLedger, figure: int) -> None:
    id = ledger.append(a_correction(figure, value="42")).entries[0]

    assert trace(ledger, id).step.entry.id == figure


def test_what_is_not_there_is_told(ledger: SqliteLedger, figure: int) -> None:
    with pytest.raises(NoSuchEntry, match="from 1 to"):
        trace(ledger, 1000)
    later = ledger.append(a_correction(figure, value="42")).entries[0]
    with pytest.raises(NoSuchEntry, match="then"):
        trace(ledger, later, as_of=1)
    with pytest.raises(NoSuchEntry, match="empty"):
        trace(ledger, figure, as_of=0)


def test_the_door_of_python_says_the_same(figure: int, ledger: SqliteLedger) -> None:
    door = tallyroom.OpenLedger(ledger)

    assert door.trace(figure) == trace(ledger, figure)
    assert [one.entry for one in door.figures("substance=heroin")] == [figure + 1]
    commit = door.correct(figure, {"value": "43"}, author="desk", reason="put right")
    assert [step.commit for step in door.trace(figure).decisions] == [commit]
    door.review(figure, "reject", author="desk", reason="no figure")
    assert door.trace(figure).figure is None
    assert list(door.verify()) == []
