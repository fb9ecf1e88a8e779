"""Materials are erased on schedule, and a registration that is never submitted frees its code."""

from datetime import timedelta

import pytest

from jiuye.domains.accounts.models import Membership
from jiuye.domains.organisations.models import Agency, Employer, Qualification
from jiuye.domains.qualifications import actions
from jiuye.domains.qualifications.models import Case, Item, Material
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.models import SealedFile
from tests.factories import organisations, qualifications

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


def days(count: int) -> timedelta:
    return timedelta(days=count)


def test_a_picture_of_the_handler_is_erased_a_month_after_the_decision_and_the_rest_stays() -> None:
    case = qualifications.approved()
    portrait = qualifications.material(Item.objects.get(case=case, kind="handler_identity"))
    with clock.frozen(clock.now() + days(29)):
        assert actions.erase_due(Actor.system()) == 0
    with clock.frozen(clock.now() + days(31)):
        assert actions.erase_due(Actor.system()) == 1
        assert actions.erase_due(Actor.system()) == 0
    portrait.refresh_from_db()
    assert (portrait.key, portrait.page_keys, portrait.findings) == ("", [], "")
    assert portrait.erased_at is not None
    kept = Material.objects.exclude(pk=portrait.pk)
    assert kept.count() == SealedFile.objects.count() / 2 == 3


def test_other_materials_are_erased_a_month_after_another_case_took_their_place() -> None:
    first = qualifications.approved(expires_on=clock.today() + days(20))
    owner = qualifications.owner_of(first)
    actions.open_renewal(owner)
    renewal = Case.objects.get(purpose="renewal")
    with clock.frozen(clock.now() + days(1)):
        Case.objects.filter(pk=renewal.pk).update(state="approved", decided_at=clock.now())
    with clock.frozen(clock.now() + days(30)):
        assert actions.erase_due(Actor.system()) == 0
    with clock.frozen(clock.now() + days(32)):
        assert actions.erase_due(Actor.system()) == 3


def test_a_case_that_is_left_unfinished_loses_its_files_after_three_months() -> None:
    case = qualifications.returned()
    with clock.frozen(clock.now() + days(89)):
        assert actions.erase_due(Actor.system()) == 0
    with clock.frozen(clock.now() + days(91)):
        assert actions.erase_due(Actor.system()) == 3
    assert SealedFile.objects.count() == 0
    assert set(Material.objects.filter(item__case=case).values_list("state", flat=True)) == {"refused"}


class TestAbandonedRegistrations:
    def test_a_draft_that_is_never_submitted_frees_its_code_after_thirty_days(self) -> None:
        owner = qualifications.registered()
        code = Agency.objects.get(pk=owner.organisation_id).credit_code
        qualifications.material(Item.objects.filter(case=qualifications.case_of(owner))[0])
        with clock.frozen(clock.now() + days(29)):
            assert actions.release_abandoned(Actor.system()) == 0
        with clock.frozen(clock.now() + days(31)):
            assert actions.release_abandoned(Actor.system()) == 1
            assert not Agency.objects.filter(credit_code=code).exists()
            assert not Membership.objects.filter(organisation_id=owner.organisation_id, ended_at=None).exists()
            assert SealedFile.objects.count() == 0
            qualifications.registered(credit_code=code)

    def test_what_agencies_named_stays(self) -> None:
        named = organisations.employer(named_by=organisations.agency())
        qualifications.registered("employer", credit_code=named.credit_code or "")
        with clock.frozen(clock.now() + days(31)):
            actions.release_abandoned(Actor.system())
        named.refresh_from_db()
        assert named.registered_at is None
        assert Employer.objects.count() == 1

    def test_what_was_submitted_or_decided_once_is_kept(self) -> None:
        case = qualifications.submitted()
        actions.withdraw(qualifications.owner_of(case))
        with clock.frozen(clock.now() + days(100)):
            assert actions.release_abandoned(Actor.system()) == 0
        assert Qualification.objects.filter(pk=case.qualification_id).exists()
