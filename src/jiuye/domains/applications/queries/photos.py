"""The photo in a resume that was sent."""

from uuid import UUID

from jiuye.domains.applications import policies
from jiuye.domains.applications.models import Application
from jiuye.domains.applications.queries.employers import own_applications
from jiuye.domains.resumes import queries as resumes
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound


def photo_for_agency(actor: Actor, application_id: UUID) -> bytes:
    """Return the applicant's current photo (JPEG) for a member of the agency who has opened the resume.

    Raises `NotFound` for everybody else and without a photo, `ConsentWithdrawn` after the applicant withdrew.
    """
    application = Application.objects.select_related("consent").filter(pk=application_id).first()
    if application is None or policies.party_of(actor, application) != "agency":
        raise NotFound
    policies.refuse_withdrawn(application)
    return _photo(actor, application)


def photo_for_employer(actor: Actor, application_id: UUID) -> bytes:
    """Return the same for a member of the employer who has opened the resume. Raises `NotFound`."""
    application = own_applications(actor).select_related("consent").filter(pk=application_id).first()
    if application is None:
        raise NotFound
    return _photo(actor, application)


def _photo(actor: Actor, application: Application) -> bytes:
    owner_id = application.applicant_id
    if policies.is_closed_to_receivers(application) or not resumes.has_looked(
        actor, owner_id=owner_id, application_id=application.id
    ):
        raise NotFound
    content = resumes.read_photo(resumes.photo_key_of(owner_id))
    if content is None:
        raise NotFound
    return content
