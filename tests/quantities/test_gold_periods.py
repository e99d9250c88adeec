"""The periods and figures of annotated briefings, where the corpora are at hand."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tallyroom.quantities.asides import find_asides
from tallyroom.quantities.periods import Clock, find_periods
from tallyroom.reading.view import fold

Rows = list[dict[str, Any]]


def rows(path: Path) -> Rows:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def briefings(shared: Path) -> list[tuple[dict[str, Any], str, Rows]]:
    """Each open document with its folded text and its gold rows."""
    closed = set((shared / "corpus/held-out.txt").read_text().split())
    found = []
    for corpus in (shared / "corpus/dev", shared / "corpus/real"):
        gold = defaultdict(list)
        for row in rows(corpus / "gold.jsonl"):
            gold[row["source"]].append(row)
        for document in rows(corpus / "docs.jsonl"):
            if document["id"] not in closed:
                path = corpus / "texts" / f"{document['id']}.txt"
                text = path.read_bytes().decode("utf-8")
                found.append((document, fold(text, traditional=True), gold[document["id"]]))
    return found


def language(document: dict[str, Any]) -> str:
    return "zh" if document["lang"].startswith("zh") else "en"


def settled(document: dict[str, Any], text: str) -> tuple[set[str], set[str], set[str], bool]:
    """The stretches, first days and last days that the text names, and whether it names a year before."""
    published = date.fromisoformat(document["published"]) if document.get("published") else None
    stretches, firsts, lasts, year_before = set(), set(), set(), False
    for block in text.split("\n"):
        for found in find_periods(block, language(document), Clock(published)):
            stretches.add(f"{found.first}/{found.last}")
            firsts.add(str(found.first))
            lasts.add(str(found.last))
            year_before = year_before or found.kind == "same_period_last_year"
    return stretches, firsts, lasts, year_before


def is_found(period: str, named: tuple[set[str], set[str], set[str], bool]) -> bool:
    stretches, firsts, lasts, year_before = named
    first, last = period.split("/")
    later = "/".join(f"{int(day[:4]) + 1}{day[4:]}" for day in (first, last))
    return period in stretches or (first in firsts and last in lasts) or (year_before and later in stretches)


def test_each_annotated_period_is_named_in_its_text(shared: Path) -> None:
    missing = []
    for document, text, gold in briefings(shared):
        named = settled(document, text)
        periods = {row["period"] for row in gold if row["period"]}
        missing += [(document["id"], period) for period in sorted(periods) if not is_found(period, named)]

    assert missing == []


def test_no_annotated_figure_is_set_aside(shared: Path) -> None:
    taken = []
    for document, text, gold in briefings(shared):
        offset = 0
        for block in text.split("\n"):
            for aside in find_asides(block, language(document)):
                start, end = offset + aside.start, offset + aside.end
                taken += [
                    (document["id"], row["text"], aside.rule)
                    for row in gold
                    if row["start"] < end and start < row["end"]
                ]
            offset += len(block) + 1

    assert taken == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_text_without_dates_and_numerals_has_neither(lang: str) -> None:
    assert find_periods("公安机关 police", lang, Clock(date(2024, 1, 1))) == []
    assert find_asides("公安机关 police", lang) == []
