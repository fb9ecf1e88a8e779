"""Consents: who received what, and withdrawal."""

import pytest

from jiuye.domains.accounts.models import Consent
from jiuye.domains.applications import actions as applying
from jiuye.domains.applications import queries as applications_of
from jiuye.domains.applications.models import Application
from jiuye.domains.verification.models import VerificationCase
from jiuye.kernel.errors import NotFound, Refused
from jiuye.kernel.models import AuditEntry
from jiuye.privacy.consents import ConsentView, consents
from jiuye.privacy.withdrawal import withdraw_consent
from tests.factories import applications, verification
from tests.factories.cast import Cast, assemble

pytestmark = pytest.mark.django_db
OPEN_BUT_NOT_WITHDRAWABLE = ["interview_passed", "onboarding_notified", "onboarding_accepted"]
CLOSED = ["rejected", "onboarded", "interview_failed"]


@pytest.fixture
def cast() -> Cast:
    return assemble()


def the_one(cast: Cast) -> ConsentView:
    """Return Lin's only consent as she sees it."""
    (view,) = consents(cast.lin).items
    return view


def test_a_disclosure_names_the_job_and_everybody_who_received_the_resume(cast: Cast) -> None:
    application = applications.apply(cast.lin, cast.posting)
    view = the_one(cast)
    assert cast.posting.title in view.about
    assert set(view.recipients) == {"蓉江人力资源有限公司", "蓉江精密机械有限公司"}
    assert view.application_id == application
    assert "这次投递会同时撤回" in view.effect


def test_taking_a_disclosure_back_withdraws_the_application(cast: Cast) -> None:
    application = applications.in_state(cast, "interview_accepted")
    withdraw_consent(cast.lin, consent_id=the_one(cast).id, ends_application=True)
    assert Application.objects.get(pk=application).state == "withdrawn"
    assert the_one(cast).withdrawn_at is not None


def test_it_is_refused_to_whom_it_was_not_said_that_the_application_ends(cast: Cast) -> None:
    application = applications.apply(cast.lin, cast.posting)
    with pytest.raises(Refused):
        withdraw_consent(cast.lin, consent_id=the_one(cast).id)
    assert Application.objects.get(pk=application).state == "submitted"
    assert the_one(cast).withdrawn_at is None


@pytest.mark.parametrize("state", [*OPEN_BUT_NOT_WITHDRAWABLE, *CLOSED])
def test_where_an_application_cannot_be_withdrawn_the_resume_is_closed_all_the_same(cast: Cast, state: str) -> None:
    application = applications.in_state(cast, state)
    assert "不能再打开您的简历" in the_one(cast).effect
    withdraw_consent(cast.lin, consent_id=the_one(cast).id)
    assert Application.objects.get(pk=application).state == state
    with pytest.raises(Refused):
        applying.open_resume(cast.zhou, application_id=application)
    with pytest.raises(Refused, match="撤回"):
        applications_of.resume_for_agency(cast.zhou, application)


def test_the_applicant_still_reads_what_was_sent(cast: Cast) -> None:
    application = applications.in_state(cast, "rejected")
    withdraw_consent(cast.lin, consent_id=the_one(cast).id)
    assert applications_of.sent_resume(cast.lin, application).name == "林小满"


def test_taking_a_check_back_stops_it_and_hides_what_it_found(cast: Cast) -> None:
    case = verification.asked(cast.people["lin"])
    withdraw_consent(cast.lin, consent_id=case.consent_id)
    case = VerificationCase.objects.get(pk=case.pk)
    assert case.superseded_at is not None
    assert case.person == ""


def test_taking_it_back_twice_changes_nothing_more(cast: Cast) -> None:
    applications.apply(cast.lin, cast.posting)
    view = the_one(cast)
    withdraw_consent(cast.lin, consent_id=view.id, ends_application=True)
    first = the_one(cast).withdrawn_at
    withdraw_consent(cast.lin, consent_id=view.id, ends_application=True)
    assert the_one(cast).withdrawn_at == first
    assert AuditEntry.objects.filter(action="consent.withdraw", subject_id=str(view.id)).count() == 1


def test_nobody_takes_back_somebody_elses(cast: Cast) -> None:
    applications.apply(cast.lin, cast.posting)
    with pytest.raises(NotFound):
        withdraw_consent(cast.wu, consent_id=the_one(cast).id, ends_application=True)
    assert not Consent.objects.exclude(withdrawn_at=None).exists()
