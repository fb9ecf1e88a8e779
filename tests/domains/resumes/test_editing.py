"""A person writes their resume."""

from datetime import date

import pytest

from jiuye.domains.resumes import actions, queries
from jiuye.domains.resumes.models import Employment, Intention, Resume
from jiuye.domains.resumes.states import SectionKind
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound, Refused, SignInRequired
from jiuye.kernel.models import AuditEntry, EventRecord
from tests.factories import resumes as make
from tests.factories.accounts import actor, seeker

pytestmark = pytest.mark.django_db


class TestBasics:
    def test_the_first_save_makes_the_resume(self) -> None:
        lin = actor(seeker(name=""))
        actions.save_basics(lin, basics=make.basics(name="  林　小满 "))
        view = queries.my_resume(lin)
        assert (view.name, view.email, view.experience) == ("林 小满", "lin@example.com", "6年工作经验")

    def test_a_person_without_a_name_is_called_as_their_resume_says(self) -> None:
        user = seeker(name="")
        actions.save_basics(actor(user), basics=make.basics(name="林小满"))
        user.refresh_from_db()
        assert user.name == "林小满"

    def test_before_anything_is_written_the_login_fills_name_and_phone(self) -> None:
        user = seeker("林小满")
        view = queries.my_resume(actor(user))
        assert (view.name, view.phone, view.is_blank) == ("林小满", user.phone, True)
        assert not Resume.objects.exists()

    def test_the_contact_phone_may_differ_from_the_login(self) -> None:
        user = seeker()
        actions.save_basics(actor(user), basics=make.basics(phone="+86 139-0000-0009"))
        assert queries.my_resume(actor(user)).phone == "13900000009"

    def test_nobody_has_no_resume(self) -> None:
        with pytest.raises(SignInRequired):
            actions.save_basics(Actor.anonymous(), basics=make.basics())

    def test_personal_data_is_not_readable_in_the_table(self) -> None:
        from django.db import connection

        actions.save_basics(actor(seeker()), basics=make.basics(phone="13900000009"))
        with connection.cursor() as cursor:
            cursor.execute("SELECT name || phone || email FROM resumes_resume")
            stored = cursor.fetchone()[0]
        assert not any(secret in stored for secret in ("林小满", "13900000009", "lin@example.com"))

    def test_a_change_is_published_and_audited_without_its_content(self) -> None:
        user = seeker()
        actions.save_basics(actor(user), basics=make.basics())
        event = EventRecord.objects.get(name="ResumeChanged")
        assert event.payload["user_id"] == str(user.pk)
        entry = AuditEntry.objects.get(action="resume.change")
        assert entry.detail == {"part": "basics"}


class TestEntries:
    def test_each_kind_can_be_added_and_read(self) -> None:
        user = seeker()
        make.whole_resume(user)
        view = queries.my_resume(actor(user))
        assert all(len(view.section(kind)) == 1 for kind in SectionKind)
        assert view.intentions[0].region == queries.Term("510100", "四川省成都市")
        assert view.employments[0].period == "2018.07 – 2024.03"
        assert view.skills[0].level == queries.Term("expert", "精通")

    def test_an_entry_can_be_changed(self) -> None:
        lin = actor(seeker())
        entry_id = actions.save_section(lin, entry=make.employment())
        actions.save_section(lin, entry=make.employment(title="焊接组长", end_on=None), section_id=entry_id)
        (held,) = queries.my_resume(lin).employments
        assert (held.title, held.period) == ("焊接组长", "2018.07 – 至今")

    def test_the_same_entry_twice_is_one_entry(self) -> None:
        lin = actor(seeker())
        first = actions.save_section(lin, entry=make.employment())
        assert actions.save_section(lin, entry=make.employment()) == first
        assert Employment.objects.count() == 1

    def test_dated_entries_stand_with_the_latest_first(self) -> None:
        lin = actor(seeker())
        for year in (2016, 2020, 2018):
            actions.save_section(lin, entry=make.employment(start_on=date(year, 1, 1), end_on=None))
        assert [one.start_on.year for one in queries.my_resume(lin).employments] == [2020, 2018, 2016]

    def test_an_entry_moves_past_its_neighbour_and_not_past_the_end(self) -> None:
        lin = actor(seeker())
        names = ["氩弧焊", "看图纸", "普通话"]
        ids = [actions.save_section(lin, entry=make.skill(name=name)) for name in names]
        actions.move_section(lin, kind=SectionKind.SKILL, section_id=ids[2], up=True)
        actions.move_section(lin, kind=SectionKind.SKILL, section_id=ids[0], up=True)
        assert [one.name for one in queries.my_resume(lin).skills] == ["氩弧焊", "普通话", "看图纸"]

    def test_what_was_removed_can_be_brought_back_to_its_place(self) -> None:
        lin = actor(seeker())
        ids = [actions.save_section(lin, entry=make.skill(name=name)) for name in ("氩弧焊", "看图纸", "普通话")]
        removed = actions.remove_section(lin, kind=SectionKind.SKILL, section_id=ids[1])
        assert [one.name for one in queries.my_resume(lin).skills] == ["氩弧焊", "普通话"]
        actions.save_section(lin, entry=removed.entry, position=removed.position)
        assert [one.name for one in queries.my_resume(lin).skills] == ["氩弧焊", "看图纸", "普通话"]

    def test_a_section_has_an_end(self) -> None:
        lin = actor(seeker())
        most = queries.MOST_ENTRIES[SectionKind.INTENTION]
        for number in range(most):
            actions.save_section(lin, entry=make.intention(title=f"焊工{number}"))
        with pytest.raises(Refused, match=f"最多添加 {most} 条"):
            actions.save_section(lin, entry=make.intention(title="再来一个"))
        assert Intention.objects.count() == most

    def test_another_persons_entry_does_not_exist(self) -> None:
        theirs = actions.save_section(actor(seeker("别人")), entry=make.employment())
        lin = actor(seeker())
        with pytest.raises(NotFound):
            actions.save_section(lin, entry=make.employment(title="改掉"), section_id=theirs)
        with pytest.raises(NotFound):
            actions.remove_section(lin, kind=SectionKind.EMPLOYMENT, section_id=theirs)
        with pytest.raises(NotFound):
            actions.move_section(lin, kind=SectionKind.EMPLOYMENT, section_id=theirs, up=True)
        with pytest.raises(NotFound):
            queries.entry_for_edit(lin, kind="employment", section_id=theirs)
        assert Employment.objects.get().title == "电焊工"

    def test_the_first_education_says_the_level(self) -> None:
        lin = actor(seeker())
        actions.save_section(lin, entry=make.education())
        assert queries.my_resume(lin).education == queries.Term("40", "中专/中职")

    def test_markup_and_emoji_stay_text(self) -> None:
        lin = actor(seeker())
        actions.save_self_description(lin, text="<b>能吃苦</b> 💪🏽\r\n\r\n\r\n\r\n随叫随到\x00")
        assert queries.my_resume(lin).self_description == "<b>能吃苦</b> 💪🏽\n\n随叫随到"


class TestQuickStart:
    def test_a_name_and_a_wish_are_enough_to_apply(self) -> None:
        user = seeker(name="")
        assert queries.is_ready_to_apply(user.pk) == ["姓名", "求职意向（或教育经历、工作经历、自我描述中的任意一项）"]
        actions.quick_start(actor(user), start=actions.QuickStart(name="林小满", title="收银员"))
        assert queries.is_ready_to_apply(user.pk) == []
        assert queries.missing_in(queries.snapshot_content(user.pk)) == []

    def test_doing_it_again_changes_nothing(self) -> None:
        user = seeker(name="")
        for name, title in (("林小满", "收银员"), ("别的名字", "别的工作")):
            actions.quick_start(actor(user), start=actions.QuickStart(name=name, title=title))
        view = queries.my_resume(actor(user))
        assert (view.name, [one.title for one in view.intentions]) == ("林小满", ["收银员"])


class TestCompleteness:
    def test_the_parts_add_up_to_a_hundred(self) -> None:
        from jiuye.domains.resumes.policies import PARTS

        assert sum(part.points for part in PARTS) == 100

    def test_a_whole_resume_is_complete(self) -> None:
        user = seeker()
        make.whole_resume(user)
        view = queries.my_resume(actor(user))
        assert (view.completeness, queries.completeness_hints(view)) == (100, [])

    def test_it_falls_when_something_goes(self) -> None:
        user = seeker()
        make.whole_resume(user)
        lin = actor(user)
        actions.remove_section(lin, kind=SectionKind.SKILL, section_id=queries.my_resume(lin).skills[0].id)
        view = queries.my_resume(lin)
        assert view.completeness == 92
        assert [hint.key for hint in queries.completeness_hints(view)] == ["skill"]

    def test_who_has_never_worked_is_not_asked_for_employment(self) -> None:
        lin = actor(seeker())
        actions.save_basics(lin, basics=make.basics(experience_years=0))
        assert "employment" not in [hint.key for hint in queries.completeness_hints(queries.my_resume(lin))]

    def test_the_overview_agrees_with_the_whole(self) -> None:
        lin = actor(seeker())
        actions.save_section(lin, entry=make.intention())
        view, overview = queries.my_resume(lin), queries.overview(lin)
        assert (overview.name, overview.completeness) == (view.name, view.completeness)
        assert overview.next == queries.completeness_hints(view)[0]


class TestContacts:
    def test_the_logins_phone_is_not_copied_so_that_a_new_one_is_followed(self) -> None:
        user = seeker()
        actions.save_basics(actor(user), basics=make.basics(phone=user.phone))
        assert Resume.objects.get().phone == ""
        assert queries.my_resume(actor(user)).phone == user.phone
