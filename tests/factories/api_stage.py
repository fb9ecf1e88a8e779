"""What the operations of the API are about: an agency with its client, and for each operation things in the right state."""

from collections.abc import Callable, Collection
from io import BytesIO
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jiuye.api.v1.document import document
from jiuye.domains.applications.models import ApplicationNote
from jiuye.domains.clients.states import Mode
from jiuye.domains.fairs.actions import register
from jiuye.domains.fairs.queries import registration
from jiuye.domains.jobs import actions as jobs
from jiuye.domains.jobs.actions import imports
from jiuye.domains.organisations.actions import add_picture
from jiuye.domains.resumes import actions as resumes
from jiuye.kernel import clock
from jiuye.webhooks.models import Endpoint, Message
from tests.factories import (
    api_bodies,
    applications,
    cast,
    clients,
    organisations,
    portraits,
    reference,
    reviews,
    webhooks,
)
from tests.factories.jobs import posting
from tests.factories.pictures import photo
from tests.factories.public_site import fair
from tests.factories.visibility import resume_of, show

EXAMPLES = {
    operation["operationId"]: (method.upper(), path, content["example"])
    for path, methods in document()["paths"].items()
    for method, operation in methods.items()
    if (content := operation.get("requestBody", {}).get("content", {}).get("application/json"))
}
"""Operation → method, path and the document's example of a body."""
SHEET = "职位名称,招聘人数,单位\n焊工,5,示例公司\n".encode()
ACCEPTS = "19900000001"
Prepared = tuple[dict[str, Any], Any]
"""The parameters of the path, and the id for which `SOME_ID` stands in the example; a dictionary is a body instead of it."""


class Stage:
    """An agency with its client."""

    def __init__(self, mode: Mode = Mode.LIVE) -> None:
        self.cast = cast.assemble()
        self.caller = clients.caller(self.cast.agency, mode=mode)
        reference.region(reference.WUHOU)
        for code in ("6-18-01-01", reference.WELDER):
            reference.occupation(code)

    def application(self, state: str) -> Prepared:
        found = applications.in_state(self.cast, state)
        return {"application_id": found}, found

    def sent_resume(self) -> Prepared:
        _, application = self.application("viewed")
        return {"id": application}, None

    def application_with_files(self) -> Prepared:
        resumes.save_photo(self.cast.lin, file=BytesIO(portraits.picture()), name="照片.jpg")
        attachment = resumes.add_attachment(self.cast.lin, file=BytesIO(portraits.pdf("焊工证")), name="焊工证.pdf")
        found, application = self.application("viewed")
        return found | {"attachment_id": attachment}, application

    def moved_interview(self) -> Prepared:
        found, _ = self.application("interview_invited")
        applications.ask_for_another_time(self.cast, found["application_id"])
        return found, {"note": "当天只有这个时间。"}

    def note(self) -> Prepared:
        found, application = self.application("viewed")
        author = self.caller.member_id
        note = ApplicationNote.objects.create(
            application_id=application, author_id=author, text="下周一再联系。", written_at=clock.now()
        )
        return found | {"note_id": note.pk}, None

    def shown_resume(self) -> Prepared:
        """Of Lin, who shows it to agencies, and a posting to invite to."""
        show(self.cast.people["lin"])
        return {"resume_id": resume_of(self.cast.people["lin"]).id}, {"job": str(self.cast.posting.id), "note": "近。"}

    def numbered_job(self) -> Prepared:
        self.job(external_code="A-17")
        return {"external_id": "A-17"}, None

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
        file = SimpleUploadedFile("职位.csv", SHEET, "text/csv")
        made = Client().post("/api/v1/agency/imports", {"file": file}, headers=self.caller.headers())
        imports.read_sheet(UUID(made.json()["id"]))
        return {"batch_id": made.json()["id"]}, None

    def mapped_sheet(self) -> Prepared:
        found, _ = self.sheet()
        mapping = {"title": 0, "headcount": 1, "employer_name": 2}
        imports.set_mapping(self.cast.qian, UUID(found["batch_id"]), mapping=mapping, defaults={}, publish=False)
        return found, None

    def fair(self, state: str = "draft", **given: Any) -> Prepared:
        made = fair(self.cast.agency, state=state, version=1, **given)
        return {"fair_id": made.id}, None

    def fair_with_employer(self) -> Prepared:
        parameters, _ = self.fair()
        added = self.caller.post(f"/agency/fairs/{parameters['fair_id']}/employers", {"name": "成都示例有限公司"})
        return parameters | {"employer_id": added.json()["employers"][0]["employer_id"]}, None

    def visitor(self) -> Prepared:
        """Lin comes to a fair of today with the code."""
        found, _ = self.fair("published", starts_at=clock.now(), ends_at=clock.now().replace(hour=15))
        register(self.cast.lin, fair_id=found["fair_id"])
        place = registration(self.cast.lin, found["fair_id"])
        assert place
        return found, {"code": place.code}

    def affiliation(self, state: str) -> Prepared:
        employer = organisations.employer(is_certified=True)
        organisations.qualify(employer)
        return {"affiliation_id": organisations.affiliate(employer, self.cast.agency, state).id}, None

    def picture(self) -> Prepared:
        return {"picture_id": add_picture(self.cast.qian, file=photo(), name="大厅.jpg", caption="大厅")}, None

    def webhook(self) -> Prepared:
        made = self.caller.post("/agency/webhooks", EXAMPLES["createWebhook"][2])
        endpoint = made.json()["endpoint"]["id"]
        return {"webhook_id": endpoint}, endpoint

    def paused_webhook(self) -> Prepared:
        found, _ = self.webhook()
        self.caller.post(f"/agency/webhooks/{found['webhook_id']}/pause")
        return found, None

    def delivery(self) -> Prepared:
        found, _ = self.webhook()
        endpoint = Endpoint.objects.get(pk=found["webhook_id"])
        webhooks.happen(endpoint)
        return found | {"delivery_id": Message.objects.filter(endpoint=endpoint).latest("sequence").id}, None

    def replay(self) -> Prepared:
        found, _ = self.webhook()
        made = self.caller.post(f"/agency/webhooks/{found['webhook_id']}/replays", EXAMPLES["replayWebhooks"][2])
        return found | {"replay_id": made.json()["id"]}, None

    def test_job(self, external_id: str) -> Prepared:
        body = api_bodies.posting(title="车工", external_id=external_id, publish=True)
        made = self.caller.post("/agency/jobs", body).json()
        return {"job_id": made["id"]}, made["id"]

    def test_application(self) -> Prepared:
        _, job = self.test_job("T-1")
        made = self.caller.post("/test/applications", {"phone": ACCEPTS, "job_id": job}).json()
        return {"application_id": made["application_id"], "verb": "withdraw"}, None


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
"""Operation → what its example of a body is about."""

WITHOUT_EXAMPLE: dict[str, Callable[[Stage], Prepared]] = {
    "withdrawAgencyJob": Stage.job,
    "deleteAgencyJob": lambda stage: stage.job("draft"),
    "confirmAgencyJob": Stage.job,
    "copyAgencyJob": Stage.job,
    "startAgencyImport": Stage.mapped_sheet,
    "viewApplication": lambda stage: stage.application("submitted"),
    "deleteApplicationNote": Stage.note,
    "keepInterviewTime": Stage.moved_interview,
    "inviteToApply": Stage.shown_resume,
    "deleteFair": Stage.fair,
    "copyFair": Stage.fair,
    "removeFairEmployer": Stage.fair_with_employer,
    "checkInAtFair": Stage.visitor,
    "approveAffiliation": lambda stage: stage.affiliation("requested"),
    "deleteShopPicture": Stage.picture,
    "deleteWebhook": Stage.webhook,
    "pauseWebhook": Stage.webhook,
    "resumeWebhook": Stage.paused_webhook,
    "resendWebhookDelivery": Stage.delivery,
    "resetTestData": nothing,
    "actAsTestSeeker": Stage.test_application,
    "eraseTestSeeker": lambda stage: ({"phone": ACCEPTS}, None),
    "approveTestJob": lambda stage: stage.test_job("hold_1"),
    "uploadAgencySheet": lambda stage: ({}, {"file": SimpleUploadedFile("职位.csv", SHEET, "text/csv")}),
    "addShopPicture": lambda stage: ({}, {"picture": photo(), "caption": "大厅"}),
}
"""The other operations that write: without a body, with a file, or with an example that no test can prepare for."""

READ: dict[str, Callable[[Stage], Prepared]] = {
    "downloadSentResumes": Stage.sent_resume,
    "external_id": Stage.numbered_job,
    "posting_id": Stage.job,
    "batch_id": Stage.sheet,
    "attachment_id": Stage.application_with_files,
    "application_id": Stage.application_with_files,
    "resume_id": Stage.shown_resume,
    "fair_id": Stage.fair,
    "review_id": lambda stage: ({"review_id": reviews.review(stage.cast.agency).id}, None),
    "affiliation_id": lambda stage: stage.affiliation("approved"),
    "picture_id": Stage.picture,
    "delivery_id": Stage.delivery,
    "replay_id": Stage.replay,
    "webhook_id": Stage.webhook,
}
"""A name in the path of an operation that reads, or its id → what it is about; the first that fits counts."""


def prepare(stage: Stage, operation: str, names: Collection[str]) -> Prepared:
    """Make what the operation is about. Raises KeyError for one that is in no table."""
    for table in (PREPARED, WITHOUT_EXAMPLE):
        if operation in table:
            return table[operation](stage)
    return next((READ[name] for name in READ if name in {operation, *names}), nothing)(stage)
