"""The resume that other tests begin with is what its owner would have written."""

from typing import Any

import pytest
from django.db import models

from jiuye.domains.accounts.models import User
from jiuye.domains.resumes import actions
from jiuye.domains.resumes.models import Resume
from jiuye.domains.resumes.queries.rows import MODELS
from jiuye.kernel.models import AuditEntry, EventRecord
from tests.factories import reference, resumes
from tests.factories.accounts import actor, person, seeker

pytestmark = pytest.mark.django_db
OF_EACH = {"id", "user", "resume", "created_at", "updated_at"}


def values(row: models.Model) -> dict[str, Any]:
    """A row without what tells it from another person's."""
    return {field.name: getattr(row, field.attname) for field in row._meta.fields if field.name not in OF_EACH}


def written(user: User) -> list[object]:
    """All that the resume of somebody left in the database."""
    resume = Resume.objects.get(user=user)
    sections = [values(row) for model in MODELS.values() for row in model._default_manager.filter(resume=resume)]
    audited = AuditEntry.objects.filter(subject_id=str(resume.pk)).order_by("id")
    told = EventRecord.objects.filter(payload__resume_id=str(resume.pk)).order_by("id")
    return [
        values(resume),
        sections,
        [(entry.action, entry.detail, entry.actor_person_id == user.pk) for entry in audited],
        [(event.name, sorted(event.payload), event.actor_person_id == user.pk) for event in told],
        User.objects.get(pk=user.pk).name,
    ]


def write(user: User) -> None:
    """The same, typed section by section."""
    reference.region(reference.WUHOU)
    me = actor(user)
    actions.save_basics(me, basics=resumes.basics(region=reference.WUHOU, education="40"))
    actions.save_self_description(me, text="踏实肯干，能上夜班。")
    for entry in (
        resumes.intention(region=reference.CHENGDU),
        resumes.employment(),
        resumes.education(),
        resumes.project(),
        resumes.skill(),
        resumes.certificate(),
    ):
        actions.save_section(me, entry=entry)


@pytest.mark.parametrize("somebody", [seeker, person], ids=["named", "nameless"])
def test_the_rows_are_those_of_the_actions(somebody: Any) -> None:
    by_hand, at_once = somebody(), somebody()
    write(by_hand)
    resumes.whole_resume(at_once)
    assert written(at_once) == written(by_hand)
