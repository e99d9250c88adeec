"""The notes at the end of a release: who, when, coverage, marks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tallyroom.model import Coverage, Fact
from tallyroom.release.edition import Note, Printed
from tallyroom.release.names import Names
from tallyroom.release.wording import Wording

if TYPE_CHECKING:
    from tallyroom.release.compose import Imprint


def notes_of(
    imprint: Imprint, facts: Sequence[Fact], printed: Sequence[Printed], names: Names, wording: Wording
) -> list[Note]:
    """Return the notes of an edition: imprint, embargo, as-of, coverage, marks, and the release's own."""
    texts, lang = wording.texts, wording.lang
    notes = [
        Note(texts["publisher"], (imprint.publisher[lang],)),
        Note(texts["date"], (names.day(imprint.date),)),
    ]
    if imprint.embargo:
        notes.append(Note(texts["embargo"], (texts["embargo_until"].format(time=imprint.embargo),)))
    if imprint.as_of:
        notes.append(Note(texts["as_of"], (imprint.as_of,)))
    notes += _coverage(facts, names, wording)
    used = {facts[number.fact].status for number in printed} - {""}
    marks = wording.words["semicolon"].join(
        f"[{wording.marks[m]}] {wording.mark_meanings[m]}" for m in sorted(used)
    )
    if marks:
        notes.append(Note(texts["marks"], (marks,)))
    notes += [Note(texts["notes"], (note[lang],)) for note in imprint.notes]
    if imprint.demonstration:
        notes.append(Note(texts["notes"], (texts["demonstration"],)))
    return notes


def _coverage(facts: Sequence[Fact], names: Names, wording: Wording) -> list[Note]:
    found = [fact.coverage for fact in facts if fact.coverage is not None]
    if not found:
        return []
    lowest = min(found, key=lambda coverage: (coverage.reported - coverage.expected, coverage.missing))
    texts = wording.texts
    says = [texts["coverage_all"] if lowest.complete else texts["coverage_part"], *_count(lowest, wording)]
    if lowest.missing:
        listed = wording.words["and" if wording.lang == "zh" else "comma"].join(
            map(names.unit, lowest.missing)
        )
        says.append(f"{wording.words['semicolon']}{texts['missing']}{wording.words['colon']}{listed}")
    return [Note(texts["coverage"], ("".join(says),))]


def _count(coverage: Coverage, wording: Wording) -> list[str]:
    words = wording.words
    of = wording.texts["coverage_of"].format(reported=coverage.reported, expected=coverage.expected)
    return [f"{words['open']}{of}{words['close']}"]
