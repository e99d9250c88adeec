"""Fit the reader's confidence to annotated briefings, and tell how well it fits.

    bench/calibrate.py            cross-validate over the annotated documents and print the reliability table
    bench/calibrate.py --write    fit on all of them and write src/tallyroom/reading/confidence.json
    bench/calibrate.py --held-out print the reliability table of the documents held out (to be run once, at the end)

A row's evidence is which verb settled it, or from which other figure it was taken, and how far away that stood. Its
confidence is the share of rows with this evidence that were right at level `cell`, drawn towards the share of all
rows where there are few. Documents are the folds: no document is judged by shares that it helped to fit.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from common import ROOT, held_out, options, shared
from tallyroom.codebook import load_codebook
from tallyroom.documents import open_document
from tallyroom.evaluation import load_gold, pair_rows
from tallyroom.model import Observation
from tallyroom.reading import Reader, rows
from tallyroom.reading.confidence import UNKNOWN, evidence_of
from tallyroom.reading.drafts import Draft

TARGET = ROOT / "src" / "tallyroom" / "reading" / "confidence.json"
PRIOR = 6
"""How many rows of the common share each evidence starts with."""
FOLDS = 8
CELL = 3
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)


class Judged(NamedTuple):
    """One row of the reader: its document, its evidence, whether it was right at level `cell`."""

    document: str
    evidence: str
    right: bool


def judge(chosen: frozenset[str], *, skip: bool) -> list[Judged]:
    """Read the annotated documents (all but `chosen`, or `chosen` alone) and judge each row."""
    folder = shared("corpus", "dev")
    gold = load_gold(folder)
    told: dict[tuple[str, int, int], str] = {}
    _record(told)
    reader, judged = Reader(load_codebook()), []
    for about in map(json.loads, filter(None, (folder / "docs.jsonl").read_text("utf-8").splitlines())):
        if (about["id"] in chosen) == skip:
            continue
        data = (folder / "texts" / f"{about['id']}.txt").read_bytes()
        guesses = reader.read(open_document(data, id=about["id"], about=about)).observations
        judged.extend(_judge_rows(about["id"], gold.rows[about["id"]], guesses, told))
    return judged


def _record(told: dict[tuple[str, int, int], str]) -> None:
    """Have the reader tell the evidence of each row while it makes it."""
    made = rows.row_of

    def row_of(draft: Draft, *others: Any) -> Observation | None:
        row = made(draft, *others)
        if row is not None:
            told[row.source, row.start, row.end] = evidence_of(draft)
        return row

    import tallyroom.reading.reader as reader_module

    reader_module.row_of = row_of


def _judge_rows(
    document: str, golds: Sequence[Any], guesses: Sequence[Observation], told: dict[tuple[str, int, int], str]
) -> Iterable[Judged]:
    read = [json.loads(guess.to_json()) for guess in guesses]
    levels = {pair.read: pair.level for pair in pair_rows(golds, read)}
    for j, guess in enumerate(guesses):
        evidence = told[guess.source, guess.start, guess.end]
        yield Judged(document, evidence, levels.get(j, 0) >= CELL)


def fit(judged: Sequence[Judged]) -> dict[str, float]:
    """Return the confidence of each evidence, and of evidence never met."""
    common = sum(row.right for row in judged) / max(1, len(judged))
    seen, right = (
        Counter(row.evidence for row in judged),
        Counter(row.evidence for row in judged if row.right),
    )
    shares = {
        name: round((right[name] + PRIOR * common) / (count + PRIOR), 2) for name, count in seen.items()
    }
    return dict(sorted(shares.items())) | {UNKNOWN: round(common * 0.75, 2)}


def cross_validated(judged: Sequence[Judged]) -> list[tuple[float, bool]]:
    """Return confidence and truth of each row, fitted on the other folds."""
    documents = sorted({row.document for row in judged})
    pairs = []
    for fold in range(FOLDS):
        inside = set(documents[fold::FOLDS])
        shares = fit([row for row in judged if row.document not in inside])
        pairs += [(_share(row, shares), row.right) for row in judged if row.document in inside]
    return pairs


def _share(row: Judged, shares: dict[str, float]) -> float:
    return shares.get(row.evidence, shares[UNKNOWN])


def reliability(pairs: Sequence[tuple[float, bool]]) -> list[str]:
    """Return the lines of the reliability table: what was said against what was so."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in pairs:
        bins[sum(confidence >= limit for limit in BINS[1:])].append((confidence, right))
    lines = ["confidence   rows  said   right"]
    for k, rows_of_bin in sorted(bins.items()):
        said = sum(confidence for confidence, _ in rows_of_bin) / len(rows_of_bin)
        so = sum(right for _, right in rows_of_bin) / len(rows_of_bin)
        lines.append(f"{BINS[k]:.2f}-{min(BINS[k + 1], 1):.2f}  {len(rows_of_bin):6d}  {said:.2f}   {so:.2f}")
    error = sum(abs(sum(c - r for c, r in part)) for part in bins.values()) / max(1, len(pairs))
    return [*lines, f"expected calibration error {error:.3f}"]


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--write", action="store_true", help="write the fitted shares into the package")
    parser.add_argument(
        "--held-out", action="store_true", help="the documents held out, by the shares of the others"
    )
    args = parser.parse_args()
    judged = judge(held_out(), skip=True)
    if args.held_out:
        shares = fit(judged)
        lines = reliability([(_share(row, shares), row.right) for row in judge(held_out(), skip=False)])
    else:
        lines = reliability(cross_validated(judged))
    if args.write:
        TARGET.write_text(json.dumps(fit(judged), indent=1) + "\n", "utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
