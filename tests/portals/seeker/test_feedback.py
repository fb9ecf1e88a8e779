"""Feedback over HTTP: with an account and without one."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.feedback import actions, queries
from jiuye.domains.feedback.models import Feedback
from jiuye.kernel.actor import Actor
from jiuye.kernel.ids import new_id
from tests.factories import accounts
from tests.factories.feedback import TEXT, desk, picture, row, sent
from tests.factories.public_site import links_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


def typed(**given: Any) -> dict[str, Any]:
    return {"submission": str(new_id()), "category": "fault", "text": TEXT, **given}


class TestWithoutAnAccount:
    def test_it_is_sent_noted_and_found_again(self, client: Client) -> None:
        answer = client.post("/feedback", typed(), follow=True)
        text = text_of(answer)
        made = Feedback.objects.get()
        assert made.number in text
        assert made.query_code in text
        elsewhere = Client()
        form = {"number": f" {made.number.lower()} ", "code": made.query_code.lower()}
        assert TEXT in text_of(elsewhere.post("/feedback/look-up", form, follow=True))

    def test_another_browser_is_asked_for_the_code(self, client: Client) -> None:
        number = sent().number
        answer = client.get(f"/feedback/{number}")
        assert answer.headers["Location"] == f"/feedback/look-up?number={number}"
        assert client.post(f"/feedback/{number}/rate", {"stars": "1"}).status_code == 404

    def test_a_wrong_code_is_said_at_the_field_and_kept(self, client: Client) -> None:
        number = sent().number
        answer = client.post("/feedback/look-up", {"number": number, "code": "WRONG234"})
        assert answer.status_code == 422
        assert "没有找到这条反馈" in text_of(answer)
        assert f'value="{number}"' in answer.content.decode()

    def test_guessing_is_slowed_down(self, client: Client) -> None:
        form = {"number": sent().number, "code": "WRONG234"}
        statuses = [client.post("/feedback/look-up", form).status_code for _ in range(11)]
        assert statuses == [422] * 10 + [429]

    def test_the_browser_that_sent_it_goes_on_with_it(self, client: Client) -> None:
        client.post("/feedback", typed())
        made = Feedback.objects.get()
        actions.answer(desk()[1], feedback_id=made.id, text="已经修好，请再试。")
        assert "已经修好" in text_of(client.get(f"/feedback/{made.number}"))
        assert "4 星" in text_of(client.post(f"/feedback/{made.number}/rate", {"stars": "4"}, follow=True))
        client.post(f"/feedback/{made.number}/more", {"text": "还是不行，第四页也一样。"})
        assert row(made.number).state == "open"


class TestWithAnAccount:
    @pytest.fixture
    def lin(self) -> tuple[Actor, Client]:
        user = accounts.seeker()
        return accounts.actor(user), accounts.browser(user)

    def test_it_is_among_ones_own(self, lin: tuple[Actor, Client]) -> None:
        answer = lin[1].post("/feedback", typed(), follow=True)
        number = Feedback.objects.get().number
        assert f"/me/feedback/{number}" in answer.content.decode()
        assert "查询码" not in text_of(answer)
        assert links_of(lin[1].get("/me/feedback"), f"/me/feedback/{number}")

    def test_pressing_twice_shows_the_same_number(self, lin: tuple[Actor, Client]) -> None:
        form = typed()
        first, second = (text_of(lin[1].post("/feedback", form, follow=True)) for _ in range(2))
        assert first == second
        assert Feedback.objects.count() == 1

    def test_a_mistake_keeps_what_was_written(self, lin: tuple[Actor, Client]) -> None:
        answer = lin[1].post("/feedback", typed(category="", contact="13800000000"))
        page = answer.content.decode()
        assert answer.status_code == 422
        assert TEXT in page
        assert "13800000000" in page
        assert "请选择一个类别" in page

    def test_markup_emoji_and_other_scripts_stay_text(self, lin: tuple[Actor, Client]) -> None:
        text = "<script>alert(1)</script> 🙂 ئۇيغۇرچە བོད་ 䶮 {{7*7}}"
        lin[1].post("/feedback", typed(text=text))
        page = lin[1].get(f"/me/feedback/{Feedback.objects.get().number}")
        assert b"<script>alert" not in page.content
        for part in ("<script>alert(1)</script>", "🙂", "ئۇيغۇرچە", "䶮", "{{7*7}}"):
            assert part in text_of(page)

    def test_files_come_back_as_downloads_to_their_sender_only(self, lin: tuple[Actor, Client]) -> None:
        upload = SimpleUploadedFile("截图.png", picture(), "image/png")
        lin[1].post("/feedback", typed(attachments=[upload]))
        number = Feedback.objects.get().number
        [address] = links_of(lin[1].get(f"/me/feedback/{number}"), "/files/")
        found = lin[1].get(address)
        assert found.content.startswith(b"\xff\xd8\xff")
        assert found.headers["Content-Disposition"].startswith("attachment")
        assert found.headers["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in found.headers["Cache-Control"]
        assert accounts.browser(accounts.seeker()).get(address).status_code == 404
        assert Client().get(address).status_code == 404

    def test_a_file_of_another_kind_is_refused_with_the_reason(self, lin: tuple[Actor, Client]) -> None:
        answer = lin[1].post("/feedback", typed(attachments=[BytesIO(b"<html>")]))
        assert answer.status_code == 422
        assert "只能上传" in text_of(answer)
        assert not Feedback.objects.exists()

    def test_others_get_the_same_answer_as_for_one_that_is_not_there(self, lin: tuple[Actor, Client]) -> None:
        number = sent(lin[0]).number
        other = accounts.browser(accounts.seeker())
        foreign, absent = other.get(f"/me/feedback/{number}"), other.get("/me/feedback/YJ20200101-ABCDEF")
        assert (foreign.status_code, text_of(foreign)) == (404, text_of(absent))

    def test_too_many_are_answered_with_a_wait(self, lin: tuple[Actor, Client]) -> None:
        statuses = [lin[1].post("/feedback", typed()).status_code for _ in range(6)]
        assert statuses == [303] * 5 + [429]

    def test_the_pages_cost_a_few_queries_however_much_there_is(
        self, lin: tuple[Actor, Client], django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        number = sent(lin[0]).number
        clerk = desk()[1]
        for turn in range(5):
            actions.answer(clerk, feedback_id=row(number).id, text=f"第 {turn} 次答复。")
        with django_assert_max_num_queries(6):
            lin[1].get(f"/me/feedback/{number}")
        with django_assert_max_num_queries(4):
            lin[1].get("/me/feedback")

    def test_finishing_and_asking_again(self, lin: tuple[Actor, Client]) -> None:
        number = sent(lin[0]).number
        actions.answer(desk()[1], feedback_id=row(number).id, text="已经修好，请再试。")
        lin[1].post(f"/feedback/{number}/finish")
        assert row(number).state == "closed"
        page = lin[1].post(f"/feedback/{number}/more", {"text": "又出现了。"}, follow=True)
        assert "待答复" in text_of(page)
        assert queries.asked(lin[0], number).card.state == "open"


def test_the_form_is_there_for_everyone_and_can_start_with_a_category(client: Client) -> None:
    page = client.get("/feedback?about=idea").content.decode()
    assert re.search(r'value="idea"[^>]*selected', page)
    assert client.get("/feedback?about=nonsense").status_code == 200
    assert client.get("/feedback/sent").headers["Location"] == "/feedback"


def test_help_leads_to_it(client: Client) -> None:
    page = client.get("/help")
    assert "/feedback" in links_of(page, "^/feedback$")
    assert "public" in page.headers["Cache-Control"]
