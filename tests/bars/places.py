"""The people and the things of `test_authorisation.py`: from the demonstration, completed where it has none.

`things_of` finds an organisation's own rows for the placeholders of a route.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.test import Client

from jiuye.domains.accounts.models import Channel, ChannelKey, Membership, RoleChange, User
from jiuye.domains.applications.models import Application, ApplicationNote, SentAttachment
from jiuye.domains.clients.actions import create_client, issue_credential
from jiuye.domains.clients.states import Mode, Scope
from jiuye.domains.fairs.models import FairParticipation, JobFair
from jiuye.domains.feedback.models import Feedback, FeedbackFile
from jiuye.domains.jobs.models import JobPosting, PostingWish
from jiuye.domains.organisations.actions import add_picture
from jiuye.domains.organisations.models import (
    Affiliation,
    Agency,
    Employer,
    MemberInvitation,
    MembershipRequest,
)
from jiuye.domains.policies.models import Policy, PolicyFile
from jiuye.domains.qualifications.models import Case, Material
from jiuye.domains.reports.models import Report
from jiuye.domains.reviews.models import ReviewReport, ShopReview
from jiuye.domains.sanctions.models import Appeal, Sanction
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.ids import new_id
from jiuye.notifications.models import Notification
from jiuye.webhooks.models import Message, Replay
from tests.bars.matrix import ROLES
from tests.factories import accounts, feedback, webhooks
from tests.factories.imports import csv_file, row, uploaded
from tests.factories.pictures import photo
from tests.factories.sanctions import sanction

Ids = dict[str, Any]


@dataclass
class Place:
    """One organisation with a member in every role, each with a browser in which they have proved who they are."""

    kind: str
    id: UUID
    people: dict[str, User] = field(default_factory=dict)
    browsers: dict[str, Client] = field(default_factory=dict)

    @property
    def owner(self) -> Actor:
        return Actor(self.people["owner"].pk, self.id, self.kind, "owner", is_confirmed=True)


def settled(kind: str, organisation_id: UUID) -> Place:
    """The organisation with its members, and new ones for the roles that nobody has."""
    place = Place(kind, organisation_id)
    for role in sorted(ROLES[kind], key=lambda one: one != "owner"):
        found = Membership.objects.filter(organisation_id=organisation_id, role=role, ended_at=None).first()
        user = found.user if found else accounts.member(organisation_id, kind, role, accounts.person(f"某{role}"))
        place.people[role] = user
        place.browsers[role] = accounts.browser(user, confirmed=True)
    return place


def placeholders(pattern: str) -> frozenset[str]:
    """The names in a route's pattern."""
    return frozenset(re.findall(r"<\w+:(\w+)>", pattern))


def things_of(place: Place, pattern: str, role: str) -> Ids:
    """The ids of the place's own things for the placeholders of a route; of the member in `role` where they are personal.

    Raises KeyError for placeholders that have no line in `THINGS`.
    """
    names = placeholders(pattern)
    if names == {"subject_id"}:
        return _reported_review() if "reviews" in pattern else _reported_posting()
    return THINGS[place.kind, names](place, role) if names else {}


def _first(model: type[Model], **of: Any) -> Any:
    return model._default_manager.filter(**of).order_by("pk")[0]


def _one(name: str, model: type[Model], **of: Any) -> Callable[[Place, str], Ids]:
    """The first row; a value `{place}` stands for the organisation's id."""

    def find(place: Place, role: str) -> Ids:
        given = {key: place.id if value == "{place}" else value for key, value in of.items()}
        return {name: _first(model, **given).pk}

    return find


def _person(place: Place, role: str) -> Ids:
    return {"person_id": place.people["recruiter"].pk}


def _notification(place: Place, role: str) -> Ids:
    row = Notification.objects.create(
        user=place.people[role],
        organisation_id=place.id,
        organisation_kind=place.kind,
        kind="staff.import_done",
        title="导入完成",
        link=f"/{place.kind}",
        dedupe_key=str(new_id()),
        created_at=clock.now(),
    )
    return {"notification_id": row.pk}


def _invitation(place: Place, role: str) -> Ids:
    sent = clock.now() - timedelta(hours=1)
    row = MemberInvitation.objects.create(
        organisation_id=place.id,
        organisation_kind=place.kind,
        phone="13811112222",
        phone_index=str(new_id()),
        role="viewer",
        invited_by=place.people["owner"],
        created_at=sent,
        sent_at=sent,
        expires_at=sent + timedelta(days=7),
    )
    return {"invitation_id": row.pk}


def _request(place: Place, role: str) -> Ids:
    row = MembershipRequest.objects.create(
        organisation_id=place.id,
        organisation_kind=place.kind,
        person=accounts.person("赵新人"),
        requested_at=clock.now(),
    )
    return {"request_id": row.pk}


def _api_client(place: Place, role: str) -> Ids:
    client_id = create_client(place.owner, name="人事系统", mode=Mode.LIVE, scopes=[Scope.JOBS_READ])
    credential = issue_credential(place.owner, client_id=client_id)
    return {"client_id": client_id, "credential_id": credential.credential_id, "kind": "key"}


def _webhook(place: Place, role: str) -> Ids:
    endpoint = webhooks.endpoint("https://example.com/hooks", agency=Agency.objects.get(pk=place.id))
    webhooks.happen(endpoint)
    replay = Replay.objects.create(
        endpoint=endpoint, since=clock.now(), until=clock.now(), only_failed=False, created_at=clock.now()
    )
    delivery = Message.objects.filter(endpoint=endpoint).latest("sequence")
    return {"endpoint_id": endpoint.id, "delivery_id": delivery.id, "replay_id": replay.id}


def _batch(place: Place, role: str) -> Ids:
    return {"batch_id": uploaded(place.owner, csv_file([row()]))}


def _picture(place: Place, role: str) -> Ids:
    return {"picture_id": add_picture(place.owner, file=photo(), name="大厅.jpg", caption="大厅")}


def _attachment(place: Place, role: str) -> Ids:
    own = {f"{place.kind}_id": place.id}
    row = SentAttachment.objects.filter(application__in=Application.objects.filter(**own)).order_by("pk").first()
    return {
        "application_id": row.application_id if row else _first(Application, **own).pk,
        "attachment_id": row.attachment_id if row else new_id(),
    }


def _note(place: Place, role: str) -> Ids:
    row = Application.objects.filter(agency_id=place.id, consent__withdrawn_at=None).order_by("pk").first()
    assert row
    note = ApplicationNote.objects.create(
        application=row, author=place.people[role], text="下周一再联系。", written_at=clock.now()
    )
    return {"application_id": row.pk, "note_id": note.pk}


def _fair_place(place: Place, role: str) -> Ids:
    row = _first(FairParticipation, fair__agency_id=place.id)
    return {"fair_id": row.fair_id, "employer_id": row.employer_id}


def _resume(place: Place, role: str) -> Ids:
    page = place.browsers["owner"].get("/agency/resumes").content.decode()
    found = re.search(r"/agency/resumes/([0-9a-f-]{36})", page)
    assert found, "the agency finds no resume"
    return {"resume_id": found[1]}


def _policy_file(place: Place, role: str) -> Ids:
    policy = _first(Policy)
    row = PolicyFile.objects.create(policy=policy, key="none", name="表.pdf", content_type="application/pdf", size=1)
    return {"policy_id": policy.pk, "file_id": row.pk}


def _feedback(place: Place, role: str) -> Ids:
    return {"feedback_id": _first(Feedback).pk}


def _feedback_file(place: Place, role: str) -> Ids:
    number = feedback.sent(files=[("图.png", BytesIO(feedback.picture()))]).number
    row = FeedbackFile.objects.get(feedback__number=number)
    return {"feedback_id": row.feedback_id, "file_id": row.pk}


def _reported_posting() -> Ids:
    return {"subject_id": _first(Report, state="open").posting_id}


def _reported_review() -> Ids:
    review = _first(ShopReview)
    ReviewReport.objects.create(
        review=review, reporter=accounts.seeker(), reason="insult", text="骂人", created_at=clock.now()
    )
    return {"subject_id": review.pk}


def _role_change(place: Place, role: str) -> Ids:
    return {"change_id": _first(RoleChange, organisation_id=place.id, state="pending").pk}


def _channel_key(place: Place, role: str) -> Ids:
    channel = _first(Channel)
    row = ChannelKey.objects.create(channel=channel, prefix="k", digest=str(new_id()), created_at=clock.now())
    return {"channel_id": channel.pk, "key_id": row.pk}


def _two_employers(place: Place, role: str) -> Ids:
    first, second = Employer.objects.filter(is_certified=False).order_by("pk")[:2]
    return {"employer_id": first.pk, "other_id": second.pk}


def _wish(place: Place, role: str) -> Ids:
    posting = _first(JobPosting, agency_id=place.id, state="published")
    about = {"posting": posting, "employer_id": posting.employer_id}
    row = PostingWish.objects.create(**about, text="请改工资", created_at=clock.now())
    return {"wish_id": row.pk}


def _sanction(place: Place, role: str) -> Ids:
    subject = Agency if place.kind == "agency" else Employer
    return {"sanction_id": sanction(subject.objects.get(pk=place.id), "remind").pk}


def _appeal(place: Place, role: str) -> Ids:
    row = _first(Appeal)
    return {"sanction_id": row.sanction_id, "appeal_id": row.pk}


def _material(place: Place, role: str) -> Ids:
    row = Material.objects.filter(item__case__organisation_id=place.id).order_by("pk").first()
    return {"material_id": row.pk if row else new_id()}


def _names(*names: str) -> frozenset[str]:
    return frozenset(names)


_OF_BOTH = {
    _names("person_id"): _person,
    _names("notification_id"): _notification,
    _names("invitation_id"): _invitation,
    _names("request_id"): _request,
    _names("token"): lambda place, role: {"token": "expired"},
    _names("kind"): lambda place, role: {"kind": "business_licence"},
    _names("material_id"): _material,
    _names("sanction_id"): _sanction,
    _names("sanction_id", "file_id"): lambda place, role: {**_sanction(place, role), "file_id": new_id()},
}
_OF_AGENCIES = {
    **_OF_BOTH,
    _names("client_id"): _api_client,
    _names("client_id", "kind"): _api_client,
    _names("client_id", "credential_id"): _api_client,
    _names("endpoint_id"): _webhook,
    _names("endpoint_id", "delivery_id"): _webhook,
    _names("endpoint_id", "replay_id"): _webhook,
    _names("posting_id"): _one("posting_id", JobPosting, agency_id="{place}", state="published"),
    _names("application_id"): _one("application_id", Application, agency_id="{place}"),
    _names("application_id", "attachment_id"): _attachment,
    _names("application_id", "note_id"): _note,
    _names("fair_id"): _one("fair_id", JobFair, agency_id="{place}", state="published"),
    _names("fair_id", "employer_id"): _fair_place,
    _names("affiliation_id"): _one("affiliation_id", Affiliation, agency_id="{place}"),
    _names("batch_id"): _batch,
    _names("wish_id"): _wish,
    _names("review_id"): _one("review_id", ShopReview, agency_id="{place}"),
    _names("resume_id"): _resume,
    _names("picture_id"): _picture,
    _names("agency_id", "picture_id"): lambda place, role: {"agency_id": place.id, **_picture(place, role)},
    _names("section"): lambda place, role: {"section": "team"},
}
_OF_EMPLOYERS = {
    **_OF_BOTH,
    _names("application_id"): _one("application_id", Application, employer_id="{place}"),
    _names("application_id", "attachment_id"): _attachment,
    _names("posting_id"): _one("posting_id", JobPosting, employer_id="{place}", state="published"),
    _names("affiliation_id"): _one("affiliation_id", Affiliation, employer_id="{place}"),
    _names("agency_id"): _one("agency_id", Agency, is_listed=True),
}
_OF_THE_PLATFORM = {
    _names("person_id"): lambda place, role: {"person_id": place.people["support"].pk},
    _names("change_id"): _role_change,
    _names("employer_id"): _one("employer_id", Employer),
    _names("employer_id", "other_id"): _two_employers,
    _names("kind", "subject_id"): lambda place, role: {"kind": "agency", "subject_id": _first(Agency).pk},
    _names("sanction_id"): _one("sanction_id", Sanction),
    _names("sanction_id", "appeal_id"): _appeal,
    _names("sanction_id", "file_id"): lambda place, role: {"sanction_id": _first(Sanction).pk, "file_id": new_id()},
    _names("case_id"): _one("case_id", Case),
    _names("case_id", "material_id"): lambda place, role: {"case_id": _first(Case).pk, "material_id": new_id()},
    _names("token"): lambda place, role: {"token": "expired"},
    _names("posting_id"): _one("posting_id", JobPosting, state="under_review"),
    _names("application_id"): _one("application_id", Application, state="onboarded"),
    _names("policy_id"): _one("policy_id", Policy, withdrawn_at=None),
    _names("policy_id", "file_id"): _policy_file,
    _names("feedback_id"): _feedback,
    _names("feedback_id", "file_id"): _feedback_file,
    _names("channel_id"): _one("channel_id", Channel),
    _names("channel_id", "key_id"): _channel_key,
}
THINGS: dict[tuple[str, frozenset[str]], Callable[[Place, str], Ids]] = {
    (kind, names): find
    for kind, table in (("agency", _OF_AGENCIES), ("employer", _OF_EMPLOYERS), ("platform", _OF_THE_PLATFORM))
    for names, find in table.items()
}
"""(kind of organisation, placeholders of a route) → how to find or make what they name."""
