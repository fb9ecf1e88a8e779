"""The things of a person who looks for work, for the placeholders of the seekers' and the public routes."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model

from jiuye.alerts.models import SavedSearch
from jiuye.domains.accounts.models import Consent, Passkey, Session, User
from jiuye.domains.applications.models import Application, InvitationToApply
from jiuye.domains.fairs.models import JobFair
from jiuye.domains.feedback.models import Feedback, FeedbackFile
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations.models import (
    Agency,
    Employer,
    MembershipRequest,
    ShopPicture,
)
from jiuye.domains.policies.models import Policy
from jiuye.domains.resumes.models import Attachment, Education, OrganisationBlock, ResumeVersion
from jiuye.domains.reviews.models import ShopReview
from jiuye.kernel.ids import new_id
from jiuye.notifications.models import Notification
from jiuye.privacy.models import DataExport
from tests.bars import places
from tests.bars.places import Place
from tests.factories.sanctions import sanction

Ids = dict[str, Any]
_NAME = re.compile(r"<(?:\w+:)?(\w+)>")
_WORDS = {
    "code": "none",
    "token": "none",
    "tag": "jobs",
    "start": "0190f3a2-7b6e-7c3d-8a1b-000000000001",
    "name": "education_levels",
    "external_id": "A-17",
    "section": "team",
    "verb": "withdraw",
    "phone": "19911110000",
}


def names_in(pattern: str) -> frozenset[str]:
    """The names in a route's pattern."""
    return frozenset(_NAME.findall(pattern))


def things_of(user: User, pattern: str) -> Ids:
    """The ids of the person's own things, and of public ones, for the placeholders of a route.

    Raises KeyError for a placeholder without a line in `THINGS`.
    """
    names = names_in(pattern)
    if "files/" in pattern and "feedback/" in pattern:
        row = FeedbackFile.objects.filter(feedback__author=user).order_by("pk")[0]
        return {"number": row.feedback.number, "file_id": row.pk}
    if names == {"key"}:
        return {"key": "wish" if "start" in pattern else "0-basics" if "file" in pattern else "self"}
    if "block/" in pattern:
        return {"kind": "agency", "organisation_id": _latest(Agency).pk}
    if "section_kind" in pattern:
        own = Education.objects.filter(resume__user=user).order_by("pk")
        return {"kind": "education", "section_id": own[0].pk if own else new_id()}
    if {"agency_id", "picture_id"} == names:
        picture = ShopPicture.objects.select_related("shop").order_by("pk").first()
        return {
            "agency_id": picture.shop.agency_id if picture else _latest(Agency).pk,
            "picture_id": picture.pk if picture else new_id(),
        }
    return {name: THINGS[name](user) if name in THINGS else _WORDS[name] for name in names}


def things_of_program(place: Place, pattern: str) -> Ids:
    """The ids of an agency's things for the placeholders of an operation; of nothing for those that stand for none of them."""
    names = frozenset("endpoint_id" if name == "webhook_id" else name for name in names_in(pattern))
    found = places.THINGS.get((place.kind, names), lambda place, role: {})(place, "owner")
    found["webhook_id"] = found.get("endpoint_id", "")
    return {name: found.get(name) or _WORDS.get(name) or new_id() for name in names_in(pattern)}


def address(pattern: str, ids: Ids) -> str:
    """The path of a route with these ids."""
    return "/" + _NAME.sub(lambda found: str(ids[found[1]]), pattern)


def _latest(model: type[Model], **of: Any) -> Any:
    return model._default_manager.filter(**of).order_by("-pk")[0]


def _own(model: type[Model], owner: str) -> Callable[[User], Any]:
    def find(user: User) -> Any:
        row = model._default_manager.filter(**{owner: user}).order_by("pk").first()
        return row.pk if row else new_id()

    return find


def _public(model: type[Model], **of: Any) -> Callable[[User], Any]:
    return lambda user: _latest(model, **of).pk


THINGS: Mapping[str, Callable[[User], Any]] = {
    "agency_id": _public(Agency, is_listed=True),
    "application_id": _own(Application, "applicant"),
    "attachment_id": _own(Attachment, "resume__user"),
    "block_id": _own(OrganisationBlock, "user"),
    "consent_id": _own(Consent, "user"),
    "employer_id": _public(Employer),
    "export_id": _own(DataExport, "person"),
    "fair_id": _public(JobFair, state="published"),
    "file_id": lambda user: new_id(),
    "handle": lambda user: _latest(Session, person=user).handle,
    "invitation_id": _own(InvitationToApply, "user"),
    "notification_id": _own(Notification, "user"),
    "number": lambda user: _latest(Feedback, author=user).number,
    "passkey_id": _own(Passkey, "user"),
    "policy_id": _public(Policy, withdrawn_at=None),
    "posting_id": _public(JobPosting, state="published"),
    "qr_id": lambda user: new_id(),
    "request_id": _own(MembershipRequest, "person"),
    "review_id": _public(ShopReview),
    "sanction_id": lambda user: sanction(user, "remind").pk,
    "saved_search_id": _own(SavedSearch, "user"),
    "version_id": _own(ResumeVersion, "resume__user"),
}
