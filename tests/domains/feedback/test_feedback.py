"""Feedback from asking to its end: who may do what, and what each step changes."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection

from jiuye.domains.feedback import actions, queries
from jiuye.domains.feedback.models import Feedback, FeedbackFile, FeedbackMessage
from jiuye.kernel import clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, Invalid, NotFound, RateLimited, Refused
from jiuye.kernel.ids import new_id
from jiuye.kernel.models import AuditEntry, EventRecord
from jiuye.notifications.models import Notification
from jiuye.worker.handlers import HANDLERS
from tests.factories import accounts, feedback
from tests.factories.feedback import TEXT, desk, picture, row, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


@pytest.fixture
def lin() -> Actor:
    return accounts.actor(accounts.seeker())


def answered(actor: Actor | None = None) -> str:
    number = sent(actor).number
    actions.answer(desk()[1], feedback_id=row(number).id, text="已经修好，请再试一次。")
    return number


class TestAsking:
    def test_a_person_gets_a_number_and_no_code(self, lin: Actor) -> None:
        made = sent(lin)
        assert made.number.startswith(f"YJ{clock.today():%Y%m%d}-")
        assert made.query_code == ""
        assert queries.asked(lin, made.number).text == TEXT

    def test_a_visitor_gets_a_code_too(self) -> None:
        made = sent()
        assert len(made.query_code) == 8
        assert queries.asked(Actor.anonymous(), made.number.lower(), code=made.query_code.lower()).text == TEXT

    def test_what_people_write_is_sealed(self, lin: Actor) -> None:
        number = sent(lin, contact="13800000000").number
        with connection.cursor() as cursor:
            cursor.execute("SELECT text || contact FROM feedback_feedback WHERE number = %s", [number])
            stored = cursor.fetchone()[0]
        assert "焊工" not in stored
        assert "13800000000" not in stored

    def test_pressing_twice_sends_once(self) -> None:
        submission = new_id()
        assert sent(submission=submission) == sent(submission=submission)
        assert Feedback.objects.count() == 1

    def test_somebody_elses_form_tells_them_nothing(self, lin: Actor) -> None:
        submission = new_id()
        sent(lin, submission=submission)
        other = accounts.actor(accounts.seeker())
        with pytest.raises(Exception, match="submission"):
            sent(other, submission=submission)

    @pytest.mark.parametrize(
        ("field", "given"),
        [
            ("text", {"text": "太短"}),
            ("text", {"text": "  \n " * 50}),
            ("text", {"text": "长" * 2001}),
            ("category", {"category": "nonsense"}),
            ("contact", {"contact": "1" * 61}),
            ("attachments", {"files": [("a.png", BytesIO(b"MZ"))]}),
            ("attachments", {"files": [(f"{n}.png", BytesIO(picture())) for n in range(4)]}),
        ],
    )
    def test_what_cannot_be_taken_leaves_nothing(self, lin: Actor, field: str, given: dict[str, object]) -> None:
        with pytest.raises(Invalid) as caught:
            sent(lin, **given)
        assert list(caught.value.fields) == [field]
        assert not Feedback.objects.exists()
        assert not AuditEntry.objects.exists()

    def test_files_are_kept_under_names_of_our_own(self, lin: Actor) -> None:
        number = sent(lin, files=[("../../截图.png", BytesIO(picture()))]).number
        [kept] = queries.asked(lin, number).files
        name, kind, content = queries.file_for_asker(lin, number, kept.id)
        assert (name, kind, kept.name) == ("截图.jpg", "image/jpeg", "截图.jpg")
        assert content.startswith(b"\xff\xd8\xff")
        assert re.fullmatch(r"sealed/feedback/[0-9a-f-]{36}\.jpg", FeedbackFile.objects.get().key)

    def test_nobody_sends_by_the_dozen(self, lin: Actor) -> None:
        for _ in range(5):
            sent(lin)
        with pytest.raises(RateLimited):
            sent(lin)
        assert Feedback.objects.count() == 5


class TestWhoMayRead:
    def test_nobody_but_the_asker(self, lin: Actor) -> None:
        number = sent(lin).number
        for other in (Actor.anonymous(), accounts.actor(accounts.seeker())):
            with pytest.raises(NotFound):
                queries.asked(other, number)

    def test_no_empty_or_wrong_code_opens_anything(self, lin: Actor) -> None:
        own, foreign = sent(lin).number, sent().number
        for number in (own, foreign, "YJ20261123-XXXXXX", "\x00"):
            for code in ("", "AAAAAAAA", "密" * 8):
                with pytest.raises(NotFound):
                    queries.asked(Actor.anonymous(), number, code=code)

    def test_guessing_codes_ends_soon(self) -> None:
        number = sent().number
        for _ in range(10):
            with pytest.raises(NotFound):
                actions.look_up(Actor.anonymous("192.0.2.1"), number=number, code="AAAAAAAA")
        with pytest.raises(RateLimited):
            actions.look_up(Actor.anonymous("192.0.2.2"), number=number, code="AAAAAAAA")

    def test_askers_never_see_notes_nor_who_answered(self, lin: Actor) -> None:
        number = answered(lin)
        actions.add_note(desk("客服小郑")[1], feedback_id=row(number).id, text="已转技术同事。")
        said = queries.asked(lin, number).said
        assert [(one.kind, one.by) for one in said] == [("answer", "平台客服")]
        assert [one.by for one in queries.for_desk(desk()[1], row(number).id).said] == ["客服小周", "客服小郑"]


class TestAnswering:
    def test_the_asker_is_told_once(self, lin: Actor) -> None:
        number = answered(lin)
        event = EventRecord.objects.get(name="FeedbackAnswered")
        for _ in range(2):
            HANDLERS["FeedbackAnswered"][0](events.restore(event).event, events.restore(event))
        told = Notification.objects.get()
        assert (told.user_id, told.link) == (lin.person_id, f"/me/feedback/{number}")

    def test_a_visitors_answer_tells_nobody(self) -> None:
        answered()
        event = events.restore(EventRecord.objects.get(name="FeedbackAnswered"))
        HANDLERS["FeedbackAnswered"][0](event.event, event)
        assert not Notification.objects.exists()

    def test_who_answers_has_it(self) -> None:
        number = sent().number
        zhou, zheng = desk()[1], desk("客服小郑")[1]
        actions.claim(zhou, feedback_id=row(number).id)
        for act in (
            lambda: actions.claim(zheng, feedback_id=row(number).id),
            lambda: actions.answer(zheng, feedback_id=row(number).id, text="我来答复。"),
        ):
            with pytest.raises(Refused):
                act()
        assert row(number).state == "open"
        actions.release(zheng, feedback_id=row(number).id)
        actions.answer(zheng, feedback_id=row(number).id, text="我来答复。")
        assert (row(number).state, row(number).assigned_to_id) == ("answered", zheng.person_id)

    @pytest.mark.parametrize(("role", "refusal"), [("auditor", Denied), ("security_admin", Denied), (None, NotFound)])
    def test_others_may_neither_read_nor_answer(self, lin: Actor, role: str | None, refusal: type[Exception]) -> None:
        number = sent(lin).number
        other = accounts.staff_actor(accounts.member(new_id(), "platform", role)) if role else lin
        attempts: list[Callable[[], object]] = [
            lambda: queries.queue(other),
            lambda: queries.figures(other),
            lambda: queries.for_desk(other, row(number).id),
            lambda: queries.file_for_desk(other, row(number).id, new_id()),
            lambda: actions.claim(other, feedback_id=row(number).id),
            lambda: actions.release(other, feedback_id=row(number).id),
            lambda: actions.answer(other, feedback_id=row(number).id, text="答复答复"),
            lambda: actions.add_note(other, feedback_id=row(number).id, text="备注备注"),
            lambda: actions.close(other, feedback_id=row(number).id),
        ]
        for attempt in attempts:
            with pytest.raises(refusal):
                attempt()
        assert row(number).state == "open"
        assert not FeedbackMessage.objects.exists()

    def test_nothing_is_closed_without_an_answer(self) -> None:
        number = sent().number
        with pytest.raises(Refused):
            actions.close(desk()[1], feedback_id=row(number).id)
        assert row(number).state == "open"


class TestAfterwards:
    def test_a_follow_up_opens_it_again(self, lin: Actor) -> None:
        number = answered(lin)
        actions.follow_up(lin, number=number, text="还是不行。")
        found = row(number)
        assert (found.state, found.waiting_since > found.created_at) == ("open", True)

    def test_a_closed_one_too_within_seven_days(self, lin: Actor) -> None:
        number = answered(lin)
        actions.finish(lin, number=number)
        assert row(number).state == "closed"
        actions.follow_up(lin, number=number, text="又出现了。")
        assert (row(number).state, row(number).closed_at) == ("open", None)

    def test_after_seven_days_it_stays_as_it_is(self, lin: Actor) -> None:
        number = answered(lin)
        with clock.frozen(clock.now() + timedelta(days=7, minutes=1)):
            assert "follow_up" not in queries.asked(lin, number).can
            with pytest.raises(Refused):
                actions.follow_up(lin, number=number, text="又出现了。")
            assert actions.close_settled(Actor.system()) == 1
            assert actions.close_settled(Actor.system()) == 0
        assert row(number).state == "closed"
        assert not FeedbackMessage.objects.filter(kind="follow_up").exists()

    def test_one_more_word_while_it_waits_changes_no_state(self, lin: Actor) -> None:
        number = sent(lin).number
        before = row(number).waiting_since
        actions.follow_up(lin, number=number, text="补充：用的是手机。")
        assert (row(number).state, row(number).waiting_since) == ("open", before)

    def test_satisfaction_is_said_once_and_after_an_answer(self, lin: Actor) -> None:
        waiting = sent(lin).number
        with pytest.raises(Refused):
            actions.rate(lin, number=waiting, stars=5)
        number = answered(lin)
        with pytest.raises(Invalid):
            actions.rate(lin, number=number, stars=6)
        actions.rate(lin, number=number, stars=4)
        with pytest.raises(Refused):
            actions.rate(lin, number=number, stars=1)
        assert row(number).stars == 4

    def test_strangers_can_do_nothing(self, lin: Actor) -> None:
        number = answered(lin)
        stranger = accounts.actor(accounts.seeker())
        for attempt in (
            lambda: actions.follow_up(stranger, number=number, text="别人的追问"),
            lambda: actions.rate(stranger, number=number, stars=1),
            lambda: actions.finish(stranger, number=number),
        ):
            with pytest.raises(NotFound):
                attempt()
        assert (row(number).state, row(number).stars) == ("answered", None)

    def test_each_step_is_on_the_record_without_its_words(self, lin: Actor) -> None:
        number = answered(lin)
        actions.rate(lin, number=number, stars=5)
        actions.finish(lin, number=number)
        found = list(AuditEntry.objects.filter(subject_id=str(row(number).id)).order_by("id"))
        assert [one.action for one in found] == [
            "feedback.submit",
            "feedback.answer",
            "feedback.rate",
            "feedback.close",
        ]
        assert "焊工" not in str([one.detail for one in found])


class TestFigures:
    def test_how_quickly_and_how_well_the_desk_answers(self, lin: Actor) -> None:
        moment = clock.now()
        clerk = desk()[1]
        for hours, answered_after in ((200, 10), (150, 20), (120, 90)):
            with clock.frozen(moment - timedelta(hours=hours)):
                number = sent().number
            with clock.frozen(moment - timedelta(hours=hours - answered_after)):
                actions.answer(clerk, feedback_id=row(number).id, text="已经处理。")
        actions.rate(Actor.anonymous(), number=number, code=row(number).query_code, stars=4)
        with clock.frozen(moment - timedelta(hours=100)):
            sent()
        sent(lin)
        found = queries.figures(clerk)
        assert (found.open, found.unclaimed, found.late, found.received, found.votes) == (2, 2, 1, 5, 1)
        assert found.median_hours == pytest.approx(20)
        assert found.in_time == pytest.approx(0.5)
        assert found.stars == pytest.approx(4)

    def test_with_nothing_to_measure_they_say_nothing(self) -> None:
        found = queries.figures(feedback.desk()[1])
        assert (found.open, found.median_hours, found.in_time, found.stars) == (0, None, None, None)
