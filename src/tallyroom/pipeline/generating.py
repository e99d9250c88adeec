"""Endless test data: generated briefings with their annotations, as documents and as a folder to score on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from tallyroom.errors import TallyroomError

if TYPE_CHECKING:
    from tallyroom.codebook import Codebook
    from tallyroom.generate.nouns import Briefing
    from tallyroom.model import Document

Form = Literal["text", "html"]
Script = Literal["zh", "en", "zh-Hant"]
_ENDING = {"text": "txt", "html": "html"}


class CannotGenerate(TallyroomError):
    """The folder for generated data cannot be written."""

    code = "GN100"


class Sample(msgspec.Struct, frozen=True):
    """A generated briefing as a file: its name, its bytes, and what is known of it from outside."""

    briefing: Briefing
    name: str
    data: bytes

    def document(self) -> Document:
        """Open it as the program opens a file beside its `docs.jsonl`."""
        from tallyroom.documents import open_document

        about = self.briefing.about()
        return open_document(self.data, id=self.briefing.id, name=self.name, about=about)

    def gold(self) -> list[dict[str, Any]]:
        """Return the annotations, with spans of the text as the program extracts it."""
        from tallyroom.generate.nouns import rows_in

        return rows_in(self.briefing, self.document().text)


def samples(
    seed: int,
    numbers: range,
    codebook: Codebook,
    langs: Sequence[Script] = ("zh", "en"),
    forms: Sequence[Form] = ("text", "html"),
) -> Iterator[Sample]:
    """Give generated briefings one by one: each number in each language and form.

    Args:
        seed: Names the series; the same seed and number give the same bytes on every machine.
        numbers: Which of the series, from 0.
        codebook: Names the places.
    """
    for number in numbers:
        for lang in langs:
            briefing = _briefing(seed, number, lang, codebook)
            yield from (_sample(briefing, form) for form in forms)


def _briefing(seed: int, number: int, lang: Script, codebook: Codebook) -> Briefing:
    from tallyroom.generate.briefings import a_briefing

    if lang != "zh-Hant":
        return a_briefing(seed, number, lang, codebook)
    from tallyroom.generate.traditional import in_traditional

    return in_traditional(a_briefing(seed, number, "zh", codebook))


def _sample(briefing: Briefing, form: Form) -> Sample:
    from tallyroom.generate.pages import as_html, as_text

    if form == "html":
        briefing = msgspec.structs.replace(briefing, id=f"{briefing.id}-page")
    text = as_html(briefing) if form == "html" else as_text(briefing)
    return Sample(briefing, f"{briefing.id}.{_ENDING[form]}", text.encode())


def write_samples(output: Path, chosen: Iterator[Sample]) -> tuple[int, int]:
    """Write briefings with their annotations, as `evaluate` reads them; return how many of both.

    The folder then holds `texts/`, `docs.jsonl` and `gold.jsonl`.

    Raises:
        CannotGenerate: The folder exists and is not empty, or it cannot be written.
    """
    folder = empty_folder(output) / "texts"
    briefings = rows = 0
    try:
        folder.mkdir()
        with (
            (output / "docs.jsonl").open("w", encoding="utf-8", newline="\n") as docs,
            (output / "gold.jsonl").open("w", encoding="utf-8", newline="\n") as gold,
        ):
            for sample in chosen:
                (folder / sample.name).write_bytes(sample.data)
                docs.write(_line(sample.briefing.about()))
                annotated = sample.gold()
                gold.writelines(_line(row) for row in annotated)
                briefings, rows = briefings + 1, rows + len(annotated)
    except OSError as error:
        raise cannot_write(output, str(error)) from None
    return briefings, rows


def _line(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"


def empty_folder(output: Path) -> Path:
    """Make the folder where it is not there; CannotGenerate where it holds something."""
    try:
        output.mkdir(parents=True, exist_ok=True)
        taken = next(iter(sorted(output.iterdir())), None)
    except OSError as error:
        raise cannot_write(output, str(error)) from None
    if taken is not None:
        raise cannot_write(output, f"{taken.name} is there already")
    return output


def cannot_write(output: Path, found: str) -> CannotGenerate:
    """Return the error of a folder that generated data cannot go to."""
    return CannotGenerate(
        "generated data cannot be written here",
        where=str(output),
        expected="a folder that is new or empty",
        found=found,
        next_step="name another folder with --output",
    )
