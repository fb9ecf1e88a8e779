"""Every form of the staff portals with text fields restores its input after the session has ended."""

from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.test import Client

from jiuye.domains.accounts import actions
from jiuye.portals.kept_input import INPUT_COOKIE, NEVER
from tests.bars.walking import Walk, person
from tests.e2e.pages import PAGES
from tests.e2e.shown import Shown
from tests.factories.typed_forms import comes_back, each_with_text, form_to, forms_of, session_ends

pytestmark = pytest.mark.django_db
SEEKERS = ("visitor", "newcomer", "seeker", "checked")
OF_STAFF = list({(one.person, one.route): one for one in reversed(PAGES) if one.person not in SEEKERS}.values())


@pytest.fixture
def client(walk: Walk, shown: Shown) -> Iterator[Client]:
    """The browser of the page's person; afterwards it has the session it had."""
    client = walk.browsers[shown.person]
    cookies = deepcopy(client.cookies)
    yield client
    client.cookies = cookies


@pytest.mark.parametrize("shown", [one for one in OF_STAFF if not one.then], ids=lambda shown: shown.name)
def test_what_was_written_is_in_the_form_again_after_signing_in(walk: Walk, client: Client, shown: Shown) -> None:
    path = walk.path(shown)
    lost = []
    for form in each_with_text(forms_of(walk.get(shown.person, path), path)):
        sent = form.written()
        if NEVER.match(form.action) or not any(actions.is_kept(name) for name in form.texts):
            continue
        session_ends(client)
        answer = client.post(form.action, sent, headers={"Referer": f"http://testserver{path}"})
        assert answer.headers.get("Location", "").startswith("/login?next="), (form.action, answer.status_code)
        comes_back(client, person(shown.person), confirmed=True)
        page = client.get(path)
        again = form_to(page, path, form.action)
        lost += [
            (form.action, name, again.values(name))
            for name in form.texts
            if actions.is_kept(name) and again.values(name) != sent[name]
        ]
        assert "您填写的内容已恢复" in page.content.decode(), form.action
        client.cookies.pop(INPUT_COOKIE)
    assert lost == []
