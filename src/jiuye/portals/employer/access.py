"""Access to the employer portal's routes."""

from jiuye.kernel.access import member_of

EMPLOYER = member_of("employer")
"""All members of an employer: reading."""

RECRUITER = member_of("employer", "owner", "recruiter")
"""Members who ask agencies, give opinions and download."""

OWNER = member_of("employer", "owner")
"""Owners of the employer."""

EARLY = EMPLOYER.before_approval()
"""All members, before the employer is approved too: its qualification, members, messages."""

EARLY_OWNER = member_of("employer", "owner").before_approval()
"""Owners, before the employer is approved too."""
