"""Every form of seekers' pages into which something can be written gets it back after the session has ended."""

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.forms import Form, PasswordInput, Widget
from django.test import Client
from django.urls import URLPattern, resolve

from jiuye.design.widgets import NEVER_KEPT, CodeInput
from jiuye.domains.accounts import actions
from jiuye.domains.accounts.models import KeptInput
from jiuye.domains.feedback import actions as feedback
from jiuye.domains.resumes.models import Employment
from jiuye.kernel.access import Requirement
from jiuye.kernel.checks import routes
from jiuye.kernel.ids import new_id
from jiuye.portals.kept_input import INPUT_COOKIE, NEVER
from jiuye.ports.search import SearchQuery
from tests.factories import accounts, alerts
from tests.factories.applications import in_state
from tests.factories.cast import Cast, assemble
from tests.factories.reviews import reviewed
from tests.factories.typed_forms import WRITTEN, Typed, comes_back, each_with_text, form_to, forms_of, session_ends

pytestmark = pytest.mark.django_db

PLACE = re.compile(r"<\w+:(\w+)>")
FORMS_AT_LEAST = 12
"""As many were found when this was written: fewer means that the search does not find them any more."""


def seekers_routes() -> Iterator[tuple[str, URLPattern]]:
    """Those of the seeker's portal that know a session."""
    for pattern, route in routes():
        access = getattr(route.callback, "access", None)
        is_of_seekers = route.callback.__module__.startswith("jiuye.portals.seeker")
        if is_of_seekers and isinstance(access, Requirement) and access.session and not NEVER.match(f"/{pattern}"):
            yield pattern, route


def everything_there(cast: Cast) -> dict[str, list[Any]]:
    """For each name in an address the things of Lin that it can stand for."""
    invited = in_state(cast, "interview_invited")
    said = feedback.submit(cast.lin, submission=new_id(), category="fault", text="搜索页打不开了，请看看。")
    reviewable = assemble()
    in_state(reviewable, "rejected")
    return {
        "posting_id": [cast.posting.id],
        "application_id": [invited],
        "agency_id": [cast.agency.id],
        "review_id": [reviewed(reviewable)],
        "saved_search_id": [alerts.saved_search(cast.people["lin"], SearchQuery(q="焊工"))],
        "number": [said.number],
        "section_id": [Employment.objects.get(resume__user_id=cast.lin.person).id],
        "kind": ["employment", "education", "project", "skill", "certificate", "intention"],
    }


def addresses(cast: Cast) -> list[str]:
    """Every page of the routes, for every thing that Lin has."""
    there = everything_there(cast)
    found = []
    for pattern, _ in seekers_routes():
        names = PLACE.findall(pattern)
        if all(name in there for name in names):
            for values in product(*(there[name] for name in names)):
                filled = iter(values)
                found.append("/" + PLACE.sub(lambda _, filled=filled: str(next(filled)), pattern))
    return [*found, "/me/searches/new?q=焊工"]


def written_into(client: Client, pages: list[str]) -> list[tuple[str, Typed]]:
    """The forms of these pages into which something can be written and that ask for a session."""
    found: dict[str, tuple[str, Typed]] = {}
    for page in pages:
        answer = client.get(page)
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            for form in each_with_text(forms_of(answer, page)):
                if not NEVER.match(form.action) and _asks_who(form.action):
                    found.setdefault(form.action, (page, form))
    return list(found.values())


def _asks_who(action: str) -> bool:
    access = getattr(resolve(action).func, "access", None)
    return isinstance(access, Requirement) and access.signed_in


def test_what_was_written_into_any_form_is_there_again_after_signing_in() -> None:
    cast = assemble()
    lin = accounts.browser(cast.people["lin"], confirmed=True)
    forms = written_into(lin, addresses(cast))
    assert len(forms) >= FORMS_AT_LEAST, [form.action for _, form in forms]
    lost = []
    for page, form in forms:
        session_ends(lin)
        sent = form.written()
        answer = lin.post(form.action, sent, headers={"Referer": f"http://testserver{page}"})
        assert answer.headers.get("Location", "").startswith("/login?next="), (form.action, answer.status_code)
        comes_back(lin, cast.people["lin"], confirmed=True)
        again = form_to(lin.get(page), page, form.action)
        lost += [
            (form.action, name, again.values(name))
            for name in form.texts
            if actions.is_kept(name) and again.values(name) != sent[name]
        ]
        lin.cookies.pop(INPUT_COOKIE)
    assert lost == []
    assert KeptInput.objects.count() == len(forms)


def test_the_newcomers_words_on_the_way_to_the_first_application_are_too() -> None:
    cast, newcomer = assemble(), accounts.seeker("")
    page, client = f"/jobs/{cast.posting.id}/apply", accounts.browser(newcomer)
    form = form_to(client.get(page), page, page)
    assert form.texts
    session_ends(client)
    client.post(page, form.written(), headers={"Referer": f"http://testserver{page}"})
    comes_back(client, newcomer)
    again = form_to(client.get(page), page, page)
    assert {name: again.values(name) for name in form.texts} == {name: [WRITTEN] for name in form.texts}


def test_choices_and_boxes_are_as_they_were_left_too() -> None:
    cast = assemble()
    in_state(cast, "rejected")
    lin = accounts.browser(cast.people["lin"])
    page = f"/agencies/{cast.agency.id}/review"
    lin.get(page)
    session_ends(lin)
    sent = {"stars": "2", "tags": ["quick"], "text": WRITTEN}
    lin.post(page, sent, headers={"Referer": f"http://testserver{page}"})
    comes_back(lin, cast.people["lin"])
    again = form_to(lin.get(page), page, page)
    assert (again.values("stars"), again.values("tags"), again.values("text")) == (["2"], ["quick"], [WRITTEN])


def test_a_field_is_kept_by_server_and_browser_or_by_neither() -> None:
    """The server refuses secrets by their names, a browser's draft leaves out `data-no-draft` and passwords: the same fields."""
    differing = [
        f"{form.__module__}.{form.__qualname__}.{name}"
        for form in _all_forms()
        for name, field in form.base_fields.items()
        if not field.widget.is_hidden and actions.is_kept(name) == _is_left_out_by_drafts(field.widget)
    ]
    assert differing == []


def _is_left_out_by_drafts(widget: Widget) -> bool:
    return isinstance(widget, PasswordInput) or widget.attrs.keys() >= NEVER_KEPT.keys()


def test_every_field_for_a_code_is_one_that_is_never_kept() -> None:
    """Codes are typed into `CodeInput`: their names must be refused by name already."""
    forgotten = [
        f"{form.__module__}.{form.__qualname__}.{name}"
        for form in _all_forms()
        for name, field in form.base_fields.items()
        if isinstance(field.widget, CodeInput) and actions.is_kept(name)
    ]
    assert forgotten == []


def _all_forms() -> set[type[Form]]:
    for _ in routes():
        pass  # imports every view and with it every form
    found, left = set(), [Form]
    while left:
        for form in left.pop().__subclasses__():
            if form.__module__.startswith("jiuye.portals") and form not in found:
                found.add(form)
            left.append(form)
    assert len(found) > 20
    return found
