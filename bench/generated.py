"""Score the reader on generated briefings that no test has seen, and tell how fast they are generated.

    python bench/generated.py                 10,000 documents: 2,500 sets of facts, two languages, text and page
    python bench/generated.py --sets 100      400 documents
    python bench/generated.py --errors 20     with the rows that differ

Wording that the generator has is wording that the reader was tried on: this finds what a change breaks, and new
combinations. It says little about briefings of people.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from common import Figure, options, tell
from tallyroom.codebook import load_codebook
from tallyroom.evaluation.gold import Gold
from tallyroom.evaluation.scoring import Evaluation, score
from tallyroom.pipeline.generating import samples
from tallyroom.reading import Reader

SEED = 990_000_000
"""Far from the seeds of the tests."""
WANTED = {"figure": "1.000", "indicator": "", "cell": "1.000", "full": ""}
CELL = {"value", "unit", "indicator", "statistic", "area", "substance", "period"}


def main() -> int:
    """Print F1 of each level, and the speed of generating."""
    parser = options(__doc__)
    parser.add_argument("--sets", type=int, default=2500, help="sets of facts (default: 2500)")
    parser.add_argument("--seed", type=int, default=SEED, help="another series")
    parser.add_argument("--errors", type=int, default=0, help="print up to so many rows that differ")
    chosen = parser.parse_args()
    evaluation = evaluated(chosen.seed, chosen.sets)
    tell([*_scores(evaluation), _speed(chosen.seed, min(chosen.sets, 500))], chosen.json)
    differing = [one for one in evaluation.differences if one.kind != "wrong" or CELL & set(one.fields)]
    for one in differing[: chosen.errors]:
        print(one.kind, one.source, one.text, one.indicator, one.fields)
    return 0


def evaluated(seed: int, sets: int) -> Evaluation:
    """Read generated briefings and compare with their annotations."""
    codebook = load_codebook()
    read = Reader(codebook).read
    langs: dict[str, str] = {}
    gold: dict[str, list[dict[str, Any]]] = {}
    rows: dict[str, list[dict[str, Any]]] = {}
    for sample in samples(seed, range(sets), codebook):
        name = sample.briefing.id
        langs[name], gold[name] = sample.briefing.lang, sample.gold()
        rows[name] = [row.row() for row in read(sample.document()).observations]
    return score(Gold(langs, gold, Path()), rows)


def _scores(evaluation: Evaluation) -> list[Figure]:
    rows = evaluation.levels["figure"].gold
    return [
        Figure(
            f"{evaluation.documents:,} generated briefings, {rows:,} rows: F1 {level}",
            f"{whole.f1:.4f}",
            WANTED[level],
            ", ".join(f"{lang} {levels[level].f1:.4f}" for lang, levels in evaluation.languages.items()),
        )
        for level, whole in evaluation.levels.items()
    ]


def _speed(seed: int, sets: int) -> Figure:
    codebook, begun = load_codebook(), time.process_time()
    made = sum(1 for _ in samples(seed, range(sets), codebook, forms=("text",)))
    return Figure("briefings generated a second, one core", f"{made / (time.process_time() - begun):,.0f}")


if __name__ == "__main__":
    raise SystemExit(main())
