"""The page on who may see the resume, blocks, and invitations, through HTTP."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.domains.applications.actions.invitations import invite_to_apply
from jiuye.domains.applications.models import Application
from jiuye.domains.jobs.actions.records import save_job
from jiuye.domains.resumes.actions import save_section
from jiuye.domains.resumes.actions.blocks import block, block_by_name
from jiuye.domains.resumes.actions.visibility import choose_visibility
from jiuye.domains.resumes.queries.blocks import my_blocks
from jiuye.domains.resumes.queries.visibility import visibility
from jiuye.kernel.ids import new_id
from tests.factories import applications, jobs, resumes
from tests.factories.accounts import browser
from tests.factories.cast import Cast, assemble
from tests.factories.visibility import resume_of, show

pytestmark = pytest.mark.django_db
PAGE = "/me/privacy/visibility"
MILL = "蓉江精密机械有限公司"


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def lin(cast: Cast) -> Client:
    return browser(cast.people["lin"])


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


class TestThePage:
    def test_says_what_holds_and_what_each_choice_means(
        self, lin: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_max_num_queries(12):
            page = text_of(lin, PAGE)
        assert "现在：<b>仅投递的机构可见</b>" in page
        for choice in ("仅投递的机构可见", "对所选地区的职介可见", "完全隐藏"):
            assert choice in page

    def test_takes_as_many_queries_for_many_blocks_as_for_none(
        self, cast: Cast, lin: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(20):
            block_by_name(cast.lin, name=f"甲乙{number}公司")
        with django_assert_max_num_queries(12):
            assert "已屏蔽 20 家" in text_of(lin, PAGE)

    def test_saves_a_choice_and_says_so(self, cast: Cast, lin: Client) -> None:
        sent = {"version": "0", "level": "agencies", "places": ["510000"], "consent": "on", "do": "save"}
        page = lin.post(PAGE, sent, follow=True).content.decode()
        assert "所选地区的职介现在可以找到您的简历" in page
        assert visibility(cast.lin).in_words == "对所选地区的职介可见（四川省）"

    def test_adds_a_place_by_its_name_without_saving_anything(self, cast: Cast, lin: Client) -> None:
        sent = {"version": "0", "level": "agencies", "places": ["310000"], "add": "四川省成都市", "do": "add"}
        page = lin.post(PAGE, sent).content.decode()
        assert re.findall(r'name="places" value="(\d+)" checked', page) == ["310000", "510100"]
        assert visibility(cast.lin).level == "applied_only"

    def test_adding_nothing_saves_nothing_and_says_so(self, cast: Cast, lin: Client) -> None:
        sent = {"version": "0", "level": "agencies", "places": ["310000"], "consent": "on", "do": "add"}
        answer = lin.post(PAGE, sent)
        assert answer.status_code == 422
        assert "请先选择一个省或市" in answer.content.decode()
        assert visibility(cast.lin).level == "applied_only"

    def test_counts_a_place_that_was_typed_and_not_added(self, cast: Cast, lin: Client) -> None:
        lin.post(PAGE, {"version": "0", "level": "agencies", "add": "510100", "consent": "on", "do": "save"})
        assert [code for code, _ in visibility(cast.lin).places] == ["510100"]

    @pytest.mark.parametrize(
        ("sent", "told"),
        [
            ({"level": "agencies", "places": ["510000"]}, "请勾选同意后再保存"),
            ({"level": "agencies", "consent": "on"}, "至少一个省或市"),
            ({"level": "agencies", "consent": "on", "add": "不存在的地方"}, "没有认出这个地区"),
            ({"level": "agencies", "consent": "on", "add": "510107"}, "请选择它所在的市或省"),
            ({"level": "agencies", "consent": "on", "places": ["abc"]}, "没有找到这个地区"),
            ({"level": "everybody"}, "请选择列出的一项"),
            ({}, "请选择一项"),
        ],
    )
    def test_says_at_the_field_what_is_missing_and_keeps_the_rest(
        self, cast: Cast, lin: Client, sent: dict[str, object], told: str
    ) -> None:
        response = lin.post(PAGE, {"version": "0", "do": "save", **sent})
        assert response.status_code == 422
        page = response.content.decode()
        assert page.count(told) >= 2  # in the summary and at the field
        if sent.get("places") == ["510000"]:
            assert 'name="places" value="510000" checked' in page
        assert visibility(cast.lin).version == 0

    def test_leads_from_hiding_to_what_others_still_hold(self, cast: Cast, lin: Client) -> None:
        applications.apply(cast.lin, cast.posting)
        page = text_of(lin, PAGE)
        assert "有 1 个投递在进行" in page
        assert "直到您撤回投递" in page

    def test_made_from_an_old_page_changes_nothing(self, cast: Cast, lin: Client) -> None:
        choose_visibility(cast.lin, level="hidden")
        page = lin.post(PAGE, {"version": "0", "level": "applied_only", "do": "save"}, follow=True).content.decode()
        assert "在别处改过" in page
        assert visibility(cast.lin).level == "hidden"

    @pytest.mark.parametrize("address", ["/me", "/me/privacy", "/me/resume"])
    def test_is_linked_from_where_people_look_for_it(self, lin: Client, address: str) -> None:
        assert PAGE in text_of(lin, address)


class TestBlocking:
    def test_an_organisation_that_was_looked_for(self, cast: Cast, lin: Client) -> None:
        found = text_of(lin, f"{PAGE}?q=蓉江人力")
        action = f"/me/privacy/block/agency/{cast.agency.id}"
        assert action in found
        page = lin.post(action, follow=True).content.decode()
        assert "已屏蔽 1 家" in page
        assert [one.name for one in my_blocks(cast.lin)] == [cast.agency.legal_name]

    def test_asks_first_when_one_comes_from_elsewhere_and_goes_back_there(self, cast: Cast, lin: Client) -> None:
        address = f"/me/privacy/block/agency/{cast.agency.id}"
        assert "屏蔽“蓉江人力资源有限公司”？" in text_of(lin, f"{address}?next=/agencies/{cast.agency.id}")
        assert not my_blocks(cast.lin)
        answer = lin.post(address, {"next": f"/agencies/{cast.agency.id}"})
        assert answer["Location"] == f"/agencies/{cast.agency.id}"
        assert lin.post(address, {"next": "https://elsewhere.example/"})["Location"].startswith(PAGE)

    def test_the_present_employer_is_one_button_from_the_resume(self, cast: Cast, lin: Client) -> None:
        save_section(cast.lin, entry=resumes.employment(employer_name=MILL, end_on=None))
        assert f"您正在“{MILL}”工作" in text_of(lin, "/me/resume")
        answer = lin.post("/me/privacy/block-by-name", {"name": MILL, "next": "/me/resume"})
        assert answer["Location"] == "/me/resume"
        assert f"您正在“{MILL}”工作" not in text_of(lin, "/me/resume")

    def test_can_be_undone_and_redone(self, cast: Cast, lin: Client) -> None:
        block_by_name(cast.lin, name=MILL)
        (one,) = my_blocks(cast.lin)
        page = lin.post(f"/me/privacy/blocks/{one.id}/remove", follow=True).content.decode()
        assert f"已解除对“{MILL}”的屏蔽" in page
        lin.post("/me/privacy/block-by-name", {"name": MILL})
        assert [one.name for one in my_blocks(cast.lin)] == [MILL]
        assert "已解除对" not in text_of(lin, PAGE)

    def test_nobody_undoes_somebody_elses(self, cast: Cast, lin: Client) -> None:
        block_by_name(cast.wu, name=MILL)
        (one,) = my_blocks(cast.wu)
        assert lin.post(f"/me/privacy/blocks/{one.id}/remove").status_code == 404
        assert my_blocks(cast.wu)

    @pytest.mark.parametrize("kind", ["agency", "employer", "platform", "nonsense"])
    def test_what_does_not_exist_is_not_found(self, lin: Client, kind: str) -> None:
        assert lin.get(f"/me/privacy/block/{kind}/{new_id()}").status_code == 404
        assert lin.post(f"/me/privacy/block/{kind}/{new_id()}").status_code == 404


class TestApplyingToWhomOneBlocks:
    @pytest.fixture(params=["agency", "employer"])
    def form(self, request: pytest.FixtureRequest, cast: Cast) -> dict[str, str]:
        blocked = cast.agency.id if request.param == "agency" else cast.posting.employer_id
        block(cast.lin, kind=request.param, organisation_id=blocked)
        consents = {f"consent_{one}": "on" for one in (cast.agency.id, cast.posting.employer_id)}
        return {"key": "k1", **consents}

    def test_is_asked_about_before_and_refused_until_it_is_answered(
        self, cast: Cast, lin: Client, form: dict[str, str]
    ) -> None:
        address = f"/jobs/{cast.posting.id}/apply"
        assert "您屏蔽了" in text_of(lin, address)
        answer = lin.post(address, form)
        assert answer.status_code == 409
        page = answer.content.decode()
        assert "解除屏蔽并投递" in page
        assert page.count("checked") == 2  # the consents stay ticked
        assert not Application.objects.exists()
        assert my_blocks(cast.lin)

    def test_goes_on_with_one_button(self, cast: Cast, lin: Client, form: dict[str, str]) -> None:
        answer = lin.post(f"/jobs/{cast.posting.id}/apply", {**form, "unblock": "1"}, follow=True)
        assert "投递成功" in answer.content.decode()
        assert Application.objects.count() == 1
        assert not my_blocks(cast.lin)

    def test_lets_nobody_in_when_the_hours_limit_is_reached(
        self, cast: Cast, lin: Client, form: dict[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("jiuye.domains.applications.policies.MOST_IN_WINDOW", 0)
        answer = lin.post(f"/jobs/{cast.posting.id}/apply", {**form, "unblock": "1"})
        assert answer.status_code == 429
        assert my_blocks(cast.lin)
        assert not Application.objects.exists()

    def test_lets_nobody_in_when_an_application_is_under_way(
        self, cast: Cast, lin: Client, form: dict[str, str]
    ) -> None:
        lin.post(f"/jobs/{cast.posting.id}/apply", {**form, "key": "first", "unblock": "1"})
        block(cast.lin, kind="agency", organisation_id=cast.agency.id)
        answer = lin.post(f"/jobs/{cast.posting.id}/apply", {**form, "unblock": "1"})
        assert answer.status_code == 409
        assert my_blocks(cast.lin)
        assert Application.objects.count() == 1

    def test_lets_nobody_in_when_the_posting_is_closed(self, cast: Cast, lin: Client, form: dict[str, str]) -> None:
        cast.posting.state = "withdrawn"
        cast.posting.save(update_fields=["state"])
        answer = lin.post(f"/jobs/{cast.posting.id}/apply", {**form, "unblock": "1"})
        assert answer.status_code == 409
        assert my_blocks(cast.lin)

    def test_lets_nobody_in_while_something_else_is_wrong(self, cast: Cast, lin: Client, form: dict[str, str]) -> None:
        answer = lin.post(f"/jobs/{cast.posting.id}/apply", {"key": "k1", "unblock": "1"})
        assert answer.status_code in (409, 422)
        assert my_blocks(cast.lin)
        assert not Application.objects.exists()


def test_jobs_of_whom_one_blocks_are_marked(cast: Cast, lin: Client) -> None:
    save_job(cast.lin, posting_id=cast.posting.id)
    assert "您屏蔽了" not in text_of(lin, f"/jobs/{cast.posting.id}/actions") + text_of(lin, "/me/saved")
    block(cast.lin, kind="employer", organisation_id=cast.posting.employer_id)
    assert f"您屏蔽了“{MILL}”" in text_of(lin, f"/jobs/{cast.posting.id}/actions")
    assert f"您屏蔽了“{MILL}”" in text_of(lin, "/me/saved")
    assert "您屏蔽了" not in text_of(browser(cast.people["wu"]), f"/jobs/{cast.posting.id}/actions")


class TestInvitations:
    @pytest.fixture
    def invited(self, cast: Cast) -> Cast:
        show(cast.people["lin"])
        self.invite(cast)
        return cast

    def invite(self, cast: Cast) -> None:
        posting = jobs.posting(cast.agency, title="氩弧焊工")
        invite_to_apply(cast.zhou, resume_id=resume_of(cast.people["lin"]).id, posting_id=posting.id, note="可住宿")

    def test_are_read_with_the_job(self, invited: Cast, lin: Client) -> None:
        page = text_of(lin, "/me/invitations")
        for said in ("氩弧焊工", "可住宿", invited.agency.legal_name, "不感兴趣", "屏蔽该职介"):
            assert said in page

    def test_take_as_many_queries_for_many_as_for_one(
        self, invited: Cast, lin: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for _ in range(5):
            self.invite(invited)
        with django_assert_max_num_queries(12):
            assert text_of(lin, "/me/invitations").count("可住宿") == 6

    def test_are_answered_and_the_answer_taken_back(self, invited: Cast, lin: Client) -> None:
        (address,) = re.findall(r"/me/invitations/[0-9a-f-]+/answer", text_of(lin, "/me/invitations"))
        assert "撤销" in lin.post(address, {"answer": "decline"}, follow=True).content.decode()
        assert "不感兴趣</span>" in lin.post(address, {"answer": "reconsider"}, follow=True).content.decode()
        assert browser(User.objects.get(pk=invited.wu.person)).post(address).status_code == 404

    def test_none_yet_leads_to_the_choice(self, lin: Client) -> None:
        assert PAGE in text_of(lin, "/me/invitations")
