"""The whole family of internal addresses, by each way that leads there (S8): written in a URL, found for a name, found only at
the second look, named by a redirect. Nothing leaves this machine.
"""

import socket
from typing import Any
from urllib.parse import urlsplit

import pytest

from jiuye.adapters.webhooks_http import HttpWebhookSender
from jiuye.adapters.webhooks_http.addresses import fault_of
from jiuye.ports.webhooks import Call
from tests.factories import webhooks
from tests.factories.webhooks import Reply

INTERNAL = {
    "this machine": ("127.0.0.1", "127.0.0.2", "127.255.255.254", "::1"),
    "nothing": ("0.0.0.0", "0.1.2.3", "::"),  # noqa: S104
    "private": ("10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fc00::1", "fd00:ec2::254", "fec0::1"),
    "of the link": ("169.254.0.1", "169.254.169.254", "fe80::1"),
    "of carriers": ("100.64.0.1", "100.100.100.200", "100.127.255.255"),
    "of clouds": ("168.63.129.16", "192.0.0.192"),
    "to many": ("224.0.0.1", "239.255.255.250", "255.255.255.255", "ff02::1", "ff05::1:3"),
    "reserved": ("240.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.9", "2001:db8::1", "100::1", "3fff::1"),
    "mapped": ("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:100.64.0.1", "::ffff:0.0.0.0"),
    "compatible": ("::127.0.0.1", "::10.0.0.1"),
    "translated": ("::ffff:0:127.0.0.1", "::ffff:0:10.0.0.1"),
    "NAT64": ("64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b::a9fe:a9fe", "64:ff9b::6440:1", "64:ff9b::", "64:ff9b:1::a00:1"),
    "6to4": ("2002:7f00:1::", "2002:a00:1::1", "2002:a9fe:a9fe::", "2002:6440:1::", "192.88.99.1"),
    "Teredo": ("2001:0:7f00:1::", "2001:0:4136:e378:8000:63bf:80ff:fffe"),
}  # fmt: skip
ADDRESSES = sorted({one for addresses in INTERNAL.values() for one in addresses})
SPELLED = [
    "2130706433", "3232235777", "0x7f000001", "0x7f.0.0.1", "0x7f.1", "0177.0.0.1", "017700000001", "127.1", "127.0.1", "0", "0x0",
    "10.1", "169.254.43518", "0xa9fea9fe", "127.0.0.1.", "１２７.0.0.1", "127。0。0。1", "①②⑦.0.0.1", "[::ffff:7f00:1]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]", "[fe80::1%25eth0]", "[::%31]", "999999999999", "1.2.3.4.5", "0x",
]  # fmt: skip
"""Other ways to write them: decimal, octal, hexadecimal, shortened, with a dot at the end, in full-width digits, with a zone."""


@pytest.fixture(autouse=True)
def connected(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Where sockets connect to: to this machine's own servers only."""
    places: list[Any] = []
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        places.append(address)
        if address[0] != "127.0.0.1":
            raise ConnectionRefusedError
        real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect, raising=False)
    return places


def _literal(address: str) -> str:
    return f"[{address}]" if ":" in address else address


@pytest.mark.parametrize("address", ADDRESSES)
def test_none_is_stored_or_called(address: str, connected: list[Any]) -> None:
    url = f"https://{_literal(address)}/hooks"
    assert fault_of(url, allows_loopback=False) in ("address", "host", "form")
    assert HttpWebhookSender().send(Call(url, {}, b"{}")).status is None
    assert connected == []


@pytest.mark.parametrize("host", SPELLED)
def test_nor_in_another_spelling(host: str, connected: list[Any]) -> None:
    url = f"https://{host}/hooks"
    assert fault_of(url, allows_loopback=False) in ("address", "host", "form")
    assert HttpWebhookSender().send(Call(url, {}, b"{}")).problem in ("address", "url")
    assert connected == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_nor_by_a_name_nor_by_one_that_changes(address: str, connected: list[Any]) -> None:
    """Rebinding: the name first leads to the Internet, to whose address the connection goes; then to ours."""
    answers = [address, "114.114.114.114", address]

    def resolve(host: str, port: int, **more: Any) -> list[tuple[Any, ...]]:
        return [(0, 0, 0, "", (answers.pop(0), port))]

    sender = HttpWebhookSender(resolve=resolve)
    problems = [sender.send(Call("https://rebinding.example.com/", {}, b"{}")).problem for _ in range(3)]
    assert problems == ["address", "connect", "address"]
    assert connected == [("114.114.114.114", 443)]


def test_nor_by_a_redirect(connected: list[Any]) -> None:
    targets = [f"http://{_literal(one)}/" for one in ADDRESSES] + [f"//{one}/" for one in SPELLED] + ["/elsewhere"]
    sender = HttpWebhookSender(allows_loopback=True)
    with webhooks.receiver() as receiver:
        for number, target in enumerate(targets):
            status = (301, 302, 303, 307, 308)[number % 5]
            receiver.answers(Reply(status, {"Location": target.encode().decode("latin-1")}))
            assert sender.send(Call(receiver.url, {}, b"{}")).status == status
        assert len(receiver.received) == len(targets)
        port = urlsplit(receiver.url).port
    assert set(connected) == {("127.0.0.1", port)}
