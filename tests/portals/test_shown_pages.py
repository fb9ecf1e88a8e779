"""A page of a material as a picture, behind a short-lived link."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from PIL import Image

from jiuye.domains.accounts.models import User
from jiuye.kernel import clock, short_links
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.portals.shown_pages import page_picture
from tests.factories import accounts
from tests.factories.portraits import picture

pytestmark = pytest.mark.django_db
PURPOSE, SUBJECT = "evidence", "material/1"


@pytest.fixture
def auditor() -> User:
    return accounts.seeker()


def issued(user: User) -> str:
    return short_links.issue(accounts.actor(user), purpose=PURPOSE, subject=SUBJECT)


def shown(user: User, token: str) -> HttpResponse:
    """What the person's browser gets."""
    request = RequestFactory().get("/ops/materials/page")
    request.actor = accounts.actor(user)  # type: ignore[attr-defined]
    return page_picture(request, purpose=PURPOSE, token=token, read=page_of, again="/ops/audit/1")  # type: ignore[arg-type]


def page_of(actor: Actor, subject: str) -> bytes:
    assert subject == SUBJECT
    return picture()


def test_it_is_shown_to_the_person_who_opened_it(auditor: User) -> None:
    answer = shown(auditor, issued(auditor))
    assert answer.status_code == 200
    assert Image.open(BytesIO(answer.content)).format == "JPEG"
    assert answer.content != picture()


def test_no_browser_keeps_it_and_no_page_runs_in_it(auditor: User) -> None:
    headers = shown(auditor, issued(auditor)).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Content-Security-Policy"].endswith("sandbox")
    assert headers["Content-Disposition"] == "inline"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_the_link_is_of_no_use_to_somebody_else(auditor: User) -> None:
    with pytest.raises(NotFound):
        shown(accounts.seeker(), issued(auditor))


def test_after_five_minutes_there_is_a_way_to_open_it_again(auditor: User) -> None:
    token = issued(auditor)
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        answer = shown(auditor, token)
    page = answer.content.decode()
    assert answer.status_code == 410
    assert "重新打开" in page
    assert 'href="/ops/audit/1"' in page
