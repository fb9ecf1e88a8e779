"""Everything that changes accounts."""

from jiuye.domains.accounts.actions.codes import (
    SENDING_TASK,
    SignedIn,
    binding_of,
    prove_phone,
    record_delivery,
    request_code,
    verify_code,
)
from jiuye.domains.accounts.actions.signing_in import sign_in, sign_out, work_for

__all__ = [
    "SENDING_TASK",
    "SignedIn",
    "binding_of",
    "prove_phone",
    "record_delivery",
    "request_code",
    "sign_in",
    "sign_out",
    "verify_code",
    "work_for",
]
