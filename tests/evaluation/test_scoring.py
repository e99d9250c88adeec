"""Scoring: the definitions, and agreement with the corpus's own scorer."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tallyroom.evaluation import LEVELS, Gold, load_gold, score
from tallyroom.evaluation.gold import GoldUnreadable
from tallyroom.evaluation.report import as_object, report_lines

Row = dict[str, Any]


def a_row(**changes: Any) -> Row:
    row: Row = {
        "source": "a", "start": 10, "end": 15, "text": "2,589", "indicator": "cases_solved",
        "statistic": "level", "value": "2589", "upper": None, "unit": "case", "qualifier": "exact",
        "area": ["CN"], "period": None, "operation": None, "offence": "drugs", "substance": None,
        "breakdown": {},
    }  # fmt: skip
    return {**row, **changes}


def reached(gold: Row, read: Row) -> list[str]:
    """The levels that one pair of rows reaches."""
    levels = score(Gold({"a": "en"}, {"a": [gold]}, Path()), {"a": [read]}).levels
    return [name for name in LEVELS if levels[name].right]


def test_a_row_that_agrees_in_everything_reaches_every_level() -> None:
    assert reached(a_row(), a_row()) == list(LEVELS)


@pytest.mark.parametrize(
    ("change", "levels"),
    [
        ({"value": "2590"}, []),
        ({"upper": "2600"}, []),
        ({"unit": "person"}, []),
        ({"start": 15, "end": 20}, []),
        ({"indicator": "cases_filed"}, ["figure"]),
        ({"statistic": "change"}, ["figure"]),
        ({"area": ["CN", "MM"]}, ["figure", "indicator"]),
        ({"substance": "heroin"}, ["figure", "indicator"]),
        ({"qualifier": "approx"}, ["figure", "indicator", "cell"]),
        ({"operation": "Clean Border"}, ["figure", "indicator", "cell"]),
        ({"breakdown": {"channel": "air"}}, ["figure", "indicator", "cell"]),
        ({"breakdown": {"scope": "of note"}}, list(LEVELS)),
        ({"breakdown": {"role": "suspect"}}, list(LEVELS)),
        ({"period": "2022-01-01/2022-12-31"}, list(LEVELS)),
        ({"value": "2589.0001"}, list(LEVELS)),
    ],
)
def test_a_row_that_differs_reaches_the_levels_below_the_difference(change: Row, levels: list[str]) -> None:
    assert reached(a_row(), a_row(**change)) == levels


def test_a_period_that_gold_states_must_be_read() -> None:
    gold = a_row(period="2022-01-01/2022-12-31")

    assert reached(gold, a_row()) == ["figure", "indicator"]
    assert reached(gold, gold) == list(LEVELS)


def test_names_of_an_operation_agree_without_their_generic_words() -> None:
    assert reached(
        a_row(operation="Operation Clean Border"), a_row(operation="clean border campaign")
    ) == list(LEVELS)
    assert reached(a_row(operation="百日行动"), a_row(operation="净边行动")) == [
        "figure",
        "indicator",
        "cell",
    ]


def test_each_row_pairs_once_and_the_best_agreement_wins() -> None:
    gold = Gold({"a": "en"}, {"a": [a_row()]}, Path())

    evaluation = score(gold, {"a": [a_row(indicator="other"), a_row()]})

    assert evaluation.levels["full"].right == 1
    assert [difference.kind for difference in evaluation.differences] == ["false"]


def test_whatever_is_read_in_a_document_without_annotations_is_false() -> None:
    evaluation = score(Gold({"a": "en"}, {"a": []}, Path()), {"a": [a_row(), a_row(start=20, end=25)]})

    assert evaluation.levels["figure"].precision == 0
    assert evaluation.levels["figure"].recall == 1
    assert [difference.kind for difference in evaluation.differences] == ["false", "false"]


def test_the_report_names_levels_languages_fields_and_errors() -> None:
    gold = Gold({"a": "en", "b": "zh"}, {"a": [a_row()], "b": [a_row(source="b")]}, Path())

    evaluation = score(gold, {"a": [a_row(area=["MM"])], "b": []})
    report = "\n".join(report_lines(evaluation, errors=5))

    assert "2 documents, 2 rows in gold, 1 rows read" in report
    assert "wrong area: 1" in report
    assert "missed: 1" in report
    assert "area ['CN'], read ['MM']" in report
    assert set(evaluation.languages) == {"en", "zh"}
    assert json.loads(json.dumps(as_object(evaluation)))["levels"]["figure"]["recall"] == 0.5


def write_gold(folder: Path, docs: Iterable[Row], rows: Iterable[Row]) -> Path:
    for name, content in (("docs.jsonl", docs), ("gold.jsonl", rows)):
        lines = (json.dumps(entry, ensure_ascii=False) for entry in content)
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_gold_is_chosen_by_language_and_by_id(tmp_path: Path) -> None:
    docs = [{"id": "a", "lang": "en"}, {"id": "b", "lang": "zh"}, {"id": "c", "lang": "zh-Hant"}]
    folder = write_gold(tmp_path, docs, [a_row(), a_row(source="b")])

    assert set(load_gold(folder).rows) == {"a", "b", "c"}
    assert set(load_gold(folder, lang="zh").rows) == {"b", "c"}
    assert set(load_gold(folder, skip=["b"]).rows) == {"a", "c"}
    assert len(load_gold(folder, only=["b"]).rows["b"]) == 1


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"source": "a"}', json.dumps(a_row(value="many")), json.dumps(a_row(start="10"))]
)
def test_a_line_that_is_no_annotation_is_named(tmp_path: Path, line: str) -> None:
    folder = write_gold(tmp_path, [{"id": "a", "lang": "en"}], [a_row()])
    with (folder / "gold.jsonl").open("a", encoding="utf-8") as file:
        file.write(line + "\n")

    with pytest.raises(GoldUnreadable, match=r"gold\.jsonl:2") as caught:
        load_gold(folder)
    assert caught.value.code == "CL130"


def test_missing_annotations_and_an_empty_choice_are_told(tmp_path: Path) -> None:
    with pytest.raises(GoldUnreadable, match=r"docs\.jsonl"):
        load_gold(tmp_path)
    folder = write_gold(tmp_path, [{"id": "a", "lang": "en"}], [])
    with pytest.raises(GoldUnreadable, match="no document is left"):
        load_gold(folder, only=["zzz"])


def a_random_row(chance: random.Random, source: str) -> Row:
    start = chance.randrange(0, 120)
    return a_row(
        source=source,
        start=start,
        end=start + chance.randrange(1, 30),
        value=chance.choice(["1", "1.0", "2", "2.000001", "38000"]),
        upper=chance.choice([None, None, "3"]),
        unit=chance.choice(["case", "person"]),
        indicator=chance.choice(["cases_solved", "persons_arrested"]),
        statistic=chance.choice(["level", "level", "change_pct"]),
        area=chance.choice([[], ["CN"], ["cn"], ["CN-YN", "CN-GX"], ["CN-GX", "CN-YN"]]),
        period=chance.choice([None, "2022-01-01/2022-12-31", "2023-01-01/2023-12-31"]),
        operation=chance.choice(
            [None, "", "Operation Net", "the net", "百日行动", "“百日”专项行动", "operation"]
        ),
        offence=chance.choice([None, "drugs"]),
        substance=chance.choice([None, "heroin"]),
        qualifier=chance.choice(["exact", "approx"]),
        breakdown=chance.choice([{}, {"role": "suspect"}, {"scope": "x"}, {"site": "Lab"}, {"site": "lab"}]),
    )


@pytest.mark.parametrize("seed", range(12))
def test_scores_agree_with_the_scorer_of_the_corpus(tmp_path: Path, shared: Path, seed: int) -> None:
    chance = random.Random(seed)
    names = [f"d{at}" for at in range(chance.randrange(1, 6))]
    docs = [{"id": name, "lang": chance.choice(["en", "zh"])} for name in names]
    gold = [a_random_row(chance, chance.choice(names)) for _ in range(chance.randrange(0, 40))]
    read = [a_random_row(chance, chance.choice(names)) for _ in range(chance.randrange(0, 40))]
    folder = write_gold(tmp_path, docs, gold)
    predicted = tmp_path / "read.jsonl"
    predicted.write_text("\n".join(map(json.dumps, read)), encoding="utf-8")

    command = [sys.executable, str(shared / "corpus/score.py"), str(folder), str(predicted), "--json"]
    theirs = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    ours = score(load_gold(folder), {name: [row for row in read if row["source"] == name] for name in names})

    for name in LEVELS:
        mine = ours.levels[name]
        assert theirs[name] == {
            "precision": round(mine.precision, 4),
            "recall": round(mine.recall, 4),
            "f1": round(mine.f1, 4),
        }
    assert theirs["agreement"] == as_object(ours)["agreement"]
