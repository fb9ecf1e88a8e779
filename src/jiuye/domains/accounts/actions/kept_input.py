"""Keep the input of a form until its author has signed in again, and delete it."""

import re
from collections.abc import Iterable

import orjson
from django.db import transaction

from jiuye.domains.accounts import policies
from jiuye.domains.accounts.models import KeptInput
from jiuye.domains.accounts.queries.kept_input import TypedInput, browser_digest
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import RateLimited
from jiuye.kernel.networks import network_of
from jiuye.kernel.rate_limits import ADDRESS, Limit

NEVER_KEPT = re.compile(
    r"csrf|password|secret|credential|public_key|(^|_)(code|otp|totp|pin|token|id_number)$", re.IGNORECASE
)
"""Names of fields that must be typed again: secrets, single-use codes, a person's number, and where people paste a private key
instead of the public one.
"""

KEPT_OF_ADDRESS = Limit("kept-input", "暂存未提交的表单（超出时不暂存，提交照常）", ADDRESS, 120, 3600)
"""An office with sessions that all end at noon; beyond that somebody is filling the disk."""

# They end like codes and are choices from public lists, or public numbers of organisations.
PUBLIC_CODES = frozenset(
    {"region_code", "occupation_code", "industry_code", "external_code", "employer_code", "credit_code"}
)


def is_kept(name: str) -> bool:
    """Return whether a field of this name may be kept."""
    return name in PUBLIC_CODES or not NEVER_KEPT.search(name)


def keep_input(actor: Actor, *, secret: str, owner: str, typed: TypedInput, leave_out: Iterable[str] = ()) -> bool:
    """Store a form's input encrypted, replacing what this browser had kept of that form.

    Returns False if nothing is kept: it is too large, or this network has sent too much. `leave_out`: further names
    of fields that the form's route marks as sensitive.
    """
    sensitive = set(leave_out)
    fields = [(name, value) for name, value in typed.fields if is_kept(name) and name not in sensitive]
    content = orjson.dumps({"fields": fields, "files": typed.had_files, "page": typed.page, "reason": typed.reason})
    if len(content) > policies.INPUT_BYTES or len(typed.action) > 300:
        return False
    try:
        KEPT_OF_ADDRESS.hit(network_of(actor.ip))
    except RateLimited:
        return False
    moment = clock.now()
    with transaction.atomic():
        KeptInput.objects.update_or_create(
            browser=browser_digest(secret),
            owner=owner,
            action=typed.action,
            defaults={"content": content.decode(), "kept_at": moment, "expires_at": moment + policies.INPUT_KEPT},
        )
    return True


def forget_input(actor: Actor, *, secret: str, owner: str, action: str = "") -> None:
    """Delete the kept input of the form that is sent to `action`, or of every form. Idempotent."""
    rows = KeptInput.objects.filter(browser=browser_digest(secret), owner=owner)
    (rows.filter(action=action) if action else rows).delete()
