"""What a compiled codebook holds: terms, indicators, campaigns, agencies, areas. No YAML, no I/O here."""

from __future__ import annotations

import datetime
from decimal import Decimal

import msgspec

from tallyroom.model.packing import Packed


class Term(msgspec.Struct, frozen=True, gc=False, array_like=True, omit_defaults=True):
    """One wording of one language and what it means for a figure that stands near it.

    `action` is what was done (`seize`), `thing` what it was done to (`case`, `person`, `drug`); a term may be
    both (缴毒: seize + drug). `marks` narrow the figure by dimension (`offence`, `substance`, `role`, `site`,
    ...). `cue` is a function word for the clause (`respectively`, `of_which`, `rise`), `demonym` for an
    adjective of an area, `context_only` for a word that means this only in fitting company (an ambiguous area
    or street name). `area`, `agency` and `operation` name codes.
    """

    word: str
    lang: str
    rule: str
    """Where the wording stands: `zh/actions/seize`."""
    action: str | None = None
    thing: str | None = None
    marks: dict[str, str] = {}
    cue: str | None = None
    area: tuple[str, ...] = ()
    agency: str | None = None
    operation: str | None = None
    weight: int = 0
    """Breaks ties between meanings of one word; higher wins."""


class Pattern(msgspec.Struct, frozen=True, gc=False):
    """One way to recognise an indicator: what is counted, what was done to it, in which measures."""

    thing: tuple[str, ...]
    action: tuple[str, ...] = ()
    """Empty: no verb is needed."""
    measure: tuple[str, ...] = ()
    """Empty: a plain count."""
    marks: dict[str, str] = {}
    unit: str | None = None
    """Overrides the indicator's unit."""
    when: dict[str, str] = {}
    """Only where these marks are present on the figure."""
    bare: bool = True
    """False: `action` must stand in the figure's own clause."""


class Indicator(msgspec.Struct, frozen=True):
    """What is counted or measured: identity, definition, units, and the patterns that recognise it."""

    code: str
    label: dict[str, str]
    definition: str
    units: tuple[str, ...]
    behaves: str
    adds_up_over: tuple[str, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    source: dict[str, str] = {}
    """Where the definition comes from: `title`, `url`, `retrieved`."""


class AsOf(msgspec.Struct, frozen=True):
    """A release of a campaign: figures published on `published` run to `until`."""

    published: datetime.date
    until: datetime.date


class Operation(msgspec.Struct, frozen=True):
    """A campaign or one of its operations: names in each language, the parent, its start and as-of dates."""

    code: str
    label: dict[str, str]
    names: tuple[str, ...]
    parent: str | None = None
    campaign: str | None = None
    start: datetime.date | None = None
    planned_end: datetime.date | None = None
    releases: tuple[AsOf, ...] = ()
    agency: str | None = None
    marks: dict[str, str] = {}


class Agency(msgspec.Struct, frozen=True):
    """A body whose results are published: its names, the area that its results are about, its offences."""

    code: str
    label: dict[str, str]
    names: tuple[str, ...]
    area: tuple[str, ...] = ()
    marks: dict[str, str] = {}
    part_of: str | None = None
    """The body that it belongs to: that one's totals take in its results."""
    fiscal_year: str | None = None
    """Month and day on which its year begins, `10-01`; None for the calendar year."""
    short_tons: bool = False


class UnitEntry(msgspec.Struct, frozen=True):
    """A unit of measure and its written forms."""

    code: str
    measure: str
    factor: Decimal
    words: dict[str, tuple[str, ...]]
    """Written forms by language, folded (lower case, half width, simplified)."""
    counter: bool = True
    short_ton: Decimal | None = None
    """The factor of `ton` and `tons` where a US agency writes them; None for every other entry."""


class Code(msgspec.Struct, frozen=True):
    """An entry of a code list (a substance, an offence, a value of a breakdown)."""

    code: str
    label: dict[str, str]
    parent: str | None = None
    definition: dict[str, str] = {}


class Codebook(Packed, msgspec.Struct, frozen=True):
    """All chosen codebooks compiled into one. `digest` is the SHA-256 of the files it was made from.

    Examples:
        >>> import tallyroom
        >>> tallyroom.load_codebook(["core"]).names
        ('core',)
    """

    names: tuple[str, ...]
    digest: str
    terms: tuple[Term, ...]
    units: tuple[UnitEntry, ...]
    indicators: dict[str, Indicator]
    operations: dict[str, Operation]
    agencies: dict[str, Agency]
    lists: dict[str, dict[str, Code]]
    """`substances`, `offences`, and one list per dimension of a breakdown."""
    short_areas: dict[str, tuple[str, ...]] = {}
    """Chinese one-character names, 缅 to `MM`, 新 to `SG` and `CN-XJ`: no terms, they hold only inside
    compounds such as 中缅泰 or 川滇, where all are countries or all are provinces."""
    where: dict[str, str] = {}
    """`kind/code` (`indicators/deaths`, `areas/CN-YN`) to its place: `narcotics/indicators/x.yaml:12`."""
    versions: dict[str, str] = {}
    """Version of each codebook by its name."""
