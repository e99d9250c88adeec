"""The founding briefing, which is not part of the project: every row right, none false, periods from the campaign."""

from __future__ import annotations

from pathlib import Path

import tallyroom


def test_every_row_of_the_founding_briefing_is_right_and_none_is_false(shared: Path) -> None:
    full = tallyroom.evaluate(shared / "corpus/dev", only={"seed"}).levels["full"]

    assert (full.right, full.gold, full.read) == (17, 17, 17)


def test_the_periods_of_the_founding_briefing_come_from_the_campaign(shared: Path) -> None:
    rows = tallyroom.read(shared / "corpus/dev/texts/seed.txt").observations

    assert {(row.period, row.period_from) for row in rows} == {("2022-06-25/2022-07-31", "campaign")}
