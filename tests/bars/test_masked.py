"""Nothing shows a phone, an e-mail address or a number of a person unmasked: pages, answers of the API, files, feeds (bar S3).

Every staff page of the demonstration is asked for by everybody who works for an agency, an employer or the platform, whether they may
see it or not; every read of the API by an agency's program with all scopes; every public route by nobody; every form of staff is
sent by an owner, without a reason. Unmasking is a POST with a reason that is audited: `test_resume_access.py`, `test_people.py`
(operators), `test_members.py`, and by the API `tests/api/agency/test_resumes.py`.
"""

import io
import re
import zipfile
from collections.abc import Iterator

import pytest
from django.http import HttpResponseBase
from django.test import Client
from structlog.testing import capture_logs

from jiuye.domains.accounts.models import Membership, User
from jiuye.domains.clients.queries import forget_callers
from jiuye.domains.organisations.models import Agency
from jiuye.kernel.access import requirement_of
from jiuye.kernel.checks import routes
from tests.bars import seekers
from tests.bars.places import Place, things_of
from tests.bars.staff import STAFF as STAFF_ROUTES
from tests.bars.staff import Staff, taken_back
from tests.bars.test_canaries import sealed_values
from tests.bars.walking import Walk
from tests.e2e.pages import PAGES
from tests.e2e.people import PHONES
from tests.factories import accounts, clients

pytestmark = pytest.mark.django_db

SEEKERS = {"visitor", "newcomer", "seeker", "checked", "suspended"}
STAFF = sorted(set(PHONES) - SEEKERS)
COLUMNS = {
    "accounts_user.phone",
    "accounts_realname.id_number",
    "accounts_cardidentity.phone",
    "resumes_resume.phone",
    "resumes_resume.email",
    "resumes_certificate.number",
    "organisations_memberinvitation.phone",
    "sanctions_banentry.phone",
    "sanctions_banentry.id_number",
}


@pytest.fixture(scope="module")
def hidden(walk: Walk) -> dict[str, str]:
    """Numbers of people → their column. Phones of staff are left out: their organisations publish some of them."""
    of_staff = set(User.objects.filter(pk__in=Membership.objects.values("user_id")).values_list("phone", flat=True))
    found = {text: column for column, text in sealed_values() if column in COLUMNS}
    return {text: column for text, column in found.items() if text not in of_staff}


def pages_of_staff(walk: Walk) -> Iterator[str]:
    """Every address of the staff portals, in the demonstration."""
    seen = {walk.path(shown) for shown in PAGES if shown.person in STAFF}
    yield from sorted(path for path in seen if not path.startswith("/me"))


def text_of(answer: HttpResponseBase) -> str:
    """Return an answer as text, a workbook or an archive unpacked."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist())
    return content.decode(errors="replace")


def unmasked(text: str, hidden: dict[str, str]) -> list[str]:
    """Return the columns of numbers in `text`."""
    shape = re.compile(r"[A-Za-z0-9_.+-]+@[A-Za-z0-9.-]+|[A-Za-z0-9]{6,}")
    return sorted({hidden[one] for one in shape.findall(text) if one in hidden})


def test_there_is_something_to_find(walk: Walk, hidden: dict[str, str]) -> None:
    assert len(hidden) > 100
    assert {"accounts_realname.id_number", "resumes_resume.phone"} <= set(hidden.values())
    phone = PHONES["seeker"]
    assert phone in hidden
    assert unmasked(f"<p>电话{phone}，其他</p>", hidden) == [hidden[phone]]


@pytest.mark.parametrize("person", STAFF)
def test_whatever_they_open_they_see_nobodys_number(walk: Walk, hidden: dict[str, str], person: str) -> None:
    shown: dict[str, list[str]] = {}
    answered = 0
    with capture_logs() as logged:
        for path in pages_of_staff(walk):
            answer = walk.get(person, path)
            answered += answer.status_code == 200
            if found := unmasked(text_of(answer), hidden):
                shown[path] = found
    assert answered
    assert shown == {}
    assert unmasked(repr(logged), hidden) == []


OPEN = [(pattern, route) for pattern, route in routes() if not getattr(requirement_of(route.callback), "kind", "")]
PROGRAMS = [pattern for pattern, route in OPEN if getattr(requirement_of(route.callback), "scope", None)]
PUBLIC = [pattern for pattern, route in OPEN if (needed := requirement_of(route.callback)) and not needed.signed_in]


def test_no_read_of_the_api_shows_a_number(
    walk: Walk, places: dict[str, tuple[Place, Place]], hidden: dict[str, str]
) -> None:
    forget_callers()
    place = places["agency"][0]
    headers = clients.caller(Agency.objects.get(pk=place.id)).headers()
    shown, answered = {}, 0
    for pattern in PROGRAMS:
        path = seekers.address(pattern, seekers.things_of_program(place, pattern))
        with taken_back():
            answer = Client().get(path, headers=headers)
            text = text_of(answer)
        answered += answer.status_code == 200
        if found := unmasked(text, hidden):
            shown[pattern] = found
    assert answered > 20
    assert shown == {}


def test_no_public_route_shows_a_number(walk: Walk, hidden: dict[str, str]) -> None:
    seeker = User.objects.get(pk=accounts.person(phone="19911110001").pk)
    shown, answered = {}, 0
    for pattern in PUBLIC:
        try:
            path = seekers.address(pattern, seekers.things_of(seeker, pattern))
        except (KeyError, IndexError):  # of a thing that this person does not have
            continue
        with taken_back():
            answer = Client().get(path)
            text = text_of(answer)
        answered += answer.status_code == 200
        if found := unmasked(text, hidden):
            shown[pattern] = found
    assert answered > 20
    assert shown == {}


def test_no_form_of_staff_shows_a_number_without_a_reason(
    walk: Walk, places: dict[str, tuple[Place, Place]], hidden: dict[str, str]
) -> None:
    """Exports, resumes, downloads: all are forms."""
    shown, kinds = {}, set()
    for staff in STAFF_ROUTES:
        if "POST" not in staff.methods:
            continue
        answer, text = posted(staff, places[staff.kind][0])
        kinds.add(answer.headers.get("Content-Type", "").partition(";")[0])
        if found := unmasked(text, hidden):
            shown[staff.pattern] = found
    assert "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" in kinds
    assert shown == {}


def posted(staff: Staff, place: Place) -> tuple[HttpResponseBase, str]:
    """Send a form without a field, by a member of the highest role."""
    role = "owner" if "owner" in staff.roles else min(staff.roles)
    with taken_back():
        answer = place.browsers[role].post(staff.path(things_of(place, staff.pattern, role)))
        return answer, text_of(answer)
