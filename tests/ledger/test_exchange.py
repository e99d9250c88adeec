"""An export taken in again is the same record; what was changed on the way is refused whole."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from helpers import a_briefing, a_correction, a_review
from tallyroom.ledger import SqliteLedger, open_ledger
from tallyroom.ledger.errors import ExportRefused, ImportBroken, ImportRefused
from tallyroom.ledger.exporting import file_hash
from tallyroom.model import Draft, NewEntry, Query


@pytest.fixture
def ledger() -> Iterator[SqliteLedger]:
    with open_ledger(":memory:") as opened:
        opened.append(a_briefing("2,589", "77", id="甲"))
        opened.append(a_correction(2, value="2590"))
        opened.append(a_review(3, "reject"))
        opened.append(a_briefing("2,589", id="copy", copy_of=1))
        entry = NewEntry("document", {"id": "source"})
        opened.append(Draft("desk", "a source", (entry,), (b"\x00\xff" * 300, b"text")))
        yield opened


@pytest.fixture
def folder(ledger: SqliteLedger, tmp_path: Path) -> Path:
    ledger.export(tmp_path / "export")
    return tmp_path / "export"


def everything(ledger: SqliteLedger) -> list[object]:
    commits = list(ledger.commits())
    entries = [ledger.entry(id) for id in range(1, commits[-1].entries[1])]
    return [*commits, *entries, *ledger.figures(Query()), ledger.source(file_hash_of(b"text"))]


def file_hash_of(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()


def test_an_export_taken_in_gives_the_same_record(ledger: SqliteLedger, folder: Path) -> None:
    with open_ledger(":memory:") as other:
        assert other.take_in(folder) == 5
        assert everything(other) == everything(ledger)
        assert list(other.verify()) == []
        assert other.take_in(folder) == 0


def test_a_record_that_is_the_beginning_of_an_export_is_continued(
    ledger: SqliteLedger, folder: Path, tmp_path: Path
) -> None:
    ledger.export(tmp_path / "early", as_of=2)
    with open_ledger(":memory:") as other:
        assert [other.take_in(tmp_path / "early"), other.take_in(folder)] == [2, 3]
        assert everything(other) == everything(ledger)


def test_a_record_that_went_another_way_is_left_alone(folder: Path) -> None:
    with open_ledger(":memory:") as other:
        other.append(a_briefing("1"))
        before = list(other.commits())
        with pytest.raises(ImportRefused):
            other.take_in(folder)
        assert list(other.commits()) == before


def test_two_exports_of_one_record_are_the_same_bytes(
    ledger: SqliteLedger, folder: Path, tmp_path: Path
) -> None:
    again = ledger.export(tmp_path / "again")

    assert json.loads((folder / "manifest.json").read_text()) == again


def test_anybody_can_work_the_hashes_out_again(ledger: SqliteLedger, folder: Path) -> None:
    lines: dict[int, bytes] = {}
    for row in pq.read_table(folder / "entries.parquet").to_pylist():
        about = ",".join(map(str, row["about"]))
        line = f'[{row["id"]},"{row["kind"]}",[{about}],{row["body"]}]\n'.encode()
        lines[row["commit"]] = lines.get(row["commit"], b"") + line
    parent = ""
    for row in pq.read_table(folder / "commits.parquet").to_pylist():
        said = {
            **{key: row[key] for key in row if key != "hash"},
            "entries": file_hash_of(lines[row["number"]]),
        }
        assert row["parent"] == parent
        parent = file_hash_of(
            json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
        )
        assert row["hash"] == parent
    head = ledger.head()
    assert head is not None
    assert head.hash == parent


def test_an_export_takes_no_other_folders_place(ledger: SqliteLedger, folder: Path, tmp_path: Path) -> None:
    for path in (folder, tmp_path / "no" / "such"):
        with pytest.raises(ExportRefused):
            ledger.export(path)
    assert [path.name for path in tmp_path.iterdir()] == ["export"]


@pytest.mark.parametrize("name", ["commits.parquet", "entries.parquet", "sources.parquet", "manifest.json"])
@pytest.mark.parametrize("harm", ["flip", "cut", "gone"])
def test_a_broken_file_is_refused_and_nothing_is_stored(folder: Path, name: str, harm: str) -> None:
    path = folder / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x20
    {
        "flip": lambda: path.write_bytes(data),
        "cut": lambda: path.write_bytes(data[:-9]),
        "gone": path.unlink,
    }[harm]()

    with open_ledger(":memory:") as other:
        with pytest.raises(ImportBroken):
            other.take_in(folder)
        assert other.head() is None
        assert list(other.verify()) == []


def forge(folder: Path, name: str, change: Callable[[list[dict[str, object]]], object]) -> None:
    """Change the rows of a file, and the manifest so that it agrees: only the hash chain can tell."""
    table = pq.read_table(folder / name)
    rows = table.to_pylist()
    change(rows)
    pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), folder / name)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"][name]["sha256"] = file_hash(folder / name)
    (folder / "manifest.json").write_text(json.dumps(manifest))


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("entries.parquet", lambda rows: rows[1].update(body=rows[1]["body"].replace("2589", "2588"))),
        ("entries.parquet", lambda rows: rows[1].update(body="{}")),
        ("entries.parquet", lambda rows: rows[1].update(kind="rumour")),
        ("entries.parquet", lambda rows: rows.pop()),
        ("entries.parquet", lambda rows: rows[3].update(about=[99])),
        ("commits.parquet", lambda rows: rows[0].update(author="somebody else")),
        ("commits.parquet", lambda rows: rows[1].update(time="2020-01-01T00:00:00.000000Z")),
        ("commits.parquet", lambda rows: rows.pop()),
        ("sources.parquet", lambda rows: rows[0].update(content=b"other")),
        ("sources.parquet", lambda rows: rows.pop()),
        ("sources.parquet", lambda rows: rows.append({"sha256": "0" * 64, "content": b"more"})),
    ],
)
def test_a_forged_export_is_refused_by_the_hash_chain(
    folder: Path, name: str, change: Callable[[list[dict[str, object]]], object]
) -> None:
    forge(folder, name, change)

    with open_ledger(":memory:") as other:
        with pytest.raises(ImportBroken):
            other.take_in(folder)
        assert other.head() is None
        assert other._connection.execute("SELECT count(*) FROM sources").fetchall() == [(0,)]
