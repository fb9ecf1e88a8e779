"""What stands round every page of the agency portal, its first page, its shop and its messages."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.domains.organisations.models import Agency, Qualification, Shop
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.ids import new_id
from jiuye.notifications.models import Notification
from tests.factories import accounts, jobs, organisations

pytestmark = pytest.mark.django_db
TEXTS = {
    "slogan": "只做蓝领招聘",
    "introduction": "成立于2009年。",
    "services": "职业介绍、创业指导",
    "fees": "不向求职者收费",
    "version": "1",
}


@pytest.fixture
def agency() -> Agency:
    return organisations.agency()


@pytest.fixture
def recruiter(agency: Agency) -> Actor:
    return organisations.member(agency)


def signed_in(actor: Actor) -> Client:
    return accounts.browser(User.objects.get(pk=actor.person_id))


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_first_page_counts_what_waits_and_leads_there(recruiter: Actor, agency: Agency) -> None:
    jobs.draft(agency)
    body = page(signed_in(recruiter), "/agency")
    assert 'href="/agency/jobs?state=draft"' in body
    assert 'href="/agency/applications?group=new"' in body


def test_the_first_page_says_why_nothing_can_be_published(recruiter: Actor) -> None:
    Qualification.objects.update(state="suspended")
    assert "机构资质已暂停" in page(signed_in(recruiter), "/agency")


def test_somebody_of_two_agencies_acts_for_the_one_they_choose(recruiter: Actor, agency: Agency) -> None:
    second = organisations.agency(legal_name="成都第二家人力有限公司")
    organisations.member(second, role="viewer", user=User.objects.get(pk=recruiter.person_id))
    posting = jobs.posting(second)
    client = signed_in(recruiter)
    assert client.get(f"/agency/jobs/{posting.id}").status_code == 404
    assert second.legal_name in page(client, "/agency")
    client.post("/login/where", {"organisation": str(second.id)})
    assert client.get(f"/agency/jobs/{posting.id}").status_code == 200
    assert client.post(f"/agency/jobs/{posting.id}/withdraw").status_code == 403


def test_messages_are_those_for_this_agency_and_open_where_they_lead(recruiter: Actor) -> None:
    assert recruiter.person_id is not None
    Notification.objects.all().delete()
    for organisation in (recruiter.organisation_id, None, new_id()):
        note(recruiter, organisation)
    client = signed_in(recruiter)
    assert page(client, "/agency/notifications").count("message-open") == 1
    mine = Notification.objects.get(organisation_id=recruiter.organisation_id)
    answer = client.post(f"/agency/notifications/{mine.id}")
    assert answer.headers["Location"] == "/agency/jobs"
    mine.refresh_from_db()
    assert mine.read_at is not None


def note(actor: Actor, organisation: object) -> None:
    """A message to the person, as staff of an organisation or as a seeker."""
    Notification.objects.create(
        user_id=actor.person_id,
        organisation_id=organisation,
        kind="application",
        title="收到新投递",
        link="/agency/jobs",
        dedupe_key=str(new_id()),
        created_at=clock.now(),
    )


def test_the_shops_words_are_edited(recruiter: Actor) -> None:
    client = signed_in(recruiter)
    assert client.post("/agency/shop/edit", TEXTS).status_code == 302
    shop = Shop.objects.get()
    assert (shop.slogan, shop.services) == ("只做蓝领招聘", ["职业介绍", "创业指导"])
    assert "只做蓝领招聘" in page(client, "/agency/shop")


def test_a_shop_without_a_word_on_fees_is_refused_and_the_input_kept(recruiter: Actor) -> None:
    answer = signed_in(recruiter).post("/agency/shop/edit", {**TEXTS, "fees": ""})
    assert answer.status_code == 422
    assert "成立于2009年。" in answer.content.decode()
    assert Shop.objects.get().slogan == ""


def test_a_viewer_sees_the_shop_and_does_not_edit_it(agency: Agency) -> None:
    viewer = signed_in(organisations.member(agency, role="viewer"))
    assert "/agency/shop/edit" not in page(viewer, "/agency/shop")
    assert viewer.post("/agency/shop/edit", TEXTS).status_code == 403


@pytest.mark.parametrize("path", ["/agency", "/agency/shop", "/agency/notifications"])
def test_strangers_are_kept_out(path: str) -> None:
    assert Client().get(path).status_code == 302
    assert accounts.browser(accounts.seeker()).get(path).status_code == 403


def test_the_first_page_costs_at_most_twelve_queries(
    recruiter: Actor, agency: Agency, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        jobs.posting(agency)
    client = signed_in(recruiter)
    with django_assert_max_num_queries(12):
        page(client, "/agency")
