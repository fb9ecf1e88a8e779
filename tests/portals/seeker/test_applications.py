"""The seeker's pages of applying and of following an application."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.domains.applications.models import Application, InterviewInvitation
from jiuye.domains.organisations.models import Shop
from jiuye.domains.resumes.actions.blocks import block
from jiuye.domains.resumes.models import Resume
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.ids import new_id
from tests.factories import applications
from tests.factories.accounts import actor, browser, seeker
from tests.factories.cast import Cast, assemble

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def signed_in(actor: Actor) -> Client:
    return browser(User.objects.get(pk=actor.person_id))


def test_applying_asks_a_stranger_to_sign_in_and_leads_back(cast: Cast) -> None:
    answer = Client().get(f"/jobs/{cast.posting.id}/apply")
    assert answer.headers["Location"] == f"/login?next=%2Fjobs%2F{cast.posting.id}%2Fapply"


def test_the_apply_page_names_each_recipient_within_twelve_queries(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(cast.lin)
    with django_assert_max_num_queries(12):
        page = client.get(f"/jobs/{cast.posting.id}/apply").content.decode()
    assert cast.posting.agency.legal_name in page
    assert cast.posting.employer is not None
    assert cast.posting.employer.legal_name in page


def test_without_consent_nothing_is_sent_and_the_page_says_so(cast: Cast) -> None:
    answer = signed_in(cast.lin).post(f"/jobs/{cast.posting.id}/apply", {"key": "k1"})
    assert answer.status_code == 422
    assert "同意" in answer.content.decode()
    assert not Application.objects.exists()


class TestApplyingWithoutAResume:
    @pytest.fixture
    def person(self) -> User:
        return seeker(name="")

    @pytest.fixture
    def form(self, cast: Cast) -> dict[str, str]:
        consents = {f"consent_{one}": "on" for one in (cast.agency.id, cast.posting.employer_id)}
        return {"key": "k1", "name": "林新来", "title": "收银员", **consents}

    def test_a_name_and_the_work_one_wants_are_enough(self, cast: Cast, person: User, form: dict[str, str]) -> None:
        answer = browser(person).post(f"/jobs/{cast.posting.id}/apply", form, follow=True)
        assert "投递成功" in answer.content.decode()
        assert Resume.objects.get(user=person).name == "林新来"

    @pytest.mark.parametrize("field", ["name", "title"])
    def test_without_one_of_them_no_resume_is_begun_and_the_page_keeps_the_other(
        self, cast: Cast, person: User, form: dict[str, str], field: str
    ) -> None:
        answer = browser(person).post(f"/jobs/{cast.posting.id}/apply", {**form, field: ""})
        assert answer.status_code == 422
        page = answer.content.decode()
        assert ("收银员" if field == "name" else "林新来") in page
        assert not Resume.objects.filter(user=person).exists()

    def test_at_the_hours_limit_no_resume_is_begun(
        self, cast: Cast, person: User, form: dict[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("jiuye.domains.applications.policies.MOST_IN_WINDOW", 0)
        assert browser(person).post(f"/jobs/{cast.posting.id}/apply", form).status_code == 429
        assert not Resume.objects.filter(user=person).exists()

    def test_for_a_closed_posting_no_resume_is_begun(self, cast: Cast, person: User, form: dict[str, str]) -> None:
        cast.posting.state = "withdrawn"
        cast.posting.save(update_fields=["state"])
        assert browser(person).post(f"/jobs/{cast.posting.id}/apply", form).status_code == 409
        assert not Resume.objects.filter(user=person).exists()

    def test_a_blocked_recipient_comes_first_and_what_was_typed_stays(
        self, cast: Cast, person: User, form: dict[str, str]
    ) -> None:
        block(actor(person), kind="agency", organisation_id=cast.agency.id)
        client = browser(person)
        answer = client.post(f"/jobs/{cast.posting.id}/apply", form)
        assert answer.status_code == 409
        page = answer.content.decode()
        assert "解除屏蔽并投递" in page
        assert 'value="林新来"' in page
        assert not Resume.objects.filter(user=person).exists()
        client.post(f"/jobs/{cast.posting.id}/apply", {**form, "unblock": "1"})
        assert Application.objects.get().applicant_id == person.pk


def test_an_application_of_somebody_else_looks_like_none(cast: Cast) -> None:
    application = applications.apply(cast.lin, cast.posting)
    stranger = browser(seeker("别人"))
    assert stranger.get(f"/me/applications/{application}").status_code == 404
    assert stranger.get(f"/me/applications/{new_id()}").status_code == 404
    assert stranger.post(f"/me/applications/{application}/withdraw").status_code == 404
    assert Application.objects.get(pk=application).state == "submitted"


@pytest.mark.parametrize("state", ["submitted", "interview_invited", "onboarding_notified", "onboarded", "rejected"])
def test_one_application_is_shown_in_any_state_within_twelve_queries(
    cast: Cast, state: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    application = applications.in_state(cast, state)
    client = signed_in(cast.lin)
    with django_assert_max_num_queries(12):
        answer = client.get(f"/me/applications/{application}")
    assert answer.status_code == 200
    assert "投递进展" in answer.content.decode()


def test_the_list_of_applications_takes_twelve_queries_at_most(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    applications.in_state(cast, "viewed")
    client = signed_in(cast.lin)
    with django_assert_max_num_queries(12):
        page = client.get("/me/applications").content.decode()
    assert cast.posting.title in page


def test_a_click_that_comes_too_late_changes_nothing_and_says_why(cast: Cast) -> None:
    application = applications.in_state(cast, "rejected")
    answer = signed_in(cast.lin).post(f"/me/applications/{application}/withdraw", follow=True)
    assert "不能撤回" in answer.content.decode()
    assert Application.objects.get(pk=application).state == "rejected"


def test_asking_for_another_time_reaches_the_agency_and_shows_what_was_proposed(cast: Cast) -> None:
    application = applications.in_state(cast, "interview_invited")
    proposed = clock.local(clock.now() + timedelta(days=4)).replace(hour=14, minute=30, second=0, microsecond=0)
    values = {
        "invitation": str(applications.standing_invitation(application)),
        "reason": "当天已有别的面试",
        "first": f"{proposed:%Y-%m-%dT%H:%M}",
    }
    client = signed_in(cast.lin)
    page = client.post(f"/me/applications/{application}/another-time", values, follow=True).content.decode()
    assert "您申请改面试时间" in page
    assert InterviewInvitation.objects.get().ask_times == [proposed.isoformat()]
    theirs = signed_in(cast.zhou).get(f"/agency/applications/{application}").content.decode()
    assert "当天已有别的面试" in theirs
    assert "确认按原时间" in theirs
    form = signed_in(cast.zhou).get(f"/agency/applications/{application}/invite").content.decode()
    assert f"{proposed:%Y-%m-%dT%H:%M}" in form


def test_a_wish_without_a_reason_comes_back_with_what_was_typed(cast: Cast) -> None:
    application = applications.in_state(cast, "interview_invited")
    wanted = f"{clock.today() + timedelta(days=4)}T10:00"
    values = {"invitation": str(applications.standing_invitation(application)), "reason": " ", "first": wanted}
    answer = signed_in(cast.lin).post(f"/me/applications/{application}/another-time", values)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "请写明原因" in page
    assert wanted in page


def test_the_button_to_remind_the_agency_comes_after_seven_days_and_goes_after_one_use(cast: Cast) -> None:
    application = applications.in_state(cast, "submitted")
    path, button = f"/me/applications/{application}", "提醒职介处理"
    assert button not in signed_in(cast.lin).get(path).content.decode()
    with clock.frozen(clock.now() + timedelta(days=8)):
        client = signed_in(cast.lin)
        assert button in client.get(path).content.decode()
        page = client.post(f"{path}/nudge", follow=True).content.decode()
    assert "已提醒职介尽快处理" in page
    assert button not in page


def test_ones_own_page_speaks_to_the_person_not_about_them(cast: Cast) -> None:
    application = applications.in_state(cast, "onboarded")
    page = signed_in(cast.lin).get(f"/me/applications/{application}").content.decode()
    assert "您接受了面试" in page
    assert "求职者接受" not in page
    assert "您入职了吗" in page


@pytest.mark.parametrize(("answer", "words"), [("yes", "已记下您的确认"), ("no", "平台会跟进"), ("", "请选择")])
def test_whether_one_came_is_answered_with_one_tap(cast: Cast, answer: str, words: str) -> None:
    application = applications.in_state(cast, "onboarded")
    path = f"/me/applications/{application}/outcome"
    assert words in signed_in(cast.lin).post(path, {"answer": answer}, follow=True).content.decode()


def test_after_thirty_days_one_tap_says_whether_one_is_still_there(cast: Cast) -> None:
    application = applications.in_state(cast, "onboarded")
    with clock.frozen(clock.now() + timedelta(days=40)):
        client = signed_in(cast.lin)
        client.post(f"/me/applications/{application}/outcome", {"answer": "yes"})
        assert "还在这个岗位吗" in client.get(f"/me/applications/{application}").content.decode()
        path = f"/me/applications/{application}/retention"
        page = client.post(path, {"days": "30", "answer": "yes"}, follow=True).content.decode()
    assert "谢谢您的回答" in page
    assert "还在这个岗位吗" not in page


@pytest.mark.parametrize("values", [{}, {"days": "31", "answer": "yes"}, {"days": "30", "answer": "?"}])
def test_an_answer_that_says_nothing_is_not_kept(cast: Cast, values: dict[str, str]) -> None:
    application = applications.in_state(cast, "onboarded")
    page = signed_in(cast.lin).post(f"/me/applications/{application}/retention", values, follow=True)
    assert "请选择" in page.content.decode()


def calendar_event(client: Client, path: str) -> tuple[Any, Any]:
    answer = client.get(path)
    assert answer.headers["Content-Type"].startswith("text/calendar")
    calendar = Calendar.from_ical(answer.content)
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def test_the_calendar_file_holds_the_interview_in_chinas_time_with_an_alarm_the_day_before(cast: Cast) -> None:
    application = applications.in_state(cast, "interview_accepted")
    calendar, event = calendar_event(signed_in(cast.lin), f"/me/applications/{application}/interview.ics")
    starts_at = InterviewInvitation.objects.get().starts_at
    assert calendar["METHOD"] == "PUBLISH"
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Shanghai"]
    assert event["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert event["DTSTART"].dt == starts_at.replace(microsecond=0)
    assert "示范路1号2楼" in event["LOCATION"]
    assert [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] == [timedelta(days=-1)]
    assert event["STATUS"] == "CONFIRMED"


def test_a_new_date_replaces_the_event_in_the_calendar_and_a_cancelled_interview_takes_it_out(cast: Cast) -> None:
    application = applications.in_state(cast, "interview_accepted")
    path = f"/me/applications/{application}/interview.ics"
    client = signed_in(cast.lin)
    _, first = calendar_event(client, path)
    applications.STEPS["invite"](cast.zhou, application)
    _, second = calendar_event(client, path)
    applications.STEPS["withdraw"](cast.lin, application)
    _, third = calendar_event(client, path)
    assert first["UID"] == second["UID"] == third["UID"]
    assert first["SEQUENCE"] < second["SEQUENCE"] < third["SEQUENCE"]
    assert third["STATUS"] == "CANCELLED"
    assert not third.walk("VALARM")


def test_the_first_day_at_work_has_a_calendar_file(cast: Cast) -> None:
    application = applications.in_state(cast, "onboarding_accepted")
    _, event = calendar_event(signed_in(cast.lin), f"/me/applications/{application}/first-day.ics")
    assert "示范路18号" in event["LOCATION"]
    assert "身份证原件" in event["DESCRIPTION"]


@pytest.mark.parametrize("name", ["interview.ics", "first-day.ics"])
def test_without_an_appointment_and_for_others_there_is_no_calendar_file(cast: Cast, name: str) -> None:
    application = applications.in_state(cast, "viewed")
    assert signed_in(cast.lin).get(f"/me/applications/{application}/{name}").status_code == 404
    assert signed_in(cast.wu).get(f"/me/applications/{application}/{name}").status_code == 404


@pytest.mark.parametrize(
    ("hours", "words"), [(None, "数据还不够"), (5.0, "通常 1 天内答复"), (49.0, "通常 3 天内答复")]
)
def test_how_soon_the_agency_usually_answers_stands_where_one_applies_and_waits(
    cast: Cast, hours: float | None, words: str
) -> None:
    Shop.objects.update_or_create(
        agency=cast.agency, defaults={"typical_answer_hours": hours, "updated_at": clock.now()}
    )
    client = signed_in(cast.lin)
    assert words in client.get(f"/jobs/{cast.posting.id}/apply").content.decode()
    application = applications.apply(cast.lin, cast.posting)
    assert words in client.get(f"/me/applications/{application}").content.decode()


@pytest.mark.parametrize("group", ["open", "to_answer", "interview", "onboarding"])
def test_an_empty_group_says_what_will_be_there_and_leads_to_all(cast: Cast, group: str) -> None:
    client = signed_in(cast.lin)
    assert "去找工作" in client.get(f"/me/applications?group={group}").content.decode()
    applications.in_state(cast, "rejected")
    assert "看全部投递" in client.get(f"/me/applications?group={group}").content.decode()


def test_five_hundred_applications_are_paged_to_the_end_without_more_queries(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    first = Application.objects.get(pk=applications.in_state(cast, "rejected"))
    moment = clock.now()
    Application.objects.bulk_create(
        Application(
            **{field.attname: getattr(first, field.attname) for field in Application._meta.concrete_fields}
            | {"id": new_id(), "idempotency_key": new_id().hex, "submitted_at": moment - timedelta(minutes=number)}
        )
        for number in range(500)
    )
    client, path, seen = signed_in(cast.lin), "/me/applications", 0
    while path:
        with django_assert_max_num_queries(12):
            page = client.get(path).content.decode()
        seen += page.count('class="application-row"')
        following = re.search(r'href="([^"]*cursor=[^"]*)"[^>]*rel="next"', page)
        path = "/me/applications" + html.unescape(following[1]) if following else ""
    assert seen == 501
