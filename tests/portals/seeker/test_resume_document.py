"""The owner's download of the resume."""

import io
from urllib.parse import quote

import pytest
from django.test import Client
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from tests.factories import resumes as make
from tests.factories.accounts import browser, seeker

pytestmark = pytest.mark.django_db
HERE = "/me/resume.pdf"


def test_the_owner_takes_the_whole_resume_with_the_contacts() -> None:
    lin = seeker()
    make.whole_resume(lin)
    answer = browser(lin).get(HERE)
    assert answer.headers["Content-Type"] == "application/pdf"
    text = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    for part in ("林小满", lin.phone, "lin@example.com", "蓉江机械制造有限公司", "T510107880501", "本人下载"):
        assert part in text


def test_the_file_is_named_after_its_owner_and_never_cached() -> None:
    lin = seeker()
    make.whole_resume(lin)
    headers = browser(lin).get(HERE).headers
    assert headers["Content-Disposition"].startswith("attachment")
    assert quote("林小满的简历.pdf") in headers["Content-Disposition"]
    assert {"private", "no-store"} <= set(headers["Cache-Control"].split(", "))
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_somebody_who_has_written_nothing_yet_gets_a_page_too() -> None:
    assert browser(seeker()).get(HERE).status_code == 200


def test_a_stranger_is_asked_to_sign_in() -> None:
    answer = Client().get(HERE)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/login?next=%2Fme%2Fresume.pdf")


def test_it_takes_twelve_queries_at_most(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    lin = seeker()
    make.whole_resume(lin)
    client = browser(lin)
    with django_assert_max_num_queries(12):
        client.get(HERE)


@pytest.mark.parametrize("page", ["/me/resume", "/me/resume/preview"])
def test_the_resume_and_its_preview_offer_it(page: str) -> None:
    assert f'href="{HERE}"' in browser(seeker()).get(page).content.decode()
