"""Addresses of documents on the web, and which of the machines behind their names may be asked."""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import msgspec

from tallyroom.fetching.errors import AddressRefused, AddressUnfit, HostUnknown, TookTooLong

_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}
_KEPT = "!#$%&'()*+,/:;=?@[]~"
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,253}")
_PLACE = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[^\[\]:]+)(?::[0-9]*)?")
_NEVER = frozenset("\\ \t\r\n") | {chr(code) for code in (*range(0x20), 0x7F)}
_CLOSED = tuple(
    map(
        ipaddress.ip_network,
        ("168.63.129.16/32", "192.88.99.0/24", "192.0.0.0/24", "2002::/16", "fec0::/10", "::ffff:0:0/96"),
    )
)
"""Closed beside what the registries of IANA call not global: a cloud's service for its own machines, relays and
forms of IPv6 that carry an address of IPv4."""
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses that stand for the one of IPv4 in their last 32 bits."""

IP = ipaddress.IPv4Address | ipaddress.IPv6Address


class Address(msgspec.Struct, frozen=True):
    """An address of a document: `scheme` is http or https, `target` what the server is asked for."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def url(self) -> str:
        """The address as one line, without what a fragment said."""
        return f"{self.scheme}://{self.authority}{self.target}"

    @property
    def authority(self) -> str:
        """The host, with the port where it is not that of the scheme."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    def joined(self, location: str) -> Address:
        """Return the address that a redirect from this one names.

        Raises:
            AddressUnfit: It is none.
        """
        return parse_address(urljoin(self.url, location))


def parse_address(url: str) -> Address:
    """Read an address. Characters outside ASCII are written as the standards ask for; a fragment is left out.

    Raises:
        AddressUnfit: Its scheme is not http or https, it has a user's name, no host, or characters that no
            address has.

    Examples:
        >>> parse_address("http://example.org:80/公报?y=2024#top").url
        'http://example.org/%E5%85%AC%E6%8A%A5?y=2024'
    """
    if not _SCHEME.match(url):
        raise _unfit(url, "an address that begins with http:// or https://")
    if _NEVER.intersection(url) or len(url) > 8000:
        raise _unfit(url, "an address of at most 8000 characters without blanks and control characters")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _unfit(url, f"an address that can be read ({error})") from None
    if "@" in parts.netloc:
        raise _unfit(
            f"{parts.scheme}://...@{parts.hostname}/", "an address without a user's name and password"
        )
    if not _PLACE.fullmatch(parts.netloc):
        raise _unfit(url, "a host's name or address")
    host = _host(parts.hostname or "", url)
    target = quote(parts.path or "/", safe=_KEPT) + (
        f"?{quote(parts.query, safe=_KEPT)}" if parts.query else ""
    )
    return Address(parts.scheme.lower(), host, _PORTS[parts.scheme.lower()] if port is None else port, target)


def _host(name: str, url: str) -> str:
    """The name of a host in ASCII, or an address of IPv6 as it stands."""
    if ":" in name:
        try:
            return str(ipaddress.IPv6Address(name))
        except ValueError:
            raise _unfit(url, "a host's name or address") from None
    try:
        ascii_name = name if name.isascii() else name.encode("idna").decode("ascii")
    except UnicodeError:
        ascii_name = ""
    if not _NAME.fullmatch(ascii_name):
        raise _unfit(url, "a host's name or address")
    return ascii_name.lower()


def _unfit(url: str, expected: str) -> AddressUnfit:
    return AddressUnfit(
        "this is no address that a document can be fetched from.", where=url[:200], expected=expected,
        next_step="correct the address; a file is named by its path",
    )  # fmt: skip


def resolve(address: Address, seconds: float, allow_private: bool = False) -> list[IP]:
    """Return the machines that a host's name stands for, all of which may be asked.

    Args:
        address: Whose host is looked up.
        seconds: How long that may take.
        allow_private: Whether machines of networks that are not public may be asked.

    Raises:
        HostUnknown: The name has no address.
        AddressRefused: One of its addresses is not public: a name that has both is a trick.
        TookTooLong: Nobody answered in time.
    """
    found = [ipaddress.ip_address(name) for name in _looked_up(address, seconds)]
    for ip in found:
        if not _may_be_asked(ip, allow_private):
            raise AddressRefused(
                "this address leads to this machine or into a network that is not public.", where=address.url,
                expected="a server of the public network", found=str(ip),
                next_step="--allow-private asks it all the same, if the address is one that you trust",
            )  # fmt: skip
    return found


def _looked_up(address: Address, seconds: float) -> list[str]:
    """The addresses of a host; the system's own look-up knows no limit of time, so it waits elsewhere."""
    answers: list[Any] = []

    def look_up() -> None:
        try:
            answers.append(socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            answers.append(error)

    waiting = threading.Thread(target=look_up, daemon=True)
    waiting.start()
    waiting.join(seconds)
    if not answers:
        raise TookTooLong(
            "the name of the host was not found in time.", where=address.url, expected="an answer in time",
            found="none", next_step="try again later",
        )  # fmt: skip
    (answer,) = answers
    if isinstance(answer, Exception) or not answer:
        raise HostUnknown(
            "the name of the host has no address.", where=address.url, expected="a server that is there",
            found=str(answer) or "nothing", next_step="check the spelling, and that this machine has a network",
        )  # fmt: skip
    return list(dict.fromkeys(str(found[4][0]) for found in answer))


def _may_be_asked(ip: IP, allow_private: bool) -> bool:
    if ip.is_multicast or ip.is_unspecified or getattr(ip, "scope_id", None):
        return False
    return allow_private or is_public(ip)


def is_public(ip: IP) -> bool:
    """Tell whether an address is one of the public network.

    Source:
        IANA's registries of special-purpose addresses, as `ipaddress` has them, and the networks above.

    Examples:
        >>> [is_public(ipaddress.ip_address(ip)) for ip in ("1.1.1.1", "10.1.1.1", "::ffff:1.1.1.1")]
        [True, False, False]
    """
    if ip in _TRANSLATED:
        return is_public(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    closed = ip.is_multicast or ip.is_reserved or any(ip in network for network in _CLOSED)
    return ip.is_global and not closed
