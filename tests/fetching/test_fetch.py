"""Fetching over a real connection to this machine: what comes, what is refused, and how long it may take."""

from __future__ import annotations

import datetime
import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import time
import zlib
from pathlib import Path
from typing import Any

import pytest

from fetching.server import Talk, answer, saying, serving
from tallyroom.fetching import Bounds, FetchError, exchange, fetch

PAGE = "<p>全省缴毒5吨。</p>".encode("gb18030")
HERE = "http://127.0.0.1"


def code_of(talk: Talk, path: str = "/page", **bounds: Any) -> str:
    """Fetch what cannot be fetched and return the code of the error."""
    with serving(talk) as port, pytest.raises(FetchError) as error:
        fetch(f"{HERE}:{port}{path}", Bounds(**bounds), allow_private=True)
    return error.value.code


def test_a_document_comes_with_what_the_server_says_of_it() -> None:
    page = answer(PAGE, Content_Type="text/html; charset=GBK")
    with serving(saying(page=page)) as port:
        before = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
        delivery = fetch(f"{HERE}:{port}/page?x=1", allow_private=True)

    origin = delivery.origin
    assert delivery.data == PAGE
    assert (origin.media_type, origin.charset) == ("text/html", "gbk")
    assert origin.url == origin.asked == f"{HERE}:{port}/page?x=1"
    assert before <= origin.at <= datetime.datetime.now(datetime.UTC)


def test_this_machine_is_asked_only_where_that_is_allowed() -> None:
    with serving(saying(page=answer(PAGE))) as port, pytest.raises(FetchError) as error:
        fetch(f"{HERE}:{port}/page")

    assert error.value.code == "FT102"
    assert "--allow-private" in str(error.value)


def test_redirects_are_followed_and_the_last_address_is_told() -> None:
    pages = {
        "a": answer(b"", "302 Found", Location="/b"),
        "b": answer(b"", "307 Temporary Redirect", Location="page?z=公报".encode().decode("latin-1")),
        "page": answer(PAGE),
    }
    with serving(saying(**pages)) as port:
        origin = fetch(f"{HERE}:{port}/a", allow_private=True).origin

    assert origin.asked == f"{HERE}:{port}/a"
    assert origin.url.startswith(f"{HERE}:{port}/page?z=")


@pytest.mark.parametrize(
    ("location", "code"),
    [("/again", "FT108"), (None, "FT108"), ("file:///etc/passwd", "FT101"), ("ftp://127.0.0.1/", "FT101"),
     ("http://user:pw@127.0.0.1/", "FT101")],
)  # fmt: skip
def test_a_redirect_that_must_not_be_followed_is_told(location: str | None, code: str) -> None:
    page = answer(b"", "301 Moved Permanently", Location=location or "")

    assert code_of(saying(again=page), "/again") == code


def test_every_redirect_is_checked_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """A public server must not lead to a private one: here a made-up public name is served from this machine."""
    lead = answer(b"", "302 Found", Location="http://169.254.169.254/latest/meta-data/")
    names = {"public.example": "1.1.1.1"}
    connect = socket.create_connection
    with serving(saying(page=lead)) as port:
        monkeypatch.setattr(
            socket,
            "getaddrinfo",
            lambda host, at, *_, **__: [(socket.AF_INET, 1, 6, "", (names.get(host, host), at))],
        )
        monkeypatch.setattr(socket, "create_connection", lambda where, **_: connect(("127.0.0.1", port)))
        with pytest.raises(FetchError) as error:
            fetch("http://public.example/page")

    assert error.value.code == "FT102"
    assert error.value.found == "169.254.169.254"


def test_the_machine_that_was_checked_is_the_one_that_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name is looked up once: what it stands for a moment later does not matter."""
    asked: list[Any] = []
    answers = iter(["1.1.1.1", "127.0.0.1"])
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, at, *_, **__: [(socket.AF_INET, 1, 6, "", (next(answers), at))]
    )

    def connect(where: Any, **_: Any) -> None:
        asked.append(where)
        raise OSError("stop here")

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(FetchError) as error:
        fetch("http://rebinding.example/")

    assert error.value.code == "FT104"
    assert asked == [("1.1.1.1", 80)]


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden", "500 Oh", "304 Not Modified"])
def test_an_answer_that_is_no_document_is_told(status: str) -> None:
    assert code_of(saying(page=answer(b"", status))) == "FT109"


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"", "FT104"), (b"nonsense\r\n\r\n", "FT110"), (b"HTTP/1.1 abc\r\n\r\n", "FT110"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", "FT104"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n", "FT110"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n", "FT110"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n", "FT104"),
        (answer(b"x", Content_Encoding="br"), "FT110"), (answer(b"not packed", Content_Encoding="gzip"), "FT110"),
        (answer(gzip.compress(PAGE, mtime=0)[:-9], Content_Encoding="gzip"), "FT110"),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_read_is_told(sent: bytes, code: str) -> None:
    assert code_of(saying(page=sent)) == code


def test_what_is_packed_is_unpacked() -> None:
    for packing, body in (("gzip", gzip.compress(PAGE, mtime=0)), ("deflate", zlib.compress(PAGE))):
        with serving(saying(page=answer(body, Content_Encoding=packing))) as port:
            assert fetch(f"{HERE}:{port}/page", allow_private=True).data == PAGE


def test_a_document_of_pieces_is_put_together() -> None:
    sent = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    with serving(saying(page=sent)) as port:
        assert fetch(f"{HERE}:{port}/page", allow_private=True).data == b"abcde"


@pytest.mark.parametrize("told", [True, False])
def test_a_document_that_is_too_large_is_not_taken(told: bool) -> None:
    page = answer(b"x" * 5000, Content_Length="5000" if told else "")

    assert code_of(saying(page=page), size=4999) == "FT107"


def test_a_small_body_that_unpacks_to_a_large_one_is_not_taken() -> None:
    page = answer(gzip.compress(b"\0" * 50_000_000, mtime=0), Content_Encoding="gzip")
    assert len(page) < 100_000

    assert code_of(saying(page=page), size=1_000_000) == "FT107"


@pytest.mark.parametrize("pause", ["before", "head", "body"])
def test_a_server_that_dawdles_is_left(pause: str) -> None:
    """It sends a byte now and then, so that no single wait is long."""
    done = threading.Event()
    sent = {"before": b"", "head": b"HTTP/1.1 200 OK\r\nX: ", "body": b"HTTP/1.1 200 OK\r\n\r\n"}[pause]

    def talk(connection: socket.socket, target: str) -> None:
        connection.sendall(sent)
        while not done.wait(0.05):
            if pause != "before":
                connection.sendall(b"x")

    begun = time.monotonic()
    assert code_of(talk, seconds=0.4) == "FT106"
    done.set()
    assert time.monotonic() - begun < 30


def test_a_server_that_is_not_there_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(FetchError) as error:
        fetch(f"{HERE}:{port}/", allow_private=True)

    assert error.value.code == "FT104"


def test_no_proxy_of_the_environment_has_a_part(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    with serving(saying(page=answer(PAGE))) as port:
        assert fetch(f"{HERE}:{port}/page", allow_private=True).data == PAGE


def test_a_host_that_cannot_prove_itself_is_not_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed: no certificate can be made")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with serving(
        saying(page=answer(PAGE), down=answer(b"", "302 Found", Location="http://localhost/")), context
    ) as port:
        with pytest.raises(FetchError) as unknown:
            fetch(f"https://localhost:{port}/page", allow_private=True)
        trusting = ssl.create_default_context(cafile=str(certificate))
        monkeypatch.setattr(exchange, "trust", lambda: trusting)
        trusted = fetch(f"https://localhost:{port}/page", allow_private=True)
        with pytest.raises(FetchError) as other:
            fetch(f"https://127.0.0.1:{port}/page", allow_private=True)
        with pytest.raises(FetchError) as down:
            fetch(f"https://localhost:{port}/down", allow_private=True)

    assert unknown.value.code == other.value.code == "FT105"
    assert trusted.data == PAGE
    assert down.value.code == "FT108"


def test_a_server_without_safety_is_no_safe_one() -> None:
    with serving(saying(page=answer(PAGE))) as port, pytest.raises(FetchError) as error:
        fetch(f"https://127.0.0.1:{port}/page", Bounds(seconds=5), allow_private=True)

    assert error.value.code == "FT105"
