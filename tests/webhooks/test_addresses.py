"""No internal address can be reached by a webhook (bar S8). The inputs are harmless: nothing is sent anywhere."""

import ipaddress
import socket
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiuye.adapters.webhooks_http import HttpWebhookSender
from jiuye.adapters.webhooks_http.addresses import Refused, addresses_of, fault_of, is_public, target_of
from jiuye.ports.webhooks import Call


def resolving_to(*addresses: str) -> Callable[..., list[tuple[Any, ...]]]:
    """A look-up that finds these addresses."""
    return lambda host, port, **more: [(0, 0, 0, "", (one, port)) for one in addresses]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",  # noqa: S104
        "169.254.169.254", "169.254.0.23", "100.64.0.1", "100.100.100.200", "192.0.0.192", "168.63.129.16", "224.0.0.1",
        "239.255.255.255", "255.255.255.255", "240.0.0.1", "198.18.0.1", "192.0.2.1", "203.0.113.9", "198.51.100.1",
        "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "::7f00:1",
        "fe80::1", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1",
        "2001:0:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::a00:1", "100::1", "5f00::1", "3fff::1",
    ],
)  # fmt: skip
def test_internal_and_reserved_addresses_are_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["114.114.114.114", "223.5.5.5", "2400:3200::1", "64:ff9b::df05:505"])
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@given(st.ip_addresses(v=4))
def test_what_the_standard_library_calls_private_is_never_public(address: ipaddress.IPv4Address) -> None:
    assert not (is_public(address) and (address.is_private or address.is_multicast or address.is_reserved))
    assert is_public(ipaddress.IPv6Address(f"::ffff:{address}")) == is_public(address)


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("https://hr.example.com/hooks?a=1", ""),
        ("https://hr.example.com:8443/", ""),
        ("https://职介.example.com/推送", ""),
        ("http://hr.example.com/", "scheme"),
        ("http://localhost/", "scheme"),
        ("file:///etc/passwd", "form"),
        ("https://user@example.com/", "user"),
        ("https://user:word@example.com/", "user"),
        ("https://example.com:22/", "port"),
        ("https://example.com:80/", "port"),
        ("https://example.com:99999/", "form"),
        ("https://127.0.0.1/", "address"),
        ("https://[::1]/", "address"),
        ("https://[::ffff:10.0.0.1]/", "address"),
        ("https://169.254.169.254/latest/", "address"),
        ("https://[fe80::1%25eth0]/", "address"),
        ("https://exa mple.com/", "form"),
        ("https://example.com\\@10.0.0.1/", "form"),
        ("https://example.com/\r\nHost: x", "form"),
        ("https://exam_ple.com/", "host"),
        ("https://-example.com/", "host"),
        ("https://example.com/#part", "form"),
        ("https://", "form"),
        ("", "scheme"),
        ("https://example.com/" + "a" * 500, "form"),
    ],
)
def test_urls_are_checked_before_they_are_stored(url: str, fault: str) -> None:
    assert fault_of(url, allows_loopback=False) == fault or (url == "" and fault_of(url, allows_loopback=False))


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "0177.0.0.1", "localhost", "localhost."])
def test_odd_notations_of_this_machine_are_refused_when_they_are_looked_up(host: str) -> None:
    with pytest.raises((Refused, OSError)):
        addresses_of(target_of(f"https://{host}/", allows_loopback=False), allows_loopback=False)


@pytest.mark.parametrize("found", [("10.0.0.1",), ("114.114.114.114", "10.0.0.1"), ("2400:3200::1", "::1"), ()])
def test_one_internal_address_among_others_is_enough_to_refuse(found: tuple[str, ...]) -> None:
    target = target_of("https://example.com/", allows_loopback=False)
    with pytest.raises(Refused, match="address"):
        addresses_of(target, allows_loopback=False, resolve=resolving_to(*found))


def test_a_name_is_looked_up_once_and_the_connection_goes_to_what_was_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Rebinding: the second look-up would answer this machine."""
    answers = [["114.114.114.114"], ["127.0.0.1"], ["127.0.0.1"]]
    asked, connected = [], []

    def resolve(host: str, port: int, **more: Any) -> list[tuple[Any, ...]]:
        asked.append(host)
        return [(0, 0, 0, "", (one, port)) for one in answers[len(asked) - 1]]

    def connect(self: socket.socket, address: tuple[str, int]) -> None:
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", connect, raising=False)
    sender = HttpWebhookSender(resolve=resolve)
    assert sender.send(Call("https://rebinding.example.com/", {}, b"{}")).problem == "connect"
    assert (asked, connected) == (["rebinding.example.com"], [("114.114.114.114", 443)])
    assert sender.send(Call("https://rebinding.example.com/", {}, b"{}")).problem == "address"
    assert len(connected) == 1


def test_this_machine_is_reached_only_where_the_setting_says_so() -> None:
    assert fault_of("http://127.0.0.1:8000/", allows_loopback=True) == ""
    assert fault_of("http://example.com/", allows_loopback=True) == "scheme"
    assert fault_of("http://10.0.0.1/", allows_loopback=True) == "scheme"
    assert HttpWebhookSender().send(Call("http://127.0.0.1:9/", {}, b"")).problem == "url"
    assert HttpWebhookSender().send(Call("https://127.0.0.1:9443/", {}, b"")).problem == "address"


def test_an_unknown_name_is_told_apart() -> None:
    def resolve(host: str, port: int, **more: Any) -> list[tuple[Any, ...]]:
        raise socket.gaierror(-2, "Name or service not known")

    assert HttpWebhookSender(resolve=resolve).send(Call("https://nowhere.example/", {}, b"")).problem == "name"
