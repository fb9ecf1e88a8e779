"""An agency draws up its fairs, over HTTP."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.domains.fairs.models import FairInterest, FairParticipation, JobFair
from jiuye.domains.organisations.models import Agency
from jiuye.kernel import clock
from jiuye.kernel.ids import new_id
from tests.factories import accounts, jobs, organisations
from tests.factories.fair_forms import written
from tests.factories.public_site import fair, links_of, takes_part, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Agency:
    return organisations.agency()


def browser(agency: Agency, role: str = "recruiter") -> Client:
    return accounts.browser(User.objects.get(pk=organisations.member(agency, role=role).person_id))


@pytest.fixture
def recruiter(agency: Agency) -> Client:
    return browser(agency)


def test_from_a_blank_page_to_what_everybody_sees(recruiter: Client, client: Client) -> None:
    assert recruiter.get("/agency/fairs/new").status_code == 200
    answer = recruiter.post("/agency/fairs/new", written())
    made = JobFair.objects.get()
    here = f"/agency/fairs/{made.id}"
    assert answer["Location"] == here
    assert (clock.local(made.starts_at).hour, made.region_id, made.state) == (9, "510107", "draft")
    assert client.get(f"/fairs/{made.id}").status_code == 404
    recruiter.post(f"{here}/employers", {"name": "蓉江机械有限公司", "booth": "A01"})
    preview = text_of(recruiter.get(f"{here}/preview"))
    for shown in ("还没有发布", "蓉江机械有限公司", "入场安检"):
        assert shown in preview
    assert "确认发布" in text_of(recruiter.get(f"{here}/publish"))
    recruiter.post(f"{here}/publish", {"version": JobFair.objects.get().version})
    text = text_of(client.get(f"/fairs/{made.id}"))
    for shown in ("秋季专场招聘会", "09:00", "示范零工市场一层", "A01"):
        assert shown in text


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(recruiter: Client) -> None:
    answer = recruiter.post(
        "/agency/fairs/new", written(title="", starts_at="明天", capacity="很多", region="没有这里", link="")
    )
    assert answer.status_code == 422
    text = text_of(answer)
    for shown in ("请填写招聘会名称", "日期或时间不完整", "请填整数", "没有找到“没有这里”", "入场安检"):
        assert shown in text
    assert not JobFair.objects.exists()


@pytest.mark.parametrize("text", ["👩‍🏭 专场", "<script>alert(1)</script>", "ئۇيغۇرچە", "{{7*7}}"])
def test_any_script_stays_text(recruiter: Client, client: Client, text: str) -> None:
    recruiter.post("/agency/fairs/new", written(title=text, introduction=text, plan_security=text))
    made = JobFair.objects.get()
    recruiter.post(f"/agency/fairs/{made.id}/publish", {"version": 1})
    page = client.get(f"/fairs/{made.id}")
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


def test_a_fair_that_may_not_be_published_says_what_is_missing(recruiter: Client) -> None:
    recruiter.post("/agency/fairs/new", written(place="", plan_security=""))
    made = JobFair.objects.get()
    text = text_of(recruiter.get(f"/agency/fairs/{made.id}"))
    assert "地点、安全保卫方案" in text
    answer = recruiter.post(f"/agency/fairs/{made.id}/publish", {"version": 1})
    assert answer.status_code >= 400
    assert "还缺少地点、安全保卫方案" in text_of(answer)


def test_moving_it_says_how_many_are_told(recruiter: Client, agency: Agency) -> None:
    recruiter.post("/agency/fairs/new", written())
    made = JobFair.objects.get()
    here = f"/agency/fairs/{made.id}"
    recruiter.post(f"{here}/publish", {"version": 1})
    FairInterest.objects.create(fair=made, person=accounts.seeker(), code="ABCD2345", created_at=clock.now())
    page = recruiter.get(f"{here}/edit")
    assert "已登记的 1 人" in text_of(page)
    assert f'value="{clock.today() + timedelta(days=7)}T09:00"' in page.content.decode()
    answer = recruiter.post(f"{here}/edit", written(place="二层", version=2), follow=True)
    assert "正在通知已登记的 1 人" in text_of(answer)
    again = recruiter.post(f"{here}/edit", written(place="三层", version=2))
    assert "同事改过" in text_of(again)
    assert JobFair.objects.get().place == "二层"


def test_cancelling_asks_for_the_reason_and_shows_it_to_everybody(
    recruiter: Client, agency: Agency, client: Client
) -> None:
    row = fair(agency)
    here = f"/agency/fairs/{row.id}/cancel"
    assert "取消后不能恢复" in text_of(recruiter.get(here))
    assert recruiter.post(here, {"reason": " "}).status_code == 422
    recruiter.post(here, {"reason": "场地检修"})
    public = text_of(client.get(f"/fairs/{row.id}"))
    for shown in ("请不要前往", "场地检修", "原定开始"):
        assert shown in public
    listed = text_of(client.get("/fairs"))
    assert "已取消" in listed
    assert "原定" in listed
    assert "登记参加" not in public
    assert recruiter.get(f"/agency/fairs/{row.id}").status_code == 200


def test_a_copy_is_a_draft_to_be_checked(recruiter: Client, agency: Agency) -> None:
    row = fair(agency, state="cancelled", cancelled_reason="x")
    answer = recruiter.post(f"/agency/fairs/{row.id}/copy")
    made = JobFair.objects.exclude(pk=row.pk).get()
    assert answer["Location"] == f"/agency/fairs/{made.id}/edit"
    assert made.state == "draft"
    recruiter.post(f"/agency/fairs/{made.id}/delete")
    assert JobFair.objects.get().pk == row.pk


def test_an_employer_shows_the_jobs_that_were_ticked(recruiter: Client, agency: Agency, client: Client) -> None:
    row = fair(agency)
    employer = organisations.employer(named_by=agency)
    welder = jobs.posting(agency, employer=employer, title="焊工")
    jobs.posting(agency, employer=employer, title="钳工")
    takes_part(row, employer)
    here = f"/agency/fairs/{row.id}/employers/{employer.id}"
    assert "钳工" in text_of(recruiter.get(here))
    recruiter.post(here, {"booth": "A9", "which": "chosen", "postings": [str(welder.id)]})
    text = text_of(client.get(f"/fairs/{row.id}"))
    assert "焊工" in text
    assert "钳工" not in text
    assert recruiter.post(here, {"which": "x"}).status_code == 422
    recruiter.post(f"{here}/remove")
    assert not FairParticipation.objects.exists()


def test_an_employer_twice_is_refused_at_its_field(recruiter: Client, agency: Agency) -> None:
    row = fair(agency)
    here = f"/agency/fairs/{row.id}/employers"
    recruiter.post(here, {"name": "甲公司"})
    answer = recruiter.post(here, {"name": "甲公司", "booth": "A2"})
    assert answer.status_code == 422
    assert "已经在参会单位里了" in text_of(answer)


def test_the_list_is_by_state(recruiter: Client, agency: Agency) -> None:
    past = {"starts_at": clock.now() - timedelta(days=3), "ends_at": clock.now() - timedelta(days=2)}
    rows = {
        "draft": fair(agency, state="draft"),
        "coming": fair(agency),
        "past": fair(agency, **past),
        "cancelled": fair(agency, state="cancelled"),
    }
    fair()
    for view, row in rows.items():
        found = links_of(recruiter.get(f"/agency/fairs?view={view}"), r"^/agency/fairs/[0-9a-f-]{36}$")
        assert found == [f"/agency/fairs/{row.id}"]
    assert len(links_of(recruiter.get("/agency/fairs?view=%01"), r"^/agency/fairs/[0-9a-f-]{36}$")) == 4


def test_the_pages_ask_little_of_the_database_however_many_take_part(
    recruiter: Client, agency: Agency, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    row = fair(agency)
    for number in range(6):
        employer = organisations.employer(named_by=agency)
        takes_part(row, employer, f"A{number}")
        jobs.posting(agency, employer=employer)
    for path in ("", f"/{row.id}", f"/{row.id}/edit", f"/{row.id}/preview", f"/{row.id}/cancel"):
        with django_assert_max_num_queries(12):
            assert recruiter.get(f"/agency/fairs{path}").status_code == 200
    with django_assert_max_num_queries(12):
        assert recruiter.get(f"/agency/fairs/{row.id}/employers/{employer.id}").status_code == 200


def test_who_only_reads_and_strangers_change_nothing(agency: Agency) -> None:
    row = fair(agency)
    viewer, stranger = browser(agency, "viewer"), browser(organisations.agency())
    assert links_of(viewer.get("/agency/fairs"), "^/fairs/") == [f"/fairs/{row.id}"]
    for path in ("new", f"{row.id}", f"{row.id}/edit", f"{row.id}/preview", f"{row.id}/cancel"):
        assert viewer.get(f"/agency/fairs/{path}").status_code == 403
    for path in (f"{row.id}", f"{row.id}/edit", f"{row.id}/preview", f"{new_id()}"):
        assert stranger.get(f"/agency/fairs/{path}").status_code == 404
    for who in (viewer, stranger):
        who.post(f"/agency/fairs/{row.id}/cancel", {"reason": "x"})
        who.post(f"/agency/fairs/{row.id}/copy")
        who.post(f"/agency/fairs/{row.id}/employers", {"name": "甲公司"})
    assert JobFair.objects.get().state == "published"
    assert not FairParticipation.objects.exists()
