"""Fetching one document: redirects followed one by one, each checked; all of it bounded in size and time."""

from __future__ import annotations

import datetime
import time

import msgspec

from tallyroom.fetching.addresses import Address, parse_address, resolve
from tallyroom.fetching.errors import AnsweredNo, RedirectRefused
from tallyroom.fetching.exchange import Answer, ask
from tallyroom.model.origin import Origin

_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Bounds(msgspec.Struct, frozen=True):
    """What fetching may take: bytes as sent and as unpacked, seconds in all, redirects."""

    size: int = 64 * 1024 * 1024
    seconds: float = 60.0
    redirects: int = 5


BOUNDS = Bounds()


class Delivery(msgspec.Struct, frozen=True):
    """A document as it was fetched."""

    data: bytes
    origin: Origin


def fetch(url: str, bounds: Bounds = BOUNDS, allow_private: bool = False) -> Delivery:
    """Fetch one document. No proxy, no cookie and no name of a user has a part in it.

    Args:
        url: An address of http or https.
        bounds: What it may take.
        allow_private: Whether machines of networks that are not public may be asked, this one too.

    Raises:
        FetchError: It cannot be had; the code tells why.
    """
    asked = address = parse_address(url)
    until = time.monotonic() + bounds.seconds
    for _ in range(bounds.redirects + 1):
        answer = _ask(address, until, bounds, allow_private)
        if answer.status not in _REDIRECTS:
            return _delivery(asked, address, answer)
        address = _next(address, answer)
    raise RedirectRefused(
        "the server sends on too often.", where=asked.url, expected=f"at most {bounds.redirects} redirects",
        found=f"one more, to {address.url[:200]}", next_step="give the address that a browser shows in the end",
    )  # fmt: skip


def _ask(address: Address, until: float, bounds: Bounds, allow_private: bool) -> Answer:
    """Ask the machine that was checked, by its number: its name may stand for another one a moment later."""
    machines = resolve(address, max(until - time.monotonic(), 0.001), allow_private)
    return ask(address, machines, until, bounds.size)


def _next(address: Address, answer: Answer) -> Address:
    location = answer.headers.get("location")
    if not location:
        raise RedirectRefused(
            "the server sends on without saying where to.", where=address.url, expected="an address",
            found=f"status {answer.status} alone", next_step="give the address that a browser shows in the end",
        )  # fmt: skip
    # Servers write addresses as bytes of UTF-8, which http.client reads as Latin 1.
    target = address.joined(location.strip().encode("latin-1", "ignore").decode("utf-8", "replace"))
    if address.scheme == "https" and target.scheme == "http":
        raise RedirectRefused(
            "the server sends on from a safe connection to an open one.", where=address.url,
            expected="https", found=target.url[:200], next_step="give that address, if you trust the way to it",
        )  # fmt: skip
    return target


def _delivery(asked: Address, address: Address, answer: Answer) -> Delivery:
    if not 200 <= answer.status < 300:
        raise AnsweredNo(
            "the server does not give the document.", where=address.url, expected="status 200",
            found=f"status {answer.status} {answer.reason}".rstrip(), next_step=_advice(answer.status),
        )  # fmt: skip
    now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    origin = Origin(asked.url, address.url, now)
    if "content-type" in answer.headers:
        charset, media_type = answer.headers.get_content_charset(), answer.headers.get_content_type()
        origin = Origin(asked.url, address.url, now, media_type, charset)
    return Delivery(answer.data, origin)


def _advice(status: int) -> str:
    if status in (401, 403, 407, 451):
        return "save the page in a browser that may see it, and read the file"
    if status in (429,) or status >= 500:
        return "try again later"
    return "check the address"
