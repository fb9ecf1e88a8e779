"""Attempts at a case that the rules of deciding forbid are logged, though nothing else of them remains."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction

from jiuye.domains.qualifications import audit_policies as policies
from jiuye.kernel import audit
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Refused


@contextmanager
def logged(actor: Actor, case_id: UUID, attempt: str) -> Iterator[None]:
    """Run the block in a transaction; write an audit entry when it is refused because of who the actor is."""
    try:
        with transaction.atomic():
            yield
    except Refused as refusal:
        if refusal.code in policies.LOGGED:
            audit.record(actor, "case.refuse_decider", case_id, attempt=attempt, code=refusal.code)
        raise
