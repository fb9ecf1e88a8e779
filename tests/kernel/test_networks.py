"""Who counts as one sender: an attacker with a whole IPv6 network is one."""

import pytest

from jiuye.kernel.networks import is_loopback, network_of, wide_network_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("fe80::1%eth0", "fe80::2"),
        ("", "nonsense"),
    ],
)
def test_one_sender(one: str, other: str) -> None:
    assert network_of(one) == network_of(other)


@pytest.mark.parametrize(("one", "other"), [("192.0.2.1", "192.0.2.2"), ("2001:db8:1:2::1", "2001:db8:1:3::1")])
def test_two_senders_of_one_wide_network(one: str, other: str) -> None:
    assert network_of(one) != network_of(other)
    assert wide_network_of(one) == wide_network_of(other)


def test_loopback() -> None:
    assert [one for one in ("127.0.0.1", "::1", "", "192.0.2.1", "x") if is_loopback(one)] == ["127.0.0.1", "::1", ""]
