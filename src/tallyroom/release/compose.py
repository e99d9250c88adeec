"""Facts and a template to an edition: every number of it is made here, from a fact."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from tallyroom.codebook import Codebook
from tallyroom.codebook.problems import nearest
from tallyroom.model import Fact
from tallyroom.release.edition import (
    Block,
    Chart,
    Edition,
    Heading,
    Note,
    Paragraph,
    Printed,
    Release,
    Run,
    Runs,
    Title,
    numbers_of,
)
from tallyroom.release.expressions import Call, Text
from tallyroom.release.names import Names
from tallyroom.release.numbers import NumberPrinter, Style
from tallyroom.release.problems import (
    CoverageIncomplete,
    FigureMissing,
    FigureUnclear,
    NameUnknown,
    TemplateWrong,
    WordingMissing,
)
from tallyroom.release.prose import Prose
from tallyroom.release.selecting import CELL_FIELDS, choose, fits
from tallyroom.release.tables import Tables
from tallyroom.release.template import Part, Template
from tallyroom.release.wording import Wording, wording_of

_STYLES = ("show", "decimals", "scale", "counter", "bare")


class Imprint(msgspec.Struct, frozen=True):
    """What a release says of itself: names by language, day, and what it is about.

    `home` is the area of the whole, `period` the one that figures have unless they are asked for another.
    """

    id: str
    title: dict[str, str]
    publisher: dict[str, str]
    date: datetime.date
    home: tuple[str, ...] = ("CN",)
    period: str | None = None
    campaign: str | None = None
    place: dict[str, str] = {}
    embargo: str = ""
    as_of: str = ""
    notes: tuple[dict[str, str], ...] = ()
    demonstration: bool = False


class Absent(Exception):
    """A figure that an optional block asks for is not there."""


def compose(
    imprint: Imprint, facts: Sequence[Fact], template: Template, codebook: Codebook,
    languages: Sequence[str] = ("zh", "en"),
) -> Release:  # fmt: skip
    """Write the editions of a release.

    Args:
        imprint: What the release says of itself.
        facts: What may be published, each with its status mark.
        template: What is said, in which order.
        codebook: Names of places, operations, substances.
        languages: The editions to write.

    Raises:
        FigureMissing, FigureUnclear: The template asks for a figure that no fact, or more than one, answers.
        WordingMissing: A figure cannot be said or printed in one of the languages.
        CoverageIncomplete: A block asks for complete totals, and one is not.
        NameUnknown: A code that the codebook lacks.
    """
    editions = {
        lang: _Composer(imprint, facts, wording_of(lang), codebook).edition(template) for lang in languages
    }
    return Release(imprint.id, tuple(facts), editions)


class _Composer:
    def __init__(self, imprint: Imprint, facts: Sequence[Fact], wording: Wording, codebook: Codebook) -> None:
        self.imprint, self.facts, self.wording, self.codebook = imprint, facts, wording, codebook
        self.lang = wording.lang
        self.names = Names(codebook, wording)
        self.printer = NumberPrinter(wording, codebook)
        self.printed: list[Printed] = []
        self.complete = False

    def edition(self, template: Template) -> Edition:
        """Return the whole edition."""
        body = [block for part in template.parts for block in self._blocks(part)]
        if not any(isinstance(block, Title) for block in body):
            body.insert(0, Title((self.imprint.title[self.lang],)))
        charted = {
            number.number for block in body if isinstance(block, Chart) for number in numbers_of(block)
        }
        return Edition(
            lang=self.lang,  # type: ignore[arg-type]  # of the languages that a wording has
            title=self.imprint.title[self.lang],
            publisher=self.imprint.publisher[self.lang],
            place=self.imprint.place.get(self.lang, ""),
            date=self.names.day(self.imprint.date),
            body=tuple(body),
            notes=tuple(self._notes()),
            printed=tuple(number for number in self.printed if number.number not in charted),
            charted=tuple(number for number in self.printed if number.number in charted),
            demonstration=self.wording.texts["demonstration"] if self.imprint.demonstration else "",
            embargo=self.imprint.embargo,
        )

    def _blocks(self, part: Part) -> list[Block]:
        self.complete = part.complete
        mark = len(self.printed)
        try:
            return self._made(part)
        except (Absent, FigureMissing):
            if not part.optional:
                raise
            del self.printed[mark:]
            return []

    def _made(self, part: Part) -> list[Block]:
        if part.kind in ("title", "heading", "paragraph"):
            kind = {"title": Title, "heading": Heading, "paragraph": Paragraph}[part.kind]
            return [kind(_capital(self._runs(part.texts[self.lang])))]  # type: ignore[list-item]  # all three are blocks
        chosen = self._chosen(part)
        if part.kind == "results":
            prose = Prose(self.names, self.wording, self.imprint.home, self.number)
            return [Paragraph(runs) for runs in prose.paragraphs(self.facts, chosen)]
        tables = Tables(self.names, self.printer, self.imprint.home, self.number)
        caption = "".join(str(run) for run in self._runs(part.texts[self.lang])) if part.texts else ""
        return list(tables.blocks(self.facts, chosen, part, caption))

    def _chosen(self, part: Part) -> list[int]:
        asked = {name: value for name, value in part.select.items() if name != "where"}
        where = part.select.get("where", "")
        chosen = [at for at, fact in enumerate(self.facts) if fits(fact.observation, asked)]
        return [at for at in chosen if _stands(where, self.facts, at, self.imprint.home)]

    def number(self, fact: int, style: Style) -> Printed:
        """Print a fact as the next number of the edition."""
        one = self.facts[fact]
        if self.complete and one.coverage is not None and not one.coverage.complete:
            raise _incomplete(one)
        mark = self.wording.marks.get(one.status, "")
        if one.status == "x":
            printed = Printed(len(self.printed) + 1, fact, "", one.observation, mark)
        else:
            made = self.printer.write(one.observation, style)
            printed = Printed(
                len(self.printed) + 1, fact, made.text, made.observation, mark, made.digits, made.unit
            )
        self.printed.append(printed)
        return printed

    def _runs(self, text: Text) -> Runs:
        return tuple(part if isinstance(part, str) else self._call(part, text.where) for part in text.parts)

    def _call(self, call: Call, where: str) -> Run:
        if call.name == "figure":
            return self._figure(call, where)
        answers = self._answers()
        if call.name not in answers:
            raise TemplateWrong(
                f"templates know no {call.name!r}", where=where,
                expected=", ".join(["figure", *answers]), found=call.name,
                next_step=nearest(call.name, ["figure", *answers]) or "correct the name",
            )  # fmt: skip
        try:
            return answers[call.name](*call.given, **call.named)
        except (TypeError, ValueError, AttributeError) as error:
            raise TemplateWrong(
                f"{call.name} is not asked like this", where=where, expected="names of codes in quotes, if any",
                found=str(error), next_step="see the templates that ship",
            ) from None  # fmt: skip
        except NameUnknown as error:
            error.where = error.where or where
            raise

    def _answers(self) -> dict[str, Callable[..., str]]:
        imprint, names, lang = self.imprint, self.names, self.lang
        return {
            "title": lambda: imprint.title[lang],
            "publisher": lambda: imprint.publisher[lang],
            "place": lambda: imprint.place.get(lang, ""),
            "date": lambda: names.day(imprint.date),
            "period": lambda: names.period(imprint.period),
            "campaign": lambda: names.operation(imprint.campaign or ""),
            "operation": names.operation_in_prose,
            "agency": names.agency,
            "area": lambda *codes: names.areas(codes),
        }

    def _figure(self, call: Call, where: str) -> Printed:
        style = {name: call.named[name] for name in _STYLES if name in call.named}
        asked = {name: value for name, value in call.named.items() if name not in _STYLES}
        asked["indicator"] = call.given[0] if call.given else None
        asked.setdefault("statistic", "level")
        self._check_names(asked, where)
        usual = {"area": self.imprint.home, "period": self.imprint.period}
        found = choose(self.facts, asked, usual)
        if len(found) != 1:
            raise self._no_figure(asked, found, where)
        try:
            return self.number(found[0], msgspec.convert(style, Style))
        except msgspec.ValidationError as error:
            raise TemplateWrong(
                "a number is asked for in a form that there is not", where=where,
                expected=", ".join(_STYLES), found=str(error), next_step="correct what is given",
            ) from None  # fmt: skip
        except (WordingMissing, CoverageIncomplete) as error:
            error.where = error.where or where
            raise

    def _check_names(self, asked: Mapping[str, Any], where: str) -> None:
        known: dict[str, Any] = {
            "indicator": self.codebook.indicators, "area": self.codebook.lists["areas"],
            "operation": self.codebook.operations, "agency": self.codebook.agencies,
            "substance": self.codebook.lists["substances"], "offence": self.codebook.lists["offences"],
        }  # fmt: skip
        fields = {*CELL_FIELDS, *self.codebook.lists["dimensions"], *_STYLES}
        for name, value in asked.items():
            if name not in fields:
                raise TemplateWrong(
                    f"figures have no field {name!r}", where=where, expected=", ".join(sorted(fields)), found=name,
                    next_step=nearest(name, fields) or "correct the name",
                )  # fmt: skip
            for code in value if isinstance(value, list | tuple) else [value]:
                if name in known and code is not None and code not in known[name]:
                    raise NameUnknown(
                        f"the codebook has no {name} {code!r}", where=where, expected=f"a code of its {name} list",
                        found=str(code), next_step=nearest(str(code), known[name]) or "correct the code",
                    )  # fmt: skip

    def _no_figure(
        self, asked: Mapping[str, Any], found: list[int], where: str
    ) -> FigureMissing | FigureUnclear:
        wanted = " ".join(f"{name}={value}" for name, value in asked.items())
        if found:
            cells = "; ".join(_described(self.facts[at]) for at in found[:4])
            return FigureUnclear(
                "several figures of the record answer", where=where, expected="one figure",
                found=f"{len(found)} for {wanted}: {cells}",
                next_step="ask for one by area, operation, period or breakdown",
            )  # fmt: skip
        same = [fact for fact in self.facts if fact.observation.indicator == asked["indicator"]]
        there = "; ".join(_described(fact) for fact in same[:4]) or "none of this indicator"
        return FigureMissing(
            "the record has no such figure", where=where, expected=wanted, found=f"there is {there}",
            next_step="widen the release's query, correct what is asked for, or make the block optional",
        )  # fmt: skip

    def _notes(self) -> list[Note]:
        from tallyroom.release.notes import notes_of

        return notes_of(self.imprint, self.facts, self.printed, self.names, self.wording)


def _capital(runs: Runs) -> Runs:
    """A sentence that begins with a name or a period begins with a capital letter."""
    first, *rest = runs or ("",)
    return (first[:1].upper() + first[1:], *rest) if isinstance(first, str) else runs


def _stands(where: str, facts: Sequence[Fact], at: int, home: tuple[str, ...]) -> bool:
    """`whole`: figures of the whole, of several places together, or from abroad; `places`: of one place of it."""
    if not where:
        return True
    area = facts[at].observation.area
    single = len(area) == 1 and area != home and area[0].startswith(f"{home[0]}-")
    return single == (where == "places")


def _described(fact: Fact) -> str:
    row = fact.observation
    parts = [
        row.indicator, f"statistic={row.statistic}", f"area={','.join(row.area)}", f"period={row.period}",
        f"operation={row.operation_id}", f"offence={row.offence}", f"substance={row.substance}",
        *(f"{name}={value}" for name, value in sorted(row.breakdown.items())),
    ]  # fmt: skip
    return " ".join(part for part in parts if not part.endswith(("=None", "=level")))


def _incomplete(fact: Fact) -> CoverageIncomplete:
    coverage = fact.coverage
    assert coverage is not None
    return CoverageIncomplete(
        "a total lacks reporting units, and the template asks for all of them",
        expected=f"{coverage.expected} units",
        found=f"{coverage.reported}; missing {', '.join(coverage.missing[:8])} for {_described(fact)}",
        next_step="wait for their returns, or let the block be published with its coverage (complete: false)",
    )
