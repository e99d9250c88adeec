"""A folder of what nobody should be sent, and one briefing among it: the briefing is read, each of the others told."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from documents.packages import paragraph, word_file, zipped
from tallyroom.documents import files, find_sources
from tallyroom.errors import TallyroomError

if sys.platform != "linux":
    pytest.skip("limits and special files as Linux has them", allow_module_level=True)

GOOD = "In 2022 police solved 2,589 drug cases.\n"
MEMORY = 3 * 1024**3
"""Address space that the program may take; most of it is what libraries map."""
PATIENCE = 150
_W = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))


def sheets(content: str) -> bytes:
    rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    listed = '<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets>'
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f'<workbook xmlns="{_W}" xmlns:r="{rels}">{listed}</workbook>',
            "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            f'relationships"><Relationship Id="r1" Type="{rels}/worksheet" Target="sheet1.xml"/></Relationships>',
            "xl/worksheets/../sheet1.xml": content,
            "xl/sheet1.xml": content,
        }
    )


FILES: dict[str, tuple[bytes, str]] = {
    "laughs.docx": (
        zipped({"[Content_Types].xml": "", "word/document.xml": f"<!DOCTYPE a [{_LAUGHS}]><a>&l9;</a>"}),
        "DC133",
    ),
    "blowup.xlsx": (sheets(f'<!DOCTYPE a [<!ENTITY x "{"x" * 100_000}">]><a>{"&x;" * 100_000}</a>'), "DC133"),
    "outside.docx": (
        zipped(
            {
                "[Content_Types].xml": "",
                "word/document.xml": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
            }
        ),
        "DC133",
    ),
    "deep.docx": (word_file("<w:tbl><w:tr><w:tc>" * 100_000), "DC131"),
    "paragraphs.docx": (word_file(paragraph("1 case") * 210_000), "DC131"),
    "bomb.docx": (word_file(paragraph("x" * 80_000_000)), "DC131"),
    "cells.xlsx": (
        sheets(
            f'<worksheet xmlns="{_W}"><sheetData>{"<row><c><v>1</v></c></row>" * 300_000}</sheetData></worksheet>'
        ),
        "DC131",
    ),
    "cut.docx": (word_file(paragraph(GOOD))[:300], "DC130"),
    "torn.eml": (
        b'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\n',
        "DC101",
    ),
    "old.txt": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2_000, "DC134"),
    "program.txt": (b"\x7fELF" + b"\0" * 2_000, "DC110"),
    "noise.txt": (bytes(range(256)) * 4_000, "DC105"),
    "empty.txt": (b"", "DC101"),
    "blank.html": (b"<p> <b></b>", "DC109"),
    "two\nlines\x1b[31m.txt": (b"", "DC101"),
    os.fsdecode(b"not-utf8-\xff.txt"): (b"", "DC101"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "briefings"
    made.mkdir()
    for name, (content, _) in FILES.items():
        (made / name).write_bytes(content)
    (made / "good.txt").write_text(GOOD)
    with (made / "huge.txt").open("wb") as file:
        file.truncate(1024**3)
    os.mkfifo(made / "pipe.txt")
    (made / "device.txt").symlink_to("/dev/zero")
    (made / "loop.txt").symlink_to("loop.txt")
    (made / "gone.txt").symlink_to("nowhere.txt")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(made / "socket.txt"))
    return made


EXPECTED = {code for _, code in FILES.values()} | {"DC102", "DC103", "DC104"}


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY})); "
    program = f"{limit}import sys; from tallyroom.cli import main; sys.exit(main({list(arguments)!r}))"
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=PATIENCE, errors="strict"
    )


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_one_good_briefing_among_hostile_files_is_read_and_recorded(
    folder: Path, tmp_path: Path, jobs: str
) -> None:
    ledger = str(tmp_path / "record.db")
    done = run(
        "read", str(folder), "--format", "jsonl", "--codebook", "core", "--codebook", "narcotics", "--jobs", jobs,
        "--ledger", ledger, "--author", "desk",
    )  # fmt: skip
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    codes = {line[-6:-1] for line in done.stderr.splitlines() if line.endswith("]")}

    assert done.returncode == 1
    assert [(row["source"], row["text"]) for row in rows] == [("good", "2,589")]
    assert codes == EXPECTED
    assert f"{len(FILES) + 6} sources not read" in done.stderr
    assert "\x1b" not in done.stderr
    assert "two\\x0alines\\x1b[31m.txt" in done.stderr
    assert "not-utf8-\\xff.txt" in done.stderr
    assert "1 new" in done.stderr
    assert run("verify", "--ledger", ledger).returncode == 0


@pytest.mark.parametrize("name", ["a.html", "a.docx", "a.eml"])
def test_a_script_in_a_title_is_shown_and_never_runs(tmp_path: Path, name: str) -> None:
    script = "&lt;script&gt;alert(1)&lt;/script&gt;"
    content = {
        "a.html": f"<title>{script}</title><h1>{script}</h1><p>{GOOD}".encode(),
        "a.docx": word_file(paragraph(script) + paragraph(GOOD)),
        "a.eml": f"Subject: <script>alert(1)</script>\n\n{GOOD}".encode(),
    }[name]
    (tmp_path / name).write_bytes(content)
    done = run("read", str(tmp_path / name), "--format", "html", "--codebook", "core")

    assert done.returncode == 0
    assert "&lt;script&gt;alert(1)" in done.stdout
    assert "<script>alert(1)" not in done.stdout


def test_a_file_that_is_written_while_it_is_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(GOOD)
    real = files.read_up_to

    def slowly(file: IO[bytes], limit: int, name: str) -> bytes:
        data = real(file, limit, name)
        path.write_text(GOOD * 2)
        return data

    monkeypatch.setattr(files, "read_up_to", slowly)
    with pytest.raises(TallyroomError) as caught:
        next(find_sources([path])).read()

    assert caught.value.code == "DC137"
