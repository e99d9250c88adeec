"""A campaign and totals -> the returns of its units, as files."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from tallyroom.model.campaign import Campaign
from tallyroom.model.observation import plain

if TYPE_CHECKING:
    from tallyroom.codebook import Codebook
    from tallyroom.generate.filings import Filing

Kind = Literal["csv", "xlsx", "both"]
_EVERY = 6
"""Of so many returns one is a workbook, where both kinds are asked for."""


class FiledReturn(msgspec.Struct, frozen=True):
    """A generated return as a file."""

    filing: Filing
    name: str
    data: bytes


def generated_returns(
    campaign: Campaign,
    round: str,
    totals: Mapping[str, Decimal],
    *,
    seed: int,
    before: Mapping[str, Decimal] | None = None,
    kind: Kind = "both",
    codebook: Codebook | None = None,
) -> Iterator[FiledReturn]:
    """Give the returns of a round: they add up to the totals and pass all checks.

    Args:
        round: Code of a round of the campaign.
        totals: Value by line, in the line's unit; a line that is not named has 0.
        seed: The same seed gives the same returns on every machine. Take the same for all rounds of a campaign.
        before: Totals of the round before, which the units have filed already.

    Raises:
        DoesNotFit: The totals contradict one another, or are less than before.
    """
    from tallyroom.codebook import load_codebook
    from tallyroom.generate.dice import Dice
    from tallyroom.generate.filings import file_round

    knowledge = codebook or load_codebook()
    filings = file_round(campaign, campaign.round(round), totals, Dice("returns", seed), before)
    for at, filing in enumerate(filings):
        chosen = ("xlsx" if at % _EVERY == 0 else "csv") if kind == "both" else kind
        yield filed(campaign, filing, chosen, knowledge)


def filed(campaign: Campaign, filing: Filing, kind: str, codebook: Codebook) -> FiledReturn:
    """Return one filing as a file: the form of the campaign, filled in."""
    from tallyroom.generate.forms import fill_csv, fill_xlsx
    from tallyroom.pipeline.forms import return_template

    place = filing.form.code, filing.unit.code, filing.round.code
    name, form = return_template(campaign, *place, kind=kind, codebook=codebook)
    return FiledReturn(filing, name, fill_xlsx(form, filing) if kind == "xlsx" else fill_csv(form, filing))


def write_returns(output: Path, campaign: Campaign, round: str, *, seeds: range, kind: Kind = "both") -> int:
    """Write sets of returns with totals at random, each in a folder named by its seed; return how many returns.

    Each folder also has `totals.json`: value by line, which the returns add up to.

    Raises:
        CannotGenerate: The folder is not empty, or it cannot be written.
        ReturnRefused: RT117: there is no such round.
    """
    from tallyroom.codebook import load_codebook
    from tallyroom.generate.dice import Dice
    from tallyroom.generate.filings import some_totals
    from tallyroom.pipeline.generating import cannot_write, empty_folder
    from tallyroom.returns.lookup import required_round

    on, knowledge, written = required_round(campaign, round), load_codebook(), 0
    empty_folder(output)
    for seed in seeds:
        totals = some_totals(campaign, on, Dice("totals", seed))
        made = generated_returns(campaign, on.code, totals, seed=seed, kind=kind, codebook=knowledge)
        try:
            written += _write_set(output / f"{seed:06d}", totals, made)
        except OSError as error:
            raise cannot_write(output, str(error)) from None
    return written


def _write_set(folder: Path, totals: Mapping[str, Decimal], made: Iterator[FiledReturn]) -> int:
    folder.mkdir()
    written = 0
    for one in made:
        (folder / one.name).write_bytes(one.data)
        written += 1
    told = {line: plain(value) for line, value in sorted(totals.items())}
    (folder / "totals.json").write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    return written
