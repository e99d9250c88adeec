"""Finding sources, and what stands in the way of reading them."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import pytest

from tallyroom.documents import Format, find_sources, open_document, register
from tallyroom.documents.errors import (
    AboutUnreadable,
    DirectoryEmpty,
    FormatUnknown,
    SourceMissing,
    SourceRefused,
    SourceTooLarge,
)
from tallyroom.documents.formats import _FORMATS, known_suffixes
from tallyroom.documents.request import Request
from tallyroom.documents.sniffing import media_type_of
from tallyroom.model import Document


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A directory with documents and other things, two levels deep."""
    names = [
        "b.txt", "a.html", "c/d.md", "c/a.txt", "plain", "C.TXT", ".hidden.txt", ".git/x.txt",
        "README.md", "LICENSE", "x.pdf", "gold.jsonl", "y.csv", "~z.txt", "z.jpg",
    ]  # fmt: skip
    for name in names:
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name}: 12 cases.")
    return tmp_path / "in"


def test_a_directory_gives_its_documents_in_one_order(folder: Path) -> None:
    found = [str(source.path.relative_to(folder)) for source in find_sources([folder]) if source.path]

    assert found == ["C.TXT", "a.html", "b.txt", "c/a.txt", "c/d.md", "plain", "x.pdf"]


def test_sources_come_in_the_order_in_which_they_were_given(folder: Path) -> None:
    assert [source.id for source in find_sources([folder / "b.txt", folder / "c", "-"])] == [
        "b",
        "a",
        "d",
        "stdin",
    ]


def test_a_named_file_is_tried_whatever_its_name(folder: Path) -> None:
    (source,) = find_sources([folder / "y.csv"])

    assert (source.id, source.read()) == ("y", b"y.csv: 12 cases.")


@pytest.mark.parametrize("where", ["in", "."])
@pytest.mark.parametrize("given", ["in", "in/b.txt"])
def test_docs_jsonl_of_the_directory_or_its_parent_tells_about_documents(
    folder: Path, where: str, given: str
) -> None:
    entry = {"id": "b", "published": "2022-08-05", "lang": "en", "url": None, "publisher": "Harbour Police"}
    (folder.parent / where / "docs.jsonl").write_text(json.dumps(entry) + "\n\n")

    sources = {source.id: source for source in find_sources([folder.parent / given])}

    assert sources["b"].about == entry
    assert "docs" not in sources
    assert all(source.about is None for name, source in sources.items() if name != "b")


def test_a_broken_line_of_docs_jsonl_is_told_and_the_others_are_used(folder: Path) -> None:
    (folder / "docs.jsonl").write_text('{"id": "a"\n{"published": null}\n{"id": "b", "lang": "en"}\n')

    sources = list(find_sources([folder]))

    problems = [source.problem for source in sources if source.problem]
    assert [problem.where.rpartition(":")[2] for problem in problems] == ["1", "2"]
    assert {type(problem) for problem in problems} == {AboutUnreadable}
    assert next(source.about for source in sources if source.id == "b") == {"id": "b", "lang": "en"}


def test_what_cannot_be_read_says_so_when_it_is_read(folder: Path) -> None:
    (folder / "empty").mkdir()
    missing, empty, fine = find_sources([folder / "no.txt", folder / "empty", folder / "b.txt"])

    with pytest.raises(SourceMissing) as no_file:
        missing.read()
    with pytest.raises(DirectoryEmpty) as no_document:
        empty.read()
    assert (no_file.value.code, no_document.value.code) == ("DC102", "DC106")
    assert str(folder / "no.txt") in str(no_file.value)
    assert fine.read()


@pytest.mark.parametrize(("size", "fits"), [(99, True), (100, True), (101, False)])
def test_a_source_may_be_as_large_as_the_limit(tmp_path: Path, size: int, fits: bool) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" * size)
    (source,) = find_sources([tmp_path])

    if fits:
        assert len(source.read(limit=100)) == size
        return
    with pytest.raises(SourceTooLarge) as error:
        source.read(limit=100)
    assert error.value.code == "DC104"


def test_standard_input_is_read_as_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("缴毒5吨".encode("gb18030"))))

    (source,) = find_sources(["-"])

    assert open_document(source.read(), id=source.id).text == "缴毒5吨"


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    (source,) = find_sources([tmp_path / "a.txt" / ".." / "a.txt"])
    with pytest.raises(DirectoryEmpty):
        source.read()

    locked = tmp_path / "locked.txt"
    locked.write_text("12 cases")
    locked.chmod(0)
    (source,) = find_sources([locked])
    if os.geteuid() == 0:
        assert source.read() == b"12 cases", "root may read anything"
        return
    with pytest.raises(SourceRefused) as error:
        source.read()
    assert error.value.code == "DC103"


def test_links_that_go_round_do_not_keep_the_search_going(folder: Path) -> None:
    (folder / "c" / "loop").symlink_to(folder)

    assert len(list(find_sources([folder]))) == 7


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (b"12 cases", "a.txt", "text/plain"),
        (b"12 cases", "", "text/plain"),
        (b"<p>12 cases", "a.html", "text/html"),
        (b"<p>12 cases", "a.txt", "text/plain"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><p>12 cases", "a.txt", "text/html"),
        (b"<!-- saved --><html><p>12 cases", "a", "text/html"),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html xmlns="x"><p>12', "", "text/html"),
        ("<!DOCTYPE html><p>12 cases".encode("utf-16"), "", "text/html"),
        (b"<5 kg were seized", "a.txt", "text/plain"),
    ],
)
def test_the_format_is_told_from_the_first_bytes_and_then_from_the_name(
    data: bytes, name: str, media_type: str
) -> None:
    assert media_type_of(data, name) == media_type


@pytest.mark.parametrize(("data", "what"), [(b"Rar!\x1a\x07", "RAR"), (b"\x89PNG\r\n\x1a\n", "PNG")])
def test_a_known_format_without_a_reader_is_told_by_its_name(data: bytes, what: str) -> None:
    with pytest.raises(FormatUnknown) as error:
        open_document(data, id="a", name="a.txt")

    assert error.value.code == "DC110"
    assert what in error.value.found


def open_shouting(request: Request) -> Document:
    """An opener as another module would bring it."""
    return Document(
        id=request.id, text=request.data[5:].decode().upper(), sha256="", media_type="text/x-shout"
    )


def test_a_format_is_added_by_one_module_and_one_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(_FORMATS, "text/x-shout", _FORMATS["text/plain"])
    monkeypatch.setitem(sys.modules, "shouting", sys.modules[__name__])
    register(Format("text/x-shout", (".shout",), "shouting:open_shouting", (b"SHOUT",)))
    (tmp_path / "a.shout").write_bytes(b"SHOUTtwelve cases")

    (source,) = find_sources([tmp_path])

    assert open_document(source.read(), id=source.id, name=source.name).text == "TWELVE CASES"
    known_suffixes.cache_clear()
