"""Mappings: how the columns of a table that somebody publishes become observations. Reading never comes here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from tallyroom.codebook.books import File, choose_books, read_files
from tallyroom.codebook.problems import CodebookError, Problem, Report, nearest, raise_problem
from tallyroom.codebook.reporting_shapes import choice, coded
from tallyroom.codebook.schema import (
    SOURCE,
    Context,
    integer,
    label,
    mapping_of,
    number,
    record,
    text,
    texts,
)
from tallyroom.codebook.yamlsource import Entry, read_yaml

FOLDER = "mappings"

AREA = record(
    {},
    {
        "fixed": texts,
        "column": text,
        "scheme": choice("iso2", "iso3"),
        "names": text,
        "codes": mapping_of(text),
    },
)
PERIOD = record({"year": text}, {"month": text, "begins": integer, "months": mapping_of(integer)})
SUBSTANCE = record({"column": text}, {"codes": mapping_of(text), "others": choice("name", "refused")})
FIGURE = record(
    {"column": text, "indicator": text, "unit": text},
    {"written": text, "factor": number, "counted": label, "note": text},
)
MAPPING = record(
    {
        "mapping": text, "label": label, "publisher": text, "area": AREA, "period": PERIOD,
        "keys": mapping_of(text), "figures": coded(FIGURE),
    },
    {
        "agency": text, "source": SOURCE, "scope": texts, "offence": text, "substance": SUBSTANCE,
        "missing": texts, "totals": mapping_of(texts), "note": text,
    },
)  # fmt: skip


class AreaColumn(msgspec.Struct, frozen=True):
    """Where the place of a row is told: one for all rows, or a column of codes and one of names beside it."""

    fixed: tuple[str, ...] = ()
    column: str = ""
    scheme: str = "iso2"
    names: str = ""
    codes: dict[str, str] = {}
    """Name, or code, to the code that stands for it; before the scheme."""


class PeriodColumns(msgspec.Struct, frozen=True):
    """Where the period of a row is told. A year that begins after January has the number of the year of its end."""

    year: str
    month: str = ""
    begins: int = 1
    months: dict[str, int] = {}


class SubstanceColumn(msgspec.Struct, frozen=True):
    """Where the substance is told; `others` says what becomes of a name without a code."""

    column: str
    codes: dict[str, str] = {}
    others: str = "refused"


class MappedFigure(msgspec.Struct, frozen=True):
    """A column that holds figures: what they measure, and the factor that turns them into `unit`."""

    code: str
    column: str
    indicator: str
    unit: str
    written: str = ""
    factor: Decimal = Decimal(1)
    counted: dict[str, str] = {}


class TableMapping(msgspec.Struct, frozen=True):
    """How a published table is read. `keys` name columns that total and scope are made by."""

    code: str
    label: dict[str, str]
    publisher: str
    agency: str | None
    area: AreaColumn
    period: PeriodColumns
    keys: dict[str, str]
    figures: tuple[MappedFigure, ...]
    scope: tuple[str, ...] = ()
    offence: str | None = None
    substance: SubstanceColumn | None = None
    missing: tuple[str, ...] = ()
    totals: dict[str, tuple[str, ...]] = {}

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that the table must have."""
        named = [self.area.column, self.area.names, self.period.year, self.period.month, *self.keys.values()]
        named += [self.substance.column] if self.substance else []
        named += [figure.column for figure in self.figures]
        return tuple(dict.fromkeys(name for name in named if name))


def load_mapping(code: str, names_or_paths: Sequence[str | Path] = ()) -> TableMapping:
    """Return a mapping of the chosen codebooks by its code, or that of a YAML file by its path.

    Raises:
        CodebookError: CB118 where there is none, or what is wrong in its file.

    Examples:
        >>> load_mapping("cbp-drug-seizures").period.begins
        10
    """
    path = Path(code)
    if path.suffix in (".yaml", ".yml") and path.is_file():
        entry = read_yaml(path.read_bytes(), str(path))
        assert_shape(entry, Context(str(path), raise_problem))
        return _mapping(entry)
    found = {
        entry["mapping"]: entry for entry, _ in _all(read_files(choose_books(names_or_paths)), raise_problem)
    }
    if code not in found:
        raise CodebookError(_no_mapping(code, found))
    return _mapping(found[code])


def declared_mappings(names_or_paths: Sequence[str | Path] = ()) -> tuple[TableMapping, ...]:
    """Return all mappings of the chosen codebooks, by code."""
    found = _all(read_files(choose_books(names_or_paths)), raise_problem)
    return tuple(sorted((_mapping(entry) for entry, _ in found), key=lambda one: one.code))


def assert_shape(entry: Any, context: Context) -> bool:
    """Tell whether a file's content is a mapping whose parts name each other rightly; report what is not."""
    return MAPPING(entry, 1, context) and _coherent(entry, context)


def check_mappings(files: Iterable[File], report: Report) -> list[tuple[Entry, Context]]:
    """Report what is wrong in the form of mappings; return those that are sound, for checks of their codes."""
    return list(_all(files, report))


def _all(files: Iterable[File], report: Report) -> list[tuple[Entry, Context]]:
    found: dict[str, tuple[Entry, Context]] = {}
    for file in files:
        if file.path.split("/")[0] != FOLDER:
            continue
        context = Context(file.shown, report)
        try:
            entry = read_yaml(file.data, file.shown)
        except CodebookError as error:
            report(error.problem)
            continue
        if assert_shape(entry, context):
            if entry["mapping"] in found and not file.book.overlay:
                context.say("CB113", f"the mapping {entry['mapping']!r} is defined twice.", entry.line)
            found[entry["mapping"]] = (entry, context)
    return list(found.values())


def _coherent(entry: Entry, context: Context) -> bool:
    """Totals and scope go by keys; the place is told somewhere; months have their numbers."""
    keys, good = entry["keys"], True
    for name, by in [("scope", entry.get("scope", ())), *entry.get("totals", {}).items()]:
        for key in by:
            if key not in keys:
                line = entry.lines["scope" if name == "scope" else "totals"]
                context.say("CB107", f"{key!r} is not among the keys.", line, expected=", ".join(keys), found=key,
                    next_step=nearest(key, keys))  # fmt: skip
                good = False
    area = entry["area"]
    if bool(area.get("fixed")) == bool(area.get("column")):
        good = context.wrong(entry.lines["area"], "either fixed or column", dict(area))
    period = entry["period"]
    if "month" in period and not period.get("months"):
        good = context.wrong(entry.lines["period"], "months: names of months and their numbers", dict(period))
    return good


def _mapping(entry: Entry) -> TableMapping:
    area, period, substance = entry["area"], entry["period"], entry.get("substance")
    return TableMapping(
        code=entry["mapping"],
        label=dict(entry["label"]),
        publisher=entry["publisher"],
        agency=entry.get("agency"),
        area=AreaColumn(
            **{**area, "fixed": tuple(area.get("fixed", ())), "codes": dict(area.get("codes", {}))}
        ),
        period=PeriodColumns(**{**period, "months": dict(period.get("months", {}))}),
        keys=dict(entry["keys"]),
        figures=tuple(_figure(code, told) for code, told in entry["figures"].items()),
        scope=tuple(entry.get("scope", ())),
        offence=entry.get("offence"),
        substance=SubstanceColumn(**{**substance, "codes": dict(substance.get("codes", {}))})
        if substance
        else None,
        missing=tuple(entry.get("missing", ())),
        totals={name: tuple(by) for name, by in entry.get("totals", {}).items()},
    )


def _figure(code: str, told: Entry) -> MappedFigure:
    return MappedFigure(
        code=code,
        column=told["column"],
        indicator=told["indicator"],
        unit=told["unit"],
        written=told.get("written", told["unit"]),
        factor=Decimal(told.get("factor", 1)),
        counted=dict(told.get("counted", {})),
    )


def _no_mapping(code: str, known: Iterable[str]) -> Problem:
    known = sorted(known)
    return Problem(
        "CB118", "there is no mapping of this code.", expected=", ".join(known) or "a file in mappings/", found=code,
        next_step=nearest(code, known) or "tallyroom codebook list, or give the path of a YAML file",
    )  # fmt: skip
