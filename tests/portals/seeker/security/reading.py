"""Signing in as people do, and reading the messages to their phones from the queue."""

from typing import Any

import orjson
from django.db import connection
from django.test import Client

from jiuye.domains.accounts.actions import NOTICE_TASK, SENDING_TASK
from jiuye.domains.accounts.models import Session
from jiuye.domains.accounts.session_store import SessionStore
from jiuye.kernel.crypto import decrypt

ANDROID = "Mozilla/5.0 (Linux; Android 14; V2324A) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36"


def _sent(task: str) -> list[dict[str, str]]:
    """Return the payloads of a task's jobs, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT args->>'envelope' FROM procrastinate_jobs WHERE task_name = %s ORDER BY id", [task])
        return [orjson.loads(decrypt(envelope)) for (envelope,) in cursor.fetchall()]


def last_code(phone: str) -> str:
    """Return the latest code sent to the phone."""
    return [sent["code"] for sent in _sent(SENDING_TASK) if sent["phone"] == phone][-1]


def codes_sent() -> int:
    """Return the number of codes sent."""
    return len(_sent(SENDING_TASK))


def notices(phone: str) -> list[str]:
    """Return the account notices sent to the phone."""
    return [sent["text"] for sent in _sent(NOTICE_TASK) if sent["phone"] == phone]


def come_in(client: Client, phone: str, target: str = "", agent: str = ANDROID) -> Any:
    """Sign in by phone and code; return the response to the second step."""
    client.post("/login", {"phone": phone, "next": target}, headers={"User-Agent": agent})
    return client.post("/login/code", {"code": last_code(phone)}, headers={"User-Agent": agent})


def session_of(client: Client) -> Session:
    """Return the row of the browser's session."""
    return Session.objects.get(session_key=client.cookies["jiuye_session"].value)


def values_of(client: Client) -> dict[str, Any]:
    """Return the content of the browser's session."""
    return SessionStore(client.cookies["jiuye_session"].value).load()


def is_signed_in(client: Client) -> bool:
    """Whether the browser's next request is signed in."""
    return client.get("/me/security").status_code == 200


def text(response: Any) -> str:
    """Return the page's HTML."""
    body: str = response.content.decode()
    return body
