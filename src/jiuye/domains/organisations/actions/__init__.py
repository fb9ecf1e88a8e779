"""Writes on organisations: employers named by agencies, an agency's shop, and the members of both."""

from jiuye.domains.organisations.actions.affiliations import (
    JOBS_LIMIT,
    NOTE_LIMIT,
    approve_affiliation,
    end_affiliation,
    refuse_affiliation,
    request_affiliation,
    withdraw_request,
)
from jiuye.domains.organisations.actions.employers import NAME_LIMIT, EmployerBasics, name_employer, own_employer
from jiuye.domains.organisations.actions.invitations import (
    Joined,
    accept_invitation,
    cancel_invitation,
    invite_member,
    resend_invitation,
)
from jiuye.domains.organisations.actions.listing import refresh_listing
from jiuye.domains.organisations.actions.members import (
    change_role,
    end_membership,
    leave_organisation,
    transfer_ownership,
)
from jiuye.domains.organisations.actions.membership_requests import (
    MEMBERSHIP_NOTE_LIMIT,
    MEMBERSHIP_REASON_LIMIT,
    accept_membership_request,
    refuse_membership_request,
    request_membership,
    withdraw_membership_request,
)
from jiuye.domains.organisations.actions.ownership import refuse_last_owner
from jiuye.domains.organisations.actions.phones import unmask_invitation, unmask_member
from jiuye.domains.organisations.actions.qualification import (
    CertifiedFacts,
    approve_qualification,
    reject_qualification,
    revoke_qualification,
)
from jiuye.domains.organisations.actions.restrictions import lock_organisation, restrict
from jiuye.domains.organisations.actions.retention import forget_old_invitations
from jiuye.domains.organisations.actions.shops import (
    CAPTION_LIMIT,
    MOST_PICTURES,
    ShopTexts,
    add_picture,
    checked_entries,
    delete_picture,
    edit_section,
    edit_shop,
)

__all__ = [
    "CAPTION_LIMIT",
    "JOBS_LIMIT",
    "MEMBERSHIP_NOTE_LIMIT",
    "MEMBERSHIP_REASON_LIMIT",
    "MOST_PICTURES",
    "NAME_LIMIT",
    "NOTE_LIMIT",
    "CertifiedFacts",
    "EmployerBasics",
    "Joined",
    "ShopTexts",
    "accept_invitation",
    "accept_membership_request",
    "add_picture",
    "approve_affiliation",
    "approve_qualification",
    "cancel_invitation",
    "change_role",
    "checked_entries",
    "delete_picture",
    "edit_section",
    "edit_shop",
    "end_affiliation",
    "end_membership",
    "forget_old_invitations",
    "invite_member",
    "leave_organisation",
    "lock_organisation",
    "name_employer",
    "own_employer",
    "refresh_listing",
    "refuse_affiliation",
    "refuse_last_owner",
    "refuse_membership_request",
    "reject_qualification",
    "request_affiliation",
    "request_membership",
    "resend_invitation",
    "restrict",
    "revoke_qualification",
    "transfer_ownership",
    "unmask_invitation",
    "unmask_member",
    "withdraw_membership_request",
    "withdraw_request",
]
