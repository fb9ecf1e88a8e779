"""The agency's inbox and its pages of one application."""

import io
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.domains.applications.actions import export
from jiuye.domains.applications.models import Application
from jiuye.domains.resumes.models import ResumeAccess
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.ids import new_id
from jiuye.kernel.models import AuditEntry
from tests.factories import applications
from tests.factories.accounts import browser
from tests.factories.cast import Cast, assemble

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def signed_in(actor: Actor) -> Client:
    return browser(User.objects.get(pk=actor.person_id))


def test_the_inbox_takes_twelve_queries_at_most(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    applications.in_state(cast, "submitted")
    client = signed_in(cast.zhou)
    with django_assert_max_num_queries(12):
        page = client.get("/agency/applications").content.decode()
    assert cast.posting.title in page


def test_looking_at_an_application_does_not_open_the_resume(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    application = applications.in_state(cast, "submitted")
    client = signed_in(cast.zhou)
    with django_assert_max_num_queries(12):
        assert "打开简历" in client.get(f"/agency/applications/{application}").content.decode()
    assert Application.objects.get(pk=application).state == "submitted"
    assert not ResumeAccess.objects.exists()


def test_opening_the_resume_is_logged_for_its_owner(cast: Cast) -> None:
    application = applications.in_state(cast, "submitted")
    signed_in(cast.zhou).post(f"/agency/applications/{application}/resume", follow=True)
    assert Application.objects.get(pk=application).state == "viewed"
    assert ResumeAccess.objects.get().application_id == application


class TestContacts:
    def test_are_masked_until_a_reason_is_given_and_then_shown_on_that_page_only(self, cast: Cast) -> None:
        application = applications.in_state(cast, "viewed")
        client, phone = signed_in(cast.zhou), cast.people["lin"].phone
        one = f"/agency/applications/{application}"
        opened = client.post(f"{one}/resume").content.decode()
        assert phone not in opened
        assert f"{phone[:3]}****{phone[-4:]}" in opened
        shown = client.post(f"{one}/contacts", {"reason": "interview"}).content.decode()
        assert phone in shown
        assert phone not in client.post(f"{one}/resume").content.decode()

    @pytest.mark.parametrize(
        "form", [{}, {"reason": "curiosity"}, {"reason": "other"}], ids=["none", "unknown", "bare"]
    )
    def test_without_a_reason_the_form_says_what_is_missing(self, cast: Cast, form: dict[str, str]) -> None:
        application = applications.in_state(cast, "viewed")
        answer = signed_in(cast.zhou).post(f"/agency/applications/{application}/contacts", form)
        assert answer.status_code == 422
        assert "求职者会看到" in answer.content.decode()
        assert cast.people["lin"].phone not in answer.content.decode()
        assert not ResumeAccess.objects.filter(kind="contact").exists()

    def test_are_not_offered_to_members_who_may_only_read(self, cast: Cast) -> None:
        application = applications.in_state(cast, "viewed")
        client = signed_in(cast.shen)
        assert "查看联系方式" not in client.post(f"/agency/applications/{application}/resume").content.decode()
        refused = client.post(f"/agency/applications/{application}/contacts", {"reason": "interview"})
        assert refused.status_code == 403

    def test_of_a_refused_application_are_not_shown(self, cast: Cast) -> None:
        application = applications.in_state(cast, "rejected")
        answer = signed_in(cast.zhou).post(
            f"/agency/applications/{application}/contacts", {"reason": "interview"}, follow=True
        )
        assert "不再提供" in answer.content.decode()
        assert cast.people["lin"].phone not in answer.content.decode()

    def test_the_page_takes_twelve_queries_at_most(
        self, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        application = applications.in_state(cast, "viewed")
        client = signed_in(cast.zhou)
        with django_assert_max_num_queries(26):  # the writes of the trace and of its event included
            client.post(f"/agency/applications/{application}/contacts", {"reason": "interview"})


def test_another_agencys_application_looks_like_none(cast: Cast) -> None:
    application = applications.in_state(cast, "viewed")
    other = signed_in(cast.ma)
    for path in ("", "/invite", "/onboarding", "/reject"):
        assert other.get(f"/agency/applications/{application}{path}").status_code == 404
    assert other.post(f"/agency/applications/{application}/resume").status_code == 404
    contacts = other.post(f"/agency/applications/{application}/contacts", {"reason": "interview"})
    assert contacts.status_code == 404


def test_a_reader_may_look_but_not_act(cast: Cast) -> None:
    application = applications.in_state(cast, "viewed")
    reader = signed_in(cast.shen)
    assert reader.get(f"/agency/applications/{application}").status_code == 200
    assert reader.post(f"/agency/applications/{application}/reject", {"reason": "skills"}).status_code == 403
    assert Application.objects.get(pk=application).state == "viewed"


def test_a_faulty_invitation_keeps_what_was_typed(cast: Cast) -> None:
    application = applications.in_state(cast, "viewed")
    answer = signed_in(cast.zhou).post(
        f"/agency/applications/{application}/invite", {"mode": "onsite", "place": "", "contact_name": "周顾问"}
    )
    assert answer.status_code == 422
    assert "周顾问" in answer.content.decode()
    assert Application.objects.get(pk=application).state == "viewed"


def test_a_wish_for_another_time_is_answered_with_one_click(cast: Cast) -> None:
    application = applications.in_state(cast, "interview_invited")
    applications.ask_for_another_time(cast, application)
    client = signed_in(cast.zhou)
    page = client.post(f"/agency/applications/{application}/keep-time", follow=True).content.decode()
    assert "已告知求职者按原时间面试" in page
    again = client.post(f"/agency/applications/{application}/keep-time", follow=True).content.decode()
    assert "没有待答复的改时间申请" in again


def test_the_place_and_the_route_stay_with_an_online_interview(cast: Cast) -> None:
    application = applications.in_state(cast, "viewed")
    values = {
        "mode": "online",
        "starts_at": f"{clock.local(clock.now() + timedelta(days=3)):%Y-%m-%dT%H:%M}",
        "answer_by": f"{clock.local(clock.now() + timedelta(days=1)):%Y-%m-%dT%H:%M}",
        "place": "示范路1号2楼",
        "route": "地铁2号线B口步行300米",
        "link": "https://meeting.example.cn/1",
        "contact_name": "周经办",
        "contact_phone": "028-00000000",
    }
    client = signed_in(cast.zhou)
    page = client.post(f"/agency/applications/{application}/invite", values, follow=True).content.decode()
    seekers = signed_in(cast.lin).get(f"/me/applications/{application}").content.decode()
    for seen in (page, seekers):
        assert "示范路1号2楼" in seen
        assert "地铁2号线B口步行300米" in seen
    form = client.get(f"/agency/applications/{application}/invite").content.decode()
    assert 'value="示范路1号2楼"' in form


class TestSeveral:
    @pytest.fixture
    def two(self, cast: Cast) -> list[UUID]:
        return [applications.in_state(cast, "viewed"), applications.apply(cast.wu, cast.posting)]

    def test_are_ended_with_one_reason_after_it_was_asked_for(self, cast: Cast, two: list[UUID]) -> None:
        client = signed_in(cast.zhou)
        page = client.post("/agency/applications/reject", {"application": two}).content.decode()
        assert "标记 2 份投递不合适" in page
        assert not Application.objects.filter(state="rejected").exists()
        values = {"application": two, "confirmed": "1", "reason": "filled", "note": "已招满"}
        page = client.post("/agency/applications/reject", values, follow=True).content.decode()
        assert "已结束 2 份投递" in page
        assert set(Application.objects.values_list("state", "rejection_reason")) == {("rejected", "filled")}

    def test_those_that_moved_on_and_those_of_others_are_left_and_named(self, cast: Cast, two: list[UUID]) -> None:
        applications.STEPS["withdraw"](cast.wu, two[1])
        values = {"application": [*two, new_id()], "confirmed": "1", "reason": "filled"}
        page = signed_in(cast.zhou).post("/agency/applications/reject", values, follow=True).content.decode()
        assert "已结束 1 份投递" in page
        assert "2 份没有处理" in page
        assert Application.objects.get(pk=two[1]).state == "withdrawn"

    def test_another_agency_ends_nothing(self, cast: Cast, two: list[UUID]) -> None:
        values = {"application": two, "confirmed": "1", "reason": "filled"}
        signed_in(cast.ma).post("/agency/applications/reject", values)
        assert not Application.objects.filter(state="rejected").exists()

    def test_without_a_reason_the_page_asks_again_and_keeps_the_choice(self, cast: Cast, two: list[UUID]) -> None:
        answer = signed_in(cast.zhou).post("/agency/applications/reject", {"application": two, "confirmed": "1"})
        assert answer.status_code == 422
        assert all(str(one) in answer.content.decode() for one in two)

    def test_without_a_choice_the_inbox_says_what_to_do(self, cast: Cast) -> None:
        page = signed_in(cast.zhou).post("/agency/applications/reject", {"application": ["x"]}, follow=True)
        assert "请先勾选投递" in page.content.decode()


class TestTheTable:
    def test_holds_the_filtered_list_as_text_without_contacts_and_is_audited(self, cast: Cast) -> None:
        applications.in_state(cast, "viewed")
        Application.objects.update(title="=HYPERLINK(1)")
        applications.apply(cast.wu, cast.posting)
        answer = signed_in(cast.zhou).post("/agency/applications/export", {"group": "viewed"})
        sheet = load_workbook(io.BytesIO(answer.content)).active
        assert sheet is not None
        rows = list(sheet.iter_rows(min_row=2))
        assert [(row[0].value, row[1].value, row[1].data_type) for row in rows] == [("林小满", "=HYPERLINK(1)", "s")]
        everything = " ".join(str(cell.value) for row in rows for cell in row)
        assert cast.people["lin"].phone not in everything
        assert AuditEntry.objects.filter(action="application.export").count() == 1

    def test_is_not_for_members_who_may_only_read_and_not_for_the_hundredth_time(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert signed_in(cast.shen).post("/agency/applications/export").status_code == 403
        monkeypatch.setitem(vars(export.EXPORTS), "most", 1)
        client = signed_in(cast.zhou)
        assert client.post("/agency/applications/export").status_code == 200
        assert "后再试" in client.post("/agency/applications/export", follow=True).content.decode()
