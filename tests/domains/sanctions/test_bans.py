"""The ban list stops a unit by its credit code, and a person by account, phone and real name."""

import pytest

from jiuye.domains.accounts.models import RealName, User
from jiuye.domains.sanctions import queries
from jiuye.kernel import clock
from jiuye.kernel.crypto import blind_index
from tests.factories import accounts, organisations, sanctions

pytestmark = pytest.mark.django_db

ID_NUMBER = "11010519491231002X"


def real_name(user: User) -> None:
    RealName.objects.create(
        user=user,
        name=user.name,
        id_number=ID_NUMBER,
        id_number_index=blind_index(ID_NUMBER, "id-number"),
        source="card",
        verified_at=clock.now(),
    )


def test_a_listed_credit_code_is_found_with_reason_and_way_to_appeal() -> None:
    agency = organisations.agency()
    sanctions.ban_entry(sanctions.sanction(agency, "ban"), credit_code=agency.credit_code)
    found = queries.ban_on(credit_code=agency.credit_code)
    assert found is not None
    assert found.reason == sanctions.REASON
    assert agency.credit_code in found.message
    assert queries.HOW_TO_APPEAL in found.message
    assert queries.ban_on(credit_code=organisations.credit_code()) is None


def test_a_listed_person_is_found_by_account_and_nobody_else_is() -> None:
    listed, other = accounts.person(), accounts.person()
    sanctions.ban_entry(sanctions.sanction(listed, "ban"), person=listed)
    assert queries.ban_on(person_id=listed.pk) is not None
    assert queries.ban_on(person_id=other.pk) is None


def test_a_listed_person_is_found_by_phone_under_a_new_account() -> None:
    listed = accounts.person(phone="13800990099")
    entry = sanctions.ban_entry(sanctions.sanction(listed, "ban"), person=listed)
    User.objects.filter(pk=listed.pk).update(erased_at=clock.now(), phone_index=None, phone="")
    again = accounts.person(phone="13800990099")
    assert again.pk != entry.person_id
    assert queries.ban_on(person_id=again.pk) is not None


def test_a_listed_person_is_found_by_real_name_under_another_phone() -> None:
    listed = accounts.person("王甲")
    real_name(listed)
    sanctions.ban_entry(sanctions.sanction(listed, "ban"), person=listed)
    RealName.objects.all().delete()
    again = accounts.person("王甲")
    assert queries.ban_on(person_id=again.pk) is None
    real_name(again)
    assert queries.ban_on(person_id=again.pk) is not None


def test_an_ended_entry_stops_nobody() -> None:
    agency = organisations.agency()
    entry = sanctions.ban_entry(sanctions.sanction(agency, "ban"), credit_code=agency.credit_code)
    entry.ended_at = clock.now()
    entry.save()
    assert queries.ban_on(credit_code=agency.credit_code) is None


def test_without_a_code_or_a_person_there_is_nothing_to_find() -> None:
    sanctions.ban_entry(sanctions.sanction(organisations.agency(), "ban"))
    assert queries.ban_on() is None
