"""Writes on organisations: employers named by agencies, and an agency's shop."""

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
from jiuye.domains.organisations.actions.listing import refresh_listing
from jiuye.domains.organisations.actions.qualification import (
    CertifiedFacts,
    approve_qualification,
    reject_qualification,
    revoke_qualification,
)
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
    "MOST_PICTURES",
    "NAME_LIMIT",
    "NOTE_LIMIT",
    "CertifiedFacts",
    "EmployerBasics",
    "ShopTexts",
    "add_picture",
    "approve_affiliation",
    "approve_qualification",
    "checked_entries",
    "delete_picture",
    "edit_section",
    "edit_shop",
    "end_affiliation",
    "name_employer",
    "own_employer",
    "refresh_listing",
    "refuse_affiliation",
    "reject_qualification",
    "request_affiliation",
    "revoke_qualification",
    "withdraw_request",
]
