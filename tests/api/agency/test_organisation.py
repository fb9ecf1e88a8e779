"""An agency's client reads members, answers reviews and affiliations, and edits the shop."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.clients.states import Mode
from jiuye.domains.organisations.models import Affiliation
from tests.factories import clients, organisations, reviews

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller() -> clients.Caller:
    return clients.caller()


class TestMembers:
    def test_they_are_listed_with_the_ids_that_writes_name(self, caller: clients.Caller) -> None:
        organisations.member(organisations.agency(), role="owner")
        items = caller.get("/agency/members").json()["items"]
        assert [(one["id"], one["role"]) for one in items] == [(str(caller.member_id), "owner")]

    def test_in_test_mode_they_are_those_of_the_real_agency(self) -> None:
        caller = clients.caller(mode=Mode.TEST)
        late = organisations.member(caller.agency, role="recruiter")
        items = caller.get("/agency/members").json()["items"]
        assert {one["id"] for one in items} == {str(caller.member_id), str(late.person)}

    def test_their_phones_are_masked(self, caller: clients.Caller) -> None:
        assert "*" in caller.get("/agency/members").json()["items"][0]["phone"]


class TestReviews:
    def test_a_reply_is_written_once_and_may_be_changed(self, caller: clients.Caller) -> None:
        review = reviews.review(caller.agency)
        for text in ("谢谢。", "谢谢您的评价。"):
            answer = caller.put(f"/agency/reviews/{review.id}/reply", {"text": text})
            assert (answer.status_code, answer.json()["reply"]) == (200, text)
        listed = caller.get("/agency/reviews", view="answered").json()
        assert [one["reply"] for one in listed["items"]] == ["谢谢您的评价。"]
        assert listed["counts"]["unanswered"] == 0

    def test_another_agencys_review_is_not_there(self, caller: clients.Caller) -> None:
        review = reviews.review(organisations.agency())
        assert caller.put(f"/agency/reviews/{review.id}/reply", {"text": "谢谢。"}).status_code == 404
        assert caller.get(f"/agency/reviews/{review.id}").status_code == 404

    def test_a_list_costs_the_same_whatever_its_length(
        self, caller: clients.Caller, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for _ in range(5):
            reviews.review(caller.agency)
        caller.get("/agency/reviews")
        with django_assert_max_num_queries(6):
            caller.get("/agency/reviews")


class TestAffiliations:
    def asked(self, caller: clients.Caller) -> Affiliation:
        employer = organisations.employer(is_certified=True)
        organisations.qualify(employer)
        return organisations.affiliate(employer, caller.agency, "requested")

    def test_a_request_is_approved_and_later_ended(self, caller: clients.Caller) -> None:
        one = self.asked(caller)
        assert caller.get("/agency/affiliations", group="asked").json()["items"][0]["may"] == ["approve", "refuse"]
        assert caller.post(f"/agency/affiliations/{one.id}/approve").json()["state"] == "approved"
        ended = caller.post(f"/agency/affiliations/{one.id}/end", {"reason": "合作到期。"}).json()
        assert (ended["state"], ended["reason"], ended["ended_by"]) == ("ended", "合作到期。", "agency")

    def test_a_refusal_says_why(self, caller: clients.Caller) -> None:
        one = self.asked(caller)
        assert caller.post(f"/agency/affiliations/{one.id}/refuse", {"reason": ""}).status_code == 422
        assert (
            caller.post(f"/agency/affiliations/{one.id}/refuse", {"reason": "不做餐饮。"}).json()["state"] == "refused"
        )

    def test_what_is_decided_is_not_decided_again(self, caller: clients.Caller) -> None:
        one = self.asked(caller)
        caller.post(f"/agency/affiliations/{one.id}/approve")
        assert caller.post(f"/agency/affiliations/{one.id}/approve").status_code == 409

    def test_another_agencys_is_not_there(self, caller: clients.Caller) -> None:
        one = self.asked(clients.caller())
        assert caller.get(f"/agency/affiliations/{one.id}").status_code == 404
        assert caller.get(f"/agency/affiliations/{uuid4()}").status_code == 404


class TestTheShop:
    def test_what_is_left_out_stays(self, caller: clients.Caller) -> None:
        before = caller.get("/agency/shop").json()
        after = caller.patch("/agency/shop", {"slogan": "只做蓝领招聘", "version": before["version"]}).json()
        assert after["slogan"] == "只做蓝领招聘"
        assert after["services"] == before["services"]
        assert after["version"] == before["version"] + 1

    def test_a_colleagues_change_is_not_overwritten(self, caller: clients.Caller) -> None:
        version = caller.get("/agency/shop").json()["version"]
        caller.patch("/agency/shop", {"slogan": "一", "version": version})
        assert caller.patch("/agency/shop", {"slogan": "二", "version": version}).status_code == 409

    def test_a_section_is_replaced(self, caller: clients.Caller) -> None:
        version = caller.get("/agency/shop").json()["version"]
        entries = [{"year": "2025", "text": "帮助三百人就业"}]
        after = caller.put("/agency/shop/sections/achievements", {"entries": entries, "version": version}).json()
        assert after["achievements"] == entries
        assert caller.put("/agency/shop/sections/nothing", {"entries": [], "version": 2}).status_code == 404

    def test_a_picture_is_added_seen_and_deleted(self, caller: clients.Caller) -> None:
        drawn = BytesIO()
        Image.new("RGB", (640, 480), "teal").save(drawn, "PNG")
        file = SimpleUploadedFile("hall.png", drawn.getvalue(), "image/png")
        sent = Client().post(
            "/api/v1/agency/shop/pictures", {"picture": file, "caption": "服务大厅"}, headers=caller.headers()
        )
        assert sent.status_code == 201
        address = f"/agency/shop/pictures/{sent.json()['id']}"
        assert caller.get(address).headers["Content-Type"] == "image/jpeg"
        assert caller.delete(address).status_code == 204
        assert caller.get("/agency/shop").json()["pictures"] == []
