"""What an agency is told of whether the employer sees an application: the same as the employer's own list."""

import pytest

from jiuye.domains.accounts.models import Consent
from jiuye.domains.applications import queries
from jiuye.domains.applications.models import Application
from jiuye.domains.organisations.models import Affiliation, Employer
from jiuye.domains.resumes.actions.blocks import block
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from tests.factories.applications import in_state
from tests.factories.cast import Cast


def affiliated(cast: Cast, state: str = "approved") -> Employer:
    """The employer of the cast's posting with its certifications, and an affiliation in `state`."""
    employer = Employer.objects.get(pk=cast.posting.employer_id)
    employer.credit_code = employer.credit_code or "91510100MA6C9JKR0T"
    employer.is_certified = True
    employer.save()
    reason = "不再合作" if state == "refused" else ""
    moment = clock.now()
    Affiliation.objects.create(
        employer=employer, agency=cast.agency, state=state, reason=reason, requested_at=moment, decided_at=moment
    )
    return employer


def told(cast: Cast) -> queries.HandOn:
    found = queries.for_agency(cast.zhou, Application.objects.get().id).hand_on
    assert found
    return found


def listed(employer: Employer) -> bool:
    staff = Actor(employer.pk, employer.pk, "employer", "owner")
    return bool(queries.employer_applications(staff).page.items)


@pytest.mark.parametrize(
    ("state", "obstacle"),
    [
        ("approved", ""),
        ("requested", "affiliation_requested"),
        ("refused", "not_affiliated"),
        ("ended", "affiliation_ended"),
    ],
)
def test_it_follows_the_affiliation(cast: Cast, state: str, obstacle: str) -> None:
    employer = affiliated(cast, state)
    in_state(cast, "viewed")
    assert told(cast).obstacle == obstacle
    assert told(cast).is_seen == listed(employer)


@pytest.mark.parametrize(("column", "value"), [("is_certified", False), ("restriction", "suspended")])
def test_it_follows_the_employers_standing(cast: Cast, column: str, value: object) -> None:
    employer = affiliated(cast)
    in_state(cast, "viewed")
    Employer.objects.filter(pk=employer.pk).update(**{column: value})
    assert told(cast).obstacle == {"is_certified": "not_certified", "restriction": "restricted"}[column]
    assert not listed(employer)


def test_a_blocked_employer_sees_nothing(cast: Cast) -> None:
    employer = affiliated(cast)
    in_state(cast, "viewed")
    block(cast.lin, kind="employer", organisation_id=employer.id)
    assert told(cast).obstacle == "kept_from_employer"
    assert not listed(employer)


def test_nor_does_anybody_after_the_consent_was_withdrawn(cast: Cast) -> None:
    affiliated(cast)
    in_state(cast, "viewed")
    Consent.objects.update(withdrawn_at=clock.now())
    assert told(cast).obstacle == "consent_withdrawn"


def test_it_is_seen_from_when_both_the_affiliation_and_the_application_stand(cast: Cast) -> None:
    affiliated(cast)
    in_state(cast, "viewed")
    assert told(cast).seen_since == Application.objects.get().submitted_at


def test_the_seeker_is_not_told(cast: Cast) -> None:
    application = in_state(cast, "viewed")
    assert queries.my_application(cast.lin, application).hand_on is None
