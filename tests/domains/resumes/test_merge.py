"""The same thing edited on two devices."""

from dataclasses import replace

import pytest

from jiuye.domains.resumes import actions, queries
from jiuye.domains.resumes.merge import ChangedElsewhere, seen_of
from tests.factories import resumes as make
from tests.factories.accounts import actor, seeker

pytestmark = pytest.mark.django_db


class TestTheHead:
    def test_different_fields_come_together(self) -> None:
        lin = actor(seeker())
        actions.save_basics(lin, basics=make.basics())
        here = queries.head_for_edit(lin)
        actions.save_basics(lin, basics=replace(here, email="elsewhere@example.com"), seen=seen_of(here))
        actions.save_basics(lin, basics=replace(here, birth_year=1994), seen=seen_of(here))
        now = queries.my_resume(lin)
        assert (now.email, now.birth_year) == ("elsewhere@example.com", 1994)

    def test_the_same_field_changed_twice_is_asked_about(self) -> None:
        lin = actor(seeker())
        actions.save_basics(lin, basics=make.basics())
        here = queries.head_for_edit(lin)
        actions.save_basics(lin, basics=replace(here, email="elsewhere@example.com"), seen=seen_of(here))
        with pytest.raises(ChangedElsewhere) as found:
            actions.save_basics(
                lin, basics=replace(here, email="here@example.com", birth_year=1994), seen=seen_of(here)
            )
        assert (found.value.names, found.value.stored["email"]) == (["email"], "elsewhere@example.com")
        assert queries.my_resume(lin).birth_year == 1995

    def test_the_same_change_twice_is_no_question(self) -> None:
        lin = actor(seeker())
        actions.save_basics(lin, basics=make.basics())
        here = queries.head_for_edit(lin)
        for _ in range(2):
            actions.save_basics(lin, basics=replace(here, email="new@example.com"), seen=seen_of(here))
        assert queries.my_resume(lin).email == "new@example.com"

    def test_single_fields_are_written_before_there_is_a_name(self) -> None:
        lin = actor(seeker(name=""))
        actions.change_basics(lin, changes={"email": "new@example.com"}, seen=seen_of(queries.head_for_edit(lin)))
        assert queries.my_resume(lin).email == "new@example.com"

    def test_a_single_field_that_was_changed_elsewhere_is_asked_about(self) -> None:
        lin = actor(seeker())
        actions.save_basics(lin, basics=make.basics())
        seen = seen_of(queries.head_for_edit(lin))
        actions.change_basics(lin, changes={"email": "elsewhere@example.com"}, seen=seen)
        actions.change_basics(lin, changes={"birth_year": 1994}, seen=seen)
        with pytest.raises(ChangedElsewhere):
            actions.change_basics(lin, changes={"email": "here@example.com"}, seen=seen)


class TestEntries:
    def test_different_fields_come_together(self) -> None:
        lin = actor(seeker())
        section = actions.save_section(lin, entry=make.employment())
        here = make.employment()
        actions.save_section(lin, entry=replace(here, title="班长"), section_id=section, seen=seen_of(here))
        actions.save_section(lin, entry=replace(here, description="带班"), section_id=section, seen=seen_of(here))
        (job,) = queries.my_resume(lin).employments
        assert (job.title, job.description) == ("班长", "带班")

    def test_the_same_field_changed_twice_is_asked_about(self) -> None:
        lin = actor(seeker())
        section = actions.save_section(lin, entry=make.employment())
        here = make.employment()
        actions.save_section(lin, entry=replace(here, title="班长"), section_id=section, seen=seen_of(here))
        with pytest.raises(ChangedElsewhere):
            actions.save_section(lin, entry=replace(here, title="主管"), section_id=section, seen=seen_of(here))
        assert queries.my_resume(lin).employments[0].title == "班长"

    def test_how_lines_end_is_no_change(self) -> None:
        lin = actor(seeker())
        section = actions.save_section(lin, entry=make.employment())
        here = make.employment()
        actions.save_section(lin, entry=replace(here, description="别处写的"), section_id=section, seen=seen_of(here))
        untouched = replace(here, title="班长", description=here.description.replace("\n", "\r\n"))
        actions.save_section(lin, entry=untouched, section_id=section, seen=seen_of(here))
        assert queries.my_resume(lin).employments[0].description == "别处写的"


def test_the_text_about_oneself_changed_twice_is_asked_about() -> None:
    lin = actor(seeker())
    seen = seen_of(queries.self_description_for_edit(lin))
    actions.save_self_description(lin, text="别处写的", seen=seen)
    with pytest.raises(ChangedElsewhere) as found:
        actions.save_self_description(lin, text="这里写的", seen=seen)
    assert found.value.stored == {"self_description": "别处写的"}
