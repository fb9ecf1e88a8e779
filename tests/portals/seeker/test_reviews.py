"""Reviewing a shop on its pages: the author's, everybody's, the agency's and the operator's."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.domains.reviews import actions
from jiuye.domains.reviews.models import ReviewReport, ShopReview
from tests.factories import accounts, organisations, public_site
from tests.factories.cast import Cast
from tests.factories.reviews import cast_after, reported, reviewed

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return cast_after()


@pytest.fixture
def lin(cast: Cast) -> Client:
    return accounts.browser(cast.people["lin"])


def operator_browser() -> Client:
    actor = organisations.operator("auditor")
    return accounts.browser(User.objects.get(pk=actor.person_id))


def test_a_review_is_written_shown_to_all_changed_and_deleted(cast: Cast, lin: Client) -> None:
    here = f"/agencies/{cast.agency.id}/review"
    assert here in Client().get(f"/agencies/{cast.agency.id}", {"view": "reviews"}).content.decode()
    answer = lin.post(here, {"stars": "4", "tags": ["quick", "true"], "text": "<b>两天</b>就有答复😀"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/me/reviews")
    page = Client().get(f"/agencies/{cast.agency.id}", {"view": "reviews"})
    for shown in ("求职者 林*", "回复快", "4.0", "1 人评价"):
        assert shown in public_site.text_of(page)
    assert "&lt;b&gt;两天&lt;/b&gt;就有答复😀" in page.content.decode()
    assert "林小满" not in page.content.decode()
    assert "checked" in lin.get(here).content.decode()
    lin.post(here, {"stars": "2", "text": "后来没有下文"})
    assert "已修改" in public_site.text_of(lin.get("/me/reviews"))
    lin.post(f"{here}/delete")
    assert not ShopReview.objects.exists()


def test_who_may_not_is_told_why_and_nothing_is_kept(cast: Cast) -> None:
    here = f"/agencies/{cast.agency.id}/review"
    assert Client().get(here).headers["Location"].startswith("/login?next=")
    for name in ("wu", "zhou", "ma"):
        client = accounts.browser(cast.people[name])
        assert "还不能评价" in client.get(here).content.decode()
        assert client.post(here, {"stars": "1"}).status_code == 409
    assert not ShopReview.objects.exists()


def test_what_is_wrong_is_said_and_what_was_typed_stays(cast: Cast, lin: Client) -> None:
    answer = lin.post(f"/agencies/{cast.agency.id}/review", {"stars": "", "text": "电话13800001234"})
    assert answer.status_code == 422
    assert "请选择 1 到 5 星" in answer.content.decode()
    answer = lin.post(f"/agencies/{cast.agency.id}/review", {"stars": "3", "text": "电话13800001234"})
    assert answer.status_code == 422
    assert "请删去号码" in answer.content.decode()
    assert "电话13800001234" in answer.content.decode()


def test_the_agency_replies_and_everybody_reads_it(cast: Cast) -> None:
    review_id = reviewed(cast)
    zhou = accounts.browser(cast.people["zhou"])
    here = f"/agency/reviews/{review_id}/reply"
    assert here in zhou.get("/agency/reviews", {"view": "unanswered"}).content.decode()
    assert zhou.post(here, {"text": ""}).status_code == 422
    assert zhou.post(here, {"text": "谢谢您的认可。"}).status_code == 303
    page = Client().get(f"/agencies/{cast.agency.id}", {"view": "reviews"})
    assert "谢谢您的认可。" in public_site.text_of(page)
    assert here not in zhou.get("/agency/reviews", {"view": "unanswered"}).content.decode()


def test_others_of_the_agency_or_elsewhere_do_not_reply(cast: Cast) -> None:
    here = f"/agency/reviews/{reviewed(cast)}/reply"
    answers = {name: accounts.browser(cast.people[name]).post(here, {"text": "谢谢"}) for name in ("shen", "ma", "wu")}
    assert {name: one.status_code for name, one in answers.items()} == {"shen": 403, "ma": 404, "wu": 403}
    assert ShopReview.objects.get().reply == ""


def test_a_reported_review_is_decided_on_by_an_auditor(cast: Cast) -> None:
    review_id = reviewed(cast, text="这家的人都是骗子")
    zhou = accounts.browser(cast.people["zhou"])
    assert zhou.post(f"/reviews/{review_id}/report", {"reason": "insult"}).status_code == 303
    assert zhou.post(f"/reviews/{review_id}/report", {"reason": "insult"}).status_code == 409
    auditor = operator_browser()
    assert f"/ops/reports/reviews/{review_id}" in auditor.get("/ops/reports?about=reviews").content.decode()
    assert "这家的人都是骗子" in auditor.get(f"/ops/reports/reviews/{review_id}").content.decode()
    decision = {"verdict": "hide", "answer": "含有辱骂。", "through": str(ReviewReport.objects.get().id)}
    assert auditor.post(f"/ops/reports/reviews/{review_id}/decide", {**decision, "answer": ""}).status_code == 422
    assert auditor.post(f"/ops/reports/reviews/{review_id}/decide", decision).status_code == 302
    assert "骗子" not in Client().get(f"/agencies/{cast.agency.id}", {"view": "reviews"}).content.decode()
    assert "含有辱骂。" in accounts.browser(cast.people["lin"]).get("/me/reviews").content.decode()
    assert zhou.post(f"/reviews/{review_id}/report", {"reason": "insult"}).status_code == 404


def test_long_lists_cost_no_more_queries(
    cast: Cast, lin: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(8):
        public_site.review(cast.agency, reply="谢谢", replied_at=cast.agency.created_at)
        public_site.review(organisations.agency(), author=cast.people["lin"])
    for one in ShopReview.objects.filter(agency=cast.agency):
        reported(one.id)
    zhou, auditor = accounts.browser(cast.people["zhou"]), operator_browser()
    for client, path in ((lin, "/me/reviews"), (zhou, "/agency/reviews"), (auditor, "/ops/reports?about=reviews")):
        with django_assert_max_num_queries(12):
            assert client.get(path).status_code == 200


def test_an_answer_to_a_deleted_review_is_not_found(cast: Cast) -> None:
    review_id = reviewed(cast)
    actions.delete_review(cast.lin, agency_id=cast.agency.id)
    assert accounts.browser(cast.people["zhou"]).get(f"/agency/reviews/{review_id}/reply").status_code == 404
    assert accounts.browser(cast.people["wu"]).get(f"/reviews/{review_id}/report").status_code == 404
