"""Returns -> checks -> record; record -> status and totals."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from tallyroom import __version__
from tallyroom.model import Draft, Figure, Ledger, NewEntry
from tallyroom.model.campaign import Campaign, Round
from tallyroom.model.record import AsOf
from tallyroom.model.returns import Remark, Status, Total, WaveTotal

if TYPE_CHECKING:
    from tallyroom.pipeline.adjusting import Adjustments
    from tallyroom.returns.filed import Filed, Key
    from tallyroom.returns.grid import Grid
    from tallyroom.returns.observing import Observed, TableText
    from tallyroom.returns.reported import Received, Return


class Submission(msgspec.Struct, frozen=True):
    """What became of a return that was submitted: stored, unchanged, or neither, and why.

    `entry` is the return in the record, None where nothing of it is there.
    """

    name: str
    remarks: tuple[Remark, ...]
    entry: int | None = None
    stored: bool = False
    unit: str = ""
    form: str = ""
    round: str = ""
    figures: int = 0
    nil: bool = False
    corrects: int | None = None
    """The entry of the version that it takes the place of."""

    @property
    def taken(self) -> bool:
        """Whether the return is fit to be in the record, or is there already."""
        return not any(remark.stops for remark in self.remarks)


def submit_return(
    ledger: Ledger | None,
    campaign: Campaign,
    source: str | Path | bytes,
    *,
    by: str | None = None,
    received: datetime.date | None = None,
    explanation: str = "",
    form: str | None = None,
    round: str | None = None,
    name: str = "",
    reason: str = "",
    dry_run: bool = False,
) -> Submission:
    """Check a return, and keep it with its observations where nothing stops it.

    Args:
        ledger: The record. None checks the return by itself, and keeps nothing.
        source: A file (CSV, XLSX, Parquet) or its bytes.
        by: The reporting unit in whose name it is brought; None takes the return's word.
        received: The day on which it came; today by default.
        explanation: Answers soft remarks on rows that have no explanation of their own.
        form: The form, where the return does not say it; `round` likewise.
        name: What messages call it; the file's name by default.
        reason: Why a return that is already there is filed anew; needed where its figures differ and it was
            not sent back.
        dry_run: Check everything and keep nothing.

    Returns:
        The remarks by row, and the entry of the return. A return that says the same as the one that is
        there adds nothing.
    """
    from tallyroom.returns.remarks import ReturnRefused
    from tallyroom.returns.reported import Received

    brought = Received(by, received or datetime.date.today(), explanation, form, round)
    called = name or ("return" if isinstance(source, bytes) else str(source))
    try:
        with ledger.writing() if ledger and not dry_run else nullcontext():
            return _submit(ledger, campaign, bytes_of(source), brought, called, reason, dry_run)
    except ReturnRefused as error:
        return Submission(called, (error.remark,))


def _submit(
    ledger: Ledger | None,
    campaign: Campaign,
    data: bytes,
    received: Received,
    name: str,
    reason: str,
    dry_run: bool,
) -> Submission:
    from tallyroom.returns.checks import Known, check
    from tallyroom.returns.filed import filed_returns, known_beside
    from tallyroom.returns.understanding import understand

    filed, remarks = understand(data, campaign, received)
    if filed is None:
        return Submission(name, tuple(remarks))
    known = Known() if ledger is None else known_beside(ledger, campaign, filed)
    remarks += check(filed, campaign, known, received)
    before = None
    if ledger is not None:
        before = filed_returns(ledger, campaign).get((filed.form.code, filed.round.code, filed.unit.code))
    if before and before.body["digest"] == digest_of(filed) and before.counts:
        return _outcome(name, filed, [], before.entry)
    remarks += _corrections(before, reason)
    outcome = _outcome(name, filed, sorted(remarks, key=lambda remark: remark.row))
    if ledger is None or dry_run or not outcome.taken:
        return outcome
    return _keep(ledger, campaign, filed, data, received, reason, outcome, before)


def _outcome(name: str, filed: Return, remarks: Iterable[Remark], entry: int | None = None) -> Submission:
    return Submission(
        name, tuple(remarks), entry, unit=filed.unit.code, form=filed.form.code, round=filed.round.code,
        figures=len(filed.cells), nil=filed.nil,
    )  # fmt: skip


def _corrections(before: Filed | None, reason: str) -> list[Remark]:
    """A return that is there and counts is corrected openly, with a reason, or not at all."""
    if before is None or not before.counts or reason.strip():
        return []
    says = "this unit has already filed this form for this round, with other figures."
    found = f"entry {before.entry}, {before.state} ({before.received})"
    return [Remark("RT123", "hard", says, found=found, expected="a reason for the correction",
        next_step="give --correct REASON")]  # fmt: skip


def digest_of(filed: Return) -> str:
    """Return a hash of all that a return says, whatever file says it."""
    said = [
        filed.nil,
        *sorted((*cell.key, str(cell.value.normalize()), cell.explanation) for cell in filed.cells),
    ]
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()


def _keep(
    ledger: Ledger,
    campaign: Campaign,
    filed: Return,
    data: bytes,
    received: Received,
    reason: str,
    outcome: Submission,
    before: Filed | None,
) -> Submission:
    from tallyroom.returns.observing import observe, table_text

    text = table_text(filed.grid)
    observed = observe(filed, campaign, text)
    body = _return_body(campaign, filed, received, outcome)
    if before is not None and before.counts:
        body |= {"corrects": before.entry, "reason": reason, "moved": _moved(ledger, campaign, filed, before)}
    document = _document_body(campaign, filed, data, text, received)
    earlier = (before.document, before.entry) if before else ()
    entries = [
        NewEntry("document", document, earlier[:1]),
        NewEntry("return", body, (-1, *earlier[1:])),
        *(observation_entry(one, -1) for one in observed),
    ]
    why = reason or f"return {filed.form.code} of {filed.unit.code} for {filed.round.code}"
    commit = ledger.append(Draft(filed.unit.code, why, tuple(entries), (data, text.text.encode())))
    return msgspec.structs.replace(
        outcome, entry=commit.entries[0] + 1, stored=True, corrects=before.entry if before else None
    )


def observation_entry(observed: Observed, document: int) -> NewEntry:
    """Return the entry of an observation of a table; `document` is what states it."""
    return NewEntry("observation", {**observed.observation.row(), **observed.more}, (document,))


def _moved(ledger: Ledger, campaign: Campaign, filed: Return, before: Filed) -> list[str]:
    """The lines whose figures differ from those of the version before, or did so when that one corrected another."""
    from tallyroom.returns.filed import figures_of, own_figures

    was, now = own_figures(figures_of(ledger, campaign, [before])), filed.figures()
    moved = {key[0] for key in {**was, **now} if was.get(key, 0) != now.get(key, 0)}
    return sorted(moved.union(before.body.get("moved", ())))


def _return_body(
    campaign: Campaign, filed: Return, received: Received, outcome: Submission
) -> dict[str, Any]:
    assert received.on is not None  # settled when it came in
    return {
        "campaign": campaign.code,
        "campaign_digest": campaign.digest,
        "form": filed.form.code,
        "round": filed.round.code,
        "reporting_unit": filed.unit.code,
        "received": received.on.isoformat(),
        "nil": filed.nil,
        "figures": len(filed.cells),
        "digest": digest_of(filed),
        "checks": [msgspec.to_builtins(remark) for remark in outcome.remarks],
        "checks_off": {code: dict(why) for code, why in campaign.checks_off.items()},
    }


def _document_body(
    campaign: Campaign, filed: Return, data: bytes, text: TableText, received: Received
) -> dict[str, Any]:
    label = f"{filed.form.label.get('zh', '')} {filed.form.label['en']}"
    title = f"{label.strip()}, {filed.unit.label['en']}, {filed.round.code}"
    body = table_document(filed.document, filed.grid, data, text)
    return {**body, "title": title, "publisher": filed.unit.code, "published": str(received.on)}


def table_document(id: str, grid: Grid, data: bytes, text: TableText) -> dict[str, Any]:
    """Return the body of the document that a table becomes: the keys of one that was read, and no more."""
    return {
        "id": id,
        "sha256": hashlib.sha256(data).hexdigest(),
        "text": hashlib.sha256(text.text.encode()).hexdigest(),
        "media_type": grid.media_type,
        "encoding": grid.encoding or "utf-8",
        "encoding_from": "detected" if grid.encoding else "given",
        "lang": "und",
        "title": None,
        "publisher": None,
        "place": None,
        "published": None,
        "published_from": "option",
        "url": None,
        "sketch": "",
        "program": f"tallyroom {__version__}",
    }


def accept_return(
    ledger: Ledger, campaign: Campaign, form: str, round: str, unit: str, *, by: str, reason: str = ""
) -> int:
    """Accept a return that was submitted; return the entry of the decision.

    Raises:
        ReturnRefused: RT132 where there is no such return, RT133 where it was decided already, RT124 where
            a unit would accept its own.
    """
    return _decide(ledger, campaign, (form, round, unit), by, {"decision": "accepted", "reason": reason})


def send_back_return(
    ledger: Ledger,
    campaign: Campaign,
    form: str,
    round: str,
    unit: str,
    *,
    by: str,
    queries: Sequence[dict[str, str]],
) -> int:
    """Send a return back to its unit for correction; return the entry of the decision.

    Args:
        queries: What is asked, each with `says` and, where it is about one cell, `cell`, and `code` for the
            kind of check that raised it.

    Raises:
        ReturnRefused: As for `accept_return`; RT134 where nothing is asked.
    """
    from tallyroom.returns.remarks import refuse

    asked = [dict(query) for query in queries if query.get("says", "").strip()]
    if not asked:
        raise refuse("RT134", "a return is sent back with a query that tells what to correct.",
            next_step="give --query TEXT, or --query CELL=TEXT")  # fmt: skip
    return _decide(ledger, campaign, (form, round, unit), by, {"decision": "sent back", "queries": asked})


def _decide(
    ledger: Ledger, campaign: Campaign, key: tuple[str, str, str], by: str, body: dict[str, Any]
) -> int:
    with ledger.writing():
        return _decide_about(ledger, campaign, _place(campaign, *key), by, body)


def _place(campaign: Campaign, form: str, round: str, unit: str) -> tuple[str, str, str]:
    from tallyroom.returns.lookup import required_form, required_round, required_unit

    named = required_form(campaign, form), required_round(campaign, round), required_unit(campaign, unit)
    return named[0].code, named[1].code, named[2].code


def _decide_about(
    ledger: Ledger, campaign: Campaign, key: tuple[str, str, str], by: str, body: dict[str, Any]
) -> int:
    from tallyroom.returns.filed import filed_returns
    from tallyroom.returns.remarks import refuse

    form, round, unit = key
    filed = filed_returns(ledger, campaign).get(key)
    if filed is None:
        raise refuse("RT132", "there is no such return in the record.", found=f"{form} of {unit} for {round}",
            next_step="tallyroom returns status shows what is there")  # fmt: skip
    if filed.state == body["decision"] or (filed.state == "sent back" and body["decision"] == "accepted"):
        raise refuse("RT133", f"this version of the return was {filed.state} already.", found=f"entry {filed.entry}",
            next_step="wait for the unit's next version" if filed.state == "sent back" else "")  # fmt: skip
    if by == unit:
        raise refuse("RT124", "a unit does not decide about its own return.", found=by,
            expected="the unit that it reports to")  # fmt: skip
    entry = NewEntry("decision", {**body, "by": by}, (filed.entry,))
    return ledger.append(Draft(by, f"{body['decision']}: {form} of {unit} for {round}", (entry,))).entries[0]


def return_status(
    ledger: Ledger, campaign: Campaign, round: str, *, on: datetime.date | None = None, as_of: AsOf = None
) -> Status:
    """Return completeness and timeliness of a round, by unit and form.

    Args:
        on: The day by which an absent return is overdue or not; today by default.
    """
    from tallyroom.returns.filed import filed_returns
    from tallyroom.returns.lookup import required_round
    from tallyroom.returns.status import status

    returns = filed_returns(ledger, campaign, as_of)
    return status(campaign, required_round(campaign, round), returns, on or datetime.date.today())


def return_totals(ledger: Ledger, campaign: Campaign, round: str, *, as_of: AsOf = None) -> tuple[Total, ...]:
    """Return the total of each line of a campaign in a round, with its parts and its coverage."""
    from tallyroom.returns.totals import totals

    return totals(campaign, *_counting(ledger, campaign, round, as_of))


def return_wave_totals(
    ledger: Ledger, campaign: Campaign, round: str, *, as_of: AsOf = None
) -> tuple[WaveTotal, ...]:
    """Return what the targeted cases of each wave add up to in a round, with parts and coverage."""
    from tallyroom.returns.totals import wave_totals

    return wave_totals(campaign, *_counting(ledger, campaign, round, as_of))


def _counting(
    ledger: Ledger, campaign: Campaign, round: str, as_of: AsOf
) -> tuple[Round, list[Figure], dict[Key, Filed], Adjustments]:
    """A round, the figures of its returns that count, all returns of the campaign, and what adjusts the figures."""
    from tallyroom.pipeline.adjusting import adjustments_of
    from tallyroom.returns.filed import figures_of, filed_returns
    from tallyroom.returns.lookup import required_round

    on = required_round(campaign, round)
    returns = filed_returns(ledger, campaign, as_of)
    counting = [filed for (_, code, _), filed in returns.items() if code == on.code and filed.counts]
    figures = list(figures_of(ledger, campaign, counting, as_of))
    return on, figures, returns, adjustments_of(ledger, (figure.entry for figure in figures), as_of)


def bytes_of(source: str | Path | bytes) -> bytes:
    """Return the bytes of a file, or those that were given; RT135 where it cannot be read."""
    from tallyroom.returns.remarks import refuse

    if isinstance(source, bytes):
        return source
    try:
        return Path(source).read_bytes()
    except OSError as error:
        raise refuse("RT135", "the file cannot be read.", found=error.strerror or str(error)) from None
