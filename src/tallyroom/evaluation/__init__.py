"""The reader against somebody's annotations: how often it is right, field by field, and where it is not."""

from tallyroom.evaluation.gold import Gold, GoldUnreadable, load_gold
from tallyroom.evaluation.scoring import LEVELS, Difference, Evaluation, Pair, Score, pair_rows, score

__all__ = [
    "LEVELS",
    "Difference",
    "Evaluation",
    "Gold",
    "GoldUnreadable",
    "Pair",
    "Score",
    "load_gold",
    "pair_rows",
    "score",
]
