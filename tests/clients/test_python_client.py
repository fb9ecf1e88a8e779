"""The Python client: retries that do no harm, credentials, lists to their end, errors as exceptions, genuine webhooks."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from jiuye_client import Client, ClientCredentials, Conflict, Invalid, NotAllowed, NotFound, Unreachable
from jiuye_client.webhooks import NotGenuine, verify

Handler = Callable[[httpx.Request], httpx.Response]


class Service:
    """Answers requests one after the other with what it was given, and remembers them."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers, self.requests, self.pauses = list(answers), list[httpx.Request](), list[float]()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def client(self, **given: Any) -> Client:
        given = {"credentials": "jya_test_x", "on_behalf_of": "m1"} | given
        return Client("https://jobs.example", transport=httpx.MockTransport(self), sleep=self.pauses.append, **given)


def problem(status: int, code: str, **more: Any) -> httpx.Response:
    """A problem document."""
    return httpx.Response(status, json={"status": status, "code": code, "detail": "说明", **more})


class TestRetries:
    def test_a_write_is_repeated_with_the_same_idempotency_key(self) -> None:
        service = Service(httpx.ConnectError("gone"), httpx.Response(503), httpx.Response(201, json={"id": "1"}))
        assert service.client().request("POST", "/agency/fairs", body={}).json() == {"id": "1"}
        keys = {request.headers["Idempotency-Key"] for request in service.requests}
        assert len(service.requests) == 3
        assert len(keys) == 1

    def test_each_write_has_a_key_of_its_own(self) -> None:
        service = Service(httpx.Response(204), httpx.Response(204))
        client = service.client()
        for _ in range(2):
            client.request("DELETE", "/agency/fairs/1")
        first, second = service.requests
        assert first.headers["Idempotency-Key"] != second.headers["Idempotency-Key"]

    def test_it_waits_as_long_as_it_is_told(self) -> None:
        service = Service(httpx.Response(429, headers={"Retry-After": "7"}), httpx.Response(200, json={"items": []}))
        service.client().request("GET", "/agency/fairs")
        assert service.pauses == [7.0]

    def test_it_gives_up_in_the_end(self) -> None:
        service = Service(*[httpx.ConnectError("gone")] * 3)
        with pytest.raises(Unreachable):
            service.client(attempts=3).request("GET", "/jobs")
        assert len(service.requests) == 3

    def test_a_refusal_is_not_repeated(self) -> None:
        service = Service(problem(409, "state_not_allowed"))
        with pytest.raises(Conflict):
            service.client().request("POST", "/agency/fairs/1/publish", body={})
        assert len(service.requests) == 1

    def test_a_call_that_is_still_running_is_waited_for(self) -> None:
        service = Service(problem(409, "idempotency_key_in_use"), httpx.Response(200, json={}))
        service.client().request("POST", "/agency/fairs", body={})
        assert len(service.requests) == 2


class TestProblems:
    @pytest.mark.parametrize(
        ("status", "kind"), [(401, NotAllowed), (403, NotAllowed), (404, NotFound), (410, NotFound), (412, Conflict)]
    )
    def test_each_status_is_a_kind_of_exception(self, status: int, kind: type[Exception]) -> None:
        with pytest.raises(kind):
            Service(problem(status, "x")).client().request("GET", "/jobs/1")

    def test_the_faulty_members_are_told(self) -> None:
        faults = [{"field": "title", "pointer": "/title", "message": "请填写职位名称。"}]
        with pytest.raises(Invalid) as caught:
            Service(problem(422, "invalid", errors=faults, request_id="r1")).client().request("GET", "/jobs")
        assert caught.value.errors == faults
        assert caught.value.request_id == "r1"
        assert "/title" in str(caught.value)


class TestCredentials:
    def token(self, name: str, seconds: int = 3600) -> httpx.Response:
        return httpx.Response(200, json={"access_token": name, "expires_in": seconds, "token_type": "Bearer"})

    def test_a_token_is_asked_for_once(self) -> None:
        service = Service(self.token("jyt_1"), httpx.Response(204), httpx.Response(204))
        client = service.client(credentials=ClientCredentials("id", "secret"))
        for _ in range(2):
            client.request("DELETE", "/x")
        assert [request.url.path for request in service.requests] == ["/oauth/token", "/api/v1/x", "/api/v1/x"]
        assert service.requests[0].headers["Authorization"].startswith("Basic ")
        assert service.requests[2].headers["Authorization"] == "Bearer jyt_1"

    def test_a_revoked_token_is_renewed_once(self) -> None:
        service = Service(
            self.token("jyt_1"), problem(401, "invalid_key"), self.token("jyt_2"), httpx.Response(200, json={})
        )
        service.client(credentials=ClientCredentials("id", "secret")).request("GET", "/agency/shop")
        assert service.requests[-1].headers["Authorization"] == "Bearer jyt_2"

    def test_an_assertion_takes_the_place_of_the_secret(self) -> None:
        service = Service(self.token("jyt_1"), httpx.Response(200, json={}))
        service.client(credentials=ClientCredentials("id", assertion=lambda: "e30.e30.x")).request("GET", "/jobs")
        form = dict(httpx.QueryParams(service.requests[0].content.decode()))
        assert form["client_assertion"] == "e30.e30.x"
        assert "Authorization" not in service.requests[0].headers

    def test_the_member_is_named(self) -> None:
        service = Service(httpx.Response(204), httpx.Response(204))
        client = service.client()
        client.request("DELETE", "/x")
        client.request("DELETE", "/x", on_behalf_of="m2")
        assert [request.headers["On-Behalf-Of"] for request in service.requests] == ["m1", "m2"]


def test_a_list_is_read_to_its_end() -> None:
    pages = [{"items": [1, 2], "next_cursor": "c"}, {"items": [3], "next_cursor": ""}]
    service = Service(*(httpx.Response(200, json=page) for page in pages))
    client = service.client()
    assert list(client.pages(client.list_agency_jobs, state="published")) == [1, 2, 3]
    assert service.requests[1].url.params["cursor"] == "c"
    assert service.requests[1].url.params["state"] == "published"


class TestWebhooks:
    SECRET = "whsec_" + base64.b64encode(b"0123456789abcdef01234567").decode()

    def signed(self, body: bytes, *, secret: str = "", at: int = 1_800_000_000) -> dict[str, str]:
        key = base64.b64decode((secret or self.SECRET).removeprefix("whsec_"))
        digest = hmac.new(key, b"msg_1.%d." % at + body, hashlib.sha256).digest()
        return {
            "Webhook-Id": "msg_1",
            "Webhook-Timestamp": str(at),
            "Webhook-Signature": "v1," + base64.b64encode(digest).decode(),
        }

    def test_a_genuine_one_is_read(self) -> None:
        body = json.dumps({"type": "job.published"}).encode()
        assert verify(body, self.signed(body), self.SECRET, now=1_800_000_000)["type"] == "job.published"

    def test_one_of_two_secrets_is_enough(self) -> None:
        other = "whsec_" + base64.b64encode(b"another secret of 24 byte").decode()
        body = b"{}"
        headers = self.signed(body)
        headers["Webhook-Signature"] = "v1,AAAA " + headers["Webhook-Signature"]
        assert verify(body, headers, other, self.SECRET, now=1_800_000_000) == {}

    @pytest.mark.parametrize("change", ["body", "time", "secret", "header"])
    def test_what_was_changed_is_not_genuine(self, change: str) -> None:
        body = b'{"type":"job.published"}'
        headers = self.signed(body, secret="whsec_AAAA" if change == "secret" else "")
        if change == "header":
            del headers["Webhook-Id"]
        with pytest.raises(NotGenuine):
            verify(
                body + b" " if change == "body" else body,
                headers,
                self.SECRET,
                now=1_800_000_000 + (301 if change == "time" else 0),
            )
