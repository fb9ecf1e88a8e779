"""`/me/security`: signed-in devices, signing out other devices, and the sign-in history."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import Session, SignInRecord, User
from jiuye.domains.accounts.states import SignInMethod
from jiuye.kernel import clock
from jiuye.kernel.models import AuditEntry
from tests.factories import accounts, channels
from tests.portals.seeker.security.reading import come_in, is_signed_in, session_of, text

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture
def lin() -> User:
    return accounts.seeker()


def test_every_browser_is_listed_and_this_one_marked(lin: User) -> None:
    here, phone = Client(REMOTE_ADDR="192.0.2.77"), accounts.browser(lin)
    come_in(here, lin.phone)

    page = text(here.get("/me/security"))

    assert page.count("登录</p>") + page.count("最近使用") >= 1
    assert page.count(">本机<") == 1
    assert "Chrome · Android" in page
    assert "网络 192.0.*.*" in page
    assert "192.0.2.77" not in page
    assert str(session_of(phone).handle) in page


def test_the_page_says_neither_session_keys_nor_the_whole_phone(lin: User) -> None:
    here = accounts.browser(lin)
    page = text(here.get("/me/security"))
    assert lin.phone not in page
    assert str(here.cookies["jiuye_session"].value) not in page


def test_a_way_in_through_a_partners_app_is_named(lin: User) -> None:
    channel = channels.channel()
    here = accounts.browser(lin)
    Session.objects.update(method=SignInMethod.ESSC_APP, channel_code=channel.code)
    assert channel.name in text(here.get("/me/security"))


def test_signing_one_browser_out_ends_its_very_next_request(lin: User) -> None:
    here, lost = accounts.browser(lin), accounts.browser(lin)
    assert is_signed_in(lost)

    here.post(f"/me/security/devices/{session_of(lost).handle}/end")

    assert not is_signed_in(lost)
    assert is_signed_in(here)
    assert AuditEntry.objects.filter(action="session.end", actor_person_id=lin.pk).exists()


def test_signing_out_all_others_leaves_this_one(lin: User) -> None:
    here, others = accounts.browser(lin), [accounts.browser(lin) for _ in range(3)]

    here.post("/me/security/devices/end-others")

    assert is_signed_in(here)
    assert [is_signed_in(one) for one in others] == [False] * 3


def test_signing_out_all_ends_this_one_too(lin: User) -> None:
    here, other = accounts.browser(lin), accounts.browser(lin)

    here.post("/me/security/devices/end-all")

    assert not is_signed_in(here)
    assert not is_signed_in(other)


def test_nobody_ends_anybody_elses_session(lin: User) -> None:
    theirs = accounts.browser(accounts.seeker("别人"))

    answer = accounts.browser(lin).post(f"/me/security/devices/{session_of(theirs).handle}/end")

    assert answer.status_code == 404
    assert is_signed_in(theirs)


@pytest.mark.parametrize("path", ["/me/security/devices/end-others", "/me/security/devices/end-all"])
def test_a_foreign_page_signs_nobody_out(lin: User, path: str) -> None:
    here, other = accounts.browser(lin, checks_csrf=True), accounts.browser(lin)

    assert here.post(path).status_code == 403
    assert here.post(path, headers={"Origin": "https://evil.example"}).status_code == 403
    assert is_signed_in(other)


def test_a_session_keeps_its_person_and_start_when_its_content_changes(lin: User) -> None:
    here = Client()
    come_in(here, lin.phone)
    before = session_of(here)

    here.post("/me/security/second-factor/begin")
    here.post("/login/confirm/send")

    after = session_of(here)
    assert after.session_data != before.session_data
    for column in ("handle", "person_id", "method", "device", "ip", "signed_in_at", "ends_at"):
        assert getattr(after, column) == getattr(before, column), column


def test_the_history_shows_every_sign_in_newest_first(lin: User) -> None:
    for days, device in ((0, "Safari · iOS"), (1, "Chrome · Windows")):
        SignInRecord.objects.create(
            user=lin,
            method=SignInMethod.ESSC_QR,
            device=device,
            ip="198.51.100.7",
            signed_in_at=MORNING + timedelta(days),
        )

    page = text(accounts.browser(lin).get("/me/security/history"))

    assert page.index("Chrome · Windows") < page.index("Safari · iOS")
    assert "电子社保卡扫码" in page
    assert "网络 198.51.*.*" in page


def test_the_history_is_paged_to_its_end_without_repeating(lin: User) -> None:
    SignInRecord.objects.bulk_create(
        SignInRecord(user=lin, method="sms_code", device=f"设备{number:02d}", signed_in_at=MORNING)
        for number in range(45)
    )
    here, seen, address = accounts.browser(lin), [], "/me/security/history"
    while address:
        page = text(here.get(address))
        seen += [f"设备{number:02d}" for number in range(45) if f"设备{number:02d}" in page]
        following = [part.split('"')[0] for part in page.split('href="')[1:] if part.startswith("?cursor=")]
        is_last = "下一页" not in page or not following or len(seen) == 45
        address = "" if is_last else f"/me/security/history{following[-1].replace('&amp;', '&')}"
    assert sorted(seen) == [f"设备{number:02d}" for number in range(45)]


def test_the_history_is_ones_own(lin: User) -> None:
    SignInRecord.objects.create(user=lin, method="sms_code", device="林的手机", signed_in_at=clock.now())
    assert "林的手机" not in text(accounts.browser(accounts.seeker()).get("/me/security/history"))


def test_the_pages_cost_few_queries_however_many_devices_there_are(
    lin: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    here = accounts.browser(lin)
    for _ in range(5):
        accounts.browser(lin)
    with django_assert_max_num_queries(9):
        here.get("/me/security")
    with django_assert_max_num_queries(4):
        here.get("/me/security/history")
