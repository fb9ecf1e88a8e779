"""How a browser and its network are told to their owner."""

import pytest

from jiuye.domains.accounts.devices import UNKNOWN, device_label, masked_address

WINDOWS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 "
    "Mobile/15E148 Safari/604.1"
)
ANDROID = "Mozilla/5.0 (Linux; Android 14; V2324A) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:131.0) Gecko/20100101 Firefox/131.0"


@pytest.mark.parametrize(
    ("header", "label"),
    [
        (WINDOWS, "Chrome · Windows"),
        (IPHONE, "Safari · iOS"),
        (ANDROID, "Chrome · Android"),
        (MAC, "Firefox · macOS"),
        ("", UNKNOWN),
        ("x" * 100_000, UNKNOWN),
        ("<script>alert(1)</script>", UNKNOWN),
    ],
)
def test_a_browser_is_told_in_two_words(header: str, label: str) -> None:
    assert device_label(header) == label


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("192.0.2.77", "192.0.*.*"),
        ("2001:db8:1:2::3", "2001:db8:*"),
        ("::ffff:192.0.2.77", "192.0.*.*"),
        ("", ""),
        ("no address", ""),
    ],
)
def test_of_an_address_the_network_is_shown(address: str, shown: str) -> None:
    assert masked_address(address) == shown
