"""Every form of the seekers' site accepts real input: nothing, too much, any script, markup, the same twice."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve

from tests.bars.filling import PLAUSIBLE
from tests.bars.walking import Walk
from tests.e2e.pages import PAGES
from tests.e2e.shown import Shown
from tests.factories import markup
from tests.factories.markup import Control, Form

pytestmark = pytest.mark.django_db
SEEKERS = ("visitor", "newcomer", "seeker", "checked")
# Each page once per person: the rest of its URL changes no form.
WITH_FORMS = list(
    {(one.person, one.route): one for one in reversed(PAGES) if one.person in SEEKERS and not one.then}.values()
)
EACH = pytest.mark.parametrize("shown", WITH_FORMS, ids=lambda shown: shown.name)
MARKUP = """<b>"'&</b><script>alert(1)</script>"""
TEXTS = {
    "ten thousand letters": "长" * 10_000,
    "emoji": "👩🏽‍🔧焊工🔥 👨‍👩‍👧‍👦",
    "markup": MARKUP,
    "Arabic": "أبحث عن عمل",
    "Thai": "กำลังหางานอยู่",
    "Cyrillic": "Ищу работу",
    "combining marks": "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘",
    "a rare character": "𬌗𪚥",
    "right to left override": "工资\u202e0001",
    "line breaks": "第一行\r\n第二行\n\r第三行",
    "spaces only": " \t\u3000\u200b ",
    "NUL": "焊\x00工",
    "a formula": '=HYPERLINK("http://example.com","点")',
    "a number out of range": "99999999999999999999",
}
NOT_KEPT = {"code"}  # secrets are typed again
UNAVAILABLE = {"login:qr"}  # 503: the card service is not there in this test


@dataclass(frozen=True)
class Sending:
    """A form on a person's page, and their browser."""

    client: Client
    form: Form
    action: str

    @property
    def route(self) -> str:
        return resolve(urlsplit(self.action).path).view_name

    @contextmanager
    def taken_back(self) -> Iterator[None]:
        """Roll back everything within, in the database and in the browser."""
        cookies: Any = self.client.cookies.copy()
        block: Any = transaction.atomic()
        block._from_testcase = True  # on_commit callbacks run as in any test
        with block:
            yield
            transaction.set_rollback(True)
        self.client.cookies = cookies

    def plausible(self) -> dict[str, list[str]]:
        """Return plausible input: every box ticked, the first real choice, a word in each field."""
        data = self.form.data()
        for control in self.form.controls:
            if control.kind == "checkbox" and control.value not in data.get(control.name, []):
                data.setdefault(control.name, []).append(control.value)
            elif control.kind == "radio":
                data.setdefault(control.name, [control.value])
            elif control.kind == "select":
                data[control.name] = [next((choice for choice in control.choices if choice), "")]
            elif control.takes_text and not control.value:
                data[control.name] = [PLAUSIBLE.get(control.name, "认真负责的好工作，请再说说情况")]
        return data

    def send(self, data: dict[str, list[str]]) -> HttpResponse:
        """Send it. Return the answer, following redirects; neither may be an error."""
        answer: Any = self.client.post(self.action, data)
        assert answer.status_code < 500 or self.route in UNAVAILABLE, f"{self.route}: {answer.status_code}"
        if answer.status_code in (301, 302, 303):
            led_to = self.client.get(answer.headers["Location"], follow=True)
            assert led_to.status_code < 500, f"{self.route} → {answer.headers['Location']}"
            assert MARKUP not in led_to.content.decode(errors="replace"), self.route
        return answer


Forms = Callable[[Shown], list[Sending]]


@pytest.fixture(scope="module")
def forms(walk: Walk) -> Forms:
    """Return each kind of form on a page once; a page is fetched once for all tests."""

    @cache
    def on(shown: Shown) -> list[Sending]:
        path = walk.path(shown)
        found: dict[tuple[str, ...], Sending] = {}
        for form in markup.read(walk.get(shown.person, path).content.decode()).posted():
            sending = Sending(walk.browsers[shown.person], form, form.action or path)
            found.setdefault((sending.route, *sorted({control.name for control in form.controls})), sending)
        return list(found.values())

    return on


def again(answer: HttpResponse, sending: Sending) -> Form | None:
    """Return the same form in the answer."""
    names = {control.name for control in sending.form.controls}
    return next(
        (
            form
            for form in markup.read(answer.content.decode()).posted()
            if {control.name for control in form.controls} & names >= {one.name for one in sending.form.writable}
        ),
        None,
    )


def assert_says_what_is_wrong(answer: HttpResponse, sending: Sending) -> None:
    """Check that an unsuccessful answer names the error in a summary and at each field that the summary links to."""
    page = answer.content.decode()
    if sending.route in UNAVAILABLE:
        return
    if answer.status_code < 400 and 'class="error-summary"' not in page:
        return  # taken
    if answer.status_code >= 400 and again(answer, sending) is None:
        assert "<h1" in page, sending.route  # a page that says why, with a way on
        return
    assert 'role="alert"' in page, sending.route


def assert_kept(answer: HttpResponse, sending: Sending, control: Control, text: str) -> None:
    """Check that the input is in the field again, as text."""
    page = answer.content.decode()
    assert MARKUP not in page, f"{sending.route}: {control.name} is not escaped"
    form = again(answer, sending)
    if form is None or control.name in NOT_KEPT or 'class="error-summary"' not in page:
        return
    kept = next(one.value for one in form.controls if one.name == control.name)
    assert squeezed(kept) == squeezed(text), f"{sending.route}: {control.name} lost what was typed"


def squeezed(text: str) -> str:
    """Remove white space, as fields may trim it; U+200B is not white space to Python."""
    return "".join(text.replace("\x00", "").split())


@EACH
def test_nothing_at_all_is_answered_with_what_is_missing(forms: Forms, shown: Shown) -> None:
    for sending in forms(shown):
        for data in ({}, {control.name: [""] for control in sending.form.writable}):
            with sending.taken_back():
                assert_says_what_is_wrong(sending.send(data), sending)


@EACH
def test_whatever_is_typed_is_taken_or_said_to_be_wrong_and_kept(forms: Forms, shown: Shown) -> None:
    for sending in forms(shown):
        for control in sending.form.writable:
            for text in TEXTS.values():
                with sending.taken_back():
                    answer = sending.send({**sending.plausible(), control.name: [text]})
                    assert_says_what_is_wrong(answer, sending)
                    assert_kept(answer, sending, control, text)


@EACH
def test_what_a_machine_would_send_is_no_fault(forms: Forms, shown: Shown) -> None:
    """Also hidden fields and choices with values that no page offers, and bytes that are not UTF-8."""
    for sending in forms(shown):
        for control in sending.form.controls:
            for text in ("焊\x00工", "x" * 10_000, "-1", "[]", "🔥"):
                with sending.taken_back():
                    sending.send({**sending.plausible(), control.name: [text]})
        names = [control.name for control in sending.form.controls] or ["x"]
        with sending.taken_back():
            body = "&".join(f"{name}=%ED%A0%80%FF" for name in names)
            answer = sending.client.post(sending.action, body, content_type="application/x-www-form-urlencoded")
            assert answer.status_code < 500 or sending.route in UNAVAILABLE


def rows() -> dict[str, int]:
    """Return the number of rows of each kind, in one query; logs grow with every answer."""
    tables = [
        (model._meta.label, model._meta.db_table)
        for model in apps.get_models()
        if model._meta.app_label not in ("kernel", "procrastinate", "contenttypes") and model._meta.managed
    ]
    counts = " UNION ALL ".join(f"SELECT '{label}', count(*) FROM \"{table}\"" for label, table in tables)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(counts)
        return dict(cursor.fetchall())


@EACH
def test_the_same_form_sent_twice_counts_once(forms: Forms, shown: Shown) -> None:
    for sending in forms(shown):
        with sending.taken_back():
            data = sending.plausible()
            sending.send(data)
            once = rows()
            sending.send(data)
            twice = rows()
            assert {name: n for name, n in twice.items() if n > once[name]} == {}, sending.route
