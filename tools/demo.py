"""Show what the project does: collect returns, publish a bulletin, read it back, go on, correct.

    python tools/demo.py [FOLDER]      writes into FOLDER, demo-output by default

Everything here is generated, and says so; its totals are those of the founding briefing.
"""

from __future__ import annotations

import datetime
import shutil
import sys
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import tallyroom
from tallyroom.codebook import Codebook, load_codebook
from tallyroom.ledger import open_ledger
from tallyroom.model import Fact, Ledger
from tallyroom.model.observation import plain
from tallyroom.pipeline.founding import (
    JULY,
    SEPTEMBER,
    correct_founding,
    file_founding,
    founding_campaign,
    founding_totals,
)
from tallyroom.pipeline.founding_release import cells, founding_release, write_editions
from tallyroom.release import Release

DAYS = {JULY: datetime.date(2022, 8, 5), SEPTEMBER: datetime.date(2022, 9, 15)}
REVISED = datetime.date(2022, 9, 21)


def main(arguments: list[str]) -> int:
    """Run the demonstration; 1 where a bulletin does not read back as what it printed."""
    folder = Path(arguments[0] if arguments else "demo-output").resolve()
    for old in ("returns", "bulletins"):
        shutil.rmtree(folder / old, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    record = folder / "record.db"
    for file in folder.glob("record.db*"):
        file.unlink()
    codebook = load_codebook()
    with open_ledger(record) as ledger:
        demo = Demo(ledger, folder, codebook)
        demo.collect(JULY, "1. Returns of the first month")
        demo.publish(JULY, DAYS[JULY], "2. The bulletin of 5 August 2022, generated, in Chinese and English")
        demo.collect(SEPTEMBER, "3. Six weeks on")
        demo.publish(SEPTEMBER, DAYS[SEPTEMBER], "4. The bulletin of mid-September: what has grown")
        demo.correct()
    print(f"\nThe record, with every return, figure and decision in it:\n   {record}")
    print(f"   try: .venv/bin/tallyroom figures indicator=cases_solved area=CN-HN --ledger {record}")
    return 0 if demo.agrees else 1


class Demo:
    """The steps, and what each leaves to the next."""

    def __init__(self, ledger: Ledger, folder: Path, codebook: Codebook) -> None:
        self.ledger, self.folder, self.codebook = ledger, folder, codebook
        self.last: Release | None = None
        self.agrees = True

    def collect(self, round: str, heading: str) -> None:
        """File all returns of a round."""
        print(f"\n{heading}")
        folder = self.folder / "returns" / round
        filed = file_founding(self.ledger, round, folder)
        print(
            f"   {filed.returns} returns, {filed.nil} of them nil, {filed.figures} figures, all checked and accepted:"
        )
        print(f"   {folder}")

    def publish(self, round: str, day: datetime.date, heading: str) -> None:
        """Write the bulletin of a round, tell what moved since the last one, and read it back."""
        print(f"\n{heading}")
        release = founding_release(self.ledger, round, day, self.codebook)
        self._tell(round, release)
        self._write(release, day)
        self.last = release

    def correct(self) -> None:
        """Let one province correct its return, and publish the revised bulletin."""
        print("\n5. One province corrects its return, and the bulletin is revised")
        outcome, adds = correct_founding(self.ledger, self.folder / "returns" / "corrected")
        told = ", ".join(f"{line} +{value}" for line, value in adds.items())
        print(f"   {outcome.unit} files anew, the entry before stays in the record: {told}")
        release = founding_release(self.ledger, SEPTEMBER, REVISED, self.codebook, before=self.last)
        revised = [fact for fact in release.facts if fact.status == "r"]
        print(f"   marked [r], revised: {len(revised)} figures")
        for fact in revised:
            print(f"      {_about(fact)}")
        self._write(release, REVISED)

    def _tell(self, round: str, release: Release) -> None:
        """Print the figures of the whole, beside those of the release before."""
        before = {_cell(fact): fact.observation.value for fact in self.last.facts} if self.last else {}
        told = len(founding_totals(round))
        for fact in release.facts[:told]:
            old = before.get(_cell(fact))
            now = fact.observation.value
            grown = "" if old is None or old == now else f"   (was {_number(old)})"
            print(f"   {_about(fact)}{grown}")

    def _write(self, release: Release, day: datetime.date) -> None:
        paths = write_editions(release, self.folder / "bulletins")
        found = {
            path: cells(tallyroom.read(path, published=day, codebook=self.codebook).observations)
            for path in paths
        }
        printed = cells(number.observation for number in release.editions["zh"].printed)
        same = all(each == printed for each in found.values())
        self.agrees = self.agrees and same
        verdict = "the same observations in every edition" if same else "THE EDITIONS DIFFER"
        print(f"   read back: {printed.total()} figures, {verdict}")
        _list(paths)


def _list(paths: Iterable[Path]) -> None:
    for path in paths:
        print(f"   {path}")


def _cell(fact: Fact) -> tuple[object, ...]:
    row = fact.observation
    return row.indicator, row.area, row.operation_id, row.substance, tuple(sorted(row.breakdown.items()))


def _about(fact: Fact) -> str:
    row = fact.observation
    line = next((one for one in founding_campaign().lines if row.rule == f"sum/{one.code}"), None)
    if line is None:
        unit = founding_campaign().unit(",".join(row.area))
        line = next(
            one for one in founding_campaign().lines if (one.indicator, one.unit) == (row.indicator, row.unit)
        )
        name = f"{unit.label['en']}: {line.label['en']}"
    else:
        name = line.label["en"]
    return f"{name:<52}{_number(row.value):>12} {row.unit}"


def _number(value: Decimal) -> str:
    return f"{Decimal(plain(value)):,}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
