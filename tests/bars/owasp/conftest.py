"""Two agencies with API clients: one that has something of everything, and one that has nothing."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from jiuye.domains.applications.models import ApplicationNote
from jiuye.domains.clients.queries import forget_callers
from jiuye.domains.fairs.models import FairParticipation, JobFair
from jiuye.domains.jobs.models import PostingWish
from jiuye.domains.organisations.actions import add_picture
from jiuye.kernel import clock
from tests.factories import clients, organisations, reference, reviews
from tests.factories.applications import in_state
from tests.factories.cast import assemble
from tests.factories.imports import csv_file, row, uploaded
from tests.factories.pictures import photo


@dataclass(frozen=True)
class Scene:
    """`theirs` owns everything that `ids` name, `ours` nothing."""

    theirs: clients.Caller
    ours: clients.Caller
    ids: dict[str, Any]


@pytest.fixture(scope="module")
def scene(module_transaction: None) -> Scene:
    """Both agencies, for all tests of a module."""
    forget_callers()
    cast = assemble()
    theirs = clients.caller(cast.agency)
    posting, moment = cast.posting, clock.now()
    posting.external_code = "A-17"
    posting.save()
    assert posting.employer_id
    application = in_state(cast, "submitted")
    note = ApplicationNote.objects.create(
        application_id=application, author=cast.people["qian"], text="下周一再联系。", written_at=moment
    )
    employer = organisations.employer(is_certified=True)
    organisations.qualify(employer)
    wish = PostingWish.objects.create(
        posting=posting, employer_id=posting.employer_id, text="请改工资", created_at=moment
    )
    ids = {
        "posting_id": posting.pk,
        "job_id": posting.pk,
        "external_id": "A-17",
        "application_id": application,
        "note_id": note.pk,
        "affiliation_id": organisations.affiliate(employer, cast.agency, "requested").pk,
        "wish_id": wish.pk,
        "review_id": reviews.review(cast.agency).pk,
        "batch_id": uploaded(cast.qian, csv_file([row()])),
        "picture_id": add_picture(cast.qian, file=photo(), name="大厅.jpg", caption="大厅"),
    }
    return Scene(theirs, clients.caller(), ids | _by_api(theirs))


def _by_api(theirs: clients.Caller) -> dict[str, Any]:
    """A fair with an employer, and an endpoint for webhooks."""
    reference.region(reference.WUHOU)
    starts_at = clock.now().replace(microsecond=0) + timedelta(days=30)
    fair = theirs.post(
        "/agency/fairs",
        {
            "title": "招聘会",
            "mode": "onsite",
            "region": reference.WUHOU,
            "starts_at": starts_at.isoformat(),
            "ends_at": (starts_at + timedelta(hours=6)).isoformat(),
            "place": "示范路1号",
        },
    ).json()
    participation = FairParticipation.objects.create(
        fair=JobFair.objects.get(pk=fair["id"]), employer=organisations.employer(named_by=theirs.agency)
    )
    endpoint = theirs.post("/agency/webhooks", {"url": "https://hr.example.com/hooks", "description": "试"}).json()
    return {
        "fair_id": fair["id"],
        "employer_id": participation.employer_id,
        "webhook_id": endpoint["endpoint"]["id"],
    }
