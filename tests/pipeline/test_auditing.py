"""Audits of a record: read, recorded, found; and the same whether done at once or step by step."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from decimal import Decimal

import pytest

import tallyroom
from helpers import an_observation
from tallyroom.codebook import load_codebook
from tallyroom.model import Draft, NewEntry
from tallyroom.model.audit import Audit
from tallyroom.pipeline.audit_errors import CellNotOne, NothingMatches
from tallyroom.pipeline.queries import QueryUnfit

BOOK = load_codebook()
HUNAN = "In {year} police in Hunan solved {count} drug cases."


@pytest.fixture
def record() -> Iterator[tallyroom.OpenLedger]:
    with tallyroom.open_ledger(":memory:") as ledger:
        yield ledger


def read(record: tallyroom.OpenLedger, name: str, text: str, replace: bool = False) -> int:
    """Read a text into the record; return the entry of its first figure."""
    reading = tallyroom.read(text=text, name=name, published="2025-01-20", codebook=BOOK, keep=True)
    return record.record(reading, BOOK, replace=replace).document + 1


def keep(record: tallyroom.OpenLedger, name: str, count: int, year: int = 2024, area: str = "CN-HN") -> int:
    """Record a figure as if it had been read; return its entry."""
    row = an_observation(
        str(count), value=Decimal(count), low=Decimal(count), high=Decimal(count), area=(area,), source=name,
        period=f"{year}-01-01/{year}-12-31", operation=None, operation_id=None,
    )  # fmt: skip
    known = record.ledger.standing_document(name)
    document = NewEntry("document", {"id": name}, (known,) if known else ())
    commit = record.ledger.append(Draft("desk", name, (document, NewEntry("observation", row.row(), (-1,)))))
    return commit.entries[0] + 1


def found(audit: Audit) -> list[tuple[str, tuple[int, ...]]]:
    return [(one.code, tuple(figure.entry for figure in one.figures)) for one in audit.findings]


def test_a_slip_is_found_quoted_and_recognised(record: tallyroom.OpenLedger) -> None:
    first = read(record, "a", HUNAN.format(year=2024, count="8,657"))
    second = read(record, "b", HUNAN.format(year=2024, count="8,567"))

    audit = record.check()

    assert found(audit) == [("F101", (first, second))]
    finding = audit.findings[0]
    assert [str(mend.value) for mend in finding.mends if mend.slip and "exchanged" in mend.slip["en"]] in (
        ["8567", "8657"],
        ["8657", "8567"],
    )
    assert {(step.of, step.sign, step.end) for step in finding.steps} == {(0, "≥", "8657"), (1, "≤", "8567")}
    assert finding.falls == "0 ≥ 90"
    quote = audit.said[second].quote
    assert quote
    assert (quote.before, quote.text) == ("In 2024 police in Hunan solved ", "8,567")
    assert audit.said[second].document["published"] == "2025-01-20"
    assert audit.commit == 2
    assert audit.figures == 2


def test_figures_that_agree_give_no_finding(record: tallyroom.OpenLedger) -> None:
    read(record, "a", "In 2024 police in Hunan seized 1.31 tonnes of drugs.")
    read(record, "b", "In 2024 police in Hunan seized 1,313.2 kg of drugs.")

    assert record.check().findings == ()


def test_an_audit_tells_what_concerns_the_figures_that_are_asked_for(record: tallyroom.OpenLedger) -> None:
    for year in (2023, 2024):
        for name, count in (("a", 8657), ("b", 8567)):
            keep(record, f"{name}{year}", count, year)

    assert len(record.check().findings) == 2
    assert found(record.check("period=2024")) == found(record.check(touched_by="b2024"))
    assert found(record.check("period=2024")) == found(record.check(since=2))
    assert found(record.check("period=2023", touched_by="b2023")) == found(record.check(as_of=2))
    assert record.check(as_of=1).findings == ()


def test_a_document_is_touched_by_a_finding_about_another_that_says_the_same(
    record: tallyroom.OpenLedger,
) -> None:
    for name, count in (("a", 8657), ("b", 8567), ("c", 8567)):
        keep(record, name, count)

    assert found(record.check(touched_by="b")) == found(record.check(touched_by="c")) == found(record.check())


def test_a_question_that_matches_nothing_is_told(record: tallyroom.OpenLedger) -> None:
    keep(record, "a", 8657)

    with pytest.raises(NothingMatches, match="AL101"):
        record.check("area=CN-YN")
    with pytest.raises(NothingMatches):
        record.check(touched_by="c")
    with pytest.raises(QueryUnfit, match="did you mean"):
        record.check("indicator=cases_slved")


def test_a_rejected_or_corrected_figure_contradicts_no_longer(record: tallyroom.OpenLedger) -> None:
    keep(record, "a", 8657)
    second = keep(record, "b", 8567)
    assert len(record.check().findings) == 1

    record.correct(second, {"value": "8657"}, author="desk", reason="digits exchanged", codebook=BOOK)
    assert record.check().findings == ()
    record.correct(second, {"value": "8675"}, author="desk", reason="no, so", codebook=BOOK)
    assert len(record.check().findings) == 1
    record.review(second, "reject", author="desk", reason="misread", codebook=BOOK)
    assert record.check().findings == ()
    assert len(record.check(as_of=2).findings) == 1


def test_a_new_version_takes_the_place_of_the_old_one(record: tallyroom.OpenLedger) -> None:
    keep(record, "a", 8657)
    keep(record, "b", 8567)
    assert len(record.check().findings) == 1

    keep(record, "b", 8657)

    assert record.check().findings == ()


@pytest.mark.parametrize("seed", range(8))
def test_going_on_finds_what_beginning_anew_finds(record: tallyroom.OpenLedger, seed: int) -> None:
    draw = random.Random(seed)
    entries: dict[str, int] = {}
    for step in range(10):
        if entries and draw.random() < 0.3:
            record.correct(
                draw.choice(list(entries.values())),
                {"value": str(draw.randrange(5, 60))},
                author="desk",
                reason=f"{step}",
            )
        else:
            area = draw.choice(("CN", "CN-HN", "CN-YN"))
            name = f"d{draw.randrange(6)}"
            entries[name] = keep(record, name, draw.randrange(5, 60), area=area)
        fresh = tallyroom.OpenLedger(record.ledger)
        for document in (name, None):
            at_hand = record.check(touched_by=document, codebook=BOOK)
            with_nothing_at_hand = fresh.check(touched_by=document, codebook=BOOK)
            assert found(at_hand) == found(with_nothing_at_hand), (step, document)
            assert at_hand.figures == with_nothing_at_hand.figures
            if draw.random() < 0.5:
                break


def test_a_rule_that_is_off_hides_its_findings_and_is_told(record: tallyroom.OpenLedger) -> None:
    keep(record, "a", 8657)
    keep(record, "b", 8567)
    record.switch_rule("F101", False, author="desk 2", reason="a test")

    audit = record.check()

    assert audit.findings == ()
    assert [(rule.code, rule.author, rule.hidden) for rule in audit.off] == [("F101", "desk 2", 1)]
    assert audit.off[0].time < datetime.datetime.now(datetime.UTC)
    assert len(record.check(as_of=2).findings) == 1


def test_bounds_of_what_nobody_published(record: tallyroom.OpenLedger) -> None:
    text = "In 2024 police in Yunnan seized 1.31 tonnes of drugs. In 2024 police in Guangxi seized 1,080 kg of drugs."
    read(record, "a", text)

    answer = record.bounds("indicator=quantity_seized area=CN period=2024 substance=drugs")

    low = answer.bounds.reach.low
    assert low is not None
    assert low == 1305 + 1075
    assert answer.bounds.reach.high is None
    assert [figure.observation.text for figure in answer.bounds.low_by] == ["1.31 tonnes", "1,080 kg"]
    assert answer.taken["unit"] == "kg"


def test_what_the_record_knows_nothing_of_has_no_bounds_but_nothing(record: tallyroom.OpenLedger) -> None:
    answer = record.bounds("indicator=users_registered area=CN period=2024-12-31/2024-12-31 unit=person")

    assert (answer.bounds.reach.low, answer.bounds.reach.high) == (0, None)
    assert answer.bounds.low_by == answer.bounds.published == ()
    with pytest.raises(CellNotOne, match="unit is open"):
        record.bounds("indicator=quantity_seized area=CN period=2024")


def test_growth_between_two_days(record: tallyroom.OpenLedger) -> None:
    text = "From January 1 to {day}, 2024 police in Yunnan seized {mass} tonnes of drugs."
    read(record, "a", text.format(day="July 31", mass="1.31"))
    read(record, "b", text.format(day="September 14", mass="5.19"))

    answer = record.bounds(
        "indicator=quantity_seized area=CN-YN period=2024-01-01/2024-09-14 substance=drugs",
        ["period=2024-01-01/2024-07-31"],
    )

    assert (answer.bounds.reach.low, answer.bounds.reach.high) == (3870, 3890)
    assert answer.without[0]["period"] == "2024-01-01/2024-07-31"


def test_a_question_that_leaves_something_open_is_told_what(record: tallyroom.OpenLedger) -> None:
    read(record, "a", "In 2024 police in Hunan seized 12 kg of heroin and 30 kg of opium.")

    with pytest.raises(CellNotOne, match="indicator is open"):
        record.bounds("area=CN-HN period=2024")
    with pytest.raises(CellNotOne) as told:
        record.bounds("indicator=quantity_seized area=CN-HN period=2024")
    assert told.value.says == "substance is open: the question names several cells"
    assert told.value.expected == "heroin, opium"
    assert told.value.next_step == "add substance=heroin"
    with pytest.raises(CellNotOne, match="did you mean substance"):
        record.bounds("indicator=quantity_seized subtance=heroin")
    with pytest.raises(CellNotOne, match="indicator=heroin"):
        record.bounds("heroin")
