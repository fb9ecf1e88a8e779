"""Reviews of shops: who may, once each, with a true average; replies; reports and what operators decide."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError

from jiuye.domains.applications.models import Application
from jiuye.domains.organisations.models import Shop
from jiuye.domains.reviews import actions, queries
from jiuye.domains.reviews.models import ShopReview
from jiuye.kernel import clock, events
from jiuye.kernel.errors import Denied, Invalid, NotFound, Refused
from jiuye.kernel.models import EventRecord
from jiuye.notifications.models import Notification
from jiuye.worker.handlers import HANDLERS
from tests.factories import accounts, organisations, public_site
from tests.factories.applications import apply
from tests.factories.cast import Cast, assemble
from tests.factories.races import at_once, outcomes
from tests.factories.reviews import cast_after, reported, reviewed

pytestmark = pytest.mark.django_db


def figures(cast: Cast) -> tuple[int, float | None]:
    shop = Shop.objects.get(pk=cast.agency.id)
    return shop.review_count, shop.review_average


def deliver_all() -> None:
    """What the worker does, at once."""
    for record in EventRecord.objects.order_by("id"):
        events.deliver(record.id, HANDLERS)


class TestWhoMay:
    @pytest.mark.parametrize("state", ["interview_invited", "rejected", "onboarded", "interview_declined"])
    def test_people_the_agency_answered(self, state: str) -> None:
        cast = cast_after(state)
        reviewed(cast)
        assert figures(cast) == (1, 4.0)

    @pytest.mark.parametrize("state", ["submitted", "viewed", "withdrawn"])
    def test_not_who_waits_for_the_first_answer_or_took_it_back(self, state: str) -> None:
        cast = cast_after(state)
        with pytest.raises(Refused) as refusal:
            reviewed(cast)
        assert refusal.value.code == "not_entitled"
        assert figures(cast) == (0, None)

    def test_people_without_an_answer_for_a_week(self) -> None:
        cast = assemble()
        application = apply(cast.lin, cast.posting)
        Application.objects.filter(pk=application).update(submitted_at=clock.now() - timedelta(days=7, minutes=1))
        reviewed(cast, stars=1)
        assert figures(cast) == (1, 1.0)

    def test_not_who_took_the_application_back_unanswered_though_a_week_has_passed(self) -> None:
        cast = cast_after("withdrawn")
        Application.objects.update(submitted_at=clock.now() - timedelta(days=7, minutes=1))
        with pytest.raises(Refused) as refusal:
            reviewed(cast)
        assert refusal.value.code == "not_entitled"
        assert figures(cast) == (0, None)

    def test_nobody_who_never_applied(self) -> None:
        cast = cast_after()
        with pytest.raises(Refused):
            actions.review_shop(cast.wu, agency_id=cast.agency.id, stars=5)
        with pytest.raises(Refused):
            actions.review_shop(cast.ma, agency_id=cast.agency.id, stars=1)
        assert not ShopReview.objects.exists()

    def test_nobody_who_works_there_though_they_applied(self) -> None:
        cast = cast_after()
        accounts.member(cast.agency.id, "agency", "viewer", cast.people["lin"])
        with pytest.raises(Refused, match="工作人员"):
            reviewed(cast)

    def test_no_shop_that_is_not_open(self) -> None:
        cast = cast_after()
        type(cast.agency).objects.filter(pk=cast.agency.pk).update(is_listed=False)
        with pytest.raises(NotFound):
            reviewed(cast)


class TestWriting:
    def test_a_second_time_changes_the_first_and_says_so(self) -> None:
        cast = cast_after()
        reviewed(cast, stars=5)
        reviewed(cast, stars=2)
        review = ShopReview.objects.get()
        assert (review.stars, review.edited_at is not None) == (2, True)
        assert figures(cast) == (1, 2.0)

    def test_the_same_twice_changes_nothing(self) -> None:
        cast = cast_after()
        assert reviewed(cast) == reviewed(cast)
        assert ShopReview.objects.get().edited_at is None

    def test_the_database_itself_lets_nobody_review_twice(self) -> None:
        cast = cast_after()
        public_site.review(cast.agency, author=cast.people["lin"])
        with pytest.raises(IntegrityError):
            public_site.review(cast.agency, author=cast.people["lin"])

    @pytest.mark.parametrize(
        "text",
        [
            "打我电话13800001234",
            "１３８ 0000 1234 联系",
            "身份证11010119900307109X",
            "加微信：abc_12345",
            "看 www.example.cn",
        ],
    )
    def test_contacts_are_refused_with_the_reason(self, text: str) -> None:
        cast = cast_after()
        with pytest.raises(Invalid) as refusal:
            reviewed(cast, text=text)
        assert "请删去" in refusal.value.fields["text"]
        assert not ShopReview.objects.exists()

    @pytest.mark.parametrize("text", ["", "2026年11月23日面试，月薪6000-8000元。", "😀<b>好</b>", "很" * 500])
    def test_plain_words_are_taken(self, text: str) -> None:
        cast = cast_after()
        reviewed(cast, text=text)
        assert ShopReview.objects.get().text == text

    @pytest.mark.parametrize(("field", "given"), [("stars", {"stars": 6}), ("text", {"stars": 5, "text": "很" * 501})])
    def test_what_cannot_be_is_said_at_its_field(self, field: str, given: dict[str, object]) -> None:
        cast = cast_after()
        with pytest.raises(Invalid) as refusal:
            actions.review_shop(cast.lin, agency_id=cast.agency.id, **given)  # type: ignore[arg-type]
        assert field in refusal.value.fields

    def test_the_average_counts_everyone_and_follows_a_deletion(self) -> None:
        cast = cast_after()
        public_site.review(cast.agency, stars=1)
        reviewed(cast, stars=4)
        assert figures(cast) == (2, 2.5)
        actions.delete_review(cast.lin, agency_id=cast.agency.id)
        actions.delete_review(cast.lin, agency_id=cast.agency.id)
        assert figures(cast) == (1, 1.0)

    def test_agencies_that_wait_for_a_review_are_offered_until_it_is_written(self) -> None:
        cast = cast_after()
        assert [one.id for one in queries.to_review(cast.lin)] == [cast.agency.id]
        reviewed(cast)
        assert queries.to_review(cast.lin) == []


class TestReplies:
    def test_the_agency_replies_once_and_may_change_it(self) -> None:
        cast = cast_after()
        review_id = reviewed(cast)
        actions.reply_to_review(cast.zhou, review_id=review_id, text="谢谢您。")
        actions.reply_to_review(cast.qian, review_id=review_id, text="谢谢您的认可。")
        review = ShopReview.objects.get()
        assert (review.reply, review.reply_edited_at is not None) == ("谢谢您的认可。", True)
        assert EventRecord.objects.filter(name="ReviewAnswered").count() == 1

    def test_nobody_else_replies(self) -> None:
        cast = cast_after()
        review_id = reviewed(cast)
        for actor, refusal in ((cast.ma, NotFound), (cast.lin, NotFound), (cast.shen, Denied)):
            with pytest.raises(refusal):
                actions.reply_to_review(actor, review_id=review_id, text="谢谢")
        assert ShopReview.objects.get().reply == ""

    def test_both_sides_are_told(self) -> None:
        cast = cast_after()
        review_id = reviewed(cast)
        actions.reply_to_review(cast.zhou, review_id=review_id, text="谢谢您。")
        deliver_all()
        told = Notification.objects.filter(kind__startswith="review.").values_list("kind", "user_id")
        staff = {cast.zhou.person_id, cast.qian.person_id}
        assert set(told) == {("review.answered", cast.lin.person_id), *(("review.written", one) for one in staff)}


class TestReports:
    def test_a_hidden_review_is_neither_shown_nor_counted_nor_written_again(self) -> None:
        cast = cast_after()
        review_id = reviewed(cast)
        through = reported(review_id)
        auditor = organisations.operator("auditor")
        actions.decide_on_review(auditor, review_id=review_id, through=through, hide=True, answer="含有辱骂。")
        assert queries.reviews_of(cast.agency.id).items == []
        assert figures(cast) == (0, None)
        with pytest.raises(Refused, match="隐藏"):
            reviewed(cast, stars=1)
        actions.delete_review(cast.lin, agency_id=cast.agency.id)
        assert ShopReview.objects.get().text == ""

    def test_a_kept_one_stays(self) -> None:
        cast = cast_after()
        review_id = reviewed(cast)
        through = reported(review_id)
        auditor = organisations.operator("auditor")
        actions.decide_on_review(auditor, review_id=review_id, through=through, hide=False, answer="是正常的批评。")
        assert figures(cast) == (1, 4.0)
        assert queries.waiting(auditor).items == []
        deliver_all()
        assert Notification.objects.filter(kind="review.report_decided").count() == 1
        assert not Notification.objects.filter(kind="review.hidden").exists()

    def test_one_open_report_a_person(self) -> None:
        cast = cast_after()
        review_id = reviewed(cast)
        reported(review_id, cast.wu)
        with pytest.raises(Refused, match="已举报过"):
            reported(review_id, cast.wu)

    def test_only_auditors_decide(self) -> None:
        cast = cast_after()
        review_id = reviewed(cast)
        through = reported(review_id)
        for actor, refusal in ((cast.qian, NotFound), (cast.lin, NotFound), (organisations.operator("editor"), Denied)):
            with pytest.raises(refusal):
                actions.decide_on_review(actor, review_id=review_id, through=through, hide=True, answer="隐藏")
            with pytest.raises(refusal):
                queries.dossier(actor, review_id)
        assert ShopReview.objects.get().hidden_at is None


@pytest.mark.django_db(transaction=True)
def test_of_two_submits_at_once_one_review_comes() -> None:
    cast = cast_after()
    results = at_once(*[partial(reviewed, cast, stars=stars) for stars in (1, 2, 3, 4)])
    assert outcomes(results) == ["done"] * 4
    review = ShopReview.objects.get()
    assert figures(cast) == (1, float(review.stars))
