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
from jiuye.domains.accounts.actions.confirming import confirm_by_code, request_confirmation
from jiuye.domains.accounts.actions.devices import end_other_sessions, end_session
from jiuye.domains.accounts.actions.factors import (
    Passed,
    begin_authenticator,
    confirm_authenticator,
    pass_second_factor,
    remove_authenticator,
    renew_recovery_codes,
    reset_second_factor,
)
from jiuye.domains.accounts.actions.notices import NOTICE_TASK
from jiuye.domains.accounts.actions.phone import change_phone, request_phone_change
from jiuye.domains.accounts.actions.real_name import record_real_name
from jiuye.domains.accounts.actions.signing_in import sign_in, sign_out, work_for

__all__ = [
    "NOTICE_TASK",
    "Passed",
    "begin_authenticator",
    "change_phone",
    "confirm_authenticator",
    "confirm_by_code",
    "end_other_sessions",
    "end_session",
    "pass_second_factor",
    "remove_authenticator",
    "renew_recovery_codes",
    "request_confirmation",
    "request_phone_change",
    "reset_second_factor",
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
