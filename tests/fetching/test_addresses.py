"""Which addresses are ones, and which machines may be asked."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

import pytest

from tallyroom.fetching import FetchError, fetch, parse_address
from tallyroom.fetching.addresses import is_public, resolve


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("http://example.org", "http://example.org/"),
        ("HTTPS://Example.ORG:443/a?b=1#c", "https://example.org/a?b=1"),
        ("http://example.org:8080/x y".replace(" ", "%20"), "http://example.org:8080/x%20y"),
        (
            "https://例子.测试/公报/8月.html",
            "https://xn--fsqu00a.xn--0zwm56d/%E5%85%AC%E6%8A%A5/8%E6%9C%88.html",
        ),
        ("http://[2606:4700::1111]:81/", "http://[2606:4700::1111]:81/"),
        ("http://example.org?q=毒品", "http://example.org/?q=%E6%AF%92%E5%93%81"),
    ],
)
def test_an_address_is_written_in_one_way(written: str, url: str) -> None:
    assert parse_address(written).url == url


@pytest.mark.parametrize(
    "written",
    [
        "file:///etc/passwd", "ftp://example.org/", "gopher://example.org", "javascript:alert(1)", "example.org",
        "http://", "http:///path", "https://user:secret@example.org/", "http://user@example.org", "http://@/",
        "http://example.org/a b", "http://example.org/\r\nHost: other", "http://exa\tmple.org/",
        "http://example.org:99999/", "http://example.org:port/", "http://[::1", "http://[::1]x/", "http://exam ple/",
        "http://example.org\\@other.org/", "http://" + "a" * 300 + ".org/", "http://example.org/" + "a" * 9000,
        "http://[fe80::1%25eth0]/", "http://%31%32/",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(written: str) -> None:
    with pytest.raises(FetchError) as error:
        parse_address(written)

    assert error.value.code == "FT101"
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1", "127.8.9.1", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
        "169.254.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.0.8", "192.0.2.1", "198.18.0.1",
        "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.1.2.3", "240.0.0.1", "255.255.255.255", "192.88.99.1",
        "168.63.129.16", "::", "::1", "fe80::1", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "2001:db8::1",
        "2001::1", "2002:7f00:1::", "2002:808:808::", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:10.0.0.1",
        "64:ff9b::127.0.0.1", "64:ff9b::10.1.1.1", "64:ff9b:1::1", "100::1",
    ],
)  # fmt: skip
def test_an_address_that_is_not_public_is_refused(ip: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_public(ipaddress.ip_address(ip))
    stub_names(monkeypatch, ip)

    for name in ("somewhere.example", ip if ":" not in ip else f"[{ip}]"):
        with pytest.raises(FetchError) as error:
            fetch(f"http://{name}/")
        assert error.value.code == "FT102"


@pytest.mark.parametrize("ip", ["1.1.1.1", "8.8.8.8", "172.32.0.1", "2606:4700::1111", "64:ff9b::1.1.1.1"])
def test_an_address_of_the_public_network_is_none_of_these(ip: str) -> None:
    assert is_public(ipaddress.ip_address(ip))


def test_a_name_with_one_address_that_is_not_public_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    stub_names(monkeypatch, "1.1.1.1", "127.0.0.1")

    with pytest.raises(FetchError) as error:
        resolve(parse_address("http://somewhere.example/"), 5)
    assert error.value.code == "FT102"
    assert error.value.found == "127.0.0.1"


@pytest.mark.parametrize("ip", ["224.0.0.1", "ff02::1", "0.0.0.0", "::"])
def test_no_option_allows_what_is_no_machine(ip: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stub_names(monkeypatch, ip)

    with pytest.raises(FetchError):
        resolve(parse_address("http://somewhere.example/"), 5, allow_private=True)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "017700000001", "127.1"])
def test_forms_of_a_number_hide_no_machine(host: str) -> None:
    with pytest.raises(FetchError) as error:
        fetch(f"http://{host}:9/")

    assert error.value.code in ("FT102", "FT103")


def test_a_name_that_nobody_knows_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: Any, **__: Any) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    with pytest.raises(FetchError) as error:
        fetch("http://nowhere.example/")

    assert error.value.code == "FT103"


def stub_names(monkeypatch: pytest.MonkeyPatch, *ips: str) -> None:
    """Let every name stand for `ips`, and let no connection be made."""
    found = [
        (socket.AF_INET6 if ":" in ip else socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ips
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    monkeypatch.setattr(socket, "create_connection", refuse)


def refuse(*_: Any, **__: Any) -> None:
    raise AssertionError("no connection must be made")
