"""Asking for a login code: what is stored, what is sent, how often it may be asked for."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from jiuye.domains.accounts.models import LoginCode, User
from jiuye.domains.accounts.phones import phone_index
from jiuye.kernel import clock
from jiuye.kernel.errors import Invalid, RateLimited
from jiuye.kernel.models import AuditEntry
from tests.domains.accounts.asking import PHONE, ask, code_of, job

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def test_a_code_has_six_digits_and_lives_five_minutes() -> None:
    with clock.frozen(MORNING):
        code_id = ask()

    stored = LoginCode.objects.get(pk=code_id)
    assert code_of(code_id).isdecimal()
    assert len(code_of(code_id)) == 6
    assert stored.expires_at == MORNING + timedelta(minutes=5)


def test_neither_code_nor_phone_is_in_plain_text_in_the_database() -> None:
    code_id = ask()
    code = code_of(code_id)

    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, ' ') FROM accounts_logincode t")
        stored = cursor.fetchone()[0]

    for table in (stored, str(job(code_id))):
        assert PHONE not in table
    assert code not in job(code_id).values()
    assert code not in LoginCode.objects.values_list("digest", flat=True)


def test_the_request_is_audited_without_the_phone() -> None:
    code_id = ask()

    entry = AuditEntry.objects.get(action="login_code.request")
    assert entry.subject_id == str(code_id)
    assert PHONE not in str(entry.detail)


def test_known_and_unknown_phones_are_treated_alike() -> None:
    User.objects.create(phone="13800000002", phone_index=phone_index("13800000002"), created_at=MORNING)

    known, unknown = ask("13800000002"), ask("13800000003")

    fields = ("purpose", "checks", "used_at", "delivery")
    rows = LoginCode.objects.in_bulk([known, unknown])
    assert [getattr(rows[known], name) for name in fields] == [getattr(rows[unknown], name) for name in fields]
    assert job(known).keys() == job(unknown).keys()


@pytest.mark.parametrize("written", ["138 0000 0001", "+86 138-0000-0001", "１３８０００００００１", "8613800000001"])
def test_a_number_may_be_written_in_any_usual_way(written: str) -> None:
    assert LoginCode.objects.get(pk=ask(written)).phone_index == phone_index(PHONE)


@pytest.mark.parametrize("written", ["", "10086", "02112345678", "+1 415 555 0100", "1380000000", "手机号"])
def test_what_is_no_mainland_mobile_is_refused_at_its_field(written: str) -> None:
    with pytest.raises(Invalid) as refusal:
        ask(written)

    assert refusal.value.fields.keys() == {"phone"}
    assert not LoginCode.objects.exists()


def test_a_browser_gets_one_code_a_minute() -> None:
    with clock.frozen(MORNING):
        ask()
    with clock.frozen(MORNING + timedelta(seconds=45)), pytest.raises(RateLimited) as refusal:
        ask(ip="198.51.100.1")
    with clock.frozen(MORNING + timedelta(seconds=60)):
        ask()

    assert refusal.value.retry_after == 15
    assert LoginCode.objects.count() == 2


def test_an_address_gets_twenty_codes_an_hour_for_whichever_phones() -> None:
    with clock.frozen(MORNING):
        for number in range(20):
            ask(f"138000001{number:02d}")
        with pytest.raises(RateLimited) as refusal:
            ask("13800000199")
        ask("13800000199", ip="192.0.2.2")
    with clock.frozen(MORNING + timedelta(hours=1)):
        ask("13800000120")

    assert 0 < refusal.value.retry_after <= 3600


def test_addresses_of_one_ipv6_household_count_as_one() -> None:
    with clock.frozen(MORNING):
        for number in range(20):
            ask(f"138000001{number:02d}", ip=f"2001:db8:0:1::{number:x}")
        with pytest.raises(RateLimited):
            ask("13800000199", ip="2001:db8:0:1:ffff::1")
        ask("13800000199", ip="2001:db8:0:2::1")


def test_a_refused_request_stores_and_queues_nothing() -> None:
    with clock.frozen(MORNING):
        ask()
        with pytest.raises(RateLimited):
            ask()

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'send_login_code'")
        assert cursor.fetchone()[0] == 1
    assert LoginCode.objects.count() == 1
