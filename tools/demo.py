"""Show what the project does: collect returns, publish a bulletin, read it back, go on, correct, audit.

    python tools/demo.py [FOLDER]      writes into FOLDER, demo-output by default

Everything here is generated, and says so; its totals are those of the founding briefing.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import tallyroom
from tallyroom.codebook import Codebook, load_codebook
from tallyroom.ledger import SqliteLedger, open_ledger
from tallyroom.model import Fact
from tallyroom.model.observation import plain
from tallyroom.pipeline.founding import (
    JULY,
    SEPTEMBER,
    correct_founding,
    file_founding,
    founding_campaign,
    founding_totals,
)
from tallyroom.pipeline.releasing import Built, build_release, write_release
from tallyroom.show.audit_words import LANGUAGES
from tallyroom.show.bounds_text import answer_lines
from tallyroom.show.findings_html import write_audit_html
from tallyroom.show.findings_text import finding_lines, summary
from tallyroom.show.labels import Labels
from tallyroom.show.layout import Style

RELEASES = Path(__file__).resolve().parent.parent / "examples/releases"
BRIEFINGS = Path(__file__).resolve().parent.parent / "examples/audit"
REPRINT = "september-reprint.en"
"""The briefing in which two digits were exchanged."""
NATION = "indicator=cases_solved area=CN period=2022-06-25/2022-08-31 operation=hundred-days-2022"
WIDTH = 110
"""Columns of what is printed of an audit."""
READ_BACK = (".html", ".txt")
"""Editions that the reader reads; the others say the same."""


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
        demo.collect(
            JULY, "1. Returns of the first month, generated so that they add up to the founding briefing"
        )
        demo.publish(JULY, "founding", "2. The bulletin of 5 August 2022, in Chinese and English")
        demo.collect(SEPTEMBER, "3. Six weeks on")
        demo.publish(SEPTEMBER, "september", "4. The bulletin of mid-September: what has grown")
        demo.correct("revised")
    audit(folder, codebook)
    print(f"\nThe record, with every return, figure and decision in it:\n   {record}")
    print(f"   try: .venv/bin/tallyroom figures indicator=cases_solved area=CN-HN --ledger {record}")
    return 0 if demo.agrees else 1


def audit(folder: Path, codebook: Codebook) -> None:
    """Record briefings in one of which two digits were exchanged; find that, and bound what nobody published."""
    print("\n6. What cannot be true: briefings of one campaign, and in a reprint two digits exchanged")
    for file in folder.glob("audit.db*"):
        file.unlink()
    with tallyroom.open_ledger(folder / "audit.db") as ledger:
        for _ in ledger.record_all(tallyroom.read_all(BRIEFINGS, codebook=codebook, keep=True), codebook):
            pass
        slip = ledger.check(touched_by=REPRINT, codebook=codebook).as_grave_as("hard")
        for finding in slip.findings:
            _indented(finding_lines(finding, slip.said, WIDTH, Style(), "en"))
        found = ledger.check(codebook=codebook)
        print("\n   What nobody published: the nation's cases, from a province that tells its share")
        _indented(answer_lines(ledger.bounds(NATION, codebook=codebook), WIDTH, Style()))
    print(f"\n   {summary(found, 'en')}")
    print("   all of them, drawn with their quoted sources:")
    for lang in LANGUAGES:
        path = folder / f"audit.{lang}.html"
        with path.open("wb") as out:
            write_audit_html(found, out, Labels(codebook.indicators, codebook.lists), lang)
        print(f"   {path}")


def _indented(lines: Iterable[str]) -> None:
    for line in lines:
        print(f"   {line}".rstrip())


class Demo:
    """The steps, and what each leaves to the next."""

    def __init__(self, ledger: SqliteLedger, folder: Path, codebook: Codebook) -> None:
        self.ledger, self.folder, self.codebook = ledger, folder, codebook
        self.last: Built | None = None
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

    def publish(self, round: str, name: str, heading: str) -> None:
        """Build a release, tell what moved since the last one, and read it back."""
        print(f"\n{heading}")
        built = build_release(self.ledger, RELEASES / f"{name}.yaml")
        self._tell(round, built)
        self._write(built)
        self.last = built

    def correct(self, name: str) -> None:
        """Let one province correct its return, and publish the revised bulletin."""
        print("\n5. One province corrects its return, and the bulletin is revised")
        outcome, adds = correct_founding(self.ledger, self.folder / "returns" / "corrected")
        told = ", ".join(f"{line} +{value}" for line, value in adds.items())
        print(f"   {outcome.unit} files anew, the entry before stays in the record: {told}")
        built = build_release(self.ledger, RELEASES / f"{name}.yaml")
        print(f"   marked as revised: {len(built.revised)} figures")
        for fact in built.revised:
            print(f"      {_about(fact)}")
        self._write(built)

    def _tell(self, round: str, release: Built) -> None:
        """Print the figures of the whole, beside those of the release before."""
        before = {_cell(fact): fact.observation.value for fact in self.last.facts} if self.last else {}
        told = len(founding_totals(round))
        for fact in release.facts[:told]:
            old = before.get(_cell(fact))
            now = fact.observation.value
            grown = "" if old is None or old == now else f"   (was {_number(old)})"
            print(f"   {_about(fact)}{grown}")

    def _write(self, built: Built) -> None:
        folder = self.folder / "bulletins" / built.id
        paths = write_release(built, folder)
        found = {path.name: self._read(path) for path in paths if path.suffix in READ_BACK}
        placed = Counter(
            one["file"] for one in json.loads(built.files[f"{built.id}.figures.json"])["printed"]
        )
        first = next(iter(found.values()))
        same = all(each == first for each in found.values())
        # the page repeats some in a chart, which is a picture; the text has all but these
        whole = all(each.total() == placed[name.replace(".html", ".txt")] for name, each in found.items())
        self.agrees = self.agrees and same and whole
        verdict = "all that were printed, the same in each" if same and whole else "NOT WHAT WAS PRINTED"
        print(f"   read back from {len(found)} editions: {first.total()} figures, {verdict}")
        print(
            f"   {len(paths)} files (web page, PDF, Word, Excel, text, CSV, Parquet, manifest); open first:"
        )
        for path in paths:
            if path.suffix in (".html", ".pdf"):
                print(f"   {path}")

    def _read(self, path: Path) -> Counter[tuple[object, ...]]:
        """What is read in an edition: rows by what they are about, and their values."""
        return Counter(
            (row.indicator, row.value, row.unit, frozenset(row.area), row.period, row.substance)
            for row in tallyroom.read(path, codebook=self.codebook).observations
        )


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
