"""Archives and mails on their way into the record: kept whole, once, and traced back to the member."""

from __future__ import annotations

from pathlib import Path

import pytest

import tallyroom
from documents.packages import paragraph, word_file, zipped
from tallyroom.pipeline.reading import Failure, NotOneDocument

TEXT = "今年1至6月，全省共破获毒品案件{}起。"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "briefings.zip"
    path.write_bytes(
        zipped(
            {
                "a.txt": TEXT.format(41),
                "dir/b.docx": word_file(paragraph(TEXT.format(43))),
                "c.txt": "\0" * 900,
            }
        )
    )
    return path


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_archive_is_kept_once_and_its_members_know_where_they_stand(archive: Path, jobs: int) -> None:
    filler = archive.parent / "filler.txt"
    filler.write_text("x" * 70_000)  # enough for a second process
    outcomes = list(tallyroom.read_all([filler, archive], published="2025-07-02", jobs=jobs, keep=True))
    readings = [each for each in outcomes if not isinstance(each, Failure)]
    with tallyroom.open_ledger(archive.parent / "record.db") as record:
        told = [record.record(each, author="desk") for each in readings]
        bodies = [record.trace(one.document).step.entry.body for one in told[1:]]
        kept = record.ledger.source(bodies[0]["container"])
        own = record.ledger.has_source(bodies[1]["sha256"])

    assert [each.code for each in outcomes if isinstance(each, Failure)] == ["DC105"]
    assert [body["member"] for body in bodies] == ["a.txt", "dir/b.docx"]
    assert bodies[0]["container"] == bodies[1]["container"]
    assert kept == archive.read_bytes()
    assert not own


def test_an_archive_that_changed_since_it_was_read_is_not_recorded(archive: Path) -> None:
    first, *_ = tallyroom.read_all(archive, keep=True)
    archive.write_bytes(zipped({"other.txt": "1"}))

    with tallyroom.open_ledger(archive.parent / "record.db") as record:
        assert not isinstance(first, Failure)
        with pytest.raises(tallyroom.TallyroomError) as caught:
            record.record(first, author="desk")
        assert record.head() is None

    assert caught.value.code == "DC137"


def test_what_was_left_out_is_recorded_with_the_document(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(word_file(f"{paragraph(TEXT.format(41))}<w:p><w:del/></w:p>"))
    with tallyroom.open_ledger(tmp_path / "record.db") as record:
        told = record.record(tallyroom.read(tmp_path / "a.docx", keep=True), author="desk")

        assert record.trace(told.document).step.entry.body["notes"] == [
            "1 deletions of tracked changes left out"
        ]


def test_one_document_is_asked_for_and_an_archive_holds_several(archive: Path) -> None:
    with pytest.raises(NotOneDocument):
        tallyroom.read(archive)


def test_a_watched_folder_takes_mails_apart_and_keeps_them_whole(tmp_path: Path) -> None:
    from email.message import EmailMessage

    from tallyroom.codebook import load_codebook
    from tallyroom.pipeline.watching import Settings, Watcher

    made = EmailMessage()
    made.set_content(TEXT.format(41))
    made.add_attachment(
        word_file(paragraph(TEXT.format(43))), maintype="a", subtype="b", filename="annex.docx"
    )
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "mail.eml").write_bytes(made.as_bytes())
    with tallyroom.open_ledger(tmp_path / "record.db") as record:
        watch = Watcher(tmp_path / "in", record, load_codebook([]), settings=Settings(settle=0))
        read = [each for each in watch.round() if not isinstance(each, Failure)]
        again = list(watch.round())
        bodies = [record.trace(each.document).step.entry.body for each in read]

        assert [body["id"] for body in bodies] == ["mail", "mail/annex"]
        assert record.ledger.has_source(bodies[1]["container"])
    assert again == []
