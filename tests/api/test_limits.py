"""How often one may call: told on every answer, and refused with a time to wait."""

from typing import Any

import pytest
from django.test import Client

from jiuye.domains.clients.queries import forget_callers
from tests.factories import clients

SOME_ID = "01990000-0000-7000-8000-000000000000"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    forget_callers()


def limit_of(answer: Any) -> tuple[str, str]:
    return answer.headers["RateLimit-Policy"], answer.headers["RateLimit"].partition(";")[0]


def test_every_answer_says_what_is_left(client: Client) -> None:
    caller = clients.caller()
    assert limit_of(client.get("/api/v1/industries", REMOTE_ADDR="192.0.2.9")) == ('"read";q=600;w=60', '"read"')
    assert limit_of(client.get("/api/v1/industries", {"x": 1}, REMOTE_ADDR="192.0.2.9"))[1] == '"read"'
    assert limit_of(client.get("/api/v1/nothing", REMOTE_ADDR="192.0.2.9"))[1] == '"read"'
    assert limit_of(client.get("/api/v1/industries"))[1] == '"read"'
    assert limit_of(caller.get("/agency/jobs")) == ('"read";q=6000;w=60', '"read"')
    assert limit_of(caller.post("/agency/jobs/x"))[0].startswith('"write";q=3000')


def test_past_the_limit_one_is_told_when_to_come_back(client: Client) -> None:
    answers = [client.get("/api/v1/industries", REMOTE_ADDR="192.0.2.77") for _ in range(600)]
    assert {answer.status_code for answer in answers} == {200}
    while (last := client.get("/api/v1/industries", REMOTE_ADDR="192.0.2.77")).status_code == 200:
        pass  # ten more a second
    assert last.json()["code"] == "rate_limited"
    assert last.headers["Retry-After"] == "1"
    assert last.headers["RateLimit"] == '"read";r=0;t=1'
    assert client.get("/api/v1/industries", REMOTE_ADDR="192.0.2.78").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        f"/snapshots/{SOME_ID}.ndjson",
        f"/snapshots/{SOME_ID}.ndjson.gz",
        f"/agency/imports/{SOME_ID}/errors.xlsx",
        f"/agency/applications/resumes.zip?id={SOME_ID}",
    ],
)
def test_what_hands_out_much_at_once_has_a_limit_of_its_own(path: str) -> None:
    answer = Client().get(f"/api/v1{path}", headers=clients.caller().headers())
    assert limit_of(answer)[1] == '"export"'
