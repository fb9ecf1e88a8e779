"""The same item from two sides at one moment, on real connections."""

import pytest

from jiuye.domains.accounts.models import Consent
from jiuye.domains.resumes import actions as resumes
from jiuye.domains.resumes import queries
from jiuye.domains.verification import actions
from jiuye.domains.verification.models import VerificationCase
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Refused
from jiuye.kernel.models import EventRecord
from tests.factories import resumes as make
from tests.factories.accounts import actor, seeker
from tests.factories.races import at_once
from tests.factories.verification import answer, asked, item, real_name

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_requests_make_one_case() -> None:
    lin, one = seeker(), item()
    at_once(*[lambda: asked(lin, one)] * 4, refusal=Refused)
    assert (VerificationCase.objects.count(), Consent.objects.count()) == (1, 1)


def test_the_same_answer_by_two_ways_is_one_answer() -> None:
    case = asked(seeker())
    at_once(*[lambda: actions.record_answer(Actor.system(), answer=answer(case))] * 4, refusal=Refused)
    assert EventRecord.objects.filter(name="VerificationAnswered").count() == 1


def test_an_answer_never_outlives_an_edit_beside_it() -> None:
    user = seeker()
    make.whole_resume(user)
    real_name(user)
    lin = actor(user)
    subject = queries.my_resume(lin).employments[0].id
    resumes.request_checks(lin, subject_ids=[subject], has_consented=True)
    case = VerificationCase.objects.get()
    at_once(
        lambda: actions.record_answer(Actor.system(), answer=answer(case)),
        lambda: resumes.save_section(lin, entry=make.employment(employer_name="另一家公司"), section_id=subject),
        refusal=Refused,
    )
    case.refresh_from_db()
    assert queries.my_resume(lin).mark_of(subject) is None
    assert case.superseded_at is not None
    assert case.person == ""
