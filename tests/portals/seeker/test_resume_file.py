"""An uploaded resume: read by a job, looked through block by block; nothing of it counts, or is seen, before that."""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.domains.reference import queries as reference_queries
from jiuye.domains.resumes import actions, queries
from jiuye.domains.resumes.models import Attachment, ResumeFile
from jiuye.domains.resumes.policies.files import FILE_KEPT
from jiuye.domains.resumes.states import FileState
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.models import SealedFile
from jiuye.kernel.uploads import Clean, Unacceptable
from jiuye.ports import inspection
from jiuye.ports.document_text import DocumentText
from tests.factories import jobs as make_jobs
from tests.factories import reference
from tests.factories.accounts import actor, browser, seeker
from tests.factories.portraits import picture, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
HERE = "/me/resume/file"
RTF = b"{\\rtf1 a resume}"
TEXT = """古丽娜尔•买买提
电话：13912345678 邮箱：g@example.com 民族：维吾尔族
求职意向：服装设计师，武汉，6000-9000元/月
工作经历
2019.09-至今 喀什古城手工艺合作社 服装设计师
设计艾德莱斯绸系列
2016-2018 天山制衣厂 打版员
教育经历
2014.09-2018.06 新疆大学 服装设计 本科
技能
CorelDRAW、手工刺绣
自我评价
动手能力强。"""


@dataclass
class Inspector:
    """Reads what a test says."""

    text: str = TEXT
    problem: str = ""
    is_picture: bool = False
    can_be_sent: bool = True
    reads_pictures: bool = False

    def read_text(self, content: bytes, *, name: str, recognise: bool = False) -> DocumentText:
        if self.problem:
            raise Unacceptable(self.problem)
        texts = () if self.is_picture and not recognise else (self.text,)
        return DocumentText(
            "rtf", Clean(content, "application/rtf", ".rtf", f"{name}.rtf"), texts, self.is_picture, self.can_be_sent
        )


@pytest.fixture
def inspector(monkeypatch: pytest.MonkeyPatch) -> Inspector:
    made = Inspector()
    monkeypatch.setattr(inspection, "get", lambda: made)
    return made


@pytest.fixture
def lin() -> User:
    reference.region("420100")
    code = reference_queries.guess_occupation("服装设计师")
    if code:
        reference.occupation(code)
    return seeker(name="")


@pytest.fixture
def client(lin: User) -> Client:
    return browser(lin)


def send(client: Client, content: bytes = RTF, name: str = "我的简历.doc", **headers: str) -> str:
    return client.post(HERE, {"file": upload(content, name)}, follow=True, headers=headers).content.decode()


def read(**options: bool) -> ResumeFile:
    row = ResumeFile.objects.get()
    actions.read_resume_file(Actor.system(), file_id=row.id, **options)
    row.refresh_from_db()
    return row


def resume(user: User) -> queries.ResumeView:
    return queries.my_resume(actor(user))


def page(client: Client) -> str:
    return client.get(HERE).content.decode()


def settle(client: Client, key: str, go: str = "confirm") -> None:
    client.post(f"{HERE}/blocks/{key}", {"go": go})


class TestReading:
    def test_a_file_waits_for_the_worker_and_is_kept_encrypted(self, client: Client) -> None:
        assert "正在读取" in send(client)
        row = ResumeFile.objects.get()
        assert (row.state, row.name, row.found) == (FileState.WAITING, "我的简历", "")
        assert SealedFile.objects.filter(key=row.key).exists()
        job = ProcrastinateJob.objects.get(task_name=actions.READING_TASK)
        assert job.queue_name == "documents"

    def test_what_was_read_is_shown_in_blocks_and_is_no_part_of_the_resume(
        self, client: Client, lin: User, inspector: Inspector
    ) -> None:
        send(client)
        read()
        shown = page(client)
        for words in (
            "古丽娜尔·买买提",
            "喀什古城手工艺合作社",
            "天山制衣厂",
            "新疆大学",
            "CorelDRAW",
            "6,000–9,000 元",
        ):
            assert words in shown
        assert "维吾尔族" not in shown
        assert resume(lin).is_blank
        assert queries.is_ready_to_apply(lin.pk)

    def test_a_period_without_months_is_asked_for(self, client: Client, lin: User, inspector: Inspector) -> None:
        send(client)
        read()
        assert "还缺：开始时间" in page(client)
        settle(client, "employment-1")
        assert resume(lin).employments == ()

    def test_a_refused_file_is_deleted_and_says_what_to_do(self, client: Client, inspector: Inspector) -> None:
        inspector.problem = "这个 Word 文件设有密码，请去掉密码后再传。"
        send(client)
        assert (read().state, SealedFile.objects.count()) == (FileState.REFUSED, 0)
        assert "请去掉密码后再传" in page(client)

    def test_a_picture_is_recognised_in_the_queue_of_pictures(self, client: Client, inspector: Inspector) -> None:
        inspector.is_picture = inspector.reads_pictures = True
        send(client, picture(kind="PNG"))
        assert read().state == FileState.WAITING
        assert ProcrastinateJob.objects.filter(queue_name="recognition", lock="recognition").count() == 1
        assert "喀什" in read(recognise=True).found

    def test_a_picture_that_cannot_be_recognised_here_may_still_be_attached(
        self, client: Client, lin: User, inspector: Inspector
    ) -> None:
        inspector.is_picture = True
        send(client, picture(kind="PNG"))
        read()
        assert "认不出里面的文字" in page(client)
        settle(client, "file")
        assert [one.name for one in resume(lin).attachments] == ["我的简历.rtf"]

    @pytest.mark.parametrize(("content", "words"), [(b"", "请重新选择"), (b"MZ\x90\x00", "读不出来")])
    def test_other_files_are_refused_at_once(self, client: Client, content: bytes, words: str) -> None:
        assert words in send(client, content)
        assert not ResumeFile.objects.exists()

    def test_another_upload_takes_the_place_of_the_first(self, client: Client) -> None:
        send(client)
        send(client)
        assert (ResumeFile.objects.count(), SealedFile.objects.count()) == (1, 1)

    def test_a_job_that_comes_after_the_file_was_discarded_changes_nothing(
        self, client: Client, inspector: Inspector
    ) -> None:
        send(client)
        row = ResumeFile.objects.get()
        client.post(f"{HERE}/discard")
        actions.read_resume_file(Actor.system(), file_id=row.id)
        assert not ResumeFile.objects.exists()

    def test_the_state_asks_again_until_it_is_read(self, client: Client, inspector: Inspector) -> None:
        fragment = send(client, **{"HX-Request": "true"})
        assert 'hx-trigger="every 1s"' in fragment
        read()
        assert client.get(f"{HERE}/state", headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


class TestConfirming:
    @pytest.fixture(autouse=True)
    def _read(self, own_files: object, client: Client, inspector: Inspector) -> None:
        send(client)
        read()

    def test_a_confirmed_block_is_written_and_the_others_are_not(self, client: Client, lin: User) -> None:
        settle(client, "employment-0")
        made = resume(lin)
        assert [(one.employer_name, one.title, one.description) for one in made.employments] == [
            ("喀什古城手工艺合作社", "服装设计师", "设计艾德莱斯绸系列")
        ]
        assert (made.educations, made.skills, made.self_description, made.intentions) == ((), (), "", ())
        assert "喀什古城手工艺合作社" not in page(client)

    def test_a_block_that_is_left_out_does_not_come_back(self, client: Client, lin: User) -> None:
        settle(client, "self", "refuse")
        assert "动手能力强" not in page(client)
        assert resume(lin).self_description == ""

    def test_a_block_can_be_changed_first(self, client: Client, lin: User) -> None:
        form = client.get(f"{HERE}/blocks/employment-1").content.decode()
        assert 'value="天山制衣厂"' in form
        answer = client.post(
            f"{HERE}/blocks/employment-1",
            {"employer_name": "乌鲁木齐天山制衣厂", "title": "打版员", "start_on": "2016-03", "end_on": "2018-07"},
        )
        assert answer.status_code == 302
        assert [one.employer_name for one in resume(lin).employments] == ["乌鲁木齐天山制衣厂"]

    def test_an_invalid_change_keeps_what_was_typed(self, client: Client, lin: User) -> None:
        answer = client.post(f"{HERE}/blocks/employment-1", {"employer_name": "天山二厂", "title": "", "start_on": ""})
        assert answer.status_code == 422
        assert 'value="天山二厂"' in answer.content.decode()
        assert resume(lin).employments == ()

    def test_everything_complete_is_written_at_once_and_the_rest_is_asked_for(self, client: Client, lin: User) -> None:
        shown = client.post(f"{HERE}/confirm", follow=True).content.decode()
        made = resume(lin)
        assert (made.name, made.email, made.self_description) == ("古丽娜尔·买买提", "g@example.com", "动手能力强。")
        assert [one.title for one in made.intentions] == ["服装设计师"]
        assert [one.name for one in made.skills] == ["CorelDRAW", "手工刺绣"]
        assert "还缺：开始时间" in shown
        assert "天山制衣厂" in shown
        assert not Attachment.objects.exists()

    def test_the_file_stays_as_an_attachment_unless_its_owner_decides_otherwise(self, client: Client) -> None:
        assert 'name="attach" value="1" checked' in page(client)
        client.post(f"{HERE}/confirm", {"attach": "1"})
        row = Attachment.objects.get()
        assert client.get(f"/me/resume/attachments/{row.id}").content == RTF

    def test_nothing_that_was_written_before_is_replaced(self, client: Client, lin: User) -> None:
        actions.change_basics(actor(lin), changes={"name": "古丽", "email": "mine@example.com"})
        actions.save_self_description(actor(lin), text="我自己写的")
        client.post(f"{HERE}/confirm")
        made = resume(lin)
        assert (made.name, made.email, made.self_description) == ("古丽", "mine@example.com", "我自己写的")

    def test_the_file_becomes_an_attachment_only_when_asked_for(self, client: Client, lin: User) -> None:
        settle(client, "file")
        row = Attachment.objects.get()
        assert (row.name, row.content_type, row.size) == ("我的简历.rtf", "application/rtf", len(RTF))
        assert client.get(f"/me/resume/attachments/{row.id}").content == RTF
        client.post(f"{HERE}/discard")
        assert client.get(f"/me/resume/attachments/{row.id}").content == RTF

    def test_when_nothing_is_left_the_file_is_deleted(self, client: Client) -> None:
        client.post(f"{HERE}/confirm")
        settle(client, "employment-1", "refuse")
        settle(client, "file", "refuse")
        assert not ResumeFile.objects.exists()
        assert not SealedFile.objects.exists()

    def test_it_can_be_discarded_at_once(self, client: Client, lin: User) -> None:
        client.post(f"{HERE}/discard")
        assert (ResumeFile.objects.count(), SealedFile.objects.count()) == (0, 0)
        assert resume(lin).is_blank

    def test_nobody_else_reaches_it(self, client: Client, lin: User) -> None:
        other = browser(seeker())
        assert "喀什" not in other.get(HERE).content.decode()
        assert other.get(f"{HERE}/blocks/employment-0").status_code == 404
        other.post(f"{HERE}/blocks/employment-0", {"go": "confirm"})
        assert ResumeFile.objects.get().settled == []

    def test_it_is_forgotten_after_a_week(self) -> None:
        ResumeFile.objects.update(uploaded_at=clock.now() - FILE_KEPT - timedelta(minutes=1))
        assert actions.forget_resume_files() == 1
        assert not SealedFile.objects.exists()

    def test_twelve_queries_are_enough(
        self, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_max_num_queries(12):
            client.get(HERE)

    def test_the_guided_start_is_filled_in_and_keeps_what_is_confirmed(self, client: Client, lin: User) -> None:
        shown = client.get("/me/resume/start/work").content.decode()
        assert 'value="喀什古城手工艺合作社"' in shown
        assert "已按您上传的简历填好" in shown
        job = {"years": "5", "employer_name": "喀什古城手工艺合作社", "title": "服装设计师", "start_on": "2019-09"}
        client.post("/me/resume/start/work", job)
        assert [one.description for one in resume(lin).employments] == ["设计艾德莱斯绸系列"]
        assert "employment-0" in ResumeFile.objects.get().settled


class TestApplying:
    @pytest.fixture
    def place(self) -> str:
        return f"/jobs/{make_jobs.posting(title='服装设计师').id}/apply"

    def test_without_a_resume_one_may_be_uploaded_where_one_applies(self, client: Client, place: str) -> None:
        assert "已有写好的简历" in client.get(place).content.decode()

    def test_what_was_read_is_seen_and_confirmed_with_the_application(
        self, client: Client, lin: User, place: str, inspector: Inspector
    ) -> None:
        send(client)
        read()
        shown = client.get(place).content.decode()
        assert "喀什古城手工艺合作社" in shown
        assert "以上都对，写进简历并投递" in shown
        form = dict(re.findall(r'name="(key|consent_[0-9a-f-]+)"[^>]*?(?:value="([^"]*)")?', shown))
        key = re.search(r'name="key" value="([^"]+)"', shown)
        assert key is not None
        assert 'name="attach" value="1" checked' in shown
        data = dict.fromkeys(form, "on") | {"key": key[1], "from_file": "1", "attach": "1"}
        refused = client.post(place, {name: value for name, value in data.items() if not name.startswith("consent_")})
        assert refused.status_code == 422
        assert resume(lin).is_blank
        assert client.post(place, data).headers["Location"].startswith("/me/applications/")
        made = resume(lin)
        assert (made.name, len(made.employments), len(made.educations)) == ("古丽娜尔·买买提", 1, 1)
        assert Attachment.objects.count() == 1


def test_what_cannot_be_sent_is_never_attached(client: Client, lin: User, inspector: Inspector) -> None:
    inspector.can_be_sent = False
    send(client)
    read()
    assert "放进附件" not in page(client)
    settle(client, "file")
    assert not Attachment.objects.exists()


def test_the_worker_reads_a_real_file(client: Client) -> None:
    rtf = (
        rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 SimSun;}}\f0 "
        + b"".join(b"\\'%02x" % byte for byte in "求职意向：焊工".encode("gbk"))
        + rb"\par}"
    )
    send(client, rtf)
    assert "焊工" in read().found
