"""Earlier versions of a resume: when they are kept, what they hold, restoring one."""

from contextlib import AbstractContextManager
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection

from jiuye.domains.accounts.models import User
from jiuye.domains.applications.actions.handlers import keep_sent_version
from jiuye.domains.applications.events import ApplicationAdvanced
from jiuye.domains.resumes import actions, queries
from jiuye.domains.resumes.actions.versions import keep_version
from jiuye.domains.resumes.models import Employment, Resume, ResumeVersion
from jiuye.domains.resumes.queries.versions import HELD
from jiuye.domains.resumes.states import SectionKind, VersionCause
from jiuye.domains.verification import actions as verification
from jiuye.domains.verification.models import VerificationCase
from jiuye.domains.verification.queries import states_for
from jiuye.kernel import clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound, SignInRequired
from jiuye.kernel.ids import new_id
from jiuye.worker.tasks import sweep
from tests.factories import resumes as make
from tests.factories import verification as check
from tests.factories.accounts import actor, seeker

pytestmark = pytest.mark.django_db


def later(**span: float) -> AbstractContextManager[None]:
    """Run the block at a later time."""
    return clock.frozen(clock.now() + timedelta(**span))


@pytest.fixture
def lin() -> User:
    """A person with a whole resume."""
    user = seeker()
    make.whole_resume(user)
    return user


def causes(user: User) -> list[str]:
    return [one.cause for one in queries.versions(actor(user))]


def kept(user: User) -> UUID:
    """Return the person's first version."""
    return queries.versions(actor(user))[-1].id


class TestWhenAStateIsKept:
    def test_the_first_sitting_leaves_nothing_to_go_back_to(self, lin: User) -> None:
        assert queries.versions(actor(lin)) == []

    def test_an_edit_on_another_day_keeps_what_was_there_before(self, lin: User) -> None:
        with later(days=1):
            actions.save_self_description(actor(lin), text="换了说法。")
            (old,) = queries.versions(actor(lin))
        assert (old.number, old.cause_label, old.resume.self_description) == (1, "修改之前", "踏实肯干，能上夜班。")

    def test_edits_within_half_an_hour_of_each_other_are_one(self, lin: User) -> None:
        for minutes in (60, 80, 100):
            with later(minutes=minutes):
                actions.save_self_description(actor(lin), text=f"第 {minutes} 分钟")
        assert len(queries.versions(actor(lin))) == 1
        with later(minutes=131):
            actions.save_self_description(actor(lin), text="又过了半小时")
        assert [one.resume.self_description for one in queries.versions(actor(lin))] == [
            "第 100 分钟",
            "踏实肯干，能上夜班。",
        ]

    def test_the_state_that_was_sent_is_kept_once(self, lin: User) -> None:
        for _ in range(2):
            self.send(lin, "submit")
        assert causes(lin) == ["application"]

    def test_other_steps_of_an_application_keep_nothing(self, lin: User) -> None:
        self.send(lin, "invite_interview")
        assert causes(lin) == []

    def test_a_state_that_is_kept_already_is_not_kept_again(self, lin: User) -> None:
        self.send(lin, "submit")
        with later(days=1):
            actions.save_self_description(actor(lin), text="换了说法。")
        assert causes(lin) == ["application"]

    @staticmethod
    def send(user: User, verb: str) -> None:
        event = ApplicationAdvanced(new_id(), new_id(), new_id(), user.pk, new_id(), verb, "seeker", "submitted")
        keep_sent_version(event, events.Delivered(new_id(), event, Actor.system(), clock.now()))

    def test_the_card_keeps_the_state_even_within_a_sitting(self) -> None:
        user = seeker()
        make.whole_resume(user)
        keep_version(Resume.objects.get(user=user), VersionCause.PREFILL)
        assert causes(user) == ["prefill"]


class TestForgetting:
    def test_the_last_twenty_stay(self, lin: User) -> None:
        for day in range(1, 24):
            with later(days=day):
                actions.save_self_description(actor(lin), text=f"第 {day} 天")
        numbers = [one.number for one in queries.versions(actor(lin))]
        assert numbers == list(range(23, 3, -1))

    def test_the_sweep_takes_those_of_more_than_a_year_ago(self, lin: User) -> None:
        for day in (1, 3):
            with later(days=day):
                actions.save_self_description(actor(lin), text=f"第 {day} 天")
        with later(days=367):
            sweep(0)
            assert [one.number for one in queries.versions(actor(lin))] == [2]


class TestWhatTheyHold:
    def test_nothing_of_it_is_readable_in_the_table(self, lin: User) -> None:
        with later(days=1):
            actions.save_self_description(actor(lin), text="换了说法。")
        with connection.cursor() as cursor:
            cursor.execute("SELECT content FROM resumes_resumeversion")
            stored = cursor.fetchone()[0]
        assert not any(text in stored for text in ("林小满", "lin@example.com", "蓉江", "踏实"))

    def test_the_phone_of_the_login_is_not_written_down(self, lin: User) -> None:
        with later(days=1):
            actions.save_self_description(actor(lin), text="换了说法。")
        User.objects.filter(pk=lin.pk).update(phone="19900009999")
        assert lin.phone not in ResumeVersion.objects.get().content
        (old,) = queries.versions(actor(lin))
        assert old.resume.phone == "19900009999"
        assert old.changes == ("修改了自我描述",)

    def test_changes_are_told_in_words(self, lin: User) -> None:
        work = Employment.objects.get()
        with later(days=1):
            actions.save_basics(actor(lin), basics=make.basics(name="林大满", email="", education="40"))
            actions.save_section(actor(lin), entry=make.skill(name="叉车驾驶"))
            actions.save_section(actor(lin), entry=make.employment(title="焊工班长"), section_id=work.pk)
            actions.remove_section(actor(lin), kind=SectionKind.PROJECT, section_id=self.project(lin))
            actions.move_section(
                actor(lin),
                kind=SectionKind.SKILL,
                section_id=queries.my_resume(actor(lin)).skills[1].id,
                up=True,
            )
        (old,) = queries.versions(actor(lin))
        assert old.changes == (
            "修改了姓名",
            "清空了邮箱、现居住地",
            "修改了工作经历“蓉江机械制造有限公司 焊工班长”",
            "删除了项目经历“跨江桥梁钢箱梁”",
            "添加了技能“叉车驾驶”",
        )

    def test_a_new_order_is_told(self, lin: User) -> None:
        actions.save_section(actor(lin), entry=make.skill(name="叉车驾驶"))
        with later(days=1):
            second = queries.my_resume(actor(lin)).skills[1]
            actions.move_section(actor(lin), kind=SectionKind.SKILL, section_id=second.id, up=True)
        assert queries.versions(actor(lin))[0].changes == ("调整了技能的顺序",)

    @staticmethod
    def project(user: User) -> UUID:
        return queries.my_resume(actor(user)).projects[0].id


class TestGoingBack:
    def test_everything_is_as_it_was(self, lin: User) -> None:
        before = queries.my_resume(actor(lin))
        with later(days=1):
            self.spoil(lin)
            actions.restore_version(actor(lin), version_id=kept(lin))
            after = queries.my_resume(actor(lin))
        same = [name for name in HELD if getattr(before, name) != getattr(after, name)]
        assert same == []
        assert after.completeness == before.completeness

    def test_going_back_can_itself_be_undone(self, lin: User) -> None:
        with later(days=1):
            self.spoil(lin)
            spoiled = queries.my_resume(actor(lin))
            actions.restore_version(actor(lin), version_id=kept(lin))
            undo, _ = queries.versions(actor(lin))
            assert undo.cause_label == "恢复旧版本之前"
            actions.restore_version(actor(lin), version_id=undo.id)
            assert queries.my_resume(actor(lin)).skills == spoiled.skills

    def test_a_contact_phone_comes_back_and_the_logins_stays_the_logins(self, lin: User) -> None:
        with later(days=1):
            actions.save_basics(actor(lin), basics=make.basics(phone="13900000009"))
            actions.restore_version(actor(lin), version_id=kept(lin))
        User.objects.filter(pk=lin.pk).update(phone="19900009999")
        assert queries.my_resume(actor(lin)).phone == "19900009999"

    def test_results_of_checks_stay_with_what_stayed_the_same(self, lin: User) -> None:
        work = queries.my_resume(actor(lin)).employments[0]
        check.real_name(lin)
        actions.request_checks(actor(lin), subject_ids=[work.id], has_consented=True)
        verification.record_answer(
            Actor.system(), answer=check.answer(VerificationCase.objects.get(subject_id=work.id))
        )
        with later(days=1):
            actions.save_section(actor(lin), entry=make.skill(name="叉车驾驶"))
            actions.restore_version(actor(lin), version_id=kept(lin))
        assert states_for([work.id])[work.id].state == "verified"

    def test_another_persons_version_is_not_there(self, lin: User) -> None:
        with later(days=1):
            self.spoil(lin)
        other = seeker()
        make.whole_resume(other)
        with pytest.raises(NotFound):
            queries.version(actor(other), version_id=kept(lin))
        with pytest.raises(NotFound):
            actions.restore_version(actor(other), version_id=kept(lin))
        assert queries.my_resume(actor(lin)).skills == ()

    def test_nobody_has_no_versions(self) -> None:
        with pytest.raises(SignInRequired):
            queries.versions(Actor.anonymous())

    @staticmethod
    def spoil(user: User) -> None:
        view = queries.my_resume(actor(user))
        for kind in (SectionKind.SKILL, SectionKind.EMPLOYMENT):
            actions.remove_section(actor(user), kind=kind, section_id=view.section(kind)[0].id)  # type: ignore[attr-defined]
        actions.save_basics(actor(user), basics=make.basics(name="改名", email="x@example.com", birth_year=None))
        actions.save_section(
            actor(user), entry=make.education(school="别的学校", start_on=date(2016, 9, 1), end_on=date(2019, 6, 1))
        )
