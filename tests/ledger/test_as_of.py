"""What was known at a moment is answered the same for ever, byte by byte."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from helpers import a_briefing, a_correction, a_review
from tallyroom.ledger import SqliteLedger, open_ledger
from tallyroom.ledger.errors import NoSuchMoment
from tallyroom.ledger.writing import append
from tallyroom.model import Draft, NewEntry, Query
from tallyroom.model.record import AsOf


@pytest.fixture
def ledger() -> Iterator[SqliteLedger]:
    with open_ledger(":memory:") as opened:
        yield opened


def known(ledger: SqliteLedger, as_of: AsOf = None) -> bytes:
    """All that the record answers."""
    answers = [
        list(ledger.commits(as_of)),
        *(
            list(ledger.entries(kind, as_of=as_of))
            for kind in ("document", "observation", "correction", "review")
        ),
        list(ledger.figures(Query(), as_of)),
        list(ledger.figures(Query({"area": ("CN-YN",), "indicator": ("cases_solved",)}), as_of)),
        [ledger.figure(2, as_of), ledger.standing_document("doc1", as_of), ledger.head(as_of)],
    ]
    return msgspec.json.encode(answers)


def a_draft(chance: random.Random, ledger: SqliteLedger) -> Draft:
    """Anything that may happen to a record."""
    documents = [entry.id for entry in ledger.entries("document")]
    observations = [entry.id for entry in ledger.entries("observation")]
    kind = chance.choice(["new", "new", "version", "copy", "correct", "review"]) if documents else "new"
    figures = [str(chance.randrange(30)) for _ in range(chance.randrange(1, 6))]
    name = f"doc{chance.randrange(6)}"
    if kind == "correct":
        return a_correction(chance.choice(observations), value=str(chance.randrange(99)), area=["CN-YN"])
    if kind == "review":
        return a_review(chance.choice(observations), chance.choice(["accept", "reject"]))
    if kind == "version":
        old = chance.choice(documents)
        if any(True for _ in ledger.entries("document", about=[old])):
            kind = "new"
        else:
            return a_briefing(*figures, id=ledger.entry(old).body["id"], about=(old,), area=("CN-YN",))
    copy_of = chance.choice(documents) if kind == "copy" else None
    return a_briefing(*figures, id=name, copy_of=copy_of, area=(chance.choice(["CN", "CN-YN"]),))


@pytest.mark.parametrize("seed", range(6))
def test_the_past_does_not_change_by_what_comes_later(
    ledger: SqliteLedger, seed: int, tmp_path: Path
) -> None:
    chance = random.Random(seed)
    told: dict[AsOf, bytes] = {0: known(ledger)}
    for _ in range(40):
        commit = ledger.append(a_draft(chance, ledger))
        told[commit.number] = known(ledger)
        told[commit.time] = told[commit.number]

    assert len(set(told.values())) == 41
    for as_of, before in told.items():
        assert known(ledger, as_of) == before
    assert list(ledger.verify()) == []
    ledger.export(tmp_path / "export")
    with open_ledger(":memory:") as other:
        other.take_in(tmp_path / "export")
        for as_of, before in told.items():
            assert known(other, as_of) == before


def test_a_moment_that_is_not_over_is_not_answered(ledger: SqliteLedger) -> None:
    ledger.append(a_briefing("2,589"))
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=60)

    for as_of in (later, 2, -1):
        with pytest.raises(NoSuchMoment):
            list(ledger.figures(Query(), as_of))


def test_a_clock_that_is_set_back_puts_a_commit_right_after_its_parent(ledger: SqliteLedger) -> None:
    first = ledger.append(a_briefing("2,589"))
    earlier = first.time - datetime.timedelta(days=1)
    draft = Draft("desk", "later", (NewEntry("document", {"id": "b"}),))
    second = append(ledger._connection, draft, first, earlier, "")

    assert second.time == first.time + datetime.timedelta(microseconds=1)
    assert list(ledger.verify()) == []


def test_a_moment_without_a_zone_is_utc(ledger: SqliteLedger) -> None:
    commit = ledger.append(a_briefing("2,589"))

    assert ledger.head(commit.time.replace(tzinfo=None)) == commit
    eastern = commit.time.astimezone(datetime.timezone(datetime.timedelta(hours=8)))
    assert ledger.head(eastern) == commit
    assert ledger.head(commit.time - datetime.timedelta(microseconds=1)) is None
