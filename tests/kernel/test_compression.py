"""Public pages are compressed; a person's pages never are, because the length would reveal their content."""

import gzip

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import resolve

from jiuye.kernel.http.compression import accepts, compress
from tests.factories.accounts import browser, seeker

pytestmark = pytest.mark.django_db
PUBLIC = "/privacy"


@pytest.mark.parametrize("accepted", ["gzip", "gzip, deflate, br", "GZIP;q=0.5", "*", "br;q=1.0, gzip;q=0.8"])
def test_who_takes_gzip_gets_it(accepted: str) -> None:
    plain = Client().get(PUBLIC)
    answer = Client().get(PUBLIC, headers={"Accept-Encoding": accepted})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.content) == plain.content
    assert int(answer.headers["Content-Length"]) == len(answer.content) < len(plain.content) / 2


@pytest.mark.parametrize("accepted", ["", "identity", "br", "gzip;q=0", "gzip; q=0.0", "*;q=0"])
def test_who_does_not_gets_the_page_as_it_is(accepted: str) -> None:
    answer = Client().get(PUBLIC, headers={"Accept-Encoding": accepted})
    assert "Content-Encoding" not in answer.headers
    assert b"</html>" in answer.content


def test_caches_learn_that_there_are_two_forms() -> None:
    assert "Accept-Encoding" in Client().get(PUBLIC).headers["Vary"]


@pytest.mark.parametrize("path", ["/me", "/login", "/me/privacy"])
def test_pages_with_a_session_are_never_compressed(path: str) -> None:
    answer = browser(seeker()).get(path, headers={"Accept-Encoding": "gzip"}, follow=True)
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers


def test_a_page_that_no_route_answers_is_left_alone() -> None:
    answer = Client().get("/no-such-page", headers={"Accept-Encoding": "gzip"})
    assert (answer.status_code, answer.headers.get("Content-Encoding")) == (404, None)


def asked(accepted: str = "gzip") -> HttpRequest:
    """A request to a public route."""
    request = HttpRequest()
    request.META["HTTP_ACCEPT_ENCODING"] = accepted
    request.resolver_match = resolve(PUBLIC)
    return request


def test_a_strong_tag_becomes_a_weak_one() -> None:
    response = HttpResponse(b"x" * 5000, headers={"ETag": '"abc"'})
    compress(asked(), response)
    assert response.headers["ETag"] == 'W/"abc"'


def test_an_answer_that_sets_a_cookie_is_left_alone() -> None:
    response = HttpResponse(b"x" * 5000)
    response.set_cookie("who", "somebody")
    compress(asked(), response)
    assert response.content == b"x" * 5000


def test_pictures_and_short_answers_are_left_alone() -> None:
    for response in (HttpResponse(b"x" * 5000, content_type="image/png"), HttpResponse(b"x" * 100)):
        compress(asked(), response)
        assert set(response.content) == set(b"x")


def test_what_is_compressed_already_is_not_again() -> None:
    response = HttpResponse(b"x" * 5000, headers={"Content-Encoding": "br"})
    compress(asked(), response)
    assert response.content == b"x" * 5000


def test_a_weight_of_none_is_a_refusal() -> None:
    assert not accepts("gzip;q=0.000, *", "gzip")
