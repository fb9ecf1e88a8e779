"""What an agency's members do in the portal, its programs do by the API: each form of the portal has its operation.

A new form needs a line here: in `OPERATIONS`, or in `BY_PEOPLE_ONLY` with the reason why no program may do it.
"""

import re

from jiuye.api.v1.urls import document
from jiuye.kernel.access import requirement_of
from jiuye.kernel.checks import routes
from tests.conventions.test_sent_twice import accepts_post

OPERATIONS: dict[str, str] = {
    # jobs
    "agency/jobs/new": "createAgencyJob",
    "agency/jobs/several": "changeAgencyJobs",
    "agency/jobs/<uuid:posting_id>/edit": "patchAgencyJob",
    "agency/jobs/<uuid:posting_id>/occupation": "patchAgencyJob",
    "agency/jobs/<uuid:posting_id>/copy": "copyAgencyJob",
    "agency/jobs/<uuid:posting_id>/publish": "publishAgencyJob",
    "agency/jobs/<uuid:posting_id>/withdraw": "withdrawAgencyJob",
    "agency/jobs/<uuid:posting_id>/fill": "fillAgencyJob",
    "agency/jobs/<uuid:posting_id>/confirm": "confirmAgencyJob",
    "agency/jobs/wishes/<uuid:wish_id>": "answerAgencyWish",
    "agency/imports": "uploadAgencySheet",
    "agency/imports/<uuid:batch_id>/mapping": "mapAgencyImport",
    "agency/imports/<uuid:batch_id>/start": "startAgencyImport",
    "agency/imports/<uuid:batch_id>/worksheets": "chooseAgencyImportWorksheets",
    # applications
    "agency/applications/reject": "rejectApplications",
    "agency/applications/resumes.zip": "downloadSentResumes",
    "agency/applications/export": "listApplications",
    "agency/applications/<uuid:application_id>/resume": "readSentResume",
    "agency/applications/<uuid:application_id>/resume.pdf": "downloadSentResume",
    "agency/applications/<uuid:application_id>/attachments/<uuid:attachment_id>": "downloadSentAttachment",
    "agency/applications/<uuid:application_id>/contacts": "openContacts",
    "agency/applications/<uuid:application_id>/invite": "inviteToInterview",
    "agency/applications/<uuid:application_id>/keep-time": "keepInterviewTime",
    "agency/applications/<uuid:application_id>/interview-result": "recordInterviewResult",
    "agency/applications/<uuid:application_id>/onboarding": "notifyOnboarding",
    "agency/applications/<uuid:application_id>/onboarding-result": "recordOnboardingResult",
    "agency/applications/<uuid:application_id>/notes": "addApplicationNote",
    "agency/applications/<uuid:application_id>/notes/<uuid:note_id>/delete": "deleteApplicationNote",
    "agency/applications/<uuid:application_id>/reject": "rejectApplication",
    "agency/resumes/<uuid:resume_id>/open": "openFoundResume",
    "agency/resumes/<uuid:resume_id>/invite": "inviteToApply",
    # fairs
    "agency/fairs/new": "createFair",
    "agency/fairs/<uuid:fair_id>/edit": "replaceFair",
    "agency/fairs/<uuid:fair_id>/copy": "copyFair",
    "agency/fairs/<uuid:fair_id>/publish": "publishFair",
    "agency/fairs/<uuid:fair_id>/cancel": "cancelFair",
    "agency/fairs/<uuid:fair_id>/delete": "deleteFair",
    "agency/fairs/<uuid:fair_id>/employers": "addFairEmployer",
    "agency/fairs/<uuid:fair_id>/employers/<uuid:employer_id>": "changeFairPlace",
    "agency/fairs/<uuid:fair_id>/employers/<uuid:employer_id>/remove": "removeFairEmployer",
    "agency/fairs/<uuid:fair_id>/check-in": "checkInAtFair",
    # the organisation
    "agency/reviews/<uuid:review_id>/reply": "replyToReview",
    "agency/employers/<uuid:affiliation_id>/approve": "approveAffiliation",
    "agency/employers/<uuid:affiliation_id>/refuse": "refuseAffiliation",
    "agency/employers/<uuid:affiliation_id>/end": "endAffiliation",
    "agency/shop/edit": "changeShop",
    "agency/shop/sections/<slug:section>": "replaceShopSection",
    "agency/shop/pictures": "addShopPicture",
    "agency/shop/pictures/<uuid:picture_id>/delete": "deleteShopPicture",
    # webhooks
    "agency/webhooks/new": "createWebhook",
    "agency/webhooks/verify": "verifyWebhookSignature",
    "agency/webhooks/<uuid:endpoint_id>/edit": "changeWebhook",
    "agency/webhooks/<uuid:endpoint_id>/delete": "deleteWebhook",
    "agency/webhooks/<uuid:endpoint_id>/pause": "pauseWebhook",
    "agency/webhooks/<uuid:endpoint_id>/resume": "resumeWebhook",
    "agency/webhooks/<uuid:endpoint_id>/secret/replace": "replaceWebhookSecret",
    "agency/webhooks/<uuid:endpoint_id>/test": "testWebhook",
    "agency/webhooks/<uuid:endpoint_id>/deliveries/<uuid:delivery_id>/resend": "resendWebhookDelivery",
    "agency/webhooks/<uuid:endpoint_id>/replay": "replayWebhooks",
}
"""Form of the portal → operation of the API."""

BY_PEOPLE_ONLY = {
    r"agency/(qualification/.*|profile)": "the materials that admit the agency are submitted by its owner in person",
    r"agency/sanctions/.*": "an appeal is made by people, also while the portal and the API are closed",
    r"agency/members/.*": "who may act for the agency is decided by its owner in person; programs only read the members",
    r"agency/api/.*": "a credential must not be able to make credentials",
    r"agency/jobs/<uuid:posting_id>/import-notes": "an import's remarks are for a person who looks at the posting",
    r"agency/webhooks/<uuid:endpoint_id>/secret": "the secret is shown on confirmation that it is the owner who looks",
    r"agency/notifications/.*": "the messages of one member; programs read changes and receive webhooks",
}
"""Pattern of forms → why no program may use them."""


def forms() -> set[str]:
    """The routes of the agency's portal that accept POST."""
    return {
        pattern
        for pattern, route in routes()
        if (requirement := requirement_of(route.callback))
        and requirement.kind == "agency"
        and accepts_post(route.callback)
    }


def test_each_form_of_the_portal_has_an_operation_or_a_reason() -> None:
    rest = {one for one in forms() if not any(re.fullmatch(pattern, one) for pattern in BY_PEOPLE_ONLY)}
    assert rest == set(OPERATIONS)


def test_the_operations_exist_and_the_reasons_are_needed() -> None:
    operations = {one["operationId"] for methods in document()["paths"].values() for one in methods.values()}
    assert set(OPERATIONS.values()) <= operations
    assert [pattern for pattern in BY_PEOPLE_ONLY if not any(re.fullmatch(pattern, one) for one in forms())] == []
