"""Forms of the resume that save while somebody writes, and the same thing edited in two places."""

from typing import Any

import pytest
from django.test import Client

from jiuye.domains.accounts.models import User
from jiuye.domains.resumes import actions, queries
from jiuye.domains.verification import actions as verification
from jiuye.domains.verification.models import VerificationCase
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.models import AuditEntry
from tests.factories import resumes as make
from tests.factories import verification as check
from tests.factories.accounts import actor, browser, seeker
from tests.factories.markup import read

pytestmark = pytest.mark.django_db
JOB = {"employer_name": "蓉江机械", "title": "装配工", "start_on": "2021-03", "end_on": "", "description": ""}


@pytest.fixture
def lin() -> User:
    return seeker()


@pytest.fixture
def client(lin: User) -> Client:
    return browser(lin)


def resume(user: User) -> queries.ResumeView:
    return queries.my_resume(actor(user))


def drawn(client: Client, path: str) -> dict[str, str]:
    """What the form at this address would send, untouched."""
    form = next(one for one in read(client.get(path).content.decode()).forms if one.action == path)
    return {control.name: control.value for control in form.controls if control.is_sent}


def save(client: Client, part: str, data: dict[str, str]) -> dict[str, Any]:
    answer = client.post(f"/me/resume/autosave/{part}", data)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


class TestTheHead:
    def test_a_field_is_stored_and_the_time_said(self, client: Client, lin: User) -> None:
        answer = save(client, "basics", {**drawn(client, "/me/resume/basics"), "email": "lin@example.com"})
        assert answer["state"] == "saved"
        assert answer["words"].startswith("已保存 ")
        assert resume(lin).email == "lin@example.com"

    def test_what_cannot_stand_is_said_and_the_rest_is_stored(self, client: Client, lin: User) -> None:
        form = {**drawn(client, "/me/resume/basics"), "email": "lin@", "birth_year": "1995", "experience_years": "x"}
        answer = save(client, "basics", form)
        assert set(answer["errors"]) == {"email", "experience_years"}
        assert "还有 2 处没有保存" in answer["words"]
        assert (resume(lin).birth_year, resume(lin).email) == (1995, "")

    def test_fields_that_contradict_each_other_are_not_stored(self, client: Client, lin: User) -> None:
        actions.save_basics(actor(lin), basics=make.basics(birth_year=2004, experience_years=None))
        answer = save(client, "basics", {**drawn(client, "/me/resume/basics"), "experience_years": "30"})
        assert "与出生年份对不上" in answer["errors"]["experience_years"]
        assert resume(lin).experience_years is None

    def test_nothing_changed_writes_nothing(self, client: Client, lin: User) -> None:
        actions.save_basics(actor(lin), basics=make.basics())
        form = drawn(client, "/me/resume/basics")
        before = AuditEntry.objects.count()
        assert save(client, "basics", form)["state"] == "saved"
        assert AuditEntry.objects.count() == before

    def test_an_emptied_name_stays_what_it_was(self, client: Client, lin: User) -> None:
        actions.save_basics(actor(lin), basics=make.basics())
        answer = save(client, "basics", {**drawn(client, "/me/resume/basics"), "name": ""})
        assert answer["errors"]["name"] == "请填写姓名。"
        assert resume(lin).name == "林小满"


class TestEntries:
    def test_a_new_one_is_there_once_it_is_whole_and_changed_from_then_on(self, client: Client, lin: User) -> None:
        begun = save(client, "employment", {**JOB, "start_on": ""})
        assert begun["state"] == "unsaved"
        assert begun["words"] == "填好开始时间后自动保存"
        assert resume(lin).employments == ()
        made = save(client, "employment", JOB)
        more = {**JOB, "title": "班长", "section_id": made["section_id"], "seen": made["seen"]}
        assert save(client, "employment", more)["state"] == "saved"
        assert [one.title for one in resume(lin).employments] == ["班长"]

    def test_the_button_after_that_adds_nothing(self, client: Client, lin: User) -> None:
        made = save(client, "employment", JOB)
        form = {**JOB, "title": "班长", "section_id": made["section_id"], "seen": made["seen"]}
        assert client.post("/me/resume/employment/new", form).status_code == 302
        assert [one.title for one in resume(lin).employments] == ["班长"]

    def test_what_cannot_stand_leaves_the_stored_one_whole(self, client: Client, lin: User) -> None:
        section, next_year = actions.save_section(actor(lin), entry=make.employment()), f"{clock.today().year + 1}-01"
        form = {**drawn(client, f"/me/resume/employment/{section}"), "start_on": next_year, "description": "新写的"}
        answer = save(client, "employment", form)
        assert "start_on" in answer["errors"]
        (job,) = resume(lin).employments
        assert (job.description, job.start_on) == ("新写的", make.employment().start_on)

    def test_one_that_was_deleted_elsewhere_is_said(self, client: Client, lin: User) -> None:
        section = actions.save_section(actor(lin), entry=make.skill())
        form = drawn(client, f"/me/resume/skill/{section}")
        actions.remove_section(actor(lin), kind=make.skill().kind, section_id=section)
        assert "已在别处删除" in save(client, "skill", {**form, "name": "叉车驾驶"})["words"]

    def test_another_persons_is_not_there(self, lin: User) -> None:
        section = actions.save_section(actor(lin), entry=make.skill())
        answer = save(browser(seeker()), "skill", {"name": "叉车驾驶", "level": "", "section_id": str(section)})
        assert answer["state"] == "unsaved"
        assert resume(lin).skills[0].name == "氩弧焊"

    def test_a_full_section_is_said(self, client: Client, lin: User) -> None:
        for number in range(queries.MOST_ENTRIES[make.intention().kind]):
            actions.save_section(actor(lin), entry=make.intention(title=f"工作 {number}"))
        answer = save(client, "intention", {"title": "又一种"})
        assert "最多添加" in answer["words"]


class TestInTwoPlaces:
    def test_different_fields_both_stay(self, client: Client, lin: User) -> None:
        here = drawn(client, "/me/resume/basics")
        elsewhere = drawn(client, "/me/resume/basics")
        save(client, "basics", {**elsewhere, "email": "lin@example.com"})
        first = save(client, "basics", {**here, "birth_year": "1995"})
        save(client, "basics", {**here, "birth_year": "1996", "seen": first["seen"]})
        assert (resume(lin).email, resume(lin).birth_year) == ("lin@example.com", 1996)

    def test_the_same_field_shows_both_and_lets_choose(self, client: Client, lin: User) -> None:
        here = drawn(client, "/me/resume/self")
        save(client, "self", {**here, "self_description": "别处写的"})
        torn = save(client, "self", {**here, "self_description": "这里写的"})
        assert torn["state"] == "torn"
        assert "别处写的" in torn["elsewhere"]
        assert resume(lin).self_description == "别处写的"
        ((name, seen),) = read(f"<form>{torn['elsewhere']}</form>").forms[0].buttons
        client.post("/me/resume/self", {"self_description": "这里写的", name: seen})
        assert resume(lin).self_description == "这里写的"

    def test_without_scripts_the_button_asks_as_well_and_keeps_the_text(self, client: Client, lin: User) -> None:
        section = actions.save_section(actor(lin), entry=make.employment())
        here = drawn(client, f"/me/resume/employment/{section}")
        client.post(f"/me/resume/employment/{section}", {**here, "title": "班长"})
        answer = client.post(f"/me/resume/employment/{section}", {**here, "title": "主管"})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert '职位：<span class="elsewhere-text">班长</span>' in page
        assert 'value="主管"' in page
        assert resume(lin).employments[0].title == "班长"


def test_what_was_verified_is_only_changed_by_the_button(client: Client, lin: User) -> None:
    section = actions.save_section(actor(lin), entry=make.employment())
    check.real_name(lin)
    actions.request_checks(actor(lin), subject_ids=[section], has_consented=True)
    verification.record_answer(Actor.system(), answer=check.answer(VerificationCase.objects.get(subject_id=section)))
    path = f"/me/resume/employment/{section}"
    assert "data-autosave" not in client.get(path).content.decode()
    answer = save(client, "employment", {**drawn(client, path), "title": "班长"})
    assert answer["state"] == "unsaved"
    assert resume(lin).employments[0].title == "电焊工"


def test_nobody_signed_in_saves_nothing() -> None:
    assert Client().post("/me/resume/autosave/self", {"self_description": "x"}).status_code in {302, 401, 403}


def test_no_such_part() -> None:
    assert browser(seeker()).post("/me/resume/autosave/zzz", {}).status_code == 404
