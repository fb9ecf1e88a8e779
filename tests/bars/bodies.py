"""What the forms of staff are sent with where their fields do not say enough, and the forms that are on no page of the demonstration."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from jiuye.domains.applications import actions as applications
from jiuye.domains.applications.models import Application
from jiuye.domains.fairs.actions import register
from jiuye.domains.fairs.models import JobFair
from jiuye.domains.fairs.queries import registration
from jiuye.domains.jobs.actions import imports
from jiuye.domains.jobs.models import ImportBatch
from jiuye.kernel import clock
from tests.bars.places import Place, things_of
from tests.factories import accounts
from tests.factories.applications import standing_invitation

Fields = Mapping[str, Any]


def _at(days: int, hour: int) -> str:
    return clock.local(clock.now() + timedelta(days=days)).strftime(f"%Y-%m-%dT{hour:02}:00")


_MEMBERS: Mapping[str, Fields] = {"<uuid:person_id>": {"role": "viewer"}}
FIELDS: Mapping[str, Fields] = {
    **{f"{kind}/members/{path}": fields for kind in ("agency", "employer") for path, fields in _MEMBERS.items()},
    "agency/applications/reject": {"reason": "skills", "confirmed": "1"},
    "agency/webhooks/<uuid:endpoint_id>/replay": {"since": _at(-2, 10), "until": _at(0, 0)},
}
"""Pattern of a route → fields that take the place of those that `filling` would choose; None: without the field."""

NOT_ACCEPTED: Mapping[str, str] = {
    **{
        f"{kind}/{path}": why
        for kind in ("agency", "employer")
        for path, why in {
            "applications/<uuid:application_id>/attachments/<uuid:attachment_id>": "nobody here sent an attachment",
            "applications/<uuid:application_id>/resume.pdf": "on the page of a resume that is open",
            "notifications/undo": "on the page after all were read",
            "qualification/<slug:kind>/prove": "proved already, or by the authority",
        }.items()
    },
    "agency/applications/<uuid:application_id>/contacts": "on the page of a resume that is open",
    "agency/fairs/<uuid:fair_id>/employers/<uuid:employer_id>": "the fairs with employers here are over",
    "agency/fairs/<uuid:fair_id>/employers/<uuid:employer_id>/remove": "the fairs with employers here are over",
    "agency/fairs/<uuid:fair_id>/publish": "no fair here is a draft",
    "agency/fairs/new": "its numbers are of no kind of field",
    "agency/imports/<uuid:batch_id>/mapping": "its defaults are of no kind of field",
    "agency/jobs/<uuid:posting_id>/fill": "its numbers are of no kind of field",
    "agency/jobs/<uuid:posting_id>/import-notes": "no posting here was imported with notes",
    "agency/jobs/<uuid:posting_id>/occupation": "every posting here has an occupation",
    "agency/jobs/new": "its numbers are of no kind of field",
    "agency/reviews/<uuid:review_id>/reply": "the same reply again writes nothing",
    "agency/shop/sections/<slug:section>": "a set of forms with numbers",
    "agency/webhooks/new": "the address has to exist",
    "agency/webhooks/verify": "needs a signed message",
    "ops/channels/<uuid:channel_id>/edit": "the same again writes nothing",
    "ops/channels/<uuid:channel_id>/enable": "every channel here is enabled",
    "ops/channels/new": "its code is of no kind of field",
    "ops/feedback/<uuid:feedback_id>/close": "no feedback here is answered and claimed",
    "ops/people": "needs the phone of somebody",
    "ops/policies/<uuid:policy_id>/conditions": "a set of forms with numbers",
    "ops/policies/<uuid:policy_id>/publish": "no policy here is a draft",
    "ops/policies/<uuid:policy_id>/reinstate": "no policy here is abolished",
    "ops/qualifications/<uuid:case_id>/materials/<uuid:material_id>": "on a page of a file",
    "ops/qualifications/<uuid:case_id>/release": "no case here is the owner's",
    "ops/reviews/<uuid:subject_id>/decide": "on the page of a review that is reported",
    "ops/sanctions/<uuid:sanction_id>/appeals/<uuid:appeal_id>": "another operator has to decide",
    "ops/sanctions/<uuid:sanction_id>/confirm": "another operator has to confirm",
    "ops/sanctions/new": "needs the phone of somebody",
    "ops/staff/<uuid:person_id>": "a change waits for a confirmation",
    "ops/staff/changes/<uuid:change_id>/confirm": "another administrator has to confirm",
    "ops/staff/new": "needs the phone of somebody",
}
"""Routes whose forms are not accepted as they are filled in here, with the reason. `test_authorisation.py` tries them with empty
bodies, their own tests with whole ones.
"""


def _keep_time(place: Place) -> tuple[str, Fields]:
    row = Application.objects.filter(agency_id=place.id, state="interview_invited").order_by("pk")[0]
    applications.ask_for_another_time(
        accounts.actor(row.applicant),
        application_id=row.pk,
        invitation_id=standing_invitation(row.pk),
        reason="当天已有安排",
        times=(),
    )
    return f"/agency/applications/{row.pk}/keep-time", {"note": "当天只有这个时间。"}


def _check_in(place: Place) -> tuple[str, Fields]:
    row = JobFair.objects.filter(agency_id=place.id, state="published").order_by("pk")[0]
    moment = clock.now()
    JobFair.objects.filter(pk=row.pk).update(starts_at=moment, ends_at=moment + timedelta(hours=3))
    visitor = accounts.actor(accounts.seeker())
    register(visitor, fair_id=row.pk)
    found = registration(visitor, row.pk)
    assert found
    return f"/agency/fairs/{row.pk}/check-in", {"code": found.code}


def _resumes(place: Place) -> tuple[str, Fields]:
    rows = Application.objects.filter(agency_id=place.id, state="viewed").order_by("pk")
    return "/agency/applications/resumes.zip", {"application": [str(rows[0].pk)]}


def _start(place: Place) -> tuple[str, Fields]:
    batch_id = things_of(place, "agency/imports/<uuid:batch_id>", "owner")["batch_id"]
    mapping = ImportBatch.objects.get(pk=batch_id).mapping
    imports.set_mapping(place.owner, batch_id, mapping=mapping, defaults={}, publish=False)
    return f"/agency/imports/{batch_id}/start", {}


def _resume_webhook(place: Place) -> tuple[str, Fields]:
    found = things_of(place, "agency/webhooks/<uuid:endpoint_id>", "owner")["endpoint_id"]
    place.browsers["owner"].post(f"/agency/webhooks/{found}/pause")
    return f"/agency/webhooks/{found}/resume", {}


PREPARED: Mapping[str, Callable[[Place], tuple[str, Fields]]] = {
    "agency/applications/<uuid:application_id>/keep-time": _keep_time,
    "agency/applications/resumes.zip": _resumes,
    "agency/fairs/<uuid:fair_id>/check-in": _check_in,
    "agency/imports/<uuid:batch_id>/start": _start,
    "agency/webhooks/<uuid:endpoint_id>/resume": _resume_webhook,
}
"""Routes whose form is on no page here → how to make a thing for it, its address, and the form."""

KEYS = frozenset({"form_id", "submission", "through"})
"""Fields with the key of a form, which looks like an id."""
