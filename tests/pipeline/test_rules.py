"""Rules of the audit that are switched off: the record knows who did it, when and why."""

from __future__ import annotations

import pytest

from audits import NOTE, SAME
from tallyroom.ledger import SqliteLedger
from tallyroom.pipeline.audit_errors import RuleUnknown
from tallyroom.pipeline.rules import rule_of, switch, switched_off, without


def test_a_rule_is_off_from_the_entry_that_says_so_until_the_one_that_takes_it_back(
    ledger: SqliteLedger,
) -> None:
    off = switch(ledger, "f302", False, "desk 2", " they say networks for gangs ")
    on = switch(ledger, "F302", True, "desk 1", "they no longer do")

    assert off
    assert on
    (rule,) = switched_off(ledger, off.number)
    assert (rule.code, rule.author, rule.reason, rule.entry) == (
        "F302",
        "desk 2",
        "they say networks for gangs",
        1,
    )
    assert rule.time == off.time
    assert switched_off(ledger) == ()


def test_what_stands_so_already_is_not_recorded_again(ledger: SqliteLedger) -> None:
    switch(ledger, "F302", False, "desk 2", "known")

    assert switch(ledger, "F302", False, "desk 2", "known too") is None
    assert switch(ledger, "F101", True, "desk 2", "was never off") is None
    assert ledger.head().number == 1  # type: ignore[union-attr]


def test_what_an_off_rule_finds_is_counted_and_not_listed(ledger: SqliteLedger) -> None:
    switch(ledger, "F302", False, "desk 2", "known")
    kept, off = without([SAME, NOTE, NOTE], switched_off(ledger))

    assert kept == (SAME,)
    assert [rule.hidden for rule in off] == [2]


def test_an_unknown_rule_is_told_with_the_nearest_and_nothing_is_recorded(ledger: SqliteLedger) -> None:
    with pytest.raises(RuleUnknown) as told:
        switch(ledger, "F312", False, "desk 2", "why not")

    assert "F302" in told.value.next_step
    assert ledger.head() is None


def test_a_rule_is_not_switched_without_a_reason(ledger: SqliteLedger) -> None:
    with pytest.raises(RuleUnknown, match="without a reason"):
        switch(ledger, "F302", False, "desk 2", "  ")


def test_a_code_is_known_in_small_letters() -> None:
    assert rule_of(" f101 ") == "F101"


def test_the_record_verifies_with_a_rule_in_it(ledger: SqliteLedger) -> None:
    switch(ledger, "F302", False, "desk 2", "known")

    assert list(ledger.verify()) == []
