"""Bars S1 and S2 on the seekers' site: every route with an id, with the id of another person's thing or of one that is not public,
answers as with an id that nothing has, and writes nothing. The owner sends the same in the same run, and is served.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern

from jiuye.domains.accounts.models import User
from jiuye.domains.applications.models import Application
from jiuye.domains.policies.models import Policy
from jiuye.kernel import clock
from jiuye.kernel.access import requirement_of
from jiuye.kernel.checks import routes
from jiuye.kernel.ids import new_id
from tests.bars import seekers
from tests.bars.filling import Forms, Found, collect, first_of_each
from tests.bars.seekers import Ids, address, names_in
from tests.bars.staff import send, taken_back
from tests.bars.walking import Walk
from tests.conventions.test_pages_with_axe import methods_of
from tests.factories import accounts, applications, erasure, jobs, organisations, public_site, resumes
from tests.factories.cast import Cast

pytestmark = pytest.mark.django_db

OWN = frozenset(
    {
        "application_id", "attachment_id", "block_id", "consent_id", "export_id", "handle", "invitation_id",
        "notification_id", "number", "passkey_id", "request_id", "sanction_id", "saved_search_id", "section_id", "version_id",
    }
)  # fmt: skip
"""Names of ids of what belongs to one person."""
PUBLIC = frozenset({"agency_id", "employer_id", "fair_id", "policy_id", "posting_id", "review_id"})
"""Names of ids of what everybody may see once it is published."""
NO_THING = {
    "kind": "a part of the page", "section_kind": "a part of the page", "key": "a part of the page", "tag": "a part of the page",
    "start": "a place in the list of all postings", "code": "a channel's public name", "token": "a secret, not an id",
    "qr_id": "of the browser's own session", "organisation_id": "any organisation", "verb": "a word",
    "file_id": "tests/bars/test_ids_of_files.py", "picture_id": "tests/bars/test_ids_of_files.py",
}  # fmt: skip


AWAY = ("/login", "/feedback/look-up")
"""Where visitors are led, whatever the id."""

SAYS_NOTHING = {
    "agencies/<uuid:agency_id>/review/delete": "deletes one's own; there is none",
    "fairs/<uuid:fair_id>/attend/cancel": "cancels one's own; there is none",
    "jobs/<uuid:posting_id>/actions": "a piece of a page: what one did oneself",
    "jobs/<uuid:posting_id>/distance": "nothing is known",
    "jobs/<uuid:posting_id>/viewed": "a look at what does not exist is not noted",
}
"""Routes that answer any id alike, without 404."""
NOT_HERE = frozenset(
    {
        "agencies/<uuid:agency_id>/review",
        "companies/<uuid:employer_id>",
        "fairs/<uuid:fair_id>/attend",
        "fairs/<uuid:fair_id>/attend/cancel",
        "feedback/<str:number>/finish",
        "feedback/<str:number>/rate",
        "jobs/<uuid:posting_id>/viewed",
        "me/applications/<uuid:application_id>/first-day.ics",
        "me/applications/<uuid:application_id>/interview.ics",
        "me/applications/<uuid:application_id>/nudge",
        "me/applications/<uuid:application_id>/retention",
        "me/following/<uuid:saved_search_id>/stop",
        "me/privacy/export/<uuid:export_id>/download",
        "me/resume/<section_kind:kind>/<uuid:section_id>/move",
        "me/resume/attachments/<uuid:attachment_id>/rename",
        "me/resume/attachments/<uuid:attachment_id>/restore",
        "me/resume/versions/<uuid:version_id>",
        "me/resume/versions/<uuid:version_id>/restore",
        "me/sanctions/<uuid:sanction_id>/files/<uuid:file_id>",
        "policies/<uuid:policy_id>/check",
        "policies/<uuid:policy_id>/files/<uuid:file_id>",
    }
)
"""Routes that the owner's things here are in no state for; each has its own tests in `tests/portals/seeker`."""


@dataclass(frozen=True)
class Route:
    """A route of the seekers' site with an id."""

    pattern: str
    route: URLPattern

    @property
    def names(self) -> frozenset[str]:
        return names_in(self.pattern)

    @property
    def methods(self) -> list[str]:
        return [one for one in (methods_of(self.route.callback) or ["GET", "POST"]) if one != "HEAD"]


def _found() -> Iterator[Route]:
    for pattern, route in routes():
        requirement = requirement_of(route.callback)
        if names_in(pattern) and not pattern.startswith("api/") and requirement and not requirement.kind:
            yield Route(pattern, route)


ROUTES = sorted(_found(), key=lambda one: one.pattern)
PERSONAL = [one for one in ROUTES if one.names & OWN]
DRAWN = "jobs/<uuid:posting_id>/qr.svg"
"""Draws the address itself, whatever stands there."""
PUBLISHED = [one for one in ROUTES if not one.names & OWN and one.names & PUBLIC and one.pattern != DRAWN]


@dataclass(frozen=True)
class Scene:
    """Somebody who has something of everything, somebody else, and their forms."""

    owner: User
    browser: Client
    stranger: Client
    staff: Client
    forms: Forms
    hidden: Ids


@pytest.fixture(scope="module")
def scene(walk: Walk) -> Scene:
    """Both people, who have just proved who they are."""
    owner, cast = erasure.someone_everywhere()
    own = replace(cast, lin=accounts.actor(owner))
    for state in ("submitted", "interview_invited", "onboarding_notified"):
        applications.in_state(own, state, jobs.posting(cast.agency))
    browser = accounts.browser(owner, confirmed=True)
    other = accounts.seeker("吴来宾")
    for person in (other, cast.people["qian"]):
        resumes.whole_resume(person)
    found: Found = {}
    collect(found, browser, _pages(owner))
    stranger, staff = accounts.browser(other, confirmed=True), accounts.browser(cast.people["qian"], confirmed=True)
    return Scene(owner, browser, stranger, staff, first_of_each(found), _hidden(cast))


def _pages(owner: User) -> Iterator[str]:
    """The addresses of all pages that the person may see, of applications one in each state."""
    for pattern, route in routes():
        requirement = requirement_of(route.callback)
        if requirement is None or requirement.kind or not requirement.session or pattern.startswith(("api/", "log")):
            continue
        names = names_in(pattern)
        yield address(pattern, seekers.things_of(owner, pattern))
        if names == {"application_id"}:
            rows = Application.objects.filter(applicant=owner).order_by("pk")
            yield from (address(pattern, {"application_id": one}) for one in rows.values_list("pk", flat=True))


def _hidden(cast: Cast) -> Ids:
    """Ids of what nobody but staff may see."""
    unlisted = organisations.agency(is_listed=False)
    draft: Any = Policy.objects.exclude(withdrawn_at=None).first() or public_site.policy()
    Policy.objects.filter(pk=draft.pk).update(is_published=False, withdrawn_at=None)
    review = public_site.review(cast.agency)
    type(review).objects.filter(pk=review.pk).update(hidden_at=clock.now(), hidden_because="侮辱他人。")
    return {
        "agency_id": unlisted.pk,
        "employer_id": new_id(),
        "fair_id": public_site.fair(cast.agency, state="draft").pk,
        "policy_id": draft.pk,
        "posting_id": jobs.draft(cast.agency).pk,
        "review_id": review.pk,
    }


def told(answer: HttpResponse, ids: Ids) -> Any:
    """The answer, without what differs from one request to the next."""
    content = answer.content.decode(errors="replace")
    content = re.sub(r'(csrfmiddlewaretoken" value=")[^"]*', r"\1", content)
    for one in ids.values():
        content = content.replace(str(one), "")
    led_to = answer.headers.get("Location", "")
    for one in ids.values():
        led_to = led_to.replace(str(one), "")
    return answer.status_code, re.sub(r"[0-9a-f]{32}", "", content), led_to


def same_as_nothing(client: Client, route: Route, ids: Ids, wrong: frozenset[str], scene: Scene) -> None:
    """Check that ids which are not the client's say no more than ids which nothing has, and write nothing."""
    nothing = {name: "N0000000" if name == "number" else new_id() for name in wrong}
    for method in route.methods:
        data = form_for(scene, route) if method == "POST" else None
        answer, wrote = send(client, method, address(route.pattern, ids), data)
        absent, _ = send(client, method, address(route.pattern, {**ids, **nothing}), data)
        assert wrote == {}, (method, wrote)
        is_led_away = answer.headers.get("Location", "").startswith(AWAY)
        assert answer.status_code == 404 or is_led_away or route.pattern in SAYS_NOTHING, (method, answer.status_code)
        assert told(answer, ids) == told(absent, {**ids, **nothing}), method


def form_for(scene: Scene, route: Route) -> dict[str, Any]:
    """The form that the owner would send, {} if no page has one."""
    offered = scene.forms.get(route.pattern, ())
    return dict(offered[0].filled.data) if offered else {}


def test_every_name_in_a_path_is_sorted() -> None:
    """A new name in a path belongs in `OWN`, `PUBLIC` or `NO_THING`."""
    assert {name for one in ROUTES for name in one.names} <= OWN | PUBLIC | set(NO_THING)
    assert {one.pattern for one in ROUTES} >= set(SAYS_NOTHING) | NOT_HERE
    assert {one.pattern for one in ROUTES if not one.names & (OWN | PUBLIC)} == {
        one.pattern for one in ROUTES if one.names <= set(NO_THING)
    }


@pytest.mark.parametrize("route", PERSONAL, ids=lambda one: one.pattern)
def test_things_of_another_person_do_not_exist(scene: Scene, route: Route) -> None:
    with taken_back():
        ids = seekers.things_of(scene.owner, route.pattern)
        for client in (scene.stranger, scene.staff, Client()):
            same_as_nothing(client, route, ids, route.names & OWN, scene)


@pytest.mark.parametrize("route", PUBLISHED, ids=lambda one: one.pattern)
def test_what_is_not_published_does_not_exist(scene: Scene, route: Route) -> None:
    with taken_back():
        ids = seekers.things_of(scene.owner, route.pattern) | {
            name: scene.hidden[name] for name in route.names & PUBLIC
        }
        for client in (scene.stranger, Client()):
            same_as_nothing(client, route, ids, route.names & PUBLIC, scene)


@pytest.mark.parametrize(
    "route", [one for one in PERSONAL + PUBLISHED if one.pattern not in NOT_HERE], ids=lambda one: one.pattern
)
def test_the_owner_is_served(scene: Scene, route: Route) -> None:
    """Otherwise the tests above could never fail."""
    with taken_back():
        if "GET" in route.methods:
            answer, _ = send(
                scene.browser, "GET", address(route.pattern, seekers.things_of(scene.owner, route.pattern))
            )
            assert answer.status_code < 400
        if "POST" in route.methods:
            tried = [
                send(scene.browser, "POST", one.filled.path, one.filled.data) for one in scene.forms[route.pattern]
            ]
            assert [answer for answer, wrote in tried if answer.status_code < 400 and wrote]
