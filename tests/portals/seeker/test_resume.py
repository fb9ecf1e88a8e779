"""The resume pages, through HTTP: with and without scripts."""

from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.domains.resumes import actions, queries
from jiuye.domains.resumes.models import Employment, Intention, Resume
from jiuye.domains.resumes.states import AccessKind
from jiuye.kernel import clock
from tests.factories import reference
from tests.factories import resumes as make
from tests.factories.accounts import actor, browser, member, seeker, staff_actor

pytestmark = pytest.mark.django_db
FRAGMENT = {"HX-Request": "true"}
EMPLOYMENT = {
    "employer_name": "蓉江机械制造有限公司",
    "title": "电焊工",
    "start_on": "2018-07",
    "end_on": "",
    "description": "焊接",
}


@pytest.fixture
def lin() -> User:
    return seeker()


@pytest.fixture
def client(lin: User) -> Client:
    return browser(lin)


@pytest.mark.parametrize(
    "path",
    [
        "/me/resume",
        "/me/resume/preview",
        "/me/resume/accesses",
        "/me/resume/basics",
        "/me/resume/self",
        "/me/resume/education/new",
        "/me/resume/education",
        "/me/resume/occupations",
    ],
)
class TestOnlyForOneself:
    def test_a_stranger_is_asked_to_sign_in_and_led_back(self, path: str) -> None:
        answer = Client().get(path)
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/login?next={path.replace('/', '%2F')}")

    def test_the_owner_is_let_in(self, path: str, client: Client) -> None:
        assert client.get(path, headers=FRAGMENT).status_code == 200


class TestThePage:
    def test_an_empty_resume_guides(self, client: Client) -> None:
        page = client.get("/me/resume").content.decode()
        assert "一份简历，全国的职位都能投" in page
        assert all(text in page for text in ("添加求职意向", "添加工作经历", "添加教育经历", "写自我描述"))

    def test_a_whole_one_shows_every_entry(self, client: Client, lin: User) -> None:
        make.whole_resume(lin)
        page = client.get("/me/resume").content.decode()
        shown = (
            "电焊工",
            "7-9K",
            "蓉江机械制造有限公司",
            "2018.07 – 2024.03",
            "蓉江职业技术学校",
            "氩弧焊",
            "四川省成都市武侯区",
            "100%",
        )
        assert [text for text in shown if text not in page] == []

    def test_the_number_of_queries_does_not_grow_with_entries(
        self, client: Client, lin: User, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        make.whole_resume(lin)
        for number in range(10):
            actions.save_section(actor(lin), entry=make.skill(name=f"技能{number}"))
        with django_assert_max_num_queries(9):
            client.get("/me/resume")

    def test_markup_of_a_person_is_shown_as_text(self, client: Client, lin: User) -> None:
        actions.save_self_description(actor(lin), text="<script>alert(1)</script>")
        page = client.get("/me/resume").content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


class TestEditing:
    def test_without_scripts_a_form_has_its_own_page_and_leads_back_to_its_part(
        self, client: Client, lin: User
    ) -> None:
        assert "单位名称" in client.get("/me/resume/employment/new").content.decode()
        answer = client.post("/me/resume/employment/new", EMPLOYMENT)
        assert answer.headers["Location"] == "/me/resume#employment"
        assert queries.my_resume(actor(lin)).employments[0].period == "2018.07 – 至今"
        assert "工作经历已添加" in client.get("/me/resume").content.decode()

    def test_with_scripts_the_part_is_replaced_in_place(self, client: Client) -> None:
        opened = client.get("/me/resume/employment/new", headers=FRAGMENT).content.decode()
        assert opened.lstrip().startswith('<section class="panel resume-panel" id="employment"')
        saved = client.post("/me/resume/employment/new", EMPLOYMENT, headers=FRAGMENT)
        assert "蓉江机械制造有限公司" in saved.content.decode()
        assert 'id="standing" hx-swap-oob="true"' in saved.content.decode()
        assert "say" in saved.headers["HX-Trigger"]

    def test_what_was_typed_is_kept_beside_what_is_wrong(self, client: Client) -> None:
        wrong = {**EMPLOYMENT, "title": "", "end_on": "2017-01", "description": "写了很久的一段话"}
        for headers in ({}, FRAGMENT):
            answer = client.post("/me/resume/employment/new", wrong, headers=headers)
            page = unescape(answer.content.decode())
            assert answer.status_code == 422
            assert all(
                text in page for text in ("请填写职位。", "蓉江机械制造有限公司", "写了很久的一段话", 'value="2017-01"')
            )
        assert not Employment.objects.exists()

    def test_what_the_domain_objects_to_is_shown_at_the_field(self, client: Client) -> None:
        answer = client.post("/me/resume/employment/new", {**EMPLOYMENT, "end_on": "2017-01"})
        assert "结束时间早于开始时间" in answer.content.decode()
        assert 'href="#id_end_on"' in answer.content.decode()

    def test_a_double_submit_makes_one_entry(self, client: Client) -> None:
        for _ in range(2):
            assert client.post("/me/resume/employment/new", EMPLOYMENT).status_code == 302
        assert Employment.objects.count() == 1

    @pytest.mark.parametrize("written", ["2018-07", "2018.7", "2018/07", "2018年7月", "201807"])
    def test_months_may_be_written_as_people_do(self, client: Client, written: str) -> None:
        client.post("/me/resume/employment/new", {**EMPLOYMENT, "start_on": written})
        assert Employment.objects.get().start_on.isoformat() == "2018-07-01"

    def test_an_entry_is_edited_with_its_values_in_the_form(self, client: Client, lin: User) -> None:
        entry = actions.save_section(actor(lin), entry=make.employment())
        assert 'value="2018-07"' in client.get(f"/me/resume/employment/{entry}").content.decode()
        client.post(f"/me/resume/employment/{entry}", {**EMPLOYMENT, "title": "焊接组长"})
        assert Employment.objects.get().title == "焊接组长"

    def test_the_basics_are_saved_with_the_region_by_name(self, client: Client, lin: User) -> None:
        reference.region(reference.WUHOU)
        values = {
            "name": "林小满",
            "region": "成都武侯",
            "education": "40",
            "experience_years": "6",
            "availability": "now",
        }
        assert client.post("/me/resume/basics", values).status_code == 302
        view = queries.my_resume(actor(lin))
        assert (view.region, view.experience) == (queries.Term("510107", "四川省成都市武侯区"), "6年工作经验")
        assert 'value="四川省成都市武侯区"' in client.get("/me/resume/basics").content.decode()

    def test_a_region_nobody_knows_is_said_so_and_kept(self, client: Client) -> None:
        answer = client.post("/me/resume/basics", {"name": "林小满", "region": "桃花源"})
        page = answer.content.decode()
        assert "没有认出这个地区" in page
        assert 'value="桃花源"' in page

    def test_a_child_is_turned_away_with_the_law(self, client: Client) -> None:
        year = clock.today().year - 15
        answer = client.post("/me/resume/basics", {"name": "小满", "birth_year": str(year)})
        assert "未成年人保护法第六十一条" in answer.content.decode()

    def test_an_empty_self_description_removes_it(self, client: Client, lin: User) -> None:
        actions.save_self_description(actor(lin), text="踏实")
        assert client.post("/me/resume/self", {"self_description": ""}).status_code == 302
        assert queries.my_resume(actor(lin)).self_description == ""

    def test_an_occupation_is_understood_by_its_usual_name(self, client: Client) -> None:
        reference.occupation(reference.WELDER)
        reference.industry("C")
        client.post(
            "/me/resume/intention/new", {"title": "焊工", "occupation": "焊工", "industry": "C", "pay_min": "7000"}
        )
        held = Intention.objects.get()
        assert (held.occupation_id, held.industry_id) == (reference.WELDER, "C")

    def test_occupations_are_offered_while_typing(self, client: Client) -> None:
        assert '<option value="焊工">' in client.get("/me/resume/occupations", {"occupation": "焊工"}).content.decode()


class TestMovingAndRemoving:
    @pytest.fixture
    def ids(self, lin: User) -> list[str]:
        return [str(actions.save_section(actor(lin), entry=make.skill(name=name))) for name in ("氩弧焊", "看图纸")]

    def names(self, lin: User) -> list[str]:
        return [one.name for one in queries.my_resume(actor(lin)).skills]

    def test_an_entry_moves(self, client: Client, lin: User, ids: list[str]) -> None:
        client.post(f"/me/resume/skill/{ids[1]}/move", {"direction": "up"})
        assert self.names(lin) == ["看图纸", "氩弧焊"]

    def test_a_removed_entry_can_be_brought_back_where_it_was(self, client: Client, lin: User, ids: list[str]) -> None:
        client.post(f"/me/resume/skill/{ids[0]}/remove")
        assert self.names(lin) == ["看图纸"]
        assert "已删除“氩弧焊”" in client.get("/me/resume").content.decode()
        client.post("/me/resume/undo")
        assert self.names(lin) == ["氩弧焊", "看图纸"]
        assert "已删除" not in client.get("/me/resume").content.decode()

    def test_a_second_click_on_remove_or_undo_does_no_harm(self, client: Client, lin: User, ids: list[str]) -> None:
        for _ in range(2):
            assert client.post(f"/me/resume/skill/{ids[0]}/remove").status_code == 302
        for _ in range(2):
            assert client.post("/me/resume/undo").status_code == 302
        assert self.names(lin) == ["氩弧焊", "看图纸"]

    def test_after_ten_minutes_it_is_gone(self, client: Client, lin: User, ids: list[str]) -> None:
        client.post(f"/me/resume/skill/{ids[0]}/remove")
        with clock.frozen(clock.now() + timedelta(minutes=11)):
            assert "已删除" not in client.get("/me/resume").content.decode()
            client.post("/me/resume/undo")
        assert self.names(lin) == ["看图纸"]

    def test_the_session_does_not_hold_it_readable(self, client: Client, ids: list[str]) -> None:
        client.post(f"/me/resume/skill/{ids[0]}/remove")
        assert "氩弧焊" not in str(dict(client.session.items()))


class TestForeignEntries:
    def test_another_persons_entry_looks_like_one_that_does_not_exist(self, client: Client) -> None:
        theirs = actions.save_section(actor(seeker("别人")), entry=make.employment())
        for path in ("", "/move", "/remove"):
            answers = [client.post(f"/me/resume/employment/{one}{path}", EMPLOYMENT) for one in (theirs, uuid4())]
            assert [answer.status_code for answer in answers] == [404, 404]
        assert client.get(f"/me/resume/employment/{theirs}").status_code == 404
        assert Employment.objects.get().title == "电焊工"

    def test_an_unknown_section_is_not_found(self, client: Client) -> None:
        assert client.get("/me/resume/salary/new").status_code == 404

    def test_a_form_from_elsewhere_is_refused(self, lin: User) -> None:
        assert browser(lin, checks_csrf=True).post("/me/resume/employment/new", EMPLOYMENT).status_code == 403
        assert not Resume.objects.exists()


class TestReading:
    def test_the_preview_shows_the_document_and_its_contacts_when_asked(self, client: Client, lin: User) -> None:
        make.whole_resume(lin)
        masked, whole = (client.get(f"/me/resume/preview{query}").content.decode() for query in ("", "?contacts=1"))
        assert lin.phone in whole
        assert lin.phone not in masked
        assert "联系方式已隐藏" in masked
        assert "1995" not in whole

    def test_the_owner_sees_who_looked(
        self, client: Client, lin: User, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        clerk = staff_actor(member(uuid4()))
        for _ in range(25):
            actions.record_access(
                clerk, owner_id=lin.pk, organisation_name="蓉城职介", kind=AccessKind.VIEW, purpose="处理“电焊工”的投递"
            )
        with django_assert_max_num_queries(6):
            first = client.get("/me/resume/accesses").content.decode()
        assert first.count("处理“电焊工”的投递") == 20
        following = unescape(first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0])
        assert client.get(f"/me/resume/accesses{following}").content.decode().count("处理“电焊工”的投递") == 5


class TestSeveralWishes:
    def test_the_first_is_named_and_can_be_changed_by_moving(self, client: Client, lin: User) -> None:
        for title in ("电焊工", "仓库管理员", "保安"):
            actions.save_section(actor(lin), entry=make.intention(title=title))
        assert client.get("/me/resume").content.decode().count("首选") == 1
        third = queries.my_resume(actor(lin)).intentions[2]
        for _ in range(2):
            client.post(f"/me/resume/intention/{third.id}/move", {"direction": "up"})
        assert [one.title for one in queries.my_resume(actor(lin)).intentions] == ["保安", "电焊工", "仓库管理员"]

    def test_a_single_one_needs_no_name(self, client: Client, lin: User) -> None:
        actions.save_section(actor(lin), entry=make.intention())
        assert "首选" not in client.get("/me/resume").content.decode()


class TestCompleteness:
    def test_each_hint_leads_to_its_very_field(self, client: Client, lin: User) -> None:
        make.whole_resume(lin)
        actions.change_basics(actor(lin), changes={"region": ""})
        page = client.get("/me/resume").content.decode()
        assert '<a href="/me/resume/basics#id_region">填写现居住地</a><span class="number">+5%</span>' in page

    def test_what_contradicts_itself_is_never_complete(self, lin: User) -> None:
        make.whole_resume(lin)
        assert queries.my_resume(actor(lin)).completeness == 100
        actions.save_basics(actor(lin), basics=make.basics(region=reference.WUHOU, education="70", experience_years=0))
        view = queries.my_resume(actor(lin))
        assert view.completeness == 93
        assert [hint.label for hint in queries.completeness_hints(view)] == ["改正工作年限", "改正最高学历"]
