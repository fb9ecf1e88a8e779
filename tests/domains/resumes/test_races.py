"""The same person on two phones at the same moment, on real connections."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from jiuye.domains.resumes import actions, queries
from jiuye.domains.resumes.models import Employment, Resume
from jiuye.domains.resumes.states import SectionKind
from jiuye.kernel.errors import Refused
from tests.factories import resumes as make
from tests.factories.accounts import actor, seeker

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*attempts: Callable[[], object]) -> None:
    """Run the attempts from one starting shot; a refusal is an answer too."""
    start = Barrier(len(attempts))

    def run(attempt: Callable[[], object]) -> None:
        try:
            start.wait()
            attempt()
        except Refused:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(len(attempts)) as pool:
        list(pool.map(run, attempts))


def test_the_first_save_made_twice_makes_one_resume_with_one_entry() -> None:
    lin = actor(seeker())
    at_once(*[lambda: actions.save_section(lin, entry=make.employment())] * 4)
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
        ]
    )
    view = queries.my_resume(lin)
    assert len(view.intentions) == most
    assert len({one.title for one in view.intentions}) == most
