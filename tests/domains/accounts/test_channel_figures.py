"""How many people come through each channel, by days as people in China count them."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts import queries
from jiuye.domains.accounts.models import SignInRecord
from jiuye.kernel import audit, clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied
from tests.factories import accounts, channels, organisations

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)  # 10:00 in China
MIDNIGHT = datetime(2026, 3, 9, 16, 0, tzinfo=UTC)


def came(at: datetime, code: str = "app-pay", *, is_new: bool = False) -> None:
    SignInRecord.objects.create(
        user=accounts.person(), method="essc_app", channel_code=code, is_new_account=is_new, signed_in_at=at
    )


@pytest.fixture
def auditor() -> Actor:
    return organisations.operator("auditor")


def test_days_begin_at_midnight_in_china(auditor: Actor) -> None:
    made = channels.channel()
    came(NOW, is_new=True)
    came(MIDNIGHT)
    came(MIDNIGHT - timedelta(seconds=1))
    came(MIDNIGHT - timedelta(days=6))
    came(MIDNIGHT - timedelta(days=6, seconds=1), is_new=True)
    came(MIDNIGHT - timedelta(days=29))
    came(MIDNIGHT - timedelta(days=29, seconds=1), is_new=True)
    came(NOW, "app-bank")
    with clock.frozen(NOW):
        [row] = queries.channel_rows(auditor).items
        detail = queries.channel_detail(auditor, made.id)
    assert row.totals == detail.totals == queries.Totals(today=2, week=4, month=6, new_accounts=2, last_at=NOW)
    days = {one.day.isoformat(): (one.sign_ins, one.new_accounts) for one in detail.days if one.sign_ins}
    assert days == {
        "2026-02-09": (1, 0),
        "2026-03-03": (1, 1),
        "2026-03-04": (1, 0),
        "2026-03-09": (1, 0),
        "2026-03-10": (2, 1),
    }
    assert len(detail.days) == 30
    assert detail.days[-1].day.isoformat() == "2026-03-10"


def test_the_last_sign_in_is_told_however_long_ago(auditor: Actor) -> None:
    channels.channel()
    came(NOW - timedelta(days=200))
    with clock.frozen(NOW):
        assert queries.channel_rows(auditor).items[0].totals == queries.Totals(last_at=NOW - timedelta(days=200))


def test_refused_attempts_are_counted_from_the_audit_log(auditor: Actor) -> None:
    made = channels.channel()
    with clock.frozen(NOW):
        for code in ("app-pay", "app-pay", "app-bank"):
            audit.record(Actor.anonymous(), "account.sign_in_refused", code, reason="state")
        detail = queries.channel_detail(auditor, made.id)
    assert detail.refused == 2
    assert detail.days[-1].refused == 2


def test_queries_don_t_grow_with_channels(auditor: Actor, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(12):
        channels.channel(f"app-{number}")
        came(clock.now(), f"app-{number}")
    with django_assert_num_queries(2):
        assert len(queries.channel_rows(auditor).items) == 12


def test_the_list_is_narrowed_by_words_and_state(auditor: Actor) -> None:
    channels.channel("app-pay", name="示例付")
    channels.channel("app-bank", name="示例银行", is_enabled=False)

    def codes(**asked: str) -> list[str]:
        return [row.code for row in queries.channel_rows(auditor, **asked).items]

    assert codes() == ["app-bank", "app-pay"]
    assert codes(text="银行") == ["app-bank"]
    assert codes(text="PAY") == ["app-pay"]
    assert codes(state="enabled") == ["app-pay"]
    assert codes(state="disabled") == ["app-bank"]
    assert codes(text="100%_\x00") == []


def test_the_history_names_who_changed_what(auditor: Actor) -> None:
    admin = organisations.operator("security_admin")
    made = channels.channel()
    audit.record(admin, "channel.disable", made.id, reason="对方停服")
    [change] = queries.channel_detail(auditor, made.id).history
    assert (change.who, change.action, change.detail) == ("何经办", "channel.disable", {"reason": "对方停服"})


def test_only_operators_see_them() -> None:
    channels.channel()
    for stranger in (Actor.anonymous(), organisations.member(organisations.agency(), role="owner")):
        with pytest.raises(Denied):
            queries.channel_rows(stranger)
