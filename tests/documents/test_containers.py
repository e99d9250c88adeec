"""Files that hold several documents: archives and mails, and what is in them."""

from __future__ import annotations

import stat
import zipfile
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest

from documents.packages import paragraph, word_file, zipped
from documents.samples import assert_is_whole
from tallyroom.documents import DocumentError, Source, find_sources, open_document
from tallyroom.model import Document

TEXT = "今年1至6月，全省共破获毒品案件1.4万余起。"


def sources(folder: Path, name: str, data: bytes) -> list[Source]:
    path = folder / name
    path.write_bytes(data)
    return list(find_sources([path]))


def ids(found: list[Source]) -> list[str]:
    return [source.id for source in found]


def opened(source: Source) -> Document:
    document = open_document(source.read(), id=source.id, name=source.name, about=source.about)
    assert_is_whole(document)
    return document


def mail(subject: str = "全省禁毒通报", **files: bytes) -> EmailMessage:
    made = EmailMessage()
    made["Subject"] = subject
    made["From"] = "省公安厅新闻办 <press@agency.example>"
    made["Date"] = "Wed, 02 Jul 2025 23:00:00 +0800"
    made.set_content("plain words only", charset="utf-8")
    made.add_alternative(f"<p>{TEXT}</p>", subtype="html", charset="gb18030")
    for name, content in files.items():
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return made


def test_members_of_an_archive_are_documents_with_their_paths(tmp_path: Path) -> None:
    archive = zipped(
        {"b/two.txt": "Police solved 41 cases.", "one.docx": word_file(paragraph(TEXT)), "b/data.csv": "a,1",
         "README.md": "x", "__MACOSX/one.txt": "x", ".git/x.txt": "x"}
    )  # fmt: skip
    found = sources(tmp_path, "briefings.zip", archive)

    assert ids(found) == ["briefings/b/two", "briefings/one"]
    assert [source.member for source in found] == [("b/two.txt",), ("one.docx",)]
    assert [opened(source).text for source in found] == ["Police solved 41 cases.", TEXT]


def test_an_archive_tells_about_its_documents_as_a_directory_does(tmp_path: Path) -> None:
    archive = zipped(
        {"docs.jsonl": '{"id": "one", "published": "2024-05-01"}\nbroken\n', "dir/one.txt": "41 cases."}
    )
    broken, found = sources(tmp_path, "a.zip", archive)

    assert str(opened(found).published) == "2024-05-01"
    assert broken.problem is not None
    assert broken.problem.code == "DC107"


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-8"])
def test_names_without_a_flag_are_in_the_encoding_of_their_writer(tmp_path: Path, encoding: str) -> None:
    name = (
        "全省禁毒工作情况通報/各市破案情況.txt"
        if encoding == "big5"
        else "全省禁毒工作情况通报/各市破案情况.txt"
    )
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("PLACEHOLDER" + "x" * (len(name.encode(encoding, "ignore")) - 11), TEXT)
    raw = name.encode(encoding, "ignore")
    data = out.getvalue().replace(b"PLACEHOLDER" + b"x" * (len(raw) - 11), raw)
    (found,) = sources(tmp_path, "a.zip", data)

    assert found.member == (raw.decode(encoding),)
    assert opened(found).text == TEXT


def test_a_mail_is_its_text_and_what_is_attached_to_it(tmp_path: Path) -> None:
    made = mail(
        "转发：全省禁毒通报",
        **{"附件1.docx": word_file(paragraph(TEXT)), "a.csv": b"a,b\nc,1\n", "logo.png": b"x"},
    )
    found = sources(tmp_path, "mail.eml", made.as_bytes())
    body = opened(found[0])

    assert ids(found) == ["mail", "mail/附件1", "mail/a"]
    assert (body.text, body.title, body.publisher) == (TEXT, "全省禁毒通报", "省公安厅新闻办")
    assert (str(body.published), body.published_from, body.encoding) == ("2025-07-02", "meta", "gb18030")
    assert body.notes == ("attached and left out: logo.png",)
    assert opened(found[1]).text == TEXT


def test_a_person_who_sent_a_mail_is_no_publisher(tmp_path: Path) -> None:
    made = mail()
    made.replace_header("From", "Zhang Wei <zhang@agency.example>")

    assert opened(sources(tmp_path, "mail.eml", made.as_bytes())[0]).publisher is None


def test_the_day_in_the_text_goes_before_the_day_of_the_mail(tmp_path: Path) -> None:
    made = EmailMessage()
    made["Date"] = "Wed, 02 Jul 2025 23:00:00 +0800"
    made.set_content("全省禁毒工作通报\n发布时间：2025-06-30\n" + TEXT)

    assert str(opened(sources(tmp_path, "mail.eml", made.as_bytes())[0]).published) == "2025-06-30"


def test_mails_and_archives_in_one_another_are_taken_apart(tmp_path: Path) -> None:
    inner = mail(**{"annex.docx": word_file(paragraph(TEXT))})
    forwarded = EmailMessage()
    forwarded["Subject"] = "see below"
    forwarded.set_content("As attached.")
    forwarded.add_attachment(inner)
    archive = zipped({"2025/mail.eml": forwarded.as_bytes(), "more.zip": zipped({"x.txt": "41 cases."})})
    found = sources(tmp_path, "all.zip", archive)

    assert ids(found) == [
        "all/2025/mail", "all/2025/mail.eml/part1", "all/2025/mail.eml/part1.eml/annex", "all/more.zip/x",
    ]  # fmt: skip
    assert opened(found[2]).text == TEXT
    assert opened(found[3]).text == "41 cases."


def test_a_mail_without_text_is_what_is_attached_to_it(tmp_path: Path) -> None:
    made = EmailMessage()
    made.add_attachment(b"41 cases.", maintype="text", subtype="plain", filename="note.txt")

    assert ids(sources(tmp_path, "mail.eml", made.as_bytes())) == ["mail/note"]
    with pytest.raises(DocumentError):
        opened(sources(tmp_path, "empty.eml", b"Subject: nothing\n\n")[0])


def codes(found: list[Source]) -> dict[str, str]:
    told = {}
    for source in found:
        try:
            opened(source)
            told[source.id] = "read"
        except DocumentError as error:
            told[source.id] = error.code
    return told


def test_what_is_wrong_with_a_member_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("../../etc/one.txt", "/two.txt", "C:\\three.txt", "same.txt", "good.txt"):
            archive.writestr(name, "41 cases.")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("same.txt", "42 cases.")
        archive.writestr(link, "/etc/hosts")
        archive.writestr("broken.docx", "PK\x03\x04 no more")
        archive.writestr("torn.zip", "PK\x03\x04 no more")
    found = codes(sources(tmp_path, "a.zip", out.getvalue()))

    assert sorted(found.values()) == ["DC130", "DC130", "DC135", "DC135", "DC135", "DC135", "DC135", "read"]
    assert found["a/good"] == "read"
    assert not (tmp_path.parent / "etc").exists()


def test_an_encrypted_member_is_told(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": "41 cases."}))
    for at in (6, data.index(b"PK\x01\x02") + 8):
        data[at] |= 1

    assert codes(sources(tmp_path, "a.zip", bytes(data))) == {"a/a": "DC132"}


def test_archives_that_would_fill_the_memory_or_the_day_are_refused(tmp_path: Path) -> None:
    bomb = zipped({"a.txt": b"0" * 50_000_000})
    deep = zipped({"a.txt": "41 cases."})
    for _ in range(6):
        deep = zipped({"a.zip": deep})
    many = zipped({f"{number}.zip": zipped({"a.txt": "1"}) for number in range(1_100)})

    assert codes(sources(tmp_path, "bomb.zip", bomb)) == {"bomb": "DC131"}
    assert codes(sources(tmp_path, "deep.zip", deep)) == {"deep/a.zip/a.zip/a.zip/a": "DC136"}
    assert list(codes(sources(tmp_path, "many.zip", many)).values()).count("DC136") == 100
    assert codes(sources(tmp_path, "cut.zip", bomb[:-40])) == {"cut": "DC130"}


def test_a_mail_of_parts_without_end_is_refused(tmp_path: Path) -> None:
    deep = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(900))
    wide = 'Content-Type: multipart/mixed; boundary="b"\n\n' + "--b\n\nx\n" * 3_000

    slow = (
        "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(50))
        + "-\n" * 1_100_000
    )

    headed = "X-A: b\n" * 300_000

    assert codes(sources(tmp_path, "headed.eml", headed.encode())) == {"headed": "DC138"}
    assert codes(sources(tmp_path, "slow.eml", slow.encode())) == {"slow": "DC138"}
    assert codes(sources(tmp_path, "deep.eml", deep.encode())) == {"deep": "DC138"}
    assert codes(sources(tmp_path, "wide.eml", wide.encode())) == {"wide": "DC138"}


def test_a_member_without_a_name_is_told(tmp_path: Path) -> None:
    data = zipped({"a.txt": "41 cases.", "b.txt": "42 cases."}).replace(b"b.txt", b"\0.txt")

    assert codes(sources(tmp_path, "a.zip", data)) == {"a/a": "read", "a/_": "DC135"}


def test_a_mail_whose_headers_hold_nuls_is_read_or_refused(tmp_path: Path) -> None:
    part = b'Content-Type: text/plain; charset="a\0b"\n\n41 cases \xe2\x82\xac.\n'
    heap = b'Content-Type: multipart/mixed; boundary="b"\n\n--b\n' + part + b"--b--\n"

    assert codes(sources(tmp_path, "plain.eml", part)) == {"plain": "read"}
    assert codes(sources(tmp_path, "heap.eml", heap)) == {"heap": "read"}


def test_an_archive_that_holds_no_document_says_so(tmp_path: Path) -> None:
    assert codes(sources(tmp_path, "a.zip", zipped({"a.bin": "x"}))) == {"a": "DC106"}


def test_an_archive_that_changes_after_it_was_found_is_not_mixed(tmp_path: Path) -> None:
    (found,) = sources(tmp_path, "changing.zip", zipped({"a.txt": "41 cases."}))
    (tmp_path / "changing.zip").write_bytes(zipped({"a.txt": "42 cases, and more."}))
    from tallyroom.documents.containers import expanding

    expanding._open.cache_clear()
    with pytest.raises(DocumentError) as caught:
        found.read()

    assert caught.value.code == "DC137"


def test_a_mail_in_a_mail_whose_headers_cannot_be_written_again_leaves_the_rest(tmp_path: Path) -> None:
    inner = b"--b\nContent-Type: message/rfc822\n\nX-A:\x0cb:\n\n43 cases.\n"
    heap = b'Content-Type: multipart/mixed; boundary="b"\n\n--b\n\n41 cases.\n' + inner + b"--b--\n"

    assert codes(sources(tmp_path, "heap.eml", heap))["heap"] == "read"
