"""The front: a slow or large sender takes nothing that others need. Here without a server; `tests/runtime/test_slow_senders.py` has one."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterable, Iterator
from io import BytesIO
from typing import Any

import pytest

from jiuye.kernel.http.front import Front, Limits, threads

Answer = tuple[int, dict[str, str], bytes]
QUICK = Limits(patience=0.2, linger=0.05, most_waiting=3)
DISCONNECT = {"type": "http.disconnect"}


def echo(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """A site that answers with what it was given."""
    body = environ["wsgi.input"].read()
    seen = [f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']} {environ.get('CONTENT_LENGTH', '-')}", body.decode()]
    start("200 OK", [("Content-Type", "text/plain"), ("X-Seen", environ.get("HTTP_X_FORWARDED_FOR", ""))])
    return [line.encode() for line in seen]


def front(site: Callable[..., Iterable[bytes]] = echo, limits: Limits = QUICK, most: int = 1000) -> Front:
    return Front(site, most_bytes=lambda path: most, threads=2, limits=limits)


def part(content: bytes, *, more: bool = False) -> dict[str, Any]:
    return {"type": "http.request", "body": content, "more_body": more}


async def ask(
    application: Front,
    *parts: dict[str, Any],
    method: str = "POST",
    path: str = "/",
    headers: Iterable[tuple[bytes, bytes]] = (),
    length: int | None = None,
) -> Answer | None:
    """Send one request; after its parts the sender falls silent. Return the answer, None if there was none."""
    given = list(headers) + ([(b"content-length", str(length).encode())] if length is not None else [])
    coming: Iterator[dict[str, Any]] = iter(parts)
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        for one in coming:
            return one
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await application(scope_of(method, path, given), receive, send)
    if not sent:
        return None
    found = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], found, b"".join(one.get("body", b"") for one in sent[1:])


class Idle:
    """Somebody who asks for `/long`, and takes nothing of the answer until `takes` is set."""

    def __init__(self, application: Front) -> None:
        self.takes = asyncio.Event()
        self.bytes = 0
        self.asking = asyncio.ensure_future(application(scope_of("GET", "/long"), self._receive, self._send))

    async def _receive(self) -> dict[str, Any]:
        await asyncio.Event().wait()
        raise AssertionError

    async def _send(self, message: dict[str, Any]) -> None:
        await self.takes.wait()
        self.bytes += len(message.get("body", b""))


def scope_of(method: str, path: str, headers: Iterable[tuple[bytes, bytes]] = ()) -> dict[str, Any]:
    return {
        "type": "http", "method": method, "path": path, "query_string": b"", "scheme": "http", "headers": list(headers),
        "server": ("127.0.0.1", 80), "client": ("127.0.0.1", 1),
    }  # fmt: skip


def run(asking: Awaitable[Any]) -> Any:
    async def within() -> Any:
        return await asyncio.wait_for(asking, 20)

    return asyncio.run(within())


def test_a_request_without_a_body_reaches_the_site() -> None:
    assert run(ask(front(), method="GET", path="/jobs"))[2] == b"GET /jobs -"


def test_a_body_in_parts_reaches_the_site_whole() -> None:
    assert run(ask(front(), part(b"ab", more=True), part(b"cd"), length=4))[2] == b"POST / 4abcd"


def test_one_of_unknown_length_has_a_length_when_it_is_complete() -> None:
    chunked = [(b"transfer-encoding", b"chunked")]
    assert run(ask(front(), part(b"ab", more=True), part(b""), headers=chunked))[2] == b"POST / 2ab"


@pytest.mark.parametrize("parts", [[], [part(b"a", more=True)], [part(b"a", more=True)] * 50])
def test_one_that_does_not_arrive_in_time_is_refused_and_the_connection_closed(parts: list[dict[str, Any]]) -> None:
    status, headers, page = run(ask(front(), *parts, length=900))
    assert (status, headers["connection"]) == (408, "close")
    assert "请返回上一页" in page.decode()


def test_one_that_its_sender_gave_up_is_not_given_to_the_site() -> None:
    assert run(ask(front(), part(b"a", more=True), DISCONNECT, length=900)) is None


def test_too_many_at_a_time_are_refused_and_told_when_to_try_again() -> None:
    async def crowd() -> list[Answer | None]:
        application = front()
        return await asyncio.gather(*(ask(application, length=900) for _ in range(5)))

    answers = run(crowd())
    assert sorted(answer[0] for answer in answers) == [408, 408, 408, 503, 503]
    assert [answer[1]["retry-after"] for answer in answers if answer[0] == 503] == ["5", "5"]


def test_afterwards_there_is_room_again() -> None:
    async def twice() -> Answer | None:
        application = front()
        await asyncio.gather(*(ask(application, length=900) for _ in range(5)))
        return await ask(application, part(b"ab"), length=2)

    assert run(twice())[0] == 200


def test_large_bodies_share_a_budget_and_small_ones_pass() -> None:
    async def three() -> tuple[int, int, int]:
        application = front(limits=Limits(patience=0.2, budget=100_000), most=1_000_000)
        large = bytes(150_000)
        first = asyncio.ensure_future(ask(application, part(large, more=True), length=200_000))
        await asyncio.sleep(0.05)
        second = await ask(application, part(large), length=150_000)
        third = await ask(application, part(b"ab"), length=2)
        answers = [second, third, await first]
        return tuple(answer[0] if answer else 0 for answer in answers)  # type: ignore[return-value]

    assert run(three()) == (503, 200, 408)


@pytest.mark.parametrize(
    ("parts", "length"),
    [([part(bytes(1001))], 1001), ([part(bytes(900), more=True), part(bytes(900))], None)],
)
def test_one_above_the_limit_reaches_the_site_as_a_length_only(parts: list[dict[str, Any]], length: int | None) -> None:
    headers = [] if length else [(b"transfer-encoding", b"chunked")]
    _, answered, seen = run(ask(front(), *parts, headers=headers, length=length))
    assert seen == b"POST / 1001"
    assert answered["connection"] == "close"


def test_a_request_with_two_lengths_is_refused() -> None:
    chunked = [(b"transfer-encoding", b"chunked")]
    assert run(ask(front(), part(b"ab"), headers=chunked, length=2))[0] == 400


def test_a_header_with_an_underscore_is_not_taken_for_another() -> None:
    forged = [(b"x_forwarded_for", b"10.0.0.1")]
    assert run(ask(front(), method="GET", headers=forged))[1]["x-seen"] == ""


def test_while_all_threads_are_busy_it_is_alive_and_a_full_queue_is_refused() -> None:
    free, entered = threading.Event(), threading.Semaphore(0)

    def busy(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        entered.release()
        free.wait(20)
        return echo(environ, start)

    async def crowd() -> tuple[int, int, list[int]]:
        application = front(busy, limits=Limits(most_queued=1))
        taken = []
        for _ in range(2):
            taken.append(asyncio.ensure_future(ask(application, method="GET")))
            await asyncio.to_thread(entered.acquire)
        taken.append(asyncio.ensure_future(ask(application, method="GET")))
        await asyncio.sleep(0)
        alive, refused = await ask(application, method="GET", path="/livez"), await ask(application, method="GET")
        free.set()
        answers = [await one for one in taken]
        assert alive
        assert refused
        return alive[0], refused[0], [answer[0] for answer in answers if answer]

    assert run(crowd()) == (200, 503, [200, 200, 200])


def test_a_site_that_fails_is_answered_with_500_and_its_thread_lives() -> None:
    def broken(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        raise RuntimeError("broken")

    async def often() -> list[int]:
        application = front(broken)
        answers = [await ask(application, method="GET") for _ in range(4)]
        return [answer[0] for answer in answers if answer]

    assert run(often()) == [500] * 4


class Streamed:
    """An answer in many parts, as Django's `StreamingHttpResponse`."""

    streaming = True

    def __init__(self) -> None:
        self.is_closed = False

    def __iter__(self) -> Iterator[bytes]:
        return iter([b"x" * 40_000] * 50)

    def close(self) -> None:
        self.is_closed = True


def test_a_streamed_answer_arrives_whole_and_is_closed() -> None:
    streamed = Streamed()

    def site(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        start("200 OK", [])
        return streamed

    assert len(run(ask(front(site), method="GET"))[2]) == 2_000_000
    assert streamed.is_closed


def long_or_short(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """A site of which `/long` is a stream of two megabytes."""
    if environ["PATH_INFO"] != "/long":
        return echo(environ, start)
    start("200 OK", [])
    return Streamed()


def test_receivers_that_take_nothing_hold_half_of_the_threads_at_most() -> None:
    async def meanwhile() -> tuple[Answer | None, Answer | None, int]:
        application = front(long_or_short)
        idle = Idle(application)
        await asyncio.sleep(0.1)
        another, page = await ask(application, method="GET", path="/long"), await ask(application, method="GET")
        idle.takes.set()
        await idle.asking
        return another, page, idle.bytes

    another, page, received = run(meanwhile())
    assert (another[0], another[1]["retry-after"]) == (503, "10")
    assert page[0] == 200
    assert received == 2_000_000


def test_a_receiver_that_takes_nothing_for_too_long_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "_PATIENCE", 0.1)
    monkeypatch.setattr(threads, "_BYTES_A_SECOND", 100_000_000)

    async def then() -> tuple[int, Answer | None]:
        application = front(long_or_short)
        idle = Idle(application)
        await idle.asking
        return idle.bytes, await ask(application, method="GET", path="/long")

    received, answer = run(then())
    assert received == 0
    assert answer[0] == 200
    assert len(answer[2]) == 2_000_000


def test_what_one_request_held_is_forgotten_after_it() -> None:
    kept: list[BytesIO] = []

    def site(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        kept.append(environ["wsgi.input"])
        return echo(environ, start)

    async def several() -> list[int]:
        application = front(site, limits=Limits(budget=100_000), most=1_000_000)
        answers = [await ask(application, part(bytes(150_000)), length=150_000) for _ in range(3)]
        return [answer[0] for answer in answers if answer]

    assert run(several()) == [200] * 3
