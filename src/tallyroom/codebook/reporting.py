"""Loading declared campaigns. Reading a briefing never comes here: only who collects returns does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tallyroom.codebook import reporting_shapes as shapes
from tallyroom.codebook import schema
from tallyroom.codebook.books import File, choose_books, digest_files, read_files
from tallyroom.codebook.declaring import Declaration
from tallyroom.codebook.problems import CodebookError, Problem, Report, nearest, raise_problem
from tallyroom.codebook.schema import Context, Shape
from tallyroom.codebook.yamlsource import Entry, read_yaml
from tallyroom.model.campaign import Campaign

REPORTING, UNITS, CAMPAIGNS = "reporting", "reporting-units", "campaigns"
_SHAPES: dict[str, tuple[Shape, str]] = {
    REPORTING: (shapes.REPORTING, "campaign"),
    UNITS: (shapes.TREE, "tree"),
    CAMPAIGNS: (schema.CAMPAIGN, "campaign"),
}
Found = dict[str, tuple[File, Entry]]


def load_campaign(code: str, names_or_paths: Sequence[str | Path] = ()) -> Campaign:
    """Return a campaign as the chosen codebooks declare it.

    Args:
        code: Its code, `hundred-days-2022`.
        names_or_paths: As for `load_codebook`.

    Raises:
        CodebookError: CB118 where no such campaign is declared, or what is wrong in its files.

    Examples:
        >>> campaign = load_campaign("hundred-days-2022")
        >>> campaign.line("drugs_imported").total_area
        ('CN-YN', 'CN-GX')
    """
    found = _find(read_files(choose_books(names_or_paths)), raise_problem)
    if code not in found[REPORTING]:
        raise CodebookError(_no_campaign(code, found[REPORTING]))
    campaign = _declare(code, found, raise_problem)
    assert campaign is not None  # else a problem was raised
    return campaign


def declared_campaigns(names_or_paths: Sequence[str | Path] = ()) -> tuple[Campaign, ...]:
    """Return all campaigns that the chosen codebooks declare, by code; () for none.

    Raises:
        CodebookError: Something is wrong in their files.
    """
    found = _find(read_files(choose_books(names_or_paths)), raise_problem)
    campaigns = (_declare(code, found, raise_problem) for code in sorted(found[REPORTING]))
    return tuple(campaign for campaign in campaigns if campaign is not None)


def check_campaigns(files: Iterable[File], report: Report) -> list[tuple[Campaign, Entry, Context]]:
    """Report all that is wrong in the declarations; return those that could be built, with their files."""
    found = _find(files, report)
    built = [(code, _declare(code, found, report)) for code in found[REPORTING]]
    return [
        (campaign, found[REPORTING][code][1], Context(found[REPORTING][code][0].shown, report))
        for code, campaign in built
        if campaign is not None
    ]


def _find(files: Iterable[File], report: Report) -> dict[str, Found]:
    """Read the files that declare campaigns; of two for one code the later one, an overlay's, stands."""
    found: dict[str, Found] = {part: {} for part in _SHAPES}
    for file in files:
        part = file.path.split("/")[0]
        if part in _SHAPES:
            _take(file, *_SHAPES[part], found[part], report if part != CAMPAIGNS else _told_elsewhere)
    return found


def _take(file: File, shape: Shape, key: str, found: Found, report: Report) -> None:
    try:
        content: Any = read_yaml(file.data, file.shown)
    except CodebookError as error:
        report(error.problem)
        return
    context = Context(file.shown, report)
    if not shape(content, 1, context):
        return
    before = found.get(content[key])
    if before and not file.book.overlay:
        says = f"{content[key]!r} is declared twice."
        context.say("CB113", says, content.lines[key], found=f"another in {before[0].shown}")
    found[content[key]] = (file, content)


def _told_elsewhere(problem: Problem) -> None:
    """The files of `campaigns/` are compiled for the reader, and checked there."""


def _declare(code: str, found: dict[str, Found], report: Report) -> Campaign | None:
    file, content = found[REPORTING][code]
    context, problems = Context(file.shown, report), list[Problem]()

    def tell(problem: Problem) -> None:
        problems.append(problem)
        report(problem)

    known = _other(found[CAMPAIGNS], content, "campaign", context)
    tree = _other(found[UNITS], content, "units", context)
    if known is None or tree is None:
        return None
    if "start" not in known[1]:
        context.say("CB106", "the campaign has no start.", 1, expected=f"start in {known[0].shown}")
        return None
    declaration = Declaration(content, known[1], tree[1], Context(file.shown, tell))
    campaign = declaration.campaign(digest_files([file, known[0], tree[0]]))
    return None if problems else campaign


def _other(found: Found, content: Entry, key: str, context: Context) -> tuple[File, Entry] | None:
    if content[key] not in found:
        says = f"{content[key]!r} is not among the {'reporting units' if key == 'units' else 'campaigns'}."
        hint = nearest(content[key], found)
        context.say("CB107", says, content.lines[key], expected=", ".join(found), next_step=hint)
    return found.get(content[key])


def _no_campaign(code: str, known: Iterable[str]) -> Problem:
    known = sorted(known)
    return Problem(
        "CB118",
        "no campaign of this code is declared.",
        expected=", ".join(known) or "a file in reporting/",
        found=code,
        next_step=nearest(code, known) or "tallyroom campaign list",
    )
