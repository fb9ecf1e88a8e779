"""Going through the login pages as a visitor does."""

import re
from itertools import count
from typing import Any

import orjson
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from jiuye.domains.accounts.actions import SENDING_TASK
from jiuye.domains.accounts.tasks import send_login_code
from jiuye.ports.sms import SmsUnavailable
from tests.factories.sandbox import Sandbox

_numbers = count(13900000000)


def new_phone() -> str:
    """Return a number that no other test uses: the sandbox keeps messages across tests."""
    return str(next(_numbers))


def html(response: Any) -> str:
    """Return the page's HTML."""
    text: str = response.content.decode()
    return text


def post(visitor: Client, path: str, page: str = "/login", **fields: str) -> Any:
    """Submit a form of `page`, with its token."""
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html(visitor.get(page)))
    assert token, f"no form on {page}"
    headers = {"Origin": "http://testserver"}
    return visitor.post(path, {"csrfmiddlewaretoken": token.group(1), **fields}, headers=headers)


def run_worker() -> None:
    """Run the queued sending jobs once, as the worker would; with the gateway down a job stays queued."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo'", [SENDING_TASK])
        jobs = [row[0] for row in cursor.fetchall()]
    for args in jobs:
        try:
            send_login_code(**(args if isinstance(args, dict) else orjson.loads(args)))
        except SmsUnavailable:
            continue


def ask(visitor: Client, phone: str, **fields: str) -> HttpResponse:
    """Step 1."""
    answer: HttpResponse = post(visitor, "/login", "/login?change=1", phone=phone, **fields)
    return answer


def read_code(world: Sandbox, phone: str) -> str:
    """Return the code on the phone."""
    run_worker()
    code: str = world.messages(phone)[0]["code"]
    return code


def log_in(visitor: Client, world: Sandbox, phone: str, **fields: str) -> HttpResponse:
    """Both steps."""
    ask(visitor, phone, **fields)
    answer: HttpResponse = post(visitor, "/login/code", code=read_code(world, phone))
    return answer
