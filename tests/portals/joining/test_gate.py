"""Before an organisation is approved and its profile complete, nothing of its portal beyond the qualification is open."""

import pytest
from django.test import Client
from django.urls import get_resolver
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import Membership, User
from jiuye.domains.organisations.admission import is_admitted
from jiuye.domains.organisations.models import Agency, Qualification, Shop
from jiuye.domains.organisations.policies import missing_profile
from jiuye.kernel.access import requirement_of
from jiuye.kernel.actor import Actor
from tests.factories import accounts, organisations, qualifications

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]

EARLY = ("qualification", "notifications", "members", "sanctions", "profile", "suspended")
PROFILE = {
    "short_name": "成都示例人力",
    "region": "510107",
    "address": "示范路 1 号",
    "phone": "028-00000000",
    "services": "职业介绍、职业指导",
    "fees": "不向求职者收费",
    "supervising_body": "示例区人力资源和社会保障局",
    "supervising_phone": "12333",
}


def browser(actor: Actor) -> Client:
    return accounts.browser(User.objects.get(pk=actor.person_id))


@pytest.mark.parametrize(
    ("applicant", "closed"),
    [
        ("market", "/agency"),
        ("market", "/agency/jobs"),
        ("market", "/agency/resumes"),
        ("employer", "/employer"),
        ("employer", "/employer/agencies"),
    ],
)
def test_members_are_led_to_the_qualification(applicant: str, closed: str) -> None:
    owner = qualifications.registered(applicant)  # type: ignore[arg-type]
    answer = browser(owner).get(closed, follow=True)
    assert answer.redirect_chain == [(f"/{owner.organisation_kind}/qualification", 302)]
    page = answer.content.decode()
    assert "资质审核通过并补全资料后，这一部分才会开放。" in page
    assert 'href="/agency/jobs"' not in page


def test_a_post_does_nothing() -> None:
    answer = browser(qualifications.registered()).post("/agency/jobs/new", {"title": "焊工"}, follow=True)
    assert "刚才的操作没有进行" in answer.content.decode()


@pytest.mark.parametrize("path", ["/agency/qualification", "/agency/notifications", "/agency/members", "/me/security"])
def test_what_they_need_stays_open(path: str) -> None:
    assert browser(qualifications.registered()).get(path).status_code == 200


def test_every_other_route_of_both_portals_is_closed() -> None:
    routes = {
        str(one.pattern): requirement_of(one.callback)
        for one in _flat(get_resolver().url_patterns)
        if str(one.pattern).startswith(("agency", "employer"))
    }
    early = {path for path, wanted in routes.items() if wanted and wanted.is_early}
    assert {path for path in early if path.split("/")[1] not in EARLY} == set()
    assert len(early) < len(routes) / 2


def _flat(patterns: list, prefix: str = "") -> list:  # type: ignore[type-arg]
    found = []
    for one in patterns:
        found += _flat(one.url_patterns) if hasattr(one, "url_patterns") else [one]
    return found


def test_the_gate_costs_no_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    case = qualifications.approved()
    owner = qualifications.owner_of(case)
    browser(owner).post("/agency/profile", PROFILE)
    client = browser(owner)
    with django_assert_num_queries(2):  # the session with its person, and the membership
        assert client.get("/agency/shop/sections/none").status_code == 404
    memberships = Membership.objects.filter(user_id=owner.person).annotate(is_open=is_admitted("agency"))
    assert memberships.get().is_open


class TestTheProfile:
    def test_an_approved_agency_opens_by_completing_it(self) -> None:
        case = qualifications.approved()
        owner = qualifications.owner_of(case)
        client = browser(owner)
        assert client.get("/agency").status_code == 302
        assert "还差机构资料：" in client.get("/agency/qualification").content.decode()
        answer = client.post("/agency/profile", PROFILE)
        assert (answer.status_code, answer["Location"]) == (303, "/agency")
        agency = Agency.objects.get(pk=case.organisation_id)
        assert (agency.is_listed, agency.short_name) == (True, "成都示例人力")
        assert client.get("/agency").status_code == 200
        assert Client().get(f"/agencies/{agency.id}").status_code == 200

    def test_a_name_that_is_not_of_the_unit_is_refused(self) -> None:
        case = qualifications.approved()
        client = browser(qualifications.owner_of(case))
        answer = client.post("/agency/profile", PROFILE | {"short_name": "全国第一人才网"})
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "不能另起名字" in page
        assert "全国第一人才网" in page
        assert not Agency.objects.get(pk=case.organisation_id).is_listed

    def test_before_approval_it_is_saved_and_opens_nothing(self) -> None:
        owner = qualifications.registered()
        assert browser(owner).post("/agency/profile", PROFILE)["Location"] == "/agency/qualification"
        assert not Agency.objects.get(pk=owner.organisation_id).is_listed

    @pytest.mark.parametrize(
        "column", ["short_name", "address", "phone", "supervising_body", "supervising_phone", "fees", "services"]
    )
    def test_the_gate_and_the_policy_name_the_same_columns(self, column: str) -> None:
        agency = organisations.agency()
        member = organisations.member(agency)
        rows = Shop.objects if column in ("fees", "services") else Agency.objects
        rows.filter(pk=agency.pk).update(**{column: [] if column == "services" else ""})
        agency.refresh_from_db()
        assert missing_profile(agency, Shop.objects.get(pk=agency.pk))
        opened = Membership.objects.filter(user_id=member.person).annotate(is_open=is_admitted("agency")).get()
        assert not opened.is_open  # type: ignore[attr-defined]


def test_an_expired_qualification_keeps_the_portal_open_and_a_revoked_one_closes_it() -> None:
    agency = organisations.agency()
    client = browser(organisations.member(agency))
    Qualification.objects.filter(organisation_id=agency.id).update(state="expired", expires_on="2020-01-01")
    assert client.get("/agency").status_code == 200
    Qualification.objects.filter(organisation_id=agency.id).update(state="rejected", expires_on=None)
    assert client.get("/agency").status_code == 302
