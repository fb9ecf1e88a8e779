"""Verification of a resume's items: what can be requested, what an edit resets, what an application keeps."""

from dataclasses import replace
from uuid import UUID

import pytest

from jiuye.domains.accounts.models import User
from jiuye.domains.resumes import actions, queries
from jiuye.domains.resumes.states import SectionKind
from jiuye.domains.verification import actions as verification
from jiuye.domains.verification.models import VerificationCase
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused
from jiuye.kernel.ids import new_id
from tests.factories import resumes as make
from tests.factories.accounts import actor, seeker
from tests.factories.verification import answer, real_name

pytestmark = pytest.mark.django_db


@pytest.fixture
def lin() -> User:
    user = seeker()
    make.whole_resume(user)
    real_name(user)
    return user


def ask(user: User, *subject_ids: UUID, has_consented: bool = True) -> int:
    return actions.request_checks(actor(user), subject_ids=subject_ids, has_consented=has_consented)


def found(user: User) -> queries.Checks:
    return queries.checks(actor(user), queries.my_resume(actor(user)))


def job(user: User) -> UUID:
    return queries.my_resume(actor(user)).employments[0].id


def verified(user: User, subject_id: UUID) -> None:
    ask(user, subject_id)
    case = VerificationCase.objects.get(subject_id=subject_id, superseded_at=None)
    verification.record_answer(Actor.system(), answer=answer(case))


def mark_of(user: User, subject_id: UUID) -> str:
    mark = queries.my_resume(actor(user)).mark_of(subject_id)
    return mark.state if mark else "unverified"


class TestAsking:
    def test_name_jobs_schools_and_certificates_can_be_checked(self, lin: User) -> None:
        kinds = [one.kind for one in found(lin).askable]
        assert kinds == ["identity", "employment", "education", "certificate"]

    def test_what_is_sent_is_what_the_resume_says(self, lin: User) -> None:
        ask(lin, *found(lin).items)
        claims = {case.kind: case.claims for case in VerificationCase.objects.all()}
        assert claims == {
            "identity": '{"name":"林小满"}',
            "employment": '{"employer":"蓉江机械制造有限公司","end":"2024-03","start":"2018-07"}',
            "education": '{"end":"2015-06","level":"40","school":"蓉江职业技术学校"}',
            "certificate": '{"issued":"","number":"T510107880501","title":"熔化焊接作业证"}',
        }

    def test_without_a_real_name_nothing_is_asked(self) -> None:
        user = seeker()
        make.whole_resume(user)
        with pytest.raises(Refused) as refusal:
            ask(user, job(user))
        assert refusal.value.code == "no_real_name"
        assert not VerificationCase.objects.exists()

    def test_without_consent_nothing_is_asked(self, lin: User) -> None:
        with pytest.raises(Invalid):
            ask(lin, job(lin), has_consented=False)
        assert not VerificationCase.objects.exists()

    def test_somebody_elses_item_does_not_exist(self, lin: User) -> None:
        other = seeker("周远")
        make.whole_resume(other)
        real_name(other, "周远", "510100199001010003")
        for foreign in (job(other), new_id()):
            with pytest.raises(NotFound):
                ask(lin, foreign)

    def test_a_school_not_left_yet_cannot_be_checked(self, lin: User) -> None:
        subject = actions.save_section(actor(lin), entry=make.education(school="另一所学校", end_on=None))
        assert "毕业" in found(lin).items[subject].obstacle
        with pytest.raises(Refused, match="另一所学校"):
            ask(lin, subject)

    def test_a_certificate_without_a_number_cannot_be_checked(self, lin: User) -> None:
        subject = actions.save_section(actor(lin), entry=make.certificate(name="低压电工证", number=""))
        assert "证书编号" in found(lin).items[subject].obstacle


class TestEditing:
    def test_changing_what_was_checked_resets_it(self, lin: User) -> None:
        subject = job(lin)
        verified(lin, subject)
        actions.save_section(actor(lin), entry=make.employment(employer_name="另一家公司"), section_id=subject)
        assert mark_of(lin, subject) == "unverified"
        assert ask(lin, subject) == 1

    def test_changing_something_else_does_not(self, lin: User) -> None:
        subject = job(lin)
        verified(lin, subject)
        actions.save_section(actor(lin), entry=make.employment(title="焊接班长", description=""), section_id=subject)
        assert mark_of(lin, subject) == "verified"

    def test_another_name_resets_the_identity_and_nothing_else(self, lin: User) -> None:
        verified(lin, lin.pk)
        verified(lin, job(lin))
        actions.save_basics(actor(lin), basics=make.basics(name="林大满"))
        assert queries.my_resume(actor(lin)).identity is None
        assert mark_of(lin, job(lin)) == "verified"

    def test_a_removed_entry_takes_its_result_with_it(self, lin: User) -> None:
        subject = job(lin)
        ask(lin, subject)
        actions.remove_section(actor(lin), kind=SectionKind.EMPLOYMENT, section_id=subject)
        case = VerificationCase.objects.get(subject_id=subject)
        assert not verification.record_answer(Actor.system(), answer=answer(case))


class TestWhatRecruitersSee:
    def test_an_application_keeps_how_each_item_stood(self, lin: User) -> None:
        verified(lin, job(lin))
        view = queries.view_of_snapshot(queries.snapshot_content(lin.pk), masked=False)
        mark = view.mark_of(job(lin))
        assert mark is not None
        assert (mark.state, mark.source) == ("verified", "社会保险参保记录")

    def test_a_later_answer_about_the_same_text_is_shown_with_how_it_stood_then(self, lin: User) -> None:
        subject = job(lin)
        ask(lin, subject)
        content = queries.snapshot_content(lin.pk)
        case = VerificationCase.objects.get(subject_id=subject)
        verification.record_answer(Actor.system(), answer=answer(case))
        view = queries.as_of_now(queries.view_of_snapshot(content, masked=False), lin.pk)
        mark = view.mark_of(subject)
        assert mark is not None
        assert (mark.label, mark.then) == ("已核验", "核验中")

    def test_a_result_about_another_text_is_not_lent_to_the_one_that_was_sent(self, lin: User) -> None:
        subject = job(lin)
        content = queries.snapshot_content(lin.pk)
        actions.save_section(actor(lin), entry=make.employment(employer_name="另一家公司"), section_id=subject)
        verified(lin, subject)
        view = queries.as_of_now(queries.view_of_snapshot(content, masked=False), lin.pk)
        assert view.mark_of(subject) is None

    def test_an_edit_after_sending_takes_nothing_from_what_was_sent(self, lin: User) -> None:
        subject = job(lin)
        verified(lin, subject)
        content = queries.snapshot_content(lin.pk)
        actions.save_section(actor(lin), entry=make.employment(employer_name="另一家公司"), section_id=subject)
        view = queries.as_of_now(queries.view_of_snapshot(content, masked=False), lin.pk)
        mark = view.mark_of(subject)
        assert mark is not None
        assert mark.state == "verified"

    def test_a_question_taken_back_is_no_longer_shown_as_open(self, lin: User) -> None:
        subject = job(lin)
        ask(lin, subject)
        content = queries.snapshot_content(lin.pk)
        actions.save_section(actor(lin), entry=make.employment(employer_name="另一家公司"), section_id=subject)
        view = queries.as_of_now(queries.view_of_snapshot(content, masked=False), lin.pk)
        assert view.mark_of(subject) is None

    def test_marks_never_tell_what_the_records_say(self, lin: User) -> None:
        subject = job(lin)
        ask(lin, subject)
        case = VerificationCase.objects.get(subject_id=subject)
        verification.record_answer(
            Actor.system(), answer=answer(case, "mismatched", ("employer", "蓉江机械制造有限公司", "锦江铸造厂"))
        )
        assert "锦江铸造厂" not in str(queries.snapshot_content(lin.pk))
        assert [gap[2] for gap in found(lin).items[subject].gaps] == ["锦江铸造厂"]

    def test_a_snapshot_of_before_there_were_checks_still_opens(self, lin: User) -> None:
        content = {key: value for key, value in queries.snapshot_content(lin.pk).items() if key != "marks"}
        view = queries.view_of_snapshot(content, masked=False)
        assert replace(view, marks=()) == view
