"""The Python client keeps a copy: a snapshot to its end, then changes to the present."""

import json

import httpx
import pytest
from jiuye_client import Client
from jiuye_client.feed import CutSnapshot, changes, snapshot

LATEST = {"position": "p1", "jobs": 2, "url": "https://jobs.example/api/v1/snapshots/s1.ndjson"}
LINES = [{"snapshot": {"position": "p1"}}, {"id": "1"}, {"id": "2"}, {"end": {"jobs": 2}}]


def client(*answers: httpx.Response) -> Client:
    waiting = list(answers)
    return Client("https://jobs.example", transport=httpx.MockTransport(lambda request: waiting.pop(0)))


def ndjson(lines: list[dict[str, object]]) -> httpx.Response:
    return httpx.Response(200, content="\n".join(map(json.dumps, lines)).encode())


def test_a_snapshot_is_read_to_its_end() -> None:
    taken = snapshot(client(httpx.Response(200, json=LATEST), ndjson(LINES)))
    assert (taken.position, list(taken.jobs)) == ("p1", [{"id": "1"}, {"id": "2"}])


def test_one_that_was_cut_is_told() -> None:
    taken = snapshot(client(httpx.Response(200, json=LATEST), ndjson(LINES[:-1])))
    with pytest.raises(CutSnapshot):
        list(taken.jobs)


def test_changes_are_followed_to_the_present() -> None:
    pages = [
        {"items": [{"id": "1"}], "next": "p2", "has_more": True},
        {"items": [{"id": "2"}], "next": "p3", "has_more": False},
    ]
    read = list(changes(client(*(httpx.Response(200, json=page) for page in pages)), "p1"))
    assert [(page.items[0]["id"], page.next) for page in read] == [("1", "p2"), ("2", "p3")]
