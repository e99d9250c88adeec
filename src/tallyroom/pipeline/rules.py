"""Rules of the audit that somebody switched off: entries of the record, so that it is known who did, when, and why."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

import msgspec

from tallyroom.ledger import SqliteLedger
from tallyroom.model import Commit, Draft, Finding, NewEntry
from tallyroom.model.audit import RuleOff
from tallyroom.model.record import AsOf
from tallyroom.model.rules import RULES
from tallyroom.pipeline.audit_errors import RuleUnknown


def switch(ledger: SqliteLedger, code: str, on: bool, author: str, reason: str) -> Commit | None:
    """Put on record that a rule is switched off, or on again; None where it stands so already.

    Raises:
        RuleUnknown: There is no such rule, or no reason is given.
    """
    known = rule_of(code)
    if not reason.strip():
        raise RuleUnknown(
            f"{known} is switched {'on' if on else 'off'} without a reason", found=code,
            expected=f"{known}=REASON", next_step="say why; it is kept, and told with every audit",
        )  # fmt: skip
    with ledger.writing():
        if on != any(rule.code == known for rule in switched_off(ledger)):
            return None
        body = {"rule": known, "state": "on" if on else "off"}
        return ledger.append(Draft(author, reason.strip(), (NewEntry("rule", body),)))


def switched_off(ledger: SqliteLedger, as_of: AsOf = None) -> tuple[RuleOff, ...]:
    """Return the rules that are switched off, by code: who did it, when and why."""
    last = {str(entry.body["rule"]): entry for entry in ledger.entries("rule", as_of=as_of)}
    found = []
    for code, entry in sorted(last.items()):
        if entry.body["state"] == "off":
            commit = ledger.head(entry.commit)
            assert commit is not None, "an entry is of a commit"
            found.append(RuleOff(code, entry.id, commit.author, commit.time, commit.reason))
    return tuple(found)


def without(
    findings: Iterable[Finding], off: Iterable[RuleOff]
) -> tuple[tuple[Finding, ...], tuple[RuleOff, ...]]:
    """Return the findings of the rules that are on, and those that are off with how many findings each hides."""
    hidden: dict[str, int] = {rule.code: 0 for rule in off}
    kept = []
    for finding in findings:
        if finding.code in hidden:
            hidden[finding.code] += 1
        else:
            kept.append(finding)
    return tuple(kept), tuple(msgspec.structs.replace(rule, hidden=hidden[rule.code]) for rule in off)


def rule_of(code: str) -> str:
    """Return the code of a rule as it is written.

    Raises:
        RuleUnknown: There is none; the message names the nearest.
    """
    known: Mapping[str, str] = {name.casefold(): name for name in RULES}
    if code.strip().casefold() in known:
        return known[code.strip().casefold()]
    near = difflib.get_close_matches(code.upper(), list(RULES), 3, 0.5)
    raise RuleUnknown(
        f"there is no rule {code!r}", expected=", ".join(RULES), found=code,
        next_step=f"did you mean {' or '.join(near)}?" if near else "docs/findings lists all rules",
    )  # fmt: skip
