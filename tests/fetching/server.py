"""A web server on this machine for tests: it answers as told, well or badly."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator

Talk = Callable[[socket.socket, str], None]
"""What the server does with a connection and the target that was asked for."""


@contextlib.contextmanager
def serving(talk: Talk, context: ssl.SSLContext | None = None) -> Iterator[int]:
    """Serve on a free port of 127.0.0.1 and give the port; every connection is a thread of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_accept, args=(listener, talk, context), daemon=True).start()
        yield listener.getsockname()[1]


def _accept(listener: socket.socket, talk: Talk, context: ssl.SSLContext | None) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=_answer, args=(connection, talk, context), daemon=True).start()


def _answer(connection: socket.socket, talk: Talk, context: ssl.SSLContext | None) -> None:
    with contextlib.suppress(OSError):
        if context:
            connection = context.wrap_socket(connection, server_side=True)
        with connection:
            asked = b""
            while b"\r\n\r\n" not in asked and asked[:1] in b"G" and (more := connection.recv(65536)):
                asked += more
            words = asked.decode("latin-1").split(" ", 2)
            talk(connection, words[1] if len(words) > 2 else "")


def answer(body: bytes, status: str = "200 OK", **headers: str) -> bytes:
    """Return a whole answer; names of headers are written with `_` for `-`."""
    lines = {
        "Content-Length": str(len(body)),
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


def saying(**pages: bytes) -> Talk:
    """Answer with one of `pages`, by the first word of the target; 404 for others."""

    def talk(connection: socket.socket, target: str) -> None:
        page = pages.get(target.strip("/").split("?")[0].split(".")[0])
        connection.sendall(answer(b"no", "404 Not Found") if page is None else page)

    return talk
