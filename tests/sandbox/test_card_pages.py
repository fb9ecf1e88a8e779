"""The card app's pages: which phone, consent, and which number to choose."""

from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.sandbox.card import HOLDER, Website, answer_in
from tests.sandbox.receiving import Site

ANOTHER = "19900001002"


@pytest.fixture
def website(visitor: FlaskClient, site: Site) -> Website:
    return Website(visitor, site.url)


def take(client: FlaskClient, phone: str = HOLDER) -> None:
    """Hold a phone: opening its page is enough."""
    assert client.get(f"/phone/{phone}/home").status_code == 200


def ask(website: Website, **changes: str | None) -> TestResponse:
    return website.browser.get(website.question(**changes))


def step(website: Website, path: str, **form: str) -> TestResponse:
    """Send a form of these pages."""
    return website.browser.post(website.question().replace("/authorize", path, 1), data=form)


def words(answer: TestResponse) -> str:
    return answer.get_data(as_text=True)


# Authorisation


def test_without_a_phone_it_is_asked_whose_and_then_the_question_goes_on(website: Website) -> None:
    asked = ask(website)
    assert "这是谁的手机？" in words(asked)
    assert "掌上付" in words(asked)

    chosen = step(website, "/authorize/phone", number=HOLDER)

    assert "授权“就业在线”登录" in words(website.browser.get(chosen.location))


def test_a_typed_number_without_a_card_is_kept_and_explained(website: Website) -> None:
    asked = step(website, "/authorize/phone", typed="13800000001")

    assert asked.status_code == 400
    assert 'value="13800000001"' in words(asked)
    assert "这个号码没有电子社保卡" in words(asked)


def test_consent_names_what_is_given_and_masks_the_id_number(website: Website) -> None:
    take(website.browser)

    asked = words(ask(website))

    assert "330***********0005" in asked
    assert "浙江省杭州市" in asked
    assert "330100199806200005" not in asked


def test_consent_is_asked_once(website: Website) -> None:
    take(website.browser)
    agreed = step(website, "/authorize/answer", answer="agree")
    assert agreed.location.startswith(website.callback)
    assert answer_in(agreed.location)["code"]

    again = ask(website)

    assert answer_in(again.location)["code"]


def test_consent_can_be_taken_back(website: Website) -> None:
    take(website.browser)
    step(website, "/authorize/answer", answer="agree")
    assert "取消授权" in words(website.browser.get(f"/phone/{HOLDER}/home"))

    website.browser.post(f"/phone/{HOLDER}/consents/withdraw")

    assert "授权“就业在线”登录" in words(ask(website))


def test_declining_tells_the_website_and_nothing_else(website: Website) -> None:
    take(website.browser)

    declined = answer_in(step(website, "/authorize/answer", answer="refuse").location)

    assert (declined["error"], declined["state"]) == ("access_denied", "state-1")
    assert "code" not in declined
    assert "授权“就业在线”登录" in words(ask(website))


def test_a_website_that_may_not_show_pages_is_told_what_is_missing(website: Website) -> None:
    take(website.browser)

    assert answer_in(ask(website, prompt="none").location)["error"] == "consent_required"


def test_another_phone_can_be_taken_at_the_consent(website: Website) -> None:
    take(website.browser)

    assert "这是谁的手机？" in words(ask(website, prompt="select_account"))


def test_a_channel_without_a_known_app_is_shown_by_its_code(website: Website) -> None:
    take(website.browser)

    assert "app-new" in words(ask(website, channel="app-new"))


def test_the_pages_may_stand_in_the_simulators_apps_and_lead_back_to_the_site(website: Website, site: Site) -> None:
    policy = ask(website).headers["Content-Security-Policy"]

    assert "frame-ancestors 'self'" in policy
    assert f"form-action 'self' {site.url};" in policy


def test_inside_an_app_there_is_no_second_phone_around_the_question(website: Website) -> None:
    inside = website.browser.get(website.question(), headers={"Sec-Fetch-Dest": "iframe"})

    assert "外部世界" in words(ask(website))
    assert "外部世界" not in words(inside)


def test_no_foreign_page_may_answer(website: Website) -> None:
    take(website.browser)

    forged = website.browser.post(
        website.question().replace("/authorize", "/authorize/answer", 1),
        data={"answer": "agree"},
        headers={"Origin": "https://attacker.example"},
    )

    assert forged.status_code == 403


# Scanning


def qr(website: Website, **changes: str) -> tuple[str, dict[str, str]]:
    """The path in a shown code, and the website's reference."""
    shown = website.show_qr(**changes).get_json()
    return shown["qr_uri"].removeprefix("http://localhost"), shown


def test_the_scanner_lists_what_is_on_screens(website: Website) -> None:
    take(website.browser)
    path, _ = qr(website, device="Firefox · Windows")

    seen = words(website.browser.get("/essc/scan"))

    assert f'href="{path}"' in seen
    assert "Firefox · Windows" in seen


def test_pasting_the_text_of_a_code_scans_it(website: Website) -> None:
    path, shown = qr(website)

    assert website.browser.get(f"/essc/scan?{urlencode({'code': shown['qr_uri']})}").location == path
    assert "这不是电子社保卡的登录二维码" in words(website.browser.get("/essc/scan?code=hello"))


def test_a_code_without_a_phone_asks_whose_and_goes_on(website: Website) -> None:
    path, shown = qr(website)
    assert "这是谁的手机？" in words(website.browser.get(path))
    assert website.follow(shown) == {"state": "waiting"}

    chosen = website.browser.post(f"{path}/phone", data={"number": HOLDER})

    assert "网页上显示的数字是哪一个？" in words(website.browser.get(chosen.location))
    assert website.follow(shown) == {"state": "scanned"}


def test_confirming_needs_a_number(website: Website) -> None:
    take(website.browser)
    path, shown = qr(website)
    website.browser.get(path)

    asked = website.browser.post(path, data={"answer": "approve"}, follow_redirects=True)

    assert "请先选网页上显示的数字" in words(asked)
    assert website.follow(shown) == {"state": "scanned"}


@pytest.mark.parametrize(
    ("form", "heading", "state"),
    [
        ({"answer": "approve", "choice": "42"}, "已确认登录", "approved"),
        ({"answer": "approve", "choice": "00"}, "已拒绝登录", "refused"),
        ({"answer": "refuse", "choice": "42"}, "已拒绝登录", "refused"),
    ],
)
def test_the_answer_is_shown_on_both_sides(website: Website, form: dict[str, str], heading: str, state: str) -> None:
    take(website.browser)
    path, shown = qr(website)
    website.browser.get(path)

    answered = website.browser.post(path, data=form, follow_redirects=True)

    assert heading in words(answered)
    assert website.follow(shown)["state"] == state


def test_another_phone_sees_that_it_came_too_late(website: Website) -> None:
    path, _ = qr(website)
    take(website.browser)
    website.browser.get(path)

    take(website.browser, ANOTHER)

    assert "已被另一部手机扫描" in words(website.browser.get(path))


def test_an_unknown_code_is_explained(website: Website) -> None:
    take(website.browser)

    unknown = website.browser.get(f"/essc/scan/{'x' * 32}")

    assert unknown.status_code == 404
    assert "没有找到这个二维码" in words(unknown)
