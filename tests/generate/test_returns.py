"""Generated returns: they add up, fit one another, pass the checks, and go on from round to round."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from tallyroom.cli import main
from tallyroom.codebook import load_campaign
from tallyroom.generate.campaigns import a_campaign
from tallyroom.generate.dice import Dice
from tallyroom.generate.filings import file_round, some_totals
from tallyroom.generate.forms import MARK
from tallyroom.generate.spreading import DoesNotFit, spread, spread_above
from tallyroom.ledger import SqliteLedger, open_ledger
from tallyroom.model import Coverage
from tallyroom.pipeline.collecting import return_totals, submit_return
from tallyroom.pipeline.filing import FiledReturn, generated_returns

CAMPAIGN = load_campaign("hundred-days-2022")
JULY, SEPTEMBER = CAMPAIGN.round("2022-07"), CAMPAIGN.round("2022-09")


@pytest.fixture
def ledger() -> Iterator[SqliteLedger]:
    with open_ledger(":memory:") as opened:
        yield opened


def file_all(ledger: SqliteLedger, returns: Iterator[FiledReturn], day: datetime.date) -> list[str]:
    """Submit returns; give the remarks on those that are not taken without one."""
    outcomes = [
        submit_return(ledger, CAMPAIGN, one.data, by=one.filing.unit.code, received=day, name=one.name)
        for one in returns
    ]
    return [f"{one.name} {remark.says}" for one in outcomes for remark in one.remarks]


@pytest.mark.parametrize("seed", range(4))
def test_random_returns_pass_the_checks_and_add_up_in_every_round(ledger: SqliteLedger, seed: int) -> None:
    first = some_totals(CAMPAIGN, JULY, Dice("totals", seed))
    then = {line: value * 3 if not CAMPAIGN.line(line).joint else value for line, value in first.items()}

    made = generated_returns(CAMPAIGN, "2022-07", first, seed=seed)
    later = generated_returns(CAMPAIGN, "2022-09", then, seed=seed, before=first)

    assert file_all(ledger, made, JULY.due) == []
    assert file_all(ledger, later, SEPTEMBER.due) == []
    for code, totals in (("2022-07", first), ("2022-09", then)):
        facts = {one.line: one.fact for one in return_totals(ledger, CAMPAIGN, code)}
        assert {line: facts[line].observation.value for line in totals} == totals
        assert facts["cases"].coverage == Coverage(36, 36)


@pytest.mark.parametrize("seed", range(6))
def test_returns_of_random_campaigns_pass_and_add_up(seed: int) -> None:
    campaign = a_campaign(CAMPAIGN, Dice("campaign", seed))
    on = campaign.round("2022-07")
    totals = some_totals(campaign, on, Dice("totals", seed))
    with open_ledger(":memory:") as ledger:
        for made in generated_returns(campaign, on.code, totals, seed=seed, kind="csv"):
            by = made.filing.unit.code
            assert submit_return(ledger, campaign, made.data, by=by, received=on.due).remarks == ()
        facts = {one.line: one.fact for one in return_totals(ledger, campaign, on.code)}

    assert {line: facts[line].observation.value for line in totals} == totals
    assert facts["cases"].coverage is not None
    assert facts["cases"].coverage.complete


def test_random_campaigns_differ_in_units_lines_cases_and_days() -> None:
    made = [a_campaign(CAMPAIGN, Dice("campaign", seed)) for seed in range(6)]

    assert len({(len(one.units), len(one.lines), len(one.joints), one.start) for one in made}) == 6
    assert a_campaign(CAMPAIGN, Dice("campaign", 1)) == made[1]


def test_the_same_seed_gives_the_same_files() -> None:
    totals = some_totals(CAMPAIGN, JULY, Dice("totals", 1))
    one, two = (list(generated_returns(CAMPAIGN, "2022-07", totals, seed=5)) for _ in range(2))

    assert [made.data for made in one] == [made.data for made in two]
    assert {made.name.rpartition(".")[2] for made in one} == {"csv", "xlsx"}


def test_some_returns_are_nil_and_joint_results_are_filed_once() -> None:
    totals = some_totals(CAMPAIGN, JULY, Dice("totals", 1))
    filings = file_round(CAMPAIGN, JULY, totals, Dice("returns", 1))
    joint = [place for filing in filings for place in filing.values if place[1]]

    assert any(filing.nil for filing in filings)
    assert len(joint) == len(set(joint)) == 17


def test_every_sheet_and_file_says_that_it_is_generated() -> None:
    import io

    import openpyxl

    totals = some_totals(CAMPAIGN, JULY, Dice("totals", 1))
    for made in generated_returns(CAMPAIGN, "2022-07", totals, seed=1):
        if made.name.endswith(".csv"):
            assert made.data.decode("utf-8-sig").startswith(MARK)
            continue
        for sheet in openpyxl.load_workbook(io.BytesIO(made.data)).worksheets:
            cells = {cell.value for row in sheet.iter_rows(max_row=12) for cell in row}
            assert MARK in cells, sheet.title
            assert sheet.oddHeader.center.text == MARK


def test_totals_that_contradict_one_another_are_refused() -> None:
    totals = {"cases": Decimal(3), "cases_delivery": Decimal(5)}

    with pytest.raises(DoesNotFit):
        file_round(CAMPAIGN, JULY, totals, Dice("returns", 1))


def test_a_total_that_falls_is_refused() -> None:
    with pytest.raises(DoesNotFit):
        file_round(CAMPAIGN, SEPTEMBER, {"cases": Decimal(3)}, Dice("returns", 1), {"cases": Decimal(5)})


def test_what_is_spread_adds_up_and_leaves_room_for_the_parts() -> None:
    weights = {"a": 5, "b": 0, "c": 11}
    parts = spread(40, weights, Dice("parts"))
    whole = spread_above(100, weights, [parts], add_up=True, exact=False, dice=Dice("whole"))

    assert sum(parts.values()) == 40
    assert parts["b"] == 0
    assert sum(whole.values()) == 100
    assert all(whole[code] >= parts[code] for code in weights)


def test_the_command_writes_sets_of_returns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "made"
    asked = ["generate", "returns", "hundred-days-2022", "2022-07", "--count", "1", "--format", "csv"]

    assert main([*asked, "--output", str(folder)]) == 0
    assert "44 returns" in capsys.readouterr().err
    assert (folder / "000001" / "totals.json").is_file()
