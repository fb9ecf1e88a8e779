"""Keys and cipher can be changed while the site runs; a rotation that was killed continues where it stopped (bar S12)."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from io import StringIO
from time import monotonic
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, ProgrammingError, connection, transaction
from django.test import Client
from pytest_django import Settings

from jiuye.domains.accounts.models import Session, User
from jiuye.domains.accounts.phones import phone_index
from jiuye.domains.applications.models import ResumeSnapshot
from jiuye.kernel import clock
from jiuye.kernel.crypto import rotation
from jiuye.kernel.crypto.columns import SealedTable
from jiuye.kernel.models import KeyRotation
from tests.factories import accounts
from tests.factories.applications import apply
from tests.factories.cast import Cast, assemble

BEFORE = {"k1": "11" * 32}
AFTER = {"k1": "11" * 32, "k2": "22" * 32}
PATIENCE = 60


@pytest.fixture(autouse=True)
def first_key(settings: Settings) -> None:
    """Everything a test creates is encrypted under the first key, until the test says otherwise."""
    settings.ENCRYPTION_KEYS = BEFORE


def people(number: int) -> list[User]:
    """Create that many people, ordered by their keys."""
    return User.objects.bulk_create(
        User(name=f"求职者{n}", phone=(phone := f"138{n:08d}"), phone_index=phone_index(phone), created_at=clock.now())
        for n in range(number)
    )


def sealed_under(prefix: str) -> int:
    """Return how many people have both name and phone encrypted under this key and algorithm."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM accounts_user WHERE starts_with(name, %s) AND starts_with(phone, %s)", [prefix] * 2
        )
        (count,) = cursor.fetchone()
    return int(count)


def said(command: str, **options: Any) -> str:
    """Return the output of a command."""
    out = StringIO()
    call_command(command, stdout=out, **options)
    return out.getvalue()


@contextmanager
def rotating(*arguments: str, keys: dict[str, str] = AFTER) -> Iterator["subprocess.Popen[bytes]"]:
    """Run the command in its own process, on this test's database; kill it at the end if it still runs."""
    database = connection.settings_dict
    url = f"postgresql://{database['USER']}@/{database['NAME']}?host={quote(str(database['HOST']), safe='')}"
    environment = os.environ | {
        "DATABASE_URL": f"{url}&port={database['PORT'] or 5432}",
        "ENCRYPTION_KEYS": json.dumps(keys),
        "DJANGO_SETTINGS_MODULE": "jiuye.config.settings",
    }
    process = subprocess.Popen([sys.executable, "-m", "django", "rotate_keys", *arguments], env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def until_somebody_waits_for_a_row() -> None:
    """Wait until another connection to this database waits for a lock."""
    by = monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while monotonic() < by:
            cursor.execute(
                "SELECT pg_stat_clear_snapshot(), pg_sleep(0.05)"
            )  # otherwise a transaction sees the same snapshot
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0]:
                return
    raise AssertionError("nobody came to wait")


def lock(user: User) -> None:
    """Lock a person's row until the transaction ends."""
    User.objects.select_for_update().get(pk=user.pk)


@pytest.mark.django_db
class TestRotating:
    def test_everything_is_encrypted_again_with_the_newest_key(self, settings: Settings) -> None:
        people(7)
        settings.ENCRYPTION_KEYS = AFTER
        assert "accounts_user: 7 " in said("rotate_keys", batch=3)
        assert sealed_under("k2:aes-256-gcm:") == 7
        settings.ENCRYPTION_KEYS = {"k2": AFTER["k2"]}
        assert [user.name for user in User.objects.order_by("pk")] == [f"求职者{n}" for n in range(7)]

    def test_or_under_another_cipher_and_back(self, settings: Settings) -> None:
        people(3)
        settings.CIPHER = "sm4-gcm"
        said("rotate_keys")
        assert sealed_under("k1:sm4-gcm:") == 3
        settings.CIPHER = "aes-256-gcm"
        said("rotate_keys")
        assert sealed_under("k1:aes-256-gcm:") == 3

    def test_a_second_run_changes_nothing(self, settings: Settings) -> None:
        people(3)
        settings.ENCRYPTION_KEYS = AFTER
        said("rotate_keys")
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, phone FROM accounts_user ORDER BY id")
            once = cursor.fetchall()
            assert "accounts_user: 0 " in said("rotate_keys")
            cursor.execute("SELECT name, phone FROM accounts_user ORDER BY id")
            assert cursor.fetchall() == once

    def test_empty_columns_stay_empty(self, settings: Settings) -> None:
        accounts.person("")
        settings.ENCRYPTION_KEYS = AFTER
        said("rotate_keys")
        assert User.objects.get().name == ""

    def test_the_check_fails_while_something_is_old_and_changes_nothing(self, settings: Settings) -> None:
        people(3)
        settings.ENCRYPTION_KEYS = AFTER
        with pytest.raises(CommandError, match="accounts_user 3"):
            said("rotate_keys", check=True)
        assert sealed_under("k1:") == 3
        said("rotate_keys")
        assert "k2:aes-256-gcm" in said("rotate_keys", check=True)

    def test_the_check_fails_while_a_session_or_a_waiting_job_needs_an_older_key(self, settings: Settings) -> None:
        browser = Client()
        browser.get("/login")
        browser.post("/login", {"phone": "13800000001"})
        settings.ENCRYPTION_KEYS = AFTER
        assert "sessions 1，jobs 1" in said("rotate_keys")
        with pytest.raises(CommandError, match="sessions 1，jobs 1"):
            said("rotate_keys", check=True)
        Session.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded'")
        assert "k2:aes-256-gcm" in said("rotate_keys", check=True)

    def test_what_was_written_by_a_process_with_the_old_settings_is_found_by_the_next_run(
        self, settings: Settings
    ) -> None:
        settings.ENCRYPTION_KEYS = AFTER
        said("rotate_keys")
        settings.ENCRYPTION_KEYS = BEFORE
        accounts.person("迟到的人")
        settings.ENCRYPTION_KEYS = AFTER
        assert "accounts_user: 1 " in said("rotate_keys")

    def test_a_row_that_does_not_decrypt_is_named_and_the_others_are_encrypted_again(
        self, settings: Settings, capsys: pytest.CaptureFixture[str]
    ) -> None:
        lost, *_ = people(4)
        settings.ENCRYPTION_KEYS = {"k0": "00" * 32}
        User.objects.filter(pk=lost.pk).update(name="封在丢失的密钥下")
        settings.ENCRYPTION_KEYS = AFTER
        with pytest.raises(CommandError, match="accounts_user 1"):
            said("rotate_keys", batch=2)
        assert f"accounts_user {lost.pk}" in capsys.readouterr().err
        assert sealed_under("k2:") == 3


@pytest.mark.django_db
class TestResumesThatWereSent:
    @pytest.fixture
    def cast(self) -> Cast:
        return assemble()

    def test_get_a_new_envelope_around_the_same_text(self, cast: Cast, settings: Settings) -> None:
        apply(cast.lin, cast.posting)
        before = ResumeSnapshot.objects.get()
        settings.ENCRYPTION_KEYS = AFTER
        assert "applications_resumesnapshot: 1 " in said("rotate_keys")
        settings.ENCRYPTION_KEYS = {"k2": AFTER["k2"]}
        after = ResumeSnapshot.objects.get()
        assert (after.content, after.digest) == (before.content, before.digest)

    def test_are_not_changed_by_the_application_itself(self, cast: Cast, settings: Settings) -> None:
        apply(cast.lin, cast.posting)
        settings.ENCRYPTION_KEYS = AFTER
        with pytest.raises(ProgrammingError, match="does not change"), transaction.atomic():
            ResumeSnapshot.objects.update(content="{}")

    @pytest.mark.parametrize(
        ("change", "keys"),
        [({"content": "{}"}, BEFORE), ({"content": "{}", "digest": "0" * 64}, AFTER), ({"digest": "0" * 64}, AFTER)],
        ids=["another text under the same key", "text and digest", "digest"],
    )
    def test_give_way_to_a_new_envelope_only_even_in_a_rotation(
        self, cast: Cast, settings: Settings, change: dict[str, str], keys: dict[str, str]
    ) -> None:
        apply(cast.lin, cast.posting)
        settings.ENCRYPTION_KEYS = keys
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('jiuye.rotating', 'on', true)")
        with pytest.raises(ProgrammingError, match="does not change"), transaction.atomic():
            ResumeSnapshot.objects.update(**change)


@pytest.mark.django_db
class TestWhenTheDatabaseChoosesUs:
    """A deadlock ends one of the two transactions: the rotation's batch is rolled back and repeated."""

    def refusing(self, times: int, monkeypatch: pytest.MonkeyPatch, cause: type[psycopg.Error]) -> None:
        """Let that many batches fail with a database error."""
        left, real = [times], rotation._one_batch

        def batch(table: SealedTable, size: int) -> tuple[int, tuple[str, ...]] | None:
            if left[0]:
                left[0] -= 1
                raise OperationalError from cause()
            return real(table, size)

        monkeypatch.setattr(rotation, "_one_batch", batch)

    def test_a_deadlock_is_tried_again(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        people(3)
        settings.ENCRYPTION_KEYS = AFTER
        self.refusing(3, monkeypatch, psycopg.errors.DeadlockDetected)
        said("rotate_keys")
        assert sealed_under("k2:") == 3

    @pytest.mark.parametrize(
        ("times", "cause"), [(99, psycopg.errors.DeadlockDetected), (1, psycopg.errors.AdminShutdown)]
    )
    def test_not_for_ever_and_nothing_else_is(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch, times: int, cause: type[psycopg.Error]
    ) -> None:
        people(3)
        settings.ENCRYPTION_KEYS = AFTER
        self.refusing(times, monkeypatch, cause)
        with pytest.raises(OperationalError):
            said("rotate_keys")


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
class TestWhileOthersWork:
    def test_killed_half_way_it_goes_on_where_it_stopped(self, settings: Settings) -> None:
        crowd = people(40)
        with transaction.atomic():
            lock(crowd[25])
            with rotating("--batch", "10") as process:
                until_somebody_waits_for_a_row()
                process.kill()
                process.wait()
            assert sealed_under("k2:") == 20
        mark = KeyRotation.objects.get(table="accounts_user")
        assert (mark.position, mark.rewritten, mark.finished_at) == (str(crowd[19].pk), 20, None)
        with rotating("--batch", "10") as process:
            assert process.wait(PATIENCE) == 0
        mark.refresh_from_db()
        assert (sealed_under("k2:"), mark.rewritten) == (40, 40)
        assert mark.finished_at is not None
        settings.ENCRYPTION_KEYS = {"k2": AFTER["k2"]}
        assert {user.name for user in User.objects.all()} == {f"求职者{n}" for n in range(40)}

    def test_an_edit_made_meanwhile_is_kept(self, settings: Settings) -> None:
        """The rotation meets a row that is being edited: it waits, and encrypts what was written."""
        edited = people(6)[3]
        with ExitStack() as stack:
            with transaction.atomic():
                User.objects.filter(pk=edited.pk).update(name="改名了")
                process = stack.enter_context(rotating())
                until_somebody_waits_for_a_row()
            assert process.wait(PATIENCE) == 0
        settings.ENCRYPTION_KEYS = {"k2": AFTER["k2"]}
        assert User.objects.get(pk=edited.pk).name == "改名了"
        assert sealed_under("k2:") == 6


@pytest.mark.django_db
class TestBlindIndexes:
    NEW = "33" * 32

    def test_are_rebuilt_from_what_is_encrypted(self, settings: Settings) -> None:
        person = accounts.person("林小满", phone="13800009999")
        settings.BLIND_INDEX_KEY = self.NEW
        assert not User.objects.filter(phone_index=phone_index("13800009999")).exists()
        assert "accounts_user: 1 " in said("rotate_blind_index")
        assert User.objects.get(phone_index=phone_index("13800009999")).pk == person.pk

    def test_of_an_erased_person_stay_absent(self, settings: Settings) -> None:
        person = accounts.person("林小满")
        User.objects.filter(pk=person.pk).update(phone="", phone_index=None, erased_at=clock.now())
        settings.BLIND_INDEX_KEY = self.NEW
        assert "accounts_user: 0 " in said("rotate_blind_index")
        assert User.objects.get().phone_index is None

    def test_the_check_fails_while_one_is_stale(self, settings: Settings) -> None:
        people(3)
        assert "当前密钥" in said("rotate_blind_index", check=True)
        settings.BLIND_INDEX_KEY = self.NEW
        with pytest.raises(CommandError, match="accounts_user 3"):
            said("rotate_blind_index", check=True)

    def test_a_second_run_changes_nothing(self, settings: Settings) -> None:
        people(3)
        settings.BLIND_INDEX_KEY = self.NEW
        said("rotate_blind_index")
        assert "accounts_user: 0 " in said("rotate_blind_index")
