"""What has served its purpose is forgotten on time, and not before (bar S14)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection

from jiuye.domains.accounts import actions
from jiuye.domains.accounts.models import LoginCode, Session, SignInRecord
from jiuye.domains.accounts.states import CodePurpose, SignInMethod
from jiuye.domains.jobs.models import BrowsingRecord
from jiuye.kernel import clock, rate_limits
from jiuye.kernel.actor import Actor
from jiuye.kernel.models import RateCounter
from jiuye.notifications.actions import Sms, notify
from jiuye.notifications.models import Notification, TextMessage
from jiuye.worker.tasks import sweep
from tests.factories.accounts import browser, seeker
from tests.factories.jobs import posting

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def swept_after(**passed: float) -> None:
    """Let time pass and the sweep run."""
    with clock.frozen(clock.now() + timedelta(**passed)):
        sweep(timestamp=0)


def ended_job(status: str) -> int:
    """The id of a job that has just ended so."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status) VALUES ('sms', 'send_login_code', %s) RETURNING id",
            [status],
        )
        (job_id,) = cursor.fetchone()
        if status != "todo":
            cursor.execute(
                "INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, %s, %s)", [job_id, status, clock.now()]
            )
    return int(job_id)


def has_job(job_id: int) -> bool:
    """Whether it is still there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE id = %s", [job_id])
        return bool(cursor.fetchone()[0])


def test_rate_counters_go_after_their_window() -> None:
    with clock.frozen(NOON):
        rate_limits.hit("login-code:192.0.2.1", limit=3, seconds=3600)
        swept_after(hours=1)
        assert RateCounter.objects.exists()
        swept_after(hours=2, seconds=1)
    assert not RateCounter.objects.exists()


def test_login_codes_go_after_thirty_days_used_or_not() -> None:
    for phone in ("13800000001", "13800000002"):
        actions.request_code(
            Actor.anonymous("192.0.2.1"),
            phone=phone,
            purpose=CodePurpose.LOGIN,
            binding=actions.binding_of("a browser"),
        )
    LoginCode.objects.filter(pk=LoginCode.objects.first().pk).update(used_at=clock.now())
    swept_after(days=29)
    assert LoginCode.objects.count() == 2
    swept_after(days=30, seconds=1)
    assert not LoginCode.objects.exists()


def test_sessions_go_when_they_have_ended() -> None:
    client = browser(seeker())
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    session = Session.objects.get(session_key=key)
    left = (session.expire_date - clock.now()).total_seconds()
    swept_after(seconds=left - 60)
    assert Session.objects.filter(session_key=key).exists()
    swept_after(seconds=left + 1)
    assert not Session.objects.filter(session_key=key).exists()


@pytest.mark.parametrize(("status", "days"), [("succeeded", 7), ("failed", 30), ("cancelled", 30)])
def test_jobs_go_some_time_after_they_ended(status: str, days: int) -> None:
    job = ended_job(status)
    swept_after(days=days - 1)
    assert has_job(job)
    swept_after(days=days + 1)
    assert not has_job(job)


def test_a_job_that_waits_is_kept_however_long() -> None:
    job = ended_job("todo")
    swept_after(days=400)
    assert has_job(job)


def test_what_was_looked_at_goes_after_half_a_year_without_another_look() -> None:
    lin, post = seeker(), posting()
    BrowsingRecord.objects.create(user=lin, posting=post, viewed_at=clock.now())
    BrowsingRecord.objects.create(user=seeker(), posting=post, viewed_at=clock.now() + timedelta(days=2))
    swept_after(days=179)
    assert BrowsingRecord.objects.count() == 2
    swept_after(days=180, seconds=1)
    assert not BrowsingRecord.objects.filter(user=lin).exists()
    assert BrowsingRecord.objects.count() == 1


def test_sign_ins_go_after_a_year_as_logs_must_be_kept_for_half_of_it() -> None:
    SignInRecord.objects.create(user=seeker(), method=SignInMethod.SMS_CODE, signed_in_at=clock.now())
    swept_after(days=364)
    assert SignInRecord.objects.count() == 1
    swept_after(days=365, seconds=60)
    assert not SignInRecord.objects.exists()


def told(key: str) -> Notification:
    """A message in somebody's centre, and the same by text message."""
    lin = seeker()
    notify(
        Actor.system(),
        user_ids=[lin.pk],
        kind="seeker.invite",
        title="面试",
        dedupe_key=key,
        sms=Sms("seeker.invite", {"title": "焊工", "agency": "蓉城职介", "interview_at": "明天"}, key, [lin.pk]),
    )
    return Notification.objects.get(user=lin)


def test_messages_go_after_two_years() -> None:
    told("a")
    swept_after(days=729)
    assert Notification.objects.exists()
    swept_after(days=731)
    assert not Notification.objects.exists()


def test_messages_that_their_reader_deleted_go_after_thirty_days() -> None:
    kept, deleted = told("a"), told("b")
    Notification.objects.filter(pk=deleted.pk).update(deleted_at=clock.now())
    swept_after(days=29)
    assert Notification.objects.count() == 2
    swept_after(days=31)
    assert list(Notification.objects.all()) == [kept]


def test_of_text_messages_only_the_words_go_after_half_a_year() -> None:
    told("a")
    swept_after(days=179)
    assert TextMessage.objects.exclude(params={}).count() == 1
    swept_after(days=181)
    assert list(TextMessage.objects.values_list("template", "params")) == [("seeker.invite", {})]


def test_however_much_has_run_out_it_goes_batch_by_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jiuye.kernel.retention.BATCH", 2)
    for key in "abcde":
        told(key)
    swept_after(days=181)
    assert not TextMessage.objects.exclude(params={}).exists()
    swept_after(days=731)
    assert not Notification.objects.exists()
