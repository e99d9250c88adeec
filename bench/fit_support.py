"""Fit the points by which the reader tells figures of enforcement from those of other news.

    bench/fit_support.py            cross-validate and print what the points keep and what they drop
    bench/fit_support.py --write    fit on everything and write src/tallyroom/reading/support.json

Rows that somebody judged are the examples: `judged_rows.tsv` (days of data/broadcast, each row read in its day and in
its own item alone), the rows of the annotated briefings that agree with gold, and every row of the general news of
`tests/reading/general_news`, none of which is one of enforcement. A logistic regression gives each sign its weight;
the points are ten times that, rounded. Documents that are briefings as a whole need no points and teach none.
"""

from __future__ import annotations

import csv
import json
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import ClassVar, NamedTuple

from common import ROOT, broadcast, held_out, options, shared
from tallyroom.codebook import load_codebook
from tallyroom.documents import open_document
from tallyroom.model import Document
from tallyroom.pipeline.reading import Record
from tallyroom.reading import Reader, support
from tallyroom.reading.drafts import Draft
from tallyroom.reading.items import Items

TARGET = ROOT / "src" / "tallyroom" / "reading" / "support.json"
JUDGED = Path(__file__).with_name("judged_rows.tsv")
GENERAL = ROOT / "tests" / "reading" / "general_news"
RIDGE, FOLDS, SCALE = 4.0, 5, 10
LIMITS = (-15, -5, 0, 5, 7, 10)
DAY, ITEM = "rows in their day", "rows in their item alone"
BRIEFING, NEWS = "briefings alone and in a bulletin", "general news"
Key = tuple[str, int, str]


class Example(NamedTuple):
    """The signs of one row, whether it is one of enforcement, how much it counts, from where, of which document."""

    signs: tuple[str, ...]
    right: bool
    weight: float
    kind: str
    group: str


class Listener(support.Support):
    """Tells the signs of every figure, and lets each stand."""

    heard: ClassVar[list[tuple[Draft, tuple[str, ...]]]] = []

    def holds(self, draft: Draft) -> bool:
        whole = support.whole_of(draft)
        if not self.is_briefing:
            self.heard.append((draft, tuple(self.signs(whole))))
        return True


def heard(reader: Reader, document: Document) -> Iterator[tuple[Key, tuple[int, int], tuple[str, ...]]]:
    """Read a document and give each row's key, span and signs; a briefing as a whole gives none."""
    Listener.heard.clear()
    reader.read(document)
    for draft, signs in Listener.heard:
        yield (document.id, draft.place[0], draft.indicator or ""), draft.place, signs


def judged() -> dict[Key, bool]:
    with JUDGED.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    return {(row["day"], int(row["offset"]), row["indicator"]): row["verdict"] == "yes" for row in rows}


def from_news(reader: Reader) -> Iterator[Example]:
    """The judged rows, in their day and in their item alone."""
    verdicts = judged()
    by_day: dict[str, list[Key]] = defaultdict(list)
    for key in verdicts:
        by_day[key[0]].append(key)
    for record in broadcast():
        if record.id not in by_day:
            continue
        document = _opened(record)
        for key, _, signs in heard(reader, document):
            if key in verdicts:
                yield Example(signs, verdicts[key], 1.0, DAY, key[0])
        yield from _alone(reader, record, document, by_day[record.id], verdicts)


def _alone(
    reader: Reader, record: Record, document: Document, keys: Sequence[Key], verdicts: dict[Key, bool]
) -> Iterator[Example]:
    items = Items([block for block in document.blocks if block.kind != "furniture"], bulletin=True)
    spans = {(item.start, item.end): None for item in (items.at(key[1]) for key in keys)}
    for start, end in spans:
        part = _opened(Record(record.id, record.text[start:end], record.published))
        for (day, offset, indicator), _, signs in heard(reader, part):
            right = verdicts.get((day, offset + start, indicator))
            if right is not None:
                yield Example(signs, right, 0.5, ITEM, day)


def from_briefings(reader: Reader) -> Iterator[Example]:
    """The rows of the annotated briefings that overlap with one of gold."""
    for name, weight in (("dev", 0.3), ("real", 0.5)):
        for about, text, gold in annotated(name):
            for _, (start, end), signs in heard(
                reader, open_document(text.encode(), id=about["id"], about=about)
            ):
                if any(first < end and start < last for first, last in gold):
                    yield Example(signs, True, weight, BRIEFING, about["id"])


def from_bulletins(reader: Reader) -> Iterator[Example]:
    """The same rows where the briefing is one item of a bulletin of general news."""
    news = {name: "\n\n".join(paragraphs(name)) for name in ("english", "chinese")}
    for name, weight in (("dev", 0.3), ("real", 0.3)):
        for about, text, gold in annotated(name):
            before = f"{news['english' if about['lang'] == 'en' else 'chinese']}\n\n## {about['id']}\n\n"
            document = open_document((before + text).encode(), id=about["id"], about=about)
            for _, (start, end), signs in heard(reader, document):
                if any(first < end - len(before) and start - len(before) < last for first, last in gold):
                    yield Example(signs, True, weight, BRIEFING, about["id"])


def annotated(name: str) -> Iterator[tuple[dict[str, str], str, list[tuple[int, int]]]]:
    """Give each annotated briefing: what is known of it, its text, the spans of its gold."""
    folder = shared("corpus", name)
    gold: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for line in filter(None, (folder / "gold.jsonl").read_text("utf-8").splitlines()):
        row = json.loads(line)
        gold[row["source"]].append((row["start"], row["end"]))
    for about in map(json.loads, filter(None, (folder / "docs.jsonl").read_text("utf-8").splitlines())):
        if about["id"] not in held_out():
            yield about, (folder / "texts" / f"{about['id']}.txt").read_bytes().decode(), gold[about["id"]]


def paragraphs(name: str) -> list[str]:
    return (GENERAL / f"{name}.txt").read_text("utf-8").split("\n\n")


def from_general_news(reader: Reader) -> Iterator[Example]:
    for name in ("english", "chinese"):
        for k, paragraph in enumerate(paragraphs(name)):
            document = open_document(paragraph.encode(), id=f"{name}-{k}")
            yield from (
                Example(signs, False, 0.7, NEWS, document.id) for _, _, signs in heard(reader, document)
            )


def _opened(record: Record) -> Document:
    about = {"published": record.published.isoformat()} if record.published else {}
    return open_document(record.text.encode(), id=record.id, about=about)


def fit(examples: Sequence[Example], names: Sequence[str]) -> dict[str, float]:
    """Return the weight of each sign: a logistic regression with a ridge, by Newton's method."""
    places = {name: k for k, name in enumerate(names)}
    rows = [([places[sign] for sign in one.signs if sign in places], one) for one in examples]
    weights = [0.0] * len(names)
    for _ in range(25):
        slope = [-RIDGE * weight for weight in weights]
        bend = [[RIDGE if i == j else 0.0 for j in range(len(names))] for i in range(len(names))]
        for at, one in rows:
            said = 1 / (1 + math.exp(-sum(weights[k] for k in at)))
            for i in at:
                slope[i] += one.weight * (one.right - said)
                for j in at:
                    bend[i][j] += one.weight * said * (1 - said)
        weights = [weight + step for weight, step in zip(weights, solved(bend, slope), strict=True)]
    return dict(zip(names, weights, strict=True))


def solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Solve a system of linear equations with a positive definite matrix."""
    size = len(right)
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for k in range(size):
        for i in range(k + 1, size):
            factor = rows[i][k] / rows[k][k]
            for j in range(k, size + 1):
                rows[i][j] -= factor * rows[k][j]
    found = [0.0] * size
    for k in reversed(range(size)):
        found[k] = (rows[k][size] - sum(rows[k][j] * found[j] for j in range(k + 1, size))) / rows[k][k]
    return found


def points(weights: dict[str, float]) -> dict[str, int]:
    rounded = {name: round(weight * SCALE) for name, weight in weights.items()}
    return {name: worth for name, worth in sorted(rounded.items()) if worth}


def cross_validated(examples: Sequence[Example], names: Sequence[str]) -> list[tuple[int, Example]]:
    """Return the points of each example, by what the other groups taught."""
    groups = sorted({one.group for one in examples})
    scored = []
    for fold in range(FOLDS):
        inside = set(groups[fold::FOLDS])
        worth = points(fit([one for one in examples if one.group not in inside], names))
        scored += [
            (sum(worth.get(sign, 0) for sign in one.signs), one) for one in examples if one.group in inside
        ]
    return scored


def told(scored: Sequence[tuple[int, Example]], kind: str) -> Iterator[str]:
    """Give a line for each limit: how many rows it keeps, how many of them are right, how many right ones."""
    chosen = [(worth, one) for worth, one in scored if one.kind == kind]
    right = sum(one.right for _, one in chosen)
    for limit in LIMITS:
        kept = [one for worth, one in chosen if worth >= limit]
        share = sum(one.right for one in kept) / max(1, len(kept))
        found = sum(one.right for one in kept) / max(1, right)
        yield f"{limit:6d} {len(kept):6d} of {len(chosen)} kept, {share:.3f} right, {found:.3f} of the right ones"


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--write", action="store_true", help="write the fitted points into the package")
    args = parser.parse_args()
    import tallyroom.reading.reader as module

    module.Support = Listener
    reader = Reader(load_codebook())
    examples = [
        *from_news(reader),
        *from_briefings(reader),
        *from_bulletins(reader),
        *from_general_news(reader),
    ]
    names = sorted({sign for one in examples for sign in one.signs})
    scored = cross_validated(examples, names)
    for kind in (DAY, ITEM, BRIEFING, NEWS):
        print(kind, *told(scored, kind), sep="\n")
    if args.write:
        TARGET.write_text(json.dumps(points(fit(examples, names)), indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
