"""The photo of a resume: re-encoded, cropped to 3:4, for its owner and those who opened the resume, and gone when taken away."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image
from pypdf import PdfReader
from pytest_django import DjangoCaptureOnCommitCallbacks

from jiuye.domains.accounts.models import User
from jiuye.domains.resumes import actions, queries
from jiuye.domains.resumes.models import Resume
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from tests.factories import applications
from tests.factories.accounts import browser, seeker
from tests.factories.cast import Cast, assemble
from tests.factories.portraits import picture, striped, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
HERE = "/me/resume/photo"


@pytest.fixture
def lin() -> User:
    return seeker()


@pytest.fixture
def client(lin: User) -> Client:
    return browser(lin)


def send(client: Client, content: bytes, **form: str) -> str:
    """Send a picture; the page that follows."""
    return client.post(HERE, {"photo": upload(content), "crop": "middle", **form}, follow=True).content.decode()


def kept(client: Client) -> Image.Image:
    answer = client.get(f"{HERE}.jpg")
    assert answer.headers["Content-Type"] == "image/jpeg"
    return Image.open(io.BytesIO(answer.content))


def files(folder: Path) -> list[Path]:
    return [one for one in folder.rglob("*") if one.is_file()]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("size", [(600, 800), (3000, 1000), (400, 3000), (150, 200)])
def test_becomes_a_jpeg_of_600_by_800(client: Client, kind: str, size: tuple[int, int]) -> None:
    assert "照片已保存" in send(client, picture(*size, kind=kind))
    assert (kept(client).format, kept(client).size) == ("JPEG", (600, 800))


@pytest.mark.parametrize(("crop", "channel"), [("start", 0), ("middle", 1), ("end", 2)])
def test_the_part_that_was_chosen_stays(client: Client, crop: str, channel: int) -> None:
    send(client, striped(), crop=crop)
    colour: Any = kept(client).getpixel((300, 400))
    assert colour[channel] == max(colour)
    assert sum(value > 60 for value in colour) == 1


def test_nothing_of_where_it_was_taken_is_left(client: Client) -> None:
    exif = Image.Exif()
    exif[0x010E] = "SECRETPLACE"
    exif.get_ifd(0x8825)[1] = "N"
    send(client, picture(exif=exif) + b"<script>SECRETPLACE</script>")
    content = client.get(f"{HERE}.jpg").content
    assert b"SECRETPLACE" not in content
    assert not Image.open(io.BytesIO(content)).getexif()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空的"),
        (b"<svg onload=alert(1)>", "只能上传"),
        (b"GIF89a" + bytes(40), "只能上传"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\xff\xd8\xff" + b"<html>" * 50, "打不开"),
        (picture(kind="PNG")[:600], "打不开"),
        (picture(8000, 5001, kind="PNG"), "尺寸太大"),
        (picture(100, 100), "太小"),
    ],
    ids=["empty", "svg", "gif", "pdf", "no-picture", "cut-off", "bomb", "tiny"],
)
def test_what_is_no_photo_is_refused_in_words_and_nothing_is_kept(
    client: Client, own_files: Path, content: bytes, said: str
) -> None:
    assert send(client, content).count(said) == 2
    assert client.get(f"{HERE}.jpg").status_code == 404
    assert files(own_files) == []


def test_without_a_file_the_page_asks_for_one(client: Client) -> None:
    answer = client.post(HERE, {"crop": "end"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("请先选择一张照片") == 2  # in the summary and at the field
    assert 'value="end" checked' in page


def test_a_new_one_replaces_the_one_before(
    client: Client, own_files: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    send(client, picture(colour="red"))
    with django_capture_on_commit_callbacks(execute=True):
        send(client, picture(colour="blue"))
    colour: Any = kept(client).getpixel((300, 400))
    assert colour[2] > 200
    assert len(files(own_files)) == 1


class TestTakenAway:
    def test_it_is_gone_at_once_and_twice_is_no_fault(self, client: Client) -> None:
        send(client, picture())
        for _ in range(2):
            assert "照片已删除" in client.post(f"{HERE}/remove", follow=True).content.decode()
        assert client.get(f"{HERE}.jpg").status_code == 404
        assert f"{HERE}.jpg" not in client.get("/me/resume/preview").content.decode()
        assert len(PdfReader(io.BytesIO(client.get("/me/resume.pdf").content)).pages[0].images) == 0

    def test_it_can_be_brought_back_for_ten_minutes(self, client: Client) -> None:
        send(client, picture())
        client.post(f"{HERE}/remove")
        with clock.frozen(clock.now() + timedelta(minutes=9)):
            assert "撤销删除" in client.get(HERE).content.decode()
            assert "照片已恢复" in client.post(f"{HERE}/restore", follow=True).content.decode()
        assert kept(client).size == (600, 800)

    def test_later_it_can_not(self, client: Client) -> None:
        send(client, picture())
        client.post(f"{HERE}/remove")
        with clock.frozen(clock.now() + timedelta(minutes=11)):
            assert "撤销删除" not in client.get(HERE).content.decode()
            assert "不能恢复" in client.post(f"{HERE}/restore", follow=True).content.decode()
        assert client.get(f"{HERE}.jpg").status_code == 404

    def test_then_it_leaves_the_storage_too(
        self,
        client: Client,
        lin: User,
        own_files: Path,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        send(client, picture())
        client.post(f"{HERE}/remove")
        assert actions.forget_removed_photos() == 0
        later = clock.now() + timedelta(minutes=11)
        with clock.frozen(later), django_capture_on_commit_callbacks(execute=True):
            assert actions.forget_removed_photos() == 1
        assert files(own_files) == []
        assert Resume.objects.get(user=lin).photo_key == ""


def test_no_photo_outlives_its_resume(
    client: Client, lin: User, own_files: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    send(client, picture())
    with django_capture_on_commit_callbacks(execute=True):
        Resume.objects.filter(user=lin).delete()
    assert files(own_files) == []


def test_its_place_cannot_be_guessed_and_is_never_shown(client: Client, lin: User) -> None:
    page = send(client, picture())
    key = queries.photo_key_of(lin.pk)
    assert default_storage.exists(key)
    assert str(lin.pk) not in key
    assert key not in page


def test_is_nobody_elses_and_never_cached(client: Client) -> None:
    send(client, picture())
    assert {"private", "no-store"} <= set(client.get(f"{HERE}.jpg").headers["Cache-Control"].split(", "))
    assert browser(seeker()).get(f"{HERE}.jpg").status_code == 404
    assert Client().get(f"{HERE}.jpg").status_code == 302


def test_the_preview_and_the_document_show_it(client: Client) -> None:
    assert len(PdfReader(io.BytesIO(client.get("/me/resume.pdf").content)).pages[0].images) == 0
    send(client, picture())
    assert f'src="{HERE}.jpg"' in client.get("/me/resume/preview").content.decode()
    assert len(PdfReader(io.BytesIO(client.get("/me/resume.pdf").content)).pages[0].images) == 1


class TestForTheAgency:
    @pytest.fixture
    def cast(self) -> Cast:
        cast = assemble()
        send(browser(cast.people["lin"]), picture())
        return cast

    @staticmethod
    def as_member(actor: Actor) -> Client:
        return browser(User.objects.get(pk=actor.person_id))

    @staticmethod
    def place(application: UUID) -> str:
        return f"/agency/applications/{application}/photo.jpg"

    def test_it_is_shown_to_staff_who_have_opened_the_resume(self, cast: Cast) -> None:
        application = applications.in_state(cast, "submitted")
        client = self.as_member(cast.zhou)
        assert client.get(self.place(application)).status_code == 404
        opened = client.post(f"/agency/applications/{application}/resume").content.decode()
        assert self.place(application) in opened
        assert client.get(self.place(application)).status_code == 200
        assert self.as_member(cast.shen).get(self.place(application)).status_code == 404
        assert self.as_member(cast.ma).get(self.place(application)).status_code == 404

    def test_it_is_gone_once_the_application_is_withdrawn_or_the_photo_taken_away(self, cast: Cast) -> None:
        application = applications.in_state(cast, "viewed")
        client, owner = self.as_member(cast.zhou), browser(cast.people["lin"])
        client.post(f"/agency/applications/{application}/resume")
        owner.post(f"{HERE}/remove")
        assert client.get(self.place(application)).status_code == 404
        send(owner, picture())
        assert client.get(self.place(application)).status_code == 200
        applications.STEPS["withdraw"](Actor(person_id=cast.people["lin"].pk), application)
        assert client.get(self.place(application)).status_code == 403  # the reason is said
