"""Measure the algebra of figures: nothing true is doubted, all that was planted is found, and how long that takes.

    python bench/algebra.py                      10,000 records, then one of 1,000,000 figures
    python bench/algebra.py --worlds 500 --rows 20000

Figures are told of generated worlds, straight as observations: generated briefings tell scenes of their own, which
contradict one another. One world is a country in a year, with its parts, months, cumulative series, agencies,
substances, offences, roundings, qualifiers, ranges, sets of places and shares. The record of a million figures has a
world for each of many countries and years, in documents of fifteen figures, and is checked by a process of its own.

Beside it stand a pairwise check, plain Python that only compares figures of one and the same cell, and HiGHS, which
decides a smaller record as one linear system, without telling which figures contradict.
"""

from __future__ import annotations

import functools
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

from common import Figure, options, stop, tell, timed
from memory import peak
from tallyroom.algebra.algebra import Algebra
from tallyroom.algebra.knowledge import Knowledge
from tallyroom.algebra.linear.screen import ask
from tallyroom.codebook import load_codebook, load_relations
from tallyroom.generate.dice import Dice
from tallyroom.generate.plants import plant
from tallyroom.generate.records import Said, Telling, figures_of
from tallyroom.generate.worlds import Containers, Home, a_world
from tallyroom.ledger import open_ledger as open_store
from tallyroom.model import Draft, NewEntry, Observation
from tallyroom.pipeline.ledgers import OpenLedger, open_ledger

Row = dict[str, Any]
TO_A_DOCUMENT = 15
TO_A_WORLD = 700
ASKED = 20
SMALL = 20_000
"""Figures of the record that HiGHS decides as one system."""
FIELDS = ("indicator", "unit", "period", "agency", "operation_id", "offence", "substance", "statistic")


def main() -> int:
    """Print what was found and how long it took."""
    parser = options(__doc__)
    parser.add_argument("--worlds", type=int, metavar="N", default=10_000, help="small records (10,000)")
    parser.add_argument(
        "--rows", type=int, metavar="N", default=1_000_000, help="figures of the large one (1,000,000)"
    )
    parser.add_argument("--check", type=Path, metavar="PATH", help="only measure the record there")
    chosen = parser.parse_args()
    if chosen.check:
        with open_ledger(chosen.check) as ledger:
            tell(measured(ledger, Tools()), chosen.json)
        return 0
    tools = Tools()
    figures = small_records(tools, chosen.worlds)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger"
        fill(path, tools, chosen.rows)
        figures += in_a_process_of_its_own(path)
    tell([*figures, *beside_highs(tools, min(SMALL, chosen.rows))], chosen.json)
    return 0


class Tools:
    """What generating and checking need, loaded once."""

    def __init__(self) -> None:
        codebook = load_codebook()
        self.containers = Containers(codebook)
        self.knowledge = Knowledge(codebook, load_relations())
        areas = codebook.lists["areas"].values()
        countries = sorted({area.parent for area in areas if area.parent})
        self.countries = [code for code in countries if len(self.containers.parts_of(code)) >= 5]

    def homes(self) -> Iterator[Home]:
        """A country and a year each, some 1,700."""
        for year in range(2025, 1980, -1):
            for country in self.countries:
                yield Home(country, tuple(self.containers.parts_of(country)[:12]), year)


def small_records(tools: Tools, worlds: int) -> list[Figure]:
    """Check records that can be true, and the same with a contradiction planted."""
    doubted = found = 0
    seconds = 0.0
    homes = list(tools.homes())
    for number in range(worlds):
        dice = Dice("bench", number)
        telling, told = a_record(tools, dice.pick(homes), dice, 60)
        planted = plant(told, telling, dice.child("plant"))
        if planted is None:
            stop(f"nothing was planted in world {number}")
        begun = time.process_time()
        doubted += bool(check(tools, told))
        names = check(tools, [*told, *planted.said])
        seconds += time.process_time() - begun
        found += any(planted.wrong in entries for entries in names)
    each = f"{1000 * seconds / max(1, 2 * worlds):.1f} ms of CPU a record"
    return [
        Figure(f"of {worlds:,} consistent records: doubted", str(doubted), "0", each),
        Figure(
            f"of {worlds:,} contradictions planted beyond rounding: found", f"{found:,}", f"{worlds:,}", each
        ),
    ]


def a_record(
    tools: Tools, home: Home, dice: Dice, figures: int, entry: int = 1
) -> tuple[Telling, list[Said]]:
    """Tell about so many figures of a world."""
    world = a_world(home, tools.containers, dice.child("world"), events=min(150, 2 * figures))
    telling = Telling(world, dice.child("telling"), max(2, figures // TO_A_DOCUMENT), entry)
    return telling, telling.record(figures)


def check(tools: Tools, told: Sequence[Said]) -> list[tuple[int, ...]]:
    """Return the entries of each contradiction."""
    algebra = Algebra(tools.knowledge)
    algebra.add_figures(figures_of(told))
    return [tuple(figure.entry for figure in finding.figures) for finding in algebra.check()]


def fill(path: Path, tools: Tools, rows: int) -> None:
    """Keep a record of so many figures, one commit for each world."""
    kept = 0
    with open_store(path) as store:
        for home in tools.homes():
            if kept >= rows:
                return
            _, told = a_record(
                tools, home, Dice("large", home.country, home.year), min(TO_A_WORLD, rows - kept)
            )
            store.append(draft_of(home, told))
            kept += len(told)
    if kept < rows:
        stop(f"there are no more than {kept:,} figures in the world")


def draft_of(home: Home, told: Sequence[Said]) -> Draft:
    """The documents of a world with their figures."""
    documents: dict[int, list[Observation]] = {}
    for figure in figures_of(told):
        documents.setdefault(figure.document, []).append(figure.observation)
    entries: list[NewEntry] = []
    for rows in documents.values():
        source = f"{rows[0].source}-{home.year}"
        entries.append(NewEntry("document", {"id": source}))
        about = (-len(entries),)
        entries += (NewEntry("observation", row.row() | {"source": source}, about) for row in rows)
    return Draft("bench", "generated", tuple(entries))


def in_a_process_of_its_own(path: Path) -> list[Figure]:
    command = [sys.executable, __file__, "--json", "--check", str(path)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        stop("the large record could not be checked")
    return [Figure(*line) for line in json.loads(done.stdout)]


def measured(ledger: OpenLedger, tools: Tools) -> list[Figure]:
    """Check a record as a whole, with one more briefing, and ask bounds; then compare its figures pairwise."""
    seconds, audit = timed(ledger.check)
    memory = peak()
    touched = [one_more(ledger, tools, number) for number in range(6)]
    asked = list(bounds_asked(ledger))
    pairwise, pairs = timed(lambda: disjoint_pairs(ledger))
    beside = f"pairwise, only one and the same cell: {pairwise:.1f} s, {pairs} found"
    what = f"{audit.figures:,} figures"
    hard = sum(finding.severity == "hard" for finding in audit.findings)
    told = f"{hard} contradictions, {len(audit.findings) - hard} others"
    slowest = f"the slowest of {len(touched)}, median {median(touched):.2f} s"
    longest = f"the slowest of {len(asked)}, median {median(asked):.3f} s"
    return [
        Figure(f"check of all: {what}", f"{seconds:.1f} s of CPU", "60 s", f"{told}; {beside}"),
        Figure(f"peak memory of that: {what}", f"{memory / 1024:.2f} GB", "4 GB"),
        Figure("check of what one more briefing touches", f"{max(touched):.2f} s of CPU", "1 s", slowest),
        Figure("bounds of one cell, at hand", f"{max(asked):.3f} s of CPU", "0.2 s", longest),
    ]


def one_more(ledger: OpenLedger, tools: Tools, number: int) -> float:
    """The seconds to check a record again after one more briefing: by turns of what it has, and of new figures."""
    rows = new_figures(tools, number) if number % 2 else figures_again(ledger, number)
    source = f"one-more-{number}"
    entries = [NewEntry("document", {"id": source})]
    entries += (NewEntry("observation", row | {"source": source}, (-1,)) for row in rows[:TO_A_DOCUMENT])
    ledger.ledger.append(Draft("bench", "one more", tuple(entries)))
    return timed(lambda: ledger.check(touched_by=source))[0]


def figures_again(ledger: OpenLedger, number: int) -> list[Row]:
    """The figures of a document of the record."""
    some = ledger.ledger.figure(some_entry(ledger, number))
    assert some is not None
    return [figure.observation.row() for figure in ledger.figures(f"source={some.observation.source}")]


def new_figures(tools: Tools, number: int) -> list[Row]:
    """Figures of a world of the record that no document tells yet."""
    home = Dice("more", number).pick(list(tools.homes())[:20])
    dice = Dice("large", home.country, home.year)
    _, told = a_record(tools, home, dice, TO_A_WORLD + TO_A_DOCUMENT)
    return [figure.observation.row() for figure in figures_of(told[TO_A_WORLD:])]


def some_entry(ledger: OpenLedger, number: int) -> int:
    """An entry of a figure somewhere in the record."""
    head = ledger.ledger.head()
    assert head is not None
    entry = Dice("entry", number).between(1, head.entries[1] - 1)
    while ledger.ledger.entry(entry).kind != "observation":
        entry += 1
    return entry


def bounds_asked(ledger: OpenLedger) -> Iterator[float]:
    """The seconds of bounds of cells of figures somewhere in the record, each second time of their country."""
    for number in range(ASKED):
        figure = ledger.ledger.figure(some_entry(ledger, 100 + number))
        assert figure is not None
        told = figure.observation
        pairs = [
            f"{name}={value}" for name in FIELDS if (value := getattr(told, name)) and name != "statistic"
        ]
        pairs += [f"{name}={value}" for name, value in told.breakdown.items()]
        pairs = [pair for pair in pairs if pair != "unit=percent"]
        area = told.area if number % 2 else (told.area[0].partition("-")[0],)
        pairs.append(f"area={','.join(area)}")
        yield timed(functools.partial(ledger.bounds, pairs))[0]


def disjoint_pairs(ledger: OpenLedger) -> int:
    """The reference: of how many cells two figures lie apart. It knows no parts, no sums and no series."""
    ends: dict[tuple[Any, ...], tuple[Decimal, Decimal | None]] = {}
    apart = set()
    for _, _, indicator, unit, area, period, low, high, _, _, *rest in ledger.ledger.light_figures():
        if period[:10] == period[11:]:
            continue  # hauls of one day, of which there may be several
        cell = (indicator, unit, area, period, *rest)
        least, most = ends.get(cell, (Decimal(0), None))
        least = max(least, Decimal(low or 0))
        most = most if high is None else min(Decimal(high), most) if most is not None else Decimal(high)
        ends[cell] = least, most
        if most is not None and least > most:
            apart.add(cell)
    return len(apart)


def beside_highs(tools: Tools, rows: int) -> list[Figure]:
    """Decide one record of so many figures by the algebra, and by HiGHS as one system."""
    told: list[Said] = []
    for home in tools.homes():
        if len(told) >= rows:
            break
        entry = 1 + max((one.figure.entry for one in told), default=0)
        told += a_record(tools, home, Dice("large", home.country, home.year), TO_A_WORLD, entry)[1]
    algebra = Algebra(tools.knowledge)
    ours = timed(lambda: (algebra.add_figures(figures_of(told)), algebra.check()))[0]
    region = algebra.regions.region(range(len(algebra.holding.place)), whole=True)
    theirs, hint = timed(lambda: ask(region.system, range(len(region.system.rows)), {}, draw_in=True))
    verdict = "no answer" if hint is None else "can hold" if hint.point is not None else "cannot hold"
    size = f"{region.system.variables:,} variables, {len(region.system.rows):,} rows"
    beside = f"HiGHS, one system of {size}: {theirs:.1f} s, {verdict}"
    return [
        Figure(f"check of {len(told):,} figures in memory", f"{ours:.1f} s of CPU",  "", beside)
    ]  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
