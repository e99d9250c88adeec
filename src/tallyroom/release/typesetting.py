"""typst with the fonts that ship with the program, and no others: a missing font fails a test, not a page."""

from __future__ import annotations

import datetime
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any


def set_pdf(source: str, standard: str, date: datetime.date) -> bytes:
    """Return a PDF of a source in the language of typst, said to be made at the beginning of `date`."""
    moment = datetime.datetime(date.year, date.month, date.day, tzinfo=datetime.UTC)
    return _set(source, format="pdf", pdf_standards=[standard], timestamp=moment)


def set_png(source: str, dots: float) -> bytes:
    """Return a picture of the one page of a source, with `dots` to the inch."""
    return _set(source, format="png", ppi=dots)


def _set(source: str, **options: Any) -> bytes:
    import typst

    given: Any = source.encode()
    made = typst.compile(given, font_paths=_fonts(), ignore_system_fonts=True, **options)
    assert isinstance(made, bytes), "bulletins have at most as many files as they ask for"
    return made


@cache
def _fonts() -> Any:
    import typst

    with as_file(files("tallyroom.release") / "fonts") as folder:
        return typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(Path(folder))]
        )
