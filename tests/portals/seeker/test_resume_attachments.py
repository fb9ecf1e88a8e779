"""Attachments of the resume: cleaned, called as their owner likes, given back to nobody else, removed with a way back."""

import io
import re
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from jiuye.domains.accounts.models import User
from jiuye.domains.resumes import actions, queries
from jiuye.domains.resumes.models import Attachment, Resume
from jiuye.kernel import clock
from jiuye.kernel.errors import RateLimited
from jiuye.kernel.models import SealedFile
from tests.factories.accounts import actor, browser, seeker
from tests.factories.portraits import pdf, picture, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
HERE = "/me/resume/attachments"


@pytest.fixture
def lin() -> User:
    return seeker()


@pytest.fixture
def client(lin: User) -> Client:
    return browser(lin)


def send(client: Client, content: bytes, file: str = "作品集.pdf", **form: str) -> str:
    """Send a file; the page that follows."""
    return client.post(HERE, {"file": upload(content, file), **form}, follow=True).content.decode()


def stored(folder: Path) -> list[Path]:
    return [one for one in folder.rglob("*") if one.is_file()]


def only(user: User) -> Attachment:
    return Attachment.objects.get(resume__user=user, removed_at=None)


def place(attachment: Attachment, what: str = "") -> str:
    return f"{HERE}/{attachment.id}{what}"


class TestAdding:
    def test_a_file_is_kept_under_its_name_and_given_back_as_a_file(self, client: Client, lin: User) -> None:
        assert "附件已上传" in send(client, pdf())
        answer = client.get(place(only(lin)))
        assert answer.content == pdf()
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert {"private", "no-store"} <= set(answer.headers["Cache-Control"].split(", "))

    def test_it_may_be_called_something_else(self, client: Client) -> None:
        assert "焊工证.pdf" in send(client, pdf(), "scan_0001.pdf", name="焊工证")

    def test_a_picture_is_re_encoded(self, client: Client, lin: User) -> None:
        send(client, picture(kind="PNG") + b"SECRETPLACE", "证书.png")
        kept = only(lin)
        assert (kept.name, kept.content_type) == ("证书.jpg", "image/jpeg")
        assert b"SECRETPLACE" not in client.get(place(kept)).content

    def test_the_same_file_twice_is_one(self, client: Client, lin: User, own_files: Path) -> None:
        send(client, pdf(), "一.pdf")
        send(client, pdf(), "二.pdf")
        assert only(lin).name == "一.pdf"
        assert len(stored(own_files)) == 1

    def test_five_at_most(self, client: Client, lin: User, own_files: Path) -> None:
        for number in range(5):
            send(client, pdf(f"number {number}"))
        page = send(client, pdf("one more"))
        assert "最多放 5 个附件" in page
        assert Attachment.objects.count() == len(stored(own_files)) == 5
        assert "上传附件" not in client.get(HERE).content.decode()

    @pytest.mark.parametrize(
        ("content", "name", "said"),
        [
            (b"", "空.pdf", "空的"),
            (b"MZ\x90\x00", "作品集.pdf", "只能上传"),
            (b"PK\x03\x04", "简历.docx", "只能上传"),
            (b"<html>", "页.pdf", "只能上传"),
            (pdf()[:200], "坏.pdf", "打不开"),
            (pdf(script=True), "脚本.pdf", "脚本"),
        ],
        ids=["empty", "program", "docx", "html", "cut-off", "script"],
    )
    def test_what_is_not_taken_is_refused_at_the_field_and_in_the_summary(
        self, client: Client, own_files: Path, content: bytes, name: str, said: str
    ) -> None:
        assert send(client, content, name).count(said) == 2
        assert stored(own_files) == []

    @pytest.mark.parametrize("name", ["长" * 61, "a/b", "..", "<b>x</b>", "盘:符"])
    def test_a_bad_name_keeps_what_was_typed(self, client: Client, own_files: Path, name: str) -> None:
        answer = client.post(HERE, {"file": upload(pdf()), "name": name})
        assert answer.status_code == 422
        assert 'class="field-error"' in answer.content.decode()
        assert stored(own_files) == []

    @pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "C:\\work\\我的.pdf", "😀‮fdp.pdf", f"{'长' * 300}.pdf"])
    def test_no_name_of_a_file_is_a_path(self, client: Client, lin: User, own_files: Path, name: str) -> None:
        send(client, pdf(), name)
        kept = only(lin)
        assert len(kept.name) <= 64
        assert not {"/", "\\", "‮"} & set(kept.name)
        assert re.fullmatch(r"sealed/attachments/[0-9a-f-]{36}\.pdf", kept.key)
        assert [one.relative_to(own_files).as_posix() for one in stored(own_files)] == [kept.key]

    def test_the_owner_is_told_that_files_are_not_masked(self, client: Client) -> None:
        assert "附件里的不会隐藏" in client.get(HERE).content.decode()

    def test_somebody_who_uploads_without_end_is_stopped(self, lin: User, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(vars(actions.attachments.UPLOADS), "most", 1)
        actions.add_attachment(actor(lin), file=io.BytesIO(pdf("1")), name="一.pdf")
        with pytest.raises(RateLimited):
            actions.add_attachment(actor(lin), file=io.BytesIO(pdf("2")), name="二.pdf")

    def test_nothing_that_can_be_opened_is_left_when_the_row_cannot_be_written(
        self, lin: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: object) -> None:
            raise RuntimeError

        monkeypatch.setattr(actions.attachments, "settle", fail)
        with pytest.raises(RuntimeError):
            actions.add_attachment(actor(lin), file=io.BytesIO(pdf()), name="一.pdf")
        assert not Attachment.objects.exists()
        assert not SealedFile.objects.exists()


class TestNaming:
    def test_its_owner_calls_it_something_else(self, client: Client, lin: User) -> None:
        send(client, pdf())
        assert 'value="作品集"' in client.get(place(only(lin), "/rename")).content.decode()
        page = client.post(place(only(lin), "/rename"), {"name": "桥梁作品.pdf"}, follow=True).content.decode()
        assert "名称已修改" in page
        assert only(lin).name == "桥梁作品.pdf"

    def test_not_something_that_is_no_name(self, client: Client, lin: User) -> None:
        send(client, pdf())
        answer = client.post(place(only(lin), "/rename"), {"name": "a/b"})
        assert answer.status_code == 422
        assert 'value="a/b"' in answer.content.decode()
        assert only(lin).name == "作品集.pdf"


class TestRemoving:
    def test_it_is_off_the_resume_at_once_and_twice_is_no_fault(self, client: Client, lin: User) -> None:
        send(client, pdf())
        kept = only(lin)
        for _ in range(2):
            assert "已删除“作品集.pdf”" in client.post(place(kept, "/remove"), follow=True).content.decode()
        assert client.get(place(kept)).status_code == 404
        assert queries.my_resume(actor(lin)).attachments == ()

    def test_it_can_be_brought_back_for_ten_minutes(self, client: Client, lin: User) -> None:
        send(client, pdf())
        kept = only(lin)
        client.post(place(kept, "/remove"))
        with clock.frozen(clock.now() + timedelta(minutes=9)):
            assert "附件已恢复" in client.post(place(kept, "/restore"), follow=True).content.decode()
        assert client.get(place(kept)).content == pdf()

    def test_later_it_can_not(self, client: Client, lin: User) -> None:
        send(client, pdf())
        kept = only(lin)
        client.post(place(kept, "/remove"))
        with clock.frozen(clock.now() + timedelta(minutes=11)):
            assert "撤销删除" not in client.get(HERE).content.decode()
            assert "不能恢复" in client.post(place(kept, "/restore"), follow=True).content.decode()
        assert client.get(place(kept)).status_code == 404

    def test_not_beside_five_others(self, client: Client, lin: User) -> None:
        send(client, pdf("first"))
        kept = only(lin)
        client.post(place(kept, "/remove"))
        for number in range(5):
            send(client, pdf(f"number {number}"))
        assert "请先删除一个再恢复" in client.post(place(kept, "/restore"), follow=True).content.decode()

    def test_no_file_outlives_its_resume(
        self,
        client: Client,
        lin: User,
        own_files: Path,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        send(client, pdf())
        with django_capture_on_commit_callbacks(execute=True):
            Resume.objects.filter(user=lin).delete()
        assert stored(own_files) == []


class TestOthers:
    @pytest.mark.parametrize(("what", "method"), [("", "get"), ("/rename", "get"), ("/rename", "post")])
    def test_it_is_nobody_elses(self, client: Client, lin: User, what: str, method: str) -> None:
        send(client, pdf())
        answer = getattr(browser(seeker()), method)(place(only(lin), what), {"name": "我的了"})
        assert answer.status_code == 404
        assert only(lin).name == "作品集.pdf"

    @pytest.mark.parametrize("what", ["/remove", "/restore"])
    def test_nobody_else_removes_or_restores_it(self, client: Client, lin: User, what: str) -> None:
        send(client, pdf())
        kept = only(lin)
        browser(seeker()).post(place(kept, what))
        assert only(lin) == kept

    @pytest.mark.parametrize("what", ["", "/rename"])
    def test_without_signing_in_one_is_asked_to(self, what: str) -> None:
        assert Client().get(f"{HERE}/{uuid4()}{what}").status_code == 302


def test_the_page_asks_the_database_no_more_for_five_than_for_one(
    client: Client, lin: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    send(client, pdf("0"))
    with django_assert_max_num_queries(12) as one:
        client.get(HERE)
    queries_for_one = len(one)
    for number in range(1, 5):
        send(client, pdf(f"{number}"))
    with django_assert_max_num_queries(queries_for_one):
        client.get(HERE)


def test_resume_and_preview_show_what_goes_along(client: Client) -> None:
    send(client, pdf(), "桥梁作品.pdf")
    for page in ("/me/resume", "/me/resume/preview"):
        assert "桥梁作品.pdf" in client.get(page).content.decode()


def test_an_attachment_is_found_by_its_owner_under_its_id(client: Client, lin: User) -> None:
    send(client, pdf())
    assert queries.my_attachment(actor(lin), UUID(str(only(lin).id))).size == len(pdf())
