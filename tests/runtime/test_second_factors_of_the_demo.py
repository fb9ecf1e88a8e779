"""The demonstration's operators have a second factor; `up` puts it into the sandbox's phone and prints where."""

import pyotp

from jiuye.runtime.demo import second_factor

ACCOUNTS = f"""求职者　19900000099　江浩然
平台审核员　19900000097　沈知行　（{second_factor.NOTE}）
安全管理员　19900000090　何安　（{second_factor.NOTE}）"""


def test_phones_with_a_second_factor_are_known_from_the_printed_accounts() -> None:
    assert second_factor.phones_in(ACCOUNTS) == ["19900000097", "19900000090"]
    assert second_factor.phones_in("") == []


def test_the_setup_link_is_what_an_authenticator_app_reads() -> None:
    app = pyotp.parse_uri(second_factor.setup_link("19900000097"))
    assert isinstance(app, pyotp.TOTP)
    assert (app.secret, app.name, app.issuer) == (second_factor.SECRET, "19900000097", "就业在线")


def test_the_secret_says_what_it_is() -> None:
    assert "NEVERFORPRODUCTION" in second_factor.SECRET
