"""The Python door: the same things as the command line, with the same words."""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tallyroom import model
from tallyroom.errors import TallyroomError
from tallyroom.pipeline.ledgers import OpenLedger, open_ledger
from tallyroom.pipeline.loading import Codebooks, load
from tallyroom.pipeline.names import Names
from tallyroom.pipeline.reading import Failure, ReadOptions, Record, Sourced, read_one, read_sources

if TYPE_CHECKING:
    import polars

    from tallyroom.evaluation import Evaluation
    from tallyroom.pipeline.releasing import Comparison

__all__ = [
    "Codebooks",
    "OpenLedger",
    "Reading",
    "compare_releases",
    "evaluate",
    "load",
    "open_ledger",
    "read",
    "read_all",
    "verify_release",
]


class Reading(Sourced, frozen=True):
    """A document read: `.document`, `.observations`, `.numerals`, `.leftovers`, and ways to look at them.

    `.data` are the bytes of its source where they were asked for, and the record needs them.

    Examples:
        >>> import tallyroom
        >>> reading = tallyroom.read(text="Customs officers seized 12.5 kg of heroin.")
        >>> [str(row.value) for row in reading.observations]
        ['12.5']
    """

    def to_polars(self) -> polars.DataFrame:
        """Return the observations as a frame of polars, one row each.

        Values are exact decimals; `period_start` and `period_end` are dates.

        Raises:
            TallyroomError: A value has more digits than a column of decimals holds.
        """
        from tallyroom.show.tabular import frame_of

        return frame_of(self.observations)

    def to_jsonl(self) -> str:
        """Return the observations as JSON lines, as `tallyroom read --format jsonl` writes them."""
        return "".join(f"{row.to_json()}\n" for row in self.observations)

    def to_html(self) -> str:
        """Return the marked-up page, as `tallyroom read --format html` writes it."""
        from tallyroom.show.html import page_of

        return page_of(self)

    def _repr_html_(self) -> str:
        """What a notebook shows: the page in a frame of its own, so that its style stays inside."""
        from html import escape

        page = escape(self.to_html())
        return f'<iframe srcdoc="{page}" sandbox="" style="width:100%;height:36rem;border:0"></iframe>'


def read(
    source: str | Path | None = None,
    *,
    text: str | None = None,
    published: datetime.date | str | None = None,
    codebook: Codebooks = (),
    encoding: str | None = None,
    name: str = "text",
    keep: bool = False,
    allow_private: bool = False,
) -> Reading:
    """Read one briefing.

    Args:
        source: Path of a text or a web page, its address (`https://...`), or `-` for standard input.
        text: The text itself, in place of `source`.
        published: Day of publication; it goes before the document's own word.
        codebook: What the reader shall know: all shipped codebooks by default.
        encoding: Of `source`, where it is not found rightly.
        name: The id of a document given as `text`.
        keep: Whether the bytes of the source come along, as a record needs them.
        allow_private: Whether an address may lead to this machine or into a network that is not public.

    Returns:
        The reading; without observations where the document states none.

    Raises:
        TallyroomError: The document could not be read, or a codebook has a mistake.
        TypeError: Neither or both of `source` and `text` were given.

    Examples:
        >>> import tallyroom
        >>> reading = tallyroom.read(text="全省共破获毒品案件41起。", published="2025-07-02")
        >>> [(row.indicator, str(row.value), row.unit) for row in reading.observations]
        [('cases_solved', '41', 'case')]
    """
    if (source is None) == (text is None):
        raise TypeError("read takes either a source or text=")
    day = _day(published)
    item = Record(name, text, day) if text is not None else source
    assert item is not None
    return _with_doors(read_one(item, load(codebook), ReadOptions(day, encoding, keep, allow_private)))


def read_all(
    sources: str | Path | Iterable[str | Path],
    *,
    published: datetime.date | str | None = None,
    codebook: Codebooks = (),
    encoding: str | None = None,
    jobs: int = 1,
    keep: bool = False,
    allow_private: bool = False,
) -> Iterator[Reading | Failure]:
    """Read many briefings, one after the other or in several processes, in the order of the sources.

    Args:
        sources: Paths of files and directories, and addresses (`https://...`).
        jobs: Number of processes. A script that asks for more than one guards its start with
            `if __name__ == "__main__":`.
        keep: Whether the bytes of the sources come along, as a record needs them.
        allow_private: Whether addresses may lead to this machine or into networks that are not public.

    Returns:
        A `Reading` for each document and a `Failure` for each that could not be read. After the last, a
        warning tells where several documents have one name.

    Raises:
        TallyroomError: A codebook has a mistake.

    Examples:
        >>> import tallyroom
        >>> [outcome.code for outcome in tallyroom.read_all(["no-such-file.txt"])]
        ['DC102']
    """
    paths = [sources] if isinstance(sources, str | Path) else sources
    options, names = ReadOptions(_day(published), encoding, keep, allow_private), Names()
    return _told(read_sources(paths, load(codebook), options, jobs, names=names), names)


def _told(outcomes: Iterable[model.Reading | Failure], names: Names) -> Iterator[Reading | Failure]:
    for outcome in outcomes:
        yield outcome if isinstance(outcome, Failure) else _with_doors(outcome)
    if notice := names.shared():
        warnings.warn(str(notice), stacklevel=2)


def evaluate(
    gold_dir: str | Path,
    *,
    codebook: Codebooks = (),
    lang: str = "",
    skip: Collection[str] = (),
    only: Collection[str] | None = None,
    jobs: int = 1,
) -> Evaluation:
    """Score the reader on annotations in the format of the corpus (`docs.jsonl`, `gold.jsonl`, `texts/`).

    Args:
        gold_dir: The folder that holds them.
        lang: Only documents whose language begins with this.
        skip: Ids of documents to leave out.
        only: Ids of the documents to score alone.

    Raises:
        TallyroomError: The annotations cannot be read, or a codebook has a mistake.

    Examples:
        >>> import tallyroom
        >>> tallyroom.evaluate("no-such-folder")  # doctest: +IGNORE_EXCEPTION_DETAIL
        Traceback (most recent call last):
        tallyroom.evaluation.gold.GoldUnreadable: no-such-folder/docs.jsonl: ... [CL130]
    """
    from tallyroom.evaluation import load_gold, score

    gold = load_gold(gold_dir, lang, skip, only)
    rows: dict[str, list[dict[str, object]]] = {}
    unread: list[str] = []
    names = Names()
    for outcome in read_sources([gold.texts], load(codebook), jobs=jobs, only=gold.langs, names=names):
        if isinstance(outcome, Failure):
            unread.append(outcome.message)
        else:
            rows[outcome.document.id] = [row.row() for row in outcome.observations]
    if missing := len(gold.langs) - len(rows) - len(unread):
        unread.append(f"{gold.texts}: {missing} of the documents in docs.jsonl have no text here")
    if notice := names.shared():
        unread.append(str(notice))
    return score(gold, rows, tuple(unread))


def _day(published: datetime.date | str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(published) if isinstance(published, str) else published


def _with_doors(reading: model.Reading) -> Reading:
    fields = {name: getattr(reading, name) for name in reading.__struct_fields__}
    return Reading(**fields)


def verify_release(
    folder: str | Path, ledger: str | Path | None = None, codebook: Sequence[str | Path] = ()
) -> list[TallyroomError]:
    """Check a release: its files against its manifest, and against what its record gives when it is built again.

    Args:
        folder: What `tallyroom release build` wrote.
        ledger: The record that it was made from; without it hashes alone are checked.

    Returns:
        What is wrong, one error a file; nothing for a release that is as it was published.

    Raises:
        TallyroomError: The folder is no release, or the record lacks its commit.

    Examples:
        >>> import tallyroom
        >>> try:
        ...     tallyroom.verify_release("no-such-folder")
        ... except tallyroom.TallyroomError as error:
        ...     print(error.code)
        RL111
    """
    from tallyroom.pipeline.releasing import verify_release as verify

    if ledger is None:
        return list(verify(Path(folder)))
    with open_ledger(ledger, create=False) as record:
        return list(verify(Path(folder), record.ledger, list(codebook)))


def compare_releases(first: str | Path, second: str | Path) -> Comparison:
    """Tell what moved between two releases, and why.

    Raises:
        TallyroomError: One of the folders is no release.

    Examples:
        >>> import tallyroom
        >>> try:
        ...     tallyroom.compare_releases("no-such-folder", "neither")
        ... except tallyroom.TallyroomError as error:
        ...     print(error.code)
        RL111
    """
    from tallyroom.pipeline.releasing import compare_releases as compare

    return compare(first, second)
