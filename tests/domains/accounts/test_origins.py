"""Origins of partner apps: normalised as browsers compare them, or refused with a correction."""

import pytest
from pytest_django import Settings

from jiuye.domains.accounts.origins import parse_origin
from jiuye.kernel.errors import Invalid


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("https://app.example.cn", "https://app.example.cn"),
        (" https://App.Example.CN/ ", "https://app.example.cn"),
        ("https://app.example.cn:443", "https://app.example.cn"),
        ("https://app.example.cn:8443", "https://app.example.cn:8443"),
        ("https://示例.中国", "https://xn--fsq092h.xn--fiqs8s"),
        ("https://ａｐｐ.example.cn", "https://app.example.cn"),
        ("http://127.0.0.1:8001", "http://127.0.0.1:8001"),
        ("http://localhost:8001", "http://localhost:8001"),
        ("http://[::1]:8001", "http://[::1]:8001"),
    ],
)
def test_an_origin_takes_the_form_that_browsers_send(typed: str, origin: str) -> None:
    assert parse_origin(typed) == origin
    assert parse_origin(origin) == origin


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("", "https://"),
        ("app.example.cn", "https://"),
        ("http://app.example.cn", "https://"),
        ("ftp://app.example.cn", "https://"),
        ("javascript:alert(1)", "https://"),
        ("https:app.example.cn", "https://"),
        ("https:///app.example.cn", "https://"),
        ("https://*.example.cn", "通配符"),
        ("*", "通配符"),
        ("https://name:secret@app.example.cn", "密码"),
        ("https://app.example.cn@evil.example", "密码"),
        ("https://app.example.cn/path", "路径"),
        ("https://app.example.cn?x=1", "路径"),
        ("https://app.example.cn#top", "路径"),
        ("https://app.example.cn https://evil.example", "看不懂"),
        ("https://app.example.cn; script-src *", "通配符"),
        ("https://app.example.cn;script-src", "看不懂"),
        ("https://app.example.cn\\evil", "看不懂"),
        ("https://app.example.cn\r\nX-Header: 1", "看不懂"),
        ("https://app.example.cn:99999", "看不懂"),
        ("https://intranet", "完整的域名"),
        ("https://192.0.2.1", "IP"),
        ("https://3221225985", "IP"),
        ("https://[2001:db8::1]", "IP"),
        ("https://app_one.example.cn", "完整的域名"),
        ("https://" + "a." * 120 + "cn", "太长"),
    ],
)
def test_whatever_is_more_or_less_than_an_origin_is_refused_at_its_field(typed: str, advice: str) -> None:
    with pytest.raises(Invalid) as refusal:
        parse_origin(typed)
    assert advice in refusal.value.fields["origin"]


def test_production_takes_https_only(settings: Settings) -> None:
    settings.PRODUCTION = True
    for typed in ("http://127.0.0.1:8001", "http://localhost"):
        with pytest.raises(Invalid):
            parse_origin(typed)
