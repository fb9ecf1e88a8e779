"""Saving postings, the browsing history, and the buttons that a public page gets for its visitor."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.domains.jobs.models import BrowsingRecord, JobPosting, SavedJob
from jiuye.kernel import clock
from tests.factories import applications, jobs, organisations, resumes
from tests.factories.accounts import actor, browser, seeker

pytestmark = pytest.mark.django_db
FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def lin() -> User:
    return seeker()


@pytest.fixture
def client(lin: User) -> Client:
    return browser(lin)


@pytest.fixture
def posting() -> JobPosting:
    return jobs.posting(title="数控车床操作工")


def client_notes(client: Client, posting: JobPosting) -> bool:
    """Whether looking at the posting is noted."""
    before = BrowsingRecord.objects.count()
    client.post(f"/jobs/{posting.id}/viewed")
    return BrowsingRecord.objects.count() == before + 1


def keep(client: Client, posting: JobPosting, answer: str = "yes", **more: str) -> int:
    """The status of a click on 收藏."""
    return client.post(f"/jobs/{posting.id}/save", {"keep": answer, **more}).status_code


@pytest.mark.parametrize("path", ["/me/saved", "/me/history"])
def test_a_stranger_is_asked_to_sign_in_and_led_back(path: str) -> None:
    answer = Client().get(path)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/login?next={path.replace('/', '%2F')}")


class TestSaving:
    def test_a_posting_is_saved_once_however_often_it_is_clicked(
        self, client: Client, lin: User, posting: JobPosting
    ) -> None:
        assert [keep(client, posting) for _ in range(2)] == [302, 302]
        assert SavedJob.objects.get().user_id == lin.pk
        assert "数控车床操作工" in client.get("/me/saved").content.decode()

    def test_it_is_given_up_once_however_often_it_is_clicked(self, client: Client, posting: JobPosting) -> None:
        keep(client, posting)
        assert [keep(client, posting, "no", place="list") for _ in range(2)] == [302, 302]
        assert "还没有收藏职位" in client.get("/me/saved").content.decode()

    def test_without_scripts_a_page_asks(self, client: Client, posting: JobPosting) -> None:
        assert "收藏“数控车床操作工”？" in client.get(f"/jobs/{posting.id}/save").content.decode()
        assert not SavedJob.objects.exists()

    def test_without_scripts_the_page_says_how_it_stands(self, client: Client, posting: JobPosting) -> None:
        answer = client.post(f"/jobs/{posting.id}/save", {"keep": "yes", "place": "job"}, follow=True)
        assert "已收藏“数控车床操作工”" in answer.content.decode()

    def test_with_scripts_the_buttons_change_in_place(self, client: Client, posting: JobPosting) -> None:
        answer = client.post(f"/jobs/{posting.id}/save", {"keep": "yes", "place": "job"}, headers=FRAGMENT)
        assert "已收藏" in answer.content.decode()
        assert 'aria-pressed="true"' in answer.content.decode()
        assert "<html" not in answer.content.decode()

    @pytest.mark.parametrize("state", ["draft", "under_review", "banned"])
    def test_what_never_was_public_looks_like_what_does_not_exist(self, client: Client, state: str) -> None:
        hidden = jobs.posting(state=state)
        for posting_id in (hidden.id, uuid4()):
            assert client.post(f"/jobs/{posting_id}/save", {"keep": "yes"}).status_code == 404
            assert client.post(f"/jobs/{posting_id}/viewed").status_code == 404
            assert client.get(f"/jobs/{posting_id}/save").status_code == 404
        assert not SavedJob.objects.exists()
        assert not BrowsingRecord.objects.exists()

    def test_a_stranger_who_saves_is_asked_to_sign_in(self, posting: JobPosting) -> None:
        assert keep(Client(), posting) == 302
        assert not SavedJob.objects.exists()

    def test_a_closed_posting_stays_in_the_list_and_says_so(self, client: Client, posting: JobPosting) -> None:
        keep(client, posting)
        JobPosting.objects.update(state="withdrawn")
        page = client.get("/me/saved").content.decode()
        assert "已停止招聘" in page
        assert f'href="/jobs/{posting.id}"' not in page

    def test_a_banned_posting_is_not_shown_any_more(self, client: Client, posting: JobPosting) -> None:
        keep(client, posting)
        JobPosting.objects.update(state="banned")
        assert "数控车床操作工" not in client.get("/me/saved").content.decode()


class TestChanges:
    """What is said of saved postings that are no longer as they were."""

    def page(self, client: Client) -> str:
        return client.get("/me/saved").content.decode()

    def test_nothing_is_said_while_nothing_changed(self, client: Client, posting: JobPosting) -> None:
        keep(client, posting)
        assert "kept-change" not in self.page(client)

    def test_another_pay_is_said_until_it_is_acknowledged(self, client: Client, posting: JobPosting) -> None:
        keep(client, posting)
        JobPosting.objects.update(pay_min=5000, pay_max=7000)
        assert "薪资变了：原来 6-9K，现在 5-7K" in self.page(client)
        client.post("/me/saved/seen", {"posting": str(posting.id)})
        assert "薪资变了" not in self.page(client)

    def test_one_saved_before_pay_was_kept_is_not_flagged(self, client: Client, lin: User, posting: JobPosting) -> None:
        SavedJob.objects.create(user=lin, posting=posting, saved_at=clock.now())
        assert "kept-change" not in self.page(client)

    @pytest.mark.parametrize(("days", "words"), [(0, "今天截止"), (3, "还有 3 天截止"), (4, "")])
    def test_a_last_day_within_three_days_is_said(
        self, client: Client, posting: JobPosting, days: int, words: str
    ) -> None:
        keep(client, posting)
        JobPosting.objects.update(valid_through=clock.today() + timedelta(days=days))
        page = self.page(client)
        assert words in page
        assert ("kept-change" in page) == bool(words)

    def test_of_one_that_is_gone_it_says_why_and_when(self, client: Client, posting: JobPosting) -> None:
        keep(client, posting)
        JobPosting.objects.update(state="withdrawn", closed_at=datetime(2026, 11, 20, 1, tzinfo=UTC))
        assert "已下架（11月20日），不能再投递" in self.page(client)

    def test_nobody_acknowledges_for_another(self, client: Client, posting: JobPosting) -> None:
        keep(client, posting)
        JobPosting.objects.update(pay_min=5000)
        browser(seeker("别人")).post("/me/saved/seen", {"posting": str(posting.id)})
        assert "薪资变了" in self.page(client)


class TestTheButtonsOfAPublicPage:
    def test_a_stranger_gets_buttons_and_leaves_no_trace(self, posting: JobPosting) -> None:
        page = Client().get(f"/jobs/{posting.id}/actions").content.decode()
        assert f'href="/jobs/{posting.id}/apply"' in page
        assert "viewed" not in page

    def test_who_has_applied_is_led_to_the_progress(
        self, client: Client, lin: User, posting: JobPosting, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        resumes.whole_resume(lin)
        application = applications.apply(actor(lin), posting)
        with django_assert_max_num_queries(4):
            page = client.get(f"/jobs/{posting.id}/actions").content.decode()
        assert f'href="/me/applications/{application}"' in page

    def test_looking_is_noted_by_a_post_with_its_token(self, lin: User, posting: JobPosting) -> None:
        client = browser(lin, checks_csrf=True)
        page = client.get(f"/jobs/{posting.id}/actions").content.decode()
        assert not BrowsingRecord.objects.exists()
        token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        address = page.split('<form hx-post="')[1].split('"')[0]
        assert client.post(address, headers={"X-CSRFToken": token}).status_code == 204
        assert BrowsingRecord.objects.get().user_id == lin.pk

    def test_a_stranger_who_looks_is_not_noted(self, posting: JobPosting) -> None:
        assert Client().post(f"/jobs/{posting.id}/viewed").status_code == 204
        assert not BrowsingRecord.objects.exists()


class TestHistory:
    @pytest.fixture
    def viewed(self, client: Client) -> list[JobPosting]:
        agency = organisations.agency()
        postings = [jobs.posting(agency, title=f"职位甲{number}") for number in range(3)]
        for minute, posting in enumerate(postings):
            with clock.frozen(datetime(2026, 11, 20, 8, minute, tzinfo=UTC)):
                client.post(f"/jobs/{posting.id}/viewed")
        return postings

    def order(self, client: Client) -> list[str]:
        page = client.get("/me/history").content.decode()
        return sorted((name for name in ("职位甲0", "职位甲1", "职位甲2") if name in page), key=page.index)

    def test_the_last_look_comes_first(self, client: Client, viewed: list[JobPosting]) -> None:
        assert self.order(client) == ["职位甲2", "职位甲1", "职位甲0"]
        with clock.frozen(datetime(2026, 11, 20, 9, tzinfo=UTC)):
            client.post(f"/jobs/{viewed[0].id}/viewed")
        assert self.order(client) == ["职位甲0", "职位甲2", "职位甲1"]
        assert BrowsingRecord.objects.count() == 3

    def test_one_can_be_deleted_and_then_all(self, client: Client, viewed: list[JobPosting]) -> None:
        for _ in range(2):
            client.post("/me/history/forget", {"posting": str(viewed[1].id)})
        assert self.order(client) == ["职位甲2", "职位甲0"]
        client.post("/me/history/forget", {"all": "on"})
        assert "还没有浏览记录" in client.get("/me/history").content.decode()

    def test_an_empty_form_deletes_nothing(self, client: Client, viewed: list[JobPosting]) -> None:
        client.post("/me/history/forget")
        assert client.post("/me/history/forget", {"posting": "nonsense"}).status_code == 409
        assert BrowsingRecord.objects.count() == 3

    def test_paused_it_notes_nothing_and_keeps_what_it_has(
        self, client: Client, viewed: list[JobPosting], posting: JobPosting
    ) -> None:
        for _ in range(2):
            client.post("/me/history/pause", {"pause": "yes"})
        assert client.post(f"/jobs/{posting.id}/viewed").status_code == 204
        page = client.get("/me/history").content.decode()
        assert "浏览记录已暂停" in page
        assert posting.title not in page
        assert BrowsingRecord.objects.count() == 3

    def test_after_the_pause_it_goes_on(self, client: Client, viewed: list[JobPosting], posting: JobPosting) -> None:
        for choice in ("yes", "no"):
            client.post("/me/history/pause", {"pause": choice})
        client.post(f"/jobs/{posting.id}/viewed")
        assert posting.title in client.get("/me/history").content.decode()

    def test_one_persons_pause_is_not_anothers(self, viewed: list[JobPosting], posting: JobPosting) -> None:
        browser(seeker("别人")).post("/me/history/pause", {"pause": "yes"})
        assert client_notes(browser(seeker("第三人")), posting)

    def test_nobody_deletes_anothers(self, viewed: list[JobPosting]) -> None:
        browser(seeker("别人")).post("/me/history/forget", {"all": "on"})
        assert BrowsingRecord.objects.count() == 3


@pytest.mark.parametrize("path", ["/me/saved", "/me/history"])
class TestLongLists:
    @pytest.fixture(autouse=True)
    def many(self, lin: User) -> None:
        agency = organisations.agency()
        employer = organisations.employer(named_by=agency)
        start = datetime(2026, 11, 1, tzinfo=UTC)
        for number in range(45):
            posting = jobs.posting(agency, employer=employer, title=f"第{number:02d}号职位")
            at = start + timedelta(minutes=number)
            SavedJob.objects.create(user=lin, posting=posting, saved_at=at)
            BrowsingRecord.objects.create(user=lin, posting=posting, viewed_at=at)

    def test_every_row_comes_once_in_pages_of_few_queries(
        self, client: Client, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        seen: list[str] = []
        address = path
        for _ in range(3):
            with django_assert_max_num_queries(4):
                page = client.get(address).content.decode()
            seen += [f"第{number:02d}号职位" for number in range(44, -1, -1) if f"第{number:02d}号职位" in page]
            if 'rel="next"' not in page:
                break
            address = path + page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
        assert seen == [f"第{number:02d}号职位" for number in range(44, -1, -1)]
