"""Cut the fonts that releases embed out of Noto Sans CJK: GB 2312, Latin, and what codebooks and templates use.

    make_fonts.py FOLDER            FOLDER holds NotoSansCJK-Regular.ttc and NotoSansCJK-Bold.ttc
    make_fonts.py --check           tell whether the shipped fonts have every character that may be printed

The same sources give the same bytes: times come from the sources, and tables are written in order.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

ROOT = Path(__file__).parent.parent
FONTS = ROOT / "src/tallyroom/release/fonts"
FAMILY = "Tallyroom Sans"
SOURCES = {
    "Regular": "b76b0433203017ca80401b2ee0dd69350349871c4b19d504c34dbdd80541690a",
    "Bold": "faa5f3656a78b2e2d450d27fe8382c778bc2b6bb5ea29c986664a6a435056ceb",
}
"""SHA-256 of the sources: fonts-noto-cjk 1:20220127+repack1 of Debian."""
NOT_DRAWN = {0x23D13}
"""Characters that the source has no glyph for: one in the Chinese name of a province of Vietnam."""
_SPANS = ((0x20, 0x7F), (0xA0, 0x180), (0x2010, 0x2028), (0x2030, 0x2040), (0x20A0, 0x20C0), (0x2190, 0x2194),
          (0x2200, 0x2270), (0x2460, 0x2474), (0x25A0, 0x25D0), (0x3000, 0x3040), (0xFF00, 0xFFF0))  # fmt: skip


def characters() -> set[int]:
    """Return the code points that the fonts shall have."""
    wanted = {code for start, end in _SPANS for code in range(start, end)}
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            wanted.update(map(ord, bytes((row, cell)).decode("gb2312", errors="ignore")))
    return wanted | used()


def used() -> set[int]:
    """Return the code points of codebooks and templates: what a release may have to print."""
    files = [*(ROOT / "codebooks").rglob("*.yaml"), *(ROOT / "templates").rglob("*.yaml")]
    texts = (path.read_text("utf-8") for path in files)
    return {ord(character) for text in texts for character in text if character >= " "}


def printable() -> set[int]:
    """Return the code points of the names that a release may print, and of its templates."""
    from tallyroom.codebook import load_codebook

    book = load_codebook()
    kinds = (*book.lists.values(), book.indicators, book.operations, book.agencies)
    names = [name for kind in kinds for entry in kind.values() for name in entry.label.values()]
    texts = [path.read_text("utf-8") for path in (ROOT / "templates").rglob("*.yaml")]
    return {ord(character) for text in (*names, *texts) for character in text if character >= " "}


def cut(source: Path, weight: str) -> bytes:
    """Return the subset of the simplified Chinese face of a collection."""
    data = source.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != SOURCES[weight]:
        sys.exit(f"{source}: another file than expected: {found}, not {SOURCES[weight]}")
    faces = TTCollection(source, lazy=True).fonts
    font = next(face for face in faces if face["name"].getDebugName(1).startswith("Noto Sans CJK SC"))
    options = subset.Options(
        layout_features=["kern", "ccmp", "liga"], hinting=False, desubroutinize=False, notdef_outline=True,
        name_IDs=["*"], name_languages=["*"], recalc_timestamp=False, drop_tables=["DSIG", "VORG", "vhea", "vmtx"],
    )  # fmt: skip
    maker = subset.Subsetter(options)
    maker.populate(unicodes=characters())
    font.recalcTimestamp = False
    maker.subset(font)
    _rename(font, weight)
    path = FONTS / f"TallyroomSans-{weight}.otf"
    font.save(path, reorderTables=True)
    return path.read_bytes()


def _rename(font: TTFont, weight: str) -> None:
    """Give the subset its own name, so that nobody takes it for the whole font."""
    licence = [(record.nameID, record.toUnicode()) for record in font["name"].names
               if record.nameID in (0, 13, 14) and record.platformID == 3 and record.langID == 0x409]  # fmt: skip
    font["name"].names = []
    names = {
        1: FAMILY,
        2: weight,
        3: f"{FAMILY} {weight}",
        4: f"{FAMILY} {weight}",
        6: f"TallyroomSans-{weight}",
    }
    for number, text in sorted({**dict(licence), **names}.items()):
        font["name"].setName(text, number, 3, 1, 0x409)
    top = font["CFF "].cff
    top.fontNames = [f"TallyroomSans-{weight}"]
    top.topDictIndex[0].FullName, top.topDictIndex[0].FamilyName = f"{FAMILY} {weight}", FAMILY


def check() -> int:
    """Return 1 where a shipped font lacks a character that codebooks or templates use."""
    status = 0
    for weight in SOURCES:
        has = set(TTFont(FONTS / f"TallyroomSans-{weight}.otf", lazy=True).getBestCmap())
        lacking = sorted(printable() - has - NOT_DRAWN)
        if lacking:
            status = 1
            print(
                f"{weight} lacks {' '.join(f'U+{code:04X} {chr(code)}' for code in lacking)}", file=sys.stderr
            )
    return status


def main(arguments: list[str]) -> int:
    """Write the fonts, or check them."""
    if arguments == ["--check"]:
        return check()
    for weight in SOURCES:
        data = cut(Path(arguments[0]) / f"NotoSansCJK-{weight}.ttc", weight)
        print(f"TallyroomSans-{weight}.otf  {len(data):>9,} bytes  {hashlib.sha256(data).hexdigest()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
