"""List what the audit finds in briefings and tables that people published, so that each finding can be judged.

    python bench/findings.py              annotated briefings, news items, published tables, the briefings to audit
    python bench/findings.py dev cbp      only these
    python bench/findings.py broadcast    1,332 days of television news: half a minute

Each corpus is a record of its own. A finding that rounding, a qualifier or another scope explains is a mistake of the
program. Nothing is measured here.
"""

from __future__ import annotations

import argparse
import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from checkout import ROOT
from common import broadcast, shared, stop
from tallyroom.codebook import Codebook, load_codebook, load_mapping
from tallyroom.model import Reading
from tallyroom.pipeline.ledgers import OpenLedger, open_ledger
from tallyroom.pipeline.reading import Failure, ReadOptions, Record, read_records, read_sources
from tallyroom.pipeline.tables import load_table
from tallyroom.show.findings_text import audit_lines
from tallyroom.show.layout import Style

WIDTH = 140
KEPT = ReadOptions(keep=True)


def main() -> int:
    """List the findings of each corpus, and count them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "corpora", nargs="*", metavar="CORPUS", help=f"of {', '.join(CORPORA)}; all but broadcast by default"
    )
    chosen = parser.parse_args()
    codebook = load_codebook()
    for name in chosen.corpora or [name for name in CORPORA if name != "broadcast"]:
        if name not in CORPORA:
            stop(f"there is no corpus {name!r}; there are {', '.join(CORPORA)}")
        with open_ledger(":memory:") as ledger:
            CORPORA[name](ledger, codebook)
            audit = ledger.check()
        codes = Counter(f"{finding.code} {finding.severity}" for finding in audit.findings)
        print(f"== {name}: {dict(sorted(codes.items())) or 'nothing found'}; untied: {audit.untied}")
        for line in audit_lines(audit, WIDTH, Style()):
            print(line)
    return 0


def record(ledger: OpenLedger, codebook: Codebook, outcomes: Iterator[Reading | Failure]) -> None:
    """Keep readings; one that failed ends the program."""
    for outcome in ledger.record_all(outcomes, codebook):
        if isinstance(outcome, Failure):
            stop(outcome.message)


def folder(path: Callable[[], Path]) -> Callable[[OpenLedger, Codebook], None]:
    """What keeps all documents of a folder."""
    return lambda ledger, codebook: record(ledger, codebook, read_sources([path()], codebook, KEPT))


def tables(code: str, *paths: str) -> Callable[[OpenLedger, Codebook], None]:
    """What keeps published tables by one mapping."""

    def load(ledger: OpenLedger, codebook: Codebook) -> None:
        for path in paths:
            load_table(ledger.ledger, load_mapping(code), shared("data", path))

    return load


def news(ledger: OpenLedger, codebook: Codebook) -> None:
    """Keep the days of the television news."""
    days: Iterator[Record] = broadcast()
    record(ledger, codebook, itertools.chain(read_records(days, codebook, KEPT, jobs=2)))


CORPORA: dict[str, Callable[[OpenLedger, Codebook], None]] = {
    "dev": folder(lambda: shared("corpus", "dev")),
    "real": folder(lambda: shared("corpus", "real")),
    "audit": folder(lambda: ROOT / "examples" / "audit"),
    "cbp": tables(
        "cbp-drug-seizures", "cbp/nationwide-drugs-fy19-fy22.csv", "cbp/nationwide-drugs-fy20-fy23.csv"
    ),
    "unodc": tables("unodc-drug-seizures", "unodc/seizures.csv"),
    "broadcast": news,
}

if __name__ == "__main__":
    raise SystemExit(main())
