"""Where each number of a release stands in its files: the list that says that none is without its entries."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from tallyroom.release.edition import Chart, Edition, Release, all_numbers, marked, numbers_of


class Placed(msgspec.Struct, frozen=True):
    """One printed number: the file, the place in it, its characters with their mark, and its fact.

    The place is the id of the number in a page (`n12`), its order in other texts, the row in a table of data.
    """

    file: str
    place: str
    text: str
    fact: int


def placed_numbers(release: Release, endings: tuple[str, ...]) -> Iterator[Placed]:
    """Give every number that the files of a release print.

    Args:
        endings: Formats of the editions (`html`, `pdf`, `docx`, `xlsx`, `txt`). Text has no charts.
    """
    for lang, edition in release.editions.items():
        for ending in endings:
            numbers = edition.printed if ending == "txt" else all_numbers(edition)
            for number in numbers:
                yield Placed(
                    f"{release.id}.{lang}.{ending}",
                    f"n{number.number}",
                    number.text + marked(number),
                    number.fact,
                )
    for ending in ("csv", "parquet"):
        for at, fact in enumerate(release.facts):
            if fact.status != "x":
                yield Placed(
                    f"{release.id}.{ending}", f"row {at + 1}, value", format(fact.observation.value, "f"), at
                )


def charts_of(edition: Edition) -> list[Chart]:
    """Return the charts of an edition."""
    return [block for block in edition.body if isinstance(block, Chart) and numbers_of(block)]
