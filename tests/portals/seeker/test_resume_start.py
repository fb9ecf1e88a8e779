"""The guided start: a resume that will do, in four steps, each saved, from and back to a job."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.domains.reference import queries as reference_queries
from jiuye.domains.resumes import actions, queries
from jiuye.portals.seeker.resume.start_forms import COMMON, YEARS, choice_of_years
from tests.factories import jobs as make_jobs
from tests.factories import reference
from tests.factories import resumes as make
from tests.factories.accounts import actor, browser, seeker

pytestmark = pytest.mark.django_db
START = "/me/resume/start"


@pytest.fixture
def newcomer() -> User:
    for title in ("仓库管理员", "保安", "保洁员", "质检员", "装配工", "夜班保安队长", "焊工班长"):
        code = reference_queries.likely_occupation(title)
        if code:
            reference.occupation(code)
    return seeker(name="")


@pytest.fixture
def client(newcomer: User) -> Client:
    return browser(newcomer)


def resume(user: User) -> queries.ResumeView:
    return queries.my_resume(actor(user))


def send(client: Client, step: str, target: str = "", **data: str) -> Any:
    return client.post(f"{START}/{step}" + (f"?next={target}" if target else ""), data)


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


class TestTheWayThrough:
    def test_four_steps_make_a_resume_with_which_one_can_apply(self, client: Client, newcomer: User) -> None:
        assert client.get(START).headers["Location"] == f"{START}/wish"
        page = text(client.get(f"{START}/wish"))
        assert "第 1 步，共 4 步" in page
        assert send(client, "wish", common="仓库管理员").headers["Location"] == f"{START}/about"
        assert send(client, "about", name="林知夏", availability="now").headers["Location"] == f"{START}/work"
        assert send(client, "work", years="0").headers["Location"] == f"{START}/education"
        assert send(client, "education", level="60").headers["Location"] == f"{START}/done"
        made = resume(newcomer)
        assert (made.name, made.intentions[0].title, made.experience) == ("林知夏", "仓库管理员", "无工作经验")
        assert made.education is not None
        assert queries.is_ready_to_apply(newcomer.pk) == []
        page = text(client.get(f"{START}/done"))
        assert "简历可以投递了" in page
        assert "/jobs?q=%E4%BB%93%E5%BA%93" in page

    def test_it_goes_on_where_one_stopped(self, client: Client) -> None:
        send(client, "wish", title="装配工")
        assert client.get(START).headers["Location"] == f"{START}/about"
        send(client, "about", name="林知夏")
        assert client.get(START).headers["Location"] == f"{START}/work"

    def test_every_step_can_be_skipped_and_what_is_missing_is_said_at_the_end(self, client: Client) -> None:
        for step, following in (("wish", "about"), ("about", "work"), ("work", "education"), ("education", "done")):
            assert f'href="{START}/{following}"' in text(client.get(f"{START}/{step}"))
        page = text(client.get(f"{START}/done"))
        assert "还差一点就能投递" in page
        assert f'href="{START}/wish"' in page

    def test_going_back_saves_and_shows_what_was_said(self, client: Client, newcomer: User) -> None:
        send(client, "wish", title="装配工")
        assert send(client, "about", name="林知夏", go="back").headers["Location"] == f"{START}/wish"
        assert resume(newcomer).name == "林知夏"
        assert 'value="装配工"' in text(client.get(f"{START}/wish"))

    def test_going_back_from_an_untouched_page_asks_for_nothing(self, client: Client) -> None:
        assert send(client, "work", years="", go="back").headers["Location"] == f"{START}/about"

    def test_a_stranger_signs_in_first(self) -> None:
        answer = Client().get(f"{START}?next=/jobs")
        assert answer.headers["Location"].startswith("/login?next=")

    @pytest.mark.parametrize("step", ["wish", "about", "work", "education", "done"])
    def test_no_step_asks_the_database_much(
        self, step: str, newcomer: User, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        make.whole_resume(newcomer)
        client = browser(newcomer)
        client.get(START)
        with django_assert_max_num_queries(12):
            assert client.get(f"{START}/{step}").status_code == 200


class TestFromAJob:
    def test_the_job_is_the_wish_that_is_offered(self, client: Client) -> None:
        job = make_jobs.posting(title="质检员")
        page = text(client.get(f"{START}/wish?next=/jobs/{job.pk}/apply"))
        assert 'value="质检员"' in page
        assert "填好就回到“质检员”继续投递" in page

    def test_the_way_back_is_kept_through_all_steps(self, client: Client) -> None:
        job = make_jobs.posting(title="质检员")
        target = f"/jobs/{job.pk}/apply"
        for step, data in (
            ("wish", {"title": "质检员"}),
            ("about", {"name": "林知夏"}),
            ("work", {"years": "3"}),
            ("education", {"level": "40"}),
        ):
            answer = send(client, step, target, **data)
            assert answer.headers["Location"].endswith(f"?next=%2Fjobs%2F{job.pk}%2Fapply")
        page = text(client.get(answer.headers["Location"]))
        assert f'href="{target}"' in page
        assert "回到“质检员”" in page

    @pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil"])
    def test_only_pages_of_this_site_are_gone_back_to(self, client: Client, target: str) -> None:
        answer = client.post(f"{START}/wish", {"title": "质检员"}, QUERY_STRING=f"next={target}")
        assert answer.headers["Location"] == f"{START}/about"
        assert "evil" not in text(client.get(f"{START}/done", {"next": target}))

    @pytest.mark.parametrize("target", ["/jobs/00000000-0000-7000-8000-000000000000", "/jobs/zzz", "/fairs"])
    def test_what_is_no_open_job_is_only_a_page_to_go_back_to(self, client: Client, target: str) -> None:
        page = text(client.get(f"{START}/done", {"next": target}))
        assert "回到刚才的页面" in page

    def test_who_applies_without_a_resume_types_no_more_than_their_name(self, client: Client, newcomer: User) -> None:
        job = make_jobs.posting(title="质检员")
        page = text(client.get(f"/jobs/{job.pk}/apply"))
        assert 'value="质检员"' in page
        assert f'href="{START}?next=/jobs/{job.pk}/apply"' in page


class TestAnswers:
    def test_own_words_count_before_a_tap(self, client: Client, newcomer: User) -> None:
        send(client, "wish", common="保安", title="夜班保安队长")
        assert resume(newcomer).intentions[0].title == "夜班保安队长"

    def test_a_tap_replaces_words_that_were_there_already(self, client: Client, newcomer: User) -> None:
        send(client, "wish", title="夜班保安队长")
        send(client, "wish", common="保洁员", title="夜班保安队长")
        assert [one.title for one in resume(newcomer).intentions] == ["保洁员"]

    def test_the_rest_of_a_wish_stays(self, client: Client, newcomer: User) -> None:
        actions.save_section(actor(newcomer), entry=make.intention(pay_min=7000))
        send(client, "wish", title="焊工班长")
        (wish,) = resume(newcomer).intentions
        assert (wish.title, wish.pay_min) == ("焊工班长", 7000)

    def test_a_place_is_found_by_its_name(self, client: Client, newcomer: User) -> None:
        reference.region(reference.WUHOU)
        send(client, "wish", common="保安", region="四川省成都市武侯区")
        place = resume(newcomer).intentions[0].region
        assert place is not None
        assert place.code == reference.WUHOU

    def test_nothing_chosen_is_asked_for_again(self, client: Client) -> None:
        answer = send(client, "wish", title="")
        assert answer.status_code == 422
        assert "请点选一种工作" in text(answer)

    def test_a_job_is_whole_or_not_there(self, client: Client, newcomer: User) -> None:
        answer = send(client, "work", years="3", employer_name="蓉江机械", title="", start_on="")
        assert answer.status_code == 422
        assert "请填写做的是什么工作" in text(answer)
        assert 'value="蓉江机械"' in text(answer)
        send(client, "work", years="3", employer_name="蓉江机械", title="装配工", start_on="2021-03")
        (job,) = resume(newcomer).employments
        assert (job.title, job.period) == ("装配工", "2021.03 – 至今")

    def test_a_job_and_never_worked_contradict(self, client: Client) -> None:
        answer = send(client, "work", years="0", employer_name="蓉江机械", title="装配工", start_on="2021-03")
        assert "选了“还没工作过”，下面又写了工作" in text(answer)

    def test_an_exact_number_of_years_is_not_made_coarse(self, client: Client, newcomer: User) -> None:
        actions.save_basics(actor(newcomer), basics=make.basics(experience_years=7))
        send(client, "work", years="5")
        assert resume(newcomer).experience_years == 7
        send(client, "work", years="10")
        assert resume(newcomer).experience_years == 10

    def test_the_description_of_a_job_stays(self, client: Client, newcomer: User) -> None:
        actions.save_section(actor(newcomer), entry=make.employment())
        send(client, "work", years="5", employer_name="蓉江机械", title="装配工", start_on="2021-03")
        (job,) = resume(newcomer).employments
        assert (job.employer_name, job.description) == ("蓉江机械", make.employment().description)

    def test_a_school_is_no_must(self, client: Client, newcomer: User) -> None:
        send(client, "education", level="40")
        made = resume(newcomer)
        assert made.education is not None
        assert (made.education.code, made.educations) == ("40", ())

    def test_a_school_needs_its_year(self, client: Client, newcomer: User) -> None:
        answer = send(client, "education", level="40", school="蓉江职业技术学校")
        assert "请填写入学时间" in text(answer)
        send(client, "education", level="40", school="蓉江职业技术学校", start_on="2012-09", end_on="2015-06")
        assert resume(newcomer).educations[0].school == "蓉江职业技术学校"

    def test_a_higher_level_than_the_schools_is_not_forgotten(self, client: Client, newcomer: User) -> None:
        make.whole_resume(newcomer)
        actions.save_basics(actor(newcomer), basics=make.basics(education="20"))
        kept = make.education()
        send(
            client, "education", level="20", school=kept.school, major=kept.major, start_on="2012-09", end_on="2015-06"
        )
        made = resume(newcomer)
        assert made.education is not None
        assert (made.education.code, made.educations[0].level.code) == ("20", "40")

    def test_what_the_domain_refuses_is_said_at_the_field(self, client: Client) -> None:
        answer = send(client, "about", name="名" * 41)
        assert answer.status_code == 422
        assert "姓名最多 40 个字" in text(answer)


@pytest.mark.parametrize("title", COMMON)
def test_common_work_is_known_to_the_classification(title: str) -> None:
    assert reference_queries.likely_occupation(title)


@pytest.mark.parametrize(
    ("years", "choice"), [(None, ""), (0, "0"), (1, "1"), (2, "1"), (4, "3"), (9, "5"), (40, "10")]
)
def test_years_fall_under_the_choice_that_holds_them(years: int | None, choice: str) -> None:
    assert choice_of_years(years) == choice
    assert not choice or choice in dict(YEARS)
