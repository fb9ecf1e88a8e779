"""No page of staff shows a phone, an e-mail address or a number of a person unmasked (bar S3).

Every staff page of the demonstration is asked for by everybody who works for an agency, an employer or the platform, whether they may
see it or not. Unmasking is a POST with a reason that is audited: `test_resume_access.py`, `test_people.py` (operators).
"""

import re
from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs

from jiuye.domains.accounts.models import Membership, User
from tests.bars.test_canaries import sealed_values
from tests.bars.walking import Walk
from tests.e2e.pages import PAGES
from tests.e2e.people import PHONES

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
SHOWN = {("owner", "/agency/members"): ["organisations_memberinvitation.phone"]}
"""Who sees what where: an owner sees the number of an open invitation as they typed it, to find a wrong digit."""


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
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
            found = unmasked(content.decode(errors="replace"), hidden)
            if found != SHOWN.get((person, path), []):
                shown[path] = found
    assert answered
    assert shown == {}
    assert unmasked(repr(logged), hidden) == []
