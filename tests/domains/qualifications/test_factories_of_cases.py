"""The cast of audits is as the rules make it."""

import pytest

from jiuye.domains.organisations.models import Qualification
from jiuye.domains.qualifications.models import Submission
from jiuye.domains.qualifications.requirements import REQUIREMENTS, Applicant
from tests.factories import qualifications

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


@pytest.mark.parametrize("applicant", REQUIREMENTS)
def test_each_kind_of_applicant_can_submit(applicant: Applicant) -> None:
    case = qualifications.submitted(applicant)
    assert (case.state, case.submissions) == ("submitted", 1)
    assert Qualification.objects.get(pk=case.qualification_id).state == "submitted"
    assert Submission.objects.filter(case=case, number=1).exists()
    assert case.items.filter(is_complete=False).count() == 0
