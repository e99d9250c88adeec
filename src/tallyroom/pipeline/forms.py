"""Campaign -> empty forms, to be filled in by its units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tallyroom.model.campaign import Campaign

if TYPE_CHECKING:
    from tallyroom.codebook import Codebook


def return_template(
    campaign: Campaign,
    form: str,
    unit: str,
    round: str,
    *,
    kind: str = "xlsx",
    codebook: Codebook | None = None,
) -> tuple[str, bytes]:
    """Return the empty form of a unit for a round: a name for its file, and its bytes.

    Args:
        kind: `xlsx` or `csv`.

    Raises:
        ReturnRefused: RT114, RT117 or RT131 for a unit, a round or a form that is none of the campaign; RT116
            where the unit does not file the form.
    """
    from tallyroom.codebook import load_codebook
    from tallyroom.returns.lookup import required_form, required_round, required_unit
    from tallyroom.returns.template import make_template, write_csv

    place = required_form(campaign, form), required_unit(campaign, unit), required_round(campaign, round)
    template = make_template(campaign, *place, codebook or load_codebook())
    if kind == "csv":
        return f"{template.name}.csv", write_csv(template)
    from tallyroom.returns.template_xlsx import write_xlsx

    return f"{template.name}.xlsx", write_xlsx(template)


def return_templates(
    campaign: Campaign,
    round: str,
    *,
    forms: Sequence[str] = (),
    units: Sequence[str] = (),
    kind: str = "xlsx",
    codebooks: Sequence[str | Path] = (),
) -> Iterator[tuple[str, bytes]]:
    """Give the empty forms of a round, for each unit that files them.

    Args:
        forms: Codes of forms; none means all.
        units: Codes or names of units; none means all.

    Raises:
        ReturnRefused: As for `return_template`; nothing was given out then.
    """
    from tallyroom.codebook import load_codebook
    from tallyroom.returns.lookup import required_form, required_round, required_unit
    from tallyroom.returns.remarks import refuse

    on, codebook = required_round(campaign, round), load_codebook(codebooks)
    chosen = [required_form(campaign, form) for form in forms] or list(campaign.forms)
    named = {required_unit(campaign, unit).code for unit in units}
    asked = [
        (form, unit)
        for form in chosen
        for unit in campaign.expected(form, on)
        if not named or unit.code in named
    ]
    if not asked:
        raise refuse("RT116", "none of these units files one of these forms.", found=", ".join(sorted(named)),
            expected="tallyroom campaign show tells who files what")  # fmt: skip
    for form, unit in asked:
        yield return_template(campaign, form.code, unit.code, on.code, kind=kind, codebook=codebook)
