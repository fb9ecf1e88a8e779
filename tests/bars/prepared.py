"""Forms for things that are made for them, because the demonstration has none: of employers, and of both kinds of organisations."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from django.db.models import QuerySet
from django.test import Client

from jiuye.domains.accounts.models import User
from jiuye.domains.applications.models import Application
from jiuye.domains.applications.queries.employers import own_applications
from jiuye.domains.resumes import actions as resumes
from jiuye.kernel import clock
from tests.bars.places import Place, things_of
from tests.factories import accounts, applications, qualifications
from tests.factories.portraits import pdf
from tests.factories.resumes import whole_resume

Fields = Mapping[str, Any]


class Prepared(NamedTuple):
    """A form: where it is sent, what it says, and who sends it where that is not the place's owner."""

    path: str
    form: Fields
    sender: Client | None = None


Prepare = Callable[[Place], Prepared]
"""Makes the thing in the open transaction."""


def applications_of(place: Place) -> QuerySet[Application]:
    """The place's applications whose resume may be taken, by id."""
    own = own_applications(place.owner) if place.kind == "employer" else Application.objects.filter(agency_id=place.id)
    return own.filter(consent__withdrawn_at=None).exclude(state__in=("rejected", "withdrawn")).order_by("pk")


def _resume_file(place: Place) -> Prepared:
    return Prepared(f"/employer/applications/{applications_of(place)[0].pk}/resume.pdf", {})


def _attachment(place: Place) -> Prepared:
    open_ones = applications_of(place).filter(
        posting__state="published", posting__valid_through__gte=clock.today(), agency__is_listed=True
    )
    applicant = accounts.seeker()
    whole_resume(applicant)
    actor = accounts.actor(applicant)
    attachment = resumes.add_attachment(actor, file=BytesIO(pdf("焊工证")), name="焊工证.pdf")
    application = applications.apply(actor, open_ones[0].posting)
    return Prepared(f"/{place.kind}/applications/{application}/attachments/{attachment}", {})


def _undo(place: Place) -> Prepared:
    found = things_of(place, f"{place.kind}/notifications/<uuid:notification_id>", "owner")["notification_id"]
    answer = place.browsers["owner"].post(f"/{place.kind}/notifications/{found}/read")
    done = parse_qs(urlsplit(answer.headers["Location"]).query)["done"][0]
    return Prepared(f"/{place.kind}/notifications/undo", {"done": done})


def _prove(place: Place) -> Prepared:
    owner = qualifications.registered("market" if place.kind == "agency" else "employer")
    qualifications.real_name(owner.person)
    sender = accounts.browser(User.objects.get(pk=owner.person), confirmed=True)
    return Prepared(f"/{place.kind}/qualification/handler_identity/prove", {"way": "card"}, sender)


_OF_BOTH: Mapping[str, Prepare] = {
    "applications/<uuid:application_id>/attachments/<uuid:attachment_id>": _attachment,
    "notifications/undo": _undo,
    "qualification/<slug:kind>/prove": _prove,
}
PREPARED: Mapping[str, Prepare] = {
    **{f"{kind}/{path}": prepare for kind in ("agency", "employer") for path, prepare in _OF_BOTH.items()},
    "employer/applications/<uuid:application_id>/resume.pdf": _resume_file,
}
