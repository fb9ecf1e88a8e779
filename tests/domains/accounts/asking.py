"""Asking for codes and reading them from the queued job, as the worker does."""

from uuid import UUID

import orjson
from django.db import connection

from jiuye.domains.accounts import actions
from jiuye.domains.accounts.states import CodePurpose
from jiuye.kernel.actor import Actor
from jiuye.kernel.crypto import decrypt

PHONE = "13800000001"
BROWSER = actions.binding_of("the secret of one browser")
OTHER_BROWSER = actions.binding_of("the secret of another browser")
VISITOR = Actor.anonymous(ip="192.0.2.1")


def ask(phone: str = PHONE, *, binding: str = BROWSER, ip: str = "192.0.2.1") -> UUID:
    """Request a code to log in with."""
    actor = Actor.anonymous(ip=ip)
    return actions.request_code(actor, phone=phone, purpose=CodePurpose.LOGIN, binding=binding)


def job(code_id: UUID) -> dict[str, str]:
    """The arguments of the job that sends the code."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args FROM procrastinate_jobs WHERE task_name = %s AND args->>'code_id' = %s",
            [actions.SENDING_TASK, str(code_id)],
        )
        args = cursor.fetchone()[0]
    return args if isinstance(args, dict) else orjson.loads(args)


def code_of(code_id: UUID) -> str:
    """The six digits."""
    digits: str = orjson.loads(decrypt(job(code_id)["envelope"]))["code"]
    return digits


def other_than(code: str, offset: int = 1) -> str:
    """A wrong code."""
    return f"{(int(code) + offset) % 10**6:06d}"


def check(code: str, phone: str = PHONE, *, binding: str = BROWSER) -> actions.SignedIn:
    """Come in with a code."""
    return actions.verify_code(VISITOR, phone=phone, code=code, binding=binding)
