"""Ids of pictures, files and attachments that are somebody else's: the answer of ids that do not exist, and nothing written (S2)."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import URLPattern

from jiuye.domains.resumes import actions as resumes
from jiuye.kernel.checks import routes
from tests.bars.places import Place, placeholders, things_of
from tests.bars.staff import STAFF, Staff, send, taken_back
from tests.conventions.test_pages_with_axe import methods_of
from tests.factories import accounts, feedback
from tests.factories import resumes as made

pytestmark = pytest.mark.django_db
NAMES = frozenset({"picture_id", "file_id", "attachment_id", "material_id"})
OF_STAFF = [one for one in STAFF if NAMES & set(placeholders(one.pattern))]
OF_SEEKERS = {
    "me/resume/attachments/<uuid:attachment_id>",
    "me/resume/attachments/<uuid:attachment_id>/rename",
    "me/resume/attachments/<uuid:attachment_id>/remove",
    "me/resume/attachments/<uuid:attachment_id>/restore",
}
ELSEWHERE = {
    "feedback/<str:number>/files/<uuid:file_id>",
    "policies/<uuid:policy_id>/files/<uuid:file_id>",
    "agencies/<uuid:agency_id>/pictures/<uuid:picture_id>",
    "me/sanctions/<uuid:sanction_id>/files/<uuid:file_id>",
}
"""Read-only, or of another thing whose id is checked first; their own tests have them."""


def test_every_route_with_such_an_id_is_tried() -> None:
    """A new route is found here: add it to `OF_SEEKERS`, or name it in `ELSEWHERE`."""
    mine = {one.pattern for one in OF_STAFF}
    others = {
        pattern for pattern, route in routes() if NAMES & set(placeholders(pattern)) and not pattern.startswith("api/")
    }
    assert others - mine - ELSEWHERE == OF_SEEKERS


def refused(client: Client, method: str, path: str) -> None:
    answer, wrote = send(client, method, path)
    assert (answer.status_code, wrote) == (404, {}), (method, path)
    request = getattr(answer, "wsgi_request", None)
    assert not [str(one) for one in get_messages(request)] if request else True


@pytest.mark.parametrize("staff", OF_STAFF, ids=lambda one: one.pattern)
def test_of_staff(places: dict[str, tuple[Place, Place]], staff: Staff) -> None:
    own, other = places[staff.kind]
    [name] = NAMES & set(placeholders(staff.pattern))
    with taken_back():
        ids = things_of(own, staff.pattern, "owner")
        foreign = things_of(other, staff.pattern, "owner")[name] if own is not other else uuid4()
        for wrong in {uuid4(), foreign} - {ids[name]}:
            for method in staff.methods:
                for role in sorted(staff.roles):
                    refused(own.browsers[role], method, staff.path({**ids, name: wrong}))


@pytest.mark.parametrize("pattern", sorted(OF_SEEKERS))
def test_of_seekers(pattern: str) -> None:
    mine, other = accounts.seeker(), accounts.seeker()
    for person in (mine, other):
        made.whole_resume(person)
    foreign = resumes.add_attachment(accounts.actor(other), file=BytesIO(feedback.picture()), name="证书.png")
    [route] = [route for one, route in routes() if one == pattern]
    for wrong in (uuid4(), foreign):
        for method in _methods(route):
            path = "/" + pattern.replace("<uuid:attachment_id>", str(wrong))
            refused(accounts.browser(mine, confirmed=True), method, path)


def _methods(route: URLPattern) -> list[str]:
    return [one for one in methods_of(route.callback) or ["GET", "POST"] if one != "HEAD"]
