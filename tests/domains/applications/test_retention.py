"""Files that were removed from a resume are kept for those to whom they were sent, and no longer."""

import io
from datetime import timedelta
from uuid import UUID

import pytest

from jiuye.domains.accounts.models import Consent
from jiuye.domains.applications import actions
from jiuye.domains.resumes import actions as resumes
from jiuye.domains.resumes.models import Attachment
from jiuye.kernel import clock
from tests.factories.applications import in_state
from tests.factories.cast import Cast
from tests.factories.portraits import pdf

pytestmark = pytest.mark.usefixtures("own_files")
LATER = timedelta(hours=1)


@pytest.fixture
def file(cast: Cast) -> UUID:
    """A file in Lin's resume."""
    return resumes.add_attachment(cast.lin, file=io.BytesIO(pdf("焊工证.pdf")), name="焊工证.pdf")


def destroyed_after_removal(cast: Cast, file: UUID) -> int:
    resumes.remove_attachment(cast.lin, attachment_id=file)
    with clock.frozen(clock.now() + LATER):
        return actions.forget_removed_attachments()


@pytest.mark.parametrize("state", ["submitted", "interview_passed", "onboarded", "interview_failed"])
def test_a_removed_file_stays_while_an_application_that_carries_it_is_open_to_its_receivers(
    cast: Cast, file: UUID, state: str
) -> None:
    in_state(cast, state)
    assert destroyed_after_removal(cast, file) == 0
    assert Attachment.objects.filter(pk=file).exists()


@pytest.mark.parametrize("state", ["withdrawn", "rejected"])
def test_it_goes_once_no_receiver_may_open_it(cast: Cast, file: UUID, state: str) -> None:
    in_state(cast, state)
    assert destroyed_after_removal(cast, file) == 1
    assert not Attachment.objects.filter(pk=file).exists()


def test_it_goes_once_the_consent_was_withdrawn(cast: Cast, file: UUID) -> None:
    in_state(cast, "onboarded")
    Consent.objects.filter(user_id=cast.lin.person).update(withdrawn_at=clock.now())
    assert destroyed_after_removal(cast, file) == 1


def test_one_of_several_applications_is_enough_to_keep_it(cast: Cast, file: UUID) -> None:
    in_state(cast, "rejected")
    in_state(cast, "viewed")
    assert destroyed_after_removal(cast, file) == 0
