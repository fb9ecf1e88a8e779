"""kill -9 of the worker while it sends text messages to a slow gateway: each arrives, once; codes before notices (R1)."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Timer

import psycopg
import pytest
from django.db import connection, transaction

from jiuye.domains.accounts import actions
from jiuye.domains.accounts.models import LoginCode
from jiuye.domains.accounts.states import CodePurpose
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.advisory_locks import AdvisoryLock
from jiuye.notifications.actions import Sms, notify
from jiuye.notifications.models import TextMessage
from jiuye.worker import process
from tests.factories import accounts, databases
from tests.factories.sandbox import TOKEN, Sandbox, running_sandbox

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
NOTICES, CODES = 6, 3
QUEUES = ["sms", "codes"]
PHONE = "13900000077"

# `moment`: where it dies by itself; without one it works until it is killed, or everything is done.
WORK = """
import os, signal, sys
import django
django.setup()
from procrastinate import App
from jiuye.domains.accounts import tasks as codes
from jiuye.notifications import tasks
from jiuye.ports import sms
from jiuye.worker import process

moment, waits = sys.argv[1], sys.argv[2] == "waits"

def die(*arguments, **named):
    os.kill(os.getpid(), signal.SIGKILL)

if moment == "sent and not noted":
    sender = sms.get()
    honest = sender.send
    sender.send = lambda message: (honest(message), die())
if moment == "before it is sent":
    sms.get().send = die
process.request_index = process.request_comparison = lambda **named: None
process.pools = lambda concurrency: (process.Pool(("sms", "codes"), concurrency),)
go_on = App.run_worker_async
App.run_worker_async = lambda self, **options: go_on(self, **{**options, "wait": waits})
process.run(concurrency=2)
"""


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    with running_sandbox(tmp_path / "sandbox") as running:
        yield running


def start(sandbox: Sandbox, folder: Path, moment: str = "never", *, waits: bool = False) -> "subprocess.Popen[bytes]":
    """Start a worker of text messages."""
    environment = os.environ | {
        "DATABASE_URL": databases.address(str(connection.settings_dict["NAME"])),
        "DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "jiuye.config.settings",
        "SMS_URL": sandbox.sms_url,
        "SMS_TOKEN": TOKEN,
        "SMS_QUIET_HOURS": "off",
    }
    command = [sys.executable, "-c", WORK, moment, "waits" if waits else "ends"]
    return subprocess.Popen(command, env=environment)


def finish(sandbox: Sandbox, folder: Path) -> None:
    """Work until nothing is left, retries included."""
    until = time.monotonic() + 240
    while time.monotonic() < until:
        assert start(sandbox, folder).wait(timeout=90) == 0
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND queue_name = ANY(%s)",
                [QUEUES],
            )
            if cursor.fetchone()[0] == 0:
                return
        time.sleep(1)
    raise AssertionError("jobs are left")


def ask_for_all() -> set[str]:
    """Queue notices, then codes. Return the ids under which the gateway knows them."""
    person = accounts.person("林小满", PHONE)
    for number in range(NOTICES):
        notify(
            Actor.system(), user_ids=[], kind="feedback.answered", title="x", dedupe_key=f"{number}",
            sms=Sms("feedback.answered", {"title": f"第 {number} 号"}, f"{number}", [person.pk]),
        )  # fmt: skip
    for number in range(CODES):
        with clock.frozen(clock.now() + timedelta(seconds=number)):
            actions.request_code(
                Actor.anonymous(f"10.0.{number}.1"), phone=PHONE, purpose=CodePurpose.LOGIN,
                binding=actions.binding_of(f"{number}"),
            )  # fmt: skip
    rows = [*TextMessage.objects.values_list("id", flat=True), *LoginCode.objects.values_list("id", flat=True)]
    return {str(one) for one in rows}


def arrived(sandbox: Sandbox) -> list[str]:
    return [one["message_id"] for one in sandbox.messages(PHONE)]


def test_killed_while_it_sends_each_message_arrives_once(sandbox: Sandbox, own_files: Path) -> None:
    expected = ask_for_all()
    sandbox.press(slow=0.4)
    for number in range(2):
        before = len(arrived(sandbox))
        worker = start(sandbox, own_files.parent, waits=True)
        until = time.monotonic() + 60
        while len(arrived(sandbox)) == before and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(0.15 * number)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        assert len(arrived(sandbox)) > before, "it sent something before it was killed"
    assert len(arrived(sandbox)) < len(expected)

    sandbox.press(slow=0)
    finish(sandbox, own_files.parent)
    assert sorted(arrived(sandbox)) == sorted(expected)
    assert not TextMessage.objects.filter(sent_at=None).exists()


@pytest.mark.parametrize("moment", ["before it is sent", "sent and not noted"])
def test_killed_around_the_call_the_message_arrives_once(sandbox: Sandbox, own_files: Path, moment: str) -> None:
    expected = ask_for_all()
    assert start(sandbox, own_files.parent, moment).wait(timeout=90) == -signal.SIGKILL
    finish(sandbox, own_files.parent)
    assert sorted(arrived(sandbox)) == sorted(expected)


def test_codes_go_before_notices(sandbox: Sandbox, own_files: Path) -> None:
    ask_for_all()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT task_name FROM procrastinate_jobs ORDER BY priority DESC, id")
        order = [row[0] for row in cursor.fetchall()]
    assert order[:CODES] == [actions.SENDING_TASK] * CODES


def test_a_new_worker_takes_over_although_the_old_connection_ends_late() -> None:
    killed = psycopg.connect(databases.address(str(connection.settings_dict["NAME"])), autocommit=True)
    killed.execute("SELECT pg_advisory_lock(%s)", [AdvisoryLock.ONLY_WORKER])
    ends = Timer(0.5, killed.close)
    ends.start()
    try:
        assert process.take_over()
        assert killed.closed
    finally:
        ends.join()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [AdvisoryLock.ONLY_WORKER])
