"""Onboarding: the notice, the answer, whether the person came."""

from datetime import timedelta

import pytest

from jiuye.domains.applications import actions, queries
from jiuye.domains.applications.models import Application, OnboardingNotice
from jiuye.kernel import clock
from jiuye.kernel.errors import Invalid
from tests.factories.applications import everything_written, first_day, in_state
from tests.factories.cast import Cast


def test_the_notice_is_shown_to_both_with_its_terms(cast: Cast) -> None:
    application = in_state(cast, "interview_passed")
    actions.notify_onboarding(cast.zhou, application_id=application, details=first_day(documents="身份证、学历证书"))
    for seen in (queries.my_application(cast.lin, application), queries.for_agency(cast.zhou, application)):
        assert seen.notice
        assert (seen.notice.documents, seen.notice.pay_text) == ("身份证、学历证书", "6000 元/月")
        assert seen.notice.state_label == "待答复"


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("place", {"place": ""}),
        ("contact_name", {"contact_name": ""}),
        ("contact_phone", {"contact_phone": "打我"}),
        ("documents", {"documents": "字" * 301}),
        ("report_at", {"report_at": clock.now() - timedelta(hours=1)}),
    ],
)
def test_terms_that_cannot_be_are_told_at_their_field(cast: Cast, field: str, changes: dict[str, object]) -> None:
    application = in_state(cast, "interview_passed")
    before = everything_written()
    with pytest.raises(Invalid) as refusal:
        actions.notify_onboarding(cast.zhou, application_id=application, details=first_day(**changes))
    assert field in refusal.value.fields
    assert everything_written() == before


def test_three_days_after_the_first_day_the_result_is_due(cast: Cast) -> None:
    application = in_state(cast, "onboarding_accepted")
    notice = OnboardingNotice.objects.get(application_id=application)
    assert Application.objects.get(pk=application).respond_by == notice.report_at + timedelta(days=3)


def test_an_answer_after_the_first_day_leaves_three_days_from_then(cast: Cast) -> None:
    application = in_state(cast, "onboarding_notified")
    later = clock.now() + timedelta(days=20)
    with clock.frozen(later):
        actions.answer_onboarding(cast.lin, application_id=application, accept=True)
    assert Application.objects.get(pk=application).respond_by == later + timedelta(days=3)


def test_the_seekers_words_reach_the_agency(cast: Cast) -> None:
    application = in_state(cast, "onboarding_notified")
    actions.answer_onboarding(cast.lin, application_id=application, accept=False, note="家里有事")
    seen = queries.for_agency(cast.zhou, application)
    assert seen.notice
    assert (seen.notice.answer_note, seen.notice.state_label, seen.is_closed) == ("家里有事", "已谢绝", True)


@pytest.mark.parametrize(("onboarded", "label"), [(True, "已入职"), (False, "未入职")])
def test_the_result_stands_on_the_notice(cast: Cast, onboarded: bool, label: str) -> None:
    application = in_state(cast, "onboarding_accepted")
    actions.record_onboarding_result(cast.zhou, application_id=application, onboarded=onboarded, note="已报到")
    seen = queries.my_application(cast.lin, application)
    assert seen.notice
    assert (seen.notice.state_label, seen.notice.result_note, seen.state_label) == (label, "已报到", label)
