"""What a ZIP file is: a Word file, a workbook, another package, or an archive of files."""

from __future__ import annotations

import zipfile
from io import BytesIO

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ARCHIVE = "application/zip"
_FOLDERS = {"word/": WORD, "xl/": SHEETS, "ppt/": SLIDES}
_LONGEST_NAME = 100


def kind_of_package(data: bytes) -> str | None:
    """Return the media type of a ZIP file; None where its directory cannot be read."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            if "mimetype" in names[:1] and archive.getinfo("mimetype").file_size <= _LONGEST_NAME:
                return archive.read("mimetype").decode("ascii").strip()
    except Exception:  # zipfile reports damage in many words; whoever opens the file will tell it
        return None
    if "[Content_Types].xml" not in names:
        return ARCHIVE
    return next(
        (kind for name in names for start, kind in _FOLDERS.items() if name.startswith(start)), ARCHIVE
    )
