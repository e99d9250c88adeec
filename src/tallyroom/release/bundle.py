"""All files of a release in memory: the same inputs give the same bytes, whoever makes them, whenever, wherever."""

from __future__ import annotations

import datetime

from tallyroom.codebook import Codebook
from tallyroom.release.data import csv_data, figures_json, parquet_data, rows_of
from tallyroom.release.docx import docx_edition
from tallyroom.release.edition import Release
from tallyroom.release.html import html_edition
from tallyroom.release.names import Names
from tallyroom.release.pdf import pdf_edition
from tallyroom.release.places import placed_numbers
from tallyroom.release.text import text_edition
from tallyroom.release.traces import Explain, Explained
from tallyroom.release.wording import wording_of
from tallyroom.release.xlsx import xlsx_edition

ENDINGS = ("html", "pdf", "docx", "xlsx", "txt")


def bundle(release: Release, date: datetime.date, codebook: Codebook, explain: Explain) -> dict[str, bytes]:
    """Return the files of a release by name: its editions in every format, and its data.

    Args:
        date: The day of publication, which the files give as that of their making.
        explain: Tells about an entry; it is asked once for each.
    """
    known: dict[int, Explained] = {}

    def once(entry: int) -> Explained:
        if entry not in known:
            known[entry] = explain(entry)
        return known[entry]

    files: dict[str, bytes] = {}
    for lang in release.editions:
        links = (*(f"{release.id}.{lang}.{ending}" for ending in ENDINGS[1:]), f"{release.id}.csv")
        made = {
            "html": html_edition(release, lang, once, links).encode(),
            "pdf": pdf_edition(release, lang, date),
            "docx": docx_edition(release, lang, date),
            "xlsx": xlsx_edition(release, lang, date),
            "txt": text_edition(release.editions[lang]).encode(),
        }
        files |= {f"{release.id}.{lang}.{ending}": data for ending, data in made.items()}
    rows = rows_of(release, {lang: Names(codebook, wording_of(lang)) for lang in release.editions})
    files[f"{release.id}.csv"] = csv_data(rows)
    files[f"{release.id}.parquet"] = parquet_data(rows)
    files[f"{release.id}.figures.json"] = figures_json(release, once, placed_numbers(release, ENDINGS))
    return files
