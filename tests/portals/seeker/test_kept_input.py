"""Whatever is typed into a form survives the end of the session: kept for its person, put back, never sent by itself."""

from datetime import timedelta
from html import unescape
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jiuye.domains.accounts import actions, policies
from jiuye.domains.accounts.actions.kept_input import KEPT_OF_ADDRESS
from jiuye.domains.accounts.models import KeptInput
from jiuye.domains.resumes.models import Resume
from jiuye.kernel import clock
from jiuye.portals import kept_input
from jiuye.worker.tasks import sweep
from tests.factories import accounts
from tests.factories.cast import Cast, assemble
from tests.factories.typed_forms import WRITTEN, comes_back, form_to, session_ends

pytestmark = pytest.mark.django_db
SELF = "/me/resume/self"
OURS = {"Origin": "http://testserver"}


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def lin(cast: Cast) -> Client:
    client = accounts.browser(cast.people["lin"])
    client.get(SELF)
    return client


def send(client: Client, page: str = SELF, **data: object) -> str:
    """Send a form from its own page; where the browser is led."""
    answer = client.post(page, data or {"self_description": WRITTEN}, headers={"Referer": f"http://testserver{page}"})
    return answer.headers.get("Location") or str(answer.status_code)


def shown(client: Client, page: str = SELF) -> list[str]:
    """What stands in the form."""
    return form_to(client.get(page), page, page).values("self_description")


def text(client: Client, page: str = SELF) -> str:
    return client.get(page).content.decode()


def test_after_signing_in_again_the_form_is_as_it_was_left_and_nothing_is_sent(cast: Cast, lin: Client) -> None:
    session_ends(lin)
    assert send(lin) == "/login?next=%2Fme%2Fresume%2Fself"
    assert "会填回原处" in text(lin, "/login?next=%2Fme%2Fresume%2Fself")

    comes_back(lin, cast.people["lin"])

    assert shown(lin) == [WRITTEN]
    assert "登录已过期，您填写的内容已恢复，请检查后再次提交。" in text(lin)
    assert Resume.objects.get(user_id=cast.lin.person).self_description == "踏实肯干，能上夜班。"


def test_it_is_shown_again_until_it_is_sent_again(cast: Cast, lin: Client) -> None:
    session_ends(lin)
    send(lin)
    comes_back(lin, cast.people["lin"])
    assert shown(lin) == shown(lin) == [WRITTEN]

    lin.post(SELF, {"self_description": "现在交上"})

    assert shown(lin) == ["现在交上"]
    assert "已恢复" not in text(lin)
    assert not KeptInput.objects.exists()


def test_who_does_not_want_it_any_more_throws_it_away(cast: Cast, lin: Client) -> None:
    session_ends(lin)
    send(lin)
    comes_back(lin, cast.people["lin"])
    assert 'id="forget-kept"' in text(lin)

    answer = lin.post("/login/kept/forget", headers={"Referer": f"http://testserver{SELF}"})

    assert answer["Location"] == SELF
    assert shown(lin) == ["踏实肯干，能上夜班。"]


def test_another_person_who_signs_in_there_gets_nothing_of_it(cast: Cast, lin: Client) -> None:
    session_ends(lin)
    send(lin)

    comes_back(lin, cast.people["wu"])
    assert WRITTEN not in shown(lin)
    assert "已恢复" not in text(lin)

    comes_back(lin, cast.people["lin"])
    assert shown(lin) == [WRITTEN]


def test_the_same_person_in_another_browser_gets_nothing_of_it(cast: Cast, lin: Client) -> None:
    session_ends(lin)
    send(lin)
    assert "已恢复" not in text(accounts.browser(cast.people["lin"]))


def test_input_without_an_owner_is_not_kept(cast: Cast) -> None:
    stranger = Client()
    send(stranger)
    assert not KeptInput.objects.exists()


def test_signing_out_leaves_nothing_behind(cast: Cast, lin: Client) -> None:
    session_ends(lin)
    send(lin)
    comes_back(lin, cast.people["lin"])
    lin.post("/logout")
    assert not KeptInput.objects.exists()
    assert {lin.cookies[name].value for name in (kept_input.INPUT_COOKIE, kept_input.OWNER_COOKIE)} == {""}


def test_it_is_over_after_half_an_hour_and_swept(cast: Cast, lin: Client) -> None:
    session_ends(lin)
    send(lin)
    with clock.frozen(clock.now() + policies.INPUT_KEPT + timedelta(seconds=1)):
        comes_back(lin, cast.people["lin"])
        assert WRITTEN not in shown(lin)
        sweep(timestamp=0)
    assert not KeptInput.objects.exists()


def test_more_than_64_kilobytes_are_not_kept_and_the_person_is_told(lin: Client) -> None:
    session_ends(lin)
    assert send(lin, self_description="字" * 22_000) == "401"
    assert not KeptInput.objects.exists()


def test_one_network_cannot_fill_the_disk(lin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vars(KEPT_OF_ADDRESS), "most", 2)
    session_ends(lin)
    assert [send(lin) for _ in range(3)][1:] == ["/login?next=%2Fme%2Fresume%2Fself", "401"]


@pytest.mark.parametrize(
    "name", ["code", "sms_code", "csrfmiddlewaretoken", "password", "new_password", "totp", "id_number", "token"]
)
def test_secrets_and_numbers_of_people_are_never_kept(name: str) -> None:
    assert not actions.is_kept(name)


def test_no_code_is_among_what_is_stored(cast: Cast, lin: Client) -> None:
    session_ends(lin)
    send(lin, "/me/real-name", name="林小满", id_number="110101199001011237", code="123456")
    (row,) = KeptInput.objects.all()
    assert "林小满" in row.content
    assert "110101199001011237" not in row.content
    assert "123456" not in row.content


@pytest.mark.parametrize(
    "page", ["/me/security/phone", "/me/security/phone/code", "/login/confirm", "/login/second-factor"]
)
def test_what_is_typed_to_prove_who_one_is_is_never_kept(lin: Client, page: str) -> None:
    session_ends(lin)
    send(lin, page, code="123456", phone="13800001234")
    assert not KeptInput.objects.exists()


def test_the_database_holds_only_envelopes(lin: Client) -> None:
    session_ends(lin)
    send(lin)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(k)::text FROM accounts_keptinput AS k")
        stored = cursor.fetchone()[0]
    assert "电焊" not in stored
    assert lin.cookies[kept_input.INPUT_COOKIE].value not in stored


def test_files_are_to_be_chosen_again_and_the_person_is_told(cast: Cast, lin: Client) -> None:
    session_ends(lin)
    send(lin, self_description=WRITTEN, attachment=SimpleUploadedFile("a.pdf", b"%PDF", "application/pdf"))
    comes_back(lin, cast.people["lin"])
    assert "请重新选择" in text(lin)
    assert b"%PDF" not in KeptInput.objects.get().content.encode()


def test_a_script_is_led_to_sign_in_and_the_input_comes_back_as_well(cast: Cast, lin: Client) -> None:
    session_ends(lin)
    ours = {"HX-Request": "true", "Referer": "http://testserver/me/resume"}
    answer = lin.post(SELF, {"self_description": WRITTEN}, headers=ours)
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/login?next=%2Fme%2Fresume")
    comes_back(lin, cast.people["lin"])

    assert WRITTEN in unescape(text(lin, "/me/resume")), "on a page without that form it can be copied"
    fragment = lin.get(SELF, headers={"HX-Request": "true"})
    assert form_to(fragment, SELF, SELF).values("self_description") == [WRITTEN]


def test_a_button_alone_keeps_nothing_and_says_that_it_was_not_done(lin: Client) -> None:
    session_ends(lin)
    answer = lin.post("/me/notifications/read", headers={"Referer": "http://testserver/me/notifications"})
    assert "还没有进行" in text(lin, answer["Location"])
    assert not KeptInput.objects.exists()


class TestProof:
    """A fresh proof of who one is, asked for by a POST."""

    def test_what_was_typed_waits_for_the_proof(self, cast: Cast) -> None:
        lin = accounts.browser(cast.people["lin"], confirmed=True)
        page = "/me/privacy/erase"
        typed = form_to(lin.get(page), page, page)
        box = next(name for kind, name, _, _ in typed.fields if kind == "choice")
        with clock.frozen(clock.now() + timedelta(minutes=11)):
            assert send(lin, page, **{box: "on"}).startswith("/login/confirm")
            comes_back(lin, cast.people["lin"], confirmed=True)
            again = form_to(lin.get(page), page, page)
        assert again.values(box) == ["on"]


class TestStaleToken:
    """The page's CSRF token is not the browser's any more: it signed in elsewhere, or lost its cookies."""

    @pytest.fixture
    def checked(self, cast: Cast) -> Client:
        client = accounts.browser(cast.people["lin"], checks_csrf=True)
        client.get(SELF)
        return client

    def test_what_was_typed_stands_in_a_fresh_page(self, checked: Client) -> None:
        answer = checked.post(
            SELF, {"self_description": WRITTEN}, headers={**OURS, "Referer": f"http://testserver{SELF}"}
        )
        assert answer["Location"] == SELF
        assert shown(checked) == [WRITTEN]
        assert "页面已过期，您填写的内容已恢复" in text(checked)

    def test_with_the_session_gone_too_one_signs_in_first(self, cast: Cast, checked: Client) -> None:
        session_ends(checked)
        answer = checked.post(
            SELF, {"self_description": WRITTEN}, headers={**OURS, "Referer": f"http://testserver{SELF}"}
        )
        assert answer["Location"] == "/login?next=%2Fme%2Fresume%2Fself"
        comes_back(checked, cast.people["lin"])
        assert shown(checked) == [WRITTEN]

    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "https://evil.example", "Referer": "https://evil.example/x"},
            {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
            {},
        ],
    )
    def test_what_another_site_sends_never_gets_into_a_form(self, checked: Client, headers: dict[str, str]) -> None:
        answer = checked.post(SELF, {"self_description": "骗子写的"}, headers=headers)
        assert answer.status_code == 403
        assert not KeptInput.objects.exists()

    def test_a_visitors_input_stays_with_the_visitor(self, cast: Cast) -> None:
        visitor = Client(enforce_csrf_checks=True)
        visitor.get("/feedback")
        sent = {"text": WRITTEN, "category": "fault"}
        visitor.post("/feedback", sent, headers={**OURS, "Referer": "http://testserver/feedback"})
        assert form_to(visitor.get("/feedback"), "/feedback", "/feedback").values("text") == [WRITTEN]
        comes_back(visitor, cast.people["wu"])
        assert form_to(visitor.get("/feedback"), "/feedback", "/feedback").values("text") == [""]


def test_pages_that_everybody_shares_are_never_touched(cast: Cast, lin: Client) -> None:
    session_ends(lin)
    send(lin)
    comes_back(lin, cast.people["lin"])
    answer = lin.get("/jobs")
    assert "已恢复" not in answer.content.decode()
    assert kept_input.OWNER_COOKIE not in answer.cookies


def test_a_page_costs_one_query_more_and_only_while_something_is_kept(cast: Cast, lin: Client) -> None:
    with CaptureQueriesContext(connection) as before:
        lin.get(SELF)
    session_ends(lin)
    send(lin)
    comes_back(lin, cast.people["lin"])
    with CaptureQueriesContext(connection) as after:
        lin.get(SELF)
    assert len(after) == len(before) + 1


def test_what_is_kept_says_of_nobody_by_name(cast: Cast, lin: Client) -> None:
    session_ends(lin)
    send(lin)
    row = KeptInput.objects.get()
    assert isinstance(row.id, UUID)
    assert str(cast.lin.person) not in f"{row.owner}{row.browser}{row.action}"
