"""Score the reader on the annotated corpora as web pages, Word files and PDFs, and with lists as tables.

    python bench/renderings.py                    every form of dev and real, beside the plain text
    python bench/renderings.py --form html --worst 10     one form, and the documents that lose most
    python bench/renderings.py --keep FOLDER      write what was rendered and extracted there

Wanted is an F1 at `cell` within 0.02 of the plain text. The test tool `tests/rendering` makes the forms.
"""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import Any, NamedTuple

from checkout import ROOT
from common import Figure, options, shared, tell

sys.path.insert(0, str(ROOT / "tests"))

import msgspec

from rendering import FORMS, align, render
from tallyroom.codebook import load_codebook
from tallyroom.documents import open_document
from tallyroom.errors import TallyroomError
from tallyroom.evaluation import Evaluation, Gold, load_gold, score
from tallyroom.evaluation.gold import Row
from tallyroom.reading import Reader

PLAIN = "plain text"
WANTED = 0.02
CORPORA = ("dev", "real")


class Rendered(NamedTuple):
    """What became of one document in one form: annotations in the extracted text, and what was read there."""

    gold: list[Row]
    read: list[Row]
    lost: int
    """Annotations whose characters are not in the extracted text."""
    unread: str = ""


class Bench:
    """Renders, extracts and reads; the same reader for all."""

    def __init__(self, corpus: str, keep: Path | None) -> None:
        self.corpus, self.keep = corpus, keep
        self.gold = load_gold(shared("corpus", corpus))
        lines = (shared("corpus", corpus) / "docs.jsonl").read_bytes().splitlines()
        entries = (msgspec.json.decode(line) for line in lines if line.strip())
        self.about: dict[str, dict[str, Any]] = {entry["id"]: entry for entry in entries}
        self.reader = Reader(load_codebook())

    def of(self, form: str) -> dict[str, Rendered]:
        """Return every document of the corpus in one form."""
        return {name: self.one(name, form) for name in self.gold.langs}

    def one(self, name: str, form: str) -> Rendered:
        """Return one document in one form; unread where it could not be opened."""
        text = (self.gold.texts / f"{name}.txt").read_bytes().decode()
        rows = self.gold.rows[name]
        if form == PLAIN:
            return Rendered(rows, self.read(name, text.encode(), ".txt")[1], 0)
        day = self.about[name].get("published")
        flow, data = render(text, form, name, datetime.date.fromisoformat(day) if day else None)
        suffix = FORMS[form].suffix
        self.store(form, name + suffix, data)
        try:
            extracted, read = self.read(name, data, suffix)
        except TallyroomError as error:
            return Rendered(rows, [], len(rows), str(error))
        self.store(form, f"{name}{suffix}.txt", extracted.encode())
        aligned = align(flow, extracted)
        gold = [aligned.row(row) for row in rows]
        return Rendered(gold, read, sum(row["start"] < 0 for row in gold))

    def read(self, name: str, data: bytes, suffix: str) -> tuple[str, list[Row]]:
        """Open and read bytes as a file with what `docs.jsonl` says of it."""
        document = open_document(data, id=name, name=name + suffix, about=self.about[name])
        return document.text, [row.row() for row in self.reader.read(document).observations]

    def store(self, form: str, name: str, data: bytes) -> None:
        """Keep a file for a look, where a folder was named."""
        if self.keep:
            folder = self.keep / self.corpus / form.replace(", ", "-")
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)

    def scored(self, rendered: dict[str, Rendered]) -> Evaluation:
        """Score what was read in one form."""
        gold = Gold(self.gold.langs, {name: one.gold for name, one in rendered.items()}, self.gold.texts)
        unread = tuple(f"{name}: {one.unread}" for name, one in rendered.items() if one.unread)
        return score(gold, {name: one.read for name, one in rendered.items()}, unread)


def main() -> int:
    """Print F1 at `cell` of each form beside that of the plain text."""
    parser = options(__doc__)
    parser.add_argument("--form", action="append", choices=FORMS, help="only this form; may be given again")
    parser.add_argument("--corpus", action="append", choices=CORPORA, help="only this corpus")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="list N documents of each form")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="list N rows of each of them")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="write what was rendered there")
    chosen = parser.parse_args()
    figures: list[Figure] = []
    for corpus in chosen.corpus or CORPORA:
        bench = Bench(corpus, chosen.keep)
        plain = bench.of(PLAIN)
        base = bench.scored(plain).levels["cell"].f1
        figures.append(Figure(f"{corpus}, {PLAIN}: F1 cell", f"{base:.3f}"))
        for form in chosen.form or FORMS:
            rendered = bench.of(form)
            figures.append(figure_of(f"{corpus}, {form}: F1 cell", bench.scored(rendered), base, rendered))
            if chosen.worst:
                print_worst(bench, form, plain, rendered, chosen.worst, chosen.errors)
    tell(figures, chosen.json)
    return 0


def figure_of(what: str, evaluation: Evaluation, base: float, rendered: dict[str, Rendered]) -> Figure:
    """Return the figure of one form, with how far it is from the plain text and what was lost."""
    f1 = evaluation.levels["cell"].f1
    lost = sum(one.lost for one in rendered.values())
    beside = f"{f1 - base:+.3f} of the plain text; {lost} annotated figures not extracted"
    if evaluation.unread:
        beside += f"; {len(evaluation.unread)} documents not opened"
    return Figure(what, f"{f1:.3f}", f"{base - WANTED:.3f}", beside)


def print_worst(
    bench: Bench, form: str, plain: dict[str, Rendered], rendered: dict[str, Rendered], most: int, errors: int
) -> None:
    """Print the documents that lose most rows against the plain text, with what is wrong in them."""

    def wrong(one: Rendered, name: str) -> Evaluation:
        gold = Gold({name: bench.gold.langs[name]}, {name: one.gold}, bench.gold.texts)
        return score(gold, {name: one.read})

    def misses(evaluation: Evaluation) -> int:
        cell = evaluation.levels["cell"]
        return cell.gold + cell.read - 2 * cell.right

    found = [
        (misses(wrong(one, name)) - misses(wrong(plain[name], name)), name) for name, one in rendered.items()
    ]
    for more, name in sorted(found, reverse=True)[:most]:
        if more <= 0:
            break
        print(f"{bench.corpus} {form} {name}: {more} more misses, {rendered[name].lost} not extracted")
        known = {(d.kind, d.text, d.indicator, str(d.fields)) for d in wrong(plain[name], name).differences}
        fresh = [d for d in wrong(rendered[name], name).differences
                 if (d.kind, d.text, d.indicator, str(d.fields)) not in known]  # fmt: skip
        for difference in fresh[:errors]:
            print(
                f"    {difference.kind} {difference.text!r} {difference.indicator} {difference.fields or ''}"
            )


if __name__ == "__main__":
    raise SystemExit(main())
