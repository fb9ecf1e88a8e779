"""Writes on accounts."""

from jiuye.domains.accounts.actions.app_entry import count_app_entry, note_refused_entry, use_state
from jiuye.domains.accounts.actions.card import enter_by_card, link_card
from jiuye.domains.accounts.actions.card_conflicts import (
    claim_account,
    open_account,
    read_conflict,
    request_claim_code,
    request_new_phone_code,
)
from jiuye.domains.accounts.actions.channels import (
    IssuedKey,
    count_visit,
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
    request_login_code,
    verify_code,
)
from jiuye.domains.accounts.actions.conflict_tokens import CardConflict
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
from jiuye.domains.accounts.actions.kept_input import forget_input, is_kept, keep_input
from jiuye.domains.accounts.actions.names import give_name
from jiuye.domains.accounts.actions.notices import NOTICE_TASK, tell_phone
from jiuye.domains.accounts.actions.operators import (
    appoint_operator,
    confirm_role_change,
    decline_role_change,
    request_role_change,
)
from jiuye.domains.accounts.actions.passkeys import (
    Site,
    add_passkey,
    begin_passkey,
    offer_passkeys,
    pass_by_passkey,
    remove_passkey,
)
from jiuye.domains.accounts.actions.people_desk import end_sessions_of, look_up_person, unmask_phone
from jiuye.domains.accounts.actions.phone import change_phone, request_phone_change
from jiuye.domains.accounts.actions.portals import close_portal, open_portal
from jiuye.domains.accounts.actions.qr import QrStanding, ShownQr, begin_qr, finish_qr, follow_qr, link_by_qr
from jiuye.domains.accounts.actions.real_name import record_real_name
from jiuye.domains.accounts.actions.retention import forget_expired
from jiuye.domains.accounts.actions.sign_in import sign_in, sign_out, work_for
from jiuye.domains.accounts.actions.step_up import confirm_by_code, request_confirmation
from jiuye.domains.accounts.actions.suspensions import restore_account, suspend_account
from jiuye.domains.accounts.card_refusals import CARD_REFUSALS, CardRefusal, card_refusal
from jiuye.domains.accounts.known_browsers import LASTS as BROWSER_KNOWN
from jiuye.domains.accounts.known_browsers import remember as remember_browser

__all__ = [
    "BROWSER_KNOWN",
    "CARD_REFUSALS",
    "NOTICE_TASK",
    "SENDING_TASK",
    "CardConflict",
    "CardRefusal",
    "IssuedKey",
    "Passed",
    "QrStanding",
    "ShownQr",
    "SignedIn",
    "Site",
    "add_passkey",
    "appoint_operator",
    "begin_authenticator",
    "begin_passkey",
    "begin_qr",
    "binding_of",
    "card_refusal",
    "change_phone",
    "claim_account",
    "close_portal",
    "confirm_authenticator",
    "confirm_by_code",
    "confirm_role_change",
    "count_app_entry",
    "count_visit",
    "decline_role_change",
    "disable_channel",
    "edit_channel",
    "enable_channel",
    "end_other_sessions",
    "end_session",
    "end_sessions_of",
    "enter_by_card",
    "finish_qr",
    "follow_qr",
    "forget_expired",
    "forget_input",
    "give_name",
    "is_kept",
    "issue_key",
    "keep_input",
    "link_by_qr",
    "link_card",
    "look_up_person",
    "note_key_use",
    "note_refused_entry",
    "offer_passkeys",
    "open_account",
    "open_portal",
    "pass_by_passkey",
    "pass_second_factor",
    "prove_phone",
    "read_conflict",
    "record_delivery",
    "record_real_name",
    "record_receipt",
    "register_channel",
    "remember_browser",
    "remove_authenticator",
    "remove_passkey",
    "renew_recovery_codes",
    "request_claim_code",
    "request_code",
    "request_confirmation",
    "request_login_code",
    "request_new_phone_code",
    "request_phone_change",
    "request_role_change",
    "reset_second_factor",
    "restore_account",
    "revoke_key",
    "sign_in",
    "sign_out",
    "suspend_account",
    "tell_phone",
    "unmask_phone",
    "use_state",
    "verify_code",
    "work_for",
]
