"""The phone's home, partner apps and authenticator."""

import pyotp
import pytest
from flask.testing import FlaskClient

from tests.sandbox.conftest import Clock
from tests.sandbox.receiving import Site

HOLDER = "19900001001"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
AUTHENTICATOR = f"/phone/{HOLDER}/authenticator"


def page(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_everybody_with_a_card_is_there_to_choose(visitor: FlaskClient) -> None:
    shown = page(visitor, "/phone")

    for name in ("江浩然", "林知夏", "贾䶮", "古丽娜·艾山"):
        assert name in shown


def test_home_shows_the_card_and_the_apps(visitor: FlaskClient) -> None:
    shown = page(visitor, f"/phone/{HOLDER}/home")

    assert "林知夏" in shown
    assert "浙江省杭州市" in shown
    assert 'href="/apps/app-pay"' in shown
    assert 'href="/essc/scan"' in shown


def test_a_number_outside_the_demonstration_has_a_phone_but_no_card(visitor: FlaskClient) -> None:
    assert "没有电子社保卡" in page(visitor, "/phone/13800000001/home")
    assert visitor.get("/phone/13800000001/card.json").status_code == 404


def test_the_card_is_told_to_tests(visitor: FlaskClient) -> None:
    told = visitor.get(f"/phone/{HOLDER}/card.json").get_json()

    assert (told["name"], told["phone"], told["region"], told["level"]) == ("林知夏", HOLDER, "330100", 2)


def test_a_partner_app_shows_the_site_by_its_channel(visitor: FlaskClient, site: Site) -> None:
    answer = visitor.get("/apps/app-city")

    assert f'src="{site.url}/sso/essc?channel=app-city"' in answer.get_data(as_text=True)
    assert f"frame-src 'self' {site.url};" in answer.headers["Content-Security-Policy"]


def test_an_app_that_operators_have_just_registered_opens_too(visitor: FlaskClient) -> None:
    assert "app-new" in page(visitor, "/apps/app-new")
    assert visitor.get("/apps/No%20App").status_code == 404


# The authenticator


def test_an_account_is_added_by_its_setup_link(visitor: FlaskClient) -> None:
    uri = pyotp.TOTP(SECRET).provisioning_uri(name="审核员", issuer_name="就业在线")

    added = visitor.post(AUTHENTICATOR, json={"uri": uri})

    assert added.status_code == 201
    assert (added.get_json()["issuer"], added.get_json()["name"]) == ("就业在线", "审核员")


def test_codes_are_those_of_rfc_6238(visitor: FlaskClient, clock: Clock) -> None:
    visitor.post(AUTHENTICATOR, json={"secret": SECRET})

    now = visitor.get(f"{AUTHENTICATOR}.json").get_json()["accounts"][0]
    clock.forward(30)
    later = visitor.get(f"{AUTHENTICATOR}.json").get_json()["accounts"][0]

    assert pyotp.TOTP(SECRET).verify(now["code"], valid_window=1)
    assert later["code"] == now["next_code"]
    assert 1 <= now["seconds_left"] <= 30


def test_a_typed_secret_may_have_spaces_and_small_letters(visitor: FlaskClient) -> None:
    typed = "jbsw y3dp ehpk 3pxp jbsw y3dp ehpk 3pxp"

    visitor.post(AUTHENTICATOR, data={"secret": typed, "name": "招聘"})

    assert "招聘" in page(visitor, AUTHENTICATOR)


def test_the_same_secret_stands_there_once(visitor: FlaskClient) -> None:
    visitor.post(AUTHENTICATOR, json={"secret": SECRET, "name": "旧"})
    visitor.post(AUTHENTICATOR, json={"secret": SECRET, "name": "新"})

    told = visitor.get(f"{AUTHENTICATOR}.json").get_json()["accounts"]

    assert [account["name"] for account in told] == ["新"]


@pytest.mark.parametrize(
    "typed",
    [
        {"secret": ""},
        {"secret": "0189" * 8},
        {"secret": SECRET[:16]},
        {"secret": SECRET[:-2]},
        {"uri": f"otpauth://totp/x?secret={SECRET[:16]}"},
        {"uri": "https://site.example/"},
        {"uri": f"otpauth://hotp/x?secret={SECRET}&counter=1"},
        {"uri": f"otpauth://totp/x?secret={SECRET}&period=1"},
    ],
)
def test_what_cannot_be_a_secret_is_kept_and_explained(visitor: FlaskClient, typed: dict[str, str]) -> None:
    refused = visitor.post(AUTHENTICATOR, data=typed)

    assert refused.status_code == 400
    assert 'class="fault"' in refused.get_data(as_text=True)
    assert visitor.post(AUTHENTICATOR, json=typed).status_code == 400
    assert visitor.get(f"{AUTHENTICATOR}.json").get_json() == {"accounts": []}


def test_an_account_is_removed_from_its_own_phone_only(visitor: FlaskClient) -> None:
    account = visitor.post(AUTHENTICATOR, json={"secret": SECRET}).get_json()["id"]

    visitor.post(f"/phone/19900001002/authenticator/{account}/remove")
    assert len(visitor.get(f"{AUTHENTICATOR}.json").get_json()["accounts"]) == 1

    visitor.post(f"{AUTHENTICATOR}/{account}/remove")
    assert visitor.get(f"{AUTHENTICATOR}.json").get_json() == {"accounts": []}
