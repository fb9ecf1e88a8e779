"""What an agency sees of checks: the result beside the item it is about, never what the records say."""

import pytest
from django.test import Client

from jiuye.domains.accounts.models import User
from jiuye.domains.resumes import actions as resumes
from jiuye.domains.resumes import queries
from jiuye.domains.verification import actions as verification
from jiuye.domains.verification.models import VerificationCase
from jiuye.kernel.actor import Actor
from tests.factories import applications
from tests.factories.accounts import browser
from tests.factories.cast import Cast, assemble
from tests.factories.verification import answer, real_name

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def check(cast: Cast, outcome: str, *differences: tuple[str, str, str]) -> None:
    """Lin's job is checked."""
    real_name(cast.people["lin"])
    subject = queries.my_resume(cast.lin).employments[0].id
    resumes.request_checks(cast.lin, subject_ids=[subject], has_consented=True)
    verification.record_answer(Actor.system(), answer=answer(VerificationCase.objects.get(), outcome, *differences))


def opened(cast: Cast) -> str:
    application = applications.in_state(cast, "viewed")
    client: Client = browser(User.objects.get(pk=cast.zhou.person_id))
    return client.post(f"/agency/applications/{application}/resume").content.decode()


def test_the_result_stands_beside_the_item_with_source_and_date(cast: Cast) -> None:
    check(cast, "verified")
    page = opened(cast)
    assert "已核验" in page
    assert "社会保险参保记录" in page
    assert page.count("未核验") == 2  # school and certificate


def test_of_a_mismatch_only_that_it_is_one(cast: Cast) -> None:
    check(cast, "mismatched", ("employer", "蓉江机械制造有限公司", "锦江铸造厂"))
    page = opened(cast)
    assert "信息不一致" in page
    assert "锦江铸造厂" not in page
