"""Everything that changes accounts."""

from jiuye.domains.accounts.actions.channels import (
    IssuedKey,
    disable_channel,
    edit_channel,
    enable_channel,
    issue_key,
    note_key_use,
    register_channel,
    revoke_key,
)
from jiuye.domains.accounts.actions.codes import (
    SENDING_TASK,
    SignedIn,
    binding_of,
    prove_phone,
    record_delivery,
    record_receipt,
    request_code,
    verify_code,
)
from jiuye.domains.accounts.actions.real_name import record_real_name
from jiuye.domains.accounts.actions.signing_in import sign_in, sign_out, work_for

__all__ = [
    "SENDING_TASK",
    "IssuedKey",
    "SignedIn",
    "binding_of",
    "disable_channel",
    "edit_channel",
    "enable_channel",
    "issue_key",
    "note_key_use",
    "prove_phone",
    "record_delivery",
    "record_real_name",
    "record_receipt",
    "register_channel",
    "request_code",
    "revoke_key",
    "sign_in",
    "sign_out",
    "verify_code",
    "work_for",
]
