"""Files of people lie encrypted in the storage, each under a key of its own, and go with what names them."""

import os
from datetime import timedelta
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from jiuye.domains.organisations.models import Shop, ShopPicture
from jiuye.domains.resumes.models import Resume
from jiuye.kernel import clock, sealed_files
from jiuye.kernel.errors import Unavailable
from jiuye.kernel.models import SealedFile
from jiuye.kernel.sealed_files import files, upkeep
from tests.factories import accounts, organisations

CANARY = "司徒漱石的营业执照".encode()
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stored(own_files: Path) -> Path:
    """The storage's folder."""
    return own_files


def kept() -> str:
    """A saved file."""
    return sealed_files.save("materials", CANARY, "image/jpeg")


def resume_with(photo_key: str) -> Resume:
    """A resume that names this file as its photo."""
    moment = clock.now()
    return Resume.objects.create(user=accounts.seeker(), photo_key=photo_key, created_at=moment, updated_at=moment)


def made_old(path: Path) -> None:
    """Date a file to more than a day ago."""
    old = (clock.now() - upkeep.ORPHAN_AFTER - timedelta(minutes=1)).timestamp()
    os.utime(path, (old, old))


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

    def test_belongs_to_a_transaction(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(files, "connection", SimpleNamespace(in_atomic_block=False))
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
        assert upkeep.sweep() == 0
        for path in (stored / orphan, stored / key):
            made_old(path)
        assert upkeep.sweep() == 1
        assert not (stored / orphan).exists()
        assert sealed_files.read(key) == CANARY

    def test_a_storage_without_files_has_none(self) -> None:
        assert upkeep.sweep() == 0


class TestFilesFromBeforeEncryption:
    """They are read as they are, and encrypted while the site runs."""

    @pytest.fixture
    def resume(self, stored: Path) -> Resume:
        """A resume with a photo in clear."""
        (stored / "photos").mkdir(parents=True)
        (stored / "photos" / "old.jpg").write_bytes(CANARY)
        return resume_with("photos/old.jpg")

    def test_can_be_read_and_deleted(
        self, resume: Resume, stored: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        assert sealed_files.read(resume.photo_key) == CANARY
        with django_capture_on_commit_callbacks(execute=True):
            sealed_files.delete(resume.photo_key)
        assert not (stored / "photos" / "old.jpg").exists()

    def test_are_encrypted_once(
        self, resume: Resume, stored: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        for told in ("1", "0"):
            out = StringIO()
            with django_capture_on_commit_callbacks(execute=True):
                call_command("seal_files", stdout=out)
            assert f"已加密 {told} 个文件" in out.getvalue()
        resume.refresh_from_db()
        assert resume.photo_key.startswith("sealed/photos/")
        assert sealed_files.read(resume.photo_key) == CANARY
        assert [path.relative_to(stored).as_posix() for path in stored.rglob("*.jpg")] == [resume.photo_key]

    def test_are_encrypted_a_number_at_a_time(self, resume: Resume) -> None:
        assert upkeep.seal_clear_files(limit=0) == 0
        resume.refresh_from_db()
        assert resume.photo_key == "photos/old.jpg"

    def test_one_that_is_missing_keeps_nobody_waiting(self, resume: Resume, stored: Path) -> None:
        (stored / resume.photo_key).unlink()
        assert upkeep.seal_clear_files() == 0

    def test_one_that_no_row_names_any_more_is_swept(self, resume: Resume, stored: Path) -> None:
        left = stored / "photos" / "left.jpg"
        left.write_bytes(CANARY)
        for path in (left, stored / "photos" / "old.jpg"):
            made_old(path)
        assert upkeep.sweep() == 1
        assert not left.exists()
        assert sealed_files.read(resume.photo_key) == CANARY


def test_a_file_goes_with_its_row(
    stored: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    resume = resume_with(kept())
    with django_capture_on_commit_callbacks(execute=True):
        Resume.objects.all().delete()
    assert not SealedFile.objects.exists()
    assert not (stored / resume.photo_key).exists()


class TestPublicFiles:
    """They are stored as they are, and go with what names them like all others."""

    @pytest.fixture
    def picture(self, stored: Path) -> ShopPicture:
        shop = Shop.objects.get(agency=organisations.agency())
        key = default_storage.save("shops/one.jpg", ContentFile(CANARY))
        moment = clock.now()
        return ShopPicture.objects.create(shop=shop, key=key, caption="大厅", width=1, height=1, created_at=moment)

    def test_one_goes_with_what_its_row_hangs_on(
        self, picture: ShopPicture, stored: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            Shop.objects.filter(pk=picture.shop_id).delete()
        assert not (stored / picture.key).exists()

    @pytest.mark.parametrize("folder", ["shops", "policies"])
    def test_one_that_a_crash_left_is_swept(self, picture: ShopPicture, stored: Path, folder: str) -> None:
        left = stored / folder / "left.jpg"
        left.parent.mkdir(exist_ok=True)
        left.write_bytes(CANARY)
        made_old(left)
        made_old(stored / picture.key)
        assert upkeep.sweep() == 1
        assert not left.exists()
        assert (stored / picture.key).exists()


class Away(Exception):
    """As object storages raise: no OSError."""


class TestWhileTheStorageIsAway:
    @pytest.fixture
    def key(self, monkeypatch: pytest.MonkeyPatch) -> str:
        def fail(*given: object, **named: object) -> None:
            raise Away("https://storage.internal:9000 timed out")

        key = kept()
        away = SimpleNamespace(save=fail, open=fail, exists=fail, delete=fail)
        monkeypatch.setattr(files, "default_storage", away)
        return key

    def test_reading_and_saving_say_that_it_passes(self, key: str) -> None:
        for attempt in (lambda: sealed_files.read(key), lambda: files.exists(key), kept):
            with pytest.raises(Unavailable, match="文件服务暂时不可用") as refused:
                attempt()
            assert "internal" not in refused.value.message

    def test_what_was_not_saved_leaves_no_row(self, key: str) -> None:
        before = SealedFile.objects.count()
        with pytest.raises(Unavailable), transaction.atomic():
            kept()
        assert SealedFile.objects.count() == before

    def test_a_deletion_is_done_and_its_file_left_to_the_sweep(
        self, key: str, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            sealed_files.delete(key)
        assert not SealedFile.objects.filter(pk=key).exists()
