"""One question to one server, over a connection to a machine that was checked before."""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator, Sequence
from email.message import Message
from functools import cache

import msgspec

from tallyroom.fetching.addresses import IP, Address
from tallyroom.fetching.errors import (
    AnswerUnfit,
    DeliveryTooLarge,
    FetchError,
    NotConnected,
    NotTrusted,
    TookTooLong,
)

_PIECE = 64 * 1024
_PACKED = {"gzip": 31, "x-gzip": 31, "deflate": 47}
"""How to unpack what servers pack, as the second argument of `zlib.decompressobj`."""
_HEADERS = {
    "Accept": "text/html, application/xhtml+xml, application/pdf, text/plain, */*;q=0.5",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}


class Answer(msgspec.Struct, frozen=True):
    """What a server answered: status, headers, and the unpacked body; none for a redirect or an error."""

    status: int
    reason: str
    headers: Message
    data: bytes


def ask(address: Address, machines: Sequence[IP], until: float, size: int) -> Answer:
    """Ask for a document at the first of `machines` that answers.

    Args:
        address: What to ask for.
        machines: Where its host is; no name is looked up here.
        until: The moment of `time.monotonic` by which all must be done.
        size: The most bytes, as sent and as unpacked.

    Raises:
        FetchError: There is no answer, or none that can be used.
    """
    connection = _connected(address, machines, until)
    with _ended(connection, until) as late:
        try:
            answer = _exchange(_secured(connection, address, until), address, size)
        except FetchError as error:
            raise (_too_slow(address) if late.is_set() else error) from None
        except ssl.SSLCertVerificationError as error:
            raise _untrusted(address, error.verify_message) from None
        except (OSError, http.client.HTTPException, ValueError) as error:
            if late.is_set() or isinstance(error, TimeoutError) or time.monotonic() >= until:
                raise _too_slow(address) from None
            raise _broken(address, error) from None
        if late.is_set():  # a body without a length ends where the connection ends
            raise _too_slow(address)
        return answer


def _connected(address: Address, machines: Sequence[IP], until: float) -> socket.socket:
    failed = ""
    for machine in machines:
        left = until - time.monotonic()
        if left <= 0:
            raise _too_slow(address)
        try:
            return socket.create_connection((str(machine), address.port), timeout=left)
        except TimeoutError:
            raise _too_slow(address) from None
        except OSError as error:
            failed = error.strerror or str(error)
    raise NotConnected(
        "the server cannot be reached.", where=address.url, expected="a connection", found=failed,
        next_step="check the address, and that this machine has a network",
    )  # fmt: skip


@contextlib.contextmanager
def _ended(connection: socket.socket, until: float) -> Iterator[threading.Event]:
    """Break the connection off when the time is over: a server that sends a byte a second never times out."""
    late = threading.Event()

    def end() -> None:
        late.set()
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(until - time.monotonic(), 0.001), end)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()
        connection.close()


def _secured(connection: socket.socket, address: Address, until: float) -> socket.socket:
    if address.scheme == "http":
        return connection
    # A copy of the socket stays with the timer: the one that is wrapped is given away.
    own = connection.dup()
    own.settimeout(max(until - time.monotonic(), 0.001))
    try:
        return trust().wrap_socket(own, server_hostname=address.host)
    except BaseException:
        own.close()
        raise


@cache
def trust() -> ssl.SSLContext:
    """Return what tells which certificates are good: those of the system, for the host that was asked for."""
    return ssl.create_default_context()


def _exchange(connection: socket.socket, address: Address, size: int) -> Answer:
    client = http.client.HTTPConnection(address.host, address.port)
    client.sock = connection
    try:
        client.putrequest("GET", address.target, skip_host=True, skip_accept_encoding=True)
        for name, value in {"Host": address.authority, "User-Agent": _agent(), **_HEADERS}.items():
            client.putheader(name, value)
        client.endheaders()
        response = client.getresponse()
        wanted = 200 <= response.status < 300
        data = _body(response, address, size) if wanted else b""
        return Answer(response.status, response.reason or "", response.headers, data)
    finally:
        client.close()


def _agent() -> str:
    from tallyroom import __version__

    return f"Tallyroom/{__version__}"


def _body(response: http.client.HTTPResponse, address: Address, size: int) -> bytes:
    if response.length is not None and response.length > size:
        raise _too_large(address, size, f"{response.length} bytes as sent")
    packing = (response.headers.get("content-encoding") or "identity").strip().lower()
    if packing not in ("identity", "none", "") and packing not in _PACKED:
        raise _unfit(address, f"content packed as {packing[:40]}", "no packing, or gzip")
    parts = _unpacked(response, _PACKED[packing], address, size) if packing in _PACKED else _sent(response)
    body = bytearray()
    for part in parts:
        body += part
        if len(body) > size:
            raise _too_large(address, size, "more than that")
    return bytes(body)


def _sent(response: http.client.HTTPResponse) -> Iterator[bytes]:
    while part := response.read(_PIECE):
        yield part
    if response.length:
        raise http.client.IncompleteRead(b"", response.length)


def _unpacked(response: http.client.HTTPResponse, bits: int, address: Address, size: int) -> Iterator[bytes]:
    """The unpacked body, never more than a piece at a time, however much a few bytes unpack to."""
    unpacker = zlib.decompressobj(bits)
    sent = 0
    try:
        for part in _sent(response):
            sent += len(part)
            if sent > size:
                raise _too_large(address, size, "more than that as sent")
            yield unpacker.decompress(part, _PIECE)
            while unpacker.unconsumed_tail:
                yield unpacker.decompress(unpacker.unconsumed_tail, _PIECE)
    except zlib.error as error:
        raise _unfit(address, f"a body that does not unpack: {error}", "a body as its headers say") from None
    if sent and not unpacker.eof:
        raise _unfit(address, "a packed body that was cut off", "a body as its headers say")


def _too_large(address: Address, size: int, found: str) -> DeliveryTooLarge:
    return DeliveryTooLarge(
        "the document is larger than the limit.", where=address.url, expected=f"at most {size} bytes",
        found=found, next_step="check that the address is that of a briefing; fetch and split it by hand",
    )  # fmt: skip


def _too_slow(address: Address) -> TookTooLong:
    return TookTooLong(
        "the document did not come in time.", where=address.url, expected="the whole of it in time",
        found="no end by then", next_step="try again later, or fetch it by hand and read the file",
    )  # fmt: skip


def _untrusted(address: Address, found: str) -> NotTrusted:
    return NotTrusted(
        "the server cannot prove that it is this host.", where=address.url, expected="a good certificate",
        found=found, next_step="check the address and this machine's clock; fetch it in a browser to see more",
    )  # fmt: skip


def _broken(address: Address, error: Exception) -> FetchError:
    if isinstance(error, ssl.SSLError):
        return _untrusted(address, error.reason or str(error))
    if isinstance(error, http.client.HTTPException | ValueError) and not isinstance(
        error, http.client.IncompleteRead | http.client.RemoteDisconnected
    ):
        return _unfit(address, f"{type(error).__name__} {error}"[:200], "an answer of HTTP")
    return NotConnected(
        "the server ended the connection.", where=address.url, expected="the whole document",
        found=f"{type(error).__name__} {error}"[:200], next_step="try again later",
    )  # fmt: skip


def _unfit(address: Address, found: str, expected: str) -> AnswerUnfit:
    return AnswerUnfit(
        "the server's answer cannot be read.", where=address.url, expected=expected, found=found,
        next_step="fetch it in a browser and read the file",
    )  # fmt: skip
