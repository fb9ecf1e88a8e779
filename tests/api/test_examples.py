"""Every example of a body in the OpenAPI document is a request that succeeds."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jiuye.api.v1.document import document
from jiuye.api.v1.examples import SOME_ID
from jiuye.domains.clients.queries import forget_callers
from jiuye.domains.clients.states import Mode
from jiuye.domains.jobs import actions as jobs
from jiuye.domains.jobs.actions import imports
from jiuye.kernel import clock
from tests.factories import applications, cast, clients, organisations, reference, reviews
from tests.factories.jobs import posting
from tests.factories.public_site import fair

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 2, tzinfo=UTC)

EXAMPLES = {
    operation["operationId"]: (method.upper(), path, content["example"])
    for path, methods in document()["paths"].items()
    for method, operation in methods.items()
    if (content := operation.get("requestBody", {}).get("content", {}).get("application/json"))
}
Prepared = tuple[dict[str, Any], Any]
"""The parameters of the path, and the id for which `SOME_ID` stands in the body."""


class Stage:
    """An agency with its client, and what examples are about."""

    def __init__(self, mode: Mode = Mode.LIVE) -> None:
        self.cast = cast.assemble()
        self.caller = clients.caller(self.cast.agency, mode=mode)
        reference.region(reference.WUHOU)
        for code in ("6-18-01-01", reference.WELDER):
            reference.occupation(code)

    def application(self, state: str) -> Prepared:
        found = applications.in_state(self.cast, state)
        return {"application_id": found}, found

    def job(self, state: str = "published", **given: Any) -> Prepared:
        made = posting(self.cast.agency, state=state, **given)
        return {"posting_id": made.id}, made.id

    def wish(self) -> Prepared:
        employer = organisations.employer(is_certified=True)
        organisations.affiliate(employer, self.cast.agency)
        about = posting(self.cast.agency, employer=employer)
        wish = jobs.wish_for_change(organisations.member(employer), posting_id=about.id, text="招 8 人")
        return {"wish_id": wish}, None

    def sheet(self) -> Prepared:
        file = SimpleUploadedFile("职位.csv", "职位名称,招聘人数,单位\n焊工,5,示例公司\n".encode(), "text/csv")
        made = Client().post("/api/v1/agency/imports", {"file": file}, headers=self.caller.headers())
        imports.read_sheet(UUID(made.json()["id"]))
        return {"batch_id": made.json()["id"]}, None

    def fair(self, state: str = "draft", **given: Any) -> Prepared:
        made = fair(self.cast.agency, state=state, version=1, **given)
        return {"fair_id": made.id}, None

    def fair_with_employer(self) -> Prepared:
        parameters, _ = self.fair()
        added = self.caller.post(f"/agency/fairs/{parameters['fair_id']}/employers", {"name": "成都示例有限公司"})
        return parameters | {"employer_id": added.json()["employers"][0]["employer_id"]}, None

    def affiliation(self, state: str) -> Prepared:
        employer = organisations.employer(is_certified=True)
        organisations.qualify(employer)
        return {"affiliation_id": organisations.affiliate(employer, self.cast.agency, state).id}, None

    def webhook(self) -> Prepared:
        made = self.caller.post("/agency/webhooks", EXAMPLES["createWebhook"][2])
        endpoint = made.json()["endpoint"]["id"]
        return {"webhook_id": endpoint}, endpoint

    def test_job(self, external_id: str) -> Prepared:
        body = EXAMPLES["createAgencyJob"][2] | {
            "external_id": external_id,
            "publish": True,
            "valid_through": "2027-01-15",
        }
        made = self.caller.post("/agency/jobs", body).json()
        return {"job_id": made["id"]}, made["id"]


def nothing(stage: Stage) -> Prepared:
    """The example needs nothing but the agency."""
    return {}, None


PREPARED: dict[str, Callable[[Stage], Prepared]] = {
    "createAgencyJob": nothing,
    "putAgencyJob": lambda stage: ({"external_id": "A-001"}, None),
    "patchAgencyJob": Stage.job,
    "publishAgencyJob": lambda stage: stage.job("withdrawn"),
    "fillAgencyJob": Stage.job,
    "answerAgencyWish": Stage.wish,
    "batchAgencyJobs": nothing,
    "validateAgencyJobs": nothing,
    "changeAgencyJobs": lambda stage: stage.job("withdrawn"),
    "chooseAgencyImportWorksheets": Stage.sheet,
    "mapAgencyImport": Stage.sheet,
    "rejectApplication": lambda stage: stage.application("viewed"),
    "rejectApplications": lambda stage: stage.application("viewed"),
    "openContacts": lambda stage: stage.application("viewed"),
    "addApplicationNote": lambda stage: stage.application("viewed"),
    "inviteToInterview": lambda stage: stage.application("viewed"),
    "recordInterviewResult": lambda stage: stage.application("interview_accepted"),
    "notifyOnboarding": lambda stage: stage.application("interview_passed"),
    "recordOnboardingResult": lambda stage: stage.application("onboarding_accepted"),
    "createFair": nothing,
    "replaceFair": Stage.fair,
    "publishFair": lambda stage: stage.fair(plans="组织方案：有\n应急预案：有\n安全保卫方案：有"),
    "cancelFair": lambda stage: stage.fair("published"),
    "addFairEmployer": Stage.fair,
    "changeFairPlace": Stage.fair_with_employer,
    "replyToReview": lambda stage: ({"review_id": reviews.review(stage.cast.agency).id}, None),
    "refuseAffiliation": lambda stage: stage.affiliation("requested"),
    "endAffiliation": lambda stage: stage.affiliation("approved"),
    "changeShop": nothing,
    "replaceShopSection": lambda stage: ({"section": "achievements"}, None),
    "createWebhook": nothing,
    "changeWebhook": Stage.webhook,
    "replaceWebhookSecret": Stage.webhook,
    "testWebhook": Stage.webhook,
    "replayWebhooks": Stage.webhook,
    "verifyWebhookSignature": nothing,
    "moveTestClock": nothing,
    "createTestApplication": lambda stage: stage.test_job("T-1"),
    "rejectTestJob": lambda stage: stage.test_job("hold_1"),
}
ELSEWHERE = {
    "keepInterviewTime": "needs a seeker's request for another time: tests/api/agency/test_application_steps.py",
    "inviteToApply": "needs an opened resume of the talent search: tests/api/agency/test_resumes.py",
    "checkInAtFair": "the code is on a visitor's phone: tests/domains/fairs",
}


@pytest.fixture(autouse=True)
def in_december() -> Iterator[None]:
    """The examples name days of January 2027."""
    forget_callers()
    with clock.frozen(NOW):
        yield


def test_every_body_has_an_example_that_is_sent() -> None:
    assert set(EXAMPLES) == set(PREPARED) | set(ELSEWHERE)


@pytest.mark.parametrize("operation", PREPARED)
def test_the_example_succeeds(operation: str) -> None:
    method, path, example = EXAMPLES[operation]
    stage = Stage(Mode.TEST if "/test/" in path else Mode.LIVE)
    parameters, some_id = PREPARED[operation](stage)
    body = orjson.loads(orjson.dumps(example).replace(SOME_ID.encode(), str(some_id or SOME_ID).encode()))
    address = path.removeprefix("/api/v1").format(**parameters)
    answer = stage.caller.send(method, address, body)
    assert 200 <= answer.status_code < 300, answer.content.decode()
    assert answer.status_code != 207, answer.content.decode()
