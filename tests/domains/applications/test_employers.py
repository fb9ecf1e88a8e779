"""An employer reads the applications to its own jobs for as long as their applicants let it."""

import pytest

from jiuye.domains.accounts.models import Consent
from jiuye.domains.applications import actions, queries
from jiuye.domains.applications.models import Application
from jiuye.domains.organisations.models import Affiliation
from jiuye.domains.resumes.actions.blocks import block
from jiuye.domains.resumes.models import ResumeAccess
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound, Refused
from tests.factories import organisations
from tests.factories.applications import in_state
from tests.factories.cast import Cast


@pytest.fixture
def employer(cast: Cast) -> Actor:
    """Somebody of the posting's employer, which works with the agency."""
    assert cast.posting.employer is not None
    organisations.affiliate(cast.posting.employer, cast.agency)
    return organisations.member(cast.posting.employer)


def looks() -> int:
    return ResumeAccess.objects.filter(organisation_name="蓉江精密机械有限公司").count()


def test_it_reads_the_resume_without_contacts_once_the_look_is_logged(cast: Cast, employer: Actor) -> None:
    application = in_state(cast, "viewed")
    actions.open_resume_for_employer(employer, application_id=application)
    resume = queries.resume_for_employer(employer, application)
    assert resume.name == "林小满"
    assert cast.people["lin"].phone not in str(resume)
    assert looks() == 1


@pytest.mark.parametrize("state", ["withdrawn", "interview_passed", "onboarded"])
def test_once_the_consent_was_withdrawn_the_resume_is_closed_in_every_state(
    cast: Cast, employer: Actor, state: str
) -> None:
    application = in_state(cast, state)
    consents = Consent.objects.filter(pk=Application.objects.get(pk=application).consent_id)
    consents.update(withdrawn_at=clock.now())
    with pytest.raises(NotFound):
        queries.resume_for_employer(employer, application)
    with pytest.raises(Refused) as refusal:
        actions.open_resume_for_employer(employer, application_id=application)
    assert refusal.value.code == "consent_withdrawn"
    assert looks() == 0


@pytest.mark.parametrize("state", ["requested", "refused", "withdrawn", "ended"])
def test_without_an_approved_affiliation_there_is_no_application(cast: Cast, employer: Actor, state: str) -> None:
    application = in_state(cast, "viewed")
    Affiliation.objects.update(state=state, reason="近期任务已满")
    assert queries.employer_applications(employer).page.items == []
    with pytest.raises(NotFound):
        queries.resume_for_employer(employer, application)


def test_for_an_employer_that_the_applicant_blocks_there_is_no_application(cast: Cast, employer: Actor) -> None:
    application = in_state(cast, "viewed")
    assert cast.posting.employer_id
    block(cast.lin, kind="employer", organisation_id=cast.posting.employer_id)
    assert queries.employer_applications(employer).page.items == []
    with pytest.raises(NotFound):
        queries.resume_for_employer(employer, application)
