"""The same person on two phones at the same time, on real connections."""

import pytest

from jiuye.domains.resumes import actions, queries
from jiuye.domains.resumes.models import Employment, Resume
from jiuye.domains.resumes.states import SectionKind
from jiuye.kernel.errors import Refused
from tests.factories import resumes as make
from tests.factories.accounts import actor, seeker
from tests.factories.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_first_save_made_twice_makes_one_resume_with_one_entry() -> None:
    lin = actor(seeker())
    at_once(*[lambda: actions.save_section(lin, entry=make.employment())] * 4, refusal=Refused)
    assert (Resume.objects.count(), Employment.objects.count()) == (1, 1)


def test_a_section_is_not_overfilled_from_two_sides() -> None:
    lin = actor(seeker())
    most = queries.MOST_ENTRIES[SectionKind.INTENTION]
    for number in range(most - 1):
        actions.save_section(lin, entry=make.intention(title=f"焊工{number}"))
    at_once(
        *[
            lambda name=name: actions.save_section(lin, entry=make.intention(title=name))
            for name in ("钳工", "车工", "铣工")
        ],
        refusal=Refused,
    )
    view = queries.my_resume(lin)
    assert len(view.intentions) == most
    assert len({one.title for one in view.intentions}) == most
