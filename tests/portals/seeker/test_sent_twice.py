"""Whatever a seeker sends twice is done once, and the second answer is the first: no error, no second row, no second message."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client

from jiuye.domains.feedback import actions as feedback
from jiuye.domains.feedback.models import Feedback
from jiuye.domains.jobs.models import SavedJob
from jiuye.domains.reports.models import Report
from jiuye.kernel import clock
from jiuye.kernel.ids import new_id
from jiuye.kernel.models import AnsweredForm
from jiuye.ports.search import SearchQuery
from jiuye.worker.tasks import sweep
from tests.factories import accounts, alerts
from tests.factories.applications import in_state
from tests.factories.cast import Cast, assemble
from tests.factories.feedback import desk as feedback_desk
from tests.factories.public_site import fair
from tests.factories.reviews import reviewed
from tests.factories.typed_forms import form_to

pytestmark = pytest.mark.django_db
MATTER = "列表翻到第三页以后就打不开了。"
UNCOUNTED = frozenset({"accounts_session", "kernel_answered_form", "kernel_ratecounter", "jobs_browsingrecord"})


@dataclass(frozen=True)
class Form:
    """A form on a page, with what is written into it; `at` is where it is sent when that is not the page."""

    page: str
    written: dict[str, Any]
    at: str = ""


def apply(cast: Cast) -> Form:
    recipients = (cast.posting.agency_id, cast.posting.employer_id)
    return Form(f"/jobs/{cast.posting.id}/apply", {f"consent_{one}": "on" for one in recipients})


def report(cast: Cast) -> Form:
    return Form(f"/jobs/{cast.posting.id}/report", {"reason": "fees", "text": "要交押金。"})


def review(cast: Cast) -> Form:
    in_state(cast, "rejected")
    return Form(f"/agencies/{cast.agency.id}/review", {"stars": "4", "text": "答复很快。"})


def report_a_review(cast: Cast) -> Form:
    other = assemble()
    in_state(other, "rejected")
    return Form(f"/reviews/{reviewed(other)}/report", {"reason": "insult", "text": "骂人。"})


def attend(cast: Cast) -> Form:
    return Form(f"/fairs/{fair(cast.agency).id}/attend", {})


def save_a_search(cast: Cast) -> Form:
    return Form("/me/searches/new?q=焊工", {"name": "焊工", "frequency": "daily"}, at="/me/searches/new?q=焊工")


def rename_a_search(cast: Cast) -> Form:
    kept = alerts.saved_search(cast.people["lin"], SearchQuery(q="焊工"))
    return Form(f"/me/searches/{kept}", {"name": "电焊", "frequency": "daily"})


def add_an_employer(cast: Cast) -> Form:
    return Form(
        "/me/resume/employment/new",
        {"employer_name": "示例机械厂", "title": "焊工", "start_on": "2020-01", "end_on": ""},
    )


def write_about_oneself(cast: Cast) -> Form:
    return Form("/me/resume/self", {"self_description": "会电焊。"})


def send_feedback(cast: Cast) -> Form:
    return Form("/feedback", {"category": "fault", "text": MATTER})


def add_to_feedback(cast: Cast) -> Form:
    number = feedback.submit(cast.lin, submission=new_id(), category="fault", text=MATTER).number
    return Form(f"/me/feedback/{number}", {"text": "换了网络以后，现在又能打开了。"}, at=f"/feedback/{number}/more")


def accept_the_interview(cast: Cast) -> Form:
    here = f"/me/applications/{in_state(cast, 'interview_invited')}"
    return Form(here, {"answer": "accept"}, at=f"{here}/interview")


def ask_for_another_time(cast: Cast) -> Form:
    here = f"/me/applications/{in_state(cast, 'interview_invited')}"
    first = (clock.now() + timedelta(days=5)).strftime("%Y-%m-%dT09:00")
    return Form(here, {"reason": "当天有事", "first": first, "second": "", "third": ""}, at=f"{here}/another-time")


def withdraw(cast: Cast) -> Form:
    here = f"/me/applications/{in_state(cast, 'submitted')}"
    return Form(here, {}, at=f"{here}/withdraw")


FORMS: list[Callable[[Cast], Form]] = [
    apply,
    report,
    review,
    report_a_review,
    attend,
    save_a_search,
    rename_a_search,
    add_an_employer,
    write_about_oneself,
    send_feedback,
    add_to_feedback,
    accept_the_interview,
    ask_for_another_time,
    withdraw,
]


def everything() -> dict[str, int]:
    """Return the number of rows of every table, except those that only record visits."""
    with connection.cursor() as cursor:
        tables = sorted(set(connection.introspection.table_names(cursor)) - UNCOUNTED)
        cursor.execute(" UNION ALL ".join(f"SELECT '{one}', count(*) FROM {one}" for one in tables))  # noqa: S608
        return dict(cursor.fetchall())


def filled(client: Client, form: Form) -> tuple[str, dict[str, Any]]:
    """Where the form on its page is sent, and what with."""
    action = form.at or form.page
    found = form_to(client.get(form.page), form.page, action.partition("?")[0])
    return action, {**found.written(), **form.written}


@pytest.mark.parametrize("prepare", FORMS, ids=[one.__name__ for one in FORMS])
def test_the_second_press_gets_the_first_ones_answer_and_changes_nothing(prepare: Callable[[Cast], Form]) -> None:
    cast = assemble()
    form = prepare(cast)
    lin = accounts.browser(cast.people["lin"], checks_csrf=True)
    action, data = filled(lin, form)

    first = lin.post(action, data)
    assert first.status_code in (302, 303), re.findall(
        r"<li><a href=\"#.*|field-error.*|notice-body.*\n.*\n.*", first.content.decode()
    )
    said, after_first = {str(one) for one in get_messages(first.wsgi_request)}, everything()
    second = lin.post(action, data)

    assert second.headers.get("Location") == first.headers["Location"]
    assert {str(one) for one in get_messages(second.wsgi_request)} == said
    assert everything() == after_first


def a_report(cast: Cast, **written: str) -> tuple[Client, str, dict[str, Any]]:
    """Lin's browser with the form filled in, and where it is sent."""
    lin = accounts.browser(cast.people["lin"], checks_csrf=True)
    form = report(cast)
    return lin, *filled(lin, Form(form.page, {**form.written, **written}))


def test_the_same_words_from_a_fresh_page_are_another_matter() -> None:
    lin, action, data = a_report(assemble())
    lin.post(action, data)
    token = lin.get("/me/resume/self").content.decode().partition('name="csrfmiddlewaretoken" value="')[2][:64]
    assert lin.post(action, {**data, "csrfmiddlewaretoken": token}).status_code == 409


def test_after_a_minute_it_is_processed_again() -> None:
    lin, action, data = a_report(assemble())
    lin.post(action, data)
    with clock.frozen(clock.now() + timedelta(seconds=61)):
        assert lin.post(action, data).status_code == 409


@pytest.mark.parametrize("scripts", [{}, {"HX-Request": "true"}], ids=["without-scripts", "with-scripts"])
def test_saved_let_go_and_saved_again_from_the_same_page_is_saved(scripts: dict[str, str]) -> None:
    cast = assemble()
    lin = accounts.browser(cast.people["lin"], checks_csrf=True)
    page = f"/jobs/{cast.posting.id}/save"
    token = {"csrfmiddlewaretoken": form_to(lin.get(page), page, page).values("csrfmiddlewaretoken")[0]}
    lin.post(page, {**token, "keep": "yes"})
    lin.post(page, {**token, "keep": "no"}, headers=scripts)
    assert not SavedJob.objects.exists()
    lin.post(page, {**token, "keep": "yes"})
    assert SavedJob.objects.exists()


def test_codes_of_a_second_step_are_left_to_their_own_transaction() -> None:
    user = accounts.member(new_id(), "platform", "auditor")
    desk = accounts.browser(user, checks_csrf=True, second_factor=False)
    page = "/login/second-factor"
    form = form_to(desk.get(page), page, page)
    assert desk.post(page, {**form.written(), "code": accounts.app_code(user)}).status_code == 303
    assert not AnsweredForm.objects.exists()


def test_what_was_refused_may_be_sent_again_as_it_is() -> None:
    lin, action, data = a_report(assemble(), reason="")
    assert [lin.post(action, data).status_code for _ in range(2)] == [422, 422]
    assert not AnsweredForm.objects.exists()


def test_another_person_gets_no_answer_that_was_not_theirs() -> None:
    cast = assemble()
    lin, action, data = a_report(cast)
    lin.post(action, data)
    wu = accounts.browser(cast.people["wu"])
    assert wu.post(action, data).headers["Location"] == "/me/reports"
    assert Report.objects.count() == 2


def test_what_is_remembered_is_sealed_and_swept() -> None:
    lin, action, data = a_report(assemble())
    lin.post(action, data)
    with connection.cursor() as cursor:
        cursor.execute("SELECT answer FROM kernel_answered_form")
        assert "reports" not in cursor.fetchone()[0]
    with clock.frozen(clock.now() + timedelta(minutes=2)):
        sweep(timestamp=0)
    assert not AnsweredForm.objects.exists()


@pytest.mark.parametrize(
    ("step", "data"), [("more", {"text": "换了网络以后，又打不开了。"}), ("rate", {"stars": "4"}), ("finish", {})]
)
def test_a_visitor_without_an_account_may_press_twice_too(step: str, data: dict[str, str]) -> None:
    visitor = Client()
    visitor.post("/feedback", {"category": "fault", "text": MATTER, "submission": str(new_id())})
    row = Feedback.objects.get()
    feedback.answer(feedback_desk()[1], feedback_id=row.id, text="您好，已经修好，请刷新后再试。")

    first, after_first = visitor.post(f"/feedback/{row.number}/{step}", data), everything()
    second = visitor.post(f"/feedback/{row.number}/{step}", data)

    assert (second.status_code, second.headers["Location"]) == (303, first.headers["Location"])
    assert "error" not in {one.level_tag for one in get_messages(second.wsgi_request)}
    assert everything() == after_first


@pytest.mark.django_db(transaction=True)
def test_of_six_presses_at_once_one_counts() -> None:
    cast = assemble()
    lin, action, data = a_report(cast)

    def press(_: int) -> str:
        mine = Client()
        mine.cookies.update(lin.cookies)
        try:
            return mine.post(action, data).headers.get("Location", "")
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        led = list(pool.map(press, range(6)))

    assert led == ["/me/reports"] * 6
    assert Report.objects.count() == 1
