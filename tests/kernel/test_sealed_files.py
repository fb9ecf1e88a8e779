"""Files of people lie encrypted in the storage, each under a key of its own, and go with what names them."""

import os
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings

from jiuye.kernel import sealed_files
from jiuye.kernel.models import SealedFile

CANARY = "司徒漱石的营业执照".encode()
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stored(own_files: Path) -> Path:
    """The storage's folder."""
    return own_files


def kept() -> str:
    """A saved file."""
    return sealed_files.save("materials", CANARY, "image/jpeg")


class TestWhatIsSaved:
    def test_comes_back_as_it_was(self) -> None:
        assert sealed_files.read(kept()) == CANARY

    def test_is_nowhere_in_clear(self, stored: Path) -> None:
        kept()
        with connection.cursor() as cursor:
            cursor.execute("SELECT data_key FROM kernel_sealed_file")
            ((envelope,),) = cursor.fetchall()
        assert envelope.startswith("dev:aes-256-gcm:")
        assert [CANARY in path.read_bytes() for path in stored.rglob("*") if path.is_file()] == [False]

    @pytest.mark.parametrize("content", [b"", b"x", os.urandom(3_000_000)], ids=["empty", "a byte", "three megabytes"])
    def test_may_have_any_size(self, content: bytes) -> None:
        assert sealed_files.read(sealed_files.save("materials", content, "application/pdf")) == content

    def test_is_encrypted_by_the_cipher_of_the_settings(self, settings: Settings) -> None:
        before = kept()
        settings.CIPHER = "sm4-gcm"
        assert sealed_files.read(after := kept()) == CANARY
        assert SealedFile.objects.get(pk=after).algorithm == "sm4-gcm"
        assert sealed_files.read(before) == CANARY

    def test_has_an_unguessable_name_in_its_folder(self) -> None:
        one, other = kept(), kept()
        assert one != other
        assert one.startswith("sealed/materials/")
        assert one.endswith(".jpg")

    def test_several_are_read_at_the_price_of_one_query(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        keys = [kept() for _ in range(3)]
        with django_assert_num_queries(1):
            assert list(sealed_files.read_many([*keys, "sealed/materials/none.jpg"])) == [(key, CANARY) for key in keys]

    def test_belongs_to_a_transaction(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sealed_files, "connection", SimpleNamespace(in_atomic_block=False))
        with pytest.raises(RuntimeError, match="in the transaction"):
            kept()


class TestAFileThatWasTouched:
    def test_does_not_open_in_the_place_of_another(self, stored: Path) -> None:
        one, other = kept(), sealed_files.save("materials", b"another", "image/jpeg")
        (stored / one).write_bytes((stored / other).read_bytes())
        with pytest.raises(sealed_files.FileGone):
            sealed_files.read(one)

    def test_nor_together_with_the_others_key(self, stored: Path) -> None:
        one, other = kept(), sealed_files.save("materials", b"another", "image/jpeg")
        (stored / one).write_bytes((stored / other).read_bytes())
        SealedFile.objects.filter(pk=one).update(data_key=SealedFile.objects.get(pk=other).data_key)
        with pytest.raises(sealed_files.FileGone):
            sealed_files.read(one)

    @pytest.mark.parametrize("place", [0, 8, 20, -1], ids=["format", "nonce", "content", "tag"])
    def test_does_not_open_after_a_bit_was_turned(self, place: int, stored: Path) -> None:
        path = stored / (key := kept())
        content = bytearray(path.read_bytes())
        content[place] ^= 1
        path.write_bytes(content)
        with pytest.raises(sealed_files.FileGone):
            sealed_files.read(key)

    def test_is_not_found_when_it_is_missing(self, stored: Path) -> None:
        (stored / (key := kept())).unlink()
        with pytest.raises(sealed_files.FileGone):
            sealed_files.read(key)


class TestRotation:
    def test_changes_the_key_of_a_file_and_not_the_file(self, settings: Settings, stored: Path) -> None:
        settings.ENCRYPTION_KEYS = {"k1": "11" * 32}
        before = (stored / (key := kept())).read_bytes()
        settings.ENCRYPTION_KEYS = {"k1": "11" * 32, "k2": "22" * 32}
        out = StringIO()
        call_command("rotate_keys", stdout=out)
        assert "kernel_sealed_file: 1 " in out.getvalue()
        settings.ENCRYPTION_KEYS = {"k2": "22" * 32}
        assert sealed_files.read(key) == CANARY
        assert (stored / key).read_bytes() == before


class TestDeletion:
    def test_takes_the_key_with_the_transaction_and_the_file_after_it(
        self, stored: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        key = kept()
        with django_capture_on_commit_callbacks(execute=True):
            sealed_files.delete(key)
            assert (stored / key).exists()
        assert not (stored / key).exists()
        with pytest.raises(sealed_files.FileGone):
            sealed_files.read(key)

    def test_can_be_repeated(self, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
        key = kept()
        for _ in range(2):
            with django_capture_on_commit_callbacks(execute=True):
                sealed_files.delete(key, "")

    def test_that_is_rolled_back_has_deleted_nothing(self) -> None:
        key = kept()
        with transaction.atomic():
            sealed_files.delete(key)
            transaction.set_rollback(True)
        assert sealed_files.read(key) == CANARY


class TestOrphans:
    """A file whose row was rolled back, or whose process was killed in between."""

    @pytest.fixture
    def orphan(self) -> str:
        with transaction.atomic():
            key = kept()
            transaction.set_rollback(True)
        return key

    def test_cannot_be_read(self, orphan: str, stored: Path) -> None:
        assert (stored / orphan).exists()
        with pytest.raises(sealed_files.FileGone):
            sealed_files.read(orphan)

    def test_are_deleted_after_a_day(self, orphan: str, stored: Path) -> None:
        key = kept()
        assert sealed_files.sweep() == 0
        old = datetime.now(UTC) - sealed_files.ORPHAN_AFTER - timedelta(minutes=1)
        for path in (stored / orphan, stored / key):
            os.utime(path, (old.timestamp(), old.timestamp()))
        assert sealed_files.sweep() == 1
        assert not (stored / orphan).exists()
        assert sealed_files.read(key) == CANARY

    def test_a_storage_without_files_has_none(self) -> None:
        assert sealed_files.sweep() == 0


def test_files_from_before_encryption_are_read_and_deleted(
    stored: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    (stored / "photos").mkdir(parents=True)
    (stored / "photos" / "old.jpg").write_bytes(CANARY)
    assert sealed_files.read("photos/old.jpg") == CANARY
    assert list(sealed_files.read_many(["photos/old.jpg"])) == [("photos/old.jpg", CANARY)]
    with django_capture_on_commit_callbacks(execute=True):
        sealed_files.delete("photos/old.jpg")
    assert not (stored / "photos" / "old.jpg").exists()
