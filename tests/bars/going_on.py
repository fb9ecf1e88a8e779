"""What must go on whichever service is away."""

from django.http import HttpResponse
from django.test import Client

from tests.bars.outages import fields_of
from tests.factories import accounts
from tests.factories.cast import Cast
from tests.factories.public_site import text_of


def says(answer: HttpResponse, *words: str) -> bool:
    """Whether a page has all these words."""
    return all(word in text_of(answer) for word in words)


def browsing_and_applying_go_on(cast: Cast) -> None:
    """Anybody looks at the public pages, and Wu applies."""
    posting = f"/jobs/{cast.posting.id}"
    for path in ("/", "/jobs", "/agencies", posting, "/login"):
        assert Client().get(path).status_code == 200, path
    wu = accounts.browser(cast.people["wu"])
    answer = wu.post(f"{posting}/apply", fields_of(wu.get(f"{posting}/apply").content.decode()))
    assert answer.status_code in (302, 303), text_of(answer)
