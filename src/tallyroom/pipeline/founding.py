"""The founding briefing from returns: generated, filed, accepted, one of them corrected. All is a demonstration."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from tallyroom.codebook import load_campaign, load_codebook
from tallyroom.errors import TallyroomError
from tallyroom.model import Ledger
from tallyroom.model.campaign import Campaign
from tallyroom.pipeline.collecting import Submission, accept_return, submit_return
from tallyroom.pipeline.filing import FiledReturn, filed, generated_returns

JULY, SEPTEMBER = "2022-07", "2022-09"
"""The rounds of the founding campaign."""


class ReturnNotTaken(TallyroomError):
    """A generated return did not pass the checks: totals and campaign do not agree."""

    code = "GN110"


class RoundFiled(msgspec.Struct, frozen=True):
    """What was filed in a round: how many returns, how many of them nil, how many figures."""

    returns: int
    nil: int
    figures: int


def founding_campaign() -> Campaign:
    """Return the campaign of the founding briefing."""
    return load_campaign(_told()["campaign"])


def founding_totals(round: str) -> dict[str, Decimal]:
    """Return what the returns of a round add up to, by line."""
    return {line: Decimal(value) for line, value in _told()["rounds"][round]["totals"].items()}


def file_founding(ledger: Ledger, round: str, folder: Path) -> RoundFiled:
    """Write the returns of a round into a folder, submit all of them, and accept them.

    Raises:
        ReturnNotTaken: One of them did not pass.
    """
    campaign, received = founding_campaign(), _told()["rounds"][round]["received"]
    folder.mkdir(parents=True, exist_ok=True)
    outcomes = []
    for made in _returns(campaign, round):
        path = folder / made.name
        path.write_bytes(made.data)
        outcomes.append(_submit(ledger, campaign, path, received))
        accept_return(ledger, campaign, outcomes[-1].form, round, outcomes[-1].unit, by=campaign.agency)
    figures = sum(outcome.figures for outcome in outcomes)
    return RoundFiled(len(outcomes), sum(outcome.nil for outcome in outcomes), figures)


def correct_founding(ledger: Ledger, folder: Path) -> tuple[Submission, dict[str, Decimal]]:
    """Let one province correct its return of September; return what came of it, and what was added by line.

    Raises:
        ReturnNotTaken: The correction did not pass.
    """
    campaign, told = founding_campaign(), _told()["correction"]
    adds = {line: Decimal(value) for line, value in told["adds"].items()}
    first = next(
        made.filing
        for made in _returns(campaign, told["round"])
        if made.filing.unit.code == told["unit"] and set(adds) <= set(made.filing.form.lines)
    )
    values = {place: value + adds.get(place[0], 0) for place, value in first.values.items()}
    made = filed(campaign, msgspec.structs.replace(first, values=values), "xlsx", load_codebook())
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / made.name
    path.write_bytes(made.data)
    outcome = _submit(ledger, campaign, path, told["received"], told["reason"]["en"])
    accept_return(ledger, campaign, outcome.form, told["round"], outcome.unit, by=campaign.agency)
    return outcome, adds


def _returns(campaign: Campaign, round: str) -> Iterator[FiledReturn]:
    before = founding_totals(JULY) if round == SEPTEMBER else None
    seed = int(_told()["seed"])
    return generated_returns(campaign, round, founding_totals(round), seed=seed, before=before)


def _submit(
    ledger: Ledger, campaign: Campaign, path: Path, received: datetime.date, reason: str = ""
) -> Submission:
    explanation = reason and f"{reason} (late)"
    outcome = submit_return(
        ledger, campaign, path, received=received, reason=reason, explanation=explanation, name=path.name
    )
    if not outcome.stored:
        found = "; ".join(remark.says for remark in outcome.remarks) or "it is in the record already"
        raise ReturnNotTaken(
            "a generated return was not taken", where=str(path), found=found,
            next_step="file it into a new record, or correct the totals",
        )  # fmt: skip
    return outcome


def _told() -> Any:
    from tallyroom.generate.templates import read_data

    return read_data("founding")
