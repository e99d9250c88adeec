"""Documents by their address: read like files, kept with where and when they came from; otherwise no network."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from pathlib import Path

import pytest

import tallyroom
from fetching.server import answer, saying, serving
from tallyroom.cli import main
from tallyroom.ledger import open_ledger

PAGE = "<title>通报</title><h1>港湾市禁毒通报</h1><p>今年上半年，全市公安机关破获毒品案件412起，缴毒5吨。</p>"
HERE = "http://127.0.0.1"
OFFLINE = """
import sys
asked = []
def hook(event, arguments):
    if event.startswith("socket.") and event not in ("socket.__new__", "socket.gethostname"):
        asked.append(event)
        raise OSError("network: " + event)
sys.addaudithook(hook)
from tallyroom.cli import main
status = main({arguments!r})
print("asked", asked, "status", status)
"""


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("text/html; charset=gbk", "gb18030"),
        ("text/html; charset=utf-8", "gb18030"),
        ("text/html", "gb18030"),
    ],
)
def test_an_address_is_read_like_a_file(header: str, encoding: str) -> None:
    page = answer(PAGE.encode("gb18030"), Content_Type=header)
    with serving(saying(notice=page)) as port:
        reading = tallyroom.read(f"{HERE}:{port}/notice.php?y=2024", allow_private=True)

    document = reading.document
    assert [row.text for row in reading.observations] == ["412起", "5吨"]
    assert (document.id, document.url) == (
        f"127.0.0.1:{port}/notice.php?y=2024",
        f"{HERE}:{port}/notice.php?y=2024",
    )
    assert (document.media_type, document.encoding) == ("text/html", encoding)


def test_the_server_tells_the_format_where_bytes_do_not() -> None:
    fragment = "<p>全市破获毒品案件412起。</p>".encode()
    with serving(
        saying(a=answer(fragment, Content_Type="text/html"), b=answer(fragment, Content_Type="text/plain"))
    ) as port:
        page = tallyroom.read(f"{HERE}:{port}/a", allow_private=True).document
        plain = tallyroom.read(f"{HERE}:{port}/b", allow_private=True).document

    assert (page.text, plain.text) == ("全市破获毒品案件412起。", fragment.decode())


def test_a_batch_goes_on_after_an_address_that_gives_nothing(tmp_path: Path) -> None:
    briefing = tmp_path / "briefing.txt"
    briefing.write_text("Police solved 41 drug cases.")
    with serving(saying(notice=answer(PAGE.encode()))) as port:
        sources = [f"{HERE}:{port}/missing", str(briefing), f"{HERE}:{port}/notice", "http://user:pw@x/"]
        outcomes = list(tallyroom.read_all(sources, allow_private=True, jobs=2))

    assert [getattr(one, "code", "read") for one in outcomes] == ["FT109", "read", "read", "FT101"]


def test_the_record_keeps_what_came_and_from_where(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    record = tmp_path / "record"
    lead = answer(b"", "302 Found", Location="/notice")
    with serving(saying(lead=lead, notice=answer(PAGE.encode(), Content_Type="text/html"))) as port:
        command = [
            "read",
            f"{HERE}:{port}/lead",
            "--allow-private",
            "--ledger",
            str(record),
            "--format",
            "jsonl",
        ]
        assert main(command) == main(command) == 0

    err = capfd.readouterr().err
    assert "1 new" in err
    assert "1 unchanged; 0 observations added" in err
    with open_ledger(record) as ledger:
        (entry,) = ledger.entries("document")
        assert ledger.source(entry.body["sha256"]) == PAGE.encode()
        fetched = entry.body["fetched"]
        assert entry.body["url"] == f"{HERE}:{port}/notice"
        assert (fetched["asked"], fetched["media_type"]) == (f"{HERE}:{port}/lead", "text/html")
        age = datetime.datetime.now(datetime.UTC) - datetime.datetime.fromisoformat(fetched["at"])
        assert datetime.timedelta(seconds=-1) < age < datetime.timedelta(hours=1)


def test_this_machine_is_refused_on_the_command_line(capfd: pytest.CaptureFixture[str]) -> None:
    with serving(saying(notice=answer(PAGE.encode()))) as port:
        status = main(["read", f"{HERE}:{port}/notice"])

    assert status == 1
    assert "[FT102]" in capfd.readouterr().err


def test_nothing_touches_the_network_without_an_address(tmp_path: Path) -> None:
    record = str(tmp_path / "record")
    folder = tmp_path / "briefings"
    folder.mkdir()
    (folder / "a.txt").write_text("Police solved 41 drug cases. See http://example.org/more.")
    (folder / "b.html").write_text(
        '<base href="http://127.0.0.1:9/"><link rel=stylesheet href=x.css><script src="http://127.0.0.1:9/a.js">'
        '</script><img src="http://127.0.0.1:9/b.png"><iframe src="http://127.0.0.1:9/c"></iframe>'
        '<meta http-equiv=refresh content="0;url=http://127.0.0.1:9/d"><p>Police solved 55 drug cases.</p>'
    )
    (folder / "docs.jsonl").write_text(json.dumps({"id": "a", "url": "http://127.0.0.1:9/a"}))

    quiet = run_offline("read", str(folder), "--ledger", record, "--jobs", "2", "--format", "jsonl")
    asking = run_offline("read", "http://127.0.0.1:9/", "--allow-private")

    assert quiet.stdout.splitlines()[-1] == "asked [] status 0"
    assert quiet.stdout.count('"cases_solved"') == 2
    assert "network: socket." in asking.stderr


def run_offline(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process that ends at the first word to the network."""
    program = OFFLINE.format(arguments=list(arguments))
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
