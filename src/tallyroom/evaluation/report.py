"""An evaluation as lines for a person, and as one object for a program."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tallyroom.evaluation.scoring import Difference, Evaluation, Score


def report_lines(evaluation: Evaluation, errors: int = 0) -> Iterator[str]:
    """Give the report line by line: levels, languages, fields, up to `errors` rows of each kind of error."""
    total = evaluation.levels["figure"]
    yield f"{evaluation.documents} documents, {total.gold} rows in gold, {total.read} rows read"
    yield ""
    yield f"{'':<12}{'precision':>10}{'recall':>10}{'F1':>10}{'right':>8}"
    for name, score in evaluation.levels.items():
        yield f"{name:<12}{score.precision:>10.3f}{score.recall:>10.3f}{score.f1:>10.3f}{score.right:>8}"
    yield from _languages(evaluation)
    yield ""
    yield "agreement where spans overlap"
    for name, (agreeing, pairs) in evaluation.agreement.items():
        yield f"  {name:<12}{_share(agreeing, pairs):>8.3f}{pairs - agreeing:>6} differ"
    if errors:
        yield from _errors(evaluation, errors)


def as_object(evaluation: Evaluation, errors: int = 0) -> dict[str, object]:
    """Return the same as builtins for JSON; shares are rounded to four digits."""
    content: dict[str, object] = {
        "documents": evaluation.documents,
        "gold": evaluation.levels["figure"].gold,
        "read": evaluation.levels["figure"].read,
        "levels": _rounded(evaluation.levels),
        "languages": {lang: _rounded(levels) for lang, levels in evaluation.languages.items()},
        "agreement": {
            name: round(_share(agreeing, pairs), 4)
            for name, (agreeing, pairs) in evaluation.agreement.items()
        },
        "unread": list(evaluation.unread),
    }
    if errors:
        content["errors"] = {kind: rows[:errors] for kind, rows in by_kind(evaluation.differences).items()}
    return content


def by_kind(differences: list[Difference]) -> dict[str, list[Difference]]:
    """Group differences: missed, false, and wrong by the fields that are wrong; the most frequent first."""
    kinds: dict[str, list[Difference]] = defaultdict(list)
    for difference in differences:
        kinds[" ".join([difference.kind, *difference.fields])].append(difference)
    return dict(sorted(kinds.items(), key=lambda item: (-len(item[1]), item[0])))


def _languages(evaluation: Evaluation) -> Iterator[str]:
    if len(evaluation.languages) < 2:
        return
    yield ""
    yield f"{'F1 by language':<16}" + "".join(f"{name:>10}" for name in evaluation.levels) + f"{'rows':>8}"
    for lang, levels in evaluation.languages.items():
        scores = "".join(f"{score.f1:>10.3f}" for score in levels.values())
        yield f"  {lang:<14}{scores}{levels['figure'].gold:>8}"


def _errors(evaluation: Evaluation, most: int) -> Iterator[str]:
    for kind, rows in by_kind(evaluation.differences).items():
        yield ""
        yield f"{kind}: {len(rows)}"
        for row in rows[:most]:
            fields = "; ".join(f"{name} {gold!r}, read {read!r}" for name, (gold, read) in row.fields.items())
            yield f"  {row.source}:{row.start}  {row.text!r} {row.indicator}" + (
                f"  {fields}" if fields else ""
            )
        if len(rows) > most:
            yield f"  and {len(rows) - most} more"


def _rounded(levels: dict[str, Score]) -> dict[str, dict[str, float]]:
    return {
        name: {
            "precision": round(score.precision, 4),
            "recall": round(score.recall, 4),
            "f1": round(score.f1, 4),
            "right": score.right,
        }
        for name, score in levels.items()
    }


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
