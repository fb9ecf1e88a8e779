"""Nothing of a client's test data appears in live data, for anybody, and nobody live reaches it by its ids."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver

from jiuye.changes import writer
from jiuye.changes.models import FeedItem
from jiuye.domains.accounts.models import User
from jiuye.domains.applications.models import Application, InterviewInvitation, OnboardingNotice
from jiuye.domains.jobs import queries as job_queries
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations.models import Affiliation, Agency, Employer
from jiuye.domains.reports.models import Report
from jiuye.domains.resumes.models import Resume
from jiuye.domains.verification.models import VerificationCase
from jiuye.kernel import clock, worlds
from jiuye.kernel.ids import new_id
from jiuye.search.models import PendingChange
from jiuye.testmode import removal
from jiuye.testmode.values import SEEKERS
from tests.factories import accounts, applications, cast, clients, organisations, public_site
from tests.testmode.conftest import Integrator

pytestmark = pytest.mark.django_db
MARK = "（测试）"


def _patterns(patterns: Any, prefix: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    for one in patterns:
        if isinstance(one, URLPattern):
            yield prefix + _text(one), one.pattern.converters
        else:
            yield from _patterns(one.url_patterns, prefix + _text(one))


def _text(one: Any) -> str:
    return str(one.pattern) if hasattr(one.pattern, "_route") else "^"


ROUTES = [(route, converters) for route, converters in _patterns(get_resolver().url_patterns) if "^" not in route]
"""Every route that is no regular expression, with its parameters."""
PLAIN = sorted({"/" + route for route, converters in ROUTES if not converters})


def _one_id(converters: dict[str, Any]) -> str:
    """The only parameter of a route, if it is the id of something; else empty."""
    (name, converter), *others = list(converters.items()) or [("", None)]
    return name if converter is not None and not others and type(converter).__name__.startswith("UUID") else ""


DETAILS = sorted({("/" + route, name) for route, converters in ROUTES if (name := _one_id(converters))})


class Sight(Integrator):
    """Test data in which everything has happened that operators and the public have lists of."""

    def __init__(self) -> None:
        super().__init__()
        self.application = self.apply(SEEKERS[0].phone)
        for verb in ("view", "invite", "pass_interview", "notify_onboarding", "record_no_show"):
            self.step(verb, self.application)
        with worlds.of_client(self.client_id):
            self._make()
        self.work()

    def _make(self) -> None:
        moment = clock.now()
        posting = JobPosting.objects.order_by("id")[0]
        JobPosting.objects.filter(pk=posting.pk).update(state="under_review")
        seeker = Application.objects.get(pk=self.application).applicant_id
        OnboardingNotice.objects.update(seeker_result="onboarded", seeker_result_at=moment)
        agency = Agency.objects.get(pk=self.agency_id)
        review = public_site.review(agency, author_id=seeker, text=MARK)
        report = Report.objects.create(posting=posting, reporter_id=seeker, reason="fees", text=MARK, created_at=moment)
        fair = public_site.fair(agency, title=MARK)
        self.ids: dict[str, list[UUID]] = {
            "posting_id": list(JobPosting.objects.values_list("id", flat=True)),
            "agency_id": [self.agency_id],
            "employer_id": list(Employer.objects.values_list("id", flat=True)),
            "application_id": [self.application],
            "fair_id": [fair.id],
            "person_id": [seeker],
            "resume_id": list(Resume.objects.values_list("id", flat=True)[:1]),
            "affiliation_id": list(Affiliation.objects.values_list("id", flat=True)),
            "invitation_id": list(InterviewInvitation.objects.values_list("id", flat=True)),
            "case_id": list(VerificationCase.objects.values_list("id", flat=True)[:1]),
            "review_id": [review.id],
            "report_id": [report.id],
            "subject_id": [self.agency_id, posting.id, seeker],
        }
        self.ids |= {
            "job_id": self.ids["posting_id"][:1],
            "organisation_id": [self.agency_id],
            "other_id": [self.agency_id],
        }


@pytest.fixture(scope="module")
def sight(module_transaction: None) -> Sight:
    return Sight()


@pytest.fixture(scope="module")
def people(sight: Sight) -> dict[str, Client]:
    """Who might see something: also the member for whom the client acts."""
    member = User.objects.get(pk=sight.api.member_id)
    staff = accounts.member(organisations.employer().id, "employer", "owner")
    operator = organisations.operator("owner")
    return {
        "anybody": Client(),
        "seeker": accounts.browser(accounts.seeker(), confirmed=True),
        "member": accounts.browser(member, confirmed=True),
        "employer": accounts.browser(staff, confirmed=True),
        "operator": accounts.browser(User.objects.get(pk=operator.person), confirmed=True),
    }


def content(answer: HttpResponse) -> str:
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return raw.decode(errors="replace")


def rows(sight: Sight) -> dict[str, list[dict[str, Any]]]:
    return {
        model._meta.label: list(model._base_manager.filter(test_client_id=sight.client_id).order_by("pk").values())
        for model in removal.models(removal.ORDER)
    }


@pytest.mark.parametrize("who", ["anybody", "seeker", "member", "employer", "operator"])
def test_no_list_shows_it(people: dict[str, Client], who: str) -> None:
    seen = [path for path in PLAIN if MARK in content(people[who].get(path))]
    assert seen == []


@pytest.mark.parametrize("who", ["anybody", "seeker", "member", "employer", "operator"])
def test_its_ids_are_as_good_as_unknown_ones(sight: Sight, people: dict[str, Client], who: str) -> None:
    before, seen = rows(sight), []
    for route, name in DETAILS:
        for one in sight.ids.get(name, [])[:1]:
            path = _filled(route, name, one)
            answer = people[who].get(path)
            missing = people[who].get(_filled(route, name, new_id()))
            if answer.status_code != missing.status_code or MARK in content(answer):
                seen.append((path, answer.status_code))
            if answer.status_code == 405:
                people[who].post(path, {})
    assert seen == []
    assert rows(sight) == before


def test_a_live_client_of_the_same_agency_reaches_nothing(sight: Sight) -> None:
    live = clients.caller(sight.api.agency)
    before, found = rows(sight), []
    for route, name in DETAILS:
        if not route.startswith("/api/v1/"):
            continue
        for one in sight.ids.get(name, [])[:1]:
            path = _filled(route, name, one).removeprefix("/api/v1")
            for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
                answer = live.get(path) if method == "GET" else live.send(method, path, {})
                if answer.status_code < 400:
                    found.append((method, path, answer.status_code))
    assert found == []
    assert rows(sight) == before


def test_a_test_client_reaches_nothing_live(sight: Sight) -> None:
    there = cast.assemble()
    application = applications.apply(there.lin, there.posting)
    ids = {
        "posting_id": there.posting.id,
        "job_id": there.posting.id,
        "employer_id": there.posting.employer_id,
        "application_id": application,
        "person_id": there.lin.person,
    }
    found = []
    for route, name in DETAILS:
        if route.startswith("/api/v1/agency/") and name in ids:
            path = _filled(route, name, ids[name]).removeprefix("/api/v1")
            for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
                answer = sight.api.get(path) if method == "GET" else sight.api.send(method, path, {})
                if answer.status_code < 400:
                    found.append((method, path, answer.status_code))
    assert found == []
    for path in ("/test/applications",):
        body = {"phone": SEEKERS[0].phone, "job_id": str(there.posting.id)}
        assert sight.api.post(path, body).status_code == 404


class TestChannels:
    """What leaves the platform by itself."""

    def test_the_index(self, sight: Sight) -> None:
        own = sight.ids["posting_id"]
        assert not PendingChange.objects.filter(posting_id__in=own).exists()
        assert not job_queries.indexable(own)

    def test_the_feed_of_everybody(self, sight: Sight) -> None:
        writer.drain()
        assert FeedItem.objects.filter(test_client_id=sight.client_id).exists()
        assert not FeedItem.objects.filter(test_client_id=None).exists()

    def test_the_public_api(self, sight: Sight) -> None:
        for path in ("/api/v1/jobs", "/api/v1/agencies", "/api/v1/employers", "/api/v1/fairs"):
            answer = Client().get(path, headers={"Authorization": f"Bearer {sight.api.key}"})
            assert answer.status_code == 200, (path, answer.content)
            assert MARK not in content(answer), path

    def test_alerts(self, sight: Sight) -> None:
        begin = (clock.now() - timedelta(days=1), UUID(int=0))
        assert not job_queries.published_between(begin, clock.now() + timedelta(days=1), limit=100)

    def test_figures_of_the_platform(self, sight: Sight) -> None:
        assert job_queries.review_count() == 0
        assert shown_total() == 0


def shown_total() -> int:
    """How many postings the public counts."""
    return job_queries.open_postings().count()


def _filled(route: str, name: str, one: object) -> str:
    start = route.index("<")
    return route[:start] + str(one) + route[route.index(">") + 1 :]
