"""Score the reader on the annotated corpora: four levels by corpus and language, the agreement of each field.

    python bench/accuracy.py              dev, dev without the twelve documents once held out, and real
    python bench/accuracy.py --held-out   these twelve alone

The levels build on one another: figure (span, value, unit), indicator (and statistic), cell (area, substance,
period), full (qualifier, operation, offence, breakdown).
"""

from __future__ import annotations

from common import Figure, held_out, options, shared, stop, tell
from tallyroom import evaluate
from tallyroom.evaluation.scoring import LEVELS, Evaluation

WANTED = {"dev": (0.98, 0.96, 0.92, 0.75), "real": (0.95, 0.88, 0.78, None)}


def main() -> int:
    """Print F1 of each level, and how often each field agrees where spans overlap."""
    parser = options(__doc__)
    parser.add_argument("--held-out", action="store_true", help="score only the documents once held out")
    chosen = parser.parse_args()
    if chosen.held_out:
        scored = {"dev": evaluate(shared("corpus", "dev"), only=held_out())}
    else:
        scored = {
            "dev": evaluate(shared("corpus", "dev")),
            "dev without twelve": evaluate(shared("corpus", "dev"), skip=held_out()),
            "real": evaluate(shared("corpus", "real")),
        }
    for evaluation in scored.values():
        if evaluation.unread:
            stop(f"{len(evaluation.unread)} documents could not be read, the first: {evaluation.unread[0]}")
    tell(
        [figure for name, evaluation in scored.items() for figure in figures_of(name, evaluation)],
        chosen.json,
    )
    if not chosen.json:
        print_agreement(scored)
    return 0


def figures_of(corpus: str, evaluation: Evaluation) -> list[Figure]:
    """Return one figure a level: F1 in all, and by language where there are several."""
    by_language = evaluation.languages if len(evaluation.languages) > 1 else {}
    return [
        Figure(
            f"{corpus}, {evaluation.documents} documents: F1 {level}",
            f"{evaluation.levels[level].f1:.3f}",
            f"{wanted:.2f}" if wanted else "",
            ", ".join(f"{lang} {levels[level].f1:.3f}" for lang, levels in by_language.items()),
        )
        for level, wanted in zip(LEVELS, WANTED[corpus.split()[0]], strict=True)
    ]


def print_agreement(scored: dict[str, Evaluation]) -> None:
    """Print the share of agreeing pairs for each field and corpus."""
    print(f"\n{'agreement':<12}" + "".join(f"{corpus:>20}" for corpus in scored))
    for name in next(iter(scored.values())).agreement:
        shares = (evaluation.agreement[name] for evaluation in scored.values())
        print(f"{name:<12}" + "".join(f"{agreeing / max(pairs, 1):>20.3f}" for agreeing, pairs in shares))


if __name__ == "__main__":
    raise SystemExit(main())
